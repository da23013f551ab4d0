//! Backups come back: compared, restored, taken back. A backup is what the pool held at a moment, in the form of its file.

mod properties;

use std::collections::BTreeMap;

use domain::backup::{Backup, BackupKind, BackupRow, BackupState, FORMAT, Manifest, ManifestColumn};
use domain::config::Step;
use domain::field::{FieldKind, Internal};
use domain::history::{Action, Actor};
use domain::id::{BackupId, FieldId, PoolId, ProfileId, RestoreId};
use domain::job::JobKind;
use domain::list::ListQuery;
use domain::permission::Permission;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::restore::{Choice, Comparison, Counts, Group, Plan, Sample};
use domain::rights::Rights;
use domain::time::Millis;
use domain::value::Value;
use futures::TryStreamExt;
use store::bin::KEPT;
use store::profiles::{Selection, Wish};
use store::restores::{Restore, RestoreUndone, Restoring, Stretch};
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Conflict, Reach, Store, StoreError};

use crate::list::names;
use crate::profiles::{make, text};

/// What a pool held at a moment.
pub(super) struct Snapshot {
    manifest: Manifest,
    rows: Vec<BackupRow>,
}

/// A team with a pool, and what is done to it.
pub(super) struct Scene {
    store: Store,
    team: Team,
}

/// Longer ago than anything in the bin is kept.
const LATER: Millis = Millis::new(NOW.get() + KEPT + 1);

impl Scene {
    pub(super) async fn of(store: &Store) -> Self {
        Self { store: store.clone(), team: Team::found(store, "Nord").await }
    }

    fn whole(&self) -> Reach {
        Reach::whole(self.team.client)
    }

    pub(super) async fn pool(&self) -> Pool {
        self.team.pool(&self.store).await
    }

    async fn make(&self, values: &[(&str, &str)]) -> ProfileId {
        make(&self.store, &self.pool().await, values).await.id
    }

    pub(super) async fn set(&self, id: ProfileId, key: &str, value: Option<Value>) {
        let pool = self.pool().await;
        let changes = [(field_of(&pool, key), value)];
        self.store.update_profile(&self.whole(), &pool, id, None, &changes, &Actor::System, NOW).await.unwrap();
    }

    pub(super) async fn delete(&self, ids: &[ProfileId]) {
        let pool = self.pool().await;
        self.store.delete_profiles(&self.whole(), &pool, &Selection::Ids(ids.to_vec()), &Actor::System, NOW).await.unwrap();
    }

    pub(super) async fn purge(&self) {
        self.store.purge_bin(self.team.client, NOW.plus(1)).await.unwrap();
    }

    async fn value(&self, id: ProfileId, key: &str) -> Option<Value> {
        let pool = self.pool().await;
        self.store.profile(&self.whole(), &pool, id).await.unwrap().value(field_of(&pool, key)).cloned()
    }

    pub(super) async fn living(&self) -> BTreeMap<ProfileId, Profile> {
        let stream = self.store.stream(self.whole(), self.pool().await, ListQuery::default(), domain::lang::Lang::De);
        let all: Vec<Profile> = stream.try_concat().await.unwrap();
        all.into_iter().map(|profile| (profile.id, profile)).collect()
    }

    /// What a backup made now holds.
    pub(super) async fn snapshot(&self) -> Snapshot {
        let pool = self.pool().await;
        let fields: Vec<_> = pool.fields.iter().filter(|field| field.internal != Some(Internal::ProfileId)).collect();
        let cell = |value: &Value| match value {
            Value::Text(text) => text.clone(),
            Value::Int(n) => n.to_string(),
            Value::Bool(yes) => u8::from(*yes).to_string(),
            Value::Set(set) => set.iter().fold("|".to_owned(), |out, option| format!("{out}{option}|")),
        };
        let living = self.living().await;
        let rows = living.values().map(|profile| {
            let cells = fields.iter().map(|field| profile.value(field.id).map(|value| cell(value).into())).collect();
            BackupRow { id: profile.id, cells }
        });
        let manifest = Manifest {
            format: FORMAT,
            version: "1".to_owned(),
            client: self.team.client,
            pool: pool.id,
            pool_name: pool.name.clone(),
            kind: BackupKind::Manual,
            name: "Vorher".to_owned(),
            made_at: NOW,
            revision: pool.revision,
            next_profile: living.keys().next_back().map_or(1, |last| last.get() + 1),
            n_profiles: living.len() as u64,
            whole: true,
            columns: fields.iter().filter_map(|field| ManifestColumn::of(field)).collect(),
        };
        Snapshot { manifest, rows: rows.collect() }
    }

