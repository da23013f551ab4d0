//! A device that holds passkeys: what a browser and an authenticator do together (WebAuthn, ES256, no attestation).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The person was there, and the device made sure who it is.
const PRESENT_AND_KNOWN: u8 = 0b101;

/// A passkey on a device.
#[derive(Clone)]
pub(crate) struct Device {
    key: SigningKey,
    id: Vec<u8>,
    handle: Vec<u8>,
    /// Of its signatures; 0: it counts none.
    pub(crate) counter: u32,
    /// What it says of the person.
    pub(crate) flags: u8,
    /// The page that asks, as the browser sees it.
    pub(crate) origin: String,
}

fn decode(text: &Value) -> Vec<u8> {
    BASE64.decode(text.as_str().unwrap()).unwrap()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes);
    bytes
}

impl Device {
    /// Makes a passkey as a page of `origin` wishes: the device, and the browser's answer.
    pub(crate) fn make(options: &Value, origin: &str) -> (Self, Value) {
        let (key, id) = (SigningKey::from_slice(&random::<32>()).unwrap(), random::<20>().to_vec());
        let handle = decode(&options["user"]["id"]);
        let device = Self { key, id, handle, counter: 0, flags: PRESENT_AND_KNOWN, origin: origin.to_owned() };
        let client = device.client("webauthn.create", options);
        let mut data = device.data(options["rp"]["id"].as_str().unwrap(), 0b100_0000);
        data.extend([0; 16]);
        data.extend(u16::try_from(device.id.len()).unwrap().to_be_bytes());
        data.extend(&device.id);
        data.extend(device.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let answer = json!({
            "id": BASE64.encode(&device.id), "rawId": BASE64.encode(&device.id), "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {"credProps": {"rk": true}},
            "response": {"clientDataJSON": BASE64.encode(client), "attestationObject": BASE64.encode(object), "transports": ["internal"]},
        });
        (device, answer)
    }

    /// Signs what a page wishes.
    pub(crate) fn sign(&self, options: &Value) -> String {
        let client = self.client("webauthn.get", options);
        let data = self.data(options["rpId"].as_str().unwrap(), 0);
        let signed: Vec<u8> = data.iter().copied().chain(Sha256::digest(&client)).collect();
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": BASE64.encode(&self.id), "rawId": BASE64.encode(&self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": BASE64.encode(client), "authenticatorData": BASE64.encode(data),
                "signature": BASE64.encode(signature.to_der().as_bytes()), "userHandle": BASE64.encode(&self.handle),
            },
        })
        .to_string()
    }

    /// The same passkey with the key of another one.
    pub(crate) fn forged(&self) -> Self {
        Self { key: SigningKey::from_slice(&random::<32>()).unwrap(), ..self.clone() }
    }

    /// The same passkey, said to be somebody else's.
    pub(crate) fn in_the_name_of(&self, other: &Self) -> Self {
        Self { handle: other.handle.clone(), ..self.clone() }
    }

    /// What the device calls it, as pages know it.
    pub(crate) fn id(&self) -> String {
        BASE64.encode(&self.id)
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false}).to_string().into_bytes()
    }

    fn data(&self, rp: &str, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(rp.as_bytes()).to_vec();
        data.push(self.flags | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// In the form of COSE: {kty: EC2, alg: ES256, crv: P-256, x, y}.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let point = point.as_bytes();
        let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        key.extend(&point[1..33]);
        key.extend(b"\x22\x58\x20");
        key.extend(&point[33..65]);
        key
    }
}
