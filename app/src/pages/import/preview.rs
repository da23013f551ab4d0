//! The first rows as they will stand in the pool.

use domain::lang::fill;
use leptos::prelude::*;

use crate::api::imports::{PreviewRow, PreviewTable};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::import as t;

/// The table; a value that will be refused says so by colour, picture and words.
#[component]
pub fn Preview(table: RwSignal<PreviewTable>) -> impl IntoView {
    let lang = use_lang();
    let n = move || table.with(|table| table.rows.len()).to_string();
    let heads =
        move || table.with(|table| table.heads.clone()).into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = move || table.with(|table| table.rows.clone()).into_iter().map(|row| view! { <Row row/> }).collect_view();
    view! {
        <div class="preview">
            <h2 id="preview">{t::PREVIEW.get(lang)}" "<small>{move || fill(t::PREVIEW_LEAD.get(lang), &[("n", &n())])}</small></h2>
            <div class="preview__scroll" tabindex="0" role="region" aria-labelledby="preview">
                <table class="data-table">
                    <thead><tr><th scope="col">{t::ROW.get(lang)}</th><th scope="col">{t::OUTCOME.get(lang)}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
}

#[component]
fn Row(row: PreviewRow) -> impl IntoView {
    let lang = use_lang();
    let outcome = match row.problem {
        None => view! { <span class="status status--usable"><Icon name="check"/>{t::FINE.get(lang)}</span> }.into_any(),
        Some(problem) => {
            let words = problem.clone();
            view! { <span class="status status--bounced" title=words><Icon name="bounced"/>{t::BAD.get(lang)}<span class="visually-hidden">": "{problem}</span></span> }
                .into_any()
        }
    };
    let cells = row.cells.into_iter().map(|(text, bad)| {
        let shown = if text.is_empty() { view! { <span class="nothing">"–"</span> }.into_any() } else { text.into_any() };
        view! { <td data-bad=bad>{shown}</td> }
    });
    let cells = cells.collect_view();
    view! { <tr><td>{row.row}</td><td>{outcome}</td>{cells}</tr> }
}
