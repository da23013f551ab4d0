//! Backups: what goes into one is read at one moment; how long they are kept, how many, and how much room they take.

use domain::backup::{BackupKind, BackupState};
use domain::field::{FieldKind, Internal};
use domain::history::Actor;
use domain::id::{BackupId, PoolId, ProfileId};
use domain::job::{JobError, JobKind};
use domain::pool::Pool;
use domain::profile::Draft;
use domain::text::PoolName;
use domain::time::Millis;
use domain::value::Value;
use store::backups::{BackupChange, BackupRules, Dump, Dumped, Gone, Made, NewBackup};
use store::profiles::{Selection, Wish};
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Conflict, Reach, Store, StoreError};

use crate::profiles::text;

const DAY: i64 = 24 * 3_600_000;

async fn profile(store: &Store, team: &Team, pool: &Pool, values: &[(&str, Value)]) -> ProfileId {
    let draft = Draft { values: values.iter().map(|(key, value)| (field_of(pool, key), value.clone())).collect() };
    store.create_profile(&Reach::whole(team.client), pool, draft, &Actor::System, NOW).await.expect("a profile").id
}

/// All rows: number, and the cells of these fields.
async fn rows(dump: &mut Dump, keys: &[&str]) -> Vec<(i64, Vec<String>)> {
    let fields = dump.head.fields.clone();
    let at: Vec<usize> = keys.iter().map(|key| fields.iter().position(|field| field.key == *key).expect("a column")).collect();
    let mut all = Vec::new();
    while let Some(part) = dump.next().await.expect("a part") {
        for row in part.rows() {
            let row: Vec<&str> = row.collect();
            assert_eq!(row.len(), fields.len() + 1, "the number, and a cell for each field");
            all.push((row[0].parse().expect("a number"), at.iter().map(|at| row[at + 1].to_owned()).collect()));
        }
    }
    all
}

/// A backup before some work, with a file of so many bytes.
async fn made(store: &Store, team: &Team, kind: BackupKind, bytes: u64, revision: i64, at: Millis) -> BackupId {
    let new = NewBackup { kind, name: String::new(), whole: true, job: None };
    let id = store.begin_backup(team.client, team.pool, &new, &Wish::from(at)).await.expect("begun").id;
    finish(store, team, id, bytes, revision, at).await;
    id
}

async fn finish(store: &Store, team: &Team, id: BackupId, bytes: u64, revision: i64, at: Millis) {
    let (file, sha256) = (format!("backup-{id}.tar.zst"), "ab".repeat(32));
    let made = Made { n_profiles: 3, n_bytes: bytes, revision, place: String::new(), file, sha256, encrypted: false };
    store.finish_backup(team.client, id, &made, at).await.expect("finished");
}

async fn ids(store: &Store, team: &Team) -> Vec<BackupId> {
    let known = store.backups(&Reach::whole(team.client), &team.pool(store).await).await.expect("backups");
    known.iter().map(|backup| backup.id).collect()
}

#[tokio::test]
async fn a_dump_has_every_value_as_it_is_stored_on_both_engines_alike() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let mut options = Vec::new();
        for (label, kind) in [("Farbe", FieldKind::Selection), ("Themen", FieldKind::MultiSelection)] {
            let field = team.field(&store, label, kind).await;
            options.push(store.add_options(team.client, team.pool, field, &["Rot".to_owned(), "Blau".to_owned()]).await.expect("options"));
        }
        for (label, kind) in [("Notiz", FieldKind::MultiLine), ("Punkte", FieldKind::Integer), ("Aktiv", FieldKind::Boolean)] {
            team.field(&store, label, kind).await;
        }
        let pool = team.pool(&store).await;
        let nasty = "a\"b;c,d|e\u{1f469}\u{200d}\u{1f4bb}";
        let values = [
            ("NAME", text(nasty)),
            ("FARBE", Value::Int(options[0][1].get())),
            ("THEMEN", Value::Set(options[1].clone())),
            ("NOTIZ", text("eins\n\tzwei")),
            ("PUNKTE", Value::Int(i64::MIN)),
            ("AKTIV", Value::Bool(false)),
            ("BIRTHDAY", Value::Int(-1)),
        ];
        let (first, second) =
            (profile(&store, &team, &pool, &values).await, profile(&store, &team, &pool, &[("AKTIV", Value::Bool(true))]).await);
        let gone = profile(&store, &team, &pool, &[("NAME", text("Fort"))]).await;
        let binned = Selection::Ids(vec![gone]);
        store.delete_profiles(&Reach::whole(team.client), &pool, &binned, &Actor::System, NOW).await.expect("deleted");

        let mut dump = store.dump_pool(team.client, team.pool, Dumped::Whole).await.expect("a dump");
        let now = team.pool(&store).await;
        assert_eq!((dump.head.n_profiles, dump.head.next_profile, dump.head.pool.revision), (2, gone.get() + 1, now.revision));
        assert_eq!(dump.head.pool.fields, now.fields);
        assert!(dump.head.fields.iter().all(|field| field.internal != Some(Internal::ProfileId)), "the number stands before all fields");
        let keys = ["NAME", "FARBE", "THEMEN", "NOTIZ", "PUNKTE", "AKTIV", "BIRTHDAY", "PERSONA", "PERMISSION", "ENTRY_DATE"];
        let set = format!("|{}|{}|", options[1][0], options[1][1]);
        let at = NOW.get().to_string();
        let whole = [nasty, &options[0][1].to_string(), &set, "eins\n\tzwei", &i64::MIN.to_string(), "0", "-1", "0", "1", &at];
        let bare = ["", "", "", "", "", "1", "", "0", "1", &at];
        let expected = [(first.get(), whole), (second.get(), bare)].map(|(id, cells)| (id, cells.map(str::to_owned).to_vec()));
        assert_eq!(rows(&mut dump, &keys).await, expected);
    })
    .await;
}

