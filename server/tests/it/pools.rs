use serde_json::json;

use crate::support::on_each_server;

#[tokio::test]
async fn a_pool_is_created_found_by_id_or_name_renamed_and_deleted() {
    on_each_server(async |app| {
        let created = app.api("POST", "/pools").json(&json!({"name": "Kunden & Co"})).send().expect(201);
        let id = created.json()["id"].as_i64().unwrap();
        assert_eq!(created.header("location"), format!("/api/v1/pools/{id}"));
        let pool = json!({"id": id, "name": "Kunden & Co", "profiles": 0});
        assert_eq!(app.api("GET", &format!("/pools/{id}")).send().expect(200).json(), pool);
        assert_eq!(app.api("GET", "/pools/Kunden%20%26%20Co").send().expect(200).json(), pool);
        assert_eq!(app.api("GET", "/pools").send().expect(200).json(), json!({"items": [pool]}));

        let renamed = app.api("PATCH", &format!("/pools/{id}")).json(&json!({"name": "Gäste"})).send().expect(200).json();
        assert_eq!(renamed["name"], "Gäste");
        app.api("DELETE", &format!("/pools/{id}")).send().expect(204);
        app.api("GET", &format!("/pools/{id}")).send().expect(404);
    })
    .await;
}

#[tokio::test]
async fn two_pools_cannot_have_one_name() {
    on_each_server(async |app| {
        app.create_pool("Kunden");
        let clash = app.api("POST", "/pools").json(&json!({"name": "Kunden"})).send().expect(409).json();
        assert_eq!(clash["code"], "pool_name_taken");
    })
    .await;
}

#[tokio::test]
async fn a_field_with_options_is_added_and_used() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let fields = format!("/pools/{pool}/fields");
        let new = json!({"label": "Lieblingsfarbe", "kind": "multi_selection", "key": "COLOUR", "options": ["Blau", "Grün"]});
        let field = app.api("POST", &fields).json(&new).send().expect(201).json();
        assert_eq!((&field["key"], &field["options"]), (&json!("COLOUR"), &json!(["Blau", "Grün"])));
        let profile = app.create_profile(pool, json!({"COLOUR": ["Grün", "Blau"]}));
        assert_eq!(profile["fields"]["COLOUR"].as_array().unwrap().len(), 2);

        app.api("POST", &fields).json(&new).send().expect(409);
        let wrong = app.api("POST", &fields).json(&json!({"label": "", "kind": "profile_id", "key": "lower"})).send().expect(422).json();
        assert_eq!(wrong["errors"].as_array().unwrap().len(), 3);
        let all = app.api("GET", &fields).header("accept-language", "en").send().expect(200).json();
        let named: Vec<_> = all["items"].as_array().unwrap().iter().map(|field| field["label"].as_str().unwrap()).collect();
        assert!(named.contains(&"First name") && named.contains(&"Lieblingsfarbe"), "{named:?}");
    })
    .await;
}
