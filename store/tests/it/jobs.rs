use std::collections::BTreeSet;

use domain::id::{ClientId, JobId};
use domain::job::{JobError, JobKind, JobState, Progress};
use serde_json::json;
use store::jobs::{MAX_ATTEMPTS, NewJob};
use store::testing::{NOW, Team, on_each_database, on_each_store};
use store::{Conflict, Store, StoreError};

const LEASE: i64 = 30_000;

async fn enqueue(store: &Store, team: &Team) -> JobId {
    let job = NewJob { kind: JobKind::Import, payload: json!({"import": 5}), created_by: Some(team.user) };
    store.enqueue(team.client, job, NOW).await.unwrap()
}

fn lease_lost<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::Conflict(Conflict::LeaseLost)))
}

#[tokio::test]
async fn a_job_goes_from_waiting_through_running_to_done() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let id = enqueue(&store, &team).await;
        let waiting = store.job(team.client, id).await.unwrap();
        assert_eq!((waiting.kind, waiting.state, waiting.attempts), (JobKind::Import, JobState::Waiting, 0));
        assert_eq!((waiting.payload, waiting.created_by, waiting.created_at), (json!({"import": 5}), Some(team.user), NOW));

        let taken = store.claim("one", LEASE, NOW.plus(5)).await.unwrap().unwrap();
        assert_eq!((taken.id, taken.state, taken.attempts, taken.started_at), (id, JobState::Running, 1, Some(NOW.plus(5))));
        store.progress(id, Progress { done: 3, total: Some(10) }).await.unwrap();
        assert_eq!(store.job(team.client, id).await.unwrap().progress, Progress { done: 3, total: Some(10) });

        store.finish(id, "one", &json!({"created": 10}), NOW.plus(9)).await.unwrap();
        let done = store.job(team.client, id).await.unwrap();
        assert_eq!((done.state, done.result, done.error), (JobState::Done, Some(json!({"created": 10})), None));
        assert_eq!(done.finished_at, Some(NOW.plus(9)));
        assert_eq!(store.claim("one", LEASE, NOW.plus(1_000_000)).await.unwrap(), None);
        assert!(matches!(store.progress(id, Progress::default()).await, Err(StoreError::Conflict(Conflict::JobEnded))));
    })
    .await;
}

#[tokio::test]
async fn jobs_are_taken_in_the_order_they_came_and_shown_newest_first() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (first, second) = (enqueue(&store, &team).await, enqueue(&store, &team).await);
        let shown: Vec<_> = store.jobs(team.client, None, 10).await.unwrap().into_iter().map(|job| job.id).collect();
        assert_eq!(shown, [second, first]);
        assert_eq!(store.jobs(team.client, None, 1).await.unwrap().len(), 1);
        assert_eq!(store.claim("one", LEASE, NOW).await.unwrap().unwrap().id, first);
        assert_eq!(store.claim("one", LEASE, NOW).await.unwrap().unwrap().id, second);
        assert_eq!(store.job_counts().await.unwrap(), [(JobKind::Import, JobState::Running, 2)]);
    })
    .await;
}

