//! JSON: one list of objects, or an object in each line. Empty fields are left out.

use domain::{
    export::{Cell, Scribe},
    id::ProfileId,
};
use serde_json::Value;

use super::writer::Writer;

/// Writes objects.
pub(super) struct Json {
    scribe: Scribe,
    /// The names of the members, as they stand in front of the values.
    names: Vec<String>,
    lines: bool,
    begun: bool,
}

impl Json {
    /// One list, that ends with its bracket.
    pub(super) fn list(scribe: Scribe) -> Self {
        let names = scribe.headings().into_iter().map(|name| format!("{}:", Value::String(name))).collect();
        Self { scribe, names, lines: false, begun: false }
    }

    /// An object in each line.
    pub(super) fn lines(scribe: Scribe) -> Self {
        Self { lines: true, ..Self::list(scribe) }
    }
}

impl Writer for Json {
    fn head(&mut self, out: &mut Vec<u8>) {
        if !self.lines {
            out.push(b'[');
        }
    }

    fn row(&mut self, _: ProfileId, cells: &[Cell<'_>], out: &mut Vec<u8>) {
        if !self.lines {
            out.extend_from_slice(if self.begun { b",\n" } else { b"\n" });
        }
        self.begun = true;
        let country = self.scribe.country_of(cells).map(str::to_owned);
        out.push(b'{');
        let mut first = true;
        for (nth, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            out.extend_from_slice(self.names[nth].as_bytes());
            out.extend_from_slice(self.scribe.json(nth, cell, country.as_deref()).to_string().as_bytes());
        }
        out.extend_from_slice(if self.lines { b"}\n" } else { b"}" });
    }

    fn tail(&mut self, out: &mut Vec<u8>) {
        if !self.lines {
            out.extend_from_slice(b"\n]\n");
        }
    }
}
