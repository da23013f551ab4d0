//! JSON: the objects of a list, one after the other, and NDJSON: an object on each line.
//!
//! The library reads each object; where one begins and ends is found here, as it knows no way to read a list piece by
//! piece. So a broken object doesn't take the others with it, and memory doesn't grow with the file.

use domain::{
    import::{Format, Reading},
    problem::Problem,
};

use super::{
    MAX_CELL, TabularError,
    input::Input,
    keyed::{Met, Named, Records},
    limits::{MAX_DEPTH, MAX_PIECE},
    number::Writer,
    scan::Scan,
};

mod flat;

/// The most lists whose names are told.
const MAX_LISTS: usize = 1_000;
/// How deep in objects lists are looked for.
const LIST_DEPTH: usize = 8;

const DAMAGED: TabularError = TabularError::Damaged(Format::Json);

/// The objects of a file.
pub(super) struct Json {
    input: Input,
    scan: Scan,
    layout: Layout,
    writer: Writer,
    piece: Vec<u8>,
}

/// How the objects lie there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// In a list, with commas between.
    List,
    /// Each on a line of its own.
    Lines,
    /// There is but one.
    One,
    /// The end was met.
    Ended,
}

impl Json {
    /// Open a list.
    pub(super) fn open(input: &Input, reading: &Reading) -> Result<Self, TabularError> {
        let mut scan = Scan::open(input, reading.encoding)?;
        let layout = match (reading.format, scan.peek_filled()?) {
            (_, None) => return Err(TabularError::Empty),
            (Format::Ndjson, _) => Layout::Lines,
            (_, Some(b'[')) if reading.sheet > 0 => return Err(TabularError::NoSuchPart),
            (_, Some(b'[')) => {
                scan.consume(1);
                Layout::List
            }
            (_, Some(b'{')) => {
                if lists(&mut scan, Some(usize::from(reading.sheet)), &mut Vec::new())? {
                    Layout::List
                } else if reading.sheet == 0 {
                    scan = Scan::open(input, reading.encoding)?;
                    Layout::One
                } else {
                    return Err(TabularError::NoSuchPart);
                }
            }
            _ => return Err(DAMAGED),
        };
        let writer = Writer { since_1904: false, lang: reading.numbers() };
        Ok(Json { input: input.clone(), scan, layout, writer, piece: Vec::new() })
    }

    /// The names of the lists; none where the file is a list itself.
    pub(super) fn names(input: &Input, reading: &Reading) -> Result<Vec<String>, TabularError> {
        let mut scan = Scan::open(input, reading.encoding)?;
        let mut names = Vec::new();
        if scan.peek_filled()? == Some(b'{') {
            lists(&mut scan, None, &mut names)?;
        }
        Ok(names)
    }

    /// The next object of the list into `self.piece`.
    fn element(&mut self) -> Result<Option<Span>, TabularError> {
        loop {
            match self.scan.peek_filled()? {
                Some(b',') => self.scan.consume(1),
                Some(b']') | None => {
                    self.layout = Layout::Ended;
                    return Ok(None);
                }
                Some(b'}') => return Err(DAMAGED),
                Some(_) => return value(&mut self.scan, Some(&mut self.piece)).map(Some),
            }
        }
    }

    fn line(&mut self) -> Result<Option<Span>, TabularError> {
        loop {
            let (any, cut) = self.scan.line(&mut self.piece, MAX_PIECE)?;
            if !any {
                self.layout = Layout::Ended;
                return Ok(None);
            }
            if cut {
                return Ok(Some(Span::TooLarge));
            }
            if !self.piece.iter().all(u8::is_ascii_whitespace) {
                return Ok(Some(Span::Whole));
            }
        }
    }
}

impl Records for Json {
    fn next(&mut self, named: &mut Named) -> Result<Met, TabularError> {
        let span = match self.layout {
            Layout::Ended => None,
            Layout::List => self.element()?,
            Layout::Lines => self.line()?,
            Layout::One => {
                self.layout = Layout::Ended;
                self.scan.peek_filled()?;
                Some(value(&mut self.scan, Some(&mut self.piece))?)
            }
        };
        let shown = || String::from_utf8_lossy(&self.piece[..self.piece.len().min(1_000)]).into_owned();
        Ok(match span {
            None => Met::End,
            Some(Span::TooLarge) => Met::Broken(shown(), Problem::CellTooLarge { max: MAX_CELL as u64 }),
            Some(Span::CutOff) => Met::Broken(shown(), Problem::NotARecord),
            Some(Span::Whole) => match flat::read(&self.piece, self.writer, named) {
                Ok(()) => Met::Record,
                Err(_) => Met::Broken(shown(), Problem::NotARecord),
            },
        })
    }

