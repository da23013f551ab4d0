//! The types that a field can have.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Text};

/// How a type is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SqlType {
    /// A text column.
    Text,
    /// A column of 64-bit whole numbers.
    Integer,
    /// A truth column.
    Boolean,
    /// Rows in a table of their own.
    Set,
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text, at most 1 000 characters.
    SingleLine,
    /// Several lines of text, at most 100 000 characters.
    MultiLine,
    /// One of the field's own options.
    Selection,
    /// Any number of the field's own options.
    MultiSelection,
    /// One of the fixed salutations.
    Salutation,
    /// A country, as ISO 3166-1 alpha-2 code.
    Country,
    /// A federal state, as ISO 3166-2 code.
    State,
    /// A mobile prefix with its country code, `+49151`.
    MobilePrefix,
    /// A day.
    Date,
    /// A moment.
    DateTime,
    /// An e-mail address.
    Email,
    /// True or false.
    Boolean,
    /// A whole number of 64 bits.
    Integer,
    /// A postcode.
    Postcode,
    /// An IPv4 or IPv6 address.
    IpAddress,
    /// A language, as ISO 639-1 code.
    Language,
    /// The consent to receive mail.
    Permission,
    /// The number of the profile itself.
    ProfileId,
    /// The number of a form.
    FormRef,
}

impl FieldKind {
    /// Every type.
    pub const ALL: [FieldKind; 19] = [
        FieldKind::SingleLine,
        FieldKind::MultiLine,
        FieldKind::Selection,
        FieldKind::MultiSelection,
        FieldKind::Salutation,
        FieldKind::Country,
        FieldKind::State,
        FieldKind::MobilePrefix,
        FieldKind::Date,
        FieldKind::DateTime,
        FieldKind::Email,
        FieldKind::Boolean,
        FieldKind::Integer,
        FieldKind::Postcode,
        FieldKind::IpAddress,
        FieldKind::Language,
        FieldKind::Permission,
        FieldKind::ProfileId,
        FieldKind::FormRef,
    ];

    /// Name in the database and in REST, number in older interfaces, storage, and name on the screen.
    const fn facts(self) -> (&'static str, u8, SqlType, Text) {
        use SqlType::{Boolean, Integer, Set, Text as Words};
        match self {
            FieldKind::SingleLine => ("single_line", 5, Words, Text::new("Einzeilige Eingabe", "Single line")),
            FieldKind::MultiLine => ("multi_line", 6, Words, Text::new("Mehrzeilige Eingabe", "Several lines")),
            FieldKind::Selection => ("selection", 7, Integer, Text::new("Einfach-Selektion", "Single selection")),
            FieldKind::MultiSelection => ("multi_selection", 8, Set, Text::new("Mehrfach-Selektion", "Multiple selection")),
            FieldKind::Salutation => ("salutation", 1, Words, Text::new("Anrede", "Salutation")),
            FieldKind::Country => ("country", 2, Words, Text::new("Land", "Country")),
            FieldKind::State => ("state", 3, Words, Text::new("Bundesland", "Federal state")),
            FieldKind::MobilePrefix => ("mobile_prefix", 4, Words, Text::new("Mobilvorwahl", "Mobile prefix")),
            FieldKind::Date => ("date", 9, Integer, Text::new("Datum", "Date")),
            FieldKind::DateTime => ("date_time", 11, Integer, Text::new("Datum mit Uhrzeit", "Date with time")),
            FieldKind::Email => ("email", 10, Words, Text::new("E-Mail", "E-mail")),
            FieldKind::Boolean => ("boolean", 16, Boolean, Text::new("Wahr/Falsch", "True/false")),
            FieldKind::Integer => ("integer", 20, Integer, Text::new("Ganze Zahl", "Whole number")),
            FieldKind::Postcode => ("postcode", 21, Words, Text::new("PLZ", "Postcode")),
            FieldKind::IpAddress => ("ip_address", 22, Words, Text::new("IP-Adresse", "IP address")),
            FieldKind::Language => ("language", 12, Words, Text::new("Sprache", "Language")),
            FieldKind::Permission => ("permission", 15, Integer, Text::new("Permission", "Permission")),
            FieldKind::ProfileId => ("profile_id", 20, Integer, Text::new("Profil-ID", "Profile ID")),
            FieldKind::FormRef => ("form_ref", 19, Integer, Text::new("Formular", "Form")),
        }
    }

    /// The name in the database and in REST.
    pub const fn code(self) -> &'static str {
        self.facts().0
    }

    /// The type with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        self.facts().3.get(lang)
    }

    /// The number that integrators know the type by; a profile id counts as a whole number there.
    pub const fn number(self) -> u8 {
        self.facts().1
    }

    /// How values are stored.
    pub const fn sql(self) -> SqlType {
        self.facts().2
    }

    /// Whether a person may choose it for a field of their own.
    pub const fn offered(self) -> bool {
        !matches!(self, FieldKind::Language | FieldKind::Permission | FieldKind::ProfileId | FieldKind::FormRef)
    }

    /// Whether values come from the field's own options.
    pub const fn has_options(self) -> bool {
        matches!(self, FieldKind::Selection | FieldKind::MultiSelection)
    }

    /// Whether values come from a list that is the same in every pool.
    pub const fn has_fixed_list(self) -> bool {
        matches!(
            self,
            FieldKind::Salutation
                | FieldKind::Country
                | FieldKind::State
                | FieldKind::MobilePrefix
                | FieldKind::Language
                | FieldKind::Permission
        )
    }
}
