//! The profile list as a table that keeps its head and its first columns in sight.

use domain::lang::fill;
use domain::layout::ListLayout;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use crate::api::profiles::shapes::{ColumnHead, Look};
use crate::browser;
use crate::components::data_table::head::Head;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;

pub mod head;
#[cfg(feature = "ssr")]
pub mod row;

/// A column as it stands in the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub head: ColumnHead,
    /// Pixels; none takes what is left.
    pub width: Option<u32>,
    /// Stays in sight while scrolling sideways.
    pub sticky: bool,
}

/// Width of the columns that every list has: checkbox and status.
const FIXED: u32 = 54 + 120;

/// The table of one page of profiles.
#[component]
pub fn DataTable(lister: Lister, #[prop(into)] pool_name: String) -> impl IntoView {
    let lang = use_lang();
    let keys = Memo::new(move |_| lister.answer.with(|answer| answer.columns.clone()));
    let shown = Memo::new(move |_| keys.with(|keys| lister.layout.with(|layout| shown_columns(lister, keys, layout))));
    let least = move || {
        shown.with(|shown| FIXED + shown.iter().map(|column| column.width.unwrap_or_else(|| usual_width(column.head.look))).sum::<u32>())
    };
    let rows = lister.answer.with_untracked(|answer| answer.rows.iter().map(|row| row.html.as_str()).collect::<String>());
    let body = NodeRef::new();
    browser::rows::follow(lister, body);
    let dense = move || lister.layout.with(|layout| layout.dense);
    view! {
        <div class="list__scroll" class:is-slow=move || lister.waiting.get() role="region" aria-label=w::HIT_LIST.get(lang) tabindex="0"
            aria-busy=move || lister.waiting.get().then_some("true")>
            <table class="data-table profile-table" role="table" data-density=move || if dense() { "dense" } else { "airy" }
                {..custom_attribute("width", move || least().to_string())}
                aria-rowcount=move || lister.total.get().map(|total| (total + 1).to_string())>
                <caption class="visually-hidden">{fill(w::CAPTION.get(lang), &[("pool", &pool_name)])}</caption>
                <colgroup>
                    <col data-col="check"/>
                    <col data-col="STATUS"/>
                    {move || shown.get().into_iter().map(|column| {
                        view! { <col data-col=column.head.key {..custom_attribute("width", column.width.map(|width| width.to_string()))}/> }
                    }).collect_view()}
                </colgroup>
                <Head lister shown/>
                <tbody role="rowgroup" node_ref=body on:click=move |event| browser::list::clicked(lister, &event) inner_html=rows></tbody>
            </table>
        </div>
    }
}

/// The columns of an answer with their widths. One of them takes the room that is left.
fn shown_columns(lister: Lister, keys: &[String], layout: &ListLayout) -> Vec<Shown> {
    let wished = |key: &str| layout.columns.iter().find(|column| column.key == key).and_then(|column| column.width);
    let mut shown: Vec<Shown> = keys
        .iter()
        .filter_map(|key| lister.column(key))
        .enumerate()
        .map(|(at, head)| Shown { width: wished(&head.key), sticky: at == 0, head })
        .collect();
    let elastic = [Look::Mail, Look::Text, Look::Name]
        .into_iter()
        .find_map(|look| shown.iter().rposition(|column| column.width.is_none() && column.head.look == look));
    for (at, column) in shown.iter_mut().enumerate() {
        if elastic != Some(at) {
            column.width = column.width.or(Some(usual_width(column.head.look)));
        }
    }
    shown
}

/// Pixels that a column takes while nobody has drawn it wider or narrower.
pub fn usual_width(look: Look) -> u32 {
    match look {
        Look::Status => 120,
        Look::Name => 132,
        Look::Text => 128,
        Look::Mail => 208,
        Look::Number => 84,
        Look::Time => 148,
        Look::Tags => 164,
    }
}
