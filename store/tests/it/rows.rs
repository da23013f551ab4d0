//! What goes into files is what the profiles have, in the order of the list.

use domain::export::Cell;
use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::ProfileId;
use domain::lang::Lang;
use domain::list::{ListQuery, Part};
use domain::profile::Draft;
use domain::value::Value;
use futures::TryStreamExt;
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Reach, Store};

use crate::profiles::text;

/// All rows of a list as owned values.
async fn rows(store: &Store, team: &Team, query: &ListQuery, part: Part, keys: &[&str]) -> Vec<(ProfileId, Vec<Option<Value>>)> {
    let pool = team.pool(store).await;
    let fields = keys.iter().map(|key| pool.field(key).expect("a field").clone()).collect();
    let parts = store.stream_rows(Reach::whole(team.client), pool, query.clone(), part, fields, Lang::De);
    let parts: Vec<_> = parts.try_collect().await.expect("rows");
    let (mut all, mut done) = (Vec::new(), 0);
    for part in &parts {
        assert!(part.done > done && part.done <= part.total, "{} of {}", part.done, part.total);
        done = part.done;
        let mut cells: Vec<Cell<'_>> = Vec::new();
        for row in part.iter() {
            row.read_into(&mut cells).expect("cells");
            all.push((row.id, cells.iter().map(|cell| cell.value().map(|value| value.into_owned())).collect()));
        }
    }
    all
}

#[tokio::test]
async fn rows_have_the_values_of_the_profiles_whatever_these_are() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let mut made = Vec::new();
        for (label, kind) in [("Farbe", FieldKind::Selection), ("Themen", FieldKind::MultiSelection)] {
            let field = team.field(&store, label, kind).await;
            made.push(
                store.add_options(team.client, team.pool, field, &["Rot".to_owned(), "Blau | Grün".to_owned()]).await.expect("options"),
            );
        }
        for (label, kind) in [("Notiz", FieldKind::MultiLine), ("Punkte", FieldKind::Integer), ("Aktiv", FieldKind::Boolean)] {
            team.field(&store, label, kind).await;
        }
        let pool = team.pool(&store).await;
        let keys = ["NAME", "FARBE", "THEMEN", "NOTIZ", "PUNKTE", "AKTIV", "BIRTHDAY"];
        let nasty = "a\"b;c,d|e'f\\g<h>&$1 ? \u{1f469}\u{200d}\u{1f4bb}";
        let profiles = [
            vec![],
            vec![
                ("NAME", text(nasty)),
                ("FARBE", Value::Int(made[0][1].get())),
                ("THEMEN", Value::Set(made[1].clone())),
                ("NOTIZ", text("eins\n\tzwei\n\ndrei")),
                ("PUNKTE", Value::Int(i64::MIN)),
                ("AKTIV", Value::Bool(false)),
                ("BIRTHDAY", Value::Int(-1)),
            ],
            vec![("NAME", text("=1+1")), ("AKTIV", Value::Bool(true)), ("PUNKTE", Value::Int(0))],
        ];
        let mut expected = Vec::new();
        for values in &profiles {
            let draft = Draft { values: values.iter().map(|(key, value)| (field_of(&pool, key), value.clone())).collect() };
            let id = store.create_profile(&Reach::whole(team.client), &pool, draft, &Actor::System, NOW).await.expect("a profile").id;
            let value = |key: &&str| values.iter().find(|(other, _)| other == key).map(|(_, value)| value.clone());
            expected.insert(0, (id, keys.iter().map(value).collect::<Vec<_>>()));
        }
        assert_eq!(rows(&store, &team, &ListQuery::default(), Part::All, &keys).await, expected);
        let (first, last) = (expected[0].0, expected[2].0);
        assert_eq!(rows(&store, &team, &ListQuery::default(), Part::Only(vec![last]), &keys).await, expected[2..]);
        assert_eq!(rows(&store, &team, &ListQuery::default(), Part::Except(vec![first]), &keys).await, expected[1..]);
        let ids = rows(&store, &team, &ListQuery::default(), Part::All, &["PROFILEID"]).await;
        assert_eq!(ids[0].1, [Some(Value::Int(first.get()))]);
        assert_eq!(rows(&store, &team, &ListQuery::default(), Part::All, &[]).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn many_rows_of_many_fields_come_in_parts_and_in_the_order_of_the_list() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        for n in 0..90 {
            team.field(&store, &format!("Feld {n}"), FieldKind::SingleLine).await;
        }
        let pool = team.pool(&store).await;
        let n: u64 = 700;
        let row = |i: u64| {
            let mut values: Vec<_> = (0..90).map(|f| (field_of(&pool, &format!("FELD{f}")), text(&format!("{i}.{f}")))).collect();
            values.push((field_of(&pool, "NAME"), text(&format!("Name {}", i * 7 % 701))));
            store::load::Row { number: i + 2, values, ..store::load::Row::default() }
        };
        let import = crate::imports::begin(&store, &team).await;
        let next = store::load::Cursor { byte: n, row: n };
        let batch = store::load::Batch { first_row: 2, rows: (0..n).map(row).collect(), refusals: Vec::new(), not_asked: 0, next };
        store.load(team.client, &pool, import, None).batch(batch, NOW).await.expect("loaded");
        let sorted = ListQuery::from_pairs([("sort".to_owned(), "NAME".to_owned())].into_iter());
        let listed: Vec<_> =
            store.stream(Reach::whole(team.client), pool.clone(), sorted.clone(), Lang::De).try_concat().await.expect("a list");
        let keys: Vec<String> = (0..90).map(|f| format!("FELD{f}")).chain(["NAME".to_owned()]).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let rows = rows(&store, &team, &sorted, Part::All, &keys).await;
        assert_eq!(rows.len() as u64, n);
        for (profile, (id, values)) in listed.iter().zip(&rows) {
            assert_eq!(profile.id, *id);
            for (key, value) in keys.iter().zip(values) {
                assert_eq!(profile.value(field_of(&pool, key)), value.as_ref());
            }
        }
    })
    .await;
}
