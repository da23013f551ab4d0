use domain::config::{FieldChange, NewField, NewOption, Step, read_options};
use domain::field::{FieldDef, FieldKind};
use domain::history::Actor;
use domain::id::{CategoryId, FieldId, OptionId};
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::{CategoryRole, Pool};
use domain::profile::Draft;
use domain::uses::UseKind;
use domain::value::Value;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::profiles::Selection;
use store::testing::{NOW, Team, field_of, on_each_database, on_each_store};
use store::{Conflict, Reach, Result, Store, StoreError};

async fn step(store: &Store, team: &Team, step: Step) -> domain::config::Done {
    store.configure(team.client, team.pool, &step, &team.wish()).await.unwrap_or_else(|error| panic!("{step:?}: {error}"))
}

async fn refused(store: &Store, team: &Team, step: Step) -> StoreError {
    store.configure(team.client, team.pool, &step, &team.wish()).await.expect_err("a refusal")
}

async fn undo(store: &Store, team: &Team, change: i64) -> Result<domain::config::Done> {
    store.undo_change(team.client, team.pool, change, &team.wish()).await
}

fn category(pool: &Pool, role: CategoryRole) -> CategoryId {
    pool.categories.iter().find(|category| category.role == role).expect("a category").id
}

fn keys_in(pool: &Pool, category: CategoryId) -> Vec<&str> {
    pool.fields.iter().filter(|field| field.category == category).map(|field| field.key.as_str()).collect()
}

fn names(pool: &Pool) -> Vec<&str> {
    pool.categories.iter().map(|category| category.label(Lang::De)).collect()
}

fn labels(field: &FieldDef) -> Vec<&str> {
    field.options.iter().map(|option| option.label.as_str()).collect()
}

/// A selection with three options.
async fn colours(store: &Store, team: &Team, kind: FieldKind) -> (FieldId, Vec<OptionId>) {
    let unassigned = category(&team.pool(store).await, CategoryRole::Unassigned);
    let options = ["Rot", "Grün", "Blau"].map(NewOption::new).to_vec();
    let made = step(store, team, Step::AddField(NewField { options, ..NewField::new("Farbe", kind, unassigned) })).await;
    let field = FieldId::new(made.made.expect("a field"));
    let pool = team.pool(store).await;
    (field, pool.field_by_id(field).expect("the field").options.iter().map(|option| option.id).collect())
}

