//! A field gets another type: what becomes of each of its values.
//!
//! The way leads through the words that people read: “ja” becomes true, 31.12.1990 a day, an option its label. Where the
//! words are no value of the new type, the field is empty afterwards and the former value waits for the way back.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::config::default;
use crate::field::{ChoiceOption, FieldDef, FieldKind};
use crate::id::{OptionId, ProfileId};
use crate::lang::Lang;
use crate::problem::Problem;
use crate::text::{Name, clean_line};
use crate::time::{Millis, Zone, day_of};
use crate::value::{self, DateOrder, ParseContext, Value};

/// So many options at most are made of the values of a field; more are hardly a selection.
pub const MOST_OPTIONS: usize = 1_000;

/// How many values that don't convert a preview names.
pub const NAMED_FAILURES: usize = 100;

/// How many values a preview shows before and after.
const SAMPLES: usize = 5;

/// So many different values are remembered with what becomes of them.
const REMEMBERED: usize = 10_000;

impl FieldDef {
    /// Whether it can be given this type.
    pub fn may_become(&self, kind: FieldKind) -> bool {
        self.deletable() && kind.offered() && kind != self.kind
    }

    /// The field with another type, and without what fields of that type can't have. Its default is that of before.
    #[must_use]
    pub fn as_kind(&self, kind: FieldKind) -> Self {
        let mut field = Self { kind, ..self.clone() };
        field.required &= field.may_require();
        field.matching &= kind.may_match();
        field.profiling &= kind.may_tag();
        field.tagging &= kind.may_tag();
        field
    }
}

/// What becomes of a value. The options of a selection must be there already: [`new_options`].
pub fn convert(from: &FieldDef, value: &Value, to: &FieldDef, lang: Lang, zone: &Zone) -> Result<Option<Value>, Problem> {
    use FieldKind::{Boolean, Date, DateTime, Integer, MultiSelection, Selection};
    match (from.kind, value, to.kind) {
        (a, value, b) if a == b => Ok(Some(value.clone())),
        (DateTime, Value::Int(at), Date) => Ok(Some(Value::Int(day_of(Millis::new(*at), zone)))),
        (Boolean, Value::Bool(truth), Integer) => Ok(Some(Value::Int((*truth).into()))),
        (Selection, Value::Int(option), MultiSelection) => Ok(Some(Value::Set(vec![OptionId::new(*option)]))),
        (MultiSelection, Value::Set(options), Selection) => match options.as_slice() {
            [only] => Ok(Some(Value::Int(only.get()))),
            _ => Err(Problem::SeveralOptions),
        },
        _ => parse(to, &words(from, value, to.kind, lang, zone), lang, zone),
    }
}

fn parse(to: &FieldDef, words: &str, lang: Lang, zone: &Zone) -> Result<Option<Value>, Problem> {
    let cx = ParseContext { lang, zone, date_order: DateOrder::Dmy, country_hint: None };
    value::parse(to, words, &cx).map_err(|problem| match problem {
        // It would be an option, if it could.
        Problem::UnknownOption { value } => match Name::parse(&value) {
            Err(problem) => problem,
            Ok(_) => Problem::TooManyOptions { max: MOST_OPTIONS as u64 },
        },
        problem => problem,
    })
}

/// What people read, in a form that the new type reads: numbers without groups, days without doubt.
fn words(from: &FieldDef, value: &Value, to: FieldKind, lang: Lang, zone: &Zone) -> String {
    match (from.kind, value) {
        (FieldKind::Integer, _) => value::plain(from, value),
        (FieldKind::Date, _) if to == FieldKind::DateTime => value::plain(from, value),
        (FieldKind::MultiLine, Value::Text(lines)) if to == FieldKind::MultiSelection => lines.replace('\n', "|"),
        _ => value::show(from, value, lang, zone),
    }
}

/// The labels that a selection must have so that the value can be chosen there, and does not have yet. Labels that differ
/// in capitals only are one option.
pub fn new_options(from: &FieldDef, value: &Value, to: &FieldDef, lang: Lang, zone: &Zone) -> Vec<String> {
    if !to.kind.has_options() || from.kind.has_options() {
        return Vec::new();
    }
    let words = words(from, value, to.kind, lang, zone);
    let labels = match to.kind {
        FieldKind::MultiSelection => value::option_parts(&to.options, &words),
        _ => vec![clean_line(&words)],
    };
    let mut new: Vec<String> = Vec::new();
    for label in labels.into_iter().filter(|label| Name::parse(label).is_ok()) {
        let same = |other: &str| other.to_lowercase() == label.to_lowercase();
        if !to.options.iter().any(|option| same(&option.label)) && !new.iter().any(|other| same(other)) {
            new.push(label);
        }
    }
    new.truncate(MOST_OPTIONS.saturating_sub(to.options.len()));
    new
}

/// The default in the new type; none when it has no counterpart there.
pub fn default_of(from: &FieldDef, to: &FieldDef, lang: Lang, zone: &Zone) -> Option<String> {
    if default::is_relative(from) {
        let dates = matches!(to.kind, FieldKind::Date | FieldKind::DateTime);
        return from.default_value.clone().filter(|_| dates);
    }
    let value = default::value(from, Millis::new(0), zone)?;
    if !to.kind.may_default() {
        return None;
    }
    let value = convert(from, &value, to, lang, zone).ok().flatten()?;
    Some(default::stored_value(to, &value))
}