    async fn compare(&self, backup: &Snapshot) -> (RestoreId, Comparison, Vec<Sample>) {
        let pool = self.pool().await;
        let id = self.store.ask_to_compare(&self.whole(), &pool, &row_of(backup), self.team.wish()).await.unwrap();
        let plan = Plan::of(&backup.manifest, &pool);
        let choice = Choice { exact: backup.manifest.whole, ..Choice::all() };
        let (mut at, mut counts, mut samples) = (0, Counts::default(), Vec::new());
        while at < i64::MAX {
            let stretch = Stretch { after: at, upto: i64::MAX, rows: &backup.rows };
            let found = self.store.compare_backup(self.team.client, &pool, &plan, &choice, stretch, &counts).await.unwrap();
            assert!(found.to > at);
            at = found.to;
            counts.add(&found.counts);
            samples.extend(found.samples);
        }
        let found = Comparison { counts, left_out: plan.left_out, revision: pool.revision, whole: plan.whole };
        self.store.note_comparison(self.team.client, id, &found, &samples).await.unwrap();
        (id, found, samples)
    }

    /// Starts by what was compared, and does the first stretches of this many ids each.
    async fn run(&self, id: RestoreId, backup: &Snapshot, choice: &Choice, step: i64, stretches: usize) {
        let pool = self.pool().await;
        let plan = Plan::of(&backup.manifest, &pool);
        let restoring = Restoring { restore: id, plan: &plan, choice, actor: &Actor::System };
        let last = backup.rows.last().map_or(0, |row| row.id.get());
        let mut bounds: Vec<i64> = (1..).map(|n| n * step).take_while(|upto| *upto < last).collect();
        bounds.extend([last, i64::MAX]);
        let mut after = 0;
        for upto in bounds.into_iter().take(stretches) {
            while after < upto {
                let stretch = Stretch { after, upto, rows: &backup.rows };
                after = self.store.restore_stretch(self.team.client, &pool, restoring, stretch, NOW).await.unwrap();
            }
        }
    }

    pub(super) async fn restore(&self, backup: &Snapshot, choice: Choice) -> Restore {
        let (id, ..) = self.compare(backup).await;
        self.store.ask_to_restore_backup(&self.whole(), &self.pool().await, id, choice.clone(), self.team.wish()).await.unwrap();
        self.run(id, backup, &choice, 3, usize::MAX).await;
        self.store.restore(self.team.client, id).await.unwrap()
    }

    pub(super) async fn take_back(&self, id: RestoreId, size: usize) -> RestoreUndone {
        let pool = self.pool().await;
        for part in self.store.left_to_undo_restore(self.team.client, &pool, id).await.unwrap().chunks(size) {
            self.store.undo_restore_part(self.team.client, &pool, id, part, &Actor::System, NOW).await.unwrap();
        }
        self.store.restore(self.team.client, id).await.unwrap().undone.unwrap_or_default()
    }

    async fn names(&self) -> Vec<String> {
        names(&self.store, &self.pool().await, &ListQuery::default()).await
    }

    async fn found(&self, q: &str) -> Vec<String> {
        names(&self.store, &self.pool().await, &ListQuery { q: q.to_owned(), ..ListQuery::default() }).await
    }
}

/// The row of a backup in the database.
fn row_of(backup: &Snapshot) -> Backup {
    Backup { whole: backup.manifest.whole, n_profiles: backup.manifest.n_profiles, ..named(backup.manifest.pool) }
}

/// That of a backup of a pool, whatever is in it.
pub(crate) fn backup_of(pool: &Pool) -> Backup {
    named(pool.id)
}

