//! Calls of REST to copy, with the pool's own id and fields and the values of people who don't exist.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::sample;
use crate::field::FieldKind;
use crate::lang::{Lang, Text};
use crate::pool::Pool;

mod curl;
mod javascript;
mod python;

/// What an example is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Code {
    /// The command line.
    #[default]
    Curl,
    /// JavaScript, as Node.js runs it.
    JavaScript,
    /// Python, with nothing but its own library.
    Python,
}

impl Code {
    /// All of them.
    pub const ALL: [Code; 3] = [Code::Curl, Code::JavaScript, Code::Python];

    /// The name in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Code::Curl => "curl",
            Code::JavaScript => "javascript",
            Code::Python => "python",
        }
    }

    /// The one with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The name on the screen, the same in both languages.
    pub const fn label(self) -> &'static str {
        match self {
            Code::Curl => "curl",
            Code::JavaScript => "JavaScript",
            Code::Python => "Python",
        }
    }
}

/// What an example does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Makes a profile.
    Create,
    /// Looks one up.
    Find,
    /// Changes one.
    Change,
    /// Reads many.
    List,
    /// Takes a file in.
    Import,
    /// Takes a file out.
    Export,
    /// Deletes one.
    Delete,
}

impl Purpose {
    /// What it does, in words.
    pub const fn label(self) -> Text {
        match self {
            Purpose::Create => Text::new("Profil anlegen", "Create a profile"),
            Purpose::Find => Text::new("Profil über die E-Mail-Adresse finden", "Find a profile by its e-mail address"),
            Purpose::Change => Text::new("Profil ändern", "Change a profile"),
            Purpose::List => Text::new("Profile filtern und lesen", "Filter and read profiles"),
            Purpose::Import => Text::new("CSV-Datei importieren", "Import a CSV file"),
            Purpose::Export => Text::new("Profile als CSV-Datei holen", "Get profiles as a CSV file"),
            Purpose::Delete => Text::new("Profil löschen", "Delete a profile"),
        }
    }

    /// What one has to know to make it one's own.
    pub const fn hint(self) -> Text {
        match self {
            Purpose::Create => Text::new(
                "Die Antwort nennt die id des neuen Profils und seine revision.",
                "The answer names the new profile's id and its revision.",
            ),
            Purpose::Find => Text::new("Leer ist items, wenn niemand diese Adresse hat.", "If nobody has this address, items is empty."),
            Purpose::Change => Text::new(
                "Die 1 am Ende der Adresse ist die id des Profils. Was nicht genannt ist, bleibt; null leert ein Feld.",
                "The 1 at the address' end is the profile's id. What isn't named stays; null empties a field.",
            ),
            Purpose::List => Text::new(
                "Mehrere Filter gelten zugleich. Ein Minus vor dem Feld sortiert absteigend; page blättert.",
                "Several filters hold at once. A minus in front of a field sorts descending; page turns the pages.",
            ),
            Purpose::Import => Text::new(
                "Die Überschriften sind interne Namen oder Feldnamen. Über key werden vorhandene Profile gefunden und geändert.",
                "The headings are internal names or names of fields. By key existing profiles are found and updated.",
            ),
            Purpose::Export => {
                Text::new("Dieselben Filter wie oben; fields bestimmt die Spalten.", "The same filters as above; fields names the columns.")
            }
            Purpose::Delete => Text::new("Das Profil liegt 14 Tage im Papierkorb.", "The profile lies in the bin for 14 days."),
        }
    }
}

/// A call to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it does.
    pub purpose: Purpose,
    /// Its text in each [`Code`], in their order.
    pub texts: Vec<String>,
}

