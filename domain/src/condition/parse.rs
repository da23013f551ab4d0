//! Reads a condition written as a text.
//!
//! ```text
//! condition  = both ("or" both)*
//! both       = one ("and" one)*
//! one        = "not" one | "(" condition ")" | ("all" | "any") "(" [condition ("," condition)*] ")" | comparison
//! comparison = FIELD ("=" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "begins with") value
//!            | FIELD "between" value "and" value
//!            | FIELD ("any of" | "all of" | "none of") "(" value ("," value)* ")"
//!            | FIELD ("is empty" | "is filled")
//! value      = a text in double quotes, in which \" and \\ stand for themselves
//! ```
//!
//! Names of fields are written in capitals and everything else in small letters, so a field may be called `NOT`.

use std::str::FromStr;

use super::{Comparison, Condition, MAX_DEPTH, Op};
use crate::problem::Problem;

impl FromStr for Condition {
    type Err = Problem;

    /// Reads what [`Display`](std::fmt::Display) writes, and the same with other blanks and more brackets:
    /// `COUNTRY = "AT" and not (CITY contains "Wien")`.
    ///
    /// # Errors
    /// `NotACondition` with the part that was not understood; what [`sound`](Condition::sound) refuses.
    fn from_str(text: &str) -> Result<Self, Problem> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let condition = reader.either()?;
        if !reader.rest().is_empty() {
            return Err(reader.lost());
        }
        condition.sound()?;
        Ok(condition)
    }
}

type Read<T> = Result<T, Problem>;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// How many brackets are open, and how many "not" stand before this place without any.
    depth: usize,
}

impl Reader<'_> {
    fn either(&mut self) -> Read<Condition> {
        self.joined("or", Condition::Any, Self::both)
    }

    fn both(&mut self) -> Read<Condition> {
        self.joined("and", Condition::All, Self::one)
    }

    fn joined(&mut self, word: &str, group: fn(Vec<Condition>) -> Condition, part: fn(&mut Self) -> Read<Condition>) -> Read<Condition> {
        let first = part(self)?;
        if !self.word(word) {
            return Ok(first);
        }
        let mut parts = vec![first, part(self)?];
        while self.word(word) {
            parts.push(part(self)?);
        }
        Ok(group(parts))
    }

    fn one(&mut self) -> Read<Condition> {
        if self.word("not") {
            return self.deeper(|reader| Ok(reader.one()?.negated()));
        }
        if self.word("all") {
            return self.group().map(Condition::All);
        }
        if self.word("any") {
            return self.group().map(Condition::Any);
        }
        if self.sign("(") {
            return self.deeper(|reader| {
                let inner = reader.either()?;
                reader.close()?;
                Ok(inner)
            });
        }
        self.comparison().map(Condition::Compare)
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.depth += 1;
        // Each level of a condition is written with a "not" and a bracket at most.
        if self.depth > 2 * MAX_DEPTH {
            return Err(Problem::TooDeep { max: MAX_DEPTH as u64 });
        }
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn group(&mut self) -> Read<Vec<Condition>> {
        self.open()?;
        self.deeper(|reader| {
            let mut parts = Vec::new();
            if reader.sign(")") {
                return Ok(parts);
            }
            loop {
                parts.push(reader.either()?);
                if !reader.sign(",") {
                    return reader.close().map(|()| parts);
                }
            }
        })
    }

    fn comparison(&mut self) -> Read<Comparison> {
        const SIGNS: [(&str, Op); 6] =
            [("=", Op::Is), ("!=", Op::IsNot), ("<=", Op::AtMost), ("<", Op::Less), (">=", Op::AtLeast), (">", Op::Greater)];
        let rest = self.rest();
        let length = rest.bytes().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_').count();
        let field = rest[..length].to_owned();
        if !field.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Err(self.lost());
        }
        self.at += length;
        let of = |op, values| Ok(Comparison { field, op, values });
        for (sign, op) in SIGNS {
            if self.sign(sign) {
                return of(op, vec![self.value()?]);
            }
        }
        if self.word("contains") {
            return of(Op::Contains, vec![self.value()?]);
        }
        if self.words(["begins", "with"])? {
            return of(Op::Begins, vec![self.value()?]);
        }
        if self.word("between") {
            let first = self.value()?;
            if !self.word("and") {
                return Err(self.lost());
            }
            return of(Op::Between, vec![first, self.value()?]);
        }
        for (word, op) in [("any", Op::AnyOf), ("all", Op::AllOf), ("none", Op::NoneOf)] {
            if self.words([word, "of"])? {
                return of(op, self.values()?);
            }
        }
        if self.word("is") {
            let op = if self.word("empty") { Some(Op::Empty) } else { self.word("filled").then_some(Op::Filled) };
            return of(op.ok_or_else(|| self.lost())?, Vec::new());
        }
        Err(self.lost())
    }

    fn values(&mut self) -> Read<Vec<String>> {
        self.open()?;
        let mut values = vec![self.value()?];
        while self.sign(",") {
            values.push(self.value()?);
        }
        self.close()?;
        Ok(values)
    }

    fn value(&mut self) -> Read<String> {
        let lost = self.lost();
        if !self.sign("\"") {
            return Err(lost);
        }
        let mut value = String::new();
        let mut letters = self.text[self.at..].char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.at += at + 1;
                    return Ok(value);
                }
                '\\' => match letters.next() {
                    Some((_, escaped @ ('"' | '\\'))) => value.push(escaped),
                    _ => return Err(lost),
                },
                letter => value.push(letter),
            }
        }
        Err(lost)
    }

    fn open(&mut self) -> Read<()> {
        if self.sign("(") { Ok(()) } else { Err(self.lost()) }
    }

    fn close(&mut self) -> Read<()> {
        if self.sign(")") { Ok(()) } else { Err(self.lost()) }
    }

    /// What is left, without the blanks before it.
    fn rest(&mut self) -> &str {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.text[self.at..]
    }

    fn sign(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    /// A word, not only the beginning of a longer one.
    fn word(&mut self, word: &str) -> bool {
        let behind = self.rest().strip_prefix(word);
        let found = behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn words(&mut self, [first, second]: [&str; 2]) -> Read<bool> {
        if !self.word(first) {
            return Ok(false);
        }
        if self.word(second) { Ok(true) } else { Err(self.lost()) }
    }

    /// Not understood from here on; at the end, from the beginning.
    fn lost(&mut self) -> Problem {
        let part = match self.rest() {
            "" => self.text.trim(),
            rest => rest,
        };
        // A message shows 60 characters.
        Problem::NotACondition { part: part.chars().take(200).collect() }
    }
}
