//! A list goes out as a file, and comes back without changing anything.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use domain::{
    export::{Csv, Delimiter, Encoding, Format, LineEnd, Wish, harmless},
    field::{FieldDef, FieldKind},
    history::Actor,
    import::{Mapping, Reading, importable},
    job::JobKind,
    lang::Lang,
    pool::Pool,
    profile::{Draft, Profile},
    time::Zone,
    value::{DateOrder, ParseContext, Value, parse, plain},
};
use futures::TryStreamExt as _;
use proptest::{
    prelude::*,
    sample::{select, subsequence},
    strategy::ValueTree as _,
    test_runner::TestRunner,
};
use serde_json::{Value as Json, json};
use server::{demo, export::Export, worker};
use store::{
    Reach, Store,
    jobs::NewJob,
    load::NewImport,
    testing::{NOW, Team, on_each_store},
};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::import::{counted, import, profiles, shown};

/// The file that an address wishes.
async fn file(store: &Store, team: &Team, pairs: &[(&str, &str)], lang: Lang) -> Vec<u8> {
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let wish = Wish::from_pairs(&pairs, &Wish::default()).unwrap();
    let export = Export::new(Reach::whole(team.client), team.pool(store).await, wish, None, lang).unwrap();
    let folder = TempDir::new().unwrap();
    let pieces: Vec<_> = export.pieces(store, folder.path()).await.unwrap().try_collect().await.unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing stays about");
    pieces.concat()
}

async fn text(store: &Store, team: &Team, pairs: &[(&str, &str)], lang: Lang) -> String {
    String::from_utf8(file(store, team, pairs, lang).await).unwrap()
}

