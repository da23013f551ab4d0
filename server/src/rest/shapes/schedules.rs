//! Regular imports.

use domain::lang::Lang;
use serde::Serialize;
use store::schedules::{Schedule, files::ScheduleFile};
use utoipa::ToSchema;

use domain::schedule::Typed;

use crate::rest::body::Body;

/// A regular import.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ScheduleShape {
    id: i64,
    pool: i64,
    #[schema(example = "Kasse")]
    name: String,
    #[schema(example = "sftp://files.example.com/export/customers-*.csv")]
    source: String,
    /// The folder of the server into which files are put, where they come from one.
    folder: Option<String>,
    login: String,
    /// Whether there is a password, token or private key; it is never told.
    has_secret: bool,
    /// The fingerprint of the SFTP server's key, since it was first met.
    #[schema(example = "SHA256:uNiVztksCsDhcc0u9e8BrIX9Mo7RYyjFzfvRNz2yQ0M")]
    server_key: Option<String>,
    /// The saved mapping; none: columns are recognised.
    mapping: Option<i64>,
    #[schema(example = "daily 06:30")]
    timing: String,
    percent: u8,
    /// Who hears of it.
    alarm_to: i64,
    /// Who saved it last: it imports with their rights.
    user: i64,
    paused: bool,
    /// Unix milliseconds.
    next_at: i64,
    ran_at: Option<i64>,
    /// Why files could not be looked for the last time.
    problem: Option<String>,
}

impl ScheduleShape {
    pub(in crate::rest) fn of(schedule: Schedule, folder: Option<String>, lang: Lang) -> Self {
        Self {
            id: schedule.id.get(),
            pool: schedule.pool.get(),
            source: schedule.source.to_string(),
            folder,
            name: schedule.name,
            login: schedule.login,
            has_secret: schedule.has_secret,
            server_key: schedule.server_key,
            mapping: schedule.mapping.map(|id| id.get()),
            timing: schedule.timing.to_string(),
            percent: schedule.percent,
            alarm_to: schedule.alarm_to.get(),
            user: schedule.user.get(),
            paused: schedule.paused,
            next_at: schedule.next_at.get(),
            ran_at: schedule.ran_at.map(|at| at.get()),
            problem: schedule.problem.map(|problem| problem.get(lang).to_owned()),
        }
    }
}

/// The regular imports of a pool.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Schedules {
    pub(in crate::rest) items: Vec<ScheduleShape>,
}

/// A file that was found.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ScheduleFileShape {
    #[schema(example = "customers-2026-11-24.csv")]
    name: String,
    /// Bytes.
    size: u64,
    /// What was made of it: `GET /imports/{import}`.
    import: Option<i64>,
    /// Why nothing was.
    problem: Option<String>,
    /// Unix milliseconds.
    taken_at: i64,
}

impl ScheduleFileShape {
    pub(in crate::rest) fn of(file: ScheduleFile, lang: Lang) -> Self {
        Self {
            name: file.name,
            size: file.size,
            import: file.import.map(|id| id.get()),
            problem: file.problem.map(|problem| problem.get(lang).to_owned()),
            taken_at: file.taken_at.get(),
        }
    }
}

/// The last files of a regular import.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ScheduleFiles {
    pub(in crate::rest) items: Vec<ScheduleFileShape>,
}

/// A regular import to be made; to change one, what is left out stays.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct ScheduleInput {
    #[schema(example = "Kasse")]
    name: String,
    /// The name of a folder of the server, or an address of a server that `LAGUNE_IMPORT_HOSTS` allows: `https://…`, or
    /// `sftp://host/folder/name`, in whose last part `*` stands for anything.
    #[schema(example = "sftp://files.example.com/export/customers-*.csv")]
    source: String,
    /// By which name Lagune signs in there; SFTP needs one. Over https without one the secret is sent as a bearer token.
    login: Option<String>,
    /// Password, token, or private key of OpenSSH without a passphrase. Left out it stays, unless the server is another.
    secret: Option<String>,
    /// The id of a saved mapping; left out: columns are recognised.
    mapping: Option<i64>,
    /// `15m`: every so many minutes, at most 1440; `daily 06:30`; `weekly 1 06:30`, 1 is Monday. In the time zone of the client.
    #[schema(example = "daily 06:30")]
    timing: String,
    /// More refused rows than so many per cent are told by mail; left out: 0, any.
    percent: Option<u8>,
    /// To whom: the id of a member; left out: to whoever makes it.
    alarm_to: Option<i64>,
    /// Whether it rests.
    paused: Option<bool>,
}

impl ScheduleInput {
    /// What a body says over what was there.
    pub(in crate::rest) fn over(body: &mut Body, mut typed: Typed) -> Typed {
        for (name, to) in [
            ("name", &mut typed.name),
            ("source", &mut typed.source),
            ("login", &mut typed.login),
            ("secret", &mut typed.secret),
            ("timing", &mut typed.timing),
        ] {
            if let Some(text) = body.text(name) {
                *to = text;
            }
        }
        for (name, to) in [("mapping", &mut typed.mapping), ("percent", &mut typed.percent), ("alarm_to", &mut typed.alarm_to)] {
            if body.has(name) {
                *to = body.number(name).map(|n| n.to_string()).unwrap_or_default();
            }
        }
        typed.paused = body.truth("paused").unwrap_or(typed.paused);
        typed
    }
}
