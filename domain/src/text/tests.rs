use super::*;

#[test]
fn a_line_is_cleaned() {
    let check = |text: &str, expected: &str| assert_eq!(clean_line(text), expected, "{text:?}");
    check("", "");
    check("  Anna  ", "Anna");
    check("An\u{0}na", "Anna");
    check("Anna\r\nBerg", "Anna Berg");
    check("Anna\tBerg", "Anna Berg");
    check("\u{7}  Anna \u{7}", "Anna");
    check("Mu\u{308}ller", "Müller");
    check("\u{a0}Anna\u{a0}", "Anna");
    check("👩\u{200d}💻 Anna", "👩\u{200d}💻 Anna");
    check("שלום", "שלום");
}

#[test]
fn lines_keep_their_breaks_only() {
    let check = |text: &str, expected: &str| assert_eq!(clean_lines(text), expected, "{text:?}");
    check("a\r\nb\rc\u{2028}d", "a\nb\nc\nd");
    check(" a\n\n b ", "a\n\n b");
    check("a\u{0}\tb", "a\tb");
    check("\n\u{7}\n", "");
}

#[test]
fn names_have_one_to_two_hundred_characters() {
    assert_eq!(PoolName::parse("  Kunden  ").map(String::from), Ok("Kunden".to_owned()));
    assert_eq!(PoolName::parse(" \u{0} "), Err(Problem::Required));
    assert!(Name::parse(&"ü".repeat(200)).is_ok());
    assert_eq!(Name::parse(&"ü".repeat(201)), Err(Problem::TooLong { max: 200 }));
    assert!(serde_json::from_str::<Name>("\"\"").is_err());
}

#[test]
fn an_internal_name_follows_from_the_label() {
    let check = |label: &str, expected: &str| {
        assert_eq!(internal_name(label), expected);
        assert!(is_internal_name(expected));
    };
    check("Straße 2", "STRASSE2");
    check("Größe (cm)", "GROESSECM");
    check("Geburtstag", "GEBURTSTAG");
    check("Übermäßig_Groß-Ö", "UEBERMAESSIGGROSSOE");
    check("Café No. 5", "CAFENO5");
    check("2. Vorname", "F2VORNAME");
    check("Åland Øst", "AALANDOEST");
    check("Имя", "FIELD");
    check("", "FIELD");
    check("👍", "FIELD");
    check(&"x".repeat(500), &"X".repeat(60));
    assert!(!is_internal_name("name") && !is_internal_name("1A") && !is_internal_name("") && !is_internal_name("A-B"));
}
