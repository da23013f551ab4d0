//! The fixed lists.
#![cfg(feature = "lists")]

use super::*;

#[test]
fn codes_and_names_of_fixed_lists_are_read_in_both_languages() {
    let check = |kind: FieldKind, typed: &str, expected| super::check(&field(kind), typed, expected);
    for (typed, code) in [
        ("Frau", "female"),
        ("herr", "male"),
        ("Mr", "male"),
        ("Mr.", "male"),
        ("Ms", "female"),
        ("Mrs", "female"),
        ("Firma", "company"),
        ("male", "male"),
    ] {
        check(FieldKind::Salutation, typed, Ok(code));
    }
    check(FieldKind::Salutation, "Hallo", Err(Problem::UnknownSalutation));
    for (typed, code) in [
        ("DE", "DE"),
        ("de", "DE"),
        ("DEU", "DE"),
        ("Deutschland", "DE"),
        ("Germany", "DE"),
        ("Österreich", "AT"),
        ("oesterreich", "AT"),
        ("Schweiz", "CH"),
    ] {
        check(FieldKind::Country, typed, Ok(code));
    }
    check(FieldKind::Country, "Mordor", Err(Problem::UnknownCountry));
    for (typed, code) in [("DE-BY", "DE-BY"), ("Bayern", "DE-BY"), ("Bavaria", "DE-BY"), ("Zürich", "CH-ZH")] {
        check(FieldKind::State, typed, Ok(code));
    }
    check(FieldKind::State, "Mordor", Err(Problem::UnknownState));
    for (typed, code) in [("0151", "+49151"), ("+49 151", "+49151"), ("0049151", "+49151"), ("+49151", "+49151")] {
        check(FieldKind::MobilePrefix, typed, Ok(code));
    }
    check(FieldKind::MobilePrefix, "030", Err(Problem::UnknownMobilePrefix));
    for (typed, code) in [("de", "de"), ("Deutsch", "de"), ("German", "de"), ("en_GB", "en")] {
        check(FieldKind::Language, typed, Ok(code));
    }
    check(FieldKind::Language, "Elbisch", Err(Problem::UnknownLanguage));
}

#[test]
fn the_country_decides_between_states_of_short_codes() {
    let zone = Zone::default();
    let state = field(FieldKind::State);
    check_in(&state, "BY", &ParseContext { country_hint: Some("DE"), ..context(&zone) }, Ok("DE-BY"));
    check_in(&state, "ZH", &ParseContext { country_hint: Some("CH"), ..context(&zone) }, Ok("CH-ZH"));
}

#[test]
fn fixed_lists_are_shown_by_their_names() {
    let check = |kind: FieldKind, code: &str, de: &str, en: &str| {
        let value = Value::Text(code.to_owned());
        assert_eq!(show(&field(kind), &value, Lang::De, &Zone::UTC), de);
        assert_eq!(show(&field(kind), &value, Lang::En, &Zone::UTC), en);
    };
    check(FieldKind::Country, "DE", "Deutschland", "Germany");
    check(FieldKind::State, "DE-BY", "Bayern", "Bavaria");
    check(FieldKind::Language, "de", "Deutsch", "German");
    check(FieldKind::Country, "??", "??", "??");
}

#[test]
fn permissions_are_read_by_code_number_and_name() {
    let permission = field(FieldKind::Permission);
    for (typed, code) in [
        ("double_opt_in", "double_opt_in"),
        ("5", "double_opt_in"),
        ("Double-Opt-In", "double_opt_in"),
        ("DOI", "double_opt_in"),
        ("opt-out", "opt_out"),
        ("Keine", "none"),
        ("0", "none"),
        ("unbestätigt", "double_opt_in_pending"),
    ] {
        check(&permission, typed, Ok(code));
    }
    for typed in ["6", "-1", "ja"] {
        check(&permission, typed, Err(Problem::UnknownPermission));
    }
}
