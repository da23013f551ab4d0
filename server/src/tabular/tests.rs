use std::fmt::Write as _;

use domain::{
    import::{Encoding, Reading},
    problem::Problem,
};
use tempfile::TempDir;

use super::*;

mod formats;
mod hostile;
mod make;
mod records;

/// All rows as `number: a|b|c`, refusals as `number! code column`.
fn read(bytes: &[u8], reading: &Reading) -> String {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("list.csv");
    std::fs::write(&path, bytes).unwrap();
    let mut reader = Reader::open(&path, reading).unwrap();
    let mut record = Record::default();
    let mut out = String::new();
    loop {
        match reader.read(&mut record).unwrap() {
            Next::Row => writeln!(out, "{}: {}", record.number, record.cells().collect::<Vec<_>>().join("|")).unwrap(),
            Next::Refused(p) => writeln!(out, "{}! {} {}", p.row, p.reason.code(), p.column).unwrap(),
            Next::End => return out,
        }
    }
}

fn sniffed(bytes: &[u8]) -> String {
    let r = sniff(bytes).unwrap();
    format!("{} {:?} {:?} {}", r.encoding.code(), r.delimiter, r.quote.unwrap(), if r.has_header { "header" } else { "no header" })
}

fn semicolon() -> Reading {
    Reading { delimiter: ';', ..Reading::default() }
}

