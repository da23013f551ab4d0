//! The text of a cell: white space as a browser shows it, entities as the signs that they stand for.

use std::str;

use quick_xml::escape::resolve_html5_entity;

use crate::tabular::MAX_CELL;

/// A text as it grows, part by part.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    raw: String,
}

impl Text {
    /// Adds a part. What is far too long is cut: the cell is refused then.
    pub(super) fn push(&mut self, part: &str) {
        if self.raw.len() > 2 * MAX_CELL {
            return;
        }
        for letter in part.chars() {
            if !letter.is_ascii_whitespace() {
                self.raw.push(letter);
            } else if !self.raw.ends_with([' ', '\n']) {
                self.raw.push(' ');
            }
        }
    }

    /// A new line, if there was something before.
    pub(super) fn break_line(&mut self) {
        if !self.raw.trim().is_empty() {
            self.raw.push('\n');
        }
    }

    pub(super) fn len(&self) -> usize {
        self.raw.len()
    }

    /// The text with its entities replaced.
    pub(super) fn decoded(&self) -> String {
        let mut out = String::with_capacity(self.raw.len());
        let mut rest = self.raw.as_str();
        while let Some(at) = rest.find('&') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = rest.bytes().take(40).position(|b| b == b';');
            let sign = end.and_then(|end| entity(&rest[1..end]).map(|sign| (sign, end)));
            match sign {
                Some((sign, end)) => {
                    out.push_str(&sign);
                    rest = &rest[end + 1..];
                }
                None => {
                    out.push('&');
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
        // What a browser shows as a space is one.
        out.replace('\u{a0}', " ")
    }
}

/// What stands between `&` and `;`.
fn entity(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else { return resolve_html5_entity(name).map(str::to_owned) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let (0x80..=0x9F, Ok(byte)) = (code, u8::try_from(code)) {
        // Those that mean Windows-1252, as browsers take them.
        return Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned());
    }
    char::from_u32(code).filter(|c| *c != '\0').map(String::from)
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn entities_and_white_space_are_what_a_browser_shows() {
        let mut text = Text::default();
        for part in ["  M&uuml;ller\n ", " &amp; S&#246;hne", " &#x20AC;&#128; &unknown; & co&nbsp;"] {
            text.push(part);
        }
        text.break_line();
        text.push(" Köln");
        assert_eq!(text.decoded().trim(), "Müller & Söhne €€ &unknown; & co \nKöln");
    }
}
