use domain::condition::Condition;
use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let text = to_text(&bytes);
        prop_assert!(text.chars().all(|letter| letter != '<' && !letter.is_ascii_control()));
        prop_assert_eq!(from_text(&text), Ok(bytes));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[~0-9a-fx ü]{0,40}") {
        _ = from_text(&text);
    }
}

#[test]
fn what_people_wrote_stays_readable() {
    let text = Wire::encode(&("Müller ~ Söhne", 7_u8)).expect("text");
    assert_eq!(text, "~10Müller ~7e Söhne~07");
    assert_eq!(<Wire as Decoder<(String, u8)>>::decode(&text), Ok(("Müller ~ Söhne".to_owned(), 7)));
}

#[test]
fn half_an_escape_is_refused() {
    for text in ["~", "~0", "~0g", "~~"] {
        assert_eq!(from_text(text), Err(Error::DeserializeBadEncoding), "{text}");
    }
}

/// As a tree it could be deeper than the stack of whoever reads it.
#[test]
fn a_condition_travels_as_its_text() {
    let condition: Condition = r#"COUNTRY = "AT" and not (CITY is empty)"#.parse().expect("a condition");
    let text = Wire::encode(&condition).expect("text");
    assert!(text.ends_with(r#"COUNTRY = "AT" and not (CITY is empty)"#), "{text}");
    assert_eq!(<Wire as Decoder<Condition>>::decode(&text), Ok(condition));
    for kind in 0..4 {
        assert!(postcard::from_bytes::<Condition>(&vec![kind; 1_000_000]).is_err());
    }
}
