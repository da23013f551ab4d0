//! Mail domains are asked for at the DNS, if an import wishes that: by a server of names that these tests start.

use std::fmt::Write as _;

use domain::{
    field::FieldKind,
    import::{Duplicates, ImportCounts, Rules, Unknown},
    lang::{Lang, fill},
};
use serde_json::{Value, json};
use store::{
    Store,
    db::Engine,
    testing::{Team, on_each_store},
};

use crate::{
    import_rules::{begin, people},
    name_server::NameServer,
    support::TestApp,
};

const FILE: &str = "Nachname;E-Mail\n\
    Adler;adler@mail.example\n\
    Böhm;boehm@plain.example\n\
    Claus;claus@null.example\n\
    Dorn;dorn@bare.example\n\
    Eber;eber@gone.example\n\
    Fuchs;fuchs@broken.example\n\
    Gans;gans@silent.example\n\
    Hahn;hahn@MAIL.example\n\
    Igel;\n\
    Jahn;jahn@six.example\n\
    Kuhn;kuhn@elsewhere.example\n\
    Lang;lang@alias.example\n\
    Marx;marx@lost.example\n\
    Noll;noll@both.example\n";

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_refused_where_the_dns_says_that_nobody_takes_mail() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let names = NameServer::start();
        let app = TestApp::start(engine, &[("LAGUNE_DNS_SERVER", &names.setting())]).await;
        let pool = app.create_pool("Kunden");
        let send = |query: &str| {
            let call = app.api("POST", &format!("/pools/{pool}/imports?{query}")).header("content-type", "text/csv");
            let begun = call.body(FILE).send().expect(202).json();
            app.job_done(begun["job"].as_i64().unwrap());
            begun["import"].as_i64().unwrap()
        };
        let checked = send("dns=true&check=true");
        let found = app.api("GET", &format!("/imports/{checked}/check")).send().expect(200).json();
        assert_eq!(
            found["counts"],
            json!({"rows": 14, "created": 10, "updated": 0, "unchanged": 0, "refused": 4, "skipped": 0}),
            "{found}"
        );
        assert_eq!(found["noted"]["not_asked"], 3);
        let rows = app.api("GET", &format!("/imports/{checked}/check/rows?fate=refused")).send().expect(200).json();
        let told: Vec<_> =
            rows["items"].as_array().unwrap().iter().map(|row| (row["row"].as_u64().unwrap(), row["code"].as_str().unwrap())).collect();
        assert_eq!(told, [4, 5, 6, 14].map(|row| (row, "no_mail_domain")));
        let first = &rows["items"][0];
        assert_eq!((&first["column"], &first["value"]), (&json!("E-Mail"), &json!("claus@null.example")));
        assert!(first["reason"].as_str().unwrap().contains("null.example"), "{rows}");

        // A domain that was put right is asked for as well.
        let cells = json!({"cells": [{"row": 6, "column": "E-Mail", "was": "eber@gone.example", "value": "eber@mail.example"}]});
        app.api("POST", &format!("/imports/{checked}/corrections")).json(&cells).send().expect(200);
        let begun = app.api("POST", &format!("/imports/{checked}/start")).send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        let done = app.api("GET", &format!("/imports/{checked}")).send().expect(200).json();
        assert_eq!(
            (&done["counts"]["created"], &done["counts"]["refused"], &done["noted"]["not_asked"]),
            (&json!(11), &json!(3), &json!(3)),
            "{done}"
        );
        let refused = app.api("GET", &format!("/imports/{checked}/refusals.csv")).send().expect(200).text();
        assert!(refused.contains("dorn@bare.example") && !refused.contains("eber@"), "{refused}");

        let before = names.asked();
        send("key=EMAIL");
        assert_eq!(names.asked(), before, "nobody is asked where nobody wished it");

        let file = app.file("k.csv", b"Nachname;E-Mail\nAdler;adler@mail.example\nEber;eber@gone.example\n");
        let said = app.lagune(&["import", "--pool", "Kunden", file.to_str().unwrap(), "--check", "--dns"]);
        assert_eq!(said, "2 rows: 0 created, 0 updated, 1 unchanged, 1 refused");
        app.stop().await;
    }
}

