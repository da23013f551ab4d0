//! /pools/:pool/schedules?new=&edit=&delete= — regular imports: what there is, what came of it, and a form.

use domain::id::{PoolId, ScheduleId};
use domain::lang::fill;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use crate::api::schedules::{DeleteSchedule, FileLine, RunSchedule, SaveSchedule, ScheduleLine, ScheduleList, schedules};
use crate::browser::events::{Heard, hear};
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::page_head::{PoolHead, Tab};
use crate::components::skeleton::ListSkeleton;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::schedules as t;
use crate::wire::Wire;

pub mod form;

use form::OneSchedule;

/// The regular imports of a pool.
#[component]
pub fn SchedulesPage() -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (params, query) = (use_params_map(), use_query_map());
    let pool = Memo::new(move |_| params.with(|params| params.get("pool").and_then(|id| id.parse::<PoolId>().ok())));
    let asked = move |name: &'static str| query.with(|query| query.get(name).and_then(|id| id.parse::<ScheduleId>().ok()));
    let going = Memo::new(move |_| asked("delete"));
    // None: no form; some none: one for a new import.
    let shown = Memo::new(move |_| asked("edit").map(Some).or_else(|| query.with(|query| query.get("new").is_some()).then_some(None)));
    let list = Resource::<_, Wire>::new_with_options(
        move || pool.get(),
        |pool| async move {
            match pool {
                Some(pool) => schedules(pool).await,
                None => Err(AppError::NotFound),
            }
        },
        true,
    );
    let retry = Callback::new(move |()| list.refetch());
    hear(move |heard| {
        if matches!(heard, Heard::Job(_) | Heard::Hello { .. }) {
            list.refetch();
        }
    });
    let save = ServerAction::<SaveSchedule>::new();
    let actions = Actions { run: ServerAction::new(), delete: ServerAction::new() };
    let navigate = use_navigate();
    let told = move |answer: Option<Result<(), AppError>>, words: &'static str, leave: bool| match answer {
        Some(Ok(())) => {
            toasts.show(Toast::new(words));
            list.refetch();
            if let (true, Some(pool)) = (leave, pool.get_untracked()) {
                navigate(&routes::schedules(pool), NavigateOptions::default());
            }
        }
        // What is wrong with a field stands there.
        Some(Err(AppError::Invalid(_))) | None => {}
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
    };
    let (after_save, after_run, after_delete) = (told.clone(), told.clone(), told);
    Effect::new(move |_| after_save(save.value().get(), t::SAVED.get(lang), true));
    Effect::new(move |_| after_run(actions.run.value().get(), t::RUNNING.get(lang), false));
    Effect::new(move |_| after_delete(actions.delete.value().get(), t::DELETED.get(lang), true));
    let to_new = move || pool.get().map(|pool| format!("{}?new=1", routes::schedules(pool)));
    view! {
        <PoolHead tab=Tab::Import>
            <a class="button button--primary" href=to_new><Icon name="plus"/><span>{t::NEW.get(lang)}</span></a>
        </PoolHead>
        <div class="page__body page__body--ruled schedules">
            // Outside of what news renews: nothing half-typed is lost.
            {move || pool.get().zip(shown.get()).map(|(pool, id)| view! { <OneSchedule pool id save/> })}
            <Transition fallback=|| view! { <ListSkeleton/> }>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(list) => view! { <AllSchedules list going actions/> }.into_any(),
                        Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

/// What can be done with each.
#[derive(Clone, Copy)]
struct Actions {
    run: ServerAction<RunSchedule>,
    delete: ServerAction<DeleteSchedule>,
}

#[component]
fn AllSchedules(list: ScheduleList, going: Memo<Option<ScheduleId>>, actions: Actions) -> impl IntoView {
    let lang = use_lang();
    let ScheduleList { pool, lines } = list;
    let empty = lines.is_empty();
    let known = StoredValue::new(lines.clone());
    let asked = move || going.get().and_then(|id| known.with_value(|lines| lines.iter().find(|line| line.id == id).cloned()));
    view! {
        {move || asked().map(|line| view! { <Confirm pool line delete=actions.delete/> })}
        <div class="schedules__head">
            <h2>{t::TITLE.get(lang)}</h2>
            <p>{t::LEAD.get(lang)}</p>
        </div>
        {if empty {
            view! {
                <div class="empty">
                    <Icon name="clock"/>
                    <h2>{t::EMPTY_TITLE.get(lang)}</h2>
                    <div class="empty__actions"><a class="button" href=format!("{}?new=1", routes::schedules(pool))>{t::NEW.get(lang)}</a></div>
                </div>
            }.into_any()
        } else {
            let one = move |line: ScheduleLine| view! { <Line pool line run=actions.run/> };
            view! { <ul class="schedules__list">{lines.into_iter().map(one).collect_view()}</ul> }.into_any()
        }}
    }
}

#[component]
fn Confirm(pool: PoolId, line: ScheduleLine, delete: ServerAction<DeleteSchedule>) -> impl IntoView {
    let lang = use_lang();
    let title = fill(t::DELETE_TITLE.get(lang), &[("name", &line.name)]);
    view! {
        <section class="notice notice--caution schedules__confirm" role="alert" aria-label=title.clone()>
            <Icon name="alert"/>
            <div>
                <h2>{title.clone()}</h2>
                <p>{t::DELETE_LEAD.get(lang)}</p>
                <ActionForm action=delete attr:class="schedules__foot">
                    <input type="hidden" name="pool" value=pool.get()/>
                    <input type="hidden" name="schedule" value=line.id.get()/>
                    <button class="button button--danger" type="submit">{t::DELETE_YES.get(lang)}</button>
                    <a class="button button--quiet" href=routes::schedules(pool)>{t::CANCEL.get(lang)}</a>
                </ActionForm>
            </div>
        </section>
    }
}

#[component]
fn Line(pool: PoolId, line: ScheduleLine, run: ServerAction<RunSchedule>) -> impl IntoView {
    let lang = use_lang();
    let named = |text: domain::lang::Text| fill(text.get(lang), &[("name", &line.name)]);
    let (run_named, edit_named, delete_named) = (named(t::RUN_NAMED), named(t::EDIT_NAMED), named(t::DELETE_NAMED));
    let to = |what: &str| format!("{}?{what}={}", routes::schedules(pool), line.id);
    let (edit, delete) = (to("edit"), to("delete"));
    let next = line.next.clone().unwrap_or_else(|| t::PAUSED.get(lang).to_owned());
    let last = line.last.clone().unwrap_or_else(|| t::NEVER.get(lang).to_owned());
    let owner = fill(t::OF.get(lang), &[("name", line.owner.as_deref().unwrap_or(t::NOBODY.get(lang)))]);
    let key =
        line.server_key.clone().map(|key| view! { <div><dt>{t::SERVER_KEY.get(lang)}</dt><dd class="schedules__key">{key}</dd></div> });
    let problem = line.problem.clone().map(|problem| {
        view! { <p class="notice notice--negative"><Icon name="alert"/><span>{t::PROBLEM.get(lang)}": "{problem}</span></p> }
    });
    let n = fill(t::FILES.get(lang), &[("n", &line.files.len().to_string())]);
    let files = if line.files.is_empty() {
        view! { <p class="schedules__none">{t::NO_FILES.get(lang)}</p> }.into_any()
    } else {
        let file = move |file: FileLine| {
            let name = match file.import {
                Some(import) => view! { <a class="text-link" href=routes::one_import(pool, import)>{file.name}</a> }.into_any(),
                None => view! { <span>{file.name}</span> }.into_any(),
            };
            let problem = file.problem.map(|why| view! { <span class="field__error"><Icon name="alert"/>{why}</span> });
            view! { <li>{name}" "<small>{file.when}</small>{problem}</li> }
        };
        let rows = line.files.into_iter().map(file).collect_view();
        view! { <details><summary>{n}</summary><ul class="schedules__files">{rows}</ul></details> }.into_any()
    };
    view! {
        <li class="schedules__one">
            <div class="schedules__top">
                <h3>{line.name.clone()}</h3>
                <div class="schedules__actions">
                    <ActionForm action=run>
                        <input type="hidden" name="pool" value=pool.get()/>
                        <input type="hidden" name="schedule" value=line.id.get()/>
                        <button class="button button--quiet" type="submit" aria-label=run_named>{t::RUN.get(lang)}</button>
                    </ActionForm>
                    <a class="button button--quiet" href=edit aria-label=edit_named>{t::EDIT.get(lang)}</a>
                    <a class="icon-button" href=delete aria-label=delete_named.clone() title=delete_named><Icon name="trash"/></a>
                </div>
            </div>
            <p class="schedules__source">{line.source.clone()}</p>
            {problem}
            <dl class="schedules__facts">
                <div><dt>{t::WHEN.get(lang)}</dt><dd>{line.timing.clone()}</dd></div>
                <div><dt>{t::NEXT.get(lang)}</dt><dd>{next}</dd></div>
                <div><dt>{t::LAST.get(lang)}</dt><dd>{last}</dd></div>
                {key}
            </dl>
            <p class="schedules__none">{owner}</p>
            {files}
        </li>
    }
}
