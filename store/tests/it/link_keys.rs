use domain::id::ClientId;
use store::StoreError;
use store::testing::{NOW, Team, on_each_store};

#[tokio::test]
async fn each_client_has_a_key_of_its_own_that_stays() {
    on_each_store(async |store| {
        let (nord, sued) = (Team::found(&store, "Nord").await, Team::found(&store, "Süd").await);
        assert_eq!(store.link_key(nord.client, &[1; 32], NOW).await.unwrap(), [1; 32]);
        assert_eq!(store.link_key(sued.client, &[2; 32], NOW).await.unwrap(), [2; 32]);
        assert_eq!(store.link_key(nord.client, &[3; 32], NOW).await.unwrap(), [1; 32]);
        let nobody = store.link_key(ClientId::new(999), &[4; 32], NOW).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)), "{nobody:?}");
    })
    .await;
}