fn named(pool: PoolId) -> Backup {
    Backup {
        id: BackupId::new(7),
        pool,
        kind: BackupKind::Manual,
        name: "Vorher".to_owned(),
        state: BackupState::Done,
        made_at: NOW,
        made_by: None,
        made_by_name: None,
        job: None,
        whole: true,
        n_profiles: 0,
        n_bytes: 1,
        revision: 1,
        place: String::new(),
        file: "x".to_owned(),
        sha256: String::new(),
        encrypted: false,
        pinned: false,
        expires_at: LATER,
        verified_at: None,
        error: None,
    }
}

#[tokio::test]
async fn a_comparison_tells_what_would_happen_and_shows_the_first_of_each() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let anna = it.make(&[("NAME", "Adler"), ("CITY", "Köln")]).await;
        let ben = it.make(&[("NAME", "Böhm")]).await;
        let carla = it.make(&[("NAME", "Conrad")]).await;
        let dora = it.make(&[("NAME", "Dietz")]).await;
        let backup = it.snapshot().await;
        it.set(anna, "CITY", Some(text("Bonn"))).await;
        it.set(dora, "UNSUBSCRIBED", Some(Value::Bool(true))).await;
        it.delete(&[carla]).await;
        it.purge().await;
        it.delete(&[ben]).await;
        let emil = it.make(&[("NAME", "Ernst")]).await;
        let (id, found, samples) = it.compare(&backup).await;
        let expected = Counts { rows: 4, back: 2, gone: 1, changed: 1, unchanged: 1, newer: 1, unsubscribed: 1, options: 0 };
        assert_eq!(found.counts, expected);
        let shown: Vec<_> = samples.iter().map(|sample| (sample.group, sample.profile)).collect();
        for expected in
            [(Group::Back, ben), (Group::Back, carla), (Group::Changed, anna), (Group::Newer, emil), (Group::Unsubscribed, dora)]
        {
            assert!(shown.contains(&expected), "{expected:?} in {shown:?}");
        }
        let pool = it.pool().await;
        let city =
            samples.iter().find(|one| one.profile == anna).unwrap().cells.iter().find(|c| c.field == field_of(&pool, "CITY")).unwrap();
        assert_eq!((city.then.as_deref(), city.now.as_deref()), (Some("Köln"), Some("Bonn")));
        let kept = store.restore(it.team.client, id).await.unwrap();
        assert_eq!((kept.comparison, kept.choice), (Some(found), None));
        assert_eq!(store.job(it.team.client, kept.check.unwrap()).await.unwrap().kind, JobKind::RestoreCheck);
        assert_eq!(store.restore_samples(it.team.client, id).await.unwrap(), samples);
        assert_eq!(it.value(anna, "CITY").await, Some(text("Bonn")), "looking changes nothing");
        // People that it shows are forgotten with the bin.
        store.purge_bin(it.team.client, LATER).await.unwrap();
        assert!(store.restore_samples(it.team.client, id).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn everything_comes_back_and_newer_ones_stay() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let anna = it.make(&[("NAME", "Adler"), ("CITY", "Köln")]).await;
        let ben = it.make(&[("NAME", "Böhm")]).await;
        let carla = it.make(&[("NAME", "Conrad"), ("CITY", "Wien")]).await;
        let backup = it.snapshot().await;
        it.set(anna, "CITY", None).await;
        it.delete(&[carla]).await;
        it.purge().await;
        it.set(ben, "NAME", Some(text("Busch"))).await;
        it.delete(&[ben]).await;
        it.make(&[("NAME", "Ernst")]).await;
        let done = it.restore(&backup, Choice::all()).await;
        assert_eq!((done.counts.back, done.counts.gone, done.counts.changed, done.counts.newer), (2, 1, 1, 0));
        assert_eq!(it.names().await, ["Ernst", "Conrad", "Böhm", "Adler"]);
        assert_eq!(it.value(anna, "CITY").await, Some(text("Köln")));
        assert_eq!(it.value(carla, "CITY").await, Some(text("Wien")), "with the number that it had");
        assert_eq!(store.size(&it.whole(), &it.pool().await).await.unwrap(), 4);
        for (q, expected) in [("conrad", "Conrad"), ("böhm", "Böhm")] {
            assert_eq!(it.found(q).await, [expected]);
        }
        assert!(it.found("busch").await.is_empty());
        let in_city = ListQuery { q: "wien".to_owned(), search_in: vec!["CITY".to_owned()], ..ListQuery::default() };
        assert_eq!(names(&store, &it.pool().await, &in_city).await, ["Conrad"]);
        let history = async |id| store.history(&it.whole(), &it.pool().await, id, 10, None).await.unwrap()[0].action;
        assert_eq!(history(anna).await, Action::ChangedBack);
        assert_eq!(history(ben).await, Action::BroughtBack);
        assert_eq!(history(carla).await, Action::BroughtBack);
        assert!(it.make(&[("NAME", "Neu")]).await > carla);
        // Everything is as it was: a second time nothing happens.
        let again = it.restore(&backup, Choice::all()).await;
        assert_eq!((again.counts.touched(), again.counts.unchanged), (0, 3));
    })
    .await;
}

