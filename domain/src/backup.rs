//! Backups of a pool: what they are called, what stands in their first file, and what both sides of a file exchange.

use serde::{Deserialize, Serialize};

use crate::id::{BackupId, JobId, PoolId, UserId};
use crate::lang::{Lang, Text};
use crate::problem::Problem;
use crate::text::{at_most, clean_line};
use crate::time::Millis;

mod file;

pub use file::{BackupRow, Contents, Manifest, ManifestColumn, ManifestOption};

/// The version of the format that this program writes; see docs/backup.md.
pub const FORMAT: u32 = 1;

/// The longest name of a backup, in characters.
pub const MAX_NAME: usize = 100;

/// The heading of the first column of each table in the file.
pub const ID_HEADING: &str = "PROFILE_ID";

/// Why a backup that somebody wished is not made, and what to do.
pub const NO_ROOM: Text = Text::new(
    "Für dieses Backup ist kein Platz mehr. Bitte zuerst ältere Backups löschen, die nicht mehr gebraucht werden; die Liste zeigt, wie groß jedes ist.",
    "There is no room left for this backup. Please delete older backups first that are not needed any more; the list shows how large each is.",
);

/// The same where the deployment has a limit.
pub const TOO_MANY: Text = Text::new(
    "Der Pool hat schon so viele manuelle Backups, wie erlaubt sind. Bitte zuerst eines davon löschen.",
    "The pool has as many manual backups as are allowed. Please delete one of them first.",
);

/// Why nothing was changed: the store of the backups does not take one.
pub const NOT_TAKEN: Text = Text::new(
    "Der S3-Speicher nimmt gerade kein Backup an. Deshalb wurde nichts geändert. Bitte später noch einmal versuchen; im Log des Servers steht der Grund.",
    "The S3 store takes no backup just now. Nothing was changed for that. Please try again later; the log of the server has the reason.",
);

/// The name of a backup as it is stored.
///
/// # Errors
/// `Required`, `TooLong`.
pub fn name(text: &str) -> Result<String, Problem> {
    let name = clean_line(text);
    if name.is_empty() {
        return Err(Problem::Required);
    }
    at_most(&name, MAX_NAME)?;
    Ok(name)
}

/// What a backup was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupKind {
    /// Somebody wished it.
    Manual,
    /// An import follows.
    Import,
    /// Many profiles are deleted next.
    Delete,
    /// A backup is restored next.
    Restore,
    /// A field gets another type next.
    Convert,
    /// The night came, and the pool had changed.
    Nightly,
}

impl BackupKind {
    /// Every kind.
    pub const ALL: [BackupKind; 6] =
        [BackupKind::Manual, BackupKind::Import, BackupKind::Delete, BackupKind::Restore, BackupKind::Convert, BackupKind::Nightly];

    /// The name in the database, in files and in REST.
    pub const fn code(self) -> &'static str {
        match self {
            BackupKind::Manual => "manual",
            BackupKind::Import => "import",
            BackupKind::Delete => "delete",
            BackupKind::Restore => "restore",
            BackupKind::Convert => "convert",
            BackupKind::Nightly => "nightly",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            BackupKind::Manual => Text::new("von Hand", "manual"),
            BackupKind::Import => Text::new("vor einem Import", "before an import"),
            BackupKind::Delete => Text::new("vor einer Löschung", "before a deletion"),
            BackupKind::Restore => Text::new("vor einer Wiederherstellung", "before a restore"),
            BackupKind::Convert => Text::new("vor einer Umwandlung", "before a conversion"),
            BackupKind::Nightly => Text::new("nächtlich", "nightly"),
        }
        .get(lang)
    }

    /// Whether nobody wished it by hand: such a backup makes room for others.
    pub const fn automatic(self) -> bool {
        !matches!(self, BackupKind::Manual)
    }
}

/// How far a backup has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupState {
    /// It is asked for or being written.
    Making,
    /// It is there, and was read again.
    Done,
    /// It could not be made; or its file has gone or is damaged.
    Failed,
}

impl BackupState {
    /// Every state.
    pub const ALL: [BackupState; 3] = [BackupState::Making, BackupState::Done, BackupState::Failed];

    /// The name in the database and in REST.
    pub const fn code(self) -> &'static str {
        match self {
            BackupState::Making => "making",
            BackupState::Done => "done",
            BackupState::Failed => "failed",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            BackupState::Making => Text::new("wird angelegt", "being made"),
            BackupState::Done => Text::new("fertig", "done"),
            BackupState::Failed => Text::new("unbrauchbar", "unusable"),
        }
        .get(lang)
    }
}

/// A backup as its row tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Its id.
    pub id: BackupId,
    /// Of which pool.
    pub pool: PoolId,
    /// What for.
    pub kind: BackupKind,
    /// What somebody calls it; empty: nothing.
    pub name: String,
    /// How far it is.
    pub state: BackupState,
    /// When it was asked for.
    pub made_at: Millis,
    /// Who wished it, or what it was made for; none: the schedule.
    pub made_by: Option<UserId>,
    /// Their name, as far as they still work here.
    pub made_by_name: Option<String>,
    /// The job that makes it, or before whose work it was made.
    pub job: Option<JobId>,
    /// Whether it holds the whole pool; else only the profiles that were concerned.
    pub whole: bool,
    /// How many profiles it holds; 0 until it is done.
    pub n_profiles: u64,
    /// How large its file is, in bytes; 0 until it is done.
    pub n_bytes: u64,
    /// The revision of the pool that it shows.
    pub revision: i64,
    /// The name of its file on the shelf; empty until it is done.
    pub file: String,
    /// The SHA-256 of that file in hexadecimal digits.
    pub sha256: String,
    /// Where its file lies: the address of an S3 store, or empty for the data folder.
    pub place: String,
    /// Whether its file is encrypted.
    pub encrypted: bool,
    /// Whether it is kept until somebody says otherwise.
    pub pinned: bool,
    /// When it goes by itself, unless it is pinned.
    pub expires_at: Millis,
    /// When its file was last read as a whole and found sound.
    pub verified_at: Option<Millis>,
    /// Why it could not be made or used, as a sentence in both languages.
    pub error: Option<crate::job::JobError>,
}

impl Backup {
    /// What it is called on the screen: the given name, else what it was made for.
    pub fn title(&self, lang: Lang) -> &str {
        if self.name.is_empty() { self.kind.label(lang) } else { &self.name }
    }

    /// Whether its file can be read: for looking into it, for restoring and for taking it away.
    pub fn usable(&self) -> bool {
        self.state == BackupState::Done
    }
}

#[cfg(test)]
mod tests;
