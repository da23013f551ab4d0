//! What can be done, and to what: codes that never change, and names for people.

use crate::lang::Text;

/// Names things in the database, in REST and on the screen: `Name = "code", "deutsch", "English";`
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($name:ident = $code:literal, $de:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $type {
            $(#[doc = $en] $name,)+
        }

        impl $type {
            /// All of them.
            pub const ALL: &[$type] = &[$($type::$name),+];

            /// The name in the database, in files and in REST; it never changes.
            pub const fn code(self) -> &'static str {
                match self {
                    $($type::$name => $code,)+
                }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// The name on the screen.
            pub const fn label(self) -> Text {
                match self {
                    $($type::$name => Text::new($de, $en),)+
                }
            }
        }
    };
}

named! {
    /// To what something can be done.
    ObjectKind {
        Client = "client", "Mandant", "Client";
        User = "user", "Benutzer", "User";
        Role = "role", "Rolle", "Role";
        Token = "token", "Token", "Token";
        Pool = "pool", "Pool", "Pool";
        Category = "category", "Kategorie", "Category";
        Field = "field", "Feld", "Field";
        Profile = "profile", "Profil", "Profile";
        Import = "import", "Import", "Import";
        Restore = "restore", "Wiederherstellung", "Restore";
        Backup = "backup", "Backup", "Backup";
        Mapping = "mapping", "Zuordnung", "Mapping";
        Schedule = "schedule", "Regelmäßiger Import", "Regular import";
        ExportLayout = "export_layout", "Exportlayout", "Export layout";
        Job = "job", "Vorgang", "Job";
        Settings = "settings", "Einstellungen", "Settings";
        Log = "log", "Protokoll", "Audit log";
        Right = "right", "Recht", "Right";
        Installation = "installation", "Installation", "Installation";
    }
}

named! {
    /// What was done. An older program shows the code of one that it does not know.
    Deed {
        SignedIn = "signed_in", "Angemeldet", "Signed in";
        SignInFailed = "sign_in_failed", "Anmeldung fehlgeschlagen", "Sign-in failed";
        SignedOut = "signed_out", "Abgemeldet", "Signed out";
        SessionsEnded = "sessions_ended", "Sitzungen beendet", "Sessions ended";
        LinkMade = "link_made", "Anmeldelink erstellt", "Sign-in link made";
        PasswordChanged = "password_changed", "Passwort geändert", "Password changed";
        SecondFactorChanged = "second_factor_changed", "Zweiten Faktor geändert", "Second factor changed";
        TokenCreated = "token_created", "Token angelegt", "Token created";
        TokenRevoked = "token_revoked", "Token widerrufen", "Token revoked";
        UserCreated = "user_created", "Benutzer angelegt", "User created";
        UserChanged = "user_changed", "Benutzer geändert", "User changed";
        UserRemoved = "user_removed", "Benutzer entfernt", "User removed";
        MemberChanged = "member_changed", "Mitgliedschaft geändert", "Membership changed";
        RoleCreated = "role_created", "Rolle angelegt", "Role created";
        RoleChanged = "role_changed", "Rolle geändert", "Role changed";
        RoleDeleted = "role_deleted", "Rolle gelöscht", "Role deleted";
        ClientCreated = "client_created", "Mandant angelegt", "Client created";
        ClientChanged = "client_changed", "Mandant geändert", "Client changed";
        ClientDeleted = "client_deleted", "Mandant gelöscht", "Client deleted";
        SettingsChanged = "settings_changed", "Einstellungen geändert", "Settings changed";
        PoolCreated = "pool_created", "Pool angelegt", "Pool created";
        PoolRenamed = "pool_renamed", "Pool umbenannt", "Pool renamed";
        PoolDeleted = "pool_deleted", "Pool gelöscht", "Pool deleted";
        PoolRestored = "pool_restored", "Pool wiederhergestellt", "Pool restored";
        ConfigurationChanged = "configuration_changed", "Konfiguration geändert", "Configuration changed";
        ConfigurationUndone = "configuration_undone", "Konfiguration zurückgesetzt", "Configuration set back";
        LayoutApplied = "layout_applied", "Layout-Datei angewendet", "Layout file applied";
        ConversionStarted = "conversion_started", "Feld umgewandelt", "Field converted";
        ConversionUndone = "conversion_undone", "Umwandlung zurückgenommen", "Conversion taken back";
        OptionsMerged = "options_merged", "Optionen zusammengeführt", "Options merged";
        ProfileDeleted = "profile_deleted", "Profil gelöscht", "Profile deleted";
        ProfileRestored = "profile_restored", "Profil wiederhergestellt", "Profile restored";
        BulkDeleted = "bulk_deleted", "Profile gelöscht", "Profiles deleted";
        BulkEdited = "bulk_edited", "Profile geändert", "Profiles edited";
        BulkRestored = "bulk_restored", "Profile wiederhergestellt", "Profiles restored";
        BulkUndone = "bulk_undone", "Änderung vieler Profile zurückgenommen", "Change of many profiles taken back";
        BinEmptied = "bin_emptied", "Endgültig entfernt", "Removed for good";
        ImportStarted = "import_started", "Import gestartet", "Import started";
        ConsentRaised = "consent_raised", "Permissions durch Import angehoben", "Permissions raised by an import";
        ImportUndone = "import_undone", "Import zurückgenommen", "Import taken back";
        MappingSaved = "mapping_saved", "Zuordnung gespeichert", "Mapping saved";
        MappingRenamed = "mapping_renamed", "Zuordnung umbenannt", "Mapping renamed";
        MappingDeleted = "mapping_deleted", "Zuordnung gelöscht", "Mapping deleted";
        ScheduleSaved = "schedule_saved", "Regelmäßigen Import gespeichert", "Regular import saved";
        ScheduleDeleted = "schedule_deleted", "Regelmäßigen Import gelöscht", "Regular import deleted";
        RestoreChecked = "restore_checked", "Backup verglichen", "Backup compared";
        RestoreStarted = "restore_started", "Backup wiederhergestellt", "Backup restored";
        RestoreUndone = "restore_undone", "Wiederherstellung zurückgenommen", "Restore taken back";
        ExportMade = "export_made", "Exportiert", "Exported";
        ExportLayoutSaved = "export_layout_saved", "Exportlayout gespeichert", "Export layout saved";
        ExportLayoutDeleted = "export_layout_deleted", "Exportlayout gelöscht", "Export layout deleted";
        BackupMade = "backup_made", "Backup angelegt", "Backup made";
        BackupChanged = "backup_changed", "Backup geändert", "Backup changed";
        BackupDeleted = "backup_deleted", "Backup gelöscht", "Backup deleted";
        BackupRead = "backup_read", "Backup eingesehen", "Backup looked into";
        BackupTaken = "backup_taken", "Backup heruntergeladen", "Backup downloaded";
        JobCancelled = "job_cancelled", "Vorgang abgebrochen", "Job cancelled";
        AccessRefused = "access_refused", "Zugriff verweigert", "Access refused";
        AuditPruned = "audit_pruned", "Protokoll gekürzt", "Audit log pruned";
        AuditExported = "audit_exported", "Protokoll exportiert", "Audit log exported";
        InstallationSaved = "installation_saved", "Installation gesichert", "Installation backed up";
        InstallationRestored = "installation_restored", "Installation wiederhergestellt", "Installation restored";
    }
}

