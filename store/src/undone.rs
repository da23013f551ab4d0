//! Something large is taken back part by part: what it changed becomes what it was, where nobody changed it since.

use std::collections::BTreeSet;

use domain::history::Actor;
use domain::id::{ClientId, PoolId, ProfileId};
use domain::pool::Pool;
use domain::time::Millis;
use serde::{Deserialize, Serialize};

use crate::Reach;
use crate::error::{Result, StoreError};
use crate::profiles::batches::DELETE;
use crate::profiles::stamp::Stamp;
use crate::statement::Statement;
use crate::tx::Tx;

/// So many profiles that stay as they are, are named; of more only the number is told.
const NAMED: usize = 1_000;

/// How far something has been taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// The profiles up to this one have had their turn.
    pub(crate) to: i64,
    /// How many profiles are gone again, or as they were.
    pub n: u64,
    /// How many stay as they are, because they were changed or deleted since.
    pub kept: u64,
    /// The first thousand of those.
    pub named: Vec<ProfileId>,
}

/// What is taken back, and where that stands: a row with the columns `batch_id`, `undo_batch` and `undone`.
pub(crate) struct Undoing {
    /// `imports` or `restores`.
    table: &'static str,
    id: i64,
    /// To which the changes belong.
    pub(crate) batch: i64,
    /// In the bin, with what was moved there so far.
    bin: Option<i64>,
    pub(crate) undone: Undone,
}

impl Undoing {
    pub(crate) fn asked(table: &'static str, id: i64, client: ClientId, pool: PoolId) -> Statement {
        let sql = format!(
            "select batch_id, undo_batch, undone from {table} where client_id = $1 and pool_id = $2 and id = $3 and batch_id is not null"
        );
        Statement::new(sql).arg(client).arg(pool).arg(id)
    }

    pub(crate) fn read(table: &'static str, id: i64, row: &crate::row::Row) -> Result<Self> {
        let undone = row.opt_text(2)?.map(|text| from_json(&text)).transpose()?;
        Ok(Self { table, id, batch: row.int(0)?, bin: row.opt_int(1)?, undone: undone.unwrap_or_default() })
    }
}

/// What becomes of the profiles of a part.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    /// They were not there before: they go into the bin.
    pub(crate) gone: Vec<i64>,
    /// Somebody changed them since: they stay.
    pub(crate) kept: BTreeSet<i64>,
    /// They get their former values.
    pub(crate) others: Vec<i64>,
}

impl Tx {
    /// Where taking something back stands.
    pub(crate) async fn undoing(&mut self, table: &'static str, id: i64, client: ClientId, pool: PoolId) -> Result<Undoing> {
        let row = self.row(Undoing::asked(table, id, client, pool)).await?;
        Undoing::read(table, id, &row.ok_or(StoreError::NotFound)?)
    }

    /// Takes a part back, of which `last` is the last profile, and notes that with it.
    pub(crate) async fn take_back(
        &mut self,
        pool: &Pool,
        undoing: &mut Undoing,
        sorted: Sorted,
        (last, stamp): (i64, Stamp),
        actor: &Actor,
        now: Millis,
    ) -> Result<()> {
        let reach = &Reach::whole(pool.client);
        let Sorted { gone, kept, others } = sorted;
        if !gone.is_empty() {
            let bin = match undoing.bin {
                Some(bin) => bin,
                None => self.new_batch(pool.client, pool.id, DELETE, actor, now).await?,
            };
            undoing.bin = Some(bin);
            undoing.undone.n += self.delete(reach, pool, (bin, stamp), &gone, actor, now).await?.len() as u64;
        }
        let (back, stay) = self.set_back(reach, pool, (undoing.batch, false, stamp), &others, actor, now).await?;
        let undone = &mut undoing.undone;
        undone.n += back.len() as u64;
        undone.kept += (kept.len() + stay.len()) as u64;
        let room = NAMED.saturating_sub(undone.named.len());
        let named: BTreeSet<i64> = kept.into_iter().chain(stay).collect();
        undone.named.extend(named.into_iter().take(room).map(ProfileId::new));
        undone.to = last;
        let sql = format!("update {} set undone = $2, undo_batch = $3 where id = $1", undoing.table);
        let text = serde_json::to_string(undone).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        self.run(Statement::new(sql).arg(undoing.id).arg(text).arg(undoing.bin)).await?;
        Ok(())
    }
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}
