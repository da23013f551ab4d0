//! What a pool holds, read at one moment while others go on writing.
//!
//! Everything comes from one reading transaction, in parts by ascending id; the engine itself puts the cells of many rows
//! into one text, as for exports (`list::rows`). The next part is read while one is worked on.

use std::sync::Arc;

use domain::field::{FieldDef, Internal, SqlType};
use domain::id::{ClientId, PoolId, ProfileId};
use domain::pool::Pool;
use domain::time::Millis;
use tokio::sync::mpsc;

use crate::Store;
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::first::read_zone;
use crate::list::rows::{RECORD, SIZE, UNIT, together};
use crate::pool_table::{PoolTables, column};
use crate::profiles::read::{one_of, owned};
use crate::snapshot::Snapshot;
use crate::statement::Statement;

/// Profiles of the first part; how many come then depends on how large they are.
const FIRST: i64 = 256;
/// The most profiles of a part.
const MOST: i64 = 8_192;
/// So many ids are asked for at once when the profiles are named.
const IDS: usize = 10_000;

/// Which profiles of a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dumped {
    /// All, those in the bin excepted.
    Whole,
    /// These, as far as they are not in the bin.
    Only(Vec<ProfileId>),
}

/// What is known before the first row.
#[derive(Clone, Debug)]
pub struct DumpHead {
    /// The pool as it is at this moment.
    pub pool: Pool,
    /// The columns of each row: all fields of the pool in their order, but for the number of the profile.
    pub fields: Arc<[FieldDef]>,
    /// The number that the next new profile would get.
    pub next_profile: i64,
    /// How many rows there are.
    pub n_profiles: u64,
}

/// The rows of a moment. Whoever drops it ends the reading.
#[derive(Debug)]
pub struct Dump {
    /// What is known before the first row.
    pub head: DumpHead,
    parts: mpsc::Receiver<Result<DumpPart>>,
}

/// Some rows, in the order of their ids.
#[derive(Clone, Debug)]
pub struct DumpPart {
    text: String,
}

impl DumpPart {
    /// One row after the other: the id, then as many cells as there are fields, each as the database stores it and empty
    /// when there is no value.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        self.text.split_terminator(RECORD).map(|row| row.split(UNIT))
    }

    /// How large it is, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.text.len()
    }
}

impl Dump {
    /// The next rows; none at the end. For a thread that may wait.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn blocking_next(&mut self) -> Result<Option<DumpPart>> {
        self.parts.blocking_recv().transpose()
    }

    /// The next rows; none at the end.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn next(&mut self) -> Result<Option<DumpPart>> {
        self.parts.recv().await.transpose()
    }
}

impl Store {
    /// Reads a pool, or some of its profiles, as they are at one moment.
    ///
    /// # Errors
    /// `NotFound` when the client has no such pool; while it is read those of the engine.
    pub async fn dump_pool(&self, client: ClientId, pool: PoolId, which: Dumped) -> Result<Dump> {
        let mut snapshot = Snapshot::begin(self.db()).await?;
        let (pool, next_profile) = pool_at(&mut snapshot, client, pool).await?;
        owned(client, &pool)?;
        let tables = PoolTables::of(self.engine(), client, pool.id);
        let which = match which {
            Dumped::Whole => None,
            Dumped::Only(ids) => {
                let mut ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
                ids.sort_unstable();
                ids.dedup();
                Some(ids)
            }
        };
        let n_profiles = count(&mut snapshot, &tables, which.as_deref()).await?;
        let fields: Arc<[FieldDef]> = pool.fields.iter().filter(|field| field.internal != Some(Internal::ProfileId)).cloned().collect();
        let line = line(&fields);
        let (sender, parts) = mpsc::channel(1);
        tokio::spawn(async move {
            let reader = Reader { snapshot, tables, line, sender };
            reader.run(which).await;
        });
        Ok(Dump { head: DumpHead { pool, fields, next_profile, n_profiles }, parts })
    }
}

