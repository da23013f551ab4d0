//! An option that can't be removed because something uses it: what that is, and what can be done.

use domain::id::{FieldId, OptionId};
use domain::lang::fill;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::mark;
use super::merge::Merge;
use crate::api::configuration::{OptionLine, UseLine, option_uses};
use crate::browser::forms;
use crate::i18n::use_lang;
use crate::pages::configuration::GO;
use crate::pages::configuration::shaper::Shaper;
use crate::routes;
use crate::text::configuration as t;

/// Everything that uses the option, each a link; and the ways out.
#[component]
pub fn Used(
    shaper: Shaper,
    field: FieldId,
    lines: RwSignal<Vec<OptionLine>>,
    id: OptionId,
    /// What came with the page.
    known: Option<Vec<UseLine>>,
) -> impl IntoView {
    let lang = use_lang();
    let line = Memo::new(move |_| lines.with(|lines| lines.iter().find(|line| line.id == id).cloned()));
    let label = move || line.with(|line| line.as_ref().map(|line| line.label.clone()).unwrap_or_default());
    let uses = RwSignal::new(known.map(Ok));
    Effect::new(move |before: Option<()>| {
        shaper.turn.track();
        if before.is_some() || uses.with_untracked(Option::is_none) {
            spawn_local(async move { _ = uses.try_set(Some(option_uses(shaper.pool, field, id).await)) });
        }
    });
    let not_default = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        mark::choose(shaper, field, lines, id, false);
    };
    Effect::new(|_| forms::focus("option-used"));
    view! {
        <section class="option-used" id="option-used" tabindex="-1" aria-labelledby="option-used-title">
            <h4 id="option-used-title">{move || fill(t::USED_TITLE.get(lang), &[("name", &label())])}</h4>
            {move || match uses.get() {
                None => view! { <p role="status">{t::COUNTING.get(lang)}</p> }.into_any(),
                Some(Ok(uses)) if uses.is_empty() => view! { <p>{t::OPTION_UNUSED.get(lang)}</p> }.into_any(),
                Some(Ok(uses)) => view! {
                    <p>{t::OPTION_USED_LEAD.get(lang)}</p>
                    <ul class="uses">{uses.into_iter().map(|one| view! { <li><span>{one.kind}</span>" "<a class="text-link" href=one.href data-noscroll>{one.name}</a></li> }).collect_view()}</ul>
                }.into_any(),
                Some(Err(error)) => view! { <p class="field__error">{error.message(lang)}</p> }.into_any(),
            }}
            <p class="option-used__ways">
                {move || line.with(|line| line.as_ref().is_some_and(|line| line.default)).then(|| view! { <button class="button" type="submit" form=GO name="form[go]" value=lines.with_untracked(|lines| mark::spelled(field, lines, id, false)) on:click=not_default>{t::OPTION_NOT_DEFAULT.get(lang)}</button> })}
                <a class="button" href=routes::configured_field(shaper.pool, field) data-noscroll on:click=move |_| forms::focus(&remove_id(id))>{t::CLOSE.get(lang)}</a>
            </p>
            <Merge shaper field lines from=id/>
        </section>
    }
}

/// The id in the document of what removes an option.
pub fn remove_id(option: OptionId) -> String {
    format!("remove-o{option}")
}
