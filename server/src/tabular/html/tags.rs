//! The signs of a page: what opens, what closes, and the text between.

use std::str;

use domain::import::Encoding;

use crate::tabular::{TabularError, input::Input, limits::MAX_PIECE, scan::Scan};

/// What stands next in a page.
pub(super) enum Token<'a> {
    /// A part of a text, with its entities as they are written; it may go on in the next.
    Text(&'a str),
    Open(Tag),
    /// A closing sign, in small letters.
    Close(String),
    End,
}

/// An opening sign.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// In small letters.
    pub(super) name: String,
    /// How many columns and rows a cell covers.
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A page, sign by sign.
pub(super) struct Tags {
    scan: Scan,
    /// Bytes of the last text, which are consumed with the next sign.
    used: usize,
    /// Whose content is no page: everything up to its closing sign is passed over.
    raw: Option<String>,
}

impl Tags {
    pub(super) fn open(input: &Input, encoding: Encoding) -> Result<Self, TabularError> {
        Ok(Tags { scan: Scan::open(input, encoding)?, used: 0, raw: None })
    }

    pub(super) fn next(&mut self) -> Result<Token<'_>, TabularError> {
        self.scan.consume(std::mem::take(&mut self.used));
        if let Some(name) = self.raw.take() {
            self.pass_until(&format!("</{name}"))?;
        }
        loop {
            if self.scan.peek()?.is_none() {
                return Ok(Token::End);
            }
            if self.scan.bytes()[0] != b'<' {
                let bytes = self.scan.bytes();
                let half = str::from_utf8(bytes).is_err_and(|error| error.valid_up_to() == 0);
                let end = bytes.iter().position(|b| *b == b'<').unwrap_or(bytes.len());
                // The buffer ends within a letter, whose other half is still to come.
                if half && self.scan.fill()? {
                    continue;
                }
                return Ok(self.text(end));
            }
            while self.scan.bytes().len() < 4 && self.scan.fill()? {}
            let bytes = self.scan.bytes();
            if bytes.starts_with(b"<!--") {
                self.scan.consume(4);
                self.pass_until("-->")?;
                continue;
            }
            match bytes.get(1) {
                Some(b'!' | b'?') => {
                    self.pass_until(">")?;
                }
                Some(b'/') => {
                    let tag = self.tag(2)?;
                    return Ok(Token::Close(tag.name));
                }
                Some(letter) if letter.is_ascii_alphabetic() => {
                    let tag = self.tag(1)?;
                    if matches!(tag.name.as_str(), "script" | "style" | "textarea" | "title" | "xml") {
                        self.raw = Some(tag.name.clone());
                    }
                    return Ok(Token::Open(tag));
                }
                _ => return Ok(self.text(1)),
            }
        }
    }

    /// So many bytes as text. A buffer may end within a letter; then the letter comes with the next part.
    fn text(&mut self, end: usize) -> Token<'_> {
        let bytes = &self.scan.bytes()[..end];
        let text = match str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) if error.valid_up_to() > 0 => str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
            Err(_) => "",
        };
        // Half a letter at the end of all there is: it never becomes a whole one.
        self.used = if text.is_empty() { end.max(1) } else { text.len() };
        Token::Text(text)
    }

    /// The sign at hand, whose name begins at `from`.
    fn tag(&mut self, from: usize) -> Result<Tag, TabularError> {
        let end = self.tag_end()?;
        let inner = String::from_utf8_lossy(&self.scan.bytes()[from..end.max(from)]).into_owned();
        self.scan.consume(end + 1);
        let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let name = inner[..name_end].to_ascii_lowercase();
        if !matches!(name.as_str(), "td" | "th") {
            return Ok(Tag { name, columns: 1, rows: 1 });
        }
        let span = |attribute: &str| attribute_of(&inner, attribute).and_then(|n| n.trim().parse().ok()).unwrap_or(1);
        Ok(Tag { columns: span("colspan"), rows: span("rowspan"), name })
    }

    /// Where the sign at hand ends: at the first `>` that is not in quotation marks.
    fn tag_end(&mut self) -> Result<usize, TabularError> {
        let (mut at, mut quote) = (1, None);
        loop {
            while let Some(byte) = self.scan.bytes().get(at) {
                match (quote, byte) {
                    (None, b'>') => return Ok(at),
                    // Marks count only where a value begins.
                    (None, b'"' | b'\'') if self.scan.bytes()[at - 1] == b'=' => quote = Some(*byte),
                    (Some(mark), byte) if mark == *byte => quote = None,
                    _ => {}
                }
                at += 1;
            }
            if at > MAX_PIECE {
                return Err(TabularError::TooLargePiece);
            }
            if !self.scan.fill()? {
                return Ok(at.saturating_sub(1));
            }
        }
    }

    /// Pass over everything up to a text and the text itself; to the end where it never comes.
    fn pass_until(&mut self, text: &str) -> Result<(), TabularError> {
        let wanted = text.as_bytes();
        loop {
            let bytes = self.scan.bytes();
            if let Some(at) = bytes.windows(wanted.len()).position(|part| part.eq_ignore_ascii_case(wanted)) {
                // A closing sign is read as one.
                let n = if wanted.starts_with(b"</") { at } else { at + wanted.len() };
                self.scan.consume(n);
                return Ok(());
            }
            let passed = bytes.len().saturating_sub(wanted.len() - 1);
            self.scan.consume(passed);
            if !self.scan.fill()? {
                let rest = self.scan.bytes().len();
                self.scan.consume(rest);
                return Ok(());
            }
        }
    }
}

/// The value of an attribute, with or without quotation marks.
fn attribute_of<'a>(inner: &'a str, name: &str) -> Option<&'a str> {
    let at = inner.to_ascii_lowercase().find(name)?;
    let value = inner.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(mark) => value[1..].split(mark).next(),
        None => value.split(|c: char| c.is_ascii_whitespace() || c == '/').next(),
    }
}
