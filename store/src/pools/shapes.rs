//! How pools are made up: every request needs it, and it hardly ever changes.
//!
//! Each change of a pool's categories, fields or options raises `pools.shape`, in whichever process; what is kept here is
//! good for one number of it only.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use domain::field::{ChoiceOption, FieldDef};
use domain::id::{CategoryId, ClientId, FieldId, OptionId, PoolId};
use domain::pool::{Category, CategoryRole};

use super::unknown;
use crate::error::Result;
use crate::fields::{FIELD_COLUMNS, read_field};
use crate::row::Row;
use crate::statement::Statement;

/// How many pools are kept: some megabytes.
const POOLS: usize = 64;

/// The categories and fields of a pool.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) categories: Vec<Category>,
    pub(crate) fields: Vec<FieldDef>,
}

impl Shape {
    /// What gives the rows of categories, fields and options that [`read`](Self::read) takes.
    pub(crate) fn statements(client: ClientId, pool: PoolId) -> [Statement; 3] {
        const CATEGORIES: &str = "select id, name, role, position
            from categories
            where pool_id = $1 and client_id = $2 and deleted_at is null
            order by position, id";
        const OPTIONS: &str = "select o.field_id, o.id, o.label, o.position
            from options o
            join fields f on f.id = o.field_id
            where f.pool_id = $1 and o.client_id = $2 and o.deleted_at is null
            order by o.position, o.id";
        let fields = format!(
            "select {FIELD_COLUMNS}
            from fields f
            join categories c on c.id = f.category_id
            where f.pool_id = $1 and f.client_id = $2 and f.deleted_at is null
            order by c.position, c.id, f.position, f.id"
        );
        [Statement::new(CATEGORIES), Statement::new(fields), Statement::new(OPTIONS)].map(|statement| statement.arg(pool).arg(client))
    }

    /// Puts the rows together.
    pub(crate) fn read(categories: &[Row], fields: &[Row], options: &[Row]) -> Result<Self> {
        let categories = categories.iter().map(category).collect::<Result<Vec<_>>>()?;
        let mut fields = fields.iter().map(read_field).collect::<Result<Vec<_>>>()?;
        let mut of_field: HashMap<FieldId, Vec<ChoiceOption>> = HashMap::new();
        for row in options {
            let option = ChoiceOption { id: OptionId::new(row.int(1)?), label: row.text(2)?, position: row.int(3)? };
            of_field.entry(FieldId::new(row.int(0)?)).or_default().push(option);
        }
        for field in &mut fields {
            field.options = of_field.remove(&field.id).unwrap_or_default();
        }
        Ok(Self { categories, fields })
    }
}

fn category(row: &Row) -> Result<Category> {
    let role = row.text(2)?;
    Ok(Category {
        id: CategoryId::new(row.int(0)?),
        name: row.text(1)?,
        role: CategoryRole::from_code(&role).ok_or_else(|| unknown("category role", &role))?,
        position: row.int(3)?,
    })
}

/// The shapes of the pools that were asked for last, the most recent at the end.
#[derive(Debug, Default)]
pub(crate) struct Shapes(Mutex<VecDeque<(PoolId, i64, Arc<Shape>)>>);

impl Shapes {
    /// The shape with this number.
    pub(crate) fn get(&self, pool: PoolId, number: i64) -> Option<Arc<Shape>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(id, known, _)| *id == pool && *known == number)?;
        let found = kept.remove(at)?;
        let shape = Arc::clone(&found.2);
        kept.push_back(found);
        Some(shape)
    }

    /// Keeps a shape in place of older ones of the same pool; one that was read before a newer one goes unkept.
    pub(crate) fn put(&self, pool: PoolId, number: i64, shape: Arc<Shape>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.iter().any(|(id, known, _)| *id == pool && *known >= number) {
            return;
        }
        kept.retain(|(id, ..)| *id != pool);
        kept.push_back((pool, number, shape));
        while kept.len() > POOLS {
            kept.pop_front();
        }
    }
}
