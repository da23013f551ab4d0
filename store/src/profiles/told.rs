//! What the audit log tells of a change of profiles.

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::bulk::{Bulk, Edit};
use domain::field::FieldDef;
use domain::id::{OptionId, ProfileId};
use domain::pool::Pool;
use serde_json::json;

/// A batch: how many profiles were meant, not what they hold.
pub(super) fn told(pool: &Pool, bulk: &Bulk, ids: &[ProfileId], batch: i64) -> Note {
    let whole = || Object::pool(pool.id, pool.name.as_str());
    match (bulk, ids) {
        (Bulk::Delete, [one]) => {
            let profile = Object::new(ObjectKind::Profile, one.get(), "").within(pool.id);
            Note::new(Deed::ProfileDeleted, profile).after(json!({ "batch": batch }))
        }
        (Bulk::Delete, ids) => Note::new(Deed::BulkDeleted, whole()).after(json!({ "batch": batch, "profiles": ids.len() })),
        (Bulk::Edit { field, edit }, ids) => {
            let field = pool.field_by_id(*field);
            let how = match edit {
                Edit::Add(_) => "add",
                Edit::Remove(_) => "remove",
                Edit::Set(_) => "set",
                Edit::Replace { from, to } => return merged(pool, field, (*from, *to), ids, batch),
            };
            let key = field.map(|field| field.key.as_str());
            let after = json!({ "batch": batch, "profiles": ids.len(), "field": key, "how": how });
            Note::new(Deed::BulkEdited, whole()).after(after)
        }
    }
}

fn merged(pool: &Pool, field: Option<&FieldDef>, (from, to): (OptionId, OptionId), ids: &[ProfileId], batch: i64) -> Note {
    let name = field.map(|field| if field.label.is_empty() { field.key.as_str() } else { field.label.as_str() });
    let label = |id: OptionId| field.and_then(|field| field.option(id)).map(|option| option.label.as_str());
    let object = Object::new(ObjectKind::Field, field.map(|field| field.id.get()), name.unwrap_or_default()).within(pool.id);
    let note = Note::new(Deed::OptionsMerged, object).before(json!({ "option": label(from) }));
    note.after(json!({ "option": label(to), "batch": batch, "profiles": ids.len() }))
}
