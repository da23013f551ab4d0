//! What is typed into a form.

use super::*;
use crate::time::Millis;
use crate::when::Trap;

/// 2026-03-31 14:25:36 in Berlin.
const NOW: Millis = Millis::new(1_774_959_936_500);

fn read(kind: FieldKind, typed: &str, country: Option<&str>) -> Result<Entered, Problem> {
    let zone = Zone::default();
    entered(&field(kind), typed, NOW, &ParseContext { country_hint: country, ..context(&zone) })
}

fn shown(kind: FieldKind, typed: &str) -> String {
    let value = read(kind, typed, None).unwrap().value.unwrap();
    show(&field(kind), &value, Lang::De, &Zone::default())
}

#[test]
fn a_date_is_a_date_first_and_else_what_the_words_come_to() {
    for (typed, day) in [
        ("22.11.2026", "22.11.2026"),
        ("today - 5 days", "26.03.2026"),
        ("heute - 5 Tage", "26.03.2026"),
        ("nächsten Montag", "06.04.2026"),
        ("gestern", "30.03.2026"),
        ("+1 week", "07.04.2026"),
    ] {
        assert_eq!(shown(FieldKind::Date, typed), day, "{typed}");
    }
    assert_eq!(shown(FieldKind::DateTime, "tomorrow 9am"), "01.04.2026 09:00");
    assert_eq!(shown(FieldKind::DateTime, "nächsten Montag um 9 Uhr"), "06.04.2026 09:00");
    assert_eq!(read(FieldKind::DateTime, "now", None).unwrap().value, Some(Value::Int(1_774_959_936_000)));
}

#[test]
fn a_day_that_the_calendar_does_not_have_stays_refused() {
    assert_eq!(read(FieldKind::Date, "31.02.1990", None), Err(Problem::NoSuchDay));
    assert_eq!(read(FieldKind::DateTime, "31.02.1990 10:00", None), Err(Problem::NoSuchDay));
}

#[test]
fn digits_alone_are_no_day() {
    for typed in ["2022", "5.1.", "12:30", "7"] {
        assert_eq!(read(FieldKind::Date, typed, None), Err(Problem::NotADate), "{typed}");
    }
    assert_eq!(shown(FieldKind::DateTime, "12:30"), "31.03.2026 12:30");
}

#[test]
fn the_traps_come_with_the_value() {
    for (kind, typed, trap) in [
        (FieldKind::Date, "+1 month", Trap::MonthOverflow),
        (FieldKind::DateTime, "2022", Trap::YearAsTime),
        (FieldKind::Date, "february", Trap::MonthKeepsDay),
        (FieldKind::Date, "today 2022", Trap::YearAsTime),
    ] {
        assert_eq!(read(kind, typed, None).unwrap().traps, [trap], "{typed}");
    }
    assert_eq!(read(FieldKind::Date, "today", None).unwrap().traps, []);
}

#[test]
fn words_that_mean_nothing_are_named() {
    assert_eq!(read(FieldKind::Date, "Mumpitz", None), Err(Problem::NotAMoment { part: "Mumpitz".to_owned() }));
}

#[test]
fn a_postcode_follows_the_country_of_its_profile() {
    let zip = |typed, country| read(FieldKind::Postcode, typed, country).map(|read| read.value);
    let text = |text: &str| Ok(Some(Value::Text(text.to_owned())));
    assert_eq!(zip("1234ab", Some("NL")), text("1234 AB"));
    assert_eq!(zip("1234ab", None), text("1234AB"));
    assert_eq!(zip("10115", Some("AT")), Err(Problem::NotAPostcodeOf { example: "1010".to_owned() }));
    assert_eq!(zip("", Some("AT")), Ok(None));
}
