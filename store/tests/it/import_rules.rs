//! The rules of an import: each against new profiles, existing ones, duplicates, those who signed off, and the bin; and all
//! of them at once against a model that applies a file row by row.

use std::collections::BTreeSet;

use domain::audit::{AuditQuery, Deed, Entry};
use domain::bulk::Bulk;
use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::{FieldId, ImportId, OptionId, ProfileId};
use domain::import::{Duplicates, Empty, Existing, Fate, Filled, ImportCounts, Noted, Raise, RowProblem, Rules, Sets};
use domain::job::JobKind;
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::permission::Permission;
use domain::pool::Pool;
use domain::problem::Problem;
use domain::profile::{Draft, Profile};
use domain::time::Zone;
use domain::value::Value;
use futures::TryStreamExt;
use serde_json::json;
use store::jobs::NewJob;
use store::load::{More, NewLabel, Proof, Row, mark};
use store::profiles::Selection;
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Reach, Store};

use crate::imports::{batch, begin};
use crate::profiles::{make, text};

const PERMISSION: &str = "PERMISSION";

fn yes(yes: bool) -> Value {
    Value::Bool(yes)
}

fn permission(permission: Permission) -> Value {
    Value::Int(permission.number())
}

fn by_email() -> Rules {
    Rules::by(Some("EMAIL"))
}

fn raising() -> Rules {
    Rules { consent: Some(Raise { source: "Messe Köln".to_owned() }), ..by_email() }
}

/// A row as the server reads it for these rules: `None` is an empty cell.
fn row(pool: &Pool, rules: &Rules, number: u64, cells: &[(&str, Option<Value>)]) -> Row {
    let filled = |(key, value): &(&str, Option<Value>)| Some((field_of(pool, key), value.clone()?));
    let values: Vec<(FieldId, Value)> = cells.iter().filter_map(filled).collect();
    let says_empty = rules.said_by_empty() != Empty::Keep;
    let empty = cells.iter().filter(|(_, value)| says_empty && value.is_none()).map(|(key, _)| field_of(pool, key)).collect();
    let key: Option<Vec<String>> =
        rules.key.iter().map(|key| cells.iter().find(|(known, _)| known == key)?.1.as_ref().map(|value| format!("{value:?}"))).collect();
    let mark = key.filter(|_| rules.tells_apart()).map(|key| mark(key.iter().map(String::as_str)));
    Row { number, values, more: Some(Box::new(More { empty, mark, ..More::default() })) }
}

/// Loads rows in batches of this size, each by a load of its own, as if the process were killed behind every one.
async fn load(store: &Store, team: &Team, rules: &Rules, rows: &[Row], size: usize) -> (ImportId, ImportCounts, Noted) {
    let import = begin(store, team).await;
    let checked = check(store, team, import, rules, rows, size).await;
    if rules.duplicates == Duplicates::Last {
        store.note_last_rows(team.client, import, rows).await.unwrap();
        store.note_last_rows(team.client, import, &rows[..rows.len() / 2]).await.unwrap();
    }
    let mut end = 0;
    for part in rows.chunks(size) {
        let pool = team.pool(store).await;
        end += part.len() as u64;
        store.load_by(team.client, &pool, import, rules).unwrap().batch(batch(part.to_vec(), end), NOW).await.unwrap();
    }
    store.forget_rows(team.client, import).await.unwrap();
    let found = store.import(team.client, import).await.unwrap();
    let ImportCounts { rows: n, created, updated, unchanged, refused, skipped } = found.counts;
    assert_eq!((n, n), (rows.len() as u64, created + updated + unchanged + refused + skipped), "the balance adds up");
    assert_eq!(checked, (found.counts, found.noted), "a check told what would come of it");
    (import, found.counts, found.noted)
}

