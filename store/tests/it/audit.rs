use std::collections::BTreeMap;

use domain::audit::{AuditQuery, Chain, Deed, Entry, Note, Object, ObjectKind, Origin, hex};
use domain::bulk::{Bulk, Edit};
use domain::config::file::PoolFile;
use domain::config::{FieldChange, NewField, Step};
use domain::field::FieldKind;
use domain::history::Actor;
use domain::import::{Mapping, Reading};
use domain::job::JobKind;
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::rights::{Right, Rights};
use domain::role::ReadyRole;
use domain::text::{Email, Name, PoolName};
use domain::time::Zone;
use domain::value::Value;
use futures::TryStreamExt;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use store::accounts::NewUser;
use store::audit::{Fault, Verdict};
use store::db::Engine;
use store::jobs::NewJob;
use store::load::NewImport;
use store::profiles::{Asked, Selection, Wish};
use store::roles::RoleWish;
use store::sessions::NewSession;
use store::testing::{NOW, Team, TestDatabase, on_each_database, on_each_store};
use store::tokens::NewToken;
use store::{Reach, Store};

use crate::convert::make;

const DAY: i64 = 86_400_000;

fn wish(team: &Team) -> Wish {
    let origin = Origin { address: Some("10.0.0.7".parse().unwrap()), session: None };
    Wish { origin, ..Wish::of(Actor::User(team.user), NOW) }
}

fn token_of(team: &Team, name: &str) -> NewToken {
    NewToken { user: team.user, name: Name::parse(name).unwrap(), hash: [1; 32], rights: None, expires_at: None }
}

fn session_of(team: &Team, token_hash: [u8; 32]) -> NewSession {
    let Team { client, user, .. } = *team;
    NewSession { token_hash, user, client, expires_at: NOW.plus(DAY), address: "10.0.0.7".to_owned(), agent: String::new() }
}

/// The whole log, oldest first.
async fn log(store: &Store, chain: impl Into<Chain>) -> Vec<Entry> {
    let parts: Vec<Vec<Entry>> = store.audit_entries(chain, &AuditQuery::default(), &Zone::UTC).try_collect().await.unwrap();
    parts.concat()
}

async fn deeds(store: &Store, team: &Team) -> Vec<String> {
    log(store, team.client).await.into_iter().map(|entry| entry.deed).collect()
}

async fn rename(store: &Store, team: &Team, name: &str) -> store::Result<()> {
    store.rename_pool(team.client, team.pool, &PoolName::parse(name).unwrap(), wish(team)).await
}

#[tokio::test]
async fn a_deed_stands_in_the_log_with_who_when_and_from_where_and_what_it_was_before() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        rename(&store, &team, "Käufer").await.unwrap();
        let last = log(&store, team.client).await.pop().unwrap();
        let told = json!({
            "n": 2, "client": team.client, "at": "2026-11-22T10:30:00.000Z", "deed": "pool_renamed",
            "actor": { "kind": "user", "id": team.user, "name": "Nordlicht Admin" },
            "object": { "kind": "pool", "id": team.pool, "name": "Käufer", "pool": team.pool },
            "from": { "address": "10.0.0.7", "session": null },
            "before": { "name": "Kunden" }, "after": { "name": "Käufer" },
            "previous": hex(&last.previous), "hash": hex(&last.hash),
        });
        assert_eq!(last.json(), told);
    })
    .await;
}

#[tokio::test]
async fn what_fails_leaves_no_entry() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_pool(team.client, &PoolName::parse("Partner").unwrap(), wish(&team)).await.unwrap();
        let before = log(&store, team.client).await;
        assert!(rename(&store, &team, "Partner").await.is_err());
        let step = Step::DeleteField { field: domain::id::FieldId::new(999) };
        assert!(store.configure(team.client, team.pool, &step, &wish(&team)).await.is_err());
        assert_eq!(log(&store, team.client).await, before);
    })
    .await;
}

#[tokio::test]
async fn each_client_has_a_log_of_its_own_and_the_installation_too() {
    on_each_store(async |store| {
        let (mine, other) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        rename(&store, &mine, "Käufer").await.unwrap();
        assert_eq!(deeds(&store, &mine).await, ["pool_created", "pool_renamed"]);
        assert_eq!(deeds(&store, &other).await, ["pool_created"]);
        let names: Vec<_> = log(&store, Chain::Installation).await.into_iter().map(|entry| (entry.deed, entry.object.name)).collect();
        let expected = [
            ("client_created", "Nordlicht"),
            ("user_created", "nordlicht@example.com"),
            ("client_created", "Südwind"),
            ("user_created", "südwind@example.com"),
        ];
        assert_eq!(names, expected.map(|(deed, name)| (deed.to_owned(), name.to_owned())));
        let chains = store.audit_chains().await.unwrap();
        let expected = [(Chain::Installation, ""), (mine.client.into(), "Nordlicht"), (other.client.into(), "Südwind")];
        assert_eq!(chains, expected.map(|(chain, name)| (chain, name.to_owned())));
    })
    .await;
}

