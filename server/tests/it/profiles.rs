use serde_json::json;

use crate::support::on_each_server;

#[tokio::test]
async fn a_profile_is_created_read_changed_and_deleted() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let body = json!({"fields": {"EMAIL": " Jana@Example.com ", "NAME": "Müller", "BIRTHDAY": "1990-12-31"}});
        let created = app.api("POST", &format!("/pools/{pool}/profiles")).json(&body).send().expect(201);
        let profile = created.json();
        let path = format!("/pools/{pool}/profiles/{}", profile["id"]);
        assert_eq!(created.header("location"), format!("/api/v1{path}"));
        assert_eq!(profile["fields"]["EMAIL"], "jana@example.com");

        let read = app.api("GET", &format!("{path}?fields=NAME,BIRTHDAY")).send().expect(200);
        assert_eq!(read.json()["fields"], json!({"NAME": "Müller", "BIRTHDAY": "1990-12-31"}));
        assert_eq!(read.header("etag"), format!("\"{}\"", profile["revision"]));

        let changed = app.api("PATCH", &path).json(&json!({"fields": {"CITY": "Köln", "BIRTHDAY": null}})).send().expect(200).json();
        assert_eq!(changed["fields"]["CITY"], "Köln");
        assert!(changed["fields"].get("BIRTHDAY").is_none());
        assert!(changed["revision"].as_i64() > profile["revision"].as_i64());
        app.api("DELETE", &path).send().expect(204);
        app.api("GET", &path).send().expect(404);
        app.api("DELETE", &path).send().expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_change_to_an_older_revision_is_refused_and_shows_the_newer_one() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let profile = app.create_profile(pool, json!({"NAME": "Müller"}));
        let path = format!("/pools/{pool}/profiles/{}", profile["id"]);
        let tag = format!("\"{}\"", profile["revision"]);
        app.api("PATCH", &path).header("if-match", &tag).json(&json!({"fields": {"NAME": "Maier"}})).send().expect(200);

        let late = json!({"fields": {"NAME": "Schmidt"}});
        let refused = app.api("PATCH", &path).header("if-match", &tag).json(&late).send().expect(412).json();
        assert_eq!(refused["current"]["fields"]["NAME"], "Maier");
        let late = json!({"fields": {"NAME": "Schmidt"}, "revision": profile["revision"]});
        let refused = app.api("PATCH", &path).json(&late).send().expect(409).json();
        assert_eq!(refused["code"], "stale");
        app.api("PATCH", &path).header("if-match", "\"nonsense\"").json(&json!({"fields": {"NAME": "X"}})).send().expect(412);
        app.api("PATCH", &path).header("if-match", "*").json(&json!({"fields": {"NAME": "X"}})).send().expect(200);
    })
    .await;
}

#[tokio::test]
async fn the_list_answers_in_the_promised_form() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        for (name, mail) in [("Müller", "a@example.com"), ("Maier", "b@example.com"), ("Östlund", "c@example.com")] {
            app.create_profile(pool, json!({"NAME": name, "EMAIL": mail}));
        }
        let list = app.api("GET", "/pools/Kunden/profiles?q=mueller&page=1&page_size=50&sort=NAME,-ENTRY_DATE&fields=NAME,EMAIL");
        let list = list.send().expect(200).json();
        let id = list["items"][0]["id"].clone();
        let revision = list["items"][0]["revision"].clone();
        assert_eq!(
            list,
            json!({"items": [{"id": id, "revision": revision, "fields": {"NAME": "Müller", "EMAIL": "a@example.com"}}], "page": 1, "page_size": 50, "total": 1})
        );
        let names = |path: &str| {
            let list = app.api("GET", path).send().expect(200).json();
            let names = list["items"].as_array().unwrap().iter().map(|one| one["fields"]["NAME"].as_str().unwrap().to_owned());
            (names.collect::<Vec<_>>(), list["page_size"].as_u64().unwrap(), list["page"].as_u64().unwrap())
        };
        assert_eq!(names("/pools/Kunden/profiles?sort=NAME").0, ["Maier", "Müller", "Östlund"]);
        assert_eq!(names("/pools/Kunden/profiles?sort=-NAME&filter=NAME:contains:l").0, ["Östlund", "Müller"]);
        // What is unknown gives the nearest valid page, never an error.
        let (found, size, page) = names("/pools/Kunden/profiles?sort=NOSUCH&page_size=49&page=99");
        assert_eq!((found.len(), size, page), (3, 50, 1));
    })
    .await;
}

#[tokio::test]
async fn odd_searches_are_answered() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "100%_'\"\\"}));
        let long = "x".repeat(10_000);
        for q in ["%", "_", "'", "\"", "%' or 1=1 --", "🦀", "مرحبا", "%00", long.as_str()] {
            let q = if q == "%00" { q.to_owned() } else { crate::http::encode(q) };
            app.api("GET", &format!("/pools/{pool}/profiles?q={q}")).send().expect(200);
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_is_exported_as_csv() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "=1+1", "CITY": "Köln; Deutz"}));
        let plain = app.api("GET", &format!("/pools/{pool}/export.csv?fields=NAME,CITY")).send().expect(200);
        assert_eq!(plain.text(), "NAME,CITY\r\n'=1+1,Köln; Deutz\r\n");
        assert!(plain.header("content-disposition").starts_with("attachment; filename=\"Kunden.csv\""));
        let excel = app.api("GET", &format!("/pools/{pool}/export.csv?dialect=excel&fields=NAME,CITY")).send().expect(200);
        assert_eq!(excel.text(), "\u{feff}Name;Ort\r\n'=1+1;\"Köln; Deutz\"\r\n");
        let cookie = app.sign_in();
        let page = app.get(&format!("/pools/{pool}/export.csv?q=nobody")).cookie(&cookie).send().expect(200);
        assert_eq!(page.text().lines().count(), 1);
    })
    .await;
}