/// What a check of the same rows tells, which leaves the pool as it is.
async fn check(store: &Store, team: &Team, import: ImportId, rules: &Rules, rows: &[Row], size: usize) -> (ImportCounts, Noted) {
    let before = all(store, team).await;
    let new = NewJob { kind: JobKind::ImportCheck, payload: json!({ "import": import }), created_by: None };
    let job = store.ask_to_check(team.client, import, new, NOW).await.unwrap();
    assert!(store.begin_check(team.client, import, job).await.unwrap());
    let pool = team.pool(store).await;
    let mut check = store.check_by(team.client, &pool, import, rules).unwrap();
    if rules.duplicates == Duplicates::Last {
        check.note_last(rows);
    }
    let mut end = 0;
    for part in rows.chunks(size) {
        end += part.len() as u64;
        assert!(check.batch(job, batch(part.to_vec(), end), NOW).await.unwrap());
    }
    assert_eq!(all(store, team).await, before);
    let found = store.check_of(team.client, import).await.unwrap().unwrap();
    for fate in Fate::ALL {
        let kept = store.check_rows(team.client, import, fate, (0, 0), 10_000).await.unwrap();
        assert_eq!(kept.len() as u64, fate.of(&found.counts), "{fate:?}");
    }
    store.forget_check(team.client, import).await.unwrap();
    (found.counts, found.noted)
}

async fn skipped(store: &Store, team: &Team, import: ImportId) -> Vec<RowProblem> {
    store.refusals(team.client, import).try_concat().await.unwrap()
}

/// Every living profile, oldest first.
async fn all(store: &Store, team: &Team) -> Vec<Profile> {
    let query = ListQuery::from_pairs([("sort".to_owned(), "PROFILEID".to_owned())].into_iter());
    let pool = team.pool(store).await;
    let parts: Vec<Vec<Profile>> = store.stream(Reach::whole(team.client), pool, query, Lang::De).try_collect().await.unwrap();
    parts.concat()
}

async fn log(store: &Store, team: &Team) -> Vec<Entry> {
    let parts: Vec<Vec<Entry>> = store.audit_entries(team.client, &AuditQuery::default(), &Zone::UTC).try_collect().await.unwrap();
    parts.concat()
}

async fn person(store: &Store, pool: &Pool, values: &[(&str, Value)]) -> ProfileId {
    let values = values.iter().map(|(key, value)| (field_of(pool, key), value.clone())).collect();
    store.create_profile(&Reach::whole(pool.client), pool, Draft { values }, &Actor::System, NOW).await.unwrap().id
}

fn counts(created: u64, updated: u64, unchanged: u64, skipped: u64) -> ImportCounts {
    ImportCounts { rows: created + updated + unchanged + skipped, created, updated, unchanged, skipped, refused: 0 }
}

#[tokio::test]
async fn only_new_ones_or_only_known_ones_or_both() {
    on_each_store(async |store| {
        for (n, (existing, expected, reason)) in [
            (Existing::Both, counts(1, 2, 0, 0), None),
            (Existing::Create, counts(1, 1, 0, 1), Some(Problem::AlreadyThere)),
            (Existing::Update, counts(0, 1, 0, 2), Some(Problem::NotThere)),
        ]
        .into_iter()
        .enumerate()
        {
            let team = Team::found(&store, &format!("Nord {n}")).await;
            let pool = team.pool(&store).await;
            make(&store, &pool, &[("EMAIL", "anna@example.com"), ("NAME", "Adler")]).await;
            let gone = make(&store, &pool, &[("EMAIL", "ben@example.com"), ("NAME", "Böhm")]).await;
            let gone = Selection::Ids(vec![gone.id]);
            store.change_profiles(&Reach::whole(team.client), &pool, &gone, &Bulk::Delete, &Actor::System, NOW).await.unwrap();
            let rules = Rules { existing, ..by_email() };
            let row = |n, email: &str, name: &str| row(&pool, &rules, n, &[("EMAIL", Some(text(email))), ("NAME", Some(text(name)))]);
            // The second row of a new profile is about what this file made, however far apart they are; the bin counts for nothing.
            let rows = [row(2, "anna@example.com", "Arnold"), row(3, "ben@example.com", "Berg"), row(4, "ben@example.com", "Brand")];
            let (import, counted, _) = load(&store, &team, &rules, &rows, 1).await;
            assert_eq!(counted, expected, "{existing:?}");
            let told = skipped(&store, &team, import).await;
            assert!(told.iter().all(|problem| Some(&problem.reason) == reason.as_ref() && problem.reason.is_skip()), "{told:?}");
            assert_eq!(told.len() as u64, expected.skipped);
        }
    })
    .await;
}

