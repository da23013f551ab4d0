//! Passwords: Argon2id, computed away from the async threads, a few at a time.

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Fewer characters are refused on the command line, where administrators and scripts know what they do; on the screens the
/// client decides.
pub(crate) const SHORTEST_BY_COMMAND: usize = 8;

/// More bytes are refused: nobody types them, and hashing them costs time.
pub(crate) const LONGEST: usize = 1_000;

/// Each computation takes 19 MiB and a core for some 20 ms; more at once would let strangers starve the process.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Stands in for the hash of somebody unknown, so that the answer takes as long as for a known person.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// Hashing failed; it can't with the parameters used here, short of memory.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed")]
pub(crate) struct HashFailed;

/// The PHC string (`$argon2id$…`) of a password.
///
/// # Errors
/// [`HashFailed`].
pub(crate) async fn hash(password: String) -> Result<String, HashFailed> {
    let _place = AT_ONCE.acquire().await.map_err(|_| HashFailed)?;
    spawn_blocking(move || hash_now(&password)).await.map_err(|_| HashFailed)?
}

/// Whether the password belongs to the hash; with no hash the same work is done and the answer is no.
pub(crate) async fn verify(password: String, hash: Option<String>) -> bool {
    let Ok(_place) = AT_ONCE.acquire().await else { return false };
    spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let fits = PasswordHash::new(&hash).is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
        fits && known
    })
    .await
    .unwrap_or(false)
}

fn hash_now(password: &str) -> Result<String, HashFailed> {
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| HashFailed)?;
    Ok(hash.to_string())
}
