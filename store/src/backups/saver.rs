//! Who writes a backup while a change waits for it.

use std::sync::Arc;

use domain::backup::BackupKind;
use domain::id::ProfileId;
use domain::pool::Pool;
use futures::future::BoxFuture;

use crate::Store;
use crate::error::Result;
use crate::profiles::Wish;

/// What is to be saved.
#[derive(Clone, Debug)]
pub struct Saving {
    /// What happens next.
    pub kind: BackupKind,
    /// Which profiles.
    pub ids: Vec<ProfileId>,
    /// Who does it.
    pub wish: Wish,
}

/// Makes files of profiles. The store knows none: the process around it provides one.
pub trait Saver: Send + Sync {
    /// Comes back when the profiles are saved.
    ///
    /// # Errors
    /// Those of the store; the disk's as `Full`. What was to happen next must not happen then.
    fn save<'a>(&'a self, store: &'a Store, pool: &'a Pool, saving: Saving) -> BoxFuture<'a, Result<()>>;
}

impl Store {
    /// From now on this saves what is about to be deleted while somebody waits; only the first one counts.
    pub fn saved_by(&self, saver: Arc<dyn Saver>) {
        let _ = self.shared.saver.0.set(saver);
    }

    /// Saves profiles before something happens to them. A process without a saver (a test of the store) goes on without.
    pub(crate) async fn save_before(&self, pool: &Pool, saving: Saving) -> Result<()> {
        match self.shared.saver.0.get() {
            Some(saver) => saver.save(self, pool, saving).await,
            None => Ok(()),
        }
    }
}
