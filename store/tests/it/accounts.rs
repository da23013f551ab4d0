use domain::id::{ClientId, UserId};
use domain::lang::Lang;
use domain::role::ReadyRole;
use domain::text::{Email, Name};
use store::accounts::NewUser;
use store::sessions::NewSession;
use store::testing::{NOW, Team, on_each_store};
use store::{Conflict, StoreError};

fn ada() -> NewUser {
    NewUser { email: Email::parse(" Ada@Example.org ").unwrap(), name: "Ada".to_owned(), password_hash: None, lang: Lang::En }
}

#[tokio::test]
async fn a_fresh_installation_has_no_client_and_no_user() {
    on_each_store(async |store| {
        assert_eq!(store.first_client().await.unwrap(), None);
        assert_eq!(store.n_users().await.unwrap(), 0);
        let first = store.create_client(&Name::parse("Nordlicht").unwrap(), NOW).await.unwrap();
        store.create_client(&Name::parse("Südwind").unwrap(), NOW).await.unwrap();
        assert_eq!(store.first_client().await.unwrap(), Some(first));
    })
    .await;
}

#[tokio::test]
async fn a_user_is_found_by_address_and_by_id() {
    on_each_store(async |store| {
        let id = store.create_user(ada(), NOW).await.unwrap();
        let user = store.user_by_email(&Email::parse("ADA@example.ORG").unwrap()).await.unwrap().unwrap();
        assert_eq!(user.id, id);
        assert_eq!((user.email.as_str(), user.name.as_str()), ("ada@example.org", "Ada"));
        assert_eq!((user.lang, user.theme.as_str(), &user.password_hash), (Lang::En, "system", &None));
        assert_eq!(store.user(id).await.unwrap(), user);
        assert_eq!(store.n_users().await.unwrap(), 1);
        assert_eq!(store.user_by_email(&Email::parse("nobody@example.org").unwrap()).await.unwrap(), None);
        assert!(matches!(store.user(UserId::new(99)).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn an_address_signs_in_only_one_person() {
    on_each_store(async |store| {
        store.create_user(ada(), NOW).await.unwrap();
        let second = store.create_user(ada(), NOW).await;
        assert!(matches!(second, Err(StoreError::Conflict(Conflict::EmailTaken))), "{second:?}");
        assert_eq!(store.n_users().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_member_has_one_role_in_each_client() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        store.add_member(other.client, team.user, &ReadyRole::Administrator.into(), NOW).await.unwrap();
        store.add_member(other.client, team.user, &ReadyRole::Editor.into(), NOW).await.unwrap();
        let clients = store.membership(team.user).await.unwrap();
        let wanted = [
            (team.client, "Nordlicht".to_owned(), ReadyRole::Administrator.into()),
            (other.client, "Südwind".to_owned(), ReadyRole::Editor.into()),
        ];
        assert_eq!(clients, wanted);
        let nobody = store.add_member(team.client, UserId::new(99), &ReadyRole::Editor.into(), NOW).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
        let nowhere = store.add_member(ClientId::new(99), team.user, &ReadyRole::Editor.into(), NOW).await;
        assert!(matches!(nowhere, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let session = NewSession {
            token_hash: [7; 32],
            user: team.user,
            client: team.client,
            expires_at: NOW.plus(1_000),
            address: "192.0.2.1".to_owned(),
            agent: "Browser".to_owned(),
        };
        store.create_session(&session, NOW).await.unwrap();
        store.set_password(team.user, "$argon2id$example", NOW).await.unwrap();
        assert_eq!(store.session(&[7; 32], NOW).await.unwrap(), None);
        assert_eq!(store.user(team.user).await.unwrap().password_hash.as_deref(), Some("$argon2id$example"));
        assert!(matches!(store.set_password(UserId::new(99), "x", NOW).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn one_link_of_a_person_used_is_all_of_them_used() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        for hash in [[1; 32], [2; 32]] {
            store.create_link(&hash, team.user, NOW.plus(1_000), NOW).await.unwrap();
        }
        assert_eq!(store.use_link(&[2; 32], NOW).await.unwrap(), Some(team.user));
        assert_eq!(store.use_link(&[1; 32], NOW).await.unwrap(), None);
        store.create_link(&[3; 32], team.user, NOW.plus(1_000), NOW).await.unwrap();
        store.forget_links(team.user).await.unwrap();
        assert_eq!(store.link_user(&[3; 32], NOW).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn preferences_are_kept() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.set_preferences(team.user, Lang::En, "dark").await.unwrap();
        let user = store.user(team.user).await.unwrap();
        assert_eq!((user.lang, user.theme.as_str()), (Lang::En, "dark"));
        let nobody = store.set_preferences(UserId::new(99), Lang::En, "dark").await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_password_hash_stands_in_no_log() {
    on_each_store(async |store| {
        let hashed = NewUser { password_hash: Some("$argon2id$secret".to_owned()), ..ada() };
        let id = store.create_user(hashed, NOW).await.unwrap();
        assert!(!format!("{:?}", store.user(id).await.unwrap()).contains("secret"));
    })
    .await;
}
