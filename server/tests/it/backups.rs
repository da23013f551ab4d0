//! Backups as their users meet them: made by hand and before changes, read with public tools, noticed when damaged, kept
//! exactly once across a crash, and for nobody else.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use domain::{
    backup::BackupKind,
    history::Actor,
    id::BackupId,
    job::{JobKind, JobState},
    profile::Draft,
    rights::{Right, Rights},
    value::Value,
};
use serde_json::{Value as Json, json};
use server::{
    backup::{BackupError, Keys, Place, Reader, upkeep},
    worker,
};
use store::{
    Reach, Store,
    jobs::NewJob,
    testing::{NOW, Team, field_of, on_each_store},
};
use tokio_util::sync::CancellationToken;

use crate::support::{TestApp, on_each_server};

/// The keys of nobody: made with age-keygen for these tests.
fn keys() -> (String, String) {
    use age::secrecy::ExposeSecret as _;
    let identity = age::x25519::Identity::generate();
    (identity.to_public().to_string(), identity.to_string().expose_secret().to_owned())
}

/// Has a backup made and waits for its end.
fn made(app: &TestApp, pool: i64, name: &str) -> Json {
    let asked = app.api("POST", &format!("/pools/{pool}/backups")).json(&json!({ "name": name })).send().expect(202);
    let backup = asked.json();
    assert_eq!(asked.header("location"), format!("/api/v1/pools/{pool}/backups/{}", backup["id"]));
    assert_eq!((&backup["state"], &backup["kind"]), (&json!("making"), &json!("manual")));
    app.job_done(backup["job"].as_i64().unwrap());
    app.api("GET", &format!("/pools/{pool}/backups/{}", backup["id"])).send().expect(200).json()
}

fn listed(app: &TestApp, pool: i64) -> Vec<Json> {
    app.api("GET", &format!("/pools/{pool}/backups")).send().expect(200).json()["items"].as_array().unwrap().clone()
}

fn tool(folder: &Path, name: &str, arguments: &[&str]) -> String {
    let output = Command::new(name).args(arguments).current_dir(folder).output().unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(output.status.success(), "{name} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The files of a client's shelf, those in the making included.
fn shelf(folder: &Path) -> Vec<PathBuf> {
    let clients = std::fs::read_dir(folder.join("backups")).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> =
        clients.flat_map(|client| std::fs::read_dir(client.path()).unwrap().flatten()).map(|file| file.path()).collect();
    files.sort();
    files
}

async fn some_profiles(store: &Store, team: &Team, n: usize) {
    let pool = team.pool(store).await;
    for nth in 0..n {
        let values = vec![(field_of(&pool, "NAME"), Value::Text(format!("Name {nth}")))];
        store.create_profile(&Reach::whole(team.client), &pool, Draft { values }, &Actor::System, NOW).await.unwrap();
    }
}

/// A whole backup of the team's pool below a folder: its row and its file.
async fn saved(store: &Store, team: &Team, place: &Place) -> (BackupId, PathBuf) {
    let pool = team.pool(store).await;
    let (id, job) = store.ask_for_backup(&Reach::whole(team.client), &pool, "Alles", &team.wish()).await.unwrap();
    assert!(worker::run_job(store, place.clone(), job, &CancellationToken::new()).await.unwrap());
    assert_eq!(store.job(team.client, job).await.unwrap().state, JobState::Done);
    let file = store.backup_of(team.client, id).await.unwrap().file;
    (id, place.shelf.path(team.client, &file))
}

#[tokio::test]
async fn a_file_is_read_with_public_tools_alone() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "Müller, \"Max\"", "EMAIL": "max@example.com"}));
        app.create_profile(pool, json!({"NAME": "Ohm"}));
        let backup = made(app, pool, "Vor dem Aufräumen");
        assert_eq!(
            (&backup["state"], &backup["profiles"], &backup["whole"], &backup["encrypted"]),
            (&json!("done"), &json!(2), &json!(true), &json!(false))
        );
        assert!(backup["verified_at"].is_i64() && backup["until"].is_i64(), "{backup}");
        let answer = app.api("GET", &format!("/pools/{pool}/backups/{}/file", backup["id"])).send().expect(200);
        assert_eq!(answer.header("content-type"), "application/zstd");
        assert!(answer.header("content-disposition").contains(".tar.zst"), "{}", answer.header("content-disposition"));

        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("b.tar.zst"), &answer.body).unwrap();
        assert!(tool(folder.path(), "sha256sum", &["b.tar.zst"]).starts_with(backup["sha256"].as_str().unwrap()));
        tool(folder.path(), "zstd", &["-q", "-d", "b.tar.zst"]);
        let names = tool(folder.path(), "tar", &["tf", "b.tar"]);
        assert_eq!(names.lines().collect::<Vec<_>>(), ["manifest.json", "layout.yaml", "profiles/000001.csv", "SHA256SUMS"]);
        tool(folder.path(), "tar", &["xf", "b.tar"]);
        assert_eq!(tool(folder.path(), "sha256sum", &["-c", "SHA256SUMS"]).matches(": OK").count(), 3);
        let manifest: Json = serde_json::from_slice(&std::fs::read(folder.path().join("manifest.json")).unwrap()).unwrap();
        assert_eq!((&manifest["format"], &manifest["pool_name"], &manifest["n_profiles"]), (&json!(1), &json!("Kunden"), &json!(2)));
        let mut table = csv::Reader::from_path(folder.path().join("profiles/000001.csv")).unwrap();
        let headings = table.headers().unwrap().clone();
        assert_eq!((&headings[0], headings.len()), ("PROFILE_ID", manifest["columns"].as_array().unwrap().len() + 1));
        let name = headings.iter().position(|key| key == "NAME").unwrap();
        let names: Vec<String> = table.records().map(|row| row.unwrap()[name].to_owned()).collect();
        assert_eq!(names, ["Müller, \"Max\"", "Ohm"]);
        let layout = std::fs::read(folder.path().join("layout.yaml")).unwrap();
        assert!(domain::config::file::PoolFile::read(&layout).is_ok(), "the layout can be applied to another pool");
    })
    .await;
}

