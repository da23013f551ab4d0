use super::*;
use crate::lang::Lang;

#[test]
fn a_country_is_found_by_code_and_by_name_in_several_languages() {
    for typed in ["DE", "de", "DEU", "Deutschland", "germany", "D", "Allemagne", " Bundesrepublik  Deutschland "] {
        assert_eq!(find_country(typed), Some("DE"), "{typed}");
    }
    for typed in ["Österreich", "Oesterreich", "osterreich", "Austria", "AUT", "A"] {
        assert_eq!(find_country(typed), Some("AT"), "{typed}");
    }
    for (typed, code) in [("USA", "US"), ("U.S.A.", "US"), ("UK", "GB"), ("Türkei", "TR"), ("Tuerkei", "TR"), ("Svizzera", "CH")] {
        assert_eq!(find_country(typed), Some(code), "{typed}");
    }
    assert_eq!(find_country("Atlantis"), None);
    assert_eq!(find_country(""), None);
}

#[test]
fn a_state_is_found_in_german_english_and_the_local_language() {
    for (typed, country, code) in [
        ("Bayern", Some("DE"), "DE-BY"),
        ("BY", Some("DE"), "DE-BY"),
        ("Bavaria", None, "DE-BY"),
        ("DE-BY", None, "DE-BY"),
        ("Tessin", Some("CH"), "CH-TI"),
        ("Ticino", None, "CH-TI"),
        ("Genf", None, "CH-GE"),
        ("Genève", Some("CH"), "CH-GE"),
        ("Zürich", None, "CH-ZH"),
        ("Zuerich", None, "CH-ZH"),
        ("Zurich", None, "CH-ZH"),
        ("Bern", Some("CH"), "CH-BE"),
        ("Niederösterreich", Some("AT"), "AT-3"),
        ("St. Gallen", None, "CH-SG"),
        ("NRW", Some("DE"), "DE-NW"),
        ("CA", Some("US"), "US-CA"),
        ("Limburg", Some("NL"), "NL-LI"),
        ("Limburg", Some("BE"), "BE-VLI"),
        ("Halle", None, ""),
    ] {
        assert_eq!(find_state(typed, country), Some(code).filter(|c| !c.is_empty()), "{typed} {country:?}");
    }
}

#[test]
fn every_shown_name_leads_back_to_its_own_code() {
    for lang in [Lang::De, Lang::En] {
        for c in countries(lang) {
            assert_eq!(find_country(&c.label), Some(c.code.as_str()), "{}", c.label);
        }
        for c in languages(lang) {
            assert_eq!(find_language(&c.label), Some(c.code.as_str()), "{}", c.label);
        }
        for c in salutations(lang) {
            assert_eq!(find_salutation(&c.label), Some(c.code.as_str()), "{}", c.label);
        }
        for c in choices(crate::field::FieldKind::State, lang) {
            let country = c.code.split('-').next();
            let found = find_state(&c.label, country).and_then(|code| state_label(code, lang));
            assert_eq!(found, Some(c.label.as_str()), "{}", c.code);
        }
    }
    for c in mobile_prefixes() {
        assert_eq!(find_mobile_prefix(&c.label, None), Some(c.code.as_str()));
        assert_eq!(find_mobile_prefix(&c.code, None), Some(c.code.as_str()));
    }
}

#[test]
fn a_mobile_prefix_is_read_in_all_its_spellings() {
    for typed in ["0151", "151", "+49151", "+49 151", "0049151", "+49 (0)151", "0151/"] {
        assert_eq!(find_mobile_prefix(typed, None), Some("+49151"), "{typed}");
    }
    assert_eq!(find_mobile_prefix("0664", None), Some("+43664"));
    assert_eq!(find_mobile_prefix("079", Some("CH")), Some("+4179"));
    assert_eq!(find_mobile_prefix("030", None), None);
    assert_eq!(find_mobile_prefix("abc", None), None);
}

#[test]
fn salutations_and_languages_know_their_synonyms() {
    for (typed, code) in [
        ("Mrs.", "female"),
        ("Hr.", "male"),
        ("Fr.", "female"),
        ("Mme", "female"),
        ("HERR", "male"),
        ("Fam.", "family"),
        ("divers", "diverse"),
    ] {
        assert_eq!(find_salutation(typed), Some(code), "{typed}");
    }
    for (typed, code) in [("de-AT", "de"), ("en_GB", "en"), ("Deutsch", "de"), ("ger", "de"), ("French", "fr")] {
        assert_eq!(find_language(typed), Some(code), "{typed}");
    }
    assert_eq!(calling_code("CH"), Some("41"));
    assert_eq!(country_label("CH", Lang::De), Some("Schweiz"));
}
