use serde_json::{Value, json};

use crate::support::{TestApp, on_each_server};

#[track_caller]
fn change(app: &TestApp, method: &'static str, path: &str, body: Value) -> i64 {
    let answer = app.api(method, path).json(&body).send();
    assert!(answer.status < 300, "{method} {path}: {}", answer.text());
    answer.json()["change"].as_i64().expect("a change")
}

fn keys(app: &TestApp, pool: &str, role: &str) -> Vec<String> {
    let all = app.api("GET", &format!("/pools/{pool}/categories")).send().expect(200).json();
    let one = all["items"].as_array().unwrap().iter().find(|one| one["role"] == role || one["name"] == role).expect("a category").clone();
    one["fields"].as_array().unwrap().iter().map(|key| key.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_program_reshapes_a_pool_and_takes_it_back() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden").to_string();
        let made = app.api("POST", &format!("/pools/{pool}/categories")).json(&json!({"name": "Anschrift"})).send().expect(201).json();
        let category = made["id"].as_i64().expect("an id");
        change(app, "POST", &format!("/pools/{pool}/fields/CITY/move"), json!({"category": category}));
        change(app, "POST", &format!("/pools/{pool}/fields/ZIP/move"), json!({"category": category, "before": null}));
        assert_eq!(keys(app, &pool, "Anschrift"), ["CITY", "ZIP"]);
        let field =
            app.api("POST", &format!("/pools/{pool}/fields")).json(&json!({"label": "Farbe", "kind": "selection", "options": ["Rot"]}));
        field.send().expect(201);
        change(app, "POST", &format!("/pools/{pool}/fields/FARBE/options"), json!({"labels": ["Blau", "Rot"]}));
        change(app, "PATCH", &format!("/pools/{pool}/fields/FARBE"), json!({"default": "Blau", "required": true, "label": "Ton"}));
        let profile =
            app.api("POST", &format!("/pools/{pool}/profiles")).json(&json!({"fields": {"NAME": "Ada"}})).send().expect(201).json();
        assert_eq!(profile["fields"]["FARBE"], "Blau");
        let renamed = change(app, "PATCH", &format!("/pools/{pool}/categories/{category}"), json!({"name": "Adresse", "before": null}));
        assert_eq!(keys(app, &pool, "Adresse"), ["CITY", "ZIP"]);
        change(app, "POST", &format!("/pools/{pool}/changes/{renamed}/undo"), json!({}));
        assert_eq!(keys(app, &pool, "Anschrift"), ["CITY", "ZIP"]);
        let deleted = change(app, "DELETE", &format!("/pools/{pool}/categories/{category}"), json!({}));
        assert_eq!(keys(app, &pool, "unassigned"), ["FARBE", "CITY", "ZIP"]);
        change(app, "POST", &format!("/pools/{pool}/changes/{deleted}/undo"), json!({}));
        assert_eq!(keys(app, &pool, "unassigned"), ["FARBE"]);
        let gone = change(app, "DELETE", &format!("/pools/{pool}/fields/FARBE"), json!({}));
        app.api("GET", &format!("/pools/{pool}/fields/FARBE/uses")).send().expect(404);
        change(app, "POST", &format!("/pools/{pool}/changes/{gone}/undo"), json!({}));
        let uses = app.api("GET", &format!("/pools/{pool}/fields/FARBE/uses")).send().expect(200).json();
        assert_eq!(uses["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_what_stands_in_the_way() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden").to_string();
        let code = |method: &'static str, path: &str, body: Value, status: u16| {
            let answer = app.api(method, &format!("/pools/{pool}{path}")).json(&body).send().expect(status).json();
            answer["code"].as_str().unwrap_or_default().to_owned()
        };
        assert_eq!(code("DELETE", "/fields/NAME", json!({}), 409), "field_fixed");
        assert_eq!(code("DELETE", "/fields/NOSUCH", json!({}), 404), "not_found");
        assert_eq!(code("PATCH", "/fields/NAME", json!({"tagging": true}), 422), "invalid");
        assert_eq!(code("PATCH", "/fields/BIRTHDAY", json!({"default": "irgendwann"}), 422), "invalid");
        assert_eq!(code("PATCH", "/fields/NAME", json!({"key": "NACHNAME"}), 422), "invalid");
        assert_eq!(code("POST", "/fields/NAME/options", json!({"labels": ["A"]}), 409), "no_options");
        assert_eq!(code("POST", "/changes/9999/undo", json!({}), 404), "not_found");
        let field = json!({"label": "Farbe", "kind": "selection", "options": ["Rot"]});
        app.api("POST", &format!("/pools/{pool}/fields")).json(&field).send().expect(201);
        app.api("POST", &format!("/pools/{pool}/profiles")).json(&json!({"fields": {"NAME": "Ada", "FARBE": "Rot"}})).send().expect(201);
        let option = app.api("GET", &format!("/pools/{pool}/fields/FARBE")).send().expect(200).json()["option_ids"][0].clone();
        assert_eq!(code("DELETE", &format!("/fields/FARBE/options/{option}"), json!({}), 409), "used");
    })
    .await;
}

#[tokio::test]
async fn a_field_that_was_changed_since_it_was_read_is_not_overwritten() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let path = format!("/pools/{pool}/fields/COMPANY");
        let tag = || app.api("GET", &path).send().expect(200).header("etag").to_owned();
        let read = tag();
        // What happens to other fields, and where it stands, makes no difference.
        app.api("PATCH", &format!("/pools/{pool}/fields/CITY")).json(&json!({"help": "Ohne PLZ"})).send().expect(200);
        app.api("POST", &format!("/pools/{pool}/fields/COMPANY/move")).json(&json!({"before": null})).send().expect(200);
        assert_eq!(tag(), read);
        app.api("PATCH", &path).header("if-match", &read).json(&json!({"help": "Laut Register"})).send().expect(200);
        assert_ne!(tag(), read);
        let late = app.api("PATCH", &path).header("if-match", &read).json(&json!({"help": "Wie auf dem Brief"})).send().expect(412).json();
        assert_eq!((&late["code"], &late["current"]["help"]), (&json!("stale"), &json!("Laut Register")));
        app.api("PATCH", &path).header("if-match", "*").json(&json!({"help": "Wie auf dem Brief"})).send().expect(200);
        app.api("PATCH", &path).header("if-match", tag()).json(&json!({"help": ""})).send().expect(200);
    })
    .await;
}
