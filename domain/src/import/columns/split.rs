//! Values taken apart and put together. No word is ever lost: what can't be told apart for certain stays together.

use super::By;

/// The parts of a value, as many as there are fields, and whether it could be taken apart wholly.
pub(super) fn split(by: By, at: &str, value: &str, n: usize) -> (Vec<String>, bool) {
    let value = value.trim();
    let parts = match by {
        By::Name => name(value, n),
        By::Street => street(value).map(|(street, number)| vec![street, number]),
        By::Town => town(value).map(|(postcode, town)| vec![postcode, town]),
        By::Text => return text(at, value, n),
    };
    match parts {
        Some(parts) => (parts, true),
        None => {
            let mut whole = vec![String::new(); n];
            // A street without a number is a street; a name of one word is the last name; a town without a postcode a town.
            let rest = if by == By::Street { 0 } else { n.saturating_sub(1) };
            if let Some(place) = whole.get_mut(rest) {
                *place = value.to_owned();
            }
            (whole, value.is_empty())
        }
    }
}

/// Values with a text between them; empty ones are left out, and what stands there already isn't doubled.
pub(super) fn join<'v>(values: impl Iterator<Item = &'v str>, with: &str) -> String {
    let core = with.trim();
    let mut joined = String::new();
    for value in values {
        let mut value = value.trim();
        if !core.is_empty() {
            value = bare(value, core);
        }
        if value.is_empty() {
            continue;
        }
        if !joined.is_empty() {
            joined.push_str(with);
        }
        joined.push_str(value);
    }
    joined
}

/// Without the text, and spaces, at both ends.
fn bare<'v>(mut value: &'v str, core: &str) -> &'v str {
    loop {
        let shorter = value.strip_prefix(core).unwrap_or(value);
        let shorter = shorter.strip_suffix(core).unwrap_or(shorter).trim();
        if shorter.len() == value.len() {
            return value;
        }
        value = shorter;
    }
}

/// At a text; with spaces alone at any number of them. The rest stays with the last part.
fn text(at: &str, value: &str, n: usize) -> (Vec<String>, bool) {
    let mut parts: Vec<String> = match at.trim() {
        "" => words(value, n),
        _ => {
            // `, ` also splits where the space is missing or doubled.
            let core = at.trim();
            value.splitn(n, core).map(|part| part.trim().to_owned()).collect()
        }
    };
    let whole = parts.len() > 1;
    parts.resize(n, String::new());
    (parts, whole)
}

fn words(value: &str, n: usize) -> Vec<String> {
    let (mut parts, mut rest) = (Vec::new(), value);
    while parts.len() + 1 < n {
        let Some((word, after)) = rest.split_once(char::is_whitespace) else { break };
        parts.push(word.to_owned());
        rest = after.trim_start();
    }
    parts.push(rest.to_owned());
    parts
}

const SALUTATIONS: [&str; 9] = ["herr", "herrn", "frau", "hr", "fr", "mr", "mrs", "ms", "hrn"];
const TITLES: [&str; 18] = [
    "dr",
    "prof",
    "professor",
    "ddr",
    "pd",
    "dipl.-ing",
    "dr.-ing",
    "dipl.-kfm",
    "dipl.-kffr",
    "dipl.-inf",
    "dipl.-päd",
    "priv.-doz",
    "univ.-prof",
    "mba",
    "m.sc",
    "b.sc",
    "ll.m",
    "phd",
];
/// Titles only with their point: there are people of these names.
const SHORT_TITLES: [&str; 21] = [
    "mag", "mmag", "ing", "dipl", "lic", "med", "dent", "vet", "rer", "nat", "phil", "jur", "iur", "h.c", "hc", "habil", "mult", "oec",
    "pol", "theol", "sc",
];
/// From these on a name is a last name.
const PARTICLES: [&str; 30] = [
    "von", "van", "vom", "zu", "zum", "zur", "der", "den", "dem", "de", "del", "della", "di", "da", "dos", "das", "do", "la", "le", "du",
    "ten", "ter", "af", "av", "el", "al", "bin", "ibn", "v.", "v.d.",
];
const NOBLE: [&str; 8] = ["Freiherr", "Freifrau", "Graf", "Gräfin", "Baron", "Baronin", "Fürst", "Ritter"];
const SUFFIXES: [&str; 9] = ["jr", "jr.", "jun.", "sr.", "sen.", "II", "II.", "III", "III."];
/// What is no person's name: companies, and several people at once.
const NOBODY: [&str; 22] = [
    "gmbh", "mbh", "ag", "kg", "ohg", "ug", "gbr", "kgaa", "se", "e.v.", "ev", "eg", "ltd", "ltd.", "inc", "inc.", "llc", "co.", "&", "+",
    "firma", "familie",
];

