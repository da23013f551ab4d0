//! Work that takes longer than a request and runs in the background.

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, JobId, UserId};
use crate::lang::{Lang, Text};
use crate::time::Millis;

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Loads an uploaded file into a pool.
    Import,
    /// Finds out what would come of a file, without changing anything.
    ImportCheck,
    /// Removes for good what has lain in the bin for long enough.
    Purge,
    /// Moves many profiles to the bin.
    BulkDelete,
    /// Changes a field of many profiles.
    BulkEdit,
    /// Takes one of the two back.
    BulkUndo,
    /// Brings many profiles back from the bin.
    BulkRestore,
    /// Takes an import back.
    ImportUndo,
    /// Compares a backup with its pool as it is now.
    RestoreCheck,
    /// Brings a backup back.
    Restore,
    /// Takes that back.
    RestoreUndo,
    /// Gives a field another type, or its former one back.
    Convert,
    /// Writes profiles into a file that is taken away afterwards.
    Export,
    /// Writes a backup that somebody wished.
    Backup,
    /// Writes backups of the pools that changed since the night before.
    NightlyBackup,
    /// Fetches a file from another server and imports it.
    Fetch,
    /// Looks whether there are files for a regular import.
    ScheduledImport,
    /// Fills a pool with invented profiles to try things out.
    Demo,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [JobKind; 18] = [
        JobKind::Import,
        JobKind::ImportCheck,
        JobKind::Purge,
        JobKind::BulkDelete,
        JobKind::BulkEdit,
        JobKind::BulkUndo,
        JobKind::BulkRestore,
        JobKind::ImportUndo,
        JobKind::RestoreCheck,
        JobKind::Restore,
        JobKind::RestoreUndo,
        JobKind::Convert,
        JobKind::Export,
        JobKind::Backup,
        JobKind::NightlyBackup,
        JobKind::Fetch,
        JobKind::ScheduledImport,
        JobKind::Demo,
    ];

    /// The name in the database and in REST.
    pub const fn code(self) -> &'static str {
        match self {
            JobKind::Import => "import",
            JobKind::ImportCheck => "import_check",
            JobKind::Purge => "purge",
            JobKind::BulkDelete => "bulk_delete",
            JobKind::BulkEdit => "bulk_edit",
            JobKind::BulkUndo => "bulk_undo",
            JobKind::BulkRestore => "bulk_restore",
            JobKind::ImportUndo => "import_undo",
            JobKind::RestoreCheck => "restore_check",
            JobKind::Restore => "restore",
            JobKind::RestoreUndo => "restore_undo",
            JobKind::Convert => "convert",
            JobKind::Export => "export",
            JobKind::Backup => "backup",
            JobKind::NightlyBackup => "nightly_backup",
            JobKind::Fetch => "fetch",
            JobKind::ScheduledImport => "scheduled_import",
            JobKind::Demo => "demo",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            JobKind::Import => Text::new("Import", "Import"),
            JobKind::ImportCheck => Text::new("Import prüfen", "Check an import"),
            JobKind::Purge => Text::new("Papierkorb leeren", "Empty the bin"),
            JobKind::BulkDelete => Text::new("Profile löschen", "Delete profiles"),
            JobKind::BulkEdit => Text::new("Profile ändern", "Edit profiles"),
            JobKind::BulkUndo => Text::new("Rückgängig machen", "Undo"),
            JobKind::BulkRestore => Text::new("Profile wiederherstellen", "Restore profiles"),
            JobKind::ImportUndo => Text::new("Import zurücknehmen", "Take an import back"),
            JobKind::RestoreCheck => Text::new("Backup vergleichen", "Compare a backup"),
            JobKind::Restore => Text::new("Backup wiederherstellen", "Restore a backup"),
            JobKind::RestoreUndo => Text::new("Wiederherstellung zurücknehmen", "Take a restore back"),
            JobKind::Convert => Text::new("Feld umwandeln", "Convert a field"),
            JobKind::Export => Text::new("Export", "Export"),
            JobKind::Backup => Text::new("Backup anlegen", "Make a backup"),
            JobKind::NightlyBackup => Text::new("Nächtliches Backup", "Nightly backup"),
            JobKind::Fetch => Text::new("Datei abholen", "Fetch a file"),
            JobKind::ScheduledImport => Text::new("Regelmäßiger Import", "Regular import"),
            JobKind::Demo => Text::new("Demodaten laden", "Load demo data"),
        }
        .get(lang)
    }
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Nobody has taken it yet.
    Waiting,
    /// A worker is at it.
    Running,
    /// Ended well.
    Done,
    /// Ended with an error.
    Failed,
    /// Stopped by a person.
    Cancelled,
}

