//! The schema as the engines see it, in words that both share.

use crate::Store;
use crate::db::Engine;
use crate::error::Result;
use crate::statement::Statement;

/// Types in shared words; SQLite keeps yes and no as numbers.
const SQLITE: [&str; 2] = [
    "select 'table ' || t.name || ' column ' || c.name || ' '
        || case lower(c.type) when 'integer' then 'number' when 'blob' then 'bytes' else lower(c.type) end
        || case when c.\"notnull\" = 1 then ' not null' else '' end
        || case when c.pk > 0 then ' key ' || c.pk else '' end
    from pragma_table_list t, pragma_table_info(t.name) c
    where t.type = 'table' and t.name not like 'sqlite%' and t.name not like '_sqlx%'",
    "select 'index ' || i.name || ' on ' || t.name || case when i.\"unique\" = 1 then ' unique' else '' end
        || case when i.partial = 1 then ' partial' else '' end || ': '
        || (select group_concat(name, ', ') from (select name from pragma_index_info(i.name) order by seqno))
    from pragma_table_list t, pragma_index_list(t.name) i
    where t.type = 'table' and i.origin = 'c'",
];

const POSTGRES: [&str; 2] = [
    "select 'table ' || t.relname || ' column ' || c.attname || ' '
        || case format_type(c.atttypid, c.atttypmod)
            when 'bigint' then 'number' when 'boolean' then 'number' when 'bytea' then 'bytes'
            else format_type(c.atttypid, c.atttypmod) end
        || case when c.attnotnull then ' not null' else '' end
        || coalesce(' key ' || array_position(k.conkey, c.attnum), '')
    from pg_class t
    join pg_namespace n on n.oid = t.relnamespace
    join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
    left join pg_constraint k on k.conrelid = t.oid and k.contype = 'p'
    where t.relkind = 'r' and (n.nspname = 'public' or n.nspname like 'client%') and t.relname not like '\\_sqlx%'",
    "select 'index ' || i.relname || ' on ' || t.relname || case when x.indisunique then ' unique' else '' end
        || case when x.indpred is not null then ' partial' else '' end || ': '
        || (select string_agg(a.attname, ', ' order by o.n)
            from unnest(x.indkey::smallint[]) with ordinality as o (attnum, n)
            join pg_attribute a on a.attrelid = t.oid and a.attnum = o.attnum)
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    where not x.indisprimary and (n.nspname = 'public' or n.nspname like 'client%') and t.relname not like '\\_sqlx%'",
];

impl Store {
    /// Every column and index, a line each. What exists on one engine only by design is left out:
    /// the search indexes, which are tables on SQLite and columns on PostgreSQL.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn schema(&self) -> Result<Vec<String>> {
        let queries = match self.engine() {
            Engine::Sqlite => SQLITE,
            Engine::Postgres => POSTGRES,
        };
        let mut lines = Vec::new();
        for query in queries {
            for row in self.db().rows(Statement::new(query)).await? {
                lines.push(row.text(0)?);
            }
        }
        lines.retain(|line| !is_search(line));
        Ok(lines)
    }
}

fn is_search(line: &str) -> bool {
    [" search_", " more_"].iter().any(|name| line.contains(name))
}
