//! A started conversion: how far it is, what came of it, and its way back.

use domain::id::{FieldId, PoolId};
use domain::job::JobState;
use domain::lang::fill;
use leptos::prelude::*;

use super::trial::Count;
use crate::api::convert::{LastConversion, UndoConversion};
use crate::api::jobs::CancelJob;
use crate::components::icon::Icon;
use crate::components::progress::{ProgressBar, progress_text};
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::convert as t;

/// The bar while it runs, the numbers when it has ended.
#[component]
pub fn RunView(pool: PoolId, field: FieldId, last: LastConversion) -> impl IntoView {
    let lang = use_lang();
    let LastConversion { id, job, back, to, values, converted, kept, until } = last;
    let (forth_title, back_title) = match job.state {
        JobState::Waiting => (t::WAITING, t::BACK_WAITING),
        JobState::Running => (t::RUNNING, t::BACK_RUNNING),
        JobState::Done => (t::DONE, t::BACK_DONE),
        JobState::Failed => (t::FAILED, t::BACK_FAILED),
        JobState::Cancelled => (t::CANCELLED, t::BACK_CANCELLED),
    };
    let title = fill(if back { back_title } else { forth_title }.get(lang), &[("kind", &to)]);
    let lead = match job.state {
        JobState::Waiting => Some(job.error.clone().unwrap_or_else(|| t::RUNNING_LEAD.get(lang).to_owned())),
        JobState::Running => Some(t::RUNNING_LEAD.get(lang).to_owned()),
        JobState::Done => None,
        JobState::Failed => Some(format!("{} {}", job.error.clone().unwrap_or_default(), t::UNCHANGED.get(lang))),
        JobState::Cancelled => Some(t::UNCHANGED.get(lang).to_owned()),
    };
    let empty = values.saturating_sub(converted);
    let done = job.state == JobState::Done;
    let going = (!job.state.ended()).then(|| {
        let percent = job.progress.percent();
        let words = progress_text(&job, lang);
        view! {
            <div class="import-run__progress"><ProgressBar percent=percent label=title.clone()/><p>{words}</p></div>
            <Going pool field job=job.id.to_string()/>
        }
    });
    view! {
        <section class="convert__run" aria-labelledby="convert-run">
            <h2 id="convert-run" aria-live="polite">{title.clone()}</h2>
            {lead.map(|lead| view! { <p>{lead}</p> })}
            {going}
            {done.then(|| view! {
                <dl class="import-run__counts">
                    <Count n=values label=t::VALUES.get(lang)/>
                    <Count n=converted label=if back { t::BROUGHT_BACK } else { t::CONVERTED }.get(lang)/>
                    <Count n=empty label=t::EMPTY_NOW.get(lang) bad=empty != 0/>
                    {(kept > 0).then(|| view! { <Count n=kept label=t::KEPT.get(lang) bad=true/> })}
                </dl>
            })}
            {until.filter(|_| done).map(|until| view! { <Undo pool field id back until/> })}
            {done.then(|| view! { <p><a class="text-link" href=routes::pool(pool)>{t::TO_LIST.get(lang)}</a></p> })}
        </section>
    }
}

#[component]
fn Going(pool: PoolId, field: FieldId, job: String) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let cancel = ServerAction::<CancelJob>::new();
    Effect::new(move |_| {
        if let Some(Err(error)) = cancel.value().get() {
            toasts.show(Toast::negative(error.message(lang)));
        }
    });
    view! {
        <div class="convert__foot">
            <a class="button" href=routes::convert(pool, field)>{t::REFRESH.get(lang)}</a>
            <ActionForm action=cancel>
                <input type="hidden" name="job" value=job/>
                <button class="button" type="submit">{t::CANCEL.get(lang)}</button>
            </ActionForm>
        </div>
    }
}

#[component]
fn Undo(pool: PoolId, field: FieldId, id: i64, back: bool, until: String) -> impl IntoView {
    let lang = use_lang();
    let (words, hint) = if back { (t::AGAIN, t::AGAIN_UNTIL) } else { (t::UNDO, t::UNDO_UNTIL) };
    let toasts = use_toasts();
    let undo = ServerAction::<UndoConversion>::new();
    Effect::new(move |_| {
        if let Some(Err(error)) = undo.value().get() {
            toasts.show(Toast::negative(error.message(lang)));
        }
    });
    view! {
        <div class="convert__foot">
            <ActionForm action=undo>
                <input type="hidden" name="pool" value=pool.to_string()/>
                <input type="hidden" name="field" value=field.to_string()/>
                <input type="hidden" name="conversion" value=id.to_string()/>
                <button class="button" type="submit">{(!back).then(|| view! { <Icon name="undo"/> })}{words.get(lang)}</button>
            </ActionForm>
            <p class="convert__until">{fill(hint.get(lang), &[("at", &until)])}</p>
        </div>
    }
}
