//! A whole installation is backed up while its server runs, and restored elsewhere.

use std::{
    fs::File,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::json;
use store::{db::Engine, testing::TestDatabase};

use crate::support::{TestApp, lagune, run, with_input};

const FORM: &str = "--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"k.csv\"\r\n\r\nName\nMaier\n\r\n--cut--\r\n";

/// An installation with a profile, and a file that waits to be imported.
async fn installation(engine: Engine) -> (TestApp, i64) {
    let app = TestApp::start(engine, &[]).await;
    let pool = app.create_pool("Kunden");
    app.create_profile(pool, json!({"NAME": "Müller", "EMAIL": "jana@example.com"}));
    let upload = app.call("POST", &format!("/pools/{pool}/imports/upload")).cookie(&app.sign_in());
    let upload = upload.header("content-type", "multipart/form-data; boundary=cut").header("sec-fetch-site", "same-origin");
    upload.body(FORM).send().expect(201);
    (app, pool)
}

fn saved(app: &TestApp) -> PathBuf {
    app.folder.path().join(app.lagune(&["backup"]))
}

/// The only upload in a data folder.
fn upload(folder: &Path) -> (String, Vec<u8>) {
    let mut files = std::fs::read_dir(folder.join("data/uploads")).unwrap().map(|file| file.unwrap().path());
    let (file, none) = (files.next().unwrap(), files.next());
    assert_eq!(none, None);
    (file.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&file).unwrap())
}

fn refused(mut command: Command, code: i32) -> String {
    let output = with_input(&mut command, "");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), said.lines().count()), (Some(code), 1), "{said}");
    said
}

#[tokio::test]
async fn an_installation_moves_to_the_other_engine_and_people_sign_in_there() {
    for (from, to) in [(Engine::Sqlite, Engine::Postgres), (Engine::Postgres, Engine::Sqlite)] {
        eprintln!("{from:?} to {to:?}");
        let (mut app, pool) = installation(from).await;
        let file = saved(&app);
        assert!(file.file_name().unwrap().to_str().unwrap().starts_with("lagune-20"));
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        // What comes later is not in it.
        app.create_profile(pool, json!({"NAME": "Später", "EMAIL": "spaet@example.com"}));

        let (target, folder) = (TestDatabase::empty(to).await, tempfile::tempdir().unwrap());
        let there = |arguments: &[&str]| lagune(target.url(), folder.path(), &[], arguments);
        let said = run(there(&["restore", file.to_str().unwrap()]), "");
        assert!(said.starts_with("Restored: ") && said.contains(" 1 files"), "{said}");
        assert_eq!(upload(folder.path()), upload(app.folder.path()));
        assert!(refused(there(&["restore", file.to_str().unwrap()]), 1).contains("not empty"));

        app.terminate();
        app.restart_by(|mut command| {
            command.env("LAGUNE_DATABASE_URL", target.url()).env("LAGUNE_DATA_DIR", folder.path().join("data"));
            command
        });
        app.sign_in();
        let found = |q: &str| app.api("GET", &format!("/pools/{pool}/profiles?q={q}")).send().expect(200).json()["total"].clone();
        assert_eq!((found("muller"), found("spater")), (json!(1), json!(0)));
        app.create_profile(pool, json!({"NAME": "Neu", "EMAIL": "neu@example.com"}));
        assert_eq!(found("neu@"), json!(1));
        run(there(&["audit", "verify"]), "");
        let log = run(there(&["audit", "export", "--client", "-"]), "");
        assert!(log.contains("installation_saved") && log.contains("installation_restored"), "{log}");
        app.stop().await;
        target.remove().await;
    }
}

#[tokio::test]
async fn a_backup_goes_through_a_pipe_and_is_read_by_everybodys_tools() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (app, _) = installation(engine).await;
        let Output { status, stdout, .. } = with_input(&mut app.command(&["backup", "-o", "-"]), "");
        assert!(status.success());
        let file = app.file("piped.tar.zst", &stdout);
        let said = app.lagune(&["backup", "--verify", file.to_str().unwrap()]);
        assert!(said.starts_with("Intact: "), "{said}");

        let folder = tempfile::tempdir().unwrap();
        let tar = app.file("piped.tar", &zstd::decode_all(stdout.as_slice()).unwrap());
        let unpacked = Command::new("tar").arg("xf").arg(tar).current_dir(folder.path()).status().unwrap();
        assert!(unpacked.success());
        let sums =
            Command::new("sha256sum").args(["--check", "--quiet", "--strict", "SHA256SUMS"]).current_dir(folder.path()).output().unwrap();
        assert!(sums.status.success(), "{}", String::from_utf8_lossy(&sums.stdout));
        let manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.path().join("manifest.json")).unwrap()).unwrap();
        assert_eq!((&manifest["format"], manifest["engine"].as_str()), (&json!("lagune-installation"), Some(engine_name(engine))));
        let users = std::fs::read_to_string(folder.path().join("tables/users/000001.csv")).unwrap();
        assert!(users.starts_with("id,email,") && users.contains("ada@example.com"), "{users}");
        assert!(!folder.path().join("tables/search_audit").exists());

        let (target, there) = (TestDatabase::empty(engine).await, tempfile::tempdir().unwrap());
        let mut restore = lagune(target.url(), there.path(), &[], &["restore", "-"]);
        let output = restore.stdin(Stdio::from(File::open(&file).unwrap())).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(upload(there.path()), upload(app.folder.path()));
        app.stop().await;
        target.remove().await;
    }
}

