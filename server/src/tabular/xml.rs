//! XML: the elements that repeat are the rows, what lies in them are the cells.

use std::collections::HashSet;

use domain::{
    import::{Format, Reading},
    problem::Problem,
};
use quick_xml::{
    XmlVersion,
    events::{BytesStart, Event},
};

use super::{
    MAX_CELL, MAX_COLUMNS, TabularError,
    input::Input,
    keyed::{Met, Named, Records},
    letters::Letters,
    limits::MAX_PIECE,
    xml_stream::{Events, push_text},
};

/// How many elements tell which of them repeat.
const LOOKED_AT: usize = 20_000;
/// The most kinds of elements that are told apart for it.
const MAX_PATHS: usize = 2_000;
/// What stands between the texts of elements of one name.
const BETWEEN: &str = "; ";

/// The rows of a file.
pub(super) struct Elements {
    input: Input,
    events: Events,
    /// The names of the elements from the root to a row.
    row: Vec<String>,
    /// The elements that are open.
    path: Vec<String>,
}

impl Elements {
    /// Open a file; its rows are the elements of the asked kind.
    pub(super) fn open(input: &Input, reading: &Reading) -> Result<Self, TabularError> {
        let row = rows_of(input, reading)?.into_iter().nth(usize::from(reading.sheet)).ok_or(TabularError::NoSuchPart)?;
        Ok(Elements { input: input.clone(), events: events(input, reading)?, row, path: Vec::new() })
    }

    /// The names of the elements that may be rows.
    pub(super) fn names(input: &Input, reading: &Reading) -> Result<Vec<String>, TabularError> {
        Ok(rows_of(input, reading)?.iter().map(|path| path.last().cloned().unwrap_or_default()).collect())
    }
}

fn events(input: &Input, reading: &Reading) -> Result<Events, TabularError> {
    Ok(Events::new(Box::new(Letters::open(input, reading.encoding)?), Format::Xml))
}

impl Records for Elements {
    fn next(&mut self, named: &mut Named) -> Result<Met, TabularError> {
        // The names within the row, each with its length before it was opened.
        let (mut name, mut lengths) = (String::new(), Vec::new());
        let mut text = String::new();
        let mut bytes = 0;
        loop {
            let within = self.path.len() >= self.row.len() && self.path.starts_with(&self.row);
            match self.events.next()? {
                Event::Start(start) => {
                    if within {
                        bytes += put(named, &name, std::mem::take(&mut text));
                        lengths.push(name.len());
                        if !name.is_empty() {
                            name.push('.');
                        }
                        name.push_str(start.local_name().into_inner());
                    }
                    self.path.push(start.local_name().into_inner().to_owned());
                    if self.path.len() >= self.row.len() && self.path.starts_with(&self.row) && bytes <= MAX_PIECE {
                        bytes += attributes(named, &name, &start);
                    }
                }
                Event::Empty(start) => {
                    let local = start.local_name().into_inner();
                    if within && bytes <= MAX_PIECE {
                        let inner = if name.is_empty() { local.to_owned() } else { format!("{name}.{local}") };
                        bytes += put(named, &inner, String::new()) + attributes(named, &inner, &start);
                    } else if self.path.len() + 1 == self.row.len()
                        && self.row.starts_with(&self.path)
                        && self.row.last().is_some_and(|last| last == local)
                    {
                        attributes(named, "", &start);
                        return Ok(Met::Record);
                    }
                }
                Event::End(_) => {
                    let is_row = within && self.path.len() == self.row.len();
                    if within && bytes <= MAX_PIECE {
                        // The text of a row without elements is its only cell.
                        let own = if is_row && named.is_empty() { self.row.last().map_or("", String::as_str) } else { name.as_str() };
                        bytes += put(named, own, std::mem::take(&mut text));
                    }
                    text.clear();
                    if let Some(length) = lengths.pop() {
                        name.truncate(length);
                    }
                    self.path.pop();
                    if is_row && bytes > MAX_PIECE {
                        let shown = named.iter().map(|(_, value)| value.chars().take(40).collect::<String>()).take(20).collect::<Vec<_>>();
                        return Ok(Met::Broken(shown.join(" | "), Problem::CellTooLarge { max: MAX_CELL as u64 }));
                    }
                    if is_row {
                        return Ok(Met::Record);
                    }
                }
                Event::Eof => return if self.path.is_empty() { Ok(Met::End) } else { Err(TabularError::Damaged(Format::Xml)) },
                event if within && text.len() <= MAX_CELL && bytes <= MAX_PIECE => push_text(&event, &mut text),
                _ => {}
            }
        }
    }

