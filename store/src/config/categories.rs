//! Steps about categories.

use domain::config::{Step, moved};
use domain::id::{CategoryId, FieldId};
use domain::pool::{Category, CategoryRole};
use domain::problem::{Invalid, Problem};
use domain::text::Name;

use super::order::{Ordered, after};
use super::{Made, Site};
use crate::error::{Conflict, Result, StoreError};
use crate::statement::Statement;
use crate::tx::Tx;

impl Tx {
    pub(super) async fn add_category(&mut self, site: &Site, name: &str, before: Option<CategoryId>) -> Result<Made> {
        let name = self.free_name(site, None, name).await?;
        let category = self.insert_category(site.client, site.pool, CategoryRole::Custom, name.as_str(), i64::MAX).await?;
        self.put_before(site, Ordered::Categories, category.get(), before.map(CategoryId::get)).await?;
        Ok(Made { id: Some(category.get()), ..Step::DeleteCategory { category }.into() })
    }

    pub(super) async fn rename_category(&mut self, site: &Site, category: CategoryId, name: &str) -> Result<Made> {
        let (role, before) = self.category(site, category).await?;
        let name = if role != CategoryRole::Custom && name.trim().is_empty() {
            String::new()
        } else {
            self.free_name(site, Some(category), name).await?.into()
        };
        self.run(Statement::new("update categories set name = $1 where id = $2").arg(name).arg(category)).await?;
        Ok(Step::RenameCategory { category, name: before }.into())
    }

    pub(super) async fn move_category(&mut self, site: &Site, category: CategoryId, before: Option<CategoryId>) -> Result<Made> {
        self.category(site, category).await?;
        let order = self.order(site, Ordered::Categories).await?;
        let neighbour = after(&order, category.get()).map(CategoryId::new);
        self.set_order(site, Ordered::Categories, &moved(&order, category.get(), before.map(CategoryId::get))).await?;
        Ok(Step::MoveCategory { category, before: neighbour }.into())
    }

    pub(super) async fn delete_category(&mut self, site: &Site, category: CategoryId) -> Result<Made> {
        const UNASSIGNED: &str = "select id from categories where pool_id = $1 and role = $2 and deleted_at is null";
        const DELETE: &str = "update categories set deleted_at = $1 where id = $2";
        // Deleted fields too, so that one that comes back is filed where it can be seen.
        const FALL: &str = "update fields set category_id = $1, position = position + $3 where category_id = $2";
        if self.category(site, category).await?.0 != CategoryRole::Custom {
            return Err(StoreError::Conflict(Conflict::CategoryFixed));
        }
        let asked = Statement::new(UNASSIGNED).arg(site.pool).arg(CategoryRole::Unassigned.code());
        let unassigned = self.row(asked).await?.ok_or(StoreError::NotFound)?.int(0)?;
        let order = self.order(site, Ordered::Categories).await?;
        let fields = self.order(site, Ordered::Fields(category.get())).await?;
        let mut all = self.order(site, Ordered::Fields(unassigned)).await?;
        all.extend(&fields);
        self.run(Statement::new(FALL).arg(unassigned).arg(category).arg(all.len() as i64)).await?;
        self.set_order(site, Ordered::Fields(unassigned), &all).await?;
        self.run(Statement::new(DELETE).arg(site.now).arg(category)).await?;
        let before = after(&order, category.get()).map(CategoryId::new);
        Ok(Step::RestoreCategory { category, before, fields: fields.into_iter().map(FieldId::new).collect() }.into())
    }

    pub(super) async fn restore_category(
        &mut self,
        site: &Site,
        category: CategoryId,
        before: Option<CategoryId>,
        fields: &[FieldId],
    ) -> Result<Made> {
        const RESTORE: &str =
            "update categories set deleted_at = null where id = $1 and pool_id = $2 and client_id = $3 and deleted_at > 0";
        const TAKE: &str = "update fields set category_id = $1
            where id = $2 and pool_id = $3 and deleted_at is null
                and category_id in (select id from categories where pool_id = $3 and role = $4)";
        if self.run(Statement::new(RESTORE).arg(category).arg(site.pool).arg(site.client)).await? == 0 {
            return Err(StoreError::NotFound);
        }
        self.put_before(site, Ordered::Categories, category.get(), before.map(CategoryId::get)).await?;
        let mut taken = Vec::new();
        for field in fields {
            let take = Statement::new(TAKE).arg(category).arg(*field).arg(site.pool).arg(CategoryRole::Unassigned.code());
            if self.run(take).await? > 0 {
                taken.push(field.get());
            }
        }
        self.set_order(site, Ordered::Fields(category.get()), &taken).await?;
        Ok(Step::DeleteCategory { category }.into())
    }

    /// A name that no other category of the pool has, whatever its capitals.
    async fn free_name(&mut self, site: &Site, own: Option<CategoryId>, name: &str) -> Result<Name> {
        let name = Name::parse(name).map_err(wrong)?;
        let others = self.shape(site.client, site.pool).await?.categories;
        let same = |other: &Category| Some(other.id) != own && other.label(site.lang).to_lowercase() == name.as_str().to_lowercase();
        if others.iter().any(same) { Err(wrong(Problem::Taken)) } else { Ok(name) }
    }

    /// The role and the given name of one of the pool's categories.
    pub(super) async fn category(&mut self, site: &Site, category: CategoryId) -> Result<(CategoryRole, String)> {
        const SQL: &str = "select role, name from categories where id = $1 and pool_id = $2 and client_id = $3 and deleted_at is null";
        let row = self.row(Statement::new(SQL).arg(category).arg(site.pool).arg(site.client)).await?.ok_or(StoreError::NotFound)?;
        let role = row.text(0)?;
        Ok((CategoryRole::from_code(&role).ok_or_else(|| StoreError::Corrupt(format!("category role {role:?}")))?, row.text(1)?))
    }
}

fn wrong(problem: Problem) -> StoreError {
    StoreError::Invalid(Invalid::one("name", problem))
}
