//! `/pools/:pool/import`, `/pools/:pool/import/:import` and `/pools/:pool/import/:import/rules` and `…/check`: from a file to its profiles.

use domain::id::{ImportId, PoolId};
use domain::lang::Text;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};

use crate::api::imports::{ImportSheet, Stage, load_import};
use crate::components::error_view::ErrorView;
use crate::components::frame::use_frame;
use crate::components::page_head::{PoolHead, Tab};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::import as t;
use crate::wire::Wire;

pub mod check;
pub mod choose;
pub mod mapping;
pub mod pick;
pub mod preview;
pub mod reading;
pub mod rules;
pub mod run;

use check::CheckPage;
use choose::ChooseFile;
use mapping::MappingForm;
use rules::RulesPage;
use run::RunView;

/// The way from a file to its profiles.
const STEPS: [Text; 5] = [t::STEP_FILE, t::STEP_MAPPING, t::STEP_RULES, t::STEP_CHECK, t::STEP_RUN];

/// Without an import in the address a file is chosen; with one it is corrected, started, watched.
#[component]
pub fn ImportPage() -> impl IntoView {
    let frame = use_frame();
    let params = use_params_map();
    let query = use_query_map();
    let import = Memo::new(move |_| params.with(|params| params.get("import")).map(|id| id.parse::<ImportId>().ok()));
    let reading = Memo::new(move |_| query.with(|query| query.get("reading").or_else(|| reading::from_form(query))));
    let mapping = Memo::new(move |_| query.with(|query| query.get("mapping")));
    let path = use_location().pathname;
    let shown = Memo::new(move |_| query.with(|query| (query.get("show"), query.get("behind"))));
    let at_check = Memo::new(move |_| path.with(|path| path.trim_end_matches('/').ends_with("/check")));
    let at_rules = Memo::new(move |_| path.with(|path| path.trim_end_matches('/').ends_with("/rules")));
    let known = Memo::new(move |_| frame.current().is_some());
    move || match (known.get(), frame.pool.get(), import.get()) {
        (true, Some(pool), None) => view! { <PoolHead tab=Tab::Import/><ChooseFile pool/> }.into_any(),
        (true, Some(pool), Some(Some(import))) if at_rules.get() => {
            view! { <PoolHead tab=Tab::Import/><RulesPage pool import/> }.into_any()
        }
        (true, Some(pool), Some(Some(import))) if at_check.get() => {
            view! { <PoolHead tab=Tab::Import/><CheckPage pool import asked=shown/> }.into_any()
        }
        (true, Some(pool), Some(Some(import))) => view! { <PoolHead tab=Tab::Import/><OneImport pool import reading mapping/> }.into_any(),
        (false, _, _) if frame.asking.get() => ().into_any(),
        _ => view! { <ErrorView error=AppError::NotFound/> }.into_any(),
    }
}

/// Of an import that has begun, where there is nothing left to choose.
#[component]
fn Started(pool: PoolId, import: ImportId) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="page__body">
            <p>{t::STARTED.get(lang)}</p>
            <p><a class="button button--primary" href=routes::one_import(pool, import)>{t::TO_IMPORT.get(lang)}</a></p>
        </div>
    }
}

#[component]
fn OneImport(pool: PoolId, import: ImportId, reading: Memo<Option<String>>, mapping: Memo<Option<String>>) -> impl IntoView {
    let asked = move || (reading.get(), mapping.get());
    let sheet = Resource::<_, Wire>::new_with_options(asked, move |(reading, mapping)| load_import(pool, import, reading, mapping), false);
    let retry = Callback::new(move |()| sheet.refetch());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match sheet.await {
                    Ok(sheet) => view! { <Sheet pool sheet on_started=retry/> }.into_any(),
                    Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Sheet(pool: PoolId, sheet: ImportSheet, on_started: Callback<()>) -> impl IntoView {
    let title = sheet.file_name.clone();
    view! {
        <Title text=title/>
        {match sheet.stage {
            Stage::Look(look) => view! { <MappingForm pool import=sheet.id file_name=sheet.file_name look=*look on_started/> }.into_any(),
            Stage::Run(run) => view! { <RunView pool import=sheet.id file_name=sheet.file_name run=*run/> }.into_any(),
        }}
    }
}
