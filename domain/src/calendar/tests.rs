use super::*;

fn day(year: i32, month: u32, day: u32) -> i64 {
    time::days(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

#[test]
fn a_day_is_said_in_words() {
    assert_eq!(day_words(day(2026, 12, 4), Lang::De), "Freitag, 4. Dezember 2026");
    assert_eq!(day_words(day(2026, 12, 4), Lang::En), "Friday, 4 December 2026");
    assert_eq!(day_words(day(1969, 12, 31), Lang::De), "Mittwoch, 31. Dezember 1969");
    assert_eq!(month_words(day(2026, 3, 1), Lang::De), "März 2026");
}

#[test]
fn a_month_later_is_the_same_day_or_the_last_one() {
    assert_eq!(months_later(day(2026, 1, 31), 1), day(2026, 2, 28));
    assert_eq!(months_later(day(2026, 3, 31), -1), day(2026, 2, 28));
    assert_eq!(months_later(day(2024, 2, 29), 12), day(2025, 2, 28));
    assert_eq!(months_later(day(9999, 12, 31), 1), day(9999, 12, 31));
    assert_eq!(months_later(day(1, 1, 1), -1), day(1, 1, 1));
}

#[test]
fn a_month_has_its_first_day_and_its_length() {
    assert_eq!(month_of(day(2024, 2, 17)), (day(2024, 2, 1), 29));
    assert_eq!(month_of(day(2026, 12, 31)), (day(2026, 12, 1), 31));
}

#[test]
fn the_day_of_a_moment_is_that_of_the_zone() {
    let zone = Zone::default();
    // 2026-03-31 22:30 UTC is after midnight in Berlin.
    let at = Millis::new(1_774_996_200_000);
    assert_eq!((time::day_of(at, &zone), clock_of(at, &zone).as_str()), (day(2026, 4, 1), "00:30"));
}
