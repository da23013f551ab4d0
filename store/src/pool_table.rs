//! The tables of one pool: their names, their columns and how they are made.
//!
//! Every part of these texts is an id that the database gave out or a word of this program.

use domain::field::{FieldDef, FieldKind, Internal, SqlType};
use domain::id::{ClientId, FieldId, PoolId};

use crate::db::Engine;
use crate::dialect::{Types, types};
use crate::search;

/// Where the profiles of a pool lie. On PostgreSQL the tables of a client have a schema of their
/// own, so that a client can be moved to another node, dumped or dropped as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolTables {
    engine: Engine,
    client: ClientId,
    pool: PoolId,
}

impl PoolTables {
    /// The tables of this pool.
    #[must_use]
    pub fn of(engine: Engine, client: ClientId, pool: PoolId) -> Self {
        Self { engine, client, pool }
    }

    /// The engine that they lie in.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// One row a profile: `pool_7`, `client_3.pool_7`.
    #[must_use]
    pub fn profiles(&self) -> String {
        self.named("pool")
    }

    /// What was chosen in multi-selections: `(field_id, option_id, profile_id)`.
    #[must_use]
    pub fn choices(&self) -> String {
        self.named("choices")
    }

    /// The index of the fields that are searched by default; none for profiles in the bin. See `search::tables`.
    #[must_use]
    pub fn search_main(&self) -> String {
        self.named("search")
    }

    /// The index of all fields; none for profiles in the bin, and only up to `pools.indexed_to`.
    #[must_use]
    pub fn search_more(&self) -> String {
        self.named("more")
    }

    /// The name of an index of the pool's table, bare: `by_email_7`. In `drop index` PostgreSQL
    /// wants it behind [`schema`](Self::schema).
    #[must_use]
    pub fn index(&self, what: &str) -> String {
        format!("{what}_{}", self.pool)
    }

    /// What stands before a name: `client_3.` on PostgreSQL, nothing on SQLite.
    #[must_use]
    pub fn schema(&self) -> String {
        match self.engine {
            Engine::Sqlite => String::new(),
            Engine::Postgres => format!("{}.", schema(self.client)),
        }
    }

    fn named(&self, what: &str) -> String {
        format!("{}{what}_{}", self.schema(), self.pool)
    }

    /// Makes the tables of a new pool, with the given fields. The profiles' table is not strict on SQLite: a column added
    /// to a strict one has every row checked.
    #[must_use]
    pub fn create(&self, fields: &[FieldDef]) -> String {
        let mut ddl = self.create_bare(fields);
        for index in self.light_indexes(fields) {
            ddl.push_str(&index);
            ddl.push_str(";\n");
        }
        ddl.push_str(&search::tables::create(self));
        ddl
    }

    /// The same without indexes, which a large load does better without, and without the tables of the search.
    pub(crate) fn create_bare(&self, fields: &[FieldDef]) -> String {
        let types = types(self.engine);
        let mut columns = vec![format!("profile_id {}", types.id), format!("revision {} not null", types.int)];
        columns.extend(Internal::ALL.into_iter().filter_map(|i| internal_column(i, &types)));
        for column in ["updated_at", "deleted_at", "delete_batch", "created_import", "updated_import"] {
            columns.push(format!("{column} {}", types.int));
        }
        let own = fields.iter().filter(|field| field.internal.is_none());
        columns.extend(own.map(|field| format!("{} {}", column(field), sql_type(field.kind, &types))));
        let table = self.profiles();
        let mut ddl = format!("create table {table} (\n    {}\n);\n", columns.join(",\n    "));
        ddl.push_str(&self.create_choices(&types));
        ddl
    }

    /// Takes the tables of a pool away, with everything in them.
    #[must_use]
    pub fn remove(&self) -> String {
        let tables = [self.search_main(), self.search_more(), self.choices(), self.profiles()];
        tables.map(|table| format!("drop table {table};\n")).concat()
    }

