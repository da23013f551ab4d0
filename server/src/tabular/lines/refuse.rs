//! Rows that can't be read: how much of the file goes with them.

use domain::{import::RowProblem, problem::Problem};

use super::{Lines, Next};
use crate::tabular::{
    MAX_CELL, TabularError, decode,
    source::Source,
    split::{Split, Walk, line_end, split},
};

/// The most bytes that are looked through for the end of a row that is too large.
const MAX_ROW: u64 = 64 << 20;

impl Lines {
    /// Whether the line after the first of this record is a whole row by itself: then the quotation mark before it
    /// was never closed, and rows would be lost in its cell.
    pub(super) fn swallowed_rows(&mut self) -> bool {
        let bytes = self.source.bytes();
        let Some(second) = line_end(bytes, self.source.at_end()).map(|end| &bytes[end..]) else { return false };
        let found = split(second, self.source.at_end(), self.dialect, &mut self.spare);
        matches!(found, Split::Record { .. }) && self.spare.len() == self.headings.len()
    }

    /// Pass over a row with a cell that is too large, the lines in it too: they are no rows.
    pub(super) fn refuse_large(&mut self) -> Result<Next, TabularError> {
        let reason = Problem::CellTooLarge { max: MAX_CELL as u64 };
        let problem = self.line_problem(reason.clone());
        let begin = self.source.offset();
        let mut walk = Walk::new(self.dialect);
        loop {
            let bytes = self.source.bytes();
            if let Some(end) = walk.end(bytes, self.source.at_end()) {
                if !walk.is_record_of(self.headings.len()) {
                    break;
                }
                self.pass(end);
                return Ok(Next::Refused(problem));
            }
            let n = bytes.len();
            if self.source.at_end() || self.source.offset() - begin > MAX_ROW {
                break;
            }
            self.source.consume(n);
            self.source.fill()?;
        }
        // A quotation mark was never closed: only the line at hand is lost.
        self.source = Source::open(&self.input, self.encoding, begin)?;
        while self.source.bytes().is_empty() && !self.source.at_end() {
            self.source.fill()?;
        }
        self.refuse_line(reason)
    }

    /// What is wrong with the line at hand.
    fn line_problem(&self, reason: Problem) -> RowProblem {
        let shown = self.source.bytes();
        let shown = &shown[..shown.len().min(1_000)];
        let line = shown.split(|b| matches!(b, b'\r' | b'\n')).next().unwrap_or_default();
        let mut problem = RowProblem::new(self.row + 1, "", &decode::text(line, self.encoding), reason);
        problem.value = problem.value.trim_end_matches('\u{fffd}').to_owned();
        problem
    }

    /// Pass over the line at hand, however long, and say why.
    pub(super) fn refuse_line(&mut self, reason: Problem) -> Result<Next, TabularError> {
        let problem = self.line_problem(reason);
        loop {
            let bytes = self.source.bytes();
            if let Some(end) = line_end(bytes, self.source.at_end()) {
                self.pass(end);
                break;
            }
            // The last byte may be the first half of a line end.
            let n = bytes.len() - usize::from(!self.source.at_end() && bytes.last() == Some(&b'\r'));
            if self.source.at_end() {
                self.pass(n);
                break;
            }
            self.source.consume(n);
            self.source.fill()?;
        }
        Ok(Next::Refused(problem))
    }
}
