//! The first administrator: there is no default password, the start prints a link instead.

use domain::{
    id::{ClientId, UserId},
    lang::Lang,
    role::ReadyRole,
    text::{Email, Name},
    time::Millis,
};
use store::{Store, StoreError, accounts::NewUser, profiles::Wish};

/// Stands for the address until the first administrator gives theirs; nothing can be sent to it (RFC 2606).
const UNNAMED: &str = "administrator@lagune.invalid";

/// Whether the address is the one that stands for "not given yet".
pub(crate) fn is_unnamed(email: &str) -> bool {
    email == UNNAMED
}

/// The administrator who has yet to choose a password, made where there is nobody; none when somebody can sign in.
///
/// # Errors
/// The database's.
pub(crate) async fn waiting_administrator(store: &Store, now: Millis) -> Result<Option<UserId>, StoreError> {
    if store.has_administrator().await? {
        return Ok(None);
    }
    let email = Email::parse(UNNAMED).map_err(|_| StoreError::Corrupt("the address of nobody".to_owned()))?;
    if let Some(user) = store.user_by_email(&email).await? {
        return Ok(Some(user.id));
    }
    let client = client(store, now).await?;
    let user = NewUser { email, name: String::new(), password_hash: None, lang: Lang::De };
    let user = store.create_user(user, now).await?;
    store.add_member(client, user, &ReadyRole::Operator.into(), now).await?;
    Ok(Some(user))
}

/// The first client, made where there is none.
///
/// # Errors
/// The database's.
pub(crate) async fn client(store: &Store, wish: impl Into<Wish>) -> Result<ClientId, StoreError> {
    match store.first_client().await? {
        Some(client) => Ok(client),
        None => {
            let name = Name::parse("Lagune").map_err(|_| StoreError::Corrupt("the name of a client".to_owned()))?;
            store.create_client(&name, wish).await
        }
    }
}
