//! What can go wrong with a backup, each with a sentence.

use std::io;

use domain::{
    job::JobError,
    lang::{Lang, Text},
};
use store::StoreError;

/// Why a backup can't be made or read.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The profiles could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be written or found.
    #[error("the file of a backup: {0}")]
    File(#[from] io::Error),
    /// The file is not as it was written.
    #[error("a backup is damaged: {0}")]
    Damaged(String),
    /// The file is encrypted, and its key is not here.
    #[error("a backup is encrypted to a key that is not here")]
    Locked,
    /// A later version of the program wrote it.
    #[error("a backup of format {0}, which this program does not know")]
    Newer(u32),
    /// All backups of the client together would take more than they may.
    #[error("the backups of the client would take more room than they may")]
    NoRoom,
    /// The S3 store can't be reached, or can't answer just now.
    #[error("the S3 store does not answer: {0}")]
    Away(String),
    /// The S3 store does not let us in, or not do this.
    #[error("the S3 store refuses access: {0}")]
    Denied(String),
    /// The S3 store has no such bucket.
    #[error("the S3 store has no such bucket")]
    NoBucket,
    /// This machine and the S3 store don't agree about the time.
    #[error("the S3 store has another time")]
    Clock,
    /// The S3 store answers something else.
    #[error("the S3 store refuses: {0}")]
    Refused(String),
    /// The backup lies in a store that the settings don't name.
    #[error("the backup lies in {0}, which the settings do not name")]
    Elsewhere(String),
    /// It was to be made for something that does not go on.
    #[error("stopped")]
    Stopped,
}

impl BackupError {
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    /// Whether it may succeed later without anybody changing it: the database is occupied, a disk is full, or the S3 store is
    /// away.
    pub fn passes(&self) -> bool {
        match self {
            Self::Store(error) => error.passes(),
            Self::File(error) => is_full(error),
            Self::Away(_) => true,
            _ => false,
        }
    }

    /// Whether the file is not (any more) where it should be.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::File(error) if error.kind() == io::ErrorKind::NotFound)
    }

    /// The sentence for people.
    pub fn text(&self) -> Text {
        match self {
            Self::Store(StoreError::Busy | StoreError::Db(_)) => Text::new(
                "Die Datenbank antwortet gerade nicht. Das Backup geht von selbst weiter.",
                "The database does not answer just now. The backup goes on by itself.",
            ),
            Self::Away(_) => Text::new(
                "Der S3-Speicher für Backups antwortet gerade nicht. Sobald er wieder da ist, geht es von selbst weiter.",
                "The S3 store of the backups does not answer just now. It goes on by itself as soon as it is back.",
            ),
            error if error.passes() => Text::new(
                "Auf der Platte des Servers ist kein Platz für das Backup. Sobald Platz da ist, geht es von selbst weiter.",
                "The server's disk has no room for the backup. It goes on by itself as soon as there is room.",
            ),
            Self::Store(StoreError::NotFound) => {
                Text::new("Den Pool oder das Backup gibt es nicht (mehr).", "The pool or the backup does not exist (any more).")
            }
            Self::Store(_) => Text::new(
                "Die Datenbank hat das Backup abgelehnt; im Log des Servers steht der Grund.",
                "The database refused the backup; the log has the reason.",
            ),
            Self::File(error) if error.kind() == io::ErrorKind::NotFound => Text::new(
                "Die Datei dieses Backups ist nicht mehr da. Bitte ein anderes Backup nehmen.",
                "The file of this backup is gone. Please take another backup.",
            ),
            Self::File(_) => Text::new(
                "Die Datei des Backups ließ sich nicht schreiben oder lesen; im Log des Servers steht der Grund.",
                "The file of the backup could not be written or read; the log of the server has the reason.",
            ),
            Self::Damaged(_) => Text::new(
                "Die Datei dieses Backups ist beschädigt und wird nicht verwendet. Bitte ein anderes Backup nehmen.",
                "The file of this backup is damaged and is not used. Please take another backup.",
            ),
            Self::Locked => Text::new(
                "Dieses Backup ist verschlüsselt, und der Server hat den Schlüssel nicht. Die Administration kann ihn mit \
                 LAGUNE_BACKUP_IDENTITY_FILE angeben.",
                "This backup is encrypted and the server does not have the key. An administrator can give it with \
                 LAGUNE_BACKUP_IDENTITY_FILE.",
            ),
            Self::Newer(_) => Text::new(
                "Dieses Backup stammt von einer neueren Version von Lagune. Bitte zuerst Lagune aktualisieren.",
                "This backup was made by a newer version of Lagune. Please update Lagune first.",
            ),
            Self::NoRoom => NO_ROOM,
            Self::Denied(_) => Text::new(
                "Der S3-Speicher für Backups verweigert den Zugriff. Die Administration muss die Schlüssel (LAGUNE_BACKUP_S3_KEY_ID, \
                 LAGUNE_BACKUP_S3_SECRET) prüfen und ob sie im Bucket lesen, schreiben, auflisten und löschen dürfen.",
                "The S3 store of the backups refuses access. An administrator must check the keys (LAGUNE_BACKUP_S3_KEY_ID, \
                 LAGUNE_BACKUP_S3_SECRET), and whether they may read, write, list and delete in the bucket.",
            ),
            Self::NoBucket => Text::new(
                "Den Bucket für Backups gibt es im S3-Speicher nicht. Die Administration muss ihn anlegen oder LAGUNE_BACKUP_S3 ändern.",
                "The S3 store has no such bucket for backups. An administrator must make it or change LAGUNE_BACKUP_S3.",
            ),
            Self::Clock => Text::new(
                "Die Uhr des Servers geht anders als die des S3-Speichers, der deshalb ablehnt. Die Administration muss sie stellen.",
                "The server's clock differs from that of the S3 store, which refuses for that. An administrator must set it.",
            ),
            Self::Refused(_) => Text::new(
                "Der S3-Speicher hat das Backup nicht angenommen oder herausgegeben; im Log des Servers steht der Grund.",
                "The S3 store did not take the backup or give it; the log of the server has the reason.",
            ),
            Self::Elsewhere(_) => Text::new(
                "Dieses Backup liegt in einem anderen S3-Speicher als dem, der eingestellt ist. Die Administration kann jenen mit \
                 LAGUNE_BACKUP_S3 wieder angeben.",
                "This backup lies in another S3 store than the one in the settings. An administrator can name that one again \
                 with LAGUNE_BACKUP_S3.",
            ),
            Self::Stopped => Text::new("Das Backup wurde abgebrochen.", "The backup was stopped."),
        }
    }

    /// The same in both languages, for a row.
    pub fn told(&self) -> JobError {
        self.text().into()
    }

    /// The same in one.
    pub fn message(&self, lang: Lang) -> &'static str {
        self.text().get(lang)
    }
}

/// Which ones to delete is for those to say who made them.
pub(crate) const NO_ROOM: Text = domain::backup::NO_ROOM;

/// Whether a disk has no room left.
pub(super) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
