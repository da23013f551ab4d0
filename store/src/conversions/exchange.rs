//! The filled column takes the place of the former one, for everybody in the same moment.

use domain::convert::default_of;
use domain::field::FieldDef;
use domain::id::{ClientId, OptionId};
use domain::time::Millis;
use domain::uses::UseKind;

use super::{Conversion, fill::Filling};
use crate::Store;
use crate::config::Site;
use crate::config::order::Ordered;
use crate::db::Engine;
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::search::candidates::signed;
use crate::statement::Statement;
use crate::tx::Tx;

/// As many as there are.
const ALL: usize = usize::MAX;

impl Store {
    /// Gives a field its new type, once its column is full: everybody else waits a moment. None when an import or a change
    /// of many profiles is under way, which reads and writes by the former type; then it is for later. A second time it
    /// changes nothing.
    ///
    /// # Errors
    /// `NotFound` when pool, field or conversion are gone. Nothing has changed then.
    pub async fn exchange_columns(&self, client: ClientId, conversion: i64, now: Millis) -> Result<Option<Conversion>> {
        let mut tx = self.write().await?;
        let mut found = tx.conversion(client, conversion).await?;
        let pool = found.pool;
        if found.swapped_at.is_none() {
            let site = self.site(client, pool, found.lang, now).await?;
            tx.touch_pool(client, pool).await?;
            match tx.open_conversion(client, conversion).await? {
                Some(open) => found = open,
                // The last commit of a worker that died came first.
                None => return self.conversion(client, pool, conversion).await.map(Some),
            }
            if tx.in_use(&site, &found).await? {
                return Ok(None);
            }
            // Nobody writes from here on: what has changed since the last pass is all there is.
            found.next_profile = 0;
            tx.fill(&site, &mut found, ALL).await?;
            tx.exchange(&site, &found).await?;
            tx.commit().await?;
        }
        self.conversion(client, pool, conversion).await.map(Some)
    }

    /// Fills and exchanges in one go, for small pools and tests; what [`fill_conversion`](Self::fill_conversion) and
    /// [`exchange_columns`](Self::exchange_columns) do step by step, and the search index after them.
    ///
    /// # Errors
    /// As those; `Busy` when something is under way.
    pub async fn convert_now(&self, client: ClientId, conversion: i64, now: Millis) -> Result<Conversion> {
        while self.fill_conversion(client, conversion).await? != Filling::Full {}
        let done = self.exchange_columns(client, conversion, now).await?.ok_or(StoreError::Busy)?;
        self.catch_up(client, &self.pool(client, done.pool).await?).await?;
        Ok(done)
    }
}

impl Tx {
    /// Whether something runs that has read the pool by the former type.
    async fn in_use(&mut self, site: &Site, conversion: &Conversion) -> Result<bool> {
        let pool = dialect::json_number(site.engine(), "payload", "pool");
        let sql = format!(
            "select 1 from jobs where client_id = $1 and kind in ('bulk_edit', 'bulk_undo') and finished_at is null and {pool} = $2 limit 1"
        );
        if self.row(Statement::new(sql).arg(site.client).arg(site.pool)).await?.is_some() {
            return Ok(true);
        }
        let field = self.field(site, conversion.field).await?;
        Ok(self.users(site, &field).await?.iter().any(|used| used.kind == UseKind::Import))
    }

    async fn exchange(&mut self, site: &Site, conversion: &Conversion) -> Result<()> {
        const FIELD: &str = "update fields
            set kind = $2, column_no = $3, required = $4, matching = $5, profiling = $6, tagging = $7, default_value = $8
            where id = $1";
        const DONE: &str = "update conversions set swapped_at = $2, n_values = $3, n_converted = $4 where id = $1";
        const FORMS: &str = "update pools set forms = forms + 1, last_activity_at = $2 where id = $1";
        let field = self.field(site, conversion.field).await?;
        let after = match conversion.undoes {
            None => towards(site, conversion, &field),
            Some(undoes) => back(site, &self.conversion(site.client, undoes).await?, &field),
        };
        self.sort_options(site, conversion, &field).await?;
        let update = Statement::new(FIELD)
            .arg(field.id)
            .arg(after.kind.code())
            .arg(conversion.id)
            .arg(after.required)
            .arg(after.matching)
            .arg(after.profiling)
            .arg(after.tagging)
            .arg(after.default_value);
        self.run(update).await?;
        let (values, converted) = self.count_values(site, conversion).await?;
        self.run(Statement::new(DONE).arg(conversion.id).arg(site.now).arg(values).arg(converted)).await?;
        self.run(Statement::new(FORMS).arg(site.pool).arg(site.now)).await?;
        if values > 0 || converted > 0 {
            self.forget_texts(site).await?;
        }
        Ok(())
    }

