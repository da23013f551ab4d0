//! What a role comes to for somebody who has it.

use std::sync::Arc;

use domain::condition::Condition;
use domain::id::{ClientId, UserId};
use domain::rights::Rights;
use domain::role::RoleCode;

use super::code;
use crate::Store;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::statement::Statement;

/// What somebody may do within a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Their role.
    pub role: RoleCode,
    /// Its rights, those left out that are worth nothing.
    pub rights: Rights,
    /// To which profiles it is limited; none: all.
    pub rule: Option<Arc<Condition>>,
}

impl Granted {
    /// Reads `m.role, r.rights, r.rule` from a column on, `r` being the role's row if it has one ([`ROLE_OF`]).
    pub(crate) fn read(row: &Row, column: usize) -> Result<Self> {
        let role = code(&row.text(column)?)?;
        let rights = rights(&role, row.opt_text(column + 1)?.as_deref());
        let rule = row.opt_text(column + 2)?.map(|json| read_rule(&json)).transpose()?.map(Arc::new);
        Ok(Self { role, rights: if rule.is_some() { rights.within_rule() } else { rights }, rule })
    }
}

impl Store {
    /// What somebody may do within a client today, outside of any session; none where they work for it no longer.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn granted(&self, client: ClientId, user: UserId) -> Result<Option<Granted>> {
        let sql = format!(
            "select m.role, r.rights, r.rule from memberships m {ROLE_OF}
            where m.client_id = $1 and m.user_id = $2 and m.disabled_at is null"
        );
        let row = self.db().row(Statement::new(sql).arg(client).arg(user)).await?;
        row.map(|row| Granted::read(&row, 0)).transpose()
    }
}

/// Joins the row of a membership's role, where it has one.
pub(crate) const ROLE_OF: &str = "left join roles r on r.client_id = m.client_id and r.code = m.role";

/// Rights as they are stored; ready roles have those of the program unless the client chose others, unknown roles none.
pub(crate) fn rights(code: &RoleCode, stored: Option<&str>) -> Rights {
    match (code.ready(), stored) {
        (Some(ready), _) if ready.is_fixed() => ready.rights(),
        (_, Some(stored)) => Rights::from_codes(stored).effective(),
        (Some(ready), None) => ready.rights(),
        (None, None) => Rights::NONE,
    }
}

/// A rule as it is stored. One that can't be read lets nobody see anything, rather than everything.
pub(super) fn read_rule(json: &str) -> Result<Condition> {
    serde_json::from_str(json).map_err(|_| StoreError::Corrupt("the rule of a role".to_owned()))
}
