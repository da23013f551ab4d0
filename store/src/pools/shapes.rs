//! How pools are made up: every request needs it, and it hardly ever changes.
//!
//! Each change of a pool's categories, fields or options raises `pools.shape`, in whichever process; what is kept here is
//! good for one number of it only.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use domain::field::FieldDef;
use domain::id::PoolId;
use domain::pool::Category;

/// How many pools are kept: some megabytes.
const POOLS: usize = 64;

/// The categories and fields of a pool.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) categories: Vec<Category>,
    pub(crate) fields: Vec<FieldDef>,
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
