//! What an import does where a row meets a profile, an empty cell, an unknown option, or another row of the same person.

use serde::{Deserialize, Serialize};

use super::Mapping;

/// Choices with the names that REST, the command line and forms use: `Name = "code";`
macro_rules! choices {
    ($(#[$doc:meta])* $type:ident { $($(#[$one:meta])* $name:ident = $code:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $type {
            $($(#[$one])* $name,)+
        }

        impl $type {
            /// All of them.
            pub const ALL: &[$type] = &[$($type::$name),+];

            /// The name in REST, on the command line and in forms.
            pub const fn code(self) -> &'static str {
                match self {
                    $($type::$name => $code,)+
                }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

choices! {
    /// What becomes of rows whose profile exists, and of those whose profile doesn't.
    Existing {
        /// New profiles are made; rows of profiles that exist are skipped.
        Create = "create";
        /// Profiles that exist are changed; rows of others are skipped.
        Update = "update";
        /// Both.
        #[default]
        Both = "both";
    }
}

choices! {
    /// How much of a profile that exists a row says.
    Filled {
        /// Its filled cells.
        #[default]
        Merge = "merge";
        /// All columns of the file: an empty cell empties its field. What the file has no column for stays.
        Replace = "replace";
    }
}

choices! {
    /// What options of a multi-selection do to those that the profile has.
    Sets {
        /// They are added.
        Add = "add";
        /// They take their place.
        #[default]
        Replace = "replace";
        /// They are taken away.
        Remove = "remove";
    }
}

choices! {
    /// What an empty cell says.
    Empty {
        /// Nothing: what the profile has stays, a new one gets the default of the field.
        #[default]
        Keep = "keep";
        /// That the field is to be empty.
        Clear = "clear";
        /// That the field is to have its default.
        Default = "default";
    }
}

choices! {
    /// What an option does that the field doesn't have.
    Unknown {
        /// Its row is refused.
        #[default]
        Refuse = "refuse";
        /// It is left out, the rest of the row is taken over.
        Skip = "skip";
        /// The field gets it.
        Create = "create";
    }
}

choices! {
    /// What counts where several rows of the file are about the same profile.
    Duplicates {
        /// The first of them.
        First = "first";
        /// The last of them.
        Last = "last";
        /// All, one after the other.
        #[default]
        Merge = "merge";
    }
}

/// That somebody chose, and answers for it, that an import may raise permissions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raise {
    /// Where the consent was given, for rows that don't say it themselves; never empty.
    pub source: String,
}

/// The longest source, in characters.
pub const MAX_SOURCE: usize = 200;

/// How rows are brought together with what is there. Without anything said a row changes the profile that its key finds or
/// makes one, its filled cells count, and nobody's permission rises.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// The internal names of the fields that together find a profile; none: every row makes a new one. A row in which one
    /// of them is empty finds none.
    pub key: Vec<String>,
    /// Whether profiles are made, changed, or both.
    pub existing: Existing,
    /// How much of a profile a row says.
    pub filled: Filled,
    /// What options of multi-selections do.
    pub sets: Sets,
    /// What an empty cell says.
    pub empty: Empty,
    /// What an unknown option does.
    pub unknown: Unknown,
    /// What several rows of one profile do.
    pub duplicates: Duplicates,
    /// Values of fields that no column fills, for all rows, as somebody typed them: internal name and value.
    pub constants: Vec<(String, String)>,
    /// Whether permissions may rise.
    pub consent: Option<Raise>,
    /// Whether the DNS is asked if the domains of e-mail addresses take mail; rows are refused where it says no.
    pub dns: bool,
}

impl Rules {
    /// The rules of a mapping about which nothing was said: profiles are found by their e-mail address, else by their id.
    pub fn proposed(mapping: &Mapping) -> Self {
        let key = ["EMAIL", "PROFILEID"].into_iter().find(|key| mapping.column(key).is_some());
        Self::by(key)
    }

    /// Profiles are found by this field; all else as usual.
    pub fn by(key: Option<&str>) -> Self {
        Self { key: key.into_iter().map(str::to_owned).collect(), ..Self::default() }
    }

    /// What an empty cell says to a profile that exists and to a new one.
    pub fn said_by_empty(&self) -> Empty {
        match (self.filled, self.empty) {
            (Filled::Replace, Empty::Keep) => Empty::Clear,
            (_, empty) => empty,
        }
    }

    /// Whether rows of the same profile have to be told apart over the whole file.
    pub fn tells_apart(&self) -> bool {
        self.duplicates != Duplicates::Merge && !self.key.is_empty()
    }

    /// The value for all rows of a field.
    pub fn constant(&self, field: &str) -> Option<&str> {
        self.constants.iter().find(|(known, _)| known == field).map(|(_, value)| value.as_str())
    }

    /// The internal names of the fields that they speak of.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.key.iter().chain(self.constants.iter().map(|(field, _)| field)).map(String::as_str)
    }
}

/// What became of consent, options and values, beside the rows themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Noted {
    /// Rows that raised a permission.
    pub raised: u64,
    /// Rows that would have raised one.
    pub not_raised: u64,
    /// Rows that would have lifted an unsubscription or an objection.
    pub objections: u64,
    /// Options that were left out because the field doesn't have them.
    pub left_out: u64,
    /// Options that fields got.
    pub options: u64,
    /// Rows for whose mail domain the DNS had no answer.
    pub not_asked: u64,
}

impl Noted {
    /// Add those of a further part.
    pub fn add(&mut self, other: Noted) {
        self.raised += other.raised;
        self.not_raised += other.not_raised;
        self.objections += other.objections;
        self.left_out += other.left_out;
        self.options += other.options;
        self.not_asked += other.not_asked;
    }
}
