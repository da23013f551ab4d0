//! What has happened to a profile: one line for each change, never overwritten.
//!
//! A profile that an import made has no line of its own for that: the profile names its import,
//! and the line is put together when it is read.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::field::{FieldDef, FieldKind};
use domain::history::{Action, Actor, FieldChange, HistoryLine};
use domain::id::{ClientId, ImportId, PoolId, ProfileId};
use domain::pool::Pool;
use domain::time::Millis;
use domain::value::{Value, plain};

use crate::error::{Result, StoreError};
use crate::pool_table::PoolTables;
use crate::profiles::read::owned;
use crate::search::candidates::signed;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

/// Writes a line.
pub(crate) async fn write(
    tx: &mut Tx,
    client: ClientId,
    pool: PoolId,
    profile: ProfileId,
    now: Millis,
    actor: &Actor,
    action: Action,
    changes: &[FieldChange],
) -> Result<()> {
    const SQL: &str = "insert into history (client_id, pool_id, profile_id, at, actor_kind, actor_id, action, changes) \
                       values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let changes = serde_json::to_string(changes).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let statement = Statement::new(SQL)
        .arg(client.get())
        .arg(pool.get())
        .arg(profile.get())
        .arg(now.get())
        .arg(actor.kind())
        .arg(actor.id())
        .arg(action.code())
        .arg(changes);
    tx.run(statement).await?;
    Ok(())
}

/// Writes the same line, without changed fields, for many profiles.
pub(crate) async fn write_many(
    tx: &mut Tx,
    client: ClientId,
    pool: PoolId,
    profiles: &[i64],
    now: Millis,
    actor: &Actor,
    action: Action,
) -> Result<()> {
    let lines = profiles.iter().map(|profile| (*profile, "[]".to_owned())).collect();
    write_lines(tx, client, pool, lines, None, now, actor, action).await
}

/// Writes lines of the same action; each profile with the JSON of its changes. Those of a batch can be undone together.
pub(crate) async fn write_lines(
    tx: &mut Tx,
    client: ClientId,
    pool: PoolId,
    lines: Vec<(i64, String)>,
    batch: Option<i64>,
    now: Millis,
    actor: &Actor,
    action: Action,
) -> Result<()> {
    const INTO: &str = "insert into history (client_id, pool_id, profile_id, at, actor_kind, actor_id, action, batch_id, changes) values ";
    /// Lines in one statement.
    const CHUNK: usize = 1_000;
    let mut lines = lines.into_iter().peekable();
    while lines.peek().is_some() {
        let mut statement =
            Statement::new(INTO).arg(client).arg(pool).arg(now).arg(actor.kind()).arg(actor.id()).arg(action.code()).arg(batch);
        for (n, (profile, changes)) in lines.by_ref().take(CHUNK).enumerate() {
            statement.push(if n == 0 { "($1, $2, " } else { ", ($1, $2, " });
            statement.bind(profile).push(", $3, $4, $5, $6, $7, ").bind(changes).push(")");
        }
        tx.run(statement).await?;
    }
    Ok(())
}

impl Store {
    /// The lines of a profile's history, newest first, at most `limit`, only those before the line
    /// with the number `before` if given. Also for a profile in the bin.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's or the profile is out of reach.
    pub async fn history(
        &self,
        reach: &Reach,
        pool: &Pool,
        profile: ProfileId,
        limit: u64,
        before: Option<Millis>,
    ) -> Result<Vec<HistoryLine>> {
        let client = reach.client();
        owned(client, pool)?;
        self.state(client, pool.id).await?;
        if self.reached(reach, pool, vec![profile]).await?.is_empty() {
            return Err(StoreError::NotFound);
        }
        const SQL: &str = "select at, actor_kind, actor_id, action, changes, id from history \
                           where client_id = $1 and pool_id = $2 and profile_id = $3 and at < $4 \
                           order by id desc limit $5";
        let before = before.map_or(i64::MAX, Millis::get);
        let statement = Statement::new(SQL).arg(client.get()).arg(pool.id.get()).arg(profile.get()).arg(before).arg(signed(limit));
        let mut lines = Vec::new();
        for row in self.db().rows(statement).await? {
            let (action, changes) = (row.text(3)?, row.text(4)?);
            lines.push(HistoryLine {
                id: Some(row.int(5)?),
                at: Millis::new(row.int(0)?),
                actor: Actor::from_parts(&row.text(1)?, row.opt_int(2)?),
                actor_name: String::new(),
                action: Action::from_code(&action).ok_or(StoreError::Corrupt(action))?,
                changes: serde_json::from_str(&changes).map_err(|error| StoreError::Corrupt(error.to_string()))?,
            });
        }
        if (lines.len() as u64) < limit {
            lines.extend(self.made_by_import(pool, profile).await?.filter(|line| line.at.get() < before));
        }
        lines.iter_mut().for_each(|line| line.changes.retain(|change| pool.tells_of(&change.key)));
        self.put_into_words(pool, &mut lines).await?;
        self.name_actors(client, &mut lines).await?;
        Ok(lines)
    }

