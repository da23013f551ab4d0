use domain::id::UserId;
use domain::role::ReadyRole;
use store::StoreError;
use store::sessions::NewSession;
use store::testing::{NOW, Team, on_each_store};

const TOKEN: [u8; 32] = [1; 32];

fn of(team: &Team) -> NewSession {
    NewSession {
        token_hash: TOKEN,
        user: team.user,
        client: team.client,
        expires_at: NOW.plus(1_000),
        address: "192.0.2.1".to_owned(),
        agent: "Browser".to_owned(),
    }
}

#[tokio::test]
async fn a_session_knows_its_person_and_client() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_session(&of(&team), NOW).await.unwrap();
        let session = store.session(&TOKEN, NOW).await.unwrap().unwrap();
        assert_eq!((session.user, session.client, session.granted.role), (team.user, team.client, ReadyRole::Administrator.into()));
        assert_eq!((session.name.as_str(), session.email.as_str()), ("Nordlicht Admin", "nordlicht@example.com"));
        assert_eq!((session.client_name.as_str(), session.zone.name()), ("Nordlicht", "Europe/Berlin"));
        assert_eq!((session.created_at, session.expires_at), (NOW, NOW.plus(1_000)));
        assert_eq!(store.session(&[2; 32], NOW).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_itself_unless_it_is_renewed() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_session(&of(&team), NOW).await.unwrap();
        assert!(store.session(&TOKEN, NOW.plus(999)).await.unwrap().is_some());
        assert!(store.session(&TOKEN, NOW.plus(1_000)).await.unwrap().is_none());
        store.renew_session(&TOKEN, NOW.plus(5_000)).await.unwrap();
        assert!(store.session(&TOKEN, NOW.plus(1_000)).await.unwrap().is_some());
        store.end_session(&TOKEN).await.unwrap();
        store.end_session(&TOKEN).await.unwrap();
        store.renew_session(&TOKEN, NOW.plus(9_000)).await.unwrap();
        assert!(store.session(&TOKEN, NOW).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn only_a_member_gets_a_session() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        let foreign = NewSession { client: other.client, ..of(&team) };
        assert!(matches!(store.create_session(&foreign, NOW).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_link_signs_in_exactly_once() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_link(&TOKEN, team.user, NOW.plus(1_000), NOW).await.unwrap();
        let (one, two) = tokio::join!(store.use_link(&TOKEN, NOW), store.use_link(&TOKEN, NOW));
        let mut used = [one.unwrap(), two.unwrap()];
        used.sort();
        assert_eq!(used, [None, Some(team.user)]);
    })
    .await;
}

#[tokio::test]
async fn an_old_link_signs_nobody_in() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_link(&TOKEN, team.user, NOW.plus(1_000), NOW).await.unwrap();
        assert_eq!(store.use_link(&TOKEN, NOW.plus(1_000)).await.unwrap(), None);
        assert_eq!(store.use_link(&[9; 32], NOW).await.unwrap(), None);
        let nobody = store.create_link(&[3; 32], UserId::new(99), NOW, NOW).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn failed_sign_ins_are_counted_by_key_and_time() {
    on_each_store(async |store| {
        for at in [1, 2, 3] {
            store.note_attempt("address:192.0.2.7", NOW.plus(at)).await.unwrap();
        }
        store.note_attempt("address:192.0.2.8", NOW).await.unwrap();
        assert_eq!(store.attempts("address:192.0.2.7", NOW).await.unwrap(), 3);
        assert_eq!(store.attempts("address:192.0.2.7", NOW.plus(2)).await.unwrap(), 2);
        store.clear_attempts("address:192.0.2.7").await.unwrap();
        assert_eq!(store.attempts("address:192.0.2.7", NOW).await.unwrap(), 0);
        assert_eq!(store.attempts("address:192.0.2.8", NOW).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_has_run_out_is_cleaned_away_and_the_rest_stays() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_session(&of(&team), NOW).await.unwrap();
        store.create_session(&NewSession { token_hash: [2; 32], expires_at: NOW.plus(9_000), ..of(&team) }, NOW).await.unwrap();
        store.create_link(&TOKEN, team.user, NOW.plus(1_000), NOW).await.unwrap();
        store.note_attempt("k", NOW).await.unwrap();
        store.note_attempt("k", NOW.plus(5)).await.unwrap();
        store.prune_sign_ins(NOW.plus(2_000), NOW.plus(5)).await.unwrap();
        assert!(store.session(&TOKEN, NOW).await.unwrap().is_none());
        assert!(store.session(&[2; 32], NOW).await.unwrap().is_some());
        assert_eq!(store.use_link(&TOKEN, NOW).await.unwrap(), None);
        assert_eq!(store.attempts("k", NOW).await.unwrap(), 1);
    })
    .await;
}
