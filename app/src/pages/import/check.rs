//! What would come of an import: its counts, the rows behind each, and the cells that can be put right.

use domain::id::{ImportId, JobId, PoolId};
use domain::import::Fate;
use domain::job::JobState;
use domain::lang::{Text, fill, number};
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_meta::Title;

use super::run::Told;
use super::{STEPS, Started};
use crate::api::imports::check::{CheckAgain, CheckSheet, Found, StartChecked, load_check};
use crate::browser::events::{Heard, hear};
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::progress::ProgressBar;
use crate::components::steps::Steps;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::import as t;
use crate::wire::Wire;

pub mod lines;

use lines::Lines;

/// What is asked for in the address: the fate, and behind which row.
pub type Shown = (Option<String>, Option<String>);

/// The page follows its job; rows that somebody may be putting right stay as they are.
#[component]
pub fn CheckPage(pool: PoolId, import: ImportId, asked: Memo<Shown>) -> impl IntoView {
    let load = move |(show, behind)| load_check(pool, import, show, behind);
    let sheet = Resource::<_, Wire>::new_with_options(move || asked.get(), load, false);
    let retry = Callback::new(move |()| sheet.refetch());
    let follows = RwSignal::new(None::<JobId>);
    // It may have ended between the server's answer and this moment: then no event will tell.
    Effect::new(move |_| {
        if follows.get().is_some() {
            sheet.refetch();
        }
    });
    hear(move |heard| {
        let ours = match heard {
            Heard::Job(moved) => Some(moved.id) == follows.get_untracked(),
            Heard::Hello { .. } => follows.get_untracked().is_some(),
            _ => false,
        };
        if ours {
            sheet.refetch();
        }
    });
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match sheet.await {
                    Ok(sheet) if sheet.started => view! { <Started pool import/> }.into_any(),
                    Ok(sheet) => {
                        let job = sheet.found.as_ref().map(|found| &found.job).filter(|job| !job.state.ended()).map(|job| job.id);
                        // What is known already is not asked for once more.
                        if follows.try_get_untracked().is_some_and(|known| known != job) {
                            follows.set(job);
                        }
                        view! { <Sheet pool sheet/> }.into_any()
                    }
                    Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Sheet(pool: PoolId, sheet: CheckSheet) -> impl IntoView {
    let lang = use_lang();
    let CheckSheet { id, file_name, found, .. } = sheet;
    let title = file_name.clone();
    let (start, again) = (ServerAction::<StartChecked>::new(), ServerAction::<CheckAgain>::new());
    let refused = move |error: &AppError| error.message(lang);
    let error = move || {
        let of_start = start.value().with(|value| value.as_ref()?.as_ref().err().map(refused));
        of_start.or_else(|| again.value().with(|value| value.as_ref()?.as_ref().err().map(refused)))
    };
    let body = match found {
        Some(found) => view! { <FoundView pool import=id found/> }.into_any(),
        None => view! { <p>{t::CHECK_LEAD.get(lang)}</p> }.into_any(),
    };
    view! {
        <Title text=title/>
        <div class="toolbar mapping__bar">
            <Steps of=t::STEPS steps=STEPS at=3/>
            <span class="toolbar__space"></span>
            <p class="toolbar__text mapping__file"><Icon name="file"/><strong>{file_name}</strong></p>
        </div>
        <div class="page__body">
            <div class="import-check">
                {body}
                <footer class="import-rules__foot">
                    <span class="field__error" role="alert">{error}</span>
                    <a class="button" href=routes::import_rules(pool, id)>{t::TO_RULES_BACK.get(lang)}</a>
                    <Post path=CheckAgain::PATH pool import=id words=t::CHECK_AGAIN primary=false/>
                    <Post path=StartChecked::PATH pool import=id words=t::START primary=true/>
                </footer>
            </div>
        </div>
    }
}

/// A button that is a form of its own, as no form may stand in another.
#[component]
fn Post(path: &'static str, pool: PoolId, import: ImportId, words: Text, primary: bool) -> impl IntoView {
    let lang = use_lang();
    let class = if primary { "button button--primary" } else { "button" };
    view! {
        <form method="post" action=path>
            <input type="hidden" name="pool" value=pool.to_string()/>
            <input type="hidden" name="import" value=import.to_string()/>
            <button class=class type="submit">{words.get(lang)}</button>
        </form>
    }
}

#[component]
fn FoundView(pool: PoolId, import: ImportId, found: Found) -> impl IntoView {
    let lang = use_lang();
    let Found { job, is_old, counts, noted, fate, lines, next } = found;
    let ended = job.state.ended();
    let title = match job.state {
        JobState::Waiting => t::WAITING,
        JobState::Running => t::CHECKING,
        JobState::Done => t::CHECKED,
        JobState::Failed => t::CHECK_FAILED,
        JobState::Cancelled => t::CHECK_CANCELLED,
    };
    let percent = job.progress.percent();
    let going = (!ended).then(|| {
        view! {
            <div class="import-run__progress">
                <ProgressBar percent=Signal::derive(move || percent) label=t::CHECKING.get(lang)/>
                <p>{t::CHECKING_LEAD.get(lang)}</p>
                <noscript><p><a class="text-link" href=routes::import_check(pool, import, None, None)>{t::CHECK_RELOAD.get(lang)}</a></p></noscript>
            </div>
        }
    });
    let error = job.error.clone().map(|error| view! { <p class="notice notice--caution"><Icon name="alert"/><span>{error}</span></p> });
    let old = is_old.then(|| view! { <p class="notice notice--caution"><Icon name="alert"/><span>{t::CHECK_OLD.get(lang)}</span></p> });
    let one = move |of: Fate, words: Text| {
        let n = of.of(&counts);
        let chosen = (of == fate).then_some("true");
        let shown = number(i64::try_from(n).unwrap_or(i64::MAX), lang);
        let bad = of == Fate::Refused && n > 0;
        view! {
            <li class:outcome__bad=bad>
                <a href=routes::import_check(pool, import, Some(of), None) aria-current=chosen><strong>{shown}</strong>" "<span>{words.get(lang)}</span></a>
            </li>
        }
    };
    let all = number(i64::try_from(counts.rows).unwrap_or(i64::MAX), lang);
    view! {
        <h2 id="check" aria-live="polite">{title.get(lang)}</h2>
        {(job.state == JobState::Done).then(|| view! { <p>{fill(t::CHECKED_LEAD.get(lang), &[("n", &all)])}</p> })}
        {error}
        {old}
        {going}
        <nav class="import-check__fates" aria-label=t::CHECK_FATES.get(lang)>
            <ul>
                {one(Fate::Created, t::CREATED)}
                {one(Fate::Updated, t::UPDATED)}
                {one(Fate::Unchanged, t::UNCHANGED)}
                {one(Fate::Refused, t::REFUSED)}
                {(counts.skipped > 0 || fate == Fate::Skipped).then(|| one(Fate::Skipped, t::SKIPPED))}
            </ul>
        </nav>
        <Told noted/>
        <Lines pool import fate n=fate.of(&counts) lines next ended/>
    }
}
