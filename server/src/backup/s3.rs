//! Backups in an S3-compatible store: objects that are sent in parts and read as streams. Requests are signed, the keys
//! themselves travel nowhere; neither they nor signed addresses stand in a message.

mod ask;
mod coming;
mod key;

use std::{
    fmt,
    path::Path,
    sync::{Arc, OnceLock},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use domain::id::ClientId;
use reqwest::{Client, Method, Url};
use rusty_s3::{
    Bucket, Credentials, S3Action as _, UrlStyle,
    actions::{CompleteMultipartUploadResponse, CreateMultipartUpload, ListObjectsV2},
};
use tokio::{fs::File, io::AsyncReadExt as _};

use super::{BackupError, shelf::Found, write::Written};
use crate::config::Secret;

pub(super) use coming::{Blocking, Coming};

/// What is sent at once, in bytes, and held in memory: no part but the last may be smaller, and a file has at most 10 000 of
/// them (limits of S3).
const PART: u64 = 5 << 20;
const PARTS: u64 = 9_000;

/// How long a signed address holds.
const SIGNED: Duration = Duration::from_secs(3_600);

/// An S3 store, as the settings name it.
#[derive(Clone)]
pub struct S3(Arc<Inner>);

struct Inner {
    /// As the rows of backups name it: `https://endpoint/bucket/prefix`, without a slash at the end.
    address: String,
    bucket: Bucket,
    credentials: Credentials,
    /// Before the name of each object; ends in a slash where it is not empty.
    prefix: String,
    /// Made when it is first needed: most processes of the command line don't.
    client: OnceLock<Client>,
}

impl fmt::Debug for S3 {
    /// Keys show in no log.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "S3({})", self.0.address)
    }
}

impl S3 {
    /// The address `https://endpoint/bucket/prefix`, and whether the bucket becomes a part of the host's name. None where the
    /// address names no bucket, or carries keys.
    pub fn new(address: &str, region: &str, in_host: bool, key: &Secret, secret: &Secret) -> Option<Self> {
        let (endpoint, bucket, prefix) = key::place(address)?;
        let address = format!("{}{bucket}/{prefix}", endpoint.as_str()).trim_end_matches('/').to_owned();
        let style = if in_host { UrlStyle::VirtualHost } else { UrlStyle::Path };
        let bucket = Bucket::new(endpoint, style, bucket, region.to_owned()).ok()?;
        let credentials = Credentials::new(key.reveal(), secret.reveal());
        Some(Self(Arc::new(Inner { address, bucket, credentials, prefix, client: OnceLock::new() })))
    }

    /// As the rows of backups name it.
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// Sends a whole file and reads it back: it is there as it was written, or nothing of it is.
    pub(super) async fn keep(&self, client: ClientId, name: &str, path: &Path, written: &Written) -> Result<(), BackupError> {
        let key = self.key(client, name);
        self.put(&key, path, written.n_bytes).await?;
        let there = match self.get(&key).await {
            Ok(coming) => coming.sum().await,
            Err(error) => Err(error),
        };
        match there {
            Ok(there) if there == (written.sha256.clone(), written.n_bytes) => Ok(()),
            found => {
                // What can't be read again does not count, and should not lie there either.
                if let Err(error) = self.remove(client, name).await {
                    tracing::warn!(%error, "a backup that was not as it was sent could not be removed from the S3 store");
                }
                found.and(Err(BackupError::damaged("the S3 store has it otherwise than it was sent")))
            }
        }
    }

    /// Reads a file from its beginning.
    pub(super) async fn read(&self, client: ClientId, name: &str) -> Result<Coming, BackupError> {
        self.get(&self.key(client, name)).await
    }

