//! What the store could not do, in words for the browser.

use domain::import::{STANDS, STILL_RUNS};
use domain::lang::{Lang, Text};
use domain::problem::Problem;
use domain::uses::sentence;
use store::{Conflict, StoreError};

use super::{AppError, Clash, t};

const TOO_MANY_FIELDS: Text = Text::new(
    "Der Pool hat schon so viele Felder, wie möglich sind. Bitte zuerst eines löschen.",
    "The pool has as many fields as are possible. Please delete one first.",
);
const NO_OPTIONS: Text = Text::new("Felder dieses Typs haben keine eigenen Optionen.", "Fields of this type have no options of their own.");
const FIELD_FIXED: Text =
    Text::new("Standard-Felder und interne Felder lassen sich nicht löschen.", "Standard and internal fields can't be deleted.");
const CATEGORY_FIXED: Text = Text::new(
    "Diese Kategorie hat jeder Pool; sie lässt sich umbenennen und verschieben, aber nicht löschen.",
    "Every pool has this category; it can be renamed and moved, but not deleted.",
);

const OUT_OF_REACH: Text = Text::new(
    "Mit diesen Angaben läge das Profil außerhalb dessen, was Ihre Rolle sehen darf. Bitte die Werte so wählen, dass es sichtbar bleibt.",
    "With these values the profile would lie outside what your role may see. Please choose values that keep it visible.",
);

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let error = match error {
            StoreError::NotFound => AppError::NotFound,
            StoreError::Invalid(invalid) => invalid.into(),
            StoreError::Used(uses) => AppError::Refused { de: sentence(&uses, Lang::De), en: sentence(&uses, Lang::En) },
            StoreError::Busy => AppError::Unavailable,
            StoreError::Reshaped => AppError::Conflict(Clash::Stale),
            StoreError::Full => {
                tracing::error!(request = %crate::context::request_id(), "the disk of the database is full");
                AppError::refused(t::NO_ROOM)
            }
            StoreError::Conflict(what) => match what {
                Conflict::EmailTaken => AppError::Conflict(Clash::Email),
                Conflict::PoolNameTaken => AppError::Conflict(Clash::PoolName),
                Conflict::FieldKeyTaken => AppError::invalid("key", Problem::Taken),
                Conflict::TooManyFields => AppError::refused(TOO_MANY_FIELDS),
                Conflict::NoOptions => AppError::refused(NO_OPTIONS),
                Conflict::FieldFixed => AppError::refused(FIELD_FIXED),
                Conflict::CategoryFixed => AppError::refused(CATEGORY_FIXED),
                Conflict::TooManyBackups => AppError::refused(domain::backup::TOO_MANY),
                Conflict::NoRoomForBackup => AppError::refused(domain::backup::NO_ROOM),
                Conflict::BackupNotTaken => AppError::refused(domain::backup::NOT_TAKEN),
                Conflict::OutOfReach => AppError::refused(OUT_OF_REACH),
                Conflict::ImportRuns => AppError::refused(STILL_RUNS),
                Conflict::TooManyCorrections => AppError::refused(domain::import::TOO_MANY_CORRECTIONS),
                Conflict::ImportStands => AppError::refused(STANDS),
                Conflict::RestoreRuns => AppError::refused(domain::restore::RUNS),
                Conflict::RestoreStands => AppError::refused(domain::restore::STANDS),
                Conflict::ConsentLocked => AppError::refused(domain::restore::LOCKED),
                Conflict::JobEnded | Conflict::LeaseLost => AppError::Conflict(Clash::JobEnded),
            },
            other => {
                let reference = crate::context::request_id();
                tracing::error!(request = %reference, error = %other, "the store failed: {other}");
                AppError::Internal(reference)
            }
        };
        crate::context::answer_with(&error);
        error
    }
}
