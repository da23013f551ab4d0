use domain::audit::{AuditQuery, Deed, Entry};
use domain::history::Actor;
use domain::lang::Lang;
use domain::rights::Rights;
use domain::role::ReadyRole;
use domain::text::Email;
use domain::time::Zone;
use futures::TryStreamExt;
use store::accounts::NewUser;
use store::identities::BegunSignIn;
use store::profiles::Wish;
use store::testing::{NOW, Team, on_each_store};
use store::{Store, StoreError};

const ISSUER: &str = "https://login.example.com";

fn wish() -> Wish {
    Wish::of(Actor::Nobody, NOW)
}

fn begun(state: u8) -> BegunSignIn {
    BegunSignIn {
        state_hash: [state; 32],
        browser_hash: [7; 32],
        nonce: "a nonce".to_owned(),
        verifier: "a verifier".to_owned(),
        next: Some("/jobs".to_owned()),
        expires_at: NOW.plus(600_000),
    }
}

#[tokio::test]
async fn a_begun_sign_in_is_taken_once_in_its_browser_and_in_time() {
    on_each_store(async |store| {
        for state in 1..=3 {
            store.begin_sign_in(&begun(state)).await.unwrap();
        }
        let take = async |state: u8, browser: u8, later: i64| {
            store
                .take_sign_in(&[state; 32], &[browser; 32], NOW.plus(later))
                .await
                .unwrap()
                .map(|begun| (begun.nonce, begun.verifier, begun.next))
        };
        assert_eq!(take(1, 8, 0).await, None, "another browser uses nothing up");
        let expected = Some(("a nonce".to_owned(), "a verifier".to_owned(), Some("/jobs".to_owned())));
        assert_eq!(take(1, 7, 599_999).await, expected);
        assert_eq!(take(1, 7, 0).await, None);
        assert_eq!(take(2, 7, 600_000).await, None, "too late");
        let both = tokio::join!(take(3, 7, 0), take(3, 7, 0));
        assert!(both.0.is_some() != both.1.is_some(), "{both:?}");
        // What ran out is removed with the sessions that did.
        store.prune_sign_ins(NOW.plus(600_000), NOW).await.unwrap();
        assert_eq!(take(2, 7, 0).await, None);
    })
    .await;
}

async fn invited(store: &Store, team: &Team, email: &str) -> domain::id::UserId {
    let user = NewUser { email: Email::parse(email).unwrap(), name: "Somebody".to_owned(), password_hash: None, lang: Lang::De };
    store.invite(team.client, Rights::all(), user, &ReadyRole::Administrator.into(), NOW).await.unwrap()
}

#[tokio::test]
async fn a_person_is_one_at_each_issuer_and_the_other_way_round() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (ida, bo) = (invited(&store, &team, "ida@example.com").await, invited(&store, &team, "bo@example.com").await);
        assert_eq!(store.identity(ISSUER, "1").await.unwrap(), None);
        assert!(store.add_identity(ISSUER, "1", ida, &wish()).await.unwrap());
        assert!(!store.add_identity(ISSUER, "1", bo, &wish()).await.unwrap(), "the subject is somebody");
        assert!(!store.add_identity(ISSUER, "2", ida, &wish()).await.unwrap(), "the person is known by another subject");
        assert!(store.add_identity("https://other.example.com", "2", ida, &wish()).await.unwrap());
        assert!(store.add_identity(ISSUER, "2", bo, &wish()).await.unwrap());
        assert_eq!((store.identity(ISSUER, "1").await.unwrap(), store.identity(ISSUER, "2").await.unwrap()), (Some(ida), Some(bo)));
        assert!(matches!(store.add_identity(ISSUER, "3", domain::id::UserId::new(99), &wish()).await, Err(StoreError::NotFound)));

        assert_eq!(store.forget_identities(ida, &wish()).await.unwrap(), 2);
        assert_eq!(store.forget_identities(ida, &wish()).await.unwrap(), 0);
        assert_eq!(store.identity(ISSUER, "1").await.unwrap(), None);
        assert!(store.add_identity(ISSUER, "3", ida, &wish()).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn who_signs_in_at_the_provider_counts_as_somebody_who_can() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let ida = invited(&store, &team, "ida@example.com").await;
        assert!(store.member(team.client, ida).await.unwrap().invited);
        assert!(!store.has_administrator().await.unwrap());
        store.add_identity(ISSUER, "1", ida, &wish()).await.unwrap();
        assert!(!store.member(team.client, ida).await.unwrap().invited);
        assert!(store.has_administrator().await.unwrap());
        // Nor may the last one who can manage the users go.
        let gone = store.set_disabled(team.client, Rights::all(), ida, true, NOW).await;
        assert!(matches!(gone, Err(StoreError::Invalid(_))), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn becoming_known_by_a_provider_stands_in_the_audit_log() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.add_identity(ISSUER, "a-subject", team.user, &wish()).await.unwrap();
        store.forget_identities(team.user, &wish()).await.unwrap();
        let entries: Vec<Vec<Entry>> = store.audit_entries(team.client, &AuditQuery::default(), &Zone::UTC).try_collect().await.unwrap();
        let told = entries
            .iter()
            .flatten()
            .filter(|entry| entry.deed == Deed::UserChanged.code())
            .map(|entry| (entry.before.clone(), entry.after.clone()));
        let provider = Some(serde_json::json!({ "provider": ISSUER }));
        assert_eq!(told.collect::<Vec<_>>(), [(None, provider.clone()), (provider, None)]);
    })
    .await;
}
