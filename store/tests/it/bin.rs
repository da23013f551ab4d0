use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::ProfileId;
use domain::import::RowProblem;
use domain::lang::Lang;
use domain::layout::ListLayout;
use domain::list::ListQuery;
use domain::problem::Problem;
use domain::text::PoolName;
use domain::time::Millis;
use store::Reach;
use store::load::{Batch, Cursor};
use store::pool_table::PoolTables;
use store::profiles::{Asked, Selection};
use store::testing::{NOW, Team, on_each_database, on_each_store};

use crate::imports::begin;
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
        let deleted = store
            .delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(ids[..2].to_vec()), &actor, NOW)
            .await
            .expect("deleted");
        assert_eq!(deleted.n, 2);
        assert!(store.profile(&Reach::whole(team.client), &pool, ids[0]).await.is_err());
        assert_eq!(names(&store, &pool, &search("")).await, ["Schulz"]);
        assert!(names(&store, &pool, &search("muller")).await.is_empty());
        let in_city = ListQuery { search_in: vec!["CITY".to_owned()], ..search("köln") };
        assert_eq!(names(&store, &pool, &in_city).await, ["Schulz"]);
        assert_eq!(store.size(&Reach::whole(team.client), &team.pool(&store).await).await.expect("a size"), 1);

        let bin = store.bin(&Reach::whole(team.client), &pool, "", 1, 50).await.expect("the bin");
        assert_eq!(bin.rows.iter().map(|row| row.profile.id).collect::<Vec<_>>(), [ids[1], ids[0]]);
        assert_eq!((bin.total, bin.rows[0].batch, bin.rows[0].deleted_by.as_str()), (2, deleted.id, "Nord Admin"));

        let back = store.undo_batch(&Reach::whole(team.client), &pool, deleted.id, &actor, NOW).await.expect("restored");
        assert_eq!(back.n, 2);
        assert_eq!(names(&store, &pool, &search("")).await, ["Schulz", "Meier", "Müller"]);
        assert_eq!(names(&store, &pool, &search("muller")).await, ["Müller"]);
        assert_eq!(names(&store, &pool, &in_city).await, ["Schulz", "Meier", "Müller"]);
        assert_eq!(store.undo_batch(&Reach::whole(team.client), &pool, deleted.id, &actor, NOW).await.expect("nothing").n, 0);
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
            store.delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(ids), &Actor::System, NOW).await.expect("deleted")
        };
        delete(vec![ids[0]]).await;
        let hits = Selection::Query { query: search("muller"), except: vec![ids[3]] };
        let deleted = store.delete_profiles(&Reach::whole(team.client), &pool, &hits, &Actor::System, NOW).await.expect("deleted");
        assert_eq!(deleted.n, 5);
        assert_eq!(names(&store, &pool, &search("")).await, ["Meier", "Müller3"]);
        // One of them came back by itself in the meantime; what was deleted before stays deleted.
        assert_eq!(store.restore_profiles(&Reach::whole(team.client), &pool, &[ids[1]], &NOW.into()).await.expect("one"), 1);
        assert_eq!(store.undo_batch(&Reach::whole(team.client), &pool, deleted.id, &Actor::System, NOW).await.expect("the rest").n, 4);
        assert_eq!(names(&store, &pool, &search("muller")).await, ["Müller6", "Müller5", "Müller4", "Müller3", "Müller2", "Müller1"]);
        assert_eq!(store.count(&Reach::whole(team.client), &pool, &search("muller"), Lang::De).await.expect("a count"), 6);
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
            store.delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(vec![id]), &Actor::System, now).await.expect("deleted")
        };
        delete(old, NOW).await;
        let batch = delete(new, Millis::new(NOW.get() + 10 * day)).await.id;
        assert_eq!(store.purge_bin(team.client, Millis::new(NOW.get() + day)).await.expect("purged"), 1);
        assert!(store.history(&Reach::whole(team.client), &pool, old, 10, None).await.expect("lines").is_empty());
        assert_eq!(store.bin(&Reach::whole(team.client), &pool, "", 1, 50).await.expect("the bin").total, 1);
        assert_eq!(store.undo_batch(&Reach::whole(team.client), &pool, batch, &Actor::System, NOW).await.expect("restored").n, 1);
        // Its number is never given again.
        assert!(make(&store, &pool, &[("NAME", "Später")]).await.id > new);
    })
    .await;
}

