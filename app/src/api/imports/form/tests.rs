use domain::import::{Asked, Encoding, Format, Reading};
use domain::lang::Lang;
use domain::value::DateOrder;

use super::{asked, mapping, reading, reading_code};

#[test]
fn a_reading_survives_the_address() {
    for encoding in Encoding::ALL {
        for delimiter in [';', ',', '\t', '|'] {
            for quote in [None, Some('"'), Some('\'')] {
                let one = Reading { encoding, delimiter, quote, has_header: quote.is_none(), ..Reading::default() };
                assert_eq!(reading(&reading_code(&one)), Some(one));
            }
        }
    }
}

#[test]
fn a_sheet_and_its_beginning_survive_the_address() {
    for format in Format::ALL {
        let one = Reading {
            format,
            file: 2,
            sheet: 11,
            first_row: 4,
            numbers: Some(Lang::En),
            dates: Some(DateOrder::Mdy),
            ..Reading::default()
        };
        assert_eq!(reading(&reading_code(&one)), Some(one));
    }
    let one = Reading { format: Format::Xlsx, sheet: 1, first_row: 3, ..Reading::default() };
    assert_eq!(reading_code(&one), "utf8.comma.double.header.xlsx.sheet1.row3");
}

#[test]
fn a_code_of_four_words_is_a_text_as_ever() {
    let old = Reading { delimiter: ';', ..Reading::default() };
    assert_eq!(reading("utf8.semicolon.double.header"), Some(old));
    assert_eq!(reading_code(&old), "utf8.semicolon.double.header");
}

#[test]
fn another_file_or_sheet_is_asked_for_without_the_rest() {
    assert_eq!(asked("auto.file1"), Some(Asked::Part { file: 1, sheet: None }));
    assert_eq!(asked("auto.file1.sheet0"), Some(Asked::Part { file: 1, sheet: Some(0) }));
    assert_eq!(asked("auto.sheet2"), Some(Asked::Part { file: 0, sheet: Some(2) }));
    assert_eq!(asked("auto.sheet"), None);
    assert_eq!(asked("utf8.comma.double.rows"), Some(Asked::Whole(Reading { has_header: false, ..Reading::default() })));
}

#[test]
fn a_strange_reading_is_none() {
    for code in [
        "",
        "utf8.comma.double.header.docx",
        "utf8.comma.double.header.sheet-1",
        "utf8",
        "utf8.semicolon",
        "utf9.comma.double.header",
        "utf8.dot.double.header",
    ] {
        assert_eq!(reading(code), None, "{code}");
    }
}

#[test]
fn only_ticked_columns_are_imported() {
    let fields = ["EMAIL", "NAME", ""].map(str::to_owned).to_vec();
    let (made, key) = mapping(fields, &[0, 2], Some("EMAIL".to_owned()), false).unwrap();
    assert_eq!(made.columns, [Some("EMAIL".to_owned()), None, None]);
    assert_eq!(key.as_deref(), Some("EMAIL"));
}

#[test]
fn a_key_that_is_not_imported_is_refused() {
    let columns = || vec!["EMAIL".to_owned(), "NAME".to_owned()];
    assert!(mapping(columns(), &[1], Some("EMAIL".to_owned()), false).is_err());
    assert_eq!(mapping(columns(), &[1], Some(String::new()), false).unwrap().1, None);
    assert_eq!(mapping(columns(), &[1], Some("EMAIL".to_owned()), true).unwrap().1, None, "the rules ask for another one");
}

#[test]
fn an_import_of_nothing_is_refused() {
    assert!(mapping(vec!["EMAIL".to_owned()], &[], None, false).is_err());
}
