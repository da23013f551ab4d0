//! One profile as the panel shows it: its head, its history, its form.

use domain::id::ProfileId;
use domain::postcode::Masks;
use leptos::server::codee::{Decoder, Encoder};
use serde::{Deserialize, Serialize};

use super::shapes::Choice;
use crate::wire::Wire;

/// A profile, open for reading and editing. A new entry has no id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    pub id: Option<ProfileId>,
    /// The revision that the form starts from.
    pub revision: i64,
    pub head: SheetHead,
    pub groups: Vec<FieldGroup>,
    /// The lists to choose from. Each is here once, however many fields have it.
    pub lists: Vec<Vec<Choice>>,
    /// What the country decides.
    pub place: Place,
    /// Today in the client's zone, in days since 1970-01-01.
    pub today: i64,
    pub days: Vec<Day>,
    /// There are older lines of history than these.
    pub older: bool,
    /// A plain form met a newer revision: both values, to choose from.
    pub conflict: Option<Conflict>,
    /// It was saved a moment ago.
    #[serde(default)]
    pub saved: bool,
}

/// A sheet on its way: only the panel, which the browser fetches when something is opened, can read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed(String);

impl Packed {
    /// For the way.
    pub fn pack(sheet: &Sheet) -> Self {
        Self(Wire::encode(sheet).unwrap_or_default())
    }

    /// To be shown. Nothing where it was written by another version of Lagune.
    pub fn open(&self) -> Option<Sheet> {
        Wire::decode(&self.0).ok()
    }
}

/// Who it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetHead {
    /// First name and name, or the address, or the number.
    pub name: String,
    pub role: String,
    pub status: String,
    pub facts: Vec<String>,
}

/// The fields of a category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldGroup {
    pub label: String,
    pub fields: Vec<FormField>,
}

/// A field with its value as a person would type it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormField {
    pub key: String,
    pub label: String,
    pub help: String,
    pub control: Control,
    pub required: bool,
    /// Written by Lagune itself.
    pub locked: bool,
    /// Sixths of the form's width.
    pub span: u8,
    /// What is in the control; several for a multi-selection.
    pub values: Vec<String>,
    /// What stood in the control when the form was first opened, where that is not what stands in it now.
    pub was: Option<Vec<String>>,
    /// Why what was typed can't stay.
    pub error: Option<String>,
}

/// The control that fits a kind of field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Control {
    Line,
    Mail,
    Digits,
    /// A date, typed in any usual form; with the time where `true`.
    Date(bool),
    Lines,
    /// Yes, no or, unless it is required, neither.
    Truth,
    /// By the rule of the profile's country.
    Postcode,
    /// One of the list with this number.
    Choice(usize),
    /// The same, and the country by which postcodes and states go.
    Country(usize),
    /// One of the states of the profile's country.
    State,
    /// Several of the list with this number.
    Choices(usize),
}

/// What the country of a profile decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The country as it stands in the form.
    pub country: String,
    /// How it writes postcodes, where that is known.
    pub masks: Option<Masks>,
    /// Its states; those of several countries where none is chosen.
    pub states: Vec<Choice>,
}

/// What a typed point in time comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// In words.
    pub words: String,
    /// The day, counted from 1970-01-01.
    pub day: i64,
    /// The time of the day; empty for a date.
    pub clock: String,
    /// From when it was reckoned, where it was.
    pub reckoned: Option<String>,
    /// What may be otherwise than meant.
    pub traps: Vec<String>,
}

/// The events of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    pub label: String,
    pub events: Vec<Event>,
}

/// A line of history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// `2026-10-14T16:52`, for machines.
    pub at: String,
    pub time: String,
    /// The code of the action: what icon and what sentence.
    pub action: String,
    pub actor: String,
    pub changes: Vec<Change>,
    /// The file of the import that did it.
    pub import: Option<String>,
}

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub label: String,
    pub before: String,
    pub after: String,
    /// The line and the field by which the value before can be set again; none where that makes no difference or can't be.
    pub back: Option<(i64, String)>,
}

/// What came of saving.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Saved {
    Done(Box<Sheet>),
    /// Typed values that can't stay so: field key and sentence.
    Refused(Vec<(String, String)>),
    /// Someone else changed the same fields meanwhile.
    Stale(Box<Conflict>),
}

/// Two people edited the same fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// The revision to save on.
    pub revision: i64,
    /// Who saved in between, and when.
    pub by: String,
    pub at: String,
    pub fields: Vec<Clash>,
}

/// A field with both values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    pub key: String,
    pub label: String,
    pub mine: String,
    pub theirs: String,
    /// Theirs, as the control takes it.
    pub theirs_values: Vec<String>,
}
