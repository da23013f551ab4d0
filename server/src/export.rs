//! A list as CSV, row by row: memory does not grow with the list. Importing it again changes nothing.

use axum::body::Bytes;
use domain::{
    export::harmless,
    field::{FieldDef, Internal},
    id::ProfileId,
    lang::Lang,
    list::ListQuery,
    pool::Pool,
    profile::Profile,
};
use futures::{Stream, StreamExt as _, stream};
use store::{Reach, Store, StoreError, list::Part};

mod cell;
mod told;

use cell::Cells;

/// How the file is written.
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

/// What is exported.
#[derive(Clone, Debug)]
pub struct Export {
    /// Whose profiles.
    pub reach: Reach,
    /// From where.
    pub pool: Pool,
    /// Which profiles, in which order; the page doesn't matter.
    pub query: ListQuery,
    /// Which of these.
    pub part: Part,
    /// Which columns.
    pub fields: Vec<FieldDef>,
    /// How it is written.
    pub dialect: Dialect,
    /// For headings and for searching in what is displayed.
    pub lang: Lang,
}

/// Puts the profile id in front unless it is among the fields: by it a row finds its profile again when the file is
/// imported, also where several people share an address or have none.
pub fn with_profile_id(pool: &Pool, mut fields: Vec<FieldDef>) -> Vec<FieldDef> {
    let id = pool.internal(Internal::ProfileId).filter(|id| fields.iter().all(|field| field.id != id.id));
    fields.splice(0..0, id.cloned());
    fields
}

/// Which profiles the address names: `ids=1,2` these, `except=1,2` all hits but these, else all hits.
pub fn part(pairs: &[(String, String)]) -> Part {
    let named = |name: &str| pairs.iter().find(|(other, _)| other == name).map(|(_, ids)| ids.as_str());
    let read = |ids: &str| ids.split(',').filter_map(|id| id.trim().parse().ok().map(ProfileId::new)).collect();
    match (named("ids"), named("except")) {
        (Some(ids), _) => Part::Only(read(ids)),
        (None, Some(ids)) => Part::Except(read(ids)),
        (None, None) => Part::All,
    }
}

/// The file in pieces, the first one with the headings.
pub fn csv(store: Store, export: Export) -> impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static {
    let head = head(&export);
    let Export { reach, pool, query, part, fields, dialect, lang } = export;
    let cells = Cells::new(&pool, fields, dialect, lang);
    let rows = store
        .stream_part(reach, pool, query, part, lang)
        .map(move |chunk| chunk.and_then(|profiles: Vec<Profile>| rows(&profiles, &cells, dialect)));
    stream::once(async move { head }).chain(rows)
}

fn head(export: &Export) -> Result<Bytes, StoreError> {
    let mut bytes = export.dialect.mark().to_vec();
    let mut writer = export.dialect.writer();
    let label = |field: &FieldDef| field.label(export.lang).to_lowercase();
    let headings = export.fields.iter().map(|field| {
        // Two columns of one name could not be told apart when the file comes back.
        let alone = export.fields.iter().filter(|other| label(other) == label(field)).count() == 1;
        match export.dialect {
            Dialect::Excel if alone => harmless(field.label(export.lang)).into_owned(),
            _ => field.key.clone(),
        }
    });
    writer.write_record(headings).map_err(unwritable)?;
    bytes.extend(finish(writer)?);
    Ok(bytes.into())
}

fn rows(profiles: &[Profile], cells: &Cells, dialect: Dialect) -> Result<Bytes, StoreError> {
    let mut writer = dialect.writer();
    for profile in profiles {
        writer.write_record(cells.of(profile)).map_err(unwritable)?;
    }
    Ok(finish(writer)?.into())
}

fn finish(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, StoreError> {
    writer.into_inner().map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Writing to memory doesn't fail; if it ever does, the log says why.
fn unwritable(error: csv::Error) -> StoreError {
    StoreError::Corrupt(error.to_string())
}
