//! What is asked for on the page.

use domain::id::{BackupId, FieldId, PoolId, ProfileId, RestoreId};
use domain::restore::Choice;
use domain::rights::Right;

use crate::context::{Viewer, go, may, store};
use crate::error::AppError;
use crate::routes;

pub(super) async fn compare(viewer: &Viewer, pool: PoolId, backup: BackupId) -> Result<(), AppError> {
    let (reach, shape) = (viewer.reach(), viewer.pool(pool).await?);
    let found = store().backup(&reach, &shape, backup).await?;
    let restore = store().ask_to_compare(&reach, &shape, &found, viewer.wish()).await?;
    go(&routes::one_restore(pool, backup, restore, None));
    Ok(())
}

pub(super) async fn start(
    viewer: &Viewer,
    pool: PoolId,
    restore: RestoreId,
    (back, changed): (bool, bool),
    ids: Option<Vec<ProfileId>>,
    fields: Option<Vec<FieldId>>,
    exact: bool,
) -> Result<(), AppError> {
    if exact {
        // Newer profiles go into the bin.
        may(Right::DeleteProfiles).await?;
    }
    let found = store().restore(viewer.client, restore).await?;
    let choice =
        Choice { back, changed, only: ids.map(|ids| ids.into_iter().collect()), fields: fields.filter(|fields| !fields.is_empty()), exact };
    store().ask_to_restore_backup(&viewer.reach(), &viewer.pool(pool).await?, restore, choice, viewer.wish()).await?;
    go(&routes::one_restore(pool, found.backup, restore, None));
    Ok(())
}

pub(super) async fn undo(viewer: &Viewer, pool: PoolId, restore: RestoreId) -> Result<(), AppError> {
    let found = store().restore(viewer.client, restore).await?;
    store().ask_to_undo_restore(&viewer.reach(), &viewer.pool(pool).await?, restore, viewer.wish()).await?;
    go(&routes::one_restore(pool, found.backup, restore, None));
    Ok(())
}
