//! Passkeys: a question is answered once, a signature counts once, and who has one is never let in by less.

use domain::audit::{AuditQuery, Entry};
use domain::history::Actor;
use domain::id::UserId;
use domain::rights::Rights;
use domain::time::Zone;
use futures::TryStreamExt;
use store::members::Manager;
use store::passkeys::{Ceremony, CeremonyKind, MAX_PASSKEYS, NewPasskey, UsedPasskey};
use store::profiles::Wish;
use store::sessions::NewSession;
use store::testing::{NOW, Team, on_each_store};
use store::{Store, StoreError};

const SESSION: [u8; 32] = [1; 32];
const FRESH: [u8; 32] = [2; 32];
const CHALLENGE: [u8; 32] = [3; 32];

fn wish(user: UserId) -> Wish {
    Wish::of(Actor::User(user), NOW)
}

fn session(team: &Team, token_hash: [u8; 32]) -> NewSession {
    let Team { client, user, .. } = *team;
    NewSession { token_hash, user, client, expires_at: NOW.plus(600_000), address: "192.0.2.1".to_owned(), agent: String::new() }
}

fn new(n: u8) -> NewPasskey {
    NewPasskey { credential_id: vec![n; 20], handle: vec![9; 16], credential: format!("{{\"n\":{n}}}"), name: format!("Telefon {n}") }
}

/// A passkey of somebody who is signed in, and its use with a counter.
async fn added(store: &Store, team: &Team) -> UsedPasskey {
    store.create_session(&session(team, SESSION), NOW).await.unwrap();
    assert!(store.add_passkey(team.user, &SESSION, &new(1), &wish(team.user)).await.unwrap());
    let passkey = store.passkey(&[1; 20]).await.unwrap().unwrap();
    UsedPasskey { id: passkey.id, user: team.user, credential: "{}".to_owned(), counter: 0 }
}

async fn demand(store: &Store, team: &Team) {
    let mut settings = store.client_settings(team.client).await.unwrap();
    settings.second_factor = true;
    store.change_client(team.client, &settings, NOW).await.unwrap();
}

#[tokio::test]
async fn a_question_is_answered_once_by_its_holder_for_what_it_was_asked_and_in_time() {
    on_each_store(async |store| {
        let (challenge_hash, holder_hash, kind) = (CHALLENGE, SESSION, CeremonyKind::SignIn);
        let asked = Ceremony { challenge_hash, holder_hash, kind, state: "{}".to_owned(), expires_at: NOW.plus(1_000) };
        store.begin_ceremony(&asked).await.unwrap();
        assert_eq!(store.take_ceremony(&CHALLENGE, &FRESH, kind, NOW).await.unwrap(), None, "another browser");
        assert_eq!(store.take_ceremony(&CHALLENGE, &SESSION, CeremonyKind::Register, NOW).await.unwrap(), None, "another purpose");
        assert_eq!(store.take_ceremony(&CHALLENGE, &SESSION, kind, NOW.plus(1_000)).await.unwrap(), None, "too late");
        let taken = futures::future::join_all((0..8).map(|_| store.take_ceremony(&CHALLENGE, &SESSION, kind, NOW))).await;
        assert_eq!(taken.into_iter().filter(|taken| taken.as_ref().unwrap().is_some()).count(), 1);

        store.begin_ceremony(&asked).await.unwrap();
        store.prune_sign_ins(NOW.plus(999), NOW).await.unwrap();
        assert!(store.begin_ceremony(&asked).await.is_err(), "it is still there");
        store.prune_sign_ins(NOW.plus(1_000), NOW).await.unwrap();
        store.begin_ceremony(&asked).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_signature_counts_once_and_an_older_one_never() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let used = added(&store, &team).await;
        let enter = async |token: u8, counter: i64| {
            let used = UsedPasskey { counter, ..used.clone() };
            store.sign_in_by_passkey(&used, &session(&team, [token; 32]), &wish(team.user)).await.unwrap()
        };
        // Devices that share a key count nothing.
        assert!(enter(11, 0).await && enter(12, 0).await);
        assert!(enter(13, 5).await);
        let (one, two) = tokio::join!(enter(14, 6), enter(15, 6));
        assert!(one != two, "two at once");
        for older in [6, 5, 1, 0, -1] {
            assert!(!enter(16, older).await, "{older}");
        }
        assert!(store.session(&[16; 32], NOW).await.unwrap().is_none());
        assert!(enter(17, 7).await && store.session(&[17; 32], NOW).await.unwrap().is_some());
        let kept = store.passkeys(team.user).await.unwrap();
        assert_eq!((kept[0].credential.as_str(), kept[0].last_used_at), ("{}", Some(NOW)));
    })
    .await;
}