#[tokio::test]
async fn a_dump_shows_one_moment_while_others_write() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let mut before = Vec::new();
        // More than one part, so that the writing happens between two of them.
        for n in 0..600 {
            before.push(profile(&store, &team, &pool, &[("NAME", text(&format!("Name {n}")))]).await.get());
        }
        let mut dump = store.dump_pool(team.client, team.pool, Dumped::Whole).await.expect("a dump");
        let edited = Selection::Ids(vec![ProfileId::new(before[599])]);
        let edit = domain::bulk::Bulk::Edit { field: field_of(&pool, "NAME"), edit: domain::bulk::Edit::Set(Some(text("Anders"))) };
        let reach = Reach::whole(team.client);
        store.change_profiles(&reach, &pool, &edited, &edit, &Actor::System, NOW).await.expect("changed");
        let others = Selection::Ids(before[300..400].iter().map(|id| ProfileId::new(*id)).collect());
        store.delete_profiles(&reach, &pool, &others, &Actor::System, NOW).await.expect("deleted");
        profile(&store, &team, &pool, &[("NAME", text("Neu"))]).await;

        assert_eq!(dump.head.n_profiles, 600);
        let seen = rows(&mut dump, &["NAME"]).await;
        assert_eq!(seen.iter().map(|(id, _)| *id).collect::<Vec<_>>(), before, "those of the moment, in the order of their numbers");
        assert_eq!(seen[599].1, ["Name 599"]);
        let mut later = store.dump_pool(team.client, team.pool, Dumped::Whole).await.expect("a dump");
        let seen = rows(&mut later, &["NAME"]).await;
        assert_eq!((seen.len(), seen[499].1[0].as_str()), (501, "Anders"));
    })
    .await;
}

