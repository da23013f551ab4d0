//! Address cards, version 4 (RFC 6350). What a card has no place for stands behind `X-LAGUNE-` and its internal name; for
//! people the pool's own fields are told in a note as well, because address books show nothing else.

use domain::{
    export::{Cell, Scribe, Values},
    id::ProfileId,
    lang::Text,
    value::show,
};

use super::writer::Writer;

/// So many bytes a line has before it is folded (RFC 6350, 3.2).
const LINE: usize = 75;

/// Fields that a card has a place for.
const PLACED: [&str; 15] = [
    "NAME",
    "FIRSTNAME",
    "TITLE",
    "COMPANY",
    "STREET",
    "CITY",
    "STATE",
    "ZIP",
    "COUNTRY",
    "EMAIL",
    "PHONE",
    "MOBILEPREFIX",
    "MOBILE",
    "FAX",
    "BIRTHDAY",
];

/// Further ones, that are written as they stand in the pool.
const SIMPLE: [(&str, &str); 2] = [("WEBSITE", "URL"), ("LANGUAGE", "LANG")];

/// Writes cards.
pub(super) struct Vcard {
    scribe: Scribe,
    /// Where the columns are that a card has a place for.
    placed: Vec<(&'static str, usize)>,
    /// The others, and what they are called there.
    others: Vec<(usize, String)>,
}

impl Vcard {
    pub(super) fn new(scribe: Scribe) -> Self {
        let at = |key: &str| scribe.fields().position(|field| field.key == key);
        let known = || PLACED.into_iter().chain(SIMPLE.map(|(key, _)| key));
        let placed: Vec<_> = known().filter_map(|key| Some((key, at(key)?))).collect();
        let others = scribe.fields().enumerate().filter(|(_, field)| known().all(|key| key != field.key));
        let others = others.map(|(nth, field)| (nth, format!("X-LAGUNE-{}", field.key.replace('_', "-")))).collect();
        Self { scribe, placed, others }
    }

    /// What stands in a field, as people read it; nothing where it is empty or not among the columns.
    fn word(&self, key: &str, cells: &[Cell<'_>]) -> String {
        let Some((_, nth)) = self.placed.iter().find(|(other, _)| *other == key) else { return String::new() };
        match (key, &cells[*nth]) {
            (_, Cell::Empty) => String::new(),
            (_, Cell::Text(text)) if !matches!(key, "COUNTRY" | "STATE") => (*text).to_owned(),
            (_, cell) => cell
                .value()
                .map_or_else(String::new, |value| show(self.scribe.field(*nth), &value, self.scribe.lang(), &self.scribe.wall_zone())),
        }
    }
}

impl Writer for Vcard {
    fn row(&mut self, id: ProfileId, cells: &[Cell<'_>], out: &mut Vec<u8>) {
        const NAMELESS: Text = Text::new("Profil", "Profile");
        let word = |key: &str| self.word(key, cells);
        let [name, first, company, email] = ["NAME", "FIRSTNAME", "COMPANY", "EMAIL"].map(word);
        line(out, "BEGIN", "VCARD");
        line(out, "VERSION", "4.0");
        let whole = [first.as_str(), name.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let called = [&whole, &company, &email].into_iter().find(|text| !text.is_empty());
        line(out, "FN", &called.map_or_else(|| format!("{} {id}", NAMELESS.get(self.scribe.lang())), |text| escaped(text)));
        parts(out, "N", &[&name, &first, "", &word("TITLE"), ""]);
        parts(out, "ORG", &[&company]);
        text(out, "EMAIL", &email);
        text(out, "TEL;TYPE=voice", &word("PHONE"));
        text(out, "TEL;TYPE=cell", [word("MOBILEPREFIX"), word("MOBILE")].join(" ").trim());
        text(out, "TEL;TYPE=fax", &word("FAX"));
        let address = ["STREET", "CITY", "STATE", "ZIP", "COUNTRY"].map(word);
        let [street, city, state, zip, country] = address.each_ref().map(String::as_str);
        parts(out, "ADR", &["", "", street, city, state, zip, country]);
        for (key, property) in SIMPLE {
            let at = self.placed.iter().find(|(other, _)| *other == key);
            text(out, property, at.and_then(|(_, nth)| cells[*nth].text()).unwrap_or_default());
        }
        let birthday = self.placed.iter().find(|(key, _)| *key == "BIRTHDAY").map(|(_, nth)| *nth);
        if let Some(day) = birthday.and_then(|nth| self.scribe.json(nth, &cells[nth], None).as_str().map(str::to_owned)) {
            line(out, "BDAY", &day.replace('-', ""));
        }
        let home = self.scribe.country_of(cells).map(str::to_owned);
        let mut note = String::new();
        for (nth, property) in &self.others {
            let value = self.scribe.text(*nth, &cells[*nth], home.as_deref()).into_owned();
            text(out, property, &value);
            let field = self.scribe.field(*nth);
            if self.scribe.values() == Values::Labels && field.internal.is_none() && !field.standard && !value.is_empty() {
                note.push_str(&format!("{}: {value}\n", field.label(self.scribe.lang())));
            }
        }
        text(out, "NOTE", note.trim_end());
        line(out, "END", "VCARD");
    }
}

/// A property of one text; nothing where it is empty.
fn text(out: &mut Vec<u8>, property: &str, value: &str) {
    if !value.is_empty() {
        line(out, property, &escaped(value));
    }
}

/// A property of several parts; nothing where all are empty.
fn parts(out: &mut Vec<u8>, property: &str, parts: &[&str]) {
    if parts.iter().any(|part| !part.is_empty()) {
        line(out, property, &parts.iter().map(|part| escaped(part)).collect::<Vec<_>>().join(";"));
    }
}

/// What would end a part stands behind a backslash (RFC 6350, 3.4).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// A line; a long one goes on behind a space, and no letter is torn apart.
fn line(out: &mut Vec<u8>, property: &str, value: &str) {
    let whole = format!("{property}:{value}");
    let (mut rest, mut room) = (whole.as_str(), LINE);
    while rest.len() > room {
        let at = (0..=room).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(room);
        out.extend_from_slice(&rest.as_bytes()[..at]);
        out.extend_from_slice(b"\r\n ");
        rest = &rest[at..];
        // The space counts.
        room = LINE - 1;
    }
    out.extend_from_slice(rest.as_bytes());
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests;
