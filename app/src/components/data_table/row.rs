//! A profile as a row. The server draws it and the browser puts a whole page of rows in place at once, which is faster
//! than building them there cell by cell. What a reader does to a row is marked by `crate::browser::rows`.

use domain::id::{PoolId, ProfileId};
use domain::lang::{Lang, fill};
use leptos::either::{Either, EitherOf4};
use leptos::prelude::*;

use crate::api::profiles::shapes::Look;
use crate::components::status::StatusMark;
use crate::pages::profiles::words as w;
use crate::routes;

/// Everything that a row shows.
#[derive(Clone, Debug)]
pub struct BodyRow {
    pub pool: PoolId,
    pub id: ProfileId,
    /// What a reader calls this profile.
    pub title: String,
    /// Its place among all rows; the head is the first. A row drawn anew takes the place of the old one.
    pub at: Option<u64>,
    /// It is open beside the list.
    pub open: bool,
    /// The status's code.
    pub status: String,
    pub cells: Vec<Cell>,
}

/// A value as a cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The field's internal name.
    pub key: String,
    pub look: Look,
    /// One text, or several tags; none is an empty value. A text is cut at the hits of the search: the odd parts are hits.
    pub texts: Vec<Vec<String>>,
    /// The whole value where the texts leave a part out.
    pub full: Option<String>,
}

impl BodyRow {
    /// Checkbox, status, then the reader's columns; the first of them is the row's heading and links to the profile's page.
    pub fn to_html(self, lang: Lang) -> String {
        let Self { pool, id, title, at, open, status, cells } = self;
        let label = fill(w::SELECT_ROW.get(lang), &[("name", &title)]);
        let mut cells = cells.into_iter();
        let heading = cells.next().map(|cell| heading(cell, routes::profile(pool, id), title));
        let values = cells.map(value).collect_view();
        let row = view! {
            <tr role="row" data-id=id.get() aria-rowindex=at aria-current=open.then_some("true")>
                <td role="cell" data-col="check">
                    <input class="check" type="checkbox" form="bulk" name="ids[]" value=id.get() autocomplete="off" aria-label=label/>
                </td>
                <td role="cell" data-col="STATUS"><StatusMark code=status lang/></td>
                {heading}
                {values}
            </tr>
        };
        // These marks are for views that the browser wakes up; what people typed has no unescaped `<`.
        row.to_html().replace("<!>", "")
    }
}

fn heading(cell: Cell, href: String, title: String) -> impl IntoView {
    let (number, tip) = (cell.is_number().then_some("number"), cell.tip());
    let inner = if cell.texts.is_empty() {
        Either::Left(view! { <span class="nothing">{title}</span> })
    } else {
        Either::Right(content(cell.look, cell.texts))
    };
    view! {
        <th role="rowheader" scope="row" data-col=cell.key class=number data-sticky="" title=tip>
            <a href=href>{inner}</a>
        </th>
    }
}

fn value(cell: Cell) -> impl IntoView {
    let (number, tip) = (cell.is_number().then_some("number"), cell.tip());
    view! { <td role="cell" data-col=cell.key class=number title=tip>{content(cell.look, cell.texts)}</td> }
}

impl Cell {
    fn is_number(&self) -> bool {
        matches!(self.look, Look::Number | Look::Time)
    }

    /// What is shown when the pointer rests on the cell: values that may be cut off.
    fn tip(&self) -> Option<String> {
        self.full.clone().or_else(|| (self.look != Look::Time).then(|| self.plain()).filter(|text| text.chars().count() > 10))
    }

    /// The value without marks.
    fn plain(&self) -> String {
        self.texts.iter().map(|parts| parts.concat()).collect::<Vec<_>>().join(", ")
    }
}

/// The value as its column draws it: hits marked, tags as tags, the time fainter than the date.
fn content(look: Look, texts: Vec<Vec<String>>) -> impl IntoView {
    let mut texts = texts.into_iter();
    match look {
        _ if texts.len() == 0 => EitherOf4::A(view! { <span class="nothing">"–"</span> }),
        Look::Tags => EitherOf4::B(view! {
            <span class="tags">{texts.map(|parts| view! { <span class="tag">{marked(parts)}</span> }).collect_view()}</span>
        }),
        Look::Time => EitherOf4::C(view! {
            <time>{texts.next().map(marked)}{texts.map(|parts| view! { <span>{marked(parts)}</span> }).collect_view()}</time>
        }),
        _ => EitherOf4::D(texts.next().map(marked)),
    }
}

/// A text with its hits: every second part is one.
fn marked(parts: Vec<String>) -> impl IntoView {
    let part = |(at, text): (usize, String)| {
        if at % 2 == 1 { Either::Left(view! { <mark>{text}</mark> }) } else { Either::Right(text) }
    };
    parts.into_iter().enumerate().filter(|(_, text)| !text.is_empty()).map(part).collect_view()
}

#[cfg(test)]
mod tests;
