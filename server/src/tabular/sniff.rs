//! How a file is written, guessed from its beginning.

use domain::import::{Encoding, Reading, is_known_heading};

use super::{
    SAMPLE, TabularError, decode,
    split::{Dialect, RawCells, Split, line_end, split},
};

/// How a file is probably written. `sample` is its beginning, at most [`SAMPLE`] bytes are looked at.
pub fn sniff(sample: &[u8]) -> Result<Reading, TabularError> {
    let sample = &sample[..sample.len().min(SAMPLE)];
    if is_workbook(sample) {
        return Err(TabularError::Workbook);
    }
    let encoding = encoding(sample);
    let text = match encoding {
        Encoding::Utf16Le => encoding_rs::UTF_16LE.decode_with_bom_removal(sample).0.into_owned().into_bytes(),
        Encoding::Utf16Be => encoding_rs::UTF_16BE.decode_with_bom_removal(sample).0.into_owned().into_bytes(),
        _ => sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(sample).to_vec(),
    };
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
    let (delimiter, first) = delimiter(text, whole, &delimiters, quote);
    let cells: Vec<_> = (0..first.len()).map(|i| decode::text(first.get(i), encoding).trim().to_owned()).collect();
    Ok(Reading { encoding, delimiter, quote: Some(quote), has_header: is_header(&cells) })
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

fn is_workbook(sample: &[u8]) -> bool {
    let marks: [&[u8]; 6] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"\x1F\x8B", b"%PDF", b"7z\xBC\xAF", b"Rar!"];
    marks.iter().any(|mark| sample.starts_with(mark))
}

/// Control characters beyond a stray one, or NULs all over: an image, a database, a program.
fn is_binary(text: &[u8]) -> bool {
    let controls = text.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    controls > 4 && controls * 50 > text.len()
}

fn encoding(sample: &[u8]) -> Encoding {
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

/// The delimiter by which most rows have as many cells as the first; also gives that first row.
fn delimiter(text: &[u8], whole: bool, delimiters: &[char], quote: char) -> (char, RawCells) {
    let mut best = (0.0, ',', RawCells::default());
    for delimiter in delimiters {
        let dialect = Dialect { delimiter: u8::try_from(*delimiter).unwrap_or(b','), quote: u8::try_from(quote).ok() };
        let mut first = RawCells::default();
        let mut cells = RawCells::default();
        let (mut rest, mut n, mut same) = (text, 0.0, 0.0);
        while n < 100.0 && !rest.is_empty() {
            let into = if first.len() == 0 { &mut first } else { &mut cells };
            match split(rest, whole, dialect, into) {
                Split::Record { len, .. } => {
                    rest = &rest[len..];
                    if into.data.iter().all(u8::is_ascii_whitespace) {
                        into.ends.clear();
                        continue;
                    }
                }
                Split::More => break,
                Split::Quote | Split::TooLarge => {
                    into.ends.clear();
                    rest = &rest[line_end(rest, true).unwrap_or(rest.len())..];
                    n += 1.0;
                    continue;
                }
            }
            n += 1.0;
            same += f64::from(cells.len() == first.len() || cells.len() == 0);
        }
        let width = f64::from(u32::try_from(first.len()).unwrap_or(u32::MAX));
        let score = if n == 0.0 || width < 1.0 { 0.0 } else { (same / n).powi(2) * width.ln_1p() * if width > 1.0 { 2.0 } else { 0.1 } };
        if score > best.0 {
            best = (score, *delimiter, first);
        }
    }
    (best.1, best.2)
}

/// A first row with a heading that lists use, or without anything that only values look like.
fn is_header(cells: &[String]) -> bool {
    let value = |c: &String| {
        let digits = c.bytes().filter(u8::is_ascii_digit).count();
        c.contains('@') || digits >= 4 && digits * 2 > c.len()
    };
    cells.iter().any(|c| is_known_heading(c)) || !cells.iter().any(value)
}
