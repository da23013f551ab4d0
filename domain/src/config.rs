//! Reshaping a pool: categories, fields, options, each change one step that knows its way back.

use serde::{Deserialize, Serialize};

use crate::field::{FieldDef, FieldKind};
use crate::id::{CategoryId, FieldId, OptionId};

pub mod default;
mod depth;
#[cfg(feature = "files")]
pub mod file;
mod options;
mod order;
mod rules;
pub mod template;

pub use options::{NewOption, OptionLines, read_options};
pub use order::{arranged, moved, placed};
pub use rules::{FIELD_LIMITS, MANY_FIELDS, check_change, check_new, own_key, propose_key};

/// One change of how a pool is made up. Where `before` stands, none means "as the last one"; a neighbour that is gone
/// meanwhile means the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A category more.
    AddCategory {
        /// Its name.
        name: String,
        /// Its right neighbour.
        before: Option<CategoryId>,
    },
    /// A category is called otherwise.
    RenameCategory {
        /// Which.
        category: CategoryId,
        /// Its name; empty gives one of the first three its own name back.
        name: String,
    },
    /// A category is filed elsewhere, with its fields.
    MoveCategory {
        /// Which.
        category: CategoryId,
        /// Its right neighbour.
        before: Option<CategoryId>,
    },
    /// A category less; its fields fall to the one for unassigned fields.
    DeleteCategory {
        /// Which; one that somebody made.
        category: CategoryId,
    },
    /// A deleted category comes back, and with it those of its fields that nobody has filed elsewhere since.
    RestoreCategory {
        /// Which.
        category: CategoryId,
        /// Its right neighbour.
        before: Option<CategoryId>,
        /// The fields it had, in their order.
        fields: Vec<FieldId>,
    },
    /// A field more.
    AddField(NewField),
    /// What can be changed about a field in place.
    ChangeField {
        /// Which.
        field: FieldId,
        /// What; the rest stays.
        change: FieldChange,
    },
    /// A field is filed elsewhere.
    MoveField {
        /// Which.
        field: FieldId,
        /// Where to.
        category: CategoryId,
        /// Its right neighbour there.
        before: Option<FieldId>,
    },
    /// A field less; its data lie in the bin for 14 days.
    DeleteField {
        /// Which; neither a standard nor an internal one, and used by nothing.
        field: FieldId,
    },
    /// A deleted field comes back with its data.
    RestoreField {
        /// Which.
        field: FieldId,
        /// Where it was filed.
        category: CategoryId,
        /// Its right neighbour there.
        before: Option<FieldId>,
    },
    /// Options more. Labels that exist are passed over.
    AddOptions {
        /// Of which selection.
        field: FieldId,
        /// In their order.
        options: Vec<NewOption>,
    },
    /// An option is called otherwise; the data stay as they are.
    RenameOption {
        /// Of which selection.
        field: FieldId,
        /// Which.
        option: OptionId,
        /// Its label.
        label: String,
    },
    /// An option gets another place in the standard order.
    MoveOption {
        /// Of which selection.
        field: FieldId,
        /// Which.
        option: OptionId,
        /// Its right neighbour.
        before: Option<OptionId>,
    },
    /// The options of a selection get another standard order.
    OrderOptions {
        /// Of which selection.
        field: FieldId,
        /// In their order; those that are not named come behind them.
        options: Vec<OptionId>,
    },
    /// Options less; nothing may use them.
    DeleteOptions {
        /// Of which selection.
        field: FieldId,
        /// Which.
        options: Vec<OptionId>,
    },
    /// Deleted options come back.
    RestoreOptions {
        /// Of which selection.
        field: FieldId,
        /// Which, each with its right neighbour.
        options: Vec<(OptionId, Option<OptionId>)>,
    },
    /// Several steps as one.
    All(#[serde(deserialize_with = "depth::steps")] Vec<Step>),
}

impl Step {
    /// The steps that it is made of; itself when it is a single one.
    pub fn single(&self) -> Vec<&Step> {
        match self {
            Step::All(steps) => steps.iter().flat_map(Step::single).collect(),
            step => vec![step],
        }
    }
}

/// A field to be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewField {
    /// The internal name; none: made from the label, with a number behind it if that is taken.
    pub key: Option<String>,
    /// The name on the screen.
    pub label: String,
    /// Its type.
    pub kind: FieldKind,
    /// Where it is filed.
    pub category: CategoryId,
    /// Its right neighbour there; none: the last one.
    pub before: Option<FieldId>,
    /// Must be filled when a profile is entered by hand.
    pub required: bool,
    /// Profile Matching.
    pub matching: bool,
    /// Content Profiling.
    pub profiling: bool,
    /// Profile Tagging.
    pub tagging: bool,
    /// What a new profile gets, as somebody types it: a value, or for dates also words such as `today - 5 days`. Empty: nothing.
    pub default: String,
    /// Help for those who fill it in.
    pub help: String,
    /// The options of a selection.
    pub options: Vec<NewOption>,
}

impl NewField {
    /// A field with nothing but a name.
    pub fn new(label: impl Into<String>, kind: FieldKind, category: CategoryId) -> Self {
        Self {
            key: None,
            label: label.into(),
            kind,
            category,
            before: None,
            required: false,
            matching: false,
            profiling: false,
            tagging: false,
            default: String::new(),
            help: String::new(),
            options: Vec::new(),
        }
    }
}

/// What changes about a field; none: stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The name on the screen; empty gives a standard or internal field its own name back.
    pub label: Option<String>,
    /// Must be filled when a profile is entered by hand.
    pub required: Option<bool>,
    /// Profile Matching.
    pub matching: Option<bool>,
    /// Content Profiling.
    pub profiling: Option<bool>,
    /// Profile Tagging.
    pub tagging: Option<bool>,
    /// What a new profile gets, as for [`NewField::default`].
    pub default: Option<String>,
    /// Help for those who fill it in.
    pub help: Option<String>,
}

impl FieldChange {
    /// Whether it changes the text that forms call by this name: `label`, `default`, `help`.
    pub fn changes(&self, text: &str) -> bool {
        match text {
            "label" => self.label.is_some(),
            "default" => self.default.is_some(),
            "help" => self.help.is_some(),
            _ => false,
        }
    }

    /// The change that leads back to the field as it is now.
    #[must_use]
    pub fn back_to(&self, field: &FieldDef) -> Self {
        Self {
            label: self.label.as_ref().map(|_| field.label.clone()),
            required: self.required.map(|_| field.required),
            matching: self.matching.map(|_| field.matching),
            profiling: self.profiling.map(|_| field.profiling),
            tagging: self.tagging.map(|_| field.tagging),
            default: self.default.as_ref().map(|_| field.default_value.clone().unwrap_or_default()),
            help: self.help.as_ref().map(|_| field.help.clone()),
        }
    }
}

/// What a step has done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// By which it can be undone.
    pub change: i64,
    /// What it made: the id of a category or field.
    pub made: Option<i64>,
    /// Labels of options that exist already and were passed over.
    pub skipped: Vec<String>,
}

#[cfg(test)]
mod tests;
