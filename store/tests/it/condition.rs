//! Random conditions over random profiles: the statement of either engine and the evaluator of the domain say the same.

use domain::condition::{Condition, Op};
use domain::config::NewField;
use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::ProfileId;
use domain::lang::Lang;
use domain::list::{ListQuery, STATUS};
use domain::permission::Status;
use domain::pool::Pool;
use domain::profile::{Draft, Profile};
use domain::value::{from_plain, plain};
use store::profiles::Selection;
use store::testing::{NOW, Team, on_each_store};
use store::{Reach, Store};

/// How many conditions are asked of each engine.
const CASES: usize = 2_500;

/// So many profiles, a fifth of them in the bin.
const PROFILES: usize = 150;

/// The same choices at each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const WORDS: [&str; 24] = [
    "Ärzte",
    "ärzte & Söhne",
    "ÄRZTE",
    "Straße",
    "STRASSE",
    "O'Brien",
    "a%b_c",
    "[x]*?",
    "x",
    "X",
    "^$",
    "a.b",
    "a|b",
    "(",
    "]",
    "\\d+",
    "Σίσυφος",
    "σίσυφοσ",
    "İstanbul",
    "ıstanbul",
    "👋 hi",
    "50 % off",
    "shalom שלום",
    "e\u{301}",
];

const OWN: [(&str, FieldKind); 6] = [
    ("Farbe", FieldKind::Selection),
    ("Themen", FieldKind::MultiSelection),
    ("Umsatz", FieldKind::Integer),
    ("News", FieldKind::Boolean),
    ("Notiz", FieldKind::MultiLine),
    ("Gesehen", FieldKind::DateTime),
];

const LABELS: [&str; 4] = ["Rot", "Grün", "a|b", "Blau"];

/// The fields that conditions speak of: one of every type, and some that the system keeps.
const KEYS: [&str; 24] = [
    "NAME",
    "CITY",
    "EMAIL",
    "ZIP",
    "COUNTRY",
    "STATE",
    "SALUTATION",
    "MOBILEPREFIX",
    "BIRTHDAY",
    "FARBE",
    "THEMEN",
    "UMSATZ",
    "NEWS",
    "NOTIZ",
    "GESEHEN",
    "LANGUAGE",
    "PERMISSION",
    "PROFILEID",
    "HARDBOUNCES",
    "PERSONA",
    "UNSUBSCRIBED",
    "ENTRY_DATE",
    "PERMISSION_IP",
    "FORMID",
];

/// A value that the field can have, as files write it.
fn value(chance: &mut Chance, kind: FieldKind) -> String {
    match kind {
        FieldKind::SingleLine => (*chance.one(&WORDS)).to_owned(),
        FieldKind::MultiLine => format!("{}\n{}", chance.one(&WORDS), chance.one(&WORDS)),
        FieldKind::Selection | FieldKind::MultiSelection => (*chance.one(&LABELS)).to_owned(),
        FieldKind::Salutation => (*chance.one(&["female", "male", "company"])).to_owned(),
        FieldKind::Country => (*chance.one(&["AT", "DE", "CH"])).to_owned(),
        FieldKind::State => (*chance.one(&["AT-9", "DE-BY"])).to_owned(),
        FieldKind::MobilePrefix => (*chance.one(&["+49151", "+43664"])).to_owned(),
        FieldKind::Date => (*chance.one(&["1969-12-31", "1990-12-31", "2000-02-29", "0001-01-01"])).to_owned(),
        FieldKind::DateTime => (*chance.one(&["2026-01-01T00:00:00Z", "2026-11-22T10:30:00Z", "1969-07-20T20:17:40.001Z"])).to_owned(),
        FieldKind::Email => (*chance.one(&["a@example.com", "A.b@example.com", "müller@example.de"])).to_owned(),
        FieldKind::Boolean => (*chance.one(&["true", "false"])).to_owned(),
        FieldKind::Integer => (*chance.one(&["-9223372036854775808", "-5", "0", "3", "5", "9223372036854775807"])).to_owned(),
        FieldKind::ProfileId => (1 + chance.below(PROFILES)).to_string(),
        FieldKind::FormRef => (*chance.one(&["1", "2"])).to_owned(),
        FieldKind::Postcode => (*chance.one(&["1010", "80331", "SW1A 1AA"])).to_owned(),
        FieldKind::IpAddress => (*chance.one(&["192.0.2.1", "2001:db8::1"])).to_owned(),
        FieldKind::Language => (*chance.one(&["de", "en"])).to_owned(),
        FieldKind::Permission => (*chance.one(&["none", "opt_out", "double_opt_in"])).to_owned(),
    }
}

