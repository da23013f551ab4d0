//! Files from other servers: only from those that the settings name, never from a network of one's own by chance, and on
//! where it was after a lost connection, as far as the server can do that.

mod error;
mod public;
pub(crate) mod sftp;

use std::{fmt, io::SeekFrom, net::SocketAddr, path::Path, time::Duration};

use domain::id::ClientId;
use percent_encoding::percent_decode_str;
use reqwest::{Client, Response, StatusCode, Url, header};
use tokio::{
    fs,
    io::{AsyncSeekExt as _, AsyncWriteExt as _, BufWriter},
    net::lookup_host,
    time::{Instant, sleep, timeout},
};

pub(crate) use error::FetchError;

use crate::{
    config::{ImportHost, Secret, Settings},
    elsewhere,
    jobs::{Pause, Work},
    uploads::{file_name, parts},
};

/// So often a server may lead on within itself.
const TURNS: usize = 5;
/// Pauses between the attempts, in seconds.
const PAUSES: [u64; 4] = [1, 2, 5, 10];
/// After so many bytes what has arrived is written down.
const SAFE: u64 = 8 << 20;
/// So long the whole may take.
const WHOLE: Duration = Duration::from_secs(2 * 3_600);

/// What may be fetched, and how much of it.
#[derive(Clone, Debug, Default)]
pub struct Fetching {
    hosts: Vec<ImportHost>,
    limit: u64,
    patience: Duration,
    /// Who asks; none: nobody in particular.
    who: Option<Who>,
}

/// By which name and secret a server is asked: name and password (RFC 7617), or a token alone (RFC 6750).
#[derive(Clone)]
pub(crate) struct Who {
    pub(crate) login: String,
    pub(crate) secret: Secret,
}

impl fmt::Debug for Who {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Who")
    }
}

impl From<&Settings> for Fetching {
    fn from(settings: &Settings) -> Self {
        Self { hosts: settings.import_hosts.clone(), limit: settings.upload_limit, patience: settings.patience(), who: None }
    }
}

/// How much of a file there is, and what it is known by at its server.
#[derive(Clone, Debug, Default)]
pub(crate) struct There {
    /// Bytes that are on the disk.
    pub(crate) at: u64,
    /// The strong tag, or the date, of what they were part of; empty: it can only be fetched from the beginning.
    pub(crate) tag: String,
}

/// Where a job writes down how far it is; the command line has nothing to write down.
#[derive(Clone, Copy)]
pub(crate) struct Keeper<'a> {
    pub(crate) work: &'a Work,
    pub(crate) client: ClientId,
    pub(crate) upload: &'a str,
}

impl Fetching {
    /// The same for somebody who signs in. Only over https: elsewhere everybody on the way would read the secret.
    pub(crate) fn signed_in(&self, who: Option<Who>) -> Self {
        Self { who, ..self.clone() }
    }

    /// So many bytes a file may have.
    pub(crate) fn limit(&self) -> u64 {
        self.limit
    }

    /// The address of a file that may be fetched.
    ///
    /// # Errors
    /// It is none, or of a server that is not allowed.
    pub(crate) fn address(&self, text: &str) -> Result<Url, FetchError> {
        let address = Url::parse(text.trim()).map_err(|_| FetchError::Address)?;
        let bare = address.username().is_empty() && address.password().is_none();
        if !bare || !address.has_host() || text.len() > 2_000 {
            return Err(FetchError::Address);
        }
        self.host(&address).map(|_| address)
    }

    fn host(&self, address: &Url) -> Result<&ImportHost, FetchError> {
        self.hosts.iter().find(|host| host.has(address)).ok_or(FetchError::NotAllowed)
    }

    /// Fetches a file, or what is missing of it, into `path`, which exists.
    ///
    /// # Errors
    /// See [`FetchError`]; what has arrived stays.
    pub(crate) async fn fetch(&self, address: &Url, path: &Path, mut there: There, keeper: Option<Keeper<'_>>) -> Result<u64, FetchError> {
        let begun = Instant::now();
        let mut failures = 0;
        loop {
            let before = there.at;
            let left = WHOLE.checked_sub(begun.elapsed()).ok_or(FetchError::Endless)?;
            let attempt = timeout(left, self.attempt(address, path, &mut there, keeper)).await.map_err(|_| FetchError::Endless)?;
            let error = match attempt {
                Ok(()) => return Ok(there.at),
                Err(error) => error,
            };
            failures = if there.at > before { 1 } else { failures + 1 };
            if !error.passes() || failures > PAUSES.len() {
                return Err(error);
            }
            tracing::info!(%error, attempt = failures, "a file is fetched on");
            sleep(Duration::from_secs(PAUSES[failures - 1])).await;
            if let Some(keeper) = keeper {
                stopped(keeper).await?;
            }
        }
    }

