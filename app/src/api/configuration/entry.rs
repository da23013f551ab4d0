//! What the dialog of a field holds, and what came of saving it.

use domain::id::{CategoryId, FieldId};
use serde::{Deserialize, Serialize};

use super::{FieldLine, Shape, Taken};
use crate::api::profiles::sheet::Conflict;

/// What stands in the dialog of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldEntry {
    /// The name on the screen.
    pub label: String,
    /// What a new profile gets; options have marks of their own for that.
    pub default: String,
    /// Help for those who fill it in.
    pub help: String,
    /// Must be filled in.
    pub required: bool,
    /// Profile Matching.
    pub matching: bool,
    /// Content Profiling.
    pub profiling: bool,
    /// Profile Tagging.
    pub tagging: bool,
    /// Where it is filed.
    pub category: Option<CategoryId>,
}

/// The inputs of the dialog that hold a text, by their names in forms.
pub const TEXTS: [&str; 3] = ["label", "default", "help"];

impl FieldEntry {
    /// How the dialog is opened.
    pub fn of(line: &FieldLine) -> Self {
        Self {
            label: line.label.clone(),
            default: line.default.clone(),
            help: line.help.clone(),
            required: line.required,
            matching: line.matching,
            profiling: line.profiling,
            tagging: line.tagging,
            category: Some(line.category),
        }
    }

    /// What stands in one of the [`TEXTS`].
    pub fn text(&self, name: &str) -> &str {
        match name {
            "label" => &self.label,
            "default" => &self.default,
            _ => &self.help,
        }
    }

    /// The same, to be written.
    pub fn text_mut(&mut self, name: &str) -> &mut String {
        match name {
            "label" => &mut self.label,
            "default" => &mut self.default,
            _ => &mut self.help,
        }
    }
}

/// What came of saving something about a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Saved {
    /// The step is taken.
    Done(Box<Taken>),
    /// It is like that already.
    Same(Box<Shape>),
    /// Somebody else has changed the same meanwhile: nothing is written.
    Stale(Box<Conflict>),
}

/// A plain form of the dialog that could not be saved as it was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Retyped {
    /// Which field.
    pub field: FieldId,
    /// What was typed.
    pub mine: FieldEntry,
    /// How the field was when this is shown.
    pub was: FieldEntry,
    /// What is wrong.
    pub error: Option<crate::error::AppError>,
    /// Both values of what somebody else has changed too.
    pub conflict: Option<Conflict>,
}
