//! The log: lines for people at a terminal, JSON for everything else. One request id ties its lines together.

use std::io::{IsTerminal as _, stderr};

use tracing_subscriber::{filter::Targets, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::config::Settings;

/// Starts logging to stderr; stdout belongs to the answers of commands. A second call changes nothing.
///
/// A process that stays logs what the settings say; a command only warnings, unless asked for more.
pub(crate) fn start(settings: &Settings, stays: bool) {
    let asked = if stays || settings.log != "info" { settings.log.as_str() } else { "warn" };
    let filter: Targets = asked.parse().unwrap_or_default();
    let registry = tracing_subscriber::registry().with(filter);
    let started = if stderr().is_terminal() {
        registry.with(fmt::layer().with_writer(stderr).with_target(false)).try_init()
    } else {
        registry.with(fmt::layer().json().flatten_event(true).with_current_span(true).with_span_list(false).with_writer(stderr)).try_init()
    };
    if started.is_err() {
        tracing::debug!("logging had been started before");
    }
    for warning in &settings.warnings {
        tracing::warn!("{warning}");
    }
}
