//! The headings that address lists give their columns, in German and English.
//!
//! Collected from what Excel users write and from the exports of HubSpot, Mailchimp, Google Contacts, Outlook
//! (German and English), Salesforce, CleverReach and Apple. Compared folded: case, accents, spaces and signs don't count.

use std::{collections::HashMap, sync::LazyLock};

use crate::lists::{fold, fold_digraphs};

/// Certain names, names that mean the field unless a better column is there, and names that need the values' consent.
type Words = (&'static str, [&'static str; 3]);

#[rustfmt::skip]
const WORDS: &[Words] = &[
    ("SALUTATION", ["Anrede|Salutation|Name Prefix|Anredeform", "Geschlecht|Gender|Sex|Prefix|Honorific|Namenspräfix", ""]),
    ("TITLE", ["Titel|Title|Akademischer Titel|Akad. Titel|Academic Title|Akademischer Grad", "Namenszusatz|Grad|Degree", "Job Title|Organization Title|Position|Organization 1 - Title"]),
    ("FIRSTNAME", ["Vorname|First Name|Firstname|Given Name|Forename|FNAME|Vornamen", "Rufname|Contact First Name|Kontakt Vorname|First", ""]),
    ("NAME", ["Nachname|Last Name|Lastname|Surname|Family Name|Familienname|Zuname|LNAME", "Name|Contact Last Name|Kontakt Nachname|Last", "Full Name|Display Name|Anzeigename|Vollständiger Name"]),
    ("COMPANY", ["Firma|Company|Company Name|Organization Name|Organisation|Organization|Unternehmen|Firmenname|Account Name|Associated Company|Organization 1 - Name|Firma/Organisation", "Arbeitgeber|Betrieb|Institution|Employer|Kunde|Account|Unternehmensname|Company/Account", ""]),
    ("STREET", ["Straße|Strasse|Street|Street Address|Address 1 - Street|Straße und Hausnummer|Straße/Nr.|Straße, Nr.|Straße Nr|Straße/Hausnummer|Str.|Address Line 1|Address 1|Adresszeile 1|Straße geschäftlich|Business Street|Mailing Street|Postanschrift", "Address|Adresse|Anschrift|Straße privat|Home Street|Other Street|Weitere Straße|Billing Street|Address1|Mailing Address|Postal Address|Straßenname", ""]),
    ("ZIP", ["PLZ|Postleitzahl|ZIP|Zip Code|Postal Code|Postcode|Zip/Postal Code|Address 1 - Postal Code|Postleitzahl geschäftlich|PLZ geschäftlich|Business Postal Code|Mailing Zip/Postal Code|Mailing Postal Code|Mailing Zip", "Postleitzahl privat|Home Postal Code|Other Postal Code|Weitere Postleitzahl|Billing Zip/Postal Code|Postal|Zip/Postal", ""]),
    ("CITY", ["Ort|Stadt|City|Town|Wohnort|Address 1 - City|Ort geschäftlich|Business City|Mailing City|City/Town|Ortsname|Gemeinde", "Ort privat|Home City|Other City|Weiterer Ort|Billing City|Locality|Sitz", ""]),
    ("STATE", ["Bundesland|State|State/Region|State/Province|Kanton|Canton|Province|Address 1 - Region|Region geschäftlich|Bundesland/Kanton geschäftlich|Bundesland/Kanton|Bundesland geschäftlich|Business State|Mailing State/Province|Mailing State", "Region|Region privat|Home State|Other State|Weitere Region|Billing State/Province|Provinz|County|Bezirk", ""]),
    ("COUNTRY", ["Land|Country|Country/Region|Land/Region|Staat|Address 1 - Country|Land/Region geschäftlich|Land geschäftlich|Business Country/Region|Business Country|Mailing Country|Nation", "Ländercode|Länderkennzeichen|Landeskennzeichen|Country Code|CountryCode|Land/Region privat|Home Country/Region|Home Country|Other Country/Region|Weiteres/e Land/Region|Billing Country|ISO Country", ""]),
    ("EMAIL", ["E-Mail|Email|E-Mail-Adresse|Email Address|E-Mail Address|Mail|Mailadresse|E-Mail 1 - Value|E-mail 1|Email 1|Primary Email|Emails|eMail-Adresse|Email-Addresse", "Business Email|Work Email|Work E-Mail|E-Mail geschäftlich|E-Mail (geschäftlich)|E-Mail dienstlich|Contact Email|Home Email|E-Mail privat|Elektronische Post|Mail-Adresse", ""]),
    ("PHONE", ["Telefon|Phone|Telephone|Tel.|Tel|Phone Number|Telefonnummer|Festnetz|Telefon geschäftlich|Business Phone|Phone 1 - Value|Rufnummer|Fon|Telefon Festnetz|Primary Phone|Work Phone|Telephone Number", "Telefon privat|Home Phone|Telefon 1|Phone 1|Festnetznummer|Durchwahl|Hauptnummer Firma|Company Main Phone|Other Phone|Weiteres Telefon|Telefon dienstlich", ""]),
    ("MOBILEPREFIX", ["Mobilvorwahl|Mobile Prefix|Handyvorwahl|Vorwahl mobil|Mobilfunkvorwahl", "", ""]),
    ("MOBILE", ["Mobil|Mobile|Handy|Mobiltelefon|Mobile Phone|Mobile Phone Number|Mobilnummer|Handynummer|Mobile Number|Cell Phone|Cell|Mobilfunk|Telefon mobil|Phone (Mobile)|Phone: Mobile|Mobilfunknummer", "Mobiltelefon 2|Phone 2|Telefon 2|Natel", "Phone 2 - Value"]),
    ("FAX", ["Fax|Telefax|Fax Number|Faxnummer|Business Fax|Fax geschäftlich|Phone (Fax)", "Fax privat|Home Fax|Other Fax|Weiteres Fax", ""]),
    ("BIRTHDAY", ["Geburtstag|Birthday|Geburtsdatum|Date of Birth|DOB|Birth Date|Birthdate|Geb.-Datum|Geb. Datum|Geboren am|Geboren|Geb.", "Birth|Geburt", ""]),
    ("WEBSITE", ["Website|Webseite|Website URL|Homepage|Web Page|Webpage|Web|Website 1 - Value|Internet|Internetadresse|Web Site|WWW|Internetseite", "URL|Link|Domain|Company Domain Name|Firmenwebseite", ""]),
    ("LANGUAGE", ["Sprache|Language|Preferred Language|Bevorzugte Sprache|Korrespondenzsprache|Sprachcode|Language Code", "Locale", ""]),
    ("EXTERNALID", ["Externe ID|External ID|Kundennummer|Customer Number|Kunden-Nr.|Kundennr|Kdnr|Customer ID|Kunden-ID", "Record ID|Contact ID|Contact-ID|Kontakt-ID|Kontaktnummer|Debitor|Debitorennummer|Mitgliedsnummer|Record ID - Contact", ""]),
];

/// A field that a heading may mean, how surely (percent), and whether only values can settle it.
pub(super) type Meaning = (&'static str, u8, bool);

static MEANINGS: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    let levels = [(95, false), (80, false), (70, true)];
    for (field, lists) in WORDS {
        for (list, (percent, ask_values)) in lists.iter().zip(levels) {
            for word in list.split('|').filter(|w| !w.is_empty()) {
                for key in [Some(fold(word)), fold_digraphs(word)].into_iter().flatten() {
                    all.entry(key).or_insert((*field, percent, ask_values));
                }
            }
        }
    }
    all
});

/// What a folded heading usually means.
pub(super) fn meaning(folded: &str) -> Option<Meaning> {
    MEANINGS.get(folded).copied()
}

/// Whether a heading says nothing: empty, or a number that a program gave (`Spalte 3`, `Column 3`, `Feld3`).
pub(super) fn is_empty(folded: &str) -> bool {
    let word = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(word, "" | "spalte" | "column" | "feld" | "field" | "unnamed" | "unbenannt" | "col" | "f")
}
