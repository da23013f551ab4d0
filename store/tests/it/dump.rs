//! A whole installation is read, and written into an empty one, of the same engine or of the other.

use std::collections::{BTreeMap, BTreeSet};

use domain::audit::AuditQuery;
use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::{FieldId, PoolId};
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::time::Zone;
use store::audit::Verdict;
use store::db::Engine;
use store::dump::{Contents, Part, RestoreError, cells};
use store::profiles::Selection;
use store::sessions::NewSession;
use store::testing::{NOW, Team, TestDatabase, on_each_database};
use store::{Reach, Store, StoreError};
use tokio::sync::mpsc;

use crate::convert::make;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// What people don't reach by a button, a row each.
const ROWS: &str = "
    insert into api_tokens (client_id, user_id, name, token_hash, created_at) values ({c}, {u}, 'Programm', {b}, 5);
    insert into roles (client_id, code, created_at) values ({c}, 'editor', 6);
    insert into layouts (client_id, user_id, pool_id, layout) values ({c}, {u}, {p}, '{\"columns\":[\"a\\b\",\"c,d\"]}');
    insert into jobs (client_id, kind, state, payload, created_by, created_at, cancel_requested)
        values ({c}, 'purge', 'waiting', '{}', {u}, 7, {yes});
    insert into imports (client_id, pool_id, file_name, path, reading, mapping, created_at)
        values ({c}, {p}, 'a \"b\".csv', '/old/uploads/x.csv', '{}', '{}', 8);
    insert into import_refusals (client_id, import_id, row_number, column_name, value, reason)
        values ({c}, (select max(id) from imports), 2, 'A', '', '{}');
    insert into import_marks (client_id, import_id, mark, row_number)
        values ({c}, (select max(id) from imports), '00112233445566778899aabbccddeeff', 2);
    insert into import_checks (import_id, client_id, job_id, noted) values ((select max(id) from imports), {c}, 1, '{}');
    insert into import_check_rows (client_id, import_id, fate, row_number, told)
        values ({c}, (select max(id) from imports), 'created', 2, '[]');
    insert into import_corrections (client_id, import_id, row_number, column_name, was, value)
        values ({c}, (select max(id) from imports), 0, 'PLZ', '1,2E+4', '12000');
    insert into pool_changes (client_id, pool_id, at, actor_kind, step, inverse) values ({c}, {p}, 9, 'user', '{}', '{}');
    insert into mails (client_id, user_id, recipient, kind, created_at) values ({c}, {u}, 'ada@example.com', 'reset', 10);
    insert into second_factors (user_id, secret, begun_at, begun_in) values ({u}, {b}, 11, {b});
    insert into recovery_codes (user_id, code_hash) values ({u}, {b});
    insert into identities (issuer, subject, user_id, created_at) values ('https://id.example.com', 'Ä', {u}, 12);
    insert into begun_sign_ins (state_hash, browser_hash, nonce, verifier, expires_at) values ({b}, {b}, 'n', 'v', 13);
    insert into passkeys (user_id, credential_id, handle, credential, counter, name, created_at)
        values ({u}, {b}, {b}, '{\"k\": 1}', 3, 'Telefon', 14);
    insert into passkey_ceremonies (challenge_hash, holder_hash, kind, state, expires_at) values ({b}, {b}, 'register', '{}', 15);
    insert into link_keys (client_id, key, created_at) values ({c}, {b}, 16);
    insert into backups (client_id, pool_id, kind, name, state, made_at, whole, file, pinned, expires_at)
        values ({c}, {p}, 'manual', 'Vor \"Ostern\"', 'done', 17, {yes}, 'backup-1.tar.zst', {yes}, 18);
    insert into restores (client_id, pool_id, backup_id, title, made_at, created_at, comparison)
        values ({c}, {p}, 1, 'Vor Ostern', 17, 19, '{}');
    insert into gone_profiles (client_id, pool_id, profile_id, permission, unsubscribed, no_tracking)
        values ({c}, {p}, 99, 1, {yes}, {yes});
    insert into uploads (id, client_id, pool_id, user_id, length, received, metadata, how, expires_at)
        values ('a-b_c', {c}, {p}, {u}, 9, 3, 'filename YQ==', '{}', 20);
    insert into mappings (client_id, pool_id, name, version) values ({c}, {p}, 'Messe \"Köln\"', 1);
    insert into mapping_versions (mapping_id, version, client_id, reading, mapping, headings, fingerprint, rules, user_id, created_at)
        values ((select max(id) from mappings), 1, {c}, 'null', '{\"columns\":[null]}', '[\"A,B\"]', '00ff', '{}', {u}, 21);
    insert into import_schedules (client_id, pool_id, name, source, login, secret, timing, alarm_percent, alarm_user, user_id, paused, next_at)
        values ({c}, {p}, 'Kasse \"Nord\"', 'kasse', '', 'c2VjcmV0', '15m', 5, {u}, {u}, {yes}, 22);
    insert into export_layouts (client_id, pool_id, name, layout, saved_at) values ({c}, {p}, 'Verteiler', '[[\"columns\",\"all\"]]', 24);
    insert into schedule_files (client_id, schedule_id, name, size, changed, hash, taken_at)
        values ({c}, (select max(id) from import_schedules), 'a,b.csv', 9, '2026', {b}, 23);";

