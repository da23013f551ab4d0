//! What has happened to a profile, line by line.

use serde::{Deserialize, Serialize};

use crate::id::{ImportId, TokenId, UserId};
use crate::lang::{Lang, Text};
use crate::time::Millis;
use crate::value::Value;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Made by hand, by REST or by the system.
    Created,
    /// Values were changed.
    Edited,
    /// Moved to the bin.
    Deleted,
    /// Taken out of the bin.
    Restored,
    /// Made by an import.
    Imported,
    /// Changed by an import.
    ImportChanged,
    /// Brought back by a backup, from the bin or when it was gone for good.
    BroughtBack,
    /// Got the values of a backup.
    ChangedBack,
}

impl Action {
    /// Every action.
    pub const ALL: [Action; 8] = [
        Action::Created,
        Action::Edited,
        Action::Deleted,
        Action::Restored,
        Action::Imported,
        Action::ImportChanged,
        Action::BroughtBack,
        Action::ChangedBack,
    ];

    /// The name in the database and in REST.
    pub const fn code(self) -> &'static str {
        match self {
            Action::Created => "created",
            Action::Edited => "edited",
            Action::Deleted => "deleted",
            Action::Restored => "restored",
            Action::Imported => "imported",
            Action::ImportChanged => "import_changed",
            Action::BroughtBack => "brought_back",
            Action::ChangedBack => "changed_back",
        }
    }

    /// The action with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Action::Created => Text::new("Profil angelegt", "Profile created"),
            Action::Edited => Text::new("Profil bearbeitet", "Profile edited"),
            Action::Deleted => Text::new("In den Papierkorb gelegt", "Moved to the bin"),
            Action::Restored => Text::new("Wiederhergestellt", "Restored"),
            Action::Imported => Text::new("Durch Import angelegt", "Created by an import"),
            Action::ImportChanged => Text::new("Durch Import geändert", "Changed by an import"),
            Action::BroughtBack => Text::new("Aus einem Backup zurückgeholt", "Brought back from a backup"),
            Action::ChangedBack => Text::new("Auf den Stand eines Backups gebracht", "Set to the state of a backup"),
        }
        .get(lang)
    }
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Actor {
    /// A person at the screen.
    User(UserId),
    /// A program with a token.
    Api(TokenId),
    /// An import.
    Import(ImportId),
    /// Somebody at the command line of the machine.
    CommandLine,
    /// Somebody who is not signed in: who tries to.
    Nobody,
    /// The program itself.
    System,
}

impl Actor {
    /// The name of the kind in the database: `user`, `api`, `import`, `command_line`, `nobody` or `system`.
    pub const fn kind(self) -> &'static str {
        match self {
            Actor::User(_) => "user",
            Actor::Api(_) => "api",
            Actor::Import(_) => "import",
            Actor::CommandLine => "command_line",
            Actor::Nobody => "nobody",
            Actor::System => "system",
        }
    }

    /// The number beside the kind in the database.
    pub const fn id(self) -> Option<i64> {
        match self {
            Actor::User(id) => Some(id.get()),
            Actor::Api(id) => Some(id.get()),
            Actor::Import(id) => Some(id.get()),
            Actor::CommandLine | Actor::Nobody | Actor::System => None,
        }
    }

    /// Puts kind and number together again; what does not fit is the system.
    pub fn from_parts(kind: &str, id: Option<i64>) -> Self {
        match (kind, id) {
            ("user", Some(id)) => Actor::User(UserId::new(id)),
            ("api", Some(id)) => Actor::Api(TokenId::new(id)),
            ("import", Some(id)) => Actor::Import(ImportId::new(id)),
            ("command_line", None) => Actor::CommandLine,
            ("nobody", None) => Actor::Nobody,
            _ => Actor::System,
        }
    }
}

/// One field before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Internal name of the field at that time.
    pub key: String,
    /// Its label at that time; empty for a field that nobody had renamed.
    pub label: String,
    /// The value before; none for an empty field.
    pub before: Option<Value>,
    /// The value after; none for an empty field.
    pub after: Option<Value>,
}

/// One line of a profile's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// Its number; none for a line that is put together when it is read.
    pub id: Option<i64>,
    /// When.
    pub at: Millis,
    /// Who.
    pub actor: Actor,
    /// The name to show for who: a person's name, a token's name, a file's name; empty for the system.
    pub actor_name: String,
    /// What.
    pub action: Action,
    /// Which fields changed how.
    pub changes: Vec<FieldChange>,
}

#[cfg(test)]
mod tests;
