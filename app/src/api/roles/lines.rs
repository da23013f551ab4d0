//! What the functions about roles do on the server.

use domain::condition::Condition;
use domain::rights::{Right, Rights};
use domain::role::RoleCode;
use domain::text::Name;
use store::roles::{Role, RoleWish};

use super::RoleLine;
use crate::api::profiles::plain;
use crate::context::{Viewer, store};
use crate::error::AppError;
use crate::routes;

pub(super) async fn roles(viewer: &Viewer) -> Result<Vec<RoleLine>, AppError> {
    Ok(store().roles(viewer.client).await?.into_iter().map(|role| line(role, viewer)).collect())
}

fn line(role: Role, viewer: &Viewer) -> RoleLine {
    RoleLine {
        name: role.label(viewer.lang),
        rights: role.rights,
        rule: role.rule.as_ref().map(ToString::to_string).unwrap_or_default(),
        members: role.members,
        ready: role.ready().is_some(),
        changed: role.changed,
        changeable: role.changeable_by(viewer.rights),
        code: role.code.to_string(),
    }
}

pub(super) async fn save(viewer: &Viewer, code: &str, name: &str, rights: &[String], rule: &str) -> Result<String, AppError> {
    let rights: Rights = rights.iter().filter_map(|code| Right::from_code(code)).collect();
    let rule = parse_rule(viewer, rule).await?;
    let code = if code.is_empty() {
        let name = Name::parse(name).map_err(|problem| AppError::invalid("name", problem))?;
        store().create_role(viewer.client, viewer.rights, &name, &RoleWish { name: None, rights, rule }, viewer.wish()).await?
    } else {
        let code: RoleCode = code.parse().map_err(|_| AppError::NotFound)?;
        // A ready role under its own name keeps speaking the language of whoever reads it.
        let own = code.ready().is_some_and(|ready| name.trim().is_empty() || name.trim() == ready.label(viewer.lang));
        let name = if own { None } else { Some(Name::parse(name).map_err(|problem| AppError::invalid("name", problem))?) };
        store().change_role(viewer.client, viewer.rights, &code, &RoleWish { name, rights, rule }, viewer.wish()).await?;
        code
    };
    plain::to(&routes::role(code.as_str()));
    Ok(code.to_string())
}

/// A rule as typed, if some pool can answer it.
async fn parse_rule(viewer: &Viewer, typed: &str) -> Result<Option<Condition>, AppError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let rule: Condition = typed.parse().map_err(|problem| AppError::invalid("rule", problem))?;
    store().check_rule(viewer.client, &rule).await?;
    Ok(Some(rule))
}

pub(super) async fn delete(viewer: &Viewer, code: &str) -> Result<(), AppError> {
    let code: RoleCode = code.parse().map_err(|_| AppError::NotFound)?;
    store().delete_role(viewer.client, viewer.rights, &code, viewer.wish()).await?;
    plain::to(routes::ROLES);
    Ok(())
}
