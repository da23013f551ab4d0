//! A pool: the profiles of a client and the fields they have.

use serde::{Deserialize, Serialize};

use crate::field::{FieldDef, FieldKind, Internal};
use crate::id::{CategoryId, ClientId, FieldId, PoolId};
use crate::lang::{Lang, Text};
use crate::rights::{Right, Rights};
use crate::time::{Millis, Zone};

/// What a category is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CategoryRole {
    /// Where the standard fields begin.
    Basic,
    /// Where the internal fields begin.
    Internal,
    /// Where the fields of a deleted category go.
    Unassigned,
    /// Made by a person.
    Custom,
}

impl CategoryRole {
    /// Every role, in the order of a new pool.
    pub const ALL: [CategoryRole; 4] = [CategoryRole::Basic, CategoryRole::Internal, CategoryRole::Unassigned, CategoryRole::Custom];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            CategoryRole::Basic => "basic",
            CategoryRole::Internal => "internal",
            CategoryRole::Unassigned => "unassigned",
            CategoryRole::Custom => "custom",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The name on the screen as long as nobody has given another; a custom one has only what it was given.
    pub const fn label(self) -> Text {
        match self {
            CategoryRole::Basic => Text::new("Basisdaten", "Basic data"),
            CategoryRole::Internal => Text::new("Intern", "Internal"),
            CategoryRole::Unassigned => Text::new("Ohne Zuordnung", "Unassigned"),
            CategoryRole::Custom => Text::new("Kategorie", "Category"),
        }
    }
}

/// A category of fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// The name that somebody gave it; empty as long as it has its own.
    pub name: String,
    /// What it is for.
    pub role: CategoryRole,
    /// Place among the categories.
    pub position: i64,
}

impl Category {
    /// The name on the screen.
    pub fn label(&self, lang: Lang) -> &str {
        if self.name.is_empty() { self.role.label().get(lang) } else { &self.name }
    }
}

/// The fields that a search looks in unless others are chosen.
const DEFAULT_SEARCH: [&str; 4] = ["NAME", "FIRSTNAME", "EMAIL", "COMPANY"];

/// The columns of a list that nobody has arranged.
const DEFAULT_COLUMNS: [&str; 6] = ["NAME", "FIRSTNAME", "EMAIL", "COMPANY", "CITY", Internal::EntryDate.key()];

/// A pool with everything that is needed to work with its profiles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    /// Its id.
    pub id: PoolId,
    /// Whose it is.
    pub client: ClientId,
    /// Its name.
    pub name: String,
    /// Grows with every change of data or fields.
    pub revision: i64,
    /// Rises with every change of how it is made up: whoever changes it by an older one can be refused.
    pub shape: i64,
    /// Rises when values of a field get another form: whoever writes by an older one is refused.
    pub forms: i64,
    /// When it was made.
    pub created_at: Millis,
    /// The time zone of its client, in which days begin and end.
    pub zone: Zone,
    /// In their order.
    pub categories: Vec<Category>,
    /// In the order of categories, then of fields.
    pub fields: Vec<FieldDef>,
    /// Whether fields are left out that its reader may not see.
    #[serde(default)]
    pub partial: bool,
}

impl Pool {
    /// The pool as somebody with these rights sees it: internet addresses are not there, what people have consented to can
    /// only be read. Whatever lists, searches, sorts, filters, exports or writes by it keeps to that.
    #[must_use]
    pub fn seen_by(mut self, rights: Rights) -> Self {
        if !rights.has(Right::IpAddresses) {
            let n = self.fields.len();
            self.fields.retain(|field| field.kind != FieldKind::IpAddress);
            self.partial = self.fields.len() < n;
        }
        if !rights.has(Right::Consent) {
            let consent = self.fields.iter_mut().filter(|field| field.internal.is_some_and(Internal::is_consent));
            consent.for_each(|field| field.locked = true);
        }
        self
    }

    /// Whether the history of a profile may tell of the field with this internal name; those of deleted fields are told.
    pub fn tells_of(&self, key: &str) -> bool {
        !(self.partial && Internal::from_key(key).is_some_and(|field| field.kind() == FieldKind::IpAddress))
    }

    /// The field with this internal name.
    pub fn field(&self, key: &str) -> Option<&FieldDef> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The field with this id.
    pub fn field_by_id(&self, id: FieldId) -> Option<&FieldDef> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The internal field of this meaning.
    pub fn internal(&self, internal: Internal) -> Option<&FieldDef> {
        self.fields.iter().find(|field| field.internal == Some(internal))
    }

    /// The fields that a search looks in unless others are chosen.
    pub fn default_search(&self) -> Vec<&FieldDef> {
        DEFAULT_SEARCH.iter().filter_map(|key| self.field(key)).collect()
    }

    /// The columns of a list that nobody has arranged.
    pub fn default_columns(&self) -> Vec<&FieldDef> {
        DEFAULT_COLUMNS.iter().filter_map(|key| self.field(key)).collect()
    }
}

/// A pool in the list of pools.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoolSummary {
    /// Its id.
    pub id: PoolId,
    /// Its name.
    pub name: String,
    /// Number of profiles that the reader reaches, without those in the bin.
    pub n_profiles: i64,
    /// When a profile or field was last changed.
    pub last_activity: Option<Millis>,
}

#[cfg(test)]
pub(crate) mod tests;
