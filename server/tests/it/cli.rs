use std::process::Stdio;

use serde_json::json;
use store::{db::Engine, testing::TestDatabase};

use crate::{
    http::Call,
    support::{TestApp, lagune, on_each_server, run, with_input},
};

#[tokio::test]
async fn every_command_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    for command in [
        &["serve"][..],
        &["worker"],
        &["migrate"],
        &["user", "create"],
        &["user", "unlink"],
        &["token", "create"],
        &["pool", "create"],
        &["pool", "export"],
        &["pool", "apply"],
        &["import"],
        &["export"],
        &["backup"],
        &["restore"],
        &["date"],
        &["demo"],
        &["link"],
        &["user"],
        &[],
    ] {
        let help = run(lagune("sqlite://x.db", folder.path(), &[], &[command, &["--help"]].concat()), "");
        assert!(help.contains("Usage: lagune"), "{help}");
    }
    assert!(!folder.path().join("x.db").exists());
}

#[tokio::test]
async fn a_wrong_setting_stops_with_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let check = |settings: &[(String, String)], arguments: &[&str], expected: &str| {
        let output = with_input(&mut lagune("sqlite://x.db", folder.path(), settings, arguments), "");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(expected), "{said}");
    };
    check(&[("LAGUNE_UPLOAD_LIMIT".into(), "lots".into())], &["serve"], "LAGUNE_UPLOAD_LIMIT");
    check(&[("LAGUNE_TYPO".into(), "1".into())], &["migrate"], "LAGUNE_TYPO");
    check(&[], &["serve", "--listen", "here"], "--listen");
    check(&[("LAGUNE_DATA_DIR".into(), "/dev/null".into())], &["serve"], "LAGUNE_DATA_DIR");
    std::fs::write(folder.path().join("lagune.toml"), "colour = \"teal\"\n").unwrap();
    check(&[], &["serve"], "lagune.toml");
}