#[tokio::test]
async fn many_workers_at_once_never_take_the_same_job() {
    on_each_database(async |database| {
        let (store, other) = (database.open().await, database.open().await);
        let team = Team::found(&store, "Nordlicht").await;
        for _ in 0..12 {
            enqueue(&store, &team).await;
        }
        let workers = (0..12).map(|n| {
            let store = if n % 2 == 0 { store.clone() } else { other.clone() };
            tokio::spawn(async move {
                let mut taken = Vec::new();
                while let Some(job) = store.claim(&format!("worker {n}"), LEASE, NOW).await.unwrap() {
                    taken.push(job.id);
                }
                taken
            })
        });
        let taken: Vec<JobId> = futures::future::join_all(workers).await.into_iter().flat_map(Result::unwrap).collect();
        assert_eq!(taken.len(), 12);
        assert_eq!(taken.into_iter().collect::<BTreeSet<_>>().len(), 12);
        store.close().await;
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_job_whose_worker_died_is_taken_again() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let id = enqueue(&store, &team).await;
        store.claim("dead", LEASE, NOW).await.unwrap();
        assert_eq!(store.claim("heir", LEASE, NOW.plus(LEASE - 1)).await.unwrap(), None);
        store.heartbeat(id, "dead", LEASE, NOW.plus(LEASE - 1)).await.unwrap();
        assert_eq!(store.claim("heir", LEASE, NOW.plus(LEASE)).await.unwrap(), None, "the lease was renewed");
        let again = store.claim("heir", LEASE, NOW.plus(2 * LEASE)).await.unwrap().unwrap();
        assert_eq!((again.id, again.attempts, again.started_at), (id, 2, Some(NOW)));

        // The first one was only slow: whatever it says now is refused.
        assert!(lease_lost(store.heartbeat(id, "dead", LEASE, NOW.plus(2 * LEASE)).await));
        assert!(lease_lost(store.finish(id, "dead", &json!(1), NOW).await));
        assert!(lease_lost(store.fail(id, "dead", &JobError::INTERRUPTED.into(), NOW).await));
        assert!(lease_lost(store.stop(id, "dead", None, NOW).await));
        assert!(lease_lost(store.release(id, "dead").await));
        assert_eq!(store.job(team.client, id).await.unwrap().state, JobState::Running);
        store.finish(id, "heir", &json!(2), NOW).await.unwrap();
        assert_eq!(store.job(team.client, id).await.unwrap().result, Some(json!(2)));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_kills_its_workers_is_given_up() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let id = enqueue(&store, &team).await;
        let mut now = NOW;
        for attempt in 1..=MAX_ATTEMPTS {
            let taken = store.claim("unlucky", LEASE, now).await.unwrap().unwrap();
            assert_eq!(taken.attempts, attempt);
            now = now.plus(LEASE);
        }
        assert_eq!(store.claim("unlucky", LEASE, now).await.unwrap(), None);
        let failed = store.job(team.client, id).await.unwrap();
        assert_eq!((failed.state, failed.error, failed.finished_at), (JobState::Failed, Some(JobError::INTERRUPTED.into()), Some(now)));
    })
    .await;
}

#[tokio::test]
async fn a_failed_job_says_why() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let id = enqueue(&store, &team).await;
        store.claim("one", LEASE, NOW).await.unwrap();
        let why = JobError { de: "Die Datei ist leer.".to_owned(), en: "The file is empty.".to_owned() };
        store.fail(id, "one", &why, NOW.plus(1)).await.unwrap();
        let failed = store.job(team.client, id).await.unwrap();
        assert_eq!((failed.state, failed.error), (JobState::Failed, Some(why)));
    })
    .await;
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_at_once_and_a_running_one_by_its_worker() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (running, waiting) = (enqueue(&store, &team).await, enqueue(&store, &team).await);
        store.claim("one", LEASE, NOW).await.unwrap();
        for id in [running, waiting] {
            assert!(!store.cancelled(id).await.unwrap());
            store.cancel(team.client, id, NOW.plus(1)).await.unwrap();
            assert!(store.cancelled(id).await.unwrap());
        }
        let job = store.job(team.client, waiting).await.unwrap();
        assert_eq!((job.state, job.finished_at), (JobState::Cancelled, Some(NOW.plus(1))));
        let job = store.job(team.client, running).await.unwrap();
        assert_eq!((job.state, job.finished_at), (JobState::Running, None));

        store.stop(running, "one", Some(&json!({"rows": 4})), NOW.plus(2)).await.unwrap();
        let job = store.job(team.client, running).await.unwrap();
        assert_eq!((job.state, job.result, job.finished_at), (JobState::Cancelled, Some(json!({"rows": 4})), Some(NOW.plus(2))));
        let again = store.cancel(team.client, running, NOW).await;
        assert!(matches!(again, Err(StoreError::Conflict(Conflict::JobEnded))), "{again:?}");
        assert_eq!(store.claim("one", LEASE, NOW).await.unwrap(), None);
        assert!(store.cancelled(JobId::new(999)).await.unwrap(), "a job that is gone has nobody to work for");
    })
    .await;
}

