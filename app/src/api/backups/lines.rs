//! What the functions about backups do on the server.

use std::sync::Arc;

use domain::audit::Deed;
use domain::backup::{Backup, BackupKind, Contents, ManifestColumn};
use domain::id::{BackupId, PoolId};
use domain::lang::{Lang, fill, number};
use domain::rights::Right;
use domain::time::{Zone, show_time};
use domain::value;
use store::backups::BackupChange;

use super::{BackupLine, BackupList, BackupSheet};
use crate::api::profiles::plain;
use crate::context::{Vault, Viewer, given, store};
use crate::error::AppError;
use crate::routes;
use crate::text::backups as t;

pub(super) async fn all(viewer: &Viewer, pool: PoolId) -> Result<BackupList, AppError> {
    let found = viewer.pool(pool).await?;
    let backups = store().backups(&viewer.reach(), &found).await?;
    let (used, quota) = (store().backup_bytes(viewer.client).await?, store().backup_rules().quota);
    Ok(BackupList {
        pool,
        lines: backups.iter().map(|backup| line(backup, viewer)).collect(),
        space: (size(used, viewer.lang), size(quota, viewer.lang)),
        percent: u8::try_from(used.saturating_mul(100) / quota.max(1)).unwrap_or(100).min(100),
    })
}

pub(super) async fn one(viewer: &Viewer, pool: PoolId, id: BackupId) -> Result<BackupSheet, AppError> {
    let seen = viewer.pool(pool).await?;
    let backup = store().backup(&viewer.reach(), &seen, id).await?;
    let rights = [Right::ExportProfiles, Right::IpAddresses];
    let mut sheet = BackupSheet {
        pool,
        line: line(&backup, viewer),
        may_take: backup.usable() && rights.into_iter().all(|right| viewer.rights.has(right)),
        fields: Vec::new(),
        rows: Vec::new(),
        unreadable: None,
    };
    if !backup.usable() {
        return Ok(sheet);
    }
    match given::<Arc<dyn Vault>>()?.look(viewer.client, backup.clone(), seen).await {
        Ok(contents) => {
            // Before anything is shown.
            store().note_backup(viewer.client, &backup, Deed::BackupRead, &viewer.wish()).await?;
            sheet.fields = contents.columns.iter().map(|column| column.shown(viewer.lang).to_owned()).collect();
            sheet.rows = rows(&contents, viewer.lang, &viewer.zone);
        }
        Err(error) => sheet.unreadable = Some(error),
    }
    Ok(sheet)
}

pub(super) async fn create(viewer: &Viewer, pool: PoolId, name: &str) -> Result<(), AppError> {
    let name = named(name)?;
    store().ask_for_backup(&viewer.reach(), &viewer.pool(pool).await?, &name, &viewer.wish()).await?;
    plain::to(&routes::backups(pool));
    Ok(())
}

pub(super) async fn rename(viewer: &Viewer, pool: PoolId, id: BackupId, name: &str) -> Result<String, AppError> {
    let name = named(name)?;
    let change = BackupChange { name: Some(name.clone()), pinned: None };
    store().change_backup(&viewer.reach(), &viewer.pool(pool).await?, id, &change, &viewer.wish()).await?;
    plain::to(&routes::backup(pool, id));
    Ok(name)
}

pub(super) async fn pin(viewer: &Viewer, pool: PoolId, id: BackupId, pinned: bool) -> Result<bool, AppError> {
    let change = BackupChange { name: None, pinned: Some(pinned) };
    let changed = store().change_backup(&viewer.reach(), &viewer.pool(pool).await?, id, &change, &viewer.wish()).await?;
    plain::back();
    Ok(changed.pinned)
}

pub(super) async fn delete(viewer: &Viewer, pool: PoolId, id: BackupId) -> Result<(), AppError> {
    store().delete_backup(&viewer.reach(), &viewer.pool(pool).await?, id, &viewer.wish()).await?;
    given::<Arc<dyn Vault>>()?.sweep().await?;
    plain::to(&routes::backups(pool));
    Ok(())
}

fn named(name: &str) -> Result<String, AppError> {
    domain::backup::name(name).map_err(|problem| AppError::invalid_as_typed("name", problem, name))
}

fn line(backup: &Backup, viewer: &Viewer) -> BackupLine {
    let lang = viewer.lang;
    let shown = |at| show_time(at, lang, &viewer.zone);
    BackupLine {
        id: backup.id,
        when: shown(backup.made_at),
        kind: backup.kind.label(lang).to_owned(),
        name: backup.name.clone(),
        by: by(backup, lang),
        whole: backup.whole,
        n: backup.n_profiles,
        size: size(backup.n_bytes, lang),
        until: (!backup.pinned).then(|| shown(backup.expires_at)),
        making: backup.state == domain::backup::BackupState::Making,
        usable: backup.usable(),
        error: backup.error.as_ref().map(|error| error.get(lang).to_owned()),
        encrypted: backup.encrypted,
        verified: backup.verified_at.map(shown),
        sha256: backup.sha256.clone(),
    }
}

/// Who made it; none: the schedule.
fn by(backup: &Backup, lang: Lang) -> Option<String> {
    let nobody = match (backup.made_by, backup.kind) {
        (Some(_), _) => t::FORMER,
        (None, BackupKind::Manual) => t::PROGRAM,
        (None, _) => return None,
    };
    Some(backup.made_by_name.clone().unwrap_or_else(|| nobody.get(lang).to_owned()))
}

/// The values of the first profiles, as people read them.
fn rows(contents: &Contents, lang: Lang, zone: &Zone) -> Vec<(i64, Vec<String>)> {
    let fields: Vec<_> = contents.columns.iter().map(ManifestColumn::field).collect();
    let cell = |at: usize, cell: &Option<String>| {
        let stored = cell.as_deref().and_then(|cell| contents.columns.get(at)?.value(cell));
        stored.map(|stored| value::show(&fields[at], &stored, lang, zone)).unwrap_or_default()
    };
    let row = |cells: &[Option<String>]| cells.iter().enumerate().map(|(at, text)| cell(at, text)).collect();
    contents.rows.iter().map(|(id, cells)| (id.get(), row(cells))).collect()
}

/// How large something is, in the largest unit of which there are ten.
fn size(bytes: u64, lang: Lang) -> String {
    let (text, unit) = match bytes {
        10_000_000_000.. => (t::GIGABYTES, 1_000_000_000),
        10_000_000.. => (t::MEGABYTES, 1_000_000),
        _ => (t::BYTES, 1_000),
    };
    fill(text.get(lang), &[("n", &number(i64::try_from(bytes.div_ceil(unit)).unwrap_or(i64::MAX), lang))])
}
