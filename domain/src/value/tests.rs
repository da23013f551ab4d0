use super::*;
use crate::field::ChoiceOption;
use crate::id::{CategoryId, FieldId};

mod dates;
#[cfg(feature = "lists")]
mod entered;
mod fixed;
mod json;
mod properties;

pub(super) fn field(kind: FieldKind) -> FieldDef {
    FieldDef { id: FieldId::new(1), label: "Feld".to_owned(), ..FieldDef::new("FIELD", kind, CategoryId::new(1)) }
}

pub(super) fn with_options(kind: FieldKind, labels: &[&str]) -> FieldDef {
    let option = |(i, label): (i64, &&str)| ChoiceOption { id: OptionId::new(10 + i), label: (*label).to_owned(), position: i };
    FieldDef { options: (0..).zip(labels).map(option).collect(), ..field(kind) }
}

pub(super) fn context(zone: &Zone) -> ParseContext<'_> {
    ParseContext { lang: Lang::De, zone, date_order: DateOrder::Dmy, country_hint: None }
}

/// What is typed becomes what `plain` writes; an empty one is no value, an `Err` names the problem.
pub(super) fn check(field: &FieldDef, typed: &str, expected: Result<&str, Problem>) {
    check_in(field, typed, &context(&Zone::default()), expected);
}

pub(super) fn check_in(field: &FieldDef, typed: &str, cx: &ParseContext<'_>, expected: Result<&str, Problem>) {
    let parsed = parse(field, typed, cx);
    let written = parsed.map(|value| value.map_or_else(String::new, |value| plain(field, &value)));
    assert_eq!(written, expected.map(str::to_owned), "{typed:?}");
}

#[test]
fn whitespace_and_control_characters_are_no_value_of_any_type() {
    for kind in FieldKind::ALL {
        for typed in ["", " ", "\t\r\n", "\u{a0}\u{3000}", "\0", " \u{7} "] {
            check(&field(kind), typed, Ok(""));
        }
    }
}

#[test]
fn a_line_holds_a_thousand_characters() {
    let line = field(FieldKind::SingleLine);
    check(&line, " Anna\u{0} Mu\u{308}ller\t", Ok("Anna Müller"));
    check(&line, "'; drop table profiles; --", Ok("'; drop table profiles; --"));
    check(&line, "👩\u{200d}💻 שלום", Ok("👩\u{200d}💻 שלום"));
    let full = "ü".repeat(MAX_LINE);
    check(&line, &full, Ok(&full));
    check(&line, &format!("{full}x"), Err(Problem::TooLong { max: 1_000 }));
    check(&line, &"🦀".repeat(1_000), Err(Problem::TooLong { max: 650 }));
}

#[test]
fn several_lines_keep_their_breaks() {
    let lines = field(FieldKind::MultiLine);
    check(&lines, "  eins\r\nzwei\rdrei\n\n\tvier \n", Ok("eins\nzwei\ndrei\n\n\tvier"));
    check(&lines, "a\u{0}b\u{7}", Ok("ab"));
    check(&lines, &"x".repeat(MAX_LINES + 1), Err(Problem::TooLong { max: 100_000 }));
}

#[test]
fn whole_numbers_are_read_as_people_group_them() {
    let integer = field(FieldKind::Integer);
    let zone = Zone::default();
    let english = ParseContext { lang: Lang::En, ..context(&zone) };
    let not = || Err(Problem::NotAnInteger);
    for (typed, de, en) in [
        ("0", Ok("0"), Ok("0")),
        ("42", Ok("42"), Ok("42")),
        (" 42 ", Ok("42"), Ok("42")),
        ("007", Ok("7"), Ok("7")),
        ("-42", Ok("-42"), Ok("-42")),
        ("+42", Ok("42"), Ok("42")),
        ("−42", Ok("-42"), Ok("-42")),
        ("- 42", Ok("-42"), Ok("-42")),
        ("1.284", Ok("1284"), not()),
        ("1,284", not(), Ok("1284")),
        ("1.284.000", Ok("1284000"), not()),
        ("1 284", Ok("1284"), Ok("1284")),
        ("1\u{a0}284", Ok("1284"), Ok("1284")),
        ("1'284'000", Ok("1284000"), Ok("1284000")),
        ("-1’284", Ok("-1284"), Ok("-1284")),
        ("12,0", Ok("12"), Ok("12")),
        ("12.00", Ok("12"), Ok("12")),
        ("1.284,00", Ok("1284"), not()),
        ("12.000", Ok("12000"), not()),
        ("12,5", not(), not()),
        ("12.5", not(), not()),
        ("1.28", not(), not()),
        ("1.2840", not(), not()),
        ("1..284", not(), not()),
        (".284", not(), not()),
        ("12a", not(), not()),
        ("a", not(), not()),
        ("-", not(), not()),
        ("+", not(), not()),
        ("--4", not(), not()),
        ("1e3", not(), not()),
        ("0x1f", not(), not()),
        ("½", not(), not()),
        ("٣", not(), not()),
        ("9223372036854775807", Ok("9223372036854775807"), Ok("9223372036854775807")),
        ("-9223372036854775808", Ok("-9223372036854775808"), Ok("-9223372036854775808")),
        ("9223372036854775808", Err(Problem::IntegerTooLarge), Err(Problem::IntegerTooLarge)),
        ("1 000 000 000 000 000 000 000", Err(Problem::IntegerTooLarge), Err(Problem::IntegerTooLarge)),
    ] {
        check(&integer, typed, de);
        check_in(&integer, typed, &english, en);
    }
}

