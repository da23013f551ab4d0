use super::*;

fn folded(property: &str, value: &str) -> String {
    let mut out = Vec::new();
    line(&mut out, property, value);
    String::from_utf8(out).unwrap()
}

#[test]
fn a_long_line_is_folded_between_letters_and_comes_back_whole() {
    assert_eq!(folded("FN", "Anna"), "FN:Anna\r\n");
    for value in ["x".repeat(400), "ü".repeat(200), "👩\u{200d}💻".repeat(40), format!("{}ä", "x".repeat(71))] {
        let lines = folded("NOTE", &value);
        assert!(lines.split("\r\n").all(|line| line.len() <= LINE), "{lines}");
        assert_eq!(lines.replace("\r\n ", ""), format!("NOTE:{value}\r\n"));
    }
    assert!(!folded("NOTE", &"x".repeat(LINE - "NOTE:".len())).contains("\r\n "));
}

#[test]
fn nothing_in_a_text_ends_its_part() {
    assert_eq!(escaped("a;b,c\\d\ne"), "a\\;b\\,c\\\\d\\ne");
    let mut out = Vec::new();
    parts(&mut out, "N", &["Müller; Söhne", "Anna", "", "", ""]);
    parts(&mut out, "ADR", &["", ""]);
    text(&mut out, "EMAIL", "");
    assert_eq!(String::from_utf8(out).unwrap(), "N:Müller\\; Söhne;Anna;;;\r\n");
}