#[tokio::test]
async fn every_deed_that_the_store_knows_stands_in_the_log() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (client, me, reach) = (team.client, wish(&team), Reach::whole(team.client));
        let category = team.pool(&store).await.categories[0].id;
        let new = NewField {
            options: ["Rot", "Rubin"].map(domain::config::NewOption::new).into(),
            ..NewField::new("Farbe", FieldKind::Selection, category)
        };
        let made = store.configure(client, team.pool, &Step::AddField(new), &me).await.unwrap();
        let field = domain::id::FieldId::new(made.made.unwrap());
        let change = FieldChange { label: Some("Lieblingsfarbe".to_owned()), ..FieldChange::default() };
        let done = store.configure(client, team.pool, &Step::ChangeField { field, change }, &me).await.unwrap();
        store.undo_change(client, team.pool, done.change, &me).await.unwrap();
        let file = PoolFile::read(b"format: 1\ncategories:\n  - name: Neu\n    fields: [{key: NEU, kind: date}]\n").unwrap();
        store.apply_file(client, team.pool, &file, &me).await.unwrap().unwrap();
        store.create_pool_from(client, &PoolName::parse("Kopie").unwrap(), &file, &me).await.unwrap();

        let pool = team.pool(&store).await;
        let mut ids = Vec::new();
        for colour in ["Rot", "Rubin", "Rubin"] {
            ids.push(make(&store, &pool, &[("NAME", "Müller"), ("FARBE", colour)]).await.id);
        }
        let options: Vec<_> = pool.field_by_id(field).unwrap().options.iter().map(|option| option.id).collect();
        store.ask_to_merge_options(client, &pool, field, options[1], options[0], me).await.unwrap();
        let pool = team.pool(&store).await;
        let edit = Bulk::Edit { field: pool.field("NAME").unwrap().id, edit: Edit::Set(Some(Value::Text("Maier".into()))) };
        let asked = store.ask_for_many(&reach, &pool, Selection::Ids(ids.clone()), edit, me).await.unwrap();
        let Asked::Done(batch) = asked else { panic!("few profiles") };
        store.ask_to_undo(&reach, &pool, batch.id, me).await.unwrap();
        store.ask_for_many(&reach, &pool, Selection::Ids(vec![ids[0]]), Bulk::Delete, me).await.unwrap();
        store.restore_profiles(&reach, &pool, &[ids[0]], &me).await.unwrap();
        let all = Selection::Query { query: ListQuery::default(), except: Vec::new() };
        store.ask_for_many(&reach, &pool, all, Bulk::Delete, me).await.unwrap();
        store.restore_profiles(&reach, &pool, &ids, &me).await.unwrap();
        let begun = store.begin_conversion(client, team.pool, field, FieldKind::SingleLine, &me).await.unwrap();
        store.convert_now(client, begun.conversion, NOW).await.unwrap();
        store.undo_conversion(client, team.pool, begun.conversion, &me).await.unwrap();

        let import = NewImport {
            file_name: "a.csv".into(),
            path: "a.csv".into(),
            reading: Reading::default(),
            mapping: Mapping::default(),
            rules: domain::import::Rules::default(),
            user: None,
        };
        let import = store.create_import(client, team.pool, import, NOW).await.unwrap();
        let job = NewJob { kind: JobKind::Import, payload: json!({}), created_by: None };
        let job = store.start_import(client, import, job, &me).await.unwrap();
        store.cancel(client, job, me).await.unwrap();
        let (reading, mapping) = (None, Mapping::default());
        let kept = store::mappings::NewMapping { reading, headings: Vec::new(), mapping, rules: domain::import::Rules::default() };
        let (kept, _) = store.save_mapping(client, team.pool, &Name::parse("Messe").unwrap(), &kept, me).await.unwrap();
        store.rename_mapping(client, team.pool, kept, &Name::parse("Messen").unwrap(), me).await.unwrap();
        store.delete_mapping(client, team.pool, kept, me).await.unwrap();
        store.delete_pool(client, team.pool, me).await.unwrap();
        store.restore_pool(client, team.pool, me).await.unwrap();

        let token = store.create_token(client, &token_of(&team, "Shop"), me).await.unwrap();
        store.revoke_token(client, token, me).await.unwrap();
        let session = session_of(&team, [2; 32]);
        store.sign_in(&session, "password", &me).await.unwrap();
        store.sign_out(&[2; 32], &me).await.unwrap();
        store.sign_out(&[2; 32], &me).await.unwrap();
        for hash in [[4; 32], [5; 32]] {
            store.create_session(&session_of(&team, hash), NOW).await.unwrap();
        }
        store.end_other_sessions(team.user, &[4; 32], &me).await.unwrap();
        store.end_other_sessions(team.user, &[4; 32], &me).await.unwrap();
        store.create_link(&[3; 32], team.user, NOW.plus(DAY), me).await.unwrap();
        store.set_password(team.user, "$argon2id$geheim", me).await.unwrap();
        store.set_identity(team.user, &Email::parse("n@example.com").unwrap(), &Name::parse("Nora").unwrap(), me).await.unwrap();
        let (all, role) = (Rights::all(), RoleWish { name: None, rights: Rights::of(&[Right::SeePools, Right::SeeProfiles]), rule: None });
        let code = store.create_role(client, all, &Name::parse("Aushilfe").unwrap(), &role, me).await.unwrap();
        let rule: Option<domain::condition::Condition> = Some("CITY = \"Wien\"".parse().unwrap());
        let wider = RoleWish { name: Some(Name::parse("Aushilfe Wien").unwrap()), rule, ..role };
        store.change_role(client, all, &code, &wider, me).await.unwrap();
        let email = Email::parse("ida@example.com").unwrap();
        let ida = NewUser { email, name: "Ida".to_owned(), password_hash: None, lang: Lang::De };
        let ida = store.invite(client, all, ida, &code, me).await.unwrap();
        store.set_role(client, all, ida, &ReadyRole::Viewer.into(), me).await.unwrap();
        store.set_disabled(client, all, ida, true, me).await.unwrap();
        store.remove_member(client, all, ida, me).await.unwrap();
        store.delete_role(client, all, &code, me).await.unwrap();
        let mut settings = store.client_settings(client).await.unwrap();
        settings.password_length = 20;
        store.change_client(client, &settings, me).await.unwrap();
        let other = store.found_client(&Name::parse("Filiale").unwrap(), &Zone::UTC, team.user, me).await.unwrap();
        assert_eq!(log(&store, other).await.pop().unwrap().deed, "client_created");
        store.audit(client, &me, Note::new(Deed::ExportMade, Object::pool(team.pool, "Kunden"))).await.unwrap();

        let log = log(&store, client).await;
        let told: Vec<&str> = log.iter().map(|entry| entry.deed.as_str()).collect();
        let expected = [
            "pool_created",
            "configuration_changed",
            "configuration_changed",
            "configuration_undone",
            "layout_applied",
            "pool_created",
            "options_merged",
            "bulk_edited",
            "bulk_undone",
            "profile_deleted",
            "profile_restored",
            "bulk_deleted",
            "bulk_restored",
            "conversion_started",
            "conversion_undone",
            "import_started",
            "job_cancelled",
            "mapping_saved",
            "mapping_renamed",
            "mapping_deleted",
            "pool_deleted",
            "pool_restored",
            "token_created",
            "token_revoked",
            "signed_in",
            "signed_out",
            "sessions_ended",
            "link_made",
            "password_changed",
            "user_changed",
            "role_created",
            "role_changed",
            "user_created",
            "member_changed",
            "member_changed",
            "user_removed",
            "role_deleted",
            "client_changed",
            "export_made",
        ];
        assert_eq!(told, expected);
        assert!(log[1..].iter().all(|entry| entry.actor.id == Some(team.user.get()) && entry.address.as_deref() == Some("10.0.0.7")));
        let of = |deed: &str| log.iter().find(|entry| entry.deed == deed).unwrap();
        let changed = &log[2];
        assert_eq!((changed.object.kind.as_str(), changed.object.name.as_str()), ("field", "Lieblingsfarbe"));
        assert_eq!(changed.before, Some(json!({ "label": "Farbe" })));
        assert_eq!(of("options_merged").before, Some(json!({ "option": "Rubin" })));
        assert_eq!(of("bulk_edited").after.as_ref().unwrap()["profiles"], 3);
        assert_eq!((of("profile_deleted").object.id, of("profile_deleted").pool), (Some(ids[0].get()), Some(team.pool.get())));
        assert_eq!(of("conversion_started").after.as_ref().unwrap()["kind"], "single_line");
        assert_eq!(of("import_started").object.name, "a.csv");
        let role = of("role_changed");
        assert_eq!(role.before, Some(json!({ "name": "Aushilfe", "rule": null })));
        assert_eq!(role.after, Some(json!({ "name": "Aushilfe Wien", "rule": "CITY = \"Wien\"" })));
        assert_eq!((of("member_changed").object.name.as_str(), of("member_changed").object.id), ("ida@example.com", Some(ida.get())));
        assert_eq!(of("member_changed").after, Some(json!({ "role": "viewer" })));
        assert_eq!(of("client_changed").after, Some(json!({ "password_length": 20 })));
        let everything: String = log.iter().map(Entry::line).collect();
        for secret in ["argon2", "geheim", "Müller", "Maier", &hex(&[1; 32]), &hex(&[2; 32]), &hex(&[3; 32])] {
            assert!(!everything.contains(secret), "{secret} stands in the log");
        }
        assert!(matches!(store.verify_audit(client, None).await.unwrap(), Verdict::Whole(whole) if whole.entries == 39));
    })
    .await;
}