#[tokio::test]
async fn a_dump_of_some_has_these_once_and_in_order_and_none_of_the_bin() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let mut made = Vec::new();
        for name in ["Anna", "Berta", "Carla", "Dora"] {
            made.push(profile(&store, &team, &pool, &[("NAME", text(name))]).await);
        }
        store
            .delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(vec![made[1]]), &Actor::System, NOW)
            .await
            .expect("deleted");
        let some = vec![made[2], made[0], made[1], made[2], ProfileId::new(999)];
        let mut dump = store.dump_pool(team.client, team.pool, Dumped::Only(some)).await.expect("a dump");
        assert_eq!(dump.head.n_profiles, 2);
        let seen = rows(&mut dump, &["NAME"]).await;
        assert_eq!(seen, [(made[0].get(), vec!["Anna".to_owned()]), (made[2].get(), vec!["Carla".to_owned()])]);
        let mut none = store.dump_pool(team.client, team.pool, Dumped::Only(Vec::new())).await.expect("a dump");
        assert_eq!((none.head.n_profiles, rows(&mut none, &[]).await.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_strangers_backup_is_not_found() {
    on_each_store(async |store| {
        let (mine, other) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        let (me, theirs) = (Reach::whole(mine.client), other.pool(&store).await);
        let wish = mine.wish();
        let (id, _) = store.ask_for_backup(&Reach::whole(other.client), &theirs, "Alles", &other.wish()).await.unwrap();
        let own = mine.pool(&store).await;
        let not_found =
            |what: &str, answer: Result<(), StoreError>| assert!(matches!(answer, Err(StoreError::NotFound)), "{what}: {answer:?}");
        not_found("dump", store.dump_pool(mine.client, other.pool, Dumped::Whole).await.map(drop));
        not_found("backups", store.backups(&me, &theirs).await.map(drop));
        not_found("ask", store.ask_for_backup(&me, &theirs, "Meins", &wish).await.map(drop));
        for pool in [&own, &theirs] {
            not_found("backup", store.backup(&me, pool, id).await.map(drop));
            not_found("change", store.change_backup(&me, pool, id, &BackupChange::default(), &wish).await.map(drop));
            not_found("delete", store.delete_backup(&me, pool, id, &wish).await);
        }
        not_found("backup_of", store.backup_of(mine.client, id).await.map(drop));
        let new = NewBackup { kind: BackupKind::Import, name: String::new(), whole: true, job: None };
        not_found("begin", store.begin_backup(mine.client, other.pool, &new, &wish).await.map(drop));
        assert_eq!(ids(&store, &other).await, [id]);
        assert_eq!(store.backup_bytes(mine.client).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn automatic_ones_run_out_after_14_days_manual_ones_after_90_and_pinned_ones_never() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (reach, pool) = (Reach::whole(team.client), team.pool(&store).await);
        let import = made(&store, &team, BackupKind::Import, 10, 1, NOW).await;
        let kept = made(&store, &team, BackupKind::Delete, 10, 1, NOW).await;
        let (manual, _) = store.ask_for_backup(&reach, &pool, "Meins", &team.wish()).await.unwrap();
        finish(&store, &team, manual, 10, 1, NOW).await;
        let pin = |pinned| BackupChange { name: None, pinned: Some(pinned) };
        assert!(store.change_backup(&reach, &pool, kept, &pin(true), &team.wish()).await.unwrap().pinned);

        assert_eq!(store.expire_backups(NOW.plus(14 * DAY - 1)).await.unwrap(), 0);
        assert_eq!(store.expire_backups(NOW.plus(14 * DAY)).await.unwrap(), 1);
        assert_eq!(ids(&store, &team).await, [manual, kept]);
        let gone = Gone { client: team.client, id: import, file: format!("backup-{import}.tar.zst"), place: String::new() };
        assert_eq!(store.gone_backups().await.unwrap(), std::slice::from_ref(&gone), "its row is there until its file has gone");
        store.forget_backup(team.client, import).await.unwrap();
        assert_eq!(store.gone_backups().await.unwrap(), []);
        store.forget_backup(team.client, kept).await.unwrap();
        assert_eq!(store.expire_backups(NOW.plus(90 * DAY)).await.unwrap(), 1);
        assert_eq!(ids(&store, &team).await, [kept], "nothing that is not gone is forgotten");

        let later = Wish { now: NOW.plus(200 * DAY), ..team.wish() };
        let unpinned = store.change_backup(&reach, &pool, kept, &pin(false), &later).await.unwrap();
        assert_eq!(unpinned.expires_at, later.now.plus(DAY), "who unpins an old one by mistake has a day");
    })
    .await;
}

#[tokio::test]
async fn names_pins_and_deletions_stand_in_the_audit_log() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (reach, pool, wish) = (Reach::whole(team.client), team.pool(&store).await, team.wish());
        let (id, job) = store.ask_for_backup(&reach, &pool, "Erstes", &wish).await.unwrap();
        let asked = store.job(team.client, job).await.unwrap();
        assert_eq!((asked.kind, &asked.payload["backup"]), (JobKind::Backup, &serde_json::json!(id)));
        let found = store.backup(&reach, &pool, id).await.unwrap();
        assert_eq!((found.state, found.job, found.made_by, found.whole), (BackupState::Making, Some(job), Some(team.user), true));
        assert_eq!(found.made_by_name.as_deref(), Some("Nord Admin"));
        let renamed = BackupChange { name: Some("Zweites".to_owned()), pinned: Some(true) };
        store.change_backup(&reach, &pool, id, &renamed, &wish).await.unwrap();
        store.change_backup(&reach, &pool, id, &renamed, &wish).await.unwrap();
        store.delete_backup(&reach, &pool, id, &wish).await.unwrap();
        let gone = store.delete_backup(&reach, &pool, id, &wish).await;
        assert!(matches!(gone, Err(StoreError::NotFound)), "{gone:?}");
        let late = Made {
            n_profiles: 1,
            n_bytes: 1,
            revision: 1,
            place: String::new(),
            file: "x".to_owned(),
            sha256: String::new(),
            encrypted: false,
        };
        let late = store.finish_backup(team.client, id, &late, NOW).await;
        assert!(matches!(late, Err(StoreError::NotFound)), "who makes it is told that it was deleted: {late:?}");
        let page = store.audit_page(team.client, &domain::audit::AuditQuery::default(), &domain::time::Zone::UTC, 50).await;
        let deeds: Vec<String> =
            page.unwrap().entries.iter().rev().map(|entry| entry.deed.clone()).filter(|deed| deed.starts_with("backup")).collect();
        assert_eq!(deeds, ["backup_made", "backup_changed", "backup_changed", "backup_deleted"], "a change that changes nothing is none");
    })
    .await;
}