#[tokio::test]
async fn it_is_named_pinned_looked_into_and_deleted_for_good() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        for nth in 0..25 {
            app.create_profile(pool, json!({"NAME": format!("Name {nth}")}));
        }
        let id = made(app, pool, "Erstes")["id"].clone();
        let path = format!("/pools/{pool}/backups/{id}");
        let changed = app.api("PATCH", &path).json(&json!({"name": " Zweites ", "pinned": true})).send().expect(200).json();
        assert_eq!((&changed["name"], &changed["pinned"], &changed["until"]), (&json!("Zweites"), &json!(true), &Json::Null));
        app.api("PATCH", &path).json(&json!({"name": ""})).send().expect(422);
        app.api("POST", &format!("/pools/{pool}/backups")).json(&json!({})).send().expect(422);

        let contents = app.api("GET", &format!("{path}/contents")).send().expect(200).json();
        assert_eq!((&contents["profiles"], contents["rows"].as_array().unwrap().len()), (&json!(25), 20));
        let name = contents["fields"].as_array().unwrap().iter().position(|field| field["key"] == "NAME").unwrap();
        assert_eq!(contents["rows"][0]["cells"][name], json!("Name 0"));
        app.api("POST", &format!("{path}/verify")).send().expect(200);

        let data = app.folder.path().join("data");
        assert_eq!(shelf(&data).len(), 1);
        app.api("DELETE", &path).send().expect(204);
        app.api("GET", &path).send().expect(404);
        assert_eq!((listed(app, pool), shelf(&data)), (Vec::new(), Vec::new()), "row and file are gone");
        let log = app.api("GET", "/audit").send().expect(200).text();
        for deed in ["backup_made", "backup_changed", "backup_read", "backup_deleted"] {
            assert!(log.contains(deed), "{deed}: {log}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_import_a_deletion_of_many_and_a_conversion_save_what_they_change_before() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let import = |file: &'static str| {
            let upload = app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv").body(file);
            app.job_done(upload.send().expect(202).json()["job"].as_i64().unwrap());
        };
        import("Name\nEins\nZwei\nDrei\n");
        assert_eq!(listed(app, pool), Vec::<Json>::new(), "an empty pool has nothing to lose");
        import("Name\nVier\n");
        let told = |backup: &Json| (backup["kind"].as_str().unwrap().to_owned(), backup["profiles"].as_i64(), backup["whole"].as_bool());
        assert_eq!(listed(app, pool).iter().map(told).collect::<Vec<_>>(), [("import".to_owned(), Some(3), Some(true))]);
        app.api("DELETE", &format!("/pools/{pool}/profiles/1")).send().expect(204);
        app.api("POST", &format!("/pools/{pool}/profiles/delete")).json(&json!({"ids": [2]})).send().expect(200);
        assert_eq!(listed(app, pool).len(), 1, "one alone lies in the bin");
        app.api("POST", &format!("/pools/{pool}/profiles/delete")).json(&json!({"ids": [3, 4]})).send().expect(200);
        assert_eq!(told(&listed(app, pool)[0]), ("delete".to_owned(), Some(2), Some(false)));
        app.api("POST", &format!("/pools/{pool}/fields")).json(&json!({"label": "Farbe", "kind": "single_line"})).send().expect(201);
        let to = json!({"kind": "multi_line"});
        let begun = app.api("POST", &format!("/pools/{pool}/fields/FARBE/conversions")).json(&to).send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        assert_eq!(told(&listed(app, pool)[0]).0, "delete", "nobody is left whose values could get another form");
        app.create_profile(pool, json!({"NAME": "Fünf"}));
        let begun = app
            .api("POST", &format!("/pools/{pool}/fields/FARBE/conversions"))
            .json(&json!({"kind": "single_line"}))
            .send()
            .expect(202)
            .json();
        app.job_done(begun["job"].as_i64().unwrap());
        assert_eq!(told(&listed(app, pool)[0]), ("convert".to_owned(), Some(1), Some(true)));
        assert!(listed(app, pool).iter().all(|backup| backup["state"] == "done"));
    })
    .await;
}

