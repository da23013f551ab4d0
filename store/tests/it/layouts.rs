use domain::layout::{Column, ListLayout};
use domain::text::PoolName;
use store::testing::{NOW, Team, on_each_database, on_each_store};

#[tokio::test]
async fn each_person_has_an_arrangement_for_each_pool() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        assert_eq!(store.layout(team.client, team.user, team.pool).await.unwrap(), None);
        let mut layout = ListLayout { columns: vec![Column { key: "NAME".to_owned(), width: Some(180) }], page_size: 25, dense: true };
        store.save_layout(team.client, team.user, team.pool, &layout).await.unwrap();
        layout.columns.push(Column::new("EMAIL"));
        store.save_layout(team.client, team.user, team.pool, &layout).await.unwrap();
        assert_eq!(store.layout(team.client, team.user, team.pool).await.unwrap(), Some(layout));
        let second = store.create_pool(team.client, &PoolName::parse("Partner").unwrap(), NOW).await.unwrap();
        assert_eq!(store.layout(team.client, team.user, second).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_arrangement_that_cannot_be_read_counts_as_none() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nordlicht").await;
        let layout = ListLayout::default_of(&team.pool(&store).await);
        store.save_layout(team.client, team.user, team.pool, &layout).await.unwrap();
        database.sql("update layouts set layout = '{\"of\": \"an older version\"}'").await.unwrap();
        assert_eq!(store.layout(team.client, team.user, team.pool).await.unwrap(), None);
        store.close().await;
    })
    .await;
}