    /// Removes a file; it may have gone before.
    pub(super) async fn remove(&self, client: ClientId, name: &str) -> Result<(), BackupError> {
        let key = self.key(client, name);
        let url = self.0.bucket.delete_object(self.signer(), &key).sign(SIGNED);
        match ask::once(self.client()?, Method::DELETE, url, Bytes::new()).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_missing() => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Every file of every client.
    pub(super) async fn files(&self) -> Result<Vec<Found>, BackupError> {
        let (mut found, mut token) = (Vec::new(), None::<String>);
        loop {
            let mut list = self.0.bucket.list_objects_v2(self.signer());
            list.with_prefix(self.0.prefix.as_str());
            if let Some(token) = token.take() {
                list.with_continuation_token(token);
            }
            let text = ask::text(self.ask(Method::GET, || list.sign(SIGNED), Bytes::new()).await?).await?;
            let page = ListObjectsV2::parse_response(text.trim()).map_err(ask::unclear)?;
            found.extend(page.contents.iter().filter_map(|object| {
                let (client, name) = key::parts(&self.0.prefix, &object.key)?;
                let changed = chrono::DateTime::parse_from_rfc3339(object.last_modified.as_deref()?).ok()?;
                Some(Found { client, name: name.to_owned(), changed: SystemTime::from(changed) })
            }));
            token = page.next_continuation_token;
            if token.is_none() {
                return Ok(found);
            }
        }
    }

    async fn put(&self, key: &str, path: &Path, n_bytes: u64) -> Result<(), BackupError> {
        let part = PART.max(n_bytes.div_ceil(PARTS));
        let mut file = File::open(path).await?;
        if n_bytes <= part {
            let bytes = next(&mut file, part).await?;
            let sign = || self.0.bucket.put_object(self.signer(), key).sign(SIGNED);
            return self.ask(Method::PUT, sign, bytes).await.map(drop);
        }
        let begin = self.ask(Method::POST, || self.0.bucket.create_multipart_upload(self.signer(), key).sign(SIGNED), Bytes::new());
        let begun = CreateMultipartUpload::parse_response(ask::text(begin.await?).await?.trim()).map_err(ask::unclear)?;
        let upload = begun.upload_id();
        let sent = self.put_parts(key, upload, &mut file, part).await;
        if sent.is_err() {
            // Its parts would be kept, and paid for.
            let url = self.0.bucket.abort_multipart_upload(self.signer(), key, upload).sign(SIGNED);
            if let Err(error) = ask::once(self.client()?, Method::DELETE, url, Bytes::new()).await {
                tracing::warn!(%error, "the parts of a backup that could not be sent whole still lie in the S3 store");
            }
        }
        sent
    }

    async fn put_parts(&self, key: &str, upload: &str, file: &mut File, part: u64) -> Result<(), BackupError> {
        let mut tags: Vec<String> = Vec::new();
        loop {
            let bytes = next(file, part).await?;
            if bytes.is_empty() {
                break;
            }
            let number = u16::try_from(tags.len() + 1).map_err(std::io::Error::other)?;
            let sign = || self.0.bucket.upload_part(self.signer(), key, number, upload).sign(SIGNED);
            let answer = self.ask(Method::PUT, sign, bytes).await?;
            let tag = answer.headers().get(reqwest::header::ETAG).and_then(|tag| tag.to_str().ok());
            tags.push(tag.ok_or_else(|| ask::unclear("a part without a tag"))?.to_owned());
        }
        let complete = || self.0.bucket.complete_multipart_upload(self.signer(), key, upload, tags.iter().map(String::as_str));
        let body = Bytes::from(complete().body());
        let answer = ask::once(self.client()?, Method::POST, complete().sign(SIGNED), body).await?;
        // It begins to answer before it knows how it ends.
        CompleteMultipartUploadResponse::parse(ask::text(answer).await?.trim()).map(drop).map_err(ask::unclear)
    }

    async fn get(&self, key: &str) -> Result<Coming, BackupError> {
        let sign = || self.0.bucket.get_object(self.signer(), key).sign(SIGNED);
        Ok(Coming::of(self.ask(Method::GET, sign, Bytes::new()).await?))
    }

    async fn ask(&self, method: Method, sign: impl Fn() -> Url, body: Bytes) -> Result<reqwest::Response, BackupError> {
        ask::patiently(self.client()?, method, sign, body).await
    }

    fn key(&self, client: ClientId, name: &str) -> String {
        format!("{}{client}/{name}", self.0.prefix)
    }

    fn signer(&self) -> Option<&Credentials> {
        Some(&self.0.credentials)
    }

    fn client(&self) -> Result<&Client, BackupError> {
        if let Some(client) = self.0.client.get() {
            return Ok(client);
        }
        let made = ask::client()?;
        Ok(self.0.client.get_or_init(|| made))
    }
}

/// The next bytes of a file; none at its end.
async fn next(file: &mut File, most: u64) -> Result<Bytes, BackupError> {
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).await?;
    Ok(bytes.into())
}
