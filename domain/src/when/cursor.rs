//! Reads the numbers and words of one piece of text, whose format is known by now.

/// A place in a piece of text.
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

/// A number and how many digits it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: i64,
    pub(super) digits: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(piece: &'a [u8]) -> Self {
        Self { rest: piece }
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// What was not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Leaves out bytes of this kind.
    pub(super) fn skip(&mut self, of: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&of) {
            self.rest = &self.rest[1..];
        }
    }

    /// Leaves out blanks.
    pub(super) fn skip_blanks(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t'));
    }

    /// Takes bytes of this kind.
    pub(super) fn take(&mut self, most: usize, of: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().take(most).take_while(|byte| of(**byte)).count();
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// The next number of at most so many digits, wherever it begins; none if there are no more digits, or if it is
    /// beyond 64 bits.
    pub(super) fn number(&mut self, most: usize) -> Option<Number> {
        self.skip(|byte| !byte.is_ascii_digit());
        let digits = self.take(most, |byte| byte.is_ascii_digit());
        Some(Number { value: std::str::from_utf8(digits).ok()?.parse().ok()?, digits: digits.len() })
    }

    /// The next number with the signs in front of it: each minus turns it round.
    pub(super) fn signed(&mut self, most: usize) -> Option<i64> {
        self.skip(|byte| !byte.is_ascii_digit() && !matches!(byte, b'+' | b'-'));
        let signs = self.take(usize::MAX, |byte| matches!(byte, b'+' | b'-'));
        let number = self.number(most)?.value;
        let minus = signs.iter().filter(|byte| **byte == b'-').count();
        Some(if minus.is_multiple_of(2) { number } else { -number })
    }

    /// Digits behind a point, as microseconds.
    pub(super) fn micros(&mut self) -> i64 {
        self.skip(|byte| !byte.is_ascii_digit());
        let digits = self.take(usize::MAX, |byte| byte.is_ascii_digit());
        let six = digits.iter().copied().chain(std::iter::repeat(b'0')).take(6);
        six.fold(0, |micros, digit| micros * 10 + i64::from(digit - b'0'))
    }

    /// The next word of letters in small ones.
    pub(super) fn word(&mut self) -> String {
        lower(self.take(usize::MAX, |byte| byte.is_ascii_alphabetic()))
    }
}

/// A text in small letters.
pub(super) fn lower(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_ascii_lowercase()
}
