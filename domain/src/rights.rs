//! What a person may do: a matrix of kinds of objects and actions, and special rights beside it (issue "Clients, users, roles
//! and rights"; domain knowledge: rights hang on roles).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod matrix;
mod right;

pub use matrix::{Action, Kind};
pub use right::Right;

/// A set of rights.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Rights(u64);

impl Rights {
    /// None at all.
    pub const NONE: Rights = Rights(0);

    /// Every right.
    pub const fn all() -> Self {
        Self((1 << Right::ALL.len()) - 1)
    }

    /// These.
    pub const fn of(rights: &[Right]) -> Self {
        let (mut bits, mut nth) = (0, 0);
        while nth < rights.len() {
            bits |= rights[nth].bit();
            nth += 1;
        }
        Self(bits)
    }

    /// Whether a right is among them.
    pub const fn has(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// Whether all of these are among others.
    pub const fn within(self, others: Rights) -> bool {
        self.0 & !others.0 == 0
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, others: Rights) -> Self {
        Self(self.0 & others.0)
    }

    /// These without some.
    #[must_use]
    pub const fn without(self, others: Rights) -> Self {
        Self(self.0 & !others.0)
    }

    /// With one more.
    #[must_use]
    pub const fn with(self, right: Right) -> Self {
        Self(self.0 | right.bit())
    }

    /// One after another.
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.into_iter().filter(move |right| self.has(*right))
    }

    /// Those that are worth something: a right goes where the right that it needs is missing.
    #[must_use]
    pub fn effective(self) -> Self {
        let mut rights = self;
        loop {
            let held = rights.iter().filter(|right| right.needs().is_none_or(|needed| rights.has(needed)));
            let next = held.fold(Self::NONE, Self::with);
            if next == rights {
                return rights;
            }
            rights = next;
        }
    }

    /// Those that may go along with a rule, see [`Right::fits_rule`].
    #[must_use]
    pub fn within_rule(self) -> Self {
        self.iter().filter(|right| right.fits_rule()).fold(Self::NONE, Self::with).effective()
    }

    /// The codes, separated by commas, as the database keeps them.
    pub fn codes(self) -> String {
        self.iter().map(Right::code).collect::<Vec<_>>().join(",")
    }

    /// Read from codes separated by commas. A code that this version doesn't know is passed over: it gives no right.
    pub fn from_codes(codes: &str) -> Self {
        codes.split(',').filter_map(|code| Right::from_code(code.trim())).fold(Self::NONE, Self::with)
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<I: IntoIterator<Item = Right>>(rights: I) -> Self {
        rights.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.codes())
    }
}

/// As bits, between a page and the program that wrote it: a third of a kilobyte that no first visit needs. Whatever is kept
/// has the [codes](Rights::codes); bits would be other rights after an update.
impl Serialize for Rights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

impl<'de> Deserialize<'de> for Rights {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u64::deserialize(deserializer).map(|bits| Self(bits & Self::all().0))
    }
}

#[cfg(test)]
mod tests;
