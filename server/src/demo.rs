//! Believable profiles for trying Lagune, made by a seeded generator.
//!
//! Nobody in it exists: names are put together by chance, addresses end in domains that are reserved for examples.

use domain::{
    config::NewField,
    field::FieldKind,
    id::{ClientId, PoolId},
    import::{Mapping, Reading, Rules},
    pool::CategoryRole,
    text::PoolName,
    time::Millis,
};
use store::{
    Conflict, Result, Store, StoreError,
    load::{Batch, Cursor, NewImport, Row},
    profiles::Wish,
};

mod people;
mod random;
mod words;

#[cfg(test)]
mod tests;

/// How many profiles the demo has unless something else is wished.
pub const DEFAULT_PROFILES: u64 = 12_000;
/// The seed unless something else is wished.
pub const DEFAULT_SEED: u64 = 1;
/// How many profiles are loaded at once.
const BATCH: u64 = 5_000;

/// Make a pool "Demo" (or "Demo 2" …) with `n` profiles and two further selections. Same `n`, `seed` and `now`, same
/// profiles.
///
/// # Errors
/// Those of the store; a pool that was begun is taken away again.
pub async fn load(store: &Store, client: ClientId, n: u64, seed: u64, wish: impl Into<Wish>) -> Result<PoolId> {
    let wish = wish.into();
    let pool = new_pool(store, client, &wish).await?;
    match fill(store, client, pool, n, seed, wish.now).await {
        Ok(()) => Ok(pool),
        Err(error) => {
            store.delete_pool(client, pool, wish).await?;
            Err(error)
        }
    }
}

async fn new_pool(store: &Store, client: ClientId, wish: &Wish) -> Result<PoolId> {
    for i in 1..1_000 {
        let name = if i == 1 { "Demo".to_owned() } else { format!("Demo {i}") };
        let name = PoolName::parse(&name).map_err(|_| StoreError::NotFound)?;
        match store.create_pool(client, &name, wish).await {
            Err(StoreError::Conflict(Conflict::PoolNameTaken)) => {}
            other => return other,
        }
    }
    Err(StoreError::Conflict(Conflict::PoolNameTaken))
}

async fn fill(store: &Store, client: ClientId, pool: PoolId, n: u64, seed: u64, now: Millis) -> Result<()> {
    let selections = [("Interessen", FieldKind::MultiSelection, words::INTERESTS), ("Quelle", FieldKind::Selection, words::SOURCES)];
    let basic = store.pool(client, pool).await?.categories.into_iter().find(|c| c.role == CategoryRole::Basic);
    let category = basic.ok_or(StoreError::NotFound)?.id;
    for (label, kind, options) in selections {
        let field = NewField::new(label, kind, category);
        let field = store.create_field(client, pool, &field).await?;
        let options: Vec<_> = options.iter().map(|o| (*o).to_owned()).collect();
        store.add_options(client, pool, field, &options).await?;
    }
    let pool = store.pool(client, pool).await?;
    let import = NewImport {
        file_name: "Demo".into(),
        path: String::new(),
        reading: Reading::default(),
        mapping: Mapping::default(),
        rules: Rules::default(),
        user: None,
    };
    let import = store.create_import(client, pool.id, import, now).await?;
    let mut people = people::People::new(&pool, seed, now);
    store.begin_load(client, &pool, n).await?;
    let mut load = store.load(client, &pool, import, None);
    let mut first = 0;
    while first < n {
        let last = n.min(first + BATCH);
        let rows = (first..last).map(|number| Row { number: number + 2, values: people.next(), ..Row::default() }).collect();
        let batch = Batch { first_row: first + 2, rows, refusals: Vec::new(), not_asked: 0, next: Cursor { byte: last, row: last + 1 } };
        load.batch(batch, now).await?;
        first = last;
    }
    store.end_load(client, &pool).await
}
