use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::{TestApp, on_each_server};

fn add_field(app: &TestApp, pool: i64, body: Value) -> Value {
    app.api("POST", &format!("/pools/{pool}/fields")).json(&body).send().expect(201).json()
}

#[tokio::test]
async fn a_field_gets_another_type_after_a_look_and_its_former_one_back() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        add_field(app, pool, json!({"label": "Seit", "kind": "single_line"}));
        let made = |value: &str| app.create_profile(pool, json!({"NAME": value, "SEIT": value}))["id"].clone();
        let (good, bad) = (made("31.12.1990"), made("=irgendwann"));
        let at = |path: &str| format!("/pools/{pool}/fields/SEIT/conversions{path}");
        let value =
            |id: &Value| app.api("GET", &format!("/pools/{pool}/profiles/{id}")).send().expect(200).json()["fields"]["SEIT"].clone();

        let seen = app.api("POST", &at("/preview")).json(&json!({"kind": "date"})).send().expect(200).json();
        assert_eq!((&seen["values"], &seen["converts"], &seen["fails"]), (&json!(2), &json!(1), &json!(1)), "{seen}");
        assert_eq!((&seen["failures"][0]["profile"], &seen["reasons"][0]["code"]), (&bad, &json!("not_a_date")));
        let file = app.api("GET", &at("/preview/failures.csv?kind=date")).header("accept-language", "en").send().expect(200);
        assert!(file.text().contains(&format!("{bad};'=irgendwann;Please enter a date")), "{}", file.text());
        app.api("GET", &at("/preview/failures.csv?kind=permission")).send().expect(404);
        app.api("POST", &at("/preview")).json(&json!({"kind": "colour"})).send().expect(422);
        app.api("POST", &format!("/pools/{pool}/fields/CITY/conversions")).json(&json!({"kind": "date"})).send().expect(409);
        app.api("POST", &format!("/pools/{pool}/fields/NIRGENDS/conversions")).json(&json!({"kind": "date"})).send().expect(404);

        let fields = app.api("GET", &format!("/pools/{pool}/fields")).send().expect(200).json();
        let id = fields["items"].as_array().unwrap().iter().find(|one| one["key"] == "SEIT").unwrap()["id"].clone();
        let cookie = app.sign_in();
        let page = |query: &str| {
            let path = format!("/pools/{pool}/configuration/fields/{id}/convert{query}");
            app.get(&path).browser().cookie(&cookie).send().expect(200).text()
        };
        assert!(page("").contains("Vorschau zeigen"));
        let city = fields["items"].as_array().unwrap().iter().find(|one| one["key"] == "CITY").unwrap()["id"].clone();
        let fixed = format!("/pools/{pool}/configuration/fields/{city}/convert");
        let fixed = app.get(&fixed).browser().cookie(&cookie).send().expect(200).text();
        assert!(fixed.contains("„Ort“ ist ein Standard-Feld") && fixed.contains(&format!("?field={city}")), "why not, and the way back");
        let preview = page("?to=date");
        assert!(preview.contains("Feld umwandeln") && preview.contains("=irgendwann"), "{preview}");
        let file = app.get(&format!("/pools/{pool}/fields/{id}/not-converted.csv?kind=date")).cookie(&cookie).send().expect(200);
        assert!(file.text().contains("'=irgendwann"), "{}", file.text());

        let begun = app.api("POST", &at("")).json(&json!({"kind": "date"})).send().expect(202).json();
        let job = app.job_done(begun["job"].as_i64().unwrap());
        assert_eq!((&job["state"], &job["result"]["converted"]), (&json!("done"), &json!(1)), "{job}");
        assert_eq!((value(&good), value(&bad)), (json!("1990-12-31"), json!(null)));
        let one = app.api("GET", &at(&format!("/{}", begun["conversion"]))).send().expect(200).json();
        assert_eq!((&one["from"], &one["to"], &one["state"]), (&json!("single_line"), &json!("date"), &json!("done")));
        assert!(one["undo_until"].as_i64() > one["done_at"].as_i64());
        assert!(page("").contains("Das Feld ist jetzt: Datum"));
        app.api("GET", &format!("/pools/{pool}/fields/CITY/conversions/{}", begun["conversion"])).send().expect(404);

        let back = app.api("POST", &at(&format!("/{}/undo", begun["conversion"]))).send().expect(202).json();
        app.job_done(back["job"].as_i64().unwrap());
        assert_eq!((value(&good), value(&bad)), (json!("31.12.1990"), json!("=irgendwann")));
        let undone = page("");
        assert!(undone.contains("Rückgängig gemacht. Das Feld ist wieder: Einzeilige Eingabe"), "{undone}");
        assert!(undone.contains("sind wieder da") && undone.contains("Doch umwandeln"));
        app.api("POST", &at(&format!("/{}/undo", begun["conversion"]))).send().expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_killed_conversion_goes_on_where_it_was_and_nothing_is_lost() {
    on_each_server(async |app| {
        const ROWS: usize = 40_000;
        let pool = app.create_pool("Kunden");
        add_field(app, pool, json!({"label": "Punkte", "kind": "single_line"}));
        let mut file = String::from("Name,Punkte\n");
        for n in 0..ROWS {
            writeln!(file, "Name {n},{}", if n % 1_000 == 0 { "viele".to_owned() } else { n.to_string() }).unwrap();
        }
        let call = app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv");
        let import = call.body(file).send().expect(202).json();
        assert_eq!(app.job_done(import["job"].as_i64().unwrap())["state"], "done");

        let body = json!({"kind": "integer"});
        let begun = app.api("POST", &format!("/pools/{pool}/fields/PUNKTE/conversions")).json(&body).send().expect(202).json();
        let job = begun["job"].as_i64().unwrap();
        let begins = std::time::Instant::now();
        loop {
            let found = app.api("GET", &format!("/jobs/{job}")).send().expect(200).json();
            if found["done"].as_u64() > Some(0) || begins.elapsed().as_secs() > 60 {
                break;
            }
        }
        app.kill_and_restart();
        let done = app.job_done(job);
        assert_eq!(done["state"], "done", "{done}");
        assert_eq!((&done["result"]["values"], &done["result"]["converted"]), (&json!(ROWS), &json!(ROWS - 40)));
        let total = |filter: &str| {
            let list = app.api("GET", &format!("/pools/{pool}/profiles?page_size=10&{filter}")).send().expect(200).json();
            list["total"].as_u64()
        };
        assert_eq!(total("filter=PUNKTE:is:39999"), Some(1));
        let back =
            app.api("POST", &format!("/pools/{pool}/fields/PUNKTE/conversions/{}/undo", begun["conversion"])).send().expect(202).json();
        assert_eq!(app.job_done(back["job"].as_i64().unwrap())["state"], "done");
        assert_eq!(total("filter=PUNKTE:is:viele"), Some(40));
        assert_eq!(total("q=viele&in=PUNKTE"), Some(40));
    })
    .await;
}