/// Texts that mean something to a form of files, and a long one.
const TEXTS: [&str; 7] = ["a,b", "say \"no\"", "two\nlines", "\\.", "\\x41\\N", "NULL", "👋 Ünï"];

fn typed(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Date => "31.12.1990",
        FieldKind::DateTime => "31.12.1990 12:30",
        FieldKind::Email => "ada@example.com",
        FieldKind::Boolean => "ja",
        FieldKind::Integer => "-9223372036854775808",
        FieldKind::Country => "DE",
        FieldKind::Language => "de",
        FieldKind::IpAddress => "192.0.2.1",
        FieldKind::Postcode => "50667",
        FieldKind::MobilePrefix => "+49151",
        FieldKind::State => "DE-NW",
        FieldKind::Salutation => "Frau",
        FieldKind::Selection | FieldKind::MultiSelection => "rot",
        _ => "Text",
    }
}

/// An installation in whose every table something lies.
async fn world(database: &TestDatabase, store: &Store) -> Team {
    let team = Team::found(store, "Nordlicht").await;
    let other = Team::found(store, "Südwind").await;
    make(store, &other.pool(store).await, &[("NAME", "Fremder")]).await;
    let mut cells: Vec<(String, &str)> = vec![("NAME".to_owned(), "Groß")];
    for kind in FieldKind::ALL.into_iter().filter(|kind| kind.offered()) {
        let new = domain::config::NewField {
            key: Some(format!("X{}", cells.len())),
            ..domain::config::NewField::new(kind.code(), kind, team.pool(store).await.categories[0].id)
        };
        let field = store.create_field(team.client, team.pool, &new).await.unwrap();
        if kind.has_options() {
            store.add_options(team.client, team.pool, field, &["rot".to_owned(), "blau".to_owned()]).await.unwrap();
        }
        cells.push((format!("X{}", cells.len()), typed(kind)));
    }
    assert!(cells.len() > 12, "{cells:?}");
    let pool = team.pool(store).await;
    let cells: Vec<(&str, &str)> = cells.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    make(store, &pool, &cells).await;
    for text in TEXTS {
        make(store, &pool, &[("NAME", text), ("CITY", "Köln")]).await;
    }
    let gone = make(store, &pool, &[("NAME", "Gelöscht")]).await.id;
    store.delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(vec![gone]), &Actor::User(team.user), NOW).await.unwrap();
    let of = |kind: FieldKind| pool.fields.iter().find(|field| field.kind == kind && field.key.starts_with('X')).unwrap().id;
    convert(store, &team, of(FieldKind::Boolean), FieldKind::SingleLine).await;
    convert(store, &team, of(FieldKind::SingleLine), FieldKind::Boolean).await;

    let second = store.create_pool(team.client, &"Alt".parse().unwrap(), NOW).await.unwrap();
    let gone = Team { pool: second, ..team.clone() };
    make(store, &gone.pool(store).await, &[("NAME", "Verborgen"), ("FIRSTNAME", "Vera")]).await;
    store.delete_pool(team.client, second, NOW).await.unwrap();

    let Team { client, user, pool } = team;
    let expires_at = NOW.plus(60_000);
    let session = NewSession { token_hash: [1; 32], user, client, expires_at, address: "192.0.2.1".into(), agent: String::new() };
    store.create_session(&session, NOW).await.unwrap();
    store.create_link(&[2; 32], user, expires_at, NOW).await.unwrap();
    store.note_attempt("ada@example.com", NOW).await.unwrap();
    let (bytes, yes) = match database.engine {
        Engine::Sqlite => ("x'00ff5c78'", "1"),
        Engine::Postgres => ("'\\x00ff5c78'", "true"),
    };
    let sql = ROWS.replace("{b}", bytes).replace("{yes}", yes).replace("{c}", &client.to_string());
    database.sql(&sql.replace("{u}", &user.to_string()).replace("{p}", &pool.to_string())).await.unwrap();
    store.catch_up_pending().await.unwrap();
    team
}

