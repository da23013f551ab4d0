//! JSON in one form only, as RFC 8785 (JSON Canonicalization Scheme) has it: what is hashed must be the same bytes for all.

use serde_json::Value;

/// The canonical text of a value: no space, keys in the order of their UTF-16 units. Numbers are whole in the log, so
/// that there is nothing to say about fractions.
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    push(&mut out, value);
    out
}

fn push(out: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (nth, item) in items.iter().enumerate() {
                separate(out, nth);
                push(out, item);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (nth, key) in keys.into_iter().enumerate() {
                separate(out, nth);
                text(out, key);
                out.push(':');
                push(out, &fields[key]);
            }
            out.push('}');
        }
        Value::String(said) => text(out, said),
        plain => out.push_str(&plain.to_string()),
    }
}

fn separate(out: &mut String, nth: usize) {
    if nth > 0 {
        out.push(',');
    }
}

/// A text in quotes, with the escapes of ECMAScript.
fn text(out: &mut String, said: &str) {
    out.push('"');
    for c in said.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..'\u{20}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}