#[tokio::test]
async fn commands_work_beside_a_running_server() {
    on_each_server(async |app| {
        let id = app.lagune(&["pool", "create", "Kunden"]);
        assert_eq!(app.api("GET", "/pools/Kunden").send().expect(200).json()["id"].to_string(), id);
        let file = app.file("k.csv", "Vorname;Nachname;E-Mail\nJana;Müller;jana@example.com\nOle;Groß;kein\n\n".as_bytes());
        let file = file.to_str().unwrap();
        let first = app.lagune(&["import", "--pool", "Kunden", file, "--key", "EMAIL", "--json"]);
        assert_eq!(first, r#"{"rows":2,"created":1,"updated":0,"unchanged":0,"refused":1,"skipped":0}"#);
        let again = app.lagune(&["import", "--pool", &id, file, "--key", "EMAIL"]);
        assert_eq!(again, "2 rows: 0 created, 0 updated, 1 unchanged, 1 refused");

        let export = app.lagune(&["export", "--pool", "Kunden", "--q", "muller"]);
        assert!(export.contains("jana@example.com") && export.lines().count() == 2, "{export}");
        let back = app.file("back.csv", export.as_bytes());
        let back = app.lagune(&["import", "--pool", "Kunden", back.to_str().unwrap(), "--key", "EMAIL", "--json"]);
        assert_eq!(back, r#"{"rows":1,"created":0,"updated":0,"unchanged":1,"refused":0,"skipped":0}"#);

        let nobody = with_input(&mut app.command(&["token", "create", "--user", "bob@example.com"]), "");
        assert_eq!((nobody.status.code(), nobody.stdout.len()), (Some(1), 0));
        let no_pool = with_input(&mut app.command(&["export", "--pool", "Nirgends"]), "");
        assert!(String::from_utf8_lossy(&no_pool.stderr).contains("Nirgends"));
        let no_column = with_input(&mut app.command(&["import", "--pool", "Kunden", file, "--key", "PHONE"]), "");
        assert!(String::from_utf8_lossy(&no_column.stderr).contains("PHONE"));
    })
    .await;
}

#[tokio::test]
async fn the_first_administrator_is_made_by_the_printed_link() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = TestDatabase::empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let mut server = lagune(database.url(), folder.path(), &[], &["serve"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(server.stdout.take().unwrap()));
        let address = lines.next().unwrap().unwrap().rsplit("//").next().unwrap().parse().unwrap();
        let link = lines.next().unwrap().unwrap();
        let token = link.split("token=").nth(1).unwrap();
        let post = |form: &[(&str, &str)]| Call::new(address, "POST", "/sign-in/link").browser().form(form).send().expect(303);
        let lacking = post(&[("token", token), ("password", "a password of some length")]);
        assert!(lacking.header("location").contains("problem=name_needed"), "{}", lacking.header("location"));
        let form = [("token", token), ("name", "Ada"), ("email", "ada@example.com"), ("password", "a password of some length")];
        let cookie = post(&form).cookie();
        let pools = Call::new(address, "GET", "/api/v1/pools").cookie(&cookie).send().expect(200).json();
        assert_eq!(pools, json!({"items": []}));
        crate::support::signal(&server, "-TERM");
        assert!(crate::support::wait(&mut server));

        // With an administrator there is nothing to print any more.
        let mut server = lagune(database.url(), folder.path(), &[], &["serve"]).stdout(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(800));
        crate::support::signal(&server, "-TERM");
        assert!(crate::support::wait(&mut server));
        let said = std::io::read_to_string(server.stdout.take().unwrap()).unwrap();
        assert_eq!(said.lines().count(), 1, "{said}");
        database.remove().await;
    }
}

#[tokio::test]
async fn an_unmigrated_database_is_not_ready() {
    let mut app = TestApp::start(Engine::Sqlite, &[]).await;
    app.get("/readyz").send().expect(200);
    assert!(app.terminate());
    app.restart(&["--no-migrate"]);
    app.get("/readyz").send().expect(200);
    app.stop().await;
}

#[tokio::test]
async fn the_demo_makes_the_people_asked_for() {
    on_each_server(async |app| {
        let pool = app.lagune(&["demo", "--profiles", "120"]);
        assert_eq!(app.api("GET", &format!("/pools/{pool}")).send().expect(200).json()["profiles"], 120);
    })
    .await;
}

#[tokio::test]
async fn a_text_is_turned_into_a_point_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let date = |arguments: &[&str]| {
        let output = with_input(&mut lagune("sqlite://x.db", folder.path(), &[], &[&["date"], arguments].concat()), "");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim_end().to_owned();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let now = ["--now", "2026-03-31T14:25:36+02:00"];
    let answer = |arguments: &[&str], expected: &str| {
        assert_eq!(date(&[arguments, &now].concat()), (Some(0), expected.to_owned(), String::new()), "{arguments:?}");
    };
    answer(&["first day of last month"], "2026-02-01T14:25:36+01:00");
    answer(&["-5 days"], "2026-03-26T14:25:36+01:00");
    answer(&["vor 5 Tagen"], "2026-03-26T14:25:36+01:00");
    answer(&["nächsten Montag um 9 Uhr"], "2026-04-06T09:00:00+02:00");
    answer(&["today", "--tz", "America/New_York"], "2026-03-31T00:00:00-04:00");
    answer(&["today", "--tz", "UTC"], "2026-03-31T00:00:00+00:00");
    answer(&["--unix", "today"], "1774908000");
    answer(&["--unix", "- 1 day"], "1774873536");

    let (code, at, warned) = date(&[&["+1 month"], &now[..]].concat());
    assert_eq!((code, at.as_str()), (Some(0), "2026-05-01T14:25:36+02:00"));
    assert!(warned.contains("last day of next month") && warned.lines().count() == 1, "{warned}");
    for (text, part) in [("tomorow", "“tomorow”"), ("2026-01-01 2026-01-02", "“2026-01-02”"), ("", "“”"), ("vor 5 Tagn", "“vor 5 Tagn”")]
    {
        let (code, at, said) = date(&[&[text], &now[..]].concat());
        assert_eq!((code, at.as_str(), said.lines().count()), (Some(1), "", 1), "{text}: {said}");
        assert!(said.contains(part), "{said}");
    }
    for wrong in [["--tz", "Mars/Olympus"], ["--now", "yesterday"]] {
        let (code, _, said) = date(&[&["today"], &wrong[..]].concat());
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(wrong[0]), "{said}");
    }
    assert_eq!(date(&["today"]).0, Some(0));
    assert!(!folder.path().join("x.db").exists());
}

#[tokio::test]
async fn a_secret_from_a_file_opens_the_database_and_stands_in_no_log() {
    on_each_server(async |app| {
        let path = app.file("database_url", format!("{}\n", app.database.url()).as_bytes());
        let token = app.file("token", b"a token that nobody guesses\n");
        app.terminate();
        app.restart_by(|mut command| {
            let log = std::fs::File::create(path.with_file_name("log")).unwrap();
            command.env_remove("LAGUNE_DATABASE_URL").env("LAGUNE_DATABASE_URL_FILE", &path).env("LAGUNE_METRICS_TOKEN_FILE", &token);
            command.env("LAGUNE_LOG", "trace").stderr(log);
            command
        });
        app.sign_in();
        app.get("/metrics").header("x-forwarded-for", "203.0.113.9").bearer("a token that nobody guesses").send().expect(200);
        app.get("/metrics").header("x-forwarded-for", "203.0.113.9").bearer("a token that somebody guesses").send().expect(404);
        let log = std::fs::read_to_string(path.with_file_name("log")).unwrap();
        assert!(log.contains("request answered"), "{log}");
        assert!(!log.contains(app.database.url()) && !log.contains("that nobody guesses"), "the log tells a secret");
    })
    .await;
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_told_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    for log in ["info", "trace"] {
        let url = "postgres://ada:hunter2@127.0.0.1:1/lagune";
        let mut command = lagune(url, folder.path(), &[("LAGUNE_LOG".to_owned(), log.to_owned())], &["migrate"]);
        let output = with_input(&mut command, "");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && !said.contains("hunter2"), "{said}");
    }
}
