//! The two dialects of the small tables: fields of a pool, the audit log, refused rows.

/// How a small table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// UTF-8, commas, internal names as headings: for programs.
    #[default]
    Plain,
    /// UTF-8 with a byte order mark, semicolons, labels as headings: opens with a double click.
    Excel,
}

impl Dialect {
    /// The dialect with this name; anything else is plain.
    pub fn named(name: &str) -> Self {
        if name == "excel" { Self::Excel } else { Self::Plain }
    }

    /// A writer in this dialect.
    pub fn writer(self) -> csv::Writer<Vec<u8>> {
        let delimiter = if self == Self::Excel { b';' } else { b',' };
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new())
    }

    /// What the file begins with.
    pub fn mark(self) -> &'static [u8] {
        if self == Self::Excel { "\u{feff}".as_bytes() } else { b"" }
    }
}