#[tokio::test]
async fn an_empty_cell_keeps_clears_or_resets_what_a_profile_has() {
    on_each_store(async |store| {
        let cases = [
            (Filled::Merge, Empty::Keep, Some("Adler"), Some("Köln")),
            (Filled::Merge, Empty::Clear, None, Some("Köln")),
            (Filled::Replace, Empty::Keep, None, Some("Köln")),
            (Filled::Merge, Empty::Default, None, Some("Köln")),
        ];
        for (n, (filled, empty, name, city)) in cases.into_iter().enumerate() {
            let team = Team::found(&store, &format!("Nord {n}")).await;
            let pool = team.pool(&store).await;
            let id = make(&store, &pool, &[("EMAIL", "anna@example.com"), ("NAME", "Adler"), ("CITY", "Köln")]).await.id;
            let rules = Rules { filled, empty, ..by_email() };
            // NOTRACKING and the key are never emptied; CITY has no column.
            let rows = [row(&pool, &rules, 2, &[("EMAIL", Some(text("anna@example.com"))), ("NAME", None), ("NOTRACKING", None)])];
            let (import, ..) = load(&store, &team, &rules, &rows, 9).await;
            let anna = store.profile(&Reach::whole(team.client), &pool, id).await.unwrap();
            let of = |key: &str| anna.value(field_of(&pool, key));
            assert_eq!((of("NAME"), of("CITY")), (name.map(text).as_ref(), city.map(text).as_ref()), "{filled:?} {empty:?}");
            assert_eq!(of("EMAIL"), Some(&text("anna@example.com")));
            undo(&store, &team, import).await;
            let anna = store.profile(&Reach::whole(team.client), &pool, id).await.unwrap();
            assert_eq!(anna.value(field_of(&pool, "NAME")), Some(&text("Adler")));
        }
    })
    .await;
}

async fn undo(store: &Store, team: &Team, import: ImportId) {
    let pool = team.pool(store).await;
    let left = store.left_to_undo(team.client, &pool, import).await.unwrap();
    for part in left.chunks(2) {
        store.undo_import_part(team.client, &pool, import, part, &Actor::System, NOW).await.unwrap();
    }
    let undone = store.import_undone(team.client, import).await.unwrap();
    assert_eq!(undone.map_or(0, |undone| undone.kept), 0);
}

#[tokio::test]
async fn a_key_of_several_fields_finds_who_has_them_all() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        make(&store, &pool, &[("NAME", "Adler"), ("FIRSTNAME", "Anna"), ("CITY", "Köln")]).await;
        make(&store, &pool, &[("NAME", "Adler"), ("FIRSTNAME", "Ben"), ("CITY", "Köln")]).await;
        let rules = Rules { key: vec!["NAME".to_owned(), "FIRSTNAME".to_owned()], ..Rules::default() };
        let row = |n, name: &str, first: Option<&str>, city: &str| {
            row(&pool, &rules, n, &[("NAME", Some(text(name))), ("FIRSTNAME", first.map(text)), ("CITY", Some(text(city)))])
        };
        let rows = [
            row(2, "Adler", Some("Ben"), "Bonn"),
            row(3, "Adler", Some("Carla"), "Ulm"),
            row(4, "Adler", Some("Carla"), "Wien"),
            row(5, "Adler", None, "Bern"),
            row(6, "Adler", None, "Bern"),
        ];
        for size in [9, 1] {
            let (import, counted, _) = load(&store, &team, &rules, &rows, size).await;
            assert_eq!(counted, counts(3, 2, 0, 0));
            let cities: Vec<_> = all(&store, &team).await.iter().map(|p| p.value(field_of(&pool, "CITY")).cloned()).collect();
            assert_eq!(cities, ["Köln", "Bonn", "Wien", "Bern", "Bern"].map(|city| Some(text(city))));
            undo(&store, &team, import).await;
        }
        let gone = Rules { key: vec!["NOSUCH".to_owned()], ..Rules::default() };
        assert!(store.load_by(team.client, &pool, ImportId::new(1), &gone).is_err());
    })
    .await;
}

