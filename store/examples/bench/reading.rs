//! Times of searches and pages.

use std::time::{Duration, Instant};

use domain::id::ClientId;
use domain::lang::Lang;
use domain::list::{ListQuery, Sort};
use domain::pool::Pool;
use store::{Reach, Result, Store};

use crate::SEED;
use crate::people::{Chance, People};
use crate::table::{Table, ms};

/// Searches that are timed, of each kind.
const SEARCHES: usize = 400;

/// Pages that are timed of each order.
const PAGES: usize = 40;

const SORTS: [&str; 9] = ["NAME", "FIRSTNAME", "COMPANY", "CITY", "EMAIL", "BIRTHDAY", "REVENUE", "COUNTRY", "ENTRY_DATE"];

async fn time_list(store: &Store, client: ClientId, pool: &Pool, query: &ListQuery) -> Result<(Duration, usize)> {
    let begun = Instant::now();
    let page = store.list(&Reach::whole(client), pool, query, Lang::De).await?;
    Ok((begun.elapsed(), page.rows.len()))
}

fn search(q: String) -> ListQuery {
    ListQuery { q, ..ListQuery::default() }
}

/// Searches as people type them.
pub(crate) async fn searches(store: &Store, client: ClientId, pool: &Pool, table: &mut Table) -> Result<()> {
    let mut people = People::new(pool, SEED + 1);
    let long: Vec<String> = (0..SEARCHES).map(|_| people.search()).collect();
    let letters: Vec<char> = ('a'..='z').collect();
    let mut chance = Chance(SEED);
    let mut short: Vec<String> = letters.iter().map(char::to_string).collect();
    short.extend((0..SEARCHES / 2).map(|_| format!("{}{}", letters[chance.below(26)], letters[chance.below(26)])));

    for (what, searches, bar) in [
        ("Search, words of three and more letters, first page", &long, "p50 5 ms, p99 20 ms"),
        ("Search, one or two letters, first page", &short, "p99 50 ms"),
    ] {
        let mut times = Vec::new();
        let mut slowest = (Duration::ZERO, String::new());
        for q in searches {
            let (time, _) = time_list(store, client, pool, &search(q.clone())).await?;
            if time > slowest.0 {
                slowest = (time, q.clone());
            }
            times.push(time);
        }
        eprintln!("slowest: {} in {}", slowest.1, ms(slowest.0));
        table.times(what, times, bar);
    }
    let mut times = Vec::new();
    for q in long.iter().chain(&short) {
        let begun = Instant::now();
        store.count(&Reach::whole(client), pool, &search(q.clone()), Lang::De).await?;
        times.push(begun.elapsed());
    }
    table.times("Count of the hits, after the rows", times, "60 ms or later than the rows");

    let mut times = Vec::new();
    for q in &long[..SEARCHES / 4] {
        let query = ListQuery { search_in: vec!["CITY".to_owned(), "NAME".to_owned(), "INTERESTS".to_owned()], ..search(q.clone()) };
        times.push(time_list(store, client, pool, &query).await?.0);
    }
    table.times("Search in chosen fields (name, city, interests), first page", times, "none");
    Ok(())
}

/// Pages of sorted lists, also searched ones.
pub(crate) async fn pages(store: &Store, client: ClientId, pool: &Pool, table: &mut Table) -> Result<()> {
    let n_pages = usize::try_from(store.size(&Reach::whole(client), pool).await?).unwrap_or(0) / 50;
    let (mut built, mut first, mut deep, mut searched) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut chance = Chance(SEED + 2);
    let mut people = People::new(pool, SEED + 3);
    for key in SORTS {
        let begun = Instant::now();
        let sort = |descending| vec![Sort { field: key.to_owned(), descending }];
        time_list(store, client, pool, &ListQuery { sort: sort(false), ..ListQuery::default() }).await?;
        built.push(begun.elapsed());
        eprintln!("{key}: index {}", ms(begun.elapsed()));
        for descending in [false, true] {
            let page = |page: usize| ListQuery { sort: sort(descending), page: page as u64, ..ListQuery::default() };
            first.push(time_list(store, client, pool, &page(1)).await?.0);
            for place in [n_pages, n_pages / 2].into_iter().chain((0..PAGES / 2).map(|_| 1 + chance.below(n_pages))) {
                let (time, rows) = time_list(store, client, pool, &page(place)).await?;
                if time > Duration::from_millis(50) {
                    eprintln!("{key} {descending} page {place}: {}", ms(time));
                }
                assert_eq!(rows, 50, "a full page");
                deep.push(time);
            }
            for _ in 0..8 {
                let q = people.search();
                let query = ListQuery { q: q.clone(), sort: sort(descending), ..ListQuery::default() };
                let (time, _) = time_list(store, client, pool, &query).await?;
                if time > Duration::from_millis(50) {
                    eprintln!("{key} {descending} {q}: {}", ms(time));
                }
                searched.push(time);
            }
        }
    }
    let mut newest = Vec::new();
    for _ in 0..PAGES {
        let query = ListQuery { page: 1 + chance.below(n_pages) as u64, ..ListQuery::default() };
        newest.push(time_list(store, client, pool, &query).await?.0);
    }
    table.times("The very first sort by a column: its index is made", built, "2 s");
    table.times("First page, sorted by nine columns in both directions", first, "10 ms");
    table.times("Any page, the last and the middle one among them", deep, "p99 50 ms");
    table.times("Any page of the list as it is (newest first)", newest, "p99 50 ms");
    table.times("Searched and sorted, first page", searched, "p99 50 ms");
    Ok(())
}