#[tokio::test]
async fn the_exact_state_puts_newer_ones_into_the_bin_and_taking_it_back_brings_them_again() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let anna = it.make(&[("NAME", "Adler")]).await;
        let ben = it.make(&[("NAME", "Böhm"), ("CITY", "Köln")]).await;
        // In the bin when the backup is made, back since.
        let carla = it.make(&[("NAME", "Conrad")]).await;
        it.delete(&[carla]).await;
        let backup = it.snapshot().await;
        store.restore_profiles(&it.whole(), &it.pool().await, &[carla], &it.team.wish()).await.unwrap();
        it.set(ben, "CITY", Some(text("Bonn"))).await;
        it.delete(&[ben]).await;
        it.set(anna, "NAME", Some(text("Arnold"))).await;
        it.make(&[("NAME", "Ernst")]).await;
        let before = it.living().await;
        let done = it.restore(&backup, Choice { exact: true, ..Choice::all() }).await;
        assert_eq!((done.counts.back, done.counts.changed, done.counts.newer), (1, 1, 2));
        assert_eq!(it.names().await, ["Böhm", "Adler"]);
        assert_eq!(store.bin(&it.whole(), &it.pool().await, "", 1, 10).await.unwrap().total, 2);
        let undone = it.take_back(done.id, 2).await;
        assert_eq!((undone.n, undone.kept), (4, 0));
        let values = |living: BTreeMap<ProfileId, Profile>| living.into_values().map(|one| one.values).collect::<Vec<_>>();
        assert_eq!(values(it.living().await), values(before));
        let bin = store.bin(&it.whole(), &it.pool().await, "", 1, 10).await.unwrap();
        assert_eq!(bin.rows.len(), 1);
        assert_eq!(bin.rows[0].profile.value(field_of(&it.pool().await, "CITY")), Some(&text("Bonn")), "as it lay there");
    })
    .await;
}

#[tokio::test]
async fn consent_never_becomes_more_than_it_is_now() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let mut all = Vec::new();
        for name in ["Lebt", "Liegt", "Fort", "Wieder"] {
            let id = it.make(&[("NAME", name), ("CITY", "Köln")]).await;
            it.set(id, "PERMISSION", Some(Value::Int(Permission::DoubleOptIn.number()))).await;
            all.push(id);
        }
        let [lives, lies, gone, more] = all[..] else { panic!("four") };
        it.set(more, "PERMISSION", Some(Value::Int(Permission::OptOut.number()))).await;
        let backup = it.snapshot().await;
        for id in [lives, lies, gone] {
            it.set(id, "UNSUBSCRIBED", Some(Value::Bool(true))).await;
            it.set(id, "NOTRACKING", Some(Value::Bool(true))).await;
            it.set(id, "HARDBOUNCES", Some(Value::Int(3))).await;
            it.set(id, "PERMISSION", Some(Value::Int(Permission::None.number()))).await;
            it.set(id, "CITY", Some(text("Bonn"))).await;
        }
        it.set(more, "PERMISSION", Some(Value::Int(Permission::DoubleOptIn.number()))).await;
        it.delete(&[gone]).await;
        it.purge().await;
        it.delete(&[lies]).await;
        let done = it.restore(&backup, Choice { exact: true, ..Choice::all() }).await;
        assert_eq!(done.counts.unsubscribed, 3);
        for id in [lives, lies, gone] {
            assert_eq!(it.value(id, "CITY").await, Some(text("Köln")), "{id}");
            assert_eq!(it.value(id, "UNSUBSCRIBED").await, Some(Value::Bool(true)), "{id}");
            assert_eq!(it.value(id, "UNSUBSCRIBE_DATE").await, Some(Value::Int(NOW.get())), "{id}");
            assert_eq!(it.value(id, "NOTRACKING").await, Some(Value::Bool(true)), "{id}");
            assert_eq!(it.value(id, "PERMISSION").await, Some(Value::Int(Permission::None.number())), "{id}");
        }
        assert_eq!(it.value(lives, "HARDBOUNCES").await, Some(Value::Int(3)));
        assert_eq!(it.value(more, "PERMISSION").await, Some(Value::Int(Permission::DoubleOptIn.number())), "what was given since stays");
    })
    .await;
}

