use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::ProfileId;
use domain::lang::Lang;
use domain::list::{Filter, ListQuery, Op};
use domain::pool::Pool;
use domain::profile::{Draft, Profile};
use domain::value::Value;
use store::load::{Batch, Cursor, Row};
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Reach, Store};

use crate::imports::begin;
use crate::profiles::{make, text};

/// The names on a page of a list.
pub(crate) async fn names(store: &Store, pool: &Pool, query: &ListQuery) -> Vec<String> {
    let page = store.list(&Reach::whole(pool.client), pool, query, Lang::De).await.expect("a list");
    page.rows.iter().map(|profile| name_of(pool, profile)).collect()
}

fn name_of(pool: &Pool, profile: &Profile) -> String {
    match profile.value(field_of(pool, "NAME")) {
        Some(Value::Text(name)) => name.clone(),
        _ => String::new(),
    }
}

fn sorted(sort: &str) -> ListQuery {
    ListQuery::from_pairs([("sort".to_owned(), sort.to_owned())].into_iter())
}

#[tokio::test]
async fn names_stand_in_the_order_of_a_phone_book_and_empty_ones_last_in_both_directions() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        for name in ["Zander", "Ärger", "adler", "Öl", "Obst", "Mueller", "Müller", "Muller"] {
            make(&store, &pool, &[("NAME", name)]).await;
        }
        make(&store, &pool, &[("CITY", "Köln")]).await;
        let up = names(&store, &pool, &sorted("NAME")).await;
        assert_eq!(up[..2], ["adler", "Ärger"]);
        assert_eq!(up[2..5].iter().map(|n| n.to_lowercase()).filter(|n| n.starts_with('m')).count(), 3, "{up:?}");
        assert_eq!(up[5..], ["Obst", "Öl", "Zander", ""]);
        let down = names(&store, &pool, &sorted("-NAME")).await;
        assert_eq!(down[..3], ["Zander", "Öl", "Obst"]);
        assert_eq!(down[6..], ["Ärger", "adler", ""]);
    })
    .await;
}

#[tokio::test]
async fn every_page_of_a_sorted_list_together_has_each_profile_exactly_once() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let (name, city) = (field_of(&pool, "NAME"), field_of(&pool, "CITY"));
        let country = field_of(&pool, "COUNTRY");
        let n: u64 = 6_007;
        let row = |i: u64| {
            let mut values = vec![(country, text(["DE", "AT", "CH"][(i % 3) as usize]))];
            if !i.is_multiple_of(4) {
                values.push((name, text(&format!("Name {}", i * 7 % 501))));
            }
            if i.is_multiple_of(5) {
                values.push((city, text(["Köln", "Ärzen", "Zürich"][(i % 3) as usize])));
            }
            Row { number: i + 2, values, ..Row::default() }
        };
        let import = begin(&store, &team).await;
        let batch =
            Batch { first_row: 2, rows: (0..n).map(row).collect(), refusals: Vec::new(), not_asked: 0, next: Cursor { byte: n, row: n } };
        store.load(team.client, &pool, import, None).batch(batch, NOW).await.expect("loaded");
        for sort in ["NAME", "-NAME", "CITY,-NAME", "-COUNTRY", "COUNTRY,NAME", "STATUS", "PROFILEID", "-ENTRY_DATE", "NOSUCHFIELD"] {
            // The second time from the places that were looked up behind the first answers.
            let (first, second) = (all_pages(&store, &pool, sort, n).await, all_pages(&store, &pool, sort, n).await);
            assert_eq!(first, second, "{sort}");
            let mut seen = first;
            assert_eq!(seen.len() as u64, n, "{sort}");
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len() as u64, n, "{sort}");
        }
    })
    .await;
}

/// The ids of a list whose pages have 500 profiles.
async fn all_pages(store: &Store, pool: &Pool, sort: &str, n: u64) -> Vec<ProfileId> {
    let mut seen = Vec::new();
    for page in 1.. {
        let query = ListQuery { page, page_size: 500, ..sorted(sort) };
        let answer = store.list_columns(&Reach::whole(pool.client), pool, &query, &["NAME".to_owned()], Lang::De).await.expect("a page");
        assert_eq!(answer.total, Some(n));
        if answer.page < page {
            break;
        }
        seen.extend(answer.rows.iter().map(|profile| profile.id));
    }
    seen
}

