//! What the engine takes for the same rows without Lagune: the plainest bulk load that it has, and its trigram index
//! over the same texts.

use std::time::{Duration, Instant};

use domain::lang::Lang;
use domain::pool::Pool;
use domain::search::push_index_text;
use domain::time::Zone;
use domain::value::{Value, show};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

use crate::people::People;
use crate::{BATCH, SEED};

/// Times of the parts.
#[derive(Default)]
pub(crate) struct Raw {
    /// The rows of twenty columns.
    pub(crate) rows: Duration,
    /// The trigram index of name, first name, e-mail, company.
    pub(crate) main: Duration,
    /// The trigram index of all fields.
    pub(crate) all: Duration,
}

const MAIN: [&str; 4] = ["NAME", "FIRSTNAME", "EMAIL", "COMPANY"];

/// A row as texts, and its two index texts.
struct Line {
    cells: Vec<String>,
    main: String,
    all: String,
}

/// The columns of a raw table.
fn columns(pool: &Pool) -> Vec<(domain::id::FieldId, bool)> {
    let own = pool.fields.iter().filter(|field| field.internal.is_none());
    own.map(|field| (field.id, MAIN.contains(&field.key.as_str()))).collect()
}

fn lines(pool: &Pool, people: &mut People, n: u64) -> Vec<Line> {
    let columns = columns(pool);
    let zone = Zone::default();
    let line = |_| {
        let values = people.next();
        let mut line = Line { cells: Vec::with_capacity(columns.len()), main: String::new(), all: String::new() };
        for (field, main) in &columns {
            let value = values.iter().find(|(id, _)| id == field).map(|(_, value)| value);
            let def = pool.field_by_id(*field);
            let shown = value.zip(def).map(|(value, def)| show(def, value, Lang::De, &zone)).unwrap_or_default();
            push_index_text(&mut line.all, &shown);
            if *main {
                push_index_text(&mut line.main, &shown);
            }
            line.cells.push(match value {
                Some(Value::Int(n)) => n.to_string(),
                _ => shown,
            });
        }
        line
    };
    (0..n).map(line).collect()
}

/// Measures; only the engine's time counts, not the making of the rows.
pub(crate) async fn measure(url: &str, pool: &Pool, n: u64) -> Raw {
    if url.starts_with("sqlite:") { sqlite(url, pool, n).await } else { postgres(url, pool, n).await }.expect("the engine's own figures")
}

async fn sqlite(url: &str, pool: &Pool, n: u64) -> Result<Raw, sqlx::Error> {
    let file = format!("{}.raw", url.trim_start_matches("sqlite://"));
    let _ = std::fs::remove_file(&file);
    let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
    let mut db = SqliteConnection::connect_with(&options.pragma("cache_size", "-65536")).await?;
    let width = columns(pool).len();
    let names: Vec<String> = (0..width).map(|n| format!("c{n} text")).collect();
    let create = format!(
        "create table raw (id integer primary key, {}); \
         create virtual table raw_main using fts5(body, content = '', contentless_delete = 1, tokenize = 'trigram'); \
         create virtual table raw_all using fts5(body, content = '', contentless_delete = 1, tokenize = 'trigram');",
        names.join(", ")
    );
    db.execute(sqlx::raw_sql(AssertSqlSafe(create))).await?;
    let mut people = People::new(pool, SEED);
    let (mut raw, mut done) = (Raw::default(), 0);
    while done < n {
        let part = lines(pool, &mut people, BATCH.min(n - done));
        for (what, time) in [(0, &mut raw.rows), (1, &mut raw.main), (2, &mut raw.all)] {
            let begun = Instant::now();
            let mut tx = db.begin().await?;
            let per = if what == 0 { 32_000 / (width + 1) } else { 1_000 };
            let mut id = i64::try_from(done).unwrap_or(0);
            for part in part.chunks(per) {
                let (head, row) = match what {
                    0 => ("insert into raw values ", format!("(?{})", ",?".repeat(width))),
                    1 => ("insert into raw_main (rowid, body) values ", "(?,?)".to_owned()),
                    _ => ("insert into raw_all (rowid, body) values ", "(?,?)".to_owned()),
                };
                let sql = format!("{head}{}", vec![row; part.len()].join(","));
                let mut insert = sqlx::query(AssertSqlSafe(sql));
                for line in part {
                    id += 1;
                    insert = insert.bind(id);
                    match what {
                        0 => insert = line.cells.iter().fold(insert, |insert, cell| insert.bind(cell.clone())),
                        1 => insert = insert.bind(line.main.clone()),
                        _ => insert = insert.bind(line.all.clone()),
                    }
                }
                insert.execute(&mut *tx).await?;
            }
            tx.commit().await?;
            *time += begun.elapsed();
        }
        done += BATCH;
    }
    db.close().await?;
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{file}{end}"));
    }
    Ok(raw)
}

async fn postgres(url: &str, pool: &Pool, n: u64) -> Result<Raw, sqlx::Error> {
    let db = PgPoolOptions::new().max_connections(1).connect(url).await?;
    let mut db = db.acquire().await?;
    let names: Vec<String> = (0..columns(pool).len()).map(|n| format!("c{n} text")).collect();
    let create = format!("create table raw (id bigint primary key, {}, main text, everything text)", names.join(", "));
    db.execute(sqlx::raw_sql(AssertSqlSafe(create))).await?;
    let mut people = People::new(pool, SEED);
    let (mut raw, mut done) = (Raw::default(), 0);
    while done < n {
        let part = lines(pool, &mut people, BATCH.min(n - done));
        let mut text = String::new();
        for (line, id) in part.iter().zip(done + 1..) {
            text.push_str(&id.to_string());
            for cell in line.cells.iter().chain([&line.main, &line.all]) {
                text.push('\t');
                text.push_str(&cell.replace('\\', "\\\\").replace('\n', "\\n"));
            }
            text.push('\n');
        }
        let begun = Instant::now();
        let connection: &mut PgConnection = &mut db;
        let mut copy = connection.copy_in_raw("copy raw from stdin").await?;
        copy.send(text.as_bytes()).await?;
        copy.finish().await?;
        raw.rows += begun.elapsed();
        done += BATCH;
    }
    db.execute("set maintenance_work_mem = '512MB'").await?;
    let begun = Instant::now();
    db.execute("create index on raw using gin (main gin_trgm_ops)").await?;
    raw.main = begun.elapsed();
    let begun = Instant::now();
    db.execute("create index on raw using gin (everything gin_trgm_ops)").await?;
    raw.all = begun.elapsed();
    db.execute("drop table raw").await?;
    Ok(raw)
}
