//! German phrases, put into the English words that the grammar knows.
//!
//! Only what PHP refuses comes here, so no German word changes what an English phrase means. Each German expression
//! becomes English words of its own, and the order in which they are put together is the one in which PHP reads them
//! best: days first (they begin at midnight), then what is added, then the time of day, then the zone.

use super::calendar::Civil;

mod anchor;
mod clock;
mod parse;
mod token;
mod words;

/// What a text is as German.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Translation {
    /// In English words.
    Phrase(String),
    /// German, except for this part.
    Unknown(String),
    /// There is no German word in it.
    NotGerman,
}

/// Translates a text at a day, which is needed for the beginnings and ends of months, quarters and years.
pub(super) fn translate(text: &str, today: &Civil) -> Translation {
    let mut parser = parse::Parser::new(token::tokens(text), *today);
    match parser.parse() {
        Ok(()) if parser.found_german() => Translation::Phrase(parser.english()),
        Err(part) if parser.found_german() => Translation::Unknown(part),
        _ => Translation::NotGerman,
    }
}
