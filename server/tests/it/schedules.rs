//! Regular imports: from folders, SFTP and HTTPS servers, each file once; and who hears of what goes wrong.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant, SystemTime},
};

use domain::{rights::Right, role::ReadyRole};
use serde_json::{Value, json};
use store::db::Engine;
use tempfile::TempDir;

use crate::{
    mail::MailServer,
    support::{EMAIL, TestApp, on_each_server, python_with},
};

const FILE: &str = "E-Mail;Name\nanna@example.com;Adler\nben@example.com;Böhm\n";

/// Puts a file there that nobody is writing to any more.
fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
}

fn made(app: &TestApp, pool: i64, body: &Value) -> Value {
    app.api("POST", &format!("/pools/{pool}/schedules")).json(body).send().expect(201).json()
}

fn refused(app: &TestApp, pool: i64, body: &Value) -> (String, String) {
    let answer = app.api("POST", &format!("/pools/{pool}/schedules")).json(body).send().expect(422).json();
    let text = |name: &str| answer["errors"][0][name].as_str().unwrap().to_owned();
    (text("field"), text("code"))
}

/// Looks for files now: the job, and the files that are known then.
fn looked(app: &TestApp, schedule: &Value) -> (Value, Vec<Value>) {
    let path = format!("/pools/{}/schedules/{}", schedule["pool"], schedule["id"]);
    let job = app.api("POST", &format!("{path}/run")).send().expect(202).json();
    let job = app.job_done(job["id"].as_i64().unwrap());
    (job, files(app, schedule))
}

fn files(app: &TestApp, schedule: &Value) -> Vec<Value> {
    let path = format!("/pools/{}/schedules/{}/files", schedule["pool"], schedule["id"]);
    app.api("GET", &path).send().expect(200).json()["items"].as_array().unwrap().clone()
}

/// What came of the import of a file, once it has ended.
fn counts(app: &TestApp, file: &Value) -> Value {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let import = app.api("GET", &format!("/imports/{}", file["import"])).send().expect(200).json();
        if import["state"] == "done" {
            return import["counts"].clone();
        }
        assert!(Instant::now() < until, "the import did not end: {import}");
        thread::sleep(Duration::from_millis(50));
    }
}

fn alarms(app: &TestApp) -> usize {
    let mails = app.api("GET", "/mails").send().expect(200).json();
    mails["items"].as_array().unwrap().iter().filter(|mail| mail["kind"] == "import_alarm").count()
}

