//! One list in every kind of file makes the same profiles; files that mean harm leave the server standing.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use rust_xlsxwriter::{Format, Workbook};
use serde_json::json;
use store::{
    Store,
    db::Engine,
    testing::{Team, on_each_store},
};
use zip::{CompressionMethod, write::SimpleFileOptions};

use crate::{
    import::{counted, import, profiles, shown},
    support::{TestApp, on_each_server},
};

const HEADINGS: [&str; 7] = ["Vorname", "Nachname", "E-Mail", "PLZ", "Ort", "Land", "Geburtstag"];
const FIELDS: [&str; 7] = ["FIRSTNAME", "NAME", "EMAIL", "ZIP", "CITY", "COUNTRY", "BIRTHDAY"];
/// With days as they are counted from 1900.
const PEOPLE: [([&str; 7], f64); 3] = [
    (["Änne", "Müller & Söhne", "aenne@example.com", "01067", "Dresden", "Deutschland", "1990-12-31"], 33_238.0),
    (["Zoë", "Groß", "zoe@example.com", "8001", "Zürich", "Schweiz", "1984-07-03"], 30_866.0),
    (["Jörg", "O\"Neil; d´Angelo", "joerg@example.com", "1010", "Wien", "Österreich", "2000-02-29"], 36_585.0),
];

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn csv() -> String {
    let mut list = HEADINGS.join(";") + "\r\n";
    for (cells, _) in PEOPLE {
        let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        writeln!(list, "{}\r", quoted.join(";")).unwrap();
    }
    list
}

