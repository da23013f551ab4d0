//! German phrases mean what their English counterparts mean.

use super::*;

/// Tuesday, 2026-03-31 14:25:36 in Berlin.
fn now() -> Millis {
    Millis::new(1_774_959_936_000)
}

fn at(phrase: &str) -> String {
    let zone = Zone::default();
    match read(phrase, now(), &zone) {
        Ok(moment) => crate::time::rfc3339(moment.at, &zone).unwrap(),
        Err(problem) => format!("{problem:?}"),
    }
}

#[test]
fn german_phrases_mean_what_english_ones_do() {
    for (german, english) in [
        ("jetzt", "now"),
        ("heute", "today"),
        ("HEUTE", "today"),
        ("gestern", "yesterday"),
        ("Morgen", "tomorrow"),
        ("vorgestern", "today -2 days"),
        ("übermorgen", "today +2 days"),
        ("uebermorgen 8 Uhr", "today +2 days 08:00"),
        ("Mitternacht", "midnight"),
        ("Mittag", "noon"),
        ("heute Mittag", "today noon"),
        ("gestern um Mitternacht", "yesterday"),
        ("vor 5 Tagen", "5 days ago"),
        ("vor fünf Tagen", "5 days ago"),
        ("vor einem Monat", "1 month ago"),
        ("vor einem halben Jahr", "6 months ago"),
        ("in einer halben Stunde", "+30 minutes"),
        ("vor 1 Woche und 2 Tagen", "-1 week -2 days"),
        ("vor 1 Woche 1 Tag 4 Stunden 2 Sekunden", "-1 week -1 day -4 hours -2 seconds"),
        ("in 2 Wochen", "+2 weeks"),
        ("in 14 Tagen um 9:30 Uhr", "+14 days 09:30"),
        ("in zwei Wochen am Montag", "monday +2 weeks"),
        ("heute in 3 Tagen", "today +3 days"),
        ("heute vor 2 Wochen", "today -2 weeks"),
        ("heute - 5 Tage", "today - 5 days"),
        ("heute -5 Tage", "today -5 days"),
        ("jetzt-24Stunden", "now-24hours"),
        ("+1 Monat", "+1 month"),
        ("+5 Tage", "+5 days"),
        ("-5 Tage", "-5 days"),
        ("+1 Tag", "+1 day"),
        ("-2 Wochen", "-2 weeks"),
        ("+1 Jahr 2 Monate", "+1 year +2 months"),
        ("10:00 CET heute", "today 10:00 CET"),
        ("- 3 Werktage", "-3 weekdays"),
        ("in 3 Arbeitstagen", "+3 weekdays"),
        ("plus 2 Quartale", "+6 months"),
        ("2 Tage später", "+2 days"),
        ("3 Jahre zuvor", "-3 years"),
        ("letzter Monat", "last month"),
        ("letzten Monat", "last month"),
        ("nächster Monat", "next month"),
        ("naechsten Monat um 9 Uhr", "next month 09:00"),
        ("kommendes Jahr", "next year"),
        ("voriges Quartal", "-3 months"),
        ("vorletzten Monat", "-2 months"),
        ("übernächstes Jahr", "+2 years"),
        ("diese Woche", "this week"),
        ("nächste Woche", "next week"),
        ("letzte Woche Freitag", "friday last week"),
        ("Montag nächster Woche", "monday next week"),
        ("nächste Woche Montag um 9 Uhr", "monday next week 09:00"),
        ("übernächste Woche Montag", "monday next week +1 week"),
        ("die letzten 30 Tage", "-30 days"),
        ("Montag", "monday"),
        ("am Dienstag", "tuesday"),
        ("Sonnabend", "saturday"),
        ("nächsten Montag", "next monday"),
        ("nächsten Montag um 9 Uhr", "next monday 09:00"),
        ("nächsten Montag, 9 Uhr 30", "next monday 09:30"),
        ("um 9 Uhr nächsten Montag", "next monday 09:00"),
        ("letzten Freitag", "last friday"),
        ("diesen Dienstag", "this tuesday"),
        ("übernächsten Montag", "next monday +1 week"),
        ("vorletzten Sonntag", "last sunday -1 week"),
        ("Monatsanfang", "first day of this month midnight"),
        ("Monatsende", "last day of this month midnight"),
        ("Monatsende 18 Uhr", "last day of this month 18:00"),
        ("nächster Monatsanfang", "first day of next month midnight"),
        ("Jahresanfang", "1 january"),
        ("Jahresende", "31 december"),
        ("letztes Jahresende", "31 december last year"),
        ("Quartalsanfang", "2026-01-01"),
        ("Quartalsende", "2026-03-31"),
        ("nächster Quartalsanfang", "2026-04-01"),
        ("Wochenanfang", "monday this week"),
        ("Wochenende", "saturday this week"),
        ("Anfang des Monats", "first day of this month midnight"),
        ("Ende des Monats", "last day of this month midnight"),
        ("Ende nächsten Monats", "last day of next month midnight"),
        ("Anfang letzter Woche", "monday last week"),
        ("Ende der Woche", "sunday this week"),
        ("Ende Februar 2027", "last day of february 2027"),
        ("Mitte Januar", "15 january"),
        ("Mitte Februar", "15 february"),
        ("Anfang 2027", "1 january 2027"),
        ("Ende des Jahres 2027", "31 december 2027"),
        ("im Jahr 2027", "1 january 2027"),
        ("2 Tage vor Monatsende", "2026-03-29"),
        ("Monatsanfang + 2 Tage", "2026-03-03"),
        ("3 Wochen nach dem 5. Januar 2027", "2027-01-26"),
        ("erster Tag des nächsten Monats", "first day of next month"),
        ("letzter Tag des Monats", "last day of this month"),
        ("letzter Tag im Februar", "last day of february"),
        ("erster Tag des Jahres", "1 january"),
        ("letzter Freitag im Monat", "last friday of this month"),
        ("letzter Freitag des nächsten Monats um 15 Uhr", "last friday of next month 15:00"),
        ("erster Montag im Januar 2027", "first monday of january 2027"),
        ("2. Dienstag im nächsten Monat", "second tuesday of next month"),
        ("vorletzter Freitag im Mai", "last friday of may 2026 -1 week"),
        ("erster Werktag des nächsten Monats", "2026-04-01"),
        ("letzter Werktag im Mai 2026", "2026-05-29"),
        ("5. Januar 2027", "5 january 2027"),
        ("5.Januar 2027 14:30", "2027-01-05 14:30"),
        ("am 5.1.2027 um 7:30 Uhr", "2027-01-05 07:30"),
        ("am 5.1.27", "2027-01-05"),
        ("am 5. 1. 2027", "2027-01-05"),
        ("am 5.1.", "5 january"),
        ("5. Januar - 2 Tage", "2026-01-03"),
        ("5. Januar um 9 Uhr", "2026-01-05 09:00"),
        ("am 5.1. um 9 Uhr MESZ", "2026-01-05 09:00 CEST"),
        ("Januar 9 Uhr", "january, 09:00"),
        ("Dienstag, 5. Mai 2026", "2026-05-05"),
        ("1. März", "1 march"),
        ("1. Maerz", "1 march"),
        ("24. Dez. 2026", "2026-12-24"),
        ("am 15.", "15 march"),
        ("15. des nächsten Monats", "15 april"),
        ("Oktober 2026", "october 2026"),
        ("Dezember 2026, 8 Uhr", "december 2026 08:00"),
        ("3. Oktober nächsten Jahres", "3 october next year"),
        ("am Ersten des Monats", "1 march"),
        ("Letzter im Februar 2028", "29 february 2028"),
        ("zum nächsten Monatsersten", "1 april"),
        ("morgen früh um 7", "tomorrow 07:00"),
        ("morgen Abend um 8", "tomorrow 20:00"),
        ("halb zehn", "09:30"),
        ("morgen um halb 10", "tomorrow 09:30"),
        ("viertel nach 8", "08:15"),
        ("heute 8 Uhr abends", "today 20:00"),
        ("heute um 9", "today 09:00"),
        ("heute 9.30 Uhr", "today 09:30"),
        ("heute 12 Uhr MEZ", "today 12:00 CET"),
        ("heute 12 Uhr America/New_York", "today 12:00 America/New_York"),
        ("2026-05-01 um 9 Uhr", "2026-05-01 09:00"),
    ] {
        assert_eq!(at(german), at(english), "{german}");
        assert!(at(english).starts_with("20"), "{english}: {}", at(english));
    }
}

