use serde_json::json;

use crate::support::on_each_server;

#[tokio::test]
async fn a_field_of_all_hits_is_changed_and_set_back() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let ids: Vec<i64> = ["Maier", "Meyer", "Roth"]
            .iter()
            .map(|name| app.create_profile(pool, json!({"NAME": name, "CITY": "Ulm"}))["id"].as_i64().unwrap())
            .collect();
        let of_city = |city: &str| {
            app.api("GET", &format!("/pools/{pool}/profiles?filter=CITY:is:{city}")).send().expect(200).json()["total"].clone()
        };
        let body = json!({"query": "q=m&page=7", "except": [ids[0]], "field": "CITY", "value": "Bonn"});
        let done = app.api("POST", &format!("/pools/{pool}/profiles/edit")).json(&body).send().expect(200).json();
        assert_eq!((done["n"].as_u64(), of_city("Bonn")), (Some(1), json!(1)));
        let back = app.api("POST", &format!("/pools/{pool}/batches/{}/undo", done["batch"])).send().expect(200).json();
        assert_eq!((back, of_city("Ulm")), (json!({"n": 1, "kept": 0}), json!(3)));

        let body = json!({"ids": [ids[0], ids[1], 999]});
        let gone = app.api("POST", &format!("/pools/{pool}/profiles/delete")).json(&body).send().expect(200).json();
        assert_eq!((gone["n"].as_u64(), of_city("Ulm")), (Some(2), json!(1)));
        app.api("POST", &format!("/pools/{pool}/batches/{}/undo", gone["batch"])).send().expect(200);
        assert_eq!(of_city("Ulm"), json!(3));
        let other = app.create_pool("Andere");
        app.api("POST", &format!("/pools/{other}/batches/{}/undo", gone["batch"])).send().expect(404);
        app.api("POST", &format!("/pools/{pool}/batches/x/undo")).send().expect(404);
    })
    .await;
}

#[tokio::test]
async fn options_are_added_and_removed() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let field = json!({"label": "Interessen", "kind": "multi_selection", "options": ["Sport", "Musik"]});
        app.api("POST", &format!("/pools/{pool}/fields")).json(&field).send().expect(201);
        let profile = app.create_profile(pool, json!({"NAME": "Roth", "INTERESSEN": ["Sport"]}));
        let edit = |how: &str, value: serde_json::Value| {
            let body = json!({"ids": [profile["id"]], "field": "INTERESSEN", "how": how, "value": value});
            app.api("POST", &format!("/pools/{pool}/profiles/edit")).json(&body).send().expect(200);
            app.api("GET", &format!("/pools/{pool}/profiles/{}", profile["id"])).send().expect(200).json()["fields"]["INTERESSEN"].clone()
        };
        assert_eq!(edit("add", json!(["Musik"])), json!(["Sport", "Musik"]));
        assert_eq!(edit("remove", json!(["Sport"])), json!(["Musik"]));
        assert_eq!(edit("set", json!(null)), json!(null));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_change_of_many_is_named() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let id = app.create_profile(pool, json!({"NAME": "Roth", "CITY": "Ulm"}))["id"].clone();
        for (body, field) in [
            (json!({"field": "CITY", "value": "Bonn"}), "ids"),
            (json!({"ids": [id], "query": "", "field": "CITY", "value": "Bonn"}), "ids"),
            (json!({"ids": ["x"], "field": "CITY", "value": "Bonn"}), "ids"),
            (json!({"ids": [id], "value": "Bonn"}), "field"),
            (json!({"ids": [id], "field": "PROFILEID", "value": 7}), "field"),
            (json!({"ids": [id], "field": "NIRGENDS", "value": "Bonn"}), "field"),
            (json!({"ids": [id], "field": "BIRTHDAY", "value": "31.02."}), "value"),
            (json!({"ids": [id], "field": "CITY", "value": "Bonn", "how": "add"}), "value"),
            (json!({"ids": [id], "field": "CITY", "value": "Bonn", "how": "erase"}), "how"),
            (json!({"ids": [id], "field": "CITY", "value": "Bonn", "colour": "red"}), "colour"),
        ] {
            let refused = app.api("POST", &format!("/pools/{pool}/profiles/edit")).json(&body).send().expect(422).json();
            assert!(refused["errors"].as_array().unwrap().iter().any(|error| error["field"] == field), "{body}: {refused}");
        }
        let profile = app.api("GET", &format!("/pools/{pool}/profiles/{id}")).send().expect(200).json();
        assert_eq!(profile["fields"]["CITY"], "Ulm");
    })
    .await;
}

#[tokio::test]
async fn a_large_selection_is_a_jobs_work_that_can_be_undone() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let id = app.create_profile(pool, json!({"NAME": "Roth", "CITY": "Ulm"}))["id"].as_i64().unwrap();
        let mut ids: Vec<i64> = (100_000..110_000).collect();
        ids.push(id);
        let body = json!({"ids": ids, "field": "CITY", "value": "Bonn"});
        let job = app.api("POST", &format!("/pools/{pool}/profiles/edit")).json(&body).send().expect(202).json();
        let done = app.job_done(job["id"].as_i64().unwrap());
        assert_eq!((done["state"].as_str(), done["result"]["n"].as_u64(), done["total"].as_u64()), (Some("done"), Some(1), Some(10_001)));
        let page = app.get("/jobs").browser().cookie(&app.sign_in()).send().expect(200).text();
        assert!(page.contains("/api/profiles/undo") && page.contains("Profile ändern Kunden"), "{page}");
        app.api("POST", &format!("/pools/{pool}/batches/{}/undo", done["result"]["batch"])).send().expect(200);
        let profile = app.api("GET", &format!("/pools/{pool}/profiles/{id}")).send().expect(200).json();
        assert_eq!(profile["fields"]["CITY"], "Ulm");
    })
    .await;
}
