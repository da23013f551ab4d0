//! Who did what: written whoever does it and however, shown to administrators, verified by anybody.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use domain::{
    audit::{Deed, Note, Object, ObjectKind, hex},
    rights::{Right, Rights},
    time::Millis,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::db::Engine;

use crate::support::{EMAIL, PASSWORD, TestApp, on_each_server, with_input};

/// The whole log, oldest first.
fn log(app: &TestApp) -> Vec<Value> {
    let mut items = app.api("GET", "/audit?limit=500").send().expect(200).json()["items"].as_array().unwrap().clone();
    items.reverse();
    items
}

fn deeds(log: &[Value]) -> Vec<&str> {
    log.iter().map(|entry| entry["deed"].as_str().unwrap()).collect()
}

/// A call of a page that is awake or not, by somebody who is signed in.
fn post(app: &TestApp, cookie: &str, path: &'static str, form: &[(&str, &str)]) -> u16 {
    app.call("POST", path).cookie(cookie).header("sec-fetch-site", "same-origin").form(form).send().status
}

#[tokio::test]
async fn every_deed_by_rest_stands_in_the_log_with_the_token_and_the_address() {
    on_each_server(async |app| {
        let begun = log(app);
        assert_eq!(deeds(&begun), ["member_changed", "token_created"]);
        assert!(begun.iter().all(|entry| entry["actor"]["kind"] == "command_line" && entry["from"]["address"] == Value::Null));

        let pool = app.create_pool("Kunden");
        app.api("PATCH", &format!("/pools/{pool}")).json(&json!({"name": "Käufer"})).send().expect(200);
        let field = json!({"label": "Farbe", "kind": "selection", "options": ["Rot", "Rubin"]});
        let field = app.api("POST", &format!("/pools/{pool}/fields")).json(&field).send().expect(201).json()["id"].clone();
        let label = app.api("PATCH", &format!("/pools/{pool}/fields/{field}")).json(&json!({"label": "Ton"})).send().expect(200);
        let change = label.json()["change"].clone();
        app.api("POST", &format!("/pools/{pool}/changes/{change}/undo")).send().expect(200);
        let layout = "format: 1\ncategories:\n  - name: Neu\n    fields: [{key: NEU, kind: date}]\n";
        app.api("PUT", &format!("/pools/{pool}/layout")).body(layout).send().expect(200);
        let ids: Vec<Value> =
            ["A", "B", "C"].map(|name| app.create_profile(pool, json!({"NAME": name, "FARBE": "Rubin"}))["id"].clone()).into();
        app.api("DELETE", &format!("/pools/{pool}/profiles/{}", ids[0])).send().expect(204);
        let edit = json!({"ids": ids, "field": "CITY", "value": "Köln"});
        let batch = app.api("POST", &format!("/pools/{pool}/profiles/edit")).json(&edit).send().expect(200).json()["batch"].clone();
        app.api("POST", &format!("/pools/{pool}/batches/{batch}/undo")).send().expect(200);
        app.api("POST", &format!("/pools/{pool}/profiles/delete")).json(&json!({"query": ""})).send().expect(200);
        app.api("GET", &format!("/pools/{pool}/export.csv?q=K%C3%B6ln&fields=NAME")).send().expect(200);
        let upload =
            app.api("POST", &format!("/pools/{pool}/imports?file_name=a.csv")).header("content-type", "text/csv").body("Name\nMaier\n");
        let begun = upload.send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        app.api("GET", &format!("/imports/{}/refusals.csv", begun["import"])).send().expect(200);
        let undo = app.api("POST", &format!("/imports/{}/undo", begun["import"])).send().expect(202).json();
        app.job_done(undo["job"].as_i64().unwrap());
        let undone = app.api("GET", &format!("/imports/{}", begun["import"])).send().expect(200).json();
        assert_eq!(undone["taken_back"], json!({ "n": 1, "kept": 0, "kept_profiles": [] }));
        let to = json!({"kind": "single_line"});
        let conversion = app.api("POST", &format!("/pools/{pool}/fields/FARBE/conversions")).json(&to).send().expect(202).json();
        app.job_done(conversion["job"].as_i64().unwrap());
        app.api("DELETE", &format!("/pools/{pool}")).send().expect(204);
        app.api("POST", &format!("/pools/{pool}/restore")).send().expect(200);

        let whole = log(app);
        let told = &whole[2..];
        let expected = [
            "pool_created",
            "pool_renamed",
            "configuration_changed",
            "configuration_changed",
            "configuration_undone",
            "layout_applied",
            "profile_deleted",
            "bulk_edited",
            "bulk_undone",
            "bulk_deleted",
            "export_made",
            "import_started",
            "export_made",
            "import_undone",
            "conversion_started",
            "pool_deleted",
            "pool_restored",
        ];
        assert_eq!(deeds(told), expected);
        for entry in told {
            assert_eq!((&entry["actor"]["kind"], &entry["from"]["address"]), (&json!("api"), &json!("127.0.0.1")), "{entry}");
        }
        let export = &told[10]["after"];
        assert_eq!((&export["part"], &export["profiles"], &export["key"]), (&json!("hits"), &json!(0), &json!(["NAME"])));
        let everything = Value::Array(whole).to_string();
        assert!(!everything.contains("Köln") && !everything.contains("Maier") && !everything.contains(&app.token), "{everything}");
    })
    .await;
}

