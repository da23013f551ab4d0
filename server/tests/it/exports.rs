//! Files that are made in the background: by a job, behind a link that runs out, for whoever may have them.

use std::{
    fs::File,
    time::{Duration, SystemTime},
};

use domain::{
    history::Actor,
    job::{JobKind, JobState},
    profile::Draft,
    rights::{Right, Rights},
    value::Value,
};
use serde_json::{Value as Json, json};
use server::worker;
use store::{
    Reach, Store,
    jobs::NewJob,
    testing::{NOW, Team, field_of, on_each_store},
};
use tokio_util::sync::CancellationToken;

use crate::support::{TestApp, on_each_server};

const MAY: &[Right] = &[Right::SeePools, Right::SeeProfiles, Right::Export, Right::ExportProfiles, Right::SeeJobs];

/// Begins an export and waits for its end; what is said of it then.
fn made(app: &TestApp, token: &str, pool: i64, body: &Json) -> Json {
    let begun = app.call("POST", &format!("/api/v1/pools/{pool}/exports")).bearer(token).json(body).send().expect(202);
    let id = begun.json()["job"]["id"].as_i64().unwrap();
    assert_eq!(begun.header("location"), format!("/api/v1/exports/{id}"));
    app.job_done(id);
    app.get(&format!("/api/v1/exports/{id}")).bearer(token).send().expect(200).json()
}

fn files(app: &TestApp) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(app.folder.path().join("data/exports")) else { return Vec::new() };
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn a_file_is_made_in_the_background_and_taken_by_its_link() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        for name in ["Weber", "Roth", "=1+1"] {
            app.create_profile(pool, json!({"NAME": name}));
        }
        for (format, begins) in [("csv", "NAME\r\n"), ("json", "[\n{"), ("xml", "<?xml"), ("vcard", "BEGIN:VCARD"), ("xlsx", "PK")] {
            let body = json!({"format": format, "columns": ["NAME"], "sort": "NAME"});
            let export = made(app, &app.token, pool, &body);
            assert_eq!(
                (&export["job"]["state"], &export["job"]["kind"], &export["job"]["result"]["n"]),
                (&json!("done"), &json!("export"), &json!(3))
            );
            let link = export["link"].as_str().unwrap();
            let taken = app.get(link).bearer(&app.token).send().expect(200);
            assert!(taken.text().starts_with(begins), "{format}: {}", taken.text());
            assert!(taken.header("content-disposition").contains("Kunden."), "{}", taken.header("content-disposition"));
            if format != "xlsx" {
                let direct = app.api("GET", &format!("/pools/{pool}/export?format={format}&columns=NAME&sort=NAME")).send().expect(200);
                assert_eq!(direct.text(), taken.text(), "the same as while it is sent");
            }
        }
        assert!(files(app).iter().all(|name| !name.ends_with(".part")) && files(app).len() == 5, "{:?}", files(app));
        let log = app.api("GET", "/audit?deed=export_made").send().expect(200).json();
        let told: Vec<_> = log["items"].as_array().unwrap().iter().map(|one| one["after"]["part"].as_str().unwrap().to_owned()).collect();
        assert_eq!(told.iter().filter(|part| *part == "file").count(), 5, "who took it");
        assert_eq!(told.iter().filter(|part| *part == "all").count(), 9, "and who had it made");
        let page = app.get("/jobs").browser().cookie(&app.sign_in()).send().expect(200).text();
        assert!(page.contains("Export Kunden.xlsx"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_plain_form_begins_an_export_and_its_maker_finds_the_file_among_the_jobs() {
    on_each_server(async |app| {
        let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
        app.create_profile(pool, json!({"NAME": "Weber"}));
        let page = app.get(&format!("/pools/{pool}/export?q=weber")).browser().cookie(&cookie).send().expect(200).text();
        assert!(page.contains("1 Profil.") && page.contains("value=\"weber\"") && page.contains("formaction"), "{page}");
        let form = [("q", "weber"), ("column", "NAME"), ("column", "CITY"), ("format", "ndjson"), ("values", "plain"), ("lang", "de")];
        let sent = app.call("POST", &format!("/pools/{pool}/exports")).browser().cookie(&cookie).form(&form).send();
        assert_eq!((sent.status, sent.header("location")), (303, "/jobs"));
        let jobs = app.api("GET", "/jobs").send().expect(200).json();
        let job = jobs["items"].as_array().unwrap().iter().find(|job| job["kind"] == "export").unwrap()["id"].as_i64().unwrap();
        app.job_done(job);
        let jobs = app.get("/jobs").browser().cookie(&cookie).send().expect(200).text();
        assert!(jobs.contains(&format!("href=\"/exports/{job}\"")), "{jobs}");
        let on = app.get(&format!("/exports/{job}")).browser().cookie(&cookie).send();
        assert_eq!(on.status, 303);
        assert_eq!(app.get(on.header("location")).cookie(&cookie).send().expect(200).text(), "{\"NAME\":\"Weber\"}\n");
        let wrong = app.get(&format!("/pools/{pool}/export/file?format=pdf")).browser().cookie(&cookie).send();
        assert_eq!(wrong.status, 422);
    })
    .await;
}

#[tokio::test]
async fn a_link_runs_out_and_nobody_makes_one_up() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "Weber"}));
        let export = made(app, &app.token, pool, &json!({}));
        let (id, link) = (export["job"]["id"].as_i64().unwrap(), export["link"].as_str().unwrap().to_owned());
        let until = export["until"].as_i64().unwrap();
        let take = |link: &str| app.get(link).bearer(&app.token).send();
        take(&link).expect(200);
        take(&link.replace(&until.to_string(), &(until + 1).to_string())).expect(410);
        take(&format!("/api/v1/exports/{id}/file")).expect(410);
        take(&format!("/api/v1/exports/{id}/file?until={until}&sign=AAAA")).expect(410);
        let (head, sign) = link.split_once("sign=").unwrap();
        let other = if sign.starts_with('A') { 'B' } else { 'A' };
        take(&format!("{head}sign={other}{}", &sign[1..])).expect(410);
        assert_eq!(app.get(&link).send().status, 401, "a link alone opens nothing");

        // As if a day had gone by.
        app.database.sql(&format!("update jobs set result = replace(result, '{until}', '1000') where id = {id}")).await.unwrap();
        take(&link).expect(410);
        let late = app.api("GET", &format!("/exports/{id}")).send().expect(200).json();
        assert_eq!((&late["link"], &late["until"]), (&Json::Null, &Json::Null));
        assert_eq!(app.get(&format!("/exports/{id}")).cookie(&app.sign_in()).send().status, 410);
    })
    .await;
}

