//! A value in the list.

use leptos::either::{Either, EitherOf4};
use leptos::prelude::*;

use crate::api::profiles::shapes::{Cell, Look};

/// The value as its column draws it: hits marked, tags as tags, the time fainter than the date.
pub fn content(look: Look, cell: Cell) -> impl IntoView {
    let mut texts = cell.texts.into_iter();
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
