//! A pool as programs see it: its fields with every id, the JSON Schema of its profiles, its own OpenAPI description,
//! and calls to copy. All of it is made from the pool as it is, so that it can't be out of date.

mod examples;
mod list;
mod openapi;
mod sample;
mod schema;

pub use examples::{Code, Example, Purpose, examples};
pub use list::{CategoryEntry, FieldEntry, FieldList, Heading, OptionEntry, PoolEntry, fields};
pub use openapi::openapi;
pub use schema::schema;

use crate::config::default;
use crate::field::FieldDef;
use crate::pool::Pool;
use crate::time::{Millis, Zone};
use crate::value::Value;

/// What stands for a field's value in texts to people: `{$FIRSTNAME}`.
pub fn variable(field: &FieldDef) -> String {
    format!("{{${}}}", field.key)
}

/// What a new profile gets, unless that moves with the day.
fn constant_default(field: &FieldDef) -> Option<Value> {
    // Any moment will do.
    default::value(field, Millis::new(0), &Zone::UTC).filter(|_| !default::is_relative(field))
}

/// Where the calls of a pool begin; `server` is the address that people use, without a slash at its end.
fn base(server: &str, pool: &Pool) -> String {
    format!("{server}{}", path(pool))
}

fn path(pool: &Pool) -> String {
    format!("/api/v1/pools/{}", pool.id)
}

#[cfg(test)]
mod tests;
