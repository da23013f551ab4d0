use std::fmt::Write as _;

use serde_json::json;

use crate::support::{TestApp, on_each_server};
use store::db::Engine;

#[tokio::test]
async fn a_file_is_imported_and_its_refused_rows_are_listed() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let file = "E-Mail;Name;Geburtstag\na@example.com;Müller;31.02.1990\nb@example.com;=cmd;\n";
        let call = app.api("POST", &format!("/pools/{pool}/imports?key=EMAIL&file_name=kontakte.csv")).header("content-type", "text/csv");
        let answer = call.body(file).send().expect(202);
        let begun = answer.json();
        let job = app.job_done(begun["job"].as_i64().unwrap());
        assert_eq!(job["state"], "done", "{job}");
        let import = app.call("GET", answer.header("location")).bearer(&app.token).send().expect(200).json();
        assert_eq!(import["counts"], json!({"rows": 2, "created": 1, "updated": 0, "unchanged": 0, "refused": 1, "skipped": 0}));
        assert_eq!((&import["file_name"], &import["state"]), (&json!("kontakte.csv"), &json!("done")));
        let refused =
            app.api("GET", &format!("/imports/{}/refusals.csv", begun["import"])).header("accept-language", "en").send().expect(200).text();
        let mut lines = refused.lines();
        assert_eq!(lines.next(), Some("\u{feff}Row;Column;Value;Reason"));
        assert!(lines.next().unwrap().starts_with("2;Geburtstag;31.02.1990;"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_form_with_a_file_leads_to_the_page_of_its_import() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let cookie = app.sign_in();
        let part =
            "--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"C:\\\\kontakte.csv\"\r\n\r\nName\nMaier\n\r\n--cut--\r\n";
        let post = || {
            let call = app.call("POST", &format!("/pools/{pool}/imports/upload")).cookie(&cookie);
            call.header("content-type", "multipart/form-data; boundary=cut").body(part)
        };
        let page = post().browser().send().expect(303);
        assert!(page.header("location").starts_with(&format!("/pools/{pool}/import/")), "{}", page.header("location"));
        let answer = post().header("sec-fetch-site", "same-origin").send().expect(201).json();
        assert!(answer["import"].is_i64() && answer["url"].is_string(), "{answer}");
        let import = app.get(&format!("/api/v1/imports/{}", answer["import"])).cookie(&cookie).send().expect(200).json();
        assert_eq!(import["file_name"], "kontakte.csv");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_table_is_refused_and_leaves_nothing_behind() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let send = |body: &[u8], query: &str| {
            app.api("POST", &format!("/pools/{pool}/imports{query}"))
                .header("content-type", "text/csv")
                .body(body)
                .send()
                .expect(422)
                .json()
        };
        assert_eq!(send(b"", "")["code"], "empty_file");
        assert_eq!(send(b"\x00\x01\x02\xff\xfe\x00binary\x00\x00", "")["code"], "binary_file");
        assert_eq!(send(b"Name\nMaier\n", "?key=EMAIL")["code"], "key_column_missing");
        assert_eq!(send(b"Name\nMaier\n", "?key=NOSUCH")["errors"][0]["code"], "unknown_field");
        let left = std::fs::read_dir(app.folder.path().join("data/uploads")).unwrap().count();
        assert_eq!(left, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_larger_than_allowed_is_refused_while_it_arrives() {
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_UPLOAD_LIMIT", "1KB")]).await;
    let pool = app.create_pool("Kunden");
    let call = || app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv");
    assert_eq!(call().body("Name\n".repeat(500)).send().expect(413).json()["code"], "too_large");
    assert_eq!(std::fs::read_dir(app.folder.path().join("data/uploads")).map_or(0, Iterator::count), 0);
    app.stop().await;
}

#[tokio::test]
async fn a_killed_import_goes_on_where_it_was() {
    on_each_server(async |app| {
        const ROWS: usize = 40_000;
        let pool = app.create_pool("Kunden");
        let mut file = String::from("E-Mail,Name,City\n");
        for n in 0..ROWS {
            writeln!(file, "p{n}@example.com,Name {n},Köln").unwrap();
        }
        let call = app.api("POST", &format!("/pools/{pool}/imports?key=EMAIL")).header("content-type", "text/csv");
        let begun = call.body(file).send().expect(202).json();
        let job = begun["job"].as_i64().unwrap();
        let begins = std::time::Instant::now();
        loop {
            let found = app.api("GET", &format!("/jobs/{job}")).send().expect(200).json();
            if found["done"].as_u64() > Some(0) || begins.elapsed().as_secs() > 60 {
                break;
            }
        }
        app.kill_and_restart();
        let done = app.job_done(job);
        assert_eq!(done["state"], "done", "{done}");
        let import = app.api("GET", &format!("/imports/{}", begun["import"])).send().expect(200).json();
        assert_eq!(import["counts"], json!({"rows": ROWS, "created": ROWS, "updated": 0, "unchanged": 0, "refused": 0, "skipped": 0}));
        let total = app.api("GET", &format!("/pools/{pool}/profiles?page_size=10")).send().expect(200).json()["total"].clone();
        assert_eq!(total, json!(ROWS));
    })
    .await;
}
