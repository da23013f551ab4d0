//! The second factor: asked for behind the password, and set up, changed and removed by its person.
//!
//! Plain forms throughout: the server answers each with a whole page, the only one that shows what it has to show.

use domain::lang::{Lang, Text, fill};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::second_factor::{FactorSheet, Qr, Stage, Ways, given_sheet};
use crate::browser;
use crate::browser::passkey::{Options, Wanted};
use crate::components::field::TextField;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::passkey::PasskeyButton;
use crate::i18n::use_lang;
use crate::pages::sign_in::{Door, Problem};
use crate::routes;
use crate::text::passkeys as p;
use crate::text::second_factor as t;
use crate::wire::Wire;

/// `/settings/second-factor?problem=&notice=`.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let lang = use_lang();
    let sheet = sheet();
    let removed = use_query_map().with_untracked(|query| query.get("notice").is_some_and(|notice| notice == "removed"));
    view! {
        <PageHead title=t::TITLE.get(lang)/>
        <div class="page__body page__body--ruled">
            <div class="settings">
                <section class="second-factor" aria-label=t::TITLE.get(lang)>
                    {removed.then(|| view! { <p class="notice" role="status">{t::REMOVED.get(lang)}</p> })}
                    <Problems/>
                    <SetUp sheet to=routes::SECOND_FACTOR.to_owned()/>
                </section>
                <p><a href=routes::SETTINGS>{t::BACK.get(lang)}</a></p>
            </div>
        </div>
    }
}

/// `/sign-in/second?next=&problem=`: a code is asked for, or a second factor has to be set up first.
#[component]
pub fn SecondStepPage() -> impl IntoView {
    let lang = use_lang();
    let sheet = sheet();
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    let (title, body) = match &sheet.stage {
        Stage::Asked(ways) => {
            (if ways.code { t::STEP_TITLE } else { p::STEP_TITLE }, view! { <Step ways=ways.clone() next=next.clone()/> }.into_any())
        }
        _ => (t::TITLE, view! { <FirstSetUp sheet=sheet.clone() next=next.clone()/> }.into_any()),
    };
    view! {
        <Door title=title.get(lang)>
            <div class="sign-in__form second-factor">
                <h1 id="door">{title.get(lang)}</h1>
                <Problems/>
                {body}
                <form method="post" action=routes::SIGN_OUT><button class="button button--quiet" type="submit">{t::CANCEL.get(lang)}</button></form>
            </div>
        </Door>
    }
}

/// What the server gave with this page. Where a page is built by the browser alone, after "back", it is asked for anew.
fn sheet() -> FactorSheet {
    let sheet = SharedValue::<_, Wire>::new_with_encoding(given_sheet).into_inner();
    let unknown = sheet.stage == Stage::Unknown;
    Effect::new(move |_| {
        if unknown {
            browser::document::reload();
        }
    });
    sheet
}

#[component]
fn Problems() -> impl IntoView {
    let lang = use_lang();
    let code = use_query_map().with_untracked(|query| query.get("problem"));
    code.map(|code| view! { <Problem sentence=problem_text(&code).get(lang)/> })
}

fn problem_text(code: &str) -> Text {
    match code {
        "wrong_code" => t::WRONG_CODE,
        "wrong_password" => t::WRONG_PASSWORD,
        "begun_over" => t::BEGUN_OVER,
        "none" => t::NONE,
        "incomplete" => t::INCOMPLETE,
        "passkey_failed" => p::FAILED,
        "not_made" => p::NOT_MADE,
        "not_here" => p::NOT_HERE,
        _ => crate::text::sign_in::PROBLEM_OTHER,
    }
}

/// The code or the passkey behind the password.
#[component]
fn Step(ways: Ways, next: String) -> impl IntoView {
    let lang = use_lang();
    let Ways { code, left, passkey, elsewhere } = ways;
    let to = routes::second(&next);
    let by_code = code.then(|| {
        view! {
            <p>{t::STEP_LEAD.get(lang)}</p>
            <form class="form" method="post" action=to.clone() aria-labelledby="door">
                <TextField name="code" label=t::STEP_CODE.get(lang) autocomplete="one-time-code" autofocus=true/>
                <button class="button button--primary button--large" type="submit">{crate::text::sign_in::TITLE.get(lang)}</button>
            </form>
            {left.map(|left| view! { <p class="field__help">{codes_left(left, lang)}</p> })}
        }
    });
    let (label, class) = if code { (p::INSTEAD, "button button--large") } else { (p::STEP, "button button--primary button--large") };
    let by_passkey = passkey.map(|options| {
        view! {
            {(!code).then(|| view! { <p>{p::STEP_LEAD.get(lang)}</p><p class="notice needs-script" data-asleep="">{p::NEEDS_SCRIPT.get(lang)}</p> })}
            <PasskeyButton wanted=Wanted::Signature options=Options::Here(options) to label class/>
        }
    });
    view! {
        {by_code}
        {by_passkey}
        {elsewhere.then(|| view! { <p>{p::STEP_ELSEWHERE.get(lang)}</p> })}
        <p class="field__help">{if code { t::STEP_LOST } else { p::STEP_LOST }.get(lang)}</p>
    }
}

