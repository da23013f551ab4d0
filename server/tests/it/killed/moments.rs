//! Chance that can be repeated.

use std::time::{Duration, SystemTime};

/// Random numbers of one seed (splitmix64, <https://prng.di.unimi.it/splitmix64.c>).
pub(super) struct Moments(u64);

impl Moments {
    /// From `LAGUNE_TEST_SEED`, else from the clock; printed when the test fails.
    pub(super) fn new() -> Self {
        let clock = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_micros() as u64);
        let seed = asked("LAGUNE_TEST_SEED").unwrap_or_else(clock);
        eprintln!("LAGUNE_TEST_SEED={seed}");
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A moment of something that takes so long, or soon afterwards.
    pub(super) fn within(&mut self, length: Duration) -> Duration {
        length.mul_f64(1.1 * (self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// Whether it is this one of so many times.
    pub(super) fn one_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }
}

/// A number of the environment.
pub(super) fn asked(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text}: please give a whole number")))
}
