//! Profiles of a list as rows of chosen fields, for files: read as fast as the database gives them.
//!
//! The engine itself puts the cells of many rows into one text, which comes as one value: reading them one by one takes
//! longer than writing the file.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use domain::export::Cell;
use domain::field::{FieldDef, SqlType};
use domain::id::{OptionId, ProfileId};
use domain::lang::Lang;
use domain::list::{ListQuery, Part};
use domain::pool::Pool;
use domain::value::Value;
use futures::stream::{self, Stream};
use tokio::sync::mpsc;

use crate::error::{Result, StoreError};
use crate::pool_table::{PoolTables, column};
use crate::profiles::read::one_of;
use crate::statement::Statement;
use crate::{Reach, Store};

/// Between two cells and behind a row. No stored text has one of them: control characters are taken away when a value is
/// read, line breaks and tabs of long texts excepted (`domain::text`).
pub(crate) const UNIT: char = '\u{1f}';
pub(crate) const RECORD: char = '\u{1e}';

/// Profiles of the first part; how many come then depends on how large they are.
const FIRST: usize = 32;
/// The most profiles of a part.
const MOST: usize = 4_096;
/// How large a part should be, in bytes.
pub(crate) const SIZE: usize = 1 << 20;

/// So many columns are put together by one call: PostgreSQL takes at most a hundred arguments.
const TOGETHER: usize = 40;

/// Some rows of a list.
#[derive(Clone, Debug)]
pub struct Rows {
    text: String,
    /// In the order of the list.
    lines: Vec<(ProfileId, Range<usize>)>,
    kinds: Arc<[SqlType]>,
    /// How many profiles of the list are read by now, those that have gone meanwhile included.
    pub done: u64,
    /// How many profiles the list had at the beginning.
    pub total: u64,
}

impl Rows {
    /// One row after the other.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.lines.iter().map(|(id, line)| Row { id: *id, text: &self.text[line.clone()], kinds: &self.kinds })
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// A profile with the chosen fields.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Whose.
    pub id: ProfileId,
    text: &'a str,
    kinds: &'a [SqlType],
}

impl<'a> Row<'a> {
    /// Puts the cells into a list that has held those of another row.
    ///
    /// # Errors
    /// `Corrupt` when there are more or fewer than fields, or one is not of its type.
    pub fn read_into(&self, cells: &mut Vec<Cell<'a>>) -> Result<()> {
        cells.clear();
        if self.kinds.is_empty() {
            return Ok(());
        }
        let mut parts = self.text.split(UNIT);
        for kind in self.kinds {
            let part = parts.next().ok_or_else(|| self.broken())?;
            cells.push(self.cell(*kind, part)?);
        }
        if parts.next().is_some() { Err(self.broken()) } else { Ok(()) }
    }

    fn cell(&self, kind: SqlType, part: &'a str) -> Result<Cell<'a>> {
        if part.is_empty() {
            return Ok(Cell::Empty);
        }
        Ok(match kind {
            SqlType::Text => Cell::Text(part),
            SqlType::Integer => Cell::Value(Value::Int(part.parse().map_err(|_| self.broken())?)),
            // SQLite says 1, PostgreSQL t.
            SqlType::Boolean => Cell::Value(Value::Bool(matches!(part, "1" | "t"))),
            SqlType::Set => {
                let options: Vec<OptionId> = part.split('|').filter_map(|id| id.parse().ok()).collect();
                if options.is_empty() { Cell::Empty } else { Cell::Value(Value::Set(options)) }
            }
        })
    }

    fn broken(&self) -> StoreError {
        StoreError::Corrupt(format!("the cells of profile {} can't be told apart", self.id))
    }
}

impl Store {
    /// The profiles of a list, or some of them, in its order, with these fields, part by part. Which profiles these are is
    /// settled at the beginning (8 bytes each); one that is deleted or leaves the reach meanwhile is left out. The next
    /// part is read while one is worked on.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's; `Corrupt` for values that no field can have.
    pub fn stream_rows(
        &self,
        reach: Reach,
        pool: Pool,
        query: ListQuery,
        part: Part,
        fields: Vec<FieldDef>,
        lang: Lang,
    ) -> impl Stream<Item = Result<Rows>> + Send + 'static + use<> {
        let (sender, mut receiver) = mpsc::channel(1);
        let store = self.clone();
        let reader = Reader { kinds: fields.iter().map(|field| field.kind.sql()).collect(), store, reach, pool, fields };
        tokio::spawn(async move {
            if let Err(error) = reader.run(query, part, lang, &sender).await {
                // Nobody listens any more: then nobody needs to know.
                let _ = sender.send(Err(error)).await;
            }
        });
        stream::poll_fn(move |context| receiver.poll_recv(context))
    }
}

