//! Keeping the search tables in step with the profiles, within the same transaction.

use crate::db::Engine;
use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::read::one_of;
use crate::statement::Statement;
use crate::tx::Tx;

/// Texts in one statement; always as many as possible, so that the statement is prepared once.
const CHUNK: usize = 500;

/// Puts in texts of profiles that are not in this search table yet.
pub(crate) async fn add(tx: &mut Tx, table: &PoolTables, name: &str, texts: Vec<(i64, String)>) -> Result<()> {
    match table.engine() {
        Engine::Sqlite => {
            for statement in additions(name, texts) {
                tx.run(statement).await?;
            }
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

/// SQLite: the statements that put in texts.
pub(crate) fn additions(name: &str, texts: Vec<(i64, String)>) -> impl Iterator<Item = Statement> {
    let mut texts = texts.into_iter().peekable();
    std::iter::from_fn(move || {
        texts.peek()?;
        let mut statement = Statement::new(format!("insert into {name} (rowid, body) values "));
        statement.bind_rows(Engine::Sqlite, texts.by_ref().take(CHUNK).map(|(id, text)| [id.into(), text.into()]));
        Some(statement)
    })
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
