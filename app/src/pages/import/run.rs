//! A started import: how far it is, and what came of it.

use domain::id::{ImportId, PoolId};
use domain::import::Noted;
use domain::job::JobState;
use domain::lang::{Text, fill, number};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::STEPS;
use super::mapping::Warnings;
use crate::api::imports::{Run, TakenBack, UndoImport, watch_import};
use crate::api::jobs::{JobLine, cancel_job};
use crate::browser::events::{Heard, hear};
use crate::components::icon::Icon;
use crate::components::progress::{ProgressBar, progress_text};
use crate::components::steps::Steps;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::import as t;
use crate::text::jobs as j;

/// The bar while it runs, the counts when it has ended; both by the server's own events.
#[component]
pub fn RunView(pool: PoolId, import: ImportId, file_name: String, run: Run) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = run.job.id;
    let run = RwSignal::new(run);
    let state = Memo::new(move |_| run.with(|run| run.job.state));
    let ask = Callback::new(move |()| {
        spawn_local(async move {
            if let Ok(now) = watch_import(pool, import).await {
                run.try_set(now);
            }
        });
    });
    // It may have ended between the server's answer and this moment: then no event will tell.
    Effect::new(move |_| {
        if !state.get_untracked().ended() {
            ask.run(());
        }
    });
    // The same holds for the job that takes it back, whose number is known only after its beginning.
    let undoing = Memo::new(move |_| run.with(|run| run.back.job.as_ref().map(|job| job.id)));
    Effect::new(move |_| {
        if undoing.get().is_some() {
            ask.run(());
        }
    });
    hear(move |heard| {
        let ours = matches!(heard, Heard::Job(moved) if moved.id == id || Some(moved.id) == undoing.get_untracked());
        if ours || matches!(heard, Heard::Hello { .. }) {
            ask.run(());
        }
    });
    let cancel = move |_| {
        spawn_local(async move {
            match cancel_job(id).await {
                Ok(()) => toasts.show(Toast::new(j::CANCELLED.get(lang))),
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
        });
    };
    let title = move || match state.get() {
        JobState::Waiting => t::WAITING,
        JobState::Running => t::RUNNING,
        JobState::Done => t::DONE,
        JobState::Failed => t::FAILED,
        JobState::Cancelled => t::CANCELLED,
    };
    let lead = move || match state.get() {
        JobState::Waiting | JobState::Running => {
            Some(run.with(|run| run.job.error.clone()).unwrap_or_else(|| t::RUNNING_LEAD.get(lang).to_owned()))
        }
        JobState::Failed => Some([run.with(|run| run.job.error.clone()).unwrap_or_default().as_str(), t::KEPT.get(lang)].join(" ")),
        JobState::Cancelled => Some(t::KEPT.get(lang).to_owned()),
        JobState::Done => None,
    };
    let at = move || if state.get().ended() { 5 } else { 4 };
    let has_refused = Memo::new(move |_| run.with(|run| run.counts.refused + run.counts.skipped > 0));
    view! {
        <div class="toolbar mapping__bar">{move || view! { <Steps of=t::STEPS steps=STEPS at=at()/> }}</div>
        <div class="page__body">
            <section class="import-run" aria-labelledby="import-run">
                <h2 id="import-run" aria-live="polite">{move || title().get(lang)}</h2>
                <p class="import-run__file"><Icon name="file"/>{file_name}</p>
                {move || lead().map(|lead| view! { <p>{lead}</p> })}
                {move || (!state.get().ended()).then(|| view! { <Going run/> })}
                <Counts run/>
                {move || view! { <Told noted=run.with(|run| run.noted)/> }}
                {move || view! { <Warnings sentences=run.with(|run| run.warnings.clone())/> }}
                <div class="empty__actions">
                    {move || if state.get().ended() {
                        view! {
                            <a class="button button--primary" href=routes::pool(pool)>{t::TO_LIST.get(lang)}</a>
                            <a class="button" href=routes::import(pool)>{t::ANOTHER.get(lang)}</a>
                        }.into_any()
                    } else {
                        view! { <button class="button" type="button" on:click=cancel>{j::CANCEL.get(lang)}</button> }.into_any()
                    }}
                    {move || (has_refused.get() && state.get().ended()).then(|| view! {
                        <a class="button" href=routes::refused(import) rel="external" download><Icon name="download"/>{told(run).get(lang)}</a>
                    })}
                    {move || (run.with(|run| run.rejects > 0) && state.get().ended()).then(|| view! {
                        <a class="button" href=routes::rejects(import) rel="external" download title=t::REJECTS_HELP.get(lang)><Icon name="download"/>{t::REJECTS.get(lang)}</a>
                    })}
                </div>
                <WayBack pool import run ask/>
            </section>
        </div>
    }
}

