use super::*;

#[test]
fn days_and_moments_are_shown_in_the_way_of_the_language() {
    let zone = Zone::default();
    let check = |millis: i64, de: &str, en: &str| {
        assert_eq!(show_time(Millis::new(millis), Lang::De, &zone), de);
        assert_eq!(show_time(Millis::new(millis), Lang::En, &zone), en);
    };
    check(1_795_339_800_000, "22.11.2026 10:30", "22 Nov 2026, 10:30");
    check(0, "01.01.1970 01:00", "1 Jan 1970, 01:00");
    check(i64::MAX, "", "");
    assert_eq!(show_date(20_779, Lang::De), "22.11.2026");
    assert_eq!(show_date(-1, Lang::En), "31 Dec 1969");
    assert_eq!(show_date(i64::MIN, Lang::En), "");
}

#[test]
fn days_lead_back_to_their_number() {
    for n in [-719_162, -1, 0, 1, 11_016, 20_779, 2_932_896] {
        assert_eq!(day(n).map(days), Some(n));
    }
}

#[test]
fn zones_are_known_by_their_names() {
    assert_eq!(Zone::default().name(), "Europe/Berlin");
    assert_eq!("America/New_York".parse::<Zone>().map(|zone| zone.name()), Ok("America/New_York"));
    assert_eq!("Mars/Olympus".parse::<Zone>(), Err(Problem::UnknownZone));
    let json = serde_json::to_string(&Zone::default()).expect("a text");
    assert_eq!(json, "\"Europe/Berlin\"");
    assert_eq!(serde_json::from_str::<Zone>(&json).expect("a zone"), Zone::default());
}

#[test]
fn a_wall_clock_tells_nothing_in_the_hour_that_comes_twice() {
    let berlin = Zone::default();
    // 2026-10-25 00:30 and 01:30 UTC are both 02:30.
    assert_eq!(wall_clock(Millis::new(1_792_888_200_000), &berlin), Some(1_792_895_400_000));
    assert_eq!(wall_clock(Millis::new(1_792_891_800_000), &berlin), None);
    assert_eq!(wall_clock(Millis::new(0), &berlin), Some(3_600_000));
    assert_eq!(wall_clock(Millis::new(i64::MAX), &berlin), None);
}
