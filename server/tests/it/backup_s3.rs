//! Backups in an S3 store: made, read again, taken away, restored and expired, against a real server that checks signatures
//! and whose connections break.

use std::path::Path;

use domain::{
    backup::BackupKind,
    history::Actor,
    id::{BackupId, JobId},
    job::JobKind,
    profile::Draft,
    time::Millis,
    value::Value,
};
use serde_json::{Value as Json, json};
use server::{
    backup::{BackupError, Keys, Place, look, upkeep},
    worker,
};
use store::{
    Reach, Store,
    db::Engine,
    jobs::NewJob,
    testing::{NOW, Team, field_of, on_each_store},
};
use tokio_util::sync::CancellationToken;

use crate::{
    s3_server::{KEY, S3Server, SECRET},
    support::TestApp,
};

fn place(folder: &Path, s3: &S3Server) -> Place {
    Place { s3: Some(s3.store()), ..Place::new(folder, Keys::default()) }
}

async fn people(store: &Store, team: &Team, n: usize) {
    let pool = team.pool(store).await;
    for nth in 0..n {
        let values = vec![(field_of(&pool, "NAME"), Value::Text(format!("Name {nth}")))];
        store.create_profile(&Reach::whole(team.client), &pool, Draft { values }, &Actor::System, NOW).await.unwrap();
    }
}

/// Has a backup of the team's pool made, as far as it goes.
async fn tried(store: &Store, team: &Team, place: &Place) -> (BackupId, JobId) {
    let pool = team.pool(store).await;
    let (id, job) = store.ask_for_backup(&Reach::whole(team.client), &pool, "Alles", &team.wish()).await.unwrap();
    run(store, place, job).await;
    (id, job)
}

async fn run(store: &Store, place: &Place, job: JobId) {
    assert!(worker::run_job(store, place.clone(), job, &CancellationToken::new()).await.unwrap());
}

/// Runs a job that waits for better times without waiting with it: a worker of a later time takes it and gives it back.
async fn run_again(store: &Store, place: &Place, job: JobId) {
    let later = Millis::new(4_102_444_800_000);
    assert!(store.claim_job(job, "later", 1, later).await.unwrap().is_some());
    store.release(job, "later").await.unwrap();
    run(store, place, job).await;
}

/// Nothing is left on this machine, not even the beginning of a file.
fn is_bare(folder: &Path) -> bool {
    let clients = std::fs::read_dir(folder.join("backups")).into_iter().flatten().flatten();
    clients.flat_map(|client| std::fs::read_dir(client.path()).unwrap()).next().is_none()
}

#[tokio::test]
async fn it_is_made_looked_into_taken_restored_and_deleted() {
    use age::secrecy::ExposeSecret as _;
    let identity = age::x25519::Identity::generate();
    let (recipient, secret) = (identity.to_public().to_string(), identity.to_string().expose_secret().to_owned());
    for (engine, sealed) in [(Engine::Sqlite, false), (Engine::Postgres, false), (Engine::Sqlite, true)] {
        let s3 = S3Server::start();
        let bucket = s3.bucket("lagune");
        let mut settings =
            vec![("LAGUNE_BACKUP_S3", bucket.as_str()), ("LAGUNE_BACKUP_S3_KEY_ID", KEY), ("LAGUNE_BACKUP_S3_SECRET", SECRET)];
        if sealed {
            settings.extend([("LAGUNE_BACKUP_RECIPIENTS", recipient.as_str()), ("LAGUNE_BACKUP_IDENTITY", secret.as_str())]);
        }
        let app = TestApp::start(engine, &settings).await;
        let pool = app.create_pool("Kunden");
        let anna = app.create_profile(pool, json!({"NAME": "Adler", "CITY": "Köln"}))["id"].clone();
        let made = app.api("POST", &format!("/pools/{pool}/backups")).json(&json!({"name": "Alles"})).send().expect(202).json();
        app.job_done(made["job"].as_i64().unwrap());
        let path = format!("/pools/{pool}/backups/{}", made["id"]);
        let made = app.api("GET", &path).send().expect(200).json();
        assert_eq!((&made["state"], &made["place"], &made["encrypted"]), (&json!("done"), &json!("s3"), &json!(sealed)), "{made}");
        let objects = s3.objects();
        assert_eq!(objects.len(), 1, "{objects:?}");
        assert!(objects[0].to_string_lossy().contains("/sicher/2026/"), "{objects:?}");
        assert!(is_bare(&app.folder.path().join("data")));

        let contents = app.api("GET", &format!("{path}/contents")).send().expect(200).json();
        assert_eq!((&contents["profiles"], contents["rows"].as_array().unwrap().len()), (&json!(1), 1));
        app.api("POST", &format!("{path}/verify")).send().expect(200);
        let file = app.api("GET", &format!("{path}/file")).send().expect(200).body;
        assert_eq!(file, std::fs::read(&objects[0]).unwrap());
        assert_eq!(file.starts_with(b"age-encryption.org/v1"), sealed);

        app.api("PATCH", &format!("/pools/{pool}/profiles/{anna}")).json(&json!({"fields": {"CITY": "Bonn"}})).send().expect(200);
        let begun = app.api("POST", &format!("{path}/restores")).json(&json!({})).send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        let restore = format!("/pools/{pool}/restores/{}/run", begun["restore"]);
        let all = json!({"changed": true, "back": true});
        let running = app.api("POST", &restore).json(&all).send().expect(202).json();
        assert_eq!(app.job_done(running["job"].as_i64().unwrap())["state"], "done");
        let city = app.api("GET", &format!("/pools/{pool}/profiles/{anna}")).send().expect(200).json()["fields"]["CITY"].clone();
        assert_eq!(city, json!("Köln"));
        assert_eq!(s3.objects().len(), 2, "what the restore changed was saved before");
        assert!(is_bare(&app.folder.path().join("data")), "what was fetched is gone");

        let shown = app.lagune(&["backups", "--pool", "Kunden", "make", "Noch eines"]);
        assert!(shown.starts_with(&bucket), "{shown}");
        app.api("DELETE", &path).send().expect(204);
        assert!(!objects[0].exists());
        app.stop().await;
    }
}

