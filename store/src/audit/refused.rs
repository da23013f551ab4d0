//! Who asked for what they have no right to. Bounded, so that nobody fills the log by trying.

use domain::audit::{Deed, Note, Object, REFUSED_EVERY};
use domain::id::ClientId;
use domain::rights::Right;

use crate::Store;
use crate::error::Result;
use crate::profiles::Wish;
use crate::statement::Statement;

impl Store {
    /// Notes that somebody lacked a right, at most once in [`REFUSED_EVERY`] milliseconds for each person or token and right.
    /// Whether it was noted.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn note_refusal(&self, client: ClientId, right: Right, wish: &Wish) -> Result<bool> {
        // Mostly it stands there already, and to see that takes no lock.
        if self.db().row(lately(client, right, wish)).await?.is_some() {
            return Ok(false);
        }
        let mut tx = self.write().await?;
        tx.hold_log(client.into()).await?;
        if tx.row(lately(client, right, wish)).await?.is_some() {
            return Ok(false);
        }
        tx.audit(client, wish, Note::new(Deed::AccessRefused, Object::right(right)));
        tx.commit().await?;
        Ok(true)
    }
}

/// The entry of the span at hand, if there is one.
fn lately(client: ClientId, right: Right, wish: &Wish) -> Statement {
    const SQL: &str = "select n from audit_log
        where chain = $1 and at > $2 and deed = $3 and actor_kind = $4 and actor_id = $5 and object_name = $6
        limit 1";
    let asked = Statement::new(SQL).arg(client.get()).arg(wish.now.plus(-REFUSED_EVERY)).arg(Deed::AccessRefused.code());
    asked.arg(wish.actor.kind()).arg(wish.actor.id()).arg(right.code())
}