#[tokio::test]
async fn a_missing_right_is_noted_once_an_hour_for_each_person_and_right() {
    on_each_store(async |store| {
        let (team, other) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        let at = |actor: Actor, minutes: i64| Wish { now: NOW.plus(minutes * 60_000), ..Wish { actor, ..wish(&team) } };
        let (ada, token) = (Actor::User(team.user), Actor::Api(domain::id::TokenId::new(7)));
        let asked = [
            (Right::Users, ada, 0, true),
            (Right::Users, ada, 59, false),
            (Right::Clients, ada, 59, true),
            (Right::Users, token, 59, true),
            (Right::Users, ada, 60, true),
            (Right::Users, ada, 119, false),
        ];
        for (right, actor, minutes, noted) in asked {
            assert_eq!(store.note_refusal(team.client, right, &at(actor, minutes)).await.unwrap(), noted, "{right:?} {actor:?} {minutes}");
        }
        assert!(store.note_refusal(other.client, Right::Users, &at(ada, 60)).await.unwrap(), "each client has a log of its own");
        let now = wish(&team);
        let many = (0..8).map(|_| store.note_refusal(team.client, Right::Erase, &now));
        let many: Vec<bool> = futures::future::try_join_all(many).await.unwrap();
        assert_eq!(many.iter().filter(|noted| **noted).count(), 1, "of many at once one is noted");
        let told: Vec<_> = log(&store, team.client).await.into_iter().filter(|entry| entry.deed == "access_refused").collect();
        assert_eq!(told.len(), 5);
        let last = told.last().unwrap();
        assert_eq!((last.object.kind.as_str(), last.object.name.as_str(), last.object.id), ("right", "erase", None));
        assert_eq!(domain::audit::object_name(last, Lang::De), "Endgültig löschen");
    })
    .await;
}

