use domain::history::Action;
use domain::id::ImportId;
use domain::import::{ImportCounts, Mapping, Reading, RowProblem, Rules};
use domain::job::JobKind;
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::problem::Problem;
use domain::value::Value;
use futures::TryStreamExt;
use serde_json::json;
use store::jobs::NewJob;
use store::load::{Batch, Cursor, NewImport, Row};
use store::testing::{NOW, Team, field_of, on_each_database, on_each_store};
use store::{Conflict, Reach, Store, StoreError};

use crate::list::names;
use crate::profiles::{make, text};

/// Notes an import.
pub(crate) async fn begin(store: &Store, team: &Team) -> ImportId {
    let new = NewImport {
        file_name: "kontakte.csv".to_owned(),
        path: "/tmp/kontakte.csv".to_owned(),
        reading: Reading::default(),
        mapping: Mapping::default(),
        rules: domain::import::Rules::default(),
        user: Some(team.user),
    };
    store.create_import(team.client, team.pool, new, NOW).await.expect("an import")
}

pub(crate) fn rows(pool: &Pool, rows: &[&[(&str, &str)]]) -> Vec<Row> {
    let row = |(n, cells): (usize, &&[(&str, &str)])| Row {
        number: n as u64 + 2,
        values: cells.iter().map(|(key, value)| (field_of(pool, key), text(value))).collect(),
        ..Row::default()
    };
    rows.iter().enumerate().map(row).collect()
}

pub(crate) fn batch(rows: Vec<Row>, end: u64) -> Batch {
    Batch { first_row: 2, rows, refusals: Vec::new(), not_asked: 0, next: Cursor { byte: end * 10, row: end } }
}

fn counts(created: u64, updated: u64, unchanged: u64, refused: u64) -> ImportCounts {
    ImportCounts { rows: created + updated + unchanged + refused, created, updated, unchanged, refused, skipped: 0 }
}

fn search(q: &str) -> ListQuery {
    ListQuery { q: q.to_owned(), ..ListQuery::default() }
}

#[tokio::test]
async fn rows_find_their_profile_by_the_key_also_twice_in_one_file() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let known = make(&store, &pool, &[("EMAIL", "anna@example.com"), ("NAME", "Müller"), ("CITY", "Köln")]).await;
        let same = make(&store, &pool, &[("EMAIL", "ida@example.com"), ("NAME", "Adler")]).await;
        let import = begin(&store, &team).await;
        let rows = rows(
            &pool,
            &[
                &[("EMAIL", "anna@example.com"), ("NAME", "Meier")],
                &[("EMAIL", "ben@example.com"), ("NAME", "Böhm")],
                &[("EMAIL", "ida@example.com"), ("NAME", "Adler")],
                &[("EMAIL", "ben@example.com"), ("NAME", "Bohm"), ("CITY", "Wien")],
                &[("EMAIL", "ben@example.com"), ("NAME", "Bohm")],
                &[("NAME", "Ohne")],
                &[("EMAIL", "anna@example.com"), ("CITY", "Bonn")],
            ],
        );
        let key = Some(field_of(&pool, "EMAIL"));
        let done = store.load(team.client, &pool, import, key).batch(batch(rows, 7), NOW).await.expect("loaded");
        assert_eq!(done, counts(2, 3, 2, 0));
        assert_eq!(names(&store, &pool, &search("")).await, ["Ohne", "Bohm", "Adler", "Meier"]);
        assert_eq!(names(&store, &pool, &search("bohm")).await, ["Bohm"]);
        assert!(names(&store, &pool, &search("muller")).await.is_empty());
        let anna = store.profile(&Reach::whole(team.client), &pool, known.id).await.expect("anna");
        assert_eq!(anna.value(field_of(&pool, "CITY")), Some(&text("Bonn")));
        assert_eq!(anna.value(field_of(&pool, "CHANGE_DATE")), None);
        assert_eq!(store.profile(&Reach::whole(team.client), &pool, same.id).await.expect("ida"), same, "not even its revision moved");
        let lines = store.history(&Reach::whole(team.client), &pool, known.id, 10, None).await.expect("lines");
        assert_eq!(lines[0].action, Action::ImportChanged);
        assert_eq!((lines[0].changes.len(), lines[0].actor_name.as_str()), (2, "kontakte.csv"));
        let new = store.list(&Reach::whole(team.client), &pool, &search("bohm"), Lang::De).await.expect("a list").rows[0].clone();
        let lines = store.history(&Reach::whole(team.client), &pool, new.id, 10, None).await.expect("lines");
        assert_eq!(lines.iter().map(|line| line.action).collect::<Vec<_>>(), [Action::Imported]);
        assert_eq!(new.value(field_of(&pool, "PERMISSION")), Some(&Value::Int(1)), "opt-out");
        store.end_load(team.client, &pool).await.expect("the end");
        let everywhere = ListQuery { search_in: vec!["CITY".to_owned()], ..search("wien") };
        assert_eq!(names(&store, &pool, &everywhere).await, ["Bohm"]);
    })
    .await;
}

