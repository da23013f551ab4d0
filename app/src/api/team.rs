//! The people of a client: who they are, which role they have, how they come in and go.

use domain::id::UserId;
use domain::mail::MailKind;
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// The people of a client, and the roles that they can be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Everybody, by name.
    pub members: Vec<MemberLine>,
    /// The roles that the viewer can give: code and name.
    pub roles: Vec<(String, String)>,
    /// What came of an invitation or link that a page without script asked for just now.
    pub invited: Option<Invited>,
}

/// Somebody who works for the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    /// Who.
    pub user: UserId,
    /// Their name; empty until they said it.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The code of their role.
    pub role: String,
    /// Its name.
    pub role_name: String,
    /// Whether they may not sign in.
    pub disabled: bool,
    /// Whether they have yet to choose a password.
    pub invited: bool,
    /// When they last signed in, in the viewer's language.
    pub seen: Option<String>,
    /// Whether it is the viewer.
    pub me: bool,
    /// Whether the viewer may change them: their role allows no more than the viewer's.
    pub changeable: bool,
    /// Whether the viewer may make a sign-in link for them: they work for this client alone.
    pub linkable: bool,
    /// Whether the viewer may reset their second factor: there is one, and as with a link.
    pub resettable: bool,
}

/// What came of an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Their name or address.
    pub who: String,
    /// The link that lets them in, to be handed over; none for somebody who signs in already, or who gets it by mail.
    pub link: Option<String>,
    /// The mail that is on its way, and to which address.
    pub mailed: Option<(MailKind, String)>,
}

/// Everybody who works for the client.
#[server(prefix = "/api", endpoint = "team/members", output = Postcard)]
pub async fn show_team() -> Result<Team, AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::team(&viewer).await
}

/// Invite somebody.
#[server(prefix = "/api", endpoint = "team/invite", output = Postcard)]
pub async fn invite(
    #[server(default)] email: String,
    #[server(default)] name: String,
    #[server(default)] role: String,
) -> Result<Invited, AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::invite(&viewer, &email, &name, &role).await
}

/// Make a sign-in link for somebody who forgot their password or let the first one run out.
#[server(prefix = "/api", endpoint = "team/link", output = Postcard)]
pub async fn make_link(user: UserId) -> Result<Invited, AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::link(&viewer, user).await
}

/// Take the second factor of somebody away who lost their phone.
#[server(prefix = "/api", endpoint = "team/reset_factor", output = Postcard)]
pub async fn reset_factor(user: UserId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::reset_factor(&viewer, user).await
}

/// Give somebody another role.
#[server(prefix = "/api", endpoint = "team/role", output = Postcard)]
pub async fn give_role(user: UserId, role: String) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::give_role(&viewer, user, &role).await
}

/// Let somebody sign in no longer, or again.
#[server(prefix = "/api", endpoint = "team/disable", output = Postcard)]
pub async fn disable(user: UserId, #[server(default)] off: bool) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::disable(&viewer, user, off).await
}

/// Take somebody out of the client.
#[server(prefix = "/api", endpoint = "team/remove", output = Postcard)]
pub async fn remove_member(user: UserId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::remove(&viewer, user).await
}
