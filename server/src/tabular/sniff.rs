//! How a text with delimiters is written, guessed from its beginning.

use domain::import::{Encoding, Reading, find_header, is_header, is_known_heading};

use super::{
    SAMPLE, TabularError, decode,
    split::{Dialect, RawCells, Split, line_end, split},
};

/// How many rows tell where the headings are.
pub(super) const LOOKED_AT: usize = 60;

/// How a file is probably written. `sample` is its beginning, at most [`SAMPLE`] bytes are looked at.
pub fn sniff(sample: &[u8]) -> Result<Reading, TabularError> {
    let sample = &sample[..sample.len().min(SAMPLE)];
    let encoding = encoding(sample);
    let text = utf8(sample, encoding);
    if is_binary(&text) {
        return Err(TabularError::Binary);
    }
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(TabularError::Empty);
    }
    let (named, text) = match separator_line(&text) {
        Some(len) => (Some(text[4]), &text[len..]),
        None => (None, &text[..]),
    };
    let whole = sample.len() < SAMPLE;
    let delimiters = named.map_or(Reading::DELIMITERS.to_vec(), |d| vec![char::from(d)]);
    let quote = quote(text, &delimiters);
    let delimiter = delimiter(text, whole, &delimiters, quote, encoding);
    let dialect = Dialect { delimiter: u8::try_from(delimiter).unwrap_or(b','), quote: u8::try_from(quote).ok() };
    let rows = rows(text, whole, dialect, encoding);
    let cells: Vec<Vec<String>> = rows.iter().map(|(_, cells)| cells.clone()).collect();
    let at = find_header(&cells);
    // What begins with its first filled row needs no number for it.
    let first_row = if at == 0 { 0 } else { rows.get(at).map_or(0, |(number, _)| *number) };
    let has_header = cells.get(at).is_none_or(|cells| is_header(cells));
    Ok(Reading { encoding, delimiter, quote: Some(quote), has_header, first_row, ..Reading::default() })
}

/// The first rows that are filled, with their numbers.
fn rows(text: &[u8], whole: bool, dialect: Dialect, encoding: Encoding) -> Vec<(u32, Vec<String>)> {
    let (mut rest, mut cells, mut rows) = (text, RawCells::default(), Vec::new());
    for number in 1..=200 {
        if rest.is_empty() || rows.len() == LOOKED_AT {
            break;
        }
        match split(rest, whole, dialect, &mut cells) {
            Split::Record { len, .. } => {
                rest = &rest[len..];
                if !cells.data.iter().all(u8::is_ascii_whitespace) {
                    rows.push((number, (0..cells.len()).map(|i| decode::text(cells.get(i), encoding).trim().to_owned()).collect()));
                }
            }
            Split::More => break,
            Split::Quote | Split::TooLarge => rest = &rest[line_end(rest, true).unwrap_or(rest.len())..],
        }
    }
    rows
}

/// The length of Excel's line `sep=;` if the text begins with it.
pub(super) fn separator_line(text: &[u8]) -> Option<usize> {
    let begins = text.len() > 5 && text[..4].eq_ignore_ascii_case(b"sep=") && text[4].is_ascii();
    match text.get(5..)? {
        [b'\r', b'\n', ..] if begins => Some(7),
        [b'\n' | b'\r', ..] if begins => Some(6),
        _ => None,
    }
}

/// The sample in UTF-8 where it is in UTF-16; other encodings stay, as delimiters are the same in them.
pub(super) fn utf8(sample: &[u8], encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf16Le => encoding_rs::UTF_16LE.decode_with_bom_removal(sample).0.into_owned().into_bytes(),
        Encoding::Utf16Be => encoding_rs::UTF_16BE.decode_with_bom_removal(sample).0.into_owned().into_bytes(),
        _ => sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(sample).to_vec(),
    }
}

/// Control characters beyond a stray one, or NULs all over: an image, a database, a program.
pub(super) fn is_binary(text: &[u8]) -> bool {
    let controls = text.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    controls > 4 && controls * 50 > text.len()
}

/// How bytes become letters.
pub(super) fn encoding(sample: &[u8]) -> Encoding {
    match sample {
        [0xEF, 0xBB, 0xBF, ..] => return Encoding::Utf8,
        [0xFF, 0xFE, ..] => return Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    // Western text in UTF-16 has a zero in almost every other byte.
    let pairs = sample.len() / 2;
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 2 > pairs && even * 20 < pairs {
        return Encoding::Utf16Le;
    }
    if even * 2 > pairs && odd * 20 < pairs {
        return Encoding::Utf16Be;
    }
    if is_utf8(sample) { Encoding::Utf8 } else { one_byte(sample) }
}

/// Whether letters beyond ASCII are mostly those of UTF-8. A few wrong bytes are refused row by row later.
fn is_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        let cut = chunks.peek().is_none() && sample.len() == SAMPLE;
        bad += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    bad == 0 || good > bad
}

