//! Profiles as files, row by row: memory does not grow with the list. What is exported with the usual choices is imported
//! again without any difference.

use std::{fs::File, io::Write as _, path::Path, sync::Arc};

use axum::body::Bytes;
use domain::{
    export::{Format, Scribe, Wish},
    field::FieldDef,
    lang::Lang,
    layout::ListLayout,
    pool::Pool,
    problem::Invalid,
};
use futures::{Stream, StreamExt as _, TryStreamExt as _, stream};
use store::{Reach, Store, StoreError, list::rows::Rows};
use tokio::task::spawn_blocking;
use tokio_util::io::ReaderStream;

pub(crate) mod asked;
mod csv;
mod dialect;
mod error;
mod json;
pub(crate) mod layouts;
pub(crate) mod link;
pub(crate) mod taken;
mod told;
mod vcard;
mod writer;
mod xlsx;
mod xml;

pub use dialect::Dialect;
pub use error::ExportError;
use writer::Writer;
use xlsx::Tables;

/// What is exported.
#[derive(Clone, Debug)]
pub struct Export {
    /// Whose profiles.
    pub reach: Reach,
    /// From where, as its reader sees it.
    pub pool: Pool,
    /// Which profiles, and how they are written.
    pub wish: Wish,
    /// Which fields.
    pub fields: Vec<FieldDef>,
    /// The reader's language: for searching in what is displayed, and for the file unless it has another one.
    pub lang: Lang,
}

impl Export {
    /// What somebody wishes. `layout` is how they have arranged the list.
    ///
    /// # Errors
    /// Fields that the pool does not have.
    pub fn new(reach: Reach, pool: Pool, wish: Wish, layout: Option<ListLayout>, lang: Lang) -> Result<Self, Invalid> {
        let fields = wish.fields(&pool, layout)?;
        Ok(Self { reach, pool, wish, fields, lang })
    }

    /// The file's format.
    pub fn format(&self) -> Format {
        self.wish.form.format
    }

    fn scribe(&self) -> Scribe {
        let form = &self.wish.form;
        Scribe::new(&self.pool, self.fields.clone(), form.values, form.lang.unwrap_or(self.lang), form.zone)
    }

    /// The rows, part by part.
    pub(crate) fn rows(&self, store: &Store) -> impl Stream<Item = Result<Rows, StoreError>> + Send + 'static + use<> {
        let Self { reach, pool, wish, fields, lang } = self.clone();
        store.stream_rows(reach, pool, wish.list, wish.part, fields, lang)
    }

    /// The file in pieces, made while it is sent. Tables for Excel have to be whole before the first byte goes out: they are
    /// written to a file without a name in `folder`, which is gone as soon as nobody reads it.
    ///
    /// # Errors
    /// The database's and the disk's.
    pub async fn pieces(self, store: &Store, folder: &Path) -> Result<stream::BoxStream<'static, Result<Bytes, ExportError>>, ExportError> {
        let rows = self.rows(store).boxed();
        match writer::writer(self.format(), self.scribe(), &self.pool) {
            Some(writer) => Ok(text(rows, writer).boxed()),
            None => {
                let (folder, scribe) = (folder.to_owned(), self.scribe());
                let file = blocking(move || {
                    std::fs::create_dir_all(&folder)?;
                    Ok((tempfile::tempfile_in(&folder)?, Tables::new(scribe, &folder)?))
                });
                let (file, mut tables) = file.await?;
                let mut rows = rows;
                while let Some(part) = rows.try_next().await? {
                    tables = blocking(move || tables.write(&part).map(|()| tables)).await?;
                }
                let file = blocking(move || {
                    tables.finish(&file)?;
                    std::io::Seek::rewind(&mut &file)?;
                    Ok(file)
                });
                let file = tokio::fs::File::from_std(file.await?);
                Ok(ReaderStream::with_capacity(file, 1 << 16).map_err(ExportError::File).boxed())
            }
        }
    }
}

/// Head, rows, tail.
fn text(
    rows: stream::BoxStream<'static, Result<Rows, StoreError>>,
    writer: Box<dyn Writer>,
) -> impl Stream<Item = Result<Bytes, ExportError>> + Send + 'static {
    enum At {
        Head,
        Rows,
        End,
    }
    stream::try_unfold((At::Head, rows, writer), |(at, mut rows, mut writer)| async move {
        let mut out = Vec::new();
        let next = match at {
            At::Head => {
                writer.head(&mut out);
                At::Rows
            }
            At::Rows => match rows.try_next().await? {
                Some(part) => {
                    writer::write(&mut *writer, &part, &mut out)?;
                    At::Rows
                }
                None => {
                    writer.tail(&mut out);
                    At::End
                }
            },
            At::End => return Ok(None),
        };
        Ok::<_, ExportError>(Some((Bytes::from(out), (next, rows, writer))))
    })
}

/// A file on its way to the disk.
pub(crate) struct Draft {
    file: Arc<File>,
    how: How,
}

enum How {
    Text(Box<dyn Writer>),
    Tables(Box<Tables>),
}

impl Draft {
    /// Begins a file; what takes room beside it until it is whole lies in `folder`, without a name.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) async fn begin(export: &Export, file: File, folder: &Path) -> Result<Self, ExportError> {
        let file = Arc::new(file);
        let how = match writer::writer(export.format(), export.scribe(), &export.pool) {
            Some(mut writer) => {
                let mut out = Vec::new();
                writer.head(&mut out);
                let to = Arc::clone(&file);
                blocking(move || Ok((&*to).write_all(&out)?)).await?;
                How::Text(writer)
            }
            None => {
                let (scribe, folder) = (export.scribe(), folder.to_owned());
                How::Tables(Box::new(blocking(move || Tables::new(scribe, &folder)).await?))
            }
        };
        Ok(Self { file, how })
    }

    /// Appends rows.
    ///
    /// # Errors
    /// The disk's, and `Corrupt`.
    pub(crate) async fn write(mut self, rows: Rows) -> Result<Self, ExportError> {
        blocking(move || {
            match &mut self.how {
                How::Text(writer) => {
                    let mut out = Vec::new();
                    writer::write(&mut **writer, &rows, &mut out)?;
                    (&*self.file).write_all(&out)?;
                }
                How::Tables(tables) => tables.write(&rows)?,
            }
            Ok(self)
        })
        .await
    }

    /// Writes the end; from then on the file is on the disk, also if the power fails. Its length in bytes, and how many
    /// cells had to be shortened.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) async fn finish(self) -> Result<(u64, u64), ExportError> {
        blocking(move || {
            let shortened = match self.how {
                How::Text(mut writer) => {
                    let mut out = Vec::new();
                    writer.tail(&mut out);
                    (&*self.file).write_all(&out)?;
                    0
                }
                How::Tables(tables) => tables.finish(&self.file)?,
            };
            self.file.sync_all()?;
            Ok((self.file.metadata()?.len(), shortened))
        })
        .await
    }
}

/// Work that waits for the disk or takes a core for a while.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, ExportError> + Send + 'static) -> Result<T, ExportError> {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(panic) => Err(ExportError::File(std::io::Error::other(panic))),
    }
}
