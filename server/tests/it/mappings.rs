//! Mappings that are kept: saved, proposed, imported by.

use serde_json::{Value, json};

use crate::support::{TestApp, on_each_server};

/// Headings of which nobody could guess the fields.
const FILE: &str = "Spalte A;Spalte B;Spalte C\nanna@example.com;Adler;Köln\n";

fn saved(app: &TestApp, pool: i64) -> Value {
    let body = json!({"name": "Messe", "columns": {"spalte a": "email", "Spalte B": "NAME", "Spalte C": null}, "key": "EMAIL"});
    app.api("POST", &format!("/pools/{pool}/mappings")).json(&body).send().expect(201).json()
}

fn imported(app: &TestApp, pool: i64, query: &str, file: &str) -> Value {
    let call = app.api("POST", &format!("/pools/{pool}/imports?{query}")).header("content-type", "text/csv");
    let begun = call.body(file.to_owned()).send().expect(202).json();
    let job = app.job_done(begun["job"].as_i64().unwrap());
    assert_eq!(job["state"], "done", "{job}");
    app.api("GET", &format!("/imports/{}", begun["import"])).send().expect(200).json()["counts"].clone()
}

#[tokio::test]
async fn a_file_is_imported_by_a_kept_mapping_wherever_its_columns_stand() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let mapping = saved(app, pool);
        let counts = imported(app, pool, "mapping=Messe", "Spalte C;Spalte B;Neu;Spalte A\nKöln;Adler;x;anna@example.com\n");
        assert_eq!(counts["created"], 1);
        let again = imported(app, pool, &format!("mapping={}", mapping["id"]), &FILE.replace("Adler", "Arnold"));
        assert_eq!((&again["created"], &again["updated"]), (&json!(0), &json!(1)), "the key is the mapping's");
        let found = app.api("GET", &format!("/pools/{pool}/profiles")).send().expect(200).json()["items"][0]["fields"].clone();
        assert_eq!((&found["NAME"], found.get("CITY").unwrap_or(&Value::Null)), (&json!("Arnold"), &Value::Null));
        let file = app.file("messe.csv", FILE.as_bytes());
        let said = app.lagune(&["import", "--pool", "Kunden", "--mapping", "Messe", "--json", file.to_str().unwrap()]);
        assert!(said.contains("\"rows\":1,\"created\":0"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn a_mapping_that_does_not_fit_is_refused_with_a_sentence() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        saved(app, pool);
        let send = |query: &str, file: &'static str| {
            let call = app.api("POST", &format!("/pools/{pool}/imports?{query}")).header("content-type", "text/csv");
            call.body(file).send().expect(422).json()
        };
        assert_eq!(send("mapping=Nirgends", FILE)["errors"][0]["code"], "unknown_mapping");
        assert_eq!(send("mapping=Messe", "Spalte B\nAdler\n")["code"], "key_column_missing");
        let refused = |body: Value, field: &str, code: &str| {
            let answer = app.api("POST", &format!("/pools/{pool}/mappings")).json(&body).send().expect(422).json();
            assert_eq!((&answer["errors"][0]["field"], &answer["errors"][0]["code"]), (&json!(field), &json!(code)), "{answer}");
        };
        refused(json!({"columns": {"a": "NAME"}}), "name", "required");
        refused(json!({"name": "X"}), "columns", "required");
        refused(json!({"name": "X", "columns": {"a": null}}), "columns", "required");
        refused(json!({"name": "X", "columns": {"a": "NOSUCH"}}), "columns", "unknown_field");
        refused(json!({"name": "X", "columns": {"a": "CREATED_AT"}}), "columns", "unknown_field");
        refused(json!({"name": "X", "columns": {"a": "NAME", "b": "NAME"}}), "columns", "taken");
        refused(json!({"name": "X", "columns": {"a": 7}}), "columns", "wrong_type");
        refused(json!({"name": "X", "columns": {"a": "NAME"}, "key": "EMAIL"}), "key", "missing_key");
        refused(json!({"name": "X", "columns": {"a": "NAME"}, "reading": {"encoding": "x"}}), "reading", "wrong_type");
        refused(json!({"name": "X", "columns": {"a": "NAME"}, "version": 7}), "version", "unknown_field");
        refused(json!({"name": "X", "columns": {"a": "NAME"}, "rules": {"existing": "none"}}), "existing", "unknown_choice");
        refused(json!({"name": "X", "columns": {"a": "NAME"}, "rules": {"raise_consent": "Messe"}}), "rules", "unknown_choice");
        refused(json!({"name": "X", "columns": {"a": "NAME"}, "rules": {"filled": 7}}), "rules", "wrong_type");
        refused(json!({"name": "X", "columns": {"a": "NAME"}, "rules": {"dns": "on"}}), "rules", "wrong_type");
    })
    .await;
}

