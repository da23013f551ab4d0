//! The words by which entries are found are made anew, behind a restore.

use domain::audit::words;
use domain::search::index_text;

use crate::Store;
use crate::db::Engine;
use crate::error::Result;
use crate::search::write;
use crate::statement::Statement;

/// Entries of one transaction.
const PART: i64 = 5_000;

impl Store {
    /// Makes every log searchable, whatever stands in the index.
    ///
    /// # Errors
    /// Those of the engine; the next call begins anew.
    pub(crate) async fn index_log(&self) -> Result<()> {
        const ENTRIES: &str = "select id, actor_name, object_name, deed, address from audit_log where id > $1 order by id limit $2";
        const WORDS: &str = "insert into search_audit (entry_id, body) select * from unnest($1::bigint[], $2::text[])";
        let empty = match self.engine() {
            Engine::Sqlite => "insert into search_audit (search_audit) values ('delete-all')",
            Engine::Postgres => "truncate search_audit",
        };
        self.db().run(Statement::new(empty)).await?;
        let mut after = 0;
        loop {
            let mut tx = self.write().await?;
            let mut texts = Vec::new();
            for row in tx.rows(Statement::new(ENTRIES).arg(after).arg(PART)).await? {
                after = row.int(0)?;
                let (actor, object, deed, address) = (row.text(1)?, row.text(2)?, row.text(3)?, row.opt_text(4)?);
                texts.push((after, index_text(words(&actor, &object, &deed, address.as_deref()))));
            }
            if texts.is_empty() {
                return Ok(());
            }
            match self.engine() {
                Engine::Sqlite => tx.run(write::addition("search_audit", texts)).await?,
                Engine::Postgres => {
                    let (ids, texts): (Vec<i64>, Vec<String>) = texts.into_iter().unzip();
                    tx.run(Statement::new(WORDS).arg(ids).arg(texts)).await?
                }
            };
            tx.commit().await?;
        }
    }
}