#[tokio::test]
async fn what_concerns_a_person_stands_in_the_log_of_each_client_they_work_for() {
    on_each_store(async |store| {
        let (one, two) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        store.add_member(two.client, one.user, &ReadyRole::Editor.into(), NOW).await.unwrap();
        let failed = |user: &str| Note::new(Deed::SignInFailed, Object::user(None, user));
        let stranger = Wish::of(Actor::Nobody, NOW);
        store.audit_person(Some(one.user), &stranger, failed("nordlicht@example.com")).await.unwrap();
        store.audit_person(None, &stranger, failed("niemand@example.com")).await.unwrap();
        for team in [&one, &two] {
            let last = log(&store, team.client).await.pop().unwrap();
            assert_eq!((last.deed.as_str(), last.actor.kind.as_str(), last.actor.id), ("sign_in_failed", "nobody", None));
        }
        assert_eq!(log(&store, Chain::Installation).await.pop().unwrap().object.name, "niemand@example.com");
    })
    .await;
}

/// Lets somebody who owns the database do what the program never does.
async fn unguard(database: &TestDatabase) {
    let on = |table: &str| if database.engine == Engine::Postgres { format!(" on {table}") } else { String::new() };
    let triggers = [
        ("audit_log_is_kept", "audit_log"),
        ("audit_log_keeps_its_entries", "audit_log"),
        ("audit_chains_only_grow", "audit_chains"),
        ("audit_chains_stay", "audit_chains"),
    ];
    for (trigger, table) in triggers {
        database.sql(&format!("drop trigger {trigger}{}", on(table))).await.unwrap();
    }
}

#[tokio::test]
async fn the_engine_itself_refuses_to_change_or_remove_entries() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nordlicht").await;
        rename(&store, &team, "Käufer").await.unwrap();
        let before = log(&store, team.client).await;
        let mut attempts = vec![
            "update audit_log set actor_name = 'Eve'",
            "delete from audit_log",
            "delete from audit_log where n = 2",
            "update audit_chains set last_n = last_n - 1",
            "update audit_chains set first_n = 9",
            "delete from audit_chains",
        ];
        if database.engine == Engine::Postgres {
            attempts.extend(["truncate audit_log", "truncate audit_chains"]);
        }
        for attempt in attempts {
            let refused = database.sql(attempt).await.expect_err(attempt).to_string();
            assert!(refused.contains("audit log"), "{attempt}: {refused}");
        }
        assert_eq!(log(&store, team.client).await, before);
        store.close().await;
    })
    .await;
}

