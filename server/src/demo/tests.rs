use std::collections::HashSet;

use domain::{
    field::{FieldDef, FieldKind, Internal, STANDARD},
    id::{CategoryId, ClientId, FieldId, OptionId, PoolId},
    lang::Lang,
    pool::Pool,
    time::{Millis, Zone},
    value::{self, DateOrder, ParseContext, Value},
};

use super::{people::People, words};

const NOW: Millis = Millis::new(1_795_000_000_000);

fn field(id: i64, key: &str, kind: FieldKind, internal: Option<Internal>, options: &[&str]) -> FieldDef {
    let options = options.iter().zip(1..).map(|(label, i)| domain::field::ChoiceOption {
        id: OptionId::new(id * 100 + i),
        label: (*label).into(),
        position: i,
    });
    let new = FieldDef::new(key, kind, CategoryId::new(1));
    FieldDef { id: FieldId::new(id), position: id, standard: true, internal, options: options.collect(), ..new }
}

fn pool() -> Pool {
    let internal = Internal::ALL.iter().map(|i| (i.key(), i.kind(), Some(*i), &[][..]));
    let standard = STANDARD.iter().map(|s| (s.key, s.kind, None, &[][..]));
    let own = [("INTERESSEN", FieldKind::MultiSelection, None, words::INTERESTS), ("QUELLE", FieldKind::Selection, None, words::SOURCES)];
    let fields =
        internal.chain(standard).chain(own).zip(1..).map(|((key, kind, internal, options), id)| field(id, key, kind, internal, options));
    Pool {
        id: PoolId::new(1),
        client: ClientId::new(1),
        name: "Demo".into(),
        revision: 0,
        shape: 0,
        forms: 0,
        created_at: NOW,
        zone: Default::default(),
        categories: vec![],
        fields: fields.collect(),
        partial: false,
    }
}

fn people(seed: u64, n: usize) -> Vec<Vec<(FieldId, Value)>> {
    let pool = pool();
    let mut people = People::new(&pool, seed, NOW);
    (0..n).map(|_| people.next()).collect()
}

#[test]
fn the_same_seed_makes_the_same_people() {
    assert_eq!(people(1, 300), people(1, 300));
    assert_ne!(people(1, 300), people(2, 300));
}

#[test]
fn every_value_is_one_that_a_person_could_have_typed() {
    let pool = pool();
    for person in people(3, 2_000) {
        let text = |key: &str| person.iter().find(|(id, _)| pool.field_by_id(*id).unwrap().key == key).map(|(_, v)| v.clone());
        let Some(Value::Text(country)) = text("COUNTRY") else { panic!("no country") };
        let cx = ParseContext { lang: Lang::De, zone: &Zone::UTC, date_order: DateOrder::Dmy, country_hint: Some(&country) };
        for (id, stored) in &person {
            let field = pool.field_by_id(*id).unwrap();
            let plain = value::plain(field, stored);
            assert_eq!(value::parse(field, &plain, &cx), Ok(Some(stored.clone())), "{} {plain}", field.key);
        }
        let Some(Value::Text(state)) = text("STATE") else { panic!("no state") };
        assert!(state.starts_with(&country));
    }
}

#[test]
fn addresses_are_distinct_and_end_in_reserved_domains() {
    let pool = pool();
    let email = pool.field("EMAIL").unwrap().id;
    let all: Vec<_> = people(1, 12_000).into_iter().flatten().filter(|(id, _)| *id == email).collect();
    let distinct: HashSet<_> = all.iter().map(|(_, v)| value::plain(pool.field("EMAIL").unwrap(), v)).collect();
    assert_eq!(distinct.len(), all.len());
    assert!(all.len() > 11_500 && all.len() < 12_000);
    for address in distinct {
        let domain = address.split_once('@').unwrap().1;
        assert!(domain.ends_with(".example") || ["example.com", "example.org", "example.net"].contains(&domain), "{address}");
    }
}
