//! The rows that an import has refused or left out, as a file of the same format with the reason of each: corrected, it is
//! imported once more. The file of the import is read again for it, in step with the list of refusals, so that memory stays
//! bounded; begun again after a crash it is written again.
//!
//! Rows that can't be taken apart (a quotation mark that is never closed) have no cells to give back: they stand in the list of
//! reasons alone.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use domain::{
    id::ImportId,
    import::{Format, Reading, RowProblem},
    lang::{Lang, Text},
};
use futures::StreamExt as _;
use store::load::Import;
use tokio::sync::mpsc::{Receiver, channel};

use super::{ImportError, Work};
use crate::{
    random,
    tabular::{Next, Reader, Record},
};

mod write;

use write::Rows;

/// Pages of refusals that may wait for the reader.
const WAITING: usize = 2;
/// Above the column of the reasons.
const REASON: Text = Text::new("Grund", "Reason");

/// Where the files lie.
pub(crate) fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("rejects")
}

/// Where that of an import lies, if there is one.
pub(crate) fn path(data_dir: &Path, import: ImportId, reading: &Reading) -> PathBuf {
    folder(data_dir).join(format!("{import}.{}", ending(reading)))
}

/// How such a file ends: with the format of the one that was imported, where that can hold a reason. Cards, and elements that
/// repeat, come back as a table.
pub(crate) const fn ending(reading: &Reading) -> &'static str {
    match reading.format {
        Format::Text if reading.delimiter == '\t' => "tsv",
        Format::Text | Format::Vcard | Format::Xml => "csv",
        Format::Json => "json",
        Format::Ndjson => "ndjson",
        Format::Xlsx | Format::Xls | Format::Ods | Format::Html => "xlsx",
    }
}

/// The media type of the same.
pub(crate) const fn media_type(reading: &Reading) -> &'static str {
    match reading.format {
        Format::Text | Format::Vcard | Format::Xml => "text/csv",
        Format::Json => "application/json",
        Format::Ndjson => "application/x-ndjson",
        Format::Xlsx | Format::Xls | Format::Ods | Format::Html => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
}

/// Writes the file of an import whose rows are through; how many rows it holds. An import that is whole does not fail by it:
/// without room for the file there is none, and the log says so.
pub(super) async fn write(work: &Work, import: &Import) -> u64 {
    match try_write(work, import).await {
        Ok(n) => n,
        Err(error) => {
            tracing::warn!(job = %work.job.id, %error, "the refused rows of an import could not be written to a file");
            0
        }
    }
}

async fn try_write(work: &Work, import: &Import) -> Result<u64, ImportError> {
    let (sender, pages) = channel(WAITING);
    let (from, reading, lang) = (PathBuf::from(&import.path), import.reading, work.lang);
    let to = path(&work.place.data_dir, import.id, &reading);
    let writing = tokio::task::spawn_blocking(move || file(&from, &reading, &to, pages, lang));
    let mut refusals = work.store.refusals(work.job.client, import.id);
    let mut failed = None;
    while let Some(page) = refusals.next().await {
        match page {
            Ok(page) => {
                // Who reads has stopped, and says why.
                if sender.send(page).await.is_err() {
                    break;
                }
            }
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
    }
    drop(sender);
    let written = writing.await.map_err(|panic| ImportError::File(io::Error::other(panic).into()))?;
    match failed {
        Some(error) => Err(error.into()),
        None => written,
    }
}

/// Writes a draft beside the file and puts it into its place when it is whole.
fn file(from: &Path, reading: &Reading, to: &Path, pages: Receiver<Vec<RowProblem>>, lang: Lang) -> Result<u64, ImportError> {
    let written = |error: io::Error| ImportError::File(error.into());
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder).map_err(written)?;
    let draft = folder.join(format!("{}.part", random::token(9)));
    let made = rows(from, reading, &draft, pages, lang);
    let placed = match made {
        Ok(0) => fs::remove_file(&draft).map(|()| 0).map_err(written),
        Ok(n) => fs::rename(&draft, to).map(|()| n).map_err(written),
        Err(error) => Err(error),
    };
    if placed.is_err() {
        let _ = fs::remove_file(&draft);
    }
    placed
}

fn rows(from: &Path, reading: &Reading, draft: &Path, pages: Receiver<Vec<RowProblem>>, lang: Lang) -> Result<u64, ImportError> {
    let mut reader = Reader::open(from, reading)?;
    let headings = reader.headings().to_vec();
    let out = Rows::begin(fs::File::create(draft).map_err(|error| ImportError::File(error.into()))?, reading, named(&headings, lang));
    let mut out = out.map_err(|error| ImportError::File(error.into()))?;
    let mut reasons = Reasons { pages, page: Vec::new().into_iter(), next: None };
    reasons.step();
    let (mut record, mut n) = (Record::default(), 0);
    while let Some(row) = reasons.row() {
        match reader.read(&mut record)? {
            Next::End => break,
            // It has no cells.
            Next::Refused(_) => {}
            Next::Row if record.number < row => {}
            Next::Row => {
                let why = reasons.of(record.number, &headings, lang);
                if !why.is_empty() {
                    out.push(&record, &why).map_err(|error| ImportError::File(error.into()))?;
                    n += 1;
                }
            }
        }
    }
    out.finish().map_err(|error| ImportError::File(error.into()))?;
    Ok(n)
}

/// The headings and that of the reasons, told from one that is there already.
fn named(headings: &[String], lang: Lang) -> Vec<String> {
    let reason = REASON.get(lang).to_owned();
    let taken = |name: &String| headings.iter().any(|heading| heading.trim().eq_ignore_ascii_case(name));
    let numbered = (2..).map(|n| format!("{reason} ({n})"));
    let free = std::iter::once(reason.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(reason);
    headings.iter().cloned().chain([free]).collect()
}

/// The list of refusals, walked along with the rows.
struct Reasons {
    pages: Receiver<Vec<RowProblem>>,
    page: std::vec::IntoIter<RowProblem>,
    next: Option<RowProblem>,
}

impl Reasons {
    fn step(&mut self) {
        self.next = self.page.next();
        while self.next.is_none() {
            let Some(page) = self.pages.blocking_recv() else { return };
            self.page = page.into_iter();
            self.next = self.page.next();
        }
    }

    /// The row that comes next.
    fn row(&self) -> Option<u64> {
        self.next.as_ref().map(|problem| problem.row)
    }

    /// Everything that is wrong with a row; rows before it had no cells.
    fn of(&mut self, row: u64, headings: &[String], lang: Lang) -> String {
        let mut why = Vec::new();
        while let Some(problem) = self.next.take_if(|problem| problem.row <= row) {
            if problem.row == row {
                let reason = problem.reason.message(lang);
                let named = headings.len() > 1 && !problem.column.is_empty();
                why.push(if named { format!("{}: {reason}", problem.column) } else { reason });
            }
            self.step();
        }
        why.join(" ")
    }
}
