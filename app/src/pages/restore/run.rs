//! A restore under way: how far it is, what came of it, and its way back.

use domain::id::{BackupId, PoolId, RestoreId};
use domain::job::JobState;
use domain::lang::fill;
use leptos::prelude::*;

use super::compared::say;
use super::{Compare, Going};
use crate::api::imports::{Back, TakenBack};
use crate::api::restore::{Run, UndoRestore};
use crate::components::icon::Icon;
use crate::components::progress::{ProgressBar, progress_text};
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::restore as t;

/// The bar while it runs, the balance when it has ended.
#[component]
pub fn RunView(
    pool: PoolId,
    backup: BackupId,
    restore: RestoreId,
    there: bool,
    run: Run,
    /// Has the page asked for again once it is taken back.
    again: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let Run { job, counts, anew, saved, back } = run;
    let title = match job.state {
        JobState::Waiting => t::WAITING,
        JobState::Running => t::RUNNING,
        JobState::Done => t::DONE,
        JobState::Failed => t::FAILED,
        JobState::Cancelled => t::CANCELLED,
    };
    let error = job.error.clone();
    let ended = job.state.ended();
    let lead = match job.state {
        JobState::Waiting | JobState::Running => error.or_else(|| Some(t::RUNNING_LEAD.get(lang).to_owned())),
        JobState::Done => None,
        JobState::Failed | JobState::Cancelled => Some(format!("{} {}", error.unwrap_or_default(), t::STANDS.get(lang))),
    };
    let notes = [(anew && ended, t::ANEW), (saved, t::SAVED)];
    let notes = notes
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, note)| view! { <p class="notice"><Icon name="info"/><span>{note.get(lang)}</span></p> });
    let count = move |n: u64, label: domain::lang::Text| view! { <div><dt>{label.get(lang)}</dt><dd>{say(n, lang)}</dd></div> };
    view! {
        <section class="convert__run" aria-labelledby="restoring">
            <h2 id="restoring" aria-live="polite">{title.get(lang)}</h2>
            {lead.map(|lead| view! { <p>{lead}</p> })}
            {(!ended).then(|| view! { <Going job label=title.get(lang).to_owned() here=routes::one_restore(pool, backup, restore, None)/> })}
            <dl class="import-run__counts">
                {count(counts.back, t::N_BACK)}
                {count(counts.changed, t::N_CHANGED)}
                {(counts.newer > 0).then(|| count(counts.newer, t::N_NEWER))}
                {count(counts.unchanged, t::UNCHANGED)}
                {count(counts.unsubscribed, t::N_KEPT)}
            </dl>
            {notes.collect_view()}
            {ended.then(|| view! {
                <div class="empty__actions">
                    <a class="button button--primary" href=routes::pool(pool)>{t::TO_LIST.get(lang)}</a>
                    {there.then(|| view! { <Compare pool backup/> })}
                </div>
            })}
            <WayBack pool restore back again/>
        </section>
    }
}

/// How a restore that has ended is taken back, how far that is, and what stayed.
#[component]
fn WayBack(pool: PoolId, restore: RestoreId, back: Back, again: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let undo = ServerAction::<UndoRestore>::new();
    Effect::new(move |_| match undo.value().get() {
        Some(Ok(())) => again.run(()),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let busy = move || undo.pending().get().then_some("true");
    let Back { open, job, done } = back;
    let job = job.map(|job| {
        let (percent, words) = (job.progress.percent(), progress_text(&job, lang));
        view! {
            <div class="import-run__progress">
                <h3>{t::UNDOING.get(lang)}</h3>
                <ProgressBar percent=percent label=t::UNDOING.get(lang)/>
                <p>{words}</p>
            </div>
        }
    });
    view! {
        <div class="import-run__back" aria-live="polite">
            {job}
            {done.map(|done| view! { <UndoneView pool done/> })}
            {open.then(|| view! {
                <details class="import-run__offer">
                    <summary class="button"><Icon name="undo"/>{t::UNDO.get(lang)}</summary>
                    <p>{t::UNDO_LEAD.get(lang)}</p>
                    <ActionForm action=undo>
                        <input type="hidden" name="pool" value=pool.to_string()/>
                        <input type="hidden" name="restore" value=restore.to_string()/>
                        <button class="button button--primary" type="submit" aria-busy=busy>{t::UNDO_NOW.get(lang)}</button>
                    </ActionForm>
                </details>
            })}
        </div>
    }
}

#[component]
fn UndoneView(pool: PoolId, done: TakenBack) -> impl IntoView {
    let lang = use_lang();
    let counted = |text: domain::lang::Text, n: u64| fill(text.get(lang), &[("n", &say(n, lang))]);
    let any = !done.named.is_empty();
    let people = done.named.into_iter().map(|(id, name)| view! { <li><a href=routes::profile(pool, id)>{name}</a></li> }).collect_view();
    view! {
        <h3>{t::UNDONE.get(lang)}</h3>
        <p>{counted(t::UNDONE_N, done.n)}</p>
        {(done.kept > 0).then(|| view! { <p>{counted(t::UNDONE_KEPT, done.kept)}</p> })}
        {any.then(|| view! { <ul class="import-run__stay">{people}</ul> })}
    }
}
