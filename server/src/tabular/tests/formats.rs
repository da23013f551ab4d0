//! Tables in sheets and pages.

use domain::import::{Format, Reading};
use domain::problem::Problem;

use super::{super::*, make::*};

#[test]
fn a_workbook_is_read_as_one_sees_it() {
    assert_eq!(
        table(&xlsx_of_all_kinds()),
        "Name|Telefon|PLZ|Geburtstag|Kontakt|Aktiv|Anteil|Summe|Rest\n\
         4: Weber|4915112345678|01067|1990-12-31|2023-03-15 12:00:00|true|25,5%|2|#N/A\n\
         5: Roth|||||||1234,5|"
    );
}

#[test]
fn notes_above_the_headings_are_left_out_and_said() {
    let dir = tempfile::TempDir::new().unwrap();
    let path = dir.path().join("file");
    std::fs::write(&path, xlsx_of_all_kinds()).unwrap();
    let reading = sniff_file(&path).unwrap();
    assert_eq!((reading.format, reading.first_row, reading.has_header), (Format::Xlsx, 3, true));
    let preview = preview(&path, &reading, 10).unwrap();
    assert_eq!(preview.warnings, [domain::import::Warning::Notes { rows: 2 }]);
    assert_eq!(preview.numbers, [4, 5]);
    let bare = Reading { first_row: 4, has_header: false, ..reading };
    assert!(table_of(&xlsx_of_all_kinds(), |_| bare).starts_with("||||||||\n4: Weber|"));
}

#[test]
fn texts_of_a_workbook_may_be_shared_or_stand_in_their_cells() {
    let strings = "<si><t>Name</t></si><si><r><t>M&#252;l</t></r><r><t xml:space=\"preserve\">ler </t></r><rPh><t>x</t></rPh></si><si/>";
    let sheet = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>Ort &amp; Land</t></is></c></row>
        <row><c t="s"><v>1</v></c><c t="str"><f>A1</f><v>Köln</v></c></row>
        <row r="5"><c r="B5" t="s"><v>0</v></c><c r="A5"><v>7</v></c></row><row r="7"/>"#;
    assert_eq!(table(&raw_xlsx(sheet, strings, "")), "Name|Ort & Land\n2: Müller |Köln\n5: 7|Name");
}

