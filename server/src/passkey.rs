//! Passkeys (WebAuthn, level 3): what a browser is asked, and whether its answer is true.
//!
//! A passkey must be found without a name being typed (discoverable), and must know its person (user verification): it is
//! two factors then, the device and what unlocks it. No maker of devices is asked to vouch for them (attestation "none").

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid, Webauthn,
    WebauthnBuilder, WebauthnError,
};

use crate::{errors::Refusal, random};

/// So many milliseconds a question may wait for its answer: what the standard recommends, for people who need time.
pub(crate) const ANSWER_WITHIN: i64 = 5 * 60_000;

/// The longest answer, in bytes; a usual one has one or two thousand.
const LONGEST_ANSWER: usize = 64 << 10;

/// The longest id of a credential, in bytes (level 3, 4).
const LONGEST_ID: usize = 1_023;

/// A name for passkeys to belong to, and the address of the pages that may use them.
pub(crate) struct Site(Webauthn);

/// A question to a browser.
pub(crate) struct Question {
    /// By this its answer is recognised.
    pub challenge_hash: [u8; 32],
    /// What the browser is told, as JSON.
    pub options: String,
    /// What the answer is held against, as JSON.
    pub state: String,
}

/// A passkey that was made.
pub(crate) struct Made {
    /// What the device calls it.
    pub credential_id: Vec<u8>,
    /// What devices know its person by.
    pub handle: Vec<u8>,
    /// What answers are held against, as JSON.
    pub credential: String,
    /// The name that its person gave it.
    pub name: String,
}

/// Why an answer counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Untrue {
    /// Its counter did not grow: perhaps there is a copy of the key.
    Counter,
    /// It is not what was asked for, or not signed by the key.
    Other,
}

/// What is kept while a passkey is made.
#[derive(Serialize, Deserialize)]
struct Making {
    handle: Uuid,
    name: String,
    asked: PasskeyRegistration,
}

impl Site {
    /// Where people use this address, if browsers have passkeys [there](is_place).
    pub(crate) fn at(address: &str) -> Option<Self> {
        let origin = place(address)?;
        WebauthnBuilder::new(origin.domain()?, &origin).ok()?.rp_name("Lagune").build().ok().map(Self)
    }

    /// Asks for a new passkey of somebody whom devices know by a handle, on a device that has none of theirs.
    ///
    /// # Errors
    /// Never, unless this program is wrong.
    pub(crate) fn ask_for_new(&self, person: &Newcomer<'_>) -> Result<Question, Refusal> {
        let Newcomer { handle, email, name, known, called } = *person;
        let handle = Uuid::from_slice(handle).map_err(|error| Refusal::logged(&error))?;
        let (options, asked) = self.0.start_passkey_registration(handle, email, name, Some(known.to_vec())).map_err(wrong)?;
        let challenge = options.public_key.challenge.clone();
        let mut options = serde_json::to_value(options.public_key).map_err(|error| Refusal::logged(&error))?;
        let selection = &mut options["authenticatorSelection"];
        selection["residentKey"] = json!("required");
        selection["requireResidentKey"] = json!(true);
        question(&challenge, &options, &Making { handle, name: called.to_owned(), asked })
    }

    /// The passkey that answers such a question.
    pub(crate) fn make(&self, answer: &MakeAnswer, state: &str) -> Result<Made, Untrue> {
        let Making { handle, name, asked } = serde_json::from_str(state).map_err(|_| Untrue::Other)?;
        // The browser says itself whether it can be found; one that can't would never be offered.
        if answer.0.extensions.cred_props.as_ref().and_then(|props| props.rk) == Some(false) {
            return Err(Untrue::Other);
        }
        let passkey = self.0.finish_passkey_registration(&answer.0, &asked).map_err(untrue)?;
        let credential_id = passkey.cred_id().to_vec();
        if credential_id.len() > LONGEST_ID {
            return Err(Untrue::Other);
        }
        let credential = serde_json::to_string(&passkey).map_err(|_| Untrue::Other)?;
        Ok(Made { credential_id, handle: handle.as_bytes().to_vec(), credential, name })
    }

    /// Asks for a signature: of any passkey that belongs here, or of one of those known.
    ///
    /// # Errors
    /// Never, unless this program is wrong.
    pub(crate) fn ask(&self, known: &[Vec<u8>]) -> Result<Question, Refusal> {
        let (options, state) = self.0.start_discoverable_authentication().map_err(wrong)?;
        let challenge = options.public_key.challenge.clone();
        let mut options = serde_json::to_value(options.public_key).map_err(|error| Refusal::logged(&error))?;
        let known = known.iter().map(|id| json!({ "type": "public-key", "id": BASE64_URL_SAFE_NO_PAD.encode(id) }));
        options["allowCredentials"] = known.collect();
        question(&challenge, &options, &state)
    }