#[test]
fn yes_and_no_are_read_in_both_languages() {
    let boolean = field(FieldKind::Boolean);
    for typed in ["1", "ja", "JA", "Yes", "true", "TRUE", "wahr", "x", "X", "j", "y", "on", "an", "✓"] {
        check(&boolean, typed, Ok("true"));
    }
    for typed in ["0", "nein", "No", "false", "FALSE", "falsch", "n", "off", "aus"] {
        check(&boolean, typed, Ok("false"));
    }
    for typed in ["2", "-1", "vielleicht", "jaja", "-", "oui", "01"] {
        check(&boolean, typed, Err(Problem::NotABoolean));
    }
}

#[test]
fn postcodes_of_many_countries_are_accepted() {
    let zip = field(FieldKind::Postcode);
    for (typed, expected) in [
        ("10115", "10115"),
        (" 01067 ", "01067"),
        ("1010", "1010"),
        ("D-10115", "10115"),
        ("DE-10115", "10115"),
        ("d - 10115", "10115"),
        ("A-1010", "1010"),
        ("CH-8001", "8001"),
        ("FL-9490", "9490"),
        ("LV-1010", "LV-1010"),
        ("sw1a 1aa", "SW1A 1AA"),
        ("1012 AB", "1012 AB"),
        ("00-950", "00-950"),
        ("12345-6789", "12345-6789"),
    ] {
        check(&zip, typed, Ok(expected));
    }
    for typed in ["abc", "-", "1234567890123", "10115 Berlin Mitte", "10_15", "-1010", "1010-", "１０１１５", "10115;", "=1+1"] {
        check(&zip, typed, Err(Problem::NotAPostcode));
    }
    let zone = Zone::default();
    let german = ParseContext { country_hint: Some("DE"), ..context(&zone) };
    check_in(&zip, "1067", &german, Ok("01067"));
    check_in(&zip, "01067", &german, Ok("01067"));
    check_in(&zip, "1067", &ParseContext { country_hint: Some("AT"), ..german }, Ok("1067"));
}

#[test]
fn ip_addresses_are_written_in_one_way() {
    let ip = field(FieldKind::IpAddress);
    check(&ip, " 192.0.2.1 ", Ok("192.0.2.1"));
    check(&ip, "2001:DB8:0:0:0:0:0:1", Ok("2001:db8::1"));
    check(&ip, "::", Ok("::"));
    for typed in ["192.0.2", "192.0.2.256", "192.0.2.01", "1.2.3.4:80", "fe80::1%eth0", "localhost", "2001:db8::1::2"] {
        check(&ip, typed, Err(Problem::NotAnIpAddress));
    }
}

#[test]
fn an_option_is_found_by_its_label() {
    let one = with_options(FieldKind::Selection, &["Käufer", "käufer", "C", "C++", "a|b", "x, y"]);
    let unknown = |value: &str| Err(Problem::UnknownOption { value: value.to_owned() });
    check(&one, "Käufer", Ok("Käufer"));
    check(&one, "käufer", Ok("käufer"));
    check(&one, "KÄUFER", Ok("Käufer"));
    check(&one, "Ka\u{308}ufer", Ok("Käufer"));
    check(&one, "kaufer", Ok("Käufer"));
    check(&one, "c", Ok("C"));
    check(&one, "c++", Ok("C++"));
    check(&one, "a|b", Ok("a|b"));
    check(&one, "x, y", Ok("x, y"));
    check(&one, "Kunde", unknown("Kunde"));
    check(&one, "10", unknown("10"));
}