#[tokio::test]
async fn signing_in_and_out_and_failing_to_stand_in_the_log_with_address_and_session() {
    on_each_server(async |app| {
        let guess =
            |email: &str| app.call("POST", "/sign-in").browser().form(&[("email", email), ("password", "guess")]).send().expect(303);
        guess(EMAIL);
        guess("niemand@example.com");
        guess("my secret password");
        let cookie = app.sign_in();
        let new = "another password of some length";
        assert_eq!(post(app, &cookie, "/api/settings/password", &[("old", "wrong"), ("new", new)]), 422);
        assert_eq!(post(app, &cookie, "/api/settings/password", &[("old", PASSWORD), ("new", new)]), 200);
        let cookie = app.call("POST", "/sign-in").browser().form(&[("email", EMAIL), ("password", new)]).send().expect(303).cookie();
        assert_eq!(post(app, &cookie, "/sign-out", &[]), 303);
        let link = app.lagune(&["link", "--user", EMAIL]);
        let token = link.split("token=").nth(1).unwrap();
        let form = [("token", token), ("name", "Ada Neu"), ("password", PASSWORD)];
        app.call("POST", "/sign-in/link").browser().form(&form).send().expect(303);

        let whole = log(app);
        let told = &whole[2..];
        let expected = [
            "sign_in_failed",
            "signed_in",
            "password_changed",
            "signed_in",
            "signed_out",
            "link_made",
            "user_changed",
            "password_changed",
            "signed_in",
        ];
        assert_eq!(deeds(told), expected);
        assert!(told.iter().all(|entry| entry["object"]["name"] == EMAIL), "{told:?}");
        let failed = &told[0];
        assert_eq!((&failed["actor"]["kind"], &failed["from"]["address"]), (&json!("nobody"), &json!("127.0.0.1")));
        let session = |nth: usize| told[nth]["from"]["session"].as_str().map(str::to_owned);
        assert!(session(1).is_some_and(|mark| mark.len() == 8) && session(1) == session(2), "{told:?}");
        assert!(session(3).is_some() && session(3) == session(4) && session(3) != session(1));
        assert_eq!((&told[1]["after"], &told[8]["after"]), (&json!({"by": "password"}), &json!({"by": "link"})));
        assert_eq!(told[6]["after"]["name"], "Ada Neu");
        // Of nobody in particular: only the operator sees it, and never what is no address.
        let installation = app.lagune(&["audit", "export", "--client", "-"]);
        assert!(installation.contains("niemand@example.com") && !installation.contains("secret"), "{installation}");
        let everything = format!("{installation}{}", Value::Array(whole));
        for secret in [PASSWORD, new, token, &cookie[cookie.find('=').unwrap() + 1..], "argon2"] {
            assert!(!everything.contains(secret), "{secret} stands in the log");
        }
    })
    .await;
}

