//! A profile as a row.

use domain::lang::fill;
use leptos::either::Either;
use leptos::prelude::*;

use super::cell::content;
use crate::api::profiles::shapes::{Look, Row};
use crate::components::status::StatusMark;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::place::Open;
use crate::pages::profiles::words as w;

/// Checkbox, status, then the reader's columns; the first of them is the row's heading and links to the profile's page.
#[component]
pub fn BodyRow(lister: Lister, row: Row, at: u64, looks: Memo<Vec<(String, Look, bool)>>) -> impl IntoView {
    let lang = use_lang();
    let id = row.id;
    let picked = move || lister.picked.with(|picked| picked.has(id));
    let gone = move || lister.gone.with(|gone| gone.contains(&id));
    let open = move || lister.place.with(|place| place.open == Open::Profile(id));
    let href = format!("/pools/{}/profiles/{id}", lister.pool);
    let mut cells = row.cells.into_iter();
    let status = cells.next().unwrap_or_default();
    let looks = looks.get_untracked();
    let title = row.title.clone();
    let values = cells.zip(looks).enumerate().map(|(nth, (cell, (key, look, sticky)))| {
        let number = matches!(look, Look::Number | Look::Time);
        let full = cell.full.clone().or_else(|| (look != Look::Time).then(|| cell.plain()).filter(|text| text.chars().count() > 10));
        if nth == 0 {
            let inner = if cell.texts.is_empty() {
                Either::Left(view! { <span class="nothing">{title.clone()}</span> })
            } else {
                Either::Right(content(look, cell))
            };
            Either::Left(view! {
                <th role="rowheader" scope="row" data-col=key class:number=number data-sticky=sticky.then_some("") title=full>
                    <a href=href.clone()>{inner}</a>
                </th>
            })
        } else {
            Either::Right(view! { <td role="cell" data-col=key class:number=number title=full>{content(look, cell)}</td> })
        }
    });
    view! {
        <tr role="row" data-id=id.get() aria-rowindex=at
            aria-current=move || open().then_some("true")
            data-cursor=move || (lister.cursor.get() == Some(id)).then_some("")
            data-gone=move || gone().then_some("")
            aria-label=move || gone().then(|| format!("{} {}", row.title, w::DELETED_ELSEWHERE.get(lang)))>
            <td role="cell" data-col="check">
                <input class="check" type="checkbox" form="bulk" name="ids[]" value=id.get() autocomplete="off"
                    aria-label=fill(w::SELECT_ROW.get(lang), &[("name", &row.title.clone())]) prop:checked=picked/>
            </td>
            <td role="cell" data-col="STATUS"><StatusMark code=status.full.unwrap_or_default() lang/></td>
            {values.collect_view()}
        </tr>
    }
}
