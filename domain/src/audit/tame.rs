//! What may stand in an entry: short, without control characters, and with numbers that every program reads alike.

use serde_json::{Map, Value, json};

use crate::text::clean_line;

/// The most characters of a text.
const MAX_TEXT: usize = 300;
/// The most things of a list.
const MAX_ITEMS: usize = 60;
/// The most bytes of the whole.
const MAX_BYTES: usize = 8_000;
/// Whole numbers up to here are the same in every program that reads JSON (RFC 8259, section 6).
const MAX_NUMBER: u64 = (1 << 53) - 1;

/// A value as it may stand in an entry; what is too large is told by its size.
pub(super) fn tame(value: Value) -> Value {
    let tamed = each(value);
    match tamed.to_string().len() {
        bytes if bytes > MAX_BYTES => json!({ "left_out": bytes }),
        _ => tamed,
    }
}

/// A name as it may stand in an entry.
pub(super) fn name(text: &str) -> String {
    clean_line(text).chars().take(MAX_TEXT).collect()
}

fn each(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(name(&text)),
        Value::Number(n) => {
            let fits = n.as_u64().is_some_and(|n| n <= MAX_NUMBER) || n.as_i64().is_some_and(|n| n.unsigned_abs() <= MAX_NUMBER);
            if fits { Value::Number(n) } else { Value::String(n.to_string()) }
        }
        Value::Array(items) => {
            let more = items.len().saturating_sub(MAX_ITEMS);
            let mut items: Vec<Value> = items.into_iter().take(MAX_ITEMS).map(each).collect();
            if more > 0 {
                items.push(json!({ "more": more }));
            }
            Value::Array(items)
        }
        Value::Object(fields) => Value::Object(fields.into_iter().map(|(key, value)| (key, each(value))).collect::<Map<_, _>>()),
        plain => plain,
    }
}
