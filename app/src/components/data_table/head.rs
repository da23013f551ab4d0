//! The table's head: order, width, and the box that selects the page.

use domain::lang::fill;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use super::{Shown, usual_width};
use crate::api::profiles::shapes::Look;
use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;

/// One heading for each column.
#[component]
pub fn Head(lister: Lister, shown: Memo<Vec<Shown>>) -> impl IntoView {
    let lang = use_lang();
    let ids = move || lister.answer.with(|answer| answer.rows.iter().map(|row| row.id).collect::<Vec<_>>());
    let n_picked = Memo::new(move |_| lister.picked.with(|picked| ids().into_iter().filter(|id| picked.has(*id)).count()));
    let all = move || n_picked.get() > 0 && n_picked.get() == lister.answer.with(|answer| answer.rows.len());
    let some = move || n_picked.get() > 0 && !all();
    view! {
        <thead role="rowgroup">
            <tr role="row" aria-rowindex="1">
                <th role="columnheader" scope="col" data-col="check">
                    <input class="check" type="checkbox" autocomplete="off" aria-label=w::SELECT_PAGE.get(lang)
                        prop:checked=all prop:indeterminate=some
                        on:change=move |event| lister.picked.update(|picked| picked.set_page(&lister.ids(), event_target_checked(&event)))/>
                </th>
                <th role="columnheader" scope="col" data-col="STATUS"><span>{w::STATUS.get(lang)}</span></th>
                {move || shown.get().into_iter().map(|column| view! { <Heading lister column/> }).collect_view()}
            </tr>
        </thead>
    }
}

/// A heading sorts by its column: first up, then down; times and numbers first down.
#[component]
fn Heading(lister: Lister, column: Shown) -> impl IntoView {
    let key = StoredValue::new(column.head.key.clone());
    let falls = matches!(column.head.look, Look::Time);
    let order = Memo::new(move |_| {
        lister
            .place
            .with(|place| place.query.sort.first().filter(|sort| key.with_value(|key| sort.field == *key)).map(|sort| sort.descending))
    });
    let next = move || order.get().map_or(falls, |descending| !descending);
    let number = matches!(column.head.look, Look::Number | Look::Time);
    let lang = use_lang();
    let (label, sticky) = (column.head.label.clone(), column.sticky);
    view! {
        <th role="columnheader" scope="col" data-col=key.get_value() class:number=number data-sticky=sticky.then_some("")
            aria-sort=move || order.get().map(|descending| if descending { "descending" } else { "ascending" })>
            <a class="data-table__sort" href=move || lister.href(|place| key.with_value(|key| place.sorted_by(key, next())))
                title=fill(w::SORT_BY.get(lang), &[("name", &label)])>
                <span>{label.clone()}</span>
                {move || order.get().map(|descending| view! { <Icon name=if descending { "arrow-down" } else { "arrow-up" }/> })}
            </a>
            <Grip lister column/>
        </th>
    }
}

/// The edge of a heading: drag it, or focus it and press the arrows.
#[component]
fn Grip(lister: Lister, column: Shown) -> impl IntoView {
    let lang = use_lang();
    let key = StoredValue::new(column.head.key);
    let usual = column.width.unwrap_or_else(|| usual_width(column.head.look));
    let width = move || {
        let wished = lister
            .layout
            .with(|layout| key.with_value(|key| layout.columns.iter().find(|column| column.key == *key).and_then(|column| column.width)));
        wished.unwrap_or(usual)
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
            aria-label=fill(w::COLUMN_WIDTH.get(lang), &[("name", &column.head.label)])
            aria-valuenow=width aria-valuemin="48" aria-valuemax="960"
            on:keydown=on_keydown on:pointerdown=on_pointerdown/>
    }
}