/// Every third profile of many, and far behind in the order by name: too many hits to sort for each page, and none among
/// the first that are looked at.
#[tokio::test]
async fn a_searched_list_has_the_same_order_whether_it_is_walked_or_sorted() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let [name, company, country] = ["NAME", "COMPANY", "COUNTRY"].map(|key| field_of(&pool, key));
        let n: u64 = 6_000;
        let row = |i: u64| {
            let hit = i.is_multiple_of(3);
            let mut values = vec![(company, text(if hit { "Müller Söhne" } else { "Anders AG" }))];
            if !hit || !i.is_multiple_of(7) {
                values.push((name, text(&format!("{} {}", if hit { "Zander" } else { "Adler" }, i * 7 % 1_501))));
            }
            if !i.is_multiple_of(5) {
                values.push((country, text(["DE", "AT", "CH", "FR"][(i % 4) as usize])));
            }
            Row { number: i + 2, values, ..Row::default() }
        };
        let import = begin(&store, &team).await;
        let batch =
            Batch { first_row: 2, rows: (0..n).map(row).collect(), refusals: Vec::new(), not_asked: 0, next: Cursor { byte: n, row: n } };
        store.load(team.client, &pool, import, None).batch(batch, NOW).await.expect("loaded");
        for sort in ["NAME", "-NAME", "COUNTRY,NAME", "-COUNTRY", "PROFILEID", "-ENTRY_DATE"] {
            let query = ListQuery { q: "mueller söhn".to_owned(), ..sorted(sort) };
            let ids = async |page, page_size| {
                let query = ListQuery { page, page_size, ..query.clone() };
                let answer =
                    store.list_columns(&Reach::whole(team.client), &pool, &query, &["NAME".to_owned()], Lang::De).await.expect("a page");
                answer.rows.iter().map(|profile| profile.id).collect::<Vec<_>>()
            };
            let mut walked = Vec::new();
            for page in 1..=5 {
                walked.extend(ids(page, 25).await);
            }
            let mut all = Vec::new();
            for page in 1..=4 {
                all.extend(ids(page, 500).await);
            }
            assert_eq!(walked, all[..125], "{sort}");
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len() as u64, n / 3, "{sort}");
        }
    })
    .await;
}

#[tokio::test]
async fn countries_and_salutations_are_sorted_by_what_people_read() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        for (name, country) in [("1", "DE"), ("2", "AT"), ("3", "CH"), ("4", "FR")] {
            make(&store, &pool, &[("NAME", name), ("COUNTRY", country)]).await;
        }
        make(&store, &pool, &[("NAME", "5")]).await;
        // Deutschland, Frankreich, Österreich, Schweiz; Austria, France, Germany, Switzerland.
        assert_eq!(names(&store, &pool, &sorted("COUNTRY")).await, ["1", "4", "2", "3", "5"]);
        let english = store.list(&Reach::whole(team.client), &pool, &sorted("-COUNTRY"), Lang::En).await.expect("a list");
        assert_eq!(english.rows.iter().map(|p| name_of(&pool, p)).collect::<Vec<_>>(), ["3", "1", "4", "2", "5"]);
    })
    .await;
}

#[tokio::test]
async fn filters_narrow_a_list_and_what_is_typed_is_only_a_value() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        make(&store, &pool, &[("NAME", "Müller"), ("CITY", "Köln"), ("EMAIL", "a@example.com")]).await;
        make(&store, &pool, &[("NAME", "O'Brien"), ("CITY", "50 % off_")]).await;
        make(&store, &pool, &[("NAME", "Meier")]).await;
        let check = async |field: &str, op, value: &str, expected: &[&str]| {
            let filter = Filter { field: field.to_owned(), op, value: value.to_owned() };
            let query = ListQuery { filters: vec![filter], ..ListQuery::default() };
            assert_eq!(names(&store, &pool, &query).await, expected, "{field} {op:?} {value}");
            assert_eq!(store.count(&Reach::whole(team.client), &pool, &query, Lang::De).await.expect("a count"), expected.len() as u64);
        };
        check("NAME", Op::Is, "O'Brien", &["O'Brien"]).await;
        check("NAME", Op::IsNot, "O'Brien", &["Meier", "Müller"]).await;
        check("CITY", Op::IsNot, "Köln", &["Meier", "O'Brien"]).await;
        check("CITY", Op::Contains, "0 %", &["O'Brien"]).await;
        check("CITY", Op::Contains, "f_", &["O'Brien"]).await;
        check("CITY", Op::Contains, "f%", &[]).await;
        check("CITY", Op::Contains, "öl", &["Müller"]).await;
        check("CITY", Op::Empty, "", &["Meier"]).await;
        check("CITY", Op::Filled, "", &["O'Brien", "Müller"]).await;
        check("NAME", Op::Less, "Mz", &["Meier", "Müller"]).await;
        check("NAME", Op::Greater, "n", &["O'Brien"]).await;
        check("STATUS", Op::Is, "usable", &["Müller"]).await;
        check("STATUS", Op::IsNot, "usable", &["Meier", "O'Brien"]).await;
        check("PERMISSION", Op::Is, "1'; drop table pools; --", &[]).await;
        check("NOSUCHFIELD", Op::Is, "x", &["Meier", "O'Brien", "Müller"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_page_behind_the_end_is_the_last_one() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        for n in 0..23 {
            make(&store, &pool, &[("NAME", &format!("Müller {n}"))]).await;
        }
        for q in ["", "muller"] {
            let query = ListQuery { q: q.to_owned(), page: 77, page_size: 10, ..ListQuery::default() };
            let page = store.list(&Reach::whole(team.client), &pool, &query, Lang::De).await.expect("a list");
            assert_eq!((page.page, page.rows.len(), page.total), (3, 3, Some(23)), "{q}");
        }
        let empty = ListQuery { q: "nobody".to_owned(), page: 5, ..ListQuery::default() };
        let page = store.list(&Reach::whole(team.client), &pool, &empty, Lang::De).await.expect("a list");
        assert_eq!((page.page, page.rows.len(), page.total), (1, 0, Some(0)));
    })
    .await;
}

