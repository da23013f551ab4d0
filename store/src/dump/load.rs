//! Filling an empty database: all of it in one transaction, so that a restore that is killed leaves nothing behind.

use std::collections::HashMap;

use domain::id::{ClientId, PoolId};

use super::catalogue::{self, Found, pool_of, quoted};
use super::csv::{header, next_row};
use super::fit::{check, empty};
use super::read::arg;
use super::{CellKind, Column, Contents, MARKER, Part, RestoreError, Table};
use crate::Store;
use crate::db::Engine;
use crate::dialect::types;
use crate::error::{Result, StoreError};
use crate::load::insert::MOST_VALUES;
use crate::pool_table::{PoolTables, create_schema};
use crate::statement::{Arg, Statement};
use crate::tx::Tx;

/// Bytes that are sent to PostgreSQL at once.
const PIECE: usize = 256 << 10;

pub(super) type Restored<T> = std::result::Result<T, RestoreError>;

/// A restore that has begun. Dropped before its end it leaves an empty database.
#[derive(Debug)]
pub struct Restore {
    tx: Tx,
    contents: Contents,
    /// The tables of this database, by name.
    found: HashMap<String, Found>,
    /// Rows so far, of each table.
    loaded: Vec<u64>,
    /// Whether the tables of pools stand.
    placed: bool,
}

impl Store {
    /// Begins to fill this database, which must be empty, and brings its schema as far as that of the backup is. `file`
    /// names the backup. None: that backup has been loaded before, and only [`end_restore`](Store::end_restore) is missing.
    ///
    /// # Errors
    /// What stands in the way; nothing but an empty schema has been written then.
    pub async fn begin_installation(&self, contents: &Contents, file: &str) -> Restored<Option<Restore>> {
        if let Some(begun) = self.begun_restore().await? {
            return if begun == file { Ok(None) } else { Err(RestoreError::Another) };
        }
        let known = self.newest_step()?;
        if contents.schema > known {
            return Err(RestoreError::Newer { file: contents.schema, known });
        }
        empty(&mut self.write().await?).await?;
        let database = self.last_step().await?;
        if database > contents.schema {
            return Err(RestoreError::Older { file: contents.schema, database });
        }
        self.migrate_up_to(contents.schema).await?;
        let mut tx = self.write().await?;
        if tx.engine() == Engine::Postgres {
            // Whoever else wants to found something here waits, and finds that it is no longer empty.
            tx.ddl("lock table clients, users in exclusive mode".to_owned()).await?;
        }
        let found = empty(&mut tx).await?.into_iter().map(|table| (table.name.clone(), table)).collect();
        check(contents, &found)?;
        tx.ddl(format!("create table {MARKER} (file text not null)")).await?;
        tx.run(Statement::new(format!("insert into {MARKER} (file) values ($1)")).arg(file)).await?;
        let loaded = vec![0; contents.tables.len()];
        Ok(Some(Restore { tx, contents: contents.clone(), found, loaded, placed: false }))
    }
}

impl Restore {
    /// Takes in a part. All parts of a table come behind those of the tables before it.
    ///
    /// # Errors
    /// `Unfit` when it holds something else than its table does; nothing remains then.
    pub async fn load(&mut self, part: &Part) -> Restored<()> {
        let table =
            self.contents.tables.get(part.table).cloned().ok_or_else(|| RestoreError::Unfit("a table without a name".to_owned()))?;
        if pool_of(&table.name).is_some() {
            self.place().await?;
        }
        let (head, body) = header(&part.csv);
        if head != table.header().as_bytes() {
            return Err(RestoreError::Unfit(format!("the headings of {}", table.name)));
        }
        let loaded = match self.tx.engine() {
            Engine::Sqlite => self.insert(&table, body).await,
            Engine::Postgres => self.copy(&table, body).await,
        };
        self.loaded[part.table] += loaded.map_err(|error| refused(error, &table))?;
        Ok(())
    }