#[tokio::test]
async fn categories_are_added_renamed_moved_and_deleted_and_all_of_it_is_undone() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let basic = category(&team.pool(&store).await, CategoryRole::Basic);
        let added = step(&store, &team, Step::AddCategory { name: " Anschrift ".to_owned(), before: Some(basic) }).await;
        let new = CategoryId::new(added.made.expect("a category"));
        assert_eq!(names(&team.pool(&store).await), ["Anschrift", "Basisdaten", "Intern", "Ohne Zuordnung"]);
        let renamed = step(&store, &team, Step::RenameCategory { category: new, name: "Adresse".to_owned() }).await;
        let moved = step(&store, &team, Step::MoveCategory { category: new, before: None }).await;
        assert_eq!(names(&team.pool(&store).await), ["Basisdaten", "Intern", "Ohne Zuordnung", "Adresse"]);
        for key in ["CITY", "ZIP"] {
            let field = field_of(&team.pool(&store).await, key);
            step(&store, &team, Step::MoveField { field, category: new, before: None }).await;
        }
        let before = team.pool(&store).await;
        let deleted = step(&store, &team, Step::DeleteCategory { category: new }).await;
        let pool = team.pool(&store).await;
        assert_eq!(keys_in(&pool, category(&pool, CategoryRole::Unassigned)), ["CITY", "ZIP"]);
        assert_eq!(pool.fields.len(), before.fields.len());
        undo(&store, &team, deleted.change).await.unwrap();
        let pool = team.pool(&store).await;
        assert_eq!((names(&pool), keys_in(&pool, new)), (names(&before), vec!["CITY", "ZIP"]));
        undo(&store, &team, moved.change).await.unwrap();
        undo(&store, &team, renamed.change).await.unwrap();
        assert_eq!(names(&team.pool(&store).await), ["Anschrift", "Basisdaten", "Intern", "Ohne Zuordnung"]);
        // What lies in it by now falls to the unassigned ones.
        undo(&store, &team, added.change).await.unwrap();
        assert_eq!(names(&team.pool(&store).await), ["Basisdaten", "Intern", "Ohne Zuordnung"]);
        assert_eq!(team.pool(&store).await.fields.len(), before.fields.len());
        let twice = undo(&store, &team, added.change).await;
        assert!(matches!(twice, Err(StoreError::NotFound)), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn the_first_three_categories_stay_and_can_have_other_names() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        for role in [CategoryRole::Basic, CategoryRole::Internal, CategoryRole::Unassigned] {
            let category = category(&team.pool(&store).await, role);
            let answer = refused(&store, &team, Step::DeleteCategory { category }).await;
            assert!(matches!(answer, StoreError::Conflict(Conflict::CategoryFixed)), "{answer:?}");
            step(&store, &team, Step::RenameCategory { category, name: "Robert'); drop table fields; --".to_owned() }).await;
            assert!(names(&team.pool(&store).await).contains(&"Robert'); drop table fields; --"));
            step(&store, &team, Step::RenameCategory { category, name: String::new() }).await;
        }
        assert_eq!(names(&team.pool(&store).await), ["Basisdaten", "Intern", "Ohne Zuordnung"]);
        let added = step(&store, &team, Step::AddCategory { name: "🎉".to_owned(), before: None }).await;
        let own = CategoryId::new(added.made.expect("a category"));
        for name in ["", "  ", &"x".repeat(500)] {
            let answer = refused(&store, &team, Step::RenameCategory { category: own, name: name.to_owned() }).await;
            assert!(matches!(answer, StoreError::Invalid(_)), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_field_has_all_that_was_asked_for() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let pool = team.pool(&store).await;
        let basic = category(&pool, CategoryRole::Basic);
        let new = NewField {
            before: Some(field_of(&pool, "TITLE")),
            required: true,
            matching: true,
            profiling: true,
            tagging: true,
            default: "Blau".to_owned(),
            help: "Für die Post\r\n".to_owned(),
            options: vec![NewOption::new("Rot"), NewOption::new("Blau"), NewOption::new("rot")],
            ..NewField::new(" Straße 2 ", FieldKind::Selection, basic)
        };
        let made = step(&store, &team, Step::AddField(new)).await;
        let pool = team.pool(&store).await;
        let field = pool.field("STRASSE2").expect("the field");
        assert_eq!((field.id.get(), field.label.as_str(), field.help.as_str()), (made.made.expect("an id"), "Straße 2", "Für die Post"));
        assert!(field.required && field.matching && field.profiling && field.tagging);
        assert_eq!((labels(field), keys_in(&pool, basic)[..3].to_vec()), (vec!["Rot", "Blau"], vec!["SALUTATION", "STRASSE2", "TITLE"]));
        let blue = field.options[1].id;
        let draft = Draft { values: Vec::new() };
        let profile = store.create_profile(&Reach::whole(team.client), &pool, draft, &Actor::User(team.user), NOW).await.unwrap();
        assert_eq!(profile.value(field.id), Some(&Value::Int(blue.get())));
        undo(&store, &team, made.change).await.unwrap();
        assert!(team.pool(&store).await.field("STRASSE2").is_none());
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_field_is_said_and_nothing_is_left_behind() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let before = team.pool(&store).await;
        let unassigned = category(&before, CategoryRole::Unassigned);
        let new = |kind| NewField::new("Neu", kind, unassigned);
        let wrong = [
            ("label", NewField { label: "x".repeat(500), ..new(FieldKind::SingleLine) }),
            ("key", NewField { key: Some("1A".to_owned()), ..new(FieldKind::SingleLine) }),
            ("key", NewField { key: Some("PERMISSION".to_owned()), ..new(FieldKind::SingleLine) }),
            ("default", NewField { default: "morgens".to_owned(), ..new(FieldKind::Date) }),
            ("default", NewField { default: "Gelb".to_owned(), options: vec![NewOption::new("Rot")], ..new(FieldKind::Selection) }),
            ("matching", NewField { matching: true, ..new(FieldKind::SingleLine) }),
        ];
        for (part, field) in wrong {
            let answer = refused(&store, &team, Step::AddField(field)).await;
            let StoreError::Invalid(invalid) = answer else { panic!("{answer:?}") };
            assert_eq!(invalid.problems[0].field, part);
        }
        let taken = refused(&store, &team, Step::AddField(NewField { key: Some("EMAIL".to_owned()), ..new(FieldKind::Email) })).await;
        assert!(matches!(taken, StoreError::Conflict(Conflict::FieldKeyTaken)), "{taken:?}");
        let elsewhere = Team::found(&store, "Südwind").await.pool(&store).await.categories[0].id;
        let strange = refused(&store, &team, Step::AddField(NewField { category: elsewhere, ..new(FieldKind::Email) })).await;
        assert!(matches!(strange, StoreError::NotFound), "{strange:?}");
        assert_eq!(team.pool(&store).await.fields, before.fields);
    })
    .await;
}

