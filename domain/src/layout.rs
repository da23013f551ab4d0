//! How one person has arranged the profile list of one pool.

use serde::{Deserialize, Serialize};

use crate::list::{DEFAULT_PAGE_SIZE, nearest_page_size};
use crate::pool::Pool;

/// A column of the profile list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Internal name of the field.
    pub key: String,
    /// Width in CSS pixels; none means "as wide as the content asks for".
    pub width: Option<u32>,
}

impl Column {
    /// The narrowest and the widest column in pixels.
    pub const WIDTHS: std::ops::RangeInclusive<u32> = 48..=960;

    /// A column of natural width.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), width: None }
    }
}

/// Columns, page size and density of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListLayout {
    /// The columns in their order.
    pub columns: Vec<Column>,
    /// Rows a page.
    pub page_size: u64,
    /// Low rows.
    pub dense: bool,
}

impl ListLayout {
    /// The arrangement before anybody has changed it.
    pub fn default_of(pool: &Pool) -> Self {
        let columns = pool.default_columns().into_iter().map(|field| Column::new(field.key.as_str())).collect();
        Self { columns, page_size: DEFAULT_PAGE_SIZE, dense: false }
    }

    /// The same arrangement without what the pool cannot show: unknown or repeated columns, odd widths and page sizes.
    /// A list without any column falls back to the default ones.
    #[must_use]
    pub fn fitted(mut self, pool: &Pool) -> Self {
        let mut seen = std::collections::HashSet::new();
        self.columns.retain(|column| pool.field(&column.key).is_some() && seen.insert(column.key.clone()));
        for column in &mut self.columns {
            column.width = column.width.map(|width| width.clamp(*Column::WIDTHS.start(), *Column::WIDTHS.end()));
        }
        self.page_size = nearest_page_size(self.page_size);
        if self.columns.is_empty() { Self { columns: Self::default_of(pool).columns, ..self } } else { self }
    }
}

#[cfg(test)]
mod tests;
