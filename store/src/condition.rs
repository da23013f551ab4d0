//! A condition becomes SQL over `p`, the same for both engines: the one place that knows how a field is compared.
//!
//! Every text that is made here is either true or false, or, where it is not negated, unknown for an empty field, which
//! a `where` takes for false. A "not" is therefore never written before something else: it moves down to the
//! comparisons, each of which has a form of its own for "empty or otherwise", which an index may answer.

mod pattern;

use domain::condition::{Ask, Condition, Ready, Side, Subject, Test};
use domain::field::{FieldDef, Internal, SqlType};
use domain::id::OptionId;
use domain::pool::Pool;
use domain::value::Value;

use crate::db::Engine;
use crate::dialect;
use crate::pool_table::{PoolTables, column};
use crate::profiles::columns::{status_rank, to_arg};
use crate::statement::{Arg, Statement};

/// So many options of one profile are asked for one by one, which lets an engine begin with the rarest.
const ONE_BY_ONE: usize = 16;

/// What holds for nobody.
pub(crate) const NOBODY: &str = "1 = 0";

/// What holds for everybody.
pub(crate) const EVERYBODY: &str = "1 = 1";

/// How a condition takes part in a statement. PostgreSQL finds out by itself what to begin with; SQLite believes that
/// hardly anybody has a certain value as soon as there is an index of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// It may be where the statement begins: for counting, and where hardly anybody is found.
    Lead,
    /// It is asked of one profile after the other.
    Check,
}

/// The profiles of a pool for which a condition holds, in brackets; nobody where the pool can't answer it.
pub(crate) fn of(engine: Engine, pool: &Pool, condition: &Condition, form: Form) -> Statement {
    let mut writer = Writer { engine, pool, form, out: Statement::default() };
    writer.out.push("(");
    match condition.on(pool) {
        Ok(ready) => writer.write(&ready, true),
        Err(_) => _ = writer.out.push(NOBODY),
    }
    writer.close()
}

/// The profiles for which the answer to one question is yes, or is not; in brackets.
pub(crate) fn of_test(engine: Engine, pool: &Pool, test: &Test<'_>, yes: bool, form: Form) -> Statement {
    let mut writer = Writer { engine, pool, form, out: Statement::default() };
    writer.out.push("(");
    writer.test(test, yes);
    writer.close()
}

/// Where a field's value stands.
pub(crate) fn expression(field: &FieldDef) -> String {
    match field.internal {
        Some(Internal::ProfileId) => "p.profile_id".to_owned(),
        _ => format!("p.{}", column(field)),
    }
}

/// The order of texts; nothing for everything else, for codes and for addresses of machines.
pub(crate) fn collation(engine: Engine, field: &FieldDef) -> &'static str {
    if field.kind.sql() == SqlType::Text && !field.kind.has_fixed_list() { dialect::collate(engine) } else { "" }
}

struct Writer<'a> {
    engine: Engine,
    pool: &'a Pool,
    form: Form,
    out: Statement,
}

