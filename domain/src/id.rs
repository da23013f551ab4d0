//! Numbers that name things; one type for each kind of thing, so that they cannot be mixed up.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The id with this number.
            pub const fn new(id: i64) -> Self {
                Self(id)
            }

            /// The bare number, as the database stores it.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A client (Mandant): the owner of pools; nothing is ever shared between two of them.
    ClientId
    /// A person who signs in.
    UserId
    /// A pool of profiles.
    PoolId
    /// A category of fields within a pool.
    CategoryId
    /// A field of a pool.
    FieldId
    /// One option of a selection field.
    OptionId
    /// A profile: unique within its pool, given at creation, never changed.
    ProfileId
    /// One run of an import.
    ImportId
    /// A backup that is compared with its pool, and perhaps brought back.
    RestoreId
    /// A mapping of imports that is kept under a name.
    MappingId
    /// A regular import.
    ScheduleId
    /// A layout of exports that is kept under a name.
    ExportLayoutId
    /// A piece of work done in the background.
    JobId
    /// An access token of the REST interface.
    TokenId
    /// A mail that was or is to be sent.
    MailId
    /// A key on a person's device that signs them in.
    PasskeyId
    /// A backup of a pool.
    BackupId
}

#[cfg(test)]
mod tests;
