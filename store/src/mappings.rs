//! Mappings of imports that are kept under a name: for all who import into a pool, each saving a version of its own.

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::id::{ClientId, MappingId, PoolId, UserId};
use domain::import::{Mapping, Reading, Rules, fingerprint};
use domain::problem::Problem;
use domain::text::Name;
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::error::{Result, StoreError, refused};
use crate::imports::{from_json, json as to_json};
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMapping {
    /// How files of this kind are read; none: as recognised.
    pub reading: Option<Reading>,
    /// The headings of the file for which it was made, a column each.
    pub headings: Vec<String>,
    /// Which column goes where.
    pub mapping: Mapping,
    /// How rows are taken over. That permissions may rise is chosen for each import anew: it is not kept.
    pub rules: Rules,
}

/// A version of a kept mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedMapping {
    /// Its id.
    pub id: MappingId,
    /// What people call it.
    pub name: String,
    /// The number of the version, from 1.
    pub version: i64,
    /// The number of the newest one.
    pub newest: i64,
    /// What is kept.
    pub kept: NewMapping,
    /// Known again by this: [`fingerprint`] of the headings.
    pub fingerprint: String,
    /// Who saved the version; none: a program.
    pub user: Option<UserId>,
    /// When.
    pub saved_at: Millis,
}

const COLUMNS: &str =
    "m.id, m.name, v.version, m.version, v.reading, v.headings, v.mapping, v.rules, v.fingerprint, v.user_id, v.created_at
    from mappings m join mapping_versions v on v.mapping_id = m.id";

