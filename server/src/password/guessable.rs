//! Passwords that are guessed first: common ones, patterns, and what everybody knows of the person (NIST SP 800-63B, 5.1.1.2).
//!
//! It refuses what is likely, not what is short of kinds of signs: a sentence of small letters is a good password.

use domain::problem::Problem;

/// One a line, in small letters, in the order of their bytes, below two lines of remarks: searched as it lies in the program.
const COMMON: &str = include_str!("common.txt");

/// So many signs around something known don't help: a year and a sign or two are tried with every word.
const FEW: usize = 6;

/// Signs that follow each other on keyboards, in the alphabet or when counting.
const ROWS: [&str; 8] =
    ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertzuiopü", "asdfghjklöä", "yxcvbnm", "qwertyuiop", "zxcvbnm", "azertyuiop"];

/// Why a password would be guessed early; `about` is what is known of the person: names, addresses, clients.
pub(super) fn weakness(password: &str, about: &[String]) -> Option<Problem> {
    let password = password.trim().to_lowercase();
    let signs: Vec<char> = password.chars().filter(|sign| !sign.is_whitespace()).collect();
    if is_pattern(&signs) || cores(&password).any(|core| is_listed(core) || is_listed(&read_as_letters(core)) || repeats_listed(core)) {
        return Some(Problem::CommonPassword);
    }
    is_named(&bare(&password), about).then_some(Problem::NamedPassword)
}

/// The password, and what is in it when the few signs and figures around it are taken away.
fn cores(password: &str) -> impl Iterator<Item = &str> {
    let bare = password.trim_matches(|sign: char| !sign.is_alphanumeric());
    let word = password.trim_matches(|sign: char| !sign.is_alphabetic());
    let n = password.chars().count();
    [password, bare, word].into_iter().filter(move |core| n - core.chars().count() <= FEW)
}

/// Whether somebody's list begins with it.
fn is_listed(password: &str) -> bool {
    let (mut from, mut to) = (0, COMMON.len());
    while from < to {
        // The line in which the middle lies.
        let middle = from + (to - from) / 2;
        let begin = COMMON.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let line = COMMON[begin..].lines().next().unwrap_or_default();
        if line.starts_with("# ") || line < password {
            from = begin + line.len() + 1;
        } else if line == password {
            return true;
        } else {
            to = begin;
        }
    }
    false
}

/// `p@ssw0rt` is tried right after `passwort`.
fn read_as_letters(password: &str) -> String {
    let letter = |sign| match sign {
        '@' | '4' => 'a',
        '3' | '€' => 'e',
        '1' | '!' => 'i',
        '0' => 'o',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    password.chars().map(letter).collect()
}

/// Whether it is one common password several times.
fn repeats_listed(password: &str) -> bool {
    (2..=password.len() / 4).filter(|n| password.len().is_multiple_of(*n)).any(|n| {
        let part = password.get(..password.len() / n);
        part.is_some_and(|part| part.repeat(n) == password && is_listed(part))
    })
}

/// Whether it is few signs again and again, or mostly steps along a row.
fn is_pattern(signs: &[char]) -> bool {
    let n = signs.len();
    let repeats = |size: usize| signs.iter().skip(size).zip(signs).all(|(later, sign)| later == sign);
    let mut kinds = signs.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let runs = 1 + signs.windows(2).filter(|pair| !follow(pair[0], pair[1])).count();
    kinds.len() <= 2 || (1..=4).any(|size| size * 2 <= n && repeats(size)) || runs * 4 <= n
}

/// Whether one sign stands beside the other in a row, or is the same.
fn follow(one: char, other: char) -> bool {
    let beside =
        |row: &str| row.chars().zip(row.chars().skip(1)).any(|(left, right)| [(left, right), (right, left)].contains(&(one, other)));
    one == other || ROWS.iter().any(|row| beside(row))
}

/// Whether little is left when everything known of the person is taken out.
fn is_named(password: &str, about: &[String]) -> bool {
    let mut words: Vec<String> = about.iter().map(String::as_str).chain(["Lagune"]).flat_map(words_of).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = words.iter().fold(password.to_owned(), |left, word| left.replace(word.as_str(), ""));
    left != password && left.chars().count() <= FEW
}

/// The words of a name or address, each also without umlauts, and the whole; what ends a domain is no word.
fn words_of(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let whole = bare(&text);
    let text = match text.split_once('@') {
        Some((_, domain)) => domain.rsplit_once('.').map_or(text.as_str(), |(_, end)| &text[..text.len() - end.len()]),
        None => &text,
    };
    let parts = text.split(|sign: char| !sign.is_alphanumeric()).filter(|part| part.chars().count() >= 3);
    let plain = |part: &str| part.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    parts.flat_map(|part| [part.to_owned(), plain(part)]).chain([whole]).filter(|word| !word.is_empty()).collect()
}

/// Letters and figures alone.
fn bare(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).collect()
}
