//! Values of people who don't exist, for the calls to copy: addresses and numbers that are reserved for examples.

use serde_json::{Value as Json, json};

use crate::field::{FieldDef, FieldKind};
use crate::pool::Pool;

/// The address of the person in the examples.
pub(super) const EMAIL: &str = "jana.beispiel@example.org";

/// A value of the field in the form that REST takes; none for a selection without options and for what only Lagune fills.
pub(super) fn value(field: &FieldDef) -> Option<Json> {
    if !field.writable() {
        return None;
    }
    if let Some(known) = of_standard(&field.key).filter(|_| field.standard) {
        return Some(known.into());
    }
    Some(match field.kind {
        FieldKind::Selection => field.options.first()?.label.clone().into(),
        FieldKind::MultiSelection => {
            let labels: Vec<Json> = field.options.iter().take(2).map(|option| option.label.clone().into()).collect();
            if labels.is_empty() { return None } else { labels.into() }
        }
        FieldKind::SingleLine if field.internal.is_some() => "A-1001".into(),
        FieldKind::SingleLine => "Beispiel".into(),
        FieldKind::MultiLine => "Erste Zeile\nZweite Zeile".into(),
        FieldKind::Salutation => "female".into(),
        FieldKind::Country => "DE".into(),
        FieldKind::State => "DE-HH".into(),
        FieldKind::MobilePrefix => "+49171".into(),
        FieldKind::Date => "1990-12-31".into(),
        FieldKind::DateTime => "2026-01-31T09:30:00Z".into(),
        FieldKind::Email => EMAIL.into(),
        FieldKind::Boolean => true.into(),
        FieldKind::Integer => 42.into(),
        FieldKind::Postcode => "20457".into(),
        FieldKind::IpAddress => "192.0.2.1".into(),
        FieldKind::Language => "de".into(),
        FieldKind::Permission => "double_opt_in".into(),
        FieldKind::ProfileId | FieldKind::FormRef => json!(1),
    })
}

fn of_standard(key: &str) -> Option<&'static str> {
    Some(match key {
        "TITLE" => "Dr.",
        "FIRSTNAME" => "Jana",
        "NAME" => "Beispiel",
        "COMPANY" => "Beispiel GmbH",
        "STREET" => "Hafenstraße 1",
        "CITY" => "Hamburg",
        // Numbers that the Bundesnetzagentur keeps for films and examples.
        "PHONE" => "+49 30 23125 001",
        "MOBILE" => "39200 01",
        "FAX" => "+49 30 23125 002",
        "WEBSITE" => "https://www.example.org",
        _ => return None,
    })
}

/// The fields that an example fills: who it is, what has to be filled, and some that this pool alone has.
pub(super) fn telling(pool: &Pool) -> Vec<(&FieldDef, Json)> {
    const WHO: [&str; 4] = ["EMAIL", "FIRSTNAME", "NAME", "COUNTRY"];
    /// More would hide the call behind its values.
    const OWN: usize = 4;
    let who = WHO.iter().filter_map(|key| pool.field(key));
    let required = pool.fields.iter().filter(|field| field.required);
    let own = pool.fields.iter().filter(|field| !field.standard && field.internal.is_none());
    let mut chosen: Vec<(&FieldDef, Json)> = Vec::new();
    let mut add = |field| {
        if let Some(value) = value(field).filter(|_| chosen.iter().all(|(other, _): &(&FieldDef, Json)| other.id != field.id)) {
            chosen.push((field, value));
        }
    };
    who.chain(required).for_each(&mut add);
    own.filter(|field| value(field).is_some()).take(OWN).for_each(&mut add);
    chosen
}
