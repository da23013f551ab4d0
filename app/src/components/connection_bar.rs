//! What is said while the server is gone or the session has run out.

use leptos::prelude::*;

use crate::browser::connection::{suspect, use_connection};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::frame as t;

/// A quiet bar while the server can't be reached.
#[component]
pub fn ConnectionBar() -> impl IntoView {
    let connection = use_connection();
    let lang = use_lang();
    let bar = move || {
        connection.gone.get().then(|| {
            view! {
                <div class="server-gone">
                    <Icon name="alert"/>
                    <span>{t::OFFLINE.get(lang)}</span>
                    <button class="button button--quiet" type="button" on:click=move |_| suspect()>{t::TRY_NOW.get(lang)}</button>
                </div>
            }
        })
    };
    view! { <div role="status" aria-live="polite">{bar}</div> }
}
