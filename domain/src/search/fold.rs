//! Folding: the form of a character in which spelling habits no longer show.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// How ä, ö, ü, å and ø are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// a, o, u, a, o
    Short,
    /// ae, oe, ue, aa, oe
    Long,
}

/// Accents that change the long spelling.
const DIAERESIS: char = '\u{308}';
const RING: char = '\u{30A}';

/// A letter whose accents may still follow.
struct Pending {
    letter: char,
    at: Range<usize>,
    accent: Option<char>,
}

struct Folding<F> {
    spelling: Spelling,
    pending: Option<Pending>,
    two_spellings: bool,
    emit: F,
}

/// Folds a text. Each folded character comes with the bytes of the original that it stands for, accents included.
/// Answers whether the two spellings differ.
pub(super) fn fold(text: &str, spelling: Spelling, emit: impl FnMut(char, Range<usize>)) -> bool {
    let mut folding = Folding { spelling, pending: None, two_spellings: false, emit };
    for (start, c) in text.char_indices() {
        let at = start..start + c.len_utf8();
        match umlaut(c) {
            Some(letter) => folding.umlaut(letter, at),
            None if c.is_ascii() || c == 'ß' => folding.take(c, at),
            None => decompose_compatible(c, |part| folding.take(part, at.clone())),
        }
    }
    folding.flush();
    folding.two_spellings
}

/// The quick way for the characters that nearly all non-ASCII words of a German list have.
fn umlaut(c: char) -> Option<char> {
    match c {
        'ä' | 'Ä' => Some('a'),
        'ö' | 'Ö' => Some('o'),
        'ü' | 'Ü' => Some('u'),
        _ => None,
    }
}

impl<F: FnMut(char, Range<usize>)> Folding<F> {
    fn umlaut(&mut self, letter: char, at: Range<usize>) {
        self.flush();
        self.pending = Some(Pending { letter, at, accent: Some(DIAERESIS) });
    }

    fn take(&mut self, c: char, at: Range<usize>) {
        if !c.is_ascii() && c != 'ß' && is_combining_mark(c) {
            if let Some(pending) = &mut self.pending {
                pending.at.end = at.end;
                if matches!(c, DIAERESIS | RING) {
                    pending.accent = Some(c);
                }
            }
        } else if !is_invisible(c) {
            self.flush();
            self.pending = Some(Pending { letter: c, at, accent: None });
        }
    }

    fn flush(&mut self) {
        let Some(Pending { letter, at, accent }) = self.pending.take() else { return };
        if letter.is_ascii() {
            let letter = letter.to_ascii_lowercase();
            (self.emit)(letter, at.clone());
            let more = match (letter, accent) {
                ('a' | 'o' | 'u', Some(DIAERESIS)) => 'e',
                ('a', Some(RING)) => 'a',
                _ => return,
            };
            self.second(more, at);
        } else if letter == 'ß' {
            self.lowered(letter, at);
        } else {
            for c in letter.to_lowercase().filter(|c| !is_combining_mark(*c)) {
                self.lowered(c, at.clone());
            }
        }
    }

    /// Letters that do not decompose.
    fn lowered(&mut self, c: char, at: Range<usize>) {
        let both = match c {
            'ß' => ['s', 's'],
            'æ' => ['a', 'e'],
            'œ' => ['o', 'e'],
            'þ' => ['t', 'h'],
            'ø' => {
                (self.emit)('o', at.clone());
                return self.second('e', at);
            }
            single => return (self.emit)(without_stroke(single), at),
        };
        both.into_iter().for_each(|c| (self.emit)(c, at.clone()));
    }

    /// The letter that only the long spelling has.
    fn second(&mut self, c: char, at: Range<usize>) {
        self.two_spellings = true;
        if self.spelling == Spelling::Long {
            (self.emit)(c, at);
        }
    }
}

/// Letters whose stroke or missing dot is no accent in Unicode, and the sigma that ends a word.
fn without_stroke(c: char) -> char {
    match c {
        'ł' => 'l',
        'đ' => 'd',
        'ı' => 'i',
        'ς' => 'σ',
        _ => c,
    }
}

/// Control characters and marks of direction, joining and breaking: nobody types them into a search box, and files
/// are full of them. Line breaks and tabs are not among them.
fn is_invisible(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_control() && !c.is_whitespace(),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        _ => c.is_control() && !c.is_whitespace(),
    }
}

/// The whole text folded, in the long spelling.
pub(crate) fn fold_umlauts_long(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold(text, Spelling::Long, |c, _| out.push(c));
    out
}
