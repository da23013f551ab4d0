//! A filter becomes a condition; what a person typed is only ever bound.

use domain::field::{FieldDef, Internal, SqlType};
use domain::list::{Filter, Op, STATUS};
use domain::permission::Status;
use domain::pool::Pool;
use domain::value::Value;

use crate::db::Engine;
use crate::dialect;
use crate::pool_table::column;
use crate::profiles::columns::{status_rank, to_arg};
use crate::profiles::create::parse_plain;
use crate::search::postgres::pattern;
use crate::statement::{Arg, Statement};

/// The condition over `p` for all filters; none when there are none. Filters on fields that the
/// pool does not have are passed over.
pub(crate) fn of(engine: Engine, pool: &Pool, filters: &[Filter]) -> Option<Statement> {
    let mut out = Statement::default();
    for filter in filters {
        let condition = if filter.field == STATUS {
            status(pool, filter)
        } else {
            pool.field(&filter.field).map(|field| condition(engine, pool, field, filter))
        };
        if let Some(condition) = condition {
            out.push(if out.text.is_empty() { "(" } else { " and (" });
            out.append(condition).push(")");
        }
    }
    if out.text.is_empty() { None } else { Some(out) }
}

/// Where a field's value stands.
pub(crate) fn expression(field: &FieldDef) -> String {
    match field.internal {
        Some(Internal::ProfileId) => "p.profile_id".to_owned(),
        _ => format!("p.{}", column(field)),
    }
}

fn status(pool: &Pool, filter: &Filter) -> Option<Statement> {
    let wanted = Status::from_code(&filter.value)?;
    let rank = Status::ALL.into_iter().position(|status| status == wanted)?;
    let operator = match filter.op {
        Op::Is => "=",
        Op::IsNot => "<>",
        _ => return None,
    };
    let mut out = Statement::new(format!("{} {operator} ", status_rank(pool)));
    out.number(i64::try_from(rank).ok()?);
    Some(out)
}

fn condition(engine: Engine, pool: &Pool, field: &FieldDef, filter: &Filter) -> Statement {
    let at = expression(field);
    let mut out = Statement::default();
    match filter.op {
        Op::Empty => out.push(&format!("{at} is null")),
        Op::Filled => out.push(&format!("{at} is not null")),
        Op::Contains if field.kind.sql() == SqlType::Text => {
            for (nth, spelling) in spellings(&filter.value).into_iter().enumerate() {
                out.push(if nth == 0 { "(" } else { " or " }).push(&format!("{at} {} ", dialect::like_any_case(engine)));
                out.bind(pattern(&spelling)).push(" escape '\\'");
            }
            out.push(")")
        }
        _ if field.kind.sql() == SqlType::Set => set_condition(engine, pool, field, filter, &mut out),
        op => match parse_plain(field, &filter.value) {
            None => out.push(if op == Op::IsNot { "1 = 1" } else { "1 = 0" }),
            Some(value) => {
                let collate = if matches!(op, Op::Less | Op::Greater) { collation(engine, field) } else { "" };
                out.push(&format!("{at}{collate}{}", operator(op)));
                out.bind(to_arg(field.kind, Some(&value)))
            }
        },
    };
    out
}

/// SQLite knows capitals of ASCII only: everything else is asked for in small letters, in capitals, and as it was typed.
fn spellings(typed: &str) -> Vec<String> {
    let mut spellings = vec![typed.to_owned()];
    if !typed.is_ascii() {
        spellings.extend([typed.to_lowercase(), typed.to_uppercase()]);
        spellings.dedup();
    }
    spellings
}

fn operator(op: Op) -> &'static str {
    match op {
        Op::IsNot => " is distinct from ",
        Op::Less => " < ",
        Op::Greater => " > ",
        _ => " = ",
    }
}

/// The option is among those of the profile, or it is not.
fn set_condition<'s>(engine: Engine, pool: &Pool, field: &FieldDef, filter: &Filter, out: &'s mut Statement) -> &'s mut Statement {
    let option = match parse_plain(field, &filter.value) {
        Some(Value::Set(options)) => options.first().copied(),
        _ => None,
    };
    let Some(option) = option else {
        return out.push(if filter.op == Op::IsNot { "1 = 1" } else { "1 = 0" });
    };
    let choices = crate::pool_table::PoolTables::of(engine, pool.client, pool.id).choices();
    out.push(if filter.op == Op::IsNot { "p.profile_id not in " } else { "p.profile_id in " });
    out.push(&format!("(select profile_id from {choices} where field_id = {} and option_id = ", field.id));
    out.bind(Arg::Int(Some(option.get()))).push(")")
}

/// The order of texts; nothing for everything else, for codes and for addresses of machines.
pub(crate) fn collation(engine: Engine, field: &FieldDef) -> &'static str {
    if field.kind.sql() == SqlType::Text && !field.kind.has_fixed_list() { dialect::collate(engine) } else { "" }
}
