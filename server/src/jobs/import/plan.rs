//! From the cells of a row to the values of a profile.

use std::{collections::HashSet, sync::Arc};

use domain::{
    config::file::MAX_OPTIONS,
    field::{ChoiceOption, FieldDef, FieldKind},
    id::{FieldId, OptionId},
    import::{
        Corrections, Empty, Evidence, Layout, Mapping, Reading, RowProblem, Rules, Unknown, date_order, known_options, option_labels,
        read_cell, takes,
    },
    lang::Lang,
    lists,
    pool::Pool,
    problem::Problem,
    text::Name,
    time::Zone,
    value::{DateOrder, ParseContext, Value, plain},
};
use store::load::{More, NewLabel, Row, mark};

use super::error::ImportError;
use super::told::{self, Told};
use crate::tabular::Record;

/// Which cell becomes which value; made once per file.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    targets: Vec<Target>,
    evidence: Vec<(usize, Evidence, FieldDef)>,
    /// How the columns of the file are called, and behind them those that are made of them.
    names: Arc<[String]>,
    n_columns: usize,
    layout: Layout,
    /// The cells of a row that are made; their memory is kept for the next row.
    made: Vec<String>,
    /// The column whose country decides about states, prefixes and postcodes of the same row.
    country: Option<usize>,
    rules: Rules,
    told: Told,
    /// Cells that somebody has put right.
    corrections: Arc<Corrections>,
    /// How many options this file has brought so far.
    n_options: i64,
    lang: Lang,
    zone: Zone,
    date_order: DateOrder,
    /// Whether somebody has said the order of dates.
    dates_said: bool,
}

#[derive(Clone, Debug)]
struct Target {
    column: usize,
    field: FieldDef,
}

impl Plan {
    /// Check a mapping and rules against the pool and the file before anything is changed.
    pub(crate) fn new(
        pool: &Pool,
        headings: &[String],
        mapping: &Mapping,
        rules: &Rules,
        lang: Lang,
        zone: &Zone,
    ) -> Result<Self, ImportError> {
        let told = told::check(pool, headings, mapping, rules, lang)?;
        told::check_columns(pool, mapping, headings.len(), lang)?;
        let (mut targets, mut evidence) = (Vec::new(), Vec::new());
        let layout = Layout::of(mapping, headings.len());
        for (column, name) in layout.targets() {
            let column = *column;
            if let Some(proof) = Evidence::from_key(name) {
                evidence.push((column, proof, proof.field(lang)));
            } else if let Some(field) = pool.field(name) {
                targets.push(Target { column, field: field.clone() });
            }
        }
        if !targets.iter().any(|t| t.field.kind != FieldKind::ProfileId && takes(&t.field)) {
            return Err(ImportError::NothingMapped { headings: headings.to_vec() });
        }
        // What proves a consent that doesn't rise proves nothing.
        if rules.consent.is_none() {
            evidence.clear();
        }
        let country = targets.iter().find(|t| t.field.kind == FieldKind::Country).map(|t| t.column);
        let mut names: Vec<String> =
            headings.iter().enumerate().map(|(i, h)| if h.is_empty() { column_letters(i) } else { h.clone() }).collect();
        let made: Vec<String> = layout.names(&names).collect();
        names.extend(made);
        Ok(Plan {
            targets,
            evidence,
            names: names.into(),
            n_columns: headings.len(),
            layout,
            made: Vec::new(),
            country,
            rules: rules.clone(),
            told,
            corrections: Arc::default(),
            n_options: 0,
            lang,
            zone: *zone,
            date_order: DateOrder::default(),
            dates_said: false,
        })
    }

    /// Read numbers and dates as the file has them.
    pub(crate) fn with_reading(self, reading: &Reading) -> Self {
        let date_order = reading.dates.unwrap_or(self.date_order);
        Plan { lang: reading.numbers(), date_order, dates_said: reading.dates.is_some(), ..self }
    }

