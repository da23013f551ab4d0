//! Consent to receive mail, and the one status that the list shows for it.

use serde::{Deserialize, Serialize};

use crate::field::Internal;
use crate::id::FieldId;
use crate::lang::{Lang, Text};
use crate::pool::Pool;
use crate::value::Value;

/// The consent of a person, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Nothing is known.
    None = 0,
    /// Entered by us, the evidence of consent lies elsewhere; may be written to until the person objects.
    /// What an import gives to new profiles.
    OptOut = 1,
    /// Signed up once.
    SingleOptIn = 2,
    /// Signed up and got a confirmation.
    ConfirmedOptIn = 3,
    /// Signed up and has still to follow the link in the confirmation.
    DoubleOptInPending = 4,
    /// Signed up and followed the link.
    DoubleOptIn = 5,
}

impl Permission {
    /// Every permission, by number.
    pub const ALL: [Permission; 6] = [
        Permission::None,
        Permission::OptOut,
        Permission::SingleOptIn,
        Permission::ConfirmedOptIn,
        Permission::DoubleOptInPending,
        Permission::DoubleOptIn,
    ];

    /// Without a consent that would allow a mailing: nothing known, or still to be confirmed.
    pub const UNCONFIRMED: [Permission; 2] = [Permission::None, Permission::DoubleOptInPending];

    /// The number in the database.
    pub const fn number(self) -> i64 {
        self as i64
    }

    /// Whether another one allows more. One that waits to be confirmed allows less than any but none: nobody may be written
    /// to by it.
    pub const fn rises_to(self, other: Permission) -> bool {
        other.weight() > self.weight()
    }

    const fn weight(self) -> u8 {
        match self {
            Permission::None => 0,
            Permission::DoubleOptInPending => 1,
            Permission::OptOut => 2,
            Permission::SingleOptIn => 3,
            Permission::ConfirmedOptIn => 4,
            Permission::DoubleOptIn => 5,
        }
    }

    /// The permission with this number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.number() == number)
    }

    /// The name in REST and in files.
    pub const fn code(self) -> &'static str {
        match self {
            Permission::None => "none",
            Permission::OptOut => "opt_out",
            Permission::SingleOptIn => "single_opt_in",
            Permission::ConfirmedOptIn => "confirmed_opt_in",
            Permission::DoubleOptInPending => "double_opt_in_pending",
            Permission::DoubleOptIn => "double_opt_in",
        }
    }

    /// The permission with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Permission::None => Text::new("Keine", "None"),
            Permission::OptOut => Text::new("Opt-Out", "Opt-out"),
            Permission::SingleOptIn => Text::new("Single Opt-In", "Single opt-in"),
            Permission::ConfirmedOptIn => Text::new("Confirmed Opt-In", "Confirmed opt-in"),
            Permission::DoubleOptInPending => Text::new("Double Opt-In (Bestätigung offen)", "Double opt-in (to be confirmed)"),
            Permission::DoubleOptIn => Text::new("Double Opt-In", "Double opt-in"),
        }
        .get(lang)
    }
}

/// Failed deliveries in a row after which an address counts as faulty.
pub const MAX_HARD_BOUNCES: i64 = 3;

/// What a status depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// A test profile.
    pub persona: bool,
    /// Has signed off.
    pub unsubscribed: bool,
    /// Failed deliveries in a row.
    pub hard_bounces: i64,
    /// The consent.
    pub permission: Permission,
    /// Whether the e-mail field is filled.
    pub has_email: bool,
}

impl Facts {
    /// What stands in the fields of a profile; one that the system always fills has its first value where nothing is given.
    pub fn of<'v>(pool: &Pool, value: impl Fn(FieldId) -> Option<&'v Value>) -> Self {
        let internal = |field| pool.internal(field).and_then(|field| value(field.id));
        let yes = |field| internal(field) == Some(&Value::Bool(true));
        let number = |field| match internal(field) {
            Some(Value::Int(n)) => *n,
            _ => 0,
        };
        Self {
            persona: yes(Internal::Persona),
            unsubscribed: yes(Internal::Unsubscribed),
            hard_bounces: number(Internal::HardBounces),
            permission: Permission::from_number(number(Internal::Permission)).unwrap_or(Permission::None),
            has_email: pool.field("EMAIL").is_some_and(|field| value(field.id).is_some()),
        }
    }
}

/// The one status of a profile; the first that fits, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A test profile.
    Persona,
    /// Has signed off.
    Unsubscribed,
    /// The address is faulty.
    Bounced,
    /// No consent is known, or the confirmation link has not been followed yet ([`Permission::UNCONFIRMED`]).
    Unconfirmed,
    /// Has no e-mail address.
    NoAddress,
    /// May be written to.
    Usable,
}

impl Status {
    /// Every status, in the order in which they are decided.
    pub const ALL: [Status; 6] =
        [Status::Persona, Status::Unsubscribed, Status::Bounced, Status::Unconfirmed, Status::NoAddress, Status::Usable];

    /// The status that follows from the facts.
    pub const fn of(facts: &Facts) -> Self {
        if facts.persona {
            Status::Persona
        } else if facts.unsubscribed {
            Status::Unsubscribed
        } else if facts.hard_bounces >= MAX_HARD_BOUNCES {
            Status::Bounced
        } else if matches!(facts.permission, Permission::None | Permission::DoubleOptInPending) {
            Status::Unconfirmed
        } else if !facts.has_email {
            Status::NoAddress
        } else {
            Status::Usable
        }
    }

    /// The name in the URL and in REST.
    pub const fn code(self) -> &'static str {
        match self {
            Status::Persona => "persona",
            Status::Unsubscribed => "unsubscribed",
            Status::Bounced => "bounced",
            Status::Unconfirmed => "unconfirmed",
            Status::NoAddress => "no_address",
            Status::Usable => "usable",
        }
    }

    /// The status with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Status::Persona => Text::new("Persona", "Persona"),
            Status::Unsubscribed => Text::new("Ausgetragen", "Unsubscribed"),
            Status::Bounced => Text::new("Fehlerhaft", "Faulty"),
            Status::Unconfirmed => Text::new("Unbestätigt", "Unconfirmed"),
            Status::NoAddress => Text::new("Ohne Adresse", "No address"),
            Status::Usable => Text::new("Verwendbar", "Usable"),
        }
        .get(lang)
    }

    /// The name of its icon: the shape, not the colour alone, tells them apart.
    pub const fn icon(self) -> &'static str {
        match self {
            Status::Persona => "user-cog",
            Status::Unsubscribed => "circle-minus",
            Status::Bounced => "circle-alert",
            Status::Unconfirmed => "clock",
            Status::NoAddress => "mail-x",
            Status::Usable => "circle-check",
        }
    }
}

#[cfg(test)]
mod tests;
