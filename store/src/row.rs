//! One row of an answer, read by the position of its columns on either engine.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, TypeInfo as _, ValueRef as _};

use crate::error::Result;

/// One row. Columns are counted from 0 in the order of the `select` list.
///
/// # Errors
/// Every reader fails when the column does not exist or holds another type; the readers without
/// `opt_` also when it is null.
pub enum Row {
    /// Read from SQLite.
    Sqlite(SqliteRow),
    /// Read from PostgreSQL.
    Postgres(PgRow),
}

impl From<SqliteRow> for Row {
    fn from(row: SqliteRow) -> Self {
        Self::Sqlite(row)
    }
}

impl From<PgRow> for Row {
    fn from(row: PgRow) -> Self {
        Self::Postgres(row)
    }
}

/// On SQLite a column has the type of its value, so that reading without a check of the declared
/// type is what lets an expression (`count(*)`, `max(…)`) be read like a column.
macro_rules! read {
    ($row:expr, $column:expr, $type:ty) => {
        match $row {
            Row::Sqlite(row) => row.try_get_unchecked::<$type, _>($column)?,
            Row::Postgres(row) => row.try_get::<$type, _>($column)?,
        }
    };
}

impl Row {
    /// A text.
    pub fn text(&self, column: usize) -> Result<String> {
        Ok(read!(self, column, String))
    }

    /// A text or nothing.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>> {
        Ok(read!(self, column, Option<String>))
    }

    /// A whole number.
    pub fn int(&self, column: usize) -> Result<i64> {
        match self {
            Self::Sqlite(row) => Ok(row.try_get_unchecked(column)?),
            Self::Postgres(_) => match self.opt_int(column)? {
                Some(n) => Ok(n),
                None => {
                    Err(sqlx::Error::ColumnDecode { index: column.to_string(), source: Box::new(sqlx::error::UnexpectedNullError) }.into())
                }
            },
        }
    }

    /// A whole number or nothing.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>> {
        match self {
            Self::Sqlite(row) => Ok(row.try_get_unchecked(column)?),
            Self::Postgres(row) => {
                // A literal in a `select` list is an int4.
                let narrow = row.try_get_raw(column)?.type_info().name() == "INT4";
                if narrow { Ok(row.try_get::<Option<i32>, _>(column)?.map(i64::from)) } else { Ok(row.try_get(column)?) }
            }
        }
    }

    /// True or false.
    pub fn bool(&self, column: usize) -> Result<bool> {
        Ok(read!(self, column, bool))
    }

    /// True, false or nothing.
    pub fn opt_bool(&self, column: usize) -> Result<Option<bool>> {
        Ok(read!(self, column, Option<bool>))
    }

    /// A number with a fraction.
    pub fn float(&self, column: usize) -> Result<f64> {
        Ok(read!(self, column, f64))
    }

    /// Raw bytes.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>> {
        Ok(read!(self, column, Vec<u8>))
    }
}