/// The pool as the snapshot shows it, and the number of the next profile.
async fn pool_at(snapshot: &mut Snapshot, client: ClientId, pool: PoolId) -> Result<(Pool, i64)> {
    const SQL: &str = "select p.name, p.revision, p.created_at, p.shape, c.zone, p.forms, p.next_profile
        from pools p
        join clients c on c.id = p.client_id
        where p.id = $1 and p.client_id = $2 and p.deleted_at is null";
    let row = snapshot.row(Statement::new(SQL).arg(pool).arg(client)).await?.ok_or(StoreError::NotFound)?;
    let [categories, fields, options] = crate::pools::shapes::Shape::statements(client, pool);
    let (categories, fields) = (snapshot.rows(categories).await?, snapshot.rows(fields).await?);
    let shape = crate::pools::shapes::Shape::read(&categories, &fields, &snapshot.rows(options).await?)?;
    let found = Pool {
        id: pool,
        client,
        name: row.text(0)?,
        revision: row.int(1)?,
        shape: row.int(3)?,
        forms: row.int(5)?,
        created_at: Millis::new(row.int(2)?),
        zone: read_zone(&row.text(4)?)?,
        categories: shape.categories,
        fields: shape.fields,
        partial: false,
    };
    Ok((found, row.int(6)?))
}

async fn count(snapshot: &mut Snapshot, tables: &PoolTables, ids: Option<&[i64]>) -> Result<u64> {
    let sql = format!("select count(*) from {} where deleted_at is null", tables.profiles());
    let Some(ids) = ids else {
        return Ok(snapshot.row(Statement::new(sql)).await?.map_or(Ok(0), |row| row.int(0))?.unsigned_abs());
    };
    let mut n = 0;
    for ids in ids.chunks(IDS) {
        let mut some = Statement::new(format!("{sql} and profile_id"));
        one_of(&mut some, tables, ids);
        n += snapshot.row(some).await?.map_or(Ok(0), |row| row.int(0))?.unsigned_abs();
    }
    Ok(n)
}

/// What puts the cells of a row into one text. A truth is a number on both engines.
fn line(fields: &[FieldDef]) -> String {
    let cells: Vec<String> = fields
        .iter()
        .map(|field| match field.kind.sql() {
            SqlType::Boolean => format!("cast(p.{} as integer)", column(field)),
            _ => format!("p.{}", column(field)),
        })
        .collect();
    format!("concat(p.profile_id, '{UNIT}', {}, '{RECORD}')", together(&cells))
}

/// Reads part after part.
struct Reader {
    snapshot: Snapshot,
    tables: PoolTables,
    line: String,
    sender: mpsc::Sender<Result<DumpPart>>,
}

impl Reader {
    async fn run(mut self, ids: Option<Vec<i64>>) {
        let read = match ids {
            None => self.whole().await,
            Some(ids) => self.these(&ids).await,
        };
        if let Err(error) = read {
            // Nobody listens any more: then nobody needs to know.
            let _ = self.sender.send(Err(error)).await;
        }
    }

    async fn whole(&mut self) -> Result<()> {
        let (mut after, mut n) = (0_i64, FIRST);
        loop {
            let statement = self.statement(|statement| {
                statement.push(" and p.profile_id > ").bind(after);
                statement.push(" order by p.profile_id limit ").bind(n);
            });
            let Some((text, last, rows)) = self.read(statement).await? else { return Ok(()) };
            // Few large profiles or many small ones take the same room.
            let each = i64::try_from(text.len()).unwrap_or(i64::MAX) / rows.max(1);
            let whole = rows < n;
            n = (SIZE as i64 * 2 / each.max(1)).clamp(1, MOST).min(n * 4);
            if self.sender.send(Ok(DumpPart { text })).await.is_err() || whole {
                return Ok(());
            }
            after = last;
        }
    }

    async fn these(&mut self, ids: &[i64]) -> Result<()> {
        for ids in ids.chunks(1_000) {
            let tables = self.tables;
            let statement = self.statement(|statement| {
                statement.push(" and p.profile_id");
                one_of(statement, &tables, ids);
                statement.push(" order by p.profile_id");
            });
            let Some((text, ..)) = self.read(statement).await? else { continue };
            if self.sender.send(Ok(DumpPart { text })).await.is_err() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The rows of which `which` tells, put together. All of them are
    /// walked in their order: no index is needed to find the living ones.
    fn statement(&self, which: impl FnOnce(&mut Statement)) -> Statement {
        let Self { line, tables, .. } = self;
        let plus = dialect::without_index(tables.engine());
        let mut statement = Statement::new(format!(
            "select string_agg(line, ''), max(id), count(*) from (select p.profile_id as id, {line} as line from {} p \
             where {plus}p.deleted_at is null",
            tables.profiles()
        ));
        which(&mut statement);
        statement.push(") rows");
        statement
    }

    async fn read(&mut self, statement: Statement) -> Result<Option<(String, i64, i64)>> {
        let Some(row) = self.snapshot.row(statement).await? else { return Ok(None) };
        Ok(match (row.opt_text(0)?, row.opt_int(1)?) {
            (Some(text), Some(last)) => Some((text, last, row.int(2)?)),
            _ => None,
        })
    }
}