#[tokio::test]
async fn who_lacks_a_right_or_belongs_elsewhere_gets_none() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "Müller"}));
        let id = made(app, pool, "Alles")["id"].clone();
        let path = |rest: &str| format!("/api/v1/pools/{pool}/backups/{id}{rest}");
        let restores = app.token_with([Right::SeePools, Right::SeeProfiles, Right::Restore].into_iter().collect::<Rights>()).await;
        app.get(&path("")).bearer(&restores).send().expect(200);
        app.get(&path("/file")).bearer(&restores).send().expect(403);
        let contents = app.get(&path("/contents")).bearer(&restores).send().expect(200).json();
        let fields: Vec<&str> = contents["fields"].as_array().unwrap().iter().map(|field| field["key"].as_str().unwrap()).collect();
        assert!(fields.contains(&"NAME") && !fields.contains(&"PERMISSION_IP"), "{fields:?}");
        let strange = app.token_of_another_client().await;
        for rest in ["", "/contents", "/file"] {
            app.get(&path(rest)).bearer(&strange).send().expect(404);
        }
        app.call("DELETE", &path("")).bearer(&strange).send().expect(404);
        app.call("POST", &path("/verify")).bearer(&strange).send().expect(404);
        assert_eq!(listed(app, pool).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_what_to_do() {
    for engine in [store::db::Engine::Sqlite, store::db::Engine::Postgres] {
        let app = TestApp::start(engine, &[("LAGUNE_BACKUP_QUOTA", "1KB")]).await;
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "Müller"}));
        let failed = made(&app, pool, "Zu groß");
        assert_eq!(failed["state"], json!("failed"));
        assert!(failed["error"].as_str().unwrap().contains("ältere Backups löschen"), "{failed}");
        assert_eq!(shelf(&app.folder.path().join("data")), Vec::<PathBuf>::new(), "nothing of it is left");
        app.stop().await;
    }
}

#[tokio::test]
async fn with_a_key_files_are_encrypted_and_only_it_reads_them() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordwerk").await;
        some_profiles(&store, &team, 3).await;
        let folder = tempfile::tempdir().unwrap();
        let (recipient, identity) = keys();
        let place = |keys: Keys| Place::new(folder.path(), keys);
        let both = Keys::read(&recipient, &identity).unwrap();
        let (_, path) = saved(&store, &team, &place(both.clone())).await;
        assert!(path.to_string_lossy().ends_with(".tar.zst.age"));
        assert!(std::fs::read(&path).unwrap().starts_with(b"age-encryption.org/v1"));
        assert_eq!(Reader::open(&path, &both).unwrap().check().unwrap(), 3);
        assert!(matches!(Reader::open(&path, &Keys::default()), Err(BackupError::Locked)));
        let other = Keys::read("", &keys().1).unwrap();
        assert!(matches!(Reader::open(&path, &other), Err(BackupError::Locked)));
        // Whoever holds the secret key elsewhere makes backups here all the same.
        let sealed = Keys::read(&recipient, "").unwrap();
        let (id, path) = saved(&store, &team, &place(sealed)).await;
        assert!(store.backup_of(team.client, id).await.unwrap().encrypted);
        assert_eq!(Reader::open(&path, &both).unwrap().check().unwrap(), 3);
        assert!(Keys::read("age1nonsense", "").is_none() && Keys::read("", "nonsense").is_none());
        assert!(!format!("{both:?}").contains("AGE-SECRET"), "no log shows a key");
    })
    .await;
}

