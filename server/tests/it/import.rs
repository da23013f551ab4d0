//! Files go into a pool: what is made, changed, left and refused.

use domain::{
    field::{FieldKind, Internal},
    import::{ImportCounts, Mapping, Reading, RowProblem, Rules, propose},
    job::JobKind,
    lang::Lang,
    pool::Pool,
    profile::Profile,
    value::{Value, plain},
};
use futures::TryStreamExt as _;
use serde_json::json;
use server::{jobs::import, tabular, worker};
use store::{
    Reach, Store,
    jobs::NewJob,
    load::NewImport,
    testing::{NOW, Team, on_each_store},
};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// What came of a file.
pub(crate) struct Outcome {
    pub(crate) counts: ImportCounts,
    pub(crate) refusals: Vec<RowProblem>,
    pub(crate) left_out: Vec<String>,
}

/// Imports a file as the command line does.
pub(crate) async fn import(store: &Store, team: &Team, file: &[u8], key: Option<&str>) -> Outcome {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("upload.csv");
    std::fs::write(&path, file).unwrap();
    let reading = tabular::sniff_file(&path).unwrap();
    let pool = team.pool(store).await;
    let preview = tabular::preview(&path, &reading, 50).unwrap();
    let mapping = Mapping::proposed(&propose(&preview.headings, &preview.rows, &pool.fields));
    let rules = key.map_or_else(|| Rules::proposed(&mapping), |key| Rules::by(Some(key)));
    import::check(&pool, &preview.headings, &mapping, &rules, Lang::De).unwrap();
    let new = NewImport { file_name: "upload.csv".into(), path: path.to_string_lossy().into(), reading, mapping, rules, user: None };
    let id = store.create_import(team.client, pool.id, new, NOW).await.unwrap();
    let new = NewJob { kind: JobKind::Import, payload: json!({ "import": id }), created_by: None };
    let job = store.enqueue(team.client, new, NOW).await.unwrap();
    assert!(worker::run_job(store, folder.path().to_owned(), job, &CancellationToken::new()).await.unwrap());
    let job = store.job(team.client, job).await.unwrap();
    assert_eq!(job.error, None);
    let refusals = store.refusals(team.client, id).try_concat().await.unwrap();
    let left_out = serde_json::from_value(job.result.unwrap()["left_out"].clone()).unwrap();
    Outcome { counts: store.import(team.client, id).await.unwrap().counts, refusals, left_out }
}

/// `rows created updated unchanged refused`
pub(crate) fn counted(outcome: &Outcome) -> [u64; 5] {
    let c = outcome.counts;
    assert_eq!(c.rows, c.created + c.updated + c.unchanged + c.refused);
    [c.rows, c.created, c.updated, c.unchanged, c.refused]
}

/// Every profile, oldest first.
pub(crate) async fn profiles(store: &Store, team: &Team) -> Vec<Profile> {
    let pool = team.pool(store).await;
    let pairs = [("sort".to_owned(), "PROFILEID".to_owned())];
    let query = domain::list::ListQuery::from_pairs(pairs.into_iter());
    let chunks: Vec<_> = store.stream(Reach::whole(team.client), pool, query, Lang::De).try_collect().await.unwrap();
    chunks.into_iter().flatten().collect()
}