/// Reads part after part.
struct Reader {
    store: Store,
    reach: Reach,
    pool: Pool,
    fields: Vec<FieldDef>,
    kinds: Arc<[SqlType]>,
}

impl Reader {
    async fn run(&self, query: ListQuery, part: Part, lang: Lang, sender: &mpsc::Sender<Result<Rows>>) -> Result<()> {
        let ids = self.store.ids_of(&self.reach, &self.pool, query, &part, lang).await?;
        let (mut at, mut n) = (0, FIRST);
        while at < ids.len() {
            let to = ids.len().min(at + n);
            let mut rows = self.read(&ids[at..to]).await?;
            (rows.done, rows.total) = (to as u64, ids.len() as u64);
            // Few large profiles or many small ones take the same room.
            let each = (rows.text.len() / rows.len().max(1)).max(1);
            n = (SIZE / each).clamp(1, MOST).min(n * 4);
            if sender.send(Ok(rows)).await.is_err() {
                return Ok(());
            }
            at = to;
        }
        Ok(())
    }

    async fn read(&self, ids: &[i64]) -> Result<Rows> {
        let row = self.store.db().row(self.statement(ids)).await?;
        let text = row.and_then(|row| row.opt_text(0).transpose()).transpose()?.unwrap_or_default();
        let mut found = HashMap::with_capacity(ids.len());
        let mut begin = 0;
        for line in text.split_terminator(RECORD) {
            let cells = line.find(UNIT).ok_or_else(|| StoreError::Corrupt("a row without an id".to_owned()))?;
            let id: i64 = line[..cells].parse().map_err(|_| StoreError::Corrupt("a row without an id".to_owned()))?;
            found.insert(id, begin + cells + UNIT.len_utf8()..begin + line.len());
            begin += line.len() + RECORD.len_utf8();
        }
        let lines = ids.iter().filter_map(|id| found.remove(id).map(|line| (ProfileId::new(*id), line))).collect();
        Ok(Rows { text, lines, kinds: self.kinds.clone(), done: 0, total: 0 })
    }

    fn statement(&self, ids: &[i64]) -> Statement {
        let table = PoolTables::of(self.store.engine(), self.pool.client, self.pool.id);
        let cells = self.fields.iter().map(|field| format!("p.{}", column(field))).collect::<Vec<_>>();
        let mut statement = Statement::new(format!(
            "select string_agg(line, '') from (select concat(p.profile_id, '{UNIT}', {}, '{RECORD}') as line from {} p \
             where p.deleted_at is null and p.profile_id",
            together(&cells),
            table.profiles(),
        ));
        one_of(&mut statement, &table, ids);
        self.reach.narrow(&mut statement, self.store.engine(), &self.pool);
        statement.push(") rows");
        statement
    }
}

/// All cells in one text, empty ones as nothing.
pub(crate) fn together(cells: &[String]) -> String {
    let between = format!(", '{UNIT}', ");
    let groups: Vec<String> = cells.chunks(TOGETHER).map(|cells| format!("concat('', {})", cells.join(&between))).collect();
    if groups.is_empty() { "''".to_owned() } else { groups.join(&between) }
}