#[tokio::test]
async fn a_damaged_cut_or_lengthened_file_is_noticed() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordwerk").await;
        some_profiles(&store, &team, 40).await;
        let folder = tempfile::tempdir().unwrap();
        let place = Place::from(folder.path().to_owned());
        let (id, path) = saved(&store, &team, &place).await;
        let keys = Keys::default();
        let sound = std::fs::read(&path).unwrap();
        let copy = folder.path().join("copy");
        let read = |bytes: &[u8]| {
            std::fs::write(&copy, bytes).unwrap();
            let mut reader = Reader::open(&copy, &keys)?;
            let rows = reader.next_part()?;
            assert_eq!(reader.next_part()?, Vec::new());
            Ok::<_, BackupError>(rows)
        };
        let rows = read(&sound).unwrap();
        assert_eq!(rows.len(), 40);
        let mut noticed = 0;
        for at in (0..sound.len()).step_by(sound.len() / 40) {
            let mut broken = sound.clone();
            broken[at] ^= 0x10;
            // A few bits of a compressed stream mean nothing; whatever else is changed does not pass.
            match read(&broken) {
                Ok(same) => assert_eq!(same, rows, "byte {at} of {}", sound.len()),
                Err(_) => noticed += 1,
            }
            assert!(read(&sound[..at]).is_err(), "cut at {at}");
        }
        assert!(noticed > 30, "{noticed} of 40");
        assert!(read(&[sound.as_slice(), b"more"].concat()).is_err());
        // Inside all is whole, and yet not as it was written.
        let tar = zstd::decode_all(sound.as_slice()).unwrap();
        let other = String::from_utf8_lossy(&tar).find("Name 7").unwrap();
        let mut changed = tar.clone();
        changed[other] = b'X';
        let packed = zstd::encode_all(changed.as_slice(), 1).unwrap();
        assert!(matches!(read(&packed), Err(BackupError::Damaged(_))), "a value was exchanged");

        std::fs::write(&path, &sound[..sound.len() / 2]).unwrap();
        let said = server::backup::look::verify(&store, &place, team.client, id).await;
        assert!(matches!(said, Err(BackupError::Damaged(_))), "{said:?}");
        let row = store.backup_of(team.client, id).await.unwrap();
        assert!(!row.usable() && row.error.unwrap().de.contains("beschädigt"));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_means_harm_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harm");
    let read = |tar: &[u8]| {
        std::fs::write(&path, zstd::encode_all(tar, 1).unwrap()).unwrap();
        Reader::open(&path, &Keys::default()).and_then(Reader::check)
    };
    let entry = |name: &str, kind: tar::EntryType, size: u64, body: &[u8]| {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(size);
        header.set_entry_type(kind);
        header.set_cksum();
        let mut bytes = header.as_bytes().to_vec();
        bytes.extend_from_slice(body);
        bytes.resize(bytes.len().div_ceil(512) * 512, 0);
        bytes
    };
    use tar::EntryType::{Link, Regular, Symlink};
    assert!(read(b"").is_err());
    assert!(read(&[0; 1024]).is_err(), "nothing in it");
    assert!(read(&entry("../../etc/passwd", Regular, 1, b"x")).is_err(), "another place");
    assert!(read(&entry("manifest.json", Symlink, 0, b"")).is_err(), "a link");
    assert!(read(&entry("manifest.json", Link, 0, b"")).is_err(), "another link");
    assert!(read(&entry("manifest.json", Regular, 1 << 40, b"x")).is_err(), "more announced than there is");
    assert!(read(&entry("manifest.json", Regular, 200 << 20, b"x")).is_err(), "the same, less immodest");
    assert!(read(&vec![b'a'; 300 << 20]).is_err(), "it unpacks to very much");
    let newer = br#"{"format": 2, "something": "else"}"#;
    assert!(matches!(read(&entry("manifest.json", Regular, newer.len() as u64, newer)), Err(BackupError::Newer(2))));
}

