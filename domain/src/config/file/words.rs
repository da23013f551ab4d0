//! A comparison in words, for the screen, the command line and REST alike.

use serde::{Deserialize, Serialize};

use super::{CategoryName, Comparison, Difference, FieldName, Hindrance, Kept, Obstacle};
use crate::field::{Internal, StandardField};
use crate::lang::{Lang, Text, fill, number};

/// How a line of a comparison is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Comes into being.
    Added,
    /// Becomes otherwise.
    Changed,
    /// Stays.
    Kept,
    /// Can't be.
    Refused,
}

impl Sign {
    /// One character, for plain text.
    pub const fn mark(self) -> char {
        match self {
            Sign::Added => '+',
            Sign::Changed => '~',
            Sign::Kept => '=',
            Sign::Refused => '!',
        }
    }

    /// One word.
    pub const fn label(self) -> Text {
        match self {
            Sign::Added => Text::new("Neu", "New"),
            Sign::Changed => Text::new("Geändert", "Changed"),
            Sign::Kept => Text::new("Bleibt", "Stays"),
            Sign::Refused => Text::new("Nicht möglich", "Not possible"),
        }
    }
}

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// How it is to be taken.
    pub sign: Sign,
    /// What it is about: “Kundennummer (KUNDENNR)”.
    pub subject: String,
    /// What happens to it.
    pub text: String,
    /// As it was, where something gets another value.
    pub before: Option<String>,
    /// As it will be.
    pub after: Option<String>,
}

impl Comparison {
    /// Every line, changes first.
    pub fn said(&self, lang: Lang) -> Vec<Said> {
        let changes = self.changes.iter().map(|change| difference(change, lang));
        let obstacles = self.obstacles.iter().map(|one| obstacle(one, lang));
        changes.chain(obstacles).chain(self.kept.iter().map(|one| kept(one, lang))).collect()
    }
}

impl CategoryName {
    fn label(&self, lang: Lang) -> &str {
        if self.name.is_empty() { self.role.label().get(lang) } else { &self.name }
    }
}

impl FieldName {
    fn label(&self, lang: Lang) -> String {
        let own = || Internal::from_key(&self.key).map(Internal::label).or_else(|| StandardField::of(&self.key).map(|field| field.label));
        let label = if self.label.is_empty() { own().map(|text| text.get(lang)) } else { Some(self.label.as_str()) };
        match label {
            Some(label) if label != self.key => format!("{label} ({})", self.key),
            _ => self.key.clone(),
        }
    }
}

const NEW_CATEGORY: Text = Text::new("neue Kategorie", "new category");
const RENAMED_CATEGORY: Text = Text::new("Name der Kategorie", "name of the category");
const MOVED_CATEGORY: Text = Text::new("Kategorie steht an anderer Stelle", "category gets another place");
const NEW_FIELD: Text = Text::new("neues Feld in „{category}“: {kind}", "new field in “{category}”: {kind}");
const NEW_SELECTION: Text =
    Text::new("neues Feld in „{category}“: {kind}, Optionen: {n}", "new field in “{category}”: {kind}, options: {n}");
const MOVED: Text = Text::new("steht in „{category}“ an anderer Stelle", "gets another place in “{category}”");
const REFILED: Text = Text::new("Kategorie", "category");
const NEW_OPTIONS: Text = Text::new("neue Optionen: {labels}", "new options: {labels}");
const MOVED_OPTIONS: Text = Text::new("andere Reihenfolge der Optionen", "another order of the options");
const KEPT_CATEGORY: Text = Text::new("Kategorie steht nicht in der Datei", "category is not in the file");
const KEPT_FIELD: Text = Text::new("steht nicht in der Datei", "is not in the file");
const KEPT_OPTIONS: Text = Text::new("Optionen stehen nicht in der Datei: {labels}", "options are not in the file: {labels}");
const OTHER_KIND: Text = Text::new(
    "Das Feld hat im Pool den Typ „{pool}“, in der Datei „{file}“. Der Typ liegt fest; bitte in der Datei einen anderen internen Namen wählen.",
    "The field has the type “{pool}” in the pool and “{file}” in the file. The type is fixed; please choose another internal name in the file.",
);
const NO_KIND: Text = Text::new(
    "Das Feld gibt es noch nicht; bitte in der Datei mit „kind“ seinen Typ angeben.",
    "There is no such field yet; please give its type with “kind” in the file.",
);
const AND_MORE: Text = Text::new(" und {n} weitere", " and {n} more");

/// More labels are only counted.
const SHOWN_LABELS: usize = 12;