#[tokio::test]
async fn a_load_finds_who_came_with_its_earlier_batches_and_whom_others_made_meanwhile() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let import = begin(&store, &team).await;
        let mut load = store.load(team.client, &pool, import, Some(field_of(&pool, "EMAIL")));
        let mut next = 0;
        let mut row = async |email: &str, name: &str| {
            next += 1;
            load.batch(batch(rows(&pool, &[&[("EMAIL", email), ("NAME", name)]]), next), NOW).await.expect("loaded")
        };
        assert_eq!(row("anna@example.com", "Meier").await, counts(1, 0, 0, 0));
        assert_eq!(row("ben@example.com", "Adler").await, counts(1, 0, 0, 0));
        assert_eq!(row("anna@example.com", "Meier").await, counts(0, 0, 1, 0));
        make(&store, &pool, &[("EMAIL", "ida@example.com"), ("NAME", "Arnold")]).await;
        assert_eq!(row("ida@example.com", "Arnold-Weber").await, counts(0, 1, 0, 0));
        assert_eq!(row("ida@example.com", "Arnold-Weber").await, counts(0, 0, 1, 0));
        assert_eq!(row("ben@example.com", "Adler-Weber").await, counts(0, 1, 0, 0));
        assert_eq!(store.size(&Reach::whole(team.client), &team.pool(&store).await).await.expect("a size"), 3);
    })
    .await;
}

#[tokio::test]
async fn a_batch_that_is_loaded_again_after_a_crash_changes_nothing() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let import = begin(&store, &team).await;
        let first = rows(&pool, &[&[("NAME", "Eins")], &[("NAME", "Zwei")]]);
        store.begin_load(team.client, &pool, 1_000_000).await.expect("begun");
        let done = store.load(team.client, &pool, import, None).batch(batch(first.clone(), 2), NOW).await.expect("loaded");
        assert_eq!(done, counts(2, 0, 0, 0));
        // The process dies before it hears that the batch is in; another goes on.
        store.close().await;
        let store = database.open().await;
        store.repair().await.expect("repaired");
        let again = store.load(team.client, &pool, import, None).batch(batch(first, 2), NOW).await.expect("passed over");
        assert_eq!(again, counts(0, 0, 0, 0));
        let next = rows(&pool, &[&[("NAME", "Drei")]]);
        store.load(team.client, &pool, import, None).batch(batch(next, 3), NOW).await.expect("loaded");
        store.end_load(team.client, &pool).await.expect("the end");
        store.end_load(team.client, &pool).await.expect("once more");
        let import = store.import(team.client, import).await.expect("the import");
        assert_eq!(import.counts, counts(3, 0, 0, 0));
        assert_eq!(import.next, Cursor { byte: 30, row: 3 });
        assert_eq!(names(&store, &pool, &search("")).await, ["Drei", "Zwei", "Eins"]);
        assert_eq!(store.size(&Reach::whole(team.client), &team.pool(&store).await).await.expect("a size"), 3);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn refused_rows_are_kept_with_every_reason_in_the_order_of_the_file() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let import = begin(&store, &team).await;
        let refusals = vec![
            RowProblem::new(3, "E-Mail", "kein@", Problem::UnknownZone),
            RowProblem::new(3, "PLZ", "x'); drop table pools; --", Problem::UnknownZone),
            RowProblem::new(2, "E-Mail", "", Problem::UnknownZone),
        ];
        let batch = Batch { refusals: refusals.clone(), ..batch(rows(&pool, &[&[("NAME", "Gut")]]), 3) };
        let done = store.load(team.client, &pool, import, None).batch(batch, NOW).await.expect("loaded");
        assert_eq!(done, counts(1, 0, 0, 2));
        let pages: Vec<Vec<RowProblem>> = store.refusals(team.client, import).try_collect().await.expect("refusals");
        assert_eq!(pages.concat(), [refusals[2].clone(), refusals[0].clone(), refusals[1].clone()]);
        let stranger = Team::found(&store, "Sued").await;
        assert!(store.import(stranger.client, import).await.is_err());
        let none: Vec<Vec<RowProblem>> = store.refusals(stranger.client, import).try_collect().await.expect("nothing");
        assert!(none.is_empty());
    })
    .await;
}

