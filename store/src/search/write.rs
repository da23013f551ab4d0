//! Keeping the search tables in step with the profiles, within the same transaction.

use serde_json::Value as Json;

use crate::db::Engine;
use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::read::one_of;
use crate::statement::Statement;
use crate::tx::Tx;

/// Puts in texts of profiles that are not in this search table yet.
pub(crate) async fn add(tx: &mut Tx, table: &PoolTables, name: &str, texts: Vec<(i64, String)>) -> Result<()> {
    match table.engine() {
        Engine::Sqlite => {
            tx.run(addition(name, texts)).await?;
        }
        Engine::Postgres => {
            let (ids, texts): (Vec<i64>, Vec<String>) = texts.into_iter().unzip();
            let sql = format!(
                "insert into {name} (profile_id, body) select * from unnest($1::bigint[], $2::text[]) \
                 on conflict (profile_id) do update set body = excluded.body"
            );
            tx.run(Statement::new(sql).arg(ids).arg(texts)).await?;
        }
    }
    Ok(())
}

/// SQLite: the statement that puts in texts, however many. Before each statement that could be undone by itself the index
/// writes to the disk what it has gathered in memory, so a thousand statements are much slower than one; and there is no
/// limit to the length of the one value that they all come in, as there is to the number of values.
pub(crate) fn addition(name: &str, texts: Vec<(i64, String)>) -> Statement {
    // Not a map: it must stay in the order of the ids.
    let by_id: Vec<String> = texts.into_iter().map(|(id, text)| format!("\"{id}\":{}", Json::String(text))).collect();
    Statement::new(format!("insert into {name} (rowid, body) select cast(key as integer), value from json_each($1)"))
        .arg(format!("{{{}}}", by_id.join(",")))
}

/// Takes profiles out.
pub(crate) async fn remove(tx: &mut Tx, table: &PoolTables, name: &str, ids: &[i64]) -> Result<()> {
    let column = match table.engine() {
        Engine::Sqlite => "rowid",
        Engine::Postgres => "profile_id",
    };
    let mut statement = Statement::new(format!("delete from {name} where {column}"));
    one_of(&mut statement, table, ids);
    tx.run(statement).await?;
    Ok(())
}

/// Exchanges the texts of profiles that are there.
pub(crate) async fn replace(tx: &mut Tx, table: &PoolTables, name: &str, texts: Vec<(i64, String)>) -> Result<()> {
    if texts.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = texts.iter().map(|(id, _)| *id).collect();
    remove(tx, table, name, &ids).await?;
    add(tx, table, name, texts).await
}
