//! The fields that a new pool begins with.

use super::FieldKind;
use crate::lang::Text;

/// A field that every pool has from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandardField {
    /// Its internal name.
    pub key: &'static str,
    /// Its name on the screen until somebody renames it.
    pub label: Text,
    /// Its type.
    pub kind: FieldKind,
}

impl StandardField {
    const fn new(key: &'static str, de: &'static str, en: &'static str, kind: FieldKind) -> Self {
        Self { key, label: Text::new(de, en), kind }
    }

    /// The standard field with this internal name.
    pub fn of(key: &str) -> Option<&'static StandardField> {
        STANDARD.iter().find(|field| field.key == key)
    }
}

/// The standard fields in their order.
pub const STANDARD: &[StandardField] = &[
    StandardField::new("SALUTATION", "Anrede", "Salutation", FieldKind::Salutation),
    StandardField::new("TITLE", "Titel", "Title", FieldKind::SingleLine),
    StandardField::new("FIRSTNAME", "Vorname", "First name", FieldKind::SingleLine),
    StandardField::new("NAME", "Name", "Last name", FieldKind::SingleLine),
    StandardField::new("COMPANY", "Firma", "Company", FieldKind::SingleLine),
    StandardField::new("STREET", "Straße", "Street", FieldKind::SingleLine),
    StandardField::new("ZIP", "PLZ", "Postcode", FieldKind::Postcode),
    StandardField::new("CITY", "Ort", "City", FieldKind::SingleLine),
    StandardField::new("STATE", "Bundesland", "State", FieldKind::State),
    StandardField::new("COUNTRY", "Land", "Country", FieldKind::Country),
    StandardField::new("EMAIL", "E-Mail", "E-mail", FieldKind::Email),
    StandardField::new("PHONE", "Telefon", "Phone", FieldKind::SingleLine),
    StandardField::new("MOBILEPREFIX", "Mobilvorwahl", "Mobile prefix", FieldKind::MobilePrefix),
    StandardField::new("MOBILE", "Mobilnummer", "Mobile number", FieldKind::SingleLine),
    StandardField::new("FAX", "Fax", "Fax", FieldKind::SingleLine),
    StandardField::new("BIRTHDAY", "Geburtstag", "Birthday", FieldKind::Date),
    StandardField::new("WEBSITE", "Website", "Website", FieldKind::SingleLine),
];
