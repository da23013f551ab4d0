//! The label of an option, to be typed over.

use domain::id::{FieldId, OptionId};
use domain::lang::fill;
use domain::problem::Problem;
use domain::text::Name;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::configuration::entry::Saved;
use crate::api::configuration::{OptionLine, save_label};
use crate::api::profiles::sheet::Conflict;
use crate::components::icon::Icon;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::pages::configuration::shaper::Shaper;
use crate::text::configuration as t;

/// What can't be taken stays as it was typed, with the reason beside it, until it is put right or Esc brings the stored label
/// back. Where somebody else has changed it too, both are shown, and one is chosen.
#[component]
pub fn Label(
    shaper: Shaper,
    field: FieldId,
    lines: RwSignal<Vec<OptionLine>>,
    id: OptionId,
    label: Memo<String>,
    at: Memo<usize>,
) -> impl IntoView {
    let lang = use_lang();
    let typed = RwSignal::new(None::<String>);
    // What stood there when somebody began to type.
    let was = StoredValue::new(None::<String>);
    let wrong = RwSignal::new(None::<String>);
    let clash = RwSignal::new(None::<Conflict>);
    let text = move || typed.get().unwrap_or_else(|| label.get());
    let forget = move || {
        typed.set(None);
        was.set_value(None);
        wrong.set(None);
        clash.set(None);
    };
    let stored = move |asked: &str, name: &str| {
        lines.try_update(|lines| lines.iter_mut().filter(|line| line.id == id).for_each(|line| name.clone_into(&mut line.label)));
        was.try_set_value(None);
        // What was typed meanwhile is not lost.
        if typed.try_get_untracked().flatten().is_none_or(|now| now == asked) {
            typed.try_set(None);
        }
    };
    let save = move |asked: String| {
        let name = match lines.with_untracked(|lines| readable(&asked, id, lines)) {
            Ok(name) => name,
            Err(problem) => return wrong.set(Some(problem.message(lang))),
        };
        let found = was.get_value().unwrap_or_else(|| label.get_untracked());
        spawn_local(async move {
            let answer = save_label(shaper.pool, field, id, name.clone(), found).await;
            wrong.try_set(None);
            clash.try_set(None);
            match answer {
                Ok(Saved::Done(taken)) => {
                    stored(&asked, &name);
                    shaper.taken(*taken, fill(t::SAID_CHANGED.get(lang), &[("name", &name)]));
                }
                Ok(Saved::Same(shape)) => {
                    stored(&asked, &name);
                    shaper.settle(*shape);
                }
                Ok(Saved::Stale(conflict)) => _ = clash.try_set(Some(*conflict)),
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
    let rename = move |event: leptos::ev::Event| {
        let asked = event_target_value(&event);
        if asked == label.get_untracked() { forget() } else { save(asked) }
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
    let begin = move |event: leptos::ev::Event| {
        was.update_value(|was| _ = was.get_or_insert_with(|| label.get_untracked()));
        typed.set(Some(event_target_value(&event)));
    };
    let choose = move |theirs: String, mine: bool| {
        if mine {
            was.set_value(Some(theirs));
            save(untrack(text));
        } else {
            forget();
            shaper.reload();
        }
    };
    let reason = format!("option-{id}-wrong");
    let odd = move || (wrong.with(Option::is_some) || clash.with(Option::is_some)).then_some("true");
    view! {
        <span class="input input--bare"><input type="text" value=untrack(text) prop:value=text autocomplete="off"
            aria-label=move || fill(t::OPTION_LABEL.get(lang), &[("n", &(at.get() + 1).to_string())])
            aria-invalid=odd aria-describedby=reason.clone() on:input=begin on:change=rename on:keydown=escape/></span>
        <p class="field__error" id=reason role="alert">
            {move || wrong.get().map(|sentence| view! { <Icon name="alert"/><span>{sentence}</span> })}
            {move || clash.get().map(|conflict| {
                let theirs = conflict.fields.first().map(|clash| clash.theirs.clone()).unwrap_or_default();
                let words = if conflict.by.is_empty() { t::CHANGED_ANON } else { t::CHANGED_BY };
                let said = fill(words.get(lang), &[("name", &conflict.by), ("value", &theirs)]);
                view! {
                    <Icon name="alert"/>
                    <span>{said}</span>
                    <button class="text-link" type="button" on:click={ let theirs = theirs.clone(); move |_| choose(theirs.clone(), true) }>{t::KEEP_MINE.get(lang)}</button>
                    <button class="text-link" type="button" on:click=move |_| choose(theirs.clone(), false)>{t::TAKE_THEIRS.get(lang)}</button>
                }
            })}
        </p>
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
