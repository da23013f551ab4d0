//! Backups come back as their users meet it: from a real file, across a crash, seen on the page, and taken back.

use std::fmt::Write as _;

use domain::rights::{Right, Rights};
use serde_json::{Value, json};

use crate::support::{TestApp, on_each_server};

/// Has a backup made and waits for its end; its number.
fn backup(app: &TestApp, pool: i64) -> Value {
    let made = app.api("POST", &format!("/pools/{pool}/backups")).json(&json!({"name": "Vorher"})).send().expect(202).json();
    assert_eq!(app.job_done(made["job"].as_i64().unwrap())["state"], "done");
    made["id"].clone()
}

/// Has it compared and waits; the number of the comparison.
fn compared(app: &TestApp, pool: i64, backup: &Value) -> Value {
    let begun = app.api("POST", &format!("/pools/{pool}/backups/{backup}/restores")).json(&json!({})).send().expect(202);
    assert_eq!(begun.header("location"), format!("/api/v1/pools/{pool}/restores/{}", begun.json()["restore"]));
    let job = app.job_done(begun.json()["job"].as_i64().unwrap());
    assert_eq!(job["state"], "done", "{job}");
    begun.json()["restore"].clone()
}

fn read(app: &TestApp, pool: i64, restore: &Value) -> Value {
    app.api("GET", &format!("/pools/{pool}/restores/{restore}")).send().expect(200).json()
}

fn asked(app: &TestApp, pool: i64, restore: &Value, what: &str, body: &Value) -> i64 {
    let begun = app.api("POST", &format!("/pools/{pool}/restores/{restore}/{what}")).json(body).send().expect(202);
    begun.json()["job"].as_i64().unwrap()
}

fn cities(app: &TestApp, pool: i64) -> Vec<String> {
    let list = app.api("GET", &format!("/pools/{pool}/profiles?sort=NAME")).send().expect(200).json();
    let named = |one: &Value| format!("{} {}", one["fields"]["NAME"].as_str().unwrap(), one["fields"]["CITY"].as_str().unwrap_or("-"));
    list["items"].as_array().unwrap().iter().map(named).collect()
}

