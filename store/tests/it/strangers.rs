//! What belongs to another client is "not found", whoever asks and however.

use domain::config::NewField;
use domain::field::FieldKind;
use domain::job::JobKind;
use domain::layout::ListLayout;
use domain::text::{Name, PoolName};
use store::jobs::NewJob;
use store::testing::{NOW, Team, on_each_store};
use store::tokens::NewToken;
use store::{Reach, StoreError};

fn not_found<T: std::fmt::Debug>(what: &str, answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::NotFound)), "{what}: {answer:?}");
}

#[tokio::test]
async fn a_strangers_pool_is_not_found() {
    on_each_store(async |store| {
        let mine = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        let (me, pool) = (mine.client, other.pool);
        let before = other.pool(&store).await;
        let field = other.field(&store, "Interessen", FieldKind::Selection).await;
        let new = NewField::new("X", FieldKind::Boolean, before.categories[0].id);
        let taken = PoolName::parse("Meins").unwrap();
        not_found("pool", store.pool(me, pool).await);
        not_found("rename_pool", store.rename_pool(me, pool, &taken, NOW).await);
        not_found("delete_pool", store.delete_pool(me, pool, NOW).await);
        not_found("create_field", store.create_field(me, pool, &new).await);
        not_found("add_options", store.add_options(me, pool, field, &["A".to_owned()]).await);
        not_found("add_options of a stranger's field in an own pool", store.add_options(me, mine.pool, field, &["A".to_owned()]).await);
        not_found("save_layout", store.save_layout(me, mine.user, pool, &ListLayout::default_of(&before)).await);
        assert_eq!(store.find_pool(me, &pool.to_string()).await.unwrap(), None);
        assert!(store.pools(&Reach::whole(me)).await.unwrap().iter().all(|summary| summary.id != pool));

        let after = other.pool(&store).await;
        assert_eq!((after.name.as_str(), after.fields.len()), ("Kunden", before.fields.len() + 1));
        assert_eq!(after.field_by_id(field).unwrap().options, []);
    })
    .await;
}

#[tokio::test]
async fn a_strangers_arrangement_is_not_seen() {
    on_each_store(async |store| {
        let mine = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        let layout = ListLayout::default_of(&other.pool(&store).await);
        store.save_layout(other.client, other.user, other.pool, &layout).await.unwrap();
        assert_eq!(store.layout(mine.client, other.user, other.pool).await.unwrap(), None);
        assert_eq!(store.layout(mine.client, mine.user, other.pool).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_strangers_job_is_not_found() {
    on_each_store(async |store| {
        let mine = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        let new = NewJob { kind: JobKind::Demo, payload: serde_json::json!({}), created_by: None };
        let job = store.enqueue(other.client, new, NOW).await.unwrap();
        not_found("job", store.job(mine.client, job).await);
        not_found("cancel", store.cancel(mine.client, job, NOW).await);
        assert_eq!(store.jobs(mine.client, None, 10).await.unwrap(), []);
        assert!(!store.cancelled(job).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_strangers_token_is_not_found() {
    on_each_store(async |store| {
        let mine = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        let token = |user, n| NewToken { user, name: Name::parse("Shop").unwrap(), hash: [n; 32], rights: None, expires_at: None };
        let made = store.create_token(other.client, &token(other.user, 1), NOW).await.unwrap();
        not_found("revoke_token", store.revoke_token(mine.client, made, NOW).await);
        not_found("create_token for a stranger's client", store.create_token(other.client, &token(mine.user, 2), NOW).await);
        assert_eq!(store.tokens(mine.client).await.unwrap(), []);
        assert!(store.token(&[1; 32], NOW).await.unwrap().is_some());
    })
    .await;
}
