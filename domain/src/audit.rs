//! The audit log: who did what to which object, when and from where. Its entries are never changed, and each carries the
//! hash of the one before, so that tampering shows. How they are written and verified: `docs/audit.md`.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{ClientId, PoolId, UserId};
use crate::rights::Right;

mod canonical;
mod deed;
mod entry;
mod query;
mod shown;
mod step;
mod tame;

pub use canonical::canonical;
pub use deed::{Area, Deed, ObjectKind};
pub use entry::{Entry, Named, hex, words};
pub use query::{AuditQuery, who_code};
pub use shown::{Line, lines, object_name};
pub use step::{Subject, of_step, subject};

/// The hash that the first entry of a log follows: 32 zeros.
pub const BEGINNING: [u8; 32] = [0; 32];

/// That somebody lacks a right is told once in so many milliseconds, for each person or token and right: whoever tries again
/// and again must not fill the log.
pub const REFUSED_EVERY: i64 = 60 * 60_000;

/// A log of its own, whose entries are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// What belongs to no client: clients themselves, accounts, sign-ins of nobody in particular.
    Installation,
    /// What was done for a client.
    Client(ClientId),
}

impl Chain {
    /// The number in the database: 0 for the installation, else the client's.
    pub const fn number(self) -> i64 {
        match self {
            Chain::Installation => 0,
            Chain::Client(client) => client.get(),
        }
    }

    /// The log with this number.
    pub const fn from_number(number: i64) -> Self {
        if number == 0 { Chain::Installation } else { Chain::Client(ClientId::new(number)) }
    }

    /// Whose log it is.
    pub const fn client(self) -> Option<ClientId> {
        match self {
            Chain::Installation => None,
            Chain::Client(client) => Some(client),
        }
    }
}

impl From<ClientId> for Chain {
    fn from(client: ClientId) -> Self {
        Chain::Client(client)
    }
}

/// From where somebody acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The address of the other end, or the one that a believed proxy names.
    pub address: Option<IpAddr>,
    /// The session of a person; a token is the actor itself.
    pub session: Option<SessionMark>,
}

/// Tells the sessions of a person apart and opens none: the beginning of the hash of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionMark(u32);

impl SessionMark {
    /// The mark of the session whose token has this SHA-256.
    pub const fn of(token_hash: &[u8; 32]) -> Self {
        Self(u32::from_be_bytes([token_hash[0], token_hash[1], token_hash[2], token_hash[3]]))
    }
}

impl std::fmt::Display for SessionMark {
    /// Eight hexadecimal digits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// To what something was done. The name is the one it had at that time; profiles have none here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// What kind of thing it is.
    pub kind: ObjectKind,
    /// Its id, where it has one.
    pub id: Option<i64>,
    /// What people call it.
    pub name: String,
    /// The pool that it belongs to, or is.
    pub pool: Option<PoolId>,
}

impl Object {
    /// A thing that belongs to no pool.
    pub fn new(kind: ObjectKind, id: impl Into<Option<i64>>, name: impl Into<String>) -> Self {
        Self { kind, id: id.into(), name: name.into(), pool: None }
    }

    /// A person; an account that nobody has is one without an id.
    pub fn user(id: impl Into<Option<UserId>>, name: impl Into<String>) -> Self {
        Self::new(ObjectKind::User, id.into().map(UserId::get), name)
    }

    /// A right that was missing, by its code.
    pub fn right(right: Right) -> Self {
        Self::new(ObjectKind::Right, None, right.code())
    }

    /// A pool.
    pub fn pool(id: PoolId, name: impl Into<String>) -> Self {
        Self::new(ObjectKind::Pool, id.get(), name).within(id)
    }

    /// The same as a part of a pool.
    #[must_use]
    pub fn within(mut self, pool: PoolId) -> Self {
        self.pool = Some(pool);
        self
    }
}

/// What is to stand in the log of a deed; who, when and from where come with the wish.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What was done.
    pub deed: Deed,
    /// To what.
    pub object: Object,
    /// What was so before, of that which changed.
    pub before: Option<Value>,
    /// How it is now. Ids and numbers, no values of profiles and nothing secret.
    pub after: Option<Value>,
}

impl Note {
    /// A deed of which nothing more is told.
    pub fn new(deed: Deed, object: Object) -> Self {
        Self { deed, object, before: None, after: None }
    }

    /// With how it was.
    #[must_use]
    pub fn before(mut self, before: Value) -> Self {
        self.before = Some(tame::tame(before));
        self
    }

    /// With how it is.
    #[must_use]
    pub fn after(mut self, after: Value) -> Self {
        self.after = Some(tame::tame(after));
        self
    }

    /// With how it was and is, but for what has stayed the same.
    #[must_use]
    pub fn changed(self, before: Value, after: Value) -> Self {
        let (mut was, mut is) = (before, after);
        if let (Value::Object(was), Value::Object(is)) = (&mut was, &mut is) {
            was.retain(|key, value| {
                let same = is.get(key) == Some(value);
                if same {
                    is.remove(key);
                }
                !same
            });
        }
        self.before(was).after(is)
    }
}

#[cfg(test)]
mod tests;
