//! `/sign-in`: the way in. A plain form: it works before and without WASM.

use domain::lang::{Lang, Text, fill};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::browser::passkey::{Options, Wanted};
use crate::components::field::TextField;
use crate::components::icon::Icon;
use crate::components::passkey::PasskeyButton;
use crate::context::{Theme, keep_look, look, passkeys_here, provider};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::sign_in as t;

/// `/sign-in?next=&problem=&email=&notice=`.
#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let of = move |name: &str| query.with(|query| query.get(name)).unwrap_or_default();
    let problem = move || query.with(|query| query.get("problem").map(|problem| problem_text(&problem).get(lang)));
    let notice = (of("notice") == "signed_out").then(|| t::NOTICE_OUT.get(lang));
    view! {
        <Door title=t::TITLE.get(lang)>
            <form class="sign-in__form" method="post" action=routes::SIGN_IN aria-labelledby="door">
                <h1 id="door">{t::TITLE.get(lang)}</h1>
                {notice.map(|notice| view! { <p class="notice" role="status">{notice}</p> })}
                {move || problem().map(|problem| view! { <Problem sentence=problem/> })}
                <input type="hidden" name="next" value=of("next")/>
                <TextField name="email" label=t::EMAIL.get(lang) kind="email" value=of("email") autocomplete="username" autofocus=true/>
                <TextField name="password" label=t::PASSWORD.get(lang) kind="password" autocomplete="current-password"/>
                <button class="button button--primary button--large" type="submit">{t::TITLE.get(lang)}</button>
                {passkeys_here().then(|| view! { <ByPasskey next=of("next")/> })}
                {provider().map(|name| view! { <AtProvider name next=of("next")/> })}
                <p class="field__help"><a href=routes::FORGOTTEN rel="external">{t::FORGOTTEN.get(lang)}</a></p>
            </form>
        </Door>
    }
}

/// A passkey, whosever it is.
#[component]
fn ByPasskey(next: String) -> impl IntoView {
    let fields = vec![("next", next)];
    view! {
        <PasskeyButton wanted=Wanted::Signature options=Options::At(routes::BEGIN_PASSKEY) to=routes::SIGN_IN_PASSKEY fields label=crate::text::passkeys::SIGN_IN class="button button--large"/>
    }
}

/// The way to the provider: a link, because a form may only lead to ourselves.
#[component]
fn AtProvider(name: String, next: String) -> impl IntoView {
    let lang = use_lang();
    let href =
        if next.is_empty() { routes::SIGN_IN_OIDC.to_owned() } else { format!("{}?next={}", routes::SIGN_IN_OIDC, routes::escape(&next)) };
    view! {
        <p class="sign-in__or">{t::OR.get(lang)}</p>
        <a class="button button--large" href=href rel="external">{fill(t::WITH.get(lang), &[("provider", &name)])}</a>
    }
}

/// What went wrong, in the place where the eye is.
#[component]
pub fn Problem(#[prop(into)] sentence: String) -> impl IntoView {
    view! { <div class="notice notice--negative" role="alert"><Icon name="alert"/><p>{sentence}</p></div> }
}

fn problem_text(code: &str) -> Text {
    match code {
        "sign_in_failed" => t::PROBLEM_FAILED,
        "passkey_failed" => crate::text::passkeys::FAILED,
        "incomplete" => t::PROBLEM_INCOMPLETE,
        "session_ended" => t::PROBLEM_ENDED,
        "link_used" => t::PROBLEM_LINK,
        "oidc_down" => t::OIDC_DOWN,
        "oidc_failed" => t::OIDC_FAILED,
        "oidc_lost" => t::OIDC_LOST,
        "oidc_denied" => t::OIDC_DENIED,
        "oidc_unverified" => t::OIDC_UNVERIFIED,
        "oidc_unknown" => t::OIDC_UNKNOWN,
        "oidc_disabled" => t::OIDC_DISABLED,
        "oidc_other" => t::OIDC_OTHER,
        "throttled" | "too_many_attempts" => t::PROBLEM_THROTTLED,
        _ => t::PROBLEM_OTHER,
    }
}

/// The pages in front of the door: a form on one side, the lagoon on the other.
#[component]
pub fn Door(title: &'static str, children: Children) -> impl IntoView {
    keep_look();
    let (lang, theme) = look();
    let query = use_query_map();
    // Plain links that keep what else the address says; the server writes the page anew.
    let with = move |name: &str, value: &str| {
        let kept = query.with_untracked(|query| {
            let kept = ["token", "next", "email", "name", "by", "sent"].into_iter().filter_map(|key| Some((key, query.get(key)?)));
            kept.map(|(key, value)| format!("&{key}={}", routes::escape(&value))).collect::<String>()
        });
        format!("?{name}={value}{kept}")
    };
    let (other, other_theme, theme_words) = match (lang, theme) {
        (Lang::De, theme) => (Lang::En, turned(theme), theme_words(theme)),
        (Lang::En, theme) => (Lang::De, turned(theme), theme_words(theme)),
    };
    view! {
        <Title text=title/>
        <div class="sign-in">
            <main class="sign-in__side">
                <p class="sign-in__brand"><Icon name="lagune"/>"Lagune"</p>
                {children()}
                <footer class="sign-in__foot">
                    <a href=with("lang", other.code()) rel="external" lang=other.code() hreflang=other.code()>{t::OTHER_LANGUAGE.get(lang)}</a>
                    <a href=with("theme", other_theme.code()) rel="external">{theme_words.get(lang)}</a>
                </footer>
            </main>
            <div class="sign-in__picture" aria-hidden="true"><div class="depth-lines"></div></div>
        </div>
    }
}

fn turned(theme: Theme) -> Theme {
    if theme == Theme::Dark { Theme::Light } else { Theme::Dark }
}

fn theme_words(theme: Theme) -> Text {
    if theme == Theme::Dark { t::LIGHT } else { t::DARK }
}
