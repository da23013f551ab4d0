//! Before and after in words, for people.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Entry, ObjectKind};
use crate::client::Colour;
use crate::lang::{Lang, Text, number};
use crate::rights::Right;
use crate::role::RoleCode;

/// One thing that a deed changed or tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub label: String,
    /// How it was, if that is told.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
}

/// What an entry tells beyond its deed.
pub fn lines(entry: &Entry, lang: Lang) -> Vec<Line> {
    let part = |whole: &Option<Value>| match whole {
        Some(Value::Object(fields)) => fields.clone(),
        _ => serde_json::Map::new(),
    };
    let (before, after) = (part(&entry.before), part(&entry.after));
    // What kind of step it was comes first.
    let keys: BTreeSet<(bool, &String)> = before.keys().chain(after.keys()).map(|key| (key != "step", key)).collect();
    let said = |key: &String, value: Option<&Value>| value.map(|value| say(key, value, lang));
    keys.into_iter()
        .map(|(_, key)| Line { label: label(key, lang), before: said(key, before.get(key)), after: said(key, after.get(key)) })
        .collect()
}

/// What an object is called: its name, a right in words, else its kind and number.
pub fn object_name(entry: &Entry, lang: Lang) -> String {
    if entry.object.kind == ObjectKind::Right.code()
        && let Some(right) = Right::from_code(&entry.object.name)
    {
        return right.label(lang);
    }
    if !entry.object.name.is_empty() {
        return entry.object.name.clone();
    }
    let kind = ObjectKind::from_code(&entry.object.kind).map_or(entry.object.kind.as_str(), |kind| kind.label().get(lang));
    entry.object.id.map_or_else(|| kind.to_owned(), |id| format!("{kind} {id}"))
}

fn say(key: &str, value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { Text::new("ja", "yes") } else { Text::new("nein", "no") }.get(lang).to_owned(),
        Value::Number(n) => match (n.as_i64(), COUNTED.contains(&key)) {
            (Some(n), true) => number(n, lang),
            _ => n.to_string(),
        },
        Value::String(text) => word(key, text, lang).unwrap_or_else(|| text.clone()),
        Value::Array(items) => items.iter().map(|item| say(key, item, lang)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let told = fields.iter().map(|(key, value)| (label(key, lang), say(key, value, lang)));
            told.map(|(label, said)| format!("{label}: {said}")).collect::<Vec<_>>().join("; ")
        }
    }
}

/// Numbers of things; the others are ids.
const COUNTED: [&str; 10] = ["profiles", "fields", "entries", "pools", "more", "left_out", "changes", "options", "sessions", "rows"];

fn label(key: &str, lang: Lang) -> String {
    let known = LABELS.iter().find(|(name, _)| *name == key);
    known.map_or_else(|| key.to_owned(), |(_, text)| text.get(lang).to_owned())
}

const LABELS: &[(&str, Text)] = &[
    ("back", Text::new("Gelöschte kommen zurück", "Deleted ones come back")),
    ("backup", Text::new("Backup", "Backup")),
    ("batch", Text::new("Nummer der Änderung", "Number of the change")),
    ("by", Text::new("Womit", "By")),
    ("category", Text::new("Kategorie", "Category")),
    ("change", Text::new("Nummer des Schritts", "Number of the step")),
    ("changed", Text::new("Geänderte werden zurückgeändert", "Changed ones are changed back")),
    ("changes", Text::new("Änderungen", "Changes")),
    ("colour", Text::new("Farbe", "Colour")),
    ("conversion", Text::new("Nummer der Umwandlung", "Number of the conversion")),
    ("default", Text::new("Vorgabewert", "Default")),
    ("disabled", Text::new("Gesperrt", "Disabled")),
    ("email", Text::new("E-Mail", "E-mail")),
    ("entries", Text::new("Einträge", "Entries")),
    ("exact", Text::new("Neuere in den Papierkorb", "Newer ones into the bin")),
    ("expires_at", Text::new("Läuft ab", "Expires")),
    ("field", Text::new("Feld", "Field")),
    ("fields", Text::new("Felder", "Fields")),
    ("file", Text::new("Datei", "File")),
    ("filtered", Text::new("Gefiltert nach", "Filtered by")),
    ("format", Text::new("Format", "Format")),
    ("hash", Text::new("Prüfsumme", "Hash")),
    ("help", Text::new("Hilfetext", "Help text")),
    ("how", Text::new("Wie", "How")),
    ("idle_minutes", Text::new("Minuten ohne Anfrage", "Minutes without a request")),
    ("in_front_of", Text::new("Steht vor", "Stands before")),
    ("job", Text::new("Vorgang", "Job")),
    ("key", Text::new("Interner Name", "Internal name")),
    ("kind", Text::new("Typ", "Type")),
    ("label", Text::new("Name", "Name")),
    ("language", Text::new("Sprache", "Language")),
    ("left_out", Text::new("Ausgelassene Zeichen", "Characters left out")),
    ("matching", Text::new("Profile Matching", "Profile Matching")),
    ("more", Text::new("Weitere", "More")),
    ("name", Text::new("Name", "Name")),
    ("option", Text::new("Option", "Option")),
    ("options", Text::new("Optionen", "Options")),
    ("part", Text::new("Umfang", "Extent")),
    ("password_length", Text::new("Zeichen eines Passworts", "Characters of a password")),
    ("pinned", Text::new("Angepinnt", "Pinned")),
    ("pools", Text::new("Pools", "Pools")),
    ("profiles", Text::new("Profile", "Profiles")),
    ("provider", Text::new("Anmeldedienst", "Sign-in service")),
    ("profiling", Text::new("Content Profiling", "Content Profiling")),
    ("raises_consent", Text::new("Permissions dürfen steigen; Herkunft", "Permissions may rise; source")),
    ("required", Text::new("Pflichtfeld", "Required")),
    ("rights", Text::new("Rechte", "Rights")),
    ("role", Text::new("Rolle", "Role")),
    ("rows", Text::new("Zeilen", "Rows")),
    ("rule", Text::new("Regel", "Rule")),
    ("searched", Text::new("Gesucht", "Searched")),
    ("second_factor", Text::new("Zweiter Faktor", "Second factor")),
    ("sending_domain", Text::new("Absenderdomain", "Sending domain")),
    ("session_hours", Text::new("Stunden einer Sitzung", "Hours of a session")),
    ("sessions", Text::new("Sitzungen", "Sessions")),
    ("source", Text::new("Herkunft", "Source")),
    ("step", Text::new("Schritt", "Step")),
    ("steps", Text::new("Schritte", "Steps")),
    ("tagging", Text::new("Profile Tagging", "Profile Tagging")),
    ("until", Text::new("Bis Nummer", "Up to number")),
    ("user", Text::new("Person", "Person")),
    ("values", Text::new("Werte", "Values")),
    ("version", Text::new("Version", "Version")),
    ("why", Text::new("Grund", "Reason")),
    ("zone", Text::new("Zeitzone", "Time zone")),
];