#[tokio::test]
async fn a_relative_default_is_reckoned_when_the_profile_is_made() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let unassigned = category(&team.pool(&store).await, CategoryRole::Unassigned);
        let new = NewField { default: "heute vor 5 Tagen".to_owned(), ..NewField::new("Seit", FieldKind::Date, unassigned) };
        step(&store, &team, Step::AddField(new)).await;
        let pool = team.pool(&store).await;
        for (days, expected) in [(0, 20_774), (3, 20_777)] {
            let now = NOW.plus(days * 86_400_000);
            let made =
                store.create_profile(&Reach::whole(team.client), &pool, Draft::default(), &Actor::User(team.user), now).await.unwrap();
            assert_eq!(made.value(field_of(&pool, "SEIT")), Some(&Value::Int(expected)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_field_is_changed_in_place_and_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let name = field_of(&team.pool(&store).await, "NAME");
        let before = team.pool(&store).await.field_by_id(name).expect("the field").clone();
        let change = FieldChange {
            label: Some("Nachname".to_owned()),
            required: Some(true),
            default: Some("Unbekannt".to_owned()),
            help: Some("Familienname".to_owned()),
            ..FieldChange::default()
        };
        let done = step(&store, &team, Step::ChangeField { field: name, change }).await;
        let field = team.pool(&store).await.field_by_id(name).expect("the field").clone();
        assert_eq!((field.label.as_str(), field.required, field.default_value.as_deref()), ("Nachname", true, Some("Unbekannt")));
        undo(&store, &team, done.change).await.unwrap();
        assert_eq!(team.pool(&store).await.field_by_id(name), Some(&before));
        let change = FieldChange { tagging: Some(true), ..FieldChange::default() };
        assert!(matches!(refused(&store, &team, Step::ChangeField { field: name, change }).await, StoreError::Invalid(_)));
        let last = store.last_change(team.client, team.pool, &Actor::User(team.user)).await.unwrap();
        assert_eq!(last, None, "the only change was taken back");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_field_keeps_its_data_and_comes_back_with_them() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (field, options) = colours(&store, &team, FieldKind::MultiSelection).await;
        let pool = team.pool(&store).await;
        let draft = Draft { values: vec![(field, Value::Set(options[..2].to_vec()))] };
        let profile = store.create_profile(&Reach::whole(team.client), &pool, draft, &Actor::User(team.user), NOW).await.unwrap();
        let deleted = step(&store, &team, Step::DeleteField { field }).await;
        let without = team.pool(&store).await;
        assert!(without.field("FARBE").is_none());
        assert_eq!(store.profile(&Reach::whole(team.client), &without, profile.id).await.unwrap().value(field), None);
        // Its name is free; the old one gets another when it comes back.
        let again = NewField::new("Farbe", FieldKind::SingleLine, category(&pool, CategoryRole::Basic));
        step(&store, &team, Step::AddField(again)).await;
        undo(&store, &team, deleted.change).await.unwrap();
        let pool = team.pool(&store).await;
        assert_eq!(pool.field("FARBE2").map(|field| field.id), Some(field));
        assert_eq!(
            store.profile(&Reach::whole(team.client), &pool, profile.id).await.unwrap().value(field),
            Some(&Value::Set(options[..2].to_vec()))
        );
        for key in ["NAME", "PERMISSION"] {
            let answer = refused(&store, &team, Step::DeleteField { field: field_of(&pool, key) }).await;
            assert!(matches!(answer, StoreError::Conflict(Conflict::FieldFixed)), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn after_two_weeks_a_deleted_field_is_gone_with_its_data() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nordlicht").await;
        let (field, options) = colours(&store, &team, FieldKind::Selection).await;
        let pool = team.pool(&store).await;
        let draft = Draft { values: vec![(field, Value::Int(options[0].get()))] };
        store.create_profile(&Reach::whole(team.client), &pool, draft, &Actor::User(team.user), NOW).await.unwrap();
        let deleted = step(&store, &team, Step::DeleteField { field }).await;
        assert_eq!(store.purge_fields(team.client, NOW).await.unwrap(), 0, "not yet");
        assert_eq!(store.purge_fields(team.client, NOW.plus(1)).await.unwrap(), 1);
        let back = undo(&store, &team, deleted.change).await;
        assert!(matches!(back, Err(StoreError::NotFound)), "{back:?}");
        // A new field never sees old data, and the pool works on.
        colours(&store, &team, FieldKind::Selection).await;
        let pool = team.pool(&store).await;
        store.create_profile(&Reach::whole(team.client), &pool, Draft::default(), &Actor::User(team.user), NOW).await.unwrap();
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn options_are_added_renamed_moved_deleted_and_all_of_it_is_undone() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (field, options) = colours(&store, &team, FieldKind::Selection).await;
        let now = async || labels(team.pool(&store).await.field_by_id(field).expect("the field")).join(" ");
        let more = ["Gelb", "rot", "Lila"].map(NewOption::new).to_vec();
        let added = step(&store, &team, Step::AddOptions { field, options: more }).await;
        assert_eq!((now().await.as_str(), added.skipped.as_slice()), ("Rot Grün Blau Gelb Lila", &["rot".to_owned()][..]));
        let moved = step(&store, &team, Step::MoveOption { field, option: options[2], before: Some(options[0]) }).await;
        let renamed = step(&store, &team, Step::RenameOption { field, option: options[0], label: "Purpur".to_owned() }).await;
        assert_eq!(now().await, "Blau Purpur Grün Gelb Lila");
        let deleted = step(&store, &team, Step::DeleteOptions { field, options: vec![options[0], options[1]] }).await;
        assert_eq!(now().await, "Blau Gelb Lila");
        for change in [deleted.change, renamed.change, moved.change, added.change] {
            undo(&store, &team, change).await.unwrap();
        }
        assert_eq!(now().await, "Rot Grün Blau");
        let taken = refused(&store, &team, Step::RenameOption { field, option: options[0], label: "GRÜN".to_owned() }).await;
        assert!(matches!(taken, StoreError::Invalid(_)), "{taken:?}");
        let text = field_of(&team.pool(&store).await, "NAME");
        let none = refused(&store, &team, Step::AddOptions { field: text, options: vec![NewOption::new("A")] }).await;
        assert!(matches!(none, StoreError::Conflict(Conflict::NoOptions)), "{none:?}");
    })
    .await;
}

#[tokio::test]
async fn an_option_with_a_number_is_added_at_that_place() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (field, _) = colours(&store, &team, FieldKind::Selection).await;
        let now = async || labels(team.pool(&store).await.field_by_id(field).expect("the field")).join(" ");
        let options = read_options("Lila\n99 Weiß\n2 Gelb\n1 Rosa\n2 rot", &[]).new;
        let added = step(&store, &team, Step::AddOptions { field, options }).await;
        assert_eq!((now().await.as_str(), added.skipped.as_slice()), ("Rosa Gelb Rot Grün Blau Weiß Lila", &["rot".to_owned()][..]));
        let undone = undo(&store, &team, added.change).await.unwrap();
        assert_eq!(now().await, "Rot Grün Blau");
        undo(&store, &team, undone.change).await.unwrap();
        assert_eq!(now().await, "Rosa Gelb Rot Grün Blau Weiß Lila");
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_options_are_added_at_once() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (field, _) = colours(&store, &team, FieldKind::MultiSelection).await;
        let options = (0..10_000).map(|n| NewOption::new(format!("Option {n}"))).collect();
        step(&store, &team, Step::AddOptions { field, options }).await;
        let pool = team.pool(&store).await;
        let options = &pool.field_by_id(field).expect("the field").options;
        assert_eq!((options.len(), options[3].label.as_str(), options[10_002].label.as_str()), (10_003, "Option 0", "Option 9999"));
    })
    .await;
}