fn comparison(chance: &mut Chance, pool: &Pool) -> Condition {
    if chance.below(100) == 0 {
        // What a pool can't answer.
        return Condition::compare_one(*chance.one(&["NOSUCH", "FARBE", "UMSATZ"]), Op::Is, "Gelb");
    }
    if chance.below(12) == 0 {
        let codes: Vec<&str> = (0..1 + chance.below(2)).map(|_| chance.one(&Status::ALL).code()).collect();
        return Condition::compare(STATUS, if chance.below(2) == 0 { Op::AnyOf } else { Op::NoneOf }, codes);
    }
    let field = pool.field(chance.one::<&str>(&KEYS)).expect("a field of the pool");
    let fitting: Vec<Op> = Op::ALL.into_iter().filter(|op| op.fits(Some(field.kind))).collect();
    let op = *chance.one(&fitting);
    let whole = |chance: &mut Chance| {
        let plain_value = value(chance, field.kind);
        // An option's label is written as it is, not as one of several.
        if field.kind.has_options() { plain_value } else { plain_of(pool, &field.key, &plain_value) }
    };
    let values = match op {
        Op::Empty | Op::Filled => Vec::new(),
        Op::Between => vec![whole(chance), whole(chance)],
        Op::AnyOf | Op::AllOf | Op::NoneOf => (0..1 + chance.below(3)).map(|_| whole(chance)).collect(),
        Op::Contains | Op::Begins => {
            let letters: Vec<char> = value(chance, field.kind).chars().collect();
            let from = if op == Op::Begins { 0 } else { chance.below(letters.len()) };
            let part: String = letters[from..].iter().take(1 + chance.below(4)).collect();
            vec![match chance.below(3) {
                0 => part.to_lowercase(),
                1 => part.to_uppercase(),
                _ => part,
            }]
        }
        _ => vec![whole(chance)],
    };
    Condition::compare(field.key.as_str(), op, values)
}

fn plain_of(pool: &Pool, key: &str, typed: &str) -> String {
    let field = pool.field(key).expect("a field");
    let value = from_plain(field, typed).expect("a value").expect("not empty");
    plain(field, &value)
}

fn condition(chance: &mut Chance, pool: &Pool, depth: usize) -> Condition {
    let parts = |chance: &mut Chance| (0..chance.below(4)).map(|_| condition(chance, pool, depth + 1)).collect();
    match chance.below(if depth < 4 { 6 } else { 3 }) {
        3 => Condition::All(parts(chance)),
        4 => Condition::Any(parts(chance)),
        5 => condition(chance, pool, depth + 1).negated(),
        _ => comparison(chance, pool),
    }
}

async fn filled_pool(store: &Store, team: &Team, chance: &mut Chance) -> Pool {
    let category = team.pool(store).await.categories[0].id;
    for (label, kind) in OWN {
        let field = store.create_field(team.client, team.pool, &NewField::new(label, kind, category)).await.expect("a field");
        if kind.has_options() {
            store.add_options(team.client, team.pool, field, &LABELS.map(str::to_owned)).await.expect("options");
        }
    }
    let pool = team.pool(store).await;
    let mut gone = Vec::new();
    for nth in 0..PROFILES {
        let mut values = Vec::new();
        for field in pool.fields.iter().filter(|field| !matches!(field.kind, FieldKind::ProfileId)) {
            if chance.below(3) == 0 {
                continue;
            }
            let typed = match field.kind {
                FieldKind::MultiSelection => {
                    let chosen: Vec<&str> = LABELS.into_iter().filter(|_| chance.below(2) == 0).collect();
                    chosen.join("|").replace("a|b", "a\\|b")
                }
                kind => value(chance, kind),
            };
            if let Some(value) = from_plain(field, &typed).expect("a value") {
                values.push((field.id, value));
            }
        }
        let made = store.create_profile(&Reach::whole(team.client), &pool, Draft { values }, &Actor::System, NOW).await.expect("made");
        gone.extend((nth % 5 == 0).then_some(made.id));
    }
    let (reach, gone) = (Reach::whole(team.client), Selection::Ids(gone));
    store.delete_profiles(&reach, &pool, &gone, &Actor::System, NOW).await.expect("deleted");
    pool
}

