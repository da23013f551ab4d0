//! What a role shall be, or what of it changes.

use domain::condition::Condition;
use domain::rights::{Right, Rights};
use domain::text::Name;
use serde_json::{Value, json};

/// What a role shall be.
#[derive(Clone, Debug)]
pub struct RoleWish {
    /// What people call it; none leaves a ready role its name.
    pub name: Option<Name>,
    /// What it allows.
    pub rights: Rights,
    /// To which profiles it is limited; none: all.
    pub rule: Option<Condition>,
}

impl RoleWish {
    /// The same without rights that are worth nothing, because one that they need is missing or a rule does not go with them.
    #[must_use]
    pub(super) fn fitting(self) -> Self {
        let rights = if self.rule.is_some() { self.rights.within_rule() } else { self.rights.effective() };
        Self { rights, ..self }
    }
}

/// What of a role changes; none leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct RolePatch {
    /// Another name; no name gives a ready role its own back.
    pub name: Option<Option<Name>>,
    /// Other rights.
    pub rights: Option<Rights>,
    /// Another rule, or none.
    pub rule: Option<Option<Condition>>,
}

impl From<&RoleWish> for RolePatch {
    fn from(to: &RoleWish) -> Self {
        Self { name: Some(to.name.clone()), rights: Some(to.rights), rule: Some(to.rule.clone()) }
    }
}

impl RolePatch {
    pub(super) fn of(self, was: RoleWish) -> RoleWish {
        let RoleWish { name, rights, rule } = was;
        RoleWish { name: self.name.unwrap_or(name), rights: self.rights.unwrap_or(rights), rule: self.rule.unwrap_or(rule) }.fitting()
    }
}

/// What the audit log tells of a role.
pub(super) fn told(role: &RoleWish) -> Value {
    let rights: Vec<&str> = role.rights.iter().map(Right::code).collect();
    let rule = role.rule.as_ref().map(ToString::to_string);
    json!({ "name": role.name.as_ref().map(Name::as_str), "rights": rights, "rule": rule })
}

pub(super) fn stored_rule(to: &RoleWish) -> Option<String> {
    to.rule.as_ref().and_then(|rule| serde_json::to_string(rule).ok())
}