#[tokio::test]
async fn what_people_do_on_pages_stands_in_the_log_under_their_name() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let profile = app.create_profile(pool, json!({"NAME": "Müller"}))["id"].to_string();
        let (cookie, pool) = (app.sign_in(), pool.to_string());
        let before = log(app).len();
        assert_eq!(post(app, &cookie, "/api/pools/create", &[("name", "Partner")]), 200);
        assert_eq!(post(app, &cookie, "/api/pools/rename", &[("pool", &pool), ("name", "Käufer")]), 200);
        assert_eq!(post(app, &cookie, "/api/profiles/delete", &[("pool", &pool), ("ids[]", &profile)]), 200);
        assert_eq!(post(app, &cookie, "/api/profiles/restore", &[("pool", &pool), ("ids[]", &profile)]), 200);
        assert_eq!(post(app, &cookie, "/api/pools/delete", &[("pool", &pool)]), 200);
        assert_eq!(post(app, &cookie, "/api/pools/restore", &[("pool", &pool)]), 200);
        app.get(&format!("/pools/{pool}/export.csv")).cookie(&cookie).send().expect(200);
        let whole = log(app);
        let told = &whole[before..];
        let expected =
            ["pool_created", "pool_renamed", "profile_deleted", "profile_restored", "pool_deleted", "pool_restored", "export_made"];
        assert_eq!(deeds(told), expected);
        for entry in told {
            assert_eq!((&entry["actor"]["kind"], &entry["actor"]["name"]), (&json!("user"), &json!(EMAIL)), "{entry}");
            assert!(entry["from"]["session"].is_string() && entry["from"]["address"] == "127.0.0.1", "{entry}");
        }
        let page = app.get("/audit?deed=pool_renamed").browser().cookie(&cookie).send().expect(200).text();
        for words in ["Pool umbenannt", "<del>Kunden<", "<ins>Käufer<", "127.0.0.1", "/api/v1/audit.csv?deed=pool_renamed"] {
            assert!(page.contains(words), "{words} is missing in {page}");
        }
        let hostile = app.get("/audit?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E").browser().cookie(&cookie).send().expect(200).text();
        assert!(!hostile.contains("<img"), "{hostile}");
    })
    .await;
}

#[tokio::test]
async fn the_log_is_read_part_by_part_and_narrowed() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        for n in 0..5 {
            app.api("PATCH", &format!("/pools/{pool}")).json(&json!({"name": format!("Müllers Pool {n}")})).send().expect(200);
        }
        let numbers = |path: &str| {
            let answer = app.api("GET", path).send().expect(200).json();
            let numbers: Vec<i64> = answer["items"].as_array().unwrap().iter().map(|entry| entry["n"].as_i64().unwrap()).collect();
            (numbers, answer["next"].as_i64())
        };
        assert_eq!(numbers("/audit?limit=3"), (vec![8, 7, 6], Some(6)));
        assert_eq!(numbers("/audit?limit=3&before=6"), (vec![5, 4, 3], Some(3)));
        assert_eq!(numbers("/audit?limit=3&before=3"), (vec![2, 1], None));
        assert_eq!(numbers("/audit?q=mueller%203"), (vec![7], None));
        assert_eq!(numbers("/audit?deed=pool_created"), (vec![3], None));
        assert_eq!(numbers(&format!("/audit?object=pool:{pool}&limit=1")), (vec![8], Some(8)));
        assert_eq!(numbers("/audit?who=command_line"), (vec![2, 1], None));
        assert_eq!(numbers("/audit?to=2020-01-01"), (vec![], None));
        assert_eq!(numbers("/audit?limit=0&before=2"), (vec![1], None));
    })
    .await;
}