    /// What the next answer of a passkey is held against, and the counter of its signature, if this one is true. Without
    /// `known` the answer alone says whose it is, and must do so.
    pub(crate) fn check(
        &self,
        answer: &Answer,
        state: &str,
        passkey: &store::passkeys::Passkey,
        known: bool,
    ) -> Result<(String, i64), Untrue> {
        match answer.0.get_user_unique_id() {
            Some(handle) if handle == passkey.handle => {}
            None if known => {}
            _ => return Err(Untrue::Other),
        }
        let state: DiscoverableAuthentication = serde_json::from_str(state).map_err(|_| Untrue::Other)?;
        let mut key: Passkey = serde_json::from_str(&passkey.credential).map_err(|_| Untrue::Other)?;
        let result = self.0.finish_discoverable_authentication_v2(&answer.0, state, &key).map_err(untrue)?;
        if !result.user_verified() {
            return Err(Untrue::Other);
        }
        key.update_credential(&result);
        let credential = serde_json::to_string(&key).map_err(|_| Untrue::Other)?;
        Ok((credential, i64::from(result.counter())))
    }
}

/// Whether browsers have passkeys where people use this address: not on plain http, but for this machine, and not for an
/// address in digits, which is no name that anything could belong to. Each page asks.
pub(crate) fn is_place(address: &str) -> bool {
    place(address).is_some()
}

fn place(address: &str) -> Option<Url> {
    let origin = Url::parse(address).ok()?;
    let host = origin.domain()?;
    let local = host == "localhost" || host.ends_with(".localhost");
    let fits = origin.scheme() == "https" || (origin.scheme() == "http" && local);
    fits.then_some(origin)
}

/// Somebody who wants a new passkey.
pub(crate) struct Newcomer<'a> {
    /// What devices know them by, 16 bytes.
    pub handle: &'a [u8],
    /// Their address, which the device shows.
    pub email: &'a str,
    /// Their name, which it may show too.
    pub name: &'a str,
    /// What the passkeys that they have are called by their devices.
    pub known: &'a [Vec<u8>],
    /// How they call the new one.
    pub called: &'a str,
}

/// What devices may know a person by: it says nothing of them.
pub(crate) fn new_handle() -> Vec<u8> {
    let mut handle = vec![0; 16];
    rand::fill(handle.as_mut_slice());
    handle
}

/// A browser's answer to a question for a signature.
pub(crate) struct Answer(PublicKeyCredential);

impl Answer {
    /// Reads it; none where it is no answer.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        (text.len() <= LONGEST_ANSWER).then(|| serde_json::from_str(text).ok()).flatten().map(Self)
    }

    /// What the device calls the passkey.
    pub(crate) fn credential_id(&self) -> &[u8] {
        self.0.get_credential_id()
    }

    /// Which question it answers, by its own words.
    pub(crate) fn challenge_hash(&self) -> Option<[u8; 32]> {
        challenge_hash(&self.0.response.client_data_json)
    }
}

/// A browser's answer to a question for a new passkey.
pub(crate) struct MakeAnswer(RegisterPublicKeyCredential);

impl MakeAnswer {
    /// Reads it; none where it is no answer.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        (text.len() <= LONGEST_ANSWER).then(|| serde_json::from_str(text).ok()).flatten().map(Self)
    }

    /// Which question it answers, by its own words.
    pub(crate) fn challenge_hash(&self) -> Option<[u8; 32]> {
        challenge_hash(&self.0.response.client_data_json)
    }
}

fn challenge_hash(client_data: &[u8]) -> Option<[u8; 32]> {
    let data: Value = serde_json::from_slice(client_data).ok()?;
    data.get("challenge")?.as_str().map(random::hash)
}

fn question(challenge: &[u8], options: &Value, state: &impl Serialize) -> Result<Question, Refusal> {
    Ok(Question {
        challenge_hash: random::hash(&BASE64_URL_SAFE_NO_PAD.encode(challenge)),
        options: options.to_string(),
        state: serde_json::to_string(state).map_err(|error| Refusal::logged(&error))?,
    })
}

fn wrong(error: WebauthnError) -> Refusal {
    Refusal::logged(&error)
}

/// The cause stands in the log.
fn untrue(error: WebauthnError) -> Untrue {
    tracing::info!(error = %error, "an answer of a passkey counts for nothing");
    match error {
        WebauthnError::CredentialPossibleCompromise => Untrue::Counter,
        _ => Untrue::Other,
    }
}

#[cfg(test)]
mod tests;
