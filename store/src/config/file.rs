//! A whole layout at once: of a pool that is there, or of a new one.

use domain::audit::{Deed, Note, Object};
use domain::config::file::{PoolFile, next_steps};
use domain::config::{Done, Step};
use domain::id::{ClientId, PoolId};
use domain::pool::Pool;
use domain::text::PoolName;
use domain::time::Millis;
use serde_json::json;

use super::{Made, Site};
use crate::Store;
use crate::error::{Result, StoreError};
use crate::pool_table::PoolTables;
use crate::profiles::Wish;
use crate::tx::Tx;

/// Categories, fields, options, the rest: no file needs more rounds than a few.
const MAX_ROUNDS: usize = 12;

impl Store {
    /// Makes a pool as a file says, as far as it can be, in one change with one way back; none when it is so already.
    ///
    /// # Errors
    /// As [`configure`](Self::configure). Nothing has changed then.
    pub async fn apply_file(&self, client: ClientId, pool: PoolId, file: &PoolFile, wish: &Wish) -> Result<Option<Done>> {
        let site = self.site(client, pool, wish.lang, wish.now).await?;
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        let (steps, made) = tx.follow(&site, file).await?;
        if steps.is_empty() {
            return Ok(None);
        }
        let done = tx.note_change(&site, wish, Some(Deed::LayoutApplied), &Step::All(steps), made, None).await?;
        tx.commit().await?;
        Ok(Some(done))
    }

    /// Makes a pool that begins with a layout.
    ///
    /// # Errors
    /// As [`create_pool`](Self::create_pool) and [`apply_file`](Self::apply_file). There is no pool then.
    pub async fn create_pool_from(&self, client: ClientId, name: &PoolName, file: &PoolFile, wish: &Wish) -> Result<PoolId> {
        let site = self.site(client, PoolId::new(0), wish.lang, wish.now).await?;
        let mut tx = self.write().await?;
        let pool = tx.create_pool(client, name, wish.now).await?;
        let site = Site { pool, tables: PoolTables::of(self.engine(), client, pool), ..site };
        let (steps, _) = tx.follow(&site, file).await?;
        let note = Note::new(Deed::PoolCreated, Object::pool(pool, name.as_str()));
        tx.audit(client, wish, note.after(json!({ "changes": steps.len() })));
        tx.commit().await?;
        Ok(pool)
    }
}

impl Tx {
    /// Takes every step that leads to a file; which they were, and what takes them back.
    async fn follow(&mut self, site: &Site, file: &PoolFile) -> Result<(Vec<Step>, Made)> {
        let (mut taken, mut back, mut skipped) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..MAX_ROUNDS {
            let steps = next_steps(&self.pool_so_far(site).await?, file, site.now, &site.zone);
            if steps.is_empty() {
                back.reverse();
                return Ok((taken, Made { skipped, ..Step::All(back).into() }));
            }
            for step in steps {
                let made = self.take_step(site, &step).await?;
                back.push(made.inverse);
                skipped.extend(made.skipped);
                taken.push(step);
            }
        }
        Err(StoreError::Corrupt("a layout that never comes to an end".to_owned()))
    }

    async fn pool_so_far(&mut self, site: &Site) -> Result<Pool> {
        let shape = self.shape(site.client, site.pool).await?;
        Ok(Pool {
            id: site.pool,
            client: site.client,
            name: String::new(),
            revision: 0,
            shape: 0,
            forms: 0,
            created_at: Millis::new(0),
            zone: site.zone,
            categories: shape.categories,
            fields: shape.fields,
            partial: false,
        })
    }
}
