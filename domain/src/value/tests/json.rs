//! Values in JSON.

use serde_json::json;

use super::*;

fn check_json(field: &FieldDef, given: serde_json::Value, expected: Result<serde_json::Value, Problem>) {
    let zone = Zone::default();
    let parsed = from_json(field, &given, &context(&zone));
    let written = parsed.map(|value| value.map_or(serde_json::Value::Null, |value| to_json(field, &value)));
    assert_eq!(written, expected, "{given}");
}

#[test]
fn json_has_its_own_numbers_truths_and_lists() {
    let wrong = |expected: &str| Err(Problem::WrongType { expected: expected.to_owned() });
    let integer = field(FieldKind::Integer);
    check_json(&integer, json!(42), Ok(json!(42)));
    check_json(&integer, json!("42"), Ok(json!(42)));
    check_json(&integer, json!(4.2), Err(Problem::NotAnInteger));
    check_json(&integer, json!(u64::MAX), Err(Problem::IntegerTooLarge));
    check_json(&integer, json!(true), wrong("number"));
    check_json(&integer, json!([1]), wrong("number"));
    let boolean = field(FieldKind::Boolean);
    check_json(&boolean, json!(true), Ok(json!(true)));
    check_json(&boolean, json!("nein"), Ok(json!(false)));
    check_json(&boolean, json!(1), wrong("boolean"));
    check_json(&field(FieldKind::Date), json!("31.12.1990"), Ok(json!("1990-12-31")));
    check_json(&field(FieldKind::DateTime), json!("2026-11-22T10:30:00Z"), Ok(json!("2026-11-22T10:30:00Z")));
    check_json(&field(FieldKind::Postcode), json!(1067), wrong("text"));
    check_json(&field(FieldKind::Permission), json!(5), Ok(json!("double_opt_in")));
    check_json(&field(FieldKind::SingleLine), json!({}), wrong("text"));
    for kind in FieldKind::ALL {
        check_json(&field(kind), json!(null), Ok(json!(null)));
        check_json(&field(kind), json!(""), Ok(json!(null)));
    }
}

#[test]
fn several_options_are_a_list_of_labels() {
    let many = with_options(FieldKind::MultiSelection, &["Ski", "A|B", "c, d"]);
    let unknown = |value: &str| Err(Problem::UnknownOption { value: value.to_owned() });
    check_json(&many, json!(["A|B", "Ski", "ski"]), Ok(json!(["Ski", "A|B"])));
    check_json(&many, json!(["c, d"]), Ok(json!(["c, d"])));
    check_json(&many, json!("A\\|B|Ski"), Ok(json!(["Ski", "A|B"])));
    check_json(&many, json!([]), Ok(json!(null)));
    check_json(&many, json!(["Ski, A|B"]), unknown("Ski, A|B"));
    check_json(&many, json!([1]), Err(Problem::WrongType { expected: "list".to_owned() }));
    let one = with_options(FieldKind::Selection, &["Ski", "Rad"]);
    check_json(&one, json!("rad"), Ok(json!("Rad")));
}
