//! Rows and columns of the matrix of rights.

use crate::lang::Text;

/// A kind of object that the matrix has a row for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The people in a pool.
    Profiles,
    /// Pools themselves, with how they are made up.
    Pools,
    /// Work in the background.
    Jobs,
    /// The log of who did what.
    Log,
}

impl Kind {
    /// Every row of the matrix, in the order of the screen.
    pub const ALL: [Kind; 4] = [Kind::Profiles, Kind::Pools, Kind::Jobs, Kind::Log];

    /// The name on the screen.
    pub const fn label(self) -> Text {
        match self {
            Kind::Profiles => Text::new("Profile", "Profiles"),
            Kind::Pools => Text::new("Pools", "Pools"),
            Kind::Jobs => Text::new("Vorgänge", "Jobs"),
            Kind::Log => Text::new("Protokoll", "Log"),
        }
    }
}

/// What can be done to an object: a column of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Know that it exists, and read it.
    See,
    /// Make new ones.
    Create,
    /// Change them.
    Edit,
    /// Delete them.
    Delete,
    /// Take them along as a file.
    Export,
}

impl Action {
    /// Every column of the matrix, in the order of the screen.
    pub const ALL: [Action; 5] = [Action::See, Action::Create, Action::Edit, Action::Delete, Action::Export];

    /// The name on the screen.
    pub const fn label(self) -> Text {
        match self {
            Action::See => Text::new("Sehen", "See"),
            Action::Create => Text::new("Anlegen", "Create"),
            Action::Edit => Text::new("Bearbeiten", "Edit"),
            Action::Delete => Text::new("Löschen", "Delete"),
            Action::Export => Text::new("Exportieren", "Export"),
        }
    }
}