#[tokio::test]
async fn a_large_file_goes_in_parts_and_a_cut_connection_leaves_no_half_of_it() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordwerk").await;
        let pool = team.pool(&store).await;
        // So much of it, and so random, that no packer makes it smaller than a part.
        let rows = (0..20_000_u64).map(|n| store::load::Row {
            number: n + 2,
            values: vec![(field_of(&pool, "NAME"), Value::Text(word()))],
            ..store::load::Row::default()
        });
        let batch = store::load::Batch {
            first_row: 2,
            rows: rows.collect(),
            refusals: Vec::new(),
            not_asked: 0,
            next: store::load::Cursor { byte: 1, row: 20_000 },
        };
        let import = new_import("k.csv");
        let import = store.create_import(team.client, team.pool, import, NOW).await.unwrap();
        store.load(team.client, &pool, import, None).batch(batch, NOW).await.unwrap();

        let (folder, s3) = (tempfile::tempdir().unwrap(), S3Server::start());
        let place = place(folder.path(), &s3);
        s3.cut_after(5_500_000, i64::MAX);
        let (id, job) = tried(&store, &team, &place).await;
        let found = store.job(team.client, job).await.unwrap();
        assert!(!found.state.ended() && found.error.unwrap().de.contains("S3-Speicher"), "it waits");
        assert!(!store.backup_of(team.client, id).await.unwrap().usable());
        assert!(is_bare(folder.path()));

        s3.heal();
        assert!(s3.objects().iter().all(|object| !object.to_string_lossy().contains("backup-")), "{:?}", s3.objects());
        run_again(&store, &place, job).await;
        let row = store.backup_of(team.client, id).await.unwrap();
        assert!(row.usable() && row.n_bytes > 5 << 20, "{row:?}");
        let objects: Vec<_> = s3.objects().into_iter().filter(|object| object.to_string_lossy().ends_with(&row.file)).collect();
        assert_eq!(std::fs::metadata(&objects[0]).unwrap().len(), row.n_bytes);

        s3.cut_after(i64::MAX, 1 << 20);
        let said = look::verify(&store, &place, team.client, id).await;
        assert!(matches!(said, Err(BackupError::Away(_))), "{said:?}");
        assert!(store.backup_of(team.client, id).await.unwrap().usable(), "that it can't be fetched does not make it unusable");
        s3.heal();
        assert_eq!(look::verify(&store, &place, team.client, id).await.unwrap(), 20_000);
    })
    .await;
}

/// 400 letters that nobody can guess.
fn word() -> String {
    const LETTERS: &[u8; 64] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    (0..400).map(|_| char::from(LETTERS[rand::random_range(0..64)])).collect()
}

fn new_import(path: &str) -> store::load::NewImport {
    store::load::NewImport {
        file_name: "k.csv".to_owned(),
        path: path.to_owned(),
        reading: domain::import::Reading::default(),
        mapping: domain::import::Mapping { columns: vec![Some("NAME".to_owned())] },
        rules: domain::import::Rules::default(),
        user: None,
    }
}

#[tokio::test]
async fn whoever_is_not_let_in_is_told_so_and_no_key_is_shown() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordwerk").await;
        people(&store, &team, 2).await;
        let (folder, s3) = (tempfile::tempdir().unwrap(), S3Server::start());
        let with = |bucket: &str, secret: &str| Place { s3: Some(s3.store_with(bucket, secret)), ..place(folder.path(), &s3) };
        let failed = async |place: Place| {
            let (id, _) = tried(&store, &team, &place).await;
            let row = store.backup_of(team.client, id).await.unwrap();
            assert!(!row.usable());
            row.error.unwrap().de
        };
        assert!(failed(with("lagune", "another secret")).await.contains("verweigert"));
        assert!(failed(with("anderswo", SECRET)).await.contains("Bucket"));
        s3.close();
        assert!(failed(with("lagune", SECRET)).await.contains("verweigert"));
        s3.heal();
        assert!(is_bare(folder.path()) && s3.objects().is_empty());
        assert!(!format!("{:?}", place(folder.path(), &s3)).contains(SECRET));
    })
    .await;
}

