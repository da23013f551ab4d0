//! A statement with its arguments, the same text for both engines.

use std::borrow::Cow;
use std::fmt::Write;

pub use crate::arg::Arg;
use crate::db::Engine;

/// SQL and what is bound to its `$1`, `$2` …
///
/// A fixed text is written with its placeholders and gets its arguments in order:
/// `Statement::new("select name from pools where id = $1").arg(id)`. A text that depends on the
/// pool is put together with [`push`](Self::push) and [`bind`](Self::bind).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// SQL with `$n` placeholders.
    pub text: Cow<'static, str>,
    /// What the placeholders stand for; the first is `$1`.
    pub args: Vec<Arg>,
}

impl Statement {
    /// A statement with this text and no arguments yet.
    #[must_use]
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), args: Vec::new() }
    }

    /// Adds the next argument of a text that holds its placeholders already.
    #[must_use]
    pub fn arg(mut self, value: impl Into<Arg>) -> Self {
        self.args.push(value.into());
        self
    }

    /// Appends SQL. Never anything that a person typed: that is bound.
    pub fn push(&mut self, sql: &str) -> &mut Self {
        self.text.to_mut().push_str(sql);
        self
    }

    /// Appends the next placeholder and binds the value to it.
    pub fn bind(&mut self, value: impl Into<Arg>) -> &mut Self {
        self.args.push(value.into());
        let n = self.args.len();
        // Writing into a String can't fail.
        let _ = write!(self.text.to_mut(), "${n}");
        self
    }

    /// Appends rows of values, `(…), (…)`, hundreds of them. SQLite gets bare question marks, which count on by
    /// themselves: it keeps a list of all names and looks through it for every value.
    pub(crate) fn bind_rows<R: IntoIterator<Item = Arg>>(&mut self, engine: Engine, rows: impl IntoIterator<Item = R>) -> &mut Self {
        for (nth, row) in rows.into_iter().enumerate() {
            self.push(if nth == 0 { "(" } else { ", (" });
            for (nth, value) in row.into_iter().enumerate() {
                if nth > 0 {
                    self.push(", ");
                }
                match engine {
                    Engine::Sqlite => {
                        self.args.push(value);
                        self.push("?");
                    }
                    Engine::Postgres => {
                        self.bind(value);
                    }
                }
            }
            self.push(")");
        }
        self
    }

    /// Appends a number as it stands, for ids that the database gave out.
    pub fn number(&mut self, n: i64) -> &mut Self {
        let _ = write!(self.text.to_mut(), "{n}");
        self
    }

    /// Appends another statement; its placeholders are counted on from this one's.
    ///
    /// The appended text must have been put together with [`bind`](Self::bind) or have its
    /// placeholders in ascending order of first use.
    pub fn append(&mut self, other: Self) -> &mut Self {
        let shift = self.args.len();
        let text = self.text.to_mut();
        let mut rest = other.text.as_ref();
        while let Some(at) = rest.find('$') {
            let (before, after) = rest.split_at(at + 1);
            text.push_str(before);
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            match after[..digits].parse::<usize>() {
                Ok(n) => {
                    let _ = write!(text, "{}", n + shift);
                }
                Err(_) => text.push_str(&after[..digits]),
            }
            rest = &after[digits..];
        }
        text.push_str(rest);
        self.args.extend(other.args);
        self
    }
}

#[cfg(test)]
mod tests;
