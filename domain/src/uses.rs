//! What uses a field or an option: it can't be deleted as long as something does.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Text, fill, number};

/// A kind of object that uses fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UseKind {
    /// The default value of a field names the option.
    Default,
    /// Profiles have chosen the option.
    Profiles,
    /// An import that waits or runs.
    Import,
    /// A conversion of the field that waits or runs.
    Conversion,
    /// A role whose rule names the field.
    Role,
}

impl UseKind {
    /// The name in REST.
    pub const fn code(self) -> &'static str {
        match self {
            UseKind::Default => "default",
            UseKind::Profiles => "profiles",
            UseKind::Import => "import",
            UseKind::Conversion => "conversion",
            UseKind::Role => "role",
        }
    }

    /// The name on the screen, of one and of several.
    pub const fn label(self, n: u64, lang: Lang) -> &'static str {
        match (self, n) {
            (UseKind::Default, _) => Text::new("Default-Wert", "Default value"),
            (UseKind::Profiles, 1) => Text::new("Profil", "Profile"),
            (UseKind::Profiles, _) => Text::new("Profile", "Profiles"),
            (UseKind::Import, 1) => Text::new("Import", "Import"),
            (UseKind::Import, _) => Text::new("Importe", "Imports"),
            (UseKind::Role, 1) => Text::new("Rolle", "Role"),
            (UseKind::Role, _) => Text::new("Rollen", "Roles"),
            (UseKind::Conversion, _) => Text::new("Umwandlung des Feldes", "Conversion of the field"),
        }
        .get(lang)
    }
}

/// Something that uses a field or an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// What it is.
    pub kind: UseKind,
    /// Its number; of the field for a default, of the option for profiles.
    pub id: i64,
    /// What people call it; empty where it has no name of its own.
    pub name: String,
    /// How many, where one line stands for many.
    pub n: u64,
}

/// Why something can't be deleted: everything that uses it, by name.
pub fn sentence(uses: &[Use], lang: Lang) -> String {
    const WHY: Text = Text::new(
        "Das wird noch verwendet: {uses}. Bitte dort zuerst entfernen.",
        "This is still in use: {uses}. Please remove it there first.",
    );
    let one = |used: &Use| {
        let kind = used.kind.label(used.n, lang);
        match (used.name.as_str(), used.n) {
            ("", _) => kind.to_owned(),
            (name, 1) => format!("{kind} „{name}“"),
            (name, n) => format!("{} {kind} „{name}“", number(i64::try_from(n).unwrap_or(i64::MAX), lang)),
        }
    };
    fill(WHY.get(lang), &[("uses", &uses.iter().map(one).collect::<Vec<_>>().join(", "))])
}