#[tokio::test]
async fn the_bin_of_another_client_is_left_alone() {
    on_each_store(async |store| {
        let (team, other) = (Team::found(&store, "Nord").await, Team::found(&store, "Süd").await);
        let pool = other.pool(&store).await;
        let id = make(&store, &pool, &[("NAME", "Alt")]).await.id;
        store.delete_profiles(&Reach::whole(other.client), &pool, &Selection::Ids(vec![id]), &Actor::System, NOW).await.expect("deleted");
        store.delete_pool(other.client, other.pool, NOW).await.expect("deleted");
        let later = Millis::new(NOW.get() + 1);
        assert_eq!(store.purge_bin(team.client, later).await.expect("purged"), 0);
        assert_eq!(store.purge_pools(team.client, later).await.expect("purged"), 0);
        store.restore_pool(other.client, other.pool, NOW).await.expect("it is still there");
        assert_eq!(store.bin(&Reach::whole(other.client), &pool, "", 1, 50).await.expect("the bin").total, 1);
    })
    .await;
}

#[tokio::test]
async fn after_its_time_a_deleted_pool_goes_with_all_that_was_in_it() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nord").await;
        let field = team.field(&store, "Themen", FieldKind::MultiSelection).await;
        store.add_options(team.client, team.pool, field, &["Kunst".to_owned()]).await.expect("options");
        let pool = team.pool(&store).await;
        store.save_layout(team.client, team.user, team.pool, &ListLayout::default_of(&pool)).await.expect("a layout");
        let id = make(&store, &pool, &[("NAME", "Alt")]).await.id;
        store.delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(vec![id]), &Actor::System, NOW).await.expect("deleted");
        let import = begin(&store, &team).await;
        let refusals = vec![RowProblem::new(2, "E-Mail", "kein@", Problem::NotAnEmail)];
        let batch = Batch { first_row: 2, refusals, next: Cursor { byte: 9, row: 2 }, ..Batch::default() };
        store.load(team.client, &pool, import, None).batch(batch, NOW).await.expect("loaded");
        let partner = PoolName::parse("Partner").expect("a name");
        let young = store.create_pool(team.client, &partner, NOW).await.expect("a pool");

        let later = Millis::new(NOW.get() + 1);
        store.delete_pool(team.client, team.pool, NOW).await.expect("deleted");
        store.delete_pool(team.client, young, later).await.expect("deleted");
        assert_eq!(store.purge_pools(team.client, later).await.expect("purged"), 1);
        assert!(store.restore_pool(team.client, team.pool, NOW).await.is_err());
        store.restore_pool(team.client, young, NOW).await.expect("its time has not come");
        let left = store.pools(&Reach::whole(team.client)).await.expect("pools");
        assert_eq!(left.iter().map(|pool| pool.id).collect::<Vec<_>>(), [young]);
        assert!(store.import(team.client, import).await.is_err());
        assert!(
            database.sql(&format!("select 1 from {}", PoolTables::of(database.engine, team.client, team.pool).profiles())).await.is_err()
        );
        assert_eq!(store.purge_pools(team.client, later).await.expect("nothing left"), 0);
        store.repair().await.expect("the others are whole");
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_search_in_the_bin_finds_by_the_rule_of_the_list_and_brings_its_hits_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (reach, pool) = (Reach::whole(team.client), team.pool(&store).await);
        let mut ids = Vec::new();
        for (name, email) in [("Müller", "a@example.com"), ("Müller-Lüdenscheidt", "b@example.com"), ("Schulz", "muller@example.com")] {
            ids.push(make(&store, &pool, &[("NAME", name), ("EMAIL", email), ("CITY", "Mullheim")]).await.id);
        }
        make(&store, &pool, &[("NAME", "Müller"), ("CITY", "Köln")]).await;
        store.delete_profiles(&reach, &pool, &Selection::Ids(ids.clone()), &Actor::System, NOW).await.expect("deleted");
        let found = async |q: &str| store.in_bin(&reach, &pool, q).await.expect("hits");
        assert_eq!(found("MULLER").await, [ids[2], ids[1], ids[0]]);
        assert_eq!(found("mueller lüd").await, [ids[1]]);
        assert!(found("mullheim").await.is_empty(), "the city is not searched, as in the list");
        let page = store.bin(&reach, &pool, "müller", 2, 2).await.expect("a page");
        assert_eq!((page.total, page.page, page.rows.len(), page.rows[0].profile.id), (3, 2, 1, ids[0]));
        let Asked::Done(n) = store.ask_to_restore(&reach, &pool, "lüdenscheidt", &team.wish()).await.expect("restored") else {
            panic!("one")
        };
        assert_eq!((n, found("").await.len()), (1, 2));
        assert_eq!(names(&store, &pool, &search("lüden")).await, ["Müller-Lüdenscheidt"]);
    })
    .await;
}
