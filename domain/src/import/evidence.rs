//! What a file says of a consent: where it was given, when, and from which address.

use crate::field::{FieldDef, FieldKind, Internal};
use crate::id::CategoryId;
use crate::lang::{Lang, Text};
use crate::pool::Pool;

/// A column that proves a consent. It is written only together with a permission that rises: the address into its own field,
/// all into the line of the profile's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// Where it was given.
    Source,
    /// When.
    Time,
    /// From which internet address.
    Address,
}

impl Evidence {
    /// All of them.
    pub const ALL: [Evidence; 3] = [Evidence::Source, Evidence::Time, Evidence::Address];

    /// What a column is mapped to, and how the line of the history calls it. No field of one's own has such a name.
    pub const fn key(self) -> &'static str {
        match self {
            Evidence::Source => "PERMISSION_SOURCE",
            Evidence::Time => "PERMISSION_DATE",
            Evidence::Address => Internal::PermissionIp.key(),
        }
    }

    /// The one with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// The name on the screen.
    pub const fn label(self) -> Text {
        match self {
            Evidence::Source => Text::new("Permission (Quelle)", "Permission (source)"),
            Evidence::Time => Text::new("Permission (Zeitpunkt)", "Permission (time)"),
            Evidence::Address => Internal::PermissionIp.label(),
        }
    }

    /// By what its values are read and shown: a field that no pool has.
    pub fn field(self, lang: Lang) -> FieldDef {
        let kind = match self {
            Evidence::Source => FieldKind::SingleLine,
            Evidence::Time => FieldKind::DateTime,
            Evidence::Address => FieldKind::IpAddress,
        };
        FieldDef { label: self.label().get(lang).to_owned(), ..FieldDef::new(self.key(), kind, CategoryId::new(0)) }
    }

    /// Whether somebody who sees the pool like this may have a column go there: who may change consent, and addresses only
    /// who sees them.
    pub fn may_be_mapped(self, pool: &Pool) -> bool {
        let open = pool.internal(Internal::Permission).is_some_and(|field| !field.locked);
        open && (self != Evidence::Address || pool.internal(Internal::PermissionIp).is_some())
    }
}