#[tokio::test]
async fn a_permission_rises_by_choice_alone_and_with_its_proof() {
    on_each_store(async |store| {
        let double = permission(Permission::DoubleOptIn);
        for (n, rules) in [by_email(), raising()].into_iter().enumerate() {
            let team = Team::found(&store, &format!("Nord {n}")).await;
            let pool = team.pool(&store).await;
            let known = make(&store, &pool, &[("EMAIL", "anna@example.com")]).await.id;
            let off = person(&store, &pool, &[("EMAIL", text("ben@example.com")), ("UNSUBSCRIBED", yes(true))]).await;
            let high = person(&store, &pool, &[("EMAIL", text("carla@example.com")), (PERMISSION, double.clone())]).await;
            let row = |n, email: &str, value: Permission, unsubscribed| {
                let cells =
                    [("EMAIL", Some(text(email))), (PERMISSION, Some(permission(value))), ("UNSUBSCRIBED", Some(yes(unsubscribed)))];
                let mut row = row(&pool, &rules, n, &cells);
                let proof = Proof { source: None, at: Some(0), address: Some("192.0.2.7".to_owned()) };
                row.more.as_mut().unwrap().proof = proof;
                row
            };
            let rows = [
                row(2, "anna@example.com", Permission::DoubleOptIn, false),
                row(3, "ben@example.com", Permission::DoubleOptIn, false),
                row(4, "carla@example.com", Permission::None, true),
                row(5, "dora@example.com", Permission::SingleOptIn, false),
                row(6, "emil@example.com", Permission::DoubleOptIn, true),
                row(7, "fritz@example.com", Permission::DoubleOptInPending, false),
            ];
            let (import, _, noted) = load(&store, &team, &rules, &rows, 2).await;
            let raises = rules.consent.is_some();
            let n_raised = if raises { 2 } else { 0 };
            assert_eq!(noted, Noted { raised: n_raised, not_raised: 4 - n_raised, objections: 1, ..Noted::default() });
            let now = all(&store, &team).await;
            let has = |profile: &Profile| {
                let of = |key| profile.value(field_of(&pool, key)).cloned();
                (of(PERMISSION), of("UNSUBSCRIBED"), of("PERMISSION_IP"))
            };
            let (opt_out, ip) = (permission(Permission::OptOut), text("192.0.2.7"));
            let risen = |value: Permission| {
                if raises {
                    (Some(permission(value)), Some(yes(false)), Some(ip.clone()))
                } else {
                    (Some(opt_out.clone()), Some(yes(false)), None)
                }
            };
            let expected = [
                risen(Permission::DoubleOptIn),
                (Some(opt_out.clone()), Some(yes(true)), None),
                (Some(permission(Permission::None)), Some(yes(true)), None),
                risen(Permission::SingleOptIn),
                (Some(opt_out.clone()), Some(yes(true)), None),
                (Some(permission(Permission::DoubleOptInPending)), Some(yes(false)), None),
            ];
            assert_eq!(now.iter().map(has).collect::<Vec<_>>(), expected, "{rules:?}");
            let signed_off_on =
                |id: ProfileId| now.iter().find(|p| p.id == id).unwrap().value(field_of(&pool, "UNSUBSCRIBE_DATE")).cloned();
            assert_eq!(signed_off_on(high), Some(Value::Int(NOW.get())));
            assert_eq!(signed_off_on(off), Some(Value::Int(NOW.get())));

            for (id, before) in [(known, opt_out.clone()), (now[3].id, opt_out.clone())] {
                let lines = store.history(&Reach::whole(team.client), &pool, id, 10, None).await.unwrap();
                let told: Vec<_> =
                    lines.iter().flat_map(|line| &line.changes).filter(|change| change.key.starts_with(PERMISSION)).collect();
                let keys: Vec<&str> = told.iter().map(|change| change.key.as_str()).collect();
                if raises {
                    let expected = BTreeSet::from([PERMISSION, "PERMISSION_IP", "PERMISSION_SOURCE", "PERMISSION_DATE"]);
                    assert_eq!(keys.into_iter().collect::<BTreeSet<_>>(), expected);
                    let of = |key: &str| told.iter().find(|change| change.key == key).unwrap();
                    assert_eq!(of(PERMISSION).before, Some(before));
                    assert_eq!(of("PERMISSION_SOURCE").after, Some(text("Messe Köln")));
                    assert_eq!(of("PERMISSION_DATE").after, Some(text("1970-01-01T00:00:00Z")));
                } else {
                    assert!(keys.is_empty(), "{keys:?}");
                }
            }
            let told = log(&store, &team).await;
            let raised: Vec<_> = told.iter().filter(|line| line.deed == Deed::ConsentRaised.code()).collect();
            assert_eq!(raised.len() as u64, n_raised, "one for each batch that raised one");
            undo(&store, &team, import).await;
            let back: Vec<_> = all(&store, &team).await.iter().map(has).collect();
            assert_eq!(
                back,
                [
                    (Some(opt_out.clone()), Some(yes(false)), None),
                    (Some(opt_out.clone()), Some(yes(true)), None),
                    (Some(double.clone()), Some(yes(false)), None)
                ]
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_objection_is_never_lifted_and_always_taken_over() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        person(&store, &pool, &[("EMAIL", text("anna@example.com")), ("NOTRACKING", yes(true)), ("UNSUBSCRIBED", yes(true))]).await;
        person(&store, &pool, &[("EMAIL", text("ben@example.com"))]).await;
        let rules = Rules { filled: Filled::Replace, ..raising() };
        let row = |n, email: &str, value| {
            row(&pool, &rules, n, &[("EMAIL", Some(text(email))), ("NOTRACKING", Some(yes(value))), ("UNSUBSCRIBED", Some(yes(value)))])
        };
        let rows = [row(2, "anna@example.com", false), row(3, "ben@example.com", true), row(4, "ben@example.com", false)];
        let (_, counted, noted) = load(&store, &team, &rules, &rows, 1).await;
        assert_eq!(counted, counts(0, 1, 2, 0));
        assert_eq!(noted.objections, 2);
        for profile in all(&store, &team).await {
            assert_eq!(profile.value(field_of(&pool, "NOTRACKING")), Some(&yes(true)));
            assert_eq!(profile.value(field_of(&pool, "UNSUBSCRIBED")), Some(&yes(true)));
        }
    })
    .await;
}

#[tokio::test]
async fn options_come_with_the_batch_that_names_them_and_stay_when_it_is_taken_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let color = team.field(&store, "Farbe", FieldKind::Selection).await;
        let topics = team.field(&store, "Themen", FieldKind::MultiSelection).await;
        let number = team.field(&store, "Zahl", FieldKind::Integer).await;
        store.add_options(team.client, team.pool, color, &["Blau".to_owned()]).await.unwrap();
        let pool = team.pool(&store).await;
        let new = |field, n: i64, label: &str| NewLabel { field, stands_for: OptionId::new(-n), label: label.to_owned() };
        let row = |n, values: Vec<(FieldId, Value)>, options| Row {
            number: n,
            values,
            more: Some(Box::new(More { options, ..More::default() })),
        };
        let import = begin(&store, &team).await;
        let rules = Rules::default();
        let mut load = store.load_by(team.client, &pool, import, &rules).unwrap();
        // Somebody makes one of them meanwhile; a number below zero of another field stays one.
        store.add_options(team.client, team.pool, color, &["rot".to_owned()]).await.unwrap();
        let first = row(2, vec![(color, Value::Int(-1)), (number, Value::Int(-1))], vec![new(color, 1, "Rot")]);
        let second = row(
            3,
            vec![(topics, Value::Set(vec![OptionId::new(-3), OptionId::new(-2)]))],
            vec![new(topics, 2, "Sport"), new(topics, 3, "Kunst")],
        );
        load.batch(batch(vec![first, second], 2), NOW).await.unwrap();
        let later = row(4, vec![(topics, Value::Set(vec![OptionId::new(-2)])), (color, Value::Int(-1))], Vec::new());
        load.batch(batch(vec![later], 3), NOW).await.unwrap();

        let pool = team.pool(&store).await;
        let labels = |field: FieldId| pool.field_by_id(field).unwrap().options.iter().map(|o| o.label.clone()).collect::<Vec<_>>();
        assert_eq!(labels(color), ["Blau", "rot"]);
        assert_eq!(labels(topics), ["Sport", "Kunst"]);
        let shown = |profile: &Profile, field: FieldId| {
            profile.value(field).map(|value| domain::value::plain(pool.field_by_id(field).unwrap(), value)).unwrap_or_default()
        };
        let now: Vec<_> =
            all(&store, &team).await.iter().map(|p| [shown(p, color), shown(p, topics), shown(p, number)].join("/")).collect();
        assert_eq!(now, ["rot//-1", "/Sport|Kunst/", "rot/Sport/"]);
        assert_eq!(store.import(team.client, import).await.unwrap().noted.options, 2);
        let told = log(&store, &team).await;
        assert_eq!(told.iter().filter(|line| line.deed == Deed::ConfigurationChanged.code()).count(), 2);
        undo(&store, &team, import).await;
        assert_eq!(team.pool(&store).await.field_by_id(topics).unwrap().options.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn options_of_a_batch_that_a_dead_worker_loaded_are_known_behind_it() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let topics = team.field(&store, "Themen", FieldKind::MultiSelection).await;
        let pool = team.pool(&store).await;
        let row = |n, options| Row {
            number: n,
            values: vec![(topics, Value::Set(vec![OptionId::new(-1)]))],
            more: Some(Box::new(More { options, ..More::default() })),
        };
        let first = || batch(vec![row(2, vec![NewLabel { field: topics, stands_for: OptionId::new(-1), label: "Sport".to_owned() }])], 1);
        let import = begin(&store, &team).await;
        let rules = Rules::default();
        // Both read the pool and the file before the first batch; the one that is killed still commits it.
        let mut dead = store.load_by(team.client, &pool, import, &rules).unwrap();
        let mut load = store.load_by(team.client, &pool, import, &rules).unwrap();
        dead.batch(first(), NOW).await.unwrap();
        assert_eq!(load.batch(first(), NOW).await.unwrap(), ImportCounts::default());
        load.batch(batch(vec![row(3, Vec::new())], 2), NOW).await.unwrap();
        let options = team.pool(&store).await.field_by_id(topics).unwrap().options.clone();
        let sport = Value::Set(options.iter().map(|option| option.id).collect());
        assert_eq!((options.len(), options[0].label.as_str()), (1, "Sport"));
        let people = all(&store, &team).await;
        assert_eq!(people.iter().map(|person| person.value(topics)).collect::<Vec<_>>(), [Some(&sport); 2]);
    })
    .await;
}

