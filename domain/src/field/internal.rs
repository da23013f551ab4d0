//! The fields that the system itself keeps for every profile.

use serde::{Deserialize, Serialize};

use super::FieldKind;
use crate::lang::Text;

/// An internal field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Internal {
    /// Language of the person.
    Language,
    /// Number of the profile, unique in the pool, never changed.
    ProfileId,
    /// Number in another system, which answers for its being unique.
    ExternalId,
    /// Form of the first entry.
    FormId,
    /// When the profile was made.
    EntryDate,
    /// When a form last changed it; an import does not touch it.
    ChangeDate,
    /// The consent.
    Permission,
    /// Has signed off.
    Unsubscribed,
    /// When.
    UnsubscribeDate,
    /// Failed deliveries in a row.
    HardBounces,
    /// For the client's own use.
    UserState,
    /// Address of the last change through a form.
    ChangeIp,
    /// Address of the consent.
    PermissionIp,
    /// Address of the sign-off.
    UnsubscribeIp,
    /// A test profile.
    Persona,
    /// Objects to being tracked.
    NoTracking,
}

impl Internal {
    /// Every internal field, in the order of the category.
    pub const ALL: [Internal; 16] = [
        Internal::Language,
        Internal::ProfileId,
        Internal::ExternalId,
        Internal::FormId,
        Internal::EntryDate,
        Internal::ChangeDate,
        Internal::Permission,
        Internal::Unsubscribed,
        Internal::UnsubscribeDate,
        Internal::HardBounces,
        Internal::UserState,
        Internal::ChangeIp,
        Internal::PermissionIp,
        Internal::UnsubscribeIp,
        Internal::Persona,
        Internal::NoTracking,
    ];

    const fn facts(self) -> (&'static str, &'static str, FieldKind, Text) {
        use FieldKind as K;
        match self {
            Internal::Language => ("LANGUAGE", "language", K::Language, Text::new("Sprache", "Language")),
            Internal::ProfileId => ("PROFILEID", "profile_id", K::ProfileId, Text::new("Profil-ID", "Profile ID")),
            Internal::ExternalId => ("EXTERNALID", "external_id", K::SingleLine, Text::new("Externe ID", "External ID")),
            Internal::FormId => ("FORMID", "form_id", K::FormRef, Text::new("Ursprungsformular", "Original form")),
            Internal::EntryDate => ("ENTRY_DATE", "entered_at", K::DateTime, Text::new("Eintragung", "Entered")),
            Internal::ChangeDate => ("CHANGE_DATE", "changed_at", K::DateTime, Text::new("Letzte Änderung", "Last change")),
            Internal::Permission => ("PERMISSION", "permission", K::Permission, Text::new("Permission", "Permission")),
            Internal::Unsubscribed => ("UNSUBSCRIBED", "unsubscribed", K::Boolean, Text::new("Ausgetragen", "Unsubscribed")),
            Internal::UnsubscribeDate => ("UNSUBSCRIBE_DATE", "unsubscribed_at", K::DateTime, Text::new("Austragung", "Unsubscribed on")),
            Internal::HardBounces => ("HARDBOUNCES", "hard_bounces", K::Integer, Text::new("Hardbounces", "Hard bounces")),
            Internal::UserState => ("USERSTATE", "user_state", K::Integer, Text::new("Status", "User state")),
            Internal::ChangeIp => ("CHANGE_IP", "change_ip", K::IpAddress, Text::new("Änderung (IP)", "Change (IP)")),
            Internal::PermissionIp => ("PERMISSION_IP", "permission_ip", K::IpAddress, Text::new("Permission (IP)", "Permission (IP)")),
            Internal::UnsubscribeIp => {
                ("UNSUBSCRIBE_IP", "unsubscribe_ip", K::IpAddress, Text::new("Ausgetragen (IP)", "Unsubscribed (IP)"))
            }
            Internal::Persona => ("PERSONA", "persona", K::Boolean, Text::new("Persona", "Persona")),
            Internal::NoTracking => ("NOTRACKING", "no_tracking", K::Boolean, Text::new("Tracking deaktiviert", "Tracking disabled")),
        }
    }

    /// The internal name.
    pub const fn key(self) -> &'static str {
        self.facts().0
    }

    /// The internal field with this internal name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// The column in the pool's table.
    pub const fn column(self) -> &'static str {
        self.facts().1
    }

    /// The type.
    pub const fn kind(self) -> FieldKind {
        self.facts().2
    }

    /// The name on the screen.
    pub const fn label(self) -> Text {
        self.facts().3
    }

    /// Whether it says what the person has consented to; changing it needs a right of its own.
    pub const fn is_consent(self) -> bool {
        matches!(self, Internal::Permission | Internal::Unsubscribed | Internal::UnsubscribeDate | Internal::NoTracking)
    }

    /// Whether a person, an import or REST may write it; the others are filled by the system only.
    pub const fn writable_by_hand(self) -> bool {
        !matches!(
            self,
            Internal::ProfileId
                | Internal::FormId
                | Internal::EntryDate
                | Internal::ChangeDate
                | Internal::UnsubscribeDate
                | Internal::ChangeIp
                | Internal::PermissionIp
                | Internal::UnsubscribeIp
        )
    }
}
