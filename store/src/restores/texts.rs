//! Profiles of a pool as texts, in the order of their ids, as a backup has them: the bin included.
//!
//! The engine puts many rows into one text, as for exports (`list::rows`).

use domain::pool::Pool;

use crate::db::Db;
use crate::error::{Result, StoreError};
use crate::list::rows::{RECORD, UNIT, together};
use crate::pool_table::{PoolTables, column};
use crate::profiles::read::one_of;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// Profiles that are read first; how many come then depends on how large they are.
const FIRST: i64 = 256;
/// The most profiles of a part.
const MOST: i64 = 5_000;
/// How large a part becomes, in bytes, about.
const SIZE: usize = 4 << 20;

/// Which profiles are read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which<'a> {
    /// All with an id above the first number, up to the second.
    Range(i64, i64),
    /// These.
    Ids(&'a [i64]),
}

/// What was read of a pool.
#[derive(Debug, Default)]
pub(super) struct Texts {
    texts: Vec<String>,
}

/// A profile with all fields of its pool, in their order.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    pub(super) id: i64,
    pub(super) in_bin: bool,
    pub(super) cells: Vec<&'t str>,
}

/// Who is asked.
pub(super) enum From<'a> {
    /// The database as it is.
    Db(&'a Db),
    /// A transaction.
    Tx(&'a mut Tx),
}

impl From<'_> {
    pub(super) async fn rows(&mut self, statement: Statement) -> Result<Vec<Row>> {
        match self {
            From::Db(db) => db.rows(statement).await,
            From::Tx(tx) => tx.rows(statement).await,
        }
    }

    async fn row(&mut self, statement: Statement) -> Result<Option<Row>> {
        match self {
            From::Db(db) => db.row(statement).await,
            From::Tx(tx) => tx.row(statement).await,
        }
    }
}

/// Reads part of a pool; up to which id all is read, where it was a range.
pub(super) async fn read(tables: &PoolTables, pool: &Pool, which: Which<'_>, from: &mut From<'_>) -> Result<(Texts, i64)> {
    let mut texts = Texts::default();
    match which {
        Which::Ids(ids) => {
            for ids in ids.chunks(usize::try_from(FIRST).unwrap_or(usize::MAX)) {
                let mut statement = select(tables, pool);
                one_of(&mut statement, tables, ids);
                statement.push(" order by p.profile_id) rows");
                texts.push(from.row(statement).await?)?;
            }
            Ok((texts, i64::MAX))
        }
        Which::Range(after, upto) => {
            let (mut at, mut n, mut read, mut size) = (after, FIRST, 0, 0);
            while at < upto {
                let mut statement = select(tables, pool);
                statement.push(" > ").bind(at).push(" and p.profile_id <= ").bind(upto);
                statement.push(" order by p.profile_id limit ").bind(n).push(") rows");
                let (more, bytes, last) = texts.push(from.row(statement).await?)?;
                if more < n {
                    return Ok((texts, upto));
                }
                at = last;
                read += more;
                size += bytes;
                if read >= MOST || size >= SIZE {
                    break;
                }
                // Few large profiles or many small ones take the same room.
                let each = i64::try_from(size).unwrap_or(i64::MAX) / read + 1;
                n = (i64::try_from(SIZE - size).unwrap_or(i64::MAX) / each).clamp(1, MOST - read);
            }
            Ok((texts, at))
        }
    }
}

/// The statement up to what is asked of `p.profile_id`.
fn select(tables: &PoolTables, pool: &Pool) -> Statement {
    let cells: Vec<String> = pool.fields.iter().map(|field| format!("p.{}", column(field))).collect();
    Statement::new(format!(
        "select string_agg(line, '') from (select concat(p.profile_id, '{UNIT}', \
         case when p.deleted_at is null then '' else '1' end, '{UNIT}', {}, '{RECORD}') as line from {} p where p.profile_id",
        together(&cells),
        tables.profiles(),
    ))
}

impl Texts {
    /// Takes an answer in: how many profiles and bytes it has, and the last id.
    fn push(&mut self, row: Option<Row>) -> Result<(i64, usize, i64)> {
        let text = row.and_then(|row| row.opt_text(0).transpose()).transpose()?.unwrap_or_default();
        let (mut n, mut last) = (0, 0);
        for line in text.split_terminator(RECORD) {
            let id = line.split(UNIT).next().and_then(|id| id.parse::<i64>().ok()).ok_or_else(broken)?;
            // An engine that aggregates in another order than it was given is not ours.
            last = last.max(id);
            n += 1;
        }
        let size = text.len();
        self.texts.push(text);
        Ok((n, size, last))
    }

    /// The profiles by ascending id.
    pub(super) fn lines(&self, pool: &Pool) -> Result<Vec<Line<'_>>> {
        let mut lines = Vec::new();
        for line in self.texts.iter().flat_map(|text| text.split_terminator(RECORD)) {
            let mut parts = line.split(UNIT);
            let id = parts.next().and_then(|id| id.parse().ok()).ok_or_else(broken)?;
            let in_bin = !parts.next().ok_or_else(broken)?.is_empty();
            let mut cells = Vec::with_capacity(pool.fields.len());
            cells.extend(parts);
            if cells.len() != pool.fields.len() {
                return Err(broken());
            }
            lines.push(Line { id, in_bin, cells });
        }
        lines.sort_unstable_by_key(|line| line.id);
        Ok(lines)
    }
}

fn broken() -> StoreError {
    StoreError::Corrupt("the cells of a profile can't be told apart".to_owned())
}
