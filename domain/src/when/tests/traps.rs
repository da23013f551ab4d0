//! The four traps, and what is no trap.

use super::*;

fn traps(phrase: &str, now: &str) -> Vec<Trap> {
    let now = chrono::DateTime::parse_from_rfc3339(now).unwrap().timestamp_millis();
    read(phrase, Millis::new(now), &Zone::default()).unwrap().traps
}

#[test]
fn each_of_the_four_traps_warns() {
    let at_month_end = "2026-03-31T14:25:36+02:00";
    for (phrase, expected) in [
        ("+1 month", Some(Trap::MonthOverflow)),
        ("-1 month", Some(Trap::MonthOverflow)),
        ("next month", Some(Trap::MonthOverflow)),
        ("letzter Monat", Some(Trap::MonthOverflow)),
        ("in 1 Monat", Some(Trap::MonthOverflow)),
        ("29 february 2024 +1 year", Some(Trap::MonthOverflow)),
        ("2022", Some(Trap::YearAsTime)),
        ("today 2022", Some(Trap::YearAsTime)),
        ("february", Some(Trap::MonthKeepsDay)),
        ("Februar", Some(Trap::MonthKeepsDay)),
        ("30 february 2026", Some(Trap::RolledOver)),
        ("30. Februar 2026", Some(Trap::RolledOver)),
        ("2026-02-30", Some(Trap::RolledOver)),
        ("31.4.2026", Some(Trap::RolledOver)),
        ("2026-00-10", Some(Trap::RolledOver)),
        ("+2 months", None),
        ("+1 year", None),
        ("last day of next month", None),
        ("last friday of next month", None),
        ("letzter Tag des nächsten Monats", None),
        ("last day of february", None),
        ("february 2026", None),
        ("march", None),
        ("12:00 2022", None),
        ("20:22", None),
        ("t2022", None),
        ("2026-366", None),
        ("29 february 2024", None),
        ("+40 days", None),
        ("today", None),
    ] {
        assert_eq!(traps(phrase, at_month_end), Vec::from_iter(expected), "{phrase}");
    }
    for phrase in ["+1 month", "february", "next year"] {
        assert_eq!(traps(phrase, "2026-03-15T12:00:00Z"), [], "{phrase}");
    }
    assert_eq!(traps("next year", "2024-02-29T12:00:00Z"), [Trap::MonthOverflow]);
}

#[test]
fn every_trap_is_explained_in_both_languages() {
    for trap in Trap::ALL {
        assert!(trap.text().de.ends_with('.') && trap.text().en.ends_with('.'));
        assert_ne!(trap.text().de, trap.text().en);
    }
}