#[tokio::test]
async fn before_the_work_of_a_job_there_is_one_backup_however_often_it_begins() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let job = store::jobs::NewJob { kind: JobKind::Import, payload: serde_json::json!({}), created_by: None };
        let job = store.enqueue(team.client, job, NOW).await.unwrap();
        let new = NewBackup { kind: BackupKind::Import, name: String::new(), whole: true, job: Some(job) };
        let begin = async || store.begin_backup(team.client, team.pool, &new, &Wish::from(NOW)).await.unwrap();
        let first = begin().await;
        assert_eq!((begin().await.id, store.backup_before(team.client, job, BackupKind::Import).await.unwrap()), (first.id, None));
        finish(&store, &team, first.id, 10, 1, NOW).await;
        assert_eq!(store.backup_before(team.client, job, BackupKind::Import).await.unwrap(), Some(first.id));
        let again = begin().await;
        assert_eq!((again.id, again.state), (first.id, BackupState::Done));
        store.fail_backup(team.client, first.id, &JobError::from(JobError::INTERRUPTED)).await.unwrap();
        assert_ne!(begin().await.id, first.id, "a failed one does not count");
    })
    .await;
}

#[tokio::test]
async fn there_are_as_many_manual_ones_as_the_deployment_allows() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (reach, pool, wish) = (Reach::whole(team.client), team.pool(&store).await, team.wish());
        store.keep_backups(BackupRules { manual_limit: Some(2), ..BackupRules::default() });
        made(&store, &team, BackupKind::Import, 10, 1, NOW).await;
        let (first, _) = store.ask_for_backup(&reach, &pool, "Eins", &wish).await.unwrap();
        let (second, _) = store.ask_for_backup(&reach, &pool, "Zwei", &wish).await.unwrap();
        let third = store.ask_for_backup(&reach, &pool, "Drei", &wish).await;
        assert!(matches!(third, Err(StoreError::Conflict(Conflict::TooManyBackups))), "{third:?}");
        store.delete_backup(&reach, &pool, first, &wish).await.unwrap();
        store.ask_for_backup(&reach, &pool, "Drei", &wish).await.expect("one was deleted");
        store.fail_backup(team.client, second, &JobError::from(JobError::INTERRUPTED)).await.unwrap();
        store.ask_for_backup(&reach, &pool, "Vier", &wish).await.expect("one failed");
    })
    .await;
}

#[tokio::test]
async fn automatic_ones_make_room_for_others_the_oldest_first_and_manual_ones_are_refused() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (reach, pool, wish) = (Reach::whole(team.client), team.pool(&store).await, team.wish());
        let other = Team::found(&store, "Süd").await;
        made(&store, &other, BackupKind::Import, 1_000, 1, NOW).await;
        store.keep_backups(BackupRules { quota: 100, ..BackupRules::default() });
        let oldest = made(&store, &team, BackupKind::Import, 30, 1, NOW).await;
        let pinned = made(&store, &team, BackupKind::Import, 30, 1, NOW).await;
        store.change_backup(&reach, &pool, pinned, &BackupChange { name: None, pinned: Some(true) }, &wish).await.unwrap();
        let young = made(&store, &team, BackupKind::Delete, 30, 1, NOW).await;
        assert_eq!(store.backup_bytes(team.client).await.unwrap(), 90);
        let refused = store.ask_for_backup(&reach, &pool, "Meins", &wish).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Conflict::NoRoomForBackup))), "{refused:?}");
        assert!(store.backup_fits(team.client, 10).await.unwrap() && !store.backup_fits(team.client, 11).await.unwrap());

        let new = NewBackup { kind: BackupKind::Import, name: String::new(), whole: true, job: None };
        let next = store.begin_backup(team.client, team.pool, &new, &Wish::from(NOW)).await.unwrap().id;
        assert!(store.make_room(team.client, 10, next, NOW).await.unwrap(), "it fits as it is");
        assert_eq!(ids(&store, &team).await, [next, young, pinned, oldest]);
        assert!(store.make_room(team.client, 40, next, NOW).await.unwrap());
        assert_eq!(ids(&store, &team).await, [next, young, pinned], "only the oldest had to go");
        assert!(!store.make_room(team.client, 90, next, NOW).await.unwrap(), "the pinned one takes too much");
        assert_eq!(ids(&store, &team).await, [next, pinned]);
    })
    .await;
}

