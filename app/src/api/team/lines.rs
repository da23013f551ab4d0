//! What the functions about people do on the server.

use std::collections::HashSet;
use std::sync::Arc;

use domain::id::UserId;
use domain::mail::MailKind;
use domain::problem::Problem;
use domain::rights::{Right, Rights};
use domain::role::RoleCode;
use domain::text::{Email, Name};
use domain::time::show_time;
use store::accounts::NewUser;
use store::members::Member;
use store::roles::Role;

use super::{Invited, MemberLine, Team};
use crate::api::profiles::plain;
use crate::context::{Keys, Viewer, given, once, store, take_once};
use crate::error::AppError;
use crate::routes;

pub(super) async fn team(viewer: &Viewer) -> Result<Team, AppError> {
    let store = store();
    let (members, roles) = futures::try_join!(store.members(viewer.client), store.roles(viewer.client))?;
    let given = roles.iter().filter(|role| role.rights.within(viewer.rights));
    Ok(Team {
        roles: given.map(|role| (role.code.to_string(), role.label(viewer.lang))).collect(),
        members: members.into_iter().map(|member| line(member, &roles, viewer)).collect(),
        invited: take_once().as_deref().and_then(unfold),
    })
}

fn line(member: Member, roles: &[Role], viewer: &Viewer) -> MemberLine {
    let role = roles.iter().find(|role| role.code == member.role);
    let changeable = role.map_or(Rights::NONE, |role| role.rights).within(viewer.rights);
    let me = member.user == viewer.user;
    let linkable = changeable && !me && (!member.elsewhere || viewer.rights.has(Right::Clients)) && member.disabled_at.is_none();
    MemberLine {
        user: member.user,
        role_name: role.map_or_else(|| member.role.to_string(), |role| role.label(viewer.lang)),
        role: member.role.to_string(),
        disabled: member.disabled_at.is_some(),
        invited: member.invited,
        seen: member.seen_at.map(|at| show_time(at, viewer.lang, &viewer.zone)),
        me,
        changeable,
        linkable,
        resettable: linkable && member.second_factor,
        name: member.name,
        email: member.email,
    }
}

pub(super) async fn invite(viewer: &Viewer, email: &str, name: &str, role: &str) -> Result<Invited, AppError> {
    let refused = |problem| {
        plain::to(&format!("{}?new=1", routes::TEAM));
        problem
    };
    let email = Email::of_account(email).map_err(|problem| refused(AppError::invalid("email", problem)))?;
    let name = Name::parse(name).map_err(|problem| refused(AppError::invalid("name", problem)))?;
    let role = code(role).map_err(refused)?;
    let lang = store().client_settings(viewer.client).await?.lang;
    let new = NewUser { email: email.clone(), name: name.to_string(), password_hash: None, lang };
    let user = store().invite(viewer.client, viewer.rights, new, &role, viewer.wish()).await?;
    let member = store().member(viewer.client, user).await?;
    match member.invited {
        true => hand_over(viewer, &member, MailKind::Invitation).await,
        false => say(Invited { who: called(&member), link: None, mailed: None }),
    }
}

pub(super) async fn link(viewer: &Viewer, user: UserId) -> Result<Invited, AppError> {
    let store = store();
    let (member, roles) = futures::try_join!(store.member(viewer.client, user), store.roles(viewer.client))?;
    if !line(member.clone(), &roles, viewer).linkable {
        return Err(AppError::invalid("user", Problem::BeyondRights));
    }
    let kind = if member.invited { MailKind::Invitation } else { MailKind::Link };
    hand_over(viewer, &member, kind).await
}

/// Has a link made, which goes by mail or is shown.
async fn hand_over(viewer: &Viewer, member: &Member, kind: MailKind) -> Result<Invited, AppError> {
    let link = given::<Arc<dyn Keys>>()?.link(viewer.client, member.user, kind, viewer.wish()).await?;
    let mailed = link.is_none().then(|| (kind, member.email.clone()));
    say(Invited { who: called(member), link, mailed })
}

pub(super) async fn reset_factor(viewer: &Viewer, user: UserId) -> Result<(), AppError> {
    let store = store();
    let (member, roles) = futures::try_join!(store.member(viewer.client, user), store.roles(viewer.client))?;
    // Whoever could be reset so works for this client alone, or the viewer is an operator: as with links.
    if !line(member, &roles, viewer).linkable {
        return Err(AppError::invalid("user", Problem::BeyondRights));
    }
    store.reset_members_factor(viewer.client, viewer.rights, user, &viewer.wish()).await?;
    plain::to(routes::TEAM);
    Ok(())
}

/// A page without script shows the link once, after it was led back.
fn say(invited: Invited) -> Result<Invited, AppError> {
    if plain::is_plain() {
        let (kind, to) = invited.mailed.as_ref().map_or(("", ""), |(kind, to)| (kind.code(), to));
        once(&[&invited.who, invited.link.as_deref().unwrap_or_default(), kind, to].join("\n"));
        plain::to(routes::TEAM);
    }
    Ok(invited)
}

/// What [`say`] has put into one text.
fn unfold(text: &str) -> Option<Invited> {
    let [who, link, kind, to] = text.split('\n').collect::<Vec<_>>().try_into().ok()?;
    let link = Some(link.to_owned()).filter(|link| !link.is_empty());
    Some(Invited { who: who.to_owned(), link, mailed: MailKind::from_code(kind).map(|kind| (kind, to.to_owned())) })
}

/// Those for whom the viewer may make a sign-in link.
pub(in crate::api) async fn linkable(viewer: &Viewer) -> Result<HashSet<UserId>, AppError> {
    let store = store();
    let (members, roles) = futures::try_join!(store.members(viewer.client), store.roles(viewer.client))?;
    Ok(members.into_iter().map(|member| line(member, &roles, viewer)).filter(|line| line.linkable).map(|line| line.user).collect())
}

fn called(member: &Member) -> String {
    if member.name.is_empty() { member.email.clone() } else { member.name.clone() }
}

pub(super) async fn give_role(viewer: &Viewer, user: UserId, role: &str) -> Result<(), AppError> {
    store().set_role(viewer.client, viewer.rights, user, &code(role)?, viewer.wish()).await?;
    plain::to(routes::TEAM);
    Ok(())
}

pub(super) async fn disable(viewer: &Viewer, user: UserId, off: bool) -> Result<(), AppError> {
    store().set_disabled(viewer.client, viewer.rights, user, off, viewer.wish()).await?;
    plain::to(routes::TEAM);
    Ok(())
}

pub(super) async fn remove(viewer: &Viewer, user: UserId) -> Result<(), AppError> {
    store().remove_member(viewer.client, viewer.rights, user, viewer.wish()).await?;
    plain::to(routes::TEAM);
    Ok(())
}

fn code(role: &str) -> Result<RoleCode, AppError> {
    role.parse().map_err(|problem| AppError::invalid("role", problem))
}