fn asking(rules: Rules) -> Rules {
    Rules { dns: true, ..rules }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_without_a_mail_domain_is_none_that_counts_and_brings_no_options() {
    on_each_store(async |store: Store| {
        let file = "NAME;EMAIL;CITY;FARBE\n\
            Adler;a@mail.example;Köln;\n\
            Adler;a@gone.example;Bonn;Rot\n\
            Böhm;b@gone.example;Ulm;Rosa\n\
            Claus;c@null.example;Kiel;Rot\n\
            Claus;c@mail.example;Trier;Rot\n\
            Dorn;d@mail.example;Kiel;Rot\n";
        for (n, duplicates) in [Duplicates::First, Duplicates::Last, Duplicates::Merge].into_iter().enumerate() {
            let names = NameServer::start();
            let team = Team::found(&store, &format!("Nord {n}")).await;
            team.field(&store, "Farbe", FieldKind::Selection).await;
            let rules = asking(Rules { duplicates, unknown: Unknown::Create, ..Rules::by(Some("NAME")) });
            let begun = begin(&store, &team, file, rules).await.asking(names.dns());
            begun.run_and_stop(&store).await;
            begun.run(&store, &team).await;
            let import = store.import(team.client, begun.id).await.unwrap();
            assert_eq!(import.counts, ImportCounts { rows: 6, created: 3, refused: 3, ..ImportCounts::default() }, "{duplicates:?}");
            assert_eq!((import.noted.options, import.noted.not_asked), (1, 0));
            assert_eq!(people(&store, &team, &["NAME", "CITY", "FARBE"]).await, ["Adler|Köln|-", "Claus|Trier|Rot", "Dorn|Kiel|Rot"]);
            let pool = team.pool(&store).await;
            let labels: Vec<_> = pool.field("FARBE").unwrap().options.iter().map(|option| option.label.clone()).collect();
            assert_eq!(labels, ["Rot"]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_domain_is_asked_for_once_and_none_any_more_when_the_dns_is_away() {
    on_each_store(async |store: Store| {
        let (one, many) = (NameServer::start(), NameServer::start());
        let team = Team::found(&store, "Nord").await;
        let (mut same, mut failing) = ("EMAIL\n".to_owned(), "EMAIL\n".to_owned());
        for n in 0..20_500 {
            writeln!(same, "kunde{n}@mail.example").unwrap();
        }
        for n in 0..400 {
            writeln!(failing, "kunde@n{n}.broken.example").unwrap();
        }
        let begun = begin(&store, &team, &same, asking(Rules::default())).await.asking(one.dns());
        begun.run(&store, &team).await;
        assert_eq!(store.import(team.client, begun.id).await.unwrap().counts.created, 20_500);
        assert_eq!(one.asked(), 1);

        let begun = begin(&store, &team, &failing, asking(Rules::default())).await.asking(many.dns());
        begun.run(&store, &team).await;
        let import = store.import(team.client, begun.id).await.unwrap();
        assert_eq!((import.counts.created, import.counts.refused, import.noted.not_asked), (400, 0, 400));
        assert!((50..400).contains(&many.asked()), "{} questions", many.asked());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stops_an_import_does_not_wait_for_the_dns() {
    on_each_store(async |store: Store| {
        let names = NameServer::start();
        let team = Team::found(&store, "Nord").await;
        let begun = begin(&store, &team, "EMAIL\na@silent.example\n", asking(Rules::default())).await.asking(names.dns());
        begun.run_and_stop(&store).await;
        assert_eq!(store.import(team.client, begun.id).await.unwrap().counts.rows, 0, "what was not asked for is not taken over yet");
        begun.run(&store, &team).await;
        let import = store.import(team.client, begun.id).await.unwrap();
        assert_eq!((import.counts.created, import.noted.not_asked), (1, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_of_the_rules_asks_without_the_script() {
    let names = NameServer::start();
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_DNS_SERVER", &names.setting())]).await;
    let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
    let upload = |file: &'static str| {
        let call = app.call("POST", &format!("/pools/{pool}/imports/upload")).cookie(&cookie).header("sec-fetch-site", "same-origin");
        let answer: Value = call.header("content-type", "text/csv").body(file).send().expect(201).json();
        answer["import"].as_i64().unwrap()
    };
    let rules = |import: i64| app.get(&format!("/pools/{pool}/import/{import}/rules")).cookie(&cookie).browser().send().expect(200).text();
    let without = upload("Nachname;Ort\nAdler;Ulm\n");
    assert!(!rules(without).contains("form[dns]"), "nothing to ask for");
    let import = upload("Nachname;E-Mail\nAdler;adler@gone.example\nFuchs;fuchs@broken.example\n");
    assert!(rules(import).contains("name=\"form[dns]\""));
    let (pool_id, import_id) = (pool.to_string(), import.to_string());
    let form = [("pool", pool_id.as_str()), ("import", import_id.as_str()), ("form[key][0]", "EMAIL"), ("form[dns]", "on")];
    app.call("POST", "/api/imports/begin").cookie(&cookie).browser().form(&form).send().expect(302);
    let jobs = app.api("GET", "/jobs").send().expect(200).json();
    app.job_done(jobs["items"][0]["id"].as_i64().unwrap());
    let done = app.api("GET", &format!("/imports/{import}")).send().expect(200).json();
    assert_eq!((&done["counts"]["created"], &done["counts"]["refused"]), (&json!(1), &json!(1)), "{done}");
    let page = app.get(&format!("/pools/{pool}/import/{import}")).cookie(&cookie).browser().send().expect(200).text();
    let told = fill(app::text::import::N_NOT_ASKED.get(Lang::De), &[("n", "1")]);
    assert!(page.contains(&told), "{page}");
    app.stop().await;
}
