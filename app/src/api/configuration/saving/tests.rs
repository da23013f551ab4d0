use domain::id::CategoryId;

use super::*;

fn entry(label: &str, default: &str, help: &str) -> FieldEntry {
    let texts = FieldEntry { label: label.to_owned(), default: default.to_owned(), help: help.to_owned(), ..FieldEntry::default() };
    FieldEntry { category: Some(CategoryId::new(1)), ..texts }
}

fn field(kind: FieldKind) -> FieldDef {
    let option = |(id, label): (i64, &str)| ChoiceOption { id: OptionId::new(id), label: label.to_owned(), position: id };
    let options = if kind.has_options() { [(11, "Rot"), (12, "Blau")].map(option).to_vec() } else { Vec::new() };
    FieldDef { id: FieldId::new(7), options, ..FieldDef::new("FARBE", kind, CategoryId::new(1)) }
}

fn taken(mine: &FieldEntry, was: &FieldEntry, now: &FieldEntry) -> Option<Step> {
    assert_eq!(clashes(mine, was, now, Lang::De), []);
    change(&field(FieldKind::SingleLine), mine, was, now)
}

fn changed(change: FieldChange) -> Option<Step> {
    Some(Step::ChangeField { field: FieldId::new(7), change })
}

#[test]
fn what_two_people_change_at_different_places_goes_together() {
    let was = entry("Farbe", "", "Hilfe");
    let theirs = FieldEntry { matching: true, ..entry("Farbe", "Rot", "Bessere Hilfe") };
    let mine = FieldEntry { required: true, label: "Ton".to_owned(), ..was.clone() };
    let expected = FieldChange { label: Some("Ton".to_owned()), required: Some(true), ..FieldChange::default() };
    assert_eq!(taken(&mine, &was, &theirs), changed(expected), "nothing of what they did is written over");
}

#[test]
fn the_same_text_changed_by_both_is_a_clash_with_both_values() {
    let was = entry("Farbe", "", "Hilfe");
    let (mine, theirs) = (entry("Ton", "", "Meine"), entry("Farbton", "", "Deren"));
    let found = clashes(&mine, &was, &theirs, Lang::De);
    let said: Vec<_> = found.iter().map(|one| (one.key.as_str(), one.label.as_str(), one.mine.as_str(), one.theirs.as_str())).collect();
    assert_eq!(said, [("label", "Name", "Ton", "Farbton"), ("help", "Hilfetext", "Meine", "Deren")]);
}

#[test]
fn what_both_changed_alike_is_no_clash() {
    let was = entry("Farbe", "", "Zeile 1");
    let (mine, theirs) = (entry(" Ton ", "", "Zeile 1\r\nZeile 2"), entry("Ton", "", "Zeile 1\nZeile 2"));
    assert_eq!(taken(&mine, &was, &theirs), None);
}

#[test]
fn another_category_is_a_move_unless_only_they_moved_it() {
    let was = entry("Farbe", "", "");
    let moved = FieldEntry { category: Some(CategoryId::new(2)), ..was.clone() };
    let step = Step::MoveField { field: FieldId::new(7), category: CategoryId::new(2), before: None };
    assert_eq!(taken(&moved, &was, &was), Some(step));
    assert_eq!(taken(&was, &was, &moved), None);
}

#[test]
fn both_values_are_chosen_from_with_everything_else_as_it_is_now() {
    let was = entry("Farbe", "Rot", "Hilfe");
    let mine = FieldEntry { tagging: true, ..entry("Ton", "Rot", "Hilfe") };
    let now = FieldEntry { required: true, ..entry("Farbton", "Blau", "Hilfe") };
    let expected = FieldEntry { required: true, tagging: true, ..entry("Ton", "Blau", "Hilfe") };
    assert_eq!(rebased(&mine, &was, &now), expected);
    // Theirs having been seen, mine is no clash any more.
    assert_eq!(clashes(&rebased(&mine, &was, &now), &now, &now, Lang::De), []);
}

fn default(field: &FieldDef, option: i64, on: bool, was: Option<i64>) -> Result<String, AppError> {
    default_option(field, OptionId::new(option), on, was.map(OptionId::new)).map(|step| match step {
        Step::ChangeField { change, .. } => change.default.expect("a default"),
        step => panic!("{step:?}"),
    })
}

#[test]
fn of_a_multiple_selection_several_people_mark_defaults_side_by_side() {
    let field = FieldDef { default_value: Some("#12".to_owned()), ..field(FieldKind::MultiSelection) };
    assert_eq!(default(&field, 11, true, None), Ok("#11|#12".to_owned()));
    assert_eq!(default(&field, 12, false, Some(12)), Ok(String::new()));
    assert_eq!(default(&field, 13, true, None), Err(AppError::NotFound));
}

#[test]
fn of_a_single_selection_a_default_chosen_meanwhile_is_not_replaced_unseen() {
    let field = FieldDef { default_value: Some("#12".to_owned()), ..field(FieldKind::Selection) };
    assert_eq!(default(&field, 11, true, Some(12)), Ok("#11".to_owned()));
    let Err(AppError::Refused { de, .. }) = default(&field, 11, true, None) else { panic!("a refusal") };
    assert!(de.contains("„Blau“") && de.contains("„Rot“"), "{de}");
    assert_eq!(default(&field, 12, true, None), Ok("#12".to_owned()), "both chose the same");
}