    fn done(&self) -> u64 {
        self.input.done()
    }
}

/// What a value was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Whole,
    /// Larger than one may be; all of it was passed over.
    TooLarge,
    /// The file ends within it.
    CutOff,
}

/// Pass over the value at hand, and keep it if wished.
fn value(scan: &mut Scan, mut keep: Option<&mut Vec<u8>>) -> Result<Span, TabularError> {
    if let Some(keep) = &mut keep {
        keep.clear();
    }
    let (mut depth, mut in_text, mut escaped, mut too_large) = (0_usize, false, false, false);
    loop {
        let bytes = scan.bytes();
        let mut end = None;
        for (i, byte) in bytes.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => {
                    in_text = !in_text;
                    if !in_text && depth == 0 {
                        end = Some(i + 1);
                        break;
                    }
                }
                _ if in_text => {}
                b'{' | b'[' => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return Err(TabularError::TooDeep);
                    }
                }
                b'}' | b']' => {
                    // The end of what is around a bare number.
                    if depth == 0 {
                        end = Some(i);
                        break;
                    }
                    depth -= 1;
                    if depth == 0 {
                        end = Some(i + 1);
                        break;
                    }
                }
                b',' if depth == 0 => {
                    end = Some(i);
                    break;
                }
                _ => {}
            }
        }
        let n = end.unwrap_or(bytes.len());
        if let Some(keep) = &mut keep {
            let room = MAX_PIECE.saturating_sub(keep.len());
            too_large |= n > room;
            keep.extend_from_slice(&bytes[..n.min(room)]);
        }
        scan.consume(n);
        if end.is_some() {
            return Ok(if too_large { Span::TooLarge } else { Span::Whole });
        }
        if !scan.fill()? {
            return Ok(Span::CutOff);
        }
    }
}

/// Looks for lists of objects in the object at hand and in those within it. With a wish, stops within the list of that
/// number and answers true.
fn lists(scan: &mut Scan, wanted: Option<usize>, names: &mut Vec<String>) -> Result<bool, TabularError> {
    let mut depth = 0;
    loop {
        match scan.peek_filled()? {
            Some(b'{') if depth == 0 => {
                scan.consume(1);
                depth = 1;
            }
            Some(b',') => scan.consume(1),
            Some(b'}') => {
                scan.consume(1);
                depth -= 1;
                if depth == 0 {
                    return Ok(false);
                }
            }
            Some(b'"') => {
                let mut key = Vec::new();
                value(scan, Some(&mut key))?;
                if scan.peek_filled()? != Some(b':') {
                    return Err(DAMAGED);
                }
                scan.consume(1);
                match scan.peek_filled()? {
                    Some(b'[') => {
                        scan.consume(1);
                        if scan.peek_filled()? == Some(b'{') {
                            if wanted == Some(names.len()) {
                                return Ok(true);
                            }
                            if names.len() < MAX_LISTS {
                                let name: String = serde_json::from_slice(&key).unwrap_or_default();
                                names.push(name.chars().take(200).collect());
                            }
                        }
                        pass_list(scan)?;
                    }
                    Some(b'{') if depth < LIST_DEPTH => {
                        scan.consume(1);
                        depth += 1;
                    }
                    _ => {
                        value(scan, None)?;
                    }
                }
            }
            // What is cut off has no further list.
            None => return Ok(false),
            Some(_) => return Err(DAMAGED),
        }
    }
}

/// Pass over the rest of a list.
fn pass_list(scan: &mut Scan) -> Result<(), TabularError> {
    loop {
        match scan.peek_filled()? {
            Some(b']') => {
                scan.consume(1);
                return Ok(());
            }
            Some(b',') => scan.consume(1),
            Some(b'}' | b':') => return Err(DAMAGED),
            Some(_) => {
                value(scan, None)?;
            }
            None => return Ok(()),
        }
    }
}