#[tokio::test]
async fn whoever_may_have_less_does_not_get_the_file_of_somebody_who_may_have_more() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.create_profile(pool, json!({"NAME": "Weber"}));
        let all = made(app, &app.token, pool, &json!({}));
        let (id, link) = (&all["job"]["id"], all["link"].as_str().unwrap());
        let bob = app.token_with(Rights::of(MAY)).await;
        let as_bob = |path: &str| app.get(path).bearer(&bob).send();
        assert_eq!(as_bob(&format!("/api/v1/exports/{id}")).status, 404, "internet addresses are in it");
        assert_eq!(as_bob(link).status, 404);
        let own = made(app, &bob, pool, &json!({"format": "json"}));
        let text = as_bob(own["link"].as_str().unwrap()).expect(200).text();
        assert!(text.contains("Weber") && !text.contains("_IP"), "{text}");
        let refused =
            app.call("POST", &format!("/api/v1/pools/{pool}/exports")).bearer(&bob).json(&json!({"columns": ["NAME", "CHANGE_IP"]})).send();
        assert_eq!(refused.status, 422, "{}", refused.text());
        // His file holds nothing that the administrator could not export.
        app.get(own["link"].as_str().unwrap()).bearer(&app.token).send().expect(200);
    })
    .await;
}

#[tokio::test]
async fn files_that_nobody_can_take_any_more_go() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        made(app, &app.token, pool, &json!({}));
        let folder = app.folder.path().join("data/exports");
        let old = File::create(folder.join("99.part")).unwrap();
        old.set_modified(SystemTime::now() - Duration::from_secs(25 * 3_600)).unwrap();
        assert_eq!(files(app).len(), 2);
        app.kill_and_restart();
        let until = std::time::Instant::now() + Duration::from_secs(30);
        while files(app).iter().any(|name| name == "99.part") {
            assert!(std::time::Instant::now() < until, "it is still there");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(files(app).len(), 1, "the other one is young");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_export_begins_anew_and_keeps_to_the_reach_of_who_asked() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let pool = team.pool(&store).await;
        let (name, country) = (field_of(&pool, "NAME"), field_of(&pool, "COUNTRY"));
        for (who, code) in [("Anna", "AT"), ("Dora", "DE"), ("Berta", "AT")] {
            let values = vec![(name, Value::Text(who.to_owned())), (country, Value::Text(code.to_owned()))];
            store.create_profile(&Reach::whole(team.client), &pool, Draft { values }, &Actor::System, NOW).await.unwrap();
        }
        let reach = Reach::within(team.client, std::sync::Arc::new(r#"COUNTRY = "AT""#.parse().unwrap()));
        let payload = json!({"pool": team.pool, "query": "columns=NAME&format=csv&sort=NAME", "rights": "profiles.export", "reach": reach,
            "lang": "de", "file_name": "Kunden.csv"});
        let job = NewJob { kind: JobKind::Export, payload, created_by: Some(team.user) };
        let job = store.enqueue(team.client, job, NOW).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let there = || std::fs::read_dir(folder.path().join("exports")).map_or(0, Iterator::count);
        let stop = CancellationToken::new();
        stop.cancel();
        assert!(worker::run_job(&store, folder.path().to_owned(), job, &stop).await.unwrap());
        assert_eq!((store.job(team.client, job).await.unwrap().state, there()), (JobState::Waiting, 0));
        assert!(worker::run_job(&store, folder.path().to_owned(), job, &CancellationToken::new()).await.unwrap());
        let done = store.job(team.client, job).await.unwrap();
        assert_eq!((done.state, &done.result.unwrap()["n"]), (JobState::Done, &json!(2)));
        let file = std::fs::read_to_string(folder.path().join(format!("exports/{job}.csv"))).unwrap();
        assert_eq!(file, "NAME\r\nAnna\r\nBerta\r\n");
        assert_eq!(there(), 1);
    })
    .await;
}
