//! Codes of a second factor: those that an app makes of a secret and the time, and recovery codes for whoever lost it.

use std::fmt::Write as _;

use app::api::second_factor::Qr;
use domain::time::Millis;
use fast_qr::QRBuilder;
use totp_rs::{Builder, Secret, Totp};

use crate::random;

/// How many recovery codes a person is given.
const RECOVERY_CODES: usize = 10;

/// Characters of a recovery code: 80 bits, so that its bare SHA-256 tells nothing.
const RECOVERY_LENGTH: usize = 16;

/// Crockford's letters and digits: none is taken for another one.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A fresh secret of 160 bits, as RFC 4226 recommends.
pub(crate) fn new_secret() -> Vec<u8> {
    Secret::generate().to_vec()
}

/// The half minute since 1970 whose code was typed: this one, the one before or the one after, since clocks differ and
/// people take their time (RFC 6238, 5.2 and 6).
pub(crate) fn step_of(secret: &[u8], typed: &str, now: Millis) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.get()).ok()? / 1_000;
    let step = totp(secret, "")?.check(&digits, seconds)?;
    i64::try_from(step).ok()
}

/// SHA-1, six digits, 30 seconds: what every app knows.
fn totp(secret: &[u8], account: &str) -> Option<Totp> {
    Builder::new().with_secret(secret.to_vec()).with_issuer(Some("Lagune")).with_account_name(account).build().ok()
}

/// The secret for people who type it, in groups of four.
pub(crate) fn as_text(secret: &[u8]) -> String {
    grouped(&Secret::from(secret.to_vec()).to_base32())
}

/// The address that apps read the secret from; none for an account whose name can't stand in one.
pub(crate) fn as_link(secret: &[u8], account: &str) -> Option<String> {
    totp(secret, account)?.to_url().ok()
}

/// A text as the dark squares of a QR code.
pub(crate) fn as_qr(text: &str) -> Option<Qr> {
    let code = QRBuilder::new(text).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        // Neighbours in one go: half of the text.
        let mut x = 0;
        for run in code[y].chunk_by(|a, b| a.value() == b.value()) {
            let n = run.len();
            if run[0].value() {
                _ = write!(path, "M{x} {y}h{n}v1h-{n}z");
            }
            x += n;
        }
    }
    Some(Qr { size: u32::try_from(code.size).ok()?, path })
}

/// Fresh recovery codes as they are shown, and what the database keeps of them.
pub(crate) fn recovery_codes() -> (Vec<String>, Vec<[u8; 32]>) {
    let code = || {
        let mut random = [0_u8; RECOVERY_LENGTH];
        rand::fill(&mut random);
        random.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()])).iter().collect::<String>()
    };
    let codes: Vec<String> = std::iter::repeat_with(code).take(RECOVERY_CODES).collect();
    let hashes = codes.iter().map(|code| random::hash(code)).collect();
    (codes.iter().map(|code| grouped(code)).collect(), hashes)
}

/// What the database keeps of the recovery code that was typed; none where it can't be one. Capitals, spaces and hyphens
/// make no difference, nor do the letters that look like digits.
pub(crate) fn recovery_hash(typed: &str) -> Option<[u8; 32]> {
    let plain = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        c => c,
    });
    let code: String = plain.take(RECOVERY_LENGTH + 1).collect();
    (code.len() == RECOVERY_LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte))).then(|| random::hash(&code))
}

fn grouped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests;
