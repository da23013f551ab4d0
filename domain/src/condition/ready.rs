//! A condition as one pool understands it: fields found, values read, only a few kinds of questions left.

use super::{Comparison, Condition, MAX_NEEDLE, Op};
use crate::field::FieldDef;
use crate::id::OptionId;
use crate::list::STATUS;
use crate::permission::Status;
use crate::pool::Pool;
use crate::problem::{Invalid, Problem};
use crate::text;
use crate::value::{Value, from_plain};

/// A condition that a pool can answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Ready<'p> {
    /// Every one holds.
    All(Vec<Ready<'p>>),
    /// At least one holds.
    Any(Vec<Ready<'p>>),
    /// It does not hold.
    Not(Box<Ready<'p>>),
    /// One question.
    Test(Test<'p>),
}

/// One question about a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Test<'p> {
    /// About what.
    pub subject: Subject<'p>,
    /// What is asked.
    pub ask: Ask,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject<'p> {
    /// The status; its values are the places in [`Status::ALL`].
    Status,
    /// A field of the pool.
    Field(&'p FieldDef),
}

/// What is asked. Of an empty field only [`Ask::Empty`] is true.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Has it no value?
    Empty,
    /// Is it one of these values?
    OneOf(Vec<Value>),
    /// Is it on this side of the value?
    Order(Side, Value),
    /// Does this text occur within?
    Contains(String),
    /// Does it begin with this text?
    Begins(String),
    /// Is one of these options chosen?
    AnyOf(Vec<OptionId>),
    /// Are all these options, each named once, chosen?
    AllOf(Vec<OptionId>),
}

/// The sides of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Smaller.
    Less,
    /// Smaller or the same.
    AtMost,
    /// Greater.
    Greater,
    /// Greater or the same.
    AtLeast,
}

impl Condition {
    /// What is asked of a pool.
    ///
    /// # Errors
    /// Everything for which the pool can't answer, by field: `UnknownField`, `NotComparable`, `UnknownOption` for one that
    /// is gone, and what is wrong with a value. Such a condition holds for no profile of the pool, whatever it says
    /// otherwise: a row rule opens nothing by accident.
    pub fn on<'p>(&self, pool: &'p Pool) -> Result<Ready<'p>, Invalid> {
        self.sound().map_err(|problem| Invalid::one("condition", problem))?;
        let mut invalid = Invalid::default();
        let ready = self.read(pool, &mut invalid);
        invalid.or(ready)
    }

    /// Whether a pool can answer it.
    ///
    /// # Errors
    /// As [`on`](Self::on).
    pub fn check(&self, pool: &Pool) -> Result<(), Invalid> {
        self.on(pool).map(drop)
    }

    fn read<'p>(&self, pool: &'p Pool, invalid: &mut Invalid) -> Ready<'p> {
        match self {
            Self::All(parts) => Ready::All(parts.iter().map(|part| part.read(pool, invalid)).collect()),
            Self::Any(parts) => Ready::Any(parts.iter().map(|part| part.read(pool, invalid)).collect()),
            Self::Not(part) => Ready::Not(Box::new(part.read(pool, invalid))),
            Self::Compare(one) => one.on(pool).unwrap_or_else(|problem| {
                invalid.push(one.field.as_str(), problem);
                Ready::Any(Vec::new())
            }),
        }
    }
}

impl Comparison {
    fn on<'p>(&self, pool: &'p Pool) -> Result<Ready<'p>, Problem> {
        let unknown = || Problem::UnknownField { field: self.field.clone() };
        let subject = if self.field == STATUS { Subject::Status } else { Subject::Field(pool.field(&self.field).ok_or_else(unknown)?) };
        let kind = match subject {
            Subject::Status => None,
            Subject::Field(field) => Some(field.kind),
        };
        if !self.op.fits(kind) {
            return Err(Problem::NotComparable);
        }
        let test = |ask| Ready::Test(Test { subject, ask });
        let not = |ready| Ready::Not(Box::new(ready));
        let order = |side, value| Ok(test(Ask::Order(side, subject.value(value)?)));
        let first = self.values.first().map_or("", String::as_str);
        Ok(match self.op {
            Op::Empty => test(Ask::Empty),
            Op::Filled => not(test(Ask::Empty)),
            Op::Is => test(subject.one_of(&self.values)?),
            Op::IsNot => not(test(subject.one_of(&self.values)?)),
            Op::AnyOf => test(subject.any_of(&self.values)?),
            Op::NoneOf => not(test(subject.any_of(&self.values)?)),
            Op::AllOf => test(Ask::AllOf(subject.options(&self.values)?)),
            Op::Less => order(Side::Less, first)?,
            Op::AtMost => order(Side::AtMost, first)?,
            Op::Greater => order(Side::Greater, first)?,
            Op::AtLeast => order(Side::AtLeast, first)?,
            Op::Between => {
                let last = self.values.last().map_or("", String::as_str);
                Ready::All(vec![order(Side::AtLeast, first)?, order(Side::AtMost, last)?])
            }
            Op::Contains => test(Ask::Contains(needle(first)?)),
            Op::Begins => test(Ask::Begins(needle(first)?)),
        })
    }
}

impl<'p> Test<'p> {
    /// The field of which one certain value is asked.
    pub fn single(&self) -> Option<&'p FieldDef> {
        match (self.subject, &self.ask) {
            (Subject::Field(field), Ask::OneOf(values)) if values.len() == 1 => Some(field),
            _ => None,
        }
    }
}

impl Subject<'_> {
    fn one_of(self, values: &[String]) -> Result<Ask, Problem> {
        values.iter().map(|value| self.value(value)).collect::<Result<_, _>>().map(Ask::OneOf)
    }

    fn any_of(self, values: &[String]) -> Result<Ask, Problem> {
        match self {
            Self::Field(field) if field.kind == crate::field::FieldKind::MultiSelection => self.options(values).map(Ask::AnyOf),
            _ => self.one_of(values),
        }
    }

    fn options(self, labels: &[String]) -> Result<Vec<OptionId>, Problem> {
        labels.iter().map(|label| self.option(label)).collect::<Result<_, _>>().map(crate::value::sorted)
    }

    /// The option with this label, to the letter: one that is merely written alike is another one.
    fn option(self, label: &str) -> Result<OptionId, Problem> {
        let Self::Field(field) = self else { return Err(Problem::NotComparable) };
        let found = field.options.iter().find(|option| option.label == label);
        found.map(|option| option.id).ok_or_else(|| Problem::UnknownOption { value: label.to_owned() })
    }

    fn value(self, plain: &str) -> Result<Value, Problem> {
        match self {
            Self::Status => {
                let place = Status::ALL.into_iter().zip(0..).find(|(status, _)| status.code() == plain);
                place.map(|(_, place)| Value::Int(place)).ok_or_else(|| Problem::UnknownChoice { value: plain.to_owned() })
            }
            Self::Field(field) if field.kind.has_options() => self.option(plain).map(|option| Value::Int(option.get())),
            Self::Field(field) => from_plain(field, plain)?.ok_or(Problem::Required),
        }
    }
}

/// A text to look for, written as texts are stored; blanks at its ends stay.
///
/// # Errors
/// `Required` for nothing, `TooLong` past [`MAX_NEEDLE`] characters.
pub fn needle(typed: &str) -> Result<String, Problem> {
    let needle = text::composed(typed);
    if needle.is_empty() {
        return Err(Problem::Required);
    }
    text::at_most(&needle, MAX_NEEDLE)?;
    Ok(needle)
}
