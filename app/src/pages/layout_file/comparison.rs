//! What a file would change, line by line: a word and a shape say what a colour says.

use domain::id::PoolId;
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::n_changes;
use crate::api::layout::{ApplyLayout, Compared, Line, Mark};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::layout as t;

/// The comparison, and the button that applies it.
#[component]
pub fn ComparisonView(pool: PoolId, compared: Compared, content: String, apply: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    if !compared.faults.is_empty() {
        return view! {
            <div class="notice notice--negative layout-file__faults">
                <Icon name="alert"/>
                <div>
                    <p>{t::UNREADABLE.get(lang)}</p>
                    <ul>{compared.faults.into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view()}</ul>
                </div>
            </div>
        }
        .into_any();
    }
    let n = compared.n;
    let (kept, told): (Vec<Line>, Vec<Line>) = compared.lines.into_iter().partition(|line| line.mark == Mark::Kept);
    let changes = n_changes(n, lang);
    let heading = if n == 0 { t::SAME.get(lang).to_owned() } else { changes.clone() };
    let n_kept = number(i64::try_from(kept.len()).unwrap_or(i64::MAX), lang);
    view! {
        <section class="layout-diff" aria-labelledby="layout-compared">
            <h3 id="layout-compared">{heading}</h3>
            {(!told.is_empty()).then(|| view! { <Lines lines=told/> })}
            {(n > 0).then(|| view! {
                <form method="post" action=ApplyLayout::PATH on:submit=move |event| { event.prevent_default(); apply.run(()); }>
                    <input type="hidden" name="pool" value=pool.to_string()/>
                    <input type="hidden" name="text" value=content/>
                    <button class="button button--primary" type="submit"><Icon name="check"/><span>{fill(t::APPLY.get(lang), &[("changes", &changes)])}</span></button>
                </form>
            })}
            {(!kept.is_empty()).then(|| view! {
                <details>
                    <summary>{fill(t::KEPT.get(lang), &[("n", &n_kept)])}</summary>
                    <Lines lines=kept/>
                </details>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Lines(lines: Vec<Line>) -> impl IntoView {
    let lang = use_lang();
    let one = |line: Line| {
        let (class, icon, word) = match line.mark {
            Mark::Added => ("layout-diff__line layout-diff__line--added", "plus", t::ADDED),
            Mark::Changed => ("layout-diff__line layout-diff__line--changed", "pencil", t::CHANGED),
            Mark::Refused => ("layout-diff__line layout-diff__line--refused", "alert", t::REFUSED),
            Mark::Kept => ("layout-diff__line", "check", t::STAYS),
        };
        view! {
            <li class=class>
                <span class="layout-diff__mark"><Icon name=icon/>{word.get(lang)}</span>
                <div>
                    <strong>{line.subject}</strong>" "<span>{line.text}</span>
                    {line.change.map(|(before, after)| view! {
                        <span class="change">
                            <span class="visually-hidden">{t::BEFORE.get(lang)}</span><del>{before}</del>
                            <Icon name="arrow-right"/>
                            <span class="visually-hidden">{t::AFTER.get(lang)}</span><ins>{after}</ins>
                        </span>
                    })}
                </div>
            </li>
        }
    };
    view! { <ul class="layout-diff__lines">{lines.into_iter().map(one).collect_view()}</ul> }
}