#[tokio::test]
async fn its_rules_hold_unless_something_else_is_said() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let body = json!({
            "name": "Messe", "columns": {"Spalte A": "EMAIL", "Spalte B": "NAME"},
            "rules": {"existing": "create", "dns": false, "constants": {"CITY": "Köln"}},
        });
        let saved = app.api("POST", &format!("/pools/{pool}/mappings")).json(&body).send().expect(201).json();
        assert_eq!(
            (&saved["key"], &saved["rules"]["existing"], &saved["rules"]["unknown"]),
            (&json!("EMAIL"), &json!("create"), &json!("refuse"))
        );
        assert_eq!(imported(app, pool, "mapping=Messe", FILE)["created"], 1);
        assert_eq!(imported(app, pool, "mapping=Messe", &FILE.replace("Adler", "Arnold"))["skipped"], 1);
        assert_eq!(imported(app, pool, "mapping=Messe&existing=both", &FILE.replace("Adler", "Arnold"))["updated"], 1);
        let found = app.api("GET", &format!("/pools/{pool}/profiles")).send().expect(200).json()["items"][0]["fields"].clone();
        assert_eq!((&found["NAME"], &found["CITY"]), (&json!("Arnold"), &json!("Köln")));
    })
    .await;
}

#[tokio::test]
async fn rules_that_were_chosen_on_their_page_are_kept_with_the_mapping_and_come_with_it() {
    on_each_server(async |app| {
        let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
        let upload = || {
            let call = app.call("POST", &format!("/pools/{pool}/imports/upload")).cookie(&cookie).header("sec-fetch-site", "same-origin");
            let url = call.header("content-type", "text/csv").body(FILE).send().expect(201).json()["url"].as_str().unwrap().to_owned();
            url.rsplit('/').next().unwrap().to_owned()
        };
        let (pool_id, reading) = (pool.to_string(), "utf8.semicolon.double.header");
        let mapped = |import: &str, kept: &str| {
            let form = [
                ("pool", pool_id.as_str()),
                ("import", import),
                ("reading", reading),
                ("columns[0]", "EMAIL"),
                ("columns[1]", "NAME"),
                ("columns[2]", ""),
                ("used[0]", "0"),
                ("used[1]", "1"),
                ("key", "EMAIL"),
                ("kept", kept),
                ("then", "rules"),
            ];
            app.call("POST", "/api/imports/start").cookie(&cookie).browser().form(&form).send().expect(302);
        };
        let import = upload();
        mapped(&import, "");
        let form = [
            ("pool", pool_id.as_str()),
            ("import", &import),
            ("form[key][0]", "EMAIL"),
            ("form[existing]", "create"),
            ("form[fields][0]", "CITY"),
            ("form[values][0]", "Köln"),
            ("form[raise]", "on"),
            ("form[source]", "Messe"),
            ("form[keep]", "Messe"),
        ];
        app.call("POST", "/api/imports/begin").cookie(&cookie).browser().form(&form).send().expect(302);
        let list = app.api("GET", &format!("/pools/{pool}/mappings")).send().expect(200).json();
        let rules = &list["items"][0]["rules"];
        assert_eq!((&rules["existing"], &rules["constants"]["CITY"]), (&json!("create"), &json!("Köln")), "{list}");

        let next = upload();
        let page = app.get(&format!("/pools/{pool}/import/{next}")).browser().cookie(&cookie).send().expect(200).text();
        let kept = format!("{}.1", list["items"][0]["id"]);
        assert!(page.contains(&format!("name=\"kept\" value=\"{kept}\"")), "{page}");
        mapped(&next, &kept);
        let page = app.get(&format!("/pools/{pool}/import/{next}/rules")).browser().cookie(&cookie).send().expect(200).text();
        assert!(
            page.contains("value=\"create\" selected") && page.contains("value=\"Köln\"") && !page.contains("value=\"Messe\""),
            "{page}"
        );
    })
    .await;
}

