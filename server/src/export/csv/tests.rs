use domain::export::Delimiter;

use super::*;

#[test]
fn a_cell_is_quoted_where_it_would_end_early() {
    let check = |text: &str, delimiter: Delimiter, expected: &str| {
        let mut out = Vec::new();
        push(&mut out, 0, text, Dialect { delimiter, ..Dialect::default() });
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    };
    check("Müller", Delimiter::Comma, "Müller");
    check("Köln; Deutz", Delimiter::Comma, "Köln; Deutz");
    check("Köln; Deutz", Delimiter::Semicolon, "\"Köln; Deutz\"");
    check("a\tb", Delimiter::Tab, "\"a\tb\"");
    check("sagt \"ja\"", Delimiter::Comma, "\"sagt \"\"ja\"\"\"");
    check("eins\nzwei", Delimiter::Comma, "\"eins\nzwei\"");
}

#[test]
fn what_windows_1252_has_not_becomes_a_question_mark() {
    assert_eq!(&*western("abc"), b"abc");
    assert_eq!(&*western("Müller 5 €"), b"M\xfcller 5 \x80");
    assert_eq!(&*western("Łódź 👩\u{200d}💻!"), b"?\xf3d? ???!");
}