    /// Read these cells as they were put right.
    pub(crate) fn with_corrections(self, corrections: Corrections) -> Self {
        Plan { corrections: Arc::new(corrections), ..self }
    }

    /// Whether rows have to be looked at for the order of their dates.
    pub(crate) fn has_dates_to_learn(&self) -> bool {
        !self.dates_said && self.targets.iter().any(|t| matches!(t.field.kind, FieldKind::Date | FieldKind::DateTime))
    }

    /// The fields with e-mail addresses, and the headings of their columns.
    pub(crate) fn addresses(&self) -> Vec<(FieldId, String)> {
        let mapped = self.targets.iter().filter(|target| target.field.kind == FieldKind::Email);
        mapped.map(|target| (target.field.id, self.names[target.column].clone())).collect()
    }

    /// Headings of columns that are not taken over.
    pub(crate) fn left_out(&self) -> Vec<String> {
        let cells = self.targets.iter().map(|t| t.column).chain(self.evidence.iter().map(|e| e.0));
        let used: HashSet<usize> = cells.flat_map(|cell| self.layout.origin(cell)).collect();
        self.names.iter().enumerate().take(self.n_columns).filter(|(i, _)| !used.contains(i)).map(|(_, name)| name.clone()).collect()
    }

    /// Learn from a row whether dates with slashes have the month in front; true once that is known.
    pub(crate) fn learn_dates(&mut self, record: &Record) -> bool {
        let made = self.make(record);
        let cells = Cells { record, made: &made, n_columns: self.n_columns };
        for Target { column, .. } in self.targets.iter().filter(|t| matches!(t.field.kind, FieldKind::Date | FieldKind::DateTime)) {
            if let Some(order) = date_order(cells.cell(*column)) {
                self.date_order = order;
                return true;
            }
        }
        false
    }

    /// The values of a row, and what its rules ask of it; every cell that can't be read becomes a problem. Empty cells are
    /// no values.
    pub(crate) fn read(&mut self, record: &Record, problems: &mut Vec<RowProblem>) -> Row {
        let (zone, of_all, made) = (self.zone, self.told.country.clone(), self.make(record));
        let (corrections, names) = (Arc::clone(&self.corrections), Arc::clone(&self.names));
        let cells = Cells { record, made: &made, n_columns: self.n_columns };
        // What a refusal shows is what stands in the file, also where it was put right and still can't be read.
        let right = |column: usize| match corrections.is_empty() {
            true => cells.cell(column),
            false => corrections.cell(record.number, &names[column], cells.cell(column)),
        };
        let country = self.country.and_then(|column| lists::find_country(right(column).trim())).or(of_all.as_deref());
        let cx = ParseContext { lang: self.lang, zone: &zone, date_order: self.date_order, country_hint: country };
        let says_empty = self.rules.said_by_empty() != Empty::Keep;
        let mut values = Vec::with_capacity(self.targets.len() + self.told.constants.len());
        let (mut more, n_problems) = (More::default(), problems.len());
        for at in 0..self.targets.len() {
            let Target { column, field } = &self.targets[at];
            let cell = right(*column);
            let read = match cell.is_empty() {
                true => Ok(None),
                false => read_cell(field, cell, &cx),
            };
            let read = match read {
                Err(Problem::UnknownOption { .. }) if self.rules.unknown == Unknown::Skip => {
                    let (value, n) = known_options(field, &option_labels(field, cell), &cx);
                    more.left_out += n as u64;
                    match value {
                        Some(value) => Ok(Some(value)),
                        // What was left out does not say that the field is to be empty.
                        None => continue,
                    }
                }
                Err(Problem::UnknownOption { .. }) if self.rules.unknown == Unknown::Create => self.with_options(at, cell, &cx, &mut more),
                read => read,
            };
            let Target { column, field } = &self.targets[at];
            match read {
                Ok(Some(value)) => values.push((field.id, value)),
                Ok(None) if says_empty => more.empty.push(field.id),
                Ok(None) => {}
                Err(reason) => problems.push(RowProblem::new(record.number, &self.names[*column], cells.cell(*column), reason)),
            }
        }
        for (column, evidence, field) in &self.evidence {
            let cell = right(*column);
            match (evidence, if cell.is_empty() { Ok(None) } else { read_cell(field, cell, &cx) }) {
                (_, Err(reason)) => problems.push(RowProblem::new(record.number, &self.names[*column], cells.cell(*column), reason)),
                (Evidence::Source, Ok(Some(Value::Text(source)))) => more.proof.source = Some(source),
                (Evidence::Time, Ok(Some(Value::Int(at)))) => more.proof.at = Some(at),
                (Evidence::Address, Ok(Some(Value::Text(address)))) => more.proof.address = Some(address),
                _ => {}
            }
        }
        if problems.len() > n_problems {
            // A row that is refused brings no options either.
            for new in more.options.drain(..) {
                let fields = self.targets.iter_mut().map(|target| &mut target.field).filter(|field| field.id == new.field);
                fields.for_each(|field| field.options.retain(|option| option.id != new.stands_for));
            }
        }
        values.extend(self.told.constants.iter().cloned());
        more.mark = self.mark(&values);
        let more = (more != More::default()).then(|| Box::new(more));
        self.made = made;
        Row { number: record.number, values, more }
    }