fn ids<'p>(pool: &Pool, rule: &Condition, profiles: impl Iterator<Item = &'p Profile>) -> Vec<ProfileId> {
    profiles.filter(|profile| rule.matches(pool, profile)).map(|profile| profile.id).collect()
}

#[tokio::test]
async fn the_engines_and_the_evaluator_agree_on_any_condition() {
    on_each_store(async |store| {
        let mut chance = Chance(20_261_122);
        let team = Team::found(&store, "Nord").await;
        let pool = filled_pool(&store, &team, &mut chance).await;
        let query = ListQuery { page_size: 500, ..ListQuery::default() };
        let whole = Reach::whole(team.client);
        let living = store.list(&whole, &pool, &query, Lang::De).await.expect("a list").rows;
        let bin: Vec<Profile> =
            store.bin(&whole, &pool, "", 1, 500).await.expect("the bin").rows.into_iter().map(|row| row.profile).collect();
        let (mut somebody, mut everybody) = (0, 0);
        for case in 0..CASES {
            let rule = condition(&mut chance, &pool, 0);
            let expected = ids(&pool, &rule, living.iter());
            let reach = Reach::within(team.client, rule.clone().into());
            let found = store.list_columns(&reach, &pool, &query, &[], Lang::De).await.unwrap_or_else(|error| panic!("{rule}: {error}"));
            assert_eq!(found.rows.iter().map(|profile| profile.id).collect::<Vec<_>>(), expected, "case {case}: {rule}");
            let n = store.count(&reach, &pool, &query, Lang::De).await.expect("a count");
            assert_eq!(n, expected.len() as u64, "case {case}, counted: {rule}");
            if case % 10 == 0 {
                let found = store.bin(&reach, &pool, "", 1, 500).await.expect("the bin").rows;
                let found: Vec<ProfileId> = found.iter().map(|row| row.profile.id).collect();
                assert_eq!(found, ids(&pool, &rule, bin.iter()), "case {case}, in the bin: {rule}");
            }
            somebody += usize::from(!expected.is_empty());
            everybody += usize::from(expected.len() == living.len());
        }
        // Most conditions divide the profiles; else this would show little.
        assert!(somebody > CASES / 2 && everybody < CASES / 4, "{somebody} {everybody}");
    })
    .await;
}

#[tokio::test]
async fn the_largest_conditions_are_answered() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let anna = crate::profiles::make(&store, &pool, &[("NAME", "Anna"), ("CITY", "Wien")]).await;
        let one = |n: usize| Condition::compare_one("CITY", Op::Contains, format!("{n}")).negated();
        let wide = Condition::All((0..249).map(one).collect());
        let empty = || Condition::compare::<String>("NAME", Op::Empty, []);
        let deep = (0..17).fold(Condition::All((0..100).map(one).collect()), |inner, n| match n % 2 {
            0 => Condition::All(vec![inner]),
            _ => Condition::Any(vec![empty(), inner]),
        });
        let long = Condition::compare("CITY", Op::AnyOf, (0..9_999).map(|n| n.to_string()).chain(["Wien".to_owned()]));
        let needle = Condition::compare_one("CITY", Op::Contains, "ǅ".repeat(1_000)).negated();
        for rule in [wide, deep, long, needle] {
            assert_eq!(rule.sound(), Ok(()));
            let reach = Reach::within(team.client, rule.into());
            assert_eq!(store.profile(&reach, &pool, anna.id).await.expect("anna"), anna);
        }
    })
    .await;
}
