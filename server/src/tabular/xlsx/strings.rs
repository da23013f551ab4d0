//! The texts that the cells of a workbook share: read as far as cells name them, kept in memory as long as they are few,
//! else on the disk.

use std::{
    borrow::Cow,
    fs::File,
    io::{BufWriter, Read as _, Write as _},
    path::{Path, PathBuf},
    str,
};

use domain::import::Format;
use quick_xml::events::Event;

use crate::tabular::{
    MAX_CELL, TabularError,
    input::{Disk, Input},
    xml_stream::{Events, push_text},
};

/// Up to here they stay in memory.
const IN_MEMORY: usize = 64 << 20;
/// The most bytes of them on the disk.
const MAX_BYTES: u64 = 8 << 30;
/// The most of them; a sheet has 17 thousand million cells, of which none that anybody filled has more.
const MAX_STRINGS: usize = 1 << 26;
/// How many lie together; of each block the place is kept, and those read last are kept as a whole.
const BLOCK: usize = 32;
/// How many blocks are kept. Cells name their texts mostly in the order in which they were met first.
const KEPT: usize = 2_048;
/// The most bytes of a block that is kept among the others; of larger ones only the last is.
const KEPT_BYTES: u64 = 1 << 14;

const DAMAGED: TabularError = TabularError::Damaged(Format::Xlsx);

/// Each text lies behind its length, four bytes.
#[derive(Default)]
pub(super) struct Strings {
    /// Those that no cell has named yet.
    source: Option<Events>,
    folder: Option<PathBuf>,
    text: String,
    memory: Vec<u8>,
    disk: Option<OnDisk>,
    bases: Vec<u64>,
    length: u64,
    count: usize,
}

/// Where they lie when they are many.
struct OnDisk {
    writer: BufWriter<File>,
    disk: Disk,
    /// So many bytes can be read.
    flushed: u64,
    /// Blocks, each at its number modulo [`KEPT`], and at the end the last that was large.
    kept: Vec<(usize, Vec<u8>)>,
}

impl Strings {
    /// `folder`: where they may lie when they are many.
    pub(super) fn open(input: &Input, folder: Option<&Path>) -> Result<Self, TabularError> {
        let source = Some(Events::new(input.stream(0)?, Format::Xlsx));
        Ok(Strings { source, folder: folder.map(Path::to_owned), ..Strings::default() })
    }

    /// The text with this number.
    pub(super) fn get(&mut self, at: usize) -> Result<&str, TabularError> {
        while self.count <= at {
            if !self.read()? {
                return Err(DAMAGED);
            }
        }
        let (block, within) = (at / BLOCK, at % BLOCK);
        let from = *self.bases.get(block).ok_or(DAMAGED)?;
        let to = self.bases.get(block + 1).copied().unwrap_or(self.length);
        let bytes = match &mut self.disk {
            None => self.memory.get(usize_of(from)..usize_of(to)).ok_or(DAMAGED)?,
            Some(on_disk) => on_disk.block(block, from, to)?,
        };
        nth(bytes, within).ok_or(DAMAGED)
    }

