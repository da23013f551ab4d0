use super::*;
use crate::{
    field::STANDARD,
    id::{CategoryId, FieldId},
    lang::Lang,
};

fn field(id: i64, key: &str, kind: FieldKind, internal: Option<Internal>) -> FieldDef {
    let new = FieldDef::new(key, kind, CategoryId::new(1));
    FieldDef { id: FieldId::new(id), position: id, standard: internal.is_none(), internal, ..new }
}

fn fields() -> Vec<FieldDef> {
    let internal = Internal::ALL.iter().map(|i| (i.key(), i.kind(), Some(*i)));
    let standard = STANDARD.iter().map(|s| (s.key, s.kind, None));
    internal.chain(standard).zip(1..).map(|((key, kind, internal), id)| field(id, key, kind, internal)).collect()
}

/// The proposal as `heading → field`, `-` for none.
fn proposed(headings: &str, row: &str, delimiter: char) -> String {
    let cells = |line: &str| line.split(delimiter).map(str::to_owned).collect::<Vec<_>>();
    let rows = if row.is_empty() { vec![] } else { vec![cells(row)] };
    let all = propose(&cells(headings), &rows, &fields());
    all.iter().map(|p| p.field.as_deref().unwrap_or("-")).collect::<Vec<_>>().join(" ")
}

const ALL_17: &str = "SALUTATION TITLE FIRSTNAME NAME COMPANY STREET ZIP CITY STATE COUNTRY EMAIL PHONE MOBILE BIRTHDAY WEBSITE - - - - -";

#[test]
fn the_headings_of_a_german_table_are_known() {
    let headings = "Anrede;Titel;Vorname;Name;Firma;Straße;PLZ;Ort;Bundesland;Land;E-Mail;Telefon;Mobil;Geburtstag;Website;Interessen;Kunde_seit;Umsatz;Newsletter;Notiz";
    assert_eq!(proposed(headings, "", ';'), ALL_17);
}

#[test]
fn the_headings_of_hubspot_are_known_and_a_job_is_no_academic_title() {
    let headings = "Salutation,Job Title,First Name,Last Name,Company Name,Street Address,Postal Code,City,State/Region,Country/Region,Email,Phone Number,Mobile Phone Number,Date of birth,Website URL,Interests,Create Date,Annual Revenue,Marketing contact status,Notes";
    let row = |title| {
        format!(
            "Herr,{title},Leon,Hartmann,,Gartenweg 19b,8001,Zürich,Zürich,CH,leon@mail.example,+41 249 99960891,+41 163 3118906,1990-01-01,,,2023-12-11,1563.92,true,"
        )
    };
    assert_eq!(proposed(headings, &row("Prof. Dr."), ','), ALL_17);
    assert_eq!(proposed(headings, &row("Marketing Manager"), ','), ALL_17.replace("TITLE", "-"));
}

#[test]
fn the_headings_of_mailchimp_google_and_outlook_are_known() {
    let mailchimp = "Anrede,Titel,First Name,Last Name,Company,Address,Zip,City,State,Country,Email Address,Phone,Mobile,Birthday,Website,TAGS,OPTIN_TIME,Umsatz,MEMBER_RATING,NOTES";
    assert_eq!(proposed(mailchimp, "", ','), ALL_17);
    let google = "Name Prefix,Organization Title,First Name,Last Name,Organization Name,Address 1 - Street,Address 1 - Postal Code,Address 1 - City,Address 1 - Region,Address 1 - Country,E-mail 1 - Value,Phone 1 - Value,Phone 2 - Value,Birthday,Website 1 - Value,Labels,Custom Field 1 - Value,Custom Field 2 - Value,Custom Field 3 - Value,Notes";
    let row = "Frau,Prof. Dr.,Anna,Jovanović,,Weg 95,6900,Lugano,Ticino,CH,anna@example.com,+41 376 62599723,+41 79 3118906,1943-03-31,,Sport,2012-07-18,419.08,true,";
    assert_eq!(proposed(google, row, ','), ALL_17);
    let outlook = "Anrede,Titel,Vorname,Nachname,Firma,Straße geschäftlich,Postleitzahl geschäftlich,Ort geschäftlich,Region geschäftlich,Land/Region geschäftlich,E-Mail-Adresse,Telefon geschäftlich,Mobiltelefon,Geburtstag,Webseite,Kategorien,Benutzer 1,Benutzer 2,Benutzer 3,Notizen";
    assert_eq!(proposed(outlook, "", ','), ALL_17);
    let english = "Title,First Name,Last Name,Company,Business Street,Business City,Business State,Business Postal Code,Business Country/Region,E-mail Address,Business Phone,Mobile Phone,Business Fax,Home Street,Web Page";
    assert_eq!(proposed(english, "", ','), "TITLE FIRSTNAME NAME COMPANY STREET CITY STATE ZIP COUNTRY EMAIL PHONE MOBILE FAX - WEBSITE");
}

