//! `/pools/:pool/backups/:backup/restore?restore=&show=`: a backup is compared with its pool, brought back, and taken back.

use domain::id::{BackupId, PoolId, RestoreId};
use domain::job::JobState;
use domain::lang::fill;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::api::jobs::{CancelJob, JobLine};
use crate::api::restore::{CompareBackup, Earlier, RestoreSheet, Stage, load_restore};
use crate::browser::events::{Heard, hear};
use crate::components::error_view::ErrorView;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::progress::{ProgressBar, progress_text};
use crate::components::steps::Steps;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::restore as t;
use crate::wire::Wire;

pub mod compared;
pub mod run;
pub mod shown;

use compared::ComparedView;
use run::RunView;

/// Without a comparison in the address one can be made; with one it is shown how it goes, what it found, or what came of it.
#[component]
pub fn RestorePage() -> impl IntoView {
    let frame = use_frame();
    let (params, query) = (use_params_map(), use_query_map());
    let backup = Memo::new(move |_| params.with(|params| params.get("backup")).and_then(|id| id.parse::<BackupId>().ok()));
    let known = Memo::new(move |_| frame.current().is_some());
    let asked =
        Memo::new(move |_| query.with(|query| (query.get("restore").and_then(|id| id.parse::<RestoreId>().ok()), query.get("show"))));
    move || match (known.get(), frame.pool.get(), backup.get()) {
        (true, Some(pool), Some(backup)) => view! { <OneBackup pool backup asked/> }.into_any(),
        (false, _, _) if frame.asking.get() => ().into_any(),
        _ => view! { <ErrorView error=AppError::NotFound/> }.into_any(),
    }
}