/// Converts the values of one field, the same ones once.
#[derive(Clone, Debug)]
pub struct Converter {
    from: FieldDef,
    to: FieldDef,
    lang: Lang,
    zone: Zone,
    known: HashMap<Value, Result<Option<Value>, Problem>>,
}

impl Converter {
    /// From one type to another, in the language of whoever wishes it and the client's zone.
    pub fn new(from: FieldDef, to: FieldDef, lang: Lang, zone: Zone) -> Self {
        Self { from, to, lang, zone, known: HashMap::new() }
    }

    /// The labels of options that the value needs: [`new_options`].
    pub fn new_options(&self, value: &Value) -> Vec<String> {
        if self.known.contains_key(value) { Vec::new() } else { new_options(&self.from, value, &self.to, self.lang, &self.zone) }
    }

    /// Notes an option that was made.
    pub fn add_option(&mut self, option: ChoiceOption) {
        self.to.options.push(option);
    }

    /// The options that there are now.
    pub fn options(&self) -> &[ChoiceOption] {
        &self.to.options
    }

    /// What becomes of a value.
    pub fn convert(&mut self, value: &Value) -> Result<Option<Value>, Problem> {
        if let Some(known) = self.known.get(value) {
            return known.clone();
        }
        let outcome = convert(&self.from, value, &self.to, self.lang, &self.zone);
        if self.known.len() < REMEMBERED {
            self.known.insert(value.clone(), outcome.clone());
        }
        outcome
    }

    fn show(&self, field: &FieldDef, value: &Value) -> String {
        value::show(field, value, self.lang, &self.zone)
    }
}

/// A value that can't be one of the new type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Whose.
    pub profile: ProfileId,
    /// As people read it.
    pub value: String,
    /// Why not.
    pub problem: Problem,
}

/// What a conversion would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// How many profiles have a value.
    pub values: u64,
    /// How many of these have one afterwards.
    pub converts: u64,
    /// Why the others don't, each reason with how many, the most frequent first.
    pub reasons: Vec<(Problem, u64)>,
    /// The first of the others.
    pub failures: Vec<Failure>,
    /// How many options are made.
    pub options: u64,
    /// Some values before and after.
    pub samples: Vec<(String, String)>,
    /// The field has a default that the new type can't have.
    pub loses_default: bool,
    /// The field is required, or used for matching, profiling or tagging, and can't be afterwards.
    pub loses_marks: bool,
}

impl Preview {
    /// How many values don't convert.
    pub const fn fails(&self) -> u64 {
        self.values - self.converts
    }
}

/// Makes a preview of one value after another.
#[derive(Debug)]
pub struct Trial {
    converter: Converter,
    preview: Preview,
    reasons: BTreeMap<&'static str, (Problem, u64)>,
    options_before: usize,
}

impl Trial {
    /// Of a field and the type that it may get.
    pub fn new(field: &FieldDef, kind: FieldKind, lang: Lang, zone: Zone) -> Self {
        let to = field.as_kind(kind);
        let marks = |field: &FieldDef| (field.required, field.matching, field.profiling, field.tagging);
        let preview = Preview { loses_marks: marks(field) != marks(&to), ..Preview::default() };
        let options_before = to.options.len();
        Self { converter: Converter::new(field.clone(), to, lang, zone), preview, reasons: BTreeMap::new(), options_before }
    }

    /// Looks at a profile's value; the failure, if it is one.
    pub fn look(&mut self, profile: ProfileId, value: &Value) -> Option<Failure> {
        for label in self.converter.new_options(value) {
            // Ids that no database gives out.
            let n = self.converter.options().len() as i64;
            self.converter.add_option(ChoiceOption { id: OptionId::new(-1 - n), label, position: n });
        }
        self.preview.values += 1;
        match self.converter.convert(value) {
            Ok(Some(after)) => {
                self.preview.converts += 1;
                self.sample(value, &after);
                None
            }
            other => {
                let problem = other.err().unwrap_or(Problem::Required);
                self.reasons.entry(problem.code()).or_insert((problem.clone(), 0)).1 += 1;
                let failure = Failure { profile, value: self.converter.show(&self.converter.from, value), problem };
                if self.preview.failures.len() < NAMED_FAILURES {
                    self.preview.failures.push(failure.clone());
                }
                Some(failure)
            }
        }
    }

    fn sample(&mut self, before: &Value, after: &Value) {
        if self.preview.samples.len() < SAMPLES {
            let pair = (self.converter.show(&self.converter.from, before), self.converter.show(&self.converter.to, after));
            if !self.preview.samples.contains(&pair) {
                self.preview.samples.push(pair);
            }
        }
    }

    /// What came of it.
    pub fn preview(mut self) -> Preview {
        let Converter { from, to, lang, zone, .. } = &self.converter;
        self.preview.loses_default = from.default_value.is_some() && default_of(from, to, *lang, zone).is_none();
        self.preview.options = (to.options.len() - self.options_before) as u64;
        self.preview.reasons = self.reasons.into_values().collect();
        self.preview.reasons.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        self.preview
    }
}

#[cfg(test)]
mod tests;
