//! Each right by itself: its code, its place on the screen, and what it needs.

use super::matrix::{Action, Kind};
use crate::lang::{Lang, Text};

/// One right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Right {
    /// Read profiles.
    SeeProfiles,
    /// Make profiles.
    CreateProfiles,
    /// Change profiles.
    EditProfiles,
    /// Put profiles into the bin.
    DeleteProfiles,
    /// Take profiles along as a file.
    ExportProfiles,
    /// See which pools there are and how they are made up.
    SeePools,
    /// Make pools.
    CreatePools,
    /// Give pools another name.
    EditPools,
    /// Delete pools, and bring them back.
    DeletePools,
    /// Take the layout of a pool along as a file.
    ExportPools,
    /// See the work in the background.
    SeeJobs,
    /// Cancel it.
    EditJobs,
    /// Read who did what.
    SeeLog,
    /// Take that along as a file.
    ExportLog,
    /// See people on the map.
    Map,
    /// Bring files in.
    Import,
    /// Take personal data along as a file at all.
    Export,
    /// Bring back from the bin and from backups.
    Restore,
    /// See what happened to a person, and when.
    History,
    /// See the internet addresses in profiles.
    IpAddresses,
    /// Change what a person has consented to.
    Consent,
    /// Erase a person for good.
    Erase,
    /// Invite people, give them roles, and shape roles.
    Users,
    /// Shape pools: fields, options, categories, conversions.
    Configure,
    /// Make access tokens and call the REST interface.
    Api,
    /// Make clients; for operators of the installation.
    Clients,
}

impl Right {
    /// Every right.
    pub const ALL: [Right; 26] = [
        Right::SeeProfiles,
        Right::CreateProfiles,
        Right::EditProfiles,
        Right::DeleteProfiles,
        Right::ExportProfiles,
        Right::SeePools,
        Right::CreatePools,
        Right::EditPools,
        Right::DeletePools,
        Right::ExportPools,
        Right::SeeJobs,
        Right::EditJobs,
        Right::SeeLog,
        Right::ExportLog,
        Right::Map,
        Right::Import,
        Right::Export,
        Right::Restore,
        Right::History,
        Right::IpAddresses,
        Right::Consent,
        Right::Erase,
        Right::Users,
        Right::Configure,
        Right::Api,
        Right::Clients,
    ];

