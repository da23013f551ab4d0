//! The form in which server and browser tell each other things: postcard, which needs no names of fields and no parser.
//! Answers carry its bytes; in the page's document the bytes stand as text.

use codee::{Decoder, Encoder};
use leptos::server::codee;
use postcard::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes postcard as text and reads it again. Text inside stays readable, so that it compresses as well as the rest of
/// the document; what isn't text becomes `~` and two hexadecimal digits, and so does `<`: leptos writes that as JSON would,
/// and nobody here reads JSON.
pub struct Wire;

impl<T: Serialize> Encoder<T> for Wire {
    type Error = Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Error> {
        postcard::to_allocvec(value).map(|bytes| to_text(&bytes))
    }
}

impl<T: DeserializeOwned> Decoder<T> for Wire {
    type Error = Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Error> {
        postcard::from_bytes(&from_text(text)?)
    }
}

const ESCAPE: char = '~';

fn to_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    let escape = |text: &mut String, byte: u8| {
        text.push(ESCAPE);
        text.extend([byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16).unwrap_or(ESCAPE)));
    };
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match u8::try_from(letter) {
                Ok(byte) if [ESCAPE, '<'].contains(&letter) || byte.is_ascii_control() => escape(&mut text, byte),
                _ => text.push(letter),
            }
        }
        for byte in chunk.invalid() {
            escape(&mut text, *byte);
        }
    }
    text
}

fn from_text(text: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == ESCAPE as u8 {
            let mut half = || char::from(rest.next()?).to_digit(16).and_then(|half| u8::try_from(half).ok());
            let (Some(high), Some(low)) = (half(), half()) else { return Err(Error::DeserializeBadEncoding) };
            bytes.push(high << 4 | low);
        } else {
            bytes.push(byte);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
