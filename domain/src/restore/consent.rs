//! What people have consented to survives a restore: it never becomes more than it is now.

use crate::field::Internal;
use crate::permission::Permission;

/// What a profile has consented to, and what limits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The consent.
    pub permission: Permission,
    /// Has signed off.
    pub unsubscribed: bool,
    /// Objects to being tracked.
    pub no_tracking: bool,
}

impl Consent {
    /// Of each the one that allows less.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        Self {
            permission: if other.permission.rises_to(self.permission) { other.permission } else { self.permission },
            unsubscribed: self.unsubscribed || other.unsubscribed,
            no_tracking: self.no_tracking || other.no_tracking,
        }
    }

    /// Whether it allows anything that the other one does not.
    #[must_use]
    pub fn allows_more_than(self, other: Self) -> bool {
        self.stricter(other) != self
    }
}

/// What is known today of a profile of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It exists, among the living or in the bin, with this consent.
    Exists(Consent),
    /// It is gone for good; with the consent that it had last, where that was noted.
    Gone(Option<Consent>),
}

/// Whether a profile of a backup may come back, and with which consent; none: it may not. The one place that decides it: what
/// else outlives a backup (erased people, blocked addresses) is asked here.
#[must_use]
pub fn decide(then: Consent, standing: Standing) -> Option<Consent> {
    Some(match standing {
        // What it has now stays, with what proves it.
        Standing::Exists(now) => now,
        Standing::Gone(Some(last)) => then.stricter(last),
        Standing::Gone(None) => then,
    })
}

impl Internal {
    /// Whether it says what a person has consented to, what limits that, or what proves it: of a profile that exists a restore
    /// never changes it.
    #[must_use]
    pub const fn survives_restore(self) -> bool {
        self.is_consent() || matches!(self, Internal::HardBounces | Internal::PermissionIp | Internal::UnsubscribeIp)
    }
}