#[tokio::test]
async fn which_row_counts_is_forgotten_with_the_client_asking_alone() {
    on_each_store(async |store| {
        let (team, others) = (Team::found(&store, "Nord").await, Team::found(&store, "Süd").await);
        let pool = team.pool(&store).await;
        let rules = Rules { duplicates: Duplicates::First, ..by_email() };
        let import = begin(&store, &team).await;
        let one = |n: u64| row(&pool, &rules, n, &[("EMAIL", Some(text("anna@example.com"))), ("NAME", Some(text(&n.to_string())))]);
        let mut load = store.load_by(team.client, &pool, import, &rules).unwrap();
        load.batch(batch(vec![one(2)], 1), NOW).await.unwrap();
        store.forget_rows(others.client, import).await.unwrap();
        assert_eq!(load.batch(batch(vec![one(3)], 2), NOW).await.unwrap().skipped, 1);
        store.forget_rows(team.client, import).await.unwrap();
        assert_eq!(load.batch(batch(vec![one(4)], 3), NOW).await.unwrap().updated, 1);
    })
    .await;
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.roll(from.len() as u64)).unwrap()]
    }
}

/// A person of the model; the cells of a row say the same things, if they say anything.
#[derive(Clone, Debug, Default, PartialEq)]
struct Person {
    email: Option<String>,
    name: Option<String>,
    topics: BTreeSet<OptionId>,
    permission: i64,
    unsubscribed: bool,
    no_tracking: bool,
    /// Was there before the import.
    old: bool,
}

