//! Jobs keep within the reach of who asked for them.

use std::{sync::Arc, time::Duration};

use domain::{
    bulk::{Bulk, Edit},
    history::Actor,
    id::JobId,
    job::{JobKind, JobState},
    lang::Lang,
    list::ListQuery,
    profile::Draft,
    value::Value,
};
use serde_json::{Value as Json, json};
use server::worker;
use store::{
    Reach, Store,
    jobs::NewJob,
    profiles::{ManyJob, Selection, UndoJob},
    testing::{NOW, Team, field_of, on_each_store},
};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Has a job done and waits for its end.
async fn done(store: &Store, team: &Team, kind: JobKind, payload: Json) -> JobId {
    let mut changes = store.changes();
    let job = store.enqueue(team.client, NewJob { kind, payload, created_by: Some(team.user) }, NOW).await.unwrap();
    let ended = async {
        while store.job(team.client, job).await.unwrap().state != JobState::Done {
            changes.recv().await.unwrap();
        }
    };
    timeout(Duration::from_secs(60), ended).await.expect("the job comes to its end");
    job
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_changes_and_takes_back_what_is_within_the_reach_that_it_keeps() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let pool = team.pool(&store).await;
        let (country, city) = (field_of(&pool, "COUNTRY"), field_of(&pool, "CITY"));
        let whole = Reach::whole(team.client);
        let austria = Reach::within(team.client, Arc::new(r#"COUNTRY = "AT""#.parse().unwrap()));
        let mut made = Vec::new();
        for code in ["AT", "DE", "AT"] {
            let draft = Draft { values: vec![(country, text(code))] };
            made.push(store.create_profile(&whole, &pool, draft, &Actor::System, NOW).await.unwrap().id);
        }
        let cities = async || {
            let mut cities = Vec::new();
            for id in &made {
                cities.push(store.profile(&whole, &pool, *id).await.unwrap().value(city).cloned());
            }
            cities
        };
        let (stop, folder) = (CancellationToken::new(), tempfile::tempdir().unwrap());
        let worker = tokio::spawn(worker::run(store.clone(), folder.path().to_owned(), stop.clone()));

        let (actor, lang, all) =
            (Actor::User(team.user), Lang::De, || Selection::Query { query: ListQuery::default(), except: Vec::new() });
        let edit = |name: &str| Bulk::Edit { field: city, edit: Edit::Set(Some(text(name))) };
        let change = async |name: &str, reach: Option<Reach>| {
            let bulk = edit(name);
            let batch = store.begin_batch(team.client, &pool, &bulk, &[], &store::profiles::Wish::of(actor, NOW)).await.unwrap();
            let job = ManyJob { pool: pool.id, batch, selection: all(), bulk, actor, reach, lang };
            done(&store, &team, JobKind::BulkEdit, json!(job)).await;
            batch
        };
        change("Linz", Some(austria.clone())).await;
        assert_eq!(cities().await, [Some(text("Linz")), None, Some(text("Linz"))]);
        // One that was asked for before reaches were kept.
        let everywhere = change("Rom", None).await;
        assert_eq!(cities().await, [Some(text("Rom")), Some(text("Rom")), Some(text("Rom"))]);
        let undo = UndoJob { pool: pool.id, batch: everywhere, actor, reach: Some(austria), lang };
        done(&store, &team, JobKind::BulkUndo, json!(undo)).await;
        assert_eq!(cities().await, [Some(text("Linz")), Some(text("Rom")), Some(text("Linz"))]);
        stop.cancel();
        worker.await.unwrap();
    })
    .await;
}
