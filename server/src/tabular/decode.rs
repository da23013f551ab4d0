//! From the bytes of cells to text.

use std::{borrow::Cow, str};

use domain::import::Encoding;

use super::split::RawCells;

/// The text of a cell, or of a part of a file; what does not belong to the encoding becomes U+FFFD.
pub(super) fn text(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => String::from_utf8_lossy(bytes),
        Encoding::Latin1 => encoding_rs::mem::decode_latin1(bytes),
        Encoding::Windows1252 => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
        Encoding::Latin9 => encoding_rs::ISO_8859_15.decode_without_bom_handling(bytes).0,
    }
}

/// The first cell whose bytes are no text in this encoding. All bytes are letters in the encodings of one byte.
pub(super) fn first_bad(cells: &RawCells, encoding: Encoding) -> Option<usize> {
    match encoding {
        Encoding::Utf8 => (0..cells.len()).find(|i| str::from_utf8(cells.get(*i)).is_err()),
        // The decoder has put U+FFFD for halves of characters.
        Encoding::Utf16Le | Encoding::Utf16Be => (0..cells.len()).find(|i| text(cells.get(*i), encoding).contains('\u{fffd}')),
        _ => None,
    }
}

/// Whether the bytes may be taken as they are: ASCII in all encodings, valid UTF-8 where that is the encoding.
pub(super) fn as_is(bytes: &[u8], encoding: Encoding) -> Option<&str> {
    match encoding {
        Encoding::Utf8 => str::from_utf8(bytes).ok(),
        Encoding::Utf16Le | Encoding::Utf16Be => str::from_utf8(bytes).ok().filter(|t| !t.contains('\u{fffd}')),
        _ if bytes.is_ascii() => str::from_utf8(bytes).ok(),
        _ => None,
    }
}
