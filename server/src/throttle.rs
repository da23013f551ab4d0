//! Slows down guessing: failed sign-ins are counted in the database, so restarts and further processes don't forget them.

use std::net::IpAddr;

use domain::time::Millis;
use store::Store;

use crate::errors::Refusal;

/// How far back failures count.
const WINDOW_SECONDS: i64 = 15 * 60;

/// Failures for one account within the window; the next attempt is refused.
pub(crate) const PER_ACCOUNT: i64 = 10;

/// The same for one address. Higher, because a whole office may share it.
pub(crate) const PER_ADDRESS: i64 = 50;

/// Mails with a new password's link that one account gets within the window.
pub(crate) const RESETS_PER_ACCOUNT: i64 = 3;

/// Sign-ins at the provider, or by a passkey, that one address may begin within the window. Each keeps a row for minutes; it is no guess.
const BEGUN_PER_ADDRESS: i64 = 300;

/// Counts a sign-in that begins at the provider, or by a passkey.
///
/// # Errors
/// Too many; those refused here don't count again.
pub(crate) async fn begun(store: &Store, address: IpAddr, now: Millis) -> Result<(), Refusal> {
    let key = format!("begun:{}", network(address));
    if store.attempts(&key, since(now)).await? >= BEGUN_PER_ADDRESS {
        return Err(too_many());
    }
    Ok(store.note_attempt(&key, now).await?)
}

/// The things that are counted for one attempt.
pub(crate) struct Attempt {
    account: String,
    /// None when somebody who is signed in types their password again.
    address: Option<String>,
    per_account: i64,
}

impl Attempt {
    /// An attempt at an account (known or not) from an address.
    pub(crate) fn new(account: &str, address: IpAddr) -> Self {
        Self { account: format!("account:{account}"), address: Some(format!("address:{}", network(address))), per_account: PER_ACCOUNT }
    }

    /// A wish for a new password; counted apart, so that nobody is kept from signing in by such wishes.
    pub(crate) fn at_reset(account: &str, address: IpAddr) -> Self {
        Self {
            account: format!("reset:{account}"),
            address: Some(format!("reset-address:{}", network(address))),
            per_account: RESETS_PER_ACCOUNT,
        }
    }

    /// An answer of a passkey from an address. Nobody guesses one, so that no account is closed by trying.
    pub(crate) fn by_passkey(address: IpAddr) -> Self {
        Self { account: format!("passkey:{}", network(address)), address: None, per_account: PER_ADDRESS }
    }

    /// An attempt at an account by somebody who is signed in.
    pub(crate) fn at_account(account: &str) -> Self {
        Self { account: format!("account:{account}"), address: None, per_account: PER_ACCOUNT }
    }

    /// Counts the attempt as failed until [`succeeded`](Self::succeeded) says otherwise, so that many at once don't slip through.
    ///
    /// # Errors
    /// Too many attempts; those refused here don't count again.
    pub(crate) async fn begin(&self, store: &Store, now: Millis) -> Result<(), Refusal> {
        if self.is_over(store, now, 0).await? {
            return Err(too_many());
        }
        store.note_attempt(&self.account, now).await?;
        if let Some(address) = &self.address {
            store.note_attempt(address, now).await?;
        }
        if self.is_over(store, now, 1).await? { Err(too_many()) } else { Ok(()) }
    }

    /// Forgets the failures of the account: its owner is here.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn succeeded(&self, store: &Store) -> Result<(), Refusal> {
        store.clear_attempts(&self.account).await?;
        Ok(())
    }

    async fn is_over(&self, store: &Store, now: Millis, own: i64) -> Result<bool, Refusal> {
        let since = since(now);
        if store.attempts(&self.account, since).await? >= self.per_account + own {
            return Ok(true);
        }
        match &self.address {
            Some(address) => Ok(store.attempts(address, since).await? >= PER_ADDRESS + own),
            None => Ok(false),
        }
    }
}

/// When the window began.
fn since(now: Millis) -> Millis {
    now.plus(-WINDOW_SECONDS * 1_000)
}

fn too_many() -> Refusal {
    Refusal::too_many_attempts(WINDOW_SECONDS.unsigned_abs())
}

/// One IPv6 user has a whole /64 to send from.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
        address => address,
    }
}