#[tokio::test]
async fn many_profiles_come_back_in_parts_as_they_were() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordwerk").await;
        let pool = team.pool(&store).await;
        let wish = team.wish();
        let new = store::load::Batch {
            first_row: 2,
            rows: (0..45_000)
                .map(|n: u64| store::load::Row {
                    number: n + 2,
                    values: vec![(field_of(&pool, "NAME"), Value::Text(format!("Name {n}")))],
                    ..store::load::Row::default()
                })
                .collect(),
            refusals: Vec::new(),
            not_asked: 0,
            next: store::load::Cursor { byte: 1, row: 45_000 },
        };
        let import = store::load::NewImport {
            file_name: "k.csv".to_owned(),
            path: "k.csv".to_owned(),
            reading: domain::import::Reading::default(),
            mapping: domain::import::Mapping { columns: Vec::new() },
            rules: domain::import::Rules::default(),
            user: None,
        };
        let import = store.create_import(team.client, team.pool, import, wish.now).await.unwrap();
        store.load(team.client, &pool, import, None).batch(new, NOW).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (_, path) = saved(&store, &team, &Place::from(folder.path().to_owned())).await;
        let mut reader = Reader::open(&path, &Keys::default()).unwrap();
        let name = reader.manifest().column(field_of(&pool, "NAME")).unwrap();
        let (mut n, mut parts) = (0, 0);
        loop {
            let part = reader.next_part().unwrap();
            if part.is_empty() {
                break;
            }
            assert!(part.len() <= 20_000, "not all at once");
            for row in &part {
                assert_eq!(row.cells[name].as_deref(), Some(format!("Name {n}").as_str()));
                assert_eq!(row.cells.len(), reader.manifest().columns.len());
                n += 1;
            }
            parts += 1;
        }
        assert_eq!((n, parts), (45_000, 3));
        assert!(domain::config::file::PoolFile::read(reader.layout().as_bytes()).is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_an_import_there_is_exactly_one_backup_across_a_crash() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        some_profiles(&store, &team, 5).await;
        let folder = tempfile::tempdir().unwrap();
        let place = Place::from(folder.path().to_owned());
        let file = folder.path().join("k.csv");
        std::fs::write(&file, "Name\nEins\nZwei\n").unwrap();
        let import = store::load::NewImport {
            file_name: "k.csv".to_owned(),
            path: file.display().to_string(),
            reading: domain::import::Reading::default(),
            mapping: domain::import::Mapping { columns: vec![Some("NAME".to_owned())] },
            rules: domain::import::Rules::default(),
            user: None,
        };
        let import = store.create_import(team.client, team.pool, import, NOW).await.unwrap();
        let job = NewJob { kind: JobKind::Import, payload: json!({ "import": import }), created_by: Some(team.user) };
        let job = store.enqueue(team.client, job, NOW).await.unwrap();
        // The one who wrote it died before it was told: a file without a row that counts, and the beginning of another.
        let new = store::backups::NewBackup { kind: BackupKind::Import, name: String::new(), whole: true, job: Some(job) };
        let begun = store.begin_backup(team.client, team.pool, &new, &team.wish()).await.unwrap();
        let folder_of = place.shelf.path(team.client, "");
        std::fs::create_dir_all(&folder_of).unwrap();
        std::fs::write(place.shelf.path(team.client, &format!("backup-{}.tar.zst", begun.id)), b"half").unwrap();
        // Stopped before its first batch it goes on later.
        let stop = CancellationToken::new();
        stop.cancel();
        assert!(worker::run_job(&store, place.clone(), job, &stop).await.unwrap());
        assert!(worker::run_job(&store, place.clone(), job, &CancellationToken::new()).await.unwrap());
        assert_eq!(store.job(team.client, job).await.unwrap().state, JobState::Done);
        let known = store.backups(&Reach::whole(team.client), &team.pool(&store).await).await.unwrap();
        assert_eq!(
            known.iter().map(|one| (one.id, one.kind, one.n_profiles, one.usable())).collect::<Vec<_>>(),
            [(begun.id, BackupKind::Import, 5, true)]
        );
        assert_eq!(Reader::open(&place.shelf.path(team.client, &known[0].file), &Keys::default()).unwrap().check().unwrap(), 5);
        assert_eq!(shelf(folder.path()).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_killed_while_it_writes_leaves_nothing_that_counts_and_goes_on() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        for nth in 0..30 {
            app.create_profile(pool, json!({"NAME": format!("Name {nth}")}));
        }
        let asked = app.api("POST", &format!("/pools/{pool}/backups")).json(&json!({"name": "Alles"})).send().expect(202).json();
        app.kill_and_restart();
        // Nobody should wait here until the lease of the dead one runs out.
        app.database.sql("update jobs set lease_until = 0 where finished_at is null").await.unwrap();
        assert_eq!(app.job_done(asked["job"].as_i64().unwrap())["state"], json!("done"));
        let known = listed(app, pool);
        assert_eq!((known.len(), &known[0]["state"], &known[0]["profiles"]), (1, &json!("done"), &json!(30)));
        app.api("POST", &format!("/pools/{pool}/backups/{}/verify", known[0]["id"])).send().expect(200);
    })
    .await;
}

