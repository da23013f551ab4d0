//! PHP itself is asked what each phrase means. Missing PHP is a failure: install the Debian package `php-cli`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::phrases::{FIXED, Generator};
use super::*;

/// Reads lines of zone, reference time and phrase, and answers each with unix seconds or `false`.
const PROGRAM: &str = r#"
while (($line = fgets(STDIN)) !== false) {
    [$zone, $now, $phrase] = explode("\t", rtrim($line, "\n"));
    date_default_timezone_set($zone);
    $at = strtotime(rawurldecode($phrase), (int) $now);
    echo $at === false ? 'false' : $at, "\n";
}"#;

/// What PHP makes of each question. One process answers them all.
fn php(questions: &[(&str, i64, &str)]) -> Vec<Option<i64>> {
    let started =
        Command::new("php").args(["-n", "-r", PROGRAM]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn();
    let mut php = started.expect("PHP says what the phrases mean, and there is none here: install the Debian package php-cli");
    let mut lines = String::new();
    for (zone, now, phrase) in questions {
        lines.push_str(&format!("{zone}\t{now}\t"));
        phrase.bytes().for_each(|byte| lines.push_str(&format!("%{byte:02X}")));
        lines.push('\n');
    }
    let mut stdin = php.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = php.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "PHP failed");
    let answers = String::from_utf8(output.stdout).unwrap();
    answers.lines().map(|line| if line == "false" { None } else { Some(line.parse().unwrap()) }).collect()
}

/// Month ends, the leap day, both changes of the clock, ends of years, and days of no note.
const REFERENCES: &[(&str, &str)] = &[
    ("Europe/Berlin", "2026-03-31T12:25:36Z"),
    ("Europe/Berlin", "2024-02-29T22:59:59Z"),
    ("Europe/Berlin", "2026-03-29T00:59:59Z"),
    ("Europe/Berlin", "2025-10-26T00:30:00Z"),
    ("Europe/Berlin", "2025-10-26T01:30:00Z"),
    ("Europe/Berlin", "2026-12-31T23:30:00Z"),
    ("Europe/Berlin", "2027-01-01T00:00:00Z"),
    ("Europe/Berlin", "2026-08-16T09:00:00Z"),
    ("Europe/Berlin", "2026-01-31T17:45:10Z"),
    ("UTC", "2026-05-31T23:59:59Z"),
    ("UTC", "2023-02-28T00:00:00Z"),
    ("America/New_York", "2026-03-08T06:59:59Z"),
    ("America/New_York", "2025-11-02T05:30:00Z"),
    ("America/New_York", "2025-11-02T06:30:00Z"),
    ("America/New_York", "2026-10-31T15:04:05Z"),
    ("Asia/Kolkata", "2026-07-04T20:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T15:10:00Z"),
];

/// Compares all phrases at all of these reference times; answers how many agreed, and the others in words.
fn compare(phrases: &[String], references: &[(&str, &str)]) -> (usize, Vec<String>) {
    let mut questions = Vec::new();
    for (zone, now) in references {
        let now = chrono::DateTime::parse_from_rfc3339(now).unwrap().timestamp();
        questions.extend(phrases.iter().map(|phrase| (*zone, now, phrase.as_str())));
    }
    let answers = php(&questions);
    assert_eq!(answers.len(), questions.len());
    let mut disagreements = Vec::new();
    for ((zone, now, phrase), expected) in questions.iter().zip(&answers) {
        let ours = english(phrase, Millis::new(now * 1_000), &zone.parse().unwrap());
        let found = ours.as_ref().ok().map(|english| english.moment.at.get().div_euclid(1_000));
        // Milliseconds of 64 bits count 292 million years, PHP's seconds a thousand times as many (docs/text-to-date.md).
        let out_of_reach = expected.is_some_and(|at| at.unsigned_abs() > 9_150_000_000_000_000) && ours == Err(Problem::MomentTooFar);
        if found != *expected && !out_of_reach {
            let show =
                |at: Option<i64>| at.and_then(|at| crate::time::rfc3339(Millis::new(at.saturating_mul(1_000)), &zone.parse().unwrap()));
            let difference = found.zip(*expected).map(|(found, expected)| found.saturating_sub(expected));
            disagreements.push(format!(
                "{phrase:?} at {now} in {zone}: {:?}, PHP says {expected:?} {:?}, {difference:?}",
                show(found),
                show(*expected)
            ));
        }
    }
    (questions.len() - disagreements.len(), disagreements)
}

fn check(phrases: &[String], references: &[(&str, &str)]) {
    let (agreed, disagreements) = compare(phrases, references);
    println!("{agreed} agree, {} disagree", disagreements.len());
    assert!(
        disagreements.is_empty(),
        "{agreed} agree, {} disagree:\n{}",
        disagreements.len(),
        disagreements[..disagreements.len().min(60)].join("\n")
    );
}