#[derive(Clone, Debug)]
struct Cells {
    email: Option<String>,
    name: Option<String>,
    topics: BTreeSet<OptionId>,
    permission: Option<i64>,
    unsubscribed: Option<bool>,
    no_tracking: Option<bool>,
}

/// What the rules of `docs/import.md` say, row by row and as simply as can be.
fn apply(people: &mut Vec<Person>, file: &[Cells], rules: &Rules) -> (ImportCounts, Noted) {
    let (mut counts, mut noted) = (ImportCounts { rows: file.len() as u64, ..ImportCounts::default() }, Noted::default());
    for (at, row) in file.iter().enumerate() {
        let same = |other: &Cells| row.email.is_some() && other.email == row.email;
        let another = match rules.duplicates {
            Duplicates::First => file[..at].iter().any(same),
            Duplicates::Last => file[at + 1..].iter().any(same),
            Duplicates::Merge => false,
        };
        let found = people.iter().position(|person| row.email.is_some() && person.email == row.email);
        let left_out = another
            || match rules.existing {
                Existing::Both => false,
                Existing::Create => found.is_some_and(|at| people[at].old),
                Existing::Update => found.is_none(),
            };
        if left_out {
            counts.skipped += 1;
            continue;
        }
        let mut person = found.map_or(Person { permission: 1, ..Person::default() }, |at| people[at].clone());
        let says_empty = rules.filled == Filled::Replace || rules.empty != Empty::Keep;
        if row.email.is_some() {
            person.email.clone_from(&row.email);
        }
        if row.name.is_some() || says_empty {
            person.name.clone_from(&row.name);
        }
        if row.topics.is_empty() {
            if says_empty {
                person.topics.clear();
            }
        } else {
            match rules.sets {
                Sets::Replace => person.topics.clone_from(&row.topics),
                Sets::Add => person.topics.extend(&row.topics),
                Sets::Remove => person.topics.retain(|topic| !row.topics.contains(topic)),
            }
        }
        if (person.unsubscribed && row.unsubscribed == Some(false)) || (person.no_tracking && row.no_tracking == Some(false)) {
            noted.objections += 1;
        }
        person.unsubscribed |= row.unsubscribed == Some(true);
        person.no_tracking |= row.no_tracking == Some(true);
        if let Some(permission) = row.permission {
            let order = [0, 4, 1, 2, 3, 5];
            let place = |n: i64| order.iter().position(|one| *one == n);
            if place(permission) <= place(person.permission) {
                person.permission = permission;
            } else if rules.consent.is_some() && !person.unsubscribed {
                person.permission = permission;
                noted.raised += 1;
            } else {
                noted.not_raised += 1;
            }
        }
        match found {
            None => {
                counts.created += 1;
                people.push(person);
            }
            Some(at) if people[at] == person => counts.unchanged += 1,
            Some(at) => {
                counts.updated += 1;
                people[at] = person;
            }
        }
    }
    (counts, noted)
}

