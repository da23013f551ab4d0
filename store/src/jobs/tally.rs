//! What a job has done so far, written in the transaction of each part: a job that was killed and goes on tells in the end
//! what it did in all, not only since it was taken up again.

use domain::id::{JobId, ProfileId};
use serde::{Deserialize, Serialize};

use crate::Store;
use crate::error::{Result, StoreError};
use crate::statement::Statement;
use crate::tx::Tx;

/// What has been done. It stands where the answer of the job will stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// The profiles up to this one have had their turn, where a job takes them in the order of their ids.
    to: i64,
    /// How many profiles have changed.
    pub n: u64,
    /// How many stay as they are.
    pub kept: u64,
}

const SQL: &str = "select result from jobs where id = $1";

impl Store {
    /// What a job has done so far; nothing when it never began or is gone.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn tally(&self, job: JobId) -> Result<Tally> {
        let row = self.db().row(Statement::new(SQL).arg(job)).await?;
        read(row.as_ref().map(|row| row.opt_text(0)).transpose()?.flatten())
    }
}

impl Tx {
    /// The same, as this transaction sees it. Of a worker that has lost the job without knowing nothing may come in between:
    /// the caller holds the pool's row.
    pub(crate) async fn tally(&mut self, job: JobId) -> Result<Tally> {
        let row = self.row(Statement::new(SQL).arg(job)).await?;
        read(row.as_ref().map(|row| row.opt_text(0)).transpose()?.flatten())
    }

    /// Writes it down.
    pub(crate) async fn note_tally(&mut self, job: JobId, tally: Tally) -> Result<()> {
        const NOTE: &str = "update jobs set result = $2 where id = $1 and finished_at is null";
        let text = serde_json::to_string(&tally).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        self.run(Statement::new(NOTE).arg(job).arg(text)).await?;
        Ok(())
    }
}

impl Tally {
    /// Those of these profiles that have not had their turn.
    pub(crate) fn left(&self, part: &[ProfileId]) -> Vec<i64> {
        part.iter().map(|id| id.get()).filter(|id| *id > self.to).collect()
    }

    /// The same after so many more.
    pub(crate) fn and(self, n: u64, kept: u64) -> Self {
        Self { n: self.n + n, kept: self.kept + kept, ..self }
    }

    /// The same after these, which had not had their turn.
    pub(crate) fn up_to(self, ids: &[i64]) -> Self {
        Self { to: ids.iter().copied().fold(self.to, i64::max), ..self }
    }
}

fn read(text: Option<String>) -> Result<Tally> {
    let Some(text) = text else { return Ok(Tally::default()) };
    serde_json::from_str(&text).map_err(|error| StoreError::Corrupt(format!("a job's tally: {error}")))
}