/// Waits until so many alarms are noted.
fn alarmed(app: &TestApp, n: usize) {
    let until = Instant::now() + Duration::from_secs(30);
    while alarms(app) < n {
        assert!(Instant::now() < until, "{} of {n} alarms", alarms(app));
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(alarms(app), n);
}

/// `tests/file_server.py`.
struct Files {
    process: Child,
    sftp: u64,
    https: u64,
    fingerprint: String,
    folder: PathBuf,
    keys: PathBuf,
}

impl Files {
    fn start(at: &TempDir, port: Option<u64>) -> Self {
        let (folder, keys) = (at.path().join("files"), at.path().join("keys"));
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(&keys).unwrap();
        let mut command = Command::new(python_with("asyncssh"));
        command.args(["-W", "ignore", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/file_server.py")]).args([&folder, &keys]);
        command.args(port.map(|port| port.to_string()));
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 runs");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).expect("the file server says where it is (package python3-asyncssh)");
        let port = |name: &str| said[name].as_u64().unwrap();
        Self {
            process,
            sftp: port("sftp"),
            https: port("https"),
            fingerprint: said["fingerprint"].as_str().unwrap().to_owned(),
            folder,
            keys,
        }
    }

    fn key(&self) -> String {
        fs::read_to_string(self.keys.join("client")).unwrap()
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A server of Lagune that may ask the other one.
async fn allowed(engine: Engine, files: &Files) -> TestApp {
    let hosts = format!("sftp://127.0.0.1:{} private, https://127.0.0.1:{} private", files.sftp, files.https);
    let ca = files.keys.join("ca.pem").display().to_string();
    TestApp::start(engine, &[("LAGUNE_IMPORT_HOSTS", &hosts), ("SSL_CERT_FILE", &ca)]).await
}

#[tokio::test]
async fn each_file_of_a_folder_is_imported_once_by_itself() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let schedule = made(app, pool, &json!({"name": "Kasse", "source": "kasse", "timing": "1m"}));
        let folder = PathBuf::from(schedule["folder"].as_str().unwrap());
        assert!(folder.is_dir(), "the folder is made: {}", folder.display());
        put(&folder.join("kunden.csv"), FILE);
        fs::write(folder.join("unterwegs.csv.part"), "Name\n").unwrap();
        // Nobody asks for it: its time has come with its making.
        let until = Instant::now() + Duration::from_secs(60);
        while files(app, &schedule).is_empty() {
            assert!(Instant::now() < until, "nobody looked");
            // Whoever is impatient gets the job that is at it.
            looked(app, &schedule);
        }
        let found = files(app, &schedule);
        assert_eq!((found.len(), &found[0]["name"], &found[0]["problem"]), (1, &json!("kunden.csv"), &Value::Null));
        assert_eq!(counts(app, &found[0])["created"], 2);
        assert!(!folder.join("kunden.csv").exists() && folder.join("unterwegs.csv.part").exists());
        assert_eq!(fs::read_dir(folder.join("imported")).unwrap().count(), 1);

        // The same once more is nothing new, another content is.
        put(&folder.join("kunden.csv"), FILE);
        let (job, found) = looked(app, &schedule);
        assert_eq!((&job["state"], &job["result"]["files"], found.len()), (&json!("done"), &json!(0), 1));
        put(&folder.join("kunden.csv"), &FILE.replace("Böhm", "Bär"));
        let (_, found) = looked(app, &schedule);
        assert_eq!(found.len(), 2);
        assert_eq!(counts(app, &found[0])["updated"], 1);
        let now = app.api("GET", &format!("/pools/{pool}/schedules/{}", schedule["id"])).send().expect(200).json();
        assert_eq!((&now["problem"], now["ran_at"].is_i64()), (&Value::Null, true));
        assert_eq!(alarms(app), 0);
        let left = fs::read_dir(app.folder.path().join("data/uploads")).map_or(0, Iterator::count);
        assert_eq!(left, 0, "no file is left behind");
    })
    .await;
}

#[tokio::test]
async fn a_saved_mapping_holds_and_what_goes_wrong_is_told_once() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let mapping = json!({"name": "Messe", "columns": {"Spalte A": "EMAIL", "Spalte B": "NAME"}, "key": "EMAIL"});
        let mapping = app.api("POST", &format!("/pools/{pool}/mappings")).json(&mapping).send().expect(201).json();
        let body = json!({"name": "Messe", "source": "messe", "timing": "daily 03:00", "mapping": mapping["id"], "percent": 40});
        let schedule = made(app, pool, &body);
        let folder = PathBuf::from(schedule["folder"].as_str().unwrap());
        put(&folder.join("1.csv"), "Spalte B;Spalte A\nAdler;anna@example.com\nBöhm;keine\nCramer;auch keine\n");
        put(&folder.join("2.csv"), "Etwas anderes\nx\n");
        put(&folder.join("3.csv"), "Spalte A;Spalte B\nben@example.com;Böhm\ncora@example.com;C\ndora@example.com;D\nkeine;E\n");
        let (job, found) = looked(app, &schedule);
        assert_eq!((&job["state"], found.len()), (&json!("done"), 3), "{job}");
        let of = |name: &str| found.iter().find(|file| file["name"] == name).unwrap();
        assert_eq!((counts(app, of("1.csv"))["created"].clone(), counts(app, of("1.csv"))["refused"].clone()), (json!(1), json!(2)));
        assert_eq!(counts(app, of("3.csv"))["refused"], 1);
        assert!(of("2.csv")["import"].is_null() && of("2.csv")["problem"].as_str().unwrap().len() > 20, "{}", of("2.csv"));
        // Two of three rows are more than 40 per cent, one of four is not; and a file that nobody can import.
        alarmed(app, 2);
        let (_, found) = looked(app, &schedule);
        assert_eq!(found.len(), 3, "what can't be imported is not tried again");
        alarmed(app, 2);

        // When its mapping goes, the files wait.
        app.api("DELETE", &format!("/pools/{pool}/mappings/{}", mapping["id"])).send().expect(204);
        put(&folder.join("4.csv"), FILE);
        let (job, found) = looked(app, &schedule);
        assert!(job["error"].as_str().unwrap().contains("Zuordnung"), "{job}");
        assert_eq!((found.len(), folder.join("4.csv").exists()), (3, true));
        alarmed(app, 3);
    })
    .await;
}