async fn convert(store: &Store, team: &Team, field: FieldId, to: FieldKind) {
    let begun = store.begin_conversion(team.client, team.pool, field, to, &team.wish()).await.unwrap();
    store.claim_job(begun.job, "worker", 60_000, NOW).await.unwrap().expect("the job");
    store.convert_now(team.client, begun.conversion, NOW).await.unwrap();
    store.finish(begun.job, "worker", &serde_json::json!({}), NOW).await.unwrap();
}

/// What a backup holds.
async fn read(store: &Store) -> (Contents, Vec<Part>) {
    let mut dump = store.dump().await.unwrap();
    let (sender, mut taken) = mpsc::channel(10_000);
    for n in 0..dump.contents.tables.len() {
        assert_eq!(dump.table(n, &sender).await.unwrap(), dump.contents.tables[n].rows);
    }
    drop(sender);
    let mut parts = Vec::new();
    while let Some(part) = taken.recv().await {
        parts.push(part);
    }
    (dump.contents, parts)
}

async fn write(store: &Store, (contents, parts): &(Contents, Vec<Part>)) -> Result<(), RestoreError> {
    let mut begun = store.begin_installation(contents, "file").await?.expect("nothing was loaded before");
    for part in parts {
        begun.load(part).await?;
    }
    begun.finish(&[]).await?;
    Ok(store.end_restore().await?)
}

type Rows = BTreeSet<Vec<(String, Option<String>)>>;

/// Every row of every table. How far the index of all fields is, is made anew.
fn rows((contents, parts): &(Contents, Vec<Part>)) -> BTreeMap<String, Rows> {
    let mut all: BTreeMap<String, Rows> = contents.tables.iter().map(|table| (table.name.clone(), Rows::new())).collect();
    for part in parts {
        let table = &contents.tables[part.table];
        let mut lines = cells(&part.csv).expect("a part is CSV").into_iter();
        let columns: Vec<String> = lines.next().unwrap().into_iter().flatten().collect();
        assert_eq!(columns.join(","), table.header());
        for line in lines {
            let mut row: Vec<_> = columns.iter().cloned().zip(line).filter(|(column, _)| column != "indexed_to").collect();
            row.sort();
            assert!(all.get_mut(&table.name).unwrap().insert(row));
        }
    }
    for table in &contents.tables {
        assert_eq!(all[&table.name].len() as u64, table.rows, "{}", table.name);
    }
    all
}

/// The highest ids of the shared tables; those of profiles are kept in `pools`.
fn last_ids(contents: &Contents) -> BTreeMap<&str, i64> {
    let shared = contents.tables.iter().filter(|table| table.client.is_none());
    shared.filter_map(|table| Some((table.name.as_str(), table.last_id?))).collect()
}

async fn found(store: &Store, team: &Team, pool: PoolId, q: &str, fields: &[&str]) -> Vec<i64> {
    let pool = store.pool(team.client, pool).await.unwrap();
    let search_in = fields.iter().map(|key| (*key).to_owned()).collect();
    let query = ListQuery { q: q.to_owned(), search_in, ..ListQuery::default() };
    let page = store.list(&Reach::whole(team.client), &pool, &query, Lang::De).await.unwrap();
    page.rows.iter().map(|profile| profile.id.get()).collect()
}