#[tokio::test]
async fn versions_stay_and_a_mapping_is_renamed_and_deleted() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let first = saved(app, pool);
        assert_eq!((&first["version"], &first["newest"], &first["rules"]), (&json!(1), &json!(1), &Value::Null));
        let second = saved(app, pool);
        assert_eq!((&second["id"], &second["version"]), (&first["id"], &json!(2)));
        let at = format!("/pools/{pool}/mappings/{}", first["id"]);
        let old = app.api("GET", &format!("{at}?version=1")).send().expect(200).json();
        assert_eq!((&old["version"], &old["newest"]), (&json!(1), &json!(2)));
        app.api("GET", &format!("{at}?version=3")).send().expect(404);
        let renamed = app.api("PATCH", &at).json(&json!({"name": "Messe Köln"})).send().expect(200).json();
        assert_eq!(renamed["name"], "Messe Köln");
        let list = app.api("GET", &format!("/pools/{pool}/mappings")).send().expect(200).json();
        assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["name"]), (1, &json!("Messe Köln")));
        app.api("DELETE", &at).send().expect(204);
        app.api("GET", &at).send().expect(404);
    })
    .await;
}

#[tokio::test]
async fn the_page_puts_in_what_fits_the_headings_and_keeps_what_was_chosen_there() {
    on_each_server(async |app| {
        let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
        let upload = |file: &'static str| {
            let call = app.call("POST", &format!("/pools/{pool}/imports/upload")).cookie(&cookie).header("sec-fetch-site", "same-origin");
            call.header("content-type", "text/csv").body(file).send().expect(201).json()["url"].as_str().unwrap().to_owned()
        };
        let page = |path: &str| app.get(path).browser().cookie(&cookie).send().expect(200).text();
        let first = upload(FILE);
        assert!(!page(&first).contains("Gespeicherte Zuordnung"), "there is none yet");
        let import = first.rsplit('/').next().unwrap().to_owned();
        let (pool_id, reading) = (pool.to_string(), "utf8.semicolon.double.header");
        let form = |name: &str| {
            let fields = [
                ("pool", pool_id.as_str()),
                ("import", &import),
                ("reading", reading),
                ("columns[0]", "EMAIL"),
                ("columns[1]", "NAME"),
                ("columns[2]", "CITY"),
                ("used[0]", "0"),
                ("used[1]", "1"),
                ("key", "EMAIL"),
                ("name", name),
            ];
            app.call("POST", "/api/mappings/save")
                .browser()
                .cookie(&cookie)
                .header("referer", format!("http://x{first}"))
                .form(&fields)
                .send()
        };
        let done = form("Messe");
        assert!(done.status == 302 && done.header("location").contains("?mapping="), "{} {}", done.status, done.header("location"));
        assert!(form("").header("location").contains("__err"), "a name is needed");
        // The same headings in another order: put in, with the column that was not ticked left out.
        let second = page(&upload("Spalte C;SPALTE A;Spalte B\nKöln;ben@example.com;Böhm\n"));
        assert!(second.contains("passt zu den Überschriften") && second.contains("Messe (Version 1)"), "{second}");
        assert!(second.contains("2 von 3 Spalten werden importiert"), "{second}");
        let similar = page(&upload("Spalte A;Spalte B;Spalte C;Spalte D\nx@example.com;Böhm;Köln;x\n"));
        assert!(similar.contains("ähnliche Überschriften"), "{similar}");
        let without = page(&format!("{first}?mapping=0"));
        assert!(!without.contains("passt zu den Überschriften"), "{without}");
        let other = page(&upload("Vorname;PLZ\nAnna;1010\n"));
        assert!(!other.contains("passt zu den Überschriften") && other.contains("Messe (Version 1)"), "{other}");
    })
    .await;
}

