use serde_json::{Value, json};

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
async fn a_postcode_is_one_of_the_profile_s_country() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let profile = app.create_profile(pool, json!({"ZIP": "1067", "COUNTRY": "DE"}));
        assert_eq!(profile["fields"]["ZIP"], "01067");
        let path = format!("/pools/{pool}/profiles/{}", profile["id"]);
        let changed = app.api("PATCH", &path).json(&json!({"fields": {"ZIP": "4109"}})).send().expect(200).json();
        assert_eq!(changed["fields"]["ZIP"], "04109");
        let moved = app.api("PATCH", &path).json(&json!({"fields": {"ZIP": "4109", "COUNTRY": "CH"}})).send().expect(200).json();
        assert_eq!(moved["fields"]["ZIP"], "4109");
    })
    .await;
}

#[tokio::test]
async fn whoever_unsubscribes_does_so_at_a_time() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let profile = app.create_profile(pool, json!({"NAME": "Müller"}));
        let path = format!("/pools/{pool}/profiles/{}", profile["id"]);
        let set = |value: bool| app.api("PATCH", &path).json(&json!({"fields": {"UNSUBSCRIBED": value}})).send().expect(200).json();
        assert!(set(true)["fields"]["UNSUBSCRIBE_DATE"].is_string());
        assert!(set(false)["fields"].get("UNSUBSCRIBE_DATE").is_none());
        let born_so = app.create_profile(pool, json!({"UNSUBSCRIBED": true}));
        assert!(born_so["fields"]["UNSUBSCRIBE_DATE"].is_string(), "{born_so}");
    })
    .await;
}

