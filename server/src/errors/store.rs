//! Which error of the store becomes which refusal.

use axum::http::StatusCode;
use domain::lang::{Lang, Text};
use domain::uses::{Use, sentence};
use store::{Conflict, StoreError};

use super::{Detail, Refusal};

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::not_found(),
            StoreError::Stale(_) => Self::stale(),
            StoreError::Conflict(conflict) => Self::conflict(conflict),
            StoreError::Invalid(invalid) => invalid.into(),
            StoreError::Used(uses) => Self::used(&uses),
            StoreError::Busy | StoreError::Reshaped => Self::busy(),
            StoreError::Full => {
                tracing::error!("the disk of the database is full");
                Self::no_room()
            }
            error => Self::logged(&error),
        }
    }
}

impl Refusal {
    /// Somebody else changed it meanwhile.
    pub(crate) fn stale() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "stale",
            Text::new("Inzwischen geändert", "Changed meanwhile"),
            Text::new(
                "Das hat inzwischen jemand geändert; „current“ zeigt den jetzigen Stand. Bitte damit vergleichen und erneut senden.",
                "Somebody changed this meanwhile; “current” shows it as it is now. Please compare and send again.",
            ),
        )
    }

    /// Something uses what should be deleted.
    fn used(uses: &[Use]) -> Self {
        let why = Text::new("Wird verwendet", "In use");
        Self::new(StatusCode::CONFLICT, "used", why, why).because(Detail::made(sentence(uses, Lang::De), sentence(uses, Lang::En)))
    }

    fn conflict(conflict: Conflict) -> Self {
        let (code, detail) = match conflict {
            Conflict::EmailTaken => {
                ("email_taken", Text::new("Mit dieser E-Mail-Adresse gibt es schon jemanden.", "Somebody has this e-mail address already."))
            }
            Conflict::PoolNameTaken => (
                "pool_name_taken",
                Text::new(
                    "Einen Pool mit diesem Namen gibt es schon. Bitte einen anderen wählen.",
                    "There is a pool of this name already. Please choose another.",
                ),
            ),
            Conflict::FieldKeyTaken => (
                "field_key_taken",
                Text::new(
                    "Ein Feld mit diesem internen Namen gibt es schon. Bitte einen anderen wählen.",
                    "There is a field of this internal name already. Please choose another.",
                ),
            ),
            Conflict::TooManyFields => (
                "too_many_fields",
                Text::new("Der Pool hat schon so viele Felder, wie möglich sind.", "The pool has as many fields as are possible."),
            ),
            Conflict::NoOptions => (
                "no_options",
                Text::new("Felder dieser Art haben keine eigenen Optionen.", "Fields of this kind have no options of their own."),
            ),
            Conflict::FieldFixed => (
                "field_fixed",
                Text::new(
                    "Standard-Felder und interne Felder lassen sich nicht löschen.",
                    "Standard and internal fields can't be deleted.",
                ),
            ),
            Conflict::CategoryFixed => (
                "category_fixed",
                Text::new(
                    "Diese Kategorie hat jeder Pool; sie lässt sich umbenennen und verschieben, aber nicht löschen.",
                    "Every pool has this category; it can be renamed and moved, but not deleted.",
                ),
            ),
            Conflict::JobEnded => ("job_ended", Text::new("Der Vorgang ist schon zu Ende.", "The job has ended already.")),
            Conflict::TooManyBackups => ("too_many_backups", domain::backup::TOO_MANY),
            Conflict::NoRoomForBackup => ("no_room", domain::backup::NO_ROOM),
            Conflict::BackupNotTaken => ("not_saved", domain::backup::NOT_TAKEN),
            Conflict::OutOfReach => (
                "out_of_reach",
                Text::new(
                    "Mit diesen Angaben läge das Profil außerhalb dessen, was die Rolle sehen darf. Bitte die Werte so wählen, dass es sichtbar bleibt.",
                    "With these values the profile would lie outside what the role may see. Please choose values that keep it visible.",
                ),
            ),
            Conflict::ImportRuns => ("import_runs", domain::import::STILL_RUNS),
            Conflict::TooManyCorrections => ("too_many_corrections", domain::import::TOO_MANY_CORRECTIONS),
            Conflict::ImportStands => ("import_stands", domain::import::STANDS),
            Conflict::RestoreRuns => ("restore_runs", domain::restore::RUNS),
            Conflict::RestoreStands => ("restore_stands", domain::restore::STANDS),
            Conflict::ConsentLocked => ("consent_locked", domain::restore::LOCKED),
            Conflict::LeaseLost => ("lease_lost", Text::new("Jemand anders arbeitet daran.", "Somebody else works on it.")),
        };
        Self::new(StatusCode::CONFLICT, code, Text::new("Widerspruch", "Conflict"), detail)
    }
}
