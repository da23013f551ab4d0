//! Whether a condition holds for a profile, found out without a database: what the store's answers are held against.

use super::letters::{begins, contains};
use super::{Ask, Condition, Ready, Side, Subject, Test};
use crate::field::Internal;
use crate::permission::Status;
use crate::pool::Pool;
use crate::profile::Profile;
use crate::value::{Value, compare};

impl Condition {
    /// Whether it holds for a profile, read with all its fields. For none of a pool that can't answer it.
    pub fn matches(&self, pool: &Pool, profile: &Profile) -> bool {
        self.on(pool).is_ok_and(|ready| ready.holds(profile))
    }
}

impl Ready<'_> {
    /// Whether it holds for a profile of the pool, read with all its fields.
    pub fn holds(&self, profile: &Profile) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(profile)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(profile)),
            Self::Not(part) => !part.holds(profile),
            Self::Test(test) => test.holds(profile),
        }
    }
}

impl Test<'_> {
    fn holds(&self, profile: &Profile) -> bool {
        match (self.value(profile), &self.ask) {
            (value, Ask::Empty) => value.is_none(),
            (None, _) => false,
            (Some(value), Ask::OneOf(values)) => values.contains(&value),
            (Some(value), Ask::Order(side, bound)) => self.stands(*side, &value, bound),
            (Some(Value::Text(text)), Ask::Contains(needle)) => contains(&text, needle),
            (Some(Value::Text(text)), Ask::Begins(needle)) => begins(&text, needle),
            (Some(Value::Set(chosen)), Ask::AnyOf(options)) => options.iter().any(|option| chosen.contains(option)),
            (Some(Value::Set(chosen)), Ask::AllOf(options)) => options.iter().all(|option| chosen.contains(option)),
            (Some(_), _) => false,
        }
    }

    fn value(&self, profile: &Profile) -> Option<Value> {
        match self.subject {
            Subject::Status => Status::ALL.into_iter().zip(0..).find(|(status, _)| *status == profile.status).map(|(_, n)| Value::Int(n)),
            Subject::Field(field) if field.internal == Some(Internal::ProfileId) => Some(Value::Int(profile.id.get())),
            Subject::Field(field) => profile.value(field.id).cloned(),
        }
    }

    fn stands(&self, side: Side, value: &Value, bound: &Value) -> bool {
        let Subject::Field(field) = self.subject else { return false };
        let order = compare(field.kind, value, bound);
        match side {
            Side::Less => order.is_lt(),
            Side::AtMost => order.is_le(),
            Side::Greater => order.is_gt(),
            Side::AtLeast => order.is_ge(),
        }
    }
}
