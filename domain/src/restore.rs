//! A backup is brought back: what it is compared by, what of it is wished, and what survives whatever it says.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{FieldId, ProfileId};
use crate::lang::Text;

mod consent;
mod plan;
mod words;

pub use consent::{Consent, Standing, decide};
pub use plan::{Cleaned, LeftOut, Plan, PlanColumn, Why, value};
pub use words::{LOCKED, RUNS, STANDS};

/// So many profiles of each group a comparison shows.
pub const SHOWN: usize = 100;

/// What a comparison finds of a profile. One that is neither is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// It is in the backup and not among the living: in the bin, or gone for good.
    Back,
    /// It lives and has other values than in the backup.
    Changed,
    /// It lives and is not in the backup of the whole pool.
    Newer,
    /// It may be written to or followed less than at the time of the backup. That stays, whatever else comes back; such a
    /// profile is in one of the other groups too, or as it was.
    Unsubscribed,
}

impl Group {
    /// Every group, in the order of the screen.
    pub const ALL: [Group; 4] = [Group::Back, Group::Changed, Group::Newer, Group::Unsubscribed];

    /// The name in addresses and in REST.
    pub const fn code(self) -> &'static str {
        match self {
            Group::Back => "back",
            Group::Changed => "changed",
            Group::Newer => "newer",
            Group::Unsubscribed => "unsubscribed",
        }
    }

    /// The group with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self) -> Text {
        match self {
            Group::Back => Text::new("kommen zurück", "come back"),
            Group::Changed => Text::new("werden zurückgeändert", "are changed back"),
            Group::Newer => Text::new("neuer als das Backup", "newer than the backup"),
            Group::Unsubscribed => Text::new("seither ausgetragen", "unsubscribed since"),
        }
    }
}

/// How many profiles a comparison found of each kind, or a restore has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Profiles of the backup that were looked at.
    pub rows: u64,
    /// Not among the living: [`Group::Back`].
    pub back: u64,
    /// Of those: gone for good, not in the bin.
    pub gone: u64,
    /// [`Group::Changed`].
    pub changed: u64,
    /// As they were.
    pub unchanged: u64,
    /// [`Group::Newer`]; of a restore those that it moved to the bin.
    pub newer: u64,
    /// [`Group::Unsubscribed`].
    pub unsubscribed: u64,
    /// Values of which an option is gone since.
    pub options: u64,
}

impl Counts {
    /// How many are in a group.
    #[must_use]
    pub const fn of(&self, group: Group) -> u64 {
        match group {
            Group::Back => self.back,
            Group::Changed => self.changed,
            Group::Newer => self.newer,
            Group::Unsubscribed => self.unsubscribed,
        }
    }

    /// Adds what another part found.
    pub fn add(&mut self, more: &Self) {
        self.rows += more.rows;
        self.back += more.back;
        self.gone += more.gone;
        self.changed += more.changed;
        self.unchanged += more.unchanged;
        self.newer += more.newer;
        self.unsubscribed += more.unsubscribed;
        self.options += more.options;
    }

    /// How many profiles a restore has changed in whatever way.
    #[must_use]
    pub const fn touched(&self) -> u64 {
        self.back + self.changed + self.newer
    }
}

/// A profile that a comparison shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Which one.
    pub profile: ProfileId,
    /// What was found of it.
    pub group: Group,
    /// The fields by which it is known, whether they differ or not, and those that differ.
    pub cells: Vec<SampleCell>,
}

/// A field of a profile, then and now, in the form in which a backup holds values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleCell {
    /// Which field.
    pub field: FieldId,
    /// What stands in the backup.
    pub then: Option<String>,
    /// What stands there now; none too where the profile is gone for good.
    pub now: Option<String>,
}

impl SampleCell {
    /// Whether it would be another value.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.then != self.now
    }
}

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// How many profiles of each kind.
    pub counts: Counts,
    /// Fields of the backup that can't be brought back.
    pub left_out: Vec<LeftOut>,
    /// The pool's revision when it began: with a later one the pool has changed since.
    pub revision: i64,
    /// Whether the backup holds the whole pool, so that newer profiles can be told.
    pub whole: bool,
}

/// What of a backup is wished back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Profiles that do not live any more come back.
    pub back: bool,
    /// Profiles that live get their former values.
    pub changed: bool,
    /// Only these profiles; none: all.
    pub only: Option<BTreeSet<ProfileId>>,
    /// Only these fields of profiles that still exist; none: all. One that is gone for good comes back as a whole.
    pub fields: Option<Vec<FieldId>>,
    /// Living profiles that are not in the backup go into the bin.
    pub exact: bool,
}

impl Choice {
    /// Everything that the backup holds; newer profiles stay.
    #[must_use]
    pub const fn all() -> Self {
        Self { back: true, changed: true, only: None, fields: None, exact: false }
    }

    /// Whether it is nothing at all.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let nobody = self.only.as_ref().is_some_and(BTreeSet::is_empty);
        let nowhere = self.fields.as_ref().is_some_and(Vec::is_empty) && !self.back;
        (nobody || nowhere || !(self.back || self.changed)) && !self.exact
    }

    /// Whether a profile of the backup is meant, which lives or does not.
    #[must_use]
    pub fn takes(&self, profile: ProfileId, lives: bool) -> bool {
        (if lives { self.changed } else { self.back }) && self.only.as_ref().is_none_or(|only| only.contains(&profile))
    }
}

#[cfg(test)]
mod tests;
