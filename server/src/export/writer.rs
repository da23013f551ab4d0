//! One writer for each format that is text, over the same rows.

use domain::{
    export::{Cell, Format, Scribe},
    id::ProfileId,
    pool::Pool,
};
use store::{StoreError, list::rows::Rows};

use super::{csv::Csv, json::Json, vcard::Vcard, xml::Xml};

/// Writes rows behind each other; nothing is kept of them.
pub(super) trait Writer: Send {
    /// What stands before the first row.
    fn head(&mut self, _out: &mut Vec<u8>) {}

    /// A row.
    fn row(&mut self, id: ProfileId, cells: &[Cell<'_>], out: &mut Vec<u8>);

    /// What stands behind the last row.
    fn tail(&mut self, _out: &mut Vec<u8>) {}
}

/// The writer of a format; none for tables of Excel, which are no text.
pub(super) fn writer(format: Format, scribe: Scribe, pool: &Pool) -> Option<Box<dyn Writer>> {
    let writer: Box<dyn Writer> = match format {
        Format::Csv(dialect) => Box::new(Csv::new(scribe, dialect)),
        Format::Json => Box::new(Json::list(scribe)),
        Format::Ndjson => Box::new(Json::lines(scribe)),
        Format::Vcard => Box::new(Vcard::new(scribe)),
        Format::Xml => Box::new(Xml::new(scribe, pool)),
        Format::Xlsx => return None,
    };
    Some(writer)
}

/// Some rows one after the other.
///
/// # Errors
/// `Corrupt` for a row that can't be taken apart.
pub(super) fn write(writer: &mut dyn Writer, rows: &Rows, out: &mut Vec<u8>) -> Result<(), StoreError> {
    let mut cells = Vec::new();
    for row in rows.iter() {
        row.read_into(&mut cells)?;
        writer.row(row.id, &cells, out);
    }
    Ok(())
}
