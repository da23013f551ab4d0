//! What would come of a file, before anything changes; and its cells put right.

use domain::lang::Lang;
use serde_json::{Value, json};

use crate::support::{TestApp, on_each_server};

const FILE: &str = "Nachname;E-Mail;PLZ;Ort\n\
    Adler;adler@example.com;50667;Köln\n\
    Böhm;boehm(at)example.com;53111;Bonn\n\
    Claus;claus@example.com;1,2E+4;Ulm\n\
    Dorn;dorn@example.com;1,2E+4;Ulm\n\
    Adler;ADLER@example.com;50667;Düren\n\
    Adler;adler@example.com;50667;Düren\n";

/// Sends a file to be checked only, and waits.
fn check(app: &TestApp, pool: i64, query: &str, file: &str) -> i64 {
    let call = app.api("POST", &format!("/pools/{pool}/imports?check=true&{query}")).header("content-type", "text/csv");
    let begun = call.body(file).send().expect(202).json();
    app.job_done(begun["job"].as_i64().unwrap());
    begun["import"].as_i64().unwrap()
}

fn found(app: &TestApp, import: i64) -> Value {
    app.api("GET", &format!("/imports/{import}/check")).send().expect(200).json()
}

fn rows(app: &TestApp, import: i64, fate: &str) -> Vec<Value> {
    let answer = app.api("GET", &format!("/imports/{import}/check/rows?fate={fate}")).send().expect(200).json();
    answer["items"].as_array().unwrap().clone()
}

fn total(app: &TestApp, pool: i64) -> i64 {
    app.api("GET", &format!("/pools/{pool}/profiles")).send().expect(200).json()["total"].as_i64().unwrap()
}

#[tokio::test]
async fn a_file_is_checked_put_right_and_imported() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let first = app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv");
        let begun = first.body("Nachname;E-Mail;Ort\nDorn;dorn@example.com;Ulm\n").send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());

        let import = check(app, pool, "key=EMAIL", FILE);
        let seen = found(app, import);
        assert_eq!(seen["counts"], json!({"rows": 6, "created": 1, "updated": 1, "unchanged": 1, "refused": 3, "skipped": 0}), "{seen}");
        assert_eq!((&seen["state"], &seen["is_old"]), (&json!("done"), &json!(false)));
        assert_eq!(total(app, pool), 1, "nothing has changed");

        let refused = rows(app, import, "refused");
        let told: Vec<_> = refused.iter().map(|row| (row["row"].as_u64(), row["column"].as_str(), row["value"].as_str())).collect();
        assert_eq!(
            told,
            [
                (Some(3), Some("E-Mail"), Some("boehm(at)example.com")),
                (Some(4), Some("PLZ"), Some("1,2E+4")),
                (Some(5), Some("PLZ"), Some("1,2E+4")),
            ]
        );
        let created = rows(app, import, "created");
        assert_eq!(created[0]["changes"][0], json!({"field": "NAME", "before": null, "after": "Adler"}), "{created:?}");
        let part = app.api("GET", &format!("/imports/{import}/check/rows?fate=refused&limit=2")).send().expect(200).json();
        let behind = part["next"].as_str().unwrap();
        let rest = app.api("GET", &format!("/imports/{import}/check/rows?fate=refused&behind={behind}")).send().expect(200).json();
        assert_eq!((&rest["items"][0]["row"], &rest["next"]), (&json!(5), &Value::Null));

        // One cell of one row, and all that say the same.
        let cells = json!({"cells": [
            {"row": 3, "column": "E-Mail", "was": "boehm(at)example.com", "value": "boehm@example.com"},
            {"column": "PLZ", "was": "1,2E+4", "value": "89073"},
            {"row": 5, "column": "PLZ", "was": "1,2E+4", "value": ""},
        ]});
        let kept = app.api("POST", &format!("/imports/{import}/corrections")).json(&cells).send().expect(200).json();
        assert_eq!(kept["items"].as_array().unwrap().len(), 3, "{kept}");
        assert_eq!(found(app, import)["is_old"], true);
        let again = app.api("POST", &format!("/imports/{import}/check")).send().expect(202).json();
        app.job_done(again["job"].as_i64().unwrap());
        let seen = found(app, import);
        assert_eq!(seen["counts"], json!({"rows": 6, "created": 3, "updated": 1, "unchanged": 2, "refused": 0, "skipped": 0}), "{seen}");
        assert_eq!(seen["is_old"], false);

        let begun = app.api("POST", &format!("/imports/{import}/start")).send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        let done = app.api("GET", &format!("/imports/{import}")).send().expect(200).json();
        assert_eq!(done["counts"], seen["counts"], "what was told is what comes of it");
        assert_eq!(total(app, pool), 4);
        let claus = app.api("GET", &format!("/pools/{pool}/profiles?q=claus")).send().expect(200).json();
        assert_eq!(claus["items"][0]["fields"]["ZIP"], "89073", "{claus}");
        assert!(rows(app, import, "created").is_empty(), "what was kept to be looked at is forgotten");

        for (method, path) in [("POST", "check"), ("POST", "start")] {
            app.api(method, &format!("/imports/{import}/{path}")).send().expect(409);
        }
        app.api("POST", &format!("/imports/{import}/corrections")).json(&cells).send().expect(409);
    })
    .await;
}