    /// What stood in a field before a line of its profile's history changed it. A value from before a conversion of the field
    /// is the words that stood there.
    ///
    /// # Errors
    /// `NotFound` when there is no such line or it did not change the field, the profile is out of reach, or `pool` does not
    /// tell of the field.
    pub async fn value_before(&self, reach: &Reach, pool: &Pool, profile: ProfileId, line: i64, key: &str) -> Result<Option<Value>> {
        const SQL: &str = "select at, changes from history where client_id = $1 and pool_id = $2 and profile_id = $3 and id = $4";
        let client = reach.client();
        owned(client, pool)?;
        self.profile(reach, pool, profile).await?;
        let row = self.db().row(Statement::new(SQL).arg(client).arg(pool.id).arg(profile).arg(line)).await?.ok_or(StoreError::NotFound)?;
        let changes: Vec<FieldChange> = serde_json::from_str(&row.text(1)?).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let changes = changes.into_iter().filter(|change| change.key == key && pool.tells_of(&change.key)).collect();
        let mut lines = [HistoryLine {
            id: Some(line),
            at: Millis::new(row.int(0)?),
            actor: Actor::System,
            actor_name: String::new(),
            action: Action::Edited,
            changes,
        }];
        self.put_into_words(pool, &mut lines).await?;
        let [line] = lines;
        line.changes.into_iter().next().map(|change| change.before).ok_or(StoreError::NotFound)
    }

    /// Values from before a conversion of their field have another form: they become the words that stood there.
    async fn put_into_words(&self, pool: &Pool, lines: &mut [HistoryLine]) -> Result<()> {
        const SQL: &str = "select field_id, from_kind, swapped_at from conversions
            where client_id = $1 and pool_id = $2 and swapped_at is not null order by id";
        if !pool.fields.iter().any(|field| field.column.is_some()) {
            return Ok(());
        }
        let mut conversions = Vec::new();
        for row in self.db().rows(Statement::new(SQL).arg(pool.client).arg(pool.id)).await? {
            conversions.push((row.int(0)?, FieldKind::from_code(&row.text(1)?), row.int(2)?));
        }
        for line in lines {
            for change in &mut line.changes {
                let Some(field) = pool.field(&change.key) else { continue };
                let next = conversions.iter().find(|(id, _, at)| *id == field.id.get() && *at >= line.at.get());
                let Some(kind) = next.and_then(|(_, kind, _)| *kind).filter(|kind| *kind != field.kind) else { continue };
                let then = FieldDef { kind, ..field.clone() };
                for value in [&mut change.before, &mut change.after] {
                    *value = value.take().map(|value| Value::Text(plain(&then, &value)));
                }
            }
        }
        Ok(())
    }

    /// The line of a profile that an import made.
    async fn made_by_import(&self, pool: &Pool, profile: ProfileId) -> Result<Option<HistoryLine>> {
        let sql = format!(
            "select entered_at, created_import from {} where profile_id = $1 and created_import is not null",
            PoolTables::of(self.engine(), pool.client, pool.id).profiles()
        );
        let Some(row) = self.db().row(Statement::new(sql).arg(profile.get())).await? else { return Ok(None) };
        Ok(Some(HistoryLine {
            id: None,
            at: Millis::new(row.int(0)?),
            actor: Actor::Import(ImportId::new(row.int(1)?)),
            actor_name: String::new(),
            action: Action::Imported,
            changes: Vec::new(),
        }))
    }

    async fn name_actors(&self, client: ClientId, lines: &mut [HistoryLine]) -> Result<()> {
        let mut names: HashMap<(&'static str, i64), String> = HashMap::new();
        for line in lines {
            let Some(id) = line.actor.id() else { continue };
            let known = (line.actor.kind(), id);
            if let Entry::Vacant(unknown) = names.entry(known) {
                unknown.insert(self.actor_name(client, line.actor).await?);
            }
            line.actor_name = names.get(&known).cloned().unwrap_or_default();
        }
        Ok(())
    }

    /// The name to show for an actor; empty for the program itself and for whom nobody knows any more.
    pub(crate) async fn actor_name(&self, client: ClientId, actor: Actor) -> Result<String> {
        let (Some(id), Some(sql)) = (actor.id(), name_of(actor.kind())) else { return Ok(String::new()) };
        let row = self.db().row(Statement::new(sql).arg(client.get()).arg(id)).await?;
        row.map_or(Ok(String::new()), |row| row.text(0))
    }
}

/// The statement that names an actor of this kind.
fn name_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "user" => "select u.name from users u join memberships m on m.user_id = u.id where m.client_id = $1 and u.id = $2",
        "api" => "select name from api_tokens where client_id = $1 and id = $2",
        "import" => "select file_name from imports where client_id = $1 and id = $2",
        _ => return None,
    })
}
