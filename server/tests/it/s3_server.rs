//! A real S3 server for tests, which checks signatures; its connections can be cut and its bucket closed.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    task::{Context, Poll},
};

use hyper::{Method, Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use s3s::{Body, auth::SimpleAuth, service::S3ServiceBuilder};
use server::{backup::S3, config::Secret};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

pub(crate) const KEY: &str = "LAGUNEKEY";
pub(crate) const SECRET: &str = "the secret of the tests";

/// What goes wrong.
#[derive(Debug)]
struct Trouble {
    /// So many bytes may still come in.
    inward: AtomicI64,
    /// So many may still go out.
    outward: AtomicI64,
    /// Nobody may write.
    closed: AtomicBool,
}

/// A server with the bucket `lagune`.
pub(crate) struct S3Server {
    folder: TempDir,
    address: SocketAddr,
    trouble: Arc<Trouble>,
}

impl S3Server {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("lagune")).unwrap();
        let all = || AtomicI64::new(i64::MAX);
        let trouble = Arc::new(Trouble { inward: all(), outward: all(), closed: AtomicBool::new(false) });
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
        service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = service.build();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::clone(&trouble);
        // A thread of its own: tests wait for the program without letting others work.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::from_std(listener).unwrap();
                while let Ok((socket, _)) = listener.accept().await {
                    let (service, trouble) = (service.clone(), Arc::clone(&seen));
                    let asked = Arc::clone(&seen);
                    let answer = service_fn(move |request: Request<Incoming>| {
                        let (service, trouble) = (service.clone(), Arc::clone(&asked));
                        async move { answered(&service, &trouble, request).await }
                    });
                    let io = TokioIo::new(Cut { socket, trouble });
                    tokio::spawn(async move {
                        // Whoever cuts it wanted it so.
                        let _ = http1::Builder::new().serve_connection(io, answer).await;
                    });
                }
            });
        });
        Self { folder, address, trouble }
    }

    /// The address of a bucket, with a prefix.
    pub(crate) fn bucket(&self, name: &str) -> String {
        format!("http://{}/{name}/sicher/2026", self.address)
    }

    /// The bucket that there is, with the right keys.
    pub(crate) fn store(&self) -> S3 {
        self.store_with("lagune", SECRET)
    }

    pub(crate) fn store_with(&self, bucket: &str, secret: &str) -> S3 {
        S3::new(&self.bucket(bucket), "us-east-1", false, &Secret::new(KEY), &Secret::new(secret)).unwrap()
    }

    /// Files of objects, by their names.
    pub(crate) fn objects(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        below(&self.folder.path().join("lagune"), &mut found);
        found.sort();
        found
    }

    /// Cuts connections after so many bytes from here on that come in, and that go out.
    pub(crate) fn cut_after(&self, inward: i64, outward: i64) {
        self.trouble.inward.store(inward, Ordering::SeqCst);
        self.trouble.outward.store(outward, Ordering::SeqCst);
    }

    /// All goes well again.
    pub(crate) fn heal(&self) {
        self.cut_after(i64::MAX, i64::MAX);
        self.trouble.closed.store(false, Ordering::SeqCst);
    }

    /// From here on nobody may write.
    pub(crate) fn close(&self) {
        self.trouble.closed.store(true, Ordering::SeqCst);
    }
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.file_type().unwrap().is_dir() { below(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

async fn answered(service: &s3s::service::S3Service, trouble: &Trouble, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    if trouble.closed.load(Ordering::SeqCst) && matches!(*request.method(), Method::PUT | Method::POST) {
        let said = "<Error><Code>AccessDenied</Code><Message>not for you</Message></Error>".to_owned();
        return Ok(Response::builder().status(403).body(Body::from(said)).unwrap());
    }
    // The library makes a bucket for whoever names one; stores don't.
    if !request.uri().path().starts_with("/lagune") {
        let said = "<Error><Code>NoSuchBucket</Code></Error>".to_owned();
        return Ok(Response::builder().status(404).body(Body::from(said)).unwrap());
    }
    let failed = |error: s3s::HttpError| Response::builder().status(500).body(Body::from(format!("{error:?}"))).unwrap();
    Ok(service.call(request.map(Body::from)).await.unwrap_or_else(failed))
}

/// A connection that breaks when it has carried enough.
struct Cut {
    socket: TcpStream,
    trouble: Arc<Trouble>,
}

fn spend(left: &AtomicI64, n: usize) -> io::Result<()> {
    let n = i64::try_from(n).unwrap();
    match left.load(Ordering::SeqCst) {
        i64::MAX => Ok(()),
        _ if left.fetch_sub(n, Ordering::SeqCst) >= n => Ok(()),
        _ => Err(io::ErrorKind::ConnectionReset.into()),
    }
}

impl AsyncRead for Cut {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.socket).poll_read(context, buffer);
        let n = buffer.filled().len() - before;
        if n > 0 { read.map(|read| read.and_then(|()| spend(&self.trouble.inward, n))) } else { read }
    }
}

impl AsyncWrite for Cut {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(context, bytes);
        written.map(|written| written.and_then(|n| spend(&self.trouble.outward, n).map(|()| n)))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}
