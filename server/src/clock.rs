//! The only place that reads the clock; everything below gets the time as an argument.

use domain::time::Millis;

/// The time now.
pub(crate) fn now() -> Millis {
    Millis::new(chrono::Utc::now().timestamp_millis())
}

/// The hour that the machine's clock shows, 0 to 23.
pub(crate) fn hour() -> u32 {
    chrono::Timelike::hour(&chrono::Local::now())
}
