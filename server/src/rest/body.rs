//! Reading JSON bodies so that every wrong or unknown field is named, not only the first.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
    http::header,
};
use domain::{
    lang::Text,
    problem::{Invalid, Problem},
    rights::{Right, Rights},
};
use serde_json::{Map, Value};

use crate::errors::{Detail, FieldRefusal, Refusal};

const UNKNOWN: Text =
    Text::new("Dieses Feld gibt es hier nicht. Bitte die Schreibweise prüfen.", "There is no such field here. Please check the spelling.");

/// A JSON object that is taken apart field by field; what remains at the [end](Self::end) is unknown.
pub(super) struct Body {
    fields: Map<String, Value>,
    invalid: Invalid,
}

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            return Err(Refusal::wrong_content_type("application/json"));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| match rejection {
            BytesRejection::FailedToBufferBody(failed) if failed.status() == 413 => Refusal::too_large(2 << 20),
            _ => Refusal::unreadable("Der Inhalt kam nicht vollständig an.", "The content did not arrive in full."),
        })?;
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(fields)) => Ok(Self { fields, invalid: Invalid::default() }),
            Ok(_) => Err(Refusal::unreadable("Erwartet wird ein JSON-Objekt.", "A JSON object is expected.")),
            Err(error) => Err(Refusal::unreadable(
                format!("Der Inhalt ist kein gültiges JSON (Zeile {}, Spalte {}).", error.line(), error.column()),
                format!("The content is not valid JSON (line {}, column {}).", error.line(), error.column()),
            )),
        }
    }
}

impl Body {
    /// A text; missing or `null` is none.
    pub(super) fn text(&mut self, field: &str) -> Option<String> {
        self.take(field, "text", |value| value.as_str().map(str::to_owned))
    }

    /// A whole number; missing or `null` is none.
    pub(super) fn number(&mut self, field: &str) -> Option<i64> {
        self.take(field, "number", Value::as_i64)
    }

    /// True or false; missing or `null` is none.
    pub(super) fn truth(&mut self, field: &str) -> Option<bool> {
        self.take(field, "boolean", Value::as_bool)
    }

    /// Whether the field is there at all, be it as `null`.
    pub(super) fn has(&mut self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// A list of texts; missing or `null` is none.
    pub(super) fn texts(&mut self, field: &str) -> Option<Vec<String>> {
        self.take(field, "list", |value| value.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect())
    }

    /// A list of whole numbers; missing or `null` is none.
    pub(super) fn numbers(&mut self, field: &str) -> Option<Vec<i64>> {
        self.take(field, "list", |value| value.as_array()?.iter().map(Value::as_i64).collect())
    }

    /// A value as it came; missing is `null`.
    pub(super) fn value(&mut self, field: &str) -> Value {
        self.fields.remove(field).unwrap_or_default()
    }

    /// An object; missing or `null` is none.
    pub(super) fn object(&mut self, field: &str) -> Option<Map<String, Value>> {
        self.take(field, "object", |value| value.as_object().cloned())
    }

    /// A parsed text that has to be there.
    pub(super) fn parsed<T>(&mut self, field: &str, parse: impl Fn(&str) -> Result<T, Problem>) -> Option<T> {
        let before = self.invalid.problems.len();
        let text = self.text(field);
        if self.invalid.problems.len() > before {
            return None;
        }
        let parsed = text.ok_or(Problem::Required).and_then(|text| parse(&text));
        parsed.map_err(|problem| self.refuse(field, problem)).ok()
    }

    /// A parsed text that may be left out.
    pub(super) fn optional<T>(&mut self, field: &str, parse: impl Fn(&str) -> Result<T, Problem>) -> Option<T> {
        let text = self.text(field)?;
        parse(&text).map_err(|problem| self.refuse(field, problem)).ok()
    }

    /// A whole number that may be left out, within its limits.
    pub(super) fn whole<T>(&mut self, field: &str, within: impl Fn(i64) -> Result<T, Problem>) -> Option<T> {
        let n = self.number(field)?;
        within(n).map_err(|problem| self.refuse(field, problem)).ok()
    }

    /// What several fields make together; a field that is noted already is not noted again.
    pub(super) fn also<T>(&mut self, made: Result<T, Invalid>) -> Option<T> {
        let invalid = match made {
            Ok(made) => return Some(made),
            Err(invalid) => invalid,
        };
        for one in invalid.problems {
            if self.invalid.of(&one.field).is_none() {
                self.invalid.push(one.field, one.problem);
            }
        }
        None
    }

    /// Rights by their codes; missing or `null` is none.
    pub(super) fn rights(&mut self, field: &str) -> Option<Rights> {
        let codes = self.texts(field)?;
        let rights = codes.iter().map(|code| Right::from_code(code).ok_or_else(|| Problem::UnknownChoice { value: code.clone() }));
        rights.collect::<Result<Rights, _>>().map_err(|problem| self.refuse(field, problem)).ok()
    }

    /// Rights by their codes that have to be there.
    pub(super) fn needed_rights(&mut self, field: &str) -> Option<Rights> {
        let rights = self.rights(field);
        if rights.is_none() {
            // Unless something is noted already.
            self.also::<()>(Err(Invalid::one(field, Problem::Required)));
        }
        rights
    }

    /// Notes a wrong field.
    pub(super) fn refuse(&mut self, field: &str, problem: Problem) {
        self.invalid.push(field, problem);
    }

    /// Everything that was found wrong, the unknown fields included.
    pub(super) fn end(self) -> Result<(), Refusal> {
        if self.fields.is_empty() {
            return Ok(self.invalid.or(())?);
        }
        let mut errors = Refusal::from(self.invalid).errors();
        errors.extend(self.fields.into_iter().map(|(field, _)| FieldRefusal {
            field,
            code: "unknown_field".to_owned(),
            detail: Detail::Fixed(UNKNOWN),
        }));
        Err(Refusal::wrong_fields(errors))
    }

    fn take<T>(&mut self, field: &str, expected: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let value = self.fields.remove(field).filter(|value| !value.is_null())?;
        let read = read(&value);
        if read.is_none() {
            self.refuse(field, Problem::WrongType { expected: expected.to_owned() });
        }
        read
    }
}