/// What is sent along.
enum Body {
    Json(Json),
    Csv(&'static str),
}

/// What comes back.
enum Answer {
    Json,
    Csv(&'static str),
    Nothing,
}

/// A call of REST, in no language yet.
struct Call {
    method: &'static str,
    url: String,
    query: Vec<(&'static str, String)>,
    body: Option<Body>,
    answer: Answer,
}

/// The calls that an integration begins with; `server` is the address that people use.
pub fn examples(pool: &Pool, server: &str, lang: Lang) -> Vec<Example> {
    let file = Text::new("kontakte.csv", "contacts.csv").get(lang);
    let call = |method, path: &str, query: Vec<(&'static str, String)>, body, answer| Call {
        method,
        url: format!("{}{path}", super::base(server, pool)),
        query,
        body,
        answer,
    };
    let known = sample::telling(pool);
    let email = pool.field("EMAIL").filter(|field| field.kind == FieldKind::Email).map_or("EMAIL", |field| field.key.as_str());
    let keys: Vec<&str> = known.iter().map(|(field, _)| field.key.as_str()).collect();
    let all: Map<String, Json> = known.iter().map(|(field, value)| (field.key.clone(), value.clone())).collect();
    let is = |key: &str, value: &str| ("filter", format!("{key}:is:{value}"));
    let fields = || ("fields", keys.join(","));
    let calls = [
        (Purpose::Create, call("POST", "/profiles", vec![], Some(Body::Json(json!({ "fields": all }))), Answer::Json)),
        (Purpose::Find, call("GET", "/profiles", vec![is(email, sample::EMAIL)], None, Answer::Json)),
        (Purpose::Change, call("PATCH", "/profiles/1", vec![], Some(Body::Json(json!({ "fields": changes(pool) }))), Answer::Json)),
        (Purpose::List, call("GET", "/profiles", [filters(pool), listed(), vec![fields()]].concat(), None, Answer::Json)),
        (Purpose::Import, call("POST", "/imports", vec![("key", email.to_owned())], Some(Body::Csv(file)), Answer::Json)),
        (Purpose::Export, call("GET", "/export.csv", [filters(pool), vec![fields()]].concat(), None, Answer::Csv("export.csv"))),
        (Purpose::Delete, call("DELETE", "/profiles/1", vec![], None, Answer::Nothing)),
    ];
    let written = |call: &Call| vec![curl::written(call), javascript::written(call), python::written(call)];
    calls.into_iter().map(|(purpose, call)| Example { purpose, texts: written(&call) }).collect()
}

fn listed() -> Vec<(&'static str, String)> {
    vec![("sort", "-ENTRY_DATE".to_owned()), ("page", "1".to_owned()), ("page_size", "100".to_owned())]
}

/// A field of the pool's own where there is one, and one that is emptied.
fn changes(pool: &Pool) -> Map<String, Json> {
    let own = pool.fields.iter().filter(|field| !field.standard && field.internal.is_none());
    let set = own.chain(pool.field("CITY")).find_map(|field| Some((field.key.clone(), sample::value(field)?)));
    let emptied = ["FAX", "TITLE", "PHONE"].into_iter().filter_map(|key| pool.field(key)).find(|field| !field.required);
    set.into_iter().chain(emptied.map(|field| (field.key.clone(), Json::Null))).collect()
}

/// People of a country, and with an option of the pool's own where there is one.
fn filters(pool: &Pool) -> Vec<(&'static str, String)> {
    let country = pool.field("COUNTRY").filter(|field| field.kind == FieldKind::Country).map(|field| format!("{}:is:DE", field.key));
    let chosen = pool.fields.iter().find_map(|field| {
        let option = field.options.first().filter(|_| field.kind.has_options())?;
        // Several options stand with a `|` between, which a label may hold itself.
        let several = field.kind == FieldKind::MultiSelection;
        let label = if several { option.label.replace('\\', "\\\\").replace('|', "\\|") } else { option.label.clone() };
        Some(format!("{}:is:{label}", field.key))
    });
    country.into_iter().chain(chosen).map(|filter| ("filter", filter)).collect()
}

/// JSON over several lines, as the second and later lines of a call are indented.
fn pretty(json: &Json, indent: &str) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default().replace('\n', &format!("\n{indent}"))
}