#[tokio::test]
async fn capitals_do_not_matter_to_a_filter_and_control_characters_are_nothing() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "Özdemir"}));
        app.create_profile(pool, json!({"NAME": "ÖZDEMIR"}));
        for typed in ["%C3%B6zdemir", "%C3%96ZDEMIR", "%C3%96zd", "%00%C3%B6zd"] {
            let found = app.api("GET", &format!("/pools/{pool}/profiles?filter=NAME:contains:{typed}")).send().expect(200).json();
            assert_eq!(found["total"], 2, "{typed}");
        }
        app.api("GET", "/pools/a%00b").send().expect(404);
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
        app.api("PATCH", &path).header("if-match", "\"999999\"").json(&json!({"fields": {"NAME": "X"}})).send().expect(412);
        app.api("PATCH", &path).json(&json!({"fields": {"NAME": "X"}, "revision": 999_999})).send().expect(409);
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
        let cookie = app.sign_in();
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
        for (asked, size, page) in [
            ("page_size=0", 10, 1),
            ("page_size=-7", 10, 1),
            ("page_size=31", 30, 1),
            ("page_size=99999999999999999999999", 500, 1),
            ("page_size=many", 50, 1),
            ("page_size=", 50, 1),
            ("page=0", 50, 1),
            ("page=-3", 50, 1),
            ("page=1.5", 50, 1),
            ("page=9223372036854775807", 50, 1),
            ("page=99999999999999999999999", 50, 1),
            ("page=99999999999999999999999&q=example", 50, 1),
            ("page=99999999999999999999999&filter=NAME:filled:&sort=CITY", 50, 1),
            ("sort=,,-,--NAME", 50, 1),
            ("sort=NAME%27%3B%20drop%20table%20pools", 50, 1),
            ("sort=%F0%9F%A6%80,-%D7%A9&filter=NAME:nosuch:x&filter=%F0%9F%A6%80:is:x&in=%F0%9F%A6%80", 50, 1),
            ("sort=&page_size=50&page_size=25", 25, 1),
        ] {
            let (found, shown_size, shown_page) = names(&format!("/pools/Kunden/profiles?{asked}"));
            assert_eq!((found.len(), shown_size, shown_page), (3, size, page), "{asked}");
            app.get(&format!("/pools/1?{asked}")).browser().cookie(&cookie).send().expect(200);
        }
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
        for name in ["🦀 Krabbe", "مرحبا", "שלום כהן", "Käse_Laib"] {
            app.create_profile(pool, json!({"NAME": name}));
        }
        let long = format!("100 {}", "x ".repeat(4_999));
        for (q, found) in [
            ("%", 0),
            ("_", 0),
            ("100%", 1),
            ("100%_'", 1),
            ("käse_", 1),
            ("'\"\\", 1),
            ("🦀", 1),
            ("🦀 krabbe", 1),
            ("🦞", 0),
            ("مرحبا", 1),
            ("כהן שלום", 1),
            ("\u{202e}שלום", 1),
            ("100% \u{0}", 1),
            (long.as_str(), 0),
        ] {
            let list = app.api("GET", &format!("/pools/{pool}/profiles?q={}", crate::http::encode(q))).send().expect(200).json();
            let shown: String = q.chars().take(20).collect();
            assert_eq!((list["total"].as_u64(), list["items"].as_array().unwrap().len()), (Some(found), found as usize), "{shown}");
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

#[tokio::test]
async fn what_is_selected_in_the_list_is_exported_in_its_order() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let people = ["Adler", "Böhm", "Adler-Roth", "Zander"].map(|name| app.create_profile(pool, json!({"NAME": name}))["id"].clone());
        let cookie = app.sign_in();
        // As the links of the list say it, once for a person and once for a program.
        let names = |query: &str| {
            let names =
                |text: &str, at: usize| text.lines().skip(1).map(|line| line.split(';').nth(at).unwrap().to_owned()).collect::<Vec<_>>();
            let rest = app.api("GET", &format!("/pools/{pool}/export.csv?dialect=excel&fields=NAME&{query}")).send().expect(200).text();
            let page = app.get(&format!("/pools/{pool}/export.csv?dialect=excel&{query}")).cookie(&cookie).send().expect(200).text();
            let at = page.lines().next().unwrap().trim_start_matches('\u{feff}').split(';').position(|head| head == "Name").unwrap();
            assert_eq!(names(&rest, 0), names(&page, at), "{query}");
            names(&rest, 0)
        };
        let [a, b, ar, z] = &people;
        assert_eq!(names(&format!("sort=NAME&ids={z},{a}")), ["Adler", "Zander"]);
        assert_eq!(names(&format!("sort=-NAME&ids={z},{a}")), ["Zander", "Adler"]);
        // What was selected before the search went on is still selected.
        assert_eq!(names(&format!("q=adler&ids={a},{b}")), ["Böhm", "Adler"]);
        assert_eq!(names(&format!("q=adler&except={a}")), ["Adler-Roth"]);
        assert_eq!(names(&format!("filter=NAME:contains:adler&sort=NAME&except={ar}")), ["Adler"]);
        assert_eq!(names(&format!("sort=COUNTRY,NAME&except={b},{z}")), ["Adler", "Adler-Roth"]);
        assert_eq!(names("sort=NAME&except=999,x,,"), ["Adler", "Adler-Roth", "Böhm", "Zander"]);
        assert!(names("ids=999").is_empty() && names("ids=").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_export_for_programs_changes_nothing_when_it_is_imported_again() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        for fields in [
            json!({"EMAIL": "anna@example.com", "NAME": "Weber"}),
            json!({"EMAIL": "anna@example.com", "NAME": "Weber-Lang"}),
            json!({"NAME": "Ohne", "CITY": "Köln"}),
            json!({"NAME": "Ohne", "CITY": "Bern"}),
            json!({"CITY": "Nur ein Ort"}),
            json!({"NAME": "=1+1", "PHONE": "+49 30 1"}),
        ] {
            app.create_profile(pool, fields);
        }
        let list = || app.api("GET", &format!("/pools/{pool}/profiles")).send().expect(200).json();
        let before = list();
        let unchanged = json!({"rows": 6, "created": 0, "updated": 0, "unchanged": 6, "refused": 0, "skipped": 0});
        for query in ["", "?dialect=excel", "?fields=PROFILEID,EMAIL,NAME"] {
            let file = app.api("GET", &format!("/pools/{pool}/export.csv{query}")).send().expect(200).text();
            let call = app.api("POST", &format!("/pools/{pool}/imports?key=EMAIL")).header("content-type", "text/csv");
            let begun = call.body(file).send().expect(202).json();
            app.job_done(begun["job"].as_i64().unwrap());
            let import = app.api("GET", &format!("/imports/{}", begun["import"])).send().expect(200).json();
            assert_eq!(import["counts"], unchanged, "{query}");
        }
        for format in ["csv", "excel"] {
            let file = app.lagune(&["export", "--pool", "Kunden", "--format", format]);
            let file = app.file("back.csv", file.as_bytes());
            let said = app.lagune(&["import", "--pool", "Kunden", "--key", "EMAIL", "--json", file.to_str().unwrap()]);
            assert_eq!(serde_json::from_str::<serde_json::Value>(&said).unwrap(), unchanged, "{format}");
        }
        assert_eq!(list(), before, "not even a revision moved");

        // Without an address and without an id a row is a new person, whatever its name.
        let call = app.api("POST", &format!("/pools/{pool}/imports?key=EMAIL")).header("content-type", "text/csv");
        let begun = call.body("E-Mail,Name\n,Ohne\nanna@example.com,Weber\n").send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        let import = app.api("GET", &format!("/imports/{}", begun["import"])).send().expect(200).json();
        assert_eq!(import["counts"], json!({"rows": 2, "created": 1, "updated": 0, "unchanged": 1, "refused": 0, "skipped": 0}));
    })
    .await;
}

#[tokio::test]
async fn a_required_field_is_neither_left_out_nor_emptied_by_a_program() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        for (key, change) in [("EMAIL", json!({"required": true})), ("TITLE", json!({"required": true, "default": "Dr."}))] {
            app.api("PATCH", &format!("/pools/{pool}/fields/{key}")).json(&change).send().expect(200);
        }
        let create = |fields: Value| app.api("POST", &format!("/pools/{pool}/profiles")).json(&json!({ "fields": fields })).send();
        let refused = create(json!({"NAME": "Müller"})).expect(422).json();
        assert_eq!((&refused["errors"][0]["field"], &refused["errors"][0]["code"]), (&json!("EMAIL"), &json!("required")), "{refused}");
        let wrong = create(json!({"EMAIL": "nothing", "TITLE": null})).expect(422).json();
        let said: Vec<&str> = wrong["errors"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(said, ["not_an_email", "required"]);
        let made = create(json!({"EMAIL": "a@example.org"})).expect(201).json();
        assert_eq!(made["fields"]["TITLE"], "Dr.");
        let path = format!("/pools/{pool}/profiles/{}", made["id"]);
        app.api("PATCH", &path).json(&json!({"fields": {"EMAIL": null}})).send().expect(422);
        app.api("PATCH", &path).json(&json!({"fields": {"NAME": "Müller"}})).send().expect(200);
    })
    .await;
}
