//! The records of a workbook's stream: a number for what it is, a length, bytes; long ones go on in further records.

/// A record and what continues it.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    pub(super) more: Vec<&'a [u8]>,
}

impl Record<'_> {
    /// The bytes of all parts in one; where a text goes on, the first byte of a part says anew how wide its letters are
    /// and is left out. That is right for texts that don't change in width, as those of formulas.
    pub(super) fn whole(&self) -> Vec<u8> {
        let mut whole = self.data.to_vec();
        for part in &self.more {
            whole.extend_from_slice(part.get(1..).unwrap_or_default());
        }
        whole
    }
}

const CONTINUE: u16 = 0x003C;

/// All records; a stream that is cut off ends with the last whole one.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, data) = take(&mut rest)?;
        let mut more = Vec::new();
        while u16_at(rest, 0) == Some(CONTINUE) {
            let Some((_, data)) = take(&mut rest) else { break };
            more.push(data);
        }
        Some(Record { kind, data, more })
    })
}

fn take<'a>(rest: &mut &'a [u8]) -> Option<(u16, &'a [u8])> {
    let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
    let data = rest.get(4..4 + length)?;
    *rest = &rest[4 + length..];
    Some((kind, data))
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk::<2>()?))
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk::<4>()?))
}