#[tokio::test]
async fn a_choice_is_kept_to() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let anna = it.make(&[("NAME", "Adler"), ("CITY", "Köln")]).await;
        let ben = it.make(&[("NAME", "Böhm"), ("CITY", "Köln")]).await;
        let carla = it.make(&[("NAME", "Conrad")]).await;
        let backup = it.snapshot().await;
        for id in [anna, ben] {
            it.set(id, "CITY", Some(text("Bonn"))).await;
            it.set(id, "NAME", Some(text("Anders"))).await;
        }
        it.delete(&[carla]).await;
        let city = field_of(&it.pool().await, "CITY");
        let one_field = Choice { back: false, fields: Some(vec![city]), only: Some([anna].into()), ..Choice::all() };
        let done = it.restore(&backup, one_field).await;
        assert_eq!((done.counts.changed, done.counts.back), (1, 0));
        assert_eq!((it.value(anna, "CITY").await, it.value(anna, "NAME").await), (Some(text("Köln")), Some(text("Anders"))));
        assert_eq!(it.value(ben, "CITY").await, Some(text("Bonn")));
        let only_back = it.restore(&backup, Choice { changed: false, ..Choice::all() }).await;
        assert_eq!((only_back.counts.changed, only_back.counts.back), (0, 1));
        assert_eq!(it.names().await, ["Conrad", "Anders", "Anders"]);
    })
    .await;
}

#[tokio::test]
async fn a_backup_of_some_profiles_says_nothing_of_the_others() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let anna = it.make(&[("NAME", "Adler")]).await;
        let ben = it.make(&[("NAME", "Böhm")]).await;
        let mut backup = it.snapshot().await;
        backup.manifest.whole = false;
        backup.rows.retain(|row| row.id == anna);
        it.delete(&[anna]).await;
        it.set(ben, "NAME", Some(text("Busch"))).await;
        let (id, found, _) = it.compare(&backup).await;
        assert_eq!((found.counts.rows, found.counts.back, found.counts.newer), (1, 1, 0));
        let exact = Choice { exact: true, ..Choice::all() };
        let refused = store.ask_to_restore_backup(&it.whole(), &it.pool().await, id, exact, it.team.wish()).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
        it.restore(&backup, Choice::all()).await;
        assert_eq!(it.names().await, ["Busch", "Adler"]);
    })
    .await;
}

