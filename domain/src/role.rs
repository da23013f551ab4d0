//! What a person may do within a client.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Text};
use crate::problem::Problem;

/// The role of a user within a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May do everything, also manage users, tokens and pools.
    Administrator,
    /// Works with profiles.
    Member,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 2] = [Role::Administrator, Role::Member];

    /// The name in the database, in REST and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Member => "member",
        }
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Role::Administrator => Text::new("Administration", "Administrator").get(lang),
            Role::Member => Text::new("Mitglied", "Member").get(lang),
        }
    }
}

impl FromStr for Role {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Role::ALL
            .into_iter()
            .find(|role| text.eq_ignore_ascii_case(role.code()))
            .ok_or_else(|| Problem::UnknownChoice { value: text.to_owned() })
    }
}

#[cfg(test)]
mod tests;