#[tokio::test]
async fn files_come_from_sftp_servers_by_password_and_by_key() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let at = tempfile::tempdir().unwrap();
        let server = Files::start(&at, None);
        let app = allowed(engine, &server).await;
        let pool = app.create_pool("Kunden");
        put(&server.folder.join("export/kunden-1.csv"), FILE);
        put(&server.folder.join("export/anderes.csv"), "Name\nx\n");
        put(&server.folder.join("export/kunden-2.csv.part"), "Name\nx\n");
        let source = format!("sftp://127.0.0.1:{}/export/kunden-*.csv", server.sftp);
        let body = |secret: &str| json!({"name": secret.chars().take(5).collect::<String>(), "source": source, "login": "lagune", "secret": secret, "timing": "daily 03:00"});

        let by_key = made(&app, pool, &body(&server.key()));
        assert_eq!((&by_key["has_secret"], by_key.get("secret")), (&json!(true), None));
        let (job, found) = looked(&app, &by_key);
        assert_eq!((&job["state"], found.len(), &found[0]["name"]), (&json!("done"), 1, &json!("kunden-1.csv")), "{job}");
        assert_eq!(counts(&app, &found[0])["created"], 2);
        let known = app.api("GET", &format!("/pools/{pool}/schedules/{}", by_key["id"])).send().expect(200).json();
        assert_eq!(known["server_key"], server.fingerprint);
        assert!(server.folder.join("export/kunden-1.csv").exists(), "files of others stay where they are");

        let by_password = made(&app, pool, &body("geheim"));
        let (job, found) = looked(&app, &by_password);
        assert_eq!((&job["state"], found.len()), (&json!("done"), 1), "{job}");
        assert_eq!(counts(&app, &found[0])["unchanged"], 2);

        let wrong = made(&app, pool, &body("falsch"));
        let (job, _) = looked(&app, &wrong);
        assert_eq!(job["state"], "failed");
        assert!(job["error"].as_str().unwrap().contains("lässt Lagune nicht ein"), "{job}");
        alarmed(&app, 1);
        looked(&app, &wrong);
        alarmed(&app, 1);

        // Nothing of the secrets is in the database or in a log of what was done.
        let store = app.database.open().await;
        let sealed = store
            .import_secret(store.first_client().await.unwrap().unwrap(), by_password["id"].as_i64().unwrap().to_string().parse().unwrap());
        let sealed = sealed.await.unwrap().unwrap();
        assert!(!sealed.contains("geheim") && sealed.len() > 100, "{sealed}");
        store.close().await;
        let log = app.api("GET", "/audit").send().expect(200).text();
        assert!(log.contains("schedule_saved") && !log.contains("geheim") && !log.contains("OPENSSH"));

        // Another key, as somebody between the two would have: nothing is sent.
        let port = server.sftp;
        drop(server);
        let server = Files::start(&at, Some(port));
        put(&server.folder.join("export/kunden-3.csv"), FILE);
        let (job, found) = looked(&app, &by_password);
        assert_eq!((&job["state"], found.len()), (&json!("failed"), 1));
        assert!(job["error"].as_str().unwrap().contains(&server.fingerprint), "{job}");
        // Whoever enters the secret once more says that it is right.
        let path = format!("/pools/{pool}/schedules/{}", by_password["id"]);
        app.api("PATCH", &path).json(&json!({"secret": "geheim"})).send().expect(200);
        let (job, found) = looked(&app, &by_password);
        assert_eq!((&job["state"], found.len()), (&json!("done"), 2), "{job}");
        app.stop().await;
    }
}