#[tokio::test]
async fn fields_and_options_that_are_gone_are_left_out_and_told() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let way = it.team.field(&store, "Weg", FieldKind::SingleLine).await;
        let kind = it.team.field(&store, "Art", FieldKind::SingleLine).await;
        let colours = it.team.field(&store, "Farben", FieldKind::MultiSelection).await;
        let size = it.team.field(&store, "Größe", FieldKind::Selection).await;
        let labels = ["Rot".to_owned(), "Blau".to_owned()];
        let made = store.add_options(it.team.client, it.team.pool, colours, &labels).await.unwrap();
        let sizes = store.add_options(it.team.client, it.team.pool, size, &labels).await.unwrap();
        let anna = it.make(&[("NAME", "Adler"), ("WEG", "links"), ("ART", "alt")]).await;
        let set = async |field: FieldId, value| {
            let pool = it.pool().await;
            store.update_profile(&it.whole(), &pool, anna, None, &[(field, value)], &Actor::System, NOW).await.unwrap();
        };
        set(colours, Some(Value::Set(made.clone()))).await;
        set(size, Some(Value::Int(sizes[0].get()))).await;
        let mut backup = it.snapshot().await;
        // It had another type then.
        backup.manifest.columns.iter_mut().find(|column| column.field == kind).unwrap().kind = FieldKind::Integer;
        set(colours, None).await;
        set(size, Some(Value::Int(sizes[1].get()))).await;
        let wish = Wish::from(NOW);
        let take = async |step: Step| store.configure(it.team.client, it.team.pool, &step, &wish).await.unwrap();
        take(Step::DeleteField { field: way }).await;
        take(Step::DeleteOptions { field: colours, options: vec![made[1]] }).await;
        take(Step::DeleteOptions { field: size, options: vec![sizes[0]] }).await;
        let (_, found, _) = it.compare(&backup).await;
        let left_out: Vec<_> = found.left_out.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(left_out, ["WEG", "ART"]);
        assert_eq!((found.counts.changed, found.counts.options), (1, 2));
        it.restore(&backup, Choice::all()).await;
        assert_eq!(it.value(anna, "FARBEN").await, Some(Value::Set(vec![made[0]])));
        assert_eq!(it.value(anna, "GROESSE").await, Some(Value::Int(sizes[1].get())), "nothing is left of the former value");
    })
    .await;
}

