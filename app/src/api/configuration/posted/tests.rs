use super::*;

fn sent(fields: &[(&str, &str)]) -> Sent {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", routes::escape(name), routes::escape(value))).collect();
    Sent::read(&pairs.join("&")).expect("a form about a field").expect("a whole one")
}

const WAS: &str =
    r#"{"label":"Farbe","default":"Rot","help":"Zeile","required":true,"matching":false,"profiling":false,"tagging":false,"category":4}"#;

#[test]
fn what_the_form_does_not_ask_for_stays_as_it_was() {
    let Sent { field, mine, was } = sent(&[
        ("form[what]", "change_field"),
        ("form[field]", "7"),
        ("form[was]", WAS),
        ("form[label]", "Ton & Farbe"),
        ("form[required]", "on"),
    ]);
    assert_eq!(field, FieldId::new(7));
    assert_eq!(mine, FieldEntry { label: "Ton & Farbe".to_owned(), ..was });
}

#[test]
fn a_button_that_is_not_pressed_any_more_is_off() {
    assert!(!sent(&[("form[what]", "change_field"), ("form[field]", "7"), ("form[was]", WAS)]).mine.required);
}

#[test]
fn where_theirs_was_chosen_what_was_typed_gives_way() {
    let base = [("form[what]", "change_field"), ("form[field]", "7"), ("form[was]", WAS), ("form[label]", "Ton"), ("form[help]", "Meine")];
    let chosen = sent(&[&base[..], &[("choose-label", "theirs"), ("choose-help", "mine")]].concat()).mine;
    assert_eq!((chosen.label.as_str(), chosen.help.as_str()), ("Farbe", "Meine"));
}

#[test]
fn a_form_about_something_else_is_left_alone_and_half_a_form_is_refused() {
    assert!(Sent::read("form[what]=add_field&form[field]=7").is_none());
    assert!(Sent::read("").is_none());
    assert!(matches!(Sent::read("form[what]=change_field&form[field]=7"), Some(Err(AppError::Refused { .. }))));
}
