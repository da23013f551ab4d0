//! Which keys a load has certainly not met yet: they need not be looked for in the pool.
//!
//! A Bloom filter (B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, 1970): of a fixed size, and
//! wrong in one direction only. The larger a load, the more keys are looked for in vain; ten million are still fine.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::profiles::stamp::{FIRST_ID, Stamp};

/// 16 MiB, in words of 64 bits; a power of two.
const WORDS: usize = 1 << 21;

/// Bits of each key.
const PROBES: u64 = 4;

/// The keys of a load into a pool that nobody else changes meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// None where the pool may hold keys that this load didn't bring.
    filter: Option<Filter>,
    /// The pool's revision after the last batch, once that stands.
    revision: Option<i64>,
}

#[derive(Debug)]
struct Filter(Vec<u64>);

impl Met {
    /// Takes notice of how the pool is found at the beginning of a batch, whose revision has just been taken.
    pub(crate) fn at(&mut self, stamp: Stamp) {
        if stamp.first_id == FIRST_ID {
            self.filter = Some(Filter(vec![0; WORDS]));
        } else if self.revision != Some(stamp.revision - 1) {
            self.filter = None;
        }
        self.revision = None;
    }

    /// Takes notice of that the batch stands.
    pub(crate) fn stands(&mut self, stamp: Stamp) {
        self.revision = Some(stamp.revision);
    }

    /// Whether no profile has this key; from now on one may have it.
    pub(crate) fn is_new(&mut self, key: &impl Hash) -> bool {
        self.filter.as_mut().is_some_and(|filter| filter.insert(key))
    }
}

impl Filter {
    /// Whether it was not there.
    fn insert(&mut self, key: &impl Hash) -> bool {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let hash = hasher.finish();
        // Two halves of one hash make all the others (Kirsch and Mitzenmacher, Less Hashing, Same Performance, 2006).
        let (start, step) = (hash, hash.rotate_left(32) | 1);
        let mut new = false;
        for probe in 0..PROBES {
            let bit = start.wrapping_add(probe.wrapping_mul(step));
            let word = &mut self.0[usize::try_from(bit >> 6).unwrap_or(usize::MAX) & (WORDS - 1)];
            let mask = 1 << (bit & 63);
            new |= *word & mask == 0;
            *word |= mask;
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use domain::value::Value;

    use super::*;

    fn at(first_id: i64, revision: i64) -> Stamp {
        Stamp { revision, first_id, indexed_to: 0 }
    }

    #[test]
    fn a_key_that_was_met_is_never_new() {
        let mut met = Met::default();
        met.at(at(FIRST_ID, 1));
        let keys: Vec<Value> = (0..200_000).map(|n| Value::Text(format!("{n}@mail.example"))).collect();
        let in_vain = keys.iter().filter(|key| !met.is_new(key)).count();
        assert!(in_vain < 20, "{in_vain} of {} are looked for in vain", keys.len());
        assert!(!keys.iter().any(|key| met.is_new(key)));
    }

    #[test]
    fn it_knows_nothing_of_a_pool_that_others_fill() {
        let mut met = Met::default();
        met.at(at(5, 40));
        assert!(!met.is_new(&Value::Int(6)), "the pool holds somebody");

        let mut met = Met::default();
        met.at(at(FIRST_ID, 1));
        met.stands(at(FIRST_ID, 1));
        met.at(at(5, 2));
        assert!(met.is_new(&Value::Int(7)), "nobody else wrote");
        met.stands(at(5, 2));
        met.at(at(9, 4));
        assert!(!met.is_new(&Value::Int(8)), "somebody else wrote");
        met.stands(at(9, 4));
        met.at(at(12, 5));
        assert!(!met.is_new(&Value::Int(9)), "and what they wrote is not known later either");
    }

    #[test]
    fn after_a_batch_that_was_taken_back_it_knows_nothing() {
        let mut met = Met::default();
        met.at(at(FIRST_ID, 1));
        met.stands(at(FIRST_ID, 1));
        met.at(at(5, 2));
        // Taken back, and somebody else got the revision 2.
        met.at(at(6, 3));
        assert!(!met.is_new(&Value::Int(7)));
    }
}