    /// How many living profiles had a value, and how many of these have one now.
    async fn count_values(&mut self, site: &Site, conversion: &Conversion) -> Result<(i64, i64)> {
        let (table, old, new) = (site.tables.profiles(), conversion.old_column(), conversion.new_column());
        let had = match conversion.undoes {
            None => format!("{old} is not null"),
            Some(_) => format!("({old} is not null or {new} is not null)"),
        };
        let sql = format!(
            "select count(*), coalesce(sum(case when {new} is not null then 1 else 0 end), 0) from {table} where deleted_at is null and {had}"
        );
        let row = self.row(Statement::new(sql)).await?.ok_or(StoreError::NotFound)?;
        Ok((row.int(0)?, row.int(1)?))
    }

    /// Options that were made of values stand in the order of the alphabet, behind those that somebody made.
    async fn sort_options(&mut self, site: &Site, conversion: &Conversion, field: &FieldDef) -> Result<()> {
        let is_made = |id: OptionId| conversion.options.contains(&id.get());
        if conversion.options.is_empty() {
            return Ok(());
        }
        let (mut made, mut order): (Vec<_>, Vec<_>) = field.options.iter().partition(|option| is_made(option.id));
        made.sort_by(|a, b| domain::search::sort_key_cmp(&a.label, &b.label).then(a.id.cmp(&b.id)));
        order.append(&mut made);
        let order: Vec<i64> = order.iter().map(|option| option.id.get()).collect();
        self.set_order(site, Ordered::Options(field.id.get()), &order).await
    }

    /// The index of all fields is emptied and made anew by [`Store::catch_up`]; until then searches look at the profiles
    /// one by one, as after a large import, and are right.
    async fn forget_texts(&mut self, site: &Site) -> Result<()> {
        let more = site.tables.search_more();
        match site.engine() {
            Engine::Sqlite => self.ddl(format!("insert into {more}({more}) values ('delete-all')")).await?,
            Engine::Postgres => {
                self.ddl("set local lock_timeout = '3s'".to_owned()).await?;
                self.ddl(format!("truncate {more}")).await?;
            }
        }
        self.run(Statement::new("update pools set indexed_to = $2 where id = $1").arg(site.pool).arg(signed(0))).await?;
        Ok(())
    }
}

/// The field in its new type.
fn towards(site: &Site, conversion: &Conversion, field: &FieldDef) -> FieldDef {
    let mut after = field.as_kind(conversion.to);
    after.default_value = default_of(field, &after, conversion.lang, &site.zone);
    after
}

/// The field in its former type, with what it lost on the way; what somebody has changed since stays.
fn back(site: &Site, former: &Conversion, field: &FieldDef) -> FieldDef {
    let before = FieldDef { options: field.options.clone(), ..former.before.clone() };
    let lost = |had: bool, could: bool| had && !could;
    let then = before.as_kind(former.to);
    let mut after = field.as_kind(former.from);
    after.required |= lost(before.required, then.required);
    after.matching |= lost(before.matching, then.matching);
    after.profiling |= lost(before.profiling, then.profiling);
    after.tagging |= lost(before.tagging, then.tagging);
    let untouched = field.default_value == default_of(&before, &then, former.lang, &site.zone);
    after.default_value = if untouched { before.default_value } else { default_of(field, &after, former.lang, &site.zone) };
    after
}
