//! The texts of a workbook: of one or of two bytes a letter, and those that cells share in one table.

use super::records::{Record, u16_at, u32_at};

/// The most texts that cells share.
const MAX_TEXTS: usize = 6_600_000;

/// The texts that cells share, one behind the other.
#[derive(Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    /// The text with this number.
    pub(super) fn get(&self, at: u32) -> Option<&str> {
        let at = usize::try_from(at).ok()?;
        let end = usize::try_from(*self.ends.get(at)?).ok()?;
        let start = if at == 0 { 0 } else { usize::try_from(self.ends[at - 1]).ok()? };
        self.text.get(start..end)
    }

    /// Reads the table; what is cut off ends with the last whole text. None when it is too large.
    pub(super) fn read(record: &Record<'_>) -> Option<Self> {
        let mut texts = Texts::default();
        let mut parts = Parts { now: record.data.get(8..).unwrap_or_default(), rest: &record.more };
        let mut units = Vec::new();
        while one(&mut parts, &mut units).is_some() {
            texts.text.extend(char::decode_utf16(units.iter().copied()).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)));
            texts.ends.push(u32::try_from(texts.text.len()).ok()?);
            if texts.ends.len() > MAX_TEXTS {
                return None;
            }
        }
        Some(texts)
    }
}

/// Bytes that go on in further records.
struct Parts<'a> {
    now: &'a [u8],
    rest: &'a [&'a [u8]],
}

impl Parts<'_> {
    /// Whether there is another byte; the next record is taken up where one ends.
    fn more(&mut self) -> bool {
        while self.now.is_empty() {
            let Some((first, rest)) = self.rest.split_first() else { return false };
            (self.now, self.rest) = (first, rest);
        }
        true
    }

    fn byte(&mut self) -> Option<u8> {
        if !self.more() {
            return None;
        }
        let (first, rest) = self.now.split_first()?;
        self.now = rest;
        Some(*first)
    }

    fn two(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut n: usize) -> Option<()> {
        while n > 0 {
            if !self.more() {
                return None;
            }
            let part = n.min(self.now.len());
            self.now = &self.now[part..];
            n -= part;
        }
        Some(())
    }
}

/// The next text of the table as units of UTF-16.
fn one(parts: &mut Parts<'_>, units: &mut Vec<u16>) -> Option<()> {
    units.clear();
    let letters = usize::from(parts.two()?);
    let flags = parts.byte()?;
    let runs = if flags & 8 != 0 { usize::from(parts.two()?) } else { 0 };
    let extra = if flags & 4 != 0 { u32::from(parts.two()?) | u32::from(parts.two()?) << 16 } else { 0 };
    let mut wide = flags & 1 != 0;
    while units.len() < letters {
        if parts.now.is_empty() {
            if !parts.more() {
                return None;
            }
            // Where a text goes on in the next record, its width is said again.
            wide = parts.byte()? & 1 != 0;
        }
        units.push(if wide { parts.two()? } else { u16::from(parts.byte()?) });
    }
    parts.skip(4 * runs)?;
    parts.skip(usize::try_from(extra).ok()?)
}

/// A text with its length in two bytes before it, and a byte that says how wide its letters are.
pub(super) fn text(data: &[u8]) -> Option<String> {
    let letters = usize::from(u16_at(data, 0)?);
    let flags = *data.get(2)?;
    let mut at = 3;
    if flags & 8 != 0 {
        at += 2;
    }
    if flags & 4 != 0 {
        u32_at(data, at)?;
        at += 4;
    }
    if flags & 1 == 0 {
        return Some(data.get(at..at + letters)?.iter().map(|b| char::from(*b)).collect());
    }
    let units = data.get(at..at + 2 * letters)?.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    Some(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}
