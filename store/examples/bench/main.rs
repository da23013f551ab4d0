//! Measures Lagune's store with many invented profiles and prints a table in Markdown.
//!
//! `bench DATABASE [PROFILES]`: the database must be empty; it is filled and left as it is.
//! The engine's own figures come from the same run, the same machine and the same profiles.

mod people;
mod raw;
mod reading;
mod rules;
mod table;

use std::time::{Duration, Instant};

use domain::id::ClientId;
use domain::import::{Mapping, Reading};
use domain::pool::Pool;
use domain::text::Name;
use domain::time::Millis;
use people::People;
use store::load::{Batch, Cursor, NewImport, Row};
use store::{Result, Store};
use table::Table;

/// Profiles that are loaded at once, as the import does it.
const BATCH: u64 = 20_000;

/// What the profiles are drawn with.
const SEED: u64 = 1;

/// The moment at which everything happens.
const NOW: Millis = Millis::new(1_795_343_400_000);

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().expect("usage: bench DATABASE [PROFILES]");
    let n: u64 = arguments.next().map_or(1_000_000, |n| n.parse().expect("a number of profiles"));
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let client = store.create_client(&Name::parse("Bench").expect("a name"), NOW).await?;
    let (id, pool) = people::pool(&store, client, NOW).await?;
    let mut table = Table::new();

    let raw = raw::measure(&url, &pool, n).await;
    let loaded = load(&store, client, &pool, n, &mut table).await?;
    table.raw(&raw, &loaded, n);
    let pool = store.pool(client, id).await?;
    again(&store, client, &pool, n, &mut table).await?;
    reading::searches(&store, client, &pool, &mut table).await?;
    reading::pages(&store, client, &pool, &mut table).await?;
    rules::measure(&store, client, &pool, &mut table).await?;
    println_table(&table);
    store.close().await;
    Ok(())
}

/// How long the parts of a load took.
pub(crate) struct Loaded {
    /// Until every profile was in, could be found by name, e-mail and company, and the list was fast.
    pub(crate) load: Duration,
    /// Until the index of all fields was there as well.
    pub(crate) all_fields: Duration,
}

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn println_table(table: &Table) {
    println!("{table}");
}

/// Loads all profiles into an empty pool, found by their address.
async fn load(store: &Store, client: ClientId, pool: &Pool, n: u64, table: &mut Table) -> Result<Loaded> {
    table::forget_peak();
    let begun = Instant::now();
    let key = pool.field("EMAIL").expect("a standard field").id;
    store.begin_load(client, pool, n).await?;
    batches(store, client, pool, n, Some(key)).await?;
    let rows_in = begun.elapsed();
    store.end_load(client, pool).await?;
    let load = begun.elapsed();
    table.memory("Peak memory of the process while loading", table::peak());
    while store.catch_up(client, pool).await? > 0 {}
    let all_fields = begun.elapsed();
    table.rate("Load with look-up by e-mail: rows in", n, rows_in);
    table.rate("… and the search index ready", n, load);
    table.rate("… and the index of all other fields, in the background", n, all_fields);
    Ok(Loaded { load, all_fields })
}

/// Loads a tenth of the same profiles once more: all known, nothing differs.
async fn again(store: &Store, client: ClientId, pool: &Pool, n: u64, table: &mut Table) -> Result<()> {
    let key = pool.field("EMAIL").expect("a standard field").id;
    let begun = Instant::now();
    batches(store, client, pool, n / 10, Some(key)).await?;
    table.rate("The same rows again, nothing to change", n / 10, begun.elapsed());
    Ok(())
}

/// Draws and loads; drawing runs in a thread of its own, as reading a file does.
async fn batches(store: &Store, client: ClientId, pool: &Pool, n: u64, key: Option<domain::id::FieldId>) -> Result<()> {
    let new = NewImport {
        file_name: "million.csv".to_owned(),
        path: String::new(),
        reading: Reading::default(),
        mapping: Mapping::default(),
        rules: domain::import::Rules::default(),
        user: None,
    };
    let import = store.create_import(client, pool.id, new, NOW).await?;
    let (sender, mut drawn) = tokio::sync::mpsc::channel(2);
    let mut people = People::new(pool, SEED);
    std::thread::spawn(move || {
        let mut first = 0;
        while first < n {
            let last = n.min(first + BATCH);
            let rows = (first..last).map(|number| Row { number: number + 2, values: people.next(), ..Row::default() }).collect();
            let next = Cursor { byte: last, row: last };
            if sender.blocking_send(Batch { first_row: first + 2, rows, refusals: Vec::new(), not_asked: 0, next }).is_err() {
                return;
            }
            first = last;
        }
    });
    let mut load = store.load(client, pool, import, key);
    while let Some(batch) = drawn.recv().await {
        load.batch(batch, NOW).await?;
    }
    Ok(())
}