fn engine_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

#[tokio::test]
async fn what_is_no_whole_backup_is_refused_before_anything_is_written() {
    let (app, _) = installation(Engine::Sqlite).await;
    let file = saved(&app);
    let whole = std::fs::read(&file).unwrap();
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    let cases =
        [("cut", &whole[..whole.len() - 100], "damaged"), ("changed", changed.as_slice(), "damaged"), ("other", b"a;b\n", "no backup")];
    for (name, bytes, word) in cases {
        let path = app.file(name, bytes);
        let path = path.to_str().unwrap();
        assert!(refused(app.command(&["backup", "--verify", path]), 1).contains(word), "{name}");
        let (target, folder) = (TestDatabase::empty(Engine::Sqlite).await, tempfile::tempdir().unwrap());
        let mut german = lagune(target.url(), folder.path(), &[], &["restore", path]);
        german.env("LC_ALL", "de_DE.UTF-8");
        let said = refused(german, 1);
        assert!(said.contains("Sicherung"), "{said}");
        // Nothing but an empty file of the database: a whole backup still goes in.
        run(lagune(target.url(), folder.path(), &[], &["restore", file.to_str().unwrap()]), "");
        target.remove().await;
    }
    let path = file.to_str().unwrap();
    assert!(refused(app.command(&["backup", "-o", path]), 1).contains("exists already"));
    assert!(refused(app.command(&["restore", "nowhere.tar.zst"]), 1).contains("can't be read"));
    let left = std::fs::read_dir(app.folder.path())
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_str().unwrap().starts_with(".lagune-"));
    assert_eq!(left.count(), 0, "drafts that nobody needs");
    app.stop().await;
}

#[tokio::test]
async fn an_unbegun_database_has_nothing_to_back_up() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (database, folder) = (TestDatabase::empty(engine).await, tempfile::tempdir().unwrap());
        let said = refused(lagune(database.url(), folder.path(), &[], &["backup"]), 1);
        assert!(said.contains("nothing to back up"), "{said}");
        database.remove().await;
    }
}

#[tokio::test]
async fn an_encrypted_installation_is_restored_by_its_key_and_by_no_other() {
    use age::secrecy::ExposeSecret as _;
    let (app, _) = installation(Engine::Sqlite).await;
    let identities = [age::x25519::Identity::generate(), age::x25519::Identity::generate()];
    let [public, second] = identities.each_ref().map(|identity| identity.to_public().to_string());
    let own = app.file("own.key", format!("# a comment\n{}\n", identities[1].to_string().expose_secret()).as_bytes());
    let other = app.file("other.key", age::x25519::Identity::generate().to_string().expose_secret().as_bytes());
    let (own, other) = (own.to_str().unwrap(), other.to_str().unwrap());

    let file = app.folder.path().join(app.lagune(&["backup", "--age-recipient", &public, "--age-recipient", &second]));
    assert!(file.to_string_lossy().ends_with(".tar.zst.age"));
    assert!(std::fs::read(&file).unwrap().starts_with(b"age-encryption.org/v1"));
    let path = file.to_str().unwrap();
    assert!(app.lagune(&["backup", "--verify", path, "--age-identity", own]).starts_with("Intact: "));
    assert!(refused(app.command(&["backup", "--verify", path]), 1).contains("--age-identity"));
    assert!(refused(app.command(&["backup", "--verify", path, "--age-identity", other]), 1).contains("another key"));
    assert!(refused(app.command(&["backup", "--age-recipient", "age1nonsense"]), 1).contains("--age-recipient"));
    assert!(refused(app.command(&["backup", "--verify", path, "--age-identity", path]), 1).contains("can't be read"));

    let mut damaged = std::fs::read(&file).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let damaged = app.file("damaged", &damaged);
    assert!(refused(app.command(&["backup", "--verify", damaged.to_str().unwrap(), "--age-identity", own]), 1).contains("damaged"));

    // The same through a pipe, read back at once where the key is here.
    let piped = with_input(&mut app.command(&["backup", "-o", "-", "--age-recipient", &second, "--age-identity", own]), "");
    assert!(piped.status.success());
    let piped = app.file("piped", &piped.stdout);
    for file in [&file, &piped] {
        let (target, there) = (TestDatabase::empty(Engine::Sqlite).await, tempfile::tempdir().unwrap());
        let restore = |arguments: &[&str]| {
            let mut command = lagune(target.url(), there.path(), &[], &[&["restore", "-"], arguments].concat());
            command.stdin(Stdio::from(File::open(file).unwrap())).output().unwrap()
        };
        assert!(!restore(&[]).status.success());
        let output = restore(&["--age-identity", own]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(upload(there.path()), upload(app.folder.path()));
        target.remove().await;
    }
    app.stop().await;
}

#[tokio::test]
async fn the_keys_of_pools_do_not_encrypt_an_installation_unasked() {
    let public = age::x25519::Identity::generate().to_public().to_string();
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_BACKUP_RECIPIENTS", &public)]).await;
    let made = with_input(&mut app.command(&["backup"]), "");
    let (name, said) = (String::from_utf8(made.stdout).unwrap(), String::from_utf8(made.stderr).unwrap());
    assert!(name.trim().ends_with(".tar.zst") && said.contains("--age-recipient"), "{name} {said}");
    assert!(app.lagune(&["backup", "--verify", name.trim()]).starts_with("Intact: "));
    app.stop().await;
}
