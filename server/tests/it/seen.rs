//! Internet addresses are shown, and consent is changed, only by those who have the right to.

use domain::rights::{Right, Rights};
use serde_json::json;

use crate::support::{TestApp, on_each_server};

const PLAIN: &[Right] =
    &[Right::SeePools, Right::SeeProfiles, Right::CreateProfiles, Right::EditProfiles, Right::ExportProfiles, Right::Export, Right::Import];

#[tokio::test]
async fn addresses_are_neither_shown_nor_searched_nor_taken_along_without_the_right() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let profile = app.create_profile(pool, json!({"NAME": "Roth"}))["id"].to_string();
        app.database.sql(&format!("update {} set permission_ip = '192.0.2.7'", profiles(app, pool))).await.unwrap();
        let token = app.token_with(Rights::of(PLAIN)).await;
        let get = |token: &str, path: &str| app.get(&format!("/api/v1/pools/{pool}{path}")).bearer(token).send();
        for path in [format!("/profiles/{profile}"), "/profiles".to_owned(), "/export.csv".to_owned()] {
            assert!(get(&app.token, &path).expect(200).text().contains("192.0.2.7"), "{path}");
            let seen = get(&token, &path).expect(200).text();
            assert!(seen.contains("Roth") && !seen.contains("192.0.2.7") && !seen.contains("PERMISSION_IP"), "{path}: {seen}");
        }
        for path in ["/profiles?f.PERMISSION_IP=192.0.2.7", "/export.csv?fields=NAME,PERMISSION_IP", "/profiles?sort=PERMISSION_IP"] {
            let seen = get(&token, path).text();
            assert!(!seen.contains("192.0.2.7"), "{path}: {seen}");
        }
        app.api("PATCH", &format!("/pools/{pool}/profiles/{profile}")).json(&json!({"fields": {"CITY": "Graz"}})).send().expect(200);
        let changed = app.call("PATCH", &format!("/api/v1/pools/{pool}/profiles/{profile}")).bearer(&token);
        let changed = changed.json(&json!({"fields": {"CITY": "Wien"}})).send().expect(200).text();
        assert!(changed.contains("Wien") && !changed.contains("192.0.2.7"), "{changed}");
        assert!(get(&app.token, &format!("/profiles/{profile}")).text().contains("192.0.2.7"), "it is still there");
    })
    .await;
}

#[tokio::test]
async fn consent_is_read_by_everybody_and_changed_only_with_the_right() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let profile = app.create_profile(pool, json!({"NAME": "Roth", "PERMISSION": "double_opt_in"}))["id"].to_string();
        let path = format!("/api/v1/pools/{pool}/profiles/{profile}");
        let token = app.token_with(Rights::of(PLAIN)).await;
        for (key, value) in [("PERMISSION", json!("opt_out")), ("UNSUBSCRIBED", json!(true)), ("NOTRACKING", json!(true))] {
            let fields = json!({"fields": {key: value}});
            let refused = app.call("PATCH", &path).bearer(&token).json(&fields).send().expect(422).text();
            assert!(refused.contains("read_only") && refused.contains(key), "{refused}");
            let made = app.call("POST", &format!("/api/v1/pools/{pool}/profiles")).bearer(&token).json(&fields).send();
            assert!(made.status == 422 && made.text().contains("read_only"), "{}", made.text());
            let many = json!({"query": "", "field": key, "value": value});
            let many = app.call("POST", &format!("/api/v1/pools/{pool}/profiles/edit")).bearer(&token).json(&many).send();
            assert!(many.status == 422 && many.text().contains("read_only"), "{}", many.text());
        }
        let seen = app.get(&path).bearer(&token).send().expect(200).json();
        assert_eq!(seen["fields"]["PERMISSION"], "double_opt_in");
        let fields = app.get(&format!("/api/v1/pools/{pool}/fields/PERMISSION")).bearer(&token).send().expect(200).json();
        assert_eq!(fields["read_only"], true);
        let csv = "Name;Tracking deaktiviert\nMaier;ja\n";
        let upload = app.call("POST", &format!("/api/v1/pools/{pool}/imports?file_name=a.csv")).bearer(&token);
        let begun = upload.header("content-type", "text/csv").body(csv).send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        let made = app.api("GET", &format!("/pools/{pool}/profiles?q=Maier")).send().expect(200).json();
        assert_eq!(made["items"][0]["fields"]["NOTRACKING"], false, "{made}");
        app.api("PATCH", &format!("/pools/{pool}/profiles/{profile}")).json(&json!({"fields": {"NOTRACKING": true}})).send().expect(200);
    })
    .await;
}

fn profiles(app: &TestApp, pool: i64) -> String {
    match app.database.engine {
        store::db::Engine::Sqlite => format!("pool_{pool}"),
        store::db::Engine::Postgres => format!("client_1.pool_{pool}"),
    }
}