fn random(dice: &mut Dice, topics: &[OptionId]) -> (Rules, Vec<Cells>) {
    let rules = Rules {
        existing: dice.pick(Existing::ALL),
        filled: dice.pick(Filled::ALL),
        sets: dice.pick(Sets::ALL),
        empty: dice.pick(Empty::ALL),
        duplicates: dice.pick(Duplicates::ALL),
        consent: (dice.roll(2) == 0).then(|| Raise { source: "Messe".to_owned() }),
        ..by_email()
    };
    let cells = |dice: &mut Dice| Cells {
        email: (dice.roll(6) > 0).then(|| format!("p{}@example.com", dice.roll(7))),
        name: (dice.roll(3) > 0).then(|| format!("N{}", dice.roll(2))),
        topics: topics.iter().filter(|_| dice.roll(3) == 0).copied().collect(),
        permission: (dice.roll(2) == 0).then(|| i64::try_from(dice.roll(6)).unwrap()),
        unsubscribed: (dice.roll(3) == 0).then(|| dice.roll(3) == 0),
        no_tracking: (dice.roll(3) == 0).then(|| dice.roll(2) == 0),
    };
    let n = 1 + dice.roll(16);
    let file = (0..n).map(|_| cells(dice)).collect();
    (rules, file)
}