/// The named fields of a profile in machine form, `-` where there is nothing.
pub(crate) fn shown(pool: &Pool, profile: &Profile, keys: &[&str]) -> String {
    let cell = |key: &&str| {
        let field = pool.field(key).unwrap();
        profile.value(field.id).map_or("-".to_owned(), |v| plain(field, v))
    };
    keys.iter().map(cell).collect::<Vec<_>>().join("|")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_finds_its_profile_by_the_key_and_changes_only_what_differs() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let first = "E-Mail;Vorname;Name;Ort\nanna@example.com;Anna;Weber;Bern\nbo@example.com;Bo;Roth;\n;Ohne;Adresse;\n";
        assert_eq!(counted(&import(&store, &team, first.as_bytes(), None).await), [3, 3, 0, 0, 0]);
        let pool = team.pool(&store).await;
        let made = profiles(&store, &team).await;
        assert_eq!(shown(&pool, &made[0], &["EMAIL", "NAME", "PERMISSION"]), "anna@example.com|Weber|opt_out");
        assert_eq!(made[0].value(pool.internal(Internal::ChangeDate).unwrap().id), None);

        let second = "E-Mail;Name;Ort;Land\nANNA@example.com ;Weber;Bern;\nbo@example.com;Roth-Lang;;Schweiz\n";
        assert_eq!(counted(&import(&store, &team, second.as_bytes(), None).await), [2, 0, 1, 1, 0]);
        let now = profiles(&store, &team).await;
        assert_eq!(now[0], made[0]);
        assert_eq!(shown(&pool, &now[1], &["FIRSTNAME", "NAME", "COUNTRY", "CITY"]), "Bo|Roth-Lang|CH|-");
        assert_eq!(now[1].value(pool.internal(Internal::ChangeDate).unwrap().id), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_twice_in_a_file_makes_one_profile_and_the_later_row_counts() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let file = "E-Mail;Name\na@example.com;Eins\nA@EXAMPLE.com;Zwei\na@example.com;Zwei\n";
        assert_eq!(counted(&import(&store, &team, file.as_bytes(), Some("EMAIL")).await), [3, 1, 1, 1, 0]);
        let pool = team.pool(&store).await;
        assert_eq!(shown(&pool, &profiles(&store, &team).await[0], &["EMAIL", "NAME"]), "a@example.com|Zwei");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_wrong_row_is_refused_with_its_reason_and_stops_no_other() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let outcome = import(&store, &team, include_bytes!("data/alles-falsch.csv"), Some("EMAIL")).await;
        let lines: Vec<_> = outcome.refusals.iter().map(|p| format!("{} {} {}", p.row, p.column, p.reason.code())).collect();
        assert_eq!(
            lines,
            [
                "3  wrong_cell_count",
                "4  wrong_cell_count",
                "5 Geburtstag no_such_day",
                "6 E-Mail not_an_email",
                "7 E-Mail not_an_email",
                "14 Name nul_byte",
                "15 Name bad_encoding",
                "19 PLZ rounded_number",
                "20 Name too_long",
                "21  unclosed_quote",
            ]
        );
        // Anna, Leer, Doppelt (twice), Formel, Emoji, Zeile 2, Postleitzahl, Danach
        assert_eq!(counted(&outcome), [19, 8, 1, 0, 10]);
        assert_eq!(outcome.left_out, ["Name", "Kunde_seit"]);
        let pool = team.pool(&store).await;
        let all: Vec<_> = profiles(&store, &team).await.iter().map(|p| shown(&pool, p, &["FIRSTNAME", "NAME"])).collect();
        assert!(all.contains(&"=cmd|' /C calc'!A0|+49 30 1".to_owned()), "{all:?}");
        assert!(all.contains(&"Danach|Kommt".to_owned()) && all.contains(&"Doppelt|Zwei".to_owned()), "{all:?}");
        assert!(all.contains(&"Zeile 2|Mit \"Zitat\" und ; Semikolon".to_owned()), "{all:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_excel_hubspot_mailchimp_google_and_outlook_write_is_taken_over_whole() {
    on_each_store(async |store: Store| {
        for file in [
            &include_bytes!("data/kontakte-excel-cp1252.csv")[..],
            &include_bytes!("data/kontakte-excel-utf16.txt")[..],
            &include_bytes!("data/hubspot-contacts.csv")[..],
            &include_bytes!("data/mailchimp-audience.csv")[..],
            &include_bytes!("data/google-contacts.csv")[..],
            &include_bytes!("data/outlook-contacts.csv")[..],
        ] {
            let team = Team::found(&store, &format!("Nordwerk {}", file.len())).await;
            let outcome = import(&store, &team, file, None).await;
            assert_eq!(outcome.refusals, []);
            assert_eq!(counted(&outcome), [30, 30, 0, 0, 0]);
            assert_eq!(outcome.left_out.len(), 5, "{:?}", outcome.left_out);
            assert_eq!(counted(&import(&store, &team, file, None).await), [30, 0, 0, 30, 0]);
            let pool = team.pool(&store).await;
            for profile in profiles(&store, &team).await {
                for key in ["FIRSTNAME", "NAME", "STREET", "ZIP", "CITY", "STATE", "COUNTRY", "EMAIL", "PHONE"] {
                    assert!(matches!(profile.value(pool.field(key).unwrap().id), Some(Value::Text(_))), "{key}");
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_was_killed_goes_on_without_a_row_twice() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let rows: String = (0..48_000).map(|i| format!("Name {i};n{i}\"x;{}\n", if i % 100 == 0 { "31.02.1990" } else { "" })).collect();
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("upload.csv");
        std::fs::write(&path, format!("Name;Vorname;Geburtstag\n{rows}")).unwrap();
        let columns = ["NAME", "FIRSTNAME", "BIRTHDAY"].map(|c| Some(c.to_owned())).into();
        let new = NewImport {
            file_name: "upload.csv".into(),
            path: path.to_string_lossy().into(),
            reading: Reading { delimiter: ';', ..Reading::default() },
            mapping: Mapping { columns },
            rules: Rules::default(),
            user: None,
        };
        let id = store.create_import(team.client, team.pool, new, NOW).await.unwrap();
        let new = NewJob { kind: JobKind::Import, payload: json!({ "import": id }), created_by: None };
        let job = store.enqueue(team.client, new, NOW).await.unwrap();
        // Each start is told to end at once: it does one batch and gives the job back.
        for rows in [20_000, 40_000] {
            let stop = CancellationToken::new();
            stop.cancel();
            assert!(worker::run_job(&store, folder.path().to_owned(), job, &stop).await.unwrap());
            assert_eq!(store.import(team.client, id).await.unwrap().counts.rows, rows);
        }
        assert!(worker::run_job(&store, folder.path().to_owned(), job, &CancellationToken::new()).await.unwrap());
        let counts = store.import(team.client, id).await.unwrap().counts;
        assert_eq!(counts, ImportCounts { rows: 48_000, created: 47_520, refused: 480, ..ImportCounts::default() });
        let result = store.job(team.client, job).await.unwrap().result.unwrap();
        assert_eq!(result["created"], 47_520);
        let pool = team.pool(&store).await;
        let names: std::collections::HashSet<_> = profiles(&store, &team).await.iter().map(|p| shown(&pool, p, &["NAME"])).collect();
        assert_eq!(names.len(), 47_520);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_import_stops_after_its_batch_and_keeps_what_it_loaded() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("uploads")).unwrap();
        let path = folder.path().join("uploads/upload.csv");
        std::fs::write(&path, "Name\n".to_owned() + &"Weber\n".repeat(21_000)).unwrap();
        let mapping = Mapping { columns: vec![Some("NAME".into())] };
        let new = NewImport {
            file_name: "upload.csv".into(),
            path: path.to_string_lossy().into(),
            reading: Reading::default(),
            mapping,
            rules: Rules::default(),
            user: None,
        };
        let id = store.create_import(team.client, team.pool, new, NOW).await.unwrap();
        let new = NewJob { kind: JobKind::Import, payload: json!({ "import": id }), created_by: None };
        let job = store.enqueue(team.client, new, NOW).await.unwrap();
        let stop = CancellationToken::new();
        stop.cancel();
        worker::run_job(&store, folder.path().to_owned(), job, &stop).await.unwrap();
        assert!(path.exists(), "an interrupted import needs its file");
        store.cancel(team.client, job, NOW).await.unwrap();
        assert!(!worker::run_job(&store, folder.path().to_owned(), job, &CancellationToken::new()).await.unwrap());
        assert_eq!(store.import(team.client, id).await.unwrap().counts.created, 20_000);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_with_an_option_that_does_not_exist_is_refused_with_its_reason() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        for (label, kind) in [("Farbe", FieldKind::Selection), ("Themen", FieldKind::MultiSelection)] {
            let field = team.field(&store, label, kind).await;
            store.add_options(team.client, team.pool, field, &["Blau".to_owned(), "Rot".to_owned()]).await.unwrap();
        }
        let file = "Name;Farbe;Themen\nEins;blau;Rot|Blau\nZwei;Grün;Rot\nDrei;Rot;Rot|Gelb\nVier;;\n";
        let outcome = import(&store, &team, file.as_bytes(), None).await;
        assert_eq!(counted(&outcome), [4, 2, 0, 0, 2]);
        let lines: Vec<_> = outcome.refusals.iter().map(|p| format!("{} {} {} {}", p.row, p.column, p.value, p.reason.code())).collect();
        assert_eq!(lines, ["3 Farbe Grün unknown_option", "4 Themen Rot|Gelb unknown_option"]);
        assert!(outcome.refusals[0].reason.message(Lang::De).contains("Grün"));
        assert!(outcome.refusals[1].reason.message(Lang::En).contains("Gelb"));
        let pool = team.pool(&store).await;
        let all: Vec<_> = profiles(&store, &team).await.iter().map(|p| shown(&pool, p, &["NAME", "FARBE", "THEMEN"])).collect();
        assert_eq!(all, ["Eins|Blau|Blau|Rot", "Vier|-|-"]);
        assert_eq!(pool.field("FARBE").unwrap().options.len(), 2, "an import makes no options");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_without_rows_imports_nothing_and_says_so() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        assert_eq!(counted(&import(&store, &team, b"E-Mail;Name\r\n", None).await), [0; 5]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_key_column_is_told_before_anything_changes() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let pool = team.pool(&store).await;
        let headings = ["Vorname", "Name"].map(str::to_owned);
        let mapping = Mapping { columns: vec![Some("FIRSTNAME".into()), Some("NAME".into())] };
        let error = import::check(&pool, &headings, &mapping, &Rules::by(Some("EMAIL")), Lang::De).unwrap_err();
        assert_eq!(error.code(), "missing_key_column");
        assert_eq!(
            error.message(Lang::De),
            "Die Datei hat keine Spalte für „E-Mail“, woran vorhandene Profile erkannt werden sollen. Ihre Spalten: Vorname, Name."
        );
        let code = |columns: [&str; 2], key: Option<&str>| {
            let columns = columns.map(|c| Some(c.to_owned()).filter(|c| !c.is_empty())).into();
            import::check(&pool, &headings, &Mapping { columns }, &Rules::by(key), Lang::En).map_err(|e| e.code())
        };
        assert_eq!(code(["NAME", "NAME"], None), Err("field_twice"));
        assert_eq!(code(["NAME", "PERMISSION"], None), Ok(()), "which by itself only lets it fall");
        assert_eq!(code(["NAME", "UNSUBSCRIBE_DATE"], None), Err("not_importable"));
        assert_eq!(code(["NAME", "CHANGE_IP"], None), Err("not_importable"));
        assert_eq!(code(["NAME", "NOSUCH"], None), Err("unknown_field"));
        assert_eq!(code(["", ""], None), Err("nothing_mapped"));
        assert_eq!(code(["NAME", "NOTRACKING"], Some("NOTRACKING")), Err("no_key"));
        assert_eq!(code(["NAME", "PROFILEID"], Some("PROFILEID")), Ok(()));
    })
    .await;
}
