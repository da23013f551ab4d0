use super::*;
use crate::pool::tests::pool_with;
use crate::text::is_internal_name;

#[test]
fn codes_lead_back_and_are_the_same_in_json() {
    for kind in FieldKind::ALL {
        assert_eq!(FieldKind::from_code(kind.code()), Some(kind));
        assert_eq!(serde_json::to_value(kind).expect("a text"), kind.code());
        assert!(Lang::ALL.iter().all(|lang| !kind.label(*lang).is_empty()));
    }
    for internal in Internal::ALL {
        assert_eq!(Internal::from_key(internal.key()), Some(internal));
    }
}

#[test]
fn names_of_standard_and_internal_fields_are_names_and_unique() {
    let mut keys: Vec<&str> = STANDARD.iter().map(|field| field.key).chain(Internal::ALL.map(Internal::key)).collect();
    assert!(keys.iter().all(|key| is_internal_name(key)));
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), STANDARD.len() + Internal::ALL.len());
}

#[test]
fn a_field_has_the_name_of_the_readers_language_until_it_is_renamed() {
    let mut pool = pool_with(&[("HOBBY", FieldKind::SingleLine)]);
    let label = |pool: &crate::pool::Pool, key: &str, lang| pool.field(key).map(|field| field.label(lang).to_owned());
    assert_eq!(label(&pool, "FIRSTNAME", Lang::De).as_deref(), Some("Vorname"));
    assert_eq!(label(&pool, "FIRSTNAME", Lang::En).as_deref(), Some("First name"));
    assert_eq!(label(&pool, "ENTRY_DATE", Lang::En).as_deref(), Some("Entered"));
    assert_eq!(label(&pool, "HOBBY", Lang::De).as_deref(), Some("HOBBY"));
    pool.fields.iter_mut().for_each(|field| field.label = "Neu".to_owned());
    assert_eq!(label(&pool, "FIRSTNAME", Lang::En).as_deref(), Some("Neu"));
}

#[test]
fn the_system_fills_its_own_fields() {
    let pool = pool_with(&[]);
    let closed: Vec<&str> = pool.fields.iter().filter(|field| !field.writable()).map(|field| field.key.as_str()).collect();
    let expected = ["PROFILEID", "FORMID", "ENTRY_DATE", "CHANGE_DATE", "UNSUBSCRIBE_DATE", "CHANGE_IP", "PERMISSION_IP", "UNSUBSCRIBE_IP"];
    assert_eq!(closed, expected);
}
