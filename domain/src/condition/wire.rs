//! How conditions travel and are kept: a tree in JSON, else their text.
//!
//! JSON is read to a depth that the reader itself limits. A format without names can hide a million levels in a
//! megabyte; read as a tree, they would be more than the stack holds.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Condition;

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // The derived function, which knows the tree.
        if to.is_human_readable() { Condition::serialize(self, to) } else { to.collect_str(self) }
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            return Condition::deserialize(from);
        }
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
