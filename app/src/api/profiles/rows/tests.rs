use super::*;

fn parts(text: &[&str]) -> Vec<String> {
    text.iter().map(|part| (*part).to_owned()).collect()
}

#[test]
fn a_hit_in_sight_leaves_the_text_alone() {
    assert_eq!(in_sight(&parts(&["k.", "berg", "mann@example.com"]), 20), None);
    assert_eq!(in_sight(&parts(&["no hit at all in this quite long text"]), 20), None);
}

#[test]
fn a_hit_out_of_sight_moves_the_ellipsis_before_it() {
    let cut = in_sight(&parts(&["robert.with.a.very.long.name@kanzlei-ehren", "berg", ".example"]), 24).expect("is cut");
    assert_eq!(cut, ["…ei-ehren", "berg", ".example"]);
}