#[tokio::test]
async fn an_option_that_is_used_is_not_deleted() {
    on_each_store(async |store| {
        for kind in [FieldKind::Selection, FieldKind::MultiSelection] {
            let team = Team::found(&store, kind.code()).await;
            let (field, options) = colours(&store, &team, kind).await;
            let pool = team.pool(&store).await;
            let value = if kind == FieldKind::Selection { Value::Int(options[0].get()) } else { Value::Set(vec![options[0]]) };
            let draft = Draft { values: vec![(field, value)] };
            let actor = Actor::User(team.user);
            store.create_profile(&Reach::whole(team.client), &pool, draft, &actor, NOW).await.unwrap();
            let change = FieldChange { default: Some("Blau".to_owned()), ..FieldChange::default() };
            step(&store, &team, Step::ChangeField { field, change }).await;
            let answer = refused(&store, &team, Step::DeleteOptions { field, options: options.clone() }).await;
            let StoreError::Used(uses) = answer else { panic!("{answer:?}") };
            let uses: Vec<_> = uses.iter().map(|used| (used.kind, used.n, used.name.as_str())).collect();
            assert_eq!(uses, [(UseKind::Default, 1, ""), (UseKind::Profiles, 1, "Rot")]);
            let users = async |option| store.option_uses(&Reach::whole(team.client), team.pool, field, option).await.unwrap();
            let (red, blue) = (users(options[0]).await, users(options[2]).await);
            assert_eq!((red.listed, red.binned, red.objects.len()), (1, 0, 0));
            assert_eq!((blue.listed, blue.objects.iter().map(|used| used.kind).collect()), (0, vec![UseKind::Default]));
            let counts = store.option_counts(&Reach::whole(team.client), team.pool, field).await.unwrap();
            assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(options[0], 1)]);
            step(&store, &team, Step::DeleteOptions { field, options: vec![options[1]] }).await;
            let everyone = Selection::Query { query: ListQuery::default(), except: Vec::new() };
            store.delete_profiles(&Reach::whole(team.client), &pool, &everyone, &actor, NOW).await.unwrap();
            let red = users(options[0]).await;
            assert_eq!((red.listed, red.binned), (0, 1), "who is in the bin may come back");
        }
    })
    .await;
}

