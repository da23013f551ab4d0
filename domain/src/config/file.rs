//! A pool's layout as a file: what its categories, fields and options are, without anybody's data, so that a script can set
//! up a pool and a test system's pool can become a real one. JSON and YAML; what the file does not name stays as it is.

use crate::field::FieldKind;
use crate::pool::{CategoryRole, Pool};
use crate::value;

mod compare;
mod decode;
mod fault;
mod fields;
mod node;
mod order;
mod plan;
mod settings;
mod words;
mod write;

pub use compare::{CategoryName, Comparison, Difference, FieldName, Hindrance, Kept, Obstacle, compare};
pub use fault::{Fault, Unreadable};
pub use plan::next_steps;
pub use words::{Said, Sign};

/// The version of the format that this program writes and reads.
pub const FORMAT: u32 = 1;

/// The largest file, in bytes.
pub const MAX_BYTES: usize = 1_000_000;

/// The most options of one field in a file.
pub const MAX_OPTIONS: usize = 10_000;

/// The most categories in a file.
pub const MAX_CATEGORIES: usize = 200;

/// What the two forms of the file are called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For programs.
    Json,
    /// For people.
    #[default]
    Yaml,
}

impl Format {
    /// Both.
    pub const ALL: [Format; 2] = [Format::Yaml, Format::Json];

    /// The end of a file's name, and the name in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Yaml => "yaml",
        }
    }

    /// The form with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The media type (RFC 9512 for YAML).
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Json => "application/json",
            Format::Yaml => "application/yaml",
        }
    }
}

/// A layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PoolFile {
    /// The name of the pool it was made from; only for people.
    pub pool: Option<String>,
    /// In their order.
    pub categories: Vec<FileCategory>,
}

/// A category of a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileCategory {
    /// What it is for; there is one of each but for those that people made.
    pub role: CategoryRole,
    /// Its name: by it a category that somebody made is found. The first three need none; an empty one is their own.
    pub name: Option<String>,
    /// In their order.
    pub fields: Vec<FileField>,
}

/// A field of a layout; what is none stays as it is, or is off in a new field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileField {
    /// Its internal name, by which it is found.
    pub key: String,
    /// Its type; a new field must have one.
    pub kind: Option<FieldKind>,
    /// The name on the screen; empty: the name that a standard or internal field has by itself.
    pub label: Option<String>,
    /// Must be filled when a profile is entered by hand.
    pub required: Option<bool>,
    /// Profile Matching.
    pub matching: Option<bool>,
    /// Content Profiling.
    pub profiling: Option<bool>,
    /// Profile Tagging.
    pub tagging: Option<bool>,
    /// What a new profile gets: options by their labels, dates also as words.
    pub default: Option<String>,
    /// Help for those who fill it in.
    pub help: Option<String>,
    /// The labels of a selection's options, in their order.
    pub options: Option<Vec<String>>,
}

impl FileField {
    /// A field of which nothing is said but its name.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            kind: None,
            label: None,
            required: None,
            matching: None,
            profiling: None,
            tagging: None,
            default: None,
            help: None,
            options: None,
        }
    }
}

impl PoolFile {
    /// The layout of a pool, whole: everything that its fields can have.
    pub fn of(pool: &Pool) -> Self {
        let categories = pool.categories.iter().map(|category| FileCategory {
            role: category.role,
            name: Some(category.name.clone()),
            fields: pool.fields.iter().filter(|field| field.category == category.id).map(settings::of).collect(),
        });
        Self { pool: Some(pool.name.clone()), categories: categories.collect() }
    }

    /// Reads a file in either form.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its line; the first few.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Unreadable>> {
        if bytes.len() > MAX_BYTES {
            return Err(vec![Unreadable::at(0, Fault::TooLarge { max: MAX_BYTES as u64 })]);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            vec![Unreadable::at(before.iter().filter(|byte| **byte == b'\n').count() + 1, Fault::NotText)]
        })?;
        decode::pool_file(&node::read(text).map_err(|fault| vec![fault])?)
    }

    /// Writes it.
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Json => write::json(self),
            Format::Yaml => write::yaml(self),
        }
    }

    /// All fields, in their order.
    pub fn fields(&self) -> impl Iterator<Item = &FileField> {
        self.categories.iter().flat_map(|category| &category.fields)
    }
}

/// The default of a field as a file says it.
fn default_of(field: &crate::field::FieldDef) -> String {
    let Some(stored) = field.default_value.as_deref() else { return String::new() };
    if !field.kind.has_options() {
        return stored.to_owned();
    }
    // Neither clock nor zone matter to options.
    let value = super::default::value(field, crate::time::Millis::new(0), &crate::time::Zone::UTC);
    value.map(|value| value::plain(field, &value)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
