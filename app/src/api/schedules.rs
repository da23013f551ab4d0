//! Regular imports: listed, set up, run now, deleted.

use domain::id::{ImportId, MappingId, PoolId, ScheduleId, UserId};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use domain::schedule::Typed;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// The regular imports of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleList {
    /// The pool.
    pub pool: PoolId,
    /// By name.
    pub lines: Vec<ScheduleLine>,
}

/// One, in the viewer's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleLine {
    /// Its id.
    pub id: ScheduleId,
    /// What people call it.
    pub name: String,
    /// From where: the whole path of a folder, or an address.
    pub source: String,
    /// When.
    pub timing: String,
    /// When next; none while it rests.
    pub next: Option<String>,
    /// When last.
    pub last: Option<String>,
    /// Why files could not be looked for then.
    pub problem: Option<String>,
    /// The fingerprint of the server's key.
    pub server_key: Option<String>,
    /// With whose rights it imports.
    pub owner: Option<String>,
    /// The last files, the newest first.
    pub files: Vec<FileLine>,
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    /// What it is called.
    pub name: String,
    /// When it was found.
    pub when: String,
    /// What was made of it.
    pub import: Option<ImportId>,
    /// Why nothing was.
    pub problem: Option<String>,
}

/// What somebody chooses from who sets one up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// What is said of it so far.
    pub typed: Typed,
    /// Whether it has a secret.
    pub has_secret: bool,
    /// The saved mappings of the pool.
    pub mappings: Vec<(MappingId, String)>,
    /// Who may hear of it.
    pub members: Vec<(UserId, String)>,
    /// The servers that are allowed.
    pub hosts: Vec<String>,
    /// Where folders are made.
    pub inbox: String,
}

/// What a form says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleForm {
    /// As [`Typed`] has it; the others likewise.
    #[serde(default)]
    pub name: String,
    /// See there.
    #[serde(default)]
    pub source: String,
    /// See there.
    #[serde(default)]
    pub login: String,
    /// A password or token.
    #[serde(default)]
    pub secret: String,
    /// A private key instead.
    #[serde(default)]
    pub key: String,
    /// See there.
    #[serde(default)]
    pub mapping: String,
    /// `15m`, or `daily`, or `weekly 1`: what is left of a timing without its hour.
    #[serde(default)]
    pub every: String,
    /// The hour: `06:30`.
    #[serde(default)]
    pub at: String,
    /// See there.
    #[serde(default)]
    pub percent: String,
    /// See there.
    #[serde(default)]
    pub alarm_to: String,
    /// A ticked box, or nothing.
    #[serde(default)]
    pub paused: Option<String>,
}

impl ScheduleForm {
    /// The same as one value.
    pub fn typed(self) -> Typed {
        let timed = self.every.starts_with("daily") || self.every.starts_with("weekly");
        Typed {
            timing: if timed { format!("{} {}", self.every, self.at) } else { self.every },
            name: self.name,
            source: self.source,
            login: self.login,
            secret: if self.key.trim().is_empty() { self.secret } else { self.key },
            mapping: self.mapping,
            percent: self.percent,
            alarm_to: self.alarm_to,
            paused: self.paused.is_some(),
        }
    }
}

/// A timing as two controls show it: without its hour, and the hour.
pub fn halves(timing: &str) -> (String, String) {
    match timing.rsplit_once(' ') {
        Some((every, at)) => (every.to_owned(), at.to_owned()),
        None => (timing.to_owned(), "06:00".to_owned()),
    }
}

/// The regular imports of a pool.
#[server(prefix = "/api", endpoint = "schedules/list", output = Postcard)]
pub async fn schedules(pool: PoolId) -> Result<ScheduleList, AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    lines::all(&viewer, pool).await
}

/// What is said of one so far, or of a new one, and what there is to choose from.
#[server(prefix = "/api", endpoint = "schedules/setup", output = Postcard)]
pub async fn schedule_setup(pool: PoolId, schedule: Option<ScheduleId>) -> Result<Choices, AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    lines::sheet(&viewer, pool, schedule).await
}

/// Set one up, or change it.
#[server(prefix = "/api", endpoint = "schedules/save", output = Postcard)]
pub async fn save_schedule(pool: PoolId, schedule: Option<ScheduleId>, form: ScheduleForm) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    lines::save(&viewer, pool, schedule, form).await
}

/// Look for files now.
#[server(prefix = "/api", endpoint = "schedules/run", output = Postcard)]
pub async fn run_schedule(pool: PoolId, schedule: ScheduleId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    lines::run(&viewer, pool, schedule).await
}

/// Delete one.
#[server(prefix = "/api", endpoint = "schedules/delete", output = Postcard)]
pub async fn delete_schedule(pool: PoolId, schedule: ScheduleId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    lines::delete(&viewer, pool, schedule).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timing_goes_through_its_two_controls() {
        for timing in ["15m", "daily 06:30", "weekly 1 23:59"] {
            let (every, at) = halves(timing);
            assert_eq!(ScheduleForm { every, at, ..ScheduleForm::default() }.typed().timing, timing);
        }
    }

    #[test]
    fn a_private_key_goes_before_a_password() {
        let typed =
            |secret: &str, key: &str| ScheduleForm { secret: secret.into(), key: key.into(), ..ScheduleForm::default() }.typed().secret;
        assert_eq!((typed("a", ""), typed("a", " \n"), typed("a", "b")), ("a".into(), "a".into(), "b".into()));
    }
}