#[tokio::test]
async fn only_administrators_read_the_log_and_only_their_clients() {
    on_each_server(async |app| {
        app.create_pool("Kunden");
        let member = app.token_with(Rights::of(&[Right::SeePools])).await;
        for path in ["/api/v1/audit", "/api/v1/audit.csv", "/api/v1/audit.ndjson"] {
            assert_eq!(app.get(path).bearer(&member).send().expect(403).json()["code"], "forbidden", "{path}");
        }
        let other = app.token_of_another_client().await;
        for path in ["/api/v1/audit", "/api/v1/audit?q=kunden", "/api/v1/audit.ndjson", "/api/v1/audit.csv", "/api/v1/audit?object=pool:1"]
        {
            let answer = app.get(path).bearer(&other).send().expect(200).text();
            assert!(!answer.contains("Kunden") && !answer.contains(EMAIL) && !answer.contains("bob@"), "{path}: {answer}");
        }
        let mine = app.api("GET", "/audit.ndjson").send().expect(200).text();
        assert!(mine.contains("Kunden") && !mine.contains("eve@example.com"), "{mine}");
    })
    .await;
}

#[tokio::test]
async fn a_file_is_noted_before_it_goes_out_and_proves_itself() {
    on_each_server(async |app| {
        let pool = app.create_pool("=1+1");
        let answer = app.api("GET", "/audit.ndjson").send().expect(200);
        assert_eq!(answer.header("content-type"), "application/x-ndjson");
        assert!(answer.header("content-disposition").contains(".ndjson"));
        let lines: Vec<serde_json::Map<String, Value>> = answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.last().unwrap()["deed"], "audit_exported", "the export itself");
        let mut previous = "0".repeat(64);
        for mut entry in lines {
            let hash = entry.remove("hash").unwrap();
            let sorted: std::collections::BTreeMap<_, _> = entry.into_iter().collect();
            assert_eq!(sorted["previous"], previous);
            assert_eq!(hash, hex(&Sha256::digest(serde_json::to_string(&sorted).unwrap())));
            previous = hash.as_str().unwrap().to_owned();
        }
        let table = app.api("GET", &format!("/audit.csv?object=pool:{pool}")).send().expect(200).text();
        let rows: Vec<&str> = table.split("\r\n").collect();
        assert!(rows[0].starts_with("n,at,client,actor_kind,") && rows.len() == 3, "{table}");
        assert!(rows[1].contains(",pool_created,") && rows[1].contains(",'=1+1,"), "{table}");
        let excel = app.api("GET", "/audit.csv?dialect=excel&deed=pool_created").header("accept-language", "de").send().expect(200).text();
        assert!(excel.starts_with("\u{feff}Nummer;Zeit;") && excel.contains(";Pool angelegt;"), "{excel}");
        let exported = app.api("GET", "/audit?deed=audit_exported").send().expect(200).json();
        let told: Vec<&Value> = exported["items"].as_array().unwrap().iter().map(|entry| &entry["after"]).collect();
        let expected = [
            json!({"format": "excel", "filtered": ["deed"]}),
            json!({"format": "csv", "filtered": ["object"]}),
            json!({"format": "ndjson", "filtered": []}),
        ];
        assert_eq!(told, expected.iter().collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn the_command_line_verifies_every_log_and_names_the_first_broken_entry() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        for n in 0..3 {
            app.api("PATCH", &format!("/pools/{pool}")).json(&json!({"name": format!("Pool {n}")})).send().expect(200);
        }
        let said = app.lagune(&["audit", "verify"]);
        let lines: Vec<&str> = said.lines().collect();
        assert!(lines[0].starts_with("Installation: 2 entries, numbers 1 to 2, are as they were written."), "{said}");
        assert!(lines[1].starts_with("Client 1 (Lagune): 6 entries, numbers 1 to 6, are as they were written."), "{said}");
        let hash = lines[1].rsplit(' ').next().unwrap();
        let known = format!("6:{hash}");
        for named in ["1", "Lagune"] {
            assert_eq!(app.lagune(&["audit", "verify", "--client", named, "--known", &known]), lines[1]);
        }

        let run = |arguments: &[&str]| {
            let output = with_input(&mut app.command(&[&["audit"], arguments].concat()), "");
            (output.status.code(), String::from_utf8(output.stderr).unwrap())
        };
        let wrong = run(&["verify", "--client", "1", "--known", &format!("5:{hash}")]);
        assert!(wrong.0 == Some(1) && wrong.1.contains("entry 5 is not the one whose hash is known"), "{wrong:?}");
        assert_eq!(run(&["verify", "--known", &known]).0, Some(2), "of which log?");
        assert_eq!(run(&["verify", "--client", "1", "--known", "6:abc"]).0, Some(2));
        assert_eq!(run(&["verify", "--client", "Niemand"]).0, Some(1));
        assert_eq!(run(&["export", "--deed", "nothing"]).0, Some(2));
        assert_eq!(run(&["export", "--from", "gestern"]).0, Some(2));

        let on = if app.database.engine == Engine::Postgres { " on audit_log" } else { "" };
        app.database.sql(&format!("drop trigger audit_log_is_kept{on}")).await.unwrap();
        app.database.sql("update audit_log set actor_name = 'Eve' where chain = 1 and n = 4").await.unwrap();
        let (code, said) = run(&["verify"]);
        assert_eq!(code, Some(1));
        assert!(said.contains("Client 1 (Lagune): entry 4 was changed. This log was tampered with."), "{said}");
        assert!(!said.contains("Installation"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn the_command_line_writes_one_log_or_all() {
    on_each_server(async |app| {
        app.create_pool("Kunden");
        app.token_of_another_client().await;
        let all = app.lagune(&["audit", "export"]);
        for client in ["\"client\":null", "\"client\":1", "\"client\":2"] {
            assert!(all.contains(client), "{client} is missing in {all}");
        }
        let one = app.lagune(&["audit", "export", "--client", "Lagune", "--format", "csv", "--deed", "pool_created"]);
        assert_eq!(one.lines().count(), 2, "{one}");
        assert!(one.contains(",Kunden,") && one.starts_with("n,at,"), "{one}");
        let nothing = app.lagune(&["audit", "export", "--client", "1", "--to", "2020-01-01"]);
        assert_eq!(nothing, "");
        let noted = app.lagune(&["audit", "export", "--client", "1", "--q", "exportiert"]);
        assert_eq!(noted.lines().count(), 4, "those before and this one: {noted}");
    })
    .await;
}

#[tokio::test]
async fn the_upkeep_removes_what_is_older_than_the_setting_says() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut app = TestApp::start(engine, &[("LAGUNE_AUDIT_DAYS", "30")]).await;
        assert!(app.terminate());
        let store = app.database.open().await;
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let ago = |days: i64| Millis::new(i64::try_from(since.as_millis()).unwrap() - days * 86_400_000);
        let client = store.create_client(&"Alt".parse().unwrap(), ago(50)).await.unwrap();
        for days in [40, 35, 20] {
            let note = Note::new(Deed::SettingsChanged, Object::new(ObjectKind::Settings, None, ""));
            store.audit(client, &ago(days).into(), note).await.unwrap();
        }
        app.restart(&[]);
        let until = Instant::now() + Duration::from_secs(60);
        while !store.jobs(client, None, 10).await.unwrap().iter().any(|job| job.state.ended()) {
            assert!(Instant::now() < until, "the upkeep does not come");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let head = store.audit_head(client).await.unwrap().unwrap();
        assert_eq!((head.first, head.last), (3, 4), "the last one tells of the pruning");
        store.close().await;
        let said = app.lagune(&["audit", "verify", "--client", "Alt"]);
        assert!(said.contains("2 entries, numbers 3 to 4, are as they were written"), "{said}");
        let wrong = with_input(app.command(&["audit", "verify"]).env("LAGUNE_AUDIT_DAYS", "for ever"), "");
        let said = String::from_utf8(wrong.stderr).unwrap();
        assert!(wrong.status.code() == Some(2) && said.contains("audit_days") && said.contains("0 for ever"), "{said}");
        app.stop().await;
    }
}
