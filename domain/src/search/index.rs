//! The index text: folded words with two spaces in front of each.

use super::fold::{Spelling, fold};

/// What stands before a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, or whitespace.
    Gap,
    /// Neither letter nor digit.
    Sign,
    /// A letter or digit.
    Letter,
}

/// Decides where words begin.
pub(super) struct Words(Before);

impl Words {
    /// At the beginning of a text.
    pub(super) const fn start() -> Self {
        Self(Before::Gap)
    }

    /// Goes over a folded character: none for whitespace, else whether a word begins with it.
    pub(super) fn step(&mut self, c: char) -> Option<bool> {
        let now = match c {
            _ if c.is_alphanumeric() => Before::Letter,
            _ if c.is_whitespace() => Before::Gap,
            _ => Before::Sign,
        };
        let before = std::mem::replace(&mut self.0, now);
        match now {
            Before::Gap => None,
            Before::Letter => Some(before != Before::Letter),
            Before::Sign => Some(before == Before::Gap),
        }
    }
}

/// The normalised text by which a profile is found; the parts are the texts of its fields.
pub fn index_text<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    parts.for_each(|part| push_index_text(&mut out, part));
    out
}

/// Appends the text of one field to an index text. An import does this for every cell: plain ASCII is quick and
/// nothing but `out` is allocated.
pub fn push_index_text(out: &mut String, part: &str) {
    out.reserve(part.len() + part.len() / 2 + 4);
    if part.is_ascii() {
        return push_ascii(out, part);
    }
    for token in part.split_whitespace() {
        if token.is_ascii() {
            push_ascii(out, token);
        } else if push_folded(out, token, Spelling::Short) {
            push_folded(out, token, Spelling::Long);
        }
    }
}

/// Both spellings of a word, padded as in the index; the second only where it differs.
pub(super) fn spellings(token: &str) -> (String, Option<String>) {
    let mut short = String::new();
    let mut long = None;
    if push_folded(&mut short, token, Spelling::Short) {
        let mut spelled = String::new();
        push_folded(&mut spelled, token, Spelling::Long);
        long = Some(spelled);
    }
    (short, long)
}

fn push_folded(out: &mut String, token: &str, spelling: Spelling) -> bool {
    let mut words = Words::start();
    fold(token, spelling, |c, _| match words.step(c) {
        Some(true) => out.extend([' ', ' ', c]),
        Some(false) => out.push(c),
        None => {}
    })
}

/// What an ASCII character becomes: its lower case, and in the high bits what it is.
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut i = 0;
    while i < 128 {
        let b = i as u8;
        table[i] = if b.is_ascii_alphanumeric() {
            b.to_ascii_lowercase() | LETTER
        } else if b == b' ' || (b >= b'\t' && b <= b'\r') {
            GAP
        } else if b.is_ascii_control() {
            NOTHING
        } else {
            b
        };
        i += 1;
    }
    table
};
const LETTER: u8 = 0x80;
/// Below any folded character.
const GAP: u8 = 1;
const NOTHING: u8 = 0;

fn push_ascii(out: &mut String, text: &str) {
    let mut before = Before::Gap;
    for b in text.bytes() {
        let folded = ASCII[usize::from(b & 0x7f)];
        if folded & LETTER != 0 {
            if before != Before::Letter {
                out.push_str("  ");
            }
            before = Before::Letter;
        } else if folded > GAP {
            if before == Before::Gap {
                out.push_str("  ");
            }
            before = Before::Sign;
        } else {
            if folded == GAP {
                before = Before::Gap;
            }
            continue;
        }
        out.push(char::from(folded & 0x7f));
    }
}
