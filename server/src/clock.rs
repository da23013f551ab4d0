//! The only place that reads the clock; everything below gets the time as an argument.

use domain::time::Millis;

/// The time now.
pub(crate) fn now() -> Millis {
    Millis::new(chrono::Utc::now().timestamp_millis())
}