    fn done(&self) -> u64 {
        self.input.done()
    }
}

/// Adds a text under a name; elements of one name stand behind each other. White space between elements is none. The
/// answer is how many bytes that takes.
fn put(named: &mut Named, name: &str, text: String) -> usize {
    let text = text.trim();
    let (bytes, n) = (text.len() + name.len() + 48, named.len());
    match named.iter_mut().find(|(one, _)| one == name) {
        Some(_) if text.is_empty() => {}
        Some((_, old)) if old.is_empty() => text.clone_into(old),
        Some((_, old)) => {
            old.push_str(BETWEEN);
            old.push_str(text);
        }
        None if text.is_empty() => return 0,
        // More names than columns are possible: the row is refused as too large.
        None if n >= MAX_COLUMNS => return MAX_PIECE + 1,
        None => named.push((name.to_owned(), text.to_owned())),
    }
    bytes
}

/// Attributes are cells like elements; what only tells about the document isn't.
fn attributes(named: &mut Named, name: &str, start: &BytesStart<'_>) -> usize {
    let mut bytes = 0;
    for one in start.attributes().with_checks(false).flatten() {
        let key = one.key.into_inner();
        if key == "xmlns" || key.starts_with("xmlns:") || key.starts_with("xsi:") || key.starts_with("xml:") {
            continue;
        }
        let local = one.key.local_name().into_inner();
        let inner = if name.is_empty() { local.to_owned() } else { format!("{name}.{local}") };
        let value = one.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| one.value.to_string(), |value| value.into_owned());
        bytes += put(named, &inner, value);
    }
    bytes
}

/// What is known of a kind of elements, by the names from the root to it.
struct Kind {
    path: Vec<String>,
    n: usize,
    /// Whether something lies in it or is said about it.
    has_parts: bool,
}

/// The kinds of elements that may be rows, the likeliest first: those that repeat and have parts, nearest to the root;
/// else texts that repeat; else what lies under the root; else the root.
fn rows_of(input: &Input, reading: &Reading) -> Result<Vec<Vec<String>>, TabularError> {
    let kinds = kinds(input, reading)?;
    let repeats = |kind: &&Kind| kind.n > 1 && kind.path.len() > 1;
    let mut found: Vec<&Kind> = kinds.iter().filter(repeats).filter(|kind| kind.has_parts).collect();
    if found.is_empty() {
        found = kinds.iter().filter(repeats).collect();
    }
    if found.is_empty() {
        found = kinds.iter().filter(|kind| kind.path.len() == 2 && kind.has_parts).take(1).collect();
    }
    if found.is_empty() {
        found = kinds.iter().take(1).collect();
    }
    found.sort_by_key(|kind| kind.path.len());
    // What lies within rows are parts of them.
    let mut rows: Vec<Vec<String>> = Vec::new();
    for kind in found {
        if !rows.iter().any(|row| kind.path.starts_with(row)) {
            rows.push(kind.path.clone());
        }
    }
    if rows.is_empty() { Err(TabularError::NoTable) } else { Ok(rows) }
}

fn kinds(input: &Input, reading: &Reading) -> Result<Vec<Kind>, TabularError> {
    let mut events = events(input, reading)?;
    let mut kinds: Vec<Kind> = Vec::new();
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    // Those met once in each of their parents don't repeat, however many parents there are.
    let mut in_parent: Vec<HashSet<usize>> = vec![HashSet::new()];
    for _ in 0..LOOKED_AT {
        let event = events.next()?;
        let (start, is_empty) = match &event {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(_) => {
                path.pop();
                open.pop();
                in_parent.pop();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        if let Some(parent) = open.last().copied().flatten().and_then(|at| kinds.get_mut(at)) {
            parent.has_parts = true;
        }
        path.push(start.local_name().into_inner().to_owned());
        let known = kinds.iter().position(|kind| kind.path == path);
        let at = match known {
            Some(at) => Some(at),
            None if kinds.len() < MAX_PATHS => {
                kinds.push(Kind { path: path.clone(), n: 1, has_parts: false });
                Some(kinds.len() - 1)
            }
            None => None,
        };
        if let Some(at) = at {
            if in_parent.last_mut().is_some_and(|met| !met.insert(at)) {
                kinds[at].n += 1;
            }
            kinds[at].has_parts |= start.attributes().with_checks(false).next().is_some();
        }
        if is_empty {
            path.pop();
        } else {
            open.push(at);
            in_parent.push(HashSet::new());
        }
    }
    Ok(kinds)
}
