//! How deep steps may stand within each other: postcard hides a million levels in two megabytes, more than any stack holds.

use std::cell::Cell;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::Step;

/// A layout that is taken back needs three.
const DEEPEST: u8 = 16;

thread_local! {
    static DEPTH: Cell<u8> = const { Cell::new(0) };
}

/// One level deeper for as long as it lives, also when reading fails in between.
struct Level;

impl Level {
    fn enter() -> Option<Self> {
        DEPTH.with(|depth| {
            (depth.get() < DEEPEST).then(|| {
                depth.set(depth.get() + 1);
                Self
            })
        })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get() - 1));
    }
}

pub(super) fn steps<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Step>, D::Error> {
    let _level = Level::enter().ok_or_else(|| D::Error::custom("steps stand too deep within each other"))?;
    Vec::deserialize(from)
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, Step};
    use crate::id::CategoryId;

    fn nested(depth: usize) -> Vec<u8> {
        let leaf = postcard::to_allocvec(&Step::DeleteCategory { category: CategoryId::new(1) }).unwrap();
        let all = postcard::to_allocvec(&Step::All(Vec::new())).unwrap()[0];
        [[all, 1].repeat(depth), leaf].concat()
    }

    #[test]
    fn steps_within_steps_are_read_to_a_sensible_depth() {
        let read = |depth| postcard::from_bytes::<Step>(&nested(depth));
        assert_eq!(read(DEEPEST.into()).unwrap().single().len(), 1);
        assert!(read(usize::from(DEEPEST) + 1).is_err());
        assert!(read(1_000_000).is_err());
        assert_eq!(read(1).unwrap().single().len(), 1, "a refusal leaves nothing behind");
    }
}
