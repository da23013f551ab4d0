//! What a pool tells programs of itself, compared with what it then does.

use domain::role::ReadyRole;
use serde_json::{Value, json};

use crate::support::{TestApp, on_each_server};

#[path = "../../../domain/src/integration/tests/conforms.rs"]
mod conforms;

use conforms::misfits;

/// A pool with selections of its own.
fn pool_with_selections(app: &TestApp) -> i64 {
    let pool = app.create_pool("Kunden");
    let new = |label: &str, kind: &str, options: Value| {
        let field = json!({"label": label, "kind": kind, "options": options});
        app.api("POST", &format!("/pools/{pool}/fields")).json(&field).send().expect(201);
    };
    new("Sport", "multi_selection", json!(["Ski", "A|B", "Rad \"neu\""]));
    new("Farbe", "selection", json!(["Blau", "Grün"]));
    new("Punkte", "integer", Value::Null);
    new("Termin", "date_time", Value::Null);
    new("Adresse", "ip_address", Value::Null);
    pool
}

fn everything() -> Value {
    json!({
        "SALUTATION": "female", "TITLE": "Dr.", "FIRSTNAME": "Jana", "NAME": "Müller", "COMPANY": "Müller & Söhne", "STREET": "Weg 1",
        "ZIP": "20457", "CITY": "Hamburg", "STATE": "DE-HH", "COUNTRY": "DE", "EMAIL": "jana@example.org", "MOBILEPREFIX": "+49171",
        "BIRTHDAY": "1990-12-31", "LANGUAGE": "de", "EXTERNALID": "A-1", "PERMISSION": "double_opt_in", "UNSUBSCRIBED": true,
        "HARDBOUNCES": 2, "USERSTATE": 1, "PERSONA": false, "NOTRACKING": true, "SPORT": ["Ski", "A|B"], "FARBE": "Grün", "PUNKTE": -7,
        "TERMIN": "2026-01-31T09:30:00.5Z", "ADRESSE": "2001:db8::1",
    })
}

#[tokio::test]
async fn a_profile_fits_the_schema_on_its_way_in_and_out() {
    on_each_server(async |app| {
        let pool = pool_with_selections(app);
        let schema = app.api("GET", &format!("/pools/{pool}/schema.json")).send().expect(200);
        assert_eq!(schema.header("content-type"), "application/schema+json");
        let schema = schema.json();
        assert_eq!(schema["$id"], format!("http://{}/api/v1/pools/{pool}/schema.json", app.address));
        let fits = |name: &str, json: &Value| misfits(&schema["$defs"][name], &schema, json);

        let sent = json!({"fields": everything()});
        assert_eq!(fits("ProfileInput", &sent), Vec::<String>::new());
        let created = app.create_profile(pool, everything());
        assert_eq!(fits("Profile", &created), Vec::<String>::new());
        assert_eq!(created["fields"]["SPORT"], json!(["Ski", "A|B"]));

        let patch = json!({"fields": {"SPORT": null, "FARBE": "Blau", "CITY": "Köln"}, "revision": created["revision"]});
        assert_eq!(fits("ProfilePatch", &patch), Vec::<String>::new());
        let changed = app.api("PATCH", &format!("/pools/{pool}/profiles/{}", created["id"])).json(&patch).send().expect(200).json();
        assert_eq!(fits("Profile", &changed), Vec::<String>::new());
        // What only Lagune fills is there, and refused by the schema as by the server.
        assert!(created["fields"]["ENTRY_DATE"].is_string());
        let refused = json!({"fields": {"ENTRY_DATE": "2026-01-31T09:30:00Z"}});
        assert!(!fits("ProfileInput", &refused).is_empty());
        app.api("POST", &format!("/pools/{pool}/profiles")).json(&refused).send().expect(422);
    })
    .await;
}

#[tokio::test]
async fn every_field_is_listed_with_the_ids_of_its_options() {
    on_each_server(async |app| {
        let pool = pool_with_selections(app);
        let listed = app.api("GET", &format!("/pools/{pool}/integration.json")).header("accept-language", "en").send().expect(200).json();
        assert_eq!(listed["pool"], json!({"id": pool, "name": "Kunden"}));
        let field = |key: &str| listed["fields"].as_array().unwrap().iter().find(|field| field["key"] == key).unwrap().clone();
        let sport = field("SPORT");
        assert_eq!((&sport["variable"], &sport["kind"], &sport["kind_number"]), (&json!("{$SPORT}"), &json!("multi_selection"), &json!(8)));
        let id = sport["options"][1]["id"].as_i64().unwrap();
        assert_eq!(sport["options"][1]["label"], "A|B");
        assert_eq!(field("FIRSTNAME")["label"], "First name");
        assert_eq!(field("PROFILEID")["read_only"], true);

        let table = app.api("GET", &format!("/pools/{pool}/integration.csv")).send().expect(200);
        assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
        let text = table.text();
        assert!(text.starts_with("id,key,variable,label,category,kind,kind_number,required,read_only,default,help,options\r\n"), "{text}");
        assert!(text.contains(",SPORT,{$SPORT},Sport,") && text.contains(&format!("|{id}=A\\|B|")), "{text}");
        let excel = app.api("GET", &format!("/pools/{pool}/integration.csv?dialect=excel")).send().expect(200).text();
        assert!(excel.starts_with("\u{feff}ID;Interner Name;Ersetzungsvariable;"), "{excel}");
    })
    .await;
}

