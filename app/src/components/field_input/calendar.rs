//! A month to choose a day from, with the mouse or with the keys.

use domain::calendar::{WEEKDAYS, day_words, month_of, month_words, months_later, weekday};
use domain::lang::Text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::words as w;
use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;

/// The days of a month by weeks that begin on Monday; the days around it are left out.
fn weeks(first: i64, length: i64) -> Vec<[Option<i64>; 7]> {
    let start = first - weekday(first) as i64;
    let n = (first + length - start + 6) / 7;
    let week = |n: i64| std::array::from_fn(|at| Some(start + n * 7 + at as i64).filter(|day| (first..first + length).contains(day)));
    (0..n).map(week).collect()
}

/// Where a key leads from a day.
fn step(day: i64, key: &str, shift: bool) -> Option<i64> {
    Some(match key {
        "ArrowLeft" => day - 1,
        "ArrowRight" => day + 1,
        "ArrowUp" => day - 7,
        "ArrowDown" => day + 7,
        "Home" => day - weekday(day) as i64,
        "End" => day + 6 - weekday(day) as i64,
        "PageUp" => months_later(day, if shift { -12 } else { -1 }),
        "PageDown" => months_later(day, if shift { 12 } else { 1 }),
        _ => return None,
    })
}

/// The dialog below a date. `pick` gets the day, the time and whether that was all.
#[component]
pub fn Calendar(
    title: String,
    id: String,
    day: i64,
    clock: String,
    timed: bool,
    today: i64,
    pick: Callback<(i64, String, bool)>,
    /// Whether the focus goes back to the input.
    close: Callback<bool>,
) -> impl IntoView {
    let lang = use_lang();
    let node = NodeRef::<leptos::html::Div>::new();
    browser::listbox::keep_within(node);
    let at = RwSignal::new(day);
    let clock = RwSignal::new(clock);
    let month = Memo::new(move |_| at.with(|day| month_of(*day)));
    let day_id = {
        let id = id.clone();
        move |day: i64| format!("{id}-day-{day}")
    };
    let to_day = {
        let day_id = day_id.clone();
        move || {
            let id = day_id(at.get_untracked());
            request_animation_frame(move || browser::forms::focus(&id));
        }
    };
    let first_focus = to_day.clone();
    Effect::new(move |_| first_focus());
    let go = {
        let to_day = to_day.clone();
        move |day: i64| {
            at.set(day);
            to_day();
        }
    };
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            close.run(true);
        }
    };
    let on_grid = {
        let go = go.clone();
        move |event: KeyboardEvent| {
            if let Some(day) = step(at.get_untracked(), &event.key(), event.shift_key()) {
                event.prevent_default();
                go(day);
            }
        }
    };
    let on_focusout = move |event: leptos::ev::FocusEvent| {
        // A month that is drawn anew takes the focus with it for a moment; that is no leaving.
        if event.related_target().is_some() && browser::listbox::leaves(&event) {
            close.run(false);
        }
    };
    let turn = move |word: Text, icon: &'static str, months: i32| {
        view! {
            <button class="icon-button icon-button--small" type="button" aria-label=word.get(lang) title=word.get(lang)
                on:click=move |_| at.update(|day| *day = months_later(*day, months))><Icon name=icon/></button>
        }
    };
    let cell = move |day: Option<i64>| match day {
        None => view! { <td role="gridcell"></td> }.into_any(),
        Some(day) => {
            let number = day - month.get().0 + 1;
            view! {
                <td role="gridcell" aria-selected=move || (at.get() == day).to_string()>
                    <button type="button" id=day_id(day) tabindex=move || if at.get() == day { "0" } else { "-1" } aria-label=day_words(day, lang)
                        aria-current=(day == today).then_some("date") on:click=move |_| pick.run((day, clock.get_untracked(), true))>{number}</button>
                </td>
            }.into_any()
        }
    };
    let rows = move || {
        let (first, length) = month.get();
        let cell = cell.clone();
        weeks(first, length)
            .into_iter()
            .map(move |week| view! { <tr>{week.map(cell.clone()).into_iter().collect_view()}</tr> })
            .collect_view()
    };
    let heading_id = format!("{id}-month");
    let on_clock = move |event| {
        clock.set(event_target_value(&event));
        pick.run((at.get_untracked(), clock.get_untracked(), false));
    };
    let to_today = move |_| go(today);
    view! {
        <div class="calendar" node_ref=node role="dialog" aria-label=title on:keydown=on_keydown on:focusout=on_focusout>
            <div class="calendar__head">
                {turn(w::PREVIOUS_YEAR, "first", -12)}
                {turn(w::PREVIOUS_MONTH, "left", -1)}
                <strong id=heading_id.clone() aria-live="polite">{move || month_words(at.get(), lang)}</strong>
                {turn(w::NEXT_MONTH, "right", 1)}
                {turn(w::NEXT_YEAR, "last", 12)}
            </div>
            <table role="grid" aria-labelledby=heading_id on:keydown=on_grid>
                <thead><tr>{WEEKDAYS.map(|(long, short)| view! { <th scope="col" abbr=long.get(lang)>{short.get(lang)}</th> }).into_iter().collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="calendar__foot">
                {timed.then(|| view! {
                    <label class="calendar__time">{w::TIME.get(lang)}<span class="input input--small"><input type="time" prop:value=move || clock.get() on:change=on_clock/></span></label>
                })}
                <button class="button button--quiet" type="button" on:click=to_today>{w::TODAY.get(lang)}</button>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests;