/// Codes that people should read as words.
fn word(key: &str, code: &str, lang: Lang) -> Option<String> {
    let words = match key {
        "step" => STEPS,
        "by" | "part" | "second_factor" | "values" | "why" => WORDS,
        "role" => return code.parse::<RoleCode>().ok()?.ready().map(|role| role.label(lang).to_owned()),
        "rights" => return Right::from_code(code).map(|right| right.label(lang)),
        "colour" => return Colour::from_code(code).map(|colour| colour.label().get(lang).to_owned()),
        _ => return None,
    };
    // Two steps of signing in are told as "password+totp".
    let said = code.split('+').map(|code| words.iter().find(|(name, _)| *name == code).map(|(_, text)| text.get(lang)));
    said.collect::<Option<Vec<_>>>().map(|said| said.join(" + "))
}

const WORDS: &[(&str, Text)] = &[
    ("password", Text::new("Passwort", "Password")),
    ("link", Text::new("Einmal-Link", "One-time link")),
    ("oidc", Text::new("Anmeldedienst", "Sign-in service")),
    ("totp", Text::new("Code aus der App", "Code from the app")),
    ("recovery", Text::new("Wiederherstellungscode", "Recovery code")),
    ("passkey", Text::new("Passkey", "Passkey")),
    ("passkey_added", Text::new("Passkey hinzugefügt", "Passkey added")),
    ("passkey_removed", Text::new("Passkey entfernt", "Passkey removed")),
    ("counter", Text::new("Zähler ging zurück, vielleicht eine Kopie", "the counter went back, perhaps a copy")),
    ("set_up", Text::new("eingerichtet", "set up")),
    ("codes_renewed", Text::new("neue Wiederherstellungscodes", "new recovery codes")),
    ("removed", Text::new("entfernt", "removed")),
    ("reset", Text::new("zurückgesetzt", "reset")),
    ("mail", Text::new("Mail", "Mail")),
    ("switch", Text::new("Wechsel des Mandanten", "Switch of the client")),
    ("all", Text::new("alle Profile", "all profiles")),
    ("hits", Text::new("die Treffer", "the hits")),
    ("chosen", Text::new("ausgewählte Profile", "chosen profiles")),
    ("refused", Text::new("abgelehnte Zeilen", "refused rows")),
    ("not_converted", Text::new("nicht umwandelbare Werte", "values that can't be converted")),
    ("file", Text::new("die fertige Datei", "the finished file")),
    ("plain", Text::new("für Programme", "for programs")),
    ("labels", Text::new("für Menschen", "for people")),
    ("ids", Text::new("Optionen als IDs", "options as ids")),
];

const STEPS: &[(&str, Text)] = &[
    ("add_category", Text::new("Kategorie angelegt", "Category added")),
    ("rename_category", Text::new("Kategorie umbenannt", "Category renamed")),
    ("move_category", Text::new("Kategorie verschoben", "Category moved")),
    ("delete_category", Text::new("Kategorie gelöscht", "Category deleted")),
    ("restore_category", Text::new("Kategorie wiederhergestellt", "Category restored")),
    ("add_field", Text::new("Feld angelegt", "Field added")),
    ("change_field", Text::new("Feld geändert", "Field changed")),
    ("move_field", Text::new("Feld verschoben", "Field moved")),
    ("delete_field", Text::new("Feld gelöscht", "Field deleted")),
    ("restore_field", Text::new("Feld wiederhergestellt", "Field restored")),
    ("add_options", Text::new("Optionen angelegt", "Options added")),
    ("rename_option", Text::new("Option umbenannt", "Option renamed")),
    ("move_option", Text::new("Option verschoben", "Option moved")),
    ("order_options", Text::new("Optionen sortiert", "Options sorted")),
    ("delete_options", Text::new("Optionen gelöscht", "Options deleted")),
    ("restore_options", Text::new("Optionen wiederhergestellt", "Options restored")),
    ("all", Text::new("Mehrere Schritte", "Several steps")),
];
