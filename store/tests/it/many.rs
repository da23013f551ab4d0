use domain::bulk::{Bulk, Edit};
use domain::field::{FieldKind, Internal};
use domain::history::{Action, Actor};
use domain::id::{OptionId, ProfileId};
use domain::job::JobKind;
use domain::list::{Filter, ListQuery, Op};
use domain::value::Value;
use store::jobs::NewJob;
use store::profiles::{AT_ONCE, Asked, Batch, Selection, Undone};
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Reach, StoreError};

use crate::list::names;
use crate::profiles::{make, text};

fn search(q: &str, field: &str) -> ListQuery {
    ListQuery { q: q.to_owned(), search_in: vec![field.to_owned()], ..ListQuery::default() }
}

#[tokio::test]
async fn a_field_of_many_profiles_changes_and_goes_back_but_for_what_changed_since() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let mut ids: Vec<ProfileId> = Vec::new();
        for city in ["Köln", "Bonn", "Ulm", "Essen", "Köln"] {
            ids.push(make(&store, &pool, &[("NAME", city), ("CITY", city)]).await.id);
        }
        let city = field_of(&pool, "CITY");
        let actor = Actor::User(team.user);
        let bulk = Bulk::Edit { field: city, edit: Edit::Set(Some(text("Bonn"))) };
        let selection = Selection::Ids(ids[..4].to_vec());
        let batch = store.change_profiles(&Reach::whole(team.client), &pool, &selection, &bulk, &actor, NOW).await.expect("changed");
        assert_eq!(batch.n, 3, "one was in Bonn before");
        assert_eq!(store.batch(team.client, &pool, batch.id).await.expect("the batch"), batch);
        assert_eq!(names(&store, &pool, &search("bonn", "CITY")).await, ["Essen", "Ulm", "Bonn", "Köln"]);
        let lines = store.history(&Reach::whole(team.client), &pool, ids[0], 10, None).await.expect("lines");
        assert_eq!((lines[0].action, lines[0].actor_name.as_str()), (Action::Edited, "Nord Admin"));
        assert_eq!((lines[0].changes[0].before.clone(), lines[0].changes[0].after.clone()), (Some(text("Köln")), Some(text("Bonn"))));
        let again = store.change_part(&Reach::whole(team.client), &pool, batch.id, &bulk, &ids, &actor, NOW).await.expect("the rest");
        assert_eq!(again, 1, "what is so already stays, the fifth comes along");

        store
            .update_profile(&Reach::whole(team.client), &pool, ids[0], None, &[(city, Some(text("Wien")))], &actor, NOW)
            .await
            .expect("moved on");
        store.delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(vec![ids[4]]), &actor, NOW).await.expect("deleted");
        let undone = store.undo_batch(&Reach::whole(team.client), &pool, batch.id, &actor, NOW).await.expect("undone");
        assert_eq!(undone, Undone { n: 2, kept: 2 });
        let mut now = Vec::new();
        for id in &ids[..4] {
            now.push(store.profile(&Reach::whole(team.client), &pool, *id).await.expect("a profile").value(city).cloned());
        }
        assert_eq!(now, ["Wien", "Bonn", "Ulm", "Essen"].map(|city| Some(text(city))));
        assert_eq!(names(&store, &pool, &search("essen", "CITY")).await, ["Essen"]);
        assert_eq!(store.undo_batch(&Reach::whole(team.client), &pool, batch.id, &actor, NOW).await.expect("nothing more").n, 0);
    })
    .await;
}

