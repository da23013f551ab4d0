//! Layouts of exports that are kept: saved, used, replaced, deleted.

use serde_json::{Value, json};

use crate::support::{TestApp, on_each_server};

const LAYOUT: &str =
    r#"{"name": "Buchhaltung", "columns": ["NAME", "EMAIL"], "delimiter": "semicolon", "encoding": "windows1252", "guard": false}"#;

fn filled(app: &TestApp) -> i64 {
    let pool = app.create_pool("Kunden");
    app.create_profile(pool, json!({"NAME": "Böhm", "EMAIL": "ben@example.com", "CITY": "Köln"}));
    pool
}

fn saved(app: &TestApp, pool: i64, body: &str) -> Value {
    let body: Value = serde_json::from_str(body).unwrap();
    app.api("POST", &format!("/pools/{pool}/export-layouts")).json(&body).send().expect(201).json()
}

#[tokio::test]
async fn a_file_is_made_by_a_kept_layout_and_what_is_said_beside_it_goes_before() {
    on_each_server(async |app| {
        let pool = filled(app);
        let layout = saved(app, pool, LAYOUT);
        assert_eq!((&layout["layout"]["columns"], &layout["layout"]["delimiter"]), (&json!("NAME,EMAIL"), &json!("semicolon")));
        let text = |query: &str| {
            let answer = app.api("GET", &format!("/pools/{pool}/export?{query}")).send().expect(200);
            answer.body.iter().map(|byte| char::from(*byte)).collect::<String>()
        };
        let by_name = text("layout=Buchhaltung");
        assert_eq!(by_name, "NAME;EMAIL\r\nB\u{f6}hm;ben@example.com\r\n");
        assert_eq!(text(&format!("layout={}", layout["id"])), by_name);
        assert_eq!(text("layout=Buchhaltung&columns=CITY&encoding=utf8&line_end=lf"), "CITY\nK\u{c3}\u{b6}ln\n");
        assert!(text("layout=Buchhaltung&format=ndjson").starts_with("{\"NAME\":"));
        let job = app.api("POST", &format!("/pools/{pool}/exports")).json(&json!({"layout": "Buchhaltung"})).send().expect(202).json();
        app.job_done(job["job"]["id"].as_i64().unwrap());
        let link = app.api("GET", &format!("/exports/{}", job["job"]["id"])).send().expect(200).json()["link"].as_str().unwrap().to_owned();
        let file = app.call("GET", &link).bearer(&app.token).send().expect(200).body;
        assert_eq!(file.iter().map(|byte| char::from(*byte)).collect::<String>(), by_name);
        let file = app.folder.path().join("liste.csv");
        app.lagune(&["export", "--pool", "Kunden", "--layout", "Buchhaltung", "--output", file.to_str().unwrap()]);
        assert_eq!(std::fs::read(&file).unwrap().iter().map(|byte| char::from(*byte)).collect::<String>(), by_name);
        let log = app.api("GET", "/audit").send().expect(200).text();
        assert!(log.contains("export_layout_saved"), "{log}");
    })
    .await;
}

#[tokio::test]
async fn the_same_name_replaces_and_a_field_that_has_gone_is_left_out() {
    on_each_server(async |app| {
        let pool = filled(app);
        let first = saved(app, pool, LAYOUT);
        let field = json!({"key": "KUNDENNR", "label": "Kundennr", "kind": "single_line"});
        let field = app.api("POST", &format!("/pools/{pool}/fields")).json(&field).send().expect(201).json();
        let second = saved(app, pool, r#"{"name": "Buchhaltung", "columns": ["KUNDENNR", "NAME"]}"#);
        assert_eq!(first["id"], second["id"]);
        let all = app.api("GET", &format!("/pools/{pool}/export-layouts")).send().expect(200).json();
        assert_eq!(all["items"].as_array().unwrap().len(), 1);
        let only = saved(app, pool, r#"{"name": "Nur Nummern", "columns": ["KUNDENNR"]}"#);
        app.api("DELETE", &format!("/pools/{pool}/fields/{}", field["id"])).send().expect(200);
        let text = |query: &str, status| app.api("GET", &format!("/pools/{pool}/export?{query}")).send().expect(status).text();
        assert_eq!(text("layout=Buchhaltung", 200), "NAME\r\nBöhm\r\n");
        // Nobody gets all fields instead of those that have gone.
        assert!(text("layout=Nur%20Nummern", 422).contains("KUNDENNR"));
        app.api("DELETE", &format!("/pools/{pool}/export-layouts/{}", only["id"])).send().expect(204);
        app.api("DELETE", &format!("/pools/{pool}/export-layouts/{}", only["id"])).send().expect(404);
        assert!(text("layout=Nur%20Nummern", 422).contains("unknown_layout"));
        let refused = |body: Value| {
            let answer = app.api("POST", &format!("/pools/{pool}/export-layouts")).json(&body).send().expect(422).json();
            (answer["errors"][0]["field"].as_str().unwrap().to_owned(), answer["errors"][0]["code"].as_str().unwrap().to_owned())
        };
        assert_eq!(refused(json!({"columns": ["NAME"]})), ("name".to_owned(), "required".to_owned()));
        assert_eq!(refused(json!({"name": "x", "columns": ["NOSUCH"]})), ("columns".to_owned(), "unknown_field".to_owned()));
        assert_eq!(refused(json!({"name": "x", "format": "pdf"})), ("format".to_owned(), "unknown_choice".to_owned()));
        assert_eq!(refused(json!({"name": "x", "q": "Anna"})), ("q".to_owned(), "unknown_field".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn the_page_keeps_and_deletes_by_plain_forms() {
    on_each_server(async |app| {
        let pool = filled(app);
        let cookie = app.sign_in();
        let post = |path: &str, form: &[(&str, &str)]| {
            let answer =
                app.call("POST", &format!("/pools/{pool}/export-layouts{path}")).browser().cookie(&cookie).form(form).send().expect(303);
            answer.header("location").to_owned()
        };
        let form = [("ids", "1"), ("column", "EMAIL"), ("column", "NAME"), ("format", "xlsx"), ("layout_name", "Ver & teiler")];
        let location = post("", &form);
        assert!(location.contains("ids=1") && location.contains("layout=") && !location.contains("column"), "{location}");
        let page = app.get(&location).browser().cookie(&cookie).send().expect(200).text();
        assert!(page.contains("Ver &amp; teiler") && page.contains("gespeichert"), "{page}");
        let all = app.api("GET", &format!("/pools/{pool}/export-layouts")).send().expect(200).json();
        assert_eq!(all["items"][0]["layout"]["columns"], "EMAIL,NAME");
        // A name that can't be is said on the page, with all that was chosen.
        let location = post("", &[("column", "CITY"), ("format", "json"), ("layout_name", " ")]);
        assert!(location.contains("wrong_name") && location.contains("CITY") && location.contains("json"), "{location}");
        let id = all["items"][0]["id"].to_string();
        assert!(!post("/delete", &[("ids", "1"), ("id", &id)]).contains("layout"));
        let all = app.api("GET", &format!("/pools/{pool}/export-layouts")).send().expect(200).json();
        assert_eq!(all["items"], json!([]));
    })
    .await;
}
