//! /pools/:pool/backups?new=&delete= — the backups of a pool: what there is, and a new one.

use domain::id::{BackupId, PoolId};
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use crate::api::backups::{BackupLine, BackupList, CreateBackup, DeleteBackup, PinBackup, backups};
use crate::browser::events::{Heard, hear};
use crate::components::error_view::ErrorView;
use crate::components::field::{TextField, typed_before};
use crate::components::icon::Icon;
use crate::components::page_head::{PoolHead, Tab};
use crate::components::progress::ProgressBar;
use crate::components::skeleton::ListSkeleton;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::backups as t;
use crate::wire::Wire;

pub mod one;

/// The backups of a pool.
#[component]
pub fn BackupsPage() -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let params = use_params_map();
    let query = use_query_map();
    let pool = Memo::new(move |_| params.with(|params| params.get("pool").and_then(|id| id.parse::<PoolId>().ok())));
    let new = Memo::new(move |_| query.with(|query| query.get("new").is_some()));
    let going = Memo::new(move |_| query.with(|query| query.get("delete").and_then(|id| id.parse::<BackupId>().ok())));
    let list = Resource::<_, Wire>::new_with_options(
        move || pool.get(),
        |pool| async move {
            match pool {
                Some(pool) => backups(pool).await,
                None => Err(AppError::NotFound),
            }
        },
        true,
    );
    let retry = Callback::new(move |()| list.refetch());
    // One may be done between the server's answer and this moment, or while the stream was cut: then no event will tell.
    Effect::new(move |_| {
        if list.get_untracked().is_some_and(|list| list.is_ok_and(|list| list.lines.iter().any(|line| line.making))) {
            list.refetch();
        }
    });
    hear(move |heard| {
        if matches!(heard, Heard::Job(_) | Heard::Hello { .. }) {
            list.refetch();
        }
    });
    let actions = Actions { create: ServerAction::new(), pin: ServerAction::new(), delete: ServerAction::new() };
    let navigate = use_navigate();
    let away = Callback::new(move |()| {
        if let Some(pool) = pool.get_untracked() {
            navigate(&routes::backups(pool), NavigateOptions::default());
        }
    });
    Effect::new(move |_| match actions.create.value().get() {
        Some(Ok(())) => {
            toasts.show(Toast::new(t::MAKING.get(lang)));
            list.refetch();
            away.run(());
        }
        Some(Err(error)) if !matches!(error, AppError::Invalid(_)) => toasts.show(Toast::negative(error.message(lang))),
        _ => {}
    });
    Effect::new(move |_| match actions.pin.value().get() {
        Some(Ok(pinned)) => {
            toasts.show(Toast::new(if pinned { t::IS_PINNED } else { t::IS_UNPINNED }.get(lang)));
            list.refetch();
        }
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    Effect::new(move |_| match actions.delete.value().get() {
        Some(Ok(())) => {
            toasts.show(Toast::new(t::DELETED.get(lang)));
            list.refetch();
            away.run(());
        }
        Some(Err(error)) => toasts.show(Toast::negative(error.message(lang))),
        None => {}
    });
    let to_new = move || pool.get().map(|pool| format!("{}?new=1", routes::backups(pool)));
    view! {
        <PoolHead tab=Tab::Backup>
            <a class="button button--primary" href=to_new><Icon name="plus"/><span>{t::NEW.get(lang)}</span></a>
        </PoolHead>
        <div class="page__body page__body--ruled backups">
            // Outside of what news renews: nobody's half-typed name is lost.
            {move || pool.get().filter(|_| new.get()).map(|pool| view! { <NewBackup pool create=actions.create/> })}
            <Transition fallback=|| view! { <ListSkeleton/> }>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(list) => view! { <AllBackups list going actions/> }.into_any(),
                        Err(error) => view! { <ErrorView error on_retry=retry/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

/// What can be done here.
#[derive(Clone, Copy)]
struct Actions {
    create: ServerAction<CreateBackup>,
    pin: ServerAction<PinBackup>,
    delete: ServerAction<DeleteBackup>,
}

#[component]
fn AllBackups(list: BackupList, going: Memo<Option<BackupId>>, actions: Actions) -> impl IntoView {
    let lang = use_lang();
    let BackupList { pool, lines, space: (used, quota), percent } = list;
    let empty = lines.is_empty();
    let known = StoredValue::new(lines.clone());
    let asked = move || going.get().and_then(|id| known.with_value(|lines| lines.iter().find(|line| line.id == id).cloned()));
    view! {
        {move || asked().map(|line| view! { <Confirm pool line delete=actions.delete/> })}
        <div class="backups__head">
            <p class="backups__lead">{t::LEAD.get(lang)}</p>
            <div class="backups__space">
                <ProgressBar percent=Some(percent) label=t::SPACE_LABEL.get(lang).to_owned()/>
                <small>{fill(t::SPACE.get(lang), &[("used", &used), ("quota", &quota)])}</small>
            </div>
        </div>
        {if empty {
            view! {
                <div class="empty">
                    <Icon name="file"/>
                    <h2>{t::EMPTY_TITLE.get(lang)}</h2>
                    <div class="empty__actions"><a class="button" href=format!("{}?new=1", routes::backups(pool))>{t::NEW.get(lang)}</a></div>
                </div>
            }.into_any()
        } else {
            view! { <Table pool lines pin=actions.pin/> }.into_any()
        }}
    }
}

/// What can't come back is named before it goes.
#[component]
fn Confirm(pool: PoolId, line: BackupLine, delete: ServerAction<DeleteBackup>) -> impl IntoView {
    let lang = use_lang();
    let title = fill(t::DELETE_TITLE.get(lang), &[("name", line.title()), ("when", &line.when)]);
    let lead = fill(t::DELETE_LEAD.get(lang), &[("n", &number(i64::try_from(line.n).unwrap_or(i64::MAX), lang))]);
    view! {
        <section class="notice notice--caution backups__confirm" role="alert" aria-label=title.clone()>
            <Icon name="alert"/>
            <div>
                <h2>{title.clone()}</h2>
                <p>{lead}</p>
                <ActionForm action=delete attr:class="backups__foot">
                    <input type="hidden" name="pool" value=pool.get()/>
                    <input type="hidden" name="backup" value=line.id.get()/>
                    <button class="button button--danger" type="submit">{t::DELETE_YES.get(lang)}</button>
                    <a class="button button--quiet" href=routes::backups(pool)>{t::CANCEL.get(lang)}</a>
                </ActionForm>
            </div>
        </section>
    }
}

#[component]
fn NewBackup(pool: PoolId, create: ServerAction<CreateBackup>) -> impl IntoView {
    let lang = use_lang();
    let error =
        Signal::derive(move || create.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err()?.of_field("name", lang))));
    let refused = move || {
        let sentence = create.value().with(|value| match value {
            Some(Err(AppError::Invalid(_))) | Some(Ok(())) | None => None,
            Some(Err(error)) => Some(error.message(lang)),
        });
        sentence.map(|sentence| view! { <p class="notice notice--negative" role="alert"><Icon name="alert"/><span>{sentence}</span></p> })
    };
    Effect::new(move |_| crate::browser::document::focus("name"));
    view! {
        <ActionForm action=create attr:class="backups__form">
            <input type="hidden" name="pool" value=pool.get()/>
            {refused}
            <TextField name="name" label=t::NAME.get(lang) help=t::NAME_HELP.get(lang) value=typed_before(create).unwrap_or_default() error/>
            <div class="backups__foot">
                <button class="button button--primary" type="submit">{t::MAKE.get(lang)}</button>
                <a class="button button--quiet" href=routes::backups(pool)>{t::CANCEL.get(lang)}</a>
            </div>
        </ActionForm>
    }
}

#[component]
fn Table(pool: PoolId, lines: Vec<BackupLine>, pin: ServerAction<PinBackup>) -> impl IntoView {
    let lang = use_lang();
    let row = move |line: BackupLine| {
        let title = format!("{} ({})", line.title(), line.when);
        let pinned = line.until.is_none();
        let pin_label = fill(if pinned { t::UNPIN_NAMED } else { t::PIN_NAMED }.get(lang), &[("name", &title)]);
        let delete_label = fill(t::DELETE_NAMED.get(lang), &[("name", &title)]);
        let what = if line.name.is_empty() { line.kind.clone() } else { format!("{} · {}", line.name, line.kind) };
        let until = line.until.clone().unwrap_or_else(|| t::PINNED.get(lang).to_owned());
        let n = line.usable.then(|| number(i64::try_from(line.n).unwrap_or(i64::MAX), lang));
        let scope = if line.whole { t::WHOLE } else { t::SOME };
        view! {
            <tr>
                <th scope="row"><a href=routes::backup(pool, line.id)>{line.when.clone()}</a></th>
                <td>{what}</td>
                <td>{line.by.clone().unwrap_or_else(|| t::SCHEDULE.get(lang).to_owned())}</td>
                <td class="number" title=scope.get(lang)>{n}</td>
                <td class="number">{line.usable.then(|| line.size.clone())}</td>
                <td>{until}</td>
                <td>{state(&line)}</td>
                <td class="backups-table__actions">
                    <ActionForm action=pin>
                        <input type="hidden" name="pool" value=pool.get()/>
                        <input type="hidden" name="backup" value=line.id.get()/>
                        <input type="hidden" name="pinned" value=if pinned { "false" } else { "true" }/>
                        <button class="button button--quiet" type="submit" aria-label=pin_label>{if pinned { t::UNPIN } else { t::PIN }.get(lang)}</button>
                    </ActionForm>
                    <a class="icon-button" href=format!("{}?delete={}", routes::backups(pool), line.id) aria-label=delete_label.clone() title=delete_label><Icon name="trash"/></a>
                </td>
            </tr>
        }
    };
    view! {
        <table class="data-table backups-table">
            <caption class="visually-hidden">{t::CAPTION.get(lang)}</caption>
            <thead>
                <tr>
                    {[t::WHEN, t::WHAT, t::BY, t::PROFILES, t::SIZE, t::UNTIL, t::STATE].map(|head| view! { <th scope="col">{head.get(lang)}</th> }).collect_view()}
                    <th scope="col"><span class="visually-hidden">{t::ACTIONS.get(lang)}</span></th>
                </tr>
            </thead>
            <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// Verified, on its way, or why it can't be used; encrypted or not.
fn state(line: &BackupLine) -> AnyView {
    use domain::backup::BackupState;
    let lang = use_lang();
    if line.making {
        return view! { <span class="status"><Icon name="clock"/>{BackupState::Making.label(lang)}</span> }.into_any();
    }
    if !line.usable {
        let why = line.error.clone().unwrap_or_default();
        return view! { <span class="status status--bounced" title=why><Icon name="bounced"/>{BackupState::Failed.label(lang)}</span> }
            .into_any();
    }
    view! {
        <span class="status status--usable"><Icon name="usable"/>{t::VERIFIED.get(lang)}</span>
        {line.encrypted.then(|| view! { " " <span class="status"><Icon name="lock"/>{t::ENCRYPTED.get(lang)}</span> })}
    }
    .into_any()
}
