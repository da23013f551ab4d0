//! The table's head: order, width, and the box that selects the page.

use domain::lang::fill;
use domain::list::STATUS;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use super::{Shown, usual_width};
use crate::api::profiles::shapes::{ColumnHead, Look};
use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::place::Place;
use crate::pages::profiles::words as w;

/// One heading for each column.
#[component]
pub fn Head(lister: Lister, shown: Memo<Vec<Shown>>) -> impl IntoView {
    let lang = use_lang();
    let ids = move || lister.answer.with(|answer| answer.rows.iter().map(|row| row.id).collect::<Vec<_>>());
    let n_picked = Memo::new(move |_| lister.picked.with(|picked| ids().into_iter().filter(|id| picked.has(*id)).count()));
    let all = move || n_picked.get() > 0 && n_picked.get() == lister.answer.with(|answer| answer.rows.len());
    let some = move || n_picked.get() > 0 && !all();
    // A heading stays the same element while its column is drawn wider: the hand and the focus are on it.
    let heads = Memo::new(move |_| shown.with(|shown| shown.iter().map(|column| (column.head.clone(), column.sticky)).collect::<Vec<_>>()));
    view! {
        <thead role="rowgroup">
            <tr role="row" aria-rowindex="1">
                <th role="columnheader" scope="col" data-col="check">
                    <input class="check" type="checkbox" autocomplete="off" aria-label=w::SELECT_PAGE.get(lang)
                        prop:checked=all prop:indeterminate=some
                        on:change=move |event| lister.picked.update(|picked| picked.set_page(&lister.ids(), event_target_checked(&event)))/>
                </th>
                <StatusHeading lister/>
                {move || heads.get().into_iter().map(|(head, sticky)| view! { <Heading lister shown head sticky/> }).collect_view()}
            </tr>
        </thead>
    }
}

/// How the list is ordered by a field: downwards, upwards, or not by it.
fn order(lister: Lister, key: StoredValue<String>) -> Memo<Option<bool>> {
    Memo::new(move |_| {
        let first =
            |place: &Place| place.query.sort.first().filter(|sort| key.with_value(|key| sort.field == *key)).map(|sort| sort.descending);
        lister.place.with(first)
    })
}

fn sorted(order: Memo<Option<bool>>) -> Option<&'static str> {
    order.get().map(|descending| if descending { "descending" } else { "ascending" })
}

/// Every list has this column; its width is fixed.
#[component]
fn StatusHeading(lister: Lister) -> impl IntoView {
    let key = StoredValue::new(STATUS.to_owned());
    let order = order(lister, key);
    let label = w::STATUS.get(use_lang()).to_owned();
    view! {
        <th role="columnheader" scope="col" data-col="STATUS" aria-sort=move || sorted(order)>
            <SortLink lister key label order falls=false/>
        </th>
    }
}

/// A heading of a column that the reader chose.
#[component]
fn Heading(lister: Lister, shown: Memo<Vec<Shown>>, head: ColumnHead, sticky: bool) -> impl IntoView {
    let key = StoredValue::new(head.key.clone());
    let order = order(lister, key);
    let falls = matches!(head.look, Look::Time);
    let number = matches!(head.look, Look::Number | Look::Time);
    let label = head.label.clone();
    view! {
        <th role="columnheader" scope="col" data-col=key.get_value() class:number=number data-sticky=sticky.then_some("") aria-sort=move || sorted(order)>
            <SortLink lister key label order falls/>
            <Grip lister shown head/>
        </th>
    }
}

/// Sorts by a column: first up, then down; times first down.
#[component]
fn SortLink(lister: Lister, key: StoredValue<String>, label: String, order: Memo<Option<bool>>, falls: bool) -> impl IntoView {
    let lang = use_lang();
    let next = move || order.get().map_or(falls, |descending| !descending);
    let title = fill(w::SORT_BY.get(lang), &[("name", &label)]);
    view! {
        <a class="data-table__sort" title=title href=move || lister.href(|place| key.with_value(|key| place.sorted_by(key, next())))>
            <span>{label}</span>
            {move || order.get().map(|descending| view! { <Icon name=if descending { "arrow-down" } else { "arrow-up" }/> })}
        </a>
    }
}

/// The edge of a heading: drag it, or focus it and press the arrows.
#[component]
fn Grip(lister: Lister, shown: Memo<Vec<Shown>>, head: ColumnHead) -> impl IntoView {
    let lang = use_lang();
    let key = StoredValue::new(head.key);
    let width = move || {
        let set =
            shown.with(|shown| key.with_value(|key| shown.iter().find(|column| column.head.key == *key).and_then(|column| column.width)));
        set.unwrap_or_else(|| usual_width(head.look))
    };
    let size = move |width: u32| key.with_value(|key| lister.size_column(key, width));
    let on_keydown = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowLeft" => -8,
            "ArrowRight" => 8,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        size(untrack(width).saturating_add_signed(step));
        lister.keep_layout();
    };
    let on_pointerdown = move |event: PointerEvent| browser::list::drag_width(&event, size, move || lister.keep_layout());
    view! {
        <span class="data-table__resize" role="separator" tabindex="0" aria-orientation="vertical"
            aria-label=fill(w::COLUMN_WIDTH.get(lang), &[("name", &head.label)])
            aria-valuenow=width aria-valuemin="48" aria-valuemax="960"
            on:keydown=on_keydown on:pointerdown=on_pointerdown/>
    }
}
