//! A file goes into a pool by rules: as a job, by REST and on the command line.

use std::fmt::Write as _;

use domain::{
    field::FieldKind,
    id::{ImportId, JobId},
    import::{Duplicates, Existing, Filled, ImportCounts, Mapping, Raise, Reading, Rules, Sets, Unknown},
    job::JobKind,
    lang::Lang,
};
use futures::TryStreamExt as _;
use serde_json::{Value, json};
use server::{
    backup::Place,
    jobs::import::{self, domains::Dns},
    worker,
};
use store::{
    Store,
    jobs::NewJob,
    load::NewImport,
    testing::{NOW, Team, on_each_store},
};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::import::{profiles, shown};
use crate::support::{TestApp, on_each_server};

/// An import that has not run yet.
pub(crate) struct Begun {
    folder: TempDir,
    pub(crate) id: ImportId,
    job: JobId,
    dns: Dns,
}

/// Begins to import a table whose columns go where they say.
pub(crate) async fn begin(store: &Store, team: &Team, file: &str, rules: Rules) -> Begun {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("upload.csv");
    std::fs::write(&path, file).unwrap();
    let headings: Vec<String> = file.lines().next().unwrap().split(';').map(str::to_owned).collect();
    let mapping = Mapping { columns: headings.iter().map(|key| Some(key.clone()).filter(|key| !key.is_empty())).collect() };
    let pool = team.pool(store).await;
    import::check(&pool, &headings, &mapping, &rules, Lang::De).unwrap();
    let reading = Reading { delimiter: ';', ..Reading::default() };
    let new = NewImport { file_name: "upload.csv".into(), path: path.to_string_lossy().into(), reading, mapping, rules, user: None };
    let id = store.create_import(team.client, pool.id, new, NOW).await.unwrap();
    let new = NewJob { kind: JobKind::Import, payload: json!({ "import": id }), created_by: None };
    let job = store.enqueue(team.client, new, NOW).await.unwrap();
    Begun { folder, id, job, dns: Dns::default() }
}

impl Begun {
    /// By this server of names.
    pub(crate) fn asking(self, dns: Dns) -> Self {
        Self { dns, ..self }
    }

    fn place(&self) -> Place {
        Place { dns: self.dns, ..Place::from(self.folder.path().to_owned()) }
    }

    /// Runs it until it looks whether it should stop.
    pub(crate) async fn run_and_stop(&self, store: &Store) {
        let stop = CancellationToken::new();
        stop.cancel();
        assert!(worker::run_job(store, self.place(), self.job, &stop).await.unwrap());
    }

    /// Runs it to its end.
    pub(crate) async fn run(&self, store: &Store, team: &Team) {
        assert!(worker::run_job(store, self.place(), self.job, &CancellationToken::new()).await.unwrap());
        assert_eq!(store.job(team.client, self.job).await.unwrap().error, None);
    }
}

/// Imports a table; killed so often on the way.
async fn bring(store: &Store, team: &Team, file: &str, rules: Rules, kills: usize) -> (ImportId, ImportCounts) {
    let begun = begin(store, team, file, rules).await;
    for _ in 0..kills {
        begun.run_and_stop(store).await;
    }
    begun.run(store, team).await;
    let counts = store.import(team.client, begun.id).await.unwrap().counts;
    let ImportCounts { rows, created, updated, unchanged, refused, skipped } = counts;
    assert_eq!(rows, created + updated + unchanged + refused + skipped);
    (begun.id, counts)
}

fn by_email() -> Rules {
    Rules::by(Some("EMAIL"))
}

