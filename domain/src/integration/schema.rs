//! The JSON Schema (draft 2020-12) of a pool's profiles, as REST reads and writes them.
//!
//! What REST answers fits `Profile`. What fits `ProfileInput` or `ProfilePatch` is taken as it is; REST understands more
//! (dates as people write them, options in any case), but a program has no need of it.

use serde_json::{Map, Value as Json, json};

use super::variable;
use crate::field::{FieldDef, FieldKind};
use crate::lang::{Lang, Text};
use crate::pool::Pool;
use crate::value::{MAX_LINE, MAX_LINES, to_json};

mod lists;

/// The longest address (RFC 5321).
const MAX_EMAIL: usize = 254;
/// The longest IPv6 address as text.
const MAX_IP: usize = 45;

/// The schema as a document of its own; `server` is the address that people use.
pub fn schema(pool: &Pool, server: &str, lang: Lang) -> Json {
    const TITLE: Text = Text::new("Profil im Pool „{pool}“", "Profile in the pool “{pool}”");
    const ABOUT: Text = Text::new(
        "So liest man ein Profil. Was man beim Anlegen sendet, beschreibt #/$defs/ProfileInput, beim Ändern #/$defs/ProfilePatch.",
        "A profile as it is read. #/$defs/ProfileInput describes what is sent to create one, #/$defs/ProfilePatch to change one.",
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("{}/schema.json", super::base(server, pool)),
        "title": crate::lang::fill(TITLE.get(lang), &[("pool", &pool.name)]),
        "description": ABOUT.get(lang),
        "$ref": "#/$defs/Profile",
        "$defs": definitions(pool, "#/$defs/", lang),
    })
}

/// The schemas by their names; they refer to each other below `at`.
pub(super) fn definitions(pool: &Pool, at: &str, lang: Lang) -> Map<String, Json> {
    let reference = |name: &str| json!({ "$ref": format!("{at}{name}") });
    let mut all = Map::new();
    for field in &pool.fields {
        if let Some((name, list)) = lists::named(field.kind) {
            all.entry(name).or_insert(list);
        }
        all.insert(name_of(field), described(field, at, lang));
    }
    all.insert("Profile".into(), profile(reference("Values")));
    all.insert("ProfileInput".into(), input(&[("fields", reference("ValuesInput"))]));
    let revision = json!({ "type": "integer", "format": "int64", "description": BASE.get(lang) });
    all.insert("ProfilePatch".into(), input(&[("fields", reference("ValuesPatch")), ("revision", revision)]));

    let written = || pool.fields.iter().filter(|field| field.writable());
    let must = |field: &&FieldDef| field.required && field.default_value.is_none();
    let or_none = |field: &FieldDef| json!({ "anyOf": [reference(&name_of(field)), { "type": "null" }] });
    let by_key = |field: &FieldDef, schema: Json| (field.key.clone(), schema);
    let read = pool.fields.iter().map(|field| by_key(field, reference(&name_of(field))));
    let create = written().map(|field| by_key(field, if must(&field) { reference(&name_of(field)) } else { or_none(field) }));
    let change = written().map(|field| by_key(field, if field.required { reference(&name_of(field)) } else { or_none(field) }));
    let needed: Vec<&str> = written().filter(must).map(|field| field.key.as_str()).collect();
    all.insert("Values".into(), values(read.collect(), VALUES, &[], lang));
    all.insert("ValuesInput".into(), values(create.collect(), VALUES_INPUT, &needed, lang));
    all.insert("ValuesPatch".into(), values(change.collect(), VALUES_PATCH, &[], lang));
    all
}

const BASE: Text = Text::new(
    "Der Stand, auf dem die Änderung beruht. Hat ihn inzwischen jemand geändert, wird nichts überschrieben (409).",
    "The revision that the change is based on. If somebody has changed it meanwhile, nothing is overwritten (409).",
);
const VALUES: Text = Text::new("Die gefüllten Felder unter ihrem internen Namen.", "The filled fields by their internal names.");
const VALUES_INPUT: Text =
    Text::new("Werte unter dem internen Namen des Felds; null ist kein Wert.", "Values by the field's internal name; null is no value.");
