//! Files that arrive in parts: each offset that is told stands on the disk, whoever kills the process.

use std::{
    fs::TryLockError,
    io::SeekFrom,
    path::{Path, PathBuf},
};

use axum::{body::Body, http::StatusCode};
use domain::{id::PoolId, lang::Lang, pool::Pool, time::Millis};
use futures::TryStreamExt as _;
use store::uploads::{NewUpload, Upload as Row};
use tokio::{
    fs,
    io::{AsyncSeekExt as _, AsyncWriteExt as _, BufWriter},
    time::{Instant, timeout_at},
};

use super::{
    STRETCH, interrupted, too_slow, tus,
    whole::{Became, Wanted, Whole},
};
use crate::{clock, errors::Refusal, random, session::Caller, state::AppState};

/// So long a further part is waited for, in milliseconds: a night, and the morning after it.
const WAITED: i64 = 24 * 3_600_000;
/// After so many bytes what has arrived is written down, so that a killed process costs no more.
const SAFE: u64 = 8 << 20;

/// A file in parts as its sender sees it.
pub(crate) struct Parts {
    state: AppState,
    caller: Caller,
    /// As the database has it.
    pub(crate) row: Row,
}

impl Parts {
    /// Begins a file of which nothing has arrived.
    ///
    /// # Errors
    /// Larger than allowed; no room.
    pub(crate) async fn begin(
        state: AppState,
        caller: Caller,
        pool: &Pool,
        (length, metadata): (u64, String),
        wanted: &Wanted,
    ) -> Result<Self, Refusal> {
        if length > state.settings.upload_limit {
            return Err(Refusal::too_large(state.settings.upload_limit));
        }
        let id = random::token(18);
        let how = serde_json::to_string(wanted).map_err(|error| Refusal::logged(&error))?;
        let new = NewUpload { id: id.clone(), pool: pool.id, user: caller.user, length, metadata, how, expires_at: until() };
        state.store.create_upload(caller.client, new).await?;
        // The row first: a file that no row names would lie about for ever.
        let path = path(&state.settings.data_dir, &id);
        let made = async {
            fs::create_dir_all(path.parent().unwrap_or(&path)).await?;
            fs::File::create(&path).await?.sync_all().await
        };
        if let Err(error) = made.await {
            state.store.forget_upload(caller.client, &id).await?;
            return Err(error.into());
        }
        Self::find(state, caller, pool.id, &id).await
    }

    /// A file that the caller sends to this pool.
    ///
    /// # Errors
    /// Not found, also when it has expired.
    pub(crate) async fn find(state: AppState, caller: Caller, pool: PoolId, id: &str) -> Result<Self, Refusal> {
        let row = state.store.upload(caller.client, caller.user, pool, id, clock::now()).await?;
        Ok(Self { state, caller, row })
    }

    /// Whether all of it has arrived.
    pub(crate) fn is_whole(&self) -> bool {
        self.row.received == self.row.length
    }

    fn path(&self) -> PathBuf {
        path(&self.state.settings.data_dir, &self.row.id)
    }

    /// Takes a part in, and where that was the last one makes the import. What arrived before a connection broke stays.
    ///
    /// # Errors
    /// The part begins elsewhere or is longer than what is missing, another one is on its way, too slow, no room; the whole
    /// can't be imported, and is removed then.
    pub(crate) async fn take(mut self, pool: Pool, part: Part, lang: Lang) -> Result<(Self, Option<Became>), Refusal> {
        // In a task of its own: who hangs up ends the request, but not the writing down of what had arrived.
        let work = async move {
            let mut file = self.hold().await?;
            if part.offset != self.row.received {
                return Err(tus::elsewhere());
            }
            self.append(&mut file, part).await?;
            let became = self.make_import(&pool, lang).await?;
            Ok((self, became))
        };
        tokio::spawn(work).await.map_err(|panic| Refusal::logged(&panic))?
    }

    /// Makes the import of a whole file of which a killed process has not made one; tells what has become of it.
    ///
    /// # Errors
    /// It can't be imported, and is removed then.
    pub(crate) async fn settle(mut self, pool: Pool, lang: Lang) -> Result<(Self, Option<Became>), Refusal> {
        if !self.is_whole() {
            return Ok((self, None));
        }
        let work = async move {
            let _held = match self.hold().await {
                Ok(file) => file,
                // Somebody is about to make it.
                Err(busy) if busy.status() == StatusCode::LOCKED => return Ok((self, None)),
                Err(gone) if self.row.import.is_none() => return Err(gone),
                Err(_) => {
                    let became = self.became().await?;
                    return Ok((self, became));
                }
            };
            let became = self.make_import(&pool, lang).await?;
            Ok((self, became))
        };
        tokio::spawn(work).await.map_err(|panic| Refusal::logged(&panic))?
    }

