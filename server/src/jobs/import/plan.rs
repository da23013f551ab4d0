//! From the cells of a row to the values of a profile.

use std::collections::HashSet;

use domain::{
    field::{FieldDef, FieldKind},
    id::FieldId,
    import::{Mapping, Reading, RowProblem, date_order, importable, matchable, read_cell},
    lang::Lang,
    lists,
    pool::Pool,
    time::Zone,
    value::{DateOrder, ParseContext, Value},
};

use super::error::ImportError;
use crate::tabular::Record;

/// Which cell becomes which value; made once per file.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    targets: Vec<Target>,
    names: Vec<String>,
    /// The column whose country decides about states, prefixes and postcodes of the same row.
    country: Option<usize>,
    key: Option<FieldId>,
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
    /// Check a mapping against the pool and the file before anything is changed.
    pub(crate) fn new(pool: &Pool, headings: &[String], mapping: &Mapping, lang: Lang, zone: &Zone) -> Result<Self, ImportError> {
        let key = match &mapping.key {
            None => None,
            Some(key) => {
                let field = pool.field(key).ok_or_else(|| ImportError::UnknownField(key.clone()))?;
                if !matchable(field) {
                    return Err(ImportError::NoKey(field.label(lang).to_owned()));
                }
                if mapping.column(key).is_none() {
                    return Err(ImportError::MissingKeyColumn { field: field.label(lang).to_owned(), headings: headings.to_vec() });
                }
                Some(field.id)
            }
        };
        let mut targets = Vec::new();
        let mut seen = HashSet::new();
        for (column, name) in mapping.columns.iter().enumerate().take(headings.len()) {
            let Some(name) = name else { continue };
            let field = pool.field(name).ok_or_else(|| ImportError::UnknownField(name.clone()))?;
            if !seen.insert(field.id) {
                return Err(ImportError::FieldTwice(field.label(lang).to_owned()));
            }
            if field.kind != FieldKind::ProfileId && !importable(field) {
                return Err(ImportError::NotImportable(field.label(lang).to_owned()));
            }
            targets.push(Target { column, field: field.clone() });
        }
        if !targets.iter().any(|t| importable(&t.field)) {
            return Err(ImportError::NothingMapped { headings: headings.to_vec() });
        }
        let country = targets.iter().find(|t| t.field.kind == FieldKind::Country).map(|t| t.column);
        let names = headings.iter().enumerate().map(|(i, h)| if h.is_empty() { column_letters(i) } else { h.clone() }).collect();
        Ok(Plan { targets, names, country, key, lang, zone: *zone, date_order: DateOrder::default(), dates_said: false })
    }

    /// Read numbers and dates as the file has them.
    pub(crate) fn with_reading(self, reading: &Reading) -> Self {
        let date_order = reading.dates.unwrap_or(self.date_order);
        Plan { lang: reading.numbers(), date_order, dates_said: reading.dates.is_some(), ..self }
    }

    /// Whether rows have to be looked at for the order of their dates.
    pub(crate) fn has_dates_to_learn(&self) -> bool {
        !self.dates_said && self.targets.iter().any(|t| matches!(t.field.kind, FieldKind::Date | FieldKind::DateTime))
    }

    /// The field by which profiles are found.
    pub(crate) fn key(&self) -> Option<FieldId> {
        self.key
    }

    /// Headings of columns that are not taken over.
    pub(crate) fn left_out(&self) -> Vec<String> {
        let used: HashSet<usize> = self.targets.iter().map(|t| t.column).collect();
        self.names.iter().enumerate().filter(|(i, _)| !used.contains(i)).map(|(_, name)| name.clone()).collect()
    }

    /// Learn from a row whether dates with slashes have the month in front; true once that is known.
    pub(crate) fn learn_dates(&mut self, record: &Record) -> bool {
        for Target { column, .. } in self.targets.iter().filter(|t| matches!(t.field.kind, FieldKind::Date | FieldKind::DateTime)) {
            if let Some(order) = date_order(record.cell(*column)) {
                self.date_order = order;
                return true;
            }
        }
        false
    }

    /// The values of a row; every cell that can't be read becomes a problem. Empty cells are no values: what a
    /// profile has there stays.
    pub(crate) fn read(&self, record: &Record, problems: &mut Vec<RowProblem>) -> Vec<(FieldId, Value)> {
        let country = self.country.and_then(|column| lists::find_country(record.cell(column).trim()));
        let cx = ParseContext { lang: self.lang, zone: &self.zone, date_order: self.date_order, country_hint: country };
        let mut values = Vec::with_capacity(self.targets.len());
        for Target { column, field } in &self.targets {
            let cell = record.cell(*column);
            if cell.is_empty() {
                continue;
            }
            match read_cell(field, cell, &cx) {
                Ok(Some(value)) => values.push((field.id, value)),
                Ok(None) => {}
                Err(reason) => problems.push(RowProblem::new(record.number, &self.names[*column], cell, reason)),
            }
        }
        values
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
