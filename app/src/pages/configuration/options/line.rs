//! One option: its label, who has chosen it, whether new profiles get it.

use domain::config::Step;
use domain::id::{FieldId, OptionId};
use domain::lang::{Lang, fill, number};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::label::Label;
use super::mark::Mark;
use super::nudges::{Grip, Movable, Nudges};
use super::used::remove_id;
use crate::api::configuration::{OptionLine, take_step};
use crate::components::icon::Icon;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::pages::configuration::GO;
use crate::pages::configuration::shaper::Shaper;
use crate::routes;
use crate::text::configuration as t;

/// The row.
#[component]
pub fn Line(
    shaper: Shaper,
    field: FieldId,
    lines: RwSignal<Vec<OptionLine>>,
    id: OptionId,
    may: bool,
    /// Every option is shown, so that one can be moved among them.
    all: Memo<bool>,
    /// Shows what uses an option.
    ask: Callback<OptionId>,
) -> impl IntoView {
    let lang = use_lang();
    let line = Memo::new(move |before: Option<&Option<OptionLine>>| {
        let now = lines.with(|lines| lines.iter().find(|line| line.id == id).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let label = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.label.clone()).unwrap_or_default()));
    let at = Memo::new(move |_| lines.with(|lines| lines.iter().position(|line| line.id == id).unwrap_or(0)));
    let is_default = move || line.with(|line| line.as_ref().is_some_and(|line| line.default));
    let option = Movable { shaper, field, lines, id };
    let used = Memo::new(move |_| line.with(|line| line.as_ref().is_some_and(|line| line.n > 0 || line.default)));
    view! {
        <li data-kind="option" data-item=id.get()>
            <span class="option-list__order" aria-hidden="true">{move || (at.get() + 1).to_string()}</span>
            {if may {
                view! { <Label shaper field lines id label at/> }.into_any()
            } else {
                view! { <span>{label}</span> }.into_any()
            }}
            {may.then(|| view! {
                <span class="option-list__acts">
                    {move || all.get().then(|| view! { <Nudges option/> })}
                    <Mark shaper field lines id label/>
                </span>
            })}
            <span class="option-list__usage">{move || line.with(|line| chosen_by(line.as_ref().map_or(0, |line| line.n), lang))}</span>
            <span class="option-list__mark">{move || is_default().then(|| t::DEFAULT_MARK.get(lang))}</span>
            {may.then(|| view! {
                <Remove shaper field id label used ask/>
                {move || all.get().then(|| view! { <Grip option/> })}
            })}
        </li>
    }
}

/// Removes an option that nothing uses; of another one it shows what uses it.
#[component]
fn Remove(shaper: Shaper, field: FieldId, id: OptionId, label: Memo<String>, used: Memo<bool>, ask: Callback<OptionId>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let remove = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let words = fill(t::SAID_DELETED.get(lang), &[("name", &label.get_untracked())]);
        spawn_local(async move {
            match take_step(shaper.pool, Step::DeleteOptions { field, options: vec![id] }).await {
                Ok(taken) => shaper.taken(taken, words),
                // It is used after all: by profiles in the bin, by an import, or since a moment ago.
                Err(AppError::Refused { .. }) => ask.run(id),
                Err(AppError::NotFound) => shaper.reload(),
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
        });
    };
    let name = move || fill(t::OPTION_REMOVE.get(lang), &[("name", &label.get())]);
    move || {
        if used.get() {
            view! { <a class="icon-button icon-button--small" id=remove_id(id) href=routes::configured_option(shaper.pool, field, id) data-noscroll aria-label=name><Icon name="minus"/></a> }.into_any()
        } else {
            view! { <button class="icon-button icon-button--small" id=remove_id(id) type="submit" form=GO name="form[go]" value=format!("delete_option:{field}:{id}") aria-label=name on:click=remove><Icon name="minus"/></button> }.into_any()
        }
    }
}

/// "1 284 Profile".
fn chosen_by(n: u64, lang: Lang) -> String {
    match n {
        0 => String::new(),
        1 => t::ONE_PROFILE.get(lang).to_owned(),
        n => fill(t::N_PROFILES.get(lang), &[("n", &number(i64::try_from(n).unwrap_or(i64::MAX), lang))]),
    }
}

#[cfg(test)]
mod tests;
