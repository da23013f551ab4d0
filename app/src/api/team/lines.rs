//! What the functions about people do on the server.

use std::sync::Arc;

use domain::id::UserId;
use domain::mail::MailKind;
use domain::role::RoleCode;
use domain::text::{Email, Name};
use domain::time::show_time;
use store::members::{Manager, Member};

use super::{Invited, MemberLine, Team};
use crate::api::profiles::plain;
use crate::context::{Handed, Keys, Newcomer, Viewer, given, once, store, take_once};
use crate::error::AppError;
use crate::routes;

pub(super) async fn team(viewer: &Viewer) -> Result<Team, AppError> {
    let store = store();
    let (members, roles) = futures::try_join!(store.members(viewer.client), store.roles(viewer.client))?;
    let (given, by) = (roles.iter().filter(|role| role.rights.within(viewer.rights)), viewer.manager());
    Ok(Team {
        roles: given.map(|role| (role.code.to_string(), role.label(viewer.lang))).collect(),
        members: members.into_iter().map(|member| line(member, &by, viewer)).collect(),
        invited: take_once().as_deref().and_then(unfold),
    })
}

fn line(member: Member, by: &Manager, viewer: &Viewer) -> MemberLine {
    MemberLine {
        user: member.user,
        role_name: member.role_label(viewer.lang),
        role: member.role.to_string(),
        disabled: member.disabled_at.is_some(),
        invited: member.invited,
        seen: member.seen_at.map(|at| show_time(at, viewer.lang, &viewer.zone)),
        me: member.user == by.user,
        changeable: member.changeable_by(by),
        linkable: member.linkable_by(by),
        resettable: member.resettable_by(by),
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
    let keys = given::<Arc<dyn Keys>>()?;
    Ok(say(keys.invite(viewer.client, viewer.manager(), Newcomer { email, name, role }, viewer.wish()).await?))
}

pub(super) async fn link(viewer: &Viewer, user: UserId) -> Result<Invited, AppError> {
    Ok(say(given::<Arc<dyn Keys>>()?.link(viewer.client, viewer.manager(), user, viewer.wish()).await?))
}

pub(super) async fn reset_factor(viewer: &Viewer, user: UserId) -> Result<(), AppError> {
    store().reset_members_factor(viewer.client, &viewer.manager(), user, &viewer.wish()).await?;
    plain::to(routes::TEAM);
    Ok(())
}

/// A page without script shows the link once, after it was led back.
fn say(handed: Handed) -> Invited {
    let mailed = handed.mailed.map(|kind| (kind, handed.member.email.clone()));
    let invited = Invited { who: handed.member.called().to_owned(), link: handed.link, mailed };
    if plain::is_plain() {
        let (kind, to) = invited.mailed.as_ref().map_or(("", ""), |(kind, to)| (kind.code(), to));
        once(&[&invited.who, invited.link.as_deref().unwrap_or_default(), kind, to].join("\n"));
        plain::to(routes::TEAM);
    }
    invited
}

/// What [`say`] has put into one text.
fn unfold(text: &str) -> Option<Invited> {
    let [who, link, kind, to] = text.split('\n').collect::<Vec<_>>().try_into().ok()?;
    let link = Some(link.to_owned()).filter(|link| !link.is_empty());
    Some(Invited { who: who.to_owned(), link, mailed: MailKind::from_code(kind).map(|kind| (kind, to.to_owned())) })
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
