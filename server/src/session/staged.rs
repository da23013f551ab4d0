//! Somebody between the two steps of signing in. To everything but the second step they are a stranger: no handler finds
//! a [`Caller`](super::Caller) beside their request.

use axum::extract::Request;
use domain::time::Millis;
use store::sessions::staged::Staged;

use super::{AppState, random};
use crate::errors::Refusal;

/// For so long a code is waited for behind a password.
const WAITS: i64 = 10 * 60_000;

/// When a session that waits for a code ends.
pub(super) fn expiry(now: Millis) -> Millis {
    now.plus(WAITS)
}

/// A session that opens nothing yet, kept with the request.
#[derive(Clone, Debug)]
pub(crate) struct OnTheWay {
    /// Whose it is, and what they are waited for.
    pub staged: Staged,
    /// The hash of its token.
    pub hash: [u8; 32],
}

/// Keeps a session that opens nothing yet with the request, if the token belongs to one.
pub(super) async fn recognise(state: &AppState, token: &str, request: &mut Request) -> Result<(), Refusal> {
    let hash = random::hash(token);
    if let Some(staged) = state.store.staged_session(&hash, crate::clock::now()).await? {
        request.extensions_mut().insert(OnTheWay { staged, hash });
    }
    Ok(())
}
