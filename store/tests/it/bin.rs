use domain::history::Actor;
use domain::id::ProfileId;
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::time::Millis;
use store::profiles::Selection;
use store::testing::{NOW, Team, on_each_store};

use crate::list::names;
use crate::profiles::make;

fn search(q: &str) -> ListQuery {
    ListQuery { q: q.to_owned(), ..ListQuery::default() }
}

#[tokio::test]
async fn deleted_profiles_lie_in_the_bin_and_are_found_nowhere_else_until_they_come_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let mut ids = Vec::new();
        for name in ["Müller", "Meier", "Schulz"] {
            ids.push(make(&store, &pool, &[("NAME", name), ("CITY", "Köln")]).await.id);
        }
        let actor = Actor::User(team.user);
        let deleted = store.delete_profiles(team.client, &pool, &Selection::Ids(ids[..2].to_vec()), &actor, NOW).await.expect("deleted");
        assert_eq!(deleted.n, 2);
        assert!(store.profile(team.client, &pool, ids[0]).await.is_err());
        assert_eq!(names(&store, &pool, &search("")).await, ["Schulz"]);
        assert!(names(&store, &pool, &search("muller")).await.is_empty());
        let in_city = ListQuery { search_in: vec!["CITY".to_owned()], ..search("köln") };
        assert_eq!(names(&store, &pool, &in_city).await, ["Schulz"]);
        assert_eq!(team.pool(&store).await.n_profiles, 1);

        let bin = store.bin(team.client, &pool, 1, 50).await.expect("the bin");
        assert_eq!(bin.rows.iter().map(|row| row.profile.id).collect::<Vec<_>>(), [ids[1], ids[0]]);
        assert_eq!((bin.total, bin.rows[0].batch, bin.rows[0].deleted_by.as_str()), (2, deleted.batch, "Nord Admin"));

        let back = store.restore_batch(team.client, &pool, deleted.batch, &actor, NOW).await.expect("restored");
        assert_eq!(back, 2);
        assert_eq!(names(&store, &pool, &search("")).await, ["Schulz", "Meier", "Müller"]);
        assert_eq!(names(&store, &pool, &search("muller")).await, ["Müller"]);
        assert_eq!(names(&store, &pool, &in_city).await, ["Schulz", "Meier", "Müller"]);
        assert_eq!(store.restore_batch(team.client, &pool, deleted.batch, &actor, NOW).await.expect("nothing"), 0);
    })
    .await;
}

#[tokio::test]
async fn all_hits_of_a_search_but_some_are_deleted_and_exactly_these_come_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let mut ids: Vec<ProfileId> = Vec::new();
        for n in 0..7 {
            ids.push(make(&store, &pool, &[("NAME", &format!("Müller{n}"))]).await.id);
        }
        make(&store, &pool, &[("NAME", "Meier")]).await;
        let delete = async |ids: Vec<ProfileId>| {
            store.delete_profiles(team.client, &pool, &Selection::Ids(ids), &Actor::System, NOW).await.expect("deleted")
        };
        delete(vec![ids[0]]).await;
        let hits = Selection::Query { query: search("muller"), except: vec![ids[3]] };
        let deleted = store.delete_profiles(team.client, &pool, &hits, &Actor::System, NOW).await.expect("deleted");
        assert_eq!(deleted.n, 5);
        assert_eq!(names(&store, &pool, &search("")).await, ["Meier", "Müller3"]);
        // One of them came back by itself in the meantime; what was deleted before stays deleted.
        assert_eq!(store.restore_profiles(team.client, &pool, &[ids[1]], &Actor::System, NOW).await.expect("one"), 1);
        assert_eq!(store.restore_batch(team.client, &pool, deleted.batch, &Actor::System, NOW).await.expect("the rest"), 4);
        assert_eq!(names(&store, &pool, &search("muller")).await, ["Müller6", "Müller5", "Müller4", "Müller3", "Müller2", "Müller1"]);
        assert_eq!(store.count(team.client, &pool, &search("muller"), Lang::De).await.expect("a count"), 6);
    })
    .await;
}

#[tokio::test]
async fn after_its_time_a_profile_leaves_the_bin_with_its_history() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let (old, new) = (make(&store, &pool, &[("NAME", "Alt")]).await.id, make(&store, &pool, &[("NAME", "Neu")]).await.id);
        let day = 86_400_000;
        let delete = async |id, now| {
            store.delete_profiles(team.client, &pool, &Selection::Ids(vec![id]), &Actor::System, now).await.expect("deleted")
        };
        delete(old, NOW).await;
        let batch = delete(new, Millis::new(NOW.get() + 10 * day)).await.batch;
        assert_eq!(store.purge_bin(Millis::new(NOW.get() + day)).await.expect("purged"), 1);
        assert!(store.history(team.client, &pool, old, 10, None).await.expect("lines").is_empty());
        assert_eq!(store.bin(team.client, &pool, 1, 50).await.expect("the bin").total, 1);
        assert_eq!(store.restore_batch(team.client, &pool, batch, &Actor::System, NOW).await.expect("restored"), 1);
        // Its number is never given again.
        assert!(make(&store, &pool, &[("NAME", "Später")]).await.id > new);
    })
    .await;
}
