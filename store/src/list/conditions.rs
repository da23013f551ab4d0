//! The filters of a list: each a comparison that may fit the pool or not.

use domain::condition::{Ask, Ready, Side, Subject, Test, needle};
use domain::field::SqlType;
use domain::list::{Filter, Op, STATUS};
use domain::permission::Status;
use domain::pool::Pool;
use domain::problem::Problem;
use domain::value::{Value, from_plain};

use crate::Reach;
use crate::condition::{self, EVERYBODY, Form, NOBODY, collation, of_test};
use crate::db::Engine;
use crate::statement::Statement;

/// What a list lets through, in the two forms that conditions have; each may be joined by "and".
#[derive(Clone, Debug, Default)]
pub(crate) struct Filters {
    pub(crate) lead: Statement,
    pub(crate) check: Statement,
    /// Whether one of them demands a single value of a column, whose index holds the profiles in the order of their ids.
    pub(crate) in_order: bool,
}

impl Filters {
    /// What the filters and the reader's reach let through; none when it is everybody. Filters on fields that the pool does
    /// not have are passed over: an address may be older than the pool's shape.
    pub(crate) fn of(engine: Engine, pool: &Pool, filters: &[Filter], reach: &Reach) -> Option<Self> {
        let mut out: Option<Self> = None;
        for filter in filters {
            let Some(subject) = subject(pool, filter) else { continue };
            let out = out.get_or_insert_default();
            match ask(subject, filter) {
                Some(ask) => {
                    let (test, yes) = (Test { subject, ask }, !matches!(filter.op, Op::IsNot | Op::Filled));
                    out.in_order |= yes && test.single().is_some_and(|field| collation(engine, field).is_empty());
                    out.and(|form| of_test(engine, pool, &test, yes, form));
                }
                // Nobody has a value that the field can't have.
                None => out.and(|_| Statement::new(if filter.op == Op::IsNot { EVERYBODY } else { NOBODY })),
            }
        }
        if let Some(rule) = reach.rule() {
            let out = out.get_or_insert_default();
            out.in_order |= rule.on(pool).is_ok_and(|rule| demands_one(&rule, engine));
            out.and(|form| condition::of(engine, pool, rule, form));
        }
        out
    }

    /// Adds a condition.
    pub(crate) fn and(&mut self, condition: impl Fn(Form) -> Statement) {
        for (out, form) in [(&mut self.lead, Form::Lead), (&mut self.check, Form::Check)] {
            out.push(if out.text.is_empty() { "" } else { " and " }).append(condition(form));
        }
    }

    /// The conditions in one form.
    pub(crate) fn form(&self, form: Form) -> &Statement {
        match form {
            Form::Lead => &self.lead,
            Form::Check => &self.check,
        }
    }
}

/// Whether all for whom it holds have a certain value in a column that is sorted as it is compared.
fn demands_one(ready: &Ready<'_>, engine: Engine) -> bool {
    match ready {
        Ready::All(parts) => parts.iter().any(|part| demands_one(part, engine)),
        Ready::Test(test) => test.single().is_some_and(|field| collation(engine, field).is_empty()),
        _ => false,
    }
}

/// What a filter is about; none when it says nothing.
fn subject<'p>(pool: &'p Pool, filter: &Filter) -> Option<Subject<'p>> {
    if filter.field != STATUS {
        return pool.field(&filter.field).map(Subject::Field);
    }
    let says = matches!(filter.op, Op::Is | Op::IsNot) && Status::from_code(&filter.value).is_some();
    says.then_some(Subject::Status)
}

/// The question whose answer is yes for the hits, or no for "is not" and "filled".
fn ask(subject: Subject<'_>, filter: &Filter) -> Option<Ask> {
    let field = match subject {
        Subject::Status => {
            let place = Status::ALL.into_iter().zip(0..).find(|(status, _)| status.code() == filter.value)?.1;
            return Some(Ask::OneOf(vec![Value::Int(place)]));
        }
        Subject::Field(field) => field,
    };
    match filter.op {
        Op::Empty | Op::Filled => Some(Ask::Empty),
        Op::Contains if field.kind.sql() == SqlType::Text => match needle(&filter.value) {
            Ok(needle) => Some(Ask::Contains(needle)),
            // Nothing typed yet occurs in every text.
            Err(Problem::Required) => Some(Ask::Contains(String::new())),
            Err(_) => None,
        },
        op => compared(op, from_plain(field, &filter.value).ok().flatten()?),
    }
}

fn compared(op: Op, value: Value) -> Option<Ask> {
    Some(match (op, value) {
        // Of several options the first counts.
        (_, Value::Set(options)) => Ask::AnyOf(vec![*options.first()?]),
        (Op::Less, value) => Ask::Order(Side::Less, value),
        (Op::Greater, value) => Ask::Order(Side::Greater, value),
        (_, value) => Ask::OneOf(vec![value]),
    })
}
