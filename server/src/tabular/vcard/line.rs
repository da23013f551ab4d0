//! A line of a card: a name, what is said about it, and a value.

use encoding_rs::{Encoding, UTF_8};

/// A line, unfolded and decoded.
#[derive(Debug)]
pub(super) struct Line {
    /// In capitals, without its group.
    pub(super) name: String,
    /// Names in capitals; what stands without a name (`TEL;CELL`) is a type.
    said: Vec<(String, String)>,
    /// As it is written; texts in it have backslashes before their signs.
    pub(super) value: String,
    /// A picture or a sound.
    pub(super) is_binary: bool,
}

impl Line {
    /// None for what is no line of a card.
    pub(super) fn read(text: &str) -> Option<Self> {
        let colon = outside_quotes(text, ':')?;
        let (head, value) = (&text[..colon], &text[colon + 1..]);
        let mut parts = split_outside_quotes(head, ';').into_iter();
        let name = parts.next()?.trim();
        let name = name.rsplit('.').next()?.to_ascii_uppercase();
        if name.is_empty() {
            return None;
        }
        let said: Vec<(String, String)> = parts
            .map(|part| match part.split_once('=') {
                Some((name, value)) => (name.trim().to_ascii_uppercase(), value.trim().to_owned()),
                None => match part.trim().to_ascii_uppercase() {
                    part if part == "QUOTED-PRINTABLE" || part == "BASE64" => ("ENCODING".to_owned(), part),
                    part => ("TYPE".to_owned(), part),
                },
            })
            .collect();
        let mut line = Line { name, said, value: String::new(), is_binary: false };
        let coding = line.said("ENCODING").map(str::to_ascii_uppercase).unwrap_or_default();
        match coding.as_str() {
            "QUOTED-PRINTABLE" => {
                let charset = line.said("CHARSET").and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8);
                line.value = charset.decode_without_bom_handling(&unquoted(value)).0.into_owned();
            }
            "B" | "BASE64" => line.is_binary = true,
            _ => line.value = value.to_owned(),
        }
        Some(line)
    }

    /// Whether this begins a card rather than something within it.
    pub(super) fn is_card(&self) -> bool {
        self.value.trim().eq_ignore_ascii_case("VCARD")
    }

    fn said(&self, name: &str) -> Option<&str> {
        self.said.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// Whether it is said to be of a type: `TYPE=home,cell`.
    pub(super) fn is_type(&self, wanted: &str) -> bool {
        let types = self.said.iter().filter(|(name, _)| name == "TYPE").flat_map(|(_, value)| value.trim_matches('"').split(','));
        types.map(str::trim).any(|one| one.eq_ignore_ascii_case(wanted))
    }

    /// Whether it is the one to be used.
    pub(super) fn is_preferred(&self) -> bool {
        self.is_type("pref") || self.said("PREF").is_some_and(|n| n.trim_matches('"') == "1")
    }
}

/// Whether the line goes on with the next though that isn't indented.
pub(super) fn ends_softly(line: &[u8]) -> bool {
    let head = line.split(|b| *b == b':').next().unwrap_or_default();
    line.last() == Some(&b'=') && head.windows(16).any(|part| part.eq_ignore_ascii_case(b"QUOTED-PRINTABLE"))
}

/// `=C3=BC` as the bytes that it stands for.
fn unquoted(value: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex = more.get(..2).and_then(|two| std::str::from_utf8(two).ok()).and_then(|two| u8::from_str_radix(two, 16).ok());
        match hex.filter(|_| *first == b'=') {
            Some(byte) => {
                out.push(byte);
                rest = &more[2..];
            }
            None => {
                out.push(*first);
                rest = more;
            }
        }
    }
    out
}

fn outside_quotes(text: &str, sign: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == sign && !quoted
        })
        .map(|(at, _)| at)
}

fn split_outside_quotes(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some(at) = outside_quotes(rest, sign) {
        parts.push(&rest[..at]);
        rest = &rest[at + sign.len_utf8()..];
    }
    parts.push(rest);
    parts
}

/// The parts of a value between unescaped signs, each with its backslashes resolved.
pub(super) fn parts(value: &str, sign: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut signs = value.chars();
    while let Some(one) = signs.next() {
        let now = match one {
            '\\' => match signs.next() {
                Some('n' | 'N') => '\n',
                Some(other) => other,
                None => '\\',
            },
            other if other == sign => {
                parts.push(String::new());
                continue;
            }
            other => other,
        };
        if let Some(last) = parts.last_mut() {
            last.push(now);
        }
    }
    parts
}