/// Each profile with these fields, oldest first.
pub(crate) async fn people(store: &Store, team: &Team, keys: &[&str]) -> Vec<String> {
    let pool = team.pool(store).await;
    profiles(store, team).await.iter().map(|profile| shown(&pool, profile, keys)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_rows_with_the_same_key_the_first_or_the_last_of_the_whole_file_counts() {
    on_each_store(async |store: Store| {
        let mut file = String::from("EMAIL;NAME\nanna@example.com;Erste\nkaputt;X\nben@example.com;Einzige\n");
        for n in 0..20_500 {
            writeln!(file, ";Ohne {n}").unwrap();
        }
        // A refused row is no row that could count.
        file.push_str("ANNA@example.com;Letzte\nkaputt;Y\n");
        for (n, (duplicates, name)) in
            [(Duplicates::First, "Erste"), (Duplicates::Last, "Letzte"), (Duplicates::Merge, "Letzte")].into_iter().enumerate()
        {
            let team = Team::found(&store, &format!("Nord {n}")).await;
            let rules = Rules { duplicates, ..by_email() };
            // Where the last row counts the first run ends while the file is read through.
            let (id, counts) = bring(&store, &team, &file, rules, 2).await;
            let merged = duplicates == Duplicates::Merge;
            let (skipped, updated) = if merged { (0, 1) } else { (1, 0) };
            assert_eq!(counts, ImportCounts { rows: 20_505, created: 20_502, updated, unchanged: 0, refused: 2, skipped });
            let all = people(&store, &team, &["EMAIL", "NAME"]).await;
            assert_eq!(all.iter().filter(|one| one.starts_with("anna")).collect::<Vec<_>>(), [&format!("anna@example.com|{name}")]);
            let told: Vec<_> = store.refusals(team.client, id).try_concat().await.unwrap();
            let told: Vec<u64> = told.iter().filter(|problem| problem.reason.code() == "another_row").map(|problem| problem.row).collect();
            assert_eq!(told, [vec![20_505], vec![2], vec![]][n]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_option_refuses_its_row_or_is_left_out_or_made() {
    on_each_store(async |store: Store| {
        for (n, (unknown, expected, options)) in [
            (Unknown::Refuse, vec!["Eins|Blau|-"], vec!["Blau"]),
            (Unknown::Skip, vec!["Eins|Blau|-", "Zwei|-|Sport", "Drei|Blau|-"], vec!["Blau"]),
            (Unknown::Create, vec!["Eins|Blau|-", "Zwei|Grün|Sport|Kunst", "Drei|Blau|Tanz"], vec!["Blau", "Grün"]),
        ]
        .into_iter()
        .enumerate()
        {
            let team = Team::found(&store, &format!("Nord {n}")).await;
            let color = team.field(&store, "Farbe", FieldKind::Selection).await;
            let topics = team.field(&store, "Themen", FieldKind::MultiSelection).await;
            store.add_options(team.client, team.pool, color, &["Blau".to_owned()]).await.unwrap();
            store.add_options(team.client, team.pool, topics, &["Sport".to_owned()]).await.unwrap();
            let rules = Rules { unknown, ..Rules::default() };
            // A row that is refused brings no option, and the next one with the same does.
            let file = "NAME;FARBE;THEMEN;EMAIL\nNie;Rosa;Kunst;kaputt\nEins;blau;;\nZwei;Grün;Sport|Kunst;\nDrei;Blau;Tanz;\n";
            let (id, _) = bring(&store, &team, file, rules, 0).await;
            assert_eq!(people(&store, &team, &["NAME", "FARBE", "THEMEN"]).await, expected);
            let pool = team.pool(&store).await;
            let labels: Vec<_> = pool.field("FARBE").unwrap().options.iter().map(|option| option.label.clone()).collect();
            assert_eq!(labels, options);
            let noted = store.import(team.client, id).await.unwrap().noted;
            assert_eq!((noted.left_out, noted.options), [(0, 0), (3, 0), (0, 3)][n]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_for_all_rows_is_one_of_each_row_and_sets_follow_their_rule() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nord").await;
        let topics = team.field(&store, "Themen", FieldKind::MultiSelection).await;
        store.add_options(team.client, team.pool, topics, &["Alt".to_owned(), "Messe".to_owned()]).await.unwrap();
        bring(&store, &team, "EMAIL;THEMEN\nanna@example.com;Alt\n", by_email(), 0).await;
        let file = "EMAIL\nanna@example.com\nben@example.com\n";
        let all = |sets| Rules {
            sets,
            constants: vec![("THEMEN".to_owned(), "messe".to_owned()), ("COUNTRY".to_owned(), "Schweiz".to_owned())],
            ..by_email()
        };
        bring(&store, &team, file, all(Sets::Add), 0).await;
        let seen = async || people(&store, &team, &["EMAIL", "THEMEN", "COUNTRY"]).await;
        assert_eq!(seen().await, ["anna@example.com|Alt|Messe|CH", "ben@example.com|Messe|CH"]);
        bring(&store, &team, file, all(Sets::Remove), 0).await;
        assert_eq!(seen().await, ["anna@example.com|Alt|CH", "ben@example.com|-|CH"]);
        let replace = Rules { filled: Filled::Replace, ..by_email() };
        bring(&store, &team, "EMAIL;COUNTRY\nanna@example.com;\n", replace, 0).await;
        assert_eq!(seen().await, ["anna@example.com|Alt|-", "ben@example.com|-|CH"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_prove_a_permission_that_rises() {
    on_each_store(async |store: Store| {
        let file = "EMAIL;PERMISSION;PERMISSION_SOURCE;PERMISSION_DATE;PERMISSION_IP\n\
            anna@example.com;Double Opt-In;Formular;03.07.2024 12:00;192.0.2.7\nben@example.com;none;;;keine IP\n";
        let team = Team::found(&store, "Nord").await;
        // Nothing rises, so nothing has to be proved.
        let (id, counts) = bring(&store, &team, file, by_email(), 0).await;
        assert_eq!((counts.created, counts.refused), (2, 0));
        assert_eq!(store.import(team.client, id).await.unwrap().noted.not_raised, 1);
        assert_eq!(people(&store, &team, &["PERMISSION", "PERMISSION_IP"]).await, ["opt_out|-", "none|-"]);
        let raising = Rules { consent: Some(Raise { source: "Messe".to_owned() }), existing: Existing::Update, ..by_email() };
        let (id, counts) = bring(&store, &team, file, raising, 0).await;
        assert_eq!((counts.updated, counts.refused), (1, 1));
        assert_eq!(store.import(team.client, id).await.unwrap().noted.raised, 1);
        assert_eq!(people(&store, &team, &["PERMISSION", "PERMISSION_IP"]).await, ["double_opt_in|192.0.2.7", "none|-"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_can_not_be_are_told_before_anything_changes() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let headings = ["EMAIL", "NAME"].map(str::to_owned);
        let mapping = Mapping { columns: headings.iter().cloned().map(Some).collect() };
        let code = |rules: &Rules| import::check(&pool, &headings, &mapping, rules, Lang::En).map_err(|error| error.code());
        let key = |keys: &[&str]| Rules { key: keys.iter().map(|key| (*key).to_owned()).collect(), ..Rules::default() };
        let constant = |field: &str, value: &str| Rules { constants: vec![(field.to_owned(), value.to_owned())], ..by_email() };
        let source = |source: &str| Rules { consent: Some(Raise { source: source.to_owned() }), ..by_email() };
        assert_eq!(code(&key(&["EMAIL", "NAME"])), Ok(()));
        assert_eq!(code(&key(&["EMAIL", "EMAIL"])), Err("no_key"));
        assert_eq!(code(&key(&["EMAIL", "CITY"])), Err("missing_key_column"));
        assert_eq!(code(&Rules { key: vec!["CITY".into()], ..constant("CITY", "Köln") }), Ok(()));
        assert_eq!(code(&constant("NOSUCH", "x")), Err("unknown_field"));
        assert_eq!(code(&constant("NAME", "x")), Err("field_twice"));
        assert_eq!(code(&constant("ENTRY_DATE", "2024-01-01")), Err("not_importable"));
        assert_eq!(code(&constant("PROFILEID", "1")), Err("not_importable"));
        assert_eq!(code(&constant("BIRTHDAY", "31.02.1990")), Err("constant"));
        assert_eq!(code(&constant("CITY", " ")), Err("constant"));
        assert_eq!(code(&source(" ")), Err("consent_source"));
        assert_eq!(code(&source(&"x".repeat(201))), Err("consent_source"));
        let seen = pool.clone().seen_by(domain::rights::Rights::NONE);
        let check = |rules: &Rules| import::check(&seen, &headings, &mapping, rules, Lang::En).map_err(|error| error.code());
        assert_eq!(check(&source("Messe")), Err("consent_source"), "who may not change consent");
        assert_eq!(check(&constant("UNSUBSCRIBED", "ja")), Err("not_importable"));
    })
    .await;
}

fn send(app: &TestApp, pool: i64, query: &str, file: &str, status: u16) -> Value {
    let call = app.api("POST", &format!("/pools/{pool}/imports?{query}")).header("content-type", "text/csv");
    let begun = call.body(file).send().expect(status).json();
    if status != 202 {
        return begun;
    }
    app.job_done(begun["job"].as_i64().unwrap());
    app.api("GET", &format!("/imports/{}", begun["import"])).send().expect(200).json()
}

#[tokio::test]
async fn a_program_says_its_rules() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let file = "E-Mail;Name;Freigabe\na@example.com;Adler;Double Opt-In\nb@example.com;Böhm;\nB@example.com;Berg;\n";
        // {"Freigabe":"PERMISSION"} and {"CITY":"Köln"}
        let columns = "columns=%7B%22Freigabe%22%3A%22PERMISSION%22%7D";
        let constants = "constants=%7B%22CITY%22%3A%22K%C3%B6ln%22%7D";
        let made = send(app, pool, &format!("key=EMAIL&duplicates=first&{columns}&{constants}"), file, 202);
        assert_eq!(made["counts"], json!({"rows": 3, "created": 2, "updated": 0, "unchanged": 0, "refused": 0, "skipped": 1}));
        assert_eq!(made["noted"], json!({"raised": 0, "not_raised": 1, "objections": 0, "left_out": 0, "options": 0, "not_asked": 0}));
        let raised = send(app, pool, &format!("key=EMAIL,NAME&existing=update&raise_consent=Messe&{columns}"), file, 202);
        assert_eq!(raised["counts"], json!({"rows": 3, "created": 0, "updated": 1, "unchanged": 1, "refused": 0, "skipped": 1}));
        assert_eq!(raised["noted"]["raised"], 1);
        let list = app.api("GET", &format!("/pools/{pool}/profiles")).send().expect(200).json();
        assert_eq!(list["total"], 2, "{list}");
        let refused = app.api("GET", &format!("/imports/{}/refusals.csv", raised["id"])).send().expect(200).text();
        assert!(refused.contains("b@example.com · Berg"), "{refused}");
        let log = app.api("GET", "/audit?limit=200").send().expect(200).json();
        let deeds: Vec<&Value> = log["items"].as_array().unwrap().iter().filter(|entry| entry["deed"] == "consent_raised").collect();
        assert_eq!(deeds.len(), 1, "{log}");

        for (query, field) in [
            ("existing=delete", "existing"),
            ("filled=x", "filled"),
            ("sets=x", "sets"),
            ("empty=x", "empty"),
            ("unknown=x", "unknown"),
            ("duplicates=x", "duplicates"),
            ("columns=%5B1%5D", "columns"),
            ("columns=%7B%22Nirgends%22%3A%22NAME%22%7D", "columns"),
            ("constants=kein+JSON", "constants"),
            ("key=NOSUCH", "key"),
        ] {
            let answer = send(app, pool, query, file, 422);
            assert_eq!(answer["errors"][0]["field"], field, "{query}: {answer}");
        }
        assert_eq!(send(app, pool, "raise_consent=", file, 422)["code"], "consent_source");
        assert_eq!(send(app, pool, "constants=%7B%22NAME%22%3A%22x%22%7D", file, 422)["code"], "field_twice");
        let left = std::fs::read_dir(app.folder.path().join("data/uploads")).unwrap().count();
        assert_eq!(left, 0, "what is refused leaves no file behind");
    })
    .await;
}

#[tokio::test]
async fn the_command_line_says_its_rules() {
    let app = TestApp::start(store::db::Engine::Sqlite, &[]).await;
    app.create_pool("Kunden");
    let file = app.file("k.csv", "Mail;Nachname\na@example.com;Adler\na@example.com;Arnold\n".as_bytes());
    let file = file.to_str().unwrap();
    let run = |more: &[&str]| app.lagune(&[&["import", "--pool", "Kunden", file, "--key", "EMAIL"], more].concat());
    assert_eq!(run(&["--existing", "update"]), "2 rows: 0 created, 0 updated, 0 unchanged, 0 refused, 2 skipped");
    let said = run(&["--duplicates", "last", "--set", "CITY=Köln", "--column", "Nachname=COMPANY", "--json"]);
    assert_eq!(said, r#"{"rows":2,"created":1,"updated":0,"unchanged":0,"refused":0,"skipped":1}"#);
    let export = app.lagune(&["export", "--pool", "Kunden", "--q", "arnold"]);
    assert!(export.contains("Arnold") && export.contains("Köln"), "{export}");
    let wrong = crate::support::with_input(&mut app.command(&["import", "--pool", "Kunden", file, "--set", "CITY"]), "");
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("NAME=VALUE"));
    app.stop().await;
}

#[tokio::test]
async fn the_form_of_the_rules_starts_an_import_without_the_script() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let cookie = app.sign_in();
        let part = "--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"k.csv\"\r\n\r\nName;E-Mail\nMaier;m@example.com\n\r\n--cut--\r\n";
        let upload = app.call("POST", &format!("/pools/{pool}/imports/upload")).cookie(&cookie);
        let upload = upload.header("content-type", "multipart/form-data; boundary=cut").header("sec-fetch-site", "same-origin").body(part);
        let import = upload.send().expect(201).json()["import"].as_i64().unwrap();
        let (pool_id, import_id) = (pool.to_string(), import.to_string());
        let form = [
            ("pool", pool_id.as_str()),
            ("import", import_id.as_str()),
            ("reading", "utf8.semicolon.double.header"),
            ("columns[0]", "NAME"),
            ("columns[1]", "EMAIL"),
            ("used[0]", "0"),
            ("used[1]", "1"),
            ("key", "EMAIL"),
            ("then", "rules"),
        ];
        let page = app.call("POST", "/api/imports/start").cookie(&cookie).browser().form(&form).send().expect(302);
        assert_eq!(page.header("location"), format!("/pools/{pool}/import/{import}/rules"));
        let page = app.get(&format!("/pools/{pool}/import/{import}/rules")).cookie(&cookie).browser().send().expect(200).text();
        assert!(page.contains("form[existing]") && page.contains("form[key][0]") && page.contains("form[raise]"), "{page}");
        let form = [
            ("pool", pool_id.as_str()),
            ("import", import_id.as_str()),
            ("form[key][0]", "EMAIL"),
            ("form[key][1]", "NAME"),
            ("form[existing]", "update"),
            ("form[fields][0]", "CITY"),
            ("form[values][0]", "Köln"),
        ];
        let page = app.call("POST", "/api/imports/begin").cookie(&cookie).browser().form(&form).send().expect(302);
        assert_eq!(page.header("location"), format!("/pools/{pool}/import/{import}"));
        let jobs = app.api("GET", "/jobs").send().expect(200).json();
        app.job_done(jobs["items"][0]["id"].as_i64().unwrap());
        let found = app.api("GET", &format!("/imports/{import}")).send().expect(200).json();
        assert_eq!(found["counts"]["skipped"], 1, "{found}");
    })
    .await;
}
