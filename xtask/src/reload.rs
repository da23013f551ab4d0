//! Tells open pages to load anew, in the words that leptos's `AutoReload` understands.

use anyhow::{Context, Result};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use tungstenite::{Message, WebSocket};

/// The port that pages ask on (`reload_port` of leptos, its default).
pub(crate) const PORT: u16 = 3001;

/// The pages that are open.
#[derive(Clone, Default)]
pub(crate) struct Pages(Arc<Mutex<Vec<WebSocket<TcpStream>>>>);

impl Pages {
    /// Wait for pages in the background.
    pub(crate) fn listen(&self) -> Result<()> {
        let listener =
            TcpListener::bind(("127.0.0.1", PORT)).with_context(|| format!("port {PORT} is taken: does another `make dev` run?"))?;
        let pages = self.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if let Ok(page) = tungstenite::accept(stream) {
                    pages.locked().push(page);
                }
            }
        });
        Ok(())
    }

    /// Load the whole page anew.
    pub(crate) fn reload(&self) {
        self.send(r#"{"all":true}"#);
    }

    /// Load only the stylesheet anew.
    pub(crate) fn restyle(&self) {
        self.send(r#"{"css":"pkg/lagune.css"}"#);
    }

    fn send(&self, text: &str) {
        self.locked().retain_mut(|page| page.send(Message::text(text)).is_ok());
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Vec<WebSocket<TcpStream>>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
