//! The first profiles of a group: what stands in the backup, and what stands there now.

use domain::id::PoolId;
use domain::lang::fill;
use domain::restore::Group;
use leptos::prelude::*;

use super::compared::say;
use crate::api::restore::SampleLine;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::restore as t;

/// A row for each field that differs; `pick` puts a box before each profile.
#[component]
pub fn Shown(pool: PoolId, group: Group, lines: Vec<SampleLine>, pick: bool) -> impl IntoView {
    let lang = use_lang();
    if lines.is_empty() {
        return view! { <p>{t::SHOWN_GONE.get(lang)}</p> }.into_any();
    }
    let n = say(lines.len() as u64, lang);
    let caption = fill(t::SHOWN.get(lang), &[("group", group.label().get(lang)), ("n", &n)]);
    let rows = lines.into_iter().map(|line| view! { <Lines pool line pick/> });
    view! {
        <table class="data-table convert__table">
            <caption class="field__label">{caption}</caption>
            <thead><tr>
                <th scope="col">{t::PROFILE.get(lang)}</th>
                <th scope="col">{t::FIELD.get(lang)}</th>
                <th scope="col">{t::THEN.get(lang)}</th>
                <th scope="col">{t::NOW.get(lang)}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Lines(pool: PoolId, line: SampleLine, pick: bool) -> impl IntoView {
    let lang = use_lang();
    let SampleLine { profile, title, lives, changes } = line;
    let value = move |text: String| match text.is_empty() {
        true => view! { <span class="convert__until">{t::NOTHING.get(lang)}</span> }.into_any(),
        false => text.into_any(),
    };
    let rows = changes.len().max(1);
    let name = if lives {
        view! { <a class="text-link" href=routes::profile(pool, profile)>{title.clone()}</a> }.into_any()
    } else {
        title.clone().into_any()
    };
    let label = fill(t::PICK.get(lang), &[("name", &title)]);
    let tick = pick.then(|| {
        view! { <input class="check" type="checkbox" name="ids[]" value=profile.to_string() aria-label=label autocomplete="off"/> }
    });
    let mut changes = changes.into_iter();
    let (field, then, now) = changes.next().unwrap_or_default();
    let others = changes.map(move |(field, then, now)| view! { <tr><td>{field}</td><td>{value(then)}</td><td>{value(now)}</td></tr> });
    view! {
        <tr>
            <th scope="rowgroup" rowspan=rows.to_string()>{tick}{name}</th>
            <td>{field}</td><td>{value(then)}</td><td>{value(now)}</td>
        </tr>
        {others.collect_view()}
    }
}
