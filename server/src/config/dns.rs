//! Who is asked for the names of the internet.

use std::net::{IpAddr, SocketAddr};

/// The usual port of a server of names.
const PORT: u16 = 53;

/// An address, with a port or without; nothing: nobody in particular.
pub(super) fn server(text: &str) -> Option<Option<SocketAddr>> {
    if text.is_empty() {
        return Some(None);
    }
    let usual = text.parse::<IpAddr>().map(|address| SocketAddr::new(address, PORT));
    usual.or_else(|_| text.parse()).ok().map(Some)
}
