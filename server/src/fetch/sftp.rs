//! Files of SFTP servers (SSH, RFC 4251 and following; draft-ietf-secsh-filexfer-02). A server is known again by its key: the
//! one that it had when it was first met.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::schedule::{Place, matches};
use russh::{
    Error as SshError,
    client::{self, AuthResult, Handle, Handler, KeyboardInteractiveAuthResponse},
    keys::PublicKeyOrCertificate,
    keys::{HashAlg, PrivateKey, decode_secret_key, key::PrivateKeyWithHashAlg},
};
use russh_sftp::{client::SftpSession, client::error::Error as SftpError, protocol::StatusCode};
use sha2::{Digest as _, Sha256};
use tokio::{
    fs,
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::{FetchError, Fetching, Who};
use crate::config::ImportHost;

/// A file that lies somewhere, as it looks from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) size: u64,
    /// When it was last changed, as its place says it; empty: it doesn't.
    pub(crate) changed: String,
}

/// What was read of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) size: u64,
    pub(crate) hash: [u8; 32],
}

/// A connection to an SFTP server.
pub(crate) struct Sftp {
    // Dropped with it, the connection ends.
    _session: Handle<Guard>,
    files: SftpSession,
    /// The fingerprint of the server's key.
    pub(crate) met: String,
    patience: Duration,
    limit: u64,
}

/// Looks at the key of the server.
struct Guard {
    known: Option<String>,
    met: Arc<Mutex<String>>,
}

impl Handler for Guard {
    type Error = SshError;

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, SshError> {
        let print = match key {
            PublicKeyOrCertificate::PublicKey { key, .. } => key.fingerprint(HashAlg::Sha256),
            PublicKeyOrCertificate::Certificate(certificate) => certificate.public_key().fingerprint(HashAlg::Sha256),
        };
        let print = print.to_string();
        let known = self.known.as_ref().is_none_or(|known| *known == print);
        *self.met.lock().unwrap_or_else(PoisonError::into_inner) = print;
        Ok(known)
    }
}

/// Whether a secret is a private key rather than a password.
pub(crate) fn is_key(secret: &str) -> bool {
    secret.trim_start().starts_with("-----BEGIN ") || secret.trim_start().starts_with("PuTTY-User-Key-File-")
}

/// A private key without a passphrase.
///
/// # Errors
/// It is none that could be used.
pub(crate) fn key(secret: &str) -> Result<PrivateKey, FetchError> {
    let key = decode_secret_key(secret, None).map_err(|_| FetchError::UnreadableKey)?;
    if key.algorithm().is_rsa() || key.is_encrypted() { Err(FetchError::UnreadableKey) } else { Ok(key) }
}

impl Fetching {
    /// Whether files of this server may be fetched.
    ///
    /// # Errors
    /// They may not.
    pub(crate) fn allows(&self, place: &Place) -> Result<&ImportHost, FetchError> {
        self.hosts.iter().find(|host| host.is_sftp(&place.host, place.port)).ok_or(FetchError::NotAllowed)
    }

    /// Signs in at an SFTP server. `known`: the fingerprint of its key, if it was met before.
    ///
    /// # Errors
    /// See [`FetchError`]; to a server with another key nothing is sent.
    pub(crate) async fn sftp(&self, place: &Place, known: Option<String>) -> Result<Sftp, FetchError> {
        let who = self.who.as_ref().ok_or(FetchError::NotLetIn)?;
        let found = self.reach(self.allows(place)?, &place.host, place.port).await?;
        let config = client::Config { inactivity_timeout: Some(self.patience), nodelay: true, ..client::Config::default() };
        let met = Arc::new(Mutex::new(String::new()));
        let guard = Guard { known: known.clone(), met: Arc::clone(&met) };
        let stream = timeout(self.patience, TcpStream::connect(found.as_slice())).await.map_err(|_| FetchError::Slow)?;
        let stream = stream.map_err(|error| FetchError::Ssh(error.into()))?;
        let connected = timeout(self.patience, client::connect_stream(Arc::new(config), stream, guard)).await;
        let met = met.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if known.is_some_and(|known| !met.is_empty() && known != met) {
            return Err(FetchError::StrangeKey(met));
        }
        let mut session = connected.map_err(|_| FetchError::Slow)?.map_err(ssh)?;
        timeout(self.patience, sign_in(&mut session, who)).await.map_err(|_| FetchError::Slow)??;
        let channel = session.channel_open_session().await.map_err(ssh)?;
        channel.request_subsystem(true, "sftp").await.map_err(ssh)?;
        let files = timeout(self.patience, SftpSession::new(channel.into_stream())).await.map_err(|_| FetchError::Slow)?;
        let files = files.map_err(|error| sftp(error, "sftp"))?;
        files.set_timeout(self.patience.as_secs().max(1));
        Ok(Sftp { _session: session, files, met, patience: self.patience, limit: self.limit })
    }
}

