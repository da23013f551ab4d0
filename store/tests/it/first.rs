use domain::id::UserId;
use domain::lang::Lang;
use domain::role::ReadyRole;
use domain::text::{Email, Name};
use store::StoreError;
use store::accounts::NewUser;
use store::testing::{NOW, on_each_store};
use store::{Conflict, Store};

async fn administrator(store: &Store, email: &str, password_hash: Option<String>) -> UserId {
    let client = store.create_client(&Name::parse("Hafen").unwrap(), NOW).await.unwrap();
    let user = NewUser { email: Email::parse(email).unwrap(), name: String::new(), password_hash, lang: Lang::De };
    let user = store.create_user(user, NOW).await.unwrap();
    store.add_member(client, user, &ReadyRole::Administrator.into(), NOW).await.unwrap();
    user
}

#[tokio::test]
async fn an_administrator_counts_once_they_have_a_password() {
    on_each_store(async |store| {
        assert!(!store.has_administrator().await.unwrap());
        let user = administrator(&store, "ada@example.com", None).await;
        assert!(!store.has_administrator().await.unwrap());
        store.set_password(user, "$argon2id$…", NOW).await.unwrap();
        assert!(store.has_administrator().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn looking_at_a_link_does_not_use_it_up() {
    on_each_store(async |store| {
        let user = administrator(&store, "ada@example.com", None).await;
        let hash = [7; 32];
        store.create_link(&hash, user, NOW.plus(1_000), NOW).await.unwrap();
        assert_eq!(store.link_user(&hash, NOW).await.unwrap(), Some(user));
        assert_eq!(store.link_user(&hash, NOW.plus(1_000)).await.unwrap(), None);
        assert_eq!(store.use_link(&hash, NOW).await.unwrap(), Some(user));
        assert_eq!(store.link_user(&hash, NOW).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_address_belongs_to_one_person() {
    on_each_store(async |store| {
        let ada = administrator(&store, "ada@example.com", None).await;
        administrator(&store, "ben@example.com", None).await;
        let name = Name::parse("Ada").unwrap();
        let taken = store.set_identity(ada, &Email::parse("ben@example.com").unwrap(), &name, NOW).await;
        assert!(matches!(taken, Err(StoreError::Conflict(Conflict::EmailTaken))));
        store.set_identity(ada, &Email::parse("ada@example.org").unwrap(), &name, NOW).await.unwrap();
        let user = store.user(ada).await.unwrap();
        assert_eq!((user.email.as_str(), user.name.as_str()), ("ada@example.org", "Ada"));
    })
    .await;
}

#[tokio::test]
async fn a_new_client_lives_in_central_european_time() {
    on_each_store(async |store| {
        let client = store.create_client(&Name::parse("Hafen").unwrap(), NOW).await.unwrap();
        assert_eq!(store.zone(client).await.unwrap().name(), "Europe/Berlin");
    })
    .await;
}