/// A log of seven entries is tampered with; what verifying it says then. Hashes stand for `{h}` as the engine writes them.
async fn tampered(database: &TestDatabase, tamper: impl AsyncFn(&Store, &Team)) -> Verdict {
    let store = database.open().await;
    store.migrate().await.unwrap();
    let team = Team::found(&store, "Nordlicht").await;
    for n in 0..6 {
        rename(&store, &team, &format!("Pool {n}")).await.unwrap();
    }
    let whole = store.verify_audit(team.client, None).await.unwrap();
    assert!(matches!(whole, Verdict::Whole(whole) if (whole.entries, whole.last) == (7, 7)), "{whole:?}");
    unguard(database).await;
    tamper(&store, &team).await;
    let verdict = store.verify_audit(team.client, None).await.unwrap();
    store.close().await;
    verdict
}

#[tokio::test]
async fn tampering_shows() {
    let cases: [(&str, i64, Fault); 15] = [
        ("update audit_log set actor_name = 'Eve' where n = 3 and chain = {c}", 3, Fault::Changed),
        ("update audit_log set at = at + 1 where n = 3 and chain = {c}", 3, Fault::Changed),
        ("update audit_log set after = '{\"name\":\"Pool 9\"}' where n = 3 and chain = {c}", 3, Fault::Changed),
        ("update audit_log set after = 'nonsense' where n = 3 and chain = {c}", 3, Fault::Changed),
        ("update audit_log set address = null where n = 7 and chain = {c}", 7, Fault::Changed),
        ("delete from audit_log where n = 4 and chain = {c}", 4, Fault::Missing),
        ("delete from audit_log where n = 1 and chain = {c}", 1, Fault::Missing),
        ("delete from audit_log where n > 5 and chain = {c}", 6, Fault::Missing),
        ("delete from audit_log where chain = {c}", 1, Fault::Missing),
        (
            "update audit_log set n = 99 where n = 3 and chain = {c}; update audit_log set n = 3 where n = 4 and chain = {c};
          update audit_log set n = 4 where n = 99 and chain = {c}",
            3,
            Fault::Changed,
        ),
        (
            "update audit_chains set first_n = 3, anchor = (select previous from audit_log where chain = {c} and n = 3) where chain = {c}",
            3,
            Fault::NotPruned,
        ),
        ("update audit_chains set last_n = 5 where chain = {c}", 6, Fault::BehindTheEnd),
        (
            "update audit_chains set last_hash = (select hash from audit_log where chain = {c} and n = 2) where chain = {c}",
            7,
            Fault::OtherEnd,
        ),
        ("delete from audit_chains where chain = {c}", 1, Fault::BehindTheEnd),
        ("update audit_log set previous = hash where n = 3 and chain = {c}", 3, Fault::Changed),
    ];
    for (sql, n, fault) in cases {
        on_each_database(async |database| {
            let verdict =
                tampered(database, async |_, team| database.sql(&sql.replace("{c}", &team.client.to_string())).await.unwrap()).await;
            assert_eq!(verdict, Verdict::Broken { n, fault }, "{sql}");
        })
        .await;
    }
}

#[tokio::test]
async fn who_makes_a_changed_entry_a_new_hash_breaks_the_chain_behind_it() {
    on_each_database(async |database| {
        let verdict = tampered(database, async |store, team| {
            let mut entry = log(store, team.client).await.swap_remove(2);
            entry.actor.name = "Eve".to_owned();
            let hash = hex(&Sha256::digest(entry.signed()));
            let hash = if database.engine == Engine::Postgres { format!("'\\x{hash}'") } else { format!("x'{hash}'") };
            let sql = format!("update audit_log set actor_name = 'Eve', hash = {hash} where n = 3 and chain = {}", team.client);
            database.sql(&sql).await.unwrap();
        })
        .await;
        assert_eq!(verdict, Verdict::Broken { n: 4, fault: Fault::NotChained });
    })
    .await;
}