#[tokio::test]
async fn an_import_waits_until_its_backup_can_be_taken() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordwerk").await;
        people(&store, &team, 3).await;
        let (folder, s3) = (tempfile::tempdir().unwrap(), S3Server::start());
        let place = place(folder.path(), &s3);
        let file = folder.path().join("k.csv");
        std::fs::write(&file, "Name\nEins\nZwei\n").unwrap();
        let import = store.create_import(team.client, team.pool, new_import(file.to_str().unwrap()), NOW).await.unwrap();
        let job = NewJob { kind: JobKind::Import, payload: json!({ "import": import }), created_by: Some(team.user) };
        let job = store.enqueue(team.client, job, NOW).await.unwrap();
        s3.cut_after(0, 0);
        run(&store, &place, job).await;
        let pool = team.pool(&store).await;
        let size = async || store.size(&Reach::whole(team.client), &pool).await.unwrap();
        let waits = store.job(team.client, job).await.unwrap();
        assert!(!waits.state.ended() && waits.error.is_some());
        assert_eq!(size().await, 3, "nothing was imported");
        s3.heal();
        run_again(&store, &place, job).await;
        assert_eq!(size().await, 5);
        let known = store.backups(&Reach::whole(team.client), &pool).await.unwrap();
        assert_eq!(known.iter().map(|one| (one.kind, one.n_profiles, one.usable())).collect::<Vec<_>>(), [(BackupKind::Import, 3, true)]);
    })
    .await;
}

#[tokio::test]
async fn each_stays_where_it_lies_and_goes_when_its_time_is_over() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordwerk").await;
        people(&store, &team, 2).await;
        let (folder, s3) = (tempfile::tempdir().unwrap(), S3Server::start());
        let local = Place::from(folder.path().to_owned());
        let there = place(folder.path(), &s3);
        let (here, _) = tried(&store, &team, &local).await;
        let (away, _) = tried(&store, &team, &there).await;
        // Both can be read with the store; the other can't be without it, and is not lost by that.
        assert_eq!(look::verify(&store, &there, team.client, here).await.unwrap(), 2);
        assert_eq!(look::verify(&store, &there, team.client, away).await.unwrap(), 2);
        let said = look::verify(&store, &local, team.client, away).await;
        assert!(matches!(said, Err(BackupError::Elsewhere(_))), "{said:?}");
        upkeep::sweep(&store, &local, NOW).await.unwrap();
        upkeep::sweep(&store, &there, NOW).await.unwrap();
        let usable = async |id| store.backup_of(team.client, id).await.is_ok_and(|row| row.usable());
        assert!(usable(here).await && usable(away).await);

        // One that somebody took out of the bucket is noticed.
        let (lost, _) = tried(&store, &team, &there).await;
        let file = store.backup_of(team.client, lost).await.unwrap().file;
        let object = s3.objects().into_iter().find(|object| object.ends_with(&file)).unwrap();
        std::fs::remove_file(object).unwrap();
        upkeep::sweep(&store, &there, NOW).await.unwrap();
        assert!(!usable(lost).await && usable(away).await);

        let later = Millis::new(NOW.get() + 400 * 24 * 3_600_000);
        s3.cut_after(0, 0);
        upkeep::sweep(&store, &there, later).await.unwrap();
        assert_eq!(store.gone_backups().await.unwrap().len(), 2, "what could not be removed is not forgotten");
        s3.heal();
        upkeep::sweep(&store, &there, later).await.unwrap();
        assert!(s3.objects().iter().all(|object| !object.to_string_lossy().ends_with(".zst")), "{:?}", s3.objects());
        assert!(store.gone_backups().await.unwrap().is_empty() && is_bare(folder.path()));
    })
    .await;
}

#[tokio::test]
async fn a_deletion_whose_backup_is_not_taken_does_not_happen() {
    let s3 = S3Server::start();
    let bucket = s3.bucket("lagune");
    let settings = [("LAGUNE_BACKUP_S3", bucket.as_str()), ("LAGUNE_BACKUP_S3_KEY_ID", KEY), ("LAGUNE_BACKUP_S3_SECRET", SECRET)];
    let app = TestApp::start(Engine::Sqlite, &settings).await;
    let pool = app.create_pool("Kunden");
    let ids: Vec<Json> = ["Adler", "Böhm"].into_iter().map(|name| app.create_profile(pool, json!({"NAME": name}))["id"].clone()).collect();
    s3.close();
    let delete = || app.api("POST", &format!("/pools/{pool}/profiles/delete")).json(&json!({ "ids": ids })).send();
    let refused = delete().expect(409).json();
    assert_eq!(refused["code"], json!("not_saved"), "{refused}");
    s3.heal();
    delete().expect(200);
    app.stop().await;
}