#[tokio::test]
async fn a_pool_describes_its_own_calls() {
    on_each_server(async |app| {
        let pool = pool_with_selections(app);
        let description = app.api("GET", "/pools/Kunden/openapi.json").send().expect(200).json();
        assert_eq!(description["openapi"], "3.1.0");
        assert_eq!(description["servers"], json!([{"url": format!("http://{}", app.address)}]));
        let path = format!("/api/v1/pools/{pool}/profiles");
        let call = &description["paths"][&path]["post"];
        let example = &call["requestBody"]["content"]["application/json"]["example"];
        let created = app.call("POST", &path).bearer(&app.token).json(example).send().expect(201).json();
        assert_eq!(misfits(&description["components"]["schemas"]["Profile"], &description, &created), Vec::<String>::new());
        let page = app.api("GET", &format!("/pools/{pool}/profiles")).send().expect(200).json();
        assert_eq!(misfits(&description["components"]["schemas"]["Profiles"], &description, &page), Vec::<String>::new());
        // Everything that it describes is also a call of the whole interface, under the same name.
        let whole = app.get("/api/v1/openapi.json").send().expect(200).json();
        for (path, calls) in description["paths"].as_object().unwrap() {
            let general = path.replace(&format!("/pools/{pool}/"), "/pools/{pool}/");
            for (method, call) in calls.as_object().unwrap().iter().filter(|(name, _)| *name != "parameters") {
                assert_eq!(whole["paths"][&general][method]["operationId"], call["operationId"], "{method} {general}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn members_take_the_files_away_and_strangers_do_not_know_the_pool() {
    on_each_server(async |app| {
        let pool = pool_with_selections(app);
        let cookie = app.sign_in();
        for (ending, kind) in [
            ("json", "application/json"),
            ("csv", "text/csv; charset=utf-8"),
            ("schema.json", "application/schema+json"),
            ("openapi.json", "application/json"),
        ] {
            let path = format!("/pools/{pool}/integration.{ending}");
            let file = app.get(&path).cookie(&cookie).send().expect(200);
            assert_eq!(file.header("content-type"), kind);
            assert!(file.header("content-disposition").starts_with(&format!("attachment; filename=\"Kunden.{ending}\"")));
            app.get(&path).send().expect(401);
            app.get(&path.replace(&pool.to_string(), "99")).cookie(&cookie).send().expect(404);
        }
        let member = app.token_with(ReadyRole::Viewer.rights()).await;
        let stranger = app.token_of_another_client().await;
        for name in ["integration.json", "integration.csv", "schema.json", "openapi.json"] {
            let path = format!("/api/v1/pools/{pool}/{name}");
            app.get(&path).bearer(&member).send().expect(200);
            app.get(&path).bearer(&stranger).send().expect(404);
            app.get(&path).send().expect(401);
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_is_written_whole_and_searched_without_a_script() {
    on_each_server(async |app| {
        let pool = pool_with_selections(app);
        let cookie = app.sign_in();
        let page = |path: String| app.get(&path).browser().cookie(&cookie).send();
        let all = page(format!("/pools/{pool}/integration")).expect(200).text();
        assert!(all.contains("{$SPORT}") && all.contains("A|B") && !all.contains("<tr hidden"), "{all}");
        let found = page(format!("/pools/{pool}/integration?q=lauf+sport")).expect(200).text();
        assert!(found.contains("<tr hidden"), "{found}");
        let calls = page(format!("/pools/{pool}/integration?show=calls&code=python")).expect(200).text();
        assert!(
            calls.contains("urllib.request.Request(") && calls.contains(&format!("http://{}/api/v1/pools/{pool}", app.address)),
            "{calls}"
        );
        page("/pools/99/integration".to_owned()).expect(404);
        page("/pools/abc/integration".to_owned()).expect(404);
    })
    .await;
}

#[tokio::test]
async fn what_is_copied_names_the_address_that_people_use() {
    let address = [("LAGUNE_PUBLIC_URL", "https://lagune.example.com")];
    let app = TestApp::start(store::db::Engine::Sqlite, &address).await;
    let pool = app.create_pool("Kunden");
    let description = app.api("GET", &format!("/pools/{pool}/openapi.json")).send().expect(200).json();
    assert_eq!(description["servers"][0]["url"], "https://lagune.example.com");
    app.stop().await;
}