    /// The name in the database, in REST and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Right::SeeProfiles => "profiles.see",
            Right::CreateProfiles => "profiles.create",
            Right::EditProfiles => "profiles.edit",
            Right::DeleteProfiles => "profiles.delete",
            Right::ExportProfiles => "profiles.export",
            Right::SeePools => "pools.see",
            Right::CreatePools => "pools.create",
            Right::EditPools => "pools.edit",
            Right::DeletePools => "pools.delete",
            Right::ExportPools => "pools.export",
            Right::SeeJobs => "jobs.see",
            Right::EditJobs => "jobs.edit",
            Right::SeeLog => "log.see",
            Right::ExportLog => "log.export",
            Right::Map => "map",
            Right::Import => "import",
            Right::Export => "export",
            Right::Restore => "restore",
            Right::History => "history",
            Right::IpAddresses => "ip_addresses",
            Right::Consent => "consent",
            Right::Erase => "erase",
            Right::Users => "users",
            Right::Configure => "configure",
            Right::Api => "api",
            Right::Clients => "clients",
        }
    }

    /// The right with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.code() == code)
    }

    /// Where it stands in the matrix; none for a special right.
    pub const fn cell(self) -> Option<(Kind, Action)> {
        Some(match self {
            Right::SeeProfiles => (Kind::Profiles, Action::See),
            Right::CreateProfiles => (Kind::Profiles, Action::Create),
            Right::EditProfiles => (Kind::Profiles, Action::Edit),
            Right::DeleteProfiles => (Kind::Profiles, Action::Delete),
            Right::ExportProfiles => (Kind::Profiles, Action::Export),
            Right::SeePools => (Kind::Pools, Action::See),
            Right::CreatePools => (Kind::Pools, Action::Create),
            Right::EditPools => (Kind::Pools, Action::Edit),
            Right::DeletePools => (Kind::Pools, Action::Delete),
            Right::ExportPools => (Kind::Pools, Action::Export),
            Right::SeeJobs => (Kind::Jobs, Action::See),
            Right::EditJobs => (Kind::Jobs, Action::Edit),
            Right::SeeLog => (Kind::Log, Action::See),
            Right::ExportLog => (Kind::Log, Action::Export),
            _ => return None,
        })
    }

    /// The right in a cell of the matrix; some cells have none.
    pub fn at(kind: Kind, action: Action) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.cell() == Some((kind, action)))
    }

    /// The rights beside the matrix, in the order of the screen.
    pub fn special() -> impl Iterator<Item = Right> {
        Self::ALL.into_iter().filter(|right| right.cell().is_none())
    }

    /// What it allows, in a few words.
    pub fn label(self, lang: Lang) -> String {
        if let Some((kind, action)) = self.cell() {
            return format!("{}: {}", kind.label().get(lang), action.label().get(lang));
        }
        self.words().get(lang).to_owned()
    }

    pub(super) const fn words(self) -> Text {
        match self {
            Right::Map => Text::new("Landkarte", "Map"),
            Right::Import => Text::new("Dateien importieren", "Import files"),
            Right::Export => Text::new("Personenbezogene Daten als Datei mitnehmen", "Take personal data along as a file"),
            Right::Restore => Text::new("Wiederherstellen", "Restore"),
            Right::History => Text::new("Historie einer Person sehen", "See the history of a person"),
            Right::IpAddresses => Text::new("IP-Adressen sehen", "See IP addresses"),
            Right::Consent => Text::new("Einwilligungen ändern", "Change consent"),
            Right::Erase => Text::new("Endgültig löschen", "Erase for good"),
            Right::Users => Text::new("Benutzer und Rollen verwalten", "Manage users and roles"),
            Right::Configure => Text::new("Pools konfigurieren", "Configure pools"),
            Right::Api => Text::new("Schnittstelle (API) benutzen", "Use the API"),
            Right::Clients => Text::new("Mandanten verwalten", "Manage clients"),
            _ => Text::new("", ""),
        }
    }

    /// Without this other right it is worth nothing.
    pub const fn needs(self) -> Option<Right> {
        match self {
            Right::SeePools | Right::SeeJobs | Right::SeeLog | Right::Users | Right::Clients | Right::Api => None,
            Right::ExportProfiles => Some(Right::Export),
            Right::EditJobs => Some(Right::SeeJobs),
            Right::ExportLog => Some(Right::SeeLog),
            Right::SeeProfiles | Right::CreatePools | Right::EditPools | Right::DeletePools | Right::ExportPools | Right::Configure => {
                Some(Right::SeePools)
            }
            Right::CreateProfiles
            | Right::EditProfiles
            | Right::DeleteProfiles
            | Right::Map
            | Right::Import
            | Right::Export
            | Right::Restore
            | Right::History
            | Right::IpAddresses
            | Right::Consent
            | Right::Erase => Some(Right::SeeProfiles),
        }
    }

    /// Whether it may go along with a rule that limits a role to some profiles. What reaches all profiles of a pool, or beyond it,
    /// may not: an import meets every profile, a converted field changes in all of them, and who shapes roles could lift the rule.
    pub const fn fits_rule(self) -> bool {
        !matches!(
            self,
            Right::Import
                | Right::Restore
                | Right::Configure
                | Right::CreatePools
                | Right::EditPools
                | Right::DeletePools
                | Right::SeeLog
                | Right::ExportLog
                | Right::Users
                | Right::Clients
        )
    }

    pub(super) const fn bit(self) -> u64 {
        1 << self as u8
    }
}
