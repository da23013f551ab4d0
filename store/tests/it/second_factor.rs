//! The second factor: each code counts once, whoever is the second gets nothing, and a clock opens nothing again.

use std::collections::BTreeSet;

use domain::audit::{AuditQuery, Entry};
use domain::history::Actor;
use domain::id::UserId;
use domain::rights::Rights;
use domain::role::ReadyRole;
use domain::time::Zone;
use futures::TryStreamExt;
use serde_json::json;
use store::members::Manager;
use store::profiles::Wish;
use store::second_factor::SET_UP_LASTS;
use store::sessions::NewSession;
use store::testing::{NOW, Team, on_each_store};
use store::{Store, StoreError};

const SECRET: [u8; 20] = [7; 20];
const SESSION: [u8; 32] = [1; 32];
const FRESH: [u8; 32] = [2; 32];
const CODES: [[u8; 32]; 3] = [[11; 32], [12; 32], [13; 32]];

fn wish(user: UserId) -> Wish {
    Wish::of(Actor::User(user), NOW)
}

fn session(team: &Team, token_hash: [u8; 32]) -> NewSession {
    let Team { client, user, .. } = *team;
    NewSession { token_hash, user, client, expires_at: NOW.plus(600_000), address: "192.0.2.1".to_owned(), agent: String::new() }
}

/// A second factor whose first code was that of half minute 100.
async fn set_up(store: &Store, team: &Team) {
    assert!(store.begin_second_factor(team.user, SECRET.to_vec(), &SESSION, NOW).await.unwrap());
    assert!(store.confirm_second_factor(team.user, &SESSION, 100, &CODES, &wish(team.user)).await.unwrap());
}

async fn demand(store: &Store, team: &Team, needed: bool) {
    let mut settings = store.client_settings(team.client).await.unwrap();
    settings.second_factor = needed;
    store.change_client(team.client, &settings, NOW).await.unwrap();
    assert_eq!(store.client_settings(team.client).await.unwrap().second_factor, needed);
}

