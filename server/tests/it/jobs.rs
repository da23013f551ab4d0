use serde_json::json;
use store::testing::TestDatabase;

use crate::support::{TestApp, on_each_server, run};

#[tokio::test]
async fn a_job_that_was_interrupted_for_good_says_so_in_the_readers_language() {
    on_each_server(async |app| {
        // As if five processes had died over it.
        let dead = "insert into jobs (client_id, kind, state, payload, attempts, worker, lease_until, created_at)
            select id, 'demo', 'running', '{}', 5, 'dead', 0, 0 from clients";
        app.database.sql(dead).await.unwrap();
        let jobs = app.api("GET", "/jobs").send().expect(200).json();
        let id = jobs["items"].as_array().unwrap().iter().find(|job| job["kind"] == "demo").unwrap()["id"].as_i64().unwrap();
        assert_eq!(app.job_done(id)["state"], "failed");
        let error =
            |lang| app.api("GET", &format!("/jobs/{id}")).header("accept-language", lang).send().expect(200).json()["error"].clone();
        assert!(error("de").as_str().unwrap().starts_with("Der Vorgang wurde mehrmals unterbrochen"));
        assert!(error("en").as_str().unwrap().starts_with("The job was interrupted several times"));
        let page = app.get("/jobs").browser().cookie(&app.sign_in()).send().expect(200).text();
        assert!(page.contains("mehrmals unterbrochen") && !page.contains("interrupted"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_import_is_carried_out_in_the_language_it_was_asked_for_in() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let mut asked = Vec::new();
        for lang in ["en-GB,en;q=0.9,de;q=0.2", "de-AT"] {
            let call = app.api("POST", &format!("/pools/{pool}/imports?file_name=k.csv")).header("content-type", "text/csv");
            let begun = call.header("accept-language", lang).body("Name\nMaier\n").send().expect(202).json();
            app.job_done(begun["job"].as_i64().unwrap());
            asked.push(begun["job"].as_i64().unwrap());
        }
        assert_eq!(languages(&app.database, &asked).await, ["en", "de"]);

        let file = app.file("k.csv", "Name;Geburtstag\nRoth;31.02.1990\nWeber;\n".as_bytes());
        for (variable, locale, said) in [
            ("LANG", "de_CH.UTF-8", "2 Zeilen: 1 angelegt, 0 geändert, 0 unverändert, 1 abgelehnt"),
            ("LC_ALL", "de@euro", "2 Zeilen: 1 angelegt, 0 geändert, 0 unverändert, 1 abgelehnt"),
            ("LC_ALL", "C.UTF-8", "2 rows: 1 created, 0 updated, 0 unchanged, 1 refused"),
        ] {
            let mut import = app.command(&["import", "--pool", "Kunden", file.to_str().unwrap()]);
            import.env(variable, locale);
            assert_eq!(run(import, ""), said, "{variable}={locale}");
        }
        let page = app.get("/jobs").browser().cookie(&app.sign_in()).send().expect(200).text();
        assert!(page.contains("Import k.csv"), "{page}");
    })
    .await;
}

/// The languages that jobs carry.
async fn languages(database: &TestDatabase, jobs: &[i64]) -> Vec<String> {
    let store = database.open().await;
    let client = store.first_client().await.unwrap().unwrap();
    let mut languages = Vec::new();
    for job in jobs {
        let job = store.job(client, domain::id::JobId::new(*job)).await.unwrap();
        languages.push(job.payload["lang"].as_str().unwrap().to_owned());
    }
    store.close().await;
    languages
}

#[tokio::test]
async fn nobody_sees_the_jobs_that_keep_the_house_in_order() {
    on_each_server(async |app: &mut TestApp| {
        let jobs = app.api("GET", "/jobs").send().expect(200).json();
        for job in jobs["items"].as_array().unwrap() {
            assert_eq!(job["kind"], json!("purge"));
            app.job_done(job["id"].as_i64().unwrap());
        }
        let page = app.get("/jobs").browser().cookie(&app.sign_in()).send().expect(200).text();
        assert!(page.contains("Noch kein Vorgang."), "{page}");
    })
    .await;
}
