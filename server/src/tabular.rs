//! Reading tables out of files: encoding, dialect, records.
