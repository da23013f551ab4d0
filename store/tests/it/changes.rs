use std::time::Duration;

use domain::field::FieldKind;
use domain::job::{JobKind, Progress};
use domain::text::PoolName;
use store::changes::{Change, ChangeKind};
use store::jobs::NewJob;
use store::testing::{NOW, Team, on_each_database, on_each_store};
use tokio::sync::broadcast::Receiver;
use tokio::time::timeout;

/// The next change, however slow the machine is.
async fn next(changes: &mut Receiver<Change>) -> Change {
    timeout(Duration::from_secs(20), changes.recv()).await.expect("word of the change").unwrap()
}

/// The first change of this kind; others may come before it.
async fn until(changes: &mut Receiver<Change>, wanted: impl Fn(&Change) -> bool) -> Change {
    loop {
        let change = next(changes).await;
        if wanted(&change) {
            return change;
        }
    }
}

#[tokio::test]
async fn who_listens_hears_of_committed_changes_only() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let mut changes = store.changes();
        let taken = PoolName::parse("Partner").unwrap();
        store.create_pool(team.client, &taken, NOW).await.unwrap();
        let _ = next(&mut changes).await;
        store.rename_pool(team.client, team.pool, &taken, NOW).await.unwrap_err();
        assert!(changes.is_empty());
        store.rename_pool(team.client, team.pool, &PoolName::parse("Leser").unwrap(), NOW).await.unwrap();
        let revision = team.pool(&store).await.revision;
        let wanted = Change { client: team.client, pool: Some(team.pool), revision, kind: ChangeKind::Pool };
        assert_eq!(next(&mut changes).await, wanted);
    })
    .await;
}

#[tokio::test]
async fn every_step_of_a_job_is_told() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let mut changes = store.changes();
        let new = NewJob { kind: JobKind::Demo, payload: serde_json::json!({}), created_by: None };
        let job = store.enqueue(team.client, new, NOW).await.unwrap();
        store.claim("one", 1_000, NOW).await.unwrap();
        store.progress(job, Progress { done: 1, total: None }).await.unwrap();
        store.finish(job, "one", &serde_json::json!({}), NOW).await.unwrap();
        for revision in 0..4 {
            let wanted = Change { client: team.client, pool: None, revision, kind: ChangeKind::Job(job) };
            assert_eq!(next(&mut changes).await, wanted);
        }
    })
    .await;
}

#[tokio::test]
async fn a_process_that_watches_hears_of_the_changes_of_others() {
    on_each_database(async |database| {
        let (here, there) = (database.open().await, database.open().await);
        let team = Team::found(&there, "Nordlicht").await;
        let watch = here.watch().await.unwrap();
        let mut changes = here.changes();

        team.field(&there, "Umsatz", FieldKind::Integer).await;
        let pool = until(&mut changes, |change| change.kind == ChangeKind::Pool).await;
        assert_eq!((pool.client, pool.pool), (team.client, Some(team.pool)));

        let second = there.create_pool(team.client, &PoolName::parse("Partner").unwrap(), NOW).await.unwrap();
        until(&mut changes, |change| change.pool == Some(second) && change.kind == ChangeKind::Pool).await;

        let new = NewJob { kind: JobKind::Demo, payload: serde_json::json!({}), created_by: None };
        let job = there.enqueue(team.client, new, NOW).await.unwrap();
        until(&mut changes, |change| change.kind == ChangeKind::Job(job)).await;
        there.claim("there", 1_000, NOW).await.unwrap();
        let told = until(&mut changes, |change| change.kind == ChangeKind::Job(job)).await;
        assert_eq!((told.client, told.revision), (team.client, 1));

        drop(watch);
        here.close().await;
        there.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_process_does_not_hear_of_its_own_changes_twice() {
    on_each_database(async |database| {
        let (here, there) = (database.open().await, database.open().await);
        let team = Team::found(&here, "Nordlicht").await;
        let watch = here.watch().await.unwrap();
        let mut changes = here.changes();
        here.rename_pool(team.client, team.pool, &PoolName::parse("Leser").unwrap(), NOW).await.unwrap();
        // What another process does afterwards arrives after every echo of the own change.
        let last = there.create_pool(team.client, &PoolName::parse("Partner").unwrap(), NOW).await.unwrap();
        let mut heard = vec![next(&mut changes).await];
        while heard.last().unwrap().pool != Some(last) {
            heard.push(next(&mut changes).await);
        }
        assert_eq!(heard.len(), 2, "{heard:?}");
        drop(watch);
        here.close().await;
        there.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_store_that_watches_can_be_closed() {
    on_each_store(async |store| {
        let watch = store.watch().await.unwrap();
        timeout(Duration::from_secs(20), store.close()).await.expect("nothing is waited for");
        drop(watch);
    })
    .await;
}
