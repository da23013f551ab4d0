use proptest::prelude::*;

use super::super::*;
use crate::lang::Lang;
use crate::problem::Problem;

fn faults(text: &str) -> Vec<Fault> {
    PoolFile::read(text.as_bytes()).expect_err(text).into_iter().map(|one| one.fault).collect()
}

fn message(text: &str, lang: Lang) -> String {
    PoolFile::read(text.as_bytes()).expect_err(text)[0].message(lang)
}

fn with_field(field: &str) -> String {
    format!("format: 1\ncategories:\n  - role: basic\n    fields:\n      - {field}\n")
}

#[test]
fn json_is_read_as_every_program_writes_it() {
    let text = "{\n\t\"format\": 1,\n\t\"categories\": [\n\t\t{\"role\":\"custom\",\"name\":\"Spa\\u00df \\ud83d\\ude00 \\/ \\\"x\\\"\",\"fields\":[{\"key\":\"A\",\"label\":null,\"required\":true}]}\n\t]\n}";
    let file = PoolFile::read(text.as_bytes()).expect("JSON");
    assert_eq!(file.categories[0].name.as_deref(), Some("Spaß 😀 / \"x\""));
    assert_eq!(file.categories[0].fields[0].required, Some(true));
    let minified = text.replace(['\n', '\t'], "");
    assert_eq!(PoolFile::read(minified.as_bytes()), Ok(file));
}

#[test]
fn words_of_yaml_mean_what_their_place_says() {
    let text = with_field("{key: NO, label: 2026, help: yes, default: 007, kind: integer, matching: no}").replace('\n', "\r\n");
    let file = PoolFile::read(format!("\u{feff}# Ein Pool\r\n---\r\n{text}").as_bytes()).expect("YAML");
    let field = &file.categories[0].fields[0];
    let texts = [&field.label, &field.help, &field.default].map(|text| text.as_deref());
    assert_eq!((field.key.as_str(), texts, field.matching), ("NO", [Some("2026"), Some("yes"), Some("007")], Some(false)));
}

#[test]
fn what_is_no_layout_is_refused_with_its_line() {
    assert_eq!(faults(""), [Fault::Empty]);
    assert_eq!(faults("Hallo Welt"), [Fault::NotAMap]);
    assert_eq!(faults("[1, 2]"), [Fault::NotAMap]);
    assert_eq!(faults("{\"format\": 1, \"categories\": ["), [Fault::Syntax]);
    assert_eq!(faults("format: 1\n  categories: [\n"), [Fault::Syntax]);
    assert_eq!(faults("format: 2\ncategories: []"), [Fault::OtherFormat { found: "2".to_owned() }]);
    assert_eq!(faults("categories: []"), [Fault::Missing { name: "format: 1".to_owned() }]);
    assert_eq!(faults("format: 1\n---\nformat: 1"), [Fault::Several]);
    assert_eq!(faults("format: 1\nformat: 1"), [Fault::Twice { what: "format".to_owned() }]);
    assert_eq!(faults("\0\u{1}\u{2}"), [Fault::Syntax]);
    let not_text = PoolFile::read(b"format: 1\npool: \xff").expect_err("no UTF-8");
    assert_eq!((not_text[0].line, &not_text[0].fault), (2, &Fault::NotText));
    let huge = PoolFile::read(&vec![b' '; 10_000_000]).expect_err("too large");
    assert_eq!(
        huge[0].message(Lang::De),
        "Die Datei ist zu groß. Eine Konfiguration hat höchstens 1.000.000 Bytes; bitte die richtige Datei wählen."
    );
}

#[test]
fn a_file_that_would_grow_when_it_is_read_is_refused() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    assert_eq!(faults(bomb), [Fault::Reference]);
    assert_eq!(faults("format: *a"), [Fault::Reference]);
    assert_eq!(faults("format: !!int 1"), [Fault::Reference]);
    assert_eq!(faults(&"[".repeat(100_000)), [Fault::Syntax]);
    assert_eq!(faults(&"- ".repeat(100_000)), [Fault::Syntax]);
    assert_eq!(faults("? [a, b]\n: c"), [Fault::Syntax]);
}

#[test]
fn a_fault_names_the_line_the_place_and_what_to_do() {
    let text = with_field("{key: COLOUR, kind: colour}");
    assert!(
        message(&text, Lang::De)
            .starts_with("Zeile 5, categories[1].fields[1].kind (COLOUR): „colour“ steht hier nicht zur Wahl. Möglich sind: single_line,")
    );
    assert!(message(&text, Lang::En).starts_with("Line 5, categories[1].fields[1].kind (COLOUR): “colour” is not a possible choice here."));
    assert_eq!(
        message(&with_field("{key: A, lable: x}"), Lang::En),
        "Line 5, categories[1].fields[1]: There is no “lable” here. Possible are: key, label, kind, required, matching, profiling, tagging, default, help, options."
    );
}

#[test]
fn everything_wrong_is_told_at_once() {
    let text = "format: 1\ncategories:\n  - role: basis\n  - role: internal\n    fields: 5\n  - fields: []\n  - name: A\n  - name: A\n  - role: basic\n    fields:\n      - key: a b\n      - label: x\n      - {key: A, required: maybe, options: [1, [2], 1]}\n      - {key: A}\n";
    let found = faults(text);
    assert_eq!(found.len(), 10, "{found:?}");
    assert!(found.contains(&Fault::Wrong(Problem::NotAnInternalName)));
    assert!(found.contains(&Fault::Missing { name: "key".to_owned() }));
    assert!(found.contains(&Fault::Twice { what: "1".to_owned() }));
    let many = format!("format: 1\n{}", (0..100).map(|n| format!("a{n}: 1\n")).collect::<String>());
    assert_eq!(faults(&many).len(), 20);
}

#[test]
fn more_than_a_pool_can_have_is_refused() {
    let options = |n: usize| {
        with_field(&format!("{{key: A, kind: selection, options: [{}]}}", (0..n).map(|n| format!("O{n}, ")).collect::<String>()))
    };
    assert!(PoolFile::read(options(10_000).as_bytes()).is_ok());
    assert_eq!(faults(&options(10_001)), [Fault::TooMany { max: 10_000 }]);
    let fields: String = (0..1_100).map(|n| format!("{{key: F{n}}}, ")).collect();
    assert_eq!(faults(&format!("{{format: 1, categories: [{{role: basic, fields: [{fields}]}}]}}")), [Fault::TooMany { max: 1_016 }]);
}

proptest! {
    #[test]
    fn no_text_makes_reading_panic(text in "[\\PC\n\t]{0,200}") {
        let _ = PoolFile::read(text.as_bytes());
    }

    #[test]
    fn no_half_of_a_file_makes_reading_panic(at in 0_usize..2_000, byte in any::<u8>()) {
        let mut text = crate::config::template::Template::B2b.file(Lang::De).write(Format::Json).into_bytes();
        let at = at % text.len();
        text[at] = byte;
        let _ = PoolFile::read(&text);
        let _ = PoolFile::read(&text[..at]);
    }
}
