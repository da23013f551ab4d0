//! What a row does to a profile by the rules: which of its values count, and what they make of those that are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::field::{FieldDef, FieldKind, Internal};
use domain::history::FieldChange;
use domain::id::FieldId;
use domain::import::{Empty, Evidence, Noted, Sets};
use domain::permission::Permission;
use domain::pool::Pool;
use domain::time::Millis;
use domain::value::{Value, plain};

use crate::error::{Result, StoreError};
use crate::load::row::{More, Proof, Row};
use crate::load::told::{Told, Watched};
use crate::profiles::create::{change, defaults};

/// What a new profile will have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Draft {
    pub(crate) values: Vec<(FieldId, Value)>,
    /// What stays empty although the field has a default.
    pub(crate) bare: Vec<FieldId>,
    /// What proves its permission, for the history.
    pub(crate) proof: Vec<FieldChange>,
}

/// What a row changes.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The new values; none for a field that is emptied.
    pub(crate) changes: Vec<(FieldId, Option<Value>)>,
    /// What proves a permission that rises.
    pub(crate) proof: Vec<FieldChange>,
}

/// Weighs the rows of a batch.
#[derive(Debug)]
pub(crate) struct Scales<'a> {
    pool: &'a Pool,
    told: &'a Told,
    pub(crate) watched: Watched,
    defaults: Arc<[(FieldId, Value)]>,
    now: Millis,
    pub(crate) noted: Noted,
}

impl<'a> Scales<'a> {
    pub(crate) fn new(pool: &'a Pool, told: &'a Told, now: Millis) -> Self {
        let (watched, defaults) = (Watched::of(pool), defaults(pool, now).into());
        Self { pool, told, watched, defaults, now, noted: Noted::default() }
    }

    /// A profile that a row makes.
    pub(crate) fn make(&mut self, row: Row) -> Draft {
        self.left_out(&row);
        if self.told.is_plain(&row, &self.watched) {
            return Draft { values: row.values, ..Draft::default() };
        }
        let mut draft = Draft::default();
        self.weigh_in(&mut draft, row);
        draft
    }

    /// Works a later row into a profile that is about to be made; whether it changes anything.
    pub(crate) fn work_in(&mut self, draft: &mut Draft, row: Row) -> bool {
        self.left_out(&row);
        self.weigh_in(draft, row)
    }

    fn weigh_in(&mut self, draft: &mut Draft, row: Row) -> bool {
        let defaults = Arc::clone(&self.defaults);
        let outcome = self.weigh(row, |field| stands(draft, &defaults, field));
        draft.proof.extend(outcome.proof);
        let mut changed = false;
        for (field, value) in outcome.changes {
            changed |= stands(draft, &self.defaults, field) != value.as_ref();
            draft.values.retain(|(known, _)| *known != field);
            draft.bare.retain(|known| *known != field);
            match value {
                Some(value) => draft.values.push((field, value)),
                None => draft.bare.push(field),
            }
        }
        changed
    }

    /// What was left out when the row was read.
    pub(crate) fn left_out(&mut self, row: &Row) {
        self.noted.left_out += row.more.as_ref().map_or(0, |more| more.left_out);
    }