/// With a private key, or a password, which some servers only take as an answer to a question.
async fn sign_in(session: &mut Handle<Guard>, who: &Who) -> Result<(), FetchError> {
    let (login, secret) = (who.login.as_str(), who.secret.reveal());
    if is_key(secret) {
        let key = PrivateKeyWithHashAlg::new(Arc::new(key(secret)?), None);
        return let_in(session.authenticate_publickey(login, key).await.map_err(ssh)?);
    }
    if session.authenticate_password(login, secret).await.map_err(ssh)?.success() {
        return Ok(());
    }
    let mut asked = session.authenticate_keyboard_interactive_start(login, None).await.map_err(ssh)?;
    // As many questions as a server may ask with nothing but the password for an answer.
    for _ in 0..3 {
        match asked {
            KeyboardInteractiveAuthResponse::Success => return Ok(()),
            KeyboardInteractiveAuthResponse::Failure { .. } => break,
            KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. } => {
                let answers = prompts.iter().map(|_| secret.to_owned()).collect();
                asked = session.authenticate_keyboard_interactive_respond(answers).await.map_err(ssh)?;
            }
        }
    }
    Err(FetchError::NotLetIn)
}

fn let_in(answer: AuthResult) -> Result<(), FetchError> {
    if answer.success() { Ok(()) } else { Err(FetchError::NotLetIn) }
}

impl Sftp {
    /// The files of a place, the oldest first.
    ///
    /// # Errors
    /// There is no such folder; the connection's.
    pub(crate) async fn list(&self, place: &Place) -> Result<Vec<Found>, FetchError> {
        let folder = place.path();
        let entries = self.files.read_dir(folder).await.map_err(|error| sftp(error, folder))?;
        let files = entries.filter(|entry| entry.metadata().is_regular() && matches(&place.pattern, &entry.file_name()));
        let mut files: Vec<_> = files.map(|entry| (entry.metadata().mtime, found(entry.file_name(), &entry.metadata()))).collect();
        files.sort_by(|one, other| (one.0, &one.1.name).cmp(&(other.0, &other.1.name)));
        Ok(files.into_iter().map(|(_, file)| file).collect())
    }

    /// Reads one into a file.
    ///
    /// # Errors
    /// It has gone, is too large, or changed meanwhile; the connection's and the disk's.
    pub(crate) async fn take(&self, place: &Place, file: &Found, to: &Path) -> Result<Taken, FetchError> {
        let path = format!("{}/{}", place.path().trim_end_matches('/'), file.name);
        if file.size > self.limit {
            return Err(FetchError::TooLarge(self.limit));
        }
        let mut from = self.files.open(&path).await.map_err(|error| sftp(error, &path))?;
        let mut out = fs::File::create(to).await?;
        let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            let read = timeout(self.patience, from.read(&mut piece)).await.map_err(|_| FetchError::Slow)?;
            let n = read.map_err(|error| FetchError::Ssh(error.into()))?;
            if n == 0 {
                break;
            }
            size += n as u64;
            if size > self.limit {
                return Err(FetchError::TooLarge(self.limit));
            }
            hash.update(&piece[..n]);
            out.write_all(&piece[..n]).await?;
        }
        out.sync_all().await?;
        let after = self.files.metadata(&path).await.map_err(|error| sftp(error, &path))?;
        if found(file.name.clone(), &after) != *file || size != file.size {
            return Err(FetchError::Changing);
        }
        Ok(Taken { size, hash: hash.finalize().into() })
    }
}

fn found(name: String, about: &russh_sftp::protocol::FileAttributes) -> Found {
    let changed = about.mtime.map(|seconds| seconds.to_string()).unwrap_or_default();
    Found { name, size: about.size.unwrap_or(0), changed }
}

fn ssh(error: SshError) -> FetchError {
    FetchError::Ssh(error.into())
}

fn sftp(error: SftpError, path: &str) -> FetchError {
    match error {
        SftpError::Status(status) if matches!(status.status_code, StatusCode::NoSuchFile | StatusCode::PermissionDenied) => {
            FetchError::NoFile(path.to_owned())
        }
        error => FetchError::Ssh(error.into()),
    }
}
