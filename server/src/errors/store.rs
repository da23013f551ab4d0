//! Which error of the store becomes which refusal.

use axum::http::StatusCode;
use domain::lang::Text;
use store::{Conflict, StoreError};

use super::Refusal;

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::not_found(),
            StoreError::Stale(_) => Self::stale(),
            StoreError::Conflict(conflict) => Self::conflict(conflict),
            StoreError::Invalid(invalid) => invalid.into(),
            StoreError::Busy => Self::busy(),
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
                "Jemand hat das Profil inzwischen geändert; „current“ zeigt den jetzigen Stand. Bitte damit vergleichen und erneut senden.",
                "Somebody changed the profile meanwhile; “current” shows it as it is now. Please compare and send again.",
            ),
        )
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
            Conflict::JobEnded => ("job_ended", Text::new("Der Vorgang ist schon zu Ende.", "The job has ended already.")),
            Conflict::LeaseLost => ("lease_lost", Text::new("Jemand anders arbeitet daran.", "Somebody else works on it.")),
        };
        Self::new(StatusCode::CONFLICT, code, Text::new("Widerspruch", "Conflict"), detail)
    }
}