#[tokio::test]
async fn of_two_who_use_one_recovery_code_at_once_only_one_comes_in() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        set_up(&store, &team).await;
        let used = futures::future::join_all((0..8).map(|_| store.use_recovery_code(team.user, &CODES[0]))).await;
        assert_eq!(used.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
        assert!(!store.use_recovery_code(team.user, &CODES[0]).await.unwrap());
        assert_eq!(store.second_factor(team.user).await.unwrap().unwrap().codes, 2);
        assert!(store.use_recovery_code(team.user, &CODES[1]).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_code_counts_once_also_when_it_is_used_twice_at_once() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        set_up(&store, &team).await;
        assert!(!store.use_step(team.user, 100).await.unwrap(), "the code that confirmed it");
        let used = futures::future::join_all((0..8).map(|_| store.use_step(team.user, 101))).await;
        assert_eq!(used.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_opens_no_code_again() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        set_up(&store, &team).await;
        assert!(store.use_step(team.user, 110).await.unwrap());
        for earlier in [99, 101, 109, 110, -1] {
            assert!(!store.use_step(team.user, earlier).await.unwrap(), "{earlier}");
        }
        assert_eq!(store.second_factor(team.user).await.unwrap().unwrap().last_step, 110);
        assert!(store.use_step(team.user, 111).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_set_up_belongs_to_its_session_and_runs_out() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (user, wish) = (team.user, wish(team.user));
        store.begin_second_factor(user, SECRET.to_vec(), &SESSION, NOW).await.unwrap();
        assert!(!store.use_step(user, 100).await.unwrap(), "nothing is asked for before it is confirmed");
        assert!(!store.confirm_second_factor(user, &FRESH, 100, &CODES, &wish).await.unwrap(), "another session");
        let late = Wish { now: NOW.plus(SET_UP_LASTS), ..wish };
        assert!(!store.confirm_second_factor(user, &SESSION, 100, &CODES, &late).await.unwrap(), "too late");
        // Begun anew, the former secret counts no longer.
        assert!(store.begin_second_factor(user, vec![8; 20], &SESSION, NOW).await.unwrap());
        assert!(store.confirm_second_factor(user, &SESSION, 100, &CODES, &wish).await.unwrap());
        assert_eq!(store.second_factor(user).await.unwrap().unwrap().secret, vec![8; 20]);
        assert!(!store.confirm_second_factor(user, &SESSION, 105, &CODES, &wish).await.unwrap(), "confirmed already");
        assert!(!store.begin_second_factor(user, SECRET.to_vec(), &SESSION, NOW).await.unwrap(), "nobody exchanges the secret");
        assert_eq!(store.second_factor(user).await.unwrap().unwrap().secret, vec![8; 20]);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_went_on_setting_up_is_cleaned_away() {
    on_each_store(async |store| {
        let (one, two) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        set_up(&store, &one).await;
        store.begin_second_factor(two.user, SECRET.to_vec(), &SESSION, NOW).await.unwrap();
        store.prune_sign_ins(NOW.plus(SET_UP_LASTS), NOW).await.unwrap();
        assert!(store.second_factor(two.user).await.unwrap().is_some());
        store.prune_sign_ins(NOW.plus(SET_UP_LASTS + 1), NOW).await.unwrap();
        assert!(store.second_factor(two.user).await.unwrap().is_none());
        assert!(store.second_factor(one.user).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn confirming_ends_the_other_sessions() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_session(&session(&team, SESSION), NOW).await.unwrap();
        store.create_session(&session(&team, FRESH), NOW).await.unwrap();
        set_up(&store, &team).await;
        assert!(store.session(&SESSION, NOW).await.unwrap().is_some());
        assert!(store.session(&FRESH, NOW).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_session_that_waits_for_a_code_is_none_until_it_is_exchanged_once() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.stage_session(&session(&team, SESSION), "password", NOW).await.unwrap();
        assert_eq!(store.session(&SESSION, NOW).await.unwrap(), None);
        let staged = store.staged_session(&SESSION, NOW).await.unwrap().unwrap();
        assert_eq!((staged.user, staged.client, staged.by.as_deref()), (team.user, team.client, Some("password")));
        assert_eq!(store.sessions_of(team.user, &FRESH, NOW).await.unwrap(), [], "it is no device that is signed in");
        assert_eq!(store.staged_session(&SESSION, NOW.plus(600_000)).await.unwrap(), None, "it runs out");

        let both = [FRESH, [3; 32]].map(|hash| session(&team, hash));
        let by = Some("password+totp");
        let wish = wish(team.user);
        let (one, two) =
            tokio::join!(store.exchange_session(&SESSION, &both[0], by, &wish), store.exchange_session(&SESSION, &both[1], by, &wish));
        let lost = [&one, &two].into_iter().filter(|answer| matches!(answer, Err(StoreError::NotFound))).count();
        assert_eq!((lost, [&one, &two].into_iter().filter(|answer| answer.is_ok()).count()), (1, 1), "{one:?} {two:?}");
        assert_eq!(store.staged_session(&SESSION, NOW).await.unwrap(), None);
        let fresh = if one.is_ok() { FRESH } else { [3; 32] };
        assert!(store.session(&fresh, NOW).await.unwrap().is_some());
        assert_eq!(store.staged_session(&fresh, NOW).await.unwrap(), None);
        let log: Vec<Vec<Entry>> = store.audit_entries(team.client, &AuditQuery::default(), &Zone::UTC).try_collect().await.unwrap();
        let signed_in: Vec<Entry> = log.concat().into_iter().filter(|entry| entry.deed == "signed_in").collect();
        assert_eq!(signed_in.into_iter().map(|entry| entry.after).collect::<Vec<_>>(), [Some(json!({ "by": "password+totp" }))]);
    })
    .await;
}

#[tokio::test]
async fn a_session_is_exchanged_for_one_of_its_own_person_only() {
    on_each_store(async |store| {
        let (one, two) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        store.stage_session(&session(&one, SESSION), "password", NOW).await.unwrap();
        let foreign = store.exchange_session(&SESSION, &session(&two, FRESH), None, &wish(two.user)).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
        assert!(store.staged_session(&SESSION, NOW).await.unwrap().is_some());
        assert!(store.session(&FRESH, NOW).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_client_that_demands_it_is_closed_to_whoever_has_none_at_once_and_other_clients_are_not() {
    on_each_store(async |store| {
        let (one, two) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        store.add_member(two.client, one.user, &ReadyRole::Editor.into(), NOW).await.unwrap();
        store.create_session(&session(&one, SESSION), NOW).await.unwrap();
        let elsewhere = NewSession { client: two.client, ..session(&one, FRESH) };
        store.create_session(&elsewhere, NOW).await.unwrap();
        demand(&store, &one, true).await;
        assert_eq!(store.session(&SESSION, NOW).await.unwrap(), None);
        assert_eq!(store.staged_session(&SESSION, NOW).await.unwrap().unwrap().by, None);
        assert!(store.session(&FRESH, NOW).await.unwrap().is_some());
        // Switching is no way round.
        store.switch_client(&FRESH, one.client, &wish(one.user)).await.unwrap();
        assert_eq!(store.session(&FRESH, NOW).await.unwrap(), None);
        // Nor is a set-up that nobody confirmed.
        store.begin_second_factor(one.user, SECRET.to_vec(), &SESSION, NOW).await.unwrap();
        assert_eq!(store.session(&SESSION, NOW).await.unwrap(), None);
        assert!(store.confirm_second_factor(one.user, &SESSION, 100, &CODES, &wish(one.user)).await.unwrap());
        assert!(store.session(&SESSION, NOW).await.unwrap().is_some());
        assert_eq!(store.staged_session(&SESSION, NOW).await.unwrap(), None);
        store.remove_second_factor(one.user, &wish(one.user)).await.unwrap();
        assert_eq!(store.session(&SESSION, NOW).await.unwrap(), None);
        demand(&store, &one, false).await;
        assert!(store.session(&SESSION, NOW).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn new_recovery_codes_take_the_place_of_the_former() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        assert!(!store.renew_recovery_codes(team.user, &CODES, &wish(team.user)).await.unwrap());
        assert_eq!(store.second_factor(team.user).await.unwrap(), None);
        set_up(&store, &team).await;
        assert!(store.renew_recovery_codes(team.user, &[[21; 32]], &wish(team.user)).await.unwrap());
        assert!(!store.use_recovery_code(team.user, &CODES[0]).await.unwrap());
        assert!(store.use_recovery_code(team.user, &[21; 32]).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn somebody_who_manages_users_resets_it_within_their_rights_and_the_log_tells_of_all() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_session(&session(&team, SESSION), NOW).await.unwrap();
        set_up(&store, &team).await;
        assert!(store.member(team.client, team.user).await.unwrap().second_factor);
        let boss = domain::id::UserId::new(987_654);
        let beyond =
            store.reset_members_factor(team.client, &Manager { user: boss, rights: Rights::NONE }, team.user, &wish(team.user)).await;
        assert!(matches!(beyond, Err(StoreError::Invalid(_))), "{beyond:?}");
        let other = Team::found(&store, "Südwind").await;
        let foreign = store
            .reset_members_factor(other.client, &Manager { user: other.user, rights: Rights::all() }, team.user, &wish(other.user))
            .await;
        assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
        assert!(store.session(&SESSION, NOW).await.unwrap().is_some());

        let own =
            store.reset_members_factor(team.client, &Manager { user: team.user, rights: Rights::all() }, team.user, &wish(team.user)).await;
        assert!(matches!(own, Err(StoreError::Invalid(_))), "one's own is taken away with a code: {own:?}");
        let boss = Manager { user: boss, rights: Rights::all() };
        assert!(store.reset_members_factor(team.client, &boss, team.user, &wish(team.user)).await.unwrap());
        assert_eq!(store.second_factor(team.user).await.unwrap(), None);
        assert!(!store.use_recovery_code(team.user, &CODES[0]).await.unwrap(), "its recovery codes went with it");
        assert!(store.session(&SESSION, NOW).await.unwrap().is_none(), "the phone may be in other hands");
        assert!(!store.member(team.client, team.user).await.unwrap().second_factor);
        assert!(!store.reset_second_factor(team.user, &wish(team.user)).await.unwrap());

        let log: Vec<Vec<Entry>> = store.audit_entries(team.client, &AuditQuery::default(), &Zone::UTC).try_collect().await.unwrap();
        let told: BTreeSet<String> = log.concat().into_iter().map(|entry| entry.line()).collect();
        let changes: Vec<&String> = told.iter().filter(|line| line.contains("second_factor_changed")).collect();
        assert_eq!(changes.len(), 2, "{changes:?}");
        assert!(told.iter().all(|line| !line.contains("0707070707")), "no secret stands in the log");
    })
    .await;
}
