//! Somebody who works for a client, and what may be done with them.

use domain::id::UserId;
use domain::lang::Lang;
use domain::mail::MailKind;
use domain::rights::{Right, Rights};
use domain::role::RoleCode;
use domain::time::Millis;

use crate::error::Result;
use crate::roles::{ROLE_OF, code, label, rights};
use crate::row::Row;

/// Somebody who works for a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// As others see them; empty until they said it, and until they first came in where they were known elsewhere before.
    pub name: String,
    /// By which they sign in.
    pub email: String,
    /// Their role.
    pub role: RoleCode,
    /// The name that the client gave it; none: the one that comes with the program.
    pub role_name: Option<String>,
    /// What it allows.
    pub role_rights: Rights,
    /// Since when they may not sign in here.
    pub disabled_at: Option<Millis>,
    /// When they last signed in, for whichever client; none also as long as the client does not know their name.
    pub seen_at: Option<Millis>,
    /// Whether they have yet to choose a password, or to sign in at the provider.
    pub invited: bool,
    /// Whether they work for other clients too.
    pub elsewhere: bool,
    /// Whether signing in asks them for a second factor: an app that shows codes, or a passkey.
    pub second_factor: bool,
}

/// Somebody who manages the users of a client: who they are, and what they may do themselves.
#[derive(Clone, Copy, Debug)]
pub struct Manager {
    /// The person, also behind a token.
    pub user: UserId,
    /// What they may do; of a token what that may.
    pub rights: Rights,
}

impl Member {
    /// What people call their role.
    #[must_use]
    pub fn role_label(&self, lang: Lang) -> String {
        label(&self.role, self.role_name.as_deref(), lang)
    }

    /// What people call them: their name, or their address until they said it.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }

    /// Whether somebody may change them: their role allows no more than theirs.
    #[must_use]
    pub fn changeable_by(&self, by: &Manager) -> bool {
        self.role_rights.within(by.rights)
    }

    /// Whether somebody may make a sign-in link for them: another person, who works for this client alone. A link for who
    /// works for others too would open those; an operator may for all.
    #[must_use]
    pub fn linkable_by(&self, by: &Manager) -> bool {
        let alone = !self.elsewhere || by.rights.has(Right::Clients);
        self.changeable_by(by) && self.user != by.user && alone && self.disabled_at.is_none()
    }

    /// Whether somebody may reset their second factor: there is one, and as with a link.
    #[must_use]
    pub fn resettable_by(&self, by: &Manager) -> bool {
        self.second_factor && self.linkable_by(by)
    }

    /// What a link for them is about.
    #[must_use]
    pub fn link_kind(&self) -> MailKind {
        if self.invited { MailKind::Invitation } else { MailKind::Link }
    }
}

/// That the user `u` can sign in without a link: by a password, at the provider, or by a passkey.
pub(crate) const HAS_A_WAY_IN: &str = "(u.password_hash is not null
    or exists (select 1 from identities i where i.user_id = u.id)
    or exists (select 1 from passkeys k where k.user_id = u.id))";

/// The members of the client `$1`.
pub(super) fn members() -> String {
    format!(
        "select m.user_id, case when m.known_since is null then '' else u.name end, u.email, m.role, m.disabled_at,
            case when m.known_since is null then null else u.seen_at end,
            not {HAS_A_WAY_IN},
            exists (select 1 from memberships o where o.user_id = m.user_id and o.client_id <> m.client_id),
            exists (select 1 from second_factors f where f.user_id = m.user_id and f.confirmed_at is not null)
                or exists (select 1 from passkeys p where p.user_id = m.user_id),
            r.name, r.rights
        from memberships m
        join users u on u.id = m.user_id
        {ROLE_OF}
        where m.client_id = $1"
    )
}

pub(super) fn member(row: &Row) -> Result<Member> {
    let role = code(&row.text(3)?)?;
    Ok(Member {
        user: UserId::new(row.int(0)?),
        name: row.text(1)?,
        email: row.text(2)?,
        role_name: row.opt_text(9)?,
        role_rights: rights(&role, row.opt_text(10)?.as_deref()),
        role,
        disabled_at: row.opt_int(4)?.map(Millis::new),
        seen_at: row.opt_int(5)?.map(Millis::new),
        invited: row.bool(6)?,
        elsewhere: row.bool(7)?,
        second_factor: row.bool(8)?,
    })
}
