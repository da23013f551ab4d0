//! An object as named texts: what lies within another has its name behind a dot, several texts stand behind each other.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::tabular::{keyed::Named, number::Writer};

/// What stands between several texts, as the import of multi-selections reads it.
const BETWEEN: &str = "; ";
/// How many objects of a list within a record become columns: `addresses.1.city` … Nobody has more addresses.
const MAX_OBJECTS: usize = 20;

/// Reads one value.
pub(super) fn read(json: &[u8], writer: Writer, named: &mut Named) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    Node { name: "", out: named, writer }.deserialize(&mut deserializer)?;
    deserializer.end()
}

/// A value and where it goes.
struct Node<'a> {
    name: &'a str,
    out: &'a mut Named,
    writer: Writer,
}

impl Node<'_> {
    fn put(self, value: String) {
        // Of the same name twice in one object the later counts, when they are put into columns.
        self.out.push((self.name.to_owned(), value));
    }
}

fn under(name: &str, key: &str) -> String {
    match (name.is_empty(), key.is_empty()) {
        (true, _) => key.to_owned(),
        (_, true) => name.to_owned(),
        _ => format!("{name}.{key}"),
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.put(value.to_string());
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.put(value.to_string());
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.put(value.to_string());
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        let text = self.writer.plain(value);
        self.put(text);
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.put(value.to_owned());
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.put(String::new());
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let name = under(self.name, &key);
            map.next_value_seed(Node { name: &name, out: &mut *self.out, writer: self.writer })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let (mut texts, mut n_objects) = (Vec::new(), 0);
        loop {
            let mut inner = Named::new();
            if list.next_element_seed(Node { name: "", out: &mut inner, writer: self.writer })?.is_none() {
                break;
            }
            match inner.as_mut_slice() {
                [(name, text)] if name.is_empty() => texts.push(std::mem::take(text)),
                [] => {}
                _ => {
                    n_objects += 1;
                    if n_objects <= MAX_OBJECTS {
                        let numbered = under(self.name, &n_objects.to_string());
                        self.out.extend(inner.into_iter().map(|(name, text)| (under(&numbered, &name), text)));
                    }
                }
            }
        }
        if n_objects == 0 || !texts.is_empty() {
            texts.retain(|text| !text.trim().is_empty());
            let joined = texts.join(BETWEEN);
            self.put(joined);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;

    fn flat(json: &str) -> String {
        let mut named = Named::new();
        let writer = Writer { since_1904: false, lang: Lang::En };
        match read(json.as_bytes(), writer, &mut named) {
            Ok(()) => named.iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join(" | "),
            Err(_) => "no value".to_owned(),
        }
    }

    #[test]
    fn nested_objects_and_lists_become_columns_and_texts() {
        assert_eq!(
            flat(r#"{"name":"Weber","adresse":{"ort":"Bern","plz":3000},"themen":["A","B"],"aktiv":true,"leer":null}"#),
            "name=Weber | adresse.ort=Bern | adresse.plz=3000 | themen=A; B | aktiv=true | leer="
        );
        assert_eq!(
            flat(r#"{"mails":[{"wert":"a@example.com"},{"wert":"b@example.com"}]}"#),
            "mails.1.wert=a@example.com | mails.2.wert=b@example.com"
        );
        assert_eq!(flat(r#"{"a":1,"a":2}"#), "a=1 | a=2");
        assert_eq!(flat(r#"{"nummer":4915112345678,"anteil":0.5,"minus":-3}"#), "nummer=4915112345678 | anteil=0.5 | minus=-3");
    }

    #[test]
    fn what_is_no_json_is_told() {
        for broken in ["{", "{\"a\":}", "{} {}", "nix", "{\"a\":\"\u{1}\"}"] {
            assert_eq!(flat(broken), "no value", "{broken}");
        }
    }
}