impl Writer<'_> {
    fn close(mut self) -> Statement {
        let asked_of_each = self.engine == Engine::Sqlite && self.form == Form::Check;
        self.out.push(if asked_of_each { ") is true" } else { ")" });
        self.out
    }

    fn write(&mut self, ready: &Ready<'_>, yes: bool) {
        match ready {
            // Not all: one of them not.
            Ready::All(parts) => self.joined(parts, yes, yes),
            Ready::Any(parts) => self.joined(parts, !yes, yes),
            Ready::Not(part) => self.write(part, !yes),
            Ready::Test(test) => self.test(test, yes),
        }
    }

    fn joined(&mut self, parts: &[Ready<'_>], all: bool, yes: bool) {
        if parts.is_empty() {
            self.out.push(if all { EVERYBODY } else { NOBODY });
        }
        for (nth, part) in parts.iter().enumerate() {
            self.out.push(match (nth, all) {
                (0, _) => "(",
                (_, true) => " and (",
                (_, false) => " or (",
            });
            self.write(part, yes);
            self.out.push(")");
        }
    }

    fn test(&mut self, test: &Test<'_>, yes: bool) {
        let field = match test.subject {
            Subject::Status => return self.status(&test.ask, yes),
            Subject::Field(field) => field,
        };
        let at = expression(field);
        match &test.ask {
            Ask::Empty => {
                self.out.push(&at).push(if yes { " is null" } else { " is not null" });
            }
            Ask::AnyOf(options) => self.chosen(field, options, false, yes),
            Ask::AllOf(options) if options.len() <= ONE_BY_ONE => {
                for (nth, option) in options.iter().enumerate() {
                    self.out.push(match (nth, yes) {
                        (0, _) => "",
                        (_, true) => " and ",
                        (_, false) => " or ",
                    });
                    self.chosen(field, &[*option], false, yes);
                }
            }
            Ask::AllOf(options) => self.chosen(field, options, true, yes),
            Ask::OneOf(values) => match (values.as_slice(), yes) {
                ([value], yes) => {
                    self.out.push(&at).push(if yes { " = " } else { " is distinct from " });
                    self.out.bind(to_arg(field.kind, Some(value)));
                }
                (values, yes) => self.or_empty(&at, yes, |writer| {
                    writer.out.push(&at);
                    writer.one_of(field.kind.sql(), values);
                }),
            },
            Ask::Order(side, bound) => self.or_empty(&at, yes, |writer| {
                writer.out.push(&at).push(collation(writer.engine, field)).push(match side {
                    Side::Less => " < ",
                    Side::AtMost => " <= ",
                    Side::Greater => " > ",
                    Side::AtLeast => " >= ",
                });
                writer.out.bind(to_arg(field.kind, Some(bound)));
            }),
            Ask::Contains(needle) => self.or_empty(&at, yes, |writer| pattern::push(&mut writer.out, writer.engine, &at, needle, true)),
            Ask::Begins(needle) => self.or_empty(&at, yes, |writer| pattern::push(&mut writer.out, writer.engine, &at, needle, false)),
        }
    }

    /// What is unknown for an empty field, or its opposite, which holds for an empty one too.
    fn or_empty(&mut self, at: &str, yes: bool, write: impl FnOnce(&mut Self)) {
        if yes {
            return write(self);
        }
        self.out.push(&format!("{at} is null or not ("));
        write(self);
        self.out.push(")");
    }

    /// The status is never unknown.
    fn status(&mut self, ask: &Ask, yes: bool) {
        match ask {
            Ask::OneOf(places) => {
                self.out.push(if yes { "((" } else { "not ((" }).push(&status_rank(self.pool)).push(")");
                self.one_of(SqlType::Integer, places);
                self.out.push(")");
            }
            _ => _ = self.out.push(if yes { NOBODY } else { EVERYBODY }),
        }
    }

    /// ` in (…)` with all values bound as one argument.
    fn one_of(&mut self, sql: SqlType, values: &[Value]) {
        let place = format!("${}", self.out.args.len() + 1);
        self.out.push(&dialect::is_one_of(self.engine, &place));
        self.out.args.push(match sql {
            SqlType::Text | SqlType::Set => Arg::TextArray(values.iter().map(text).collect()),
            SqlType::Integer | SqlType::Boolean => Arg::IntArray(values.iter().map(number).collect()),
        });
    }

    /// Some or all of these options are among those of the profile, or are not.
    fn chosen(&mut self, field: &FieldDef, options: &[OptionId], all: bool, yes: bool) {
        let choices = PoolTables::of(self.engine, self.pool.client, self.pool.id).choices();
        // SQLite makes a list of all who have the option, or looks for each profile whether it has it. PostgreSQL chooses
        // by itself; a list that it is told to make it goes through again for each profile, when it is long.
        let listed = self.engine == Engine::Sqlite && self.form == Form::Lead && yes && !all;
        self.out.push(if yes { "" } else { "not " }).push(if listed { "p.profile_id in (select c.profile_id" } else { "exists (select 1" });
        self.out.push(&format!(" from {choices} c where c.field_id = {} and c.option_id", field.id));
        if let [option] = options {
            self.out.push(" = ").bind(*option);
        } else {
            let place = format!("${}", self.out.args.len() + 1);
            self.out.push(&dialect::is_one_of(self.engine, &place));
            self.out.args.push(options.into());
        }
        if !listed {
            self.out.push(" and c.profile_id = p.profile_id");
        }
        if all {
            self.out.push(" having count(*) = ").number(options.len() as i64);
        }
        self.out.push(")");
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(n) => Some(*n),
        Value::Bool(truth) => Some(i64::from(*truth)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
