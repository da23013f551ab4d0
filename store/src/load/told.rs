//! The rules of a load, with the ids of its pool.

use domain::field::{FieldDef, Internal};
use domain::id::FieldId;
use domain::import::{Empty, Rules, Sets};
use domain::pool::Pool;
use domain::value::Value;

use crate::error::{Result, StoreError};
use crate::load::Row;

/// What a load was told.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// The fields that together find a profile.
    pub(crate) key: Vec<FieldId>,
    pub(crate) rules: Rules,
    /// Whether consent has its own rules: always, but where the program itself brings profiles.
    pub(crate) guarded: bool,
}

/// By what a row finds its profile.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    One(Value),
    Several(Vec<Value>),
}

impl Told {
    /// Rules with the names of fields.
    pub(crate) fn of(pool: &Pool, rules: &Rules) -> Result<Self> {
        let id = |key: &String| pool.field(key).map(|field| field.id).ok_or(StoreError::NotFound);
        Ok(Self { key: rules.key.iter().map(id).collect::<Result<_>>()?, rules: rules.clone(), guarded: true })
    }

    /// The fields of the key.
    pub(crate) fn fields<'p>(&self, pool: &'p Pool) -> Result<Vec<&'p FieldDef>> {
        self.key.iter().map(|id| pool.field_by_id(*id).ok_or(StoreError::NotFound)).collect()
    }

    /// The key that these values make; none where one is missing, or where there is no key.
    pub(crate) fn key_of<'v>(&self, value: impl Fn(FieldId) -> Option<&'v Value>) -> Option<Key> {
        match self.key.as_slice() {
            [] => None,
            [one] => value(*one).cloned().map(Key::One),
            several => several.iter().map(|field| value(*field).cloned()).collect::<Option<_>>().map(Key::Several),
        }
    }

    /// Whether a row only says what its filled cells are to be: nothing has to be weighed against what a profile has.
    pub(crate) fn is_plain(&self, row: &Row, watched: &Watched) -> bool {
        let weighed = self.guarded && row.values.iter().any(|(field, _)| watched.has(*field));
        !weighed && self.rules.sets == Sets::Replace && (row.more.is_none() || self.rules.said_by_empty() == Empty::Keep)
    }
}

/// The fields of consent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Watched {
    pub(crate) permission: Option<FieldId>,
    pub(crate) unsubscribed: Option<FieldId>,
    pub(crate) unsubscribed_at: Option<FieldId>,
    pub(crate) no_tracking: Option<FieldId>,
    pub(crate) address: Option<FieldId>,
}

impl Watched {
    pub(crate) fn of(pool: &Pool) -> Self {
        let id = |internal| pool.internal(internal).map(|field| field.id);
        Self {
            permission: id(Internal::Permission),
            unsubscribed: id(Internal::Unsubscribed),
            unsubscribed_at: id(Internal::UnsubscribeDate),
            no_tracking: id(Internal::NoTracking),
            address: id(Internal::PermissionIp),
        }
    }

    /// Whether a value of a field has to be weighed.
    pub(crate) fn has(&self, field: FieldId) -> bool {
        [self.permission, self.unsubscribed, self.no_tracking].contains(&Some(field))
    }

    /// Those that must be known to weigh.
    pub(crate) fn needed(&self) -> impl Iterator<Item = FieldId> + use<> {
        [self.permission, self.unsubscribed, self.unsubscribed_at, self.no_tracking, self.address].into_iter().flatten()
    }
}

/// The value of a row in a field.
pub(crate) fn value_of(row: &Row, field: FieldId) -> Option<&Value> {
    row.values.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
}
