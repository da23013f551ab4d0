//! `/settings/passkeys`: a person's passkeys. The list and removing are plain forms; adding needs the script, because only
//! it reaches the device.

use domain::lang::{Text, fill};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::passkeys::{PasskeyLine, PasskeySheet, given_passkeys};
use crate::browser;
use crate::browser::passkey::{Options, Wanted};
use crate::components::field::TextField;
use crate::components::page_head::PageHead;
use crate::components::passkey::PasskeyButton;
use crate::i18n::use_lang;
use crate::pages::sign_in::Problem;
use crate::routes;
use crate::text::passkeys as t;
use crate::wire::Wire;

/// `/settings/passkeys?remove=&problem=&notice=`.
#[component]
pub fn PasskeysPage() -> impl IntoView {
    let lang = use_lang();
    let sheet = SharedValue::<_, Wire>::new_with_encoding(given_passkeys).into_inner();
    let unknown = !sheet.known;
    // Where a page is built by the browser alone, after "back", it is asked for anew.
    Effect::new(move |_| {
        if unknown {
            browser::document::reload();
        }
    });
    let query = use_query_map();
    let of = move |name: &str| query.with_untracked(|query| query.get(name));
    let notice = of("notice").and_then(|code| notice_text(&code));
    let problem = of("problem").map(|code| view! { <Problem sentence=problem_text(&code).get(lang)/> });
    let leaving = of("remove").and_then(|id| sheet.passkeys.iter().find(|line| line.id.to_string() == id).cloned());
    let body = match (leaving, sheet.asked.clone()) {
        (_, Some(options)) => view! { <Make options/> }.into_any(),
        (Some(line), None) => view! { <Remove line sheet=sheet.clone()/> }.into_any(),
        (None, None) => view! { <List lines=sheet.passkeys.clone()/><Add sheet=sheet.clone()/> }.into_any(),
    };
    view! {
        <PageHead title=t::TITLE.get(lang)/>
        <div class="page__body page__body--ruled">
            <div class="settings">
                <section class="second-factor" aria-label=t::TITLE.get(lang)>
                    {notice.map(|notice| view! { <p class="notice" role="status">{notice.get(lang)}</p> })}
                    {problem}
                    <p>{t::LEAD.get(lang)}</p>
                    {body}
                </section>
                <p><a href=routes::SETTINGS>{t::BACK.get(lang)}</a></p>
            </div>
        </div>
    }
}

fn notice_text(code: &str) -> Option<Text> {
    match code {
        "added" => Some(t::WAS_ADDED),
        "removed" => Some(t::WAS_REMOVED),
        _ => None,
    }
}

fn problem_text(code: &str) -> Text {
    match code {
        "wrong_password" => t::WRONG_PASSWORD,
        "wrong_code" => crate::text::second_factor::WRONG_CODE,
        "not_made" => t::NOT_MADE,
        "not_here" => t::NOT_HERE,
        "too_many" => t::TOO_MANY,
        "gone" => t::GONE,
        "long_ago" => t::LONG_AGO,
        "incomplete" => t::INCOMPLETE,
        _ => crate::text::sign_in::PROBLEM_OTHER,
    }
}

/// Those there are, each with the way to remove it.
#[component]
fn List(lines: Vec<PasskeyLine>) -> impl IntoView {
    let lang = use_lang();
    let none = lines.is_empty();
    let line = move |line: PasskeyLine| {
        let added = fill(t::ADDED.get(lang), &[("at", &line.added)]);
        let used = line.used.map_or_else(|| t::NEVER.get(lang).to_owned(), |at| fill(t::USED.get(lang), &[("at", &at)]));
        let what = fill(t::REMOVE_ONE.get(lang), &[("name", &line.name)]);
        view! {
            <li class="sessions__line">
                <div><strong>{line.name}</strong><p>{added}", "{used}</p></div>
                <a class="button button--quiet" href=routes::remove_passkey(line.id) rel="external" aria-label=what>{t::REMOVE.get(lang)}</a>
            </li>
        }
    };
    view! {
        <h2>{t::YOURS.get(lang)}</h2>
        {none.then(|| view! { <p>{t::NONE.get(lang)}</p> })}
        {(!none).then(|| view! { <ul class="sessions passkeys">{lines.into_iter().map(line).collect_view()}</ul> })}
    }
}

/// Password and code again, as far as somebody has them.
#[component]
fn Proof(sheet: PasskeySheet) -> impl IntoView {
    let lang = use_lang();
    view! {
        {sheet.password.then(|| view! { <TextField name="password" label=t::PASSWORD.get(lang) kind="password" autocomplete="current-password"/> })}
        {sheet.code.then(|| view! { <TextField name="code" label=t::CODE.get(lang) autocomplete="one-time-code"/> })}
    }
}

/// The first step to a new one; the second needs the script, so that without it nobody begins.
#[component]
fn Add(sheet: PasskeySheet) -> impl IntoView {
    let lang = use_lang();
    if !sheet.possible {
        return view! { <p>{t::NOT_HERE.get(lang)}</p> }.into_any();
    }
    view! {
        <p class="notice needs-script" data-asleep="">{t::NEEDS_SCRIPT.get(lang)}</p>
        <form class="form" method="post" action=routes::PASSKEYS aria-labelledby="add" data-awake="">
            <h2 id="add">{t::ADD.get(lang)}</h2>
            <TextField name="name" label=t::NAME.get(lang) help=t::NAME_HELP.get(lang) optional=true/>
            <Proof sheet/>
            <div class="settings__foot"><button class="button button--primary" type="submit" name="do" value="begin">{t::NEXT.get(lang)}</button></div>
        </form>
    }
    .into_any()
}

/// The second step: the device.
#[component]
fn Make(options: String) -> impl IntoView {
    let lang = use_lang();
    view! {
        <h2>{t::ADD.get(lang)}</h2>
        <p>{t::MAKE_LEAD.get(lang)}</p>
        <PasskeyButton wanted=Wanted::New options=Options::Here(options) to=routes::PASSKEYS fields=vec![("do", "add".to_owned())] label=t::MAKE class="button button--primary"/>
        <p><a href=routes::PASSKEYS rel="external">{t::CANCEL.get(lang)}</a></p>
    }
}

#[component]
fn Remove(line: PasskeyLine, sheet: PasskeySheet) -> impl IntoView {
    let lang = use_lang();
    view! {
        <form class="form" method="post" action=routes::PASSKEYS aria-labelledby="remove">
            <h2 id="remove">{fill(t::REMOVE_ONE.get(lang), &[("name", &line.name)])}</h2>
            <p>{t::REMOVE_LEAD.get(lang)}</p>
            <input type="hidden" name="id" value=line.id.to_string()/>
            <Proof sheet/>
            <div class="settings__foot">
                <button class="button button--primary" type="submit" name="do" value="remove">{t::REMOVE.get(lang)}</button>
                <a class="button button--quiet" href=routes::PASSKEYS rel="external">{t::CANCEL.get(lang)}</a>
            </div>
        </form>
    }
}