fn difference(change: &Difference, lang: Lang) -> Said {
    let line = |sign, subject: String, text: String| Said { sign, subject, text, before: None, after: None };
    match change {
        Difference::CategoryAdded(category) => line(Sign::Added, category.label(lang).to_owned(), NEW_CATEGORY.get(lang).to_owned()),
        Difference::CategoryRenamed { category, name } => Said {
            before: Some(category.label(lang).to_owned()),
            after: Some(CategoryName { name: name.clone(), ..category.clone() }.label(lang).to_owned()),
            ..line(Sign::Changed, category.label(lang).to_owned(), RENAMED_CATEGORY.get(lang).to_owned())
        },
        Difference::CategoryMoved(category) => line(Sign::Changed, category.label(lang).to_owned(), MOVED_CATEGORY.get(lang).to_owned()),
        Difference::FieldAdded { field, kind, category, n_options } => {
            let n = number(i64::try_from(*n_options).unwrap_or(i64::MAX), lang);
            let text = if *n_options > 0 { NEW_SELECTION } else { NEW_FIELD };
            let pairs = [("category", category.label(lang)), ("kind", kind.label(lang)), ("n", n.as_str())];
            line(Sign::Added, field.label(lang), fill(text.get(lang), &pairs))
        }
        Difference::FieldMoved { field, from, to } if from == to => {
            line(Sign::Changed, field.label(lang), fill(MOVED.get(lang), &[("category", to.label(lang))]))
        }
        Difference::FieldMoved { field, from, to } => Said {
            before: Some(from.label(lang).to_owned()),
            after: Some(to.label(lang).to_owned()),
            ..line(Sign::Changed, field.label(lang), REFILED.get(lang).to_owned())
        },
        Difference::FieldChanged { field, setting: name, before, after } => Said {
            before: Some(shown(name, before, lang)),
            after: Some(shown(name, after, lang)),
            ..line(Sign::Changed, field.label(lang), setting(name).get(lang).to_owned())
        },
        Difference::OptionsAdded { field, options } => {
            line(Sign::Added, field.label(lang), fill(NEW_OPTIONS.get(lang), &[("labels", &labels(options, lang))]))
        }
        Difference::OptionsMoved { field } => line(Sign::Changed, field.label(lang), MOVED_OPTIONS.get(lang).to_owned()),
    }
}

fn kept(kept: &Kept, lang: Lang) -> Said {
    let (subject, text) = match kept {
        Kept::Category(category) => (category.label(lang).to_owned(), KEPT_CATEGORY.get(lang).to_owned()),
        Kept::Field(field) => (field.label(lang), KEPT_FIELD.get(lang).to_owned()),
        Kept::Options { field, options } => (field.label(lang), fill(KEPT_OPTIONS.get(lang), &[("labels", &labels(options, lang))])),
    };
    Said { sign: Sign::Kept, subject, text, before: None, after: None }
}

fn obstacle(obstacle: &Obstacle, lang: Lang) -> Said {
    let field = FieldName { key: obstacle.key.clone(), label: obstacle.label.clone() };
    let text = match &obstacle.what {
        Hindrance::OtherKind { pool, file } => fill(OTHER_KIND.get(lang), &[("pool", pool.label(lang)), ("file", file.label(lang))]),
        Hindrance::NoKind => NO_KIND.get(lang).to_owned(),
        Hindrance::Wrong { name, problem } => format!("{}: {}", setting(name).get(lang), problem.message(lang)),
    };
    // A name that is itself too long would hide the sentence that says so.
    let subject = field.label(lang);
    let short: String = subject.chars().take(120).collect();
    let subject = if short.len() < subject.len() { format!("{short}…") } else { subject };
    Said { sign: Sign::Refused, subject, text, before: None, after: None }
}

/// What a setting of a field is called.
const fn setting(name: &str) -> Text {
    match name.as_bytes() {
        b"label" => Text::new("Name", "name"),
        b"kind" => Text::new("Typ", "type"),
        b"required" => Text::new("Pflichtfeld", "required"),
        b"matching" => Text::new("Profile Matching", "Profile Matching"),
        b"profiling" => Text::new("Content Profiling", "Content Profiling"),
        b"tagging" => Text::new("Profile Tagging", "Profile Tagging"),
        b"default" => Text::new("Vorgabewert", "default"),
        b"help" => Text::new("Hilfetext", "help text"),
        b"options" => Text::new("Optionen", "options"),
        _ => Text::new("Interner Name", "internal name"),
    }
}

/// A value of a setting; none says so.
fn shown(name: &str, value: &str, lang: Lang) -> String {
    let text = match (name, value) {
        ("required" | "matching" | "profiling" | "tagging", "true") => Text::new("ja", "yes"),
        ("required" | "matching" | "profiling" | "tagging", _) => Text::new("nein", "no"),
        ("label", "") => Text::new("(eigener Name)", "(own name)"),
        (_, "") => Text::new("(leer)", "(empty)"),
        _ => return value.to_owned(),
    };
    text.get(lang).to_owned()
}

fn labels(labels: &[String], lang: Lang) -> String {
    let first = labels.iter().take(SHOWN_LABELS).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = labels.len().saturating_sub(SHOWN_LABELS);
    let more = i64::try_from(more).unwrap_or(i64::MAX);
    if more == 0 { first } else { first + &fill(AND_MORE.get(lang), &[("n", &number(more, lang))]) }
}
