//! An import is taken back.

use domain::bulk::{Bulk, Edit};
use domain::history::{Action, Actor};
use domain::id::{ImportId, ProfileId};
use domain::job::JobKind;
use domain::pool::Pool;
use store::bin::KEPT;
use store::load::ImportUndone;
use store::profiles::{Selection, Wish};
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Conflict, Reach, Store, StoreError};

use crate::imports::{batch, begin, rows};
use crate::list::names;
use crate::profiles::{make, text};

/// A pool with Anna and Ben, and an import that changed both, Anna twice, and made Carla and Dora.
struct Imported {
    team: Team,
    pool: Pool,
    import: ImportId,
    anna: ProfileId,
    ben: ProfileId,
}

impl Imported {
    async fn of(store: &Store) -> Self {
        let team = Team::found(store, "Nord").await;
        let pool = team.pool(store).await;
        let anna = make(store, &pool, &[("EMAIL", "anna@example.com"), ("NAME", "Adler"), ("CITY", "Köln")]).await.id;
        let ben = make(store, &pool, &[("EMAIL", "ben@example.com"), ("NAME", "Böhm")]).await.id;
        let import = begin(store, &team).await;
        let key = Some(field_of(&pool, "EMAIL"));
        let mut load = store.load(team.client, &pool, import, key);
        let first = rows(
            &pool,
            &[
                &[("EMAIL", "anna@example.com"), ("NAME", "Arnold"), ("CITY", "Bonn")],
                &[("EMAIL", "carla@example.com"), ("NAME", "Conrad")],
                &[("EMAIL", "ben@example.com"), ("CITY", "Wien")],
            ],
        );
        load.batch(batch(first, 3), NOW).await.unwrap();
        let second = rows(&pool, &[&[("EMAIL", "anna@example.com"), ("CITY", "Ulm")], &[("EMAIL", "dora@example.com"), ("NAME", "Dietz")]]);
        load.batch(batch(second, 5), NOW).await.unwrap();
        Self { team, pool, import, anna, ben }
    }

    fn whole(&self) -> Reach {
        Reach::whole(self.team.client)
    }

    async fn named(&self, store: &Store, name: &str) -> ProfileId {
        let query = domain::list::ListQuery { q: name.to_owned(), ..Default::default() };
        store.list(&self.whole(), &self.pool, &query, domain::lang::Lang::De).await.unwrap().rows[0].id
    }

    async fn city(&self, store: &Store, id: ProfileId) -> Option<domain::value::Value> {
        store.profile(&self.whole(), &self.pool, id).await.unwrap().value(field_of(&self.pool, "CITY")).cloned()
    }

    async fn settle(&self, store: &Store, id: ProfileId, city: &str) {
        let bulk = Bulk::Edit { field: field_of(&self.pool, "CITY"), edit: Edit::Set(Some(text(city))) };
        store.change_profiles(&self.whole(), &self.pool, &Selection::Ids(vec![id]), &bulk, &Actor::System, NOW).await.unwrap();
    }