    /// Reads the next text; false at their end.
    fn read(&mut self) -> Result<bool, TabularError> {
        let Some(events) = &mut self.source else { return Ok(false) };
        let (mut in_text, mut phonetic) = (false, false);
        loop {
            match events.next()? {
                Event::Start(start) => match start.local_name().into_inner() {
                    "si" => self.text.clear(),
                    "t" => in_text = true,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Event::Empty(start) if start.local_name().into_inner() == "si" => {
                    self.text.clear();
                    break;
                }
                Event::End(end) => match end.local_name().into_inner() {
                    "si" => break,
                    "t" => in_text = false,
                    "rPh" => phonetic = false,
                    _ => {}
                },
                Event::Eof => {
                    self.source = None;
                    return Ok(false);
                }
                // One byte too many tells that it was too long.
                event if in_text && !phonetic && self.text.len() <= MAX_CELL => push_text(&event, &mut self.text),
                _ => {}
            }
        }
        let text = std::mem::take(&mut self.text);
        self.add(&unescape(&text))?;
        self.text = text;
        Ok(true)
    }

    fn add(&mut self, text: &str) -> Result<(), TabularError> {
        if self.count == MAX_STRINGS || self.length > MAX_BYTES {
            return Err(TabularError::Bomb);
        }
        if self.count.is_multiple_of(BLOCK) {
            self.bases.push(self.length);
        }
        self.count += 1;
        let length = u32::try_from(text.len()).map_err(|_| TabularError::TooLargePiece)?.to_le_bytes();
        self.length += 4 + text.len() as u64;
        if self.disk.is_none() && self.length > IN_MEMORY as u64 {
            self.move_to_disk()?;
        }
        match &mut self.disk {
            Some(on_disk) => {
                on_disk.writer.write_all(&length)?;
                on_disk.writer.write_all(text.as_bytes())?;
            }
            None => {
                self.memory.extend_from_slice(&length);
                self.memory.extend_from_slice(text.as_bytes());
            }
        }
        Ok(())
    }

    fn move_to_disk(&mut self) -> Result<(), TabularError> {
        let file = match &self.folder {
            Some(folder) => tempfile::tempfile_in(folder)?,
            None => tempfile::tempfile()?,
        };
        let mut writer = BufWriter::with_capacity(1 << 18, file.try_clone()?);
        writer.write_all(&self.memory)?;
        self.memory = Vec::new();
        self.disk = Some(OnDisk { writer, disk: Disk::new(file)?, flushed: 0, kept: vec![(usize::MAX, Vec::new()); KEPT + 1] });
        Ok(())
    }
}

impl OnDisk {
    /// The bytes of a block; the last one may have grown since it was read.
    fn block(&mut self, block: usize, from: u64, to: u64) -> Result<&[u8], TabularError> {
        let at = if to - from > KEPT_BYTES { KEPT } else { block % KEPT };
        let kept = &mut self.kept[at];
        if kept.0 != block || kept.1.len() as u64 != to - from {
            if to > self.flushed {
                self.writer.flush()?;
                self.flushed = to;
            }
            kept.1.clear();
            // At a place of its own: where is written stays where it is.
            self.disk.at(from).take(to - from).read_to_end(&mut kept.1)?;
            kept.0 = block;
        }
        Ok(&kept.1)
    }
}

fn usize_of(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// One of the texts of a block.
fn nth(mut bytes: &[u8], n: usize) -> Option<&str> {
    for at in 0..=n {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        if at == n {
            return str::from_utf8(rest.get(..length)?).ok();
        }
        bytes = rest.get(length..)?;
    }
    None
}

/// Control characters stand as `_x000D_` in the texts of a workbook.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let sign =
            code.filter(|_| rest[at + 6..].starts_with('_')).and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match sign {
            Some(sign) => {
                out.push(sign);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_in_memory_and_on_the_disk() {
        for on_disk in [false, true] {
            let mut strings = Strings::default();
            if on_disk {
                strings.move_to_disk().unwrap();
            }
            for n in 0..100_000 {
                strings.add(&format!("Text {n}")).unwrap();
                // The block at hand grows while it is read.
                if n % 1_000 == 7 {
                    assert_eq!(strings.get(n).unwrap(), format!("Text {n}"));
                }
            }
            for n in [0, 31, 32, 99_999, 500, 1] {
                assert_eq!(strings.get(n).unwrap(), format!("Text {n}"));
            }
            assert!(strings.get(100_000).is_err());
        }
    }

    #[test]
    fn control_characters_are_what_they_stand_for() {
        assert_eq!(unescape("a_x000D_\nb"), "a\r\nb");
        assert_eq!(unescape("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescape("mein_xfeld_xü"), "mein_xfeld_xü");
    }
}
