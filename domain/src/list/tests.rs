use super::*;
use proptest::prelude::*;

fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(b) = rest.next() {
            if b == b'%' {
                let hex = [rest.next().expect("two digits"), rest.next().expect("two digits")];
                let hex = std::str::from_utf8(&hex).expect("ASCII");
                bytes.push(u8::from_str_radix(hex, 16).expect("hex"));
            } else {
                bytes.push(b);
            }
        }
        String::from_utf8(bytes).expect("UTF-8")
    };
    let split = |pair: &str| pair.split_once('=').map(|(name, value)| (decode(name), decode(value))).expect("a pair");
    query.split('&').filter(|pair| !pair.is_empty()).map(split).collect()
}

fn read(query: &str) -> ListQuery {
    ListQuery::from_pairs(pairs(query).into_iter())
}

#[test]
fn the_boxes_of_a_form_are_sent_one_by_one() {
    let pairs = [("in", "NAME"), ("in", "CITY,NAME"), ("q", "a"), ("q", "b")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let query = ListQuery::from_pairs(pairs.into_iter());
    assert_eq!((query.q.as_str(), query.search_in), ("b", vec!["NAME".to_owned(), "CITY".to_owned()]));
}

#[test]
fn an_unknown_page_size_becomes_the_nearest_one() {
    let check = |text: &str, expected: u64| assert_eq!(read(&format!("page_size={text}")).page_size, expected, "{text}");
    check("50", 50);
    check("0", 10);
    check("1", 10);
    check("17", 10);
    check("18", 25);
    check("40", 50);
    check("74", 50);
    check("75", 100);
    check("501", 500);
    check("99999999999999999999999", 500);
    check("-3", 10);
    check("", 50);
    check("viele", 50);
}

#[test]
fn an_odd_page_is_the_first_and_one_behind_every_end_the_last() {
    let check = |text: &str, expected: u64| assert_eq!(read(&format!("page={text}")).page, expected, "{text}");
    check("7", 7);
    check("0", 1);
    check("-1", 1);
    check("1.5", 1);
    check("abc", 1);
    check("", 1);
    check("1000000000000", 1_000_000_000);
    check("99999999999999999999999", 1_000_000_000);
}

#[test]
fn the_order_is_kept_as_far_as_it_can_be_read() {
    let check = |text: &str, expected: &str| {
        let keys: Vec<String> = read(&format!("sort={text}")).sort.iter().map(Sort::to_string).collect();
        assert_eq!(keys.join(","), expected, "{text}");
    };
    check("NAME", "NAME");
    check("NAME,-ENTRY_DATE", "NAME,-ENTRY_DATE");
    check("name", "NAME");
    check("NIEGEHOERT", "NIEGEHOERT");
    check("NAME,-NAME", "NAME");
    check("", "-PROFILEID");
    check("%27%3B drop table", "-PROFILEID");
    check("--NAME", "-PROFILEID");
}

#[test]
fn filters_are_read_and_broken_ones_passed_over() {
    let query = read("filter=NAME:is:a:b&filter=STATUS:is:usable&filter=CITY:empty:x&filter=NAME:like:a&filter=&filter=:is:a");
    let shown: Vec<String> = query.filters.iter().map(|f| format!("{} {} {}", f.field, f.op.code(), f.value)).collect();
    assert_eq!(shown, ["NAME is a:b", "STATUS is usable", "CITY empty "]);
}

#[test]
fn a_long_search_text_is_cut_between_characters() {
    let query = ListQuery::from_pairs([("q".to_owned(), "ü".repeat(20_000))].into_iter());
    assert_eq!(query.q.chars().count(), MAX_Q);
}

#[test]
fn what_is_the_default_is_not_in_the_address() {
    assert_eq!(ListQuery::default().to_query(), "");
    assert_eq!(read("page=1&page_size=50&q=&sort=-PROFILEID&in=").to_query(), "");
    assert_eq!(read("q=a%20%26%20b&unknown=1").to_query(), "q=a%20%26%20b");
}

proptest! {
    #[test]
    fn the_address_says_everything(
        q in ".{0,20}",
        search_in in proptest::collection::hash_set("[A-Z][A-Z0-9_]{0,8}", 0..4),
        filters in proptest::collection::vec(("[A-Z][A-Z0-9_]{0,8}", 0usize..7, "\\PC{0,12}"), 0..4),
        sort in proptest::collection::hash_map("[A-Z][A-Z0-9_]{0,8}", any::<bool>(), 1..4),
        page in 1u64..100_000,
        size in 0usize..7,
    ) {
        let filter = |(field, op, value): (String, usize, String)| {
            let op = Op::ALL[op];
            Filter { field, op, value: if op.needs_value() { value } else { String::new() } }
        };
        let query = ListQuery {
            q,
            search_in: search_in.into_iter().collect(),
            filters: filters.into_iter().map(filter).collect(),
            sort: sort.into_iter().map(|(field, descending)| Sort { field, descending }).collect(),
            page,
            page_size: PAGE_SIZES[size],
        };
        prop_assert_eq!(read(&query.to_query()), query);
    }

    #[test]
    fn no_pair_is_too_odd(pairs in proptest::collection::vec(("(q|in|sort|page|page_size|filter|.{0,3})", ".{0,30}"), 0..6)) {
        let query = ListQuery::from_pairs(pairs.into_iter());
        prop_assert!(query.page >= 1 && PAGE_SIZES.contains(&query.page_size) && !query.sort.is_empty());
        prop_assert_eq!(read(&query.to_query()), query);
    }
}
