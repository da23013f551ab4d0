use domain::import::{Encoding, Reading};

use super::{mapping, reading, reading_code};

#[test]
fn a_reading_survives_the_address() {
    for encoding in Encoding::ALL {
        for delimiter in [';', ',', '\t', '|'] {
            for quote in [None, Some('"'), Some('\'')] {
                let one = Reading { encoding, delimiter, quote, has_header: quote.is_none() };
                assert_eq!(reading(&reading_code(&one)), Some(one));
            }
        }
    }
}

#[test]
fn a_strange_reading_is_none() {
    for code in ["", "utf8", "utf8.semicolon", "utf9.comma.double.header", "utf8.dot.double.header"] {
        assert_eq!(reading(code), None, "{code}");
    }
}

#[test]
fn only_ticked_columns_are_imported() {
    let fields = ["EMAIL", "NAME", ""].map(str::to_owned).to_vec();
    let made = mapping(fields, &[0, 2], Some("EMAIL".to_owned())).unwrap();
    assert_eq!(made.columns, [Some("EMAIL".to_owned()), None, None]);
    assert_eq!(made.key.as_deref(), Some("EMAIL"));
}

#[test]
fn a_key_that_is_not_imported_is_refused() {
    let columns = || vec!["EMAIL".to_owned(), "NAME".to_owned()];
    assert!(mapping(columns(), &[1], Some("EMAIL".to_owned())).is_err());
    assert_eq!(mapping(columns(), &[1], Some(String::new())).unwrap().key, None);
}

#[test]
fn an_import_of_nothing_is_refused() {
    assert!(mapping(vec!["EMAIL".to_owned()], &[], None).is_err());
}