#[tokio::test]
async fn a_job_given_back_is_taken_at_once_and_counts_as_no_attempt() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let id = enqueue(&store, &team).await;
        store.claim("leaving", LEASE, NOW).await.unwrap();
        store.release(id, "leaving").await.unwrap();
        let next = store.claim("staying", LEASE, NOW).await.unwrap().unwrap();
        assert_eq!((next.id, next.attempts), (id, 1));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_cannot_go_on_is_taken_again_later_and_says_meanwhile_why() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let id = enqueue(&store, &team).await;
        let why = JobError { de: "Der Speicherplatz ist voll.".to_owned(), en: "The disk is full.".to_owned() };
        // More often than a job may be interrupted.
        for n in 0..=MAX_ATTEMPTS {
            let now = NOW.plus(n * 60_000);
            assert_eq!(store.claim("one", LEASE, now).await.unwrap().map(|job| job.attempts), Some(1));
            store.postpone(id, "one", &why, now.plus(60_000)).await.unwrap();
            assert_eq!(store.claim("two", LEASE, now.plus(59_999)).await.unwrap(), None);
            assert_eq!(store.claim_job(id, "two", LEASE, now.plus(59_999)).await.unwrap(), None);
            let waits = store.job(team.client, id).await.unwrap();
            assert_eq!((waits.state, waits.error.as_ref()), (JobState::Waiting, Some(&why)));
        }
        assert!(lease_lost(store.postpone(id, "one", &why, NOW).await));
        store.claim("one", LEASE, NOW.plus(600_000)).await.unwrap().unwrap();
        store.progress(id, Progress { done: 1, total: None }).await.unwrap();
        assert_eq!(store.job(team.client, id).await.unwrap().error, None, "it goes on");
    })
    .await;
}

#[tokio::test]
async fn each_client_gets_a_scheduled_job_once_however_many_workers_ask() {
    const DAY: i64 = 86_400_000;
    on_each_database(async |database| {
        let (here, there) = (database.open().await, database.open().await);
        let teams = [Team::found(&here, "Nordlicht").await, Team::found(&here, "Südwind").await];
        let at = async |now| {
            let asked = (0..4).map(|n| if n % 2 == 0 { &here } else { &there }).map(|store| store.schedule(JobKind::Purge, DAY, now));
            futures::future::try_join_all(asked).await.unwrap().concat().len()
        };
        assert_eq!(at(NOW).await, 2);
        assert_eq!(at(NOW.plus(2 * DAY)).await, 0, "they still wait");
        while let Some(job) = here.claim("one", LEASE, NOW).await.unwrap() {
            assert_eq!((job.kind, job.created_by), (JobKind::Purge, None));
            here.finish(job.id, "one", &json!({}), NOW).await.unwrap();
        }
        assert_eq!(at(NOW.plus(DAY - 1)).await, 0);
        assert_eq!(at(NOW.plus(DAY)).await, 2);
        for team in teams {
            let jobs = here.jobs(team.client, None, 10).await.unwrap();
            assert_eq!(jobs.iter().map(|job| job.state).collect::<Vec<_>>(), [JobState::Waiting], "the old one is off the list");
        }
        here.close().await;
        there.close().await;
    })
    .await;
}

#[tokio::test]
async fn who_enqueues_a_job_can_run_it_unless_somebody_was_faster() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (other, own) = (enqueue(&store, &team).await, enqueue(&store, &team).await);
        assert_eq!(store.claim_job(own, "line", LEASE, NOW).await.unwrap().unwrap().id, own);
        assert_eq!(store.claim_job(own, "server", LEASE, NOW).await.unwrap(), None);
        assert_eq!(store.claim("server", LEASE, NOW).await.unwrap().unwrap().id, other);
    })
    .await;
}

#[tokio::test]
async fn a_job_needs_a_client() {
    on_each_store(async |store| {
        let job = NewJob { kind: JobKind::Purge, payload: json!(null), created_by: None };
        assert!(matches!(store.enqueue(ClientId::new(99), job, NOW).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_jobs_of_a_dead_worker_are_free_at_once_and_nobody_elses() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (first, second) = (enqueue(&store, &team).await, enqueue(&store, &team).await);
        store.claim("dead", LEASE, NOW).await.unwrap().unwrap();
        store.claim("alive", LEASE, NOW).await.unwrap().unwrap();
        assert_eq!(store.bury("dead", NOW.plus(1)).await.unwrap(), 1);
        assert_eq!(store.bury("dead", NOW.plus(1)).await.unwrap(), 0);
        let taken = store.claim("next", LEASE, NOW.plus(1)).await.unwrap().unwrap();
        assert_eq!((taken.id, taken.attempts), (first, 2));
        assert_eq!(store.claim("next", LEASE, NOW.plus(1)).await.unwrap(), None);
        assert!(lease_lost(store.finish(first, "dead", &json!({}), NOW.plus(2)).await), "should it not be dead after all");
        store.finish(second, "alive", &json!({}), NOW.plus(2)).await.unwrap();
    })
    .await;
}
