//! The cells of a part: CSV in which an empty cell without quotes is none and one with quotes is an empty text, as
//! PostgreSQL writes and reads it.

use std::borrow::Cow;

use crate::error::{Result, StoreError};

/// A cell; none where nothing stands.
pub(super) type Cell<'a> = Option<Cow<'a, [u8]>>;

/// Appends a line of JSON arrays (`[1,"a"][null]`), by which SQLite joins cells, as a line of CSV.
pub(super) fn push_json(out: &mut Vec<u8>, line: &[u8]) -> Result<()> {
    let broken = || StoreError::Corrupt("a row that SQLite joined".to_owned());
    let mut rest = line;
    let mut first = true;
    loop {
        // Between two cells, or two arrays, of a line.
        while let [b'[' | b']' | b',', tail @ ..] = rest {
            rest = tail;
        }
        if rest.is_empty() {
            out.push(b'\n');
            return Ok(());
        }
        if !std::mem::take(&mut first) {
            out.push(b',');
        }
        rest = match rest {
            [b'"', tail @ ..] => push_string(out, tail).ok_or_else(broken)?,
            [b'n', b'u', b'l', b'l', tail @ ..] => tail,
            _ => {
                let end = rest.iter().position(|b| matches!(b, b',' | b']')).ok_or_else(broken)?;
                let (number, tail) = rest.split_at(end);
                if !number.iter().all(|b| b.is_ascii_digit() || *b == b'-') {
                    return Err(broken());
                }
                out.extend_from_slice(number);
                tail
            }
        };
    }
}

/// A JSON string behind its first quote, as a quoted cell; what follows it.
fn push_string<'l>(out: &mut Vec<u8>, mut rest: &'l [u8]) -> Option<&'l [u8]> {
    out.push(b'"');
    loop {
        let at = rest.iter().position(|b| matches!(b, b'"' | b'\\'))?;
        let (plain, tail) = rest.split_at(at);
        out.extend_from_slice(plain);
        rest = match tail {
            [b'"', tail @ ..] => {
                out.push(b'"');
                return Some(tail);
            }
            [b'\\', b'u', a, b, c, d, tail @ ..] => {
                let hex = [*a, *b, *c, *d];
                let code = u32::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?;
                let letter = char::from_u32(code)?;
                out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                tail
            }
            [b'\\', escaped, tail @ ..] => {
                match escaped {
                    b'"' => out.extend_from_slice(b"\"\""),
                    b'\\' | b'/' => out.push(*escaped),
                    b'b' => out.push(8),
                    b'f' => out.push(12),
                    b'n' => out.push(b'\n'),
                    b'r' => out.push(b'\r'),
                    b't' => out.push(b'\t'),
                    _ => return None,
                }
                tail
            }
            _ => return None,
        };
    }
}

/// How many lines a part has, its headings among them; none when its last line has no end.
#[must_use]
pub fn count_rows(csv: &[u8]) -> Option<u64> {
    let (mut quoted, mut lines) = (false, 0);
    for b in csv {
        match b {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => lines += 1,
            _ => {}
        }
    }
    (!quoted && csv.last() == Some(&b'\n')).then_some(lines)
}

/// The first line without its end, and what follows it.
pub(super) fn header(csv: &[u8]) -> (&[u8], &[u8]) {
    match csv.iter().position(|b| *b == b'\n') {
        Some(end) => (&csv[..end], &csv[end + 1..]),
        None => (csv, &[]),
    }
}

/// Takes the next line; false at the end.
pub(super) fn next_row<'a>(rest: &mut &'a [u8], cells: &mut Vec<Cell<'a>>) -> Option<bool> {
    cells.clear();
    if rest.is_empty() {
        return Some(false);
    }
    loop {
        let now: &'a [u8] = rest;
        let (cell, tail) = match now {
            [b'"', tail @ ..] => quoted(tail)?,
            _ => {
                let end = now.iter().position(|b| matches!(b, b',' | b'\n'))?;
                let (cell, tail) = now.split_at(end);
                if cell.contains(&b'"') {
                    return None;
                }
                ((!cell.is_empty()).then_some(Cow::Borrowed(cell)), tail)
            }
        };
        cells.push(cell);
        let (end, tail) = tail.split_first()?;
        *rest = tail;
        match end {
            b',' => {}
            b'\n' => return Some(true),
            _ => return None,
        }
    }
}

/// All rows of a part, its headings first; none when it is no CSV.
#[cfg(any(test, feature = "testing"))]
#[must_use]
pub fn cells(csv: &[u8]) -> Option<Vec<Vec<Option<String>>>> {
    let (mut rest, mut row, mut rows) = (csv, Vec::new(), Vec::new());
    while next_row(&mut rest, &mut row)? {
        rows.push(row.iter().map(|cell| cell.as_ref().map(|cell| String::from_utf8_lossy(cell).into_owned())).collect());
    }
    Some(rows)
}

/// A cell behind its first quote, and what follows it.
fn quoted(start: &[u8]) -> Option<(Cell<'_>, &[u8])> {
    let mut joined: Option<Vec<u8>> = None;
    let mut rest = start;
    loop {
        let at = rest.iter().position(|b| *b == b'"')?;
        let (text, tail) = (&rest[..at], &rest[at + 1..]);
        if let [b'"', more @ ..] = tail {
            let joined = joined.get_or_insert_default();
            joined.extend_from_slice(text);
            joined.push(b'"');
            rest = more;
            continue;
        }
        let cell = match joined {
            None => Cow::Borrowed(text),
            Some(mut joined) => {
                joined.extend_from_slice(text);
                Cow::Owned(joined)
            }
        };
        return Some((Some(cell), tail));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{cells, count_rows, header, push_json};

    #[test]
    fn nothing_and_an_empty_text_are_told_apart() {
        let mut csv = Vec::new();
        push_json(&mut csv, br#"[1,null,"",-7]["a\"b,\\\n\u001f"]"#).unwrap();
        assert_eq!(String::from_utf8_lossy(&csv), "1,,\"\",-7,\"a\"\"b,\\\n\u{1f}\"\n");
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(cells(&csv), Some(vec![vec![text("1"), None, text(""), text("-7"), text("a\"b,\\\n\u{1f}")]]));
        assert_eq!(cells(b",\n"), Some(vec![vec![None, None]]));
        assert_eq!((count_rows(&csv), count_rows(b"a"), count_rows(b"\"a\n"), count_rows(b"a\n\"\n\"\n")), (Some(1), None, None, Some(2)));
        assert_eq!(header(b"a,b\n1,2\n"), (&b"a,b"[..], &b"1,2\n"[..]));
    }

    #[test]
    fn what_is_no_csv_is_refused() {
        for wrong in [&b"a"[..], b"\"a", b"\"a\"b\n", b"a\"b\n", b"a,\"\n"] {
            assert_eq!(cells(wrong), None, "{wrong:?}");
        }
        for wrong in [&b"[1,x]"[..], b"[\"a", b"[1", b"[\"\\u12\"]"] {
            assert!(push_json(&mut Vec::new(), wrong).is_err(), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(rows in prop::collection::vec(prop::collection::vec(prop::option::of(any::<String>()), 2..4), 1..4)) {
            let mut csv = Vec::new();
            for row in &rows {
                push_json(&mut csv, serde_json::json!(row).to_string().as_bytes()).unwrap();
            }
            prop_assert_eq!(count_rows(&csv), Some(rows.len() as u64));
            prop_assert_eq!(cells(&csv), Some(rows));
        }
    }
}
