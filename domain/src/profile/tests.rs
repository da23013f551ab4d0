use super::*;
use crate::field::FieldKind;
use crate::pool::tests::pool_with;

fn text(value: &str) -> Option<Value> {
    Some(Value::Text(value.to_owned()))
}

#[test]
fn a_new_profile_needs_its_required_fields_unless_they_have_a_default() {
    let mut pool = pool_with(&[("NEWS", FieldKind::Boolean)]);
    for field in &mut pool.fields {
        field.required = matches!(field.key.as_str(), "NAME" | "NEWS");
        field.default_value = (field.key == "NEWS").then(|| "true".to_owned());
    }
    let id = |key: &str| pool.field(key).expect("a field of the pool").id;
    let missing = |given: Vec<(FieldId, Option<Value>)>| match Draft::of(&pool, given) {
        Ok(_) => Vec::new(),
        Err(invalid) => invalid.problems.iter().map(|one| format!("{} {}", one.field, one.problem.code())).collect(),
    };
    assert_eq!(missing(vec![(id("CITY"), text("Wien"))]), ["NAME required"]);
    assert_eq!(missing(vec![(id("NAME"), None), (id("NEWS"), None)]).len(), 2);
    let draft = Draft::of(&pool, vec![(id("NAME"), text("Müller")), (id("CITY"), None)]).expect("all that is required");
    assert_eq!(draft.values, [(id("NAME"), Value::Text("Müller".to_owned()))]);
}

#[test]
fn other_values_give_another_status() {
    let pool = pool_with(&[]);
    let id = |key: &str| pool.field(key).expect("a field of the pool").id;
    let profile = Profile { id: ProfileId::new(1), revision: 7, status: Status::Unconfirmed, values: BTreeMap::new() };
    let check = |changes: &[(&str, Option<Value>)], expected: Status| {
        let changes: BTreeMap<_, _> = changes.iter().map(|(key, value)| (id(key), value.clone())).collect();
        let changed = profile.with(&pool, &changes);
        assert_eq!(changed.status, expected);
        assert_eq!(changed.values.len(), changes.values().flatten().count());
    };
    check(&[], Status::Unconfirmed);
    check(&[("PERMISSION", Some(Value::Int(5)))], Status::NoAddress);
    check(&[("PERMISSION", Some(Value::Int(5))), ("EMAIL", text("a@example.com"))], Status::Usable);
    check(&[("PERMISSION", Some(Value::Int(5))), ("EMAIL", text("a@example.com")), ("HARDBOUNCES", Some(Value::Int(3)))], Status::Bounced);
    check(&[("UNSUBSCRIBED", Some(Value::Bool(true))), ("EMAIL", None)], Status::Unsubscribed);
    check(&[("PERSONA", Some(Value::Bool(true)))], Status::Persona);
}

#[test]
fn a_profile_survives_json() {
    let values = BTreeMap::from([(FieldId::new(4), Value::Text("Müller".to_owned())), (FieldId::new(12), Value::Int(-3))]);
    let profile = Profile { id: ProfileId::new(1), revision: 7, status: Status::Usable, values };
    let json = serde_json::to_string(&profile).expect("JSON");
    assert_eq!(serde_json::from_str::<Profile>(&json).expect("and back"), profile);
}