impl Store {
    /// The kept mappings of a pool in their newest versions, by name.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn mappings(&self, client: ClientId, pool: PoolId) -> Result<Vec<SavedMapping>> {
        let sql = format!("select {COLUMNS} and v.version = m.version where m.client_id = $1 and m.pool_id = $2 order by m.name, m.id");
        let rows = self.db().rows(Statement::new(sql).arg(client).arg(pool)).await?;
        rows.iter().map(read).collect()
    }

    /// All versions of one, the newest first.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn mapping_versions(&self, client: ClientId, pool: PoolId, id: MappingId) -> Result<Vec<SavedMapping>> {
        let sql = format!("select {COLUMNS} where m.client_id = $1 and m.pool_id = $2 and m.id = $3 order by v.version desc");
        let rows = self.db().rows(Statement::new(sql).arg(client).arg(pool).arg(id)).await?;
        if rows.is_empty() { Err(StoreError::NotFound) } else { rows.iter().map(read).collect() }
    }

    /// A version of one; without a number the newest.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn mapping(&self, client: ClientId, pool: PoolId, id: MappingId, version: Option<i64>) -> Result<SavedMapping> {
        let sql = format!(
            "select {COLUMNS} and v.version = coalesce(cast($4 as bigint), m.version)
            where m.client_id = $1 and m.pool_id = $2 and m.id = $3"
        );
        let row = self.db().row(Statement::new(sql).arg(client).arg(pool).arg(id).arg(version)).await?;
        read(&row.ok_or(StoreError::NotFound)?)
    }

    /// The newest version of the one with this name, else with this id.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn find_mapping(&self, client: ClientId, pool: PoolId, named: &str) -> Result<SavedMapping> {
        let all = self.mappings(client, pool).await?;
        let id = named.parse().ok();
        let found = all.iter().find(|one| one.name == named.trim()).or_else(|| all.iter().find(|one| Some(one.id) == id));
        found.cloned().ok_or(StoreError::NotFound)
    }

    /// Keeps a mapping under a name; where the pool has one of this name, as its next version. Returns its id and version.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn save_mapping(
        &self,
        client: ClientId,
        pool: PoolId,
        name: &Name,
        new: &NewMapping,
        wish: impl Into<Wish>,
    ) -> Result<(MappingId, i64)> {
        const NAMED: &str = "insert into mappings (client_id, pool_id, name, version)
            select client_id, id, $3, 1 from pools where client_id = $1 and id = $2 and deleted_at is null
            on conflict (pool_id, name) do update set version = mappings.version + 1
            returning id, version";
        const VERSION: &str = "insert into mapping_versions
                (mapping_id, version, client_id, reading, mapping, headings, fingerprint, rules, user_id, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let wish = wish.into();
        let mut tx = self.write().await?;
        let row = tx.row(Statement::new(NAMED).arg(client).arg(pool).arg(name.as_str())).await?.ok_or(StoreError::NotFound)?;
        let (id, version) = (MappingId::new(row.int(0)?), row.int(1)?);
        let statement = Statement::new(VERSION)
            .arg(id)
            .arg(version)
            .arg(client)
            .arg(to_json(&new.reading)?)
            .arg(to_json(&new.mapping)?)
            .arg(to_json(&new.headings)?)
            .arg(fingerprint(&new.headings))
            .arg(to_json(&Rules { consent: None, ..new.rules.clone() })?)
            .arg(wish.user)
            .arg(wish.now);
        tx.run(statement).await?;
        let object = Object::new(ObjectKind::Mapping, id.get(), name.as_str()).within(pool);
        tx.audit(client, &wish, Note::new(Deed::MappingSaved, object).after(json!({ "version": version })));
        tx.commit().await?;
        Ok((id, version))
    }

    /// Gives one another name.
    ///
    /// # Errors
    /// `NotFound`; `Invalid`: `Taken` when the pool has one of this name.
    pub async fn rename_mapping(&self, client: ClientId, pool: PoolId, id: MappingId, name: &Name, wish: impl Into<Wish>) -> Result<()> {
        const TAKEN: &str = "select id from mappings where client_id = $1 and pool_id = $2 and name = $3 and id <> $4";
        let wish = wish.into();
        let mut tx = self.write().await?;
        let was = tx.mapping_name(client, pool, id).await?;
        if tx.row(Statement::new(TAKEN).arg(client).arg(pool).arg(name.as_str()).arg(id)).await?.is_some() {
            return Err(refused("name", Problem::Taken));
        }
        tx.run(Statement::new("update mappings set name = $3 where client_id = $1 and id = $2").arg(client).arg(id).arg(name.as_str()))
            .await?;
        let object = Object::new(ObjectKind::Mapping, id.get(), name.as_str()).within(pool);
        tx.audit(
            client,
            &wish,
            Note::new(Deed::MappingRenamed, object).before(json!({ "name": was })).after(json!({ "name": name.as_str() })),
        );
        tx.commit().await
    }

    /// Removes one with all its versions. Imports that were made by it stay as they are.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_mapping(&self, client: ClientId, pool: PoolId, id: MappingId, wish: impl Into<Wish>) -> Result<()> {
        let wish = wish.into();
        let mut tx = self.write().await?;
        let was = tx.mapping_name(client, pool, id).await?;
        for sql in [
            "delete from mapping_versions where client_id = $1 and mapping_id = $2",
            "delete from mappings where client_id = $1 and id = $2",
        ] {
            tx.run(Statement::new(sql).arg(client).arg(id)).await?;
        }
        tx.audit(client, &wish, Note::new(Deed::MappingDeleted, Object::new(ObjectKind::Mapping, id.get(), was).within(pool)));
        tx.commit().await
    }
}

impl Tx {
    /// What a mapping is called, held against others until the end of the transaction.
    async fn mapping_name(&mut self, client: ClientId, pool: PoolId, id: MappingId) -> Result<String> {
        const SQL: &str = "update mappings set name = name where client_id = $1 and pool_id = $2 and id = $3 returning name";
        let row = self.row(Statement::new(SQL).arg(client).arg(pool).arg(id)).await?;
        row.ok_or(StoreError::NotFound)?.text(0)
    }
}

fn read(row: &Row) -> Result<SavedMapping> {
    let mapping: Mapping = from_json(&row.text(6)?)?;
    let kept = NewMapping {
        reading: from_json(&row.text(4)?)?,
        headings: from_json(&row.text(5)?)?,
        rules: match row.opt_text(7)? {
            Some(rules) => from_json(&rules)?,
            None => Rules::proposed(&mapping),
        },
        mapping,
    };
    Ok(SavedMapping {
        id: MappingId::new(row.int(0)?),
        name: row.text(1)?,
        version: row.int(2)?,
        newest: row.int(3)?,
        kept,
        fingerprint: row.text(8)?,
        user: row.opt_int(9)?.map(UserId::new),
        saved_at: Millis::new(row.int(10)?),
    })
}
