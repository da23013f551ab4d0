//! What a row rule costs: the same lists and searches for somebody who sees all and for some who see a part.

use std::sync::Arc;
use std::time::Instant;

use domain::id::ClientId;
use domain::lang::Lang;
use domain::list::{ListQuery, Sort};
use domain::pool::Pool;
use store::{Reach, Result, Store};

use crate::SEED;
use crate::people::People;
use crate::table::Table;

/// Lists that are timed of each kind.
const LISTS: usize = 100;

const RULES: [(&str, &str); 4] = [
    ("country is Austria", r#"COUNTRY = "AT""#),
    ("interest", r#"INTERESTS any of ("Garten")"#),
    ("not Berlin, or born since 1990", r#"not (CITY contains "berlin") or BIRTHDAY >= "1990-01-01""#),
    ("customer for long, in one of two countries", r#"SINCE < "2012-01-01" and COUNTRY any of ("AT", "CH")"#),
];

/// The first page newest first and by name, searches, and the numbers beside them.
pub(crate) async fn measure(store: &Store, client: ClientId, pool: &Pool, table: &mut Table) -> Result<()> {
    let rules = RULES.map(|(name, rule)| (name, Reach::within(client, Arc::new(rule.parse().expect("a condition")))));
    let mut people = People::new(pool, SEED + 4);
    let searches: Vec<String> = (0..LISTS).map(|_| people.search()).collect();
    for (name, reach) in [("everybody", Reach::whole(client))].iter().chain(&rules) {
        let begun = Instant::now();
        let size = store.size(reach, pool).await?;
        table.row(&format!("{name}: counted for the first time"), format!("{size} in {}", crate::table::ms(begun.elapsed())), "");
        for (what, sort) in [("newest first", "PROFILEID"), ("by name", "NAME")] {
            let mut times = Vec::new();
            for nth in 0..LISTS {
                let sort = vec![Sort { field: sort.to_owned(), descending: sort == "PROFILEID" }];
                let query = ListQuery { sort, page: 1 + nth as u64 % 3, ..ListQuery::default() };
                let begun = Instant::now();
                store.list(reach, pool, &query, Lang::De).await?;
                times.push(begun.elapsed());
            }
            table.times(&format!("{name}: {what}, the first pages"), times, "1.1 × everybody's");
        }
        let (mut rows, mut counts) = (Vec::new(), Vec::new());
        for q in &searches {
            let query = ListQuery { q: q.clone(), ..ListQuery::default() };
            let begun = Instant::now();
            store.list(reach, pool, &query, Lang::De).await?;
            rows.push(begun.elapsed());
            let begun = Instant::now();
            store.count(reach, pool, &query, Lang::De).await?;
            counts.push(begun.elapsed());
        }
        table.times(&format!("{name}: search, first page"), rows, "1.1 × everybody's");
        table.times(&format!("{name}: number of the hits"), counts, "");
    }
    Ok(())
}
