//! Whose profiles somebody reaches: those of a client, all or only those for whom a row rule holds.
//!
//! Whatever reads or changes profiles takes a [`Reach`] before everything else, as everything else takes a client: a
//! profile outside is "not found", and nothing that is counted, shown or told has it in it. The rule is asked in the
//! statement that reads or writes, never before it: who leaves the reach in between is not touched.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::condition::{Condition, Ready};
use domain::id::{ClientId, FieldId};
use domain::pool::Pool;
use domain::profile::Profile;
use domain::value::Value;
use serde::{Deserialize, Serialize};

use crate::condition::{self, Form};
use crate::db::Engine;
use crate::statement::Statement;

/// What somebody reaches. Cheap to clone; jobs keep the reach of whom they work for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Reach {
    client: ClientId,
    rule: Option<Arc<Condition>>,
}

/// How a reach is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    client: ClientId,
    rule: Option<Condition>,
}

impl Reach {
    /// All profiles of a client: administrators, the program itself, imports.
    #[must_use]
    pub const fn whole(client: ClientId) -> Self {
        Self { client, rule: None }
    }

    /// The profiles of a client for which a rule holds; none of a pool that can't answer it.
    #[must_use]
    pub const fn within(client: ClientId, rule: Arc<Condition>) -> Self {
        Self { client, rule: Some(rule) }
    }

    /// The profiles of a client, for whom a rule holds where there is one.
    #[must_use]
    pub fn of(client: ClientId, rule: Option<Arc<Condition>>) -> Self {
        Self { client, rule }
    }

    /// The client.
    #[must_use]
    pub const fn client(&self) -> ClientId {
        self.client
    }

    /// The rule, if there is one.
    #[must_use]
    pub fn rule(&self) -> Option<&Condition> {
        self.rule.as_deref()
    }

    /// Whether it is all profiles of the client.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.rule.is_none()
    }

    /// What it means in one pool, for many profiles of it.
    pub(crate) fn bounds<'p>(&self, pool: &'p Pool) -> Bounds<'p> {
        match self.rule().map(|rule| rule.on(pool)) {
            None => Bounds::Everybody,
            Some(Ok(ready)) => Bounds::These(ready),
            Some(Err(_)) => Bounds::Nobody,
        }
    }

    /// The condition over `p` for the profiles within, in brackets; none when it is all of them.
    pub(crate) fn condition(&self, engine: Engine, pool: &Pool, form: Form) -> Option<Statement> {
        self.rule().map(|rule| condition::of(engine, pool, rule, form))
    }

    /// Appends ` and (…)` for the profiles within, unless it is all of them, to a statement about some that are named.
    pub(crate) fn narrow(&self, statement: &mut Statement, engine: Engine, pool: &Pool) {
        if let Some(condition) = self.condition(engine, pool, Form::Check) {
            statement.push(" and ").append(condition);
        }
    }

    /// What answers for this rule are remembered by.
    pub(crate) fn key(&self) -> Option<String> {
        self.rule().map(ToString::to_string)
    }
}

/// A reach within one pool.
#[derive(Debug)]
pub(crate) enum Bounds<'p> {
    /// All its profiles.
    Everybody,
    /// Those for whom the rule holds.
    These(Ready<'p>),
    /// The pool can't answer the rule.
    Nobody,
}

impl Bounds<'_> {
    /// Whether a profile of the pool, read with all its fields, is within when it is changed so.
    pub(crate) fn hold(&self, pool: &Pool, profile: &Profile, changes: &BTreeMap<FieldId, Option<Value>>) -> bool {
        match self {
            Self::Everybody => true,
            Self::These(ready) => ready.holds(&profile.with(pool, changes)),
            Self::Nobody => false,
        }
    }
}

impl From<Kept> for Reach {
    fn from(kept: Kept) -> Self {
        Self { client: kept.client, rule: kept.rule.map(Arc::new) }
    }
}

impl From<Reach> for Kept {
    fn from(reach: Reach) -> Self {
        Self { client: reach.client, rule: reach.rule.map(Arc::unwrap_or_clone) }
    }
}
