//! Address cards (vCard 2.1, 3 and 4: RFC 2426, RFC 6350), one after the other.
//!
//! The format is read by ourselves: the libraries for it take the whole file as one text, while a company's address
//! book has hundreds of thousands of cards, most of them with pictures.

use domain::{import::Reading, problem::Problem};

use super::{
    MAX_CELL, TabularError,
    input::Input,
    keyed::{Met, Named, Records},
    scan::Scan,
};

mod line;
mod names;

use line::{Line, ends_softly};

/// The most bytes of a line with its continuations; pictures are longer and are no text for a field.
const MAX_LINE: usize = 2 * MAX_CELL;
/// The most lines of a card.
const MAX_LINES: usize = 10_000;

/// The cards of a file.
pub(super) struct Cards {
    input: Input,
    scan: Scan,
    /// The line at hand, and the one behind it, which may continue it.
    line: Vec<u8>,
    ahead: Vec<u8>,
    has_ahead: bool,
    /// The first line of a card was read with the one before, which had no end.
    begun: bool,
}

impl Cards {
    pub(super) fn open(input: &Input, reading: &Reading) -> Result<Self, TabularError> {
        let scan = Scan::open(input, reading.encoding)?;
        Ok(Cards { input: input.clone(), scan, line: Vec::new(), ahead: Vec::new(), has_ahead: false, begun: false })
    }

    /// The next line with what continues it; false at the end of the file. What is too long is cut.
    fn unfolded(&mut self) -> Result<bool, TabularError> {
        if !self.has_ahead && !self.scan.line(&mut self.ahead, MAX_LINE)?.0 {
            return Ok(false);
        }
        std::mem::swap(&mut self.line, &mut self.ahead);
        loop {
            self.has_ahead = self.scan.line(&mut self.ahead, MAX_LINE)?.0;
            // In cards of the old kind a sign at the end says that the next line goes on with it.
            let soft = ends_softly(&self.line);
            let folded = matches!(self.ahead.first(), Some(b' ' | b'\t'));
            if !self.has_ahead || !(folded || soft) {
                return Ok(true);
            }
            if soft {
                self.line.pop();
            }
            let more = if soft { &self.ahead[..] } else { &self.ahead[1..] };
            if self.line.len() + more.len() <= MAX_LINE {
                self.line.extend_from_slice(more);
            }
        }
    }
}

impl Records for Cards {
    fn next(&mut self, named: &mut Named) -> Result<Met, TabularError> {
        let mut card = names::Card::default();
        let mut begun = std::mem::take(&mut self.begun);
        let (mut within, mut lines) = (0_usize, 0_usize);
        loop {
            if !self.unfolded()? {
                // A card without an end is cut off.
                return Ok(if begun { Met::Broken(card.shown(), Problem::NotARecord) } else { Met::End });
            }
            let Some(line) = Line::read(&String::from_utf8_lossy(&self.line)) else { continue };
            match (line.name.as_str(), begun) {
                ("BEGIN", true) if !line.is_card() => within += 1,
                ("BEGIN", _) if line.is_card() => {
                    if begun {
                        self.begun = true;
                        return Ok(Met::Broken(card.shown(), Problem::NotARecord));
                    }
                    begun = true;
                }
                ("END", true) if within > 0 => within -= 1,
                ("END", true) => {
                    card.finish(named);
                    return Ok(Met::Record);
                }
                (_, true) if within == 0 && lines < MAX_LINES => {
                    lines += 1;
                    card.take(&line);
                }
                _ => {}
            }
        }
    }

    fn done(&self) -> u64 {
        self.input.done()
    }
}