/// Whatever is made anew answers as before.
async fn is_whole(store: &Store, team: &Team, q: &[(&str, &[&str], usize)]) {
    store.ready().await.unwrap();
    for (q, fields, n) in q {
        assert_eq!(found(store, team, team.pool, q, fields).await.len(), *n, "{q} in {fields:?}");
    }
    for (chain, _) in store.audit_chains().await.unwrap() {
        let verdict = store.verify_audit(chain, None).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole(_)), "{verdict:?}");
    }
    let words = AuditQuery { q: "alt".to_owned(), ..AuditQuery::default() };
    assert!(store.audit_page(team.client, &words, &Zone::default(), 10).await.unwrap().entries.len() > 1);
    assert!(store.session(&[1; 32], NOW).await.unwrap().is_some());
}

const SEARCHES: [(&str, &[&str], usize); 4] = [("gross", &[], 1), ("koln", &["CITY"], 7), ("köln", &[], 0), ("geloscht", &[], 0)];

#[tokio::test]
async fn every_row_comes_back_on_either_engine_and_on_the_way_home() {
    for from in ENGINES {
        for to in ENGINES {
            eprintln!("{from:?} to {to:?}");
            let (here, there, home) = (TestDatabase::fresh(from).await, TestDatabase::empty(to).await, TestDatabase::fresh(from).await);
            let store = here.open().await;
            let team = world(&here, &store).await;
            let saved = read(&store).await;
            let of_team = format!("_{}", team.pool);
            for table in saved.0.tables.iter().filter(|table| table.client.is_none() || table.name.ends_with(&of_team)) {
                assert!(table.rows > 0, "nothing in {}: its rows are not tried", table.name);
            }
            let moved = there.open().await;
            write(&moved, &saved).await.unwrap();
            let again = read(&moved).await;
            assert_eq!(rows(&again), rows(&saved));
            assert_eq!(last_ids(&again.0), last_ids(&saved.0));
            is_whole(&moved, &team, &SEARCHES).await;
            assert_eq!(schema(&moved).await, schema(&store).await);

            // What is made from here on gets ids of its own, and is found.
            let back = home.open().await;
            write(&back, &again).await.unwrap();
            let last = read(&back).await;
            assert_eq!(rows(&last), rows(&saved));
            is_whole(&back, &team, &SEARCHES).await;
            let restored = back.deleted_pools(team.client).await.unwrap().remove(0);
            back.restore_pool(team.client, restored.id, NOW).await.unwrap();
            assert_eq!(found(&back, &team, restored.id, "verborg", &[]).await.len(), 1);
            assert_eq!(found(&back, &team, restored.id, "vera", &["FIRSTNAME"]).await.len(), 1);
            let pool = team.pool(&back).await;
            let (theirs, ours) = (make(&back, &pool, &[("NAME", "Neu")]).await.id, make(&store, &pool, &[("NAME", "Neu")]).await.id);
            assert_eq!(theirs, ours);
            Team::found(&back, "Dritte").await;
            let refused = back.begin_installation(&saved.0, "file").await;
            assert!(matches!(refused, Err(RestoreError::NotEmpty(_))), "{refused:?}");

            for store in [store, moved, back] {
                store.close().await;
            }
            for database in [here, there, home] {
                database.remove().await;
            }
        }
    }
}

/// Tables, columns and indexes without those that come by themselves: orders that somebody asked for, columns that SQLite
/// can't drop.
async fn schema(store: &Store) -> BTreeSet<String> {
    let lines = store.schema().await.unwrap();
    lines.into_iter().filter(|line| !line.contains("index sort_") && !line.contains("index by_f")).collect()
}

