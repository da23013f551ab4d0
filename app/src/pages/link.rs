//! `/sign-in/link`: a one-time link. The first administrator says who they are; opening the page alone uses nothing up.

use domain::lang::Lang;
use domain::problem::Problem as Wrong;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::field::TextField;
use crate::i18n::use_lang;
use crate::pages::sign_in::{Door, Problem};
use crate::routes;
use crate::text::sign_in as t;

/// `/sign-in/link?token=&problem=&name=&email=`.
#[component]
pub fn LinkPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let of = move |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let (token, problem) = (of("token"), of("problem"));
    let problem = StoredValue::new(problem);
    let error =
        move |field: &str| problem.with_value(|code| problem_of(code, lang).filter(|(of, _)| *of == field).map(|(_, sentence)| sentence));
    let (name_error, email_error, password_error) = (error("name"), error("email"), error("password"));
    let other = problem.with_value(|code| (!code.is_empty() && problem_of(code, lang).is_none()).then_some(t::PROBLEM_OTHER.get(lang)));
    let form = view! {
        <input type="hidden" name="token" value=token.clone()/>
        <TextField name="name" label=t::LINK_NAME.get(lang) value=of("name") autocomplete="name" optional=true help=t::LINK_KNOWN.get(lang) error=Signal::stored(name_error)/>
        <TextField name="email" label=t::EMAIL.get(lang) kind="email" value=of("email") autocomplete="username" optional=true help=t::LINK_KNOWN.get(lang) error=Signal::stored(email_error)/>
        <TextField name="password" label=t::PASSWORD.get(lang) kind="password" autocomplete="new-password" minlength=8 autofocus=true
            help=t::LINK_PASSWORD_HELP.get(lang) error=Signal::stored(password_error)/>
        <button class="button button--primary button--large" type="submit">{t::LINK_SUBMIT.get(lang)}</button>
    };
    view! {
        <Door title=t::LINK_TITLE.get(lang)>
            <form class="sign-in__form" method="post" action=routes::LINK aria-labelledby="door">
                <h1 id="door">{t::LINK_TITLE.get(lang)}</h1>
                <p>{t::LINK_LEAD.get(lang)}</p>
                {other.map(|sentence| view! { <Problem sentence=sentence/> })}
                {if token.is_empty() { view! { <Problem sentence=t::LINK_MISSING.get(lang)/> }.into_any() } else { form.into_any() }}
            </form>
        </Door>
    }
}

/// Which field a problem is about, and what to say.
fn problem_of(code: &str, lang: Lang) -> Option<(&'static str, String)> {
    let (field, text) = match code {
        "name_needed" => ("name", t::PROBLEM_NAME),
        "email_invalid" => ("email", t::PROBLEM_EMAIL),
        "email_taken" => ("email", t::PROBLEM_TAKEN),
        "password_short" => ("password", t::PROBLEM_PASSWORD),
        "password_long" => ("password", t::PROBLEM_PASSWORD_LONG),
        "password_common" => return Some(("password", Wrong::CommonPassword.message(lang))),
        "password_named" => return Some(("password", Wrong::NamedPassword.message(lang))),
        _ => return None,
    };
    Some((field, text.get(lang).to_owned()))
}