/// Dates as days and postcodes as numbers, as people type them; a title above.
fn xlsx() -> Vec<u8> {
    let (day, five) = (Format::new().set_num_format("dd.mm.yyyy"), Format::new().set_num_format("00000"));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Unsere Kunden").unwrap();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(2, column, heading).unwrap();
    }
    for (row, (cells, serial)) in (3..).zip(PEOPLE) {
        for (column, cell) in (0..).zip(cells) {
            match column {
                3 if cell.starts_with('0') => sheet.write_number_with_format(row, column, cell.parse::<f64>().unwrap(), &five).unwrap(),
                3 => sheet.write_number(row, column, cell.parse::<f64>().unwrap()).unwrap(),
                6 => sheet.write_number_with_format(row, column, serial, &day).unwrap(),
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    book.add_worksheet().set_name("Notizen").unwrap().write_string(0, 0, "nichts").unwrap();
    book.save_to_buffer().unwrap()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn ods() -> Vec<u8> {
    let text = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>", escaped(text));
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let mut rows = row(HEADINGS.map(text).concat());
    for (cells, _) in PEOPLE {
        let day = format!(
            "<table:table-cell office:value-type=\"date\" office:date-value=\"{}\"><text:p>x</text:p></table:table-cell>",
            cells[6]
        );
        rows += &row(cells[..6].iter().map(|cell| text(cell)).collect::<String>() + &day);
    }
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// An old workbook, its texts in the cells themselves.
fn xls() -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat();
    let cell = |row: u16, column: u16, text: &str| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut data: Vec<u8> = [row, column, 0, u16::try_from(units.len()).unwrap()].iter().flat_map(|n| n.to_le_bytes()).collect();
        data.push(1);
        data.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        record(0x0204, &data)
    };
    let mut cells = Vec::new();
    let rows = [HEADINGS].into_iter().chain(PEOPLE.map(|(cells, _)| cells));
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(texts) {
            cells.extend(cell(row, column, text));
        }
    }
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let sheet = |at: usize| record(0x0085, &[&u32::try_from(at).unwrap().to_le_bytes()[..], &[0, 0, 1, 0], b"A"].concat());
    let at = begin.len() + sheet(0).len() + end.len();
    let stream = [begin.clone(), sheet(at), end.clone(), begin, cells, end].concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn html() -> String {
    let row =
        |sign: &str, cells: [&str; 7]| format!("<tr>{}</tr>", cells.map(|cell| format!("<{sign}>{}</{sign}>", escaped(cell))).concat());
    let rows = PEOPLE.map(|(cells, _)| row("td", cells)).concat();
    format!("<html><head><meta charset=utf-8></head><body><table>{}{rows}</table></body></html>", row("th", HEADINGS))
}

fn objects() -> Vec<String> {
    let object = |(cells, _): ([&str; 7], f64)| {
        let pairs = HEADINGS.iter().zip(cells).map(|(heading, cell)| format!("{}:{}", json!(heading), json!(cell)));
        format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
    };
    PEOPLE.map(object).into()
}

fn cards() -> String {
    let card = |([first, last, mail, zip, city, country, birthday], _): ([&str; 7], f64)| {
        let last = last.replace(';', "\\;");
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{last};{first};;;\r\nEMAIL;TYPE=work:{mail}\r\nADR:;;;{city};;{zip};{country}\r\nBDAY:{birthday}\r\nEND:VCARD\r\n"
        )
    };
    PEOPLE.map(card).concat()
}

fn xml() -> String {
    let names = ["vorname", "nachname", "email", "plz", "ort", "land", "geburtstag"];
    let row = |(cells, _): ([&str; 7], f64)| {
        let inner: String = names.iter().zip(cells).map(|(name, cell)| format!("<{name}>{}</{name}>", escaped(cell))).collect();
        format!("<kontakt>{inner}</kontakt>")
    };
    format!("<?xml version=\"1.0\"?>\n<kontakte>\n{}\n</kontakte>", PEOPLE.map(row).join("\n"))
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let json = format!("{{\"kontakte\":[{}]}}", objects().join(","));
    vec![
        ("csv", csv().into_bytes()),
        ("xlsx", xlsx()),
        ("xls", xls()),
        ("ods", ods()),
        ("html", html().into_bytes()),
        ("json", json.into_bytes()),
        ("ndjson", objects().join("\n").into_bytes()),
        ("vcard", cards().into_bytes()),
        ("xml", xml().into_bytes()),
        ("csv.gz", gzip(csv().as_bytes())),
        ("csv.zip", archive(&[("kontakte.csv", csv().as_bytes())])),
        ("xlsx.zip", archive(&[("kontakte.xlsx", &xlsx())])),
        ("json.gz", gzip(objects().join("\n").as_bytes())),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn one_list_makes_the_same_profiles_from_every_kind_of_file() {
    on_each_store(async |store: Store| {
        let expected = [
            "Änne|Müller & Söhne|aenne@example.com|01067|Dresden|DE|1990-12-31",
            "Zoë|Groß|zoe@example.com|8001|Zürich|CH|1984-07-03",
            "Jörg|O\"Neil; d´Angelo|joerg@example.com|1010|Wien|AT|2000-02-29",
        ];
        for (kind, file) in files() {
            let team = Team::found(&store, &format!("Nordwerk {kind}")).await;
            let outcome = import(&store, &team, &file, Some("EMAIL")).await;
            assert_eq!(outcome.refusals, [], "{kind}");
            assert_eq!(counted(&outcome), [3, 3, 0, 0, 0], "{kind}");
            let pool = team.pool(&store).await;
            let made: Vec<String> = profiles(&store, &team).await.iter().map(|profile| shown(&pool, profile, &FIELDS)).collect();
            assert_eq!(made, expected, "{kind}");
            assert_eq!(counted(&import(&store, &team, &file, Some("EMAIL")).await), [3, 0, 0, 3, 0], "{kind} again");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cells_that_a_spreadsheet_has_spoilt_are_refused_with_their_reason() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let file = "Name;Telefon;Ort\nWeber;4,91511E+12;Bern\nRoth;0301234;#NV\nMaier;0301235;Köln\n";
        let outcome = import(&store, &team, file.as_bytes(), None).await;
        let lines: Vec<_> = outcome.refusals.iter().map(|p| format!("{} {} {}", p.row, p.column, p.reason.code())).collect();
        assert_eq!(lines, ["2 Telefon rounded_number", "3 Ort formula_error"]);
        assert_eq!(counted(&outcome), [3, 1, 0, 0, 2]);
    })
    .await;
}

/// Sends a file to REST; the job's end, or the refusal.
fn send(app: &TestApp, pool: i64, query: &str, body: &[u8], status: u16) -> serde_json::Value {
    let call = app.api("POST", &format!("/pools/{pool}/imports?key=EMAIL&{query}")).header("content-type", "application/octet-stream");
    let answer = call.body(body).send().expect(status).json();
    if status != 202 {
        return answer;
    }
    let job = app.job_done(answer["job"].as_i64().unwrap());
    assert_eq!(job["state"], "done", "{job}");
    app.api("GET", &format!("/imports/{}", answer["import"])).send().expect(200).json()["counts"].clone()
}

#[tokio::test]
async fn a_sheet_and_the_row_of_its_headings_are_chosen_by_rest_and_by_the_command_line() {
    on_each_server(async |app| {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Info").unwrap().write_string(0, 0, "E-Mail").unwrap().write_string(1, 0, "x").unwrap();
        let sheet = book.add_worksheet().set_name("Kontakte").unwrap();
        for (row, cells) in (0..).zip([["E-Mail", "Name"], ["E-Mail", "Ort"], ["anna@example.com", "Bern"]]) {
            sheet.write_string(row, 0, cells[0]).unwrap().write_string(row, 1, cells[1]).unwrap();
        }
        let file = book.save_to_buffer().unwrap();
        let pool = app.create_pool("Kunden");
        let one = json!({"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "refused": 0, "skipped": 0});
        assert_eq!(send(app, pool, "sheet=Kontakte&header_row=2", &file, 202), one);
        assert_eq!(send(app, pool, "sheet=2&header_row=2", &file, 202)["unchanged"], 1);
        assert_eq!(send(app, pool, "sheet=Nirgends", &file, 422)["code"], "no_such_part");
        let profile = app.api("GET", &format!("/pools/{pool}/profiles?page_size=10")).send().expect(200).text();
        assert!(profile.contains("Bern"), "{profile}");

        let path = app.file("kontakte.xlsx", &file);
        let path = path.to_str().unwrap();
        let said =
            app.lagune(&["import", "--pool", "Kunden", path, "--key", "EMAIL", "--sheet", "Kontakte", "--header-row", "2", "--json"]);
        assert_eq!(said, r#"{"rows":1,"created":0,"updated":0,"unchanged":1,"refused":0,"skipped":0}"#);

        let two = archive(&[("a.csv", b"Name\nWeber\n"), ("b.csv", b"E-Mail\nbo@example.com\n")]);
        assert_eq!(send(app, pool, "file=b.csv", &two, 202), one);
    })
    .await;
}

#[tokio::test]
async fn files_that_mean_harm_are_refused_and_the_server_stays() {
    let app = TestApp::start(Engine::Sqlite, &[]).await;
    let pool = app.create_pool("Kunden");
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = |texts: &str, sheet: &str| {
        archive(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", br#"<workbook><sheets><sheet name="A" r:id="a"/></sheets></workbook>"#),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    r#"<Relationships><Relationship Id="a" Type="{relation}/worksheet" Target="a.xml"/><Relationship Id="b" Type="{relation}/sharedStrings" Target="b.xml"/></Relationships>"#
                )
                .as_bytes(),
            ),
            ("xl/a.xml", sheet.as_bytes()),
            ("xl/b.xml", texts.as_bytes()),
        ])
    };
    let cell = "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
    let texts = format!("<sst>{}</sst>", format!("<!--{}-->", "x".repeat(4 << 20)).repeat(18));
    assert_eq!(send(&app, pool, "", &book(&texts, cell), 422)["code"], "unpacks_too_large");
    let wide = format!("<worksheet><sheetData><row>{}</row></sheetData></worksheet>", "<c t=\"str\"><v>a</v></c>".repeat(200_000));
    assert_eq!(send(&app, pool, "", &book("<sst/>", &wide), 422)["code"], "too_many_columns");
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"ha\">]><a><k>&b;</k></a>";
    assert_eq!(send(&app, pool, "", laughs.as_bytes(), 422)["code"], "declares_entities");
    assert_eq!(send(&app, pool, "", format!("[{{\"a\":{}", "[".repeat(1_000_000)).as_bytes(), 422)["code"], "too_deep");
    assert_eq!(send(&app, pool, "", b"PK\x03\x04", 422)["code"], "damaged_archive");
    assert_eq!(std::fs::read_dir(app.folder.path().join("data/uploads")).unwrap().count(), 0);
    assert_eq!(send(&app, pool, "", &xlsx(), 202)["created"], 3);
    app.stop().await;
}

#[tokio::test]
async fn a_killed_import_of_a_workbook_goes_on_where_it_was() {
    on_each_server(async |app| {
        const ROWS: u32 = 40_000;
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "E-Mail").unwrap().write_string(0, 1, "Name").unwrap();
        for row in 1..=ROWS {
            sheet.write_string(row, 0, format!("p{row}@example.com")).unwrap().write_string(row, 1, format!("Name {row}")).unwrap();
        }
        let file = book.save_to_buffer().unwrap();
        let pool = app.create_pool("Kunden");
        let call = app.api("POST", &format!("/pools/{pool}/imports?key=EMAIL")).header("content-type", "application/octet-stream");
        let begun = call.body(&file[..]).send().expect(202).json();
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
        let import = app.api("GET", &format!("/imports/{}", begun["import"])).send().expect(200).json();
        assert_eq!(import["counts"], json!({"rows": ROWS, "created": ROWS, "updated": 0, "unchanged": 0, "refused": 0, "skipped": 0}));
    })
    .await;
}
