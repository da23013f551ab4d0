use super::*;

/// 1 November 2026, a Sunday.
const NOVEMBER: i64 = 20_758;

#[test]
fn a_month_is_cut_into_weeks_from_monday_to_sunday() {
    let weeks = weeks(NOVEMBER, 30);
    assert_eq!(weeks.len(), 6);
    assert_eq!(weeks[0], [None, None, None, None, None, None, Some(NOVEMBER)]);
    assert_eq!(weeks[5][0], Some(NOVEMBER + 29));
    assert_eq!(weeks[5][1], None);
    assert_eq!(day_words(NOVEMBER, domain::lang::Lang::En), "Sunday, 1 November 2026");
}

#[test]
fn the_keys_lead_by_days_weeks_months_and_years() {
    let day = NOVEMBER + 24; // Wednesday, the 25th
    for (key, shift, there) in [
        ("ArrowLeft", false, day - 1),
        ("ArrowRight", false, day + 1),
        ("ArrowUp", false, day - 7),
        ("ArrowDown", false, day + 7),
        ("Home", false, day - 2),
        ("End", false, day + 4),
        ("PageUp", false, day - 31),
        ("PageDown", false, day + 30),
        ("PageUp", true, day - 365),
        ("PageDown", true, day + 365),
    ] {
        assert_eq!(step(day, key, shift), Some(there), "{key}");
    }
    assert_eq!(step(day, "a", false), None);
}
