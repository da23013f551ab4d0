//! Roles: bundles of rights that a person has within a client.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Text};
use crate::problem::Problem;
use crate::rights::{Right, Rights};

/// The longest code of a role, in bytes.
const MAX_CODE: usize = 40;

/// By which the database, REST and the command line name a role within a client: small letters, digits and dashes,
/// beginning with a letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoleCode(String);

impl RoleCode {
    /// Proposed for a name: `Vertrieb Österreich` becomes `vertrieb-oesterreich`; `role` where nothing is left of it.
    pub fn proposed(name: &str) -> Self {
        let folded = crate::search::fold_umlauts_long(name).to_lowercase();
        let mut code = String::new();
        for c in folded.chars() {
            if c.is_ascii_alphanumeric() {
                code.push(c);
            } else if !code.is_empty() && !code.ends_with('-') {
                code.push('-');
            }
        }
        let code: String = code.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).chars().take(MAX_CODE - 4).collect();
        let code = code.trim_end_matches('-');
        Self(if code.is_empty() { "role".to_owned() } else { code.to_owned() })
    }

    /// The same with a number behind it, where the code is taken.
    #[must_use]
    pub fn numbered(&self, n: usize) -> Self {
        Self(format!("{}-{n}", self.0))
    }

    /// As it stands in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The role that comes with every client, if it is one.
    pub fn ready(&self) -> Option<ReadyRole> {
        ReadyRole::ALL.into_iter().find(|role| role.code() == self.0)
    }
}

impl FromStr for RoleCode {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let fits = text.len() <= MAX_CODE
            && text.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(Problem::UnknownChoice { value: text.to_owned() }) }
    }
}

impl fmt::Display for RoleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<ReadyRole> for RoleCode {
    fn from(role: ReadyRole) -> Self {
        Self(role.code().to_owned())
    }
}

/// A role that comes with every client. Its rights can be changed there, but for the first two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadyRole {
    /// Runs the installation: makes clients.
    Operator,
    /// Does everything within a client.
    Administrator,
    /// Works with the data all day, imports and exports.
    Marketing,
    /// Keeps profiles.
    Editor,
    /// Evaluates.
    Analyst,
    /// Only looks.
    Viewer,
}

impl ReadyRole {
    /// Every one, from most to least.
    pub const ALL: [ReadyRole; 6] =
        [ReadyRole::Operator, ReadyRole::Administrator, ReadyRole::Marketing, ReadyRole::Editor, ReadyRole::Analyst, ReadyRole::Viewer];

    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            ReadyRole::Operator => "operator",
            ReadyRole::Administrator => "administrator",
            ReadyRole::Marketing => "marketing",
            ReadyRole::Editor => "editor",
            ReadyRole::Analyst => "analyst",
            ReadyRole::Viewer => "viewer",
        }
    }

    /// Its name on the screen, unless the client gave it another.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            ReadyRole::Operator => Text::new("Betrieb", "Operator"),
            ReadyRole::Administrator => Text::new("Administration", "Administrator"),
            ReadyRole::Marketing => Text::new("Marketing", "Marketing"),
            ReadyRole::Editor => Text::new("Redaktion", "Editor"),
            ReadyRole::Analyst => Text::new("Auswertung", "Analyst"),
            ReadyRole::Viewer => Text::new("Einsicht", "Viewer"),
        }
        .get(lang)
    }

    /// Whether its rights stay as they are: somebody must always be able to give rights.
    pub const fn is_fixed(self) -> bool {
        matches!(self, ReadyRole::Operator | ReadyRole::Administrator)
    }

    /// Its rights, unless the client chose others.
    pub const fn rights(self) -> Rights {
        use Right as R;
        match self {
            ReadyRole::Operator => Rights::all(),
            ReadyRole::Administrator => Rights::all().without(Rights::of(&[R::Clients])),
            ReadyRole::Marketing => Rights::of(&[
                R::SeeProfiles,
                R::CreateProfiles,
                R::EditProfiles,
                R::DeleteProfiles,
                R::ExportProfiles,
                R::SeePools,
                R::ExportPools,
                R::SeeJobs,
                R::EditJobs,
                R::Map,
                R::Import,
                R::Export,
                R::Restore,
                R::History,
                R::Consent,
            ]),
            ReadyRole::Editor => Rights::of(&[
                R::SeeProfiles,
                R::CreateProfiles,
                R::EditProfiles,
                R::DeleteProfiles,
                R::SeePools,
                R::SeeJobs,
                R::Restore,
                R::History,
                R::Consent,
            ]),
            ReadyRole::Analyst => {
                Rights::of(&[R::SeeProfiles, R::ExportProfiles, R::SeePools, R::ExportPools, R::SeeJobs, R::Map, R::Export, R::History])
            }
            ReadyRole::Viewer => Rights::of(&[R::SeeProfiles, R::SeePools]),
        }
    }
}

#[cfg(test)]
mod tests;