    /// The cells of a row that no column has as it is; none, and no work, where nothing is split or joined.
    fn make(&mut self, record: &Record) -> Vec<String> {
        let mut made = std::mem::take(&mut self.made);
        if !self.layout.is_plain() {
            self.layout.make(|column| record.cell(column), &mut made);
        }
        made
    }

    /// A cell whose options the field gets; until the store has made them they have numbers below zero.
    fn with_options(&mut self, at: usize, cell: &str, cx: &ParseContext<'_>, more: &mut More) -> Result<Option<Value>, Problem> {
        let field = &mut self.targets[at].field;
        for label in option_labels(field, cell) {
            let (_, unknown) = known_options(field, std::slice::from_ref(&label), cx);
            if unknown == 0 {
                continue;
            }
            if field.options.len() >= MAX_OPTIONS {
                return Err(Problem::TooManyOptions { max: MAX_OPTIONS as u64 });
            }
            let label = String::from(Name::parse(&label)?);
            self.n_options += 1;
            let stands_for = OptionId::new(-self.n_options);
            field.options.push(ChoiceOption { id: stands_for, label: label.clone(), position: i64::MAX });
            more.options.push(NewLabel { field: field.id, stands_for, label });
        }
        read_cell(field, cell, cx)
    }

    /// What tells rows of the same key from others, where the rules ask for it.
    fn mark(&self, values: &[(FieldId, Value)]) -> Option<String> {
        if !self.rules.tells_apart() {
            return None;
        }
        let value = |key: &FieldDef| {
            // With the options that this file has brought.
            let field = self.targets.iter().map(|t| &t.field).find(|field| field.id == key.id).unwrap_or(key);
            values.iter().find(|(known, _)| *known == key.id).map(|(_, value)| plain(field, value))
        };
        let key: Vec<String> = self.told.key.iter().map(value).collect::<Option<_>>()?;
        Some(mark(key.iter().map(String::as_str)))
    }
}

/// The cells of a row: those of the file, and behind them those that are made of them.
struct Cells<'r> {
    record: &'r Record,
    made: &'r [String],
    n_columns: usize,
}

impl<'r> Cells<'r> {
    fn cell(&self, at: usize) -> &'r str {
        match at.checked_sub(self.n_columns) {
            None => self.record.cell(at),
            Some(at) => self.made.get(at).map(String::as_str).unwrap_or_default(),
        }
    }
}

/// A, B … Z, AA as a spreadsheet names its columns.
fn column_letters(mut i: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(i % 26).unwrap_or(0)));
        if i < 26 {
            return letters.into_iter().rev().collect();
        }
        i = i / 26 - 1;
    }
}
