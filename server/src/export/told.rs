//! What the audit log tells of an export: how much of what goes out, in which form, and to whom. What was searched for may
//! be somebody's name and stays out.

use domain::{
    audit::{Deed, Note, Object},
    export::{Csv, Format},
    list::{Part, STATUS},
};
use serde_json::json;
use store::{Store, StoreError, profiles::Wish};

use super::Export;

impl Export {
    /// Puts the export into the audit log, before the first byte goes out.
    ///
    /// # Errors
    /// The database's; nothing must go out then.
    pub(crate) async fn note(&self, store: &Store, wish: &Wish) -> Result<(), StoreError> {
        store.audit(self.reach.client(), wish, self.told(store).await?).await
    }

    /// The entry of the log.
    pub(crate) async fn told(&self, store: &Store) -> Result<Note, StoreError> {
        let (part, profiles) = self.extent(store).await?;
        let form = &self.wish.form;
        let told = json!({
            "part": part,
            "profiles": profiles,
            "fields": self.fields.len(),
            "key": self.fields.iter().map(|field| field.key.as_str()).collect::<Vec<_>>(),
            "format": match form.format { Format::Csv(Csv::EXCEL) => "excel", other => other.code() },
            "values": form.values.code(),
            "filtered": self.filtered(),
        });
        let object = Object::pool(self.pool.id, self.pool.name.as_str());
        Ok(Note::new(Deed::ExportMade, object).after(told))
    }

    /// Of what it is a part, and how many profiles are meant.
    async fn extent(&self, store: &Store) -> Result<(&'static str, u64), StoreError> {
        let list = &self.wish.list;
        let narrowed = !list.q.trim().is_empty() || !list.filters.is_empty();
        let hits = async || store.count(&self.reach, &self.pool, list, self.lang).await;
        Ok(match &self.wish.part {
            Part::Only(ids) => ("chosen", ids.len() as u64),
            Part::All if narrowed => ("hits", hits().await?),
            Part::All => ("all", store.size(&self.reach, &self.pool).await?),
            Part::Except(ids) => (if narrowed { "hits" } else { "chosen" }, hits().await?.saturating_sub(ids.len() as u64)),
        })
    }

    /// By which fields, without what was typed. A name that is no field's narrows nothing, and may be anything.
    fn filtered(&self) -> Vec<&str> {
        let known = |key: &&str| *key == STATUS || self.pool.field(key).is_some();
        self.wish.list.filters.iter().map(|filter| filter.field.as_str()).filter(known).collect()
    }
}