#[tokio::test]
async fn options_are_added_to_and_taken_from_all_hits() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let field = team.field(&store, "Interessen", FieldKind::MultiSelection).await;
        let labels = ["Sport".to_owned(), "Musik".to_owned()];
        let options: Vec<OptionId> = store.add_options(team.client, team.pool, field, &labels).await.expect("options");
        let pool = team.pool(&store).await;
        for name in ["Maier", "Meyer", "Roth"] {
            make(&store, &pool, &[("NAME", name)]).await;
        }
        let hits = Selection::Query { query: ListQuery { q: "m".to_owned(), ..ListQuery::default() }, except: Vec::new() };
        let of = async |label: &str| {
            let key = pool.field_by_id(field).expect("the field").key.clone();
            let filters = vec![Filter { field: key, op: Op::Is, value: label.to_owned() }];
            names(&store, &pool, &ListQuery { filters, ..ListQuery::default() }).await
        };
        let change = async |edit: Edit| {
            store
                .change_profiles(&Reach::whole(team.client), &pool, &hits, &Bulk::Edit { field, edit }, &Actor::System, NOW)
                .await
                .expect("changed")
        };
        assert_eq!(change(Edit::Add(vec![options[0]])).await.n, 2);
        let music = change(Edit::Add(options.clone())).await;
        assert_eq!(of("Sport").await, ["Meyer", "Maier"]);
        assert_eq!(of("Musik").await, ["Meyer", "Maier"]);
        store.undo_batch(&Reach::whole(team.client), &pool, music.id, &Actor::System, NOW).await.expect("undone");
        assert_eq!((of("Sport").await.len(), of("Musik").await.len()), (2, 0));
        assert_eq!(change(Edit::Remove(vec![options[0]])).await.n, 2);
        assert!(of("Sport").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn unsubscribing_many_notes_when_and_the_way_back_forgets_it() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let anna = make(&store, &pool, &[("NAME", "Roth")]).await;
        let field = pool.internal(Internal::Unsubscribed).expect("the field");
        let at = pool.internal(Internal::UnsubscribeDate).expect("the time").id;
        let bulk = Bulk::Edit { field: field.id, edit: Edit::Set(Some(Value::Bool(true))) };
        let one = Selection::Ids(vec![anna.id]);
        if !field.writable() {
            let refused = store.change_profiles(&Reach::whole(team.client), &pool, &one, &bulk, &Actor::System, NOW).await;
            assert!(matches!(refused, Err(StoreError::NotFound)));
            return;
        }
        let batch = store.change_profiles(&Reach::whole(team.client), &pool, &one, &bulk, &Actor::System, NOW).await.expect("changed");
        assert_eq!(store.profile(&Reach::whole(team.client), &pool, anna.id).await.expect("anna").value(at), Some(&Value::Int(NOW.get())));
        store.undo_batch(&Reach::whole(team.client), &pool, batch.id, &Actor::System, NOW).await.expect("undone");
        let back = store.profile(&Reach::whole(team.client), &pool, anna.id).await.expect("anna");
        assert_eq!((back.value(at), back.value(field.id)), (None, Some(&Value::Bool(false))));
    })
    .await;
}

#[tokio::test]
async fn few_are_changed_at_once_and_many_by_a_job() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let anna = make(&store, &pool, &[("NAME", "Roth")]).await;
        let wish = team.wish();
        let few =
            store.ask_for_many(&Reach::whole(team.client), &pool, Selection::Ids(vec![anna.id]), Bulk::Delete, wish).await.expect("done");
        let Asked::Done(Batch { id, n: 1 }) = few else { panic!("{few:?}") };
        // As many ids as that: whether they exist shows later.
        let many = Selection::Ids((1..=AT_ONCE as i64 + 1).map(ProfileId::new).collect());
        let Asked::Job(job) = store.ask_for_many(&Reach::whole(team.client), &pool, many, Bulk::Delete, wish).await.expect("a job") else {
            panic!("not a job")
        };
        assert_eq!(store.job(team.client, job).await.expect("the job").kind, JobKind::BulkDelete);
        assert!(matches!(store.ask_to_undo(&Reach::whole(team.client), &pool, id, wish).await, Ok(Asked::Done(Undone { n: 1, kept: 0 }))));
    })
    .await;
}