#[tokio::test]
async fn what_changes_is_told_with_what_was_there() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let first = app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv");
        let begun = first.body("Nachname;E-Mail;Ort\nDorn;dorn@example.com;Ulm\nEber;eber@example.com;Ulm\n").send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        let file = "Nachname;E-Mail;Ort\nDorn;dorn@example.com;Bonn\nEber;eber@example.com;Ulm\nFuchs;fuchs@example.com;Kiel\n";
        let import = check(app, pool, "key=EMAIL&existing=update", file);
        let updated = rows(app, import, "updated");
        assert_eq!(updated[0]["changes"], json!([{"field": "CITY", "before": "Ulm", "after": "Bonn"}]), "{updated:?}");
        assert!(updated[0]["profile"].is_i64());
        assert_eq!(rows(app, import, "unchanged")[0]["row"], 3);
        assert_eq!(rows(app, import, "skipped")[0]["code"], "not_there");
        for query in ["fate=all", "fate=created&behind=x"] {
            app.api("GET", &format!("/imports/{import}/check/rows?{query}")).send().expect(422);
        }
        app.api("POST", &format!("/imports/{import}/corrections")).json(&json!({"cells": [{"row": 1}]})).send().expect(422);
        // A column that the file doesn't have, or a key that is none, is told at once, and the file goes.
        let call = app.api("POST", &format!("/pools/{pool}/imports?check=true&key=PHONE")).header("content-type", "text/csv");
        call.body(file).send().expect(422);
    })
    .await;
}

#[tokio::test]
async fn the_command_line_checks_and_leaves_nothing() {
    let app = TestApp::start(store::db::Engine::Sqlite, &[]).await;
    let pool = app.create_pool("Kunden");
    let file = app.file("k.csv", FILE.as_bytes());
    let said = app.lagune(&["import", "--pool", "Kunden", file.to_str().unwrap(), "--key", "EMAIL", "--check"]);
    assert_eq!(said, "6 rows: 1 created, 1 updated, 1 unchanged, 3 refused");
    let run = crate::support::with_input(&mut app.command(&["import", "--pool", "Kunden", file.to_str().unwrap(), "--check"]), "");
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(told.contains("boehm(at)example.com") && told.contains("PLZ"), "{told}");
    assert_eq!(total(&app, pool), 0);
    let left = std::fs::read_dir(app.folder.path().join("data/uploads")).unwrap().count();
    assert_eq!(left, 0);
    app.stop().await;
}

#[tokio::test]
async fn the_pages_check_and_correct_without_the_script() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let cookie = app.sign_in();
        let import = check(app, pool, "key=EMAIL", FILE);
        let path = format!("/pools/{pool}/import/{import}/check");
        let page = app.get(&path).cookie(&cookie).browser().send().expect(200).text();
        assert!(page.contains("cells[0][value]") && page.contains("boehm(at)example.com"), "{page}");
        let (pool_id, import_id) = (pool.to_string(), import.to_string());
        let form = [
            ("pool", pool_id.as_str()),
            ("import", import_id.as_str()),
            ("cells[0][row]", "3"),
            ("cells[0][column]", "E-Mail"),
            ("cells[0][was]", "boehm(at)example.com"),
            ("cells[0][shown]", "boehm(at)example.com"),
            ("cells[0][value]", "boehm@example.com"),
            ("cells[1][row]", "4"),
            ("cells[1][column]", "PLZ"),
            ("cells[1][was]", "1,2E+4"),
            ("cells[1][shown]", "1,2E+4"),
            ("cells[1][value]", "89073"),
            ("cells[1][all]", "on"),
            ("cells[2][row]", "5"),
            ("cells[2][column]", "PLZ"),
            ("cells[2][was]", "1,2E+4"),
            ("cells[2][shown]", "1,2E+4"),
            ("cells[2][value]", "1,2E+4"),
        ];
        let sent = app.call("POST", "/api/imports/check/correct").cookie(&cookie).browser().form(&form).send().expect(302);
        assert_eq!(sent.header("location"), path);
        let newest = app.api("GET", "/jobs").send().expect(200).json();
        app.job_done(newest["items"][0]["id"].as_i64().unwrap());
        assert_eq!(found(app, import)["counts"]["refused"], 0);
        let started = app.call("POST", "/api/imports/check/start").cookie(&cookie).browser().form(&form[..2]).send().expect(302);
        assert_eq!(started.header("location"), format!("/pools/{pool}/import/{import}"));
        let page = app.get(&path).cookie(&cookie).browser().send().expect(200).text();
        assert!(page.contains(app::text::import::STARTED.get(Lang::De)), "{page}");
    })
    .await;
}