    fn create_choices(&self, types: &Types) -> String {
        let (table, int) = (self.choices(), types.int);
        let end = match self.engine {
            Engine::Sqlite => " strict, without rowid",
            Engine::Postgres => "",
        };
        format!(
            "create table {table} (\n    field_id {int} not null,\n    option_id {int} not null,\n    \
             profile_id {int} not null,\n    primary key (field_id, option_id, profile_id)\n){end};\n",
        )
    }

    /// What only reading needs: the names of the indexes that a large load does better without, and what makes them.
    pub(crate) fn reading_indexes(&self) -> [(String, String); 2] {
        let by_profile = self.index("choices_by_profile");
        let choices = format!("create index if not exists {by_profile} on {} (profile_id)", self.choices());
        // So narrow that a page in the middle of a million is reached in a few milliseconds.
        let living = self.index("living");
        let profiles = format!("create index if not exists {living} on {} (profile_id) where deleted_at is null", self.profiles());
        [(by_profile, choices), (living, profiles)]
    }

    /// The bin and the keys by which profiles are looked up; each of them a btree, but the external
    /// id may be longer than PostgreSQL's btree takes.
    pub(crate) fn light_indexes(&self, fields: &[FieldDef]) -> Vec<String> {
        let table = self.profiles();
        let using = match self.engine {
            Engine::Sqlite => "",
            Engine::Postgres => "using hash ",
        };
        let mut indexes = vec![
            format!("create index if not exists {} on {table} (deleted_at) where deleted_at is not null", self.index("deleted")),
            format!(
                "create index if not exists {} on {table} {using}(external_id) where external_id is not null",
                self.index("by_external_id")
            ),
        ];
        indexes.extend(self.reading_indexes().map(|(_, sql)| sql));
        let emails = fields.iter().filter(|f| f.standard && f.kind == FieldKind::Email);
        indexes.extend(emails.map(|field| format!("create index if not exists {} on {table} ({})", self.index("by_email"), column(field))));
        indexes
    }

    /// Adds a column for values of this kind.
    #[must_use]
    pub fn add_column(&self, name: &str, kind: FieldKind) -> String {
        let types = types(self.engine);
        format!("alter table {} add column {name} {}", self.profiles(), sql_type(kind, &types))
    }
}

/// The schema of a client's tables on PostgreSQL.
#[must_use]
pub(crate) fn schema(client: ClientId) -> String {
    format!("client_{client}")
}

/// Makes the place for a client's tables; SQLite has but one.
pub(crate) fn create_schema(engine: Engine, client: ClientId) -> Option<String> {
    match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(format!("create schema {}", schema(client))),
    }
}

/// The column that holds a field: `f12`, or the name of an internal one.
#[must_use]
pub fn column(field: &FieldDef) -> String {
    match field.internal {
        Some(internal) => internal.column().to_owned(),
        None => own_column(field.id, field.column),
    }
}

/// The column of a field of one's own: `f12`, or `c3` since its third conversion.
#[must_use]
pub(crate) fn own_column(field: FieldId, converted: Option<i64>) -> String {
    converted.map_or_else(|| format!("f{field}"), |n| format!("c{n}"))
}

/// The values of a multi-selection stand as `|12|15|` in the column.
fn sql_type(kind: FieldKind, types: &Types) -> &'static str {
    match kind.sql() {
        SqlType::Text | SqlType::Set => "text",
        SqlType::Integer => types.int,
        SqlType::Boolean => types.bool,
    }
}

/// What a profile always has is not null; none for the id, which stands first.
fn internal_column(internal: Internal, types: &Types) -> Option<String> {
    let (name, sql) = (internal.column(), sql_type(internal.kind(), types));
    let no = types.no;
    Some(match internal {
        Internal::ProfileId => return None,
        Internal::EntryDate => format!("{name} {sql} not null"),
        Internal::Permission | Internal::HardBounces | Internal::UserState => {
            format!("{name} {sql} not null default 0")
        }
        Internal::Unsubscribed | Internal::Persona | Internal::NoTracking => {
            format!("{name} {sql} not null default {no}")
        }
        _ => format!("{name} {sql}"),
    })
}
