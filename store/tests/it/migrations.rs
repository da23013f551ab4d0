use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use store::db::Engine;
use store::testing::{NOW, Team, TestDatabase, on_each_database};
use store::{Store, StoreError};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

fn sentence<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> String {
    match answer {
        Err(StoreError::Unusable(sentence)) => sentence,
        other => panic!("a sentence for the administrator, not {other:?}"),
    }
}

#[tokio::test]
async fn an_empty_database_is_ready_once_it_is_migrated() {
    for engine in ENGINES {
        let database = TestDatabase::empty(engine).await;
        let store = database.open().await;
        let pending = store.pending_migrations().await.unwrap();
        assert!(pending > 0);
        assert!(sentence(store.ready().await).contains("lagune migrate"));
        store.migrate().await.unwrap();
        store.migrate().await.unwrap();
        assert_eq!(store.pending_migrations().await.unwrap(), 0);
        store.ready().await.unwrap();
        store.close().await;
        database.remove().await;
    }
}

#[tokio::test]
async fn several_processes_that_start_at_once_migrate_together() {
    for engine in ENGINES {
        let database = TestDatabase::empty(engine).await;
        let starts = (0..4).map(|_| {
            let url = database.url().to_owned();
            tokio::spawn(async move {
                let store = Store::open(&url).await?;
                store.migrate().await?;
                store.ready().await?;
                store.close().await;
                Ok::<_, StoreError>(())
            })
        });
        for started in futures::future::join_all(starts).await {
            started.unwrap().unwrap();
        }
        database.remove().await;
    }
}

#[tokio::test]
async fn a_new_file_that_another_process_writes_is_waited_for() {
    let database = TestDatabase::empty(Engine::Sqlite).await;
    let other = SqliteConnectOptions::from_str(database.url()).unwrap().create_if_missing(true);
    let mut other = other.connect().await.unwrap();
    sqlx::raw_sql("begin immediate; create table held (id integer)").execute(&mut other).await.unwrap();
    let url = database.url().to_owned();
    let start = tokio::spawn(async move { Store::open(&url).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!start.is_finished(), "it came through although the file was held, or gave up");
    sqlx::raw_sql("commit").execute(&mut other).await.unwrap();
    start.await.unwrap().unwrap().close().await;
    other.close().await.unwrap();
    database.remove().await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    on_each_database(async |database| {
        let store = database.open().await;
        let newer = "update _sqlx_migrations set version = 9999 where version = 1";
        database.sql(newer).await.unwrap();
        assert!(sentence(store.migrate().await).contains("newer version"));
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_step_that_was_changed_after_it_ran_is_named() {
    on_each_database(async |database| {
        let store = database.open().await;
        let zero = if database.engine == Engine::Sqlite { "x'00'" } else { "'\\x00'" };
        database.sql(&format!("update _sqlx_migrations set checksum = {zero} where version = 2")).await.unwrap();
        assert!(sentence(store.migrate().await).contains("Step 2"));
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_database_user_without_the_right_gets_a_sentence_that_says_what_to_do() {
    let database = TestDatabase::empty(Engine::Postgres).await;
    let role = format!("weak_{}", std::process::id());
    // May make tables, but no extension.
    database.sql(&format!("create role {role} login; grant create, usage on schema public to {role}")).await.unwrap();
    let weak = Store::open(&database.url().replace("postgres://postgres@", &format!("postgres://{role}@"))).await.unwrap();
    let sentence = sentence(weak.migrate().await);
    assert!(sentence.contains("create extension pg_trgm"), "{sentence}");
    weak.close().await;
    database.sql(&format!("drop owned by {role}; drop role {role}")).await.unwrap();
    database.remove().await;
}

#[tokio::test]
async fn an_address_that_cannot_be_opened_gets_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "no folder").unwrap();
    std::fs::write(folder.path().join("text.db"), "This is no database at all, only some lines of text. ".repeat(50)).unwrap();
    let below = |name: &str| format!("sqlite://{}/{name}", folder.path().display());
    for (url, part) in [
        ("mysql://localhost/lagune".to_owned(), "must begin with sqlite: or postgres:"),
        (below("file/lagune.db"), "can't be made"),
        (below("text.db"), "Check that it is a Lagune database"),
        ("postgres://lagune:pearl@localhost:1/lagune".to_owned(), "can't be reached"),
        ("postgres://localhost:port/lagune".to_owned(), "address is wrong"),
    ] {
        let sentence = sentence(Store::open(&url).await);
        assert!(sentence.contains(part), "{url}: {sentence}");
        assert!(!sentence.contains("pearl"), "a password stands in no message");
    }
}

#[tokio::test]
async fn the_file_and_its_folder_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/deep/lagune.db");
    let store = Store::open(&format!("sqlite://{}", path.display())).await.unwrap();
    store.migrate().await.unwrap();
    Team::found(&store, "Nordlicht").await;
    store.close().await;
    assert!(path.exists());
    let again = Store::open(&format!("sqlite:{}", path.display())).await.unwrap();
    assert_eq!(again.n_users().await.unwrap(), 1);
    assert!(again.create_client(&domain::text::Name::parse("Südwind").unwrap(), NOW).await.is_ok());
    again.close().await;
}

#[tokio::test]
async fn each_migration_begins_with_its_reason() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    for engine in ["sqlite", "postgres"] {
        for entry in std::fs::read_dir(folder.join(engine)).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("-- ") && text.lines().next().unwrap().ends_with('.'), "{}", path.display());
        }
    }
}
