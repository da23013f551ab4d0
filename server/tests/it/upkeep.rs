//! What the worker does without being asked.

use std::time::Duration;

use domain::{
    audit::AuditQuery,
    history::Actor,
    import::{Mapping, Reading},
    job::{JobKind, JobState},
    profile::Draft,
    text::PoolName,
    time::{Millis, Zone},
    value::Value,
};
use server::{jobs, worker};
use store::{
    Reach, Store,
    jobs::NewJob,
    load::NewImport,
    profiles::Selection,
    testing::{Team, field_of, on_each_store},
    uploads::NewUpload,
};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

const DAY: i64 = 86_400_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_removes_what_was_deleted_a_fortnight_ago_and_leaves_the_rest() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let pool = team.pool(&store).await;
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let ago = |days| Millis::new(i64::try_from(since.as_millis()).unwrap() - days * DAY);
        let mut made = Vec::new();
        for days in [15, 13] {
            let draft = Draft { values: vec![(field_of(&pool, "NAME"), Value::Text(format!("{days} days")))] };
            let id = store.create_profile(&Reach::whole(team.client), &pool, draft, &Actor::System, ago(20)).await.unwrap().id;
            store.delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(vec![id]), &Actor::System, ago(days)).await.unwrap();
            made.push(id);
        }
        let mut pools = Vec::new();
        for (name, days) in [("Alt", 15), ("Jung", 13)] {
            let pool = store.create_pool(team.client, &PoolName::parse(name).unwrap(), ago(20)).await.unwrap();
            store.delete_pool(team.client, pool, ago(days)).await.unwrap();
            pools.push(pool);
        }

        let (stop, folder) = (CancellationToken::new(), tempfile::tempdir().unwrap());
        std::fs::create_dir(folder.path().join("uploads")).unwrap();
        // Files that somebody looked at and did not import; the last one is not Lagune's own.
        let mut files = Vec::new();
        for (name, days) in [("uploads/old.csv", 15), ("uploads/young.csv", 13), ("mine.csv", 15)] {
            let path = folder.path().join(name);
            std::fs::write(&path, "Name\n").unwrap();
            let import = NewImport {
                file_name: name.to_owned(),
                path: path.to_string_lossy().into(),
                reading: Reading::default(),
                mapping: Mapping::default(),
                rules: domain::import::Rules::default(),
                user: None,
            };
            store.create_import(team.client, team.pool, import, ago(days)).await.unwrap();
            files.push(path);
        }

        let mut changes = store.changes();
        // Two of them, as a server and a worker beside it.
        let workers = [(); 2].map(|()| tokio::spawn(worker::run(store.clone(), folder.path().to_owned(), stop.clone())));
        let done = async {
            loop {
                let jobs = store.jobs(team.client, None, 10).await.unwrap();
                if jobs.iter().any(|job| job.state.ended()) {
                    return jobs;
                }
                changes.recv().await.unwrap();
            }
        };
        let jobs = timeout(Duration::from_secs(60), done).await.unwrap();
        stop.cancel();
        for worker in workers {
            worker.await.unwrap();
        }
        assert_eq!(jobs.iter().map(|job| (job.kind, job.state)).collect::<Vec<_>>(), [(JobKind::Purge, JobState::Done)]);
        assert_eq!(jobs[0].result, Some(serde_json::json!({"pools": 1, "fields": 0, "profiles": 1})));
        let log = store.audit_page(team.client, &AuditQuery::default(), &Zone::UTC, 1).await.unwrap().entries;
        assert_eq!((log[0].deed.as_str(), log[0].actor.kind.as_str()), ("bin_emptied", "system"));
        assert_eq!(files.iter().map(|file| file.exists()).collect::<Vec<_>>(), [false, true, true]);
        let bin = store.bin(&Reach::whole(team.client), &pool, "", 1, 50).await.unwrap();
        assert_eq!(bin.rows.iter().map(|row| row.profile.id).collect::<Vec<_>>(), [made[1]]);
        assert!(store.restore_pool(team.client, pools[0], ago(0)).await.is_err());
        store.restore_pool(team.client, pools[1], ago(0)).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_a_killed_process_left_behind_go_and_those_that_somebody_needs_stay() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let folder = tempfile::tempdir().unwrap();
        let uploads = folder.path().join("uploads");
        std::fs::create_dir(&uploads).unwrap();
        let file = |name: &str, hours: u64| {
            let path = uploads.join(name);
            let file = std::fs::File::create(&path).unwrap();
            file.set_modified(std::time::SystemTime::now() - Duration::from_secs(hours * 3_600)).unwrap();
            path
        };
        let import = async |name: &str| {
            let import = NewImport {
                file_name: name.to_owned(),
                path: file(name, 2).to_string_lossy().into(),
                reading: Reading::default(),
                mapping: Mapping::default(),
                rules: domain::import::Rules::default(),
                user: None,
            };
            store.create_import(team.client, team.pool, import, Millis::new(0)).await.unwrap()
        };
        let job = async |import| {
            let new = NewJob { kind: JobKind::Import, payload: serde_json::json!({ "import": import }), created_by: None };
            let job = store.enqueue(team.client, new, Millis::new(0)).await.unwrap();
            // Somebody else's work.
            store.claim_job(job, "elsewhere", i64::MAX / 2, Millis::new(0)).await.unwrap().unwrap();
            job
        };
        file("cut-off.csv", 2);
        file("arriving.csv", 0);
        import("looked-at.csv").await;
        job(import("running.csv").await).await;
        let ended = job(import("ended.csv").await).await;
        store.finish(ended, "elsewhere", &serde_json::json!({}), Millis::new(1)).await.unwrap();

        // One comes in parts, and a further one may take until tomorrow; of the other the import has ended.
        for id in ["in-parts", "was-parts"] {
            let (metadata, how, expires_at) = (String::new(), "{}".to_owned(), Millis::new(i64::MAX));
            let new = NewUpload { id: id.to_owned(), pool: team.pool, user: team.user, length: 9, metadata, how, expires_at };
            store.create_upload(team.client, new).await.unwrap();
        }
        file("in-parts.csv", 2);
        let import = import("was-parts.csv").await;
        store.upload_became(team.client, "was-parts", import).await.unwrap();
        store.finish(job(import).await, "elsewhere", &serde_json::json!({}), Millis::new(1)).await.unwrap();

        jobs::import::sweep(&store, folder.path()).await;
        let mut left: Vec<_> =
            std::fs::read_dir(&uploads).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        left.sort_unstable();
        assert_eq!(left, ["arriving.csv", "in-parts.csv", "looked-at.csv", "running.csv"]);
    })
    .await;
}
