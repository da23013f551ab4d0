//! The options of a selection: renamed, moved, removed, appended by the dozen.

use domain::id::{FieldId, OptionId};
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::shaper::Shaper;
use crate::api::configuration::{OptionLine, UseLine, field_options, option_uses};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::configuration as t;
use crate::wire::Wire;

pub mod append;
pub mod find;
pub mod label;
pub mod line;
pub mod mark;
pub mod merge;
pub mod nudges;
pub mod used;

use append::Append;
use find::{Find, found};
use line::Line;
use merge::Merge;
use used::Used;

/// From so many on only the first ones are shown; the search finds the others.
const SHOWN: usize = 300;

/// Longer lists are searched.
const SURVEYED: usize = 50;

/// The list, and the text area that appends to it.
#[component]
pub fn Options(shaper: Shaper, field: FieldId, may: bool) -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("option").and_then(|id| id.parse().ok()).map(OptionId::new));
    // All at once: what is waited for inside of what is waited for doesn't wake.
    let first = Resource::<_, Wire>::new_with_options(
        || (),
        move |()| async move {
            let lines = field_options(shaper.pool, field).await?;
            let used = match asked.filter(|_| may) {
                Some(id) => option_uses(shaper.pool, field, id).await.ok().map(|uses| (id, uses)),
                None => None,
            };
            Ok::<_, AppError>((lines, used))
        },
        true,
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match first.await {
                    Ok((lines, used)) => view! { <Loaded shaper field may lines used/> }.into_any(),
                    Err(error) => view! { <p class="field__error">{error.message(use_lang())}</p> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Loaded(shaper: Shaper, field: FieldId, may: bool, lines: Vec<OptionLine>, used: Option<(OptionId, Vec<UseLine>)>) -> impl IntoView {
    let lang = use_lang();
    let used = StoredValue::new(used);
    let lines = RwSignal::new(lines);
    // Whatever was done to the pool, here or elsewhere: the list shows it.
    Effect::new(move |before: Option<()>| {
        shaper.turn.track();
        if before.is_some() {
            spawn_local(async move {
                if let Ok(now) = field_options(shaper.pool, field).await {
                    lines.try_set(now);
                }
            });
        }
    });
    let query = use_query_map();
    let wanted = RwSignal::new(query.with_untracked(|query| query.get("options").unwrap_or_default()));
    let all = Memo::new(move |_| wanted.with(|wanted| wanted.trim().is_empty()));
    let hits = Memo::new(move |_| wanted.with(|wanted| lines.with(|lines| found(lines, wanted))));
    let shown = move || hits.with(|hits| hits.iter().take(SHOWN).copied().collect::<Vec<_>>());
    let n = Memo::new(move |_| lines.with(Vec::len));
    let long = Memo::new(move |_| n.get() > SURVEYED);
    let count = move |n: usize| number(i64::try_from(n).unwrap_or(i64::MAX), lang);
    let told = move || match hits.with(Vec::len) {
        0 if !all.get() => fill(t::OPTIONS_NONE.get(lang), &[("q", wanted.get().trim())]),
        hits if hits > SHOWN => fill(t::OPTIONS_REST.get(lang), &[("n", &count(hits - SHOWN))]),
        hits if !all.get() => fill(t::OPTIONS_HITS.get(lang), &[("n", &count(hits))]),
        _ => String::new(),
    };
    // The option in the address: what uses it is shown.
    let asked = Memo::new(move |_| {
        let id = query.with(|query| query.get("option").and_then(|id| id.parse().ok())).map(OptionId::new)?;
        (may && lines.with(|lines| lines.iter().any(|line| line.id == id))).then_some(id)
    });
    let navigate = use_navigate();
    let ask = Callback::new(move |id| {
        navigate(&routes::configured_option(shaper.pool, field, id), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    view! {
        <section class="options" aria-labelledby="options-title">
            <h3 class="dialog__part" id="options-title">{t::OPTIONS.get(lang)}<span>{move || count(n.get())}</span></h3>
            {move || (n.get() == 0).then(|| view! { <p class="field__help">{t::NO_OPTIONS.get(lang)}</p> })}
            {move || long.get().then(|| view! { <Find pool=shaper.pool field wanted/> })}
            <ol class="option-list" data-reorder>
                <For each=shown key=|id| *id let(id)>
                    <Line shaper field lines id may all ask/>
                </For>
                <li class="drop-line" hidden aria-hidden="true"></li>
            </ol>
            <p class="field__help" role="status">{told}</p>
            {move || asked.get().map(|id| view! { <Used shaper field lines id known=used.get_value().filter(|(option, _)| *option == id).map(|(_, uses)| uses)/> })}
            {may.then(|| view! { <Append shaper field/> })}
            {move || (may && asked.get().is_none()).then(|| view! { <Merge shaper field lines/> })}
        </section>
    }
}
