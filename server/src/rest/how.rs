//! How a file is to be imported, as calls say it: at the address, or in a body.

use std::collections::BTreeMap;

use domain::{
    import::{By, Goes, Unknown},
    problem::{Invalid, Problem as Wrong},
    rights::Right,
};
use serde::Deserialize;
use serde_json::Value;

use super::body::Body;
use crate::{errors::Refusal, imports, session::Caller};

/// What is said at an address.
#[derive(Default, Deserialize)]
pub(super) struct How {
    /// The fields by which existing profiles are found.
    key: Option<String>,
    existing: Option<String>,
    filled: Option<String>,
    sets: Option<String>,
    empty: Option<String>,
    unknown: Option<String>,
    duplicates: Option<String>,
    /// A JSON object of texts, and of objects where a column is split or joined.
    columns: Option<String>,
    /// A JSON object of texts.
    constants: Option<String>,
    raise_consent: Option<String>,
    dns: Option<bool>,
    pub(super) file_name: Option<String>,
    file: Option<String>,
    sheet: Option<String>,
    header_row: Option<u32>,
    mapping: Option<String>,
    /// The file is only checked.
    pub(super) check: Option<bool>,
}

impl How {
    /// The same out of a body.
    pub(super) fn of(body: &mut Body) -> Self {
        Self {
            key: body.text("key"),
            existing: body.text("existing"),
            filled: body.text("filled"),
            sets: body.text("sets"),
            empty: body.text("empty"),
            unknown: body.text("unknown"),
            duplicates: body.text("duplicates"),
            columns: body.object("columns").map(|pairs| Value::Object(pairs).to_string()),
            constants: body.object("constants").map(|pairs| Value::Object(pairs).to_string()),
            raise_consent: body.text("raise_consent"),
            dns: body.truth("dns"),
            file_name: body.text("file_name"),
            file: body.text("file"),
            sheet: body.text("sheet"),
            header_row: body.number("header_row").and_then(|row| u32::try_from(row).ok()),
            mapping: body.text("mapping"),
            check: None,
        }
    }

    /// What is wished, as far as the caller may.
    ///
    /// # Errors
    /// A right is missing, or something is no object of texts.
    pub(super) fn wished(self, caller: &Caller) -> Result<imports::How, Refusal> {
        if self.unknown.as_deref().map(str::trim) == Some(Unknown::Create.code()) {
            caller.may(Right::Configure)?;
        }
        if self.raise_consent.is_some() {
            caller.may(Right::Consent)?;
        }
        let asked = imports::Asked {
            key: self.key,
            existing: self.existing,
            filled: self.filled,
            sets: self.sets,
            empty: self.empty,
            unknown: self.unknown,
            duplicates: self.duplicates,
            columns: columns(self.columns)?,
            constants: pairs("constants", self.constants)?,
            source: self.raise_consent,
            dns: self.dns,
        };
        Ok(imports::How {
            asked,
            file: self.file,
            sheet: self.sheet,
            header_row: self.header_row,
            mapping: self.mapping,
            may_create: caller.rights.has(Right::Configure),
        })
    }
}

/// Headings, and where their columns go.
fn columns(json: Option<String>) -> Result<Vec<(String, String)>, Refusal> {
    let Some(json) = json.filter(|json| !json.trim().is_empty()) else { return Ok(Vec::new()) };
    let columns = serde_json::from_str::<serde_json::Map<String, Value>>(&json)
        .ok()
        .and_then(|columns| columns.into_iter().map(|(heading, goes)| Some((heading, word(&goes)?))).collect::<Option<Vec<_>>>());
    columns.ok_or_else(|| Invalid::one("columns", Wrong::WrongType { expected: "text".to_owned() }).into())
}

/// What JSON says of one column as a mapping has it: `"NAME"`, `{"split":"name","fields":["FIRSTNAME","NAME"]}`,
/// `{"split":"text","at":"/","fields":["CITY","STATE"]}`, `{"join":"STREET","with":" "}`; none for anything else.
pub(super) fn word(goes: &Value) -> Option<String> {
    let Value::Object(said) = goes else { return goes.as_str().map(str::to_owned) };
    let text = |name: &str| said.get(name).map_or(Some(""), Value::as_str);
    let known = |names: &[&str]| said.keys().all(|name| names.contains(&name.as_str()));
    if let Some(join) = said.get("join") {
        let join = join.as_str().filter(|_| known(&["join", "with"]))?;
        return Some(Goes::Join { field: join.to_owned(), with: text("with")?.to_owned() }.to_string());
    }
    let by = By::from_code(said.get("split")?.as_str()?).filter(|_| known(&["split", "fields", "at"]))?;
    let fields =
        said.get("fields")?.as_array()?.iter().map(|field| field.as_str().filter(|field| !field.contains([':', ','])).map(str::to_owned));
    let split = Goes::Split { by, fields: fields.collect::<Option<_>>()?, at: text("at")?.to_owned() };
    // Too few fields, or too many, make no split.
    let word = split.to_string();
    matches!(Goes::of(&word), Goes::Split { .. }).then_some(word)
}

/// The names and values of a JSON object of texts.
fn pairs(name: &str, json: Option<String>) -> Result<Vec<(String, String)>, Refusal> {
    let Some(json) = json.filter(|json| !json.trim().is_empty()) else { return Ok(Vec::new()) };
    match serde_json::from_str::<BTreeMap<String, String>>(&json) {
        Ok(pairs) => Ok(pairs.into_iter().collect()),
        Err(_) => Err(Invalid::one(name, Wrong::WrongType { expected: "text".to_owned() }).into()),
    }
}