#[test]
fn no_german_word_changes_what_an_english_phrase_means() {
    for phrase in super::phrases::FIXED.lines().filter(|line| !line.starts_with('#')) {
        let Ok(english) = english(phrase, now(), &Zone::default()) else { continue };
        if phrase.chars().any(char::is_alphanumeric) {
            assert_eq!(read(phrase, now(), &Zone::default()), Ok(english.moment), "{phrase}");
        }
    }
}

#[test]
fn umlauts_may_be_written_in_any_way() {
    for spelling in ["nächsten", "naechsten", "na\u{308}chsten", "NÄCHSTEN", "Naechsten"] {
        assert_eq!(at(&format!("{spelling} Monat")), at("next month"), "{spelling}");
    }
}

#[test]
fn a_refusal_names_the_part_that_was_not_understood() {
    let part = |text: &str| match read(text, now(), &Zone::UTC) {
        Err(Problem::NotAMoment { part } | Problem::MomentGivenTwice { part }) => part,
        other => format!("{other:?}"),
    };
    assert_eq!(part("tomorow"), "tomorow");
    assert_eq!(part("next munday 9:00"), "next munday");
    assert_eq!(part("vor 5 Tagn"), "vor 5 Tagn");
    assert_eq!(part("nächsten Blaumontag"), "nächsten Blaumontag");
    assert_eq!(part("heute um 9 Uhr vielleicht"), "vielleicht");
    assert_eq!(part("2026-01-01 2026-01-02"), "2026-01-02");
    assert_eq!(part("10:00 11:00"), "11:00");
    assert_eq!(part("foo"), "foo");
    assert_eq!(part("morgen früh"), "früh");
    assert_eq!(read("   ", now(), &Zone::UTC), Err(Problem::Required));
    assert_eq!(read("@9223372036854775807", now(), &Zone::UTC), Err(Problem::MomentTooFar));
}
