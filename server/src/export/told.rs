//! What the audit log tells of an export: how much of what goes out, and to whom. What was searched for may be somebody's
//! name and stays out.

use domain::{
    audit::{Deed, Note, Object},
    list::ListQuery,
};
use serde_json::json;
use store::{Store, StoreError, list::Part, profiles::Wish};

use super::{Dialect, Export};

impl Export {
    /// Puts the export into the audit log, before the first byte goes out.
    ///
    /// # Errors
    /// The database's; nothing must go out then.
    pub(crate) async fn note(&self, store: &Store, wish: &Wish) -> Result<(), StoreError> {
        let narrowed = !self.query.q.trim().is_empty() || !self.query.filters.is_empty();
        let hits = async || store.count(&self.reach, &self.pool, &self.query, self.lang).await;
        let (part, profiles) = match &self.part {
            Part::Only(ids) => ("chosen", ids.len() as u64),
            Part::All if narrowed => ("hits", hits().await?),
            Part::All => ("all", store.size(&self.reach, &self.pool).await?),
            Part::Except(ids) => (if narrowed { "hits" } else { "chosen" }, hits().await?.saturating_sub(ids.len() as u64)),
        };
        let told = json!({
            "part": part,
            "profiles": profiles,
            "fields": self.fields.len(),
            "key": self.fields.iter().map(|field| field.key.as_str()).collect::<Vec<_>>(),
            "format": match self.dialect { Dialect::Plain => "csv", Dialect::Excel => "excel" },
            "filtered": filtered(&self.query),
        });
        let object = Object::pool(self.pool.id, self.pool.name.as_str());
        store.audit(self.reach.client(), wish, Note::new(Deed::ExportMade, object).after(told)).await
    }
}

/// By which fields, without what was typed.
fn filtered(query: &ListQuery) -> Vec<&str> {
    query.filters.iter().map(|filter| filter.field.as_str()).collect()
}
