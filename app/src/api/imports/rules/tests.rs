use domain::import::{Duplicates, Empty, Filled, Rules, Sets, Unknown};

use super::RuleForm;

#[test]
fn a_form_with_nothing_said_means_the_usual_rules() {
    assert_eq!(RuleForm::default().rules().unwrap(), Rules::default());
}

#[test]
fn what_is_chosen_is_what_is_meant() {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let form = RuleForm {
        key: words(&["NAME", "", "NAME"]),
        empty: "clear".to_owned(),
        sets: "add".to_owned(),
        unknown: "skip".to_owned(),
        duplicates: "last".to_owned(),
        fields: words(&["", "CITY", ""]),
        values: words(&["x", " Köln", ""]),
        raise: Some("on".to_owned()),
        source: " Messe ".to_owned(),
        dns: Some("on".to_owned()),
        ..RuleForm::default()
    };
    let rules = form.rules().unwrap();
    assert_eq!(rules.key, ["NAME"]);
    assert_eq!(rules.constants, [("CITY".to_owned(), " Köln".to_owned())]);
    assert_eq!((rules.filled, rules.empty, rules.said_by_empty()), (Filled::Replace, Empty::Clear, Empty::Clear));
    assert_eq!((rules.sets, rules.unknown, rules.duplicates), (Sets::Add, Unknown::Skip, Duplicates::Last));
    assert_eq!(rules.consent.unwrap().source, "Messe");
    assert!(rules.dns);
}

#[test]
fn a_source_without_the_choice_raises_nothing() {
    let form = RuleForm { source: "Messe".to_owned(), ..RuleForm::default() };
    assert_eq!(form.rules().unwrap().consent, None);
}

#[test]
fn a_choice_that_there_is_not_is_refused() {
    assert!(RuleForm { existing: "delete".to_owned(), ..RuleForm::default() }.rules().is_err());
}
