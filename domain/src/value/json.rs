//! Values in JSON, as REST gives and takes them.

use serde_json::Value as Json;

use super::{ParseContext, Value, options, parse, plain};
use crate::field::{FieldDef, FieldKind};
use crate::problem::Problem;

/// The value in JSON: numbers and truth values as such, several options as a list of labels, everything else as the
/// text that [`plain`] writes.
pub fn to_json(field: &FieldDef, value: &Value) -> Json {
    match (field.kind, value) {
        (FieldKind::Integer | FieldKind::ProfileId | FieldKind::FormRef, Value::Int(n)) => (*n).into(),
        (_, Value::Bool(truth)) => (*truth).into(),
        (_, Value::Set(set)) => options::labels(&field.options, set).map(Json::from).collect(),
        _ => plain(field, value).into(),
    }
}

/// Reads a value from JSON: what [`to_json`] writes, and for every type a text as a person would type it. `null`, an
/// empty text and an empty list are no value.
pub fn from_json(field: &FieldDef, json: &Json, cx: &ParseContext<'_>) -> Result<Option<Value>, Problem> {
    match (field.kind, json) {
        (_, Json::Null) => Ok(None),
        (_, Json::String(typed)) => parse(field, typed, cx),
        (FieldKind::Boolean, Json::Bool(truth)) => Ok(Some(Value::Bool(*truth))),
        (FieldKind::Integer | FieldKind::ProfileId | FieldKind::FormRef, Json::Number(n)) => match n.as_i64() {
            Some(n) => Ok(Some(Value::Int(n))),
            None if n.is_u64() => Err(Problem::IntegerTooLarge),
            None => Err(Problem::NotAnInteger),
        },
        (FieldKind::Permission, Json::Number(n)) => parse(field, &n.to_string(), cx),
        (FieldKind::MultiSelection, Json::Array(labels)) => several(field, labels),
        (kind, _) => Err(Problem::WrongType { expected: expected(kind).to_owned() }),
    }
}

fn several(field: &FieldDef, labels: &[Json]) -> Result<Option<Value>, Problem> {
    let one = |label: &Json| match label {
        Json::String(label) => options::one(&field.options, &crate::text::cleaned(label)),
        _ => Err(Problem::WrongType { expected: expected(field.kind).to_owned() }),
    };
    let set = labels.iter().map(one).collect::<Result<Vec<_>, _>>()?;
    Ok((!set.is_empty()).then(|| Value::Set(options::sorted(set))))
}

fn expected(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Boolean => "boolean",
        FieldKind::Integer | FieldKind::ProfileId | FieldKind::FormRef => "number",
        FieldKind::MultiSelection => "list",
        _ => "text",
    }
}
