//! /pools/:pool/backups/:backup — one backup: what is known of it, and its first profiles, without restoring anything.

use domain::id::{BackupId, PoolId};
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::state;
use crate::api::backups::{BackupLine, BackupSheet, RenameBackup, one_backup};
use crate::components::error_view::ErrorView;
use crate::components::field::{TextField, typed_before};
use crate::components::icon::Icon;
use crate::components::page_head::{PoolHead, Tab};
use crate::components::skeleton::ListSkeleton;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::backups as t;
use crate::wire::Wire;

/// One backup.
#[component]
pub fn BackupPage() -> impl IntoView {
    let params = use_params_map();
    let at = Memo::new(move |_| {
        params.with(|params| Some((params.get("pool")?.parse::<PoolId>().ok()?, params.get("backup")?.parse::<BackupId>().ok()?)))
    });
    let sheet = Resource::<_, Wire>::new_with_options(
        move || at.get(),
        |at| async move {
            match at {
                Some((pool, backup)) => one_backup(pool, backup).await,
                None => Err(AppError::NotFound),
            }
        },
        true,
    );
    let renamed = Callback::new(move |()| sheet.refetch());
    view! {
        <PoolHead tab=Tab::Backup/>
        <div class="page__body page__body--ruled backups">
            <Transition fallback=|| view! { <ListSkeleton/> }>
                {move || Suspend::new(async move {
                    match sheet.await {
                        Ok(sheet) => view! { <Sheet sheet renamed/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Sheet(sheet: BackupSheet, renamed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let BackupSheet { pool, line, may_take, fields, rows, unreadable } = sheet;
    let (id, n, usable) = (line.id, line.n, line.usable);
    let why = unreadable.map(|error| error.message(lang)).or_else(|| line.error.clone());
    let take = may_take.then(|| {
        view! {
            <a class="button" href=routes::backup_file(pool, id) download="" rel="external" title=t::DOWNLOAD_HINT.get(lang)>
                <Icon name="download"/><span>{t::DOWNLOAD.get(lang)}</span>
            </a>
        }
    });
    view! {
        <section class="backups__one">
            <div class="toolbar">
                <h2>{format!("{} · {}", line.title(), line.when)}</h2>
                <span class="toolbar__space"></span>
                {usable.then(|| view! {
                    <a class="button button--primary" href=routes::restore(pool, id)><Icon name="undo"/><span>{crate::text::restore::START.get(lang)}</span></a>
                })}
                {take}
                <a class="button button--quiet" href=format!("{}?delete={id}", routes::backups(pool))><Icon name="trash"/><span>{t::DELETE.get(lang)}</span></a>
                <a class="button button--quiet" href=routes::backups(pool)>{t::BACK.get(lang)}</a>
            </div>
            {why.map(|why| view! { <p class="notice notice--negative backups__why" role="alert"><Icon name="alert"/><span>{why}</span></p> })}
            <Facts line=line.clone()/>
            <Rename pool line renamed/>
        </section>
        {(!fields.is_empty()).then(|| view! { <Profiles fields rows n/> })}
    }
}

#[component]
fn Facts(line: BackupLine) -> impl IntoView {
    let lang = use_lang();
    let state = state(&line);
    let fact = move |name: domain::lang::Text, value: String| view! { <div><dt>{name.get(lang)}</dt><dd>{value}</dd></div> };
    let n = number(i64::try_from(line.n).unwrap_or(i64::MAX), lang);
    let scope = if line.whole { t::WHOLE } else { t::SOME };
    view! {
        <dl class="backups__facts" aria-label=t::FACTS.get(lang)>
            <div><dt>{t::STATE.get(lang)}</dt><dd>{state}</dd></div>
            {fact(t::WHAT, line.kind)}
            {fact(t::BY, line.by.unwrap_or_else(|| t::SCHEDULE.get(lang).to_owned()))}
            {line.usable.then(|| view! {
                {fact(t::PROFILES, format!("{n} ({})", scope.get(lang)))}
                {fact(t::SIZE, line.size)}
                {fact(t::VERIFIED_AT, line.verified.unwrap_or_default())}
                <div><dt>{t::SUM.get(lang)}</dt><dd class="backups__sum">{line.sha256}</dd></div>
            })}
            {fact(t::UNTIL, line.until.unwrap_or_else(|| t::PINNED.get(lang).to_owned()))}
        </dl>
    }
}

#[component]
fn Rename(pool: PoolId, line: BackupLine, renamed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let rename = ServerAction::<RenameBackup>::new();
    let error =
        Signal::derive(move || rename.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err()?.of_field("name", lang))));
    Effect::new(move |_| match rename.value().get() {
        Some(Ok(name)) => {
            toasts.show(Toast::new(fill(t::RENAMED.get(lang), &[("name", &name)])));
            renamed.run(());
        }
        Some(Err(error)) if !matches!(error, AppError::Invalid(_)) => toasts.show(Toast::negative(error.message(lang))),
        _ => {}
    });
    view! {
        <ActionForm action=rename attr:class="backups__rename">
            <input type="hidden" name="pool" value=pool.get()/>
            <input type="hidden" name="backup" value=line.id.get()/>
            <TextField name="name" label=t::NAME.get(lang) value=typed_before(rename).unwrap_or(line.name) error/>
            <button class="button" type="submit">{t::SAVE.get(lang)}</button>
        </ActionForm>
    }
}

/// The first profiles as they were saved.
#[component]
fn Profiles(fields: Vec<String>, rows: Vec<(i64, Vec<String>)>, n: u64) -> impl IntoView {
    let lang = use_lang();
    let shown = |n: usize| number(i64::try_from(n).unwrap_or(i64::MAX), lang);
    let total = number(i64::try_from(n).unwrap_or(i64::MAX), lang);
    let lead = if rows.is_empty() {
        t::NOTHING_IN.get(lang).to_owned()
    } else {
        fill(t::FIRST.get(lang), &[("n", &shown(rows.len())), ("total", &total), ("fields", &shown(fields.len()))])
    };
    let row = |(id, cells): (i64, Vec<String>)| {
        view! { <tr><th scope="row">{id}</th>{cells.into_iter().map(|cell| view! { <td title=cell.clone()>{cell.clone()}</td> }).collect_view()}</tr> }
    };
    view! {
        <div class="backups__contents">
            <h2 id="backup-contents">{t::CONTENTS.get(lang)}</h2>
            <p>{lead}</p>
            <div class="backups__scroll" tabindex="0" role="region" aria-labelledby="backup-contents">
                <table class="data-table backups-contents">
                    <thead><tr>
                        <th scope="col">{t::ID.get(lang)}</th>
                        {fields.into_iter().map(|field| view! { <th scope="col">{field}</th> }).collect_view()}
                    </tr></thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
}
