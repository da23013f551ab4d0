//! People, roles and rights over the wire.

use app::context::Handed;
use domain::{lang::Lang, mail::MailKind, rights::Right, time::utc};
use serde::Serialize;
use serde_json::{Value, json};
use store::{
    members::{Manager, Member},
    roles::Role,
};
use utoipa::ToSchema;

/// The people of a client.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Members {
    pub(in crate::rest) items: Vec<MemberShape>,
}

/// Somebody who works for the client.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct MemberShape {
    #[schema(example = 3)]
    id: i64,
    /// Empty until the client knows it.
    #[schema(example = "Jana Ohm")]
    name: String,
    #[schema(example = "jana@example.com")]
    email: String,
    /// The code of their role.
    #[schema(example = "editor")]
    role: String,
    /// Its name, in the language asked for.
    #[schema(example = "Redaktion")]
    role_name: String,
    /// active; invited: has yet to choose a password, or to sign in at the provider; disabled
    #[schema(example = "active")]
    state: &'static str,
    /// When they last signed in, in UTC.
    #[schema(example = "2026-11-22T10:30:00.000Z")]
    seen_at: Option<String>,
    /// Whether signing in asks them for a second factor.
    second_factor: bool,
    /// Whether the caller may change them: their role allows no more than the caller's.
    changeable: bool,
    /// Whether the caller may make a sign-in link for them, or reset their second factor.
    linkable: bool,
}

impl MemberShape {
    pub(in crate::rest) fn of(member: &Member, by: &Manager, lang: Lang) -> Self {
        let state = match (member.disabled_at, member.invited) {
            (Some(_), _) => "disabled",
            (None, true) => "invited",
            (None, false) => "active",
        };
        Self {
            id: member.user.get(),
            name: member.name.clone(),
            email: member.email.clone(),
            role: member.role.to_string(),
            role_name: member.role_label(lang),
            state,
            seen_at: member.seen_at.map(utc),
            second_factor: member.second_factor,
            changeable: member.changeable_by(by),
            linkable: member.linkable_by(by),
        }
    }
}

/// Whom to invite.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct MemberInput {
    /// By which they sign in.
    #[schema(example = "jana@example.com")]
    email: String,
    /// Counts for people who are new here; others have said theirs.
    #[schema(example = "Jana Ohm")]
    name: String,
    /// The code of a role that allows no more than the caller's.
    #[schema(example = "editor")]
    role: String,
}

/// What of a member changes.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct MemberPatchInput {
    /// The code of another role.
    #[schema(example = "viewer")]
    role: Option<String>,
    /// Whether they may not sign in. Their sessions end, and their tokens open nothing as long as it is so.
    #[schema(example = false)]
    disabled: Option<bool>,
}

/// How somebody gets in.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct HandedShape {
    member: MemberShape,
    /// A sign-in link to be handed over, told this once; it works once, for 48 hours. `null` for somebody who signs in already,
    /// and where it goes by mail.
    #[schema(example = "https://lagune.example.com/sign-in/link?token=q3J…")]
    link: Option<String>,
    /// The mail that is on its way: invitation, link
    #[schema(example = json!(null))]
    mailed: Option<&'static str>,
}

impl HandedShape {
    pub(in crate::rest) fn of(handed: Handed, by: &Manager, lang: Lang) -> Self {
        let member = MemberShape::of(&handed.member, by, lang);
        Self { member, link: handed.link, mailed: handed.mailed.map(MailKind::code) }
    }
}

/// All roles of a client.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Roles {
    pub(in crate::rest) items: Vec<RoleShape>,
}

/// A role.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct RoleShape {
    /// By which everything names it, the same for ever.
    #[schema(example = "aussendienst")]
    code: String,
    /// What people call it, in the language asked for where it comes with Lagune.
    #[schema(example = "Außendienst")]
    name: String,
    /// Codes of `GET /rights`.
    #[schema(example = json!(["profiles.see", "profiles.edit", "pools.see"]))]
    rights: Vec<&'static str>,
    /// To which profiles it is limited, see docs/conditions.md; `null`: all.
    #[schema(example = "COUNTRY = \"AT\"")]
    rule: Option<String>,
    /// The same as a tree.
    #[schema(value_type = Option<Object>, example = json!({"compare": {"field": "COUNTRY", "op": "is", "values": ["AT"]}}))]
    rule_tree: Value,
    /// How many people have it.
    #[schema(example = 4)]
    members: u64,
    /// Whether it comes with every client.
    ready: bool,
    /// Whether the client chose its rights or name.
    changed: bool,
    /// Whether the caller may change it: it is not fixed, and allows no more than the caller.
    changeable: bool,
}

impl RoleShape {
    pub(in crate::rest) fn of(role: &Role, by: &Manager, lang: Lang) -> Self {
        Self {
            code: role.code.to_string(),
            name: role.label(lang),
            rights: role.rights.iter().map(Right::code).collect(),
            rule: role.rule.as_ref().map(ToString::to_string),
            rule_tree: json!(role.rule),
            members: role.members,
            ready: role.ready().is_some(),
            changed: role.changed,
            changeable: role.changeable_by(by.rights),
        }
    }
}

/// What a role is made with.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct RoleInput {
    /// Once per client.
    #[schema(example = "Außendienst")]
    name: String,
    /// Codes of `GET /rights`. One that needs another which is missing, or does not go with a rule, is left out.
    #[schema(example = json!(["profiles.see", "profiles.edit", "pools.see"]))]
    rights: Vec<String>,
    /// To which profiles it is limited, see docs/conditions.md; left out or `null`: all.
    #[schema(example = "COUNTRY = \"AT\"")]
    rule: Option<String>,
    /// The same as a tree, instead of `rule`.
    #[schema(value_type = Option<Object>, example = json!(null))]
    rule_tree: Option<Value>,
}

/// What of a role changes.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct RolePatchInput {
    /// `null` gives a role that comes with Lagune its own name back.
    #[schema(example = "Außendienst Süd")]
    name: Option<String>,
    /// All its rights from now on.
    #[schema(example = json!(["profiles.see", "pools.see"]))]
    rights: Option<Vec<String>>,
    /// `null`: all profiles.
    #[schema(example = json!(null))]
    rule: Option<String>,
    /// The same as a tree, instead of `rule`.
    #[schema(value_type = Option<Object>, example = json!({"compare": {"field": "COUNTRY", "op": "is", "values": ["AT"]}}))]
    rule_tree: Option<Value>,
}

/// All rights there are.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct RightsList {
    pub(in crate::rest) items: Vec<RightShape>,
}

/// A right.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct RightShape {
    #[schema(example = "profiles.edit")]
    code: &'static str,
    /// What it allows, in the language asked for.
    #[schema(example = "Profile: Bearbeiten")]
    label: String,
    /// The right without which it is worth nothing.
    #[schema(example = "profiles.see")]
    needs: Option<&'static str>,
    /// Whether it may go along with a rule that limits a role to some profiles.
    fits_rule: bool,
}

impl RightShape {
    pub(in crate::rest) fn of(right: Right, lang: Lang) -> Self {
        Self { code: right.code(), label: right.label(lang), needs: right.needs().map(Right::code), fits_rule: right.fits_rule() }
    }
}