#[tokio::test]
async fn two_options_are_merged_at_once_or_by_a_job_and_part_again() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        add_field(app, pool, json!({"label": "Farbe", "kind": "selection", "options": ["Rot", "Rubin"]}));
        let id = app.create_profile(pool, json!({"NAME": "Roth", "FARBE": "Rubin"}))["id"].clone();
        let colour = || app.api("GET", &format!("/pools/{pool}/profiles/{id}")).send().expect(200).json()["fields"]["FARBE"].clone();
        let merge = format!("/pools/{pool}/fields/FARBE/options/Rubin/merge");
        app.api("POST", &merge).json(&json!({"into": "999"})).send().expect(422);
        app.api("POST", &merge).json(&json!({})).send().expect(422);
        app.api("POST", &format!("/pools/{pool}/fields/FARBE/options/999/merge")).json(&json!({"into": "Rot"})).send().expect(404);
        let merged = app.api("POST", &merge).json(&json!({"into": "Rot"})).send().expect(200).json();
        assert_eq!((&merged["n"], colour()), (&json!(1), json!("Rot")));
        app.api("POST", &format!("/pools/{pool}/batches/{}/undo", merged["batch"])).send().expect(200);
        assert_eq!(colour(), "Rubin");

        let mut file = String::from("Name,Farbe\n");
        for n in 0..10_001 {
            writeln!(file, "Name {n},Rubin").unwrap();
        }
        let call = app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv");
        let import = call.body(file).send().expect(202).json();
        assert_eq!(app.job_done(import["job"].as_i64().unwrap())["state"], "done");
        let job = app.api("POST", &merge).json(&json!({"into": "Rot"})).send().expect(202).json();
        let done = app.job_done(job["id"].as_i64().unwrap());
        assert_eq!((&done["state"], &done["result"]["n"]), (&json!("done"), &json!(10_002)), "{done}");
        let fields = app.api("GET", &format!("/pools/{pool}/fields")).send().expect(200).json();
        let options = fields["items"].as_array().unwrap().iter().find(|one| one["key"] == "FARBE").unwrap()["options"].clone();
        assert_eq!(options.as_array().unwrap().len(), 1, "{options}");
    })
    .await;
}
