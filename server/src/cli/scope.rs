//! Whom and what commands name.

use domain::{
    id::{ClientId, UserId},
    pool::Pool,
    text::Email,
};
use store::{Store, accounts::User};

use super::Failed;

/// The person with this address.
pub(super) async fn user(store: &Store, email: &str) -> Result<User, Failed> {
    let parsed = Email::parse(email).map_err(|_| Failed::Usage(format!("“{email}” is no e-mail address.")))?;
    let user = store.user_by_email(&parsed).await?;
    user.ok_or_else(|| {
        Failed::Work(format!("Nobody here has the address {email}; make an account with: lagune user create --email {email}"))
    })
}

/// The client somebody works for.
pub(super) async fn client_of(store: &Store, user: UserId) -> Result<ClientId, Failed> {
    let found = store.membership(user).await?.into_iter().next();
    found.map(|(client, ..)| client).ok_or_else(|| Failed::Work("This person works for no client.".to_owned()))
}

/// The client that commands work for.
pub(super) async fn client(store: &Store) -> Result<ClientId, Failed> {
    let none =
        || Failed::Work("There is no client yet; make the first account with: lagune user create --email E --password-stdin".to_owned());
    store.first_client().await?.ok_or_else(none)
}

/// The pool with this name or id.
pub(super) async fn pool(store: &Store, client: ClientId, named: &str) -> Result<Pool, Failed> {
    let id = store.find_pool(client, named).await?;
    let id = id.ok_or_else(|| Failed::Work(format!("There is no pool “{named}”; make it with: lagune pool create \"{named}\"")))?;
    Ok(store.pool(client, id).await?)
}
