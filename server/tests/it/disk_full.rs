//! There is no room left in the middle of an import.

use std::{collections::HashSet, fmt::Write as _, process::Command};

use domain::{
    import::ImportCounts,
    job::{JobKind, JobState},
    list::ListQuery,
};
use futures::TryStreamExt as _;
use server::worker;
use store::{Reach, Store, db::Engine, testing::TestDatabase};
use tokio_util::sync::CancellationToken;

use crate::support::{EMAIL, PASSWORD, TestApp, lagune, run, with_input};

const ROWS: u64 = 100_000;

/// How large a file may become, in blocks of 512 bytes: enough for some of the rows.
const BLOCKS: &str = "32768";

/// SQLite: no file of the process may grow beyond that, as on a disk that is full.
fn confined(command: &Command) -> Command {
    let mut confined = Command::new("sh");
    // Unless the signal is ignored it ends the process before the write can fail.
    confined.args(["-c", &format!("trap '' XFSZ; ulimit -f {BLOCKS}; exec \"$0\" \"$@\"")]);
    confined.arg(command.get_program()).args(command.get_args());
    confined.current_dir(command.get_current_dir().unwrap());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => confined.env(name, value),
            None => confined.env_remove(name),
        };
    }
    confined
}

/// PostgreSQL: the server answers as it does when its disk is full.
const FULL: &str = "create function no_room() returns trigger language plpgsql as $$
    begin
        if new.n_rows > 20000 then
            raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
        end if;
        return new;
    end $$;
    create trigger no_room before update on imports for each row execute function no_room()";

#[tokio::test(flavor = "multi_thread")]
async fn an_import_waits_for_room_and_then_loads_every_row_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}");
        let database = TestDatabase::fresh(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let command = |arguments: &[&str]| lagune(database.url(), folder.path(), &[], arguments);
        run(command(&["user", "create", "--email", EMAIL, "--password-stdin"]), PASSWORD);
        run(command(&["pool", "create", "Kunden"]), "");
        let mut file = String::from("E-Mail,Name,City\n");
        for n in 0..ROWS {
            writeln!(file, "p{n}@example.com,Name {n},Köln").unwrap();
        }
        std::fs::write(folder.path().join("k.csv"), file).unwrap();

        let mut import = command(&["import", "--pool", "Kunden", "k.csv"]);
        if engine == Engine::Sqlite {
            import = confined(&import);
        } else {
            database.sql(FULL).await.unwrap();
        }
        let output = with_input(&mut import, "");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("The disk of the database has no room left."), "{said}");

        let store = database.open().await;
        let client = store.first_client().await.unwrap().unwrap();
        let pool = store.find_pool(client, "Kunden").await.unwrap().unwrap();
        let jobs = store.jobs(client, None, 10).await.unwrap();
        let job = jobs.iter().find(|job| job.kind == JobKind::Import).unwrap();
        let id = domain::id::ImportId::new(job.payload["import"].as_i64().unwrap());
        let loaded = store.import(client, id).await.unwrap().counts.rows;
        assert!(loaded > 0 && loaded < ROWS && loaded % 20_000 == 0, "whole batches: {loaded}");
        assert_eq!(emails(&store, client, pool).await.len() as u64, loaded);
        assert_eq!(job.state, JobState::Waiting);
        assert!(job.error.as_ref().unwrap().de.contains("kein Platz mehr"));

        if engine == Engine::Postgres {
            database.sql("drop trigger no_room on imports").await.unwrap();
        }
        // Nobody should wait here until it is tried again.
        database.sql("update jobs set lease_until = 0").await.unwrap();
        assert!(worker::run_job(&store, folder.path().join("data"), job.id, &CancellationToken::new()).await.unwrap());
        let job = store.job(client, job.id).await.unwrap();
        assert_eq!((job.state, job.error), (JobState::Done, None));
        let counts = store.import(client, id).await.unwrap().counts;
        assert_eq!(counts, ImportCounts { rows: ROWS, created: ROWS, ..ImportCounts::default() });
        let emails = emails(&store, client, pool).await;
        assert_eq!(emails.len() as u64, ROWS);
        assert_eq!(emails.into_iter().collect::<HashSet<_>>().len() as u64, ROWS);
        assert_eq!(std::fs::read_dir(folder.path().join("data/uploads")).unwrap().count(), 0);
        store.close().await;
        database.remove().await;
    }
}

async fn emails(store: &Store, client: domain::id::ClientId, pool: domain::id::PoolId) -> Vec<String> {
    let pool = store.pool(client, pool).await.unwrap();
    let field = pool.field("EMAIL").unwrap().clone();
    let chunks: Vec<_> =
        store.stream(Reach::whole(client), pool, ListQuery::default(), domain::lang::Lang::De).try_collect().await.unwrap();
    chunks.into_iter().flatten().map(|profile| domain::value::plain(&field, profile.value(field.id).unwrap())).collect()
}

#[tokio::test]
async fn a_file_for_which_there_is_no_room_is_refused_and_leaves_nothing_behind() {
    let mut app = TestApp::start(Engine::Sqlite, &[]).await;
    let pool = app.create_pool("Kunden");
    assert!(app.terminate());
    app.restart_by(|command| confined(&command));
    let call = || app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv");
    let refused = call().body("Name\n".repeat(4_000_000)).send().expect(507).json();
    assert_eq!(refused["code"], "no_room");
    assert_eq!(std::fs::read_dir(app.folder.path().join("data/uploads")).unwrap().count(), 0);
    call().body("Name\nMaier\n").send().expect(202);
    app.stop().await;
}
