//! Which options a new profile gets.

use domain::field::FieldKind;
use domain::id::{FieldId, OptionId};
use domain::lang::fill;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::configuration::{OptionLine, ShapeForm, shape_pool};
use crate::components::icon::Icon;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::pages::configuration::GO;
use crate::pages::configuration::shaper::Shaper;
use crate::text::configuration as t;

/// The mark of an option that new profiles get; of another one the button that makes it so.
#[component]
pub fn Mark(shaper: Shaper, field: FieldId, lines: RwSignal<Vec<OptionLine>>, id: OptionId, label: Memo<String>) -> impl IntoView {
    let lang = use_lang();
    let on = move || lines.with(|lines| lines.iter().any(|line| line.id == id && line.default));
    let value = move || {
        let on = on();
        lines.with(|lines| spelled(field, lines, id, !on))
    };
    let choose = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        choose(shaper, field, lines, id, !untrack(on));
    };
    view! {
        <button class="icon-button icon-button--small option-list__default" type="submit" form=GO name="form[go]"
            value=value aria-pressed=move || on().to_string() title=t::DEFAULT_MARK.get(lang)
            aria-label=move || fill(t::OPTION_DEFAULT.get(lang), &[("name", &label.get())]) on:click=choose><Icon name="check"/></button>
    }
}

/// The default that is known here, where there is one of them at most.
fn known(lines: &[OptionLine]) -> Option<OptionId> {
    lines.iter().find(|line| line.default).map(|line| line.id)
}

/// The value of a button that makes an option a default, or no longer.
pub fn spelled(field: FieldId, lines: &[OptionLine], id: OptionId, on: bool) -> String {
    let was = known(lines).map(|id| id.to_string()).unwrap_or_default();
    format!("default_option:{field}:{id}:{}:{was}", if on { "on" } else { "" })
}

/// Makes an option a default, or no longer. The others of a multiple selection stay as they are, whoever marks them meanwhile.
pub fn choose(shaper: Shaper, field: FieldId, lines: RwSignal<Vec<OptionLine>>, id: OptionId, on: bool) {
    let lang = use_lang();
    let (was, name) = lines.with_untracked(|lines| {
        let label = lines.iter().find(|line| line.id == id).map(|line| line.label.clone()).unwrap_or_default();
        (known(lines), label)
    });
    let single = untrack(|| shaper.field(field)).is_some_and(|line| line.kind == FieldKind::Selection);
    lines.update(|lines| {
        for line in lines {
            line.default = if line.id == id { on } else { line.default && !(single && on) };
        }
    });
    let form = ShapeForm {
        what: "default_option".to_owned(),
        field: field.to_string(),
        option: id.to_string(),
        default: if on { "on".to_owned() } else { String::new() },
        was: was.map(|id| id.to_string()).unwrap_or_default(),
        ..ShapeForm::default()
    };
    spawn_local(async move {
        match shape_pool(shaper.pool, form).await {
            Ok(taken) => shaper.taken(taken, fill(t::SAID_CHANGED.get(lang), &[("name", &name)])),
            Err(error) => {
                shaper.warn(if error == AppError::NotFound { t::GONE.get(lang).to_owned() } else { error.message(lang) });
                shaper.reload();
            }
        }
    });
}