#[tokio::test]
async fn any_file_by_any_rules_does_what_the_model_does_and_can_be_taken_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let field = team.field(&store, "Themen", FieldKind::MultiSelection).await;
        let topics = store.add_options(team.client, team.pool, field, &["A", "B", "C"].map(str::to_owned)).await.unwrap();
        let pool = team.pool(&store).await;
        let key = pool.field_by_id(field).unwrap().key.clone();
        let mut dice = Dice(20_261_123);
        for n in 0..3 {
            let (email, set) = (format!("p{n}@example.com"), vec![topics[n]]);
            person(
                &store,
                &pool,
                &[("EMAIL", text(&email)), ("NAME", text("N0")), (&key, Value::Set(set)), (PERMISSION, Value::Int([1, 3, 5][n]))],
            )
            .await;
        }
        person(&store, &pool, &[("EMAIL", text("p3@example.com")), ("UNSUBSCRIBED", yes(true)), ("NOTRACKING", yes(true))]).await;
        let seen = async |old: usize| -> Vec<Person> {
            let of = |(at, p): (usize, &Profile)| {
                let value = |key: &str| p.value(field_of(&pool, key));
                let words = |key: &str| value(key).and_then(|v| if let Value::Text(text) = v { Some(text.clone()) } else { None });
                Person {
                    email: words("EMAIL"),
                    name: words("NAME"),
                    topics: match value(&key) {
                        Some(Value::Set(set)) => set.iter().copied().collect(),
                        _ => BTreeSet::new(),
                    },
                    permission: if let Some(Value::Int(n)) = value(PERMISSION) { *n } else { 0 },
                    unsubscribed: value("UNSUBSCRIBED") == Some(&yes(true)),
                    no_tracking: value("NOTRACKING") == Some(&yes(true)),
                    old: at < old,
                }
            };
            all(&store, &team).await.iter().enumerate().map(of).collect()
        };
        let before = seen(4).await;
        for round in 0..60 {
            let (rules, file) = random(&mut dice, &topics);
            let mut people = before.clone();
            let expected = apply(&mut people, &file, &rules);
            let cells = |(n, cells): (usize, &Cells)| {
                let set = (!cells.topics.is_empty()).then(|| Value::Set(cells.topics.iter().copied().collect()));
                let all = [
                    ("EMAIL", cells.email.as_deref().map(text)),
                    ("NAME", cells.name.as_deref().map(text)),
                    (key.as_str(), set),
                    (PERMISSION, cells.permission.map(Value::Int)),
                    ("UNSUBSCRIBED", cells.unsubscribed.map(yes)),
                    ("NOTRACKING", cells.no_tracking.map(yes)),
                ];
                row(&pool, &rules, n as u64 + 2, &all)
            };
            let rows: Vec<Row> = file.iter().enumerate().map(cells).collect();
            let size = 1 + usize::try_from(dice.roll(rows.len() as u64)).unwrap();
            let (import, counts, noted) = load(&store, &team, &rules, &rows, size).await;
            assert_eq!((counts, noted), expected, "round {round}: {rules:?}\n{file:#?}");
            assert_eq!(seen(4).await, people, "round {round}: {rules:?}\n{file:#?}");
            undo(&store, &team, import).await;
            assert_eq!(seen(4).await, before, "round {round} taken back: {rules:?}\n{file:#?}");
        }
    })
    .await;
}
