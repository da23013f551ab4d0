//! What is said while the server is gone or the session has run out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::session::load_frame;
use crate::browser::connection::{Connection, suspect, use_connection};
use crate::browser::document::on_return;
use crate::components::icon::Icon;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::frame as t;

/// A quiet bar: nothing on the page is touched, what was typed stays.
#[component]
pub fn ConnectionBar() -> impl IntoView {
    let connection = use_connection();
    let lang = use_lang();
    let toasts = use_toasts();
    on_return(move || {
        if connection.signed_out.get_untracked() {
            spawn_local(async move {
                if load_frame().await.is_ok() {
                    connection.restored();
                    toasts.show(Toast::new(t::SESSION_RETRY.get(lang)));
                }
            });
        }
    });
    let bar = move || match connection {
        Connection { gone, .. } if gone.get() => Some(view! { <Gone/> }.into_any()),
        Connection { signed_out, .. } if signed_out.get() => Some(view! { <SignedOut/> }.into_any()),
        _ => None,
    };
    view! { <div role="status" aria-live="polite">{bar}</div> }
}

#[component]
fn Gone() -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="server-gone">
            <Icon name="alert"/>
            <span>{t::OFFLINE.get(lang)}</span>
            <button class="button button--quiet" type="button" on:click=move |_| suspect()>{t::TRY_NOW.get(lang)}</button>
        </div>
    }
}

/// Signing in happens in another tab, so that this one keeps what was typed.
#[component]
fn SignedOut() -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="server-gone">
            <Icon name="lock"/>
            <span>{t::SESSION_ENDED.get(lang)}". "{t::SESSION_LEAD.get(lang)}</span>
            <a class="button button--primary" href=routes::SIGN_IN target="_blank" rel="external noopener">{t::SIGN_IN.get(lang)}</a>
        </div>
    }
}
