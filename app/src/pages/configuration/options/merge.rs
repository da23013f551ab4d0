//! Two options become one.

use domain::id::{FieldId, OptionId};
use domain::lang::{Text, fill};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

use crate::api::configuration::OptionLine;
use crate::api::convert::{MergeOptions, Merging, merge_options};
use crate::browser::forms;
use crate::components::icon::Icon;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::pages::configuration::shaper::Shaper;
use crate::text::configuration as t;

/// Which option goes into which; the profiles move along.
#[component]
pub fn Merge(
    shaper: Shaper,
    field: FieldId,
    lines: RwSignal<Vec<OptionLine>>,
    /// The option that goes, when it is known already.
    #[prop(optional)]
    from: Option<OptionId>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let options = move |chosen: Option<OptionId>| {
        let line = |line: OptionLine| view! { <option value=line.id.get() selected=chosen == Some(line.id)>{line.label}</option> };
        lines.get().into_iter().map(line).collect_view()
    };
    let select = move |name: &'static str, words: Text, chosen: Option<OptionId>| {
        view! {
            <div class="field">
                <label class="field__label" for=format!("merge-{name}")>{words.get(lang)}</label>
                <span class="input"><select id=format!("merge-{name}") name=name required autocomplete="off"><option value=""></option>{move || options(chosen)}</select><Icon name="down"/></span>
            </div>
        }
    };
    let merge = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = |name: &str| forms::value(&event, name).and_then(|id| id.parse().ok()).map(OptionId::new);
        let (Some(from), Some(to)) = (chosen("from"), chosen("to")) else { return };
        spawn_local(async move {
            match merge_options(shaper.pool, field, from, to).await {
                Ok(Merging::Done { batch, n }) => {
                    let words = fill(t::MERGED.get(lang), &[("n", &domain::lang::number(i64::try_from(n).unwrap_or(i64::MAX), lang))]);
                    shaper.merged(batch, words);
                }
                Ok(Merging::Job) => toasts.show(Toast::new(t::MERGE_JOB.get(lang))),
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
        });
    };
    view! {
        {move || (lines.with(Vec::len) > 1).then(|| view! {
            <details class="merge" open=from.is_some()>
                <summary>{t::MERGE_TITLE.get(lang)}</summary>
                <form class="merge__form" method="post" action=MergeOptions::PATH on:submit=merge>
                    <input type="hidden" name="pool" value=shaper.pool.get()/>
                    <input type="hidden" name="field" value=field.get()/>
                    {select("from", t::MERGE_FROM, from)}
                    {select("to", t::MERGE_TO, None)}
                    <button class="button" type="submit">{t::MERGE.get(lang)}</button>
                </form>
                <p class="field__help">{t::MERGE_HELP.get(lang)}</p>
            </details>
        })}
    }
}