#[tokio::test]
async fn several_steps_are_one_change() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let pool = team.pool(&store).await;
        let unassigned = category(&pool, CategoryRole::Unassigned);
        let add = |label: &str| Step::AddField(NewField::new(label, FieldKind::SingleLine, unassigned));
        let done = step(&store, &team, Step::All(vec![add("Eins"), add("Zwei"), add("Drei")])).await;
        assert_eq!(keys_in(&team.pool(&store).await, unassigned), ["EINS", "ZWEI", "DREI"]);
        undo(&store, &team, done.change).await.unwrap();
        assert_eq!(team.pool(&store).await.fields, pool.fields);
        // One that fails leaves none of the others behind.
        refused(&store, &team, Step::All(vec![add("Eins"), Step::DeleteField { field: FieldId::new(999_999) }])).await;
        assert_eq!(team.pool(&store).await.fields, pool.fields);
    })
    .await;
}

#[tokio::test]
async fn a_strangers_pool_is_not_reshaped() {
    on_each_store(async |store| {
        let (mine, other) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        let (field, options) = colours(&store, &other, FieldKind::Selection).await;
        let before = other.pool(&store).await;
        let category = before.categories[0].id;
        let steps = [
            Step::AddCategory { name: "X".to_owned(), before: None },
            Step::RenameCategory { category, name: "X".to_owned() },
            Step::MoveField { field, category, before: None },
            Step::DeleteField { field },
            Step::AddOptions { field, options: vec![NewOption::new("X")] },
            Step::RenameOption { field, option: options[0], label: "X".to_owned() },
        ];
        for step in steps {
            for pool in [other.pool, mine.pool] {
                // An own category may be made in the own pool.
                if pool == mine.pool && matches!(step, Step::AddCategory { .. }) {
                    continue;
                }
                let answer = store.configure(mine.client, pool, &step, &mine.wish()).await;
                assert!(matches!(answer, Err(StoreError::NotFound)), "{step:?}: {answer:?}");
            }
        }
        let change = step(&store, &other, Step::DeleteField { field }).await.change;
        let undone = store.undo_change(mine.client, other.pool, change, &mine.wish()).await;
        assert!(matches!(undone, Err(StoreError::NotFound)), "{undone:?}");
        assert!(matches!(store.option_counts(&Reach::whole(mine.client), other.pool, field).await, Err(StoreError::NotFound)));
        assert!(matches!(store.lacking(&Reach::whole(mine.client), other.pool, field).await, Err(StoreError::NotFound)));
    })
    .await;
}

