//! XML: an element for each profile, with one for each filled field, called by its internal name.

use std::borrow::Cow;

use domain::{
    export::{Cell, Scribe},
    id::ProfileId,
    pool::Pool,
    value::Value,
};

use super::writer::Writer;

/// Writes a document.
pub(super) struct Xml {
    scribe: Scribe,
    pool: String,
}

impl Xml {
    pub(super) fn new(scribe: Scribe, pool: &Pool) -> Self {
        let pool = format!("id=\"{}\" name=\"{}\"", pool.id, escaped(&pool.name));
        Self { scribe, pool }
    }

    fn element(&mut self, nth: usize, cell: &Cell<'_>, country: Option<&str>, out: &mut Vec<u8>) {
        let key = self.scribe.field(nth).key.clone();
        let mut push = |text: &str| out.extend_from_slice(text.as_bytes());
        push(&format!("<{key}>"));
        match cell {
            Cell::Value(Value::Set(_)) => {
                let options = self.scribe.json(nth, cell, country);
                for option in options.as_array().into_iter().flatten() {
                    let text = option.as_str().map_or_else(|| option.to_string(), str::to_owned);
                    push(&format!("<option>{}</option>", escaped(&text)));
                }
            }
            _ => push(&escaped(&self.scribe.text(nth, cell, country))),
        }
        push(&format!("</{key}>"));
    }
}

impl Writer for Xml {
    fn head(&mut self, out: &mut Vec<u8>) {
        let head = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<profiles><pool {}/>\n", self.pool);
        out.extend_from_slice(head.as_bytes());
    }

    fn row(&mut self, id: ProfileId, cells: &[Cell<'_>], out: &mut Vec<u8>) {
        let country = self.scribe.country_of(cells).map(str::to_owned);
        out.extend_from_slice(format!("<profile id=\"{id}\">").as_bytes());
        for (nth, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            self.element(nth, cell, country.as_deref(), out);
        }
        out.extend_from_slice(b"</profile>\n");
    }

    fn tail(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</profiles>\n");
    }
}

/// As content or attribute. What no document of XML may hold becomes the sign for that.
fn escaped(text: &str) -> Cow<'_, str> {
    let odd =
        |c: char| matches!(c, '&' | '<' | '>' | '"' | '\r' | '\u{fffe}' | '\u{ffff}') || (c.is_control() && !matches!(c, '\n' | '\t'));
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            c if odd(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_its_element() {
        let check = |text: &str, expected: &str| assert_eq!(escaped(text), expected);
        check("Müller & Söhne", "Müller &amp; Söhne");
        check("]]><a b=\"c\">", "]]&gt;&lt;a b=&quot;c&quot;&gt;");
        check("eins\n\tzwei\r", "eins\n\tzwei&#13;");
        check("a\u{ffff}b\u{1}", "a\u{fffd}b\u{fffd}");
    }
}