    /// What a row does to a profile that has these values.
    pub(crate) fn weigh<'v>(&mut self, row: Row, before: impl Fn(FieldId) -> Option<&'v Value>) -> Outcome {
        let mut outcome = Outcome::default();
        let More { empty, proof, .. } = row.more.map(|more| *more).unwrap_or_default();
        let (mut permission, mut objection) = (None, false);
        for (id, value) in row.values {
            let Some(field) = self.pool.field_by_id(id) else { continue };
            if field.internal == Some(Internal::ProfileId) {
                continue;
            }
            let guarded = self.told.guarded && self.watched.has(id);
            if guarded && field.internal == Some(Internal::Permission) {
                permission = Some((id, value));
            } else if guarded && value == Value::Bool(false) && before(id) == Some(&Value::Bool(true)) {
                objection = true;
            } else {
                outcome.changes.push((id, self.combined(field, value, before(id))));
            }
        }
        self.noted.objections += u64::from(objection);
        self.empty_cells(&empty, &mut outcome);
        let unsubscribed = self.unsubscribed(&before, &mut outcome);
        if let Some((id, value)) = permission {
            self.permission((id, value), before(id), unsubscribed, &proof, &mut outcome);
        }
        outcome
    }

    /// A value as the profile will have it.
    fn combined(&self, field: &FieldDef, value: Value, before: Option<&Value>) -> Option<Value> {
        let (Value::Set(given), FieldKind::MultiSelection) = (&value, field.kind) else { return Some(value) };
        let has = match before {
            Some(Value::Set(has)) => has.as_slice(),
            _ => &[],
        };
        let mut set = match self.told.rules.sets {
            Sets::Replace => return Some(value),
            Sets::Add => [has, given].concat(),
            Sets::Remove => has.iter().filter(|option| !given.contains(option)).copied().collect(),
        };
        set.sort_unstable();
        set.dedup();
        (!set.is_empty()).then_some(Value::Set(set))
    }

    /// Empty cells of fields that may be empty; nobody's marks are wiped away by them.
    fn empty_cells(&self, empty: &[FieldId], outcome: &mut Outcome) {
        let said = self.told.rules.said_by_empty();
        if said == Empty::Keep {
            return;
        }
        for id in empty.iter().filter(|id| !self.told.key.contains(id)) {
            let Some(field) = self.pool.field_by_id(*id) else { continue };
            if !field.internal.is_none_or(|internal| matches!(internal, Internal::Language | Internal::ExternalId)) {
                continue;
            }
            let value = if said == Empty::Default { default_of(&self.defaults, *id).cloned() } else { None };
            if value.is_some() || !field.required {
                outcome.changes.push((*id, value));
            }
        }
    }

    /// Whether the person has signed off when the row has been taken over; the day is noted.
    fn unsubscribed<'v>(&self, before: &impl Fn(FieldId) -> Option<&'v Value>, outcome: &mut Outcome) -> bool {
        let yes = Value::Bool(true);
        let Some(field) = self.watched.unsubscribed else { return false };
        if before(field) == Some(&yes) {
            return true;
        }
        let now = outcome.changes.iter().any(|(id, value)| *id == field && value.as_ref() == Some(&yes));
        if let Some(at) = self.watched.unsubscribed_at.filter(|_| now && self.told.guarded) {
            outcome.changes.push((at, Some(Value::Int(self.now.get()))));
        }
        now
    }

    /// A permission falls as the file says; it rises only where somebody chose that, and never for who has signed off.
    fn permission(
        &mut self,
        (field, value): (FieldId, Value),
        before: Option<&Value>,
        unsubscribed: bool,
        proof: &Proof,
        outcome: &mut Outcome,
    ) {
        let read = |value: Option<&Value>| match value {
            Some(Value::Int(n)) => Permission::from_number(*n).unwrap_or(Permission::None),
            _ => Permission::None,
        };
        if !read(before).rises_to(read(Some(&value))) {
            outcome.changes.push((field, Some(value)));
            return;
        }
        let Some(raise) = self.told.rules.consent.as_ref().filter(|_| !unsubscribed) else {
            self.noted.not_raised += 1;
            return;
        };
        self.noted.raised += 1;
        outcome.changes.push((field, Some(value)));
        // An address that proved an older consent doesn't prove this one.
        outcome.changes.extend(self.watched.address.map(|field| (field, proof.address.clone().map(Value::Text))));
        let at = proof.at.map(|at| plain(&Evidence::Time.field(domain::lang::Lang::En), &Value::Int(at)));
        let mut told = |evidence: Evidence, after: Option<String>| {
            let after = after.map(Value::Text);
            outcome.proof.extend(after.map(|after| FieldChange {
                key: evidence.key().to_owned(),
                label: String::new(),
                before: None,
                after: Some(after),
            }));
        };
        told(Evidence::Source, Some(proof.source.clone().unwrap_or_else(|| raise.source.clone())));
        told(Evidence::Time, at);
    }
}

fn default_of(defaults: &[(FieldId, Value)], field: FieldId) -> Option<&Value> {
    defaults.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
}

/// What a new profile has in a field so far.
fn stands<'v>(draft: &'v Draft, defaults: &'v [(FieldId, Value)], field: FieldId) -> Option<&'v Value> {
    let own = draft.values.iter().find(|(known, _)| *known == field).map(|(_, value)| value);
    own.or_else(|| default_of(defaults, field).filter(|_| !draft.bare.contains(&field)))
}

/// The lines of history that prove the permissions of new profiles; without such a proof an import leaves none.
pub(crate) fn lines_of_new(pool: &Pool, new: &[Draft], first_id: i64) -> Result<Vec<(i64, String)>> {
    let proved = (first_id..).zip(new).filter(|(_, draft)| !draft.proof.is_empty());
    let line = |(id, draft): (i64, &Draft)| {
        let own = |internal| {
            let field = pool.internal(internal)?;
            let after = draft.values.iter().find(|(known, _)| *known == field.id).map(|(_, value)| value.clone())?;
            let before = (internal == Internal::Permission).then(|| Value::Int(Permission::OptOut.number()));
            Some(change(field, before, Some(after)))
        };
        let changes: Vec<FieldChange> =
            [Internal::Permission, Internal::PermissionIp].into_iter().filter_map(own).chain(draft.proof.iter().cloned()).collect();
        Ok((id, to_json(&changes)?))
    };
    proved.map(line).collect()
}

/// Lines of history with what proves a permission that has risen.
pub(crate) fn with_proof(lines: Vec<(i64, String)>, proofs: &BTreeMap<i64, Vec<FieldChange>>) -> Result<Vec<(i64, String)>> {
    let with = |(id, line): (i64, String)| match proofs.get(&id) {
        None => Ok((id, line)),
        Some(proof) => {
            let mut changes: Vec<FieldChange> = serde_json::from_str(&line).map_err(|error| StoreError::Corrupt(error.to_string()))?;
            changes.extend(proof.iter().cloned());
            Ok((id, to_json(&changes)?))
        }
    };
    lines.into_iter().map(with).collect()
}

fn to_json(changes: &[FieldChange]) -> Result<String> {
    serde_json::to_string(changes).map_err(|error| StoreError::Corrupt(error.to_string()))
}
