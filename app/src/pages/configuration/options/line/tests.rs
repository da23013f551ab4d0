use super::*;

#[test]
fn who_has_chosen_an_option_is_said_in_words() {
    assert_eq!(chosen_by(0, Lang::De), "");
    assert_eq!(chosen_by(1, Lang::En), "1 profile");
    assert_eq!(chosen_by(1284, Lang::De), "1.284 Profile");
}
