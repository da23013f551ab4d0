//! The order of a list.
//!
//! A list is walked in stretches: first the profiles with a value, then those without; or one
//! stretch for each value that has a place of its own (options, countries, status). One index over
//! the field and the profile's id serves every stretch in both directions, and empty values are
//! last in both.

use domain::condition::{Ask, Condition, Ready, Subject, Test};
use domain::field::{FieldDef, FieldKind, Internal, SqlType};
use domain::lang::Lang;
use domain::list::{STATUS, Sort};
use domain::lists;
use domain::permission::{Permission, Status};
use domain::pool::Pool;

use crate::condition::{collation, expression};
use crate::db::Engine;
use crate::dialect;
use crate::pool_table::column;
use crate::profiles::columns::status_rank;

/// The first key of an order and what follows it.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// What the profiles are sorted by first.
    pub(crate) by: By,
    /// Largest first.
    pub(crate) descending: bool,
    /// Further keys as SQL, ending with the id; and the same turned round.
    pub(crate) rest: String,
    pub(crate) rest_reversed: String,
    /// Whether nothing but the id decides among profiles with the same value.
    pub(crate) is_simple: bool,
}

/// What profiles are sorted by.
#[derive(Clone, Debug)]
pub(crate) enum By {
    /// The id: every profile has one.
    Id,
    /// The values of a column in their own order.
    Value(Key),
    /// The values of a column in this order, which is not their own.
    Ranked(Key, Vec<String>),
}

/// A column, or an expression, that can be indexed.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// What it is called in the names of indexes.
    pub(crate) name: String,
    /// Over `p`.
    pub(crate) sql: String,
    /// ` collate …` or nothing.
    pub(crate) collate: &'static str,
    /// Whether its values are texts.
    pub(crate) text: bool,
}

impl Order {
    /// The order that these keys mean; fields that the pool does not have are passed over.
    pub(crate) fn of(engine: Engine, pool: &Pool, sorts: &[Sort], lang: Lang) -> Self {
        let mut keys = sorts.iter().filter_map(|sort| Some((by(engine, pool, &sort.field, lang)?, sort.descending)));
        let (by, descending) = keys.next().unwrap_or((By::Id, true));
        let mut rest = (String::new(), String::new());
        let mut ended = matches!(by, By::Id);
        for (next, down) in keys {
            if ended {
                break;
            }
            ended = matches!(next, By::Id);
            next.push(&mut rest.0, down, false);
            next.push(&mut rest.1, down, true);
        }
        let is_simple = rest.0.is_empty();
        if !ended {
            By::Id.push(&mut rest.0, descending, false);
            By::Id.push(&mut rest.1, descending, true);
        }
        Self { by, descending, rest: rest.0, rest_reversed: rest.1, is_simple }
    }

    /// The column that should have an index; none for the order of the ids.
    pub(crate) fn key(&self) -> Option<&Key> {
        match &self.by {
            By::Id => None,
            By::Value(key) | By::Ranked(key, _) => Some(key),
        }
    }

    /// The whole order as SQL, for few profiles.
    pub(crate) fn sql(&self) -> String {
        let mut out = String::new();
        self.by.push(&mut out, self.descending, false);
        out.push_str(&self.rest);
        out.trim_start_matches(", ").to_owned()
    }
}

impl By {
    /// Appends `, …` to an `order by`. Reversed, everything is the other way round, also that empty
    /// values are last.
    fn push(&self, out: &mut String, descending: bool, reversed: bool) {
        let direction = if descending == reversed { "asc" } else { "desc" };
        let empty = if reversed { "desc" } else { "asc" };
        match self {
            Self::Id => out.push_str(&format!(", p.profile_id {direction}")),
            Self::Value(key) => {
                out.push_str(&format!(", ({} is null) {empty}, {}{} {direction}", key.sql, key.sql, key.collate));
            }
            Self::Ranked(key, values) => {
                out.push_str(&format!(", ({} is null) {empty}, case", key.sql));
                for (rank, value) in values.iter().enumerate() {
                    out.push_str(&format!(" when {} = {} then {rank}", key.sql, key.literal(value)));
                }
                out.push_str(&format!(" else {} end {direction}", values.len()));
            }
        }
    }
}

impl Key {
    /// The condition that there is a value, as a part of the index over the values: SQLite walks past all the empty ones
    /// before the first when it is only told "not null".
    pub(crate) fn filled(&self, engine: Engine) -> String {
        match (engine, self.text) {
            (Engine::Postgres, _) => format!("{} is not null", self.sql),
            (Engine::Sqlite, true) => format!("{}{} >= ''", self.sql, self.collate),
            (Engine::Sqlite, false) => format!("{} >= {}", self.sql, i64::MIN),
        }
    }

    /// A value of a fixed list or an option's id in SQL: words of this program, ids of the database.
    pub(crate) fn literal(&self, value: &str) -> String {
        if self.text { format!("'{}'", value.replace('\'', "''")) } else { value.to_owned() }
    }
}

fn by(engine: Engine, pool: &Pool, name: &str, lang: Lang) -> Option<By> {
    if name == STATUS {
        let key = Key { name: "status".to_owned(), sql: format!("({})", status_rank(pool)), collate: "", text: false };
        return Some(By::Ranked(key, (0..Status::ALL.len()).map(|n| n.to_string()).collect()));
    }
    let field = pool.field(name)?;
    if field.internal == Some(Internal::ProfileId) {
        return Some(By::Id);
    }
    let key = key_of(engine, field);
    Some(match ranked(field, lang) {
        Some(values) => By::Ranked(key, values),
        None => By::Value(key),
    })
}

fn key_of(engine: Engine, field: &FieldDef) -> Key {
    Key {
        name: column(field),
        sql: match field.kind {
            FieldKind::MultiLine | FieldKind::MultiSelection => dialect::beginning(engine, &expression(field)),
            _ => expression(field),
        },
        collate: collation(engine, field),
        text: matches!(field.kind.sql(), SqlType::Text | SqlType::Set),
    }
}

/// The column whose index leads to the profiles of a row rule: the first that must have one of a few values. Only columns
/// that are sorted as they are compared; a text's order takes ä for a.
pub(crate) fn key_of_rule(engine: Engine, pool: &Pool, rule: &Condition) -> Option<Key> {
    fn leading<'p>(ready: &Ready<'p>) -> Option<&'p FieldDef> {
        match ready {
            Ready::All(parts) => parts.iter().find_map(leading),
            Ready::Test(Test { subject: Subject::Field(field), ask: Ask::OneOf(_) }) => Some(field),
            _ => None,
        }
    }
    let ready = rule.on(pool).ok()?;
    let field = leading(&ready).filter(|field| field.internal != Some(Internal::ProfileId) && field.kind.sql() != SqlType::Boolean)?;
    Some(key_of(engine, field)).filter(|key| key.collate.is_empty())
}

/// The values of a field in the order in which people read them; none when that is their own order.
fn ranked(field: &FieldDef, lang: Lang) -> Option<Vec<String>> {
    match field.kind {
        FieldKind::Selection => Some(field.options.iter().map(|option| option.id.to_string()).collect()),
        FieldKind::Permission => Some(Permission::ALL.iter().map(|p| p.number().to_string()).collect()),
        FieldKind::Salutation | FieldKind::Country | FieldKind::State | FieldKind::Language => {
            Some(lists::choices(field.kind, lang).iter().map(|choice| choice.code.clone()).collect())
        }
        _ => None,
    }
}
