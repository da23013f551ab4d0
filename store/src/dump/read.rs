//! Reading: one moment of the database, table by table in parts, while everybody goes on.

use std::sync::Arc;

use futures::TryStreamExt;
use tokio::sync::mpsc::Sender;

use super::catalogue::{self, Found, quoted};
use super::csv::{Cell, next_row, push_json};
use super::{CellKind, Contents, Dump, Part, Table};
use crate::Store;
use crate::db::Engine;
use crate::error::{Result, StoreError};
use crate::statement::{Arg, Statement};
use crate::tx::Tx;

/// Bytes from which a part is handed on.
const PART: usize = 4 << 20;

/// Rows that SQLite joins into one text, at most and at first; and how large that text should be.
const MOST: i64 = 5_000;
const FIRST: i64 = 200;
const JOINED: usize = 1 << 20;

/// Cells in one call of SQLite's `json_array`.
const CELLS: usize = 100;

/// SQLite: the text would be longer than it makes any.
const TOO_LONG: &str = "18";

impl Store {
    /// The installation as it is at this moment. Nobody waits for it; on SQLite the write-ahead log grows as long as it
    /// is held.
    ///
    /// # Errors
    /// `Unusable` without a schema, or with one that is newer than this program.
    pub async fn dump(&self) -> Result<Dump> {
        self.restored().await?;
        let mut tx = Tx::snapshot(self.db(), Arc::clone(&self.shared.bus)).await?;
        let schema = self.schema_of(&mut tx).await?;
        let found = catalogue::tables(&mut tx).await?;
        let mut last = catalogue::last_ids(&mut tx).await?;
        let mut clients = std::collections::HashMap::new();
        if found.iter().any(|table| table.name == "pools") {
            for row in tx.rows(Statement::new("select id, client_id from pools")).await? {
                clients.insert(row.int(0)?, row.int(1)?);
            }
        }
        let mut tables = Vec::with_capacity(found.len());
        for table in &found {
            let client = match catalogue::pool_of(&table.name) {
                None => None,
                Some(pool) => {
                    Some(*clients.get(&pool).ok_or_else(|| StoreError::Corrupt(format!("the table {} belongs to no pool", table.name)))?)
                }
            };
            let count = tx.row(Statement::new(format!("select count(*) from {}", table.quoted()))).await?;
            let rows = count.map_or(Ok(0), |row| row.int(0))?.unsigned_abs();
            let last_id = last.remove(&(table.schema.clone(), table.name.clone()));
            tables.push(Table { name: table.name.clone(), client, rows, last_id, columns: table.columns.clone() });
        }
        let engine = match tx.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        Ok(Dump { contents: Contents { engine: engine.to_owned(), schema, tables }, tx, found })
    }
}

impl Dump {
    /// Where the files of imports lie, those that are gone among them.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn uploads(&mut self) -> Result<Vec<String>> {
        if !self.found.iter().any(|table| table.name == "imports") {
            return Ok(Vec::new());
        }
        let rows = self.tx.rows(Statement::new("select distinct path from imports order by path")).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// Hands over a table, by its place in [`Contents::tables`], part by part in the order of its key. Returns the number
    /// of rows. A table without rows has no parts.
    ///
    /// # Errors
    /// Those of the engine; `Corrupt` when nobody takes the parts any more.
    pub async fn table(&mut self, table: usize, out: &Sender<Part>) -> Result<u64> {
        let Some(found) = self.found.get(table).cloned() else { return Err(StoreError::NotFound) };
        let header = self.contents.tables[table].header();
        let mut parts = Parts { table, number: 0, rows: 0, total: 0, header, csv: Vec::new(), out, last: None };
        match self.tx.engine() {
            Engine::Sqlite => self.read_sqlite(&found, &mut parts).await?,
            Engine::Postgres => self.read_postgres(&found, &mut parts).await?,
        }
        parts.send().await?;
        Ok(parts.total)
    }

    /// PostgreSQL writes CSV itself.
    async fn read_postgres(&mut self, table: &Found, parts: &mut Parts<'_>) -> Result<()> {
        let cells = table.columns.iter().map(|column| {
            let name = quoted(&column.name);
            match column.kind {
                CellKind::Boolean => format!("{name}::int"),
                CellKind::Bytes => format!("'\\x' || encode({name}, 'hex')"),
                CellKind::Integer | CellKind::Text => name,
            }
        });
        let cells = cells.collect::<Vec<_>>().join(", ");
        let order = if table.key.is_empty() { String::new() } else { format!(" order by {}", key(table)) };
        let sql = format!("copy (select {cells} from {}{order}) to stdout (format csv)", table.quoted());
        let Some(connection) = self.tx.postgres() else { return Ok(()) };
        let mut lines = connection.copy_out_raw(&sql).await?;
        // A message is a row (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY).
        while let Some(line) = lines.try_next().await? {
            parts.begin();
            parts.csv.extend_from_slice(&line);
            parts.rows += 1;
            if parts.csv.len() >= PART {
                parts.send().await?;
            }
        }
        Ok(())
    }

