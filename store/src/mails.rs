//! Mails that Lagune writes by itself: asked for, taken by a worker, sent, given up.
//!
//! A row says what a mail is about and to whom it goes. Its text, and above all its link, are made when it is sent: while
//! it waits there is nothing in the database that would sign anybody in.

mod deliver;

use std::net::IpAddr;
use std::sync::atomic::Ordering;

use domain::audit::{Deed, Note};
use domain::id::{ClientId, MailId, UserId};
use domain::mail::{MailKind, MailProblem, is_addressable};
use domain::text::Email;
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

pub use deliver::{Mail, Receiver};

/// A mail as it stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailLine {
    /// Its id.
    pub id: MailId,
    /// To whom it goes.
    pub user: UserId,
    /// By which address.
    pub recipient: String,
    /// What it is about.
    pub kind: MailKind,
    /// When it was asked for.
    pub created_at: Millis,
    /// When the server took it.
    pub sent_at: Option<Millis>,
    /// When it is tried (again); none: never.
    pub next_at: Option<Millis>,
    /// Why the last attempt failed.
    pub problem: Option<MailProblem>,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server took it then.
    Sent(Millis),
    /// It goes in a moment.
    Waits,
    /// It is tried again then.
    Later(Millis),
    /// Nothing more is tried.
    Failed,
}

impl Delivery {
    /// Whether it makes sense to send it again, where mail is sent.
    #[must_use]
    pub const fn may_be_repeated(self) -> bool {
        matches!(self, Self::Later(_) | Self::Failed)
    }
}

impl MailLine {
    /// What became of it by now.
    #[must_use]
    pub fn delivery(&self, now: Millis) -> Delivery {
        match (self.sent_at, self.next_at) {
            (Some(at), _) => Delivery::Sent(at),
            (None, Some(at)) if self.problem.is_some() && at > now => Delivery::Later(at),
            (None, Some(_)) => Delivery::Waits,
            (None, None) => Delivery::Failed,
        }
    }
}

impl Store {
    /// Says whether this installation sends mail. Where it doesn't, mails are noted but never due.
    pub fn send_mail(&self, on: bool) {
        self.shared.mailing.store(on, Ordering::Relaxed);
    }

    /// Whether this installation sends mail.
    #[must_use]
    pub fn mailing(&self) -> bool {
        self.shared.mailing.load(Ordering::Relaxed)
    }

    /// Whether a mail to this address would go.
    #[must_use]
    pub fn mails_to(&self, email: &str) -> bool {
        self.mailing() && is_addressable(email)
    }

    /// Asks for a mail that brings a member a sign-in link; it takes the place of those that still wait. False: no mail
    /// will go, and whoever asked hands the link over.
    ///
    /// # Errors
    /// `NotFound` when the person is no member of the client.
    pub async fn post_link(&self, client: ClientId, user: UserId, kind: MailKind, wish: impl Into<Wish>) -> Result<bool> {
        let mut tx = self.write().await?;
        let posted = tx.post_link(client, user, kind, &wish.into(), self.mailing()).await?;
        tx.commit().await?;
        Ok(posted)
    }

    /// Asks for a link to a new password for whoever has this address. The same work for every address: whose it is, if
    /// anybody's, is looked up by the worker.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn ask_reset(&self, email: &Email, from: IpAddr, now: Millis) -> Result<()> {
        const SQL: &str = "insert into mails (recipient, kind, address, created_at, next_at) values ($1, $2, $3, $4, $4)";
        let ask = Statement::new(SQL).arg(email.as_str()).arg(MailKind::Reset.code()).arg(from.to_string());
        self.db().run(ask.arg(now)).await?;
        Ok(())
    }

    /// The newest mails of a client: those it caused, and those to its members that concern them wherever they work.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn mails(&self, client: ClientId, limit: u32) -> Result<Vec<MailLine>> {
        let sql = format!(
            "select id, user_id, recipient, kind, created_at, sent_at, next_at, error from mails
            where user_id is not null and {OF_CLIENT}
            order by id desc
            limit $2"
        );
        let rows = self.db().rows(Statement::new(sql).arg(client).arg(i64::from(limit))).await?;
        rows.iter().map(line).collect()
    }

    /// Tries a mail again, now and from the beginning.
    ///
    /// # Errors
    /// `NotFound`, also when it has been sent, or no mail is sent at all.
    pub async fn send_again(&self, client: ClientId, mail: MailId, now: Millis) -> Result<()> {
        if !self.mailing() {
            return Err(StoreError::NotFound);
        }
        let sql = format!(
            "update mails set next_at = $2, attempts = 0, error = null
            where id = $3 and sent_at is null and user_id is not null and {OF_CLIENT}"
        );
        let again = Statement::new(sql).arg(client).arg(now).arg(mail);
        if self.db().run(again).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Removes mails that were asked for before a moment, sent or not. How many.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn prune_mails(&self, before: Millis) -> Result<u64> {
        self.db().run(Statement::new("delete from mails where created_at < $1").arg(before)).await
    }
}

