use serde_json::json;

use crate::support::{on_each_server, with_input};

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

#[tokio::test]
async fn a_name_that_is_too_long_is_refused_with_a_sentence_and_what_was_typed_is_kept() {
    on_each_server(async |app| {
        let (long, longest) = ("ä".repeat(500), "ä".repeat(200));
        let refused = app.api("POST", "/pools").json(&json!({"name": long})).send().expect(422).json();
        assert_eq!((&refused["errors"][0]["field"], &refused["errors"][0]["code"]), (&json!("name"), &json!("too_long")));
        let kept = app.create_pool(&longest);
        let path = format!("/pools/{kept}");
        app.api("PATCH", &path).json(&json!({"name": long})).send().expect(422);
        assert_eq!(app.api("GET", &path).send().expect(200).json()["name"], longest, "not cut either");

        let output = with_input(&mut app.command(&["pool", "create", &long]), "");
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stdout).as_ref()), (Some(2), ""));
        assert!(String::from_utf8_lossy(&output.stderr).contains("200"), "the command line says how long it may be");

        // The plain forms say so at the input.
        let cookie = app.sign_in();
        let pool = kept.to_string();
        for (action, page) in
            [("create", "/pools?new"), ("rename", &format!("/pools?rename={kept}")), ("rename", &format!("{path}?rename=1"))]
        {
            let form = app.call("POST", &format!("/api/pools/{action}")).browser().cookie(&cookie);
            let form =
                form.header("referer", format!("http://{}{page}", app.address)).form(&[("pool", pool.as_str()), ("name", long.as_str())]);
            let back = form.send().expect(302).header("location").to_owned();
            let back = back.split_once(&app.address.to_string()).expect("an address of ours").1.to_owned();
            let page = app.get(&back).browser().cookie(&cookie).send().expect(200).text();
            assert!(page.contains("höchstens 200 Zeichen") && page.contains(&format!("value=\"{long}\"")), "{action} {back}");
            assert!(!page.contains("maxlength"), "the browser would cut it before anybody could say so");
        }
        assert_eq!(app.api("GET", "/pools").send().expect(200).json()["items"].as_array().unwrap().len(), 1);
    })
    .await;
}
