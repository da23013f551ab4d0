//! Who sent a request: the connection's other end, or whom a believed proxy names.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

use crate::{config::Net, state::AppState};

/// The other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    /// Its address.
    pub address: IpAddr,
    /// Whether it speaks https, with us or with the proxy.
    pub https: bool,
    /// Whether the connection itself comes from this machine and no proxy stands in between.
    pub local: bool,
}

/// Finds out and keeps it with the request.
pub(crate) async fn find_peer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let connection =
        request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([0, 0, 0, 0]), |info| info.0.ip().to_canonical());
    let peer = peer(connection, request.headers(), &state.settings.trusted_proxies);
    request.extensions_mut().insert(peer);
    next.run(request).await
}

/// Forwarded addresses are believed from the right, as long as proxies of ours wrote them.
fn peer(connection: IpAddr, headers: &HeaderMap, proxies: &[Net]) -> Peer {
    let is_proxy = |address: IpAddr| proxies.iter().any(|net| net.contains(address));
    let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    let local = connection.is_loopback() && !forwarded;
    if !is_proxy(connection) {
        return Peer { address: connection, https: false, local };
    }
    let named = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let named: Vec<_> = named.flat_map(|list| list.split(',')).map(|one| one.trim().parse::<IpAddr>()).collect();
    let mut address = connection;
    for one in named.into_iter().rev() {
        let Ok(one) = one else { break };
        address = one.to_canonical();
        if !is_proxy(address) {
            break;
        }
    }
    let https = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    Peer { address, https, local }
}

#[cfg(test)]
mod tests;
