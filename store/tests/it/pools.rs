use domain::field::{Internal, STANDARD};
use domain::pool::CategoryRole;
use domain::text::PoolName;
use domain::time::Millis;
use store::testing::{NOW, Team, on_each_store};
use store::{Conflict, Reach, StoreError};

fn name(text: &str) -> PoolName {
    PoolName::parse(text).unwrap()
}

#[tokio::test]
async fn a_new_pool_has_its_categories_and_all_internal_and_standard_fields() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let pool = team.pool(&store).await;
        assert_eq!((pool.id, pool.client, pool.name.as_str()), (team.pool, team.client, "Kunden"));
        assert_eq!((store.size(&Reach::whole(team.client), &pool).await.unwrap(), pool.created_at), (0, NOW));
        let roles: Vec<_> = pool.categories.iter().map(|category| category.role).collect();
        assert_eq!(roles, [CategoryRole::Basic, CategoryRole::Internal, CategoryRole::Unassigned]);
        let keys: Vec<_> = pool.fields.iter().map(|field| field.key.as_str()).collect();
        let wanted: Vec<_> = STANDARD.iter().map(|field| field.key).chain(Internal::ALL.map(Internal::key)).collect();
        assert_eq!(keys, wanted);
        for field in &pool.fields {
            assert_eq!(field.label, "", "{} is shown in the reader's language", field.key);
            assert_eq!(field.standard, field.internal.is_none(), "{}", field.key);
            let category = if field.standard { &pool.categories[0] } else { &pool.categories[1] };
            assert_eq!(field.category, category.id, "{}", field.key);
        }
    })
    .await;
}

#[tokio::test]
async fn pools_are_listed_by_name_as_people_sort() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        for pool in ["Österreich", "zulieferer", "Partner"] {
            store.create_pool(team.client, &name(pool), NOW).await.unwrap();
        }
        let names: Vec<_> = store.pools(&Reach::whole(team.client)).await.unwrap().into_iter().map(|pool| pool.name).collect();
        assert_eq!(names, ["Kunden", "Österreich", "Partner", "zulieferer"]);
        assert_eq!(store.pool_sizes().await.unwrap().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn two_pools_of_a_client_have_different_names() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        let taken = store.create_pool(team.client, &name("Kunden"), NOW).await;
        assert!(matches!(taken, Err(StoreError::Conflict(Conflict::PoolNameTaken))), "{taken:?}");
        let second = store.create_pool(team.client, &name("Partner"), NOW).await.unwrap();
        let taken = store.rename_pool(team.client, second, &name("Kunden"), NOW).await;
        assert!(matches!(taken, Err(StoreError::Conflict(Conflict::PoolNameTaken))), "{taken:?}");
        store.rename_pool(team.client, second, &name("Partner"), NOW).await.unwrap();
        store.rename_pool(other.client, other.pool, &name("Partner"), NOW).await.unwrap();
        assert_eq!(store.pool(other.client, other.pool).await.unwrap().name, "Partner");
    })
    .await;
}

#[tokio::test]
async fn a_pool_is_found_by_its_name_and_by_its_id() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        // A pool whose name is the other one's id: the name counts.
        let numbered = store.create_pool(team.client, &name(&team.pool.to_string()), NOW).await.unwrap();
        assert_eq!(store.find_pool(team.client, " Kunden ").await.unwrap(), Some(team.pool));
        assert_eq!(store.find_pool(team.client, &numbered.to_string()).await.unwrap(), Some(numbered));
        assert_eq!(store.find_pool(team.client, &team.pool.to_string()).await.unwrap(), Some(numbered));
        assert_eq!(store.find_pool(team.client, "kunden?").await.unwrap(), None);
        assert_eq!(store.find_pool(team.client, "99999999999999999999999").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_pool_is_gone_and_its_name_is_free() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.delete_pool(team.client, team.pool, Millis::new(5)).await.unwrap();
        assert!(matches!(store.pool(team.client, team.pool).await, Err(StoreError::NotFound)));
        assert_eq!(store.pools(&Reach::whole(team.client)).await.unwrap(), []);
        assert_eq!(store.find_pool(team.client, "Kunden").await.unwrap(), None);
        let again = store.delete_pool(team.client, team.pool, Millis::new(6)).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
        let next = store.create_pool(team.client, &name("Kunden"), NOW).await.unwrap();
        assert_ne!(next, team.pool, "an id names a table and is never given twice");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_pool_comes_back_unless_its_name_is_taken() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        assert!(matches!(store.restore_pool(team.client, team.pool, NOW).await, Err(StoreError::NotFound)), "nothing was deleted");
        store.delete_pool(team.client, team.pool, Millis::new(5)).await.unwrap();
        store.restore_pool(team.client, team.pool, NOW).await.unwrap();
        assert_eq!(store.pool(team.client, team.pool).await.unwrap().name, "Kunden");

        store.delete_pool(team.client, team.pool, Millis::new(6)).await.unwrap();
        store.create_pool(team.client, &name("Kunden"), NOW).await.unwrap();
        let taken = store.restore_pool(team.client, team.pool, NOW).await;
        assert!(matches!(taken, Err(StoreError::Conflict(Conflict::PoolNameTaken))));
    })
    .await;
}

#[tokio::test]
async fn what_changes_a_pool_raises_its_revision() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let before = team.pool(&store).await.revision;
        store.rename_pool(team.client, team.pool, &name("Leser"), NOW).await.unwrap();
        assert!(team.pool(&store).await.revision > before);
    })
    .await;
}