#[component]
fn OneBackup(pool: PoolId, backup: BackupId, asked: Memo<(Option<RestoreId>, Option<String>)>) -> impl IntoView {
    let load = move |(restore, show)| load_restore(pool, backup, restore, show);
    let sheet = Resource::<_, Wire>::new_with_options(move || asked.get(), load, true);
    let retry = Callback::new(move |()| sheet.refetch());
    let moves = StoredValue::new(false);
    let look = move || {
        // What somebody chooses from stays as it is.
        if moves.try_get_value() == Some(true) {
            sheet.refetch();
        }
    };
    hear(move |heard| {
        // The job may have ended before the page listened. The page must be awake before it can change: news waits a moment.
        if matches!(heard, Heard::Job(_) | Heard::Hello { .. }) {
            set_timeout(look, std::time::Duration::from_millis(600));
        }
    });
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match sheet.await {
                    Ok(sheet) => {
                        moves.set_value(!matches!(sheet.at_hand, None | Some((_, Stage::Compared(_)))));
                        view! { <Sheet pool backup sheet again=retry/> }.into_any()
                    }
                    Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Sheet(pool: PoolId, backup: BackupId, sheet: RestoreSheet, again: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let RestoreSheet { title, made_at, there, earlier, at_hand } = sheet;
    let at = match &at_hand {
        Some((_, Stage::Run(run))) if run.job.state.ended() => 3,
        Some((_, Stage::Run(_))) => 2,
        Some((_, Stage::Compared(_))) => 1,
        _ => 0,
    };
    let what = fill(t::OF.get(lang), &[("name", &title), ("at", &made_at)]);
    view! {
        <PageHead title=t::TITLE.get(lang) parent={(t::TO_BACKUPS.get(lang).to_owned(), routes::backups(pool))}/>
        <div class="toolbar mapping__bar"><Steps of=t::STEPS steps=[t::STEP_COMPARE, t::STEP_CHOOSE, t::STEP_RESTORE] at/></div>
        <div class="page__body page__body--ruled">
            <div class="convert">
                <p class="import-run__file"><Icon name="file"/>{what}</p>
                {match at_hand {
                    None => view! { <Begin pool backup there/> }.into_any(),
                    Some((restore, Stage::Checking(job))) => view! { <Checking pool backup restore there job=*job/> }.into_any(),
                    Some((restore, Stage::Compared(compared))) => view! { <ComparedView pool backup restore there compared=*compared again/> }.into_any(),
                    Some((restore, Stage::Run(run))) => view! { <RunView pool backup restore there run=*run again/> }.into_any(),
                }}
                {(!earlier.is_empty()).then(|| view! { <EarlierOnes pool backup earlier/> })}
            </div>
        </div>
    }
}

/// What a comparison is, and the button that begins one.
#[component]
fn Begin(pool: PoolId, backup: BackupId, there: bool) -> impl IntoView {
    let lang = use_lang();
    if !there {
        return view! { <p class="notice notice--caution"><Icon name="alert"/><span>{t::GONE.get(lang)}</span></p> }.into_any();
    }
    view! {
        <p>{t::LEAD.get(lang)}</p>
        <p class="notice"><Icon name="info"/><span>{t::CONSENT.get(lang)}</span></p>
        <div><Compare pool backup primary=true/></div>
    }
    .into_any()
}

/// The button that has a backup compared.
#[component]
pub(super) fn Compare(pool: PoolId, backup: BackupId, #[prop(optional)] primary: bool) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let compare = ServerAction::<CompareBackup>::new();
    Effect::new(move |_| {
        if let Some(Err(error)) = compare.value().get() {
            toasts.show(Toast::negative(error.message(lang)));
        }
    });
    let busy = move || compare.pending().get().then_some("true");
    view! {
        <ActionForm action=compare>
            <input type="hidden" name="pool" value=pool.to_string()/>
            <input type="hidden" name="backup" value=backup.to_string()/>
            <button class="button" class:button--primary=primary type="submit" aria-busy=busy>{if primary { t::COMPARE } else { t::AGAIN }.get(lang)}</button>
        </ActionForm>
    }
}

/// A comparison under way, or one that failed.
#[component]
fn Checking(pool: PoolId, backup: BackupId, restore: RestoreId, there: bool, job: JobLine) -> impl IntoView {
    let lang = use_lang();
    let title = match job.state {
        JobState::Failed => t::CHECK_FAILED,
        JobState::Cancelled => t::CHECK_CANCELLED,
        _ => t::CHECKING,
    };
    let going = !job.state.ended();
    view! {
        <section class="convert__run" aria-labelledby="checking">
            <h2 id="checking" aria-live="polite">{title.get(lang)}</h2>
            {job.error.clone().map(|error| view! { <p>{error}</p> })}
            {if going {
                view! { <Going job label=title.get(lang).to_owned() here=routes::one_restore(pool, backup, restore, None)/> }.into_any()
            } else {
                there.then(|| view! { <div><Compare pool backup/></div> }).into_any()
            }}
        </section>
    }
}

/// How far a job is; without the script the page is asked again.
#[component]
pub(super) fn Going(job: JobLine, label: String, here: String) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let cancel = ServerAction::<CancelJob>::new();
    Effect::new(move |_| {
        if let Some(Err(error)) = cancel.value().get() {
            toasts.show(Toast::negative(error.message(lang)));
        }
    });
    let (percent, words) = (job.progress.percent(), progress_text(&job, lang));
    view! {
        <div class="import-run__progress"><ProgressBar percent=percent label/><p>{words}</p></div>
        <div class="convert__foot">
            <a class="button" href=here>{t::REFRESH.get(lang)}</a>
            <ActionForm action=cancel>
                <input type="hidden" name="job" value=job.id.to_string()/>
                <button class="button" type="submit">{t::CANCEL.get(lang)}</button>
            </ActionForm>
        </div>
    }
}

#[component]
fn EarlierOnes(pool: PoolId, backup: BackupId, earlier: Vec<Earlier>) -> impl IntoView {
    let lang = use_lang();
    let lines = earlier.into_iter().map(|one| {
        let state = if one.restored { t::EARLIER_DONE } else { t::EARLIER_ONLY };
        view! { <li><a class="text-link" href=routes::one_restore(pool, backup, one.id, None)>{one.at}</a>" · "{state.get(lang)}</li> }
    });
    view! {
        <section aria-labelledby="earlier">
            <h2 id="earlier">{t::EARLIER.get(lang)}</h2>
            <ul>{lines.collect_view()}</ul>
        </section>
    }
}
