//! What outlives profiles that are gone for good: what they had consented to.

use std::collections::HashMap;

use domain::id::{ClientId, PoolId};
use domain::permission::Permission;
use domain::pool::Pool;
use domain::restore::Consent;

use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::read::one_of;
use crate::row::Row;
use crate::statement::{Arg, Statement};
use crate::tx::Tx;

/// A profile that goes for good.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gone {
    /// Its id, which no other one gets.
    pub(crate) id: i64,
    /// What it had consented to.
    pub(crate) consent: Consent,
}

impl Gone {
    /// From a row of `profile_id, permission, unsubscribed, no_tracking`.
    pub(crate) fn read(row: &Row) -> Result<Self> {
        let permission = Permission::from_number(row.int(1)?).unwrap_or(Permission::None);
        Ok(Self { id: row.int(0)?, consent: Consent { permission, unsubscribed: row.bool(2)?, no_tracking: row.bool(3)? } })
    }
}

impl Tx {
    /// Keeps what these profiles had consented to, which are removed in this transaction.
    pub(crate) async fn note_gone(&mut self, client: ClientId, pool: PoolId, gone: &[Gone]) -> Result<()> {
        const INTO: &str = "insert into gone_profiles (client_id, pool_id, profile_id, permission, unsubscribed, no_tracking) values ";
        // One that a backup brought back may go again.
        const AGAIN: &str = " on conflict (pool_id, profile_id) do update set permission = excluded.permission,
            unsubscribed = excluded.unsubscribed, no_tracking = excluded.no_tracking";
        for part in gone.chunks(2_000) {
            let mut statement = Statement::new(INTO);
            let values = part.iter().map(|Gone { id, consent }| -> [Arg; 6] {
                let permission = consent.permission.number().into();
                [client.into(), pool.into(), (*id).into(), permission, consent.unsubscribed.into(), consent.no_tracking.into()]
            });
            statement.bind_rows(self.engine(), values);
            statement.push(AGAIN);
            self.run(statement).await?;
        }
        Ok(())
    }
}

/// Asks what those of these profiles had consented to that are gone for good.
pub(crate) fn asked(pool: &Pool, tables: &PoolTables, ids: &[i64]) -> Statement {
    let mut statement =
        Statement::new("select profile_id, permission, unsubscribed, no_tracking from gone_profiles where pool_id = $1 and profile_id")
            .arg(pool.id);
    one_of(&mut statement, tables, ids);
    statement
}

/// The answer, by profile.
pub(crate) fn answered(rows: &[Row]) -> Result<HashMap<i64, Consent>> {
    rows.iter().map(|row| Gone::read(row).map(|gone| (gone.id, gone.consent))).collect()
}