#[tokio::test]
async fn a_table_is_contained_or_known_to_be_made_anew() {
    on_each_database(async |database| {
        let store = database.open().await;
        world(database, &store).await;
        let dump = store.dump().await.unwrap();
        let contained: BTreeSet<&str> = dump.contents.tables.iter().map(|table| table.name.as_str()).collect();
        let schema = store.schema().await.unwrap();
        let there: BTreeSet<&str> = schema.iter().filter_map(|line| line.strip_prefix("table ")?.split(' ').next()).collect();
        assert_eq!(contained, there);
        drop(dump);
        // One of a kind that nobody has thought of is an error, and not missing.
        let sql = match database.engine {
            Engine::Sqlite => "create virtual table words using fts5(body)",
            Engine::Postgres => "create table words (body tsvector)",
        };
        database.sql(sql).await.unwrap();
        let unknown = store.dump().await;
        assert!(matches!(unknown, Err(StoreError::Corrupt(_))), "{unknown:?}");
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_written_meanwhile_is_wholly_out() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        make(&store, &pool, &[("NAME", "Vorher")]).await;
        let before = rows(&read(&store).await);
        let mut dump = store.dump().await.unwrap();
        make(&store, &pool, &[("NAME", "Nachher")]).await;
        store.create_pool(team.client, &"Neu".parse().unwrap(), NOW).await.unwrap();
        // PostgreSQL gives a table no column that somebody reads: whoever reshapes the pool is told to try again.
        let new = domain::config::NewField::new("Dazu", FieldKind::Boolean, pool.categories[0].id);
        let added = store.create_field(team.client, team.pool, &new).await;
        match database.engine {
            Engine::Sqlite => drop(added.unwrap()),
            Engine::Postgres => assert!(matches!(added, Err(StoreError::Busy)), "{added:?}"),
        }
        let (sender, mut taken) = mpsc::channel(1_000);
        for n in 0..dump.contents.tables.len() {
            dump.table(n, &sender).await.unwrap();
        }
        drop(sender);
        let mut parts = Vec::new();
        while let Some(part) = taken.recv().await {
            parts.push(part);
        }
        let contents = dump.contents.clone();
        // It holds a connection as long as it lives.
        drop(dump);
        assert_eq!(rows(&(contents, parts)), before);
        assert_ne!(rows(&read(&store).await), before);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn many_rows_come_in_parts_and_each_of_them_once() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool;
        let name = "x".repeat(900);
        let rows = |n: u32| format!("({client}, {pool}, {n}, {n}, 'user', 'create', '{name}')", client = team.client);
        for part in 0..12 {
            let values: Vec<String> = (part * 1_000..(part + 1) * 1_000).map(rows).collect();
            let sql = format!(
                "insert into history (client_id, pool_id, profile_id, at, actor_kind, action, changes) values {}",
                values.join(",")
            );
            database.sql(&sql).await.unwrap();
        }
        let (contents, parts) = read(&store).await;
        let history = contents.tables.iter().position(|table| table.name == "history").unwrap();
        let numbers: Vec<u32> = parts.iter().filter(|part| part.table == history).map(|part| part.number).collect();
        assert!(numbers.len() > 1 && numbers.iter().copied().eq(1..=numbers.len() as u32), "{numbers:?}");
        let other = TestDatabase::empty(database.engine).await;
        let there = other.open().await;
        write(&there, &(contents.clone(), parts.clone())).await.unwrap();
        assert_eq!(self::rows(&read(&there).await), self::rows(&(contents, parts)));
        there.close().await;
        store.close().await;
        other.remove().await;
    })
    .await;
}

#[tokio::test]
async fn a_restore_that_breaks_off_is_noticed_and_begun_anew() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = world(database, &store).await;
        let saved = read(&store).await;
        let target = TestDatabase::empty(database.engine).await;
        let there = target.open().await;

        // In the middle of loading: nothing is there.
        let mut begun = there.begin_installation(&saved.0, "file").await.unwrap().unwrap();
        for part in &saved.1[..saved.1.len() / 2] {
            begun.load(part).await.unwrap();
        }
        drop(begun);
        there.migrate().await.unwrap();
        assert!(there.dump().await.unwrap().contents.tables.iter().all(|table| table.rows == 0));

        // Loaded, but the search is missing: nobody may in.
        let mut begun = there.begin_installation(&saved.0, "file").await.unwrap().unwrap();
        for part in &saved.1 {
            begun.load(part).await.unwrap();
        }
        begun.finish(&[("/old/uploads/x.csv".to_owned(), "/new/x.csv".to_owned())]).await.unwrap();
        for refused in [there.migrate().await, there.ready().await, there.dump().await.map(drop)] {
            assert!(matches!(&refused, Err(StoreError::Unusable(sentence)) if sentence.contains("lagune restore")), "{refused:?}");
        }
        let another = there.begin_installation(&saved.0, "another").await;
        assert!(matches!(another, Err(RestoreError::Another)), "{another:?}");
        for _ in 0..2 {
            // As if the process had been killed just before it took the mark away.
            assert!(there.begin_installation(&saved.0, "file").await.unwrap().is_none());
            there.end_restore().await.unwrap();
            target.sql("create table begun_restore (file text not null); insert into begun_restore (file) values ('file')").await.unwrap();
        }
        there.end_restore().await.unwrap();
        is_whole(&there, &team, &SEARCHES).await;
        let mut moved = there.dump().await.unwrap();
        assert_eq!(moved.uploads().await.unwrap(), ["/new/x.csv"]);
        drop(moved);
        there.close().await;
        store.close().await;
        target.remove().await;
    })
    .await;
}

