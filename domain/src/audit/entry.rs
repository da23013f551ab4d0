//! An entry as it is stored, and the text of which its hash is made.

use serde_json::{Value, json};

use super::{Chain, Deed, Note, Origin, canonical, tame};
use crate::history::Actor;
use crate::lang::Lang;
use crate::time::{Millis, utc};

/// Somebody or something, by kind and id, with the name of that time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The code of its kind.
    pub kind: String,
    /// Its id, where it has one.
    pub id: Option<i64>,
    /// Its name at that time.
    pub name: String,
}

/// An entry of the log, with everything as it was written: also what this program does not know.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Whose log.
    pub chain: Chain,
    /// Its number in there, counted from 1 without gaps.
    pub n: i64,
    /// When.
    pub at: Millis,
    /// Who; the kinds are those of [`Actor`].
    pub actor: Named,
    /// The code of what was done.
    pub deed: String,
    /// To what; the kinds are those of [`super::ObjectKind`].
    pub object: Named,
    /// The pool that the object belongs to, or is.
    pub pool: Option<i64>,
    /// From which address.
    pub address: Option<String>,
    /// In which session.
    pub session: Option<String>,
    /// How it was.
    pub before: Option<Value>,
    /// How it is.
    pub after: Option<Value>,
    /// The hash of the entry before.
    pub previous: [u8; 32],
    /// The SHA-256 of [`signed`](Self::signed).
    pub hash: [u8; 32],
}

impl Entry {
    /// An entry without number and hashes.
    pub fn new(chain: Chain, at: Millis, actor: Actor, actor_name: &str, origin: Origin, note: Note) -> Self {
        Self {
            chain,
            n: 0,
            at,
            actor: Named { kind: actor.kind().to_owned(), id: actor.id(), name: tame::name(actor_name) },
            deed: note.deed.code().to_owned(),
            object: Named { kind: note.object.kind.code().to_owned(), id: note.object.id, name: tame::name(&note.object.name) },
            pool: note.object.pool.map(crate::id::PoolId::get),
            address: origin.address.map(|address| address.to_string()),
            session: origin.session.map(|session| session.to_string()),
            before: note.before,
            after: note.after,
            previous: super::BEGINNING,
            hash: super::BEGINNING,
        }
    }

    /// Everything but the hash.
    fn fields(&self) -> Value {
        let Named { kind, id, name } = &self.actor;
        json!({
            "n": self.n,
            "client": self.chain.client(),
            "at": utc(self.at),
            "actor": { "kind": kind, "id": id, "name": name },
            "deed": self.deed,
            "object": { "kind": self.object.kind, "id": self.object.id, "name": self.object.name, "pool": self.pool },
            "from": { "address": self.address, "session": self.session },
            "before": self.before,
            "after": self.after,
            "previous": hex(&self.previous),
        })
    }

    /// The text of which the hash is made: canonical JSON (RFC 8785) of everything but the hash.
    pub fn signed(&self) -> String {
        canonical(&self.fields())
    }

    /// The whole entry, as files and REST have it.
    pub fn json(&self) -> Value {
        let mut whole = self.fields();
        whole["hash"] = json!(hex(&self.hash));
        whole
    }

    /// The whole entry as a line of a file, canonical too.
    pub fn line(&self) -> String {
        canonical(&self.json())
    }

    /// What was done, in words; the code of what this program does not know.
    pub fn deed_label(&self, lang: Lang) -> &str {
        Deed::from_code(&self.deed).map_or(self.deed.as_str(), |deed| deed.label().get(lang))
    }

    /// Everything by which an entry is found: names, the deed in both languages, the address.
    pub fn searched(&self) -> impl Iterator<Item = &str> {
        words(&self.actor.name, &self.object.name, &self.deed, self.address.as_deref())
    }
}

/// The words by which an entry is found: names, deed in every language, address.
pub fn words<'a>(actor: &'a str, object: &'a str, deed: &'a str, address: Option<&'a str>) -> impl Iterator<Item = &'a str> {
    let labels = Deed::from_code(deed).map(|deed| deed.label()).map(|label| [label.de, label.en]);
    [actor, object, deed].into_iter().chain(labels.into_iter().flatten()).chain(address)
}

/// Bytes in small hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
