//! Which column probably goes to which field.

use serde::{Deserialize, Serialize};

use super::samples::{self, Look};
use super::{headings as words, importable};
use crate::{
    field::{FieldDef, FieldKind},
    lang::Lang,
    lists::{fold, fold_digraphs},
};

/// A suggestion for one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Place of the column, from 0.
    pub column: usize,
    /// The internal name of the field; none: better left out.
    pub field: Option<String>,
    /// How sure this is, in percent.
    pub confidence: u8,
}

struct Candidate<'a> {
    column: usize,
    field: &'a FieldDef,
    confidence: u8,
}

/// A suggestion for every column, from its heading and from the values of some rows. No field is suggested twice:
/// of two columns that mean one, the surer wins, then the one further left.
///
/// The profile id is suggested as well, though it can't be written: it tells which profile a row of an export is.
pub fn propose(headings: &[String], rows: &[Vec<String>], fields: &[FieldDef]) -> Vec<Proposal> {
    let mut candidates: Vec<Candidate> = (0..headings.len()).flat_map(|column| of_column(column, headings, rows, fields)).collect();
    candidates.sort_by_key(|c| (std::cmp::Reverse(c.confidence), c.column));

    let mut proposals: Vec<_> = (0..headings.len()).map(|column| Proposal { column, field: None, confidence: 0 }).collect();
    for c in candidates {
        let taken = proposals.iter().any(|p| p.field.as_ref() == Some(&c.field.key));
        let proposal = &mut proposals[c.column];
        if !taken && proposal.field.is_none() {
            proposal.field = Some(c.field.key.clone());
            proposal.confidence = c.confidence;
        }
    }
    proposals
}

fn of_column<'a>(column: usize, headings: &[String], rows: &[Vec<String>], fields: &'a [FieldDef]) -> Vec<Candidate<'a>> {
    let heading = headings[column].trim_start_matches('\u{feff}').trim();
    let folded = fold(heading);
    let look = samples::look(rows.iter().filter_map(|row| row.get(column)).map(String::as_str));
    let usable = || fields.iter().filter(|f| importable(f) || f.kind == FieldKind::ProfileId);
    let mut found = Vec::new();
    if !folded.is_empty() {
        // Beside a column "Nachname" or "Family Name", one called "Name" holds the whole name.
        let whole_name = folded == "name" && headings.iter().any(|h| matches!(words::meaning(&fold(h)), Some(("NAME", 95, _))));
        let sure = |field| by_own_name(field, heading, &folded).map(|percent| if whole_name { percent.min(70) } else { percent });
        found.extend(usable().filter_map(|field| Some(Candidate { column, field, confidence: sure(field)? })));
    }
    // "E-Mail*" folds to the word already; "Vorname (Pflichtfeld)" does without its brackets.
    let bare = heading.split(['(', '[']).next().map(fold).filter(|b| *b != folded && !b.is_empty());
    for (name, malus) in [(Some(&folded), 0), (bare.as_ref(), 10)] {
        let Some((key, percent, ask_values)) = name.and_then(|name| words::meaning(name)) else { continue };
        // Some write the academic title where others write "Frau".
        let (key, percent) = if key == "SALUTATION" && look == Some(Look::AcademicTitle) { ("TITLE", 70) } else { (key, percent) };
        let fits = look.and_then(|l| l.fits(key));
        // An e-mail column full of telephone numbers is none, whatever it is called: each of its rows would be refused.
        if ask_values && fits != Some(true) || fits == Some(false) {
            continue;
        }
        found.extend(usable().filter(|f| f.key == key).map(|field| Candidate { column, field, confidence: percent - malus }));
    }
    if let Some(look) = look {
        let (key, percent) = look.field();
        if found.is_empty() && (key == "EMAIL" || words::is_empty(&folded)) {
            found.extend(usable().filter(|f| f.key == key).map(|field| Candidate { column, field, confidence: percent }));
        }
    }
    // A birthday without its year, as Mailchimp has it, is no date.
    let dated = samples::may_be_dates(rows.iter().filter_map(|row| row.get(column)).map(String::as_str));
    found.retain(|candidate| dated || !matches!(candidate.field.kind, FieldKind::Date | FieldKind::DateTime));
    found
}

/// How surely a heading is the name that the pool itself gives the field.
fn by_own_name(field: &FieldDef, heading: &str, folded: &str) -> Option<u8> {
    if heading == field.key {
        return Some(100);
    }
    let labels = [field.label(Lang::De), field.label(Lang::En)];
    if labels.contains(&heading) {
        return Some(99);
    }
    let same = |name: &str| fold(name) == folded || fold_digraphs(name).is_some_and(|n| n == folded);
    (labels.iter().any(|l| same(l)) || same(&field.key)).then_some(97)
}
