//! Whether the server can be reached and the session still runs. Every answer of a server function tells.

use leptos::prelude::*;

use crate::error::AppError;

/// What is known of the connection, for the whole page.
#[derive(Clone, Copy, Debug)]
pub struct Connection {
    /// The server can't be reached; it is tried again with growing pauses.
    pub gone: RwSignal<bool>,
    /// The session ran out: what is on the screen stays, somebody has to sign in.
    pub signed_out: RwSignal<bool>,
    /// Counts how often all was well again: what failed meanwhile can be asked for anew.
    pub back: RwSignal<u32>,
}

impl Connection {
    fn new() -> Self {
        Self { gone: RwSignal::new(false), signed_out: RwSignal::new(false), back: RwSignal::new(0) }
    }

    /// All is well again.
    pub fn restored(self) {
        self.gone.set(false);
        self.signed_out.set(false);
        self.back.update(|n| *n += 1);
    }
}

/// Puts the connection into the context of the whole page.
pub fn provide_connection() -> Connection {
    let connection = Connection::new();
    provide_context(connection);
    imp::remember(connection);
    connection
}

/// The connection of the page.
pub fn use_connection() -> Connection {
    use_context().unwrap_or_else(Connection::new)
}

#[cfg(not(feature = "hydrate"))]
mod imp {
    use super::Connection;

    /// The server talks to itself; that always works.
    pub(super) fn remember(_connection: Connection) {}

    /// The server talks to itself; that always works.
    pub fn note(_error: &super::AppError) {}

    /// The server talks to itself; that always works.
    pub fn suspect() {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use std::cell::Cell;
    use std::time::Duration;

    use gloo_net::http::Request;
    use leptos::prelude::*;
    use leptos::task::spawn_local;

    use super::{AppError, Connection};

    const FIRST_PAUSE: Duration = Duration::from_secs(1);
    const LONGEST_PAUSE: Duration = Duration::from_secs(30);

    thread_local! {
        static CONNECTION: Cell<Option<Connection>> = const { Cell::new(None) };
        static TRYING: Cell<bool> = const { Cell::new(false) };
    }

    /// Errors are made where there is no context; they find the connection here.
    pub(super) fn remember(connection: Connection) {
        CONNECTION.set(Some(connection));
    }

    /// Draws conclusions from an error.
    pub fn note(error: &AppError) {
        match error {
            AppError::SignedOut => {
                if let Some(connection) = CONNECTION.get() {
                    connection.signed_out.set(true);
                }
            }
            AppError::Transport => suspect(),
            _ => {}
        }
    }

    /// Something went wrong on the way: asks whether the server is there, until it is.
    pub fn suspect() {
        if !TRYING.replace(true) {
            spawn_local(attempt(FIRST_PAUSE));
        }
    }

    async fn attempt(pause: Duration) {
        let there = Request::get("/healthz").send().await.is_ok_and(|answer| answer.ok());
        let Some(connection) = CONNECTION.get() else { return };
        if there {
            TRYING.set(false);
            if connection.gone.get_untracked() {
                connection.gone.set(false);
                connection.back.update(|n| *n += 1);
            }
            return;
        }
        connection.gone.set(true);
        set_timeout(move || spawn_local(attempt((pause * 2).min(LONGEST_PAUSE))), pause);
    }
}

pub use imp::{note, suspect};