#[tokio::test]
async fn files_come_from_web_servers_by_name_or_token() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let at = tempfile::tempdir().unwrap();
        let server = Files::start(&at, None);
        let app = allowed(engine, &server).await;
        let pool = app.create_pool("Kunden");
        put(&server.folder.join("kunden.csv"), FILE);
        let source = format!("https://127.0.0.1:{}/kunden.csv", server.https);
        let token = made(&app, pool, &json!({"name": "Token", "source": source, "secret": "geheim", "timing": "weekly 1 03:00"}));
        let (job, found) = looked(&app, &token);
        assert_eq!((&job["state"], found.len()), (&json!("done"), 1), "{job}");
        assert_eq!(counts(&app, &found[0])["created"], 2);
        let (_, found) = looked(&app, &token);
        assert_eq!(found.len(), 1, "the same content is nothing new");
        let named = json!({"name": "Name", "source": source, "login": "lagune", "secret": "geheim", "timing": "daily 03:00"});
        let (job, found) = looked(&app, &made(&app, pool, &named));
        assert_eq!((&job["state"], found.len()), (&json!("done"), 1), "{job}");
        let (job, _) = looked(&app, &made(&app, pool, &json!({"name": "Ohne", "source": source, "timing": "daily 03:00"})));
        assert!(job["error"].as_str().unwrap().contains("401"), "{job}");

        // A secret goes to the server for which it was said, and to no other.
        let path = format!("/pools/{pool}/schedules/{}", token["id"]);
        let other = format!("sftp://127.0.0.1:{}/kunden.csv", server.sftp);
        let answer = app.api("PATCH", &path).json(&json!({"source": other, "login": "x"})).send().expect(422).json();
        assert_eq!((&answer["errors"][0]["field"], &answer["errors"][0]["code"]), (&json!("secret"), &json!("required")));
        let same = app.api("PATCH", &path).json(&json!({"name": "Anders", "paused": true})).send().expect(200).json();
        assert_eq!((&same["has_secret"], &same["paused"], &same["name"]), (&json!(true), &json!(true), &json!("Anders")));
        app.stop().await;
    }
}

#[tokio::test]
async fn what_is_not_allowed_or_makes_no_sense_is_refused() {
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_IMPORT_HOSTS", "http://files.example, sftp://files.example")]).await;
    let pool = app.create_pool("Kunden");
    let with = |more: &[(&str, Value)]| {
        let mut body = json!({"name": "Kasse", "source": "kasse", "timing": "15m"});
        more.iter().for_each(|(name, value)| body[*name] = value.clone());
        refused(&app, pool, &body)
    };
    let pair = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    for source in ["../../etc", "a/b", "ftp://files.example/a", "https://ada:geheim@files.example/a.csv"] {
        assert_eq!(with(&[("source", json!(source))]), pair("source", "not_a_source"), "{source}");
    }
    for source in ["https://evil.example/a.csv", "https://files.example/a.csv", "http://169.254.169.254/latest"] {
        assert_eq!(with(&[("source", json!(source))]), pair("source", "host_not_allowed"), "{source}");
    }
    let sftp = |host: &str| with(&[("source", json!(format!("sftp://{host}/a"))), ("login", json!("x")), ("secret", json!("x"))]);
    assert_eq!(sftp("evil.example"), pair("source", "host_not_allowed"));
    assert_eq!(sftp("files.example:2222"), pair("source", "host_not_allowed"));
    let plain = [("source", json!("http://files.example/a.csv")), ("secret", json!("x"))];
    assert_eq!(with(&plain), pair("secret", "not_fetched"));
    let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nnonsense\n-----END OPENSSH PRIVATE KEY-----";
    let bad_key = [("source", json!("sftp://files.example/a")), ("login", json!("x")), ("secret", json!(key))];
    assert_eq!(with(&bad_key), pair("secret", "not_fetched"));
    assert_eq!(with(&[("source", json!("sftp://files.example/a")), ("secret", json!("x"))]), pair("login", "required"));
    assert_eq!(with(&[("timing", json!("sometimes"))]), pair("timing", "not_a_timing"));
    assert_eq!(with(&[("percent", json!(101))]), pair("percent", "out_of_range"));
    assert_eq!(with(&[("mapping", json!(99))]), pair("mapping", "unknown_choice"));
    assert_eq!(with(&[("alarm_to", json!(99))]), pair("alarm_to", "unknown_choice"));
    assert_eq!(with(&[("whatever", json!(1))]), pair("whatever", "unknown_field"));
    made(&app, pool, &json!({"name": "Kasse", "source": "kasse", "timing": "15m"}));
    assert_eq!(with(&[]), pair("name", "taken"));
    app.stop().await;
}

