//! Connections, each within limits: a head of a sensible size that comes soon, and an other end that reads its answer.

use std::{convert::Infallible, future::Future, io::ErrorKind, net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request, response::Response};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::net::TcpListener;

use super::slow::Impatient;

/// The longest head of a request, in bytes. The address of an export may name ten thousand profiles.
const LARGEST_HEAD: usize = 128 << 10;

/// The most headers of a request.
const MOST_HEADERS: usize = 100;

/// An answer of which nothing was taken for so many times the patience is given up: a page that hears events may sleep.
const READERS_PATIENCE: u32 = 4;

/// Answers until the future comes; then takes no more connections, and ends when those that are open have their answers.
pub(super) async fn answer(listener: TcpListener, router: Router, patience: Duration, end: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(LARGEST_HEAD).max_headers(MOST_HEADERS);
    let mut end = pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                recover(&error).await;
                continue;
            }
        };
        let router = TowerToHyperService::new(router.clone());
        let service = service_fn(move |request| with_peer(&router, request, peer));
        let io = TokioIo::new(Impatient::new(stream, patience * READERS_PATIENCE));
        let connection = connections.watch(http.serve_connection(io, service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    connections.shutdown().await;
}

/// Tells the router who is at the other end.
fn with_peer(
    router: &TowerToHyperService<Router>,
    mut request: Request<Incoming>,
    peer: SocketAddr,
) -> impl Future<Output = Result<Response<Body>, Infallible>> + use<> {
    request.extensions_mut().insert(ConnectInfo(peer));
    router.call(request)
}

/// A connection that broke before it was taken concerns nobody else; when the process has no room for more, it waits.
async fn recover(error: &std::io::Error) {
    if matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) {
        return;
    }
    tracing::error!(%error, "no connection can be taken");
    tokio::time::sleep(Duration::from_secs(1)).await;
}
