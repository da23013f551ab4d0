//! Everything that a database holds of one client, to be compared byte by byte.

use std::collections::BTreeMap;

use domain::id::ClientId;
use sqlx::{Connection, PgConnection, SqliteConnection};

use super::TestDatabase;
use crate::db::Engine;
use crate::error::Result;
use crate::exec;
use crate::row::Row;
use crate::statement::Statement;

/// Each table with its columns, in words that both engines share: the schema, the table, the columns behind each other.
const SQLITE: &str = "select '', t.name, group_concat(c.name, ',')
    from pragma_table_list t, pragma_table_info(t.name) c
    where t.schema = 'main' and t.type in ('table', 'shadow') and t.name not like 'sqlite%' and t.name not like '\\_sqlx%' escape '\\'
    group by t.name";
const POSTGRES: &str = "select table_schema::text, table_name::text, string_agg(column_name::text, ',' order by ordinal_position)
    from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema') and table_name not like '\\_sqlx%' and is_generated = 'NEVER'
    group by table_schema, table_name";

/// Tables whose rows belong to nobody: what was tried and asked at the door, and the index over everybody's audit log.
const NOBODYS: [&str; 4] = ["sign_in_attempts", "begun_sign_ins", "passkey_ceremonies", "search_audit"];

/// Columns that may change by themselves: when a token was last used, how far the index of the log is.
const PASSING: [&str; 2] = ["last_used_at", "behind"];

impl TestDatabase {
    /// Every row of every table that belongs to the client, as text, by the name of the table.
    ///
    /// # Errors
    /// Those of the engine.
    ///
    /// # Panics
    /// A table that doesn't tell whose its rows are: by a column `client_id`, `chain` or `user_id`, or by its name.
    pub async fn dump(&self, client: ClientId) -> Result<BTreeMap<String, Vec<String>>> {
        let pools: Vec<String> = self
            .rows(Statement::new("select cast(id as text) from pools where client_id = $1").arg(client))
            .await?
            .iter()
            .map(|row| row.text(0))
            .collect::<Result<_>>()?;
        let tables = match self.engine {
            Engine::Sqlite => SQLITE,
            Engine::Postgres => POSTGRES,
        };
        let mut dump = BTreeMap::new();
        for row in self.rows(Statement::new(tables)).await? {
            let (schema, table, columns) = (row.text(0)?, row.text(1)?, row.text(2)?);
            let columns: Vec<&str> = columns.split(',').filter(|column| !PASSING.contains(column)).collect();
            let Some(which) = whose(&schema, &table, &columns, client, &pools) else { continue };
            let name = if schema.is_empty() { table } else { format!("\"{schema}\".\"{table}\"") };
            let cell = |column: &&str| match self.engine {
                Engine::Sqlite => format!("quote(\"{column}\")"),
                Engine::Postgres => format!("coalesce(\"{column}\"::text, '-')"),
            };
            let cells = columns.iter().map(cell).collect::<Vec<_>>().join(" || '|' || ");
            let rows = self.rows(Statement::new(format!("select {cells} from {name} where {which}"))).await?;
            let mut rows = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>>>()?;
            rows.sort_unstable();
            dump.insert(name, rows);
        }
        Ok(dump)
    }

    /// The whole numbers in the first row of an answer, for what no method of the store tells.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn numbers<const N: usize>(&self, sql: &str) -> Result<[i64; N]> {
        let mut numbers = [0; N];
        if let Some(row) = self.rows(Statement::new(sql.to_owned())).await?.first() {
            for (column, number) in numbers.iter_mut().enumerate() {
                *number = row.int(column)?;
            }
        }
        Ok(numbers)
    }

    async fn rows(&self, asked: Statement) -> Result<Vec<Row>> {
        match self.engine {
            Engine::Sqlite => {
                let mut connection = SqliteConnection::connect(&self.url).await?;
                let rows = exec::rows(&mut connection, asked).await?;
                connection.close().await?;
                Ok(rows)
            }
            Engine::Postgres => {
                let mut connection = PgConnection::connect(&self.url).await?;
                let rows = exec::rows(&mut connection, asked).await?;
                connection.close().await?;
                Ok(rows)
            }
        }
    }
}

/// Which rows of a table are the client's; nothing where none can be.
fn whose(schema: &str, table: &str, columns: &[&str], client: ClientId, pools: &[String]) -> Option<String> {
    let members = format!("(select user_id from memberships where client_id = {client})");
    if schema.starts_with("client_") {
        return (schema == format!("client_{client}")).then(|| "true".to_owned());
    }
    if columns.contains(&"client_id") {
        // What the worker tidies up by itself is a job too.
        let own = if table == "jobs" { " and kind <> 'purge'" } else { "" };
        return Some(format!("client_id = {client}{own}"));
    }
    if columns.contains(&"chain") {
        return Some(format!("chain = {client}"));
    }
    if columns.contains(&"user_id") {
        return Some(format!("user_id in {members}"));
    }
    match table {
        "clients" => return Some(format!("id = {client}")),
        "users" => return Some(format!("id in {members}")),
        _ if NOBODYS.iter().any(|one| table.starts_with(one)) => return None,
        _ => {}
    }
    // The tables of a pool bear its number: `pool_7`, `search_7_data`.
    let number = table.split('_').find(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let number = number.unwrap_or_else(|| panic!("whose are the rows of {table}? Please say so in store::testing::dump."));
    pools.iter().any(|pool| pool == number).then(|| "true".to_owned())
}