    async fn attempt(&self, address: &Url, path: &Path, there: &mut There, keeper: Option<Keeper<'_>>) -> Result<(), FetchError> {
        let mut answer = self.ask(address, there).await?;
        if answer.status() == StatusCode::RANGE_NOT_SATISFIABLE {
            *there = There::default();
            answer = self.ask(address, there).await?;
        }
        let goes_on = answer.status() == StatusCode::PARTIAL_CONTENT && begins_at(&answer) == Some(there.at);
        match answer.status() {
            StatusCode::PARTIAL_CONTENT if !goes_on => {
                *there = There::default();
                return Err(FetchError::Short);
            }
            status if !status.is_success() => return Err(FetchError::Status(status.as_u16())),
            _ if !goes_on => *there = There { at: 0, tag: tag(&answer) },
            _ => {}
        }
        let total = answer.content_length().map(|length| there.at + length);
        if total.is_some_and(|total| total > self.limit) {
            return Err(FetchError::TooLarge(self.limit));
        }
        let file = fs::OpenOptions::new().write(true).open(path).await?;
        file.set_len(there.at).await?;
        let mut writer = BufWriter::with_capacity(1 << 18, file);
        writer.seek(SeekFrom::Start(there.at)).await?;
        let (mut at, mut ended) = (there.at, Ok(()));
        loop {
            let piece = match timeout(self.patience, answer.chunk()).await {
                Ok(Ok(Some(piece))) => piece,
                Ok(Ok(None)) => break,
                Ok(Err(error)) => {
                    ended = Err(error.into());
                    break;
                }
                Err(_) => {
                    ended = Err(FetchError::Slow);
                    break;
                }
            };
            at += piece.len() as u64;
            if at > self.limit {
                return Err(FetchError::TooLarge(self.limit));
            }
            writer.write_all(&piece).await?;
            if at - there.at >= SAFE {
                keep(&mut writer, there, (at, total), keeper).await?;
            }
        }
        keep(&mut writer, there, (at, total), keeper).await?;
        match total {
            Some(total) if ended.is_ok() && at < total => Err(FetchError::Short),
            _ => ended,
        }
    }

    /// The answer of the server itself, wherever within itself it leads.
    async fn ask(&self, address: &Url, there: &There) -> Result<Response, FetchError> {
        let mut address = address.clone();
        for _ in 0..=TURNS {
            let mut request = self.client(&address).await?.get(address.clone()).header(header::ACCEPT_ENCODING, "identity");
            if let Some(Who { login, secret }) = self.who.as_ref().filter(|_| address.scheme() == "https") {
                request = match login.is_empty() {
                    true => request.bearer_auth(secret.reveal()),
                    false => request.basic_auth(login, Some(secret.reveal())),
                };
            }
            if there.at > 0 && !there.tag.is_empty() {
                request = request.header(header::RANGE, format!("bytes={}-", there.at)).header(header::IF_RANGE, there.tag.as_str());
            }
            let answer = timeout(self.patience, request.send()).await.map_err(|_| FetchError::Slow)??;
            if !answer.status().is_redirection() {
                return Ok(answer);
            }
            let next = answer.headers().get(header::LOCATION).and_then(|next| next.to_str().ok());
            let next = next.and_then(|next| address.join(next).ok()).ok_or(FetchError::Status(answer.status().as_u16()))?;
            let same = next.host_str() == address.host_str() && self.host(&next).is_ok();
            if !same || !next.username().is_empty() || next.password().is_some() {
                return Err(FetchError::Elsewhere);
            }
            address = next;
        }
        Err(FetchError::Elsewhere)
    }

    /// A client that knows the server by the addresses that were looked at, and by no others: a name that means something
    /// else with the next question leads nowhere.
    async fn client(&self, address: &Url) -> Result<Client, FetchError> {
        let allowed = self.host(address)?;
        let (Some(host), Some(port)) = (address.host_str(), address.port_or_known_default()) else { return Err(FetchError::Address) };
        let found = self.reach(allowed, host, port).await?;
        Ok(elsewhere::client().no_proxy().connect_timeout(self.patience).resolve_to_addrs(host, &found).build()?)
    }
}

impl Fetching {
    /// Where a server lies that is allowed.
    async fn reach(&self, allowed: &ImportHost, host: &str, port: u16) -> Result<Vec<SocketAddr>, FetchError> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found = timeout(self.patience, lookup_host((bare, port))).await.map_err(|_| FetchError::Slow)?;
        let mut found: Vec<_> = found.map_err(|_| FetchError::Unknown)?.collect();
        if found.is_empty() {
            return Err(FetchError::Unknown);
        }
        if !allowed.is_private {
            found.retain(|one| public::is_public(one.ip()));
        }
        if found.is_empty() { Err(FetchError::Private) } else { Ok(found) }
    }
}

/// Onto the disk first, then into the database.
async fn keep(
    writer: &mut BufWriter<fs::File>,
    there: &mut There,
    (at, total): (u64, Option<u64>),
    keeper: Option<Keeper<'_>>,
) -> Result<(), FetchError> {
    writer.flush().await?;
    writer.get_ref().sync_data().await?;
    there.at = at;
    let Some(keeper) = keeper else { return Ok(()) };
    let store = &keeper.work.store;
    store.note_upload(keeper.client, keeper.upload, u64::MAX >> 1, &there.tag).await?;
    store.keep_upload(keeper.client, keeper.upload, at, parts::until()).await?;
    keeper.work.progress(at, total.unwrap_or(at).max(at)).await?;
    stopped(keeper).await
}

async fn stopped(keeper: Keeper<'_>) -> Result<(), FetchError> {
    keeper.work.pause().await?.map_or(Ok(()), |pause: Pause| Err(FetchError::Stopped(pause)))
}

/// What the server knows this state of the file by.
fn tag(answer: &Response) -> String {
    let text = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
    let strong = text(header::ETAG).filter(|tag| tag.starts_with('"'));
    strong.or_else(|| text(header::LAST_MODIFIED)).unwrap_or_default().to_owned()
}

/// Where a part begins: `bytes 100-199/200`.
fn begins_at(answer: &Response) -> Option<u64> {
    let range = answer.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
    range.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

/// What the file at an address is called.
pub(crate) fn name_of(address: &Url) -> String {
    let last = address.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    file_name(&percent_decode_str(last).decode_utf8_lossy())
}

#[cfg(test)]
mod tests;
