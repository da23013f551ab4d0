//! The order of what a pool is made of: places 0, 1, 2 … without a gap, written where they change.

use domain::config::moved;

use super::Site;
use crate::error::Result;
use crate::statement::Statement;
use crate::tx::Tx;

/// Things that have an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ordered {
    /// The categories of the pool.
    Categories,
    /// The fields of a category.
    Fields(i64),
    /// The options of a field.
    Options(i64),
}

impl Ordered {
    fn table(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::Fields(_) => "fields",
            Self::Options(_) => "options",
        }
    }

    fn statement(self, site: &Site) -> Statement {
        const CATEGORIES: &str = "select id from categories where pool_id = $1 and deleted_at is null order by position, id";
        const FIELDS: &str = "select id from fields where category_id = $1 and deleted_at is null order by position, id";
        const OPTIONS: &str = "select id from options where field_id = $1 and deleted_at is null order by position, id";
        match self {
            Self::Categories => Statement::new(CATEGORIES).arg(site.pool),
            Self::Fields(category) => Statement::new(FIELDS).arg(category),
            Self::Options(field) => Statement::new(OPTIONS).arg(field),
        }
    }
}

impl Tx {
    /// The ids in their order.
    pub(crate) async fn order(&mut self, site: &Site, what: Ordered) -> Result<Vec<i64>> {
        let rows = self.rows(what.statement(site)).await?;
        rows.iter().map(|row| row.int(0)).collect()
    }

    /// Puts one of them before another, or at the end.
    pub(super) async fn put_before(&mut self, site: &Site, what: Ordered, id: i64, before: Option<i64>) -> Result<()> {
        let order = self.order(site, what).await?;
        self.set_order(site, what, &moved(&order, id, before)).await
    }

    /// Writes an order, in as few rows as differ.
    pub(crate) async fn set_order(&mut self, site: &Site, what: Ordered, order: &[i64]) -> Result<()> {
        /// Two values a row; SQLite takes 32 766 in a statement.
        const PART: usize = 10_000;
        let places: Vec<(i64, i64)> = order.iter().copied().zip(0..).collect();
        for part in places.chunks(PART) {
            let table = what.table();
            let mut statement = Statement::new(format!("update {table} set position = v.column2 from (values "));
            statement.bind_rows(site.engine(), part.iter().map(|(id, place)| [(*id).into(), (*place).into()]));
            statement.push(&format!(") as v where {table}.id = v.column1 and {table}.position <> v.column2"));
            self.run(statement).await?;
        }
        Ok(())
    }
}

/// The right neighbour of a thing in an order.
pub(super) fn after(order: &[i64], id: i64) -> Option<i64> {
    let place = order.iter().position(|other| *other == id)?;
    order.get(place + 1).copied()
}