#[test]
fn days_may_be_counted_from_1904() {
    let sheet = r#"<row><c t="str"><v>Geburtstag</v></c></row><row><c s="1"><v>31776</v></c></row><row><c t="d"><v>1990-12-30T00:00:00</v></c></row>"#;
    assert_eq!(table(&raw_xlsx(sheet, "", r#"<workbookPr date1904="1"/>"#)), "Geburtstag\n2: 1990-12-31\n3: 1990-12-30");
    assert_eq!(table(&raw_xlsx(sheet, "", "")), "Geburtstag\n2: 1986-12-30\n3: 1990-12-30");
}

#[test]
fn a_sheet_is_chosen_and_an_empty_one_is_passed_over() {
    let book = xlsx(&[("Leer", &[]), ("Kontakte", &[&["Name"], &["Weber"]]), ("Firmen", &[&["Firma"], &["Nordwerk"]])]);
    assert_eq!(table(&book), "Name\n2: Weber");
    assert_eq!(parts_of(&book, None).sheets, ["Leer", "Kontakte", "Firmen"]);
    assert_eq!(table_of(&book, |path| recognise(path, 0, Some(2)).unwrap()), "Firma\n2: Nordwerk");
    let dir = tempfile::TempDir::new().unwrap();
    let path = dir.path().join("file");
    std::fs::write(&path, &book).unwrap();
    assert_eq!(recognise(&path, 0, Some(0)).unwrap_err().code(), "empty_sheet");
    assert_eq!(recognise(&path, 0, Some(3)).unwrap_err().code(), "no_such_part");
}

#[test]
fn a_row_that_goes_beyond_the_table_is_refused_and_the_others_go_on() {
    let mut rows: Vec<&[&str]> = vec![&["Name", "Ort"][..]];
    rows.resize(150, &["Weber", "Bern"]);
    rows.push(&["Roth", "Bonn", "", "verirrt"]);
    rows.push(&["Maier", "Köln"]);
    let read = table(&xlsx(&[("A", &rows[..])]));
    assert!(read.ends_with("150: Weber|Bern\n151! wrong_cell_count \n152: Maier|Köln"), "{read}");
}

#[test]
fn an_opendocument_sheet_is_read_as_one_sees_it() {
    let cell = |attributes: &str, shown: &str| format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>");
    let rows = [
        "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Liste</text:p></table:table-cell></table:table-row>"
            .to_owned(),
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>".to_owned(),
        format!(
            "<table:table-row>{}</table:table-row>",
            ["Name", "PLZ", "Geburtstag", "Anteil", "Menge"].map(|heading| cell("office:value-type=\"string\"", heading)).concat()
        ),
        format!(
            "<table:table-row>{}{}{}{}{}</table:table-row>",
            cell(
                "office:value-type=\"string\"",
                "Anna<text:s text:c=\"2\"/>&amp; Bo<office:annotation><text:p>Notiz</text:p></office:annotation>"
            ),
            cell("office:value-type=\"float\" office:value=\"1067\"", "01067"),
            cell("office:value-type=\"date\" office:date-value=\"1990-12-31\"", "31.12.90"),
            cell("office:value-type=\"percentage\" office:value=\"0.5\"", "50 %"),
            cell("office:value-type=\"float\" office:value=\"1234.5\" table:number-columns-repeated=\"1\"", "1.234,5"),
        ),
        format!(
            "<table:table-row table:number-rows-repeated=\"2\">{}<table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row>",
            cell("office:value-type=\"string\"", "Doppelt")
        ),
    ];
    let file = ods(&format!("<table:table table:name=\"Kontakte\">{}</table:table><table:table table:name=\"Leer\"/>", rows.concat()));
    assert_eq!(table(&file), "Name|PLZ|Geburtstag|Anteil|Menge\n5: Anna  & Bo|01067|1990-12-31|50%|1234,5\n6: Doppelt||||\n7: Doppelt||||");
}

#[test]
fn an_old_workbook_is_read_as_one_sees_it() {
    let shared = |row, column, text: u32| record(0x00FD, &[place(row, column, 0), text.to_le_bytes().to_vec()].concat());
    let number = |row, column, format, value: f64| record(0x0203, &[place(row, column, format), value.to_le_bytes().to_vec()].concat());
    let cells = [
        shared(0, 0, 0),
        shared(0, 1, 1),
        shared(0, 2, 2),
        shared(0, 3, 3),
        shared(0, 4, 4),
        shared(1, 0, 5),
        number(1, 1, 1, 33_238.0),
        record(0x027E, &[place(1, 2, 0), (((4_915_u32) << 2) | 2).to_le_bytes().to_vec()].concat()),
        record(0x0205, &[place(1, 3, 0), vec![1, 0]].concat()),
        record(0x0006, &[place(1, 4, 0), vec![0, 0, 0, 0, 0, 0, 0xFF, 0xFF], vec![0; 6]].concat()),
        record(0x0207, b"\x05\x00\x00Summe"),
        // Later in the file, earlier in the table.
        record(0x0205, &[place(2, 1, 0), vec![0x2A, 1]].concat()),
        shared(2, 0, 5),
    ];
    let texts = ["Name", "Geburtstag", "Nummer", "Aktiv", "Text", "Müller 🙂"];
    let file = xls(&texts, &[&[0, 0, 0, 0], &[0, 0, 14, 0]], &cells);
    assert_eq!(table(&file), "Name|Geburtstag|Nummer|Aktiv|Text\n2: Müller 🙂|1990-12-31|4915|true|Summe\n3: Müller 🙂|#N/A|||");
}

#[test]
fn texts_of_an_old_workbook_go_on_over_many_records() {
    let long = "ü".repeat(30_000);
    let texts = ["Name", long.as_str(), "Danach"];
    let shared = |row, text: u32| record(0x00FD, &[place(row, 0, 0), text.to_le_bytes().to_vec()].concat());
    let file = xls(&texts, &[], &[shared(0, 0), shared(1, 1), shared(2, 2)]);
    assert_eq!(table(&file), format!("Name\n2: {long}\n3: Danach"));
}

#[test]
fn the_largest_table_of_a_page_is_read_and_another_may_be_chosen() {
    let page = "<!DOCTYPE html><html><head><meta charset=\"windows-1252\"><title>a<b</title><style>td>b{}</style></head><body>\
        <table><tr><td>Men\u{fc}<td>Start</table>\
        <!-- <table><tr><td>nicht --><TABLE class='x>y'><thead><tr><th>Name<th>Ort<th>Notiz</tr></thead>\
        <tr><td rowspan=2>M&uuml;ller</td><td>K\u{f6}ln</td><td>eins<br>zwei</td></tr>\
        <tr><td colspan=\"2\"> Bonn\n </td></tr>\
        <tr><td>Roth</td><td><b>Bern</b></td><td><script>alert('<td>')</script>&#8364;</td></tr></table></body></html>";
    let bytes: Vec<u8> = page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let expected = "Name|Ort|Notiz\n2: Müller|Köln|eins\nzwei\n3: |Bonn|\n4: Roth|Bern|€";
    assert_eq!(table(&bytes), expected);
    let reading =
        Reading { format: Format::Html, encoding: domain::import::Encoding::Windows1252, has_header: false, ..Reading::default() };
    assert_eq!(table_of(&bytes, |_| reading), "|\n1: Menü|Start");
    assert_eq!(parts_of(&bytes, None).sheets.len(), 2);
}

#[test]
fn a_page_that_is_called_a_workbook_is_recognised_by_its_content() {
    let page = "<table><tr><th>Name</th></tr><tr><td>Weber</td></tr></table>";
    assert_eq!(table(page.as_bytes()), "Name\n2: Weber");
    assert_eq!(table(&zip(&[("kontakte.xls", page.as_bytes())])), "Name\n2: Weber");
}

#[test]
fn packed_files_are_read_without_being_unpacked_by_hand() {
    let list = "Name;Ort\r\nWeber;Köln\r\n";
    let expected = "Name|Ort\n2: Weber|Köln";
    assert_eq!(table(&gzip(list.as_bytes())), expected);
    assert_eq!(table(&zip(&[("Ordner/liste.csv", list.as_bytes()), ("__MACOSX/._liste.csv", b"x"), ("lies.mich", b"y")])), expected);
    let book = xlsx(&[("A", &[&["Name", "Ort"], &["Weber", "Köln"]])]);
    assert_eq!(table(&zip(&[("liste.xlsx", &book)])), expected);
    assert_eq!(table(&gzip(&book)), expected);
    let two = zip(&[("a.csv", list.as_bytes()), ("b.json", br#"[{"Firma":"Nordwerk"}]"#)]);
    assert_eq!(parts_of(&two, None).files, ["a.csv", "b.json"]);
    assert_eq!(table(&two), expected);
    assert_eq!(table_of(&two, |path| recognise(path, 1, None).unwrap()), "Firma\n1: Nordwerk");
}

#[test]
fn notes_above_a_text_are_left_out_too() {
    let list = "Kundenliste 2026\n\nVorname;Name;E-Mail\nAnna;Weber;anna@example.com\nBo;Roth;bo@example.com\n";
    assert_eq!(table(list.as_bytes()), "Vorname|Name|E-Mail\n4: Anna|Weber|anna@example.com\n5: Bo|Roth|bo@example.com");
    let padded = "Kundenliste 2026;;\n;;\nVorname;Name;E-Mail\nAnna;Weber;anna@example.com\n";
    assert_eq!(table(padded.as_bytes()), "Vorname|Name|E-Mail\n4: Anna|Weber|anna@example.com");
    // A list of one column has commas in its cells.
    assert_eq!(table("Name\nMüller, Anna\nMaier, Bo\n".as_bytes()), "Name\n2: Müller, Anna\n3: Maier, Bo");
}

#[test]
fn reading_goes_on_behind_any_row_of_any_format() {
    let rows: Vec<[String; 2]> = (0..300).map(|n| [format!("Name {n}"), format!("p{n}@example.com")]).collect();
    let cells: Vec<Vec<&str>> =
        [vec!["Name", "E-Mail"]].into_iter().chain(rows.iter().map(|row| row.iter().map(String::as_str).collect())).collect();
    let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let list: String = cells.iter().map(|row| row.join(";") + "\n").collect();
    let page: String = cells.iter().map(|row| format!("<tr><td>{}</td><td>{}</td></tr>", row[0], row[1])).collect();
    let objects: Vec<String> = rows.iter().map(|row| format!(r#"{{"Name":"{}","E-Mail":"{}"}}"#, row[0], row[1])).collect();
    let cards: String = rows.iter().map(|row| format!("BEGIN:VCARD\nFN:{}\nEMAIL:{}\nEND:VCARD\n", row[0], row[1])).collect();
    let elements: String = rows.iter().map(|row| format!("<k><Name>{}</Name><Mail>{}</Mail></k>", row[0], row[1])).collect();
    let files = [
        xlsx(&[("A", &cells[..])]),
        format!("<table>{page}</table>").into_bytes(),
        format!("[{}]", objects.join(",")).into_bytes(),
        objects.join("\n").into_bytes(),
        cards.into_bytes(),
        format!("<liste>{elements}</liste>").into_bytes(),
        gzip(list.as_bytes()),
        zip(&[("a.csv", list.as_bytes())]),
    ];
    let dir = tempfile::TempDir::new().unwrap();
    let path = dir.path().join("file");
    for file in files {
        std::fs::write(&path, &file).unwrap();
        let reading = sniff_file(&path).unwrap();
        let (mut names, mut record, mut position) = (Vec::new(), Record::default(), Position::default());
        'file: loop {
            let mut reader = Reader::resume(&path, &reading, position).unwrap();
            for _ in 0..77 {
                match reader.read(&mut record).unwrap() {
                    Next::Row => names.push(record.cell(0).to_owned()),
                    Next::Refused(problem) => panic!("{problem:?}"),
                    Next::End => break 'file,
                }
            }
            assert!(reader.position().row > position.row, "{:?}", reading.format);
            position = reader.position();
        }
        let expected: Vec<String> = rows.iter().map(|row| row[0].clone()).collect();
        assert_eq!(names, expected, "{:?}", reading.format);
    }
}

#[test]
fn what_a_formula_could_not_compute_is_refused_with_its_reason() {
    let field = domain::field::FieldDef::new("NAME", domain::field::FieldKind::SingleLine, domain::id::CategoryId::new(1));
    let zone = domain::time::Zone::default();
    let cx = domain::value::ParseContext {
        lang: domain::lang::Lang::De,
        zone: &zone,
        date_order: domain::value::DateOrder::default(),
        country_hint: None,
    };
    for error in ["#N/A", " #NV ", "#BEZUG!", "Err:502"] {
        assert_eq!(domain::import::read_cell(&field, error, &cx), Err(Problem::FormulaError), "{error}");
    }
    assert!(domain::import::read_cell(&field, "#1 in Bern", &cx).is_ok());
}
