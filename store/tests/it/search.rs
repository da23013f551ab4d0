use domain::field::FieldKind;
use domain::history::Actor;
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::profile::Draft;
use domain::value::Value;
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Reach, Store};

use crate::imports::begin;
use crate::list::names;
use crate::profiles::{make, text};
use store::load::{Batch, Cursor, Row};

async fn hits(store: &Store, pool: &Pool, q: &str, search_in: &[&str]) -> Vec<String> {
    let search_in = search_in.iter().map(|key| (*key).to_owned()).collect();
    let query = ListQuery { q: q.to_owned(), search_in, ..ListQuery::default() };
    let found = names(store, pool, &query).await;
    let n = store.count(&Reach::whole(pool.client), pool, &query, Lang::De).await.expect("a count");
    assert_eq!(n, found.len() as u64, "the count of {q}");
    // The same hits in any other order.
    let sorted =
        names(store, pool, &ListQuery { sort: vec![domain::list::Sort { field: "CITY".to_owned(), descending: true }], ..query }).await;
    let (mut a, mut b) = (found.clone(), sorted);
    a.sort();
    b.sort();
    assert_eq!(a, b, "{q} sorted");
    found
}

#[tokio::test]
async fn words_are_found_as_people_type_them() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        make(&store, &pool, &[("NAME", "Müller"), ("FIRSTNAME", "Anna"), ("EMAIL", "anna.mueller@alpenblick.example"), ("CITY", "Köln")])
            .await;
        make(&store, &pool, &[("NAME", "Straße"), ("FIRSTNAME", "Hans-Jörg"), ("COMPANY", "Südkraft AG"), ("STREET", "Am Müllerweg 7")])
            .await;
        make(&store, &pool, &[("NAME", "O'Brien"), ("FIRSTNAME", "Zoë"), ("COMPANY", "50 % Rabatt_Haus")]).await;
        make(&store, &pool, &[("NAME", "שלום"), ("FIRSTNAME", "👋")]).await;
        let check = async |q: &str, expected: &[&str]| assert_eq!(hits(&store, &pool, q, &[]).await, expected, "{q}");
        for q in
            ["muller", "MUELLER", "müller", "ülle", "ann müll", "müll ann", "a m", "alpenblick", "blick", "alpenblick.example", "@alpen"]
        {
            check(q, &["Müller"]).await;
        }
        for q in ["strasse", "straße", "STRASSE", "ras", "jorg", "joerg", "hans-jörg", "sudkraft", "suedkraft", "ag", "ha jö"] {
            check(q, &["Straße"]).await;
        }
        for q in ["o'brien", "o'b", "brien", "zoe", "50 %", "rabatt_", "%"] {
            check(q, &["O'Brien"]).await;
        }
        // Short words stand at the beginning of a word, long ones anywhere; every word must occur.
        for q in ["ul", "nn", "muller hans", "rasse1", "köln", "müllerweg", "%_%", "\"", "' or 1=1 --", "*", "mul*", "NEAR(a b)", "x OR y"]
        {
            check(q, &[]).await;
        }
        check("שלום", &["שלום"]).await;
        assert_eq!(hits(&store, &pool, "   ", &[]).await.len(), 4, "nothing is searched for");
        assert!(hits(&store, &pool, &"ü".repeat(10_000), &[]).await.is_empty());
        assert!(hits(&store, &pool, &"a b ".repeat(2_500), &[]).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn chosen_fields_are_searched_and_no_others() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let since = team.field(&store, "Kunde seit", FieldKind::Date).await;
        let revenue = team.field(&store, "Umsatz", FieldKind::Integer).await;
        let tags = team.field(&store, "Interessen", FieldKind::MultiSelection).await;
        let labels = ["Kunst & Kultur", "Sport"].map(str::to_owned);
        let options = store.add_options(team.client, team.pool, tags, &labels).await.expect("options");
        let pool = team.pool(&store).await;
        let keys: Vec<String> = [since, revenue, tags].iter().map(|id| pool.field_by_id(*id).expect("made").key.clone()).collect();
        let values = |name: &str, city: &str, since_day, revenue_of, option| {
            vec![
                (field_of(&pool, "NAME"), text(name)),
                (field_of(&pool, "CITY"), text(city)),
                (field_of(&pool, "COUNTRY"), text("AT")),
                (since, Value::Int(since_day)),
                (revenue, Value::Int(revenue_of)),
                (tags, Value::Set(vec![option])),
            ]
        };
        // 2026-11-22 is day 20 779.
        let draft = Draft { values: values("Wiener", "Linz", 20_779, 1_284, options[0]) };
        store.create_profile(&Reach::whole(team.client), &pool, draft, &Actor::System, NOW).await.expect("made one by one");
        let import = begin(&store, &team).await;
        let row = Row { number: 2, values: values("Linzer", "Wien", 0, 77, options[1]), ..Row::default() };
        let batch = Batch { first_row: 2, rows: vec![row], refusals: Vec::new(), not_asked: 0, next: Cursor { byte: 1, row: 1 } };
        store.load(team.client, &pool, import, None).batch(batch, NOW).await.expect("loaded");
        // Once while the index of all fields is behind, once when it has caught up.
        for _ in 0..2 {
            let check = async |q: &str, search_in: &[&str], expected: &[&str]| {
                assert_eq!(hits(&store, &pool, q, search_in).await, expected, "{q} in {search_in:?}");
            };
            check("wien", &["CITY"], &["Linzer"]).await;
            check("wien", &["NAME"], &["Wiener"]).await;
            check("wien", &["NAME", "CITY"], &["Linzer", "Wiener"]).await;
            check("wien linz", &["CITY"], &[]).await;
            check("osterreich", &["COUNTRY"], &["Linzer", "Wiener"]).await;
            check("austria", &["COUNTRY"], &["Linzer", "Wiener"]).await;
            check("22.11.2026", &[&keys[0]], &["Wiener"]).await;
            check("22 nov 2026", &[&keys[0]], &["Wiener"]).await;
            check("22.11.2026", &["CITY"], &[]).await;
            check("1.284", &[&keys[1]], &["Wiener"]).await;
            check("1284", &[&keys[1]], &["Wiener"]).await;
            check("kultur", &[&keys[2]], &["Wiener"]).await;
            check("spo", &[&keys[2], "CITY"], &["Linzer"]).await;
            check("kultur linz", &[&keys[2], "CITY"], &["Wiener"]).await;
            check("kultur linz", &[&keys[2]], &[]).await;
            check("zq", &[&keys[2]], &[]).await;
            store.catch_up(team.client, &pool).await.expect("caught up");
        }
    })
    .await;
}

#[tokio::test]
async fn an_edit_is_found_at_once_and_what_was_there_before_no_more() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let anna = make(&store, &pool, &[("NAME", "Müller"), ("CITY", "Köln")]).await;
        let changes = [(field_of(&pool, "NAME"), Some(text("Meier"))), (field_of(&pool, "CITY"), Some(text("Bonn")))];
        store.update_profile(&Reach::whole(team.client), &pool, anna.id, None, &changes, &Actor::System, NOW).await.expect("changed");
        assert!(hits(&store, &pool, "muller", &[]).await.is_empty());
        assert_eq!(hits(&store, &pool, "meier", &[]).await, ["Meier"]);
        assert!(hits(&store, &pool, "köln", &["CITY"]).await.is_empty());
        assert_eq!(hits(&store, &pool, "bonn", &["CITY"]).await, ["Meier"]);
    })
    .await;
}