    /// Ends the loading: ids go on behind the highest ever given, and files of imports are looked for where they lie now
    /// (`moved`: before, after). What is made anew comes with [`Store::end_restore`].
    ///
    /// # Errors
    /// `Unfit` when rows are missing; nothing remains then.
    pub async fn finish(mut self, moved: &[(String, String)]) -> Restored<()> {
        self.place().await?;
        for (table, loaded) in self.contents.tables.iter().zip(&self.loaded) {
            if table.rows != *loaded {
                return Err(RestoreError::Unfit(format!("{loaded} rows of {} instead of {}", table.name, table.rows)));
            }
        }
        for table in self.contents.tables.clone() {
            self.go_on_behind(&table).await?;
        }
        let has = |table: &str, column: &str| self.found.get(table).is_some_and(|table| table.columns.iter().any(|one| one.name == column));
        if has("pools", "indexed_to") {
            self.tx.run(Statement::new("update pools set indexed_to = 0")).await?;
        }
        if has("imports", "path") {
            for (before, after) in moved {
                let set = Statement::new("update imports set path = $2 where path = $1");
                self.tx.run(set.arg(before.as_str()).arg(after.as_str())).await?;
            }
        }
        Ok(self.tx.commit().await?)
    }

    /// Makes the tables of pools, once what they are made by is loaded: their clients, and the columns of the backup.
    async fn place(&mut self) -> Restored<()> {
        if std::mem::replace(&mut self.placed, true) {
            return Ok(());
        }
        let engine = self.tx.engine();
        for row in self.tx.rows(Statement::new("select id from clients order by id")).await? {
            if let Some(sql) = create_schema(engine, ClientId::new(row.int(0)?)) {
                self.tx.ddl(sql).await?;
            }
        }
        let mut wanted: HashMap<String, i64> = HashMap::new();
        for row in self.tx.rows(Statement::new("select id, client_id from pools order by id")).await? {
            let (pool, client) = (row.int(0)?, row.int(1)?);
            self.tx.ddl(PoolTables::of(engine, ClientId::new(client), PoolId::new(pool)).create_bare(&[])).await?;
            wanted.extend(["pool", "choices"].map(|kind| (format!("{kind}_{pool}"), client)));
        }
        for table in catalogue::tables(&mut self.tx).await? {
            self.found.insert(table.name.clone(), table);
        }
        for table in self.contents.tables.iter().filter(|table| pool_of(&table.name).is_some()) {
            let here = self.found.get_mut(&table.name);
            let (Some(here), true) = (here, wanted.remove(&table.name) == table.client) else {
                return Err(RestoreError::Unfit(format!("{} belongs to no pool", table.name)));
            };
            let is_missing = |column: &&Column| here.columns.iter().all(|known| known.name != column.name);
            let missing: Vec<Column> = table.columns.iter().filter(is_missing).cloned().collect();
            let mut ddl = String::new();
            for column in &missing {
                let kind = column_type(engine, column).ok_or_else(|| RestoreError::Unfit(format!("{} of {}", column.name, table.name)))?;
                ddl.push_str(&format!("alter table {} add column {} {kind};\n", here.quoted(), quoted(&column.name)));
            }
            here.columns.extend(missing);
            self.tx.ddl(ddl).await?;
        }
        match wanted.keys().min() {
            Some(missing) => Err(RestoreError::Unfit(format!("{missing} is missing"))),
            None => Ok(()),
        }
    }

    fn here(&self, table: &Table) -> Result<&Found> {
        self.found.get(&table.name).ok_or_else(|| StoreError::Corrupt(format!("no table {}", table.name)))
    }

    async fn copy(&mut self, table: &Table, body: &[u8]) -> Result<u64> {
        let sql = format!("copy {} ({}) from stdin (format csv)", self.here(table)?.quoted(), names(table));
        let Some(connection) = self.tx.postgres() else { return Ok(0) };
        let mut copy = connection.copy_in_raw(&sql).await?;
        for piece in body.chunks(PIECE) {
            copy.send(piece).await?;
        }
        Ok(copy.finish().await?)
    }

