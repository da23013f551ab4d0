use super::*;
use crate::time::rfc3339;

fn at(text: &str) -> Millis {
    Millis::new(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis())
}

fn next(timing: &str, after: &str) -> String {
    let zone = Zone::default();
    rfc3339(timing.parse::<Timing>().unwrap().next(at(after), &zone), &zone).unwrap()
}

#[test]
fn the_next_time_is_that_of_the_wall_clock() {
    assert_eq!(next("15m", "2026-11-24T12:00:00+01:00"), "2026-11-24T12:15:00+01:00");
    assert_eq!(next("daily 06:30", "2026-11-24T06:29:59+01:00"), "2026-11-24T06:30:00+01:00");
    assert_eq!(next("daily 06:30", "2026-11-24T06:30:00+01:00"), "2026-11-25T06:30:00+01:00");
    // 24.11.2026 is a Tuesday.
    assert_eq!(next("weekly 2 08:00", "2026-11-24T07:00:00+01:00"), "2026-11-24T08:00:00+01:00");
    assert_eq!(next("weekly 2 08:00", "2026-11-24T08:00:00+01:00"), "2026-12-01T08:00:00+01:00");
    assert_eq!(next("weekly 1 00:00", "2026-11-24T08:00:00+01:00"), "2026-11-30T00:00:00+01:00");
}

#[test]
fn changing_clocks_neither_lose_nor_double_a_time() {
    // 28.03.2027: 2:00 becomes 3:00. 31.10.2027: 3:00 becomes 2:00.
    assert_eq!(next("daily 02:30", "2027-03-27T12:00:00+01:00"), "2027-03-28T03:30:00+02:00");
    assert_eq!(next("daily 02:30", "2027-03-28T03:30:00+02:00"), "2027-03-29T02:30:00+02:00");
    assert_eq!(next("daily 02:30", "2027-10-30T12:00:00+02:00"), "2027-10-31T02:30:00+02:00");
    assert_eq!(next("daily 02:30", "2027-10-31T02:30:00+02:00"), "2027-11-01T02:30:00+01:00");
}

#[test]
fn a_timing_is_read_as_it_is_written() {
    for timing in [Timing::Minutes(1), Timing::Minutes(1440), Timing::Daily(0), Timing::Daily(1439), Timing::Weekly(7, 61)] {
        assert_eq!(timing.to_string().parse(), Ok(timing));
    }
    for wrong in
        ["", "0m", "1441m", "15", "daily", "daily 24:00", "daily 6:60", "daily +6:00", "weekly 0 06:00", "weekly 8 06:00", "daily 06:00 x"]
    {
        assert_eq!(wrong.parse::<Timing>(), Err(Problem::NotATiming), "{wrong}");
    }
    assert_eq!(Timing::Weekly(1, 390).label(Lang::De), "montags um 06:30");
    assert_eq!(Timing::Minutes(240).label(Lang::En), "every 4 hours");
}

#[test]
fn a_source_is_a_folder_or_an_address() {
    let read = |text: &str| text.parse::<Source>();
    assert_eq!(read(" Messe 2026 "), Ok(Source::Folder("Messe 2026".into())));
    assert_eq!(read("https://files.example.com/a.csv?b=c"), Ok(Source::Web("https://files.example.com/a.csv?b=c".into())));
    let place = |host: &str, port, folder: &str, pattern: &str| {
        Source::Sftp(Place { host: host.into(), port, folder: folder.into(), pattern: pattern.into() })
    };
    assert_eq!(read("sftp://Files.example.com/export/k-*.csv"), Ok(place("files.example.com", 22, "/export", "k-*.csv")));
    assert_eq!(read("sftp://[2001:db8::1]:2222/a/"), Ok(place("[2001:db8::1]", 2222, "/a", "*")));
    assert_eq!(read("SFTP://h.example/k.csv"), Ok(place("h.example", 22, "/", "k.csv")));
    for text in ["sftp://h.example/k.csv", "sftp://h.example:2222/a/b/*", "sftp://h.example/~/in/*.csv", "Kunden", "https://h.example/a"] {
        assert_eq!(read(text).unwrap().to_string(), text);
    }
    for wrong in [
        "../etc",
        "a/b",
        ".hidden",
        "a\\b",
        "end.",
        "ftp://h.example/a",
        "sftp://h.example",
        "sftp://user@h.example/a",
        "sftp:///a",
        "sftp://h.example:0/a",
        "sftp://h.example:x/a",
        "sftp://h.example/a/../b",
        "sftp://h.example/*/b",
        "https://u:p@h.example/a",
        "https://",
        "https://h.example/a b",
        "a:b",
    ] {
        assert_eq!(read(wrong), Err(Problem::NotASource), "{wrong}");
    }
    assert_eq!(read("  "), Err(Problem::Required));
}

#[test]
fn a_folder_of_ones_own_has_a_path_of_its_own() {
    let path = |text: &str| match text.parse::<Source>() {
        Ok(Source::Sftp(place)) => place.path().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(path("sftp://h.example/~/k.csv"), ".");
    assert_eq!(path("sftp://h.example/~/in/k.csv"), "in");
    assert_eq!(path("sftp://h.example/in/k.csv"), "/in");
}

#[test]
fn a_star_stands_for_anything_and_what_is_on_its_way_is_left_alone() {
    for (pattern, name) in
        [("*", "a.csv"), ("k-*.csv", "k-1.csv"), ("*.csv", ".x.csv.csv".trim_start_matches('.')), ("a*b*c", "aXbYbZc"), ("a.csv", "a.csv")]
    {
        assert!(matches(pattern, name), "{pattern} {name}");
    }
    for (pattern, name) in [
        ("*.csv", "a.csv.part"),
        ("*", ".hidden"),
        ("*", "a.TMP"),
        ("*", "a~"),
        ("k-*.csv", "k.csv"),
        ("a*b", "ab.csv"),
        ("a.csv", "b.csv"),
        ("", "a"),
    ] {
        assert!(!matches(pattern, name), "{pattern} {name}");
    }
    // Many stars take no longer than their number times the name.
    assert!(!matches(&"*a".repeat(200), &"b".repeat(2_000)));
}

#[test]
fn everything_that_is_wrong_is_named() {
    let typed = Typed { source: "a/b".into(), timing: "now".into(), percent: "101".into(), mapping: "x".into(), ..Typed::default() };
    let invalid = typed.read().unwrap_err();
    let fields: Vec<_> = invalid.problems.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["name", "source", "timing", "mapping", "percent"]);
    let typed = Typed { name: "A".into(), source: "sftp://h.example/a.csv".into(), timing: "15m".into(), ..Typed::default() };
    assert_eq!(typed.clone().read().unwrap_err().problems[0].field, "login");
    let wanted = Typed { login: "lagune".into(), percent: " 5 % ".into(), secret: " a\r\nb ".into(), ..typed }.read().unwrap();
    assert_eq!((wanted.percent, wanted.secret.as_str(), wanted.mapping), (5, "a\nb", None));
}

#[test]
fn an_alarm_rings_above_its_share() {
    assert!(is_alarming(1, 100, 0) && !is_alarming(0, 100, 0));
    assert!(!is_alarming(5, 100, 5) && is_alarming(6, 100, 5));
    assert!(!is_alarming(100, 100, 100));
    assert!(!is_alarming(0, 0, 0));
}
