//! Writing a layout: one tree of words, laid out in either form.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::{FORMAT, FileCategory, FileField, PoolFile};

/// What is to be written.
enum Out<'a> {
    Number(u32),
    Truth(bool),
    Word(&'a str),
    List(Vec<Out<'a>>),
    Map(Vec<(&'static str, Out<'a>)>),
}

/// As JSON, with line breaks that make it comparable line by line.
pub(super) fn json(file: &PoolFile) -> String {
    let mut text = serde_json::to_string_pretty(&whole(file)).expect("texts and lists are always JSON");
    text.push('\n');
    text
}

/// As YAML.
pub(super) fn yaml(file: &PoolFile) -> String {
    let mut text = String::new();
    lines(&mut text, &whole(file), 0);
    text
}

fn whole(file: &PoolFile) -> Out<'_> {
    let mut pairs = vec![("format", Out::Number(FORMAT))];
    pairs.extend(file.pool.as_deref().map(|name| ("pool", Out::Word(name))));
    pairs.push(("categories", Out::List(file.categories.iter().map(category).collect())));
    Out::Map(pairs)
}

fn category(category: &FileCategory) -> Out<'_> {
    let mut pairs = vec![("role", Out::Word(category.role.code()))];
    pairs.extend(category.name.as_deref().map(|name| ("name", Out::Word(name))));
    pairs.push(("fields", Out::List(category.fields.iter().map(field).collect())));
    Out::Map(pairs)
}

fn field(field: &FileField) -> Out<'_> {
    let truth = |name, value: Option<bool>| value.map(|value| (name, Out::Truth(value)));
    let options = field.options.as_ref().map(|options| Out::List(options.iter().map(|label| Out::Word(label)).collect()));
    let settings = [
        Some(("key", Out::Word(&field.key))),
        word_pair("label", &field.label),
        field.kind.map(|kind| ("kind", Out::Word(kind.code()))),
        truth("required", field.required),
        truth("matching", field.matching),
        truth("profiling", field.profiling),
        truth("tagging", field.tagging),
        word_pair("default", &field.default),
        word_pair("help", &field.help),
        options.map(|options| ("options", options)),
    ];
    Out::Map(settings.into_iter().flatten().collect())
}

fn word_pair<'a>(name: &'static str, value: &'a Option<String>) -> Option<(&'static str, Out<'a>)> {
    value.as_deref().map(|value| (name, Out::Word(value)))
}

impl Serialize for Out<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Out::Number(n) => to.serialize_u32(*n),
            Out::Truth(truth) => to.serialize_bool(*truth),
            Out::Word(word) => to.serialize_str(word),
            Out::List(items) => to.collect_seq(items),
            Out::Map(pairs) => {
                let mut map = to.serialize_map(Some(pairs.len()))?;
                for (name, value) in pairs {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// The lines of a map or list, `depth` steps to the right; the first line of a list's entry stands behind its dash.
fn lines(text: &mut String, out: &Out<'_>, depth: usize) {
    match out {
        Out::Map(pairs) => {
            for (n, (name, value)) in pairs.iter().enumerate() {
                if n > 0 || depth == 0 {
                    indent(text, depth);
                }
                text.push_str(name);
                text.push(':');
                value_of(text, value, depth);
            }
        }
        Out::List(items) => {
            for item in items {
                indent(text, depth);
                text.push_str("- ");
                match item {
                    Out::Map(_) => lines(text, item, depth + 1),
                    _ => {
                        word(text, item);
                        text.push('\n');
                    }
                }
            }
        }
        _ => word(text, out),
    }
}

fn value_of(text: &mut String, value: &Out<'_>, depth: usize) {
    match value {
        Out::List(items) if items.is_empty() => text.push_str(" []\n"),
        Out::List(_) | Out::Map(_) => {
            text.push('\n');
            lines(text, value, depth + 1);
        }
        _ => {
            text.push(' ');
            word(text, value);
            text.push('\n');
        }
    }
}

fn indent(text: &mut String, depth: usize) {
    (0..depth).for_each(|_| text.push_str("  "));
}

fn word(text: &mut String, out: &Out<'_>) {
    let written = match out {
        Out::Number(n) => write!(text, "{n}"),
        Out::Truth(truth) => write!(text, "{truth}"),
        Out::Word(word) if is_bare(word) => write!(text, "{word}"),
        // A JSON string is a YAML one too.
        Out::Word(word) => write!(text, "{}", quoted(word)),
        Out::List(_) | Out::Map(_) => Ok(()),
    };
    written.expect("a text takes everything");
}

/// In quotes, with everything escaped that is no printable character to a reader of YAML.
fn quoted(word: &str) -> String {
    let json = serde_json::to_string(word).expect("a text is always JSON");
    let strange = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    if !json.contains(strange) {
        return json;
    }
    json.chars().map(|c| if strange(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }).collect()
}

/// Whether every reader of YAML takes it for this text without quotes: words that begin with a letter, have nothing in them
/// that means something, and are no truth and no null in any version.
fn is_bare(word: &str) -> bool {
    const MEANING: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"];
    word.starts_with(char::is_alphabetic)
        && !word.ends_with(' ')
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '+'))
        && !MEANING.iter().any(|other| other.eq_ignore_ascii_case(word))
}