#[tokio::test]
async fn who_cuts_the_end_and_mends_the_head_is_found_by_an_entry_that_is_known_elsewhere() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nordlicht").await;
        for n in 0..4 {
            rename(&store, &team, &format!("Pool {n}")).await.unwrap();
        }
        let known = store.audit_head(team.client).await.unwrap().map(|head| (head.last, head.hash));
        assert!(matches!(store.verify_audit(team.client, known).await.unwrap(), Verdict::Whole(_)));
        unguard(database).await;
        let sql = "delete from audit_log where n = 5 and chain = {c};
            update audit_chains set last_n = 4, last_hash = (select hash from audit_log where n = 4 and chain = {c}) where chain = {c}";
        database.sql(&sql.replace("{c}", &team.client.to_string())).await.unwrap();
        assert!(matches!(store.verify_audit(team.client, None).await.unwrap(), Verdict::Whole(whole) if whole.last == 4));
        assert_eq!(store.verify_audit(team.client, known).await.unwrap(), Verdict::Broken { n: 5, fault: Fault::Missing });
        rename(&store, &team, "Ein anderer").await.unwrap();
        assert_eq!(store.verify_audit(team.client, known).await.unwrap(), Verdict::Broken { n: 5, fault: Fault::NotTheKnown });
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_writers_keep_one_chain() {
    on_each_database(async |database| {
        let first = database.open().await;
        let team = Team::found(&first, "Nordlicht").await;
        // Each opens the database by itself, as a process of its own would.
        let mut writers = Vec::new();
        for nth in 0..8 {
            let (store, team) = (database.open().await, team.clone());
            writers.push(tokio::spawn(async move {
                for n in 0..25 {
                    let name = PoolName::parse(&format!("Pool {nth}.{n}")).unwrap();
                    // Each deed once, and one that fails in between.
                    store.create_pool(team.client, &name, wish(&team)).await.unwrap();
                    assert!(store.create_pool(team.client, &name, wish(&team)).await.is_err());
                }
                store.close().await;
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let verdict = first.verify_audit(team.client, None).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole(whole) if (whole.first, whole.last, whole.entries) == (1, 201, 201)), "{verdict:?}");
        let mut names: Vec<_> = log(&first, team.client).await.into_iter().map(|entry| entry.object.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 201);
        first.close().await;
    })
    .await;
}

#[tokio::test]
async fn old_entries_go_and_the_rest_still_proves_itself() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nordlicht").await;
        let at = |days: i64| Wish { now: NOW.plus(days * DAY), ..wish(&team) };
        let named = |n: i64| PoolName::parse(&format!("Pool {n}")).unwrap();
        for day in 1..=9 {
            store.rename_pool(team.client, team.pool, &named(day), at(day)).await.unwrap();
        }
        let known = log(&store, team.client).await.into_iter().map(|entry| (entry.n, entry.hash)).collect::<BTreeMap<_, _>>();
        assert_eq!(store.prune_audit(team.client, NOW.plus(700 * DAY)).await.unwrap(), 0, "two years have not passed");
        store.keep_audit(0);
        assert_eq!(store.prune_audit(team.client, NOW.plus(9_000 * DAY)).await.unwrap(), 0, "kept for ever");
        store.keep_audit(30);
        let now = NOW.plus(34 * DAY);
        assert_eq!(store.prune_audit(team.client, now).await.unwrap(), 4, "entries of the days 0 to 3");
        assert_eq!(store.prune_audit(team.client, now).await.unwrap(), 0);

        let rest = log(&store, team.client).await;
        assert_eq!(rest.iter().map(|entry| entry.n).collect::<Vec<_>>(), [5, 6, 7, 8, 9, 10, 11]);
        let pruned = rest.last().unwrap();
        assert_eq!((pruned.deed.as_str(), pruned.actor.kind.as_str()), ("audit_pruned", "system"));
        assert_eq!(pruned.after, Some(json!({ "until": 4, "entries": 4, "hash": hex(&known[&4]) })));
        for anchor in [4, 5, 10] {
            let verdict = store.verify_audit(team.client, Some((anchor, known[&anchor]))).await.unwrap();
            assert!(matches!(verdict, Verdict::Whole(whole) if (whole.first, whole.entries) == (5, 7)), "{verdict:?}");
        }
        assert_eq!(store.verify_audit(team.client, Some((4, [7; 32]))).await.unwrap(), Verdict::Broken { n: 4, fault: Fault::NotTheKnown });
        assert_eq!(store.verify_audit(team.client, Some((2, known[&2]))).await.unwrap(), Verdict::Broken { n: 2, fault: Fault::Missing });

        let query = AuditQuery { q: "pool".to_owned(), ..AuditQuery::default() };
        let found = store.audit_page(team.client, &query, &Zone::UTC, 50).await.unwrap();
        assert_eq!(found.entries.len(), 6, "what is gone is not found any more");

        // All of it may be too old: only the entry that says so stays.
        assert_eq!(store.prune_audit(team.client, NOW.plus(900 * DAY)).await.unwrap(), 7);
        assert_eq!(deeds(&store, &team).await, ["audit_pruned"]);
        assert!(matches!(store.verify_audit(team.client, None).await.unwrap(), Verdict::Whole(whole) if whole.entries == 1));

        // Somebody who moves the beginning without an entry is found.
        rename(&store, &team, "Käufer").await.unwrap();
        unguard(database).await;
        let sql = format!("update audit_chains set first_n = 13, anchor = (select previous from audit_log where chain = {0} and n = 13) where chain = {0}", team.client);
        database.sql(&sql).await.unwrap();
        assert_eq!(store.verify_audit(team.client, None).await.unwrap(), Verdict::Broken { n: 13, fault: Fault::NotPruned });
        store.close().await;
    })
    .await;
}

