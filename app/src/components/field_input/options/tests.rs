use super::*;

fn list(entries: &[(&str, &str)]) -> Options {
    Options::new(entries.iter().map(|(code, label)| Choice { code: (*code).to_owned(), label: (*label).to_owned() }).collect())
}

fn countries() -> Options {
    list(&[("DE", "Deutschland"), ("DK", "Dänemark"), ("AT", "Österreich"), ("CD", "Demokratische Republik Kongo"), ("FR", "Frankreich")])
}

fn labels(options: &Options, typed: &str) -> Vec<String> {
    options.find(typed).into_iter().map(|at| options.all()[at].label.clone()).collect()
}

#[test]
fn an_option_is_found_whatever_its_case_and_accents() {
    for typed in ["öster", "OSTER", "oester", "reich öst"] {
        assert_eq!(labels(&countries(), typed), ["Österreich"], "{typed}");
    }
    assert_eq!(labels(&countries(), "reich"), ["Österreich", "Frankreich"]);
    assert_eq!(labels(&countries(), "").len(), 5);
    assert_eq!(labels(&countries(), "xyz"), Vec::<String>::new());
}

#[test]
fn what_begins_with_the_typed_text_comes_first() {
    assert_eq!(labels(&list(&[("a", "Neu Isenburg"), ("b", "Isenburg")]), "isen"), ["Isenburg", "Neu Isenburg"]);
}

#[test]
fn a_code_finds_its_option_too() {
    assert_eq!(labels(&countries(), "at"), ["Österreich"]);
}

#[test]
fn a_name_in_full_chooses() {
    assert_eq!(countries().named("osterreich").map(|choice| choice.code.as_str()), Some("AT"));
    assert_eq!(countries().named("fr").map(|choice| choice.code.as_str()), None);
    assert_eq!(countries().named("FR").map(|choice| choice.code.as_str()), Some("FR"));
    assert_eq!(countries().named("Öster"), None);
}

#[test]
fn a_value_that_the_list_does_not_have_is_shown_as_it_is() {
    assert_eq!(countries().label("XX"), "XX");
    assert_eq!(countries().unknown(&["XX".to_owned(), String::new(), "DE".to_owned()]), ["XX"]);
}

#[test]
fn ten_thousand_options_are_called_as_they_are_stored() {
    let options = Options::new((0..10_000).map(|n| Choice { code: format!("Option {n}"), label: String::new() }).collect());
    assert_eq!(labels(&options, "9999"), ["Option 9999"]);
}
