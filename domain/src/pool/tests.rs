use super::*;
use crate::field::{FieldKind, STANDARD};

/// A new pool as the store makes it: standard and internal fields, then what is asked for.
pub(crate) fn pool_with(own: &[(&str, FieldKind)]) -> Pool {
    let roles = [CategoryRole::Basic, CategoryRole::Internal, CategoryRole::Unassigned];
    let category = |(i, role): (i64, CategoryRole)| Category { id: CategoryId::new(i), name: String::new(), role, position: i };
    let standard = STANDARD.iter().map(|field| (field.key, field.kind, 1));
    let internal = Internal::ALL.into_iter().map(|field| (field.key(), field.kind(), 2));
    let own = own.iter().map(|(key, kind)| (*key, *kind, 3));
    let field = |(i, (key, kind, category)): (i64, (&str, FieldKind, i64))| FieldDef {
        id: FieldId::new(i),
        position: i,
        standard: category == 1,
        internal: Internal::from_key(key),
        ..FieldDef::new(key, kind, CategoryId::new(category))
    };
    Pool {
        id: PoolId::new(1),
        client: ClientId::new(1),
        name: "Kunden".to_owned(),
        revision: 1,
        shape: 0,
        forms: 0,
        created_at: Millis::new(0),
        zone: Zone::default(),
        categories: (1..).zip(roles).map(category).collect(),
        fields: (1..).zip(standard.chain(internal).chain(own)).map(field).collect(),
        partial: false,
    }
}

#[test]
fn a_new_pool_is_searched_and_listed_by_the_usual_fields() {
    let pool = pool_with(&[]);
    let keys = |fields: Vec<&FieldDef>| fields.into_iter().map(|field| field.key.clone()).collect::<Vec<_>>().join(" ");
    assert_eq!(keys(pool.default_search()), "NAME FIRSTNAME EMAIL COMPANY");
    assert_eq!(keys(pool.default_columns()), "NAME FIRSTNAME EMAIL COMPANY CITY ENTRY_DATE");
    assert_eq!(pool.internal(Internal::Permission).map(|field| field.kind), Some(FieldKind::Permission));
    assert_eq!(pool.field("NAME").map(|field| field.id), pool.field_by_id(FieldId::new(4)).map(|field| field.id));
}

#[test]
fn categories_have_their_own_names_until_they_are_renamed() {
    let mut pool = pool_with(&[]);
    let labels = |pool: &Pool, lang| pool.categories.iter().map(|category| category.label(lang).to_owned()).collect::<Vec<_>>();
    assert_eq!(labels(&pool, Lang::De), ["Basisdaten", "Intern", "Ohne Zuordnung"]);
    assert_eq!(labels(&pool, Lang::En), ["Basic data", "Internal", "Unassigned"]);
    pool.categories[0].name = "Person".to_owned();
    assert_eq!(labels(&pool, Lang::En)[0], "Person");
}

#[test]
fn who_may_not_see_addresses_or_change_consent_gets_a_pool_without_the_ones_and_with_the_others_locked() {
    let pool = pool_with(&[]);
    let own = [Right::SeeProfiles, Right::EditProfiles];
    let seen = pool.clone().seen_by(Rights::of(&own));
    assert!(seen.partial && Internal::ALL.iter().all(|field| (field.kind() == FieldKind::IpAddress) == seen.internal(*field).is_none()));
    let locked: Vec<&str> = seen.fields.iter().filter(|field| field.locked).map(|field| field.key.as_str()).collect();
    assert_eq!(locked, ["PERMISSION", "UNSUBSCRIBED", "UNSUBSCRIBE_DATE", "NOTRACKING"]);
    assert!(seen.fields.iter().filter(|field| field.locked).all(|field| !field.writable()));
    assert!(!seen.tells_of("PERMISSION_IP") && seen.tells_of("PERMISSION") && seen.tells_of("GONE_LONG_AGO"));
    let all = pool.clone().seen_by(Rights::all());
    assert_eq!(all, pool);
    assert!(all.tells_of("PERMISSION_IP"));
}