    /// Takes back what is left, in parts of this size.
    async fn take_back(&self, store: &Store, size: usize) -> ImportUndone {
        let left = store.left_to_undo(self.team.client, &self.pool, self.import).await.unwrap();
        for part in left.chunks(size) {
            store.undo_import_part(self.team.client, &self.pool, self.import, part, &Actor::System, NOW).await.unwrap();
        }
        store.import_undone(self.team.client, self.import).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn the_pool_is_as_it_was_before() {
    on_each_store(async |store| {
        let it = Imported::of(&store).await;
        let all = domain::list::ListQuery::default();
        assert_eq!(names(&store, &it.pool, &all).await, ["Dietz", "Conrad", "Böhm", "Arnold"]);
        let undone = it.take_back(&store, 10).await;
        assert_eq!((undone.n, undone.kept), (4, 0));
        assert_eq!(names(&store, &it.pool, &all).await, ["Böhm", "Adler"]);
        assert_eq!(it.city(&store, it.anna).await, Some(text("Köln")), "from before the first of two changes");
        assert_eq!(it.city(&store, it.ben).await, None);
        assert_eq!(store.size(&it.whole(), &it.team.pool(&store).await).await.unwrap(), 2);
        let found = domain::list::ListQuery { q: "conrad".to_owned(), ..Default::default() };
        assert!(names(&store, &it.pool, &found).await.is_empty());
        let lines = store.history(&it.whole(), &it.pool, it.anna, 10, None).await.unwrap();
        assert_eq!(lines[0].action, Action::Edited, "taking back is told, and nothing is wiped out");
        let bin = store.bin(&it.whole(), &it.pool, "", 1, 10).await.unwrap();
        assert_eq!(bin.total, 2);
        // What lies in the bin comes back as a whole.
        store.undo_batch(&it.whole(), &it.pool, bin.rows[0].batch, &Actor::System, NOW).await.unwrap();
        assert_eq!(names(&store, &it.pool, &all).await, ["Dietz", "Conrad", "Böhm", "Adler"]);
    })
    .await;
}

#[tokio::test]
async fn a_later_change_wins_and_is_named() {
    on_each_store(async |store| {
        let it = Imported::of(&store).await;
        let (carla, dora) = (it.named(&store, "conrad").await, it.named(&store, "dietz").await);
        it.settle(&store, it.anna, "Graz").await;
        it.settle(&store, carla, "Linz").await;
        store.delete_profiles(&it.whole(), &it.pool, &Selection::Ids(vec![it.ben]), &Actor::System, NOW).await.unwrap();
        let undone = it.take_back(&store, 10).await;
        assert_eq!((undone.n, undone.kept), (1, 3));
        assert_eq!(undone.named, [it.anna, it.ben, carla]);
        assert_eq!(it.city(&store, it.anna).await, Some(text("Graz")));
        assert_eq!(it.city(&store, carla).await, Some(text("Linz")));
        assert!(matches!(store.profile(&it.whole(), &it.pool, dora).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn what_another_import_changed_since_stays() {
    on_each_store(async |store| {
        let it = Imported::of(&store).await;
        let later = begin(&store, &it.team).await;
        let change = rows(&it.pool, &[&[("EMAIL", "carla@example.com"), ("CITY", "Bern")]]);
        let mut load = store.load(it.team.client, &it.pool, later, Some(field_of(&it.pool, "EMAIL")));
        load.batch(batch(change, 1), NOW).await.unwrap();
        let carla = it.named(&store, "conrad").await;
        let undone = it.take_back(&store, 10).await;
        assert_eq!((undone.n, undone.kept, undone.named), (3, 1, vec![carla]));
        assert_eq!(it.city(&store, carla).await, Some(text("Bern")));
    })
    .await;
}

#[tokio::test]
async fn each_profile_has_its_turn_once_however_often_the_work_is_begun() {
    on_each_store(async |store| {
        let it = Imported::of(&store).await;
        it.settle(&store, it.ben, "Graz").await;
        let left = store.left_to_undo(it.team.client, &it.pool, it.import).await.unwrap();
        let [first, rest @ ..] = &left[..] else { panic!("somebody is left") };
        store.undo_import_part(it.team.client, &it.pool, it.import, &[*first], &Actor::System, NOW).await.unwrap();
        // The process was killed; somebody changed the first again; a worker begins with what it knew.
        assert_eq!(store.left_to_undo(it.team.client, &it.pool, it.import).await.unwrap(), rest);
        it.settle(&store, *first, "Ulm").await;
        store.undo_import_part(it.team.client, &it.pool, it.import, &left, &Actor::System, NOW).await.unwrap();
        let undone = it.take_back(&store, 1).await;
        assert_eq!((undone.n, undone.kept, undone.named), (3, 1, vec![it.ben]));
        assert_eq!(it.city(&store, *first).await, Some(text("Ulm")));
        assert!(store.left_to_undo(it.team.client, &it.pool, it.import).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn one_job_takes_it_back_within_two_weeks() {
    on_each_store(async |store| {
        let it = Imported::of(&store).await;
        let wish = it.team.wish();
        let empty = begin(&store, &it.team).await;
        let ask = async |import, wish| store.ask_to_undo_import(&it.whole(), &it.pool, import, wish).await;
        assert!(matches!(ask(empty, wish).await, Err(StoreError::Conflict(Conflict::ImportStands))), "it changed nothing");
        let late = Wish { now: NOW.plus(KEPT + 1), ..wish };
        assert!(matches!(ask(it.import, late).await, Err(StoreError::Conflict(Conflict::ImportStands))), "too long ago");
        let job = ask(it.import, wish).await.unwrap();
        assert_eq!(ask(it.import, wish).await.unwrap(), job, "who asks twice gets the job that is at it");
        assert_eq!(store.job(it.team.client, job).await.unwrap().kind, JobKind::ImportUndo);
        // The batch of an import is no batch for those who take a change of many back.
        let batches = store.left_to_undo(it.team.client, &it.pool, it.import).await.unwrap();
        assert_eq!(batches.len(), 4);
        let others = Team::found(&store, "Süd").await;
        let strange = store.ask_to_undo_import(&Reach::whole(others.client), &others.pool(&store).await, it.import, others.wish()).await;
        assert!(matches!(strange, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn consent_that_an_import_wrote_is_taken_back_by_those_alone_who_may_change_it() {
    on_each_store(async |store| {
        let it = Imported::of(&store).await;
        let mapping = domain::import::Mapping { columns: vec![Some("PERMISSION".to_owned())] };
        let new = store::load::NewImport {
            file_name: "p.csv".to_owned(),
            path: "/tmp/p.csv".to_owned(),
            reading: domain::import::Reading::default(),
            mapping,
            rules: domain::import::Rules::default(),
            user: Some(it.team.user),
        };
        let import = store.create_import(it.team.client, it.pool.id, new, NOW).await.unwrap();
        let made = rows(&it.pool, &[&[("NAME", "Emil")]]);
        store.load(it.team.client, &it.pool, import, None).batch(batch(made, 1), NOW).await.unwrap();
        let seen = it.pool.clone().seen_by(domain::rights::Rights::NONE);
        let refused = store.ask_to_undo_import(&it.whole(), &seen, import, it.team.wish()).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        store.ask_to_undo_import(&it.whole(), &it.pool, import, it.team.wish()).await.unwrap();
    })
    .await;
}
