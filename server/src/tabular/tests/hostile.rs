//! Files that are meant to harm: each is refused with a sentence, or costs one row.

use super::make::*;

#[test]
fn what_unpacks_without_end_is_refused() {
    let line = "a".repeat(1_023) + "\n";
    assert_eq!(refused(&gzip(line.repeat(3_000).as_bytes())), "unpacks_too_large");
    let remark = format!("<!--{}-->", "x".repeat(1 << 20));
    let sheet = format!("<row><c t=\"str\"><v>Name</v></c></row>{}", remark.repeat(3));
    assert_eq!(refused(&raw_xlsx(&sheet, "", "")), "unpacks_too_large");
    let strings = format!("<si><t>{}</t></si>", "a".repeat(1_000)).repeat(3_800);
    assert_eq!(refused(&raw_xlsx("<row><c t=\"s\"><v>3799</v></c></row>", &strings, "")), "unpacks_too_large");
}

#[test]
fn a_text_without_end_is_never_kept() {
    let long = "a".repeat(9 << 20);
    assert_eq!(refused(&raw_xlsx(&format!("<row><c t=\"str\"><v>{long}</v></c></row>"), "", "")), "too_large_piece");
    assert_eq!(refused(format!("<?xml version=\"1.0\"?><liste><a {long}").as_bytes()), "too_large_piece");
    let cards = format!("BEGIN:VCARD\nFN:A\nNOTE:{long}\nEND:VCARD\n");
    assert_eq!(table(cards.as_bytes()).lines().last(), Some("1! cell_too_large Notiz"));
    let objects = format!("[{{\"a\":\"x\"}},{{\"a\":\"{long}\"}},{{\"a\":\"y\"}}]");
    assert_eq!(table(objects.as_bytes()), "a\n1: x\n2! cell_too_large \n3: y");
}

#[test]
fn a_million_columns_are_refused_or_cost_their_row() {
    let wide = "<c t=\"str\"><v>a</v></c>".repeat(3_000);
    assert_eq!(refused(&raw_xlsx(&format!("<row>{wide}</row>"), "", "")), "too_many_columns");
    let far =
        "<row><c t=\"str\"><v>Name</v></c></row><row><c r=\"ZZZZZZ2\" t=\"str\"><v>a</v></c></row><row><c t=\"str\"><v>Roth</v></c></row>";
    assert_eq!(table(&raw_xlsx(far, "", "")), "Name\n2! wrong_cell_count \n3: Roth");
    let cell =
        "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"1000000\"><text:p>a</text:p></table:table-cell>";
    assert_eq!(refused(&ods(&format!("<table:table><table:table-row>{cell}</table:table-row></table:table>"))), "too_many_columns");
    let keys: String = (0..3_000).map(|n| format!("\"k{n}\":1,")).collect();
    assert_eq!(refused(format!("[{{{keys}\"z\":1}}]").as_bytes()), "too_many_columns");
}

#[test]
fn rows_that_repeat_without_end_are_refused() {
    let row = "<table:table-row table:number-rows-repeated=\"999999999\"><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>";
    assert_eq!(refused(&ods(&format!("<table:table>{row}</table:table>"))), "unpacks_too_large");
}

#[test]
fn deep_nesting_is_refused() {
    let depth = 100_000;
    assert_eq!(refused(format!("<?xml version=\"1.0\"?>{}", "<a>".repeat(depth)).as_bytes()), "too_deep");
    assert_eq!(refused(format!("[{{\"a\":{}", "[".repeat(depth)).as_bytes()), "too_deep");
    assert_eq!(refused("<table><tr><td>".repeat(depth).as_bytes()), "too_deep");
    assert_eq!(refused(&ods(&"<a>".repeat(depth))), "too_deep");
}

#[test]
fn entities_are_not_believed() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]><a><k><n>&c;</n></k><k><n>x</n></k></a>";
    assert_eq!(refused(laughs.as_bytes()), "declares_entities");
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a><k n=\"1\"/><k n=\"2\"/></a>";
    assert_eq!(refused(outside.as_bytes()), "declares_entities");
    assert_eq!(refused(&raw_xlsx("", "", "")), "empty_file");
    let cell = "<row><c t=\"s\"><v>0</v></c></row>";
    assert_eq!(refused(&raw_xlsx(cell, "<!DOCTYPE a [<!ENTITY b \"ha\">]><si><t>&b;</t></si>", "")), "declares_entities");
    let unknown = "<a><k><n>&c;</n></k><k><n>x</n></k></a>";
    assert_eq!(table(unknown.as_bytes()), "n\n1: &c;\n2: x");
}

#[test]
fn damaged_files_are_told_from_those_that_are_none() {
    let book = xlsx(&[("A", &[&["Name"], &["Weber"]])]);
    assert_eq!(refused(&book[..book.len() / 2]), "damaged_archive");
    assert_eq!(refused(b"PK\x03\x04 workbook"), "damaged_archive");
    assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 nothing behind"), "damaged_file");
    let packed = gzip("Name\nWeber\n".repeat(10_000).as_bytes());
    assert_eq!(refused(&packed[..packed.len() - 20]), "damaged_archive");
    assert_eq!(refused(b"%PDF-1.7 ..."), "unsupported_file");
    assert_eq!(refused(&zip(&[("word/document.xml", b"<a/>"), ("[Content_Types].xml", b"<Types/>")])), "unsupported_file");
    assert_eq!(refused(&compound("/EncryptedPackage", b"x")), "encrypted_file");
    assert_eq!(refused(&compound("/WordDocument", b"x")), "unsupported_file");
    assert_eq!(refused(b"<html><body>Kein Eintrag</body></html>"), "no_table");
    assert_eq!(refused(b"[]"), "no_table");
    assert_eq!(refused(&zip(&[])), "no_table");
}

#[test]
fn a_checksum_that_is_wrong_is_noticed() {
    let mut archive = zip(&[("a.csv", "Name\nWeber\n".repeat(1_000).as_bytes())]);
    // The checksum stands in the directory at the end, 16 bytes behind its mark.
    let at = archive.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap() + 16;
    archive[at] ^= 0xFF;
    assert_eq!(refused(&archive), "damaged_archive");
}

#[test]
fn an_old_workbook_lies_in_vain() {
    // Sizes, places and texts that are not there.
    let beyond = xls(&["Name"], &[], &[record(0x00FD, &[place(0, 0, 0), 99_u32.to_le_bytes().to_vec()].concat())]);
    assert_eq!(refused(&beyond), "damaged_file");
    let huge = xls(&["Name"], &[], &[record(0x0200, &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0])]);
    assert_eq!(refused(&huge), "empty_file");
    for cut in [1, 5, 20, 100, 600] {
        let file = xls(&["Name", "Weber"], &[], &[record(0x00FD, &[place(0, 0, 0), vec![0; 4]].concat())]);
        let code = refused(&file[..file.len() - cut]);
        assert!(["damaged_file", "taken", "no_table", "unsupported_file", "old_workbook"].contains(&code), "{code}");
    }
}

#[test]
fn many_files_in_an_archive_are_not_even_listed() {
    let mut archive = zip(&[("a.csv", b"Name\n")]);
    // The directory's end claims more files than the archive has.
    let end = archive.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    archive[end + 8..end + 12].copy_from_slice(&[0xFE, 0xFF, 0xFE, 0xFF]);
    assert_eq!(refused(&archive), "too_many_files");
}
