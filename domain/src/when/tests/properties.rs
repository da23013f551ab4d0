//! No text whatever makes reading fail otherwise than with a sentence.

use proptest::prelude::*;

use super::phrases::Generator;
use super::*;

fn any_zone() -> impl Strategy<Value = Zone> {
    prop::sample::select(vec!["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Africa/Casablanca"])
        .prop_map(|zone| zone.parse().unwrap())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,80}", now: i64, zone in any_zone()) {
        let _ = read(&text, Millis::new(now), &zone);
    }

    #[test]
    fn any_composition_is_read_or_refused_at_any_time(seed: u64, now: i64, zone in any_zone()) {
        let phrase = Generator::new(seed).phrase();
        let _ = read(&phrase, Millis::new(now), &zone);
    }

    #[test]
    fn huge_numbers_are_read_or_refused(
        sign in "[+-]{0,3}",
        digits in "[0-9]{1,40}",
        unit in prop::sample::select(vec!["years", "months", "weeks", "weekdays", "hours", "msec", "sat", "Jahre", "Quartale", "Tage", "Uhr", "-01-01", ". Januar 2027", ""]),
        before in prop::sample::select(vec!["", "@", "first monday of ", "last day of ", "vor ", "in ", "nächsten ", "um "]),
        now: i64,
        zone in any_zone(),
    ) {
        let _ = read(&format!("{before}{sign}{digits} {unit}"), Millis::new(now), &zone);
        let _ = read(&format!("{before}{sign}{digits}{unit} {sign}{digits}{unit} ago"), Millis::new(now), &zone);
    }
}

#[test]
fn long_and_strange_texts_are_read_or_refused() {
    let now = Millis::new(0);
    for piece in [
        "+1 day ",
        "9999999999999 years ",
        " ",
        "\t",
        "now\0",
        "🎂",
        "first ",
        "+-",
        "1.",
        "jan ",
        "ä",
        "vor ",
        "und ",
        "\u{308}",
        "(",
        "µs ",
        "2022 ",
        "9:",
    ] {
        let _ = read(&piece.repeat(10_000), now, &Zone::UTC);
        let _ = read(&format!("{}now", piece.repeat(10_000)), now, &Zone::UTC);
        let _ = read(&format!("now {}x", piece.repeat(10_000)), now, &Zone::UTC);
    }
    assert!(read(&"+1 day ".repeat(10_000), now, &Zone::UTC).is_ok());
    for time in [i64::MIN, i64::MAX, 0, -1] {
        for phrase in ["now", "+1 day", "first day of next month", "Monatsende", "Wochenende", "nächstes Jahresende"] {
            let _ = read(phrase, Millis::new(time), &Zone::default());
        }
    }
}