/// How an import that has ended is taken back, how far that is, and what stayed.
#[component]
fn WayBack(pool: PoolId, import: ImportId, run: RwSignal<Run>, ask: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let undo = ServerAction::<UndoImport>::new();
    Effect::new(move |_| match undo.value().get() {
        Some(Ok(())) => ask.run(()),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let back = Memo::new(move |_| run.with(|run| run.back.clone()));
    let job = move || {
        back.get().job.map(|job| {
            let (percent, words) = (job.progress.percent(), progress_text(&job, lang));
            view! {
                <div class="import-run__progress">
                    <h3>{t::TAKING_BACK.get(lang)}</h3>
                    <ProgressBar percent label=t::TAKING_BACK.get(lang)/>
                    <p>{words}</p>
                </div>
            }
        })
    };
    let done = move || back.get().done.map(|done| view! { <TakenBackView pool done/> });
    let offer = move || {
        back.get().open.then(|| {
            view! {
                <details class="import-run__offer">
                    <summary class="button"><Icon name="undo"/>{t::TAKE_BACK.get(lang)}</summary>
                    <p>{t::TAKE_BACK_LEAD.get(lang)}</p>
                    <ActionForm action=undo>
                        <input type="hidden" name="pool" value=pool.get()/>
                        <input type="hidden" name="import" value=import.get()/>
                        <button class="button button--primary" type="submit" aria-busy=move || undo.pending().get().then_some("true")>{t::TAKE_BACK_NOW.get(lang)}</button>
                    </ActionForm>
                </details>
            }
        })
    };
    view! { <div class="import-run__back" aria-live="polite">{job}{done}{offer}</div> }
}

#[component]
fn TakenBackView(pool: PoolId, done: TakenBack) -> impl IntoView {
    let lang = use_lang();
    let counted = |text: Text, n: u64| fill(text.get(lang), &[("n", &number(i64::try_from(n).unwrap_or(i64::MAX), lang))]);
    let n_named = done.named.len() as u64;
    let people = done.named.into_iter().map(|(id, name)| view! { <li><a href=routes::profile(pool, id)>{name}</a></li> }).collect_view();
    view! {
        <h3>{t::TAKEN_BACK.get(lang)}</h3>
        <p>{counted(t::N_BACK, done.n)}</p>
        {(done.kept > 0).then(|| view! { <p>{counted(t::N_STAY, done.kept)}</p> })}
        {(n_named > 0 && n_named < done.kept).then(|| view! { <p>{counted(t::STAY_FIRST, n_named)}</p> })}
        {(n_named > 0).then(|| view! { <ul class="import-run__stay">{people}</ul> })}
    }
}

#[component]
fn Going(run: RwSignal<Run>) -> impl IntoView {
    let lang = use_lang();
    let percent = Signal::derive(move || run.with(|run| run.job.progress.percent()));
    let rate =
        move || run.with(|run| (run.job.elapsed > 1_000).then(|| i64::try_from(run.counts.rows).unwrap_or(0) * 1_000 / run.job.elapsed));
    let words = move || {
        let progress = run.with(|run| progress_text(&percent_only(&run.job), lang));
        match rate().filter(|rate| *rate > 0) {
            Some(rate) => format!("{progress} · {}", fill(t::RATE.get(lang), &[("n", &number(rate, lang))])),
            None => progress,
        }
    };
    view! { <div class="import-run__progress"><ProgressBar percent label=t::RUNNING.get(lang)/><p>{words}</p></div> }
}

/// The worker counts bytes, which nobody wants to read: shown in hundredths.
fn percent_only(job: &JobLine) -> JobLine {
    let mut job = job.clone();
    if let Some(percent) = job.progress.percent() {
        job.progress.done = u64::from(percent);
        job.progress.total = Some(100);
    }
    job
}

#[component]
fn Counts(run: RwSignal<Run>) -> impl IntoView {
    let lang = use_lang();
    let shown = move |n: u64| number(i64::try_from(n).unwrap_or(i64::MAX), lang);
    let counts = Memo::new(move |_| run.with(|run| run.counts));
    view! {
        <dl class="import-run__counts">
            <div><dt>{t::ROWS.get(lang)}</dt><dd>{move || shown(counts.get().rows)}</dd></div>
            <div><dt>{t::CREATED.get(lang)}</dt><dd>{move || shown(counts.get().created)}</dd></div>
            <div><dt>{t::UPDATED.get(lang)}</dt><dd>{move || shown(counts.get().updated)}</dd></div>
            <div><dt>{t::UNCHANGED.get(lang)}</dt><dd>{move || shown(counts.get().unchanged)}</dd></div>
            {move || (counts.get().skipped != 0).then(|| view! { <div><dt>{t::SKIPPED.get(lang)}</dt><dd>{shown(counts.get().skipped)}</dd></div> })}
            <div class:outcome__bad=move || counts.get().refused != 0><dt>{t::REFUSED.get(lang)}</dt><dd>{move || shown(counts.get().refused)}</dd></div>
        </dl>
    }
}

/// What the file to download holds.
fn told(run: RwSignal<Run>) -> Text {
    if run.with(|run| run.counts.skipped > 0) { t::DOWNLOAD_LEFT } else { t::DOWNLOAD_REFUSED }
}

/// What the rules did with consent and options, in sentences.
#[component]
pub(super) fn Told(noted: Noted) -> impl IntoView {
    let lang = use_lang();
    let lines = [
        (t::N_RAISED, noted.raised),
        (t::N_NOT_RAISED, noted.not_raised),
        (t::N_OBJECTIONS, noted.objections),
        (t::N_OPTIONS, noted.options),
        (t::N_LEFT_OUT, noted.left_out),
        (t::N_NOT_ASKED, noted.not_asked),
    ];
    let line =
        |(text, n): (Text, u64)| view! { <li>{fill(text.get(lang), &[("n", &number(i64::try_from(n).unwrap_or(i64::MAX), lang))])}</li> };
    let lines: Vec<_> = lines.into_iter().filter(|(_, n)| *n > 0).map(line).collect();
    (!lines.is_empty()).then(|| view! { <ul class="import-run__told" aria-label=t::RULES.get(lang)>{lines}</ul> })
}