#[tokio::test]
async fn the_command_line_makes_lists_and_verifies() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "Müller"}));
        let file = app.lagune(&["backups", "--pool", "Kunden", "make", "Vor dem Umzug"]);
        assert_eq!(Reader::open(Path::new(&file), &Keys::default()).unwrap().check().unwrap(), 1);
        let line = app.lagune(&["backups", "--pool", "Kunden", "list"]);
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!((cells[2], cells[3], cells[4], cells[7]), ("manual", "done", "1", "Vor dem Umzug"), "{line}");
        assert_eq!(app.lagune(&["backups", "--pool", "Kunden", "verify", cells[0]]), format!("{}: 1 profiles, sound", cells[0]));
        std::fs::write(&file, b"nothing").unwrap();
        let output = crate::support::with_input(&mut app.command(&["backups", "--pool", "Kunden", "verify", cells[0]]), "");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && said.contains("damaged"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn the_night_saves_each_changed_pool_once() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordwerk").await;
        some_profiles(&store, &team, 2).await;
        let folder = tempfile::tempdir().unwrap();
        let run = async |jobs: Vec<domain::id::JobId>| {
            for job in jobs {
                assert!(worker::run_job(&store, folder.path().to_owned(), job, &CancellationToken::new()).await.unwrap());
                assert_eq!(store.job(team.client, job).await.unwrap().state, JobState::Done);
            }
        };
        run(store.schedule_backups(3_600_000, NOW).await.unwrap()).await;
        run(store.schedule_backups(3_600_000, NOW).await.unwrap()).await;
        let known = store.backups(&Reach::whole(team.client), &team.pool(&store).await).await.unwrap();
        assert_eq!(known.iter().map(|one| (one.kind, one.n_profiles, one.made_by)).collect::<Vec<_>>(), [(BackupKind::Nightly, 2, None)]);
    })
    .await;
}

#[tokio::test]
async fn what_ran_out_goes_with_its_file_and_what_is_missing_is_noticed() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordwerk").await;
        some_profiles(&store, &team, 2).await;
        let folder = tempfile::tempdir().unwrap();
        let place = Place::from(folder.path().to_owned());
        let ((_, first), (lost, second)) = (saved(&store, &team, &place).await, saved(&store, &team, &place).await);
        let strange = place.shelf.path(team.client, "backup-999.tar.zst");
        std::fs::write(&strange, b"of another database").unwrap();
        std::fs::remove_file(&second).unwrap();
        let now = store.backup_of(team.client, lost).await.unwrap().made_at;
        upkeep::sweep(&store, &place, now).await.unwrap();
        let row = store.backup_of(team.client, lost).await.unwrap();
        assert!(!row.usable() && row.error.unwrap().de.contains("nicht mehr da"));
        assert!(first.exists() && strange.exists(), "nothing is removed that is not known to be gone");
        upkeep::sweep(&store, &place, now.plus(91 * 24 * 3_600_000)).await.unwrap();
        let known = store.backups(&Reach::whole(team.client), &team.pool(&store).await).await.unwrap();
        assert!(known.is_empty() && !first.exists() && strange.exists());
        assert_eq!(store.gone_backups().await.unwrap(), []);
    })
    .await;
}
