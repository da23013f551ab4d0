//! How many of the profiles a filtered list has, roughly: what it is quicker to begin with depends on it.
//!
//! A page of a list that every second profile is in fills up while its order is walked; one that hardly anybody is in is
//! found by its filters and sorted. PostgreSQL knows from its statistics. SQLite has none, and would begin with whatever
//! index there is: a filter by country then sorts a tenth of all profiles for each page.

use crate::condition::Form;
use crate::db::Engine;
use crate::error::Result;
use crate::list::Listing;
use crate::list::cache::Known;
use crate::list::conditions::Filters;
use crate::list::sorting::By;
use crate::statement::Statement;

/// So many of the newest profiles are looked at.
const LOOKED_AT: u64 = 1_000;

/// A shorter list is sorted in no time.
const FEW: i64 = 2_000;

impl Listing<'_> {
    /// The form in which the filters take part in reading the profiles up to this place of the list.
    pub(super) async fn form(&self, until: u64) -> Result<Form> {
        let Some(filters) = &self.filters else { return Ok(Form::Lead) };
        let leads_in_order = matches!(self.order.by, By::Id) && filters.in_order;
        if self.store.engine() == Engine::Postgres || self.state.n_profiles <= FEW || leads_in_order {
            return Ok(Form::Lead);
        }
        let n = self.state.n_profiles as f64;
        let share = match self.known_total() {
            Some(total) => total as f64 / n,
            None => self.among_newest(filters).await? as f64 / LOOKED_AT as f64,
        };
        // Profiles walked past until the page is full, against profiles found and sorted.
        Ok(if until as f64 / share <= share * n { Form::Check } else { Form::Lead })
    }

    async fn among_newest(&self, filters: &Filters) -> Result<u64> {
        let name = format!("share {}", self.key);
        if let Some(Known::Count(n)) = self.remembered(&name) {
            return Ok(n);
        }
        let mut statement = Statement::new("select count(*) from (select ");
        statement.append(filters.form(Form::Check).clone());
        statement.push(&format!(" as hit from {} p where p.deleted_at is null order by p.profile_id desc limit ", self.table.profiles()));
        statement.number(LOOKED_AT as i64).push(") newest where hit");
        let n = self.store.db().row(statement).await?.map_or(Ok(0), |row| row.int(0))?.unsigned_abs();
        self.remember(name, Known::Count(n));
        Ok(n)
    }
}