/// A name; none where its parts can't be told for certain. Recognised are salutations and titles in front, last names of
/// several words by their particle (`von der Heide`), a comma between last and first name, and suffixes (`jun.`).
fn name(value: &str, n: usize) -> Option<Vec<String>> {
    let lower = |word: &str| word.to_lowercase();
    let mut words: Vec<&str> = value.split_whitespace().collect();
    let several = words.iter().enumerate().any(|(at, word)| at > 0 && *word == "und" || word.contains('/'));
    if several || words.iter().any(|word| NOBODY.contains(&lower(word).trim_end_matches(','))) || value.matches(',').count() > 1 {
        return None;
    }
    let is_title = |word: &str| {
        let (word, bare) = (word.trim_end_matches(','), lower(word.trim_end_matches([',', '.'])));
        TITLES.contains(&bare.as_str()) || word.ends_with('.') && SHORT_TITLES.contains(&bare.as_str())
    };
    let (mut salutation, mut title) = (Vec::new(), Vec::new());
    let lead = |words: &mut Vec<&str>, salutation: &mut Vec<String>, title: &mut Vec<String>| {
        while words.first().is_some_and(|word| SALUTATIONS.contains(&lower(word).trim_end_matches('.'))) && salutation.is_empty() {
            salutation.push(words.remove(0).to_owned());
        }
        while words.first().is_some_and(|word| is_title(word)) {
            title.push(words.remove(0).to_owned());
        }
    };
    let (mut first, last);
    if let Some((before, after)) = value.split_once(',') {
        (words, first) = (before.split_whitespace().collect(), after.split_whitespace().collect::<Vec<_>>());
        lead(&mut words, &mut salutation, &mut title);
        lead(&mut first, &mut salutation, &mut title);
        // `Heide, Anna von der`
        let tail = first.iter().rposition(|word| !PARTICLES.contains(word)).map_or(0, |at| at + 1);
        let particles = first.split_off(tail);
        last = [particles, words].concat();
    } else {
        lead(&mut words, &mut salutation, &mut title);
        let particle = words.iter().skip(1).position(|word| PARTICLES.contains(word) || NOBLE.contains(word)).map(|at| at + 1);
        let suffixed = words.len() > 2 && words.last().is_some_and(|word| SUFFIXES.contains(word));
        let at = particle.unwrap_or(words.len().saturating_sub(1 + usize::from(suffixed)));
        if words.first().is_some_and(|word| PARTICLES.contains(word)) {
            return None;
        }
        last = words.split_off(at);
        first = words;
    }
    // What ends in a particle or a title has no last name; a first name of several titles is none.
    let ends = |words: &[&str]| words.last().is_some_and(|word| PARTICLES.contains(word) || is_title(word));
    if first.is_empty() || last.is_empty() || ends(&last) || first.iter().any(|word| is_title(word)) {
        return None;
    }
    if first.iter().chain(&last).any(|word| !word.contains(char::is_alphabetic) || word.contains(['@', ';'])) {
        return None;
    }
    let (first, mut last) = (first.join(" "), last.join(" "));
    let (salutation, title) = (salutation.join(" "), title.join(" "));
    let front = |last: &mut String, more: &str| {
        if !more.is_empty() {
            *last = [more, last.as_str()].join(" ");
        }
    };
    Some(match n {
        2 => {
            front(&mut last, &title);
            front(&mut last, &salutation);
            vec![first, last]
        }
        3 => {
            front(&mut last, &salutation);
            vec![title, first, last]
        }
        _ => vec![salutation, title, first, last],
    })
}