const EXCEL: &[(&str, &str)] = &[("dialect", "excel")];

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_is_imported_again_changes_nothing() {
    on_each_store(async |store: Store| {
        let mut team = Team::found(&store, "Nordwerk").await;
        team.pool = demo::load(&store, team.client, 700, 5, NOW).await.unwrap();
        team.field(&store, "Termin", FieldKind::DateTime).await;
        team.field(&store, "Punkte", FieldKind::Integer).await;
        let odd = "E-Mail;Name;Termin;Punkte;Straße\n\
            odd@example.com;=1+1;31.12.2025 23:59:58;-1.234;@SUM(A1)\n\
            odd2@example.com;'-2;28.10.2029 02:30;7;-+tel\n\
            ;Zwilling;;;\n;Zwilling;;;\n";
        assert_eq!(counted(&import(&store, &team, odd.as_bytes(), None).await), [4, 4, 0, 0, 0]);
        let before = profiles(&store, &team).await;
        let pool = team.pool(&store).await;
        assert!(before.iter().any(|p| shown(&pool, p, &["NAME", "PUNKTE", "STREET"]) == "=1+1|-1234|@SUM(A1)"));
        for (pairs, lang) in [(&[][..], Lang::De), (EXCEL, Lang::De), (EXCEL, Lang::En)] {
            let exported = file(&store, &team, pairs, lang).await;
            let outcome = import(&store, &team, &exported, None).await;
            assert_eq!(outcome.refusals, [], "{pairs:?} {lang:?}");
            assert_eq!(counted(&outcome), [704, 0, 0, 704, 0], "{pairs:?} {lang:?}");
        }
        assert_eq!(profiles(&store, &team).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_for_excel_speaks_the_readers_language_and_the_plain_one_that_of_programs() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let list = "E-Mail;Anrede;Name;Geburtstag;Land;Bundesland\na@example.com;Frau;=x;31.12.1990;CH;Tessin\n";
        import(&store, &team, list.as_bytes(), None).await;
        let german = text(&store, &team, EXCEL, Lang::De).await;
        assert!(german.starts_with("\u{feff}Profil-ID;") || german.contains(";Profil-ID;"), "{german}");
        for part in ["\r\n", "\nFrau;", ";'=x;", ";31.12.1990;", ";Schweiz;", ";Tessin;"] {
            assert!(german.contains(part), "{part} in {german}");
        }
        let english = text(&store, &team, &[("dialect", "excel"), ("lang", "en")], Lang::De).await;
        for part in ["\nMs;", ";Switzerland;", ";Ticino;"] {
            assert!(english.contains(part), "{part} in {english}");
        }
        let plain = text(&store, &team, &[], Lang::De).await;
        for part in ["SALUTATION,", "\nfemale,", ",1990-12-31,", ",CH,", ",CH-TI,", ",'=x,"] {
            assert!(plain.contains(part), "{part} in {plain}");
        }
        assert_eq!(harmless("+49 30 1"), "+49 30 1");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_another_pool_overwrites_nobody() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        import(&store, &team, b"E-Mail;Name\na@example.com;Alt\n;Ohne\n", None).await;
        let pool = team.pool(&store).await;
        let ids: Vec<_> = profiles(&store, &team).await.iter().map(|p| p.id).collect();
        let list = format!("PROFILEID;E-Mail;Name\n{};b@example.com;Neu\n{};;Andere\n{};;Ohne\n", ids[0], ids[1], ids[1]);
        assert_eq!(counted(&import(&store, &team, list.as_bytes(), None).await), [3, 2, 0, 1, 0]);
        assert_eq!(shown(&pool, &profiles(&store, &team).await[0], &["EMAIL", "NAME"]), "a@example.com|Alt");
        let list = format!("PROFILEID;Name\n{};Umbenannt\n", ids[1]);
        assert_eq!(counted(&import(&store, &team, list.as_bytes(), Some("PROFILEID")).await), [1, 0, 1, 0, 0]);
    })
    .await;
}

/// Options whose names look like something else.
const LABELS: [&str; 8] = ["Rot", "Blau|Grün", "a\\b", "x, y", "=1+1", "Eis; Kuchen", "'zitat'", "\"ja\""];

/// A pool with a field of each type that people can choose.
async fn with_every_type(store: &Store, name: &str) -> Team {
    let team = Team::found(store, name).await;
    for kind in FieldKind::ALL.into_iter().filter(|kind| kind.offered()) {
        let field = team.field(store, &format!("Eigen {}", kind.code()), kind).await;
        if matches!(kind, FieldKind::Selection | FieldKind::MultiSelection) {
            store.add_options(team.client, team.pool, field, &LABELS.map(str::to_owned)).await.unwrap();
        }
    }
    team
}

/// Something to type into a field.
fn typed(kind: FieldKind) -> BoxedStrategy<String> {
    let nasty = [
        "=1+1",
        "'x",
        "''=x",
        "-",
        "--",
        "@SUM(A1)",
        "+49 30 1",
        "1e5",
        "0",
        "00123",
        "a;b,c\td",
        "\"",
        "\"\"x",
        "null",
        "🦀 krabbe",
        "שלום",
        "&lt;",
        "\\",
        "x|y",
    ];
    let text = || prop_oneof![select(nasty.to_vec()).prop_map(str::to_owned), ".{0,40}", "[ -~]{0,20}"];
    let labels = || subsequence(LABELS.to_vec(), 1..4).prop_shuffle();
    match kind {
        FieldKind::MultiLine => (text(), text(), text()).prop_map(|(a, b, c)| format!("{a}\n{b}\n\n\t{c}")).boxed(),
        FieldKind::Selection => select(LABELS.to_vec()).prop_map(str::to_owned).boxed(),
        FieldKind::MultiSelection => labels()
            .prop_map(|labels| labels.iter().map(|label| label.replace('\\', "\\\\").replace('|', "\\|")).collect::<Vec<_>>().join("|"))
            .boxed(),
        FieldKind::Postcode => "[0-9]{5}|[A-Z]{1,2}[0-9] [0-9][A-Z]{2}|[0-9]{4}".boxed(),
        FieldKind::Email => "[a-z0-9.+]{1,8}@[a-z0-9]{1,6}\\.example".boxed(),
        FieldKind::Date => "[0-9]{4}-[01][0-9]-[0-3][0-9]".boxed(),
        FieldKind::DateTime => "[0-9]{4}-[01][0-9]-[0-2][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{3})?Z".boxed(),
        FieldKind::Boolean => "ja|nein".boxed(),
        FieldKind::Integer => "-?[0-9]{1,18}".boxed(),
        FieldKind::Country => "DE|AT|CH|FR|US".boxed(),
        FieldKind::State => "DE-BE|DE-BY|AT-9|CH-TI|US-NY".boxed(),
        FieldKind::MobilePrefix => "\\+4915[0-9]|\\+4917[0-9]".boxed(),
        FieldKind::Salutation => "Frau|Herr|Firma".boxed(),
        FieldKind::Language => "de|en|fr|it".boxed(),
        _ => text().boxed(),
    }
}

/// Profiles with whatever fits into a pool; about a third of the fields is empty.
fn people(pool: &Pool, n: usize) -> Vec<Draft> {
    let mut runner = TestRunner::deterministic();
    let mut value_of = |field: &FieldDef, country: Option<&str>| {
        let mut draw = |strategy: BoxedStrategy<String>| strategy.new_tree(&mut runner).unwrap().current();
        let filled = draw("[abc]".boxed()) != "c";
        let cx = ParseContext { lang: Lang::De, zone: &Zone::UTC, date_order: DateOrder::Ymd, country_hint: country };
        filled.then(|| parse(field, &draw(typed(field.kind)), &cx).ok().flatten()).flatten()
    };
    let home = pool.field("COUNTRY").unwrap();
    let mut one = |_: usize| {
        let country = value_of(home, None);
        let code = match &country {
            Some(Value::Text(code)) => Some(code.clone()),
            _ => None,
        };
        let mut values: Vec<_> = country.into_iter().map(|country| (home.id, country)).collect();
        for field in pool.fields.iter().filter(|field| importable(field) && field.id != home.id) {
            values.extend(value_of(field, code.as_deref()).map(|value| (field.id, value)));
        }
        Draft { values }
    };
    (0..n).map(&mut one).filter(|draft| !draft.values.is_empty()).collect()
}

/// Imports a table whose columns are those of the pool, in their order, into a pool where nobody is looked for.
async fn bring(store: &Store, team: &Team, table: &[u8], reading: Reading) -> [u64; 5] {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("upload.csv");
    std::fs::write(&path, table).unwrap();
    let pool = team.pool(store).await;
    let columns = pool.fields.iter().map(|field| importable(field).then(|| field.key.clone())).collect();
    let new = NewImport {
        file_name: "upload.csv".into(),
        path: path.to_string_lossy().into(),
        reading,
        mapping: Mapping { columns },
        rules: domain::import::Rules::default(),
        user: None,
    };
    let id = store.create_import(team.client, pool.id, new, NOW).await.unwrap();
    let new = NewJob { kind: JobKind::Import, payload: json!({ "import": id }), created_by: None };
    let job = store.enqueue(team.client, new, NOW).await.unwrap();
    assert!(worker::run_job(store, folder.path().to_owned(), job, &CancellationToken::new()).await.unwrap());
    let refusals = store.refusals(team.client, id).try_concat().await.unwrap();
    assert_eq!(refusals, []);
    let c = store.import(team.client, id).await.unwrap().counts;
    [c.rows, c.created, c.updated, c.unchanged, c.refused]
}

/// What an import can bring, in the form of programs.
fn told(pool: &Pool, profile: &Profile) -> Vec<(String, String)> {
    let fields = pool.fields.iter().filter(|field| importable(field));
    fields.filter_map(|field| Some((field.key.clone(), plain(field, profile.value(field.id)?)))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_export_makes_the_same_pool_of_an_empty_one_whatever_its_values() {
    on_each_store(async |store: Store| {
        let team = with_every_type(&store, "Nordwerk").await;
        let pool = team.pool(&store).await;
        let drafts = people(&pool, 150);
        let n = drafts.len() as u64;
        assert!(n > 140);
        for draft in drafts {
            store.create_profile(&Reach::whole(team.client), &pool, draft, &Actor::System, NOW).await.unwrap();
        }
        let before: Vec<_> = profiles(&store, &team).await.iter().map(|profile| told(&pool, profile)).collect();
        let dialects = [
            (vec![], Lang::De),
            (vec![("delimiter", "tab"), ("encoding", "utf8_bom"), ("line_end", "lf")], Lang::De),
            (vec![("zone", "Asia/Kolkata")], Lang::De),
            (vec![("dialect", "excel")], Lang::De),
            (vec![("dialect", "excel"), ("lang", "en"), ("delimiter", "comma")], Lang::En),
        ];
        for (nth, (mut pairs, lang)) in dialects.into_iter().enumerate() {
            pairs.push(("sort", "PROFILEID"));
            let table = file(&store, &team, &pairs, lang).await;
            let empty = with_every_type(&store, &format!("Südwerk {nth}")).await;
            let delimiter = if nth == 1 {
                '\t'
            } else if nth == 3 {
                ';'
            } else {
                ','
            };
            let reading = Reading { delimiter, ..Reading::default() };
            assert_eq!(bring(&store, &empty, &table, reading).await, [n, n, 0, 0, 0], "{pairs:?}");
            let there = empty.pool(&store).await;
            let after: Vec<_> = profiles(&store, &empty).await.iter().map(|profile| told(&there, profile)).collect();
            for (was, is) in before.iter().zip(&after) {
                assert_eq!(was, is, "{pairs:?}");
            }
            assert_eq!(before.len(), after.len());
        }
    })
    .await;
}

/// Two people, one of whom has everything.
async fn two(store: &Store) -> Team {
    let team = Team::found(store, "Nordwerk").await;
    let field = team.field(store, "Themen", FieldKind::MultiSelection).await;
    store.add_options(team.client, team.pool, field, &["Kunst & Musik".to_owned(), "Sport".to_owned()]).await.unwrap();
    team.field(store, "Punkte", FieldKind::Integer).await;
    team.field(store, "Aktiv", FieldKind::Boolean).await;
    team.field(store, "Notiz", FieldKind::MultiLine).await;
    let list = "E-Mail;Vorname;Name;Geburtstag;Land;Ort;Straße;PLZ;Themen;Punkte;Aktiv;Notiz\n\
        anna@example.com;Anna;Müller, Dr.;31.12.1990;CH;Bern;\"Weg 1; Hof\";3000;Sport|Kunst & Musik;-7;ja;\"eins\nzwei <b>\"\n\
        ;;=1+1;;;;;;;;;\n";
    assert_eq!(counted(&import(store, &team, list.as_bytes(), None).await), [2, 2, 0, 0, 0]);
    team
}

const COLUMNS: (&str, &str) = ("columns", "NAME,BIRTHDAY,COUNTRY,THEMEN,PUNKTE,AKTIV,NOTIZ");

#[tokio::test(flavor = "multi_thread")]
async fn json_has_values_of_their_type_in_one_list_or_in_lines() {
    on_each_store(async |store: Store| {
        let team = two(&store).await;
        let expected = [
            json!({"NAME": "Müller, Dr.", "BIRTHDAY": "1990-12-31", "COUNTRY": "CH", "THEMEN": ["Kunst & Musik", "Sport"], "PUNKTE": -7,
                "AKTIV": true, "NOTIZ": "eins\nzwei <b>"}),
            json!({"NAME": "=1+1"}),
        ];
        let list = text(&store, &team, &[("format", "json"), ("sort", "PROFILEID"), COLUMNS], Lang::De).await;
        assert_eq!(serde_json::from_str::<Vec<Json>>(&list).unwrap(), expected);
        let lines = text(&store, &team, &[("format", "ndjson"), ("sort", "PROFILEID"), COLUMNS], Lang::De).await;
        let lines: Vec<Json> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, expected);
        let words =
            text(&store, &team, &[("format", "ndjson"), ("values", "labels"), ("q", "anna"), ("in", "FIRSTNAME"), COLUMNS], Lang::De).await;
        let words: Json = serde_json::from_str(&words).unwrap();
        assert_eq!((&words["Land"], &words["Punkte"], &words["Aktiv"]), (&json!("Schweiz"), &json!(-7), &json!(true)));
        let none = text(&store, &team, &[("format", "json"), ("q", "nobody")], Lang::De).await;
        assert!(serde_json::from_str::<Vec<Json>>(&none).unwrap().is_empty(), "{none}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn xml_is_well_formed_and_has_the_internal_names() {
    on_each_store(async |store: Store| {
        let team = two(&store).await;
        let document = text(&store, &team, &[("format", "xml"), ("sort", "PROFILEID"), COLUMNS], Lang::De).await;
        let mut reader = quick_xml::Reader::from_str(&document);
        let mut elements = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(start) => elements.push(start.name().0.to_owned()),
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        let first = ["profiles", "profile", "NAME", "BIRTHDAY", "COUNTRY", "THEMEN", "option", "option", "PUNKTE", "AKTIV", "NOTIZ"];
        assert_eq!(elements[..first.len()], first);
        assert_eq!(elements[first.len()..], ["profile", "NAME"]);
        for part in ["<NAME>Müller, Dr.</NAME>", "<option>Kunst &amp; Musik</option>", "<NOTIZ>eins\nzwei &lt;b&gt;</NOTIZ>"] {
            assert!(document.contains(part), "{part} in {document}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_have_what_address_books_read_and_the_rest_behind_names_of_our_own() {
    on_each_store(async |store: Store| {
        let team = two(&store).await;
        let cards = text(&store, &team, &[("format", "vcard"), ("sort", "PROFILEID")], Lang::De).await;
        let cards = cards.replace("\r\n ", "");
        for line in [
            "VERSION:4.0",
            "FN:Anna Müller\\, Dr.",
            "N:Müller\\, Dr.;Anna;;;",
            "EMAIL:anna@example.com",
            "ADR:;;Weg 1\\; Hof;Bern;;3000;Schweiz",
            "BDAY:19901231",
            "X-LAGUNE-PUNKTE:-7",
            "X-LAGUNE-NOTIZ:eins\\nzwei <b>",
            "FN:=1+1",
        ] {
            assert!(cards.split("\r\n").any(|one| one == line), "{line} in {cards}");
        }
        assert_eq!(cards.matches("BEGIN:VCARD\r\n").count(), 2);
        assert_eq!(cards.matches("END:VCARD\r\n").count(), 2);
        let few = text(&store, &team, &[("format", "vcard"), ("columns", "EMAIL"), ("values", "labels")], Lang::De).await;
        assert!(!few.contains("Müller") && few.contains("FN:anna@example.com"), "{few}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_for_excel_has_cells_of_their_type() {
    on_each_store(async |store: Store| {
        let team = two(&store).await;
        let bytes = file(&store, &team, &[("format", "xlsx"), ("values", "labels"), ("sort", "PROFILEID"), COLUMNS], Lang::De).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["Profile"]);
        let range = book.worksheet_range("Profile").unwrap();
        let rows: Vec<&[Data]> = range.rows().collect();
        let words = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
        assert_eq!(words(rows[0]), "Name|Geburtstag|Land|Themen|Punkte|Aktiv|Notiz");
        assert!(matches!(&rows[1][1], Data::DateTime(day) if day.as_f64() == 33_238.0), "{:?}", rows[1][1]);
        assert_eq!(
            rows[1][2..6],
            [Data::String("Schweiz".into()), Data::String("Kunst & Musik|Sport".into()), Data::Float(-7.0), Data::Bool(true)]
        );
        assert_eq!(rows[2][0], Data::String("=1+1".into()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_as_text_is_written_in_the_chosen_dialect() {
    on_each_store(async |store: Store| {
        let team = two(&store).await;
        let columns = ("columns", "NAME,CITY");
        let old = [("encoding", "windows1252"), ("delimiter", "tab"), ("line_end", "lf"), ("sort", "PROFILEID"), columns];
        assert_eq!(file(&store, &team, &old, Lang::De).await, b"NAME\tCITY\nM\xfcller, Dr.\tBern\n'=1+1\t\n");
        let open = [("guard", "off"), ("sort", "PROFILEID"), columns];
        assert_eq!(text(&store, &team, &open, Lang::De).await, "NAME,CITY\r\n\"Müller, Dr.\",Bern\r\n=1+1,\r\n");
        let form = Wish::from_pairs(&old.map(|(name, value)| (name.to_owned(), value.to_owned())), &Wish::default()).unwrap().form;
        let dialect = Csv { delimiter: Delimiter::Tab, encoding: Encoding::Windows1252, line_end: LineEnd::Lf, guard: true };
        assert_eq!(form.format, Format::Csv(dialect));
        assert_eq!(text(&store, &team, &[("columns", "CITY"), ("filter", "NAME:is:=1+1")], Lang::De).await, "CITY\r\n\"\"\r\n");
        let ids = text(&store, &team, &[("columns", "THEMEN"), ("values", "ids"), ("q", "anna"), ("in", "FIRSTNAME")], Lang::De).await;
        let pool = team.pool(&store).await;
        let options: Vec<String> = pool.field("THEMEN").unwrap().options.iter().map(|option| option.id.to_string()).collect();
        assert_eq!(ids, format!("THEMEN\r\n{}\r\n", options.join("|")));
    })
    .await;
}
