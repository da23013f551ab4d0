use super::*;

#[test]
fn options_are_found_by_a_part_of_their_label_in_capitals_or_not() {
    let line = |(id, label): (i64, &str)| OptionLine { id: OptionId::new(id), label: label.to_owned(), n: 0, default: false };
    let lines = [(1, "Wandern"), (2, "Öl"), (3, "Radwandern")].map(line);
    let ids = |wanted: &str| found(&lines, wanted).into_iter().map(OptionId::get).collect::<Vec<_>>();
    assert_eq!(ids(" wand "), [1, 3]);
    assert_eq!(ids("öL"), [2]);
    assert_eq!(ids("x"), [0_i64; 0]);
    assert_eq!(ids("  "), [1, 2, 3]);
}