/// A street and its number at the end: `5a`, `5 a`, `3-5`, `3 – 5`, `12 1/2`, `12/3/4`. A number in front, a box, and a street
/// of a single letter (`L 12` is a block of Mannheim) are no such thing.
fn street(value: &str) -> Option<(String, String)> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let begins = words.first()?.to_lowercase();
    if ["postfach", "pf", "packstation", "postbox", "box", "p.o."].iter().any(|box_of| begins.trim_end_matches(',') == *box_of) {
        return None;
    }
    let at = (1..words.len()).find(|at| is_number(&words[*at..]))?;
    let street = words[..at].join(" ");
    let street = street.trim_end_matches(',').trim_end();
    let letters = street.chars().filter(|letter| letter.is_alphanumeric()).count();
    let has_name = street.chars().any(char::is_alphabetic);
    // What begins with a number may have another one at its end: `12 Rue du 8 Mai 1945`.
    let number_leads = words[0].starts_with(|c: char| c.is_ascii_digit()) && !words[0].ends_with('.');
    let year = words[at].len() == 4 && words.len() == at + 1 && words[at].bytes().all(|b| b.is_ascii_digit());
    (letters > 1 && has_name && !number_leads && !year).then(|| (street.to_owned(), words[at..].join(" ")))
}

fn is_number(words: &[&str]) -> bool {
    let is_dash = |word: &str| matches!(word, "-" | "–" | "+" | "/" | "bis");
    let Some((first, rest)) = words.split_first() else { return false };
    if !is_one_number(first) {
        return false;
    }
    let mut after_dash = false;
    for word in rest {
        let letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        let fits = match after_dash {
            true => is_one_number(word),
            false => letter || is_dash(word) || matches!(*word, "1/2" | "1/4" | "3/4" | "½"),
        };
        if !fits {
            return false;
        }
        after_dash = is_dash(word);
    }
    !after_dash
}

/// `5`, `5a`, `3-5`, `12/3/4`, `3a–5b`: at most four digits in a row.
fn is_one_number(word: &str) -> bool {
    let one = |part: &str| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let behind = &part[digits..];
        (1..=4).contains(&digits) && behind.chars().count() <= 1 && behind.chars().all(char::is_alphabetic)
    };
    word.split(['-', '–', '/', '+']).all(one)
}

/// A postcode and its town: `10115 Berlin`, `D-10115 Berlin`, `1010 Wien`, `110 00 Praha`, `00-950 Warszawa`, `1012 AB Amsterdam`.
fn town(value: &str) -> Option<(String, String)> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let digits = |word: &str, least: usize, most: usize| (least..=most).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let first = words.first()?.trim_end_matches(',');
    let bare = match first.split_once('-') {
        Some((country, rest)) if !country.is_empty() && country.len() <= 3 && country.bytes().all(|b| b.is_ascii_alphabetic()) => rest,
        _ => first,
    };
    let hyphened = bare.split_once('-').is_some_and(|(one, other)| {
        digits(one, 2, 2) && digits(other, 3, 3) || digits(one, 4, 4) && digits(other, 3, 3) || digits(one, 5, 5) && digits(other, 4, 4)
    });
    let dutch = |word: &&&str| word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    let in_two = digits(bare, 3, 3) && words.get(1).is_some_and(|word| digits(word, 2, 2))
        || digits(bare, 4, 4) && words.len() > 2 && words.get(1).filter(dutch).is_some();
    let n = if in_two {
        2
    } else if digits(bare, 4, 6) || hyphened {
        1
    } else {
        return None;
    };
    let named = words.get(n).is_some_and(|word| word.starts_with(char::is_alphabetic));
    named.then(|| (words[..n].join(" ").trim_end_matches(',').to_owned(), words[n..].join(" ")))
}
