use super::*;

fn page() -> Vec<ProfileId> {
    (1..=6).map(ProfileId::new).collect()
}

fn picked(selection: &Picked) -> Vec<i64> {
    page().into_iter().filter(|id| selection.has(*id)).map(ProfileId::get).collect()
}

#[test]
fn a_range_reaches_in_both_directions() {
    let mut selection = Picked::default();
    selection.toggle(ProfileId::new(4));
    selection.reach(ProfileId::new(2), &page());
    assert_eq!(picked(&selection), [2, 3, 4]);
    selection.reach(ProfileId::new(6), &page());
    assert_eq!(picked(&selection), [2, 3, 4, 5, 6]);
}

#[test]
fn a_range_without_a_beginning_is_one_row() {
    let mut selection = Picked::default();
    selection.reach(ProfileId::new(3), &page());
    assert_eq!(picked(&selection), [3]);
}

#[test]
fn all_hits_but_some_counts_the_exceptions_away() {
    let mut selection = Picked::everything();
    selection.toggle(ProfileId::new(2));
    assert_eq!(picked(&selection), [1, 3, 4, 5, 6]);
    assert_eq!(selection.n(Some(12_431)), 12_430);
    assert!(!selection.is_empty());
}

#[test]
fn the_page_goes_in_and_out_as_a_whole() {
    let mut selection = Picked::default();
    selection.set_page(&page(), true);
    assert_eq!(selection.n(None), 6);
    selection.set_page(&page(), false);
    assert!(selection.is_empty());
}
