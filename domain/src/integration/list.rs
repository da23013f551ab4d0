//! All fields with their ids, as a tree for programs and as rows for tables.

use serde::Serialize;

use crate::field::{ChoiceOption, FieldDef};
use crate::lang::{Lang, Text};
use crate::pool::{CategoryRole, Pool};
use crate::value::plain;

/// The fields of a pool, and what they refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldList {
    /// Whose fields these are.
    pub pool: PoolEntry,
    /// What the fields are filed under, in their order.
    pub categories: Vec<CategoryEntry>,
    /// In the order of the pool.
    pub fields: Vec<FieldEntry>,
}

/// A pool by its id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PoolEntry {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// A category by its id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CategoryEntry {
    /// Its id.
    pub id: i64,
    /// Its name in the reader's language.
    pub name: String,
    /// What it is for.
    pub role: CategoryRole,
}

/// A field with everything that a program may want to know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldEntry {
    /// Its id.
    pub id: i64,
    /// Its internal name, by which REST and files know it.
    pub key: String,
    /// What stands for its value in texts to people.
    pub variable: String,
    /// Its name in the reader's language.
    pub label: String,
    /// Its type, by the name that REST knows.
    pub kind: &'static str,
    /// Its type, by the number that older interfaces know.
    pub kind_number: u8,
    /// The id of its category.
    pub category: i64,
    /// Has to be filled when a profile is entered.
    pub required: bool,
    /// Filled by Lagune only.
    pub read_only: bool,
    /// Every pool has it.
    pub standard: bool,
    /// Every pool has it, and Lagune works with it.
    pub internal: bool,
    /// Help for those who fill it in.
    pub help: String,
    /// What a new profile gets, as files write it; a date may be in words that mean another day each day.
    pub default: Option<String>,
    /// The options of a selection, in their order.
    pub options: Vec<OptionEntry>,
}

/// An option by its id and label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionEntry {
    /// Its id, the same for ever.
    pub id: i64,
    /// What people read, and what REST and files write.
    pub label: String,
}

/// The fields of a pool, with names in a language.
pub fn fields(pool: &Pool, lang: Lang) -> FieldList {
    let category = |one: &crate::pool::Category| CategoryEntry { id: one.id.get(), name: one.label(lang).to_owned(), role: one.role };
    FieldList {
        pool: PoolEntry { id: pool.id.get(), name: pool.name.clone() },
        categories: pool.categories.iter().map(category).collect(),
        fields: pool.fields.iter().map(|field| entry(field, lang)).collect(),
    }
}

fn entry(field: &FieldDef, lang: Lang) -> FieldEntry {
    FieldEntry {
        id: field.id.get(),
        key: field.key.clone(),
        variable: super::variable(field),
        label: field.label(lang).to_owned(),
        kind: field.kind.code(),
        kind_number: field.kind.number(),
        category: field.category.get(),
        required: field.required,
        read_only: !field.writable(),
        standard: field.standard,
        internal: field.internal.is_some(),
        help: field.help.clone(),
        default: super::constant_default(field).map(|value| plain(field, &value)).or_else(|| field.default_value.clone()),
        options: field
            .options
            .iter()
            .map(|option: &ChoiceOption| OptionEntry { id: option.id.get(), label: option.label.clone() })
            .collect(),
    }
}

/// A column of the table: its name for programs and for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// For programs.
    pub code: &'static str,
    /// For people.
    pub label: Text,
}

const fn heading(code: &'static str, de: &'static str, en: &'static str) -> Heading {
    Heading { code, label: Text::new(de, en) }
}

impl FieldList {
    /// The columns of [`rows`](Self::rows).
    pub const HEADINGS: [Heading; 12] = [
        heading("id", "ID", "ID"),
        heading("key", "Interner Name", "Internal name"),
        heading("variable", "Ersetzungsvariable", "Replacement variable"),
        heading("label", "Feld", "Field"),
        heading("category", "Kategorie", "Category"),
        heading("kind", "Datentyp", "Data type"),
        heading("kind_number", "Nummer des Datentyps", "Number of the data type"),
        heading("required", "Pflichtfeld", "Required"),
        heading("read_only", "Nur lesen", "Read only"),
        heading("default", "Default-Wert", "Default value"),
        heading("help", "Hilfetext", "Help"),
        heading("options", "Optionen", "Options"),
    ];

    /// A row for each field. The options stand in one cell as `12=Ski|13=Rad`, where a `|` or `\` of a label has a `\` in
    /// front: so a field is a row, and a program takes the cell apart as it does with the values of an exported list.
    pub fn rows(&self) -> impl Iterator<Item = [String; 12]> {
        self.fields.iter().map(|field| {
            let category = self.categories.iter().find(|category| category.id == field.category);
            [
                field.id.to_string(),
                field.key.clone(),
                field.variable.clone(),
                field.label.clone(),
                category.map(|category| category.name.clone()).unwrap_or_default(),
                field.kind.to_owned(),
                field.kind_number.to_string(),
                field.required.to_string(),
                field.read_only.to_string(),
                field.default.clone().unwrap_or_default(),
                field.help.clone(),
                options(&field.options),
            ]
        })
    }
}

fn options(options: &[OptionEntry]) -> String {
    let cell = |option: &OptionEntry| format!("{}={}", option.id, option.label.replace('\\', "\\\\").replace('|', "\\|"));
    options.iter().map(cell).collect::<Vec<_>>().join("|")
}
