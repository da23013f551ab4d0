//! What the lines of a card are called as columns: as address lists name them, so that the fields are proposed for them.

use super::line::{Line, parts};
use crate::tabular::keyed::Named;

/// A card as it is read.
#[derive(Debug, Default)]
pub(super) struct Card {
    single: Named,
    /// What may come several times; the second is called `E-Mail 2`.
    several: Vec<Several>,
    addresses: Vec<(bool, Vec<(&'static str, String)>)>,
}

#[derive(Debug)]
struct Several {
    name: &'static str,
    preferred: bool,
    value: String,
}

/// The parts of an address, in their order.
const ADDRESS: [&str; 7] = ["Postfach", "Adresszusatz", "Straße", "Ort", "Bundesland", "PLZ", "Land"];
/// The parts of a name, in their order.
const NAME: [&str; 5] = ["Nachname", "Vorname", "Weitere Vornamen", "Namenspräfix", "Namenssuffix"];

impl Card {
    /// Takes a line over. Pictures, sounds and keys are left out; whatever has no name in lists keeps its own.
    pub(super) fn take(&mut self, line: &Line) {
        if line.is_binary {
            return;
        }
        match line.name.as_str() {
            "VERSION" | "PRODID" | "REV" | "PHOTO" | "LOGO" | "SOUND" | "KEY" | "AGENT" => {}
            "N" => {
                let parts = parts(&line.value, ';');
                for (name, value) in NAME.iter().zip(parts) {
                    self.put(name, value);
                }
            }
            "ORG" => {
                let parts = parts(&line.value, ';');
                for (name, value) in ["Firma", "Abteilung"].iter().zip(parts) {
                    self.put(name, value);
                }
            }
            "ADR" => {
                let parts =
                    ADDRESS.into_iter().zip(parts(&line.value, ';')).filter(|(_, value)| !value.trim().is_empty()).collect::<Vec<_>>();
                if !parts.is_empty() {
                    self.addresses.push((line.is_preferred(), parts));
                }
            }
            "EMAIL" => self.several("E-Mail", line, ""),
            "TEL" if line.is_type("cell") => self.several("Mobil", line, "tel:"),
            "TEL" if line.is_type("fax") => self.several("Fax", line, "tel:"),
            "TEL" => self.several("Telefon", line, "tel:"),
            "URL" => self.several("Website", line, ""),
            "CATEGORIES" => self.put("Kategorien", parts(&line.value, ',').join("; ")),
            "GENDER" => self.put("Geschlecht", parts(&line.value, ';').swap_remove(0)),
            "FN" => self.put("Anzeigename", text(line)),
            "NICKNAME" => self.put("Spitzname", text(line)),
            "TITLE" => self.put("Position", text(line)),
            "ROLE" => self.put("Rolle", text(line)),
            "BDAY" => self.put("Geburtstag", text(line)),
            "NOTE" => self.put("Notiz", text(line)),
            "LANG" => self.put("Sprache", text(line)),
            other => self.put(other, text(line)),
        }
    }

    /// The values by the names of their columns.
    pub(super) fn finish(mut self, named: &mut Named) {
        named.append(&mut self.single);
        self.several.sort_by_key(|one| !one.preferred);
        let mut met: Vec<&'static str> = Vec::new();
        for Several { name, value, .. } in self.several {
            met.push(name);
            let n = met.iter().filter(|one| **one == name).count();
            named.push((numbered(name, n), value));
        }
        self.addresses.sort_by_key(|(preferred, _)| !preferred);
        for (n, (_, parts)) in (1..).zip(self.addresses) {
            named.extend(parts.into_iter().map(|(name, value)| (numbered(name, n), value)));
        }
    }

    /// By what somebody recognises a card that can't be read.
    pub(super) fn shown(&self) -> String {
        self.single
            .iter()
            .map(|(_, value)| value.as_str())
            .chain(self.several.iter().map(|one| one.value.as_str()))
            .collect::<Vec<_>>()
            .join(" | ")
    }

    /// What comes again is put behind what is there.
    fn put(&mut self, name: &str, value: String) {
        if value.trim().is_empty() {
            return;
        }
        match self.single.iter_mut().find(|(one, _)| one == name) {
            Some((_, old)) => {
                old.push_str("; ");
                old.push_str(&value);
            }
            None => self.single.push((name.to_owned(), value)),
        }
    }

    fn several(&mut self, name: &'static str, line: &Line, scheme: &str) {
        let value = text(line);
        let value = value.trim();
        let value = value.strip_prefix(scheme).unwrap_or(value).to_owned();
        if !value.is_empty() {
            self.several.push(Several { name, preferred: line.is_preferred(), value });
        }
    }
}

fn text(line: &Line) -> String {
    // No sign separates a single text.
    parts(&line.value, '\0').swap_remove(0)
}

fn numbered(name: &str, n: usize) -> String {
    if n == 1 { name.to_owned() } else { format!("{name} {n}") }
}