const VALUES_PATCH: Text =
    Text::new("Nur die genannten Felder ändern sich; null leert ein Feld.", "Only the fields that are named change; null empties a field.");

fn name_of(field: &FieldDef) -> String {
    format!("Field_{}", field.key)
}

fn profile(fields: Json) -> Json {
    let number = json!({ "type": "integer", "format": "int64", "minimum": 1, "readOnly": true });
    json!({
        "type": "object",
        "properties": { "id": number, "revision": { "type": "integer", "format": "int64", "readOnly": true }, "fields": fields },
        "required": ["id", "revision", "fields"],
        "additionalProperties": false,
    })
}

fn input(properties: &[(&str, Json)]) -> Json {
    let properties: Map<String, Json> = properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": ["fields"], "additionalProperties": false })
}

fn values(properties: Map<String, Json>, about: Text, needed: &[&str], lang: Lang) -> Json {
    let mut schema = json!({ "type": "object", "description": about.get(lang), "properties": properties, "additionalProperties": false });
    if !needed.is_empty() {
        schema["required"] = needed.into();
    }
    schema
}

/// The schema of a field's values with what is known of the field.
fn described(field: &FieldDef, at: &str, lang: Lang) -> Json {
    let mut schema = match lists::named(field.kind) {
        Some((name, _)) => json!({ "$ref": format!("{at}{name}") }),
        None => form(field),
    };
    schema["title"] = field.label(lang).into();
    let variable = variable(field);
    let about = if field.help.is_empty() { variable } else { format!("{} ({variable})", field.help) };
    schema["description"] = about.into();
    schema["x-lagune-id"] = field.id.get().into();
    schema["x-lagune-kind"] = field.kind.code().into();
    if !field.options.is_empty() {
        let option = |option: &crate::field::ChoiceOption| json!({ "id": option.id.get(), "label": option.label });
        schema["x-lagune-options"] = field.options.iter().map(option).collect();
    }
    if !field.writable() {
        schema["readOnly"] = true.into();
    }
    if let Some(default) = super::constant_default(field) {
        schema["default"] = to_json(field, &default);
    }
    schema
}

/// What `value::to_json` writes for each type.
fn form(field: &FieldDef) -> Json {
    let int64 = |least: i64| json!({ "type": "integer", "format": "int64", "minimum": least, "maximum": i64::MAX });
    match field.kind {
        FieldKind::SingleLine => json!({ "type": "string", "minLength": 1, "maxLength": MAX_LINE }),
        FieldKind::MultiLine => json!({ "type": "string", "minLength": 1, "maxLength": MAX_LINES }),
        FieldKind::Selection => option(field),
        FieldKind::MultiSelection => json!({ "type": "array", "items": option(field), "minItems": 1, "uniqueItems": true }),
        FieldKind::Date => json!({ "type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["1990-12-31"] }),
        FieldKind::DateTime => json!({ "type": "string", "format": "date-time", "examples": ["2026-01-31T09:30:00Z"] }),
        FieldKind::Email => json!({ "type": "string", "format": "idn-email", "maxLength": MAX_EMAIL }),
        FieldKind::Boolean => json!({ "type": "boolean" }),
        FieldKind::Integer => int64(i64::MIN),
        FieldKind::ProfileId | FieldKind::FormRef => int64(1),
        FieldKind::Postcode => json!({
            "type": "string", "pattern": "^[0-9A-Z]([0-9A-Z -]{0,10}[0-9A-Z])?$", "allOf": [{ "pattern": "[0-9]" }], "examples": ["20457"],
        }),
        FieldKind::IpAddress => json!({ "type": "string", "maxLength": MAX_IP, "anyOf": [{ "format": "ipv4" }, { "format": "ipv6" }] }),
        FieldKind::Salutation
        | FieldKind::Country
        | FieldKind::State
        | FieldKind::MobilePrefix
        | FieldKind::Language
        | FieldKind::Permission => json!({ "type": "string" }),
    }
}

/// One of the labels. A selection that has no options yet has no list either: an empty one is not valid everywhere.
fn option(field: &FieldDef) -> Json {
    let labels: Vec<&str> = field.options.iter().map(|option| option.label.as_str()).collect();
    if labels.is_empty() { json!({ "type": "string" }) } else { json!({ "type": "string", "enum": labels }) }
}