/// The mails that the client `$1` may know of: those it caused, and those to people whom it knows.
const OF_CLIENT: &str = "(client_id = $1 or (client_id is null
    and user_id in (select m.user_id from memberships m where m.client_id = $1 and m.known_since is not null)))";

impl Tx {
    /// Notes a mail that brings a member a sign-in link. Where nothing `sends` it, it is never due; to who has no address none
    /// is noted. Whether it goes.
    ///
    /// # Errors
    /// `NotFound` when the person is no member of the client.
    pub(crate) async fn post_link(&mut self, client: ClientId, user: UserId, kind: MailKind, wish: &Wish, sends: bool) -> Result<bool> {
        const EMAIL: &str = "select u.email from memberships m join users u on u.id = m.user_id where m.client_id = $1 and m.user_id = $2";
        const SQL: &str = "insert into mails (client_id, user_id, by_user, recipient, kind, created_at, next_at)
            values ($1, $2, $3, $4, $5, $6, $7)";
        let row = self.row(Statement::new(EMAIL).arg(client).arg(user)).await?;
        let email = row.ok_or(StoreError::NotFound)?.text(0)?;
        if !is_addressable(&email) {
            return Ok(false);
        }
        self.withdraw_links(user).await?;
        let insert = Statement::new(SQL).arg(client).arg(user).arg(wish.user).arg(email).arg(kind.code());
        self.run(insert.arg(wish.now).arg(sends.then_some(wish.now))).await?;
        if sends {
            let note = Note::new(Deed::LinkMade, self.person(user).await?);
            self.audit_person(Some(user), wish, note.after(json!({ "by": "mail" }))).await?;
        }
        Ok(sends)
    }

    /// Withdraws the mails that would still bring a person a link.
    pub(crate) async fn withdraw_links(&mut self, user: UserId) -> Result<()> {
        const SQL: &str = "delete from mails where user_id = $1 and sent_at is null and kind in ('invitation', 'link', 'reset')";
        self.run(Statement::new(SQL).arg(user)).await?;
        Ok(())
    }

    /// Tells somebody who has a password that it is changed now.
    pub(crate) async fn post_alarm(&mut self, user: UserId, now: Millis) -> Result<()> {
        const EMAIL: &str = "select email from users where id = $1 and password_hash is not null";
        const SQL: &str = "insert into mails (user_id, recipient, kind, created_at, next_at) values ($1, $2, $3, $4, $4)";
        let Some(row) = self.row(Statement::new(EMAIL).arg(user)).await? else { return Ok(()) };
        let email = row.text(0)?;
        if is_addressable(&email) {
            self.run(Statement::new(SQL).arg(user).arg(email).arg(MailKind::PasswordChanged.code()).arg(now)).await?;
        }
        Ok(())
    }
}

fn line(row: &Row) -> Result<MailLine> {
    Ok(MailLine {
        id: MailId::new(row.int(0)?),
        user: UserId::new(row.int(1)?),
        recipient: row.text(2)?,
        kind: kind(row, 3)?,
        created_at: Millis::new(row.int(4)?),
        sent_at: row.opt_int(5)?.map(Millis::new),
        next_at: row.opt_int(6)?.map(Millis::new),
        problem: row.opt_text(7)?.as_deref().and_then(MailProblem::from_code),
    })
}

fn kind(row: &Row, column: usize) -> Result<MailKind> {
    let code = row.text(column)?;
    MailKind::from_code(&code).ok_or_else(|| StoreError::Corrupt(format!("mail kind {code:?}")))
}
