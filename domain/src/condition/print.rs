//! A condition as a short text, which [`parse`](super::parse) reads back to the same condition.

use std::fmt::{Display, Formatter, Result, Write};

use super::{Comparison, Condition, Op};

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::All(parts) => group(f, parts, "all", " and "),
            Self::Any(parts) => group(f, parts, "any", " or "),
            Self::Not(part) => write!(f, "not ({part})"),
            Self::Compare(one) => one.fmt(f),
        }
    }
}

/// Two and more stand with a word between them, fewer behind the word for the group.
fn group(f: &mut Formatter<'_>, parts: &[Condition], name: &str, between: &str) -> Result {
    match parts {
        [] => write!(f, "{name} ()"),
        [one] => write!(f, "{name} ({one})"),
        several => {
            for (nth, part) in several.iter().enumerate() {
                if nth > 0 {
                    f.write_str(between)?;
                }
                match part {
                    Condition::All(parts) | Condition::Any(parts) if parts.len() > 1 => write!(f, "({part})")?,
                    part => part.fmt(f)?,
                }
            }
            Ok(())
        }
    }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(&self.field)?;
        f.write_str(self.op.words())?;
        let values = |f: &mut Formatter<'_>, between: &str| {
            for (nth, value) in self.values.iter().enumerate() {
                f.write_str(if nth == 0 { "" } else { between })?;
                quoted(f, value)?;
            }
            Ok(())
        };
        match self.op {
            Op::AnyOf | Op::AllOf | Op::NoneOf => {
                f.write_str("(")?;
                values(f, ", ")?;
                f.write_str(")")
            }
            Op::Between => values(f, " and "),
            _ => values(f, " "),
        }
    }
}

fn quoted(f: &mut Formatter<'_>, value: &str) -> Result {
    f.write_char('"')?;
    for letter in value.chars() {
        if matches!(letter, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(letter)?;
    }
    f.write_char('"')
}

impl Op {
    /// What stands between the field and its values.
    const fn words(self) -> &'static str {
        match self {
            Op::Is => " = ",
            Op::IsNot => " != ",
            Op::Less => " < ",
            Op::AtMost => " <= ",
            Op::Greater => " > ",
            Op::AtLeast => " >= ",
            Op::Between => " between ",
            Op::Contains => " contains ",
            Op::Begins => " begins with ",
            Op::AnyOf => " any of ",
            Op::AllOf => " all of ",
            Op::NoneOf => " none of ",
            Op::Empty => " is empty",
            Op::Filled => " is filled",
        }
    }
}
