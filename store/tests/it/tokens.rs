use domain::role::Role;
use domain::text::Name;
use store::StoreError;
use store::testing::{NOW, Team, on_each_store};

const HASH: [u8; 32] = [4; 32];

fn name() -> Name {
    Name::parse("Shop").unwrap()
}

#[tokio::test]
async fn a_token_opens_its_clients_data_until_it_is_revoked() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let id = store.create_token(team.client, team.user, &name(), &HASH, NOW).await.unwrap();
        let token = store.token(&HASH, NOW).await.unwrap().unwrap();
        assert_eq!((token.id, token.client, token.user, token.role), (id, team.client, team.user, Role::Administrator));
        assert_eq!((token.name.as_str(), token.created_at), ("Shop", NOW));
        assert_eq!(store.token(&[5; 32], NOW).await.unwrap(), None);
        store.revoke_token(team.client, id, NOW).await.unwrap();
        assert_eq!(store.token(&HASH, NOW).await.unwrap(), None);
        assert_eq!(store.tokens(team.client).await.unwrap(), []);
        assert!(matches!(store.revoke_token(team.client, id, NOW).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_last_use_is_known_to_the_minute() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_token(team.client, team.user, &name(), &HASH, NOW).await.unwrap();
        let last_use = async || store.tokens(team.client).await.unwrap()[0].last_used_at;
        assert_eq!(last_use().await, None);
        for later in [10, 59_000] {
            store.token(&HASH, NOW.plus(later)).await.unwrap();
            assert_eq!(last_use().await, Some(NOW.plus(10)));
        }
        store.token(&HASH, NOW.plus(60_010)).await.unwrap();
        assert_eq!(last_use().await, Some(NOW.plus(60_010)));
    })
    .await;
}
