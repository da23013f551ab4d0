//! A file that comes from an S3 store.

use std::io::{self, Read};

use bytes::{Buf as _, Bytes};
use futures::Stream;
use reqwest::Response;
use sha2::{Digest as _, Sha256};
use tokio::{io::AsyncWriteExt as _, runtime::Handle, time::timeout};

use super::super::BackupError;
use super::ask::{PATIENCE, away, slow};

/// A file on its way here. A connection that is cut ends in an error, never in a file that is shorter. It has no form for
/// logs: that of an answer shows its signed address.
pub(crate) struct Coming {
    answer: Response,
    /// How large the store says that it is, in bytes; 0: it does not say.
    pub(crate) n_bytes: u64,
}

impl Coming {
    pub(super) fn of(answer: Response) -> Self {
        let n_bytes = answer.content_length().unwrap_or(0);
        Self { answer, n_bytes }
    }

    /// The next piece; none at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, BackupError> {
        timeout(PATIENCE, self.answer.chunk()).await.map_err(|_| slow())?.map_err(away)
    }

    /// The SHA-256 of it in hexadecimal digits, and its size.
    pub(crate) async fn sum(mut self) -> Result<(String, u64), BackupError> {
        let (mut hash, mut n) = (Sha256::new(), 0);
        while let Some(piece) = self.next().await? {
            hash.update(&piece);
            n += piece.len() as u64;
        }
        Ok((domain::audit::hex(&hash.finalize()), n))
    }

    /// Writes it into a file.
    pub(crate) async fn write(mut self, file: std::fs::File) -> Result<(), BackupError> {
        let mut out = tokio::io::BufWriter::with_capacity(1 << 18, tokio::fs::File::from_std(file));
        while let Some(piece) = self.next().await? {
            out.write_all(&piece).await?;
        }
        Ok(out.flush().await?)
    }

    /// Piece by piece, for an answer.
    pub(crate) fn pieces(self) -> impl Stream<Item = Result<Bytes, BackupError>> + Send + 'static {
        futures::stream::try_unfold(self, |mut coming| async move { Ok(coming.next().await?.map(|piece| (piece, coming))) })
    }
}

/// The same for a thread that may wait.
pub(crate) struct Blocking {
    coming: Coming,
    here: Handle,
    piece: Bytes,
}

impl Blocking {
    /// Within a runtime.
    pub(crate) fn of(coming: Coming) -> Self {
        Self { coming, here: Handle::current(), piece: Bytes::new() }
    }
}

impl Read for Blocking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.here.block_on(self.coming.next()).map_err(io::Error::other)? {
                Some(piece) => self.piece = piece,
                None => return Ok(0),
            }
        }
        let n = self.piece.len().min(buffer.len());
        self.piece.copy_to_slice(&mut buffer[..n]);
        Ok(n)
    }
}
