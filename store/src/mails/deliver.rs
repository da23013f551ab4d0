//! The worker's side of mails: taken for a while, given a link, sent or not.
//!
//! A mail that a worker took is due again when the lease ends, so that one which dies loses none. It may then go twice.

use domain::audit::{Deed, Note, Origin};
use domain::history::Actor;
use domain::id::{MailId, UserId};
use domain::lang::Lang;
use domain::mail::{Alarm, MailKind, MailProblem, is_addressable};
use domain::time::Millis;
use serde_json::json;

use super::kind;
use crate::Store;
use crate::accounts::lang;
use crate::dialect::skip_locked;
use crate::error::{Result, StoreError};
use crate::imports::from_json;
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// A mail to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// By which address it goes.
    pub recipient: String,
    /// To whom.
    pub to: Receiver,
    /// The name of who caused it.
    pub by: Option<String>,
    /// The name of the client that it is about.
    pub client: Option<String>,
    /// What an alarm is about.
    pub alarm: Option<Alarm>,
    /// How often it was tried, with this time.
    pub attempts: i64,
}

/// Whom a mail goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// Their id.
    pub user: UserId,
    /// Their name; may be empty.
    pub name: String,
    /// The language in which they are written to.
    pub lang: Lang,
}

impl Store {
    /// Takes the mail that has been due for longest; it is due again `lease_ms` milliseconds later unless
    /// [`mail_sent`](Self::mail_sent) or [`mail_failed`](Self::mail_failed) says otherwise. A reset for an address that nobody
    /// signs in with is dropped.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn claim_mail(&self, lease_ms: i64, now: Millis) -> Result<Option<Mail>> {
        const DUE: &str = "select id from mails where next_at <= $1 limit 1";
        let take = format!(
            "update mails set next_at = $2, attempts = attempts + 1
            where id = (select id from mails where next_at <= $1 order by next_at, id limit 1{})
            returning id, user_id, recipient, kind, address",
            skip_locked(self.engine())
        );
        // Mostly there is nothing to do, and to see that takes no lock.
        while self.db().row(Statement::new(DUE).arg(now)).await?.is_some() {
            let mut tx = self.write().await?;
            let Some(row) = tx.row(Statement::new(take.clone()).arg(now).arg(now.plus(lease_ms))).await? else { return Ok(None) };
            let id = MailId::new(row.int(0)?);
            let known = row.opt_int(1)?.is_some() || tx.find_receiver(id, &row, now).await?;
            let mail = if known { Some(tx.read_mail(id).await?) } else { None };
            tx.commit().await?;
            if mail.is_some() {
                return Ok(mail);
            }
        }
        Ok(None)
    }

    /// Makes the link that a mail brings, known by the SHA-256 of its token. False: the mail was withdrawn meanwhile.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn link_of_mail(&self, mail: MailId, token_hash: &[u8; 32], expires_at: Millis) -> Result<bool> {
        const SQL: &str = "insert into one_time_links (token_hash, user_id, expires_at)
            select $1, user_id, $3 from mails where id = $2 and user_id is not null and sent_at is null";
        Ok(self.db().run(Statement::new(SQL).arg(token_hash).arg(mail).arg(expires_at)).await? > 0)
    }

    /// Notes that the server took a mail.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn mail_sent(&self, mail: MailId, now: Millis) -> Result<()> {
        const SQL: &str = "update mails set sent_at = $2, next_at = null, error = null where id = $1";
        self.db().run(Statement::new(SQL).arg(mail).arg(now)).await?;
        Ok(())
    }

    /// Notes why a mail did not go, and when it is tried again; none: it is given up.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn mail_failed(&self, mail: MailId, problem: MailProblem, next_at: Option<Millis>) -> Result<()> {
        const SQL: &str = "update mails set error = $2, next_at = $3 where id = $1";
        self.db().run(Statement::new(SQL).arg(mail).arg(problem.code()).arg(next_at)).await?;
        Ok(())
    }
}

impl Tx {
    /// Finds out whose the address of a reset is; false, and the mail is gone: nobody's who could sign in.
    async fn find_receiver(&mut self, mail: MailId, row: &Row, now: Millis) -> Result<bool> {
        const USER: &str = "select id from users u where u.email = $1
            and exists (select 1 from memberships m where m.user_id = u.id and m.disabled_at is null)";
        let recipient = row.text(2)?;
        let found = self.row(Statement::new(USER).arg(recipient.as_str())).await?;
        let Some(found) = found.filter(|_| is_addressable(&recipient)) else {
            self.run(Statement::new("delete from mails where id = $1").arg(mail)).await?;
            return Ok(false);
        };
        let user = UserId::new(found.int(0)?);
        // Whoever asks twice gets the newer link alone.
        self.withdraw_links(user).await?;
        self.run(Statement::new("update mails set user_id = $2 where id = $1").arg(mail).arg(user)).await?;
        let address = row.opt_text(4)?.and_then(|address| address.parse().ok());
        let wish = Wish { origin: Origin { address, session: None }, ..Wish::of(Actor::Nobody, now) };
        let note = Note::new(Deed::LinkMade, self.person(user).await?);
        self.audit_person(Some(user), &wish, note.after(json!({ "by": "mail" }))).await?;
        Ok(true)
    }

    async fn read_mail(&mut self, mail: MailId) -> Result<Mail> {
        const SQL: &str = "select m.kind, m.recipient, m.attempts, u.id, u.name, u.lang, b.name, c.name, m.alarm
            from mails m
            join users u on u.id = m.user_id
            left join users b on b.id = m.by_user
            left join clients c on c.id = m.client_id
            where m.id = $1";
        let row = self.row(Statement::new(SQL).arg(mail)).await?.ok_or(StoreError::NotFound)?;
        Ok(Mail {
            id: mail,
            kind: kind(&row, 0)?,
            recipient: row.text(1)?,
            attempts: row.int(2)?,
            to: Receiver { user: UserId::new(row.int(3)?), name: row.text(4)?, lang: lang(&row, 5)? },
            by: row.opt_text(6)?.filter(|name| !name.is_empty()),
            client: row.opt_text(7)?,
            alarm: row.opt_text(8)?.as_deref().map(from_json).transpose()?,
        })
    }
}
