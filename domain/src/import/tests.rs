use super::*;
use crate::{
    field::STANDARD,
    id::{CategoryId, FieldId},
    lang::Lang,
    value::Value,
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
    assert_eq!(Rules::proposed(&mapping), Rules::by(Some("EMAIL")));
    assert_eq!(mapping.columns, [Some("NAME".to_owned()), Some("EMAIL".to_owned()), None]);
}

#[test]
fn rules_about_which_nothing_is_said_are_those_of_ever() {
    let rules: Rules = serde_json::from_str("{}").expect("rules");
    assert_eq!(rules, Rules::default());
    assert_eq!((rules.said_by_empty(), rules.tells_apart(), rules.dns), (Empty::Keep, false, false));
    let told = Rules {
        key: vec!["EMAIL".into(), "NAME".into()],
        existing: Existing::Update,
        filled: Filled::Replace,
        sets: Sets::Remove,
        empty: Empty::Default,
        unknown: Unknown::Create,
        duplicates: Duplicates::Last,
        constants: vec![("CITY".into(), "Köln".into())],
        consent: Some(Raise { source: "Messe".into() }),
        dns: true,
    };
    let json = serde_json::to_string(&told).expect("JSON");
    assert_eq!(serde_json::from_str::<Rules>(&json).expect("rules"), told);
    assert_eq!(told.fields().collect::<Vec<_>>(), ["EMAIL", "NAME", "CITY"]);
    assert!(told.tells_apart() && !Rules { key: Vec::new(), ..told }.tells_apart(), "without a key no row is like another");
}

#[test]
fn replacing_empties_what_is_empty_unless_the_default_is_wished() {
    let said = |filled, empty| Rules { filled, empty, ..Rules::default() }.said_by_empty();
    assert_eq!(said(Filled::Merge, Empty::Keep), Empty::Keep);
    assert_eq!(said(Filled::Replace, Empty::Keep), Empty::Clear);
    assert_eq!(said(Filled::Replace, Empty::Default), Empty::Default);
    assert_eq!(said(Filled::Merge, Empty::Clear), Empty::Clear);
}

#[test]
fn each_choice_leads_back_from_its_code() {
    assert!(Existing::ALL.iter().all(|one| Existing::from_code(one.code()) == Some(*one)));
    assert!(Unknown::ALL.iter().all(|one| Unknown::from_code(one.code()) == Some(*one)));
    assert_eq!((Sets::from_code("add"), Sets::from_code("ADD")), (Some(Sets::Add), None));
}

#[test]
fn the_options_of_a_cell_are_taken_apart_as_they_are_read() {
    use crate::{field::ChoiceOption, id::OptionId, value::DateOrder, value::ParseContext};
    let zone = crate::time::Zone::UTC;
    let cx = ParseContext { lang: Lang::De, zone: &zone, date_order: DateOrder::default(), country_hint: None };
    let mut topics = field(1, "TOPICS", FieldKind::MultiSelection, None);
    topics.options = [(1, "Sport"), (2, "Kunst, Musik"), (3, "a|b")]
        .map(|(id, label)| ChoiceOption { id: OptionId::new(id), label: label.into(), position: id })
        .into();
    assert_eq!(option_labels(&topics, "sport|Kunst, Musik|Tanz; Film"), ["sport", "Kunst, Musik", "Tanz", "Film"]);
    assert_eq!(option_labels(&topics, "Sport ::: Tanz"), ["Sport", "Tanz"]);
    let labels = ["sport", "Tanz", "a|b"].map(str::to_owned);
    let set = Value::Set(vec![OptionId::new(1), OptionId::new(3)]);
    assert_eq!(known_options(&topics, &labels, &cx), (Some(set), 1));
    let one = FieldDef { kind: FieldKind::Selection, ..topics };
    assert_eq!(option_labels(&one, " Kunst, Musik "), ["Kunst, Musik"]);
    assert_eq!(known_options(&one, &labels[1..2], &cx), (None, 1));
    assert_eq!(known_options(&one, &labels[..1], &cx), (Some(Value::Int(1)), 0));
}

#[test]
fn consent_is_taken_from_a_file_by_those_alone_who_may_change_it() {
    let open: Vec<FieldDef> = fields();
    let takes_of = |key: &str, locked: bool| {
        let field = open.iter().find(|field| field.key == key).expect("a field").clone();
        takes(&FieldDef { locked, ..field })
    };
    assert!(takes_of("PERMISSION", false) && takes_of("UNSUBSCRIBED", false) && takes_of("PROFILEID", false));
    assert!(!takes_of("PERMISSION", true) && !takes_of("UNSUBSCRIBED", true) && !takes_of("NOTRACKING", true));
    assert!(!takes_of("UNSUBSCRIBE_DATE", false) && !takes_of("PERMISSION_IP", false));
}

#[test]
fn what_proves_a_consent_has_names_that_no_field_of_ones_own_can_have() {
    for evidence in Evidence::ALL {
        assert_eq!(Evidence::from_key(evidence.key()), Some(evidence));
        assert!(evidence.key().contains('_'));
    }
    assert_eq!(Evidence::from_key("PERMISSION"), None);
}

#[test]
fn a_lost_zero_is_put_back_by_the_country_of_the_row() {
    let zone = crate::time::Zone::default();
    let zip = field(1, "ZIP", FieldKind::Postcode, None);
    let read = |country, cell: &str| {
        let cx = crate::value::ParseContext { lang: Lang::De, zone: &zone, date_order: Default::default(), country_hint: country };
        read_cell(&zip, cell, &cx)
    };
    for (country, cell, expected) in [
        (Some("DE"), "1067", "01067"),
        (Some("AT"), "1010", "1010"),
        (Some("CH"), "8001", "8001"),
        (Some("FR"), "6000", "06000"),
        (Some("NO"), "150", "0150"),
        (Some("FR"), "75001", "75001"),
        (None, "1067", "1067"),
    ] {
        assert_eq!(read(country, cell), Ok(Some(Value::Text(expected.to_owned()))), "{country:?}");
    }
}
