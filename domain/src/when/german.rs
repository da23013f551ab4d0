//! stub
use super::calendar::Civil;
pub(super) enum Translation {
    Phrase(String),
    Unknown(String),
    NotGerman,
}
pub(super) fn translate(_text: &str, _today: &Civil) -> Translation {
    Translation::NotGerman
}
