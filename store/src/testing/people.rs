//! A client with a person and a pool, as most tests begin.

use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::{ClientId, FieldId, PoolId, UserId};
use domain::lang::Lang;
use domain::pool::Pool;
use domain::role::ReadyRole;
use domain::text::{Email, Name, PoolName};

use super::NOW;
use crate::Store;
use crate::accounts::NewUser;
use crate::profiles::Wish;
use domain::config::NewField;

/// A client, its administrator and its first pool.
#[derive(Clone, Debug)]
pub struct Team {
    /// The client.
    pub client: ClientId,
    /// Its administrator.
    pub user: UserId,
    /// Its pool.
    pub pool: PoolId,
}

impl Team {
    /// Founds a client of this name; its administrator's address is made from it.
    pub async fn found(store: &Store, name: &str) -> Self {
        let client_name = Name::parse(name).expect("a client's name");
        let client = store.create_client(&client_name, NOW).await.expect("a client");
        let email = Email::parse(&format!("{}@example.com", name.to_lowercase().replace(' ', "."))).expect("an address");
        let new = NewUser { email, name: format!("{name} Admin"), password_hash: None, lang: Lang::De };
        let user = store.create_user(new, NOW).await.expect("a user");
        store.add_member(client, user, &ReadyRole::Administrator.into(), NOW).await.expect("a member");
        let pool_name = PoolName::parse("Kunden").expect("a pool's name");
        let pool = store.create_pool(client, &pool_name, NOW).await.expect("a pool");
        Self { client, user, pool }
    }

    /// Something that its administrator wants done now, told of in German.
    #[must_use]
    pub fn wish(&self) -> Wish {
        Wish { lang: Lang::De, ..Wish::of(Actor::User(self.user), NOW) }
    }

    /// The pool as it is now.
    pub async fn pool(&self, store: &Store) -> Pool {
        store.pool(self.client, self.pool).await.expect("the team's pool")
    }

    /// Adds a field with the pool's basic data.
    pub async fn field(&self, store: &Store, label: &str, kind: FieldKind) -> FieldId {
        let category = self.pool(store).await.categories[0].id;
        store.create_field(self.client, self.pool, &NewField::new(label, kind, category)).await.expect("a field")
    }
}

/// The id of the pool's field with this internal name.
#[must_use]
pub fn field_of(pool: &Pool, key: &str) -> FieldId {
    pool.field(key).unwrap_or_else(|| panic!("the pool has no field {key}")).id
}