#[tokio::test]
async fn a_stream_has_the_whole_list_in_its_order() {
    use futures::TryStreamExt;
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        for name in ["b", "c", "a"] {
            store
                .create_profile(
                    &Reach::whole(team.client),
                    &pool,
                    Draft { values: vec![(field_of(&pool, "NAME"), text(name))] },
                    &Actor::System,
                    NOW,
                )
                .await
                .expect("a profile");
        }
        let chunks: Vec<Vec<Profile>> =
            store.stream(Reach::whole(team.client), pool.clone(), sorted("NAME"), Lang::De).try_collect().await.expect("a stream");
        assert_eq!(chunks.concat().iter().map(|p| name_of(&pool, p)).collect::<Vec<_>>(), ["a", "b", "c"]);
    })
    .await;
}

#[tokio::test]
async fn a_text_too_long_for_an_index_is_sorted_by_its_beginning() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let note = team.field(&store, "Notiz", FieldKind::MultiLine).await;
        let pool = team.pool(&store).await;
        let key = pool.field_by_id(note).expect("the field").key.clone();
        // Nothing repeats in it, so no engine can make it shorter.
        let long = |first: &str| {
            let mut state = 88_172_645_463_325_252_u64;
            let rest = (0..10_000).map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                char::from_u32(0x4E00 + (state % 0x5000) as u32).expect("a character")
            });
            text(&rest.fold(first.to_owned(), |mut long, character| {
                long.push(character);
                long
            }))
        };
        let name = field_of(&pool, "NAME");
        let row = |n: u64| {
            let note = (note, if n == 7 { long("b") } else { text("c") });
            Row { number: n + 2, values: vec![(name, text(&n.to_string())), note], ..Row::default() }
        };
        let import = begin(&store, &team).await;
        let batch = Batch {
            first_row: 2,
            rows: (0..5_100).map(row).collect(),
            refusals: Vec::new(),
            not_asked: 0,
            next: Cursor { byte: 9, row: 5_100 },
        };
        store.load(team.client, &pool, import, None).batch(batch, NOW).await.expect("loaded");
        // The index of this order is made with one of them and takes another one in.
        assert_eq!(names(&store, &pool, &sorted(&key)).await[0], "7");
        let values = vec![(name, text("first")), (note, long("a"))];
        let made = store.create_profile(&Reach::whole(team.client), &pool, Draft { values }, &Actor::System, NOW).await.expect("a profile");
        assert_eq!(names(&store, &pool, &sorted(&key)).await[..2], ["first", "7"]);
        let last = ListQuery { page: 9_999, ..sorted(&format!("-{key}")) };
        assert_eq!(names(&store, &pool, &last).await.last().map(String::as_str), Some("first"));
        let read = store.profile(&Reach::whole(team.client), &pool, made.id).await.expect("the profile");
        assert_eq!(read.value(note), Some(&long("a")), "whole");

        // The longest single line fits as a whole.
        let line = text(&"龍".repeat(domain::value::MAX_LINE_BYTES / 3));
        assert_eq!(names(&store, &pool, &sorted("NAME")).await[0], "0");
        store
            .create_profile(&Reach::whole(team.client), &pool, Draft { values: vec![(name, line)] }, &Actor::System, NOW)
            .await
            .expect("a profile");
    })
    .await;
}
