use super::Picks;
use crate::api::imports::ColumnLine;

fn picks() -> Picks {
    let column = |field: Option<&str>| ColumnLine { field: field.map(str::to_owned), confidence: 90, ..ColumnLine::default() };
    Picks::proposed(&[column(Some("EMAIL")), column(Some("NAME")), column(None)], Some("EMAIL"))
}

#[test]
fn what_is_proposed_is_imported() {
    assert_eq!(picks().n_used(), 2);
    assert!(picks().is_key(0));
}

#[test]
fn choosing_a_field_ticks_the_column_and_choosing_none_unticks_it() {
    let mut picks = picks();
    picks.choose(2, "CITY".to_owned());
    assert!(picks.is_used(2));
    picks.choose(2, String::new());
    assert!(!picks.is_used(2));
}

#[test]
fn a_field_that_is_chosen_twice_is_said_at_the_second() {
    let mut picks = picks();
    picks.choose(2, "EMAIL".to_owned());
    assert!(picks.is_twice(2) && !picks.is_twice(0));
}

#[test]
fn a_part_of_a_split_column_counts_as_its_field_and_joined_columns_share_one() {
    let mut picks = picks();
    picks.choose(2, "split:name:FIRSTNAME,NAME".to_owned());
    assert!(picks.is_twice(2), "the second column has the name already");
    picks.choose(1, "join:STREET: ".to_owned());
    assert!(!picks.is_twice(2));
    picks.choose(2, "join:STREET: ".to_owned());
    assert!(!picks.is_twice(2));
    picks.key = "STREET".to_owned();
    assert!(picks.is_key(1) && picks.is_key(2) && !picks.is_key(0));
}

#[test]
fn an_unticked_column_is_no_part_of_the_mapping() {
    let mut picks = picks();
    picks.columns[1].used = false;
    assert_eq!(picks.mapping().columns, [Some("EMAIL".to_owned()), None, None]);
}
