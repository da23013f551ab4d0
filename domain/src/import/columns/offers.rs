//! Columns whose values show that they should be split or joined.

use super::split::split;
use super::{By, Goes};
use crate::field::FieldDef;
use crate::import::{Proposal, importable};
use crate::lang::Lang;
use crate::lists::fold;

/// A way that a column could go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Place of the column, from 0.
    pub column: usize,
    /// The way.
    pub goes: Goes,
    /// Whether nearly all values fit and no other column holds the same: it can be put in before anybody asks.
    pub sure: bool,
}

/// Headings of columns that hold whole names.
const WHOLE_NAMES: [&str; 16] = [
    "name",
    "fullname",
    "displayname",
    "anzeigename",
    "vollstandigername",
    "vollername",
    "kontakt",
    "ansprechpartner",
    "ansprechpartnerin",
    "person",
    "teilnehmer",
    "mitglied",
    "vorundnachname",
    "vornamenachname",
    "nachnamevorname",
    "kontaktperson",
];
const NUMBERS: [&str; 8] = ["hausnummer", "hausnr", "hnr", "hausno", "housenumber", "houseno", "streetnumber", "streetno"];

/// What the values of some rows offer beside [`propose`](crate::import::propose), whose answer is `proposals`: where three of
/// five filled values can be taken apart wholly; surely where nine of ten can.
pub fn offers(headings: &[String], rows: &[Vec<String>], fields: &[FieldDef], proposals: &[Proposal]) -> Vec<Offer> {
    let sheet = Sheet { headings, rows, fields, proposals };
    let mut found: Vec<Offer> = (0..headings.len()).flat_map(|at| [sheet.name(at), sheet.street(at), sheet.town(at)]).flatten().collect();
    found.extend(sheet.streets_with_numbers());
    found
}

struct Sheet<'a> {
    headings: &'a [String],
    rows: &'a [Vec<String>],
    fields: &'a [FieldDef],
    proposals: &'a [Proposal],
}

impl Sheet<'_> {
    fn values(&self, at: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.key == key && importable(field))
    }

    fn proposed(&self, at: usize) -> Option<&str> {
        self.proposals.iter().find(|one| one.column == at)?.field.as_deref()
    }

    /// Whether another column is proposed for one of these fields.
    fn elsewhere(&self, at: usize, fields: &[&str]) -> bool {
        self.proposals.iter().any(|one| one.column != at && one.field.as_deref().is_some_and(|field| fields.contains(&field)))
    }

    fn heading(&self, at: usize) -> String {
        self.headings.get(at).map(|heading| fold(heading)).unwrap_or_default()
    }

    /// Of ten filled values so many can be taken apart wholly; none without values.
    fn tenths(&self, at: usize, by: By, n: usize) -> usize {
        let all = self.values(at).count();
        let whole = self.values(at).filter(|value| split(by, "", value, n).1).count();
        (whole * 10).checked_div(all).unwrap_or_default()
    }

    fn offer(&self, column: usize, by: By, keys: &[&str]) -> Option<Offer> {
        let tenths = self.tenths(column, by, keys.len());
        let fields: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let sure = tenths >= 9 && !self.elsewhere(column, keys);
        (tenths >= 6).then_some(Offer { column, goes: Goes::Split { by, fields, at: String::new() }, sure })
    }

    fn name(&self, at: usize) -> Option<Offer> {
        let heading = self.heading(at);
        let whole = WHOLE_NAMES.contains(&heading.as_str());
        if !(self.has("FIRSTNAME") && self.has("NAME")) || !(whole || self.proposed(at) == Some("NAME") || heading.is_empty()) {
            return None;
        }
        // Salutations and titles get their own fields where they occur.
        let filled = |part: usize| self.values(at).any(|value| !split(By::Name, "", value, 4).0[part].is_empty());
        let keys: &[&str] = match (self.has("SALUTATION") && self.has("TITLE") && filled(0), self.has("TITLE") && filled(1)) {
            (true, _) => &["SALUTATION", "TITLE", "FIRSTNAME", "NAME"],
            (false, true) => &["TITLE", "FIRSTNAME", "NAME"],
            (false, false) => &["FIRSTNAME", "NAME"],
        };
        let offer = self.offer(at, By::Name, keys)?;
        Some(Offer { sure: offer.sure && whole, ..offer })
    }

    /// The field for numbers of houses, which pools have only if somebody made it.
    fn number_field(&self) -> Option<&str> {
        let named = |name: &str| NUMBERS.contains(&fold(name).as_str());
        let is =
            |field: &&FieldDef| importable(field) && (named(&field.key) || named(field.label(Lang::De)) || named(field.label(Lang::En)));
        self.fields.iter().find(is).map(|field| field.key.as_str())
    }

    fn street(&self, at: usize) -> Option<Offer> {
        let number = self.number_field().filter(|_| self.has("STREET") && self.proposed(at) == Some("STREET"))?;
        self.offer(at, By::Street, &["STREET", number])
    }

    fn town(&self, at: usize) -> Option<Offer> {
        let heading = self.heading(at);
        let both = ["plz", "postleitzahl", "zip", "postcode", "postal"].iter().any(|word| heading.contains(word))
            && ["ort", "stadt", "city", "town"].iter().any(|word| heading.contains(word));
        let near = both || heading.is_empty() || matches!(self.proposed(at), Some("CITY" | "ZIP"));
        if !(near && self.has("ZIP") && self.has("CITY")) {
            return None;
        }
        self.offer(at, By::Town, &["ZIP", "CITY"])
    }

    /// A street and a number in columns of their own, where the pool has one field for both.
    fn streets_with_numbers(&self) -> Vec<Offer> {
        let street = (0..self.headings.len()).find(|at| self.proposed(*at) == Some("STREET"));
        let number = (0..self.headings.len()).find(|at| NUMBERS.contains(&self.heading(*at).as_str()) && self.proposed(*at).is_none());
        let (Some(street), Some(number), None) = (street, number, self.number_field()) else { return Vec::new() };
        let bare = self.values(street).all(|value| !value.ends_with(|c: char| c.is_ascii_digit()));
        let sure = bare && street < number && self.values(number).all(|value| value.starts_with(|c: char| c.is_ascii_digit()));
        let goes = Goes::Join { field: "STREET".to_owned(), with: " ".to_owned() };
        [street, number].map(|column| Offer { column, goes: goes.clone(), sure }).into()
    }
}
