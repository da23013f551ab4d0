//! Links and tokens, for pages and for programs: who gets one, and whether it goes by mail or is shown.

use app::context::{Answer, Handed, Keys, Newcomer};
use domain::{
    id::{ClientId, UserId},
    mail::MailKind,
};
use store::{Store, StoreError, accounts::NewUser, members::Manager, profiles::Wish};

use crate::{
    random,
    session::{TOKEN_PREFIX, link, token_hash},
};

/// Makes links and tokens.
pub(crate) struct Keyring {
    pub(crate) store: Store,
    /// How browsers reach the server.
    pub(crate) base: String,
}

impl Keyring {
    /// Makes somebody a member. Who has yet to choose a password gets a link.
    ///
    /// # Errors
    /// Those of [`Store::invite`].
    pub(crate) async fn invite_as(&self, client: ClientId, by: &Manager, who: Newcomer, wish: Wish) -> Result<Handed, StoreError> {
        let lang = self.store.client_settings(client).await?.lang;
        let new = NewUser { email: who.email, name: who.name.to_string(), password_hash: None, lang };
        let user = self.store.invite(client, by.rights, new, &who.role, wish).await?;
        let member = self.store.member(client, user).await?;
        let mailed = (member.invited && self.store.mails_to(&member.email)).then_some(MailKind::Invitation);
        // Whom another client has invited gets in there too by a link: it is not for this one to have.
        let link = match mailed {
            None if member.invited && member.linkable_by(by) => Some(link::make(&self.store, user, &self.base, wish).await?),
            _ => None,
        };
        Ok(Handed { member, link, mailed })
    }

    /// Makes a link for a member.
    ///
    /// # Errors
    /// Those of [`Store::linkable`].
    pub(crate) async fn link_as(&self, client: ClientId, by: &Manager, user: UserId, wish: Wish) -> Result<Handed, StoreError> {
        let member = self.store.linkable(client, by, user).await?;
        let kind = member.link_kind();
        if self.store.post_link(client, user, kind, wish).await? {
            return Ok(Handed { member, link: None, mailed: Some(kind) });
        }
        let link = Some(link::make(&self.store, user, &self.base, wish).await?);
        Ok(Handed { member, link, mailed: None })
    }
}

impl Keys for Keyring {
    fn invite(&self, client: ClientId, by: Manager, who: Newcomer, wish: Wish) -> Answer<'_, Handed> {
        Box::pin(async move { Ok(self.invite_as(client, &by, who, wish).await?) })
    }

    fn link(&self, client: ClientId, by: Manager, user: UserId, wish: Wish) -> Answer<'_, Handed> {
        Box::pin(async move { Ok(self.link_as(client, &by, user, wish).await?) })
    }

    fn token(&self) -> (String, [u8; 32]) {
        fresh_token()
    }
}

/// A fresh token of the REST interface, and what the database keeps of it.
pub(crate) fn fresh_token() -> (String, [u8; 32]) {
    let token = format!("{TOKEN_PREFIX}{}", random::token(32));
    let hash = token_hash(&token);
    (token, hash)
}
