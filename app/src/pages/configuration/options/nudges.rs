//! An option is moved: by its grip, by keys, by two buttons.

use domain::config::{Step, moved};
use domain::id::{FieldId, OptionId};
use domain::lang::fill;
use leptos::prelude::*;

use super::SHOWN;
use crate::api::configuration::OptionLine;
use crate::browser::reorder;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::configuration::GO;
use crate::pages::configuration::air::spelled;
use crate::pages::configuration::shaper::Shaper;
use crate::text::configuration as t;

/// The grip of an option, and the two buttons that do the same by one place.
#[component]
pub fn Nudges(shaper: Shaper, field: FieldId, lines: RwSignal<Vec<OptionLine>>, id: OptionId) -> impl IntoView {
    let lang = use_lang();
    let name =
        Memo::new(move |_| lines.with(|lines| lines.iter().find(|line| line.id == id).map(|line| line.label.clone()).unwrap_or_default()));
    let put = move |before: Option<OptionId>| {
        lines.update(|lines| {
            let order: Vec<OptionId> = lines.iter().map(|line| line.id).collect();
            let order = moved(&order, id, before);
            lines.sort_by_key(|line| order.iter().position(|other| *other == line.id));
        });
        shaper.take(Step::MoveOption { field, option: id, before }, fill(t::SAID_MOVED.get(lang), &[("name", &name.get_untracked())]));
        reorder::keep_focus(format!("grip-o{id}"));
    };
    let neighbour = move |up: bool| {
        lines.with(|lines| {
            let at = lines.iter().position(|line| line.id == id)?;
            if up {
                Some(Some(lines.get(at.checked_sub(1)?)?.id))
            } else {
                lines.get(at + 1)?;
                Some(lines.get(at + 2).map(|line| line.id))
            }
        })
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        event.prevent_default();
        if let Some(before) = untrack(|| neighbour(up)) {
            put(before);
        }
    };
    let lift = move |event: leptos::ev::PointerEvent| {
        let lifted = move |up: bool| if up { shaper.lifted.set(Some(-id.get())) } else { shaper.put_down() };
        // The last place that is shown may not be the last one.
        let behind = move || lines.with_untracked(|lines| lines.get(SHOWN).map(|line| line.id));
        reorder::lift(&event, "option", lifted, move |place| put(place.before.map(OptionId::new).or_else(behind)));
    };
    let button = move |up: bool, icon: &'static str, words: domain::lang::Text| {
        let value = move || neighbour(up).map(|before| spelled(&Step::MoveOption { field, option: id, before }));
        let act = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            if let Some(before) = untrack(|| neighbour(up)) {
                put(before);
            }
        };
        view! {
            <button class="icon-button icon-button--nudge" type="submit" form=GO name="form[go]" value=value disabled=move || neighbour(up).is_none()
                aria-label=move || fill(words.get(lang), &[("name", &name.get())]) on:click=act><Icon name=icon/></button>
        }
    };
    view! {
        <span class="nudges">{button(true, "up", t::UP)}{button(false, "down", t::DOWN)}</span>
        <button class="icon-button icon-button--small icon-button--grip" type="button" id=format!("grip-o{id}") data-awake
            aria-label=move || fill(t::MOVE_OPTION.get(lang), &[("name", &name.get())]) on:pointerdown=lift on:keydown=press><Icon name="grip"/></button>
    }
}