#[tokio::test]
async fn values_of_every_odd_kind_come_back_as_they_went_in() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let import = begin(&store, &team).await;
        let odd = ["a\tb\\n\\", "Zeile 1\nZeile 2", "\\N", "שלום 👋", "'; drop table pools; --", "50 % _", "\r"];
        let cells: Vec<Vec<(&str, &str)>> = odd.iter().map(|value| vec![("NAME", *value), ("STREET", *value)]).collect();
        let cells: Vec<&[(&str, &str)]> = cells.iter().map(Vec::as_slice).collect();
        store.load(team.client, &pool, import, None).batch(batch(rows(&pool, &cells), 7), NOW).await.expect("loaded");
        let mut seen = names(&store, &pool, &search("")).await;
        seen.reverse();
        assert_eq!(seen, odd);
    })
    .await;
}

#[tokio::test]
async fn a_worker_of_its_own_task_catches_up_with_what_imports_left() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let import = begin(&store, &team).await;
        let rows = rows(&pool, &[&[("NAME", "Müller"), ("CITY", "Wien")]]);
        store.load(team.client, &pool, import, None).batch(batch(rows, 1), NOW).await.expect("loaded");
        let worker = store.clone();
        let caught_up = tokio::spawn(async move {
            worker.repair().await?;
            worker.catch_up_pending().await
        });
        assert_eq!(caught_up.await.expect("no panic").expect("caught up"), 1);
        assert_eq!(store.catch_up_pending().await.expect("nothing left"), 0);
        let in_city = ListQuery { search_in: vec!["CITY".to_owned()], ..search("wien") };
        assert_eq!(names(&store, &pool, &in_city).await, ["Müller"]);
    })
    .await;
}

#[tokio::test]
async fn how_a_file_is_read_can_be_corrected_until_its_import_starts() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let stranger = Team::found(&store, "Sued").await;
        let (import, other) = (begin(&store, &team).await, begin(&store, &team).await);
        let reading = Reading { delimiter: '|', ..Reading::default() };
        let mapping = Mapping { columns: vec![Some("NAME".to_owned()), None] };
        let rules = Rules::by(Some("NAME"));
        let correct = async |client, id| store.correct_import(client, id, &reading, &mapping, &rules).await;
        assert!(matches!(correct(stranger.client, import).await, Err(StoreError::NotFound)));
        assert!(matches!(correct(team.client, ImportId::new(999)).await, Err(StoreError::NotFound)));
        correct(team.client, import).await.expect("corrected");
        let found = store.import(team.client, import).await.expect("the import");
        assert_eq!((&found.reading, &found.mapping, &found.rules), (&reading, &mapping, &rules));
        assert_eq!(store.import(team.client, other).await.expect("the other").mapping, Mapping::default());

        let job = NewJob { kind: JobKind::Import, payload: json!({"import": import, "lang": "de"}), created_by: Some(team.user) };
        store.enqueue(team.client, job, NOW).await.expect("a job");
        let late = store.correct_import(team.client, import, &Reading::default(), &Mapping::default(), &Rules::default()).await;
        assert!(matches!(late, Err(StoreError::Conflict(Conflict::JobEnded))), "{late:?}");
        assert_eq!(store.import(team.client, import).await.expect("the import").mapping, mapping);
        correct(team.client, other).await.expect("the job of one is none of the other");
        let later = NOW.plus(1);
        assert_eq!(store.abandoned_files(team.client, later).await.expect("files").len(), 1, "one still has its job before it");
        assert!(store.abandoned_files(team.client, NOW).await.expect("files").is_empty());
        assert!(store.abandoned_files(stranger.client, later).await.expect("files").is_empty());
    })
    .await;
}