#[tokio::test]
async fn an_older_backup_is_restored_as_it_was_and_brought_up_to_date_then() {
    for from in ENGINES {
        for to in ENGINES {
            let (old, new) = (TestDatabase::empty(from).await, TestDatabase::empty(to).await);
            let store = old.open().await;
            store.migrate_as_before(8).await.unwrap();
            let sql = "insert into clients (name, created_at) values ('Alt', 1);
                insert into users (email, name, lang, created_at) values ('ada@example.com', 'Ada', 'de', 1);
                insert into memberships (client_id, user_id, role) values (1, 1, 'administrator')";
            old.sql(sql).await.unwrap();
            let saved = read(&store).await;
            assert_eq!(saved.0.schema, 8);
            let there = new.open().await;
            write(&there, &saved).await.unwrap();
            there.ready().await.unwrap();
            let now = read(&there).await;
            assert!(now.0.schema > 8);
            let role = rows(&now)["memberships"].iter().flatten().find(|(column, _)| column == "role").unwrap().1.clone();
            assert_eq!(role.as_deref(), Some("operator"), "what a later step makes of it");

            // A database that is further already can't go back.
            let fresh = TestDatabase::fresh(to).await;
            let further = fresh.open().await;
            let refused = further.begin_installation(&saved.0, "file").await;
            assert!(matches!(refused, Err(RestoreError::Older { file: 8, .. })), "{refused:?}");
            let mut newer = now.0.clone();
            newer.schema = 9_999;
            let refused = further.begin_installation(&newer, "file").await;
            assert!(matches!(refused, Err(RestoreError::Newer { file: 9_999, .. })), "{refused:?}");
            for store in [store, there, further] {
                store.close().await;
            }
            for database in [old, new, fresh] {
                database.remove().await;
            }
        }
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_leaves_nothing() {
    on_each_database(async |database| {
        let store = database.open().await;
        world(database, &store).await;
        let saved = read(&store).await;
        let target = TestDatabase::empty(database.engine).await;
        let there = target.open().await;
        let place = |name: &str| saved.0.tables.iter().position(|table| table.name == name).unwrap();
        let pool = saved.0.tables.iter().position(|table| table.name.starts_with("pool_") && table.client.is_some()).unwrap();
        type Change<'a> = &'a dyn Fn(&mut Contents, &mut Vec<Part>);
        let changes: [(&str, Change<'_>); 9] = [
            ("an unknown table", &|contents, _| contents.tables[0].name = "sqlite_master".to_owned()),
            ("a table that is made anew", &|contents, _| contents.tables[0].name = "search_audit".to_owned()),
            ("a table twice", &|contents, _| contents.tables.push(contents.tables[0].clone())),
            ("a statement as a column", &|contents, _| contents.tables[pool].columns[3].name = "x text); drop table users; --".to_owned()),
            ("a pool that nobody has", &|contents, _| contents.tables[pool].name = "pool_99".to_owned()),
            ("another's pool", &|contents, _| contents.tables[pool].client = Some(99)),
            ("a missing part", &|_, parts| parts.retain(|part| part.table != place("history"))),
            ("other headings", &|_, parts| parts[0].csv[0] = b'x'),
            ("a broken row", &|_, parts| {
                let part = parts.iter_mut().find(|part| part.table == place("users")).unwrap();
                part.csv.extend_from_slice(b"9,8\n");
            }),
        ];
        for (what, change) in changes {
            let (mut contents, mut parts) = saved.clone();
            change(&mut contents, &mut parts);
            let refused = write(&there, &(contents, parts)).await;
            assert!(matches!(refused, Err(RestoreError::Unfit(_))), "{what}: {refused:?}");
        }
        write(&there, &saved).await.unwrap();
        there.close().await;
        store.close().await;
        target.remove().await;
    })
    .await;
}