async fn found(store: &Store, team: &Team, address: &str) -> Vec<i64> {
    let pair = |part: &str| part.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())).unwrap();
    let query = AuditQuery::from_pairs(address.split('&').filter(|part| !part.is_empty()).map(pair));
    store.audit_page(team.client, &query, &Zone::UTC, 3).await.unwrap().entries.into_iter().map(|entry| entry.n).collect()
}

#[tokio::test]
async fn entries_are_found_by_words_deed_person_object_and_time() {
    on_each_store(async |store| {
        let (team, other) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        let (client, me) = (team.client, wish(&team));
        let later = |days: i64| Wish { now: NOW.plus(days * DAY), ..me };
        rename(&store, &team, "Käufer").await.unwrap(); // 2
        let token = store.create_token(client, &token_of(&team, "Müllers Shop"), later(1)).await.unwrap(); // 3
        let shop = Wish { actor: Actor::Api(token), ..later(2) };
        let pool = store.create_pool(client, &PoolName::parse("Müller & Söhne").unwrap(), shop).await.unwrap(); // 4
        let category = store.pool(client, pool).await.unwrap().categories[0].id;
        let step = Step::AddField(NewField::new("Farbe", FieldKind::SingleLine, category));
        let field = store.configure(client, pool, &step, &later(3)).await.unwrap().made.unwrap(); // 5
        store.delete_pool(client, team.pool, later(3)).await.unwrap(); // 6
        store
            .audit(
                client,
                &Wish::of(Actor::CommandLine, NOW.plus(4 * DAY)),
                Note::new(Deed::ExportMade, Object::pool(pool, "Müller & Söhne")),
            )
            .await
            .unwrap(); // 7
        store.create_pool(other.client, &PoolName::parse("Müller & Söhne").unwrap(), wish(&other)).await.unwrap();

        let check = async |address: &str, expected: &[i64]| assert_eq!(found(&store, &team, address).await, expected, "{address}");
        check("", &[7, 6, 5]).await;
        check("before=5", &[4, 3, 2]).await;
        check("before=2", &[1]).await;
        check("before=1", &[]).await;
        check("q=mueller", &[7, 4, 3]).await;
        check("q=mueller&before=4", &[3]).await;
        check("q=MÜLLER söhne", &[7, 4]).await;
        check("q=kä", &[6, 2]).await;
        check("q=äufer", &[6, 2]).await;
        check("q=gelöscht", &[6]).await;
        check("q=deleted", &[6]).await;
        check("q=admin kunden", &[]).await;
        check("q=10.0.0.7 shop", &[4, 3]).await;
        check("q=\"", &[]).await;
        check("q=%", &[]).await;
        check("deed=pool_created", &[4, 1]).await;
        check("deed=pool_created&q=söhne", &[4]).await;
        check(&format!("who=user:{}", team.user), &[6, 5, 3]).await;
        check(&format!("who=api:{token}"), &[4]).await;
        check("who=command_line", &[7]).await;
        check("who=system", &[1]).await;
        check(&format!("who=user:{}", other.user), &[]).await;
        check(&format!("object=pool:{pool}"), &[7, 5, 4]).await;
        check(&format!("object=field:{field}"), &[5]).await;
        check("from=2026-11-25", &[7, 6, 5]).await;
        check("to=2026-11-23", &[3, 2, 1]).await;
        check("from=2026-11-23&to=2026-11-24", &[4, 3]).await;
        check("from=2026-11-23&to=2026-11-24&q=shop&deed=token_created", &[3]).await;

        let query = AuditQuery { before: Some(5), ..AuditQuery::default() };
        let page = |limit| store.audit_page(client, &query, &Zone::UTC, limit);
        assert!(page(3).await.unwrap().more && !page(4).await.unwrap().more);
        // A file has the same entries, in the order of the log.
        let words = AuditQuery { q: "mueller".to_owned(), ..query.clone() };
        let parts: Vec<Vec<Entry>> = store.audit_entries(client, &words, &Zone::UTC).try_collect().await.unwrap();
        assert_eq!(parts.concat().iter().map(|entry| entry.n).collect::<Vec<_>>(), [3, 4, 7]);

        let entries = log(&store, client).await;
        let mut links: Vec<i64> = store.audit_links(client, &entries).await.unwrap().into_iter().collect();
        links.sort_unstable();
        assert_eq!(links, [4, 5, 7], "the other pool is gone");
        assert!(store.audit_links(other.client, &entries).await.unwrap().is_empty());
        let people = store.audit_people(client).await.unwrap();
        let expected = [(Actor::Api(token), "Müllers Shop".to_owned()), (Actor::User(team.user), "Nordlicht Admin".to_owned())];
        assert_eq!(people, expected);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_hides_no_entry_of_a_span() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        // From the 22nd on; in between somebody thought it was already December, and later still the 24th.
        let days = [0, 1, 2, 3, 20, 4, 5, 2, 6, 7];
        for day in days {
            let note = Note::new(Deed::SettingsChanged, Object::new(ObjectKind::Settings, None, ""));
            store.audit(team.client, &NOW.plus(day * DAY).into(), note).await.unwrap();
        }
        let day_of = |n: i64| if n == 1 { 0 } else { days[usize::try_from(n - 2).unwrap()] };
        for (from, to) in [(0, 30), (0, 0), (2, 2), (3, 5), (6, 7), (8, 19), (20, 20), (21, 30), (4, 30), (0, 3)] {
            let query = AuditQuery { from: Some(20_779 + from), to: Some(20_779 + to), ..AuditQuery::default() };
            let mut expected: Vec<i64> = (1..=11).filter(|n| (from..=to).contains(&day_of(*n))).collect();
            let parts: Vec<Vec<Entry>> = store.audit_entries(team.client, &query, &Zone::UTC).try_collect().await.unwrap();
            assert_eq!(parts.concat().iter().map(|entry| entry.n).collect::<Vec<_>>(), expected, "{from} to {to}");
            expected.reverse();
            let page = store.audit_page(team.client, &query, &Zone::UTC, 50).await.unwrap();
            assert_eq!(page.entries.iter().map(|entry| entry.n).collect::<Vec<_>>(), expected, "{from} to {to}");
        }
    })
    .await;
}

