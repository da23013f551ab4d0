//! `/sign-in/forgotten`: asking for a new password. A plain form; what the page shows stands in its address.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::field::TextField;
use crate::i18n::use_lang;
use crate::pages::sign_in::Door;
use crate::routes;
use crate::text::sign_in as t;

/// `/sign-in/forgotten`, with `?sent=1` after the form was sent, with `?by=administration` where no mail is sent.
#[component]
pub fn ForgottenPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let of = move |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let wrong = (of("problem") == "email_invalid").then(|| t::PROBLEM_EMAIL.get(lang).to_owned());
    let content = if !of("by").is_empty() {
        view! { <p>{t::FORGOTTEN_BY_ADMINISTRATION.get(lang)}</p> }.into_any()
    } else if !of("sent").is_empty() {
        view! { <p class="notice" role="status">{t::FORGOTTEN_SENT.get(lang)}</p> }.into_any()
    } else {
        view! {
            <p>{t::FORGOTTEN_LEAD.get(lang)}</p>
            <TextField name="email" label=t::EMAIL.get(lang) kind="email" value=of("email") autocomplete="username" autofocus=true error=Signal::stored(wrong)/>
            <button class="button button--primary button--large" type="submit">{t::FORGOTTEN_SUBMIT.get(lang)}</button>
        }
        .into_any()
    };
    view! {
        <Door title=t::FORGOTTEN_TITLE.get(lang)>
            <form class="sign-in__form" method="post" action=routes::FORGOTTEN aria-labelledby="door">
                <h1 id="door">{t::FORGOTTEN_TITLE.get(lang)}</h1>
                {content}
                <p class="field__help"><a href=routes::SIGN_IN>{t::BACK.get(lang)}</a></p>
            </form>
        </Door>
    }
}