    /// SQLite joins the cells of many rows into one text: reading them one by one takes several times as long.
    async fn read_sqlite(&mut self, table: &Found, parts: &mut Parts<'_>) -> Result<()> {
        let (mut after, mut rows): (Option<Vec<Arg>>, i64) = (None, FIRST);
        loop {
            let asked = joined(table, after.take(), rows);
            let row = match self.tx.row(asked).await {
                Err(StoreError::Db(sqlx::Error::Database(error))) if rows > 1 && error.code().is_some_and(|code| code == TOO_LONG) => {
                    rows = (rows / 8).max(1);
                    after = parts.last.clone();
                    continue;
                }
                row => row?,
            };
            let Some(row) = row else { return Ok(()) };
            let n = row.int(0)?;
            if n == 0 {
                return Ok(());
            }
            let text = row.text(1)?;
            let mut line = "";
            for one in text.split('\n') {
                parts.begin();
                push_json(&mut parts.csv, one.as_bytes())?;
                line = one;
            }
            parts.rows += n.unsigned_abs();
            if n < rows || table.key.is_empty() {
                return Ok(());
            }
            parts.last = Some(key_of(table, line)?);
            after = parts.last.clone();
            if parts.csv.len() >= PART {
                parts.send().await?;
            }
            let each = i64::try_from(text.len()).unwrap_or(i64::MAX) / n + 1;
            rows = (i64::try_from(JOINED).unwrap_or(i64::MAX) / each).clamp(1, MOST);
        }
    }
}

/// The next rows behind a key: how many, and their cells as a line of JSON each.
fn joined(table: &Found, after: Option<Vec<Arg>>, rows: i64) -> Statement {
    let cell = |column: &super::Column| {
        let name = quoted(&column.name);
        match column.kind {
            CellKind::Bytes => format!("case when {name} is null then null else '\\x' || lower(hex({name})) end"),
            CellKind::Boolean | CellKind::Integer | CellKind::Text => name,
        }
    };
    let array = |columns: &[super::Column]| format!("json_array({})", columns.iter().map(cell).collect::<Vec<_>>().join(", "));
    let line = table.columns.chunks(CELLS).map(array).collect::<Vec<_>>().join(" || ");
    let mut asked =
        Statement::new(format!("select count(*), group_concat(line, char(10)) from (select {line} as line from {}", table.quoted()));
    if table.key.is_empty() {
        asked.push(")");
        return asked;
    }
    if let Some(after) = after {
        asked.push(&format!(" where ({}) > (", key(table)));
        for (n, value) in after.into_iter().enumerate() {
            asked.push(if n == 0 { "" } else { ", " }).bind(value);
        }
        asked.push(")");
    }
    asked.push(&format!(" order by {} limit ", key(table))).bind(rows).push(")");
    asked
}

/// The columns of the key.
fn key(table: &Found) -> String {
    table.key.iter().map(|column| quoted(&table.columns[*column].name)).collect::<Vec<_>>().join(", ")
}

/// The key of a line.
fn key_of(table: &Found, line: &str) -> Result<Vec<Arg>> {
    let mut csv = Vec::with_capacity(line.len() + 8);
    push_json(&mut csv, line.as_bytes())?;
    let (mut rest, mut cells) = (csv.as_slice(), Vec::new());
    next_row(&mut rest, &mut cells);
    let cell = |column: &usize| {
        let read = cells.get(*column).and_then(|cell| arg(table.columns[*column].kind, cell));
        read.ok_or_else(|| StoreError::Corrupt(format!("the key of a row of {}", table.name)))
    };
    table.key.iter().map(cell).collect()
}

/// A cell as SQLite takes it; none when it is not of this kind.
pub(super) fn arg(kind: CellKind, cell: &Cell<'_>) -> Option<Arg> {
    let text = match cell {
        Some(cell) => Some(std::str::from_utf8(cell).ok()?),
        None => None,
    };
    Some(match kind {
        CellKind::Text => Arg::Text(text.map(str::to_owned)),
        CellKind::Integer => Arg::Int(text.map(str::parse).transpose().ok()?),
        CellKind::Boolean => Arg::Int(match text {
            None => None,
            Some("0") => Some(0),
            Some("1") => Some(1),
            Some(_) => return None,
        }),
        CellKind::Bytes => Arg::Bytes(match text {
            None => None,
            Some(text) => Some(unhex(text.strip_prefix("\\x")?)?),
        }),
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| if pair.len() == 2 { u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok() } else { None }).collect()
}

/// The parts of a table.
struct Parts<'a> {
    table: usize,
    number: u32,
    rows: u64,
    total: u64,
    header: String,
    csv: Vec<u8>,
    out: &'a Sender<Part>,
    /// The key of the last row, on SQLite.
    last: Option<Vec<Arg>>,
}

impl Parts<'_> {
    /// Puts the headings in front of the first row of a part.
    fn begin(&mut self) {
        if self.csv.is_empty() {
            self.csv.reserve(PART + PART / 2);
            self.csv.extend_from_slice(self.header.as_bytes());
            self.csv.push(b'\n');
        }
    }

    async fn send(&mut self) -> Result<()> {
        if self.csv.is_empty() {
            return Ok(());
        }
        self.number += 1;
        self.total += self.rows;
        let (rows, csv) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.csv));
        let part = Part { table: self.table, number: self.number, rows, csv };
        self.out.send(part).await.map_err(|_| StoreError::Corrupt("nobody takes the parts of a backup".to_owned()))
    }
}
