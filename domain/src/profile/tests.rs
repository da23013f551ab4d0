use super::*;
use crate::lang::Lang;
use crate::pool::tests::pool_with;
use crate::time::Zone;
use crate::value::{DateOrder, plain};

const CONTEXT: ParseContext<'static> = ParseContext { lang: Lang::De, zone: &Zone::UTC, date_order: DateOrder::Dmy, country_hint: None };

fn pool() -> Pool {
    let mut pool = pool_with(&[("NEWS", FieldKind::Boolean)]);
    for field in &mut pool.fields {
        field.required = field.key == "NAME";
        field.default_value = (field.key == "NEWS").then(|| "true".to_owned());
    }
    pool
}

fn written(pool: &Pool, values: &[(FieldId, Value)]) -> Vec<String> {
    let one = |(id, value): &(FieldId, Value)| {
        pool.field_by_id(*id).map(|field| format!("{}={}", field.key, plain(field, value))).expect("a field of the pool")
    };
    values.iter().map(one).collect()
}

#[test]
fn a_new_profile_gets_what_was_typed_and_the_defaults() {
    let pool = pool();
    let draft = Draft::parse(&pool, &[("NAME", " Müller "), ("BIRTHDAY", "1.1.90"), ("CITY", "")], &CONTEXT).expect("valid");
    assert_eq!(written(&pool, &draft.values), ["NAME=Müller", "BIRTHDAY=1990-01-01", "NEWS=true"]);
    let draft = Draft::parse(&pool, &[("NEWS", "nein"), ("NAME", "Anna"), ("NAME", "Berta")], &CONTEXT).expect("valid");
    assert_eq!(written(&pool, &draft.values), ["NEWS=false", "NAME=Berta"]);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let typed = [("EMAIL", "x"), ("GIBTSNICHT", "1"), ("PROFILEID", "7"), ("BIRTHDAY", "31.02.1990")];
    let invalid = Draft::parse(&pool(), &typed, &CONTEXT).expect_err("invalid");
    let said: Vec<(&str, &str)> = invalid.problems.iter().map(|one| (one.field.as_str(), one.problem.code())).collect();
    let expected = [
        ("EMAIL", "not_an_email"),
        ("GIBTSNICHT", "unknown_field"),
        ("PROFILEID", "read_only"),
        ("BIRTHDAY", "no_such_day"),
        ("NAME", "required"),
    ];
    assert_eq!(said, expected);
    let twice = Draft::parse(&pool(), &[("NAME", " ")], &CONTEXT).expect_err("invalid");
    assert_eq!(twice.problems.len(), 1);
}

#[cfg(feature = "lists")]
#[test]
fn the_country_of_the_form_helps_to_read_state_and_postcode() {
    let pool = pool();
    let typed = [("NAME", "A"), ("STATE", "BY"), ("ZIP", "1067"), ("COUNTRY", "Deutschland"), ("NEWS", "")];
    let draft = Draft::parse(&pool, &typed, &CONTEXT).expect("valid");
    assert_eq!(written(&pool, &draft.values), ["NAME=A", "STATE=DE-BY", "ZIP=01067", "COUNTRY=DE"]);
}

#[test]
fn a_profile_survives_json() {
    let values = BTreeMap::from([(FieldId::new(4), Value::Text("Müller".to_owned())), (FieldId::new(12), Value::Int(-3))]);
    let profile = Profile { id: ProfileId::new(1), revision: 7, status: Status::Usable, values };
    let json = serde_json::to_string(&profile).expect("JSON");
    assert_eq!(serde_json::from_str::<Profile>(&json).expect("and back"), profile);
}