#[test]
fn a_column_whose_values_no_field_could_take_is_left_out() {
    assert_eq!(proposed("Name Prefix,First Name", "Dr.,Anna", ','), "TITLE FIRSTNAME");
    assert_eq!(proposed("Birthday,First Name", "12/31,Anna", ','), "- FIRSTNAME");
    assert_eq!(proposed("Birthday,First Name", "31. Dezember 1990,Anna", ','), "BIRTHDAY FIRSTNAME");
    assert_eq!(proposed("Email Address,Vorname", "030 1234567,Anna", ','), "- FIRSTNAME");
}

#[test]
fn nothing_is_written_in_many_ways() {
    use crate::value::{DateOrder, ParseContext};
    let zone = crate::time::Zone::UTC;
    let cx = ParseContext { lang: Lang::De, zone: &zone, date_order: DateOrder::default(), country_hint: None };
    let birthday = field(1, "BIRTHDAY", FieldKind::Date, None);
    for cell in ["0/0/00", "00.00.0000", "0000-00-00", "0000-00-00 00:00:00", ""] {
        assert_eq!(read_cell(&birthday, cell, &cx), Ok(None), "{cell}");
    }
    assert_eq!(read_cell(&birthday, "31.02.1990", &cx), Err(Problem::NoSuchDay));
    assert_eq!(date_order("12/31/1990"), Some(DateOrder::Mdy));
    assert_eq!(date_order("03/04/1990"), None);
}

#[test]
fn a_field_is_used_once_even_if_headings_repeat() {
    assert_eq!(proposed("Vorname;Name;E-Mail;Geburtstag;PLZ;Name;Kunde_seit", "", ';'), "FIRSTNAME NAME EMAIL BIRTHDAY ZIP - -");
    assert_eq!(proposed("Name;Family Name;Given Name", "Anna Weber;Weber;Anna", ';'), "- NAME FIRSTNAME");
}

#[test]
fn what_the_export_calls_its_columns_leads_back_to_the_same_fields() {
    let all = fields();
    let back: Vec<_> = all.iter().filter(|f| importable(f) || f.kind == FieldKind::ProfileId).collect();
    let names: [fn(&FieldDef) -> String; 3] = [|f| f.key.clone(), |f| f.label(Lang::De).into(), |f| f.label(Lang::En).into()];
    for name in names {
        let headings: Vec<_> = all.iter().map(name).collect();
        let found: Vec<_> = propose(&headings, &[], &all).into_iter().filter_map(|p| p.field).collect();
        assert_eq!(found, back.iter().map(|f| f.key.clone()).collect::<Vec<_>>());
    }
}

#[test]
fn values_speak_where_headings_are_silent() {
    assert_eq!(proposed("Spalte 1;;Kontakt;Spalte 4", "Frau;04109;x@y.example;+49 151 1234567", ';'), "SALUTATION ZIP EMAIL MOBILE");
    assert_eq!(proposed("Bestellnummer;Betrag", "12345;10", ';'), "- -");
}

#[test]
fn what_proves_a_consent_is_not_imported() {
    for f in fields() {
        let closed = [
            "PROFILEID",
            "FORMID",
            "ENTRY_DATE",
            "CHANGE_DATE",
            "PERMISSION",
            "UNSUBSCRIBED",
            "UNSUBSCRIBE_DATE",
            "HARDBOUNCES",
            "USERSTATE",
            "CHANGE_IP",
            "PERMISSION_IP",
            "UNSUBSCRIBE_IP",
        ];
        assert_eq!(importable(&f), !closed.contains(&f.key.as_str()), "{}", f.key);
    }
}

#[test]
fn the_default_key_is_the_mail_address() {
    let headings: Vec<_> = ["Name", "E-Mail", "Notiz"].map(str::to_owned).into();
    let mapping = Mapping::proposed(&propose(&headings, &[], &fields()));
    assert_eq!(mapping.key.as_deref(), Some("EMAIL"));
    assert_eq!(mapping.columns, [Some("NAME".to_owned()), Some("EMAIL".to_owned()), None]);
}
