//! What stands in a page's place when it can't be shown.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::icon::Icon;
use crate::context::answer_with;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::errors as t;

/// A sentence that says what happened, and the way on.
#[component]
pub fn ErrorView(error: AppError, #[prop(optional, into)] on_retry: Option<Callback<()>>) -> impl IntoView {
    answer_with(&error);
    let lang = use_lang();
    let title = match error {
        AppError::NotFound => t::TITLE_NOT_FOUND,
        AppError::Forbidden => t::TITLE_FORBIDDEN,
        _ => t::TITLE_FAILED,
    };
    let lead = if error == AppError::NotFound { t::LEAD_NOT_FOUND.get(lang).to_owned() } else { error.message(lang) };
    view! {
        <Title text=title.get(lang)/>
        <section class="page__body">
            <div class="empty" role="alert">
                <Icon name="alert"/>
                <h1>{title.get(lang)}</h1>
                <p>{lead}</p>
                <div class="empty__actions">
                    {on_retry.map(|retry| view! { <button class="button button--primary" type="button" on:click=move |_| retry.run(())>{t::RETRY.get(lang)}</button> })}
                    <a class="button" href=routes::START>{t::TO_START.get(lang)}</a>
                </div>
            </div>
        </section>
    }
}
