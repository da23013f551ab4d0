//! Profiles go into the bin, one or many in one go.

use domain::history::{Action, Actor};
use domain::id::{ClientId, ProfileId};
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::time::Millis;

use crate::Store;
use crate::changes::{Change, ChangeKind};
use crate::error::Result;
use crate::history;
use crate::pool_table::PoolTables;
use crate::profiles::read::{one_of, owned};
use crate::search::candidates::{profile_ids, signed};
use crate::search::write;
use crate::statement::Statement;
use crate::tx::Tx;

/// How many profiles are moved in one transaction.
pub(crate) const PART: usize = 5_000;

/// Up to this many changed profiles are named one by one to those who watch.
pub(crate) const NAMED: usize = 500;

/// Which profiles are meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Selection {
    /// These.
    Ids(Vec<ProfileId>),
    /// All hits of a list, whatever page is shown, but for some.
    Query {
        /// The list.
        query: ListQuery,
        /// Those that were taken out of the selection.
        except: Vec<ProfileId>,
    },
}

/// What was moved to the bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// Brings exactly these back: [`Store::restore_batch`].
    pub batch: i64,
    /// How many there were.
    pub n: u64,
}

impl Store {
    /// Moves profiles to the bin. More than 5 000 go in several transactions, of which the first
    /// may stand when a later one fails; all carry the same batch.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's; profiles that do not exist are passed over.
    pub async fn delete_profiles(
        &self,
        client: ClientId,
        pool: &Pool,
        selection: &Selection,
        actor: &Actor,
        now: Millis,
    ) -> Result<Deleted> {
        owned(client, pool)?;
        let ids = self.selected(client, pool, selection).await?;
        let table = PoolTables::of(self.engine(), pool.client, pool.id);
        let mut deleted = Deleted { batch: 0, n: 0 };
        let mut parts = ids.chunks(PART);
        // A selection of nothing has a batch as well.
        let first = parts.next().unwrap_or_default();
        for part in std::iter::once(first).chain(parts) {
            let mut tx = self.write().await?;
            let stamp = tx.stamp(client, pool.id, 0, now).await?;
            if deleted.batch == 0 {
                deleted.batch = new_batch(&mut tx, client, pool, actor, now).await?;
            }
            let gone = move_to_bin(&mut tx, &table, part, deleted.batch, stamp.revision, now).await?;
            write::remove(&mut tx, &table, &table.search_main(), &gone).await?;
            write::remove(&mut tx, &table, &table.search_more(), &gone).await?;
            history::write_many(&mut tx, client, pool.id, &gone, now, actor, Action::Deleted).await?;
            const COUNT: &str = "update delete_batches set n_profiles = n_profiles + $2 where id = $1";
            let n = signed(gone.len() as u64);
            tx.run(Statement::new(COUNT).arg(deleted.batch).arg(n)).await?;
            tx.add_to_count(client, pool.id, -n).await?;
            deleted.n += gone.len() as u64;
            tx.notify(changed(client, pool, stamp.revision, &gone));
            tx.commit().await?;
        }
        Ok(deleted)
    }

    /// The ids that a selection means.
    pub(crate) async fn selected(&self, client: ClientId, pool: &Pool, selection: &Selection) -> Result<Vec<i64>> {
        match selection {
            Selection::Ids(ids) => Ok(ids.iter().map(|id| id.get()).collect()),
            Selection::Query { query, except } => {
                let mut ids = self.all_ids(client, pool, query).await?;
                let except: std::collections::HashSet<i64> = except.iter().map(|id| id.get()).collect();
                ids.retain(|id| !except.contains(id));
                Ok(ids)
            }
        }
    }
}

async fn new_batch(tx: &mut Tx, client: ClientId, pool: &Pool, actor: &Actor, now: Millis) -> Result<i64> {
    const SQL: &str = "insert into delete_batches (client_id, pool_id, at, actor_kind, actor_id, n_profiles) \
                       values ($1, $2, $3, $4, $5, 0) returning id";
    let statement = Statement::new(SQL).arg(client.get()).arg(pool.id.get()).arg(now.get()).arg(actor.kind()).arg(actor.id());
    tx.row(statement).await?.map_or(Ok(0), |row| row.int(0))
}

/// The living ones among these profiles, which are in the bin from now on.
async fn move_to_bin(tx: &mut Tx, table: &PoolTables, ids: &[i64], batch: i64, revision: i64, now: Millis) -> Result<Vec<i64>> {
    let mut statement = Statement::new(format!("update {} set deleted_at = ", table.profiles()));
    statement.bind(now.get()).push(", delete_batch = ").bind(batch).push(", revision = ").bind(revision);
    statement.push(" where deleted_at is null and profile_id");
    one_of(&mut statement, table, ids);
    statement.push(" returning profile_id");
    tx.rows(statement).await?.iter().map(|row| row.int(0)).collect()
}

/// Word of changed profiles.
pub(crate) fn changed(client: ClientId, pool: &Pool, revision: i64, ids: &[i64]) -> Change {
    let kind = if ids.len() <= NAMED { ChangeKind::Profiles(profile_ids(ids)) } else { ChangeKind::Bulk };
    Change { client, pool: Some(pool.id), revision, kind }
}