/// Setting up before anything else opens.
#[component]
fn FirstSetUp(sheet: FactorSheet, next: String) -> impl IntoView {
    let lang = use_lang();
    let done = !sheet.fresh.is_empty();
    let on = if routes::is_local(&next) { next.clone() } else { routes::START.to_owned() };
    view! {
        {(!done).then(|| view! { <p>{t::REQUIRED_LEAD.get(lang)}</p> })}
        <SetUp sheet to=routes::second(&next) first=true/>
        {done.then(|| view! { <a class="button button--primary button--large" href=on rel="external">{t::GO_ON.get(lang)}</a> })}
    }
}

/// How far it is, and the form of the next step, which goes `to` an address; `first` before anything else opens.
#[component]
fn SetUp(sheet: FactorSheet, to: String, #[prop(optional)] first: bool) -> impl IntoView {
    let lang = use_lang();
    let password = sheet.password.then(|| {
        view! { <TextField name="password" label=t::PASSWORD.get(lang) kind="password" autocomplete="current-password"/> }
    });
    let fresh = (!sheet.fresh.is_empty()).then(|| view! { <Fresh codes=sheet.fresh.clone()/> });
    let required = sheet.required;
    let passkey = (first && sheet.passkeys).then(|| {
        view! { <button class="button" type="submit" name="do" value="passkey" data-awake="">{p::MAKE.get(lang)}</button> }
    });
    match sheet.stage {
        Stage::Off => view! {
            <p>{t::LEAD.get(lang)}</p>
            <p>{t::NEEDS.get(lang)}</p>
            <form class="form" method="post" action=to>
                {password}
                <div class="settings__foot"><button class="button button--primary" type="submit" name="do" value="begin">{t::BEGIN.get(lang)}</button>{passkey}</div>
            </form>
        }
        .into_any(),
        Stage::Begun { secret, link, qr } => view! {
            <p>{t::SCAN.get(lang)}</p>
            {qr.map(|qr| view! { <Picture qr/> })}
            <p>{t::OR_TYPE.get(lang)}</p>
            <p class="codes__one">{secret}</p>
            {link.map(|link| view! { <p><a href=link rel="external">{t::OR_OPEN.get(lang)}</a></p> })}
            <form class="form" method="post" action=to>
                <TextField name="code" label=t::FIRST_CODE.get(lang) autocomplete="one-time-code" help=t::FIRST_CODE_HELP.get(lang)/>
                <div class="settings__foot"><button class="button button--primary" type="submit" name="do" value="confirm">{t::CONFIRM.get(lang)}</button></div>
            </form>
        }
        .into_any(),
        Stage::Passkey(options) => view! {
            <p>{p::MAKE_LEAD.get(lang)}</p>
            <PasskeyButton wanted=Wanted::New options=Options::Here(options) to fields=vec![("do", "passkey_add".to_owned())] label=p::MAKE class="button button--primary button--large"/>
        }
        .into_any(),
        // Who is on the way in goes on; the settings have more to offer.
        Stage::On { .. } if first => fresh.into_any(),
        Stage::On { since, codes } => view! {
            {fresh}
            <p>{fill(t::ON.get(lang), &[("at", &since)])} " " {codes_left(codes, lang)}</p>
            {required.then(|| view! { <p>{t::REQUIRED.get(lang)}</p> })}
            <form class="form" method="post" action=to aria-labelledby="change">
                <h2 id="change">{t::CHANGE.get(lang)}</h2>
                {password}
                <TextField name="code" label=t::ANY_CODE.get(lang) autocomplete="one-time-code"/>
                <div class="settings__foot">
                    <button class="button" type="submit" name="do" value="renew">{t::RENEW.get(lang)}</button>
                    <button class="button button--quiet" type="submit" name="do" value="remove">{t::REMOVE.get(lang)}</button>
                </div>
            </form>
        }
        .into_any(),
        Stage::Unknown | Stage::Asked(_) => ().into_any(),
    }
}

fn codes_left(n: u64, lang: Lang) -> String {
    match n {
        0 => t::LEFT_NONE.get(lang).to_owned(),
        1 => t::LEFT_ONE.get(lang).to_owned(),
        n => fill(t::LEFT.get(lang), &[("n", &n.to_string())]),
    }
}

/// The code that a phone reads: dark on light whatever the theme, with the margin of four squares that readers need.
#[component]
fn Picture(qr: Qr) -> impl IntoView {
    let lang = use_lang();
    let side = qr.size + 8;
    view! { <svg class="qr" viewBox=format!("-4 -4 {side} {side}") role="img" aria-label=t::QR.get(lang)><path d=qr.path/></svg> }
}

/// Recovery codes, this once.
#[component]
fn Fresh(codes: Vec<String>) -> impl IntoView {
    let lang = use_lang();
    let copied = RwSignal::new(false);
    let label = move || if copied.get() { t::COPIED } else { t::COPY }.get(lang);
    let all = codes.join("\n");
    view! {
        <section class="notice codes" role="status" aria-label=t::CODES.get(lang)>
            <h2>{t::CODES.get(lang)}</h2>
            <p>{t::CODES_HELP.get(lang)}</p>
            <ul class="codes__all">{codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}</ul>
            <div class="settings__foot">
                <button class="button" type="button" data-awake="" on:click=move |_| browser::copy::copy(all.clone(), move |done| copied.set(done))><Icon name="file"/><span>{label}</span></button>
                <button class="button" type="button" data-awake="" on:click=move |_| browser::document::print()>{t::PRINT.get(lang)}</button>
            </div>
        </section>
    }
}
