use domain::id::OptionId;
use domain::problem::Problem;

use super::*;

fn lines() -> Vec<OptionLine> {
    let line = |(id, label): (i64, &str)| OptionLine { id: OptionId::new(id), label: label.to_owned(), n: 0, default: false };
    [(1, "Rot"), (2, "Straße")].map(line).to_vec()
}

#[test]
fn a_label_is_refused_when_it_is_empty_or_another_option_has_it() {
    let read = |typed: &str| readable(typed, OptionId::new(1), &lines());
    assert_eq!(read("  Gelb "), Ok("Gelb".to_owned()));
    assert_eq!(read("ROT"), Ok("ROT".to_owned()), "its own label in other letters");
    assert_eq!(read(" "), Err(Problem::Required));
    assert_eq!(read("STRASSE"), Ok("STRASSE".to_owned()));
    assert_eq!(read("straße"), Err(Problem::Taken));
}
