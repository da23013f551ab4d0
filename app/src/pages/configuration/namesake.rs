//! Another field of the pool has the same name: that is allowed, and worth a hint.

use domain::id::FieldId;
use domain::lang::fill;
use domain::text::clean_line;
use leptos::prelude::*;

use super::shaper::Shaper;
use crate::api::configuration::FieldLine;
use crate::i18n::use_lang;
use crate::text::configuration as t;

/// The hint below the name of a field.
#[component]
pub fn Namesake(
    shaper: Shaper,
    /// The id of the hint.
    id: &'static str,
    /// What is typed as the name.
    label: Signal<String>,
    /// The field that is to be called so.
    #[prop(optional)]
    except: Option<FieldId>,
) -> impl IntoView {
    let lang = use_lang();
    let key = Memo::new(move |_| {
        shaper.shape.with(|shape| label.with(|label| namesake(&shape.fields, label, except).map(|field| field.key.clone())))
    });
    let words = move |key: String| fill(t::NAMESAKE.get(lang), &[("variable", &format!("{{${key}}}"))]);
    view! { <p class="field__warning" id=id role="status">{move || key.get().map(words)}</p> }
}

/// The first other field of this name, in capitals or not.
fn namesake<'a>(fields: &'a [FieldLine], label: &str, except: Option<FieldId>) -> Option<&'a FieldLine> {
    let label = clean_line(label).to_lowercase();
    fields.iter().find(|field| Some(field.id) != except && !label.is_empty() && field.label.to_lowercase() == label)
}

#[cfg(test)]
mod tests;