#[tokio::test]
async fn nobody_changes_or_undoes_what_is_another_clients() {
    on_each_store(async |store| {
        let (mine, other) = (Team::found(&store, "Nord").await, Team::found(&store, "Süd").await);
        let (my_pool, pool) = (mine.pool(&store).await, other.pool(&store).await);
        let anna = make(&store, &pool, &[("NAME", "Roth")]).await;
        let bulk = Bulk::Edit { field: field_of(&pool, "CITY"), edit: Edit::Set(Some(text("Bonn"))) };
        let one = Selection::Ids(vec![anna.id]);
        let batch = store.change_profiles(&Reach::whole(other.client), &pool, &one, &bulk, &Actor::System, NOW).await.expect("changed").id;
        let refused = store.change_profiles(&Reach::whole(mine.client), &pool, &one, &bulk, &Actor::System, NOW).await;
        assert!(matches!(refused, Err(StoreError::NotFound)));
        for pool in [&pool, &my_pool] {
            assert!(matches!(
                store.undo_batch(&Reach::whole(mine.client), pool, batch, &Actor::System, NOW).await,
                Err(StoreError::NotFound)
            ));
        }
        // The id of a stranger's profile names nothing in one's own pool.
        let own = Bulk::Edit { field: field_of(&my_pool, "CITY"), edit: Edit::Set(Some(text("Rom"))) };
        assert_eq!(
            store.change_profiles(&Reach::whole(mine.client), &my_pool, &one, &own, &Actor::System, NOW).await.expect("nothing").n,
            0
        );
        assert_eq!(
            store.profile(&Reach::whole(other.client), &pool, anna.id).await.expect("anna").value(field_of(&pool, "CITY")),
            Some(&text("Bonn"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_job_that_is_begun_again_tells_what_it_did_in_all() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (pool, reach, actor) = (team.pool(&store).await, Reach::whole(team.client), Actor::User(team.user));
        let mut ids = Vec::new();
        for name in ["Anna", "Berta", "Carl", "Dora"] {
            ids.push(make(&store, &pool, &[("NAME", name), ("CITY", "Ulm")]).await.id);
        }
        let job = async |kind| {
            let new = NewJob { kind, payload: serde_json::json!({}), created_by: None };
            let id = store.enqueue(team.client, new, NOW).await.unwrap();
            assert_eq!(store.claim_job(id, "one", 1_000, NOW).await.unwrap().unwrap().id, id);
            id
        };
        let told = async |job| {
            let tally = store.tally(job).await.unwrap();
            assert_eq!(store.job(team.client, job).await.unwrap().result, None, "no answer before the end");
            (tally.n, tally.kept)
        };
        let all = Selection::Ids(ids.clone());
        let city = field_of(&pool, "CITY");
        let edit = Bulk::Edit { field: city, edit: Edit::Set(Some(text("Bonn"))) };
        let batch = store.change_profiles(&reach, &pool, &all, &edit, &actor, NOW).await.unwrap().id;
        let since = Bulk::Edit { field: city, edit: Edit::Set(Some(text("Rom"))) };
        store.change_profiles(&reach, &pool, &Selection::Ids(vec![ids[0]]), &since, &actor, NOW).await.unwrap();

        // The second part begins with what the first one did: its worker died before it could tell.
        let undo = job(JobKind::BulkUndo).await;
        let part = async |ids: &[ProfileId]| store.undo_part(&reach, &pool, batch, ids, &actor, NOW, Some(undo)).await.unwrap();
        assert_eq!(part(&ids[..2]).await, Undone { n: 1, kept: 1 });
        assert_eq!(part(&ids).await, Undone { n: 2, kept: 0 });
        assert_eq!(told(undo).await, (3, 1));

        store.change_profiles(&reach, &pool, &all, &Bulk::Delete, &actor, NOW).await.unwrap();
        let restore = job(JobKind::BulkRestore).await;
        for (part, n) in [(&ids[1..3], 2), (&ids[..], 2)] {
            assert_eq!(store.restore_part(&reach, &pool, part, &actor, NOW, Some(restore)).await.unwrap(), n);
        }
        assert_eq!(told(restore).await, (4, 0));
    })
    .await;
}
