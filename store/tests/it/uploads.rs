use domain::id::ImportId;
use domain::time::Millis;
use store::testing::{NOW, Team, on_each_store};
use store::uploads::NewUpload;
use store::{Store, StoreError};

use crate::imports::begin;

fn later(n: i64) -> Millis {
    NOW.plus(n)
}

async fn created(store: &Store, team: &Team, id: &str) {
    let new = NewUpload {
        id: id.to_owned(),
        pool: team.pool,
        user: team.user,
        length: 5_000_000_000,
        metadata: "filename a3VuZGVuLmNzdg==".to_owned(),
        how: "{}".to_owned(),
        expires_at: later(100),
    };
    store.create_upload(team.client, new).await.unwrap();
}

fn not_found<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
}

#[tokio::test]
async fn what_has_arrived_of_a_file_is_known_until_it_expires() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        created(&store, &team, "abc").await;
        let found = |now| store.upload(team.client, team.user, team.pool, "abc", now);
        let upload = found(NOW).await.unwrap();
        assert_eq!((upload.length, upload.received, upload.import), (5_000_000_000, 0, None));
        store.keep_upload(team.client, "abc", 4_500_000_000, later(200)).await.unwrap();
        assert_eq!(found(later(199)).await.unwrap().received, 4_500_000_000);
        assert_eq!(store.expired_uploads(later(199)).await.unwrap(), []);
        store.note_upload(team.client, "abc", 4_600_000_000, "tag").await.unwrap();
        let noted = found(later(199)).await.unwrap();
        assert_eq!((noted.length, noted.metadata.as_str()), (4_600_000_000, "tag"));
        not_found(found(later(200)).await);
        let expired = store.expired_uploads(later(200)).await.unwrap();
        assert_eq!((expired.len(), expired[0].0, expired[0].1.id.as_str()), (1, team.client, "abc"));
        store.forget_upload(team.client, "abc").await.unwrap();
        not_found(store.keep_upload(team.client, "abc", 1, later(300)).await);
        assert_eq!(store.expired_uploads(later(999)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_file_knows_the_import_that_was_made_of_it_and_whether_that_was_started() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        created(&store, &team, "abc").await;
        let import = begin(&store, &team).await;
        store.upload_became(team.client, "abc", import).await.unwrap();
        assert_eq!(store.upload(team.client, team.user, team.pool, "abc", NOW).await.unwrap().import, Some(import));
        assert_eq!(store.import_job(team.client, import).await.unwrap(), None);
        let payload = serde_json::json!({"import": import, "pool": team.pool});
        let job = store::jobs::NewJob { kind: domain::job::JobKind::Import, payload, created_by: None };
        let job = store.start_import(team.client, import, job, &NOW.into()).await.unwrap();
        assert_eq!(store.import_job(team.client, import).await.unwrap(), Some(job));
        assert_eq!(store.import_job(team.client, ImportId::new(999)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_finds_or_changes_it() {
    on_each_store(async |store| {
        let (team, other) = (Team::found(&store, "Nord").await, Team::found(&store, "Süd").await);
        created(&store, &team, "abc").await;
        let before = store.upload(team.client, team.user, team.pool, "abc", NOW).await.unwrap();
        not_found(store.upload(other.client, team.user, team.pool, "abc", NOW).await);
        not_found(store.upload(team.client, other.user, team.pool, "abc", NOW).await);
        not_found(store.upload(team.client, team.user, other.pool, "abc", NOW).await);
        not_found(store.keep_upload(other.client, "abc", 7, later(9)).await);
        not_found(store.note_upload(other.client, "abc", 7, "x").await);
        not_found(store.upload_became(other.client, "abc", ImportId::new(1)).await);
        store.forget_upload(other.client, "abc").await.unwrap();
        assert_eq!(store.upload(team.client, team.user, team.pool, "abc", NOW).await.unwrap(), before);
        let foreign = NewUpload {
            id: "def".to_owned(),
            pool: other.pool,
            user: team.user,
            length: 1,
            metadata: String::new(),
            how: String::new(),
            expires_at: later(1),
        };
        not_found(store.create_upload(team.client, foreign).await);
    })
    .await;
}
