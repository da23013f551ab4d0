//! A row of the table as what it tells.

use domain::backup::{Backup, BackupKind, BackupState};
use domain::id::{BackupId, JobId, PoolId, UserId};
use domain::time::Millis;

use crate::error::{Result, StoreError};
use crate::row::Row;

/// The columns that [`backup`] reads, and where from.
pub(super) const FROM: &str = "select b.id, b.pool_id, b.kind, b.name, b.state, b.made_at, b.made_by,
        case when u.name = '' then u.email else u.name end, b.job_id, b.whole, b.n_profiles, b.n_bytes, b.revision, b.file,
        b.sha256, b.encrypted, b.pinned, b.expires_at, b.verified_at, b.error, b.place
    from backups b left join memberships m on m.user_id = b.made_by and m.client_id = b.client_id left join users u on u.id = m.user_id";

pub(super) fn backup(row: &Row) -> Result<Backup> {
    let (kind, state) = (row.text(2)?, row.text(4)?);
    let unknown = |word: &str| StoreError::Corrupt(format!("a backup's {word:?}"));
    let error = row.opt_text(19)?.map(|text| serde_json::from_str(&text).map_err(|error| StoreError::Corrupt(error.to_string())));
    Ok(Backup {
        id: BackupId::new(row.int(0)?),
        pool: PoolId::new(row.int(1)?),
        kind: BackupKind::from_code(&kind).ok_or_else(|| unknown(&kind))?,
        name: row.text(3)?,
        state: BackupState::from_code(&state).ok_or_else(|| unknown(&state))?,
        made_at: Millis::new(row.int(5)?),
        made_by: row.opt_int(6)?.map(UserId::new),
        made_by_name: row.opt_text(7)?,
        job: row.opt_int(8)?.map(JobId::new),
        whole: row.bool(9)?,
        n_profiles: row.int(10)?.unsigned_abs(),
        n_bytes: row.int(11)?.unsigned_abs(),
        revision: row.int(12)?,
        place: row.text(20)?,
        file: row.text(13)?,
        sha256: row.text(14)?,
        encrypted: row.bool(15)?,
        pinned: row.bool(16)?,
        expires_at: Millis::new(row.int(17)?),
        verified_at: row.opt_int(18)?.map(Millis::new),
        error: error.transpose()?,
    })
}
