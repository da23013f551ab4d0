//! Passwords: which ones are taken, and Argon2id, computed away from the async threads, a few at a time.

mod guessable;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use domain::{problem::Problem, time::Millis};
use store::{Store, StoreError, accounts::User};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{errors::Refusal, throttle::Attempt};

/// Fewer characters are refused on the command line, where administrators and scripts know what they do; on the screens the
/// client decides.
pub(crate) const SHORTEST_BY_COMMAND: u32 = 8;

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

/// Whether somebody may have this as their new password: whoever takes one asks here. `about` is what is known of the person
/// ([`about`]).
///
/// # Errors
/// `TooShort`, `TooLong`, `CommonPassword`, `NamedPassword`.
pub(crate) fn check(new: &str, shortest: u32, about: &[String]) -> Result<(), Problem> {
    if new.chars().count() < shortest as usize {
        return Err(Problem::TooShort { min: u64::from(shortest) });
    }
    if new.len() > LONGEST {
        return Err(Problem::TooLong { max: LONGEST as u64 });
    }
    guessable::weakness(new, about).map_or(Ok(()), Err)
}

/// What a person's password must not consist of: their name, their address, for whom they work.
///
/// # Errors
/// The database's.
pub(crate) async fn about(store: &Store, user: &User) -> Result<Vec<String>, StoreError> {
    let clients = store.membership(user.id).await?.into_iter().map(|(_, name, _)| name);
    Ok(clients.chain([user.name.clone(), user.email.clone()]).collect())
}

/// The PHC string (`$argon2id$…`) of a password.
///
/// # Errors
/// [`HashFailed`].
pub(crate) async fn hash(password: String) -> Result<String, HashFailed> {
    let _place = AT_ONCE.acquire().await.map_err(|_| HashFailed)?;
    spawn_blocking(move || hash_now(&password)).await.map_err(|_| HashFailed)?
}

/// Whether somebody who is signed in knows their password. Who stole a session must not find it out by trying: the counter is
/// that of signing in.
///
/// # Errors
/// Too many attempts, or the database's.
pub(crate) async fn is_known(store: &Store, user: &User, typed: String, now: Millis) -> Result<bool, Refusal> {
    let attempt = Attempt::at_account(&user.email);
    attempt.begin(store, now).await?;
    let knows = typed.len() <= LONGEST && verify(typed, user.password_hash.clone()).await;
    if knows {
        attempt.succeeded(store).await?;
    }
    Ok(knows)
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
