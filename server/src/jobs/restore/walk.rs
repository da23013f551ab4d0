//! Through a backup, stretch by stretch, while the next ones are read by another thread.

use domain::backup::{BackupRow, Manifest};
use store::restores::{Restore, Stretch};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::STRETCH;
use crate::{
    backup::{BackupError, Reader},
    jobs::Work,
};

/// Stretches that may wait; with those in work this bounds the memory.
const WAITING: usize = 4;

/// What comes from the reading thread: rows, none at the end. Without that end it broke off.
type Rows = Result<Vec<BackupRow>, BackupError>;

/// A backup on its way into its pool.
pub(super) struct Walk {
    coming: Receiver<Rows>,
    rows: Vec<BackupRow>,
    after: i64,
    upto: i64,
    whole: bool,
    ended: bool,
}

impl Walk {
    /// Opens the file of a backup that was compared or is restored.
    ///
    /// # Errors
    /// It has gone, is damaged, or can't be decrypted.
    pub(super) async fn open(work: &Work, found: &Restore) -> Result<(Self, Manifest), BackupError> {
        let backup = work.store.backup_of(work.job.client, found.backup).await?;
        if !backup.usable() {
            return Err(BackupError::Damaged("it was found unusable before".to_owned()));
        }
        let (local, keys) = (work.place.local(work.job.client, &backup).await?, work.place.keys.clone());
        let opening = tokio::task::spawn_blocking(move || Reader::open(local.path(), &keys).map(|reader| (reader, local)));
        let (reader, local) = opening.await.map_err(|panic| BackupError::File(std::io::Error::other(panic)))??;
        let manifest = reader.manifest().clone();
        let (sender, coming) = channel(WAITING);
        tokio::task::spawn_blocking(move || {
            read(reader, &sender);
            // What was fetched has been read.
            drop(local);
        });
        Ok((Self { coming, rows: Vec::new(), after: 0, upto: 0, whole: manifest.whole, ended: false }, manifest))
    }

    /// The next stretch, or what is left of the last one; none at the end.
    ///
    /// # Errors
    /// The file is damaged.
    pub(super) async fn step(&mut self) -> Result<Option<Stretch<'_>>, BackupError> {
        if self.after >= self.upto {
            if self.ended {
                return Ok(None);
            }
            let broken = || BackupError::File(std::io::Error::other("the reading of a backup broke off"));
            self.rows = self.coming.recv().await.ok_or_else(broken)??;
            match self.rows.last() {
                Some(last) => self.upto = last.id.get(),
                None => {
                    self.ended = true;
                    // Whoever has a higher number than all of a whole backup is newer.
                    if !self.whole {
                        return Ok(None);
                    }
                    self.upto = i64::MAX;
                }
            }
        }
        Ok(Some(Stretch { after: self.after, upto: self.upto, rows: &self.rows }))
    }

    /// Everything up to here had its turn.
    pub(super) fn done(&mut self, to: i64) {
        self.after = self.after.max(to);
    }
}

fn read(mut reader: Reader, sender: &Sender<Rows>) {
    loop {
        let mut rows = match reader.next_part() {
            Ok(rows) => rows,
            Err(error) => {
                // Nobody listens any more: then nobody needs to know.
                let _ = sender.blocking_send(Err(error));
                return;
            }
        };
        if rows.is_empty() {
            let _ = sender.blocking_send(Ok(rows));
            return;
        }
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(STRETCH));
            if sender.blocking_send(Ok(rows)).is_err() {
                return;
            }
            rows = rest;
        }
    }
}
