//! A statement with its arguments, the same text for both engines.

use std::borrow::Cow;
use std::fmt::Write;

use sqlx::postgres::{PgArguments, PgQueryResult};
use sqlx::sqlite::{SqliteArguments, SqliteQueryResult};
use sqlx::{Arguments, Database, Postgres, Sqlite};

use crate::error::{Result, StoreError};

/// One bound value. An absent value keeps its type, because PostgreSQL decides by it.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A text.
    Text(Option<String>),
    /// A whole number.
    Int(Option<i64>),
    /// True or false; 1 or 0 on SQLite.
    Bool(Option<bool>),
    /// A number with a fraction.
    Float(Option<f64>),
    /// Raw bytes.
    Bytes(Option<Vec<u8>>),
    /// `text[]` on PostgreSQL, a JSON array on SQLite (for `json_each`).
    TextArray(Vec<Option<String>>),
    /// `bigint[]` on PostgreSQL, a JSON array on SQLite (for `json_each`).
    IntArray(Vec<Option<i64>>),
}

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
        Self {
            text: text.into(),
            args: Vec::new(),
        }
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

impl From<i64> for Arg {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Arg {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Arg {
    fn from(value: bool) -> Self {
        Self::Bool(Some(value))
    }
}

impl From<Option<bool>> for Arg {
    fn from(value: Option<bool>) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Arg {
    fn from(value: f64) -> Self {
        Self::Float(Some(value))
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<String>> for Arg {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl From<Option<&str>> for Arg {
    fn from(value: Option<&str>) -> Self {
        Self::Text(value.map(str::to_owned))
    }
}

impl From<&[u8]> for Arg {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

impl From<Vec<Option<i64>>> for Arg {
    fn from(value: Vec<Option<i64>>) -> Self {
        Self::IntArray(value)
    }
}

impl From<Vec<i64>> for Arg {
    fn from(value: Vec<i64>) -> Self {
        Self::IntArray(value.into_iter().map(Some).collect())
    }
}

impl From<Vec<String>> for Arg {
    fn from(value: Vec<String>) -> Self {
        Self::TextArray(value.into_iter().map(Some).collect())
    }
}

impl From<Vec<Option<String>>> for Arg {
    fn from(value: Vec<Option<String>>) -> Self {
        Self::TextArray(value)
    }
}

/// How an engine takes arguments and counts what it changed.
pub(crate) trait Bind: Database {
    /// The engine's own form of the arguments.
    fn arguments(args: Vec<Arg>) -> Result<<Self as Database>::Arguments>;

    /// How many rows a statement changed.
    fn changed(done: &<Self as Database>::QueryResult) -> u64;
}

impl Bind for Sqlite {
    fn arguments(args: Vec<Arg>) -> Result<SqliteArguments> {
        let mut out = SqliteArguments::default();
        for arg in args {
            match arg {
                Arg::Text(value) => out.add(value),
                Arg::Int(value) => out.add(value),
                Arg::Bool(value) => out.add(value),
                Arg::Float(value) => out.add(value),
                Arg::Bytes(value) => out.add(value),
                Arg::TextArray(values) => out.add(serde_json::json!(values).to_string()),
                Arg::IntArray(values) => out.add(serde_json::json!(values).to_string()),
            }
            .map_err(not_bound)?;
        }
        Ok(out)
    }

    fn changed(done: &SqliteQueryResult) -> u64 {
        done.rows_affected()
    }
}

impl Bind for Postgres {
    fn arguments(args: Vec<Arg>) -> Result<PgArguments> {
        let mut out = PgArguments::default();
        for arg in args {
            match arg {
                Arg::Text(value) => out.add(value),
                Arg::Int(value) => out.add(value),
                Arg::Bool(value) => out.add(value),
                Arg::Float(value) => out.add(value),
                Arg::Bytes(value) => out.add(value),
                Arg::TextArray(values) => out.add(values),
                Arg::IntArray(values) => out.add(values),
            }
            .map_err(not_bound)?;
        }
        Ok(out)
    }

    fn changed(done: &PgQueryResult) -> u64 {
        done.rows_affected()
    }
}

fn not_bound(error: sqlx::error::BoxDynError) -> StoreError {
    StoreError::Db(sqlx::Error::Encode(error))
}
