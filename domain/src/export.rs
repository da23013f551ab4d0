//! Profiles as a file: what goes out, in which format, and how values are written.

mod cell;
mod form;
mod formula;
mod scribe;
mod wish;

pub use cell::Cell;
pub use form::{Csv, Delimiter, Encoding, Form, Format, LineEnd, Values};
pub use formula::{harmless, unharm};
pub use scribe::Scribe;
pub use wish::{Columns, Wish};

#[cfg(test)]
mod tests;
