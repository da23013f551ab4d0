//! Reads a file, checks its rows and hands them over in batches; runs in a blocking thread.

use std::path::Path;

use domain::import::Reading;
use store::load::{Batch, Cursor};
use tokio::sync::mpsc::Sender;

use super::{error::ImportError, plan::Plan};
use crate::tabular::{Next, Position, Reader, Record, TabularError};

/// Rows per transaction. Keys come in no order, so a batch touches each page of their index that it can: four times the
/// rows write a third as much. Few enough to be written in a fraction of a second, and to need no memory to speak of.
const BATCH: usize = 20_000;
/// Rows that tell the order of day and month.
const LEARN: usize = 2_000;

/// A file on its way.
pub(super) struct Feed {
    reader: Reader,
    plan: Plan,
}

impl Feed {
    /// Open the file at the place where the last batch ended. `beginning`: the same file, of which nothing was read.
    pub(super) fn open(path: &Path, reading: &Reading, mut beginning: Reader, mut plan: Plan, from: Cursor) -> Result<Self, TabularError> {
        if plan.has_dates_to_learn() {
            learn(&mut beginning, &mut plan)?;
        } else if from == Cursor::default() {
            return Ok(Feed { reader: beginning, plan });
        }
        // An old workbook lies in memory as a whole: never two of them.
        drop(beginning);
        let reader = Reader::resume(path, reading, Position { byte: from.byte, row: from.row })?;
        Ok(Feed { reader, plan })
    }

    /// What happens to the cells.
    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Send batches until the file ends or nobody takes them any more. The answer are the names that came too late to
    /// become columns.
    pub(super) fn run(mut self, out: &Sender<Result<Batch, ImportError>>) -> Vec<String> {
        let mut record = Record::default();
        loop {
            match self.batch(&mut record) {
                Ok(None) => break,
                Ok(Some(batch)) => {
                    if out.blocking_send(Ok(batch)).is_err() {
                        break;
                    }
                }
                Err(error) => {
                    let _ = out.blocking_send(Err(error.into()));
                    break;
                }
            }
        }
        self.reader.late_names().to_vec()
    }

    /// The next rows; none at the end of the file.
    fn batch(&mut self, record: &mut Record) -> Result<Option<Batch>, TabularError> {
        let begin = self.reader.position();
        let mut batch = Batch {
            first_row: begin.row + 1,
            rows: Vec::with_capacity(BATCH),
            refusals: Vec::new(),
            not_asked: 0,
            next: Cursor::default(),
        };
        for _ in 0..BATCH {
            match self.reader.read(record)? {
                Next::Row => {
                    let before = batch.refusals.len();
                    let row = self.plan.read(record, &mut batch.refusals);
                    if batch.refusals.len() == before {
                        batch.rows.push(row);
                    }
                }
                Next::Refused(problem) => batch.refusals.push(problem),
                Next::End => break,
            }
        }
        let end = self.reader.position();
        batch.next = Cursor { byte: end.byte, row: end.row };
        Ok((!batch.rows.is_empty() || !batch.refusals.is_empty()).then_some(batch))
    }
}

/// Dates with slashes: whether the month is in front.
fn learn(beginning: &mut Reader, plan: &mut Plan) -> Result<(), TabularError> {
    let mut record = Record::default();
    for _ in 0..LEARN {
        match beginning.read(&mut record)? {
            Next::Row if plan.learn_dates(&record) => break,
            Next::End => break,
            _ => {}
        }
    }
    Ok(())
}
