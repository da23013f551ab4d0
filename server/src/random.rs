//! Secrets that nobody can guess.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// Random bytes as text that is safe in addresses, cookies and headers; 32 bytes are 256 bits.
pub(crate) fn token(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    rand::fill(random.as_mut_slice());
    BASE64_URL_SAFE_NO_PAD.encode(random)
}

/// What the database keeps of a token: who reads the database can't use it.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