#[tokio::test]
async fn columns_are_split_and_joined_and_what_is_refused_names_the_column_it_came_from() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let body = json!({
            "name": "Messe",
            "columns": {
                "Wer": {"split": "name", "fields": ["FIRSTNAME", "NAME"]}, "Mail": "EMAIL", "Str": {"join": "STREET"},
                "Nr": {"join": "STREET"}, "Wo": "split:town:ZIP,CITY",
            },
            "key": "EMAIL",
        });
        let saved = app.api("POST", &format!("/pools/{pool}/mappings")).json(&body).send().expect(201).json();
        let words: Vec<&str> = saved["columns"].as_array().unwrap().iter().filter_map(|column| column["field"].as_str()).collect();
        assert!(words.contains(&"split:name:FIRSTNAME,NAME") && words.contains(&"join:STREET: "), "{saved}");
        let file = "Nr;Mail;Wer;Str;Wo\n5a;anna@example.com;Müller, Anna;Ring;10115 Berlin\n7;ben@example.com;Ben von der Heide;Am Markt;Köln\n";
        assert_eq!(imported(app, pool, "mapping=Messe", file)["created"], 2);
        let found = app.api("GET", &format!("/pools/{pool}/profiles")).send().expect(200).json();
        let people: Vec<String> = found["items"].as_array().unwrap().iter().map(|one| {
            let text = |key: &str| one["fields"][key].as_str().unwrap_or("-").to_owned();
            ["FIRSTNAME", "NAME", "STREET", "ZIP", "CITY"].map(text).join("|")
        }).collect();
        assert!(people.contains(&"Anna|Müller|5a Ring|10115|Berlin".to_owned()), "joined in the order of the file: {people:?}");
        assert!(people.contains(&"Ben|von der Heide|7 Am Markt|-|Köln".to_owned()), "{people:?}");

        let query = "columns=%7B%22Geboren%22%3A%7B%22split%22%3A%22text%22%2C%22at%22%3A%22%2F%22%2C%22fields%22%3A%5B%22NAME%22%2C%22BIRTHDAY%22%5D%7D%7D";
        let begun = app.api("POST", &format!("/pools/{pool}/imports?{query}")).header("content-type", "text/csv");
        let begun = begun.body("Geboren;Ort\nAdler / 31.02.1990;Bonn\n").send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        let refused = app.api("GET", &format!("/imports/{}/refusals.csv", begun["import"])).send().expect(200).text();
        assert!(refused.contains("2;Geboren;31.02.1990;"), "{refused}");

        let file = app.file("namen.csv", "Wer;Mail\nCarla Cramer;carla@example.com\n".as_bytes());
        let said = app.lagune(&["import", "--pool", "Kunden", "--column", "Wer=split:name:FIRSTNAME,NAME", "--json", file.to_str().unwrap()]);
        assert!(said.contains("\"rows\":1,\"created\":1"), "{said}");
        let wrong = json!({"name": "X", "columns": {"a": {"split": "name", "fields": ["NAME"]}}});
        let answer = app.api("POST", &format!("/pools/{pool}/mappings")).json(&wrong).send().expect(422).json();
        assert_eq!(answer["errors"][0]["code"], "wrong_type");
    })
    .await;
}

#[tokio::test]
async fn the_page_proposes_a_split_and_makes_a_field_of_a_column() {
    on_each_server(async |app| {
        let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
        let call = app.call("POST", &format!("/pools/{pool}/imports/upload")).cookie(&cookie).header("sec-fetch-site", "same-origin");
        let file = "Name;E-Mail;Stufe\nAnna Adler;anna@example.com;Gold\nBen Böhm;ben@example.com;Silber\nCarla Cramer;c@example.com;Gold\nDana Drews;d@example.com;Silber\n";
        let at = call.header("content-type", "text/csv").body(file).send().expect(201).json()["url"].as_str().unwrap().to_owned();
        let page = || app.get(&at).browser().cookie(&cookie).send().expect(200).text();
        assert!(page().contains("split:name:FIRSTNAME,NAME"), "{}", page());
        let import = at.rsplit('/').next().unwrap().to_owned();
        let (pool_id, reading) = (pool.to_string(), "utf8.semicolon.double.header");
        let send = |path: &str, more: &[(&str, &str)]| {
            let common = [
                ("pool", pool_id.as_str()),
                ("import", import.as_str()),
                ("reading", reading),
                ("columns[0]", "NAME"),
                ("columns[1]", "EMAIL"),
                ("columns[2]", ""),
                ("used[0]", "0"),
                ("used[1]", "1"),
                ("key", "EMAIL"),
            ];
            let form = [&common[..], more].concat();
            app.call("POST", path).browser().cookie(&cookie).header("referer", format!("http://x{at}")).form(&form).send()
        };
        let split = [("divide[how]", "name"), ("divide[columns][0]", "0"), ("divide[fields][0]", "FIRSTNAME"), ("divide[fields][1]", "NAME")];
        let done = send("/api/imports/divide", &split);
        assert!(done.status == 302 && !done.header("location").contains("__err"), "{} {}", done.status, done.header("location"));
        assert!(page().contains("Böhm"), "the preview shows the parts");
        assert!(send("/api/imports/divide", &split[..3]).header("location").contains("__err"), "two fields are needed");
        assert!(send("/api/imports/field", &[("field[column]", "2")]).header("location").contains("__err"), "a category is needed");
    })
    .await;
}
