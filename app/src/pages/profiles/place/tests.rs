use super::*;

fn again(query: &str) -> String {
    Place::parse(query).to_query()
}

#[test]
fn an_address_says_what_is_listed_and_what_is_open() {
    let place = Place::parse("q=berg+1&sort=NAME&page=3&profile=17&edit=1");
    assert_eq!(place.query.q, "berg 1");
    assert_eq!(place.query.page, 3);
    assert_eq!(place.open, Open::Profile(ProfileId::new(17)));
    assert!(place.edit);
}

#[test]
fn nothing_in_an_address_is_an_error() {
    assert_eq!(again("profile=abc&page=-1&filter=x&edit=1"), "");
    assert_eq!(Place::parse("%%%&=&new").open, Open::New);
    assert_eq!(Place::parse("%%%&=&neu").open, Open::Nothing);
}

#[test]
fn a_size_in_the_address_stays_even_when_it_is_the_usual_one() {
    assert_eq!(again("page_size=50"), "page_size=50");
    assert_eq!(again("page_size=100"), "page_size=100");
}

#[test]
fn the_filter_form_works_as_a_plain_form() {
    let place = Place::parse("filter_field=CITY&filter_op=is&filter_value=Bonn");
    assert_eq!(place.query.filters, [Filter { field: "CITY".to_owned(), op: Op::Is, value: "Bonn".to_owned() }]);
    assert!(Place::parse("filter_field=CITY&filter_op=is&filter_value=").query.filters.is_empty());
}

#[test]
fn a_changed_list_starts_on_its_first_page() {
    let place = Place::parse("page=7&q=a").with(|query| query.q = "b".to_owned());
    assert_eq!(place.query.page, 1);
}