    /// Gives up a file; an import that was made of it stays.
    ///
    /// # Errors
    /// A part is on its way.
    pub(crate) async fn give_up(mut self) -> Result<(), Refusal> {
        let held = self.hold().await;
        if let Err(busy) = &held
            && busy.status() == StatusCode::LOCKED
        {
            return Err(tus::locked());
        }
        self.forget().await
    }

    async fn forget(&self) -> Result<(), Refusal> {
        if self.row.import.is_none() {
            let _ = fs::remove_file(self.path()).await;
        }
        Ok(self.state.store.forget_upload(self.caller.client, &self.row.id).await?)
    }

    /// The file for nobody else, in whatever process, and what the database says of it since then.
    async fn hold(&mut self) -> Result<fs::File, Refusal> {
        let file = match fs::OpenOptions::new().write(true).open(self.path()).await {
            Ok(file) => file.into_std().await,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Refusal::not_found()),
            Err(error) => return Err(error.into()),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(tus::locked()),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let (client, user) = (self.caller.client, self.caller.user);
        self.row = self.state.store.upload(client, user, self.row.pool, &self.row.id, clock::now()).await?;
        Ok(fs::File::from_std(file))
    }

    async fn append(&mut self, file: &mut fs::File, part: Part) -> Result<(), Refusal> {
        // What a killed process has written and not written down is overwritten.
        file.set_len(self.row.received).await?;
        file.seek(SeekFrom::Start(self.row.received)).await?;
        let patience = self.state.settings.patience();
        let mut writer = BufWriter::with_capacity(1 << 18, file);
        let mut pieces = std::pin::pin!(part.body.into_data_stream());
        let mut checksum = part.checksum;
        let (mut at, mut until, mut stretch) = (self.row.received, Instant::now() + patience, 0);
        let ended = loop {
            let piece = match timeout_at(until, pieces.try_next()).await {
                Err(_) => break Err(too_slow()),
                Ok(Err(_)) => break Err(interrupted()),
                Ok(Ok(None)) => break Ok(()),
                Ok(Ok(Some(piece))) => piece,
            };
            stretch += piece.len();
            if stretch >= STRETCH {
                (until, stretch) = (Instant::now() + patience, 0);
            }
            if at + piece.len() as u64 > self.row.length {
                break Err(Refusal::too_large(self.row.length));
            }
            writer.write_all(&piece).await?;
            at += piece.len() as u64;
            match &mut checksum {
                Some(checksum) => checksum.add(&piece),
                None if at - self.row.received >= SAFE => self.keep(&mut writer, at).await?,
                None => {}
            }
        };
        if let Some(checksum) = checksum {
            ended?;
            checksum.check()?;
            return self.keep(&mut writer, at).await;
        }
        if at > self.row.received {
            self.keep(&mut writer, at).await?;
        }
        ended
    }

    /// Onto the disk first, then into the database: what is told of is there.
    async fn keep(&mut self, writer: &mut BufWriter<&mut fs::File>, at: u64) -> Result<(), Refusal> {
        writer.flush().await?;
        writer.get_ref().sync_data().await?;
        let expires_at = self::until();
        self.state.store.keep_upload(self.caller.client, &self.row.id, at, expires_at).await?;
        (self.row.received, self.row.expires_at) = (at, expires_at);
        Ok(())
    }

    /// The caller holds the file.
    async fn make_import(&mut self, pool: &Pool, lang: Lang) -> Result<Option<Became>, Refusal> {
        if !self.is_whole() {
            return Ok(None);
        }
        let (store, client, wish) = (&self.state.store, self.caller.client, self.caller.wish(lang));
        let whole = Whole { store, client, pool, wish: &wish, path: self.path() };
        whole.make_import(&mut self.row).await.map(Some)
    }

    async fn became(&self) -> Result<Option<Became>, Refusal> {
        let Some(import) = self.row.import else { return Ok(None) };
        Ok(Some(Became { import, job: self.state.store.import_job(self.caller.client, import).await? }))
    }
}

/// A part that comes along.
pub(crate) struct Part {
    /// Where it begins, in bytes from the beginning of the file.
    pub(crate) offset: u64,
    /// What it is checked by.
    pub(crate) checksum: Option<tus::Checksum>,
    /// Its bytes.
    pub(crate) body: Body,
}

/// Until when the next part of a file is waited for that has one now.
pub(crate) fn until() -> Millis {
    clock::now().plus(WAITED)
}

/// Where a file lies.
pub(crate) fn path(data_dir: &Path, id: &str) -> PathBuf {
    data_dir.join("uploads").join(format!("{id}.csv"))
}