#[tokio::test]
async fn at_night_each_pool_is_due_that_has_changed_since_its_last_whole_backup() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let empty = store.create_pool(team.client, &PoolName::parse("Leer").unwrap(), NOW).await.unwrap();
        let pool = team.pool(&store).await;
        profile(&store, &team, &pool, &[("NAME", text("Anna"))]).await;
        let due = async |at: Millis| store.pools_to_back_up(team.client, 20 * 3_600_000, at).await.unwrap();
        assert_eq!(due(NOW).await, [team.pool], "and none for the empty pool {empty}");
        let revision = team.pool(&store).await.revision;
        let nightly = made(&store, &team, BackupKind::Nightly, 10, revision, NOW).await;
        assert_eq!(due(NOW.plus(3 * DAY)).await, Vec::<PoolId>::new(), "nothing has changed");
        profile(&store, &team, &pool, &[("NAME", text("Berta"))]).await;
        assert_eq!(due(NOW.plus(3_600_000)).await, Vec::<PoolId>::new(), "the last one is young");
        let jobs = store.schedule_backups(20 * 3_600_000, NOW.plus(DAY)).await.unwrap();
        assert_eq!((jobs.len(), due(NOW.plus(DAY)).await), (1, vec![team.pool]));
        assert_eq!(store.job(team.client, jobs[0]).await.unwrap().kind, JobKind::NightlyBackup);
        assert_eq!(store.schedule_backups(20 * 3_600_000, NOW.plus(DAY)).await.unwrap(), [], "one is on its way");
        store.delete_backup(&Reach::whole(team.client), &pool, nightly, &team.wish()).await.unwrap();
        assert_eq!(due(NOW).await, [team.pool], "what was deleted saves nothing");
    })
    .await;
}

#[tokio::test]
async fn what_nobody_goes_on_making_is_told_to_have_failed() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (reach, pool) = (Reach::whole(team.client), team.pool(&store).await);
        let new = NewBackup { kind: BackupKind::Delete, name: String::new(), whole: false, job: None };
        let dead = store.begin_backup(team.client, team.pool, &new, &Wish::from(NOW)).await.unwrap().id;
        let (waits, job) = store.ask_for_backup(&reach, &pool, "Wartet", &team.wish()).await.unwrap();
        assert_eq!(store.abandon_backups(NOW.plus(60_000)).await.unwrap(), 0, "it may be on its way");
        assert_eq!(store.abandon_backups(NOW.plus(2 * 3_600_000)).await.unwrap(), 1);
        assert_eq!(store.backup_of(team.client, dead).await.unwrap().state, BackupState::Failed);
        assert_eq!(store.backup_of(team.client, waits).await.unwrap().state, BackupState::Making);
        store.cancel(team.client, job, NOW).await.unwrap();
        assert_eq!(store.abandon_backups(NOW.plus(2 * 3_600_000)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_backups_of_a_pool_go_with_it() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let id = made(&store, &team, BackupKind::Import, 10, 1, NOW).await;
        store.delete_pool(team.client, team.pool, NOW).await.unwrap();
        assert_eq!(store.gone_backups().await.unwrap(), [], "it may come back");
        store.purge_pools(team.client, NOW.plus(DAY)).await.unwrap();
        let gone = store.gone_backups().await.unwrap();
        assert_eq!(gone.iter().map(|gone| gone.id).collect::<Vec<_>>(), [id]);
        store.forget_backup(team.client, id).await.unwrap();
        assert_eq!(store.gone_backups().await.unwrap(), []);
    })
    .await;
}
