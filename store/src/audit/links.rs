//! Which of the things that entries name are still there.

use std::collections::{BTreeMap, HashSet};

use domain::audit::{Entry, ObjectKind};
use domain::id::{ClientId, PoolId};

use crate::Store;
use crate::dialect;
use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::read::one_of;
use crate::statement::Statement;

impl Store {
    /// The numbers of those entries whose object can be opened: pools, fields, profiles and imports of pools that are there.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn audit_links(&self, client: ClientId, entries: &[Entry]) -> Result<HashSet<i64>> {
        const POOLS: &str = "select id from pools where client_id = $1 and deleted_at is null and id";
        const FIELDS: &str = "select id from fields where client_id = $1 and deleted_at is null and id";
        const IMPORTS: &str = "select id from imports where client_id = $1 and id";
        let pools = self.those(client, POOLS, entries.iter().filter_map(|entry| entry.pool)).await?;
        let here = |entry: &&Entry| entry.pool.is_some_and(|pool| pools.contains(&pool));
        let of = |kind: ObjectKind| entries.iter().filter(here).filter(move |entry| entry.object.kind == kind.code());
        let fields = self.those(client, FIELDS, of(ObjectKind::Field).filter_map(|entry| entry.object.id)).await?;
        let imports = self.those(client, IMPORTS, of(ObjectKind::Import).filter_map(|entry| entry.object.id)).await?;
        let mut profiles: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for entry in of(ObjectKind::Profile) {
            if let (Some(pool), Some(id)) = (entry.pool, entry.object.id) {
                profiles.entry(pool).or_default().push(id);
            }
        }
        let mut living = HashSet::new();
        for (pool, ids) in profiles {
            let tables = PoolTables::of(self.engine(), client, PoolId::new(pool));
            let mut asked = Statement::new(format!("select profile_id from {} where deleted_at is null and profile_id", tables.profiles()));
            one_of(&mut asked, &tables, &ids);
            for row in self.db().rows(asked).await? {
                living.insert((pool, row.int(0)?));
            }
        }
        let opens = |entry: &&Entry| match (ObjectKind::from_code(&entry.object.kind), entry.object.id) {
            (Some(ObjectKind::Pool), _) => true,
            (Some(ObjectKind::Field), Some(id)) => fields.contains(&id),
            (Some(ObjectKind::Import), Some(id)) => imports.contains(&id),
            (Some(ObjectKind::Profile), Some(id)) => entry.pool.is_some_and(|pool| living.contains(&(pool, id))),
            _ => false,
        };
        Ok(entries.iter().filter(here).filter(opens).map(|entry| entry.n).collect())
    }

    /// Those of the ids that a statement, which ends with the column of the ids, still finds.
    async fn those(&self, client: ClientId, sql: &'static str, ids: impl Iterator<Item = i64>) -> Result<HashSet<i64>> {
        let ids: Vec<i64> = ids.collect::<HashSet<_>>().into_iter().collect();
        if ids.is_empty() {
            return Ok(HashSet::new());
        }
        let asked = Statement::new(format!("{sql}{}", dialect::is_one_of(self.engine(), "$2")));
        self.db().rows(asked.arg(client).arg(ids)).await?.iter().map(|row| row.int(0)).collect()
    }
}