named! {
    /// What deeds are about, for long lists of them.
    Area {
        Access = "access", "Anmeldung und Zugang", "Sign-in and access";
        People = "people", "Benutzer, Rollen, Mandanten", "Users, roles, clients";
        Pools = "pools", "Pools und Konfiguration", "Pools and configuration";
        Profiles = "profiles", "Profile", "Profiles";
        Data = "data", "Import, Export, Backup", "Import, export, backup";
        Log = "log", "Protokoll", "Audit log";
    }
}

impl Area {
    /// The name of its picture.
    pub const fn icon(self) -> &'static str {
        match self {
            Area::Access => "lock",
            Area::People => "visitor",
            Area::Pools => "pool",
            Area::Profiles => "profiles",
            Area::Data => "file",
            Area::Log => "clock",
        }
    }
}

impl Deed {
    /// What it is about.
    pub const fn area(self) -> Area {
        use Deed as D;
        match self {
            D::SignedIn
            | D::SignInFailed
            | D::SignedOut
            | D::SessionsEnded
            | D::LinkMade
            | D::PasswordChanged
            | D::SecondFactorChanged
            | D::TokenCreated
            | D::TokenRevoked
            | D::AccessRefused => Area::Access,
            D::UserCreated
            | D::UserChanged
            | D::UserRemoved
            | D::MemberChanged
            | D::RoleCreated
            | D::RoleChanged
            | D::RoleDeleted
            | D::ClientCreated
            | D::ClientChanged
            | D::ClientDeleted
            | D::SettingsChanged => Area::People,
            D::PoolCreated
            | D::PoolRenamed
            | D::PoolDeleted
            | D::PoolRestored
            | D::ConfigurationChanged
            | D::ConfigurationUndone
            | D::LayoutApplied
            | D::ConversionStarted
            | D::ConversionUndone
            | D::OptionsMerged => Area::Pools,
            D::ProfileDeleted | D::ProfileRestored | D::BulkDeleted | D::BulkEdited | D::BulkRestored | D::BulkUndone | D::BinEmptied => {
                Area::Profiles
            }
            D::ImportStarted
            | D::ConsentRaised
            | D::ImportUndone
            | D::MappingSaved
            | D::MappingRenamed
            | D::MappingDeleted
            | D::ScheduleSaved
            | D::ScheduleDeleted
            | D::RestoreChecked
            | D::RestoreStarted
            | D::RestoreUndone
            | D::ExportMade
            | D::ExportLayoutSaved
            | D::ExportLayoutDeleted
            | D::BackupMade
            | D::BackupChanged
            | D::BackupDeleted
            | D::BackupRead
            | D::BackupTaken
            | D::InstallationSaved
            | D::InstallationRestored
            | D::JobCancelled => Area::Data,
            D::AuditPruned | D::AuditExported => Area::Log,
        }
    }
}