/// Where a field goes: which field, which category, before which field.
type Move = (usize, usize, Option<usize>);

#[tokio::test]
async fn whoever_moves_whatever_at_once_no_field_is_lost_or_doubled() {
    on_each_database(async |database| {
        let (here, there) = (database.open().await, database.open().await);
        let team = Team::found(&here, "Nordlicht").await;
        let before = team.pool(&here).await;
        let mut runner = TestRunner::deterministic();
        let moves = prop::collection::vec((0_usize..40, 0_usize..4, prop::option::of(0_usize..40)), 24);
        for _ in 0..3 {
            let admins: Vec<Vec<Move>> = (0..3).map(|_| moves.new_tree(&mut runner).expect("moves").current()).collect();
            let runs = admins.into_iter().enumerate().map(|(n, moves)| {
                let (store, team, pool) = (if n == 0 { here.clone() } else { there.clone() }, team.clone(), before.clone());
                tokio::spawn(async move {
                    for (field, to, neighbour) in moves {
                        let id = |n: usize| pool.fields[n % pool.fields.len()].id;
                        let to = pool.categories[to % pool.categories.len()].id;
                        let step = Step::MoveField { field: id(field), category: to, before: neighbour.map(id) };
                        store.configure(team.client, team.pool, &step, &team.wish()).await.expect("moved");
                    }
                })
            });
            for run in futures::future::join_all(runs).await {
                run.expect("an admin");
            }
            let pool = team.pool(&here).await;
            let ids = |pool: &Pool| pool.fields.iter().map(|field| field.id).collect::<std::collections::BTreeSet<_>>();
            assert_eq!((ids(&pool), pool.fields.len()), (ids(&before), before.fields.len()));
            for category in &pool.categories {
                let places: Vec<i64> =
                    pool.fields.iter().filter(|field| field.category == category.id).map(|field| field.position).collect();
                assert_eq!(places, (0..places.len() as i64).collect::<Vec<_>>());
            }
            assert_eq!(pool, team.pool(&there).await);
        }
        here.close().await;
        there.close().await;
    })
    .await;
}
