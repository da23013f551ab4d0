//! Both engines have the same tables, columns, nullability and indexes.

use std::collections::BTreeMap;

use domain::field::FieldKind;
use store::db::Engine;
use store::testing::{Team, TestDatabase};

/// Tables, columns and indexes, each as one line of text.
async fn schema(engine: Engine) -> Vec<String> {
    let database = TestDatabase::fresh(engine).await;
    let store = database.open().await;
    // The tables of a pool are compared too, with a field of each storage type added later.
    let team = Team::found(&store, "Nordlicht").await;
    for kind in [FieldKind::SingleLine, FieldKind::Integer, FieldKind::Boolean, FieldKind::MultiSelection] {
        team.field(&store, kind.code(), kind).await;
    }
    let mut lines = store.schema().await.unwrap();
    store.close().await;
    database.remove().await;
    lines.sort();
    lines
}

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let (sqlite, postgres) = (schema(Engine::Sqlite).await, schema(Engine::Postgres).await);
    let mut seen: BTreeMap<&String, (bool, bool)> = BTreeMap::new();
    sqlite.iter().for_each(|line| seen.entry(line).or_default().0 = true);
    postgres.iter().for_each(|line| seen.entry(line).or_default().1 = true);
    let lonely: Vec<String> = seen
        .into_iter()
        .filter(|(_, here)| *here != (true, true))
        .map(|(line, (sqlite, _))| format!("{} only: {line}", if sqlite { "SQLite" } else { "PostgreSQL" }))
        .collect();
    assert!(sqlite.len() > 150, "the comparison looks at {} lines only", sqlite.len());
    insta::assert_snapshot!(lonely.join("\n"), @"");
}