#[test]
fn every_chosen_phrase_means_what_php_says_at_every_reference_time() {
    let phrases: Vec<String> = FIXED.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect();
    assert!(phrases.len() >= 500, "{}", phrases.len());
    check(&phrases, REFERENCES);
}

#[test]
fn thousands_of_composed_phrases_mean_what_php_says() {
    let seed = std::env::var("LAGUNE_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let number = if seed == 7 { 6_000 } else { 60_000 };
    let mut generator = Generator::new(seed);
    let phrases: Vec<String> = (0..number).map(|_| generator.phrase()).collect();
    check(&phrases, &REFERENCES[..3]);
    check(&phrases[..number / 4], &REFERENCES[3..]);
    let mixtures: Vec<String> = (0..number).map(|_| generator.mixture()).filter(|phrase| !phrase.trim().is_empty()).collect();
    check(&mixtures, &REFERENCES[..2]);
}

#[test]
fn every_change_of_the_clock_is_met_where_php_meets_it() {
    let mut generator = Generator::new(11);
    let mut phrases = Vec::new();
    for (day, zones) in [
        ("2025-10-26", "Europe/Berlin Europe/Dublin Atlantic/Azores Europe/Lisbon"),
        ("2026-03-29", "Europe/Berlin Europe/London Atlantic/Azores Europe/Dublin"),
        ("2025-11-02", "America/New_York America/St_Johns America/Havana Pacific/Honolulu"),
        ("2026-03-08", "America/New_York America/Los_Angeles America/Havana"),
        ("2026-04-05", "Australia/Lord_Howe Pacific/Auckland America/Santiago Pacific/Chatham"),
        ("2025-10-05", "Australia/Lord_Howe Australia/Sydney Pacific/Norfolk"),
        ("2011-12-30", "Pacific/Apia"),
        ("2150-10-25", "Europe/Berlin"),
        ("2026-02-15", "Africa/Casablanca"),
        ("2026-03-22", "Africa/Casablanca"),
        ("1943-10-04", "Europe/Berlin"),
    ] {
        for zone in zones.split(' ') {
            for quarter in 0..5 * 4 {
                phrases.push(format!("{day} {:02}:{:02} {zone}", quarter / 4, quarter % 4 * 15));
            }
            phrases.push(format!("{day} 23:30 {zone} {}", generator.one(&["+1 hour", "-1 day", "+1 weekday"])));
        }
        phrases.extend((0..24 * 4).map(|quarter| format!("{day} {:02}:{:02}", quarter / 4, quarter % 4 * 15)));
        phrases.extend((0..12).map(|hours| format!("{day} +{hours} hours")));
    }
    let zones =
        ["Europe/Berlin", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Havana", "Atlantic/Azores", "Pacific/Apia"];
    let references: Vec<(&str, &str)> =
        zones.iter().flat_map(|zone| [(*zone, "2026-01-15T12:00:00Z"), (*zone, "2026-07-15T12:00:00Z")]).collect();
    check(&phrases, &references);
}

#[test]
fn every_zone_and_abbreviation_is_the_one_of_php() {
    let mut phrases = Vec::new();
    for zone in chrono_tz::TZ_VARIANTS {
        phrases.extend(["2026-01-01", "2026-07-01", "1990-07-01"].map(|day| format!("{day} 12:00 {}", zone.name())));
    }
    for first in 'a'..='z' {
        phrases.push(format!("2026-07-01 12:00 {first}"));
        for second in 'a'..='z' {
            for third in ["t", "st", "dt", "mt", "est", "ib", "ita", "wt", "pt"] {
                phrases.push(format!("2026-07-01 12:00 {first}{second}{third}"));
                phrases.push(format!("2026-07-01 12:00 {first}{third}"));
            }
        }
    }
    check(&phrases, &REFERENCES[..1]);
}

#[test]
fn the_disagreements_are_those_of_the_documentation() {
    let now = 1_774_959_936;
    let berlin = Zone::default();
    let argued = [
        (" ", Problem::Required),
        (".", Problem::NotAMoment { part: ".".to_owned() }),
        (", .", Problem::NotAMoment { part: ", .".to_owned() }),
        ("@9223372036854775807", Problem::MomentTooFar),
        ("+300000000-01-01", Problem::MomentTooFar),
    ];
    let answers = php(&argued.clone().map(|(phrase, _)| ("Europe/Berlin", now, phrase)));
    for ((phrase, problem), answer) in argued.into_iter().zip(answers) {
        assert!(answer.is_some(), "{phrase}");
        assert_eq!(read(phrase, Millis::new(now * 1_000), &berlin), Err(problem), "{phrase}");
    }
    // Before 1970 some places follow a neighbour in the data that Lagune carries.
    let early = "1935-07-01 12:00 Africa/Dakar";
    let answers = php(&[("Europe/Berlin", now, early)]);
    assert_ne!(read(early, Millis::new(now * 1_000), &berlin).ok().map(|moment| moment.at.get() / 1_000), answers[0]);
}