#[tokio::test]
async fn killed_between_two_stretches_it_goes_on_where_it_was() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let mut ids = Vec::new();
        for n in 0..9 {
            ids.push(it.make(&[("NAME", &format!("Nr. {n}"))]).await);
        }
        let backup = it.snapshot().await;
        it.delete(&ids[..6]).await;
        it.set(ids[7], "NAME", Some(text("Anders"))).await;
        let (id, ..) = it.compare(&backup).await;
        let choice = Choice::all();
        store.ask_to_restore_backup(&it.whole(), &it.pool().await, id, choice.clone(), it.team.wish()).await.unwrap();
        it.run(id, &backup, &choice, 3, 1).await;
        assert_eq!(store.size(&it.whole(), &it.pool().await).await.unwrap(), 6);
        // The process was killed; meanwhile somebody deleted one that had come back; a worker begins from the start.
        it.delete(&ids[..1]).await;
        it.run(id, &backup, &choice, 4, usize::MAX).await;
        let done = store.restore(it.team.client, id).await.unwrap();
        assert_eq!((done.counts.rows, done.counts.back, done.counts.changed), (9, 6, 1));
        assert_eq!(store.size(&it.whole(), &it.pool().await).await.unwrap(), 8, "what had its turn is not touched again");
        it.run(id, &backup, &choice, 2, usize::MAX).await;
        assert_eq!(store.restore(it.team.client, id).await.unwrap().counts, done.counts);
        let lines = store.history(&it.whole(), &it.pool().await, ids[7], 10, None).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.action == Action::ChangedBack).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_later_change_wins_when_it_is_taken_back() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let anna = it.make(&[("NAME", "Adler"), ("CITY", "Köln")]).await;
        let ben = it.make(&[("NAME", "Böhm"), ("CITY", "Köln")]).await;
        let carla = it.make(&[("NAME", "Conrad")]).await;
        let dora = it.make(&[("NAME", "Dietz")]).await;
        let backup = it.snapshot().await;
        it.set(anna, "CITY", Some(text("Bonn"))).await;
        it.set(ben, "CITY", Some(text("Bonn"))).await;
        it.delete(&[dora]).await;
        it.purge().await;
        it.delete(&[carla]).await;
        let done = it.restore(&backup, Choice::all()).await;
        it.set(anna, "CITY", Some(text("Graz"))).await;
        it.set(carla, "CITY", Some(text("Linz"))).await;
        let undone = it.take_back(done.id, 1).await;
        assert_eq!((undone.n, undone.kept), (2, 2));
        assert_eq!(undone.named, [anna, carla]);
        assert_eq!(it.value(anna, "CITY").await, Some(text("Graz")));
        assert_eq!(it.value(ben, "CITY").await, Some(text("Bonn")));
        assert_eq!(it.names().await, ["Conrad", "Böhm", "Adler"], "who was gone is in the bin");
        assert!(store.left_to_undo_restore(it.team.client, &it.pool().await, done.id).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_may_restore_is_asked_each_time() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let anna = it.make(&[("NAME", "Adler")]).await;
        let backup = it.snapshot().await;
        it.delete(&[anna]).await;
        it.purge().await;
        let (id, ..) = it.compare(&backup).await;
        let (pool, wish, other) = (it.pool().await, it.team.wish(), Team::found(&store, "Süd").await);
        let (strange, stranger) = (other.pool(&store).await, Reach::whole(other.client));
        let not_found = |answer: Option<StoreError>| assert!(matches!(answer, Some(StoreError::NotFound)), "{answer:?}");
        not_found(store.ask_to_compare(&stranger, &strange, &row_of(&backup), other.wish()).await.err());
        not_found(store.restore(other.client, id).await.err());
        not_found(store.restore_samples(other.client, id).await.err());
        not_found(store.ask_to_restore_backup(&stranger, &strange, id, Choice::all(), other.wish()).await.err());
        not_found(store.ask_to_undo_restore(&stranger, &strange, id, other.wish()).await.err());
        assert!(store.restores_of(other.client, other.pool, BackupId::new(7), 10).await.unwrap().is_empty());
        // Consent would come back with who is gone for good.
        let seen = pool.clone().seen_by(Rights::NONE);
        let locked = store.ask_to_restore_backup(&it.whole(), &seen, id, Choice::all(), wish).await;
        assert!(matches!(locked, Err(StoreError::Conflict(Conflict::ConsentLocked))), "{locked:?}");
        let nothing = Choice { back: false, changed: false, ..Choice::all() };
        let refused = store.ask_to_restore_backup(&it.whole(), &pool, id, nothing, wish).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
        let undo = store.ask_to_undo_restore(&it.whole(), &pool, id, wish).await;
        assert!(matches!(undo, Err(StoreError::Conflict(Conflict::RestoreStands))), "{undo:?}");
        let job = store.ask_to_restore_backup(&it.whole(), &pool, id, Choice::all(), wish).await.unwrap();
        assert_eq!(store.job(it.team.client, job).await.unwrap().kind, JobKind::Restore);
        let twice = store.ask_to_restore_backup(&it.whole(), &pool, id, Choice::all(), wish).await;
        assert!(matches!(twice, Err(StoreError::Conflict(Conflict::RestoreRuns))), "{twice:?}");
        let undo = store.ask_to_undo_restore(&it.whole(), &pool, id, wish).await;
        assert!(matches!(undo, Err(StoreError::Conflict(Conflict::RestoreRuns))), "{undo:?}");
        it.run(id, &backup, &Choice::all(), 3, usize::MAX).await;
        store.cancel(it.team.client, job, NOW).await.unwrap();
        let late = Wish { now: LATER.plus(1), ..wish };
        let undo = store.ask_to_undo_restore(&it.whole(), &pool, id, late).await;
        assert!(matches!(undo, Err(StoreError::Conflict(Conflict::RestoreStands))), "too long ago: {undo:?}");
        let undo = store.ask_to_undo_restore(&it.whole(), &pool, id, wish).await.unwrap();
        assert_eq!(
            store.ask_to_undo_restore(&it.whole(), &pool, id, wish).await.unwrap(),
            undo,
            "who asks twice gets the job that is at it"
        );
    })
    .await;
}

#[tokio::test]
async fn a_pool_that_goes_for_good_takes_what_outlived_its_profiles_along() {
    on_each_store(async |store| {
        let it = Scene::of(&store).await;
        let anna = it.make(&[("NAME", "Adler")]).await;
        let backup = it.snapshot().await;
        it.compare(&backup).await;
        it.delete(&[anna]).await;
        it.purge().await;
        store.delete_pool(it.team.client, it.team.pool, NOW).await.unwrap();
        assert_eq!(store.purge_pools(it.team.client, NOW.plus(1)).await.unwrap(), 1);
        assert!(store.restores_of(it.team.client, it.team.pool, BackupId::new(7), 10).await.unwrap().is_empty());
    })
    .await;
}
