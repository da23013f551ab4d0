//! One option: its label, who has chosen it, whether new profiles get it.

use domain::config::{FieldChange, Step};
use domain::field::FieldKind;
use domain::id::{FieldId, OptionId};
use domain::lang::{Lang, fill, number};
use domain::problem::Problem;
use domain::text::Name;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::nudges::Nudges;
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
    let make_default = move |_| {
        let chosen: Vec<String> = lines.with_untracked(|lines| {
            let single = shaper.field(field).is_some_and(|line| line.kind == FieldKind::Selection);
            let keep = |line: &&OptionLine| if line.id == id { !line.default } else { line.default && !single };
            lines.iter().filter(keep).map(|line| format!("#{}", line.id)).collect()
        });
        let change = FieldChange { default: Some(chosen.join("|")), ..FieldChange::default() };
        let words = fill(t::SAID_CHANGED.get(lang), &[("name", &label.get_untracked())]);
        shaper.take(Step::ChangeField { field, change }, words);
    };
    let used = Memo::new(move |_| line.with(|line| line.as_ref().is_some_and(|line| line.n > 0 || line.default)));
    view! {
        <li data-kind="option" data-item=id.get()>
            <span class="option-list__order" aria-hidden="true">{move || (at.get() + 1).to_string()}</span>
            {if may {
                view! { <Label shaper field lines id label at/> }.into_any()
            } else {
                view! { <span>{label}</span> }.into_any()
            }}
            <span class="option-list__usage">{move || line.with(|line| chosen_by(line.as_ref().map_or(0, |line| line.n), lang))}</span>
            <span class="option-list__mark">{move || is_default().then(|| t::DEFAULT_MARK.get(lang))}</span>
            {may.then(|| view! {
                <button class="icon-button icon-button--small option-list__default" type="button" data-awake aria-pressed=move || is_default().to_string() title=t::DEFAULT_MARK.get(lang) aria-label=move || fill(t::OPTION_DEFAULT.get(lang), &[("name", &label.get())]) on:click=make_default><Icon name="check"/></button>
                <Remove shaper field id label used ask/>
                {move || all.get().then(|| view! { <Nudges shaper field lines id/> })}
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

/// The label, to be typed over. What can't be taken stays as it was typed, with the reason beside it, until it is put right
/// or Esc brings the stored label back.
#[component]
fn Label(
    shaper: Shaper,
    field: FieldId,
    lines: RwSignal<Vec<OptionLine>>,
    id: OptionId,
    label: Memo<String>,
    at: Memo<usize>,
) -> impl IntoView {
    let lang = use_lang();
    let typed = RwSignal::new(None::<String>);
    let wrong = RwSignal::new(None::<String>);
    let text = move || typed.get().unwrap_or_else(|| label.get());
    let forget = move || {
        typed.set(None);
        wrong.set(None);
    };
    let rename = move |event: leptos::ev::Event| {
        let asked = event_target_value(&event);
        if asked == label.get_untracked() {
            return forget();
        }
        let name = match lines.with_untracked(|lines| readable(&asked, id, lines)) {
            Ok(name) => name,
            Err(problem) => return wrong.set(Some(problem.message(lang))),
        };
        spawn_local(async move {
            match take_step(shaper.pool, Step::RenameOption { field, option: id, label: name.clone() }).await {
                Ok(taken) => {
                    lines.try_update(|lines| lines.iter_mut().filter(|line| line.id == id).for_each(|line| line.label.clone_from(&name)));
                    // What was typed meanwhile is not lost.
                    if typed.try_get_untracked().flatten().is_none_or(|now| now == asked) {
                        typed.try_set(None);
                    }
                    wrong.try_set(None);
                    shaper.taken(taken, fill(t::SAID_CHANGED.get(lang), &[("name", &name)]));
                }
                Err(error) => {
                    let gone = error == AppError::NotFound;
                    wrong.try_set(Some(if gone { t::GONE.get(lang).to_owned() } else { error.message(lang) }));
                    if gone {
                        shaper.reload();
                    }
                }
            }
        });
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        let changed = wrong.with_untracked(Option::is_some)
            || typed.with_untracked(|typed| typed.as_ref().is_some_and(|typed| *typed != label.get_untracked()));
        if event.key() == "Escape" && changed {
            // The dialog stays open.
            event.prevent_default();
            event.stop_propagation();
            forget();
        }
    };
    let reason = format!("option-{id}-wrong");
    view! {
        <span class="input input--bare"><input type="text" value=untrack(text) prop:value=text maxlength="200" autocomplete="off"
            aria-label=move || fill(t::OPTION_LABEL.get(lang), &[("n", &(at.get() + 1).to_string())])
            aria-invalid=move || wrong.with(Option::is_some).then_some("true") aria-describedby=reason.clone()
            on:input=move |event| typed.set(Some(event_target_value(&event))) on:change=rename on:keydown=escape/></span>
        <p class="field__error" id=reason role="alert">{move || wrong.get().map(|sentence| view! { <Icon name="alert"/><span>{sentence}</span> })}</p>
    }
}

/// The label as it will be stored, or why it can't be one.
fn readable(typed: &str, id: OptionId, lines: &[OptionLine]) -> Result<String, Problem> {
    let name = Name::parse(typed)?;
    let taken = |line: &OptionLine| line.id != id && line.label.to_lowercase() == name.as_str().to_lowercase();
    if lines.iter().any(taken) { Err(Problem::Taken) } else { Ok(name.into()) }
}

#[cfg(test)]
mod tests;
