//! Links to files that were made in the background: signed, so that nobody guesses one, and good for a day.
//!
//! The link alone opens nothing: whoever follows it is signed in, or has a token, and may export.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    id::{ClientId, JobId},
    time::Millis,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use store::{Store, StoreError};

use crate::{clock, link::with_query};

/// So long a file lies there, in milliseconds.
pub(crate) const KEPT: i64 = 24 * 3_600_000;

/// The link to the file of a job, that is good until this moment.
///
/// # Errors
/// The database's.
pub(crate) async fn make(store: &Store, client: ClientId, job: JobId, until: Millis) -> Result<String, StoreError> {
    let sign = BASE64_URL_SAFE_NO_PAD.encode(signer(store, client, job, until).await?.finalize().into_bytes());
    Ok(with_query(&format!("/api/v1/exports/{job}/file"), &[("until", Some(&until.get().to_string())), ("sign", Some(&sign))]))
}

/// Whether a link is one of ours and still good.
///
/// # Errors
/// The database's.
pub(crate) async fn holds(store: &Store, client: ClientId, job: JobId, until: Millis, sign: &str) -> Result<bool, StoreError> {
    let Ok(sign) = BASE64_URL_SAFE_NO_PAD.decode(sign) else { return Ok(false) };
    // Compared in a time that tells nothing of where it differs.
    Ok(signer(store, client, job, until).await?.verify_slice(&sign).is_ok() && until > clock::now())
}

async fn signer(store: &Store, client: ClientId, job: JobId, until: Millis) -> Result<Hmac<Sha256>, StoreError> {
    let mut fresh = [0; 32];
    rand::fill(fresh.as_mut_slice());
    let key = store.link_key(client, &fresh, clock::now()).await?;
    let mut signer = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    signer.update(format!("export {client} {job} {}", until.get()).as_bytes());
    Ok(signer)
}