#[test]
fn several_options_are_read_from_one_line() {
    let many = with_options(FieldKind::MultiSelection, &["Wandern", "Ski", "Rad | Bike", "Kunst, Musik", "a\\b", "Eis; Kuchen"]);
    let unknown = |value: &str| Err(Problem::UnknownOption { value: value.to_owned() });
    check(&many, "Ski|Wandern", Ok("Wandern|Ski"));
    check(&many, "|Ski|Wandern|", Ok("Wandern|Ski"));
    check(&many, "ski, wandern", Ok("Wandern|Ski"));
    check(&many, "ski;wandern; SKI", Ok("Wandern|Ski"));
    check(&many, "Kunst, Musik", Ok("Kunst, Musik"));
    check(&many, "Ski|Kunst, Musik", Ok("Ski|Kunst, Musik"));
    check(&many, "Rad \\| Bike", Ok("Rad \\| Bike"));
    check(&many, "a\\\\b|Ski", Ok("Ski|a\\\\b"));
    check(&many, "a\\b", Ok("a\\\\b"));
    check(&many, "Eis; Kuchen", Ok("Eis; Kuchen"));
    check(&many, "||", Ok(""));
    check(&many, "Ski|Baden", unknown("Baden"));
    check(&many, "Ski, Baden", unknown("Baden"));
    check(&many, "Rad | Bike", unknown("Rad"));
}

#[test]
fn values_are_shown_in_the_language_of_the_reader() {
    let check = |field: &FieldDef, value: Value, de: &str, en: &str| {
        let zone = Zone::default();
        assert_eq!(show(field, &value, Lang::De, &zone), de);
        assert_eq!(show(field, &value, Lang::En, &zone), en);
    };
    check(&field(FieldKind::SingleLine), Value::Text("Anna".into()), "Anna", "Anna");
    check(&field(FieldKind::Integer), Value::Int(-1_284), "-1.284", "-1,284");
    check(&field(FieldKind::ProfileId), Value::Int(1_284), "1284", "1284");
    check(&field(FieldKind::Boolean), Value::Bool(true), "Ja", "Yes");
    check(&field(FieldKind::Boolean), Value::Bool(false), "Nein", "No");
    check(&field(FieldKind::Date), Value::Int(0), "01.01.1970", "1 Jan 1970");
    check(&field(FieldKind::DateTime), Value::Int(0), "01.01.1970 01:00", "1 Jan 1970, 01:00");
    check(&field(FieldKind::Permission), Value::Int(5), "Double Opt-In", "Double opt-in");
    check(&field(FieldKind::Permission), Value::Int(99), "99", "99");
    let one = with_options(FieldKind::Selection, &["A|B", "C"]);
    check(&one, Value::Int(10), "A|B", "A|B");
    check(&one, Value::Int(99), "#99", "#99");
    let many = with_options(FieldKind::MultiSelection, &["A|B", "C"]);
    check(&many, Value::Set(vec![OptionId::new(10), OptionId::new(11)]), "A|B, C", "A|B, C");
}

#[test]
fn values_of_a_field_are_in_order() {
    let check = |kind: FieldKind, smaller: Value, larger: Value| {
        assert_eq!(compare(kind, &smaller, &larger), Ordering::Less, "{smaller:?} {larger:?}");
        assert_eq!(compare(kind, &larger, &smaller), Ordering::Greater);
        assert_eq!(compare(kind, &larger, &larger.clone()), Ordering::Equal);
    };
    check(FieldKind::Integer, Value::Int(-3), Value::Int(2));
    check(FieldKind::Date, Value::Int(-3), Value::Int(2));
    check(FieldKind::Boolean, Value::Bool(false), Value::Bool(true));
    check(FieldKind::SingleLine, Value::Text("Ärger".into()), Value::Text("zebra".into()));
    check(FieldKind::MultiSelection, Value::Set(vec![OptionId::new(1)]), Value::Set(vec![OptionId::new(2)]));
    check(FieldKind::SingleLine, Value::Text("z".into()), Value::Int(1));
}
