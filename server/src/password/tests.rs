use domain::problem::Problem;

use super::{LONGEST, check};

fn about() -> Vec<String> {
    ["Ada Müller", "ada.mueller@wiesenhof.example", "Käserei Bergblick"].map(str::to_owned).to_vec()
}

#[track_caller]
fn refused(passwords: &[&str], expected: &Problem) {
    for password in passwords {
        assert_eq!(check(password, 1, &about()).as_ref(), Err(expected), "{password}");
    }
}

#[test]
fn what_stands_on_the_lists_is_refused_however_it_is_written() {
    let common = ["passwort", "PASSWORT", "Hallo123", "schatz", "sommer", "password", "letmein", "qwertz123", "schalke04", "1q2w3e4r5t"];
    refused(&common, &Problem::CommonPassword);
    let adorned =
        ["Passwort2024!", "!!schatz!!", "Sommer2026", "Hallo123!!", "P@ssw0rt", "p4ssw0rt2025", "hallohallo", "Schatzschatzschatz1"];
    refused(&adorned, &Problem::CommonPassword);
}

#[test]
fn patterns_are_refused() {
    let patterns =
        ["aaaaaaaaaaaa", "abababababab", "xyz7xyz7xyz7", "1234 1234 1234", "12345678901234", "87654321abcdefgh", "qwertzuiopü", "........"];
    refused(&patterns, &Problem::CommonPassword);
}

#[test]
fn names_addresses_and_the_programs_name_are_refused() {
    let named = [
        "Ada Müller 1815",
        "mueller.ada",
        "ADAMUELLER!",
        "ada.mueller@wiesenhof.example",
        "Wiesenhof2026!",
        "bergblick-käserei",
        "Lagune123456",
    ];
    refused(&named, &Problem::NamedPassword);
}

#[test]
fn sentences_and_random_signs_are_taken() {
    for good in [
        "a password of some length",
        "lagunenblau am Morgen",
        "Ada trinkt um vier gern Tee",
        "passwort ist kein gutes wort",
        "hallo83749283749823",
        "kT7#pw9!qLz2",
        "nvwqpzxhtjkm",
        "Sieben graue Esel 7",
        "пароль для Ады и Боба",
    ] {
        assert_eq!(check(good, 12, &about()), Ok(()), "{good}");
    }
}

#[test]
fn too_short_and_too_long_come_first() {
    assert_eq!(check("passwort", 12, &[]), Err(Problem::TooShort { min: 12 }));
    assert_eq!(check(&"ab ".repeat(LONGEST), 12, &[]), Err(Problem::TooLong { max: 1_000 }));
    assert_eq!(check("üöäüöäüöäü1 ", 12, &[]), Ok(()), "signs are counted, not bytes");
}

#[test]
fn the_list_is_long_sorted_and_in_small_letters() {
    let lines: Vec<&str> = include_str!("common.txt").lines().skip(2).collect();
    assert!(lines.len() > 10_000, "{}", lines.len());
    assert!(lines.is_sorted() && lines.iter().all(|line| line.to_lowercase() == **line && line.trim() == *line));
    // Wherever they stand, the first and the last too.
    for line in lines.iter().step_by(50).chain(lines.last()) {
        assert_eq!(check(line, 1, &[]), Err(Problem::CommonPassword), "{line}");
    }
}