#[tokio::test]
async fn a_passkey_that_is_gone_opens_nothing_and_nobody_removes_anothers() {
    on_each_store(async |store| {
        let (one, two) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        let used = added(&store, &one).await;
        assert!(!store.remove_passkey(two.user, used.id, &wish(two.user)).await.unwrap());
        let stolen = UsedPasskey { user: two.user, ..used.clone() };
        assert!(!store.sign_in_by_passkey(&stolen, &session(&two, FRESH), &wish(two.user)).await.unwrap());
        assert!(store.has_second_factor(one.user).await.unwrap() && !store.has_second_factor(two.user).await.unwrap());
        assert!(store.remove_passkey(one.user, used.id, &wish(one.user)).await.unwrap());
        assert!(!store.sign_in_by_passkey(&used, &session(&one, FRESH), &wish(one.user)).await.unwrap());
        assert!(store.session(&FRESH, NOW).await.unwrap().is_none());
        assert!(!store.has_second_factor(one.user).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_passkey_belongs_to_one_person_and_is_added_in_a_session_that_runs() {
    on_each_store(async |store| {
        let (one, two) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        added(&store, &one).await;
        assert!(!store.add_passkey(one.user, &FRESH, &new(2), &wish(one.user)).await.unwrap(), "no session");
        store.create_session(&session(&two, FRESH), NOW).await.unwrap();
        assert!(!store.add_passkey(one.user, &FRESH, &new(2), &wish(one.user)).await.unwrap(), "somebody else's session");
        assert!(!store.add_passkey(two.user, &FRESH, &new(1), &wish(two.user)).await.unwrap(), "known already");
        assert_eq!(store.passkey(&[1; 20]).await.unwrap().unwrap().user, one.user);
        let late = Wish { now: NOW.plus(600_000), ..wish(one.user) };
        assert!(!store.add_passkey(one.user, &SESSION, &new(2), &late).await.unwrap(), "the session has ended");
        for n in 2..=u8::try_from(MAX_PASSKEYS).unwrap() {
            assert!(store.add_passkey(one.user, &SESSION, &new(n), &wish(one.user)).await.unwrap(), "{n}");
        }
        assert!(!store.add_passkey(one.user, &SESSION, &new(99), &wish(one.user)).await.unwrap(), "one too many");
    })
    .await;
}

#[tokio::test]
async fn the_first_one_ends_the_sessions_that_were_begun_by_less() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_session(&session(&team, FRESH), NOW).await.unwrap();
        demand(&store, &team).await;
        assert!(store.staged_session(&FRESH, NOW).await.unwrap().is_some());
        added(&store, &team).await;
        assert!(store.session(&SESSION, NOW).await.unwrap().is_some(), "a passkey is a second factor");
        assert_eq!(store.session(&FRESH, NOW).await.unwrap(), None);
        store.create_session(&session(&team, FRESH), NOW).await.unwrap();
        assert!(store.add_passkey(team.user, &SESSION, &new(2), &wish(team.user)).await.unwrap());
        assert!(store.session(&FRESH, NOW).await.unwrap().is_some(), "the second one changes nothing");
        for passkey in store.passkeys(team.user).await.unwrap() {
            store.remove_passkey(team.user, passkey.id, &wish(team.user)).await.unwrap();
        }
        assert_eq!(store.session(&SESSION, NOW).await.unwrap(), None, "without any the client is closed again");
    })
    .await;
}

#[tokio::test]
async fn the_second_step_is_taken_once_by_its_own_person() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let used = added(&store, &team).await;
        store.stage_session(&session(&team, [5; 32]), "password", NOW).await.unwrap();
        let (by, wish) = ("password+passkey", wish(team.user));
        let (one, two) = (session(&team, [6; 32]), session(&team, [7; 32]));
        let (first, second) = tokio::join!(
            store.confirm_by_passkey(&used, &[5; 32], &one, by, &wish),
            store.confirm_by_passkey(&used, &[5; 32], &two, by, &wish)
        );
        let lost = [&first, &second].into_iter().filter(|answer| matches!(answer, Err(StoreError::NotFound))).count();
        let won = [&first, &second].into_iter().filter(|answer| matches!(answer, Ok(true))).count();
        assert_eq!((lost, won), (1, 1), "{first:?} {second:?}");
        assert_eq!(store.staged_session(&[5; 32], NOW).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_reset_takes_passkeys_too_and_the_log_tells_of_all() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let used = added(&store, &team).await;
        assert!(store.member(team.client, team.user).await.unwrap().second_factor);
        store.remove_second_factor(team.user, &wish(team.user)).await.unwrap();
        assert!(store.has_second_factor(team.user).await.unwrap(), "removing the app leaves passkeys");
        let boss = Manager { user: domain::id::UserId::new(987_654), rights: Rights::all() };
        assert!(store.reset_members_factor(team.client, &boss, team.user, &wish(team.user)).await.unwrap());
        assert_eq!(store.passkeys(team.user).await.unwrap(), []);
        assert!(store.session(&SESSION, NOW).await.unwrap().is_none(), "the device may be in other hands");
        assert!(!store.member(team.client, team.user).await.unwrap().second_factor);
        assert!(!store.reset_second_factor(team.user, &wish(team.user)).await.unwrap());
        assert!(!store.sign_in_by_passkey(&used, &session(&team, FRESH), &wish(team.user)).await.unwrap());
        let log: Vec<Vec<Entry>> = store.audit_entries(team.client, &AuditQuery::default(), &Zone::UTC).try_collect().await.unwrap();
        let lines: Vec<String> = log.concat().into_iter().map(|entry| entry.line()).collect();
        let told = |word: &str| lines.iter().filter(|line| line.contains("second_factor_changed") && line.contains(word)).count();
        assert_eq!((told("passkey_added"), told("reset")), (1, 1), "{lines:?}");
    })
    .await;
}
