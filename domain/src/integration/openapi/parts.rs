//! What the calls of a description are made of.

use serde_json::{Map, Value as Json, json};

use super::AT;
use crate::lang::{Lang, Text};

fn reference(name: &str) -> Json {
    json!({ "$ref": format!("{AT}{name}") })
}

pub(super) fn query(name: &str, words: &str, schema: Json) -> Json {
    let mut parameter = json!({ "name": name, "in": "query", "schema": schema });
    if !words.is_empty() {
        parameter["description"] = words.into();
    }
    parameter
}

pub(super) fn header(kind: &str) -> Json {
    json!({ "schema": { "type": kind } })
}

pub(super) fn body(name: &str, example: &Json) -> Json {
    json!({ "required": true, "content": { "application/json": { "schema": reference(name), "example": example } } })
}

pub(super) fn answer(words: Text, name: &str, lang: Lang) -> Json {
    answer_of(words, "application/json", &reference(name), lang)
}

pub(super) fn answer_of(words: Text, kind: &str, schema: &Json, lang: Lang) -> Json {
    json!({ "description": words.get(lang), "content": { kind: { "schema": schema } } })
}

/// A refusal; what each status means is the same for all calls.
pub(super) fn problem(status: u16, lang: Lang) -> Json {
    let words = match status {
        401 => Text::new("Das Token fehlt oder gilt nicht", "The token is missing or not valid"),
        404 => Text::new("Nicht gefunden", "Not found"),
        409 | 412 => Text::new("Inzwischen hat jemand das Profil geändert", "Somebody has changed the profile meanwhile"),
        413 => Text::new("Zu groß", "Too large"),
        _ => Text::new("Eine Angabe stimmt nicht; errors nennt jede", "Something is wrong; errors names each field"),
    };
    answer_of(words, "application/problem+json", &reference("Problem"), lang)
}

/// Schemas that don't depend on the pool.
pub(super) fn common() -> Map<String, Json> {
    let (text, number) = (json!({ "type": "string" }), json!({ "type": "integer", "format": "int64" }));
    let wrong = json!({
        "type": "object",
        "properties": { "field": text, "code": text, "detail": text },
        "required": ["field", "code", "detail"],
    });
    let problem = json!({
        "type": "object",
        "description": "RFC 9457",
        "properties": {
            "type": text, "title": text, "status": { "type": "integer" }, "detail": text, "code": text, "request_id": text,
            "errors": { "type": "array", "items": wrong }, "current": reference("Profile"),
        },
        "required": ["type", "title", "status", "detail", "code"],
    });
    let profiles = json!({
        "type": "object",
        "properties": {
            "items": { "type": "array", "items": reference("Profile") },
            "page": number, "page_size": number, "total": number,
        },
        "required": ["items", "page", "page_size", "total"],
    });
    let begun = json!({ "type": "object", "properties": { "import": number, "job": number }, "required": ["import", "job"] });
    [("Begun", begun), ("Problem", problem), ("Profiles", profiles)].map(|(name, schema)| (name.to_owned(), schema)).into_iter().collect()
}
