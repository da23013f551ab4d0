use super::*;
use crate::api::profiles::shapes::Choice;

#[test]
fn the_options_are_written_with_what_people_typed_as_text() {
    let list = Options::new(vec![
        Choice { code: "a".to_owned(), label: "Eins & \"zwei\"".to_owned() },
        Choice { code: "<b>".to_owned(), label: String::new() },
    ]);
    let html = entries(&list, "a", &["a".to_owned(), "alt".to_owned()], "–");
    assert_eq!(
        html,
        "<option value=\"\">–</option><option value=\"a\" selected>Eins &amp; &quot;zwei&quot;</option>\
         <option value=\"&lt;b&gt;\">&lt;b&gt;</option><option value=\"alt\">alt</option>"
    );
}
