//! Records of named values (JSON, XML, vCard) as rows: every name that the first thousand have becomes a column.

use std::collections::{HashMap, VecDeque};

use domain::{import::RowProblem, problem::Problem};

use super::{MAX_CELL, MAX_COLUMNS, Next, Position, Record, TabularError};

/// How many records tell which columns there are.
const AHEAD: usize = 1_000;
/// How many bytes of them are kept for it.
const AHEAD_BYTES: usize = 32 << 20;
/// How many late names are told.
const MAX_LATE: usize = 100;

/// The values of a record, by their names, in the order of the file.
pub(super) type Named = Vec<(String, String)>;

/// What [`Records::next`] met.
pub(super) enum Met {
    /// A record; it may be empty.
    Record,
    /// One that can't be read, and how it begins.
    Broken(String, Problem),
    /// The end.
    End,
}

/// What reads records.
pub(super) trait Records: Send {
    /// The next record into `named`, which is empty.
    fn next(&mut self, named: &mut Named) -> Result<Met, TabularError>;

    /// How many bytes of the file were read for it.
    fn done(&self) -> u64;
}

/// The records of a file as a table.
pub(super) struct Keyed {
    records: Box<dyn Records>,
    ahead: VecDeque<Numbered>,
    headings: Vec<String>,
    columns: HashMap<String, usize>,
    late: Vec<String>,
    /// How many records were read, and how many handed out.
    read: u64,
    last: u64,
    cells: Vec<String>,
}

/// A record, or why it can't be read, with its number.
type Numbered = (u64, Result<Named, RowProblem>);

impl Keyed {
    pub(super) fn open(records: Box<dyn Records>) -> Result<Self, TabularError> {
        let mut keyed = Keyed {
            records,
            ahead: VecDeque::new(),
            headings: Vec::new(),
            columns: HashMap::new(),
            late: Vec::new(),
            read: 0,
            last: 0,
            cells: Vec::new(),
        };
        let mut bytes = 0;
        while keyed.ahead.len() < AHEAD && bytes < AHEAD_BYTES {
            let Some((number, met)) = keyed.next()? else { break };
            if let Ok(named) = &met {
                for (name, value) in named {
                    bytes += name.len() + value.len() + 48;
                    if !keyed.columns.contains_key(name) {
                        if keyed.headings.len() == MAX_COLUMNS {
                            return Err(TabularError::TooManyColumns(MAX_COLUMNS + 1));
                        }
                        keyed.columns.insert(name.clone(), keyed.headings.len());
                        keyed.headings.push(name.clone());
                    }
                }
            }
            keyed.ahead.push_back((number, met));
        }
        if keyed.headings.is_empty() {
            return Err(TabularError::NoTable);
        }
        Ok(keyed)
    }

    /// The next record with its number; those without any value are passed over.
    fn next(&mut self) -> Result<Option<Numbered>, TabularError> {
        loop {
            let mut named = Named::new();
            let met = self.records.next(&mut named)?;
            if matches!(met, Met::End) {
                return Ok(None);
            }
            self.read += 1;
            match met {
                Met::Broken(shown, reason) => return Ok(Some((self.read, Err(RowProblem::new(self.read, "", &shown, reason))))),
                _ if named.iter().all(|(_, value)| value.trim().is_empty()) => {}
                _ => return Ok(Some((self.read, Ok(named)))),
            }
        }
    }

    pub(super) fn headings(&self) -> &[String] {
        &self.headings
    }

    pub(super) fn late_names(&self) -> &[String] {
        &self.late
    }

    pub(super) fn position(&self) -> Position {
        Position { byte: self.records.done(), row: self.last }
    }

    /// Pass over the records up to this number.
    pub(super) fn skip_to(&mut self, row: u64) -> Result<(), TabularError> {
        while self.ahead.front().is_some_and(|(number, _)| *number <= row) {
            self.ahead.pop_front();
        }
        if self.ahead.is_empty() {
            while let Some((number, met)) = self.next()? {
                if number > row {
                    self.ahead.push_back((number, met));
                    break;
                }
                self.note_late(met.as_deref().unwrap_or_default());
            }
        }
        self.last = row;
        Ok(())
    }

    /// Remember the names that have no column.
    fn note_late(&mut self, named: &[(String, String)]) {
        for (name, _) in named {
            if !self.columns.contains_key(name) && self.late.len() < MAX_LATE && !self.late.contains(name) {
                self.late.push(name.chars().take(200).collect());
            }
        }
    }

    pub(super) fn read(&mut self, record: &mut Record) -> Result<Next, TabularError> {
        let next = match self.ahead.pop_front() {
            Some(next) => Some(next),
            None => self.next()?,
        };
        let Some((number, met)) = next else { return Ok(Next::End) };
        self.last = number;
        let named = match met {
            Ok(named) => named,
            Err(problem) => return Ok(Next::Refused(problem)),
        };
        let refused = |name: &str, value: &str, reason| Ok(Next::Refused(RowProblem::new(number, name, value, reason)));
        if let Some((name, value)) = named.iter().find(|(_, value)| value.len() > MAX_CELL) {
            return refused(name, value, Problem::CellTooLarge { max: MAX_CELL as u64 });
        }
        if let Some((name, value)) = named.iter().find(|(_, value)| value.contains('\0')) {
            return refused(name, value, Problem::NulByte);
        }
        self.note_late(&named);
        self.cells.clear();
        self.cells.resize(self.headings.len(), String::new());
        for (name, value) in named {
            if let Some(at) = self.columns.get(&name) {
                self.cells[*at] = value;
            }
        }
        record.number = number;
        record.text.clear();
        record.ends.clear();
        for cell in &self.cells {
            record.text.push_str(cell);
            record.ends.push(record.text.len());
        }
        Ok(Next::Row)
    }
}
