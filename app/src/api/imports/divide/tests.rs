use super::*;

fn mapping(words: &[&str]) -> Mapping {
    Mapping { columns: words.iter().map(|word| Some((*word).to_owned()).filter(|word| !word.is_empty())).collect() }
}

fn form(how: &str, columns: &[&str], fields: &[&str], text: &str) -> DivideForm {
    let all = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    DivideForm { how: how.to_owned(), columns: all(columns), fields: all(fields), text: text.to_owned() }
}

#[test]
fn a_column_is_split_into_the_fields_that_are_named() {
    let mut made = mapping(&["NAME", "FIRSTNAME"]);
    form("name", &["0", ""], &["FIRSTNAME", "NAME", "", ""], "").put_into(&mut made).unwrap();
    assert_eq!(made, mapping(&["split:name:FIRSTNAME,NAME", ""]));
    form("text", &["1"], &["CITY", "", "STATE", ""], "/").put_into(&mut made).unwrap();
    assert_eq!(made, mapping(&["split:name:FIRSTNAME,NAME", "split:text:CITY,,STATE:/"]));
}

#[test]
fn columns_are_joined_in_the_order_of_the_file_and_no_others() {
    let mut made = mapping(&["join:STREET: ", "join:STREET: ", ""]);
    form(JOIN, &["2", "1", ""], &["STREET"], "").put_into(&mut made).unwrap();
    assert_eq!(made, mapping(&["", "join:STREET: ", "join:STREET: "]));
}

#[test]
fn what_lacks_a_column_or_a_field_is_refused_and_changes_nothing() {
    let mut made = mapping(&["NAME", ""]);
    for wrong in [
        form("name", &[""], &["FIRSTNAME", "NAME"], ""),
        form("name", &["7"], &["FIRSTNAME", "NAME"], ""),
        form("name", &["0"], &["FIRSTNAME", ""], ""),
        form("street", &["0"], &["", "STREET"], ""),
        form(JOIN, &["0", "0"], &["STREET"], ""),
        form(JOIN, &["0", "1"], &[""], ""),
    ] {
        assert!(wrong.put_into(&mut made).is_err(), "{wrong:?}");
    }
    assert_eq!(made, mapping(&["NAME", ""]));
}
