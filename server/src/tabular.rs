//! Reading tables out of files of any kind: what kind it is, where the table begins, its rows as texts.
//!
//! [`recognise`] looks at a file and says how it is to be read, [`preview`] shows what that gives, and [`Reader`] reads
//! all of it in memory that does not grow with it. A row that can't be read is refused with a reason and the next one
//! goes on; only what makes the whole file unreadable is an error. Whoever made a file may have meant harm: what it may
//! ask of the server stands in `limits`.

use std::path::Path;

use domain::import::{Preview, Reading, Warning, warnings};

mod archive;
mod decode;
mod error;
mod grid;
mod html;
mod input;
mod json;
mod keyed;
mod kind;
mod letters;
mod limits;
mod lines;
mod number;
mod ods;
mod reader;
mod scan;
mod sniff;
mod source;
mod split;
mod vcard;
mod xls;
mod xlsx;
mod xml;
mod xml_stream;

pub use error::TabularError;
pub use kind::{recognise, resolve, sheets};
pub use reader::{Next, Position, Reader, Record, parts};
pub use sniff::sniff;

/// The most columns a file may have.
pub const MAX_COLUMNS: usize = 2_000;
/// The most bytes of one cell.
pub const MAX_CELL: usize = 1 << 20;
/// The most lines of one row; more means that a quotation mark was never closed. As many as the longest text can have.
pub const MAX_LINES: u32 = 100_000;
/// How much of the beginning [`sniff`] wants to see.
pub const SAMPLE: usize = 256 * 1024;

/// How a file is probably to be read.
pub fn sniff_file(path: &Path) -> Result<Reading, TabularError> {
    recognise(path, 0, None)
}

/// The headings and the first rows as they would be read; rows that can't be read are among the problems.
pub fn preview(path: &Path, reading: &Reading, n_rows: usize) -> Result<Preview, TabularError> {
    let mut reader = Reader::open(path, reading)?;
    let mut preview = Preview { headings: reader.headings().to_vec(), ..Preview::default() };
    let mut record = Record::default();
    while preview.rows.len() + preview.problems.len() < n_rows {
        match reader.read(&mut record)? {
            Next::Row => {
                preview.numbers.push(record.number);
                preview.rows.push(record.cells().map(str::to_owned).collect());
            }
            Next::Refused(problem) => preview.problems.push(problem),
            Next::End => break,
        }
    }
    preview.warnings = warnings(&preview.headings, &preview.rows);
    if reading.first_row > 1 {
        preview.warnings.insert(0, Warning::Notes { rows: u64::from(reading.first_row) - 1 });
    }
    Ok(preview)
}

#[cfg(test)]
mod tests;