#[tokio::test]
async fn profiles_are_linked_as_long_as_they_live() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let pool = team.pool(&store).await;
        let (one, two) = (make(&store, &pool, &[("NAME", "Müller")]).await.id, make(&store, &pool, &[("NAME", "Maier")]).await.id);
        for id in [one, two] {
            store.ask_for_many(&Reach::whole(team.client), &pool, Selection::Ids(vec![id]), Bulk::Delete, wish(&team)).await.unwrap();
        }
        store.restore_profiles(&Reach::whole(team.client), &pool, &[two], &wish(&team)).await.unwrap();
        let entries = log(&store, team.client).await;
        let links = store.audit_links(team.client, &entries).await.unwrap();
        let linked: Vec<_> =
            entries.iter().filter(|entry| links.contains(&entry.n)).map(|entry| (entry.deed.as_str(), entry.object.id)).collect();
        let (pool, two) = (Some(team.pool.get()), Some(two.get()));
        assert_eq!(linked, [("pool_created", pool), ("profile_deleted", two), ("profile_restored", two)]);
    })
    .await;
}

#[tokio::test]
async fn a_third_party_can_verify_the_lines_of_a_file() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let hostile = "<img src=x onerror=alert(1)> \"';-- \u{202e}ä\u{1f600}";
        rename(&store, &team, hostile).await.unwrap();
        rename(&store, &team, "Käufer").await.unwrap();
        let mut previous = "0".repeat(64);
        for line in log(&store, team.client).await.iter().map(Entry::line) {
            // What any program does that sorts the keys of JSON.
            let mut fields: BTreeMap<String, Json> = serde_json::from_str(&line).unwrap();
            let hash = fields.remove("hash").unwrap();
            assert_eq!(fields["previous"], previous);
            assert_eq!(hash, hex(&Sha256::digest(serde_json::to_string(&fields).unwrap())));
            previous = hash.as_str().unwrap().to_owned();
        }
        assert_eq!(Some(previous), store.audit_head(team.client).await.unwrap().map(|head| hex(&head.hash)));
    })
    .await;
}

#[tokio::test]
async fn a_log_without_entries_is_whole_and_a_name_is_cut_to_its_measure() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let nobody = Chain::Client(domain::id::ClientId::new(99));
        assert!(matches!(store.verify_audit(nobody, None).await.unwrap(), Verdict::Whole(whole) if whole.entries == 0));
        assert_eq!(store.verify_audit(nobody, Some((1, [1; 32]))).await.unwrap(), Verdict::Broken { n: 1, fault: Fault::Missing });
        assert_eq!(store.audit_page(nobody, &AuditQuery::default(), &Zone::UTC, 10).await.unwrap().entries, []);
        let object = Object::new(ObjectKind::Settings, None, "x".repeat(5_000));
        store.audit(team.client, &wish(&team), Note::new(Deed::SettingsChanged, object)).await.unwrap();
        assert_eq!(log(&store, team.client).await.pop().unwrap().object.name.chars().count(), 300);
    })
    .await;
}