fn latin(text: &str, encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

#[test]
fn each_encoding_is_recognised_with_and_without_a_mark() {
    let text = "Vorname;Name;Ort\r\nJürgen;Groß;Köln\r\nZoë;Müller;Zürich\r\n";
    assert_eq!(sniffed(text.as_bytes()), "utf8 ';' '\"' header");
    assert_eq!(sniffed(format!("\u{feff}{text}").as_bytes()), "utf8 ';' '\"' header");
    assert_eq!(sniffed(&latin(text, encoding_rs::WINDOWS_1252)), "windows1252 ';' '\"' header");
    for big in [false, true] {
        let code = if big { "utf16-be ';' '\"' header" } else { "utf16-le ';' '\"' header" };
        assert_eq!(sniffed(&utf16(text, big)), code);
        assert_eq!(sniffed(&utf16(&format!("\u{feff}{text}"), big)), code);
    }
}

#[test]
fn the_western_encodings_are_told_apart_by_where_signs_stand() {
    let czech = "Vorname;Name;Ort\nŠárka;Dušek;Praha 10 €\nZoë;Žižka;Köln\n".replace('á', "a");
    assert_eq!(sniff(&latin(&czech, encoding_rs::ISO_8859_15)).unwrap().encoding, Encoding::Latin9);
    assert_eq!(sniff(&latin(&czech, encoding_rs::WINDOWS_1252)).unwrap().encoding, Encoding::Windows1252);
    let accents = "Vorname;Name;Notiz\nLuca;d´Angelo;¼ Stück\nZoë;Müller;½ Preis\n";
    assert_eq!(sniff(&latin(accents, encoding_rs::WINDOWS_1252)).unwrap().encoding, Encoding::Windows1252);
    for (encoding, bytes) in [
        (Encoding::Windows1252, latin("Name\nŠ€ü\n", encoding_rs::WINDOWS_1252)),
        (Encoding::Latin9, latin("Name\nŠ€ü\n", encoding_rs::ISO_8859_15)),
        (Encoding::Utf16Le, utf16("\u{feff}Name\nŠ€ü\n", false)),
        (Encoding::Utf16Be, utf16("Name\nŠ€ü\n", true)),
    ] {
        assert_eq!(read(&bytes, &Reading { encoding, ..Reading::default() }), "2: Š€ü\n");
    }
    assert_eq!(read(b"Name\n\xFC\xDF\n", &Reading { encoding: Encoding::Latin1, ..Reading::default() }), "2: üß\n");
}

#[test]
fn the_delimiter_is_the_one_by_which_rows_have_equal_length() {
    assert_eq!(sniffed(b"Name,Ort\nA,B\n"), "utf8 ',' '\"' header");
    assert_eq!(sniffed(b"Name;Strasse, Nr;Ort\nA;Weg, 1;B\nC;Gasse 2;D\n"), "utf8 ';' '\"' header");
    assert_eq!(sniffed(b"Name\tOrt\nA, B; C\tB\n"), "utf8 '\\t' '\"' header");
    assert_eq!(sniffed(b"Name|Ort\nA|B\n"), "utf8 '|' '\"' header");
    assert_eq!(sniffed(b"Name;Notiz\n\"a, b, c\";\"1\n2, 3\"\nX;Y\n"), "utf8 ';' '\"' header");
    assert_eq!(sniffed(b"'Name';'Ort'\n'A;1';'B'\n'C';'D'\n"), "utf8 ';' '\\'' header");
    assert_eq!(sniffed(b"Email\na@example.com\n"), "utf8 ';' '\"' header");
    assert_eq!(sniffed(b"sep=|\r\nName|Ort, Land\r\nA|B\r\n"), "utf8 '|' '\"' header");
    assert_eq!(sniffed(b"Anna;Weber;anna@example.com\nKarl;Roth;karl@example.com\n"), "utf8 ';' '\"' no header");
}

#[test]
fn quotes_line_breaks_and_blank_lines_are_read_as_a_spreadsheet_does() {
    let list = "a;b\r\n1;\"x;\"\"y\"\"\r\nz\"\r\n\r\n;\r\n2;O\"Neil\r\n3;\n4;letzte";
    assert_eq!(read(list.as_bytes(), &semicolon()), "2: 1|x;\"y\"\r\nz\n5: 2|O\"Neil\n6: 3|\n7: 4|letzte\n");
    assert_eq!(read(b"sep=;\r\na;b\r1;2\r", &semicolon()), "2: 1|2\n");
    let bare = Reading { has_header: false, ..semicolon() };
    assert_eq!(read(b"\xEF\xBB\xBF1;2\n3;4\n", &bare), "1: 1|2\n2: 3|4\n");
}

#[test]
fn a_long_text_in_quotes_is_one_cell_and_lone_carriage_returns_end_lines() {
    let long = format!("Name;Notiz\nMaier;\"{}\"\nHuber;ok\n", "Anruf;besetzt\n".repeat(500));
    let rows = read(long.as_bytes(), &semicolon());
    assert!(rows.starts_with("2: Maier|Anruf;besetzt\n") && rows.ends_with("3: Huber|ok\n"), "{rows}");
    assert_eq!(read(b"Name;Ort\r\"Offen;1\rDanach;2\rHuber;3\r", &semicolon()), "2! unclosed_quote \n3: Danach|2\n4: Huber|3\n");
}

#[test]
fn the_lines_of_a_cell_that_is_too_large_are_no_rows() {
    let inner = "Anruf;besetzt\n".repeat(MAX_CELL / 10);
    let large = format!("Name;Notiz\r\nMaier;\"{inner}\"\r\nHuber;ok\r\n");
    assert_eq!(read(large.as_bytes(), &semicolon()), "2! cell_too_large \n3: Huber|ok\n");
    let last = format!("Name;Notiz\nMaier;\"{inner}\"");
    assert_eq!(read(last.as_bytes(), &semicolon()), "2! cell_too_large \n");
    let open = format!("Name;Notiz\nMaier;\"{inner}Huber \"der Große\";1\n");
    let rows = read(open.as_bytes(), &semicolon());
    assert!(rows.starts_with("2! ") && rows.lines().count() == 1 + MAX_CELL / 10, "{}", &rows[..200]);
}

#[test]
fn a_row_of_the_wrong_length_is_refused_unless_only_empty_cells_differ() {
    let list = b"a;b;c\n1;2\n1;2;3;4\n1;2;3;;\n1;2;3\n";
    assert_eq!(read(list, &semicolon()), "2! wrong_cell_count \n3! wrong_cell_count \n4: 1|2|3\n5: 1|2|3\n");
    assert_eq!(read(b"a;b;\n1;2\n", &semicolon()), "2: 1|2|\n");
}

#[test]
fn wrong_bytes_and_nul_refuse_their_row_and_name_the_column() {
    let list = b"Vorname;Name\nLatin;M\xFCller\nNUL;by\0te\nGut;M\xC3\xBCller\n";
    assert_eq!(read(list, &semicolon()), "2! bad_encoding Name\n3! nul_byte Name\n4: Gut|Müller\n");
    let mut wide = utf16("a;b\n", false);
    wide.extend([0x00, 0xD8, b';', 0, b'x', 0, b'\n', 0]);
    wide.extend(utf16("1;2\n", false));
    let reading = Reading { encoding: Encoding::Utf16Le, ..semicolon() };
    assert_eq!(read(&wide, &reading), "2! bad_encoding a\n3: 1|2\n");
}

#[test]
fn an_unclosed_quote_costs_its_own_row_only() {
    let list = b"a;b\n\"Offen;1\nDanach;2\n";
    assert_eq!(read(list, &semicolon()), "2! unclosed_quote \n3: Danach|2\n");
    // The next quoted cell would close it; the row between would be lost in the cell.
    let list = b"a;b\n\"Offen;1\nDanach;2\n\"3\";4\n5;6\n";
    assert_eq!(read(list, &semicolon()), "2! unclosed_quote \n3: Danach|2\n4: 3|4\n5: 5|6\n");
    let list = b"a;b\n\"Offen;1\nDanach;2\nx;\"\"\n5;\"6\"\n";
    assert_eq!(read(list, &semicolon()), "2! unclosed_quote \n3: Danach|2\n4: x|\n5: 5|6\n");
    let long = format!("a;b\n\"Offen;1\n{}", "x;y\n".repeat(100));
    let rows = read(long.as_bytes(), &semicolon());
    assert!(rows.starts_with("2! unclosed_quote \n3: x|y\n"), "{rows}");
    assert_eq!(rows.lines().count(), 101);
}

#[test]
fn a_cell_of_50_mb_is_refused_without_being_kept() {
    for quote in ["", "\""] {
        let mut list = format!("a;b\n1;2\n{quote}").into_bytes();
        list.resize(list.len() + 50_000_000, b'x');
        list.extend(format!("{quote};3\n4;5\n").into_bytes());
        assert_eq!(read(&list, &semicolon()), "2: 1|2\n3! cell_too_large \n4: 4|5\n");
    }
}

#[test]
fn a_file_that_is_no_list_is_refused_with_a_clear_sentence() {
    let code = |bytes: &[u8]| sniff(bytes).unwrap_err().code();
    assert_eq!(code(b""), "empty_file");
    assert_eq!(code(b"\r\n \r\n"), "empty_file");
    assert_eq!(code(b"\xEF\xBB\xBF"), "empty_file");
    let noise: Vec<u8> = (0..4_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(code(&noise), "binary_file");
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("wide.csv");
    let open = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        Reader::open(&path, &Reading::default()).err().map(|e| e.code())
    };
    assert_eq!(open("a,".repeat(9_999).as_bytes()), Some("too_many_columns"));
    assert_eq!(open("a,".repeat(1_999).as_bytes()), None);
    assert_eq!(open(b"\"a,b\n1,2\n"), Some("broken_header"));
    assert_eq!(open(b"\n\n"), Some("empty_file"));
    assert_eq!(open(b"a,b\n"), None);
    assert_eq!(read(b"a,b\n", &Reading::default()), "");
}

#[test]
fn reading_goes_on_exactly_where_it_was_left() {
    let text = "Näme;Ort\r\n".to_owned()
        + &(0..500)
            .map(|i| format!("\"M\u{1F469}ü\n{i}\";x{i}\r\n{}", if i % 7 == 0 { "zu;viel;hier\r\n" } else { "" }))
            .collect::<String>();
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("list.csv");
    for (encoding, bytes) in [
        (Encoding::Utf8, text.clone().into_bytes()),
        (Encoding::Utf16Le, utf16(&format!("\u{feff}{text}"), false)),
        (Encoding::Utf16Be, utf16(&text, true)),
    ] {
        let reading = Reading { encoding, ..semicolon() };
        let whole = read(&bytes, &reading);
        std::fs::write(&path, &bytes).unwrap();
        let (mut parts, mut record, mut position) = (String::new(), Record::default(), Position::default());
        'file: loop {
            let mut reader = Reader::resume(&path, &reading, position).unwrap();
            for _ in 0..13 {
                match reader.read(&mut record).unwrap() {
                    Next::Row => writeln!(parts, "{}: {}", record.number, record.cells().collect::<Vec<_>>().join("|")).unwrap(),
                    Next::Refused(p) => writeln!(parts, "{}! {} {}", p.row, p.reason.code(), p.column).unwrap(),
                    Next::End => break 'file,
                }
            }
            position = reader.position();
        }
        assert!(parts == whole, "{encoding:?}");
        assert_eq!(whole.lines().count(), 2 * 500 + 72);
    }
}

#[test]
fn the_preview_shows_rows_and_what_is_wrong_with_the_others() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("list.csv");
    std::fs::write(&path, "Vorname;Name\nA;B\nC\nD;E\nF;G\n").unwrap();
    let preview = preview(&path, &sniff_file(&path).unwrap(), 3).unwrap();
    assert_eq!(preview.headings, ["Vorname", "Name"]);
    assert_eq!(preview.rows, [["A", "B"], ["D", "E"]]);
    assert_eq!(preview.problems[0].reason, Problem::WrongCellCount { expected: 2, found: 1 });
    assert_eq!(preview.problems[0].value, "C");
}