#[tokio::test]
async fn it_imports_with_the_rights_that_its_owner_has_today() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let theirs = app.token_with(ReadyRole::Editor.rights().with(Right::Import)).await;
        let body = json!({"name": "Kasse", "source": "kasse", "timing": "daily 03:00"});
        let path = format!("/api/v1/pools/{pool}/schedules");
        let schedule = app.call("POST", &path).bearer(&theirs).json(&body).send().expect(201).json();
        let folder = PathBuf::from(schedule["folder"].as_str().unwrap());
        put(&folder.join("1.csv"), FILE);
        assert_eq!(looked(app, &schedule).1.len(), 1);
        let members = app.api("GET", "/members").send().expect(200).json();
        let bob = members["items"].as_array().unwrap().iter().find(|one| one["email"] == "bob@example.com").unwrap()["id"].clone();
        app.api("PATCH", &format!("/members/{bob}")).json(&json!({"role": "viewer"})).send().expect(200);
        put(&folder.join("2.csv"), &FILE.replace("anna", "cora"));
        let (job, files) = looked(app, &schedule);
        assert_eq!((&job["state"], files.len()), (&json!("failed"), 1), "{job}");
        assert!(folder.join("2.csv").exists(), "the file waits");
        // Somebody who may saves it.
        app.api("PATCH", &format!("/pools/{pool}/schedules/{}", schedule["id"])).json(&json!({"percent": 1})).send().expect(200);
        let (job, files) = looked(app, &schedule);
        assert_eq!((&job["state"], files.len()), (&json!("done"), 2), "{job}");
        app.api("DELETE", &format!("/pools/{pool}/schedules/{}", schedule["id"])).send().expect(204);
        assert!(folder.is_dir(), "what somebody put there stays");
    })
    .await;
}

#[tokio::test]
async fn an_alarm_is_a_mail_that_says_what_and_where() {
    let server = MailServer::start(&[]);
    let url = format!("smtp://127.0.0.1:{}", server.port);
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_SMTP_URL", &url), ("LAGUNE_MAIL_FROM", "Lagune <lagune@example.com>")]).await;
    let pool = app.create_pool("Kunden");
    let schedule = made(&app, pool, &json!({"name": "Kasse Nord", "source": "kasse", "timing": "daily 03:00"}));
    let folder = PathBuf::from(schedule["folder"].as_str().unwrap());
    put(&folder.join("kunden.csv"), "E-Mail;Name\nkeine;Adler\nben@example.com;Böhm\n");
    let (_, files) = looked(&app, &schedule);
    let mail = server.mail();
    assert_eq!(mail["to"], json!([EMAIL]), "{mail}");
    let body = mail["body"].as_str().unwrap();
    let page = format!("http://{}/pools/{pool}/import/{}", app.address, files[0]["import"]);
    for part in ["Kasse Nord", "kunden.csv", "2", "1", page.as_str()] {
        assert!(body.contains(part), "{part} in {body}");
    }
    app.stop().await;
}
