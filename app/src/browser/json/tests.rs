use super::Object;

#[test]
fn members_are_read_by_their_kind() {
    let object = Object::parse(r#"{"id":7,"ids":[1,2,"3"],"url":"/pools/1","total":null}"#).expect("an object");
    assert_eq!(object.number("id"), Some(7));
    assert_eq!(object.numbers("ids"), [1, 2]);
    assert_eq!(object.text("url").as_deref(), Some("/pools/1"));
    assert_eq!((object.number("total"), object.number("url"), object.text("id")), (None, None, None));
}

#[test]
fn anything_else_is_no_object() {
    for text in ["", "7", "[1]", "<html>502</html>", "{"] {
        assert!(Object::parse(text).is_none(), "{text}");
    }
}
