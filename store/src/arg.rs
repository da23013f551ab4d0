//! Bound values, and how each engine takes them.

use domain::id::{
    BackupId, CategoryId, ClientId, ExportLayoutId, FieldId, ImportId, JobId, MailId, MappingId, OptionId, PasskeyId, PoolId, ProfileId,
    RestoreId, ScheduleId, TokenId, UserId,
};
use domain::time::Millis;
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

macro_rules! arg_from {
    ($($type:ty => $variant:ident($value:ident => $arg:expr);)*) => {$(
        impl From<$type> for Arg {
            fn from($value: $type) -> Self {
                Self::$variant($arg)
            }
        }
    )*};
}

arg_from! {
    i64 => Int(value => Some(value));
    Option<i64> => Int(value => value);
    bool => Bool(value => Some(value));
    Option<bool> => Bool(value => value);
    f64 => Float(value => Some(value));
    String => Text(value => Some(value));
    Option<String> => Text(value => value);
    &str => Text(value => Some(value.to_owned()));
    Option<&str> => Text(value => value.map(str::to_owned));
    &[u8; 32] => Bytes(value => Some(value.to_vec()));
    Vec<Option<i64>> => IntArray(value => value);
    Vec<i64> => IntArray(value => value.into_iter().map(Some).collect());
    Vec<Option<String>> => TextArray(value => value);
    Vec<String> => TextArray(value => value.into_iter().map(Some).collect());
}

/// Ids and moments are bound as their numbers.
macro_rules! arg_from_number {
    ($($type:ty)*) => {$(
        impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                Self::Int(Some(value.get()))
            }
        }

        impl From<Option<$type>> for Arg {
            fn from(value: Option<$type>) -> Self {
                Self::Int(value.map(<$type>::get))
            }
        }

        impl From<&[$type]> for Arg {
            fn from(values: &[$type]) -> Self {
                Self::IntArray(values.iter().map(|value| Some(value.get())).collect())
            }
        }
    )*};
}

arg_from_number!(BackupId CategoryId ClientId ExportLayoutId FieldId ImportId JobId MailId MappingId OptionId PasskeyId PoolId ProfileId RestoreId ScheduleId TokenId UserId Millis);

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
