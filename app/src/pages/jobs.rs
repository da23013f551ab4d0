//! `/jobs`: work in the background, newest first.

use domain::job::JobState;
use domain::lang::{fill, number};
use leptos::prelude::*;

use crate::api::jobs::{CancelJob, JobLine, jobs};
use crate::api::profiles::UndoBatch;
use crate::browser::events::{Heard, hear};
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::progress::{ProgressBar, progress_text};
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::jobs as t;
use crate::wire::Wire;

/// All jobs of the client that are worth a line.
#[component]
pub fn JobsPage() -> impl IntoView {
    let lang = use_lang();
    let list = Resource::<_, Wire>::new_with_options(|| (), |()| jobs(), false);
    let retry = Callback::new(move |()| list.refetch());
    // One may have ended between the server's answer and this moment, or while the stream was cut: then no event will tell.
    Effect::new(move |_| {
        let open = list.get_untracked().is_some_and(|list| list.is_ok_and(|jobs| jobs.iter().any(|job| !job.state.ended())));
        if open {
            list.refetch();
        }
    });
    hear(move |heard| {
        if matches!(heard, Heard::Job(_) | Heard::Hello { .. }) {
            list.refetch();
        }
    });
    view! {
        <PageHead title=t::TITLE.get(lang)/>
        <div class="page__body page__body--ruled">
            <Transition>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(list) if list.is_empty() => view! { <NoJobs/> }.into_any(),
                        Ok(list) => view! { <Table list/> }.into_any(),
                        Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn NoJobs() -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="empty">
            <Icon name="clock"/>
            <h2>{t::EMPTY_TITLE.get(lang)}</h2>
            <p>{t::EMPTY_LEAD.get(lang)}</p>
            <div class="empty__actions"><a class="button" href=routes::POOLS>{t::TO_POOLS.get(lang)}</a></div>
        </div>
    }
}

#[component]
fn Table(list: Vec<JobLine>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let cancel = ServerAction::<CancelJob>::new();
    Effect::new(move |_| match cancel.value().get() {
        Some(Ok(())) => toasts.show(Toast::new(t::CANCELLED.get(lang))),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let undo = ServerAction::<UndoBatch>::new();
    Effect::new(move |_| match undo.value().get() {
        Some(Ok(Some(undone))) => toasts.show(Toast::new(fill(t::UNDONE.get(lang), &[("n", &number(undone.n as i64, lang))]))),
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        // A job does it, which has a line of its own.
        Some(Ok(None)) | None => {}
    });
    view! {
        <table class="data-table jobs-table">
            <caption class="visually-hidden">{t::CAPTION.get(lang)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t::WHAT.get(lang)}</th>
                    <th scope="col">{t::STATE.get(lang)}</th>
                    <th scope="col">{t::PROGRESS.get(lang)}</th>
                    <th scope="col">{t::STARTED.get(lang)}</th>
                    <th scope="col">{t::ENDED.get(lang)}</th>
                    <th scope="col"><span class="visually-hidden">{t::ACTIONS.get(lang)}</span></th>
                </tr>
            </thead>
            <tbody>{list.into_iter().map(|job| view! { <Line job cancel undo/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Line(job: JobLine, cancel: ServerAction<CancelJob>, undo: ServerAction<UndoBatch>) -> impl IntoView {
    let lang = use_lang();
    let title = job.title.clone();
    let name = match job.page.clone().or_else(|| job.pool.map(routes::pool)) {
        Some(href) => view! { <a href=href>{title.clone()}</a> }.into_any(),
        None => title.clone().into_any(),
    };
    let (look, icon) = look(job.state);
    let ended = job.state.ended();
    let progress = match job.state {
        JobState::Waiting | JobState::Running => {
            let percent = job.progress.percent();
            view! { <ProgressBar percent=percent label=title.clone()/><small>{job.error.clone().unwrap_or_else(|| progress_text(&job, lang))}</small> }.into_any()
        }
        _ => job.error.clone().unwrap_or_else(|| done_words(&job, lang)).into_any(),
    };
    let id = job.id.to_string();
    let label = fill(t::CANCEL_NAMED.get(lang), &[("name", &title)]);
    let undo_label = fill(t::UNDO_NAMED.get(lang), &[("name", &title)]);
    let take_label = fill(t::TAKE_NAMED.get(lang), &[("name", &title)]);
    let back = job.pool.zip(job.batch).filter(|_| ended && job.n != Some(0));
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td><span class=format!("status {look}")><Icon name=icon/>{job.state.label(lang)}</span></td>
            <td class="jobs-table__progress">{progress}</td>
            <td>{job.created}</td>
            <td>{job.finished}</td>
            <td>
                {(!ended).then(|| view! {
                    <ActionForm action=cancel>
                        <input type="hidden" name="job" value=id/>
                        <button class="button button--quiet" type="submit" aria-label=label>{t::CANCEL.get(lang)}</button>
                    </ActionForm>
                })}
                {job.file.map(|file| view! {
                    <a class="button button--quiet" href=file rel="external" aria-label=take_label><Icon name="download"/><span>{t::TAKE.get(lang)}</span></a>
                })}
                {back.map(|(pool, batch)| view! {
                    <ActionForm action=undo>
                        <input type="hidden" name="pool" value=pool.get()/>
                        <input type="hidden" name="batch" value=batch/>
                        <button class="button button--quiet" type="submit" aria-label=undo_label><Icon name="undo"/><span>{t::UNDO.get(lang)}</span></button>
                    </ActionForm>
                })}
            </td>
        </tr>
    }
}

fn look(state: JobState) -> (&'static str, &'static str) {
    match state {
        JobState::Waiting => ("", "clock"),
        JobState::Running => ("", "unconfirmed"),
        JobState::Done => ("status--usable", "usable"),
        JobState::Failed => ("status--bounced", "bounced"),
        JobState::Cancelled => ("", "unsubscribed"),
    }
}

fn done_words(job: &JobLine, lang: domain::lang::Lang) -> String {
    match job.kind {
        // An import counts bytes; its own page has the figures.
        domain::job::JobKind::Import
        | domain::job::JobKind::ImportCheck
        | domain::job::JobKind::Fetch
        | domain::job::JobKind::ScheduledImport => String::new(),
        _ if job.n.is_some() => {
            fill(t::PROFILES.get(lang), &[("n", &number(i64::try_from(job.n.unwrap_or_default()).unwrap_or(i64::MAX), lang))])
        }
        _ => number(i64::try_from(job.progress.done).unwrap_or(i64::MAX), lang),
    }
}