/// Which of the encodings of one byte. They differ in few places, so each sign is asked whether it makes sense there.
fn one_byte(sample: &[u8]) -> Encoding {
    // Control characters in Latin 1 and Latin 9, quotes, dashes and the euro in Windows-1252.
    if sample.iter().any(|b| (0x80..=0x9F).contains(b)) {
        return Encoding::Windows1252;
    }
    let letter = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0xC0 && !matches!(b, 0xD7 | 0xF7));
    let (mut latin9, mut other) = (0usize, 0usize);
    for (i, b) in sample.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| sample.get(i));
        let after = sample.get(i + 1);
        match b {
            // € or ¤: nobody writes the latter.
            0xA4 => latin9 += 1,
            // š or ¨, ž or ¸, œ or ½: small letters within words.
            0xA8 | 0xB8 | 0xBD if letter(before) || letter(after) => latin9 += 1,
            // Š or ¦, Ž or ´, Œ or ¼, Ÿ or ¾: capitals at the beginning of a word. "d´Angelo" is an accent.
            0xA6 | 0xB4 | 0xBC | 0xBE if letter(after) && !letter(before) => latin9 += 1,
            0xA6 | 0xA8 | 0xB4 | 0xB8 | 0xBC..=0xBE => other += 1,
            _ => {}
        }
    }
    // Without evidence the larger set: every Latin 1 text is the same in Windows-1252.
    if latin9 > other { Encoding::Latin9 } else { Encoding::Windows1252 }
}

/// Double quotes, unless cells are surrounded by single ones and never by double ones.
fn quote(text: &[u8], delimiters: &[char]) -> char {
    let at_border = |b: Option<&u8>| b.is_none_or(|b| matches!(b, b'\n' | b'\r') || delimiters.contains(&char::from(*b)));
    let count = |quote: u8| {
        let borders = text.iter().enumerate().filter(|(_, b)| **b == quote);
        borders.fold((0, 0), |(open, close), (i, _)| {
            let before = at_border(i.checked_sub(1).and_then(|i| text.get(i)));
            (open + usize::from(before), close + usize::from(at_border(text.get(i + 1))))
        })
    };
    let (double, _) = count(b'"');
    let (open, close) = count(b'\'');
    if double == 0 && open >= 3 && open == close { '\'' } else { '"' }
}

/// The delimiter by which most rows have as many cells as the first; or as each other, where that makes a table of
/// three columns or more below some notes.
fn delimiter(text: &[u8], whole: bool, delimiters: &[char], quote: char, encoding: Encoding) -> char {
    let mut best = (0.0, ',');
    for delimiter in delimiters {
        let dialect = Dialect { delimiter: u8::try_from(*delimiter).unwrap_or(b','), quote: u8::try_from(quote).ok() };
        let mut cells = RawCells::default();
        let (mut rest, mut n, mut widths, mut list) = (text, 0_u32, Vec::new(), false);
        while n < 100 && !rest.is_empty() {
            match split(rest, whole, dialect, &mut cells) {
                Split::Record { len, .. } => {
                    rest = &rest[len..];
                    if cells.data.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    // A heading alone in its line is that of a list.
                    list |= widths.is_empty() && cells.len() == 1 && is_known_heading(decode::text(cells.get(0), encoding).trim());
                    widths.push(cells.len());
                }
                Split::More => break,
                Split::Quote | Split::TooLarge => rest = &rest[line_end(rest, true).unwrap_or(rest.len())..],
            }
            n += 1;
        }
        let alike = |width: usize| widths.iter().filter(|one| **one == width).count();
        let most = widths.iter().copied().max_by_key(|width| (alike(*width), *width)).unwrap_or(0);
        let width = if most >= 3 && !list { most } else { widths.first().copied().unwrap_or(0) };
        let share = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let score = if n == 0 || width == 0 {
            0.0
        } else {
            (share(alike(width)) / f64::from(n)).powi(2) * share(width).ln_1p() * if width > 1 { 2.0 } else { 0.1 }
        };
        if score > best.0 {
            best = (score, *delimiter);
        }
    }
    best.1
}