impl JobState {
    /// Every state.
    pub const ALL: [JobState; 5] = [JobState::Waiting, JobState::Running, JobState::Done, JobState::Failed, JobState::Cancelled];

    /// The name in the database and in REST.
    pub const fn code(self) -> &'static str {
        match self {
            JobState::Waiting => "waiting",
            JobState::Running => "running",
            JobState::Done => "done",
            JobState::Failed => "failed",
            JobState::Cancelled => "cancelled",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            JobState::Waiting => Text::new("wartet", "waiting"),
            JobState::Running => Text::new("läuft", "running"),
            JobState::Done => Text::new("fertig", "done"),
            JobState::Failed => Text::new("fehlgeschlagen", "failed"),
            JobState::Cancelled => Text::new("abgebrochen", "cancelled"),
        }
        .get(lang)
    }

    /// Whether nothing more will happen.
    pub const fn ended(self) -> bool {
        matches!(self, JobState::Done | JobState::Failed | JobState::Cancelled)
    }
}

/// Steps done, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Steps done so far, in the unit of the kind (bytes of a file, profiles …).
    pub done: u64,
    /// All steps, when that is known.
    pub total: Option<u64>,
}

impl Progress {
    /// The done part in whole per cent (0..=100), when the total is known.
    pub fn percent(self) -> Option<u8> {
        let total = self.total?;
        if total == 0 {
            return Some(100);
        }
        let percent = u128::from(self.done.min(total)) * 100 / u128::from(total);
        u8::try_from(percent).ok()
    }
}

/// Why a job failed, as a sentence in both languages: who reads it need not be who started it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobError {
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
}

impl JobError {
    /// The error of a job that was begun again and again and never came to its end.
    pub const INTERRUPTED: Text = Text::new(
        "Der Vorgang wurde mehrmals unterbrochen und darum aufgegeben; was er bis dahin getan hat, bleibt. Bitte noch einmal starten.",
        "The job was interrupted several times and has been given up; what it did until then stays. Please start it again.",
    );

    /// The sentence that this function writes in each language.
    pub fn of(sentence: impl Fn(Lang) -> String) -> Self {
        Self { de: sentence(Lang::De), en: sentence(Lang::En) }
    }

    /// The sentence in a language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::De => &self.de,
            Lang::En => &self.en,
        }
    }
}

impl From<Text> for JobError {
    fn from(text: Text) -> Self {
        Self::of(|lang| text.get(lang).to_owned())
    }
}

/// One piece of background work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Whose work it is.
    pub client: ClientId,
    /// What it does.
    pub kind: JobKind,
    /// How far it has come.
    pub state: JobState,
    /// Steps done.
    pub progress: Progress,
    /// What the worker needs to know; its form depends on the kind.
    pub payload: serde_json::Value,
    /// The answer of a finished job, if its kind has one.
    pub result: Option<serde_json::Value>,
    /// Why it failed, or why it waits for better times.
    pub error: Option<JobError>,
    /// How often a worker has taken it.
    pub attempts: i64,
    /// Who started it; none for the schedule.
    pub created_by: Option<UserId>,
    /// When it was asked for.
    pub created_at: Millis,
    /// When a worker first took it.
    pub started_at: Option<Millis>,
    /// When it ended.
    pub finished_at: Option<Millis>,
}

#[cfg(test)]
mod tests;