#[tokio::test]
async fn a_backup_is_compared_restored_and_taken_back() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let make = |name: &str, city: &str| app.create_profile(pool, json!({"NAME": name, "CITY": city}))["id"].clone();
        let (anna, ben) = (make("Adler", "Köln"), make("Böhm", "Wien"));
        let saved = backup(app, pool);
        app.api("PATCH", &format!("/pools/{pool}/profiles/{anna}")).json(&json!({"fields": {"CITY": "Bonn"}})).send().expect(200);
        app.api("DELETE", &format!("/pools/{pool}/profiles/{ben}")).send().expect(204);
        make("Conrad", "Graz");

        let id = compared(app, pool, &saved);
        let found = read(app, pool, &id);
        assert_eq!((&found["state"], &found["done"]), (&json!("compared"), &json!(null)));
        assert_eq!(
            found["found"],
            json!({"rows": 2, "back": 1, "gone": 0, "changed": 1, "unchanged": 0, "newer": 1, "unsubscribed": 0, "options": 0})
        );
        let cookie = app.sign_in();
        let page = |query: &str| {
            let path = format!("/pools/{pool}/backups/{saved}/restore{query}");
            app.get(&path).browser().cookie(&cookie).send().expect(200).text()
        };
        assert!(page("").contains("Jetzt vergleichen"));
        let shown = page(&format!("?restore={id}&show=changed"));
        assert!(shown.contains("Köln") && shown.contains("Bonn") && shown.contains("Adler"), "{shown}");
        assert_eq!(cities(app, pool), ["Adler Bonn", "Conrad Graz"], "looking changes nothing");

        let refused = |body: Value| app.api("POST", &format!("/pools/{pool}/restores/{id}/run")).json(&body).send().expect(422).json();
        assert_eq!(refused(json!({"fields": ["NIRGENDS"]}))["errors"][0]["field"], "fields");
        refused(json!({"back": false, "changed": false}));
        refused(json!({"colour": "red"}));
        let done = app.job_done(asked(app, pool, &id, "run", &json!({"exact": true})));
        assert_eq!(done["state"], "done", "{done}");
        assert_eq!(cities(app, pool), ["Adler Köln", "Böhm Wien"]);
        let found = read(app, pool, &id);
        assert_eq!((&found["done"]["back"], &found["done"]["changed"], &found["done"]["newer"]), (&json!(1), &json!(1), &json!(1)));
        let before = app.api("GET", &format!("/pools/{pool}/backups/{}", found["saved"])).send().expect(200).json();
        assert_eq!((&before["kind"], &before["profiles"], &before["whole"]), (&json!("restore"), &json!(2), &json!(false)));
        assert!(page(&format!("?restore={id}")).contains("Wiederherstellung zurücknehmen"));
        app.api("POST", &format!("/pools/{pool}/restores/{id}/run")).json(&json!({})).send().expect(409);

        let done = app.job_done(asked(app, pool, &id, "undo", &json!({})));
        assert_eq!((&done["state"], &done["result"]["n"]), (&json!("done"), &json!(3)), "{done}");
        assert_eq!(cities(app, pool), ["Adler Bonn", "Conrad Graz"]);
        assert!(page(&format!("?restore={id}")).contains("3 Profile sind wieder, wie sie vorher waren."));
        let log = app.api("GET", "/audit").send().expect(200).text();
        for deed in ["restore_checked", "restore_started", "restore_undone"] {
            assert!(log.contains(deed), "{deed}: {log}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_killed_restore_goes_on_where_it_was_and_no_profile_comes_twice() {
    on_each_server(async |app| {
        const ROWS: usize = 30_000;
        let pool = app.create_pool("Kunden");
        let mut file = String::from("E-Mail,Name,City\n");
        for n in 0..ROWS {
            writeln!(file, "p{n}@example.com,Name {n},Köln").unwrap();
        }
        let call = app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv");
        assert_eq!(app.job_done(call.body(file).send().expect(202).json()["job"].as_i64().unwrap())["state"], "done");
        let saved = backup(app, pool);
        let many = json!({"query": "", "field": "CITY", "value": "Bonn"});
        let edit = app.api("POST", &format!("/pools/{pool}/profiles/edit")).json(&many).send().expect(202).json();
        assert_eq!(app.job_done(edit["id"].as_i64().unwrap())["state"], "done");
        let binned: Vec<usize> = (1..=9_000).collect();
        let gone = app.api("POST", &format!("/pools/{pool}/profiles/delete")).json(&json!({"ids": binned})).send().expect(202).json();
        assert_eq!(app.job_done(gone["id"].as_i64().unwrap())["state"], "done");

        let id = compared(app, pool, &saved);
        let job = asked(app, pool, &id, "run", &json!({}));
        let begins = std::time::Instant::now();
        while read(app, pool, &id)["done"]["rows"].as_u64() == Some(0) && begins.elapsed().as_secs() < 60 {}
        app.kill_and_restart();
        let done = app.job_done(job);
        assert_eq!(done["state"], "done", "{done}");
        let found = read(app, pool, &id);
        assert_eq!((&found["done"]["rows"], &found["done"]["back"]), (&json!(ROWS), &json!(9_000)), "each had its turn once: {found}");
        assert_eq!(found["done"]["changed"], json!(ROWS - 9_000));
        let total = |query: &str| {
            let list = app.api("GET", &format!("/pools/{pool}/profiles?page_size=10&{query}")).send().expect(200).json();
            list["total"].as_u64().unwrap()
        };
        assert_eq!((total(""), total("filter=CITY:is:K%C3%B6ln")), (ROWS as u64, ROWS as u64));
        assert_eq!((total("q=p17@example.com"), total("q=p29999@example.com")), (1, 1));
        let backups = app.api("GET", &format!("/pools/{pool}/backups")).send().expect(200).json();
        let before = backups["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "restore").count();
        assert_eq!(before, 1, "saved once, however often it was begun");
    })
    .await;
}

#[tokio::test]
async fn a_damaged_backup_changes_nothing() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let anna = app.create_profile(pool, json!({"NAME": "Adler", "CITY": "Köln"}))["id"].clone();
        let saved = backup(app, pool);
        app.api("PATCH", &format!("/pools/{pool}/profiles/{anna}")).json(&json!({"fields": {"CITY": "Bonn"}})).send().expect(200);
        let id = compared(app, pool, &saved);
        let folder = app.folder.path().join("data/backups");
        let client = std::fs::read_dir(folder).unwrap().flatten().next().unwrap().path();
        let file = std::fs::read_dir(client).unwrap().flatten().next().unwrap().path();
        let sound = std::fs::read(&file).unwrap();
        std::fs::write(&file, &sound[..sound.len() - 9]).unwrap();
        let done = app.job_done(asked(app, pool, &id, "run", &json!({})));
        assert_eq!(done["state"], "failed", "{done}");
        assert!(done["error"].as_str().unwrap().contains("beschädigt"), "{done}");
        assert_eq!(cities(app, pool), ["Adler Bonn"]);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_delete_gets_no_exact_state_and_strangers_nothing() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "Adler"}));
        let saved = backup(app, pool);
        app.create_profile(pool, json!({"NAME": "Neu"}));
        let id = compared(app, pool, &saved);
        let may = app.token_with([Right::SeePools, Right::SeeProfiles, Right::Restore].into_iter().collect::<Rights>()).await;
        let path = |rest: &str| format!("/api/v1/pools/{pool}/restores/{id}{rest}");
        app.get(&path("")).bearer(&may).send().expect(200);
        app.call("POST", &path("/run")).bearer(&may).json(&json!({"exact": true})).send().expect(403);
        let strange = app.token_of_another_client().await;
        app.get(&path("")).bearer(&strange).send().expect(404);
        app.call("POST", &path("/run")).bearer(&strange).json(&json!({})).send().expect(404);
        app.call("POST", &path("/undo")).bearer(&strange).send().expect(404);
        let compare = format!("/api/v1/pools/{pool}/backups/{saved}/restores");
        app.call("POST", &compare).bearer(&strange).send().expect(404);
        assert_eq!(read(app, pool, &id)["state"], "compared");
    })
    .await;
}