    async fn insert(&mut self, table: &Table, body: &[u8]) -> Result<u64> {
        let broken = || StoreError::Corrupt(format!("a row of {}", table.name));
        let here = self.here(table)?;
        let of_pool = pool_of(&table.name).is_some();
        let kind = |column: &Column| {
            let known = here.columns.iter().find(|known| known.name == column.name).filter(|_| !of_pool);
            known.map_or(column.kind, |known| known.kind)
        };
        let kinds: Vec<CellKind> = table.columns.iter().map(kind).collect();
        // Nobody goes on after an error, so no statement need be undone by itself.
        let head = format!("insert or fail into {} ({}) values ", here.quoted(), names(table));
        let most = (MOST_VALUES / kinds.len()).max(1);
        let (mut rest, mut cells, mut rows, mut n) = (body, Vec::new(), Vec::<Vec<Arg>>::new(), 0);
        loop {
            let more = next_row(&mut rest, &mut cells).ok_or_else(broken)?;
            if more {
                if cells.len() != kinds.len() {
                    return Err(broken());
                }
                let values = kinds.iter().zip(&cells).map(|(kind, cell)| arg(*kind, cell)).collect::<Option<Vec<_>>>();
                rows.push(values.ok_or_else(broken)?);
                n += 1;
            }
            if rows.len() == most || (!more && !rows.is_empty()) {
                let mut statement = Statement::new(head.clone());
                statement.bind_rows(Engine::Sqlite, std::mem::take(&mut rows));
                self.tx.run(statement).await?;
            }
            if !more {
                return Ok(n);
            }
        }
    }

    /// Lets the ids of a table go on behind all that were ever given.
    async fn go_on_behind(&mut self, table: &Table) -> Result<()> {
        const SEQUENCE: &str = "select c.attname::text, pg_get_serial_sequence($1, c.attname) from pg_attribute c
            where c.attrelid = to_regclass($1) and c.attidentity <> ''";
        let name = self.here(table)?.quoted();
        match self.tx.engine() {
            Engine::Sqlite => {
                let Some(last) = table.last_id else { return Ok(()) };
                const RAISE: &str = "update sqlite_sequence set seq = max(seq, $2) where name = $1";
                const BEGIN: &str = "insert into sqlite_sequence (name, seq) values ($1, $2)";
                let set = |sql: &'static str| Statement::new(sql).arg(table.name.as_str()).arg(last);
                if self.tx.run(set(RAISE)).await? == 0 {
                    self.tx.run(set(BEGIN)).await?;
                }
            }
            Engine::Postgres => {
                let Some(row) = self.tx.row(Statement::new(SEQUENCE).arg(name.as_str())).await? else { return Ok(()) };
                let (column, sequence) = (row.text(0)?, row.text(1)?);
                let highest = format!("select coalesce(max({}), 0) from {name}", quoted(&column));
                let highest = self.tx.row(Statement::new(highest)).await?.map_or(Ok(0), |row| row.int(0))?.max(table.last_id.unwrap_or(0));
                if highest > 0 {
                    self.tx.row(Statement::new("select setval(to_regclass($1), $2)").arg(sequence).arg(highest)).await?;
                }
            }
        }
        Ok(())
    }
}

/// The columns of a table, as they stand in a statement.
fn names(table: &Table) -> String {
    table.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
}

fn column_type(engine: Engine, column: &Column) -> Option<&'static str> {
    match column.kind {
        CellKind::Integer => Some(types(engine).int),
        CellKind::Boolean => Some(types(engine).bool),
        CellKind::Text => Some("text"),
        CellKind::Bytes => None,
    }
}

/// What the engine says of a row that it doesn't take.
fn refused(error: StoreError, table: &Table) -> RestoreError {
    match error {
        StoreError::Db(sqlx::Error::Database(error)) => RestoreError::Unfit(format!("{}: {error}", table.name)),
        StoreError::Corrupt(what) => RestoreError::Unfit(what),
        error => error.into(),
    }
}
