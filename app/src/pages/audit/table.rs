//! The entries, each with what it tells to be folded out.

use domain::lang::{Lang, fill};
use leptos::either::Either;
use leptos::prelude::*;

use crate::api::audit::{AuditChange, AuditLine};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::audit as t;

/// One row an entry.
#[component]
pub fn Table(lines: Vec<AuditLine>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="list__scroll" tabindex="0" role="region" aria-label=t::CAPTION.get(lang)>
            <table class="data-table audit-table">
                <caption class="visually-hidden">{t::CAPTION.get(lang)}</caption>
                <thead><tr>
                    <th scope="col" data-col="time">{t::TIME.get(lang)}</th>
                    <th scope="col" data-col="who">{t::WHO.get(lang)}</th>
                    <th scope="col" data-col="deed">{t::DEED.get(lang)}</th>
                    <th scope="col" data-col="object">{t::OBJECT.get(lang)}</th>
                    <th scope="col" data-col="origin">{t::ORIGIN.get(lang)}</th>
                </tr></thead>
                <tbody>{lines.into_iter().map(|line| row(line, lang)).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(line: AuditLine, lang: Lang) -> impl IntoView {
    let AuditLine { n, at, time, deed, icon, who, who_href, kind, object, href, object_href, address, session, changes, hash } = line;
    let more = |text: domain::lang::Text, name: &str, href: Option<String>| {
        let words = fill(text.get(lang), &[("name", name)]);
        href.map(|href| view! { <a class="text-link" href=href>{words}</a>" " })
    };
    let (of_who, of_object) = (more(t::MORE_OF_WHO, &who, who_href), more(t::MORE_OF_OBJECT, &object, object_href));
    let named = match href {
        Some(href) => Either::Left(view! { <a href=href>{object}</a> }),
        None => Either::Right(view! { <span>{object}</span> }),
    };
    view! {
        <tr>
            <td data-col="time"><time datetime=at>{time}</time></td>
            <td data-col="who">{who}</td>
            <th scope="row" data-col="deed">
                <details>
                    <summary><Icon name=icon/><span>{deed}</span></summary>
                    <div class="audit-entry">
                        {(!changes.is_empty()).then(|| view! { <ul>{changes.into_iter().map(|one| change(one, lang)).collect_view()}</ul> })}
                        <p>{of_who}{of_object}</p>
                        <p class="audit-entry__proof">
                            {t::NUMBER.get(lang)}" "{n}
                            {(!session.is_empty()).then(|| view! { " · "{t::SESSION.get(lang)}" "<code>{session}</code> })}
                            " · "{t::HASH.get(lang)}" "<code>{hash}</code>
                        </p>
                    </div>
                </details>
            </th>
            <td data-col="object">{named}" "<small>{kind}</small></td>
            <td data-col="origin">{address}</td>
        </tr>
    }
}

fn change(change: AuditChange, lang: Lang) -> impl IntoView {
    let said = move |text: String| if text.is_empty() { t::EMPTY_VALUE.get(lang).to_owned() } else { text };
    let AuditChange { label, before, after } = change;
    let told = match (before, after) {
        (Some(before), after) => Either::Left(view! {
            <del>{said(before)}</del><Icon name="arrow-right"/><span class="visually-hidden">{t::CHANGED_TO.get(lang)}</span><ins>{said(after.unwrap_or_default())}</ins>
        }),
        (None, after) => Either::Right(view! { <ins>{said(after.unwrap_or_default())}</ins> }),
    };
    view! { <li><span class="change"><span>{label}": "</span>{told}</span></li> }
}
