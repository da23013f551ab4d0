//! What was deleted is found again, until its time has come.

use domain::config::{NewField, Step};
use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::{CategoryId, FieldId};
use domain::pool::{CategoryRole, Pool};
use domain::profile::Draft;
use domain::text::PoolName;
use domain::value::Value;
use store::bin::KEPT;
use store::profiles::Wish;
use store::testing::{NOW, Team, on_each_store};
use store::{Reach, Store, StoreError};

async fn step(store: &Store, team: &Team, step: Step, wish: &Wish) -> domain::config::Done {
    store.configure(team.client, team.pool, &step, wish).await.expect("a step")
}

fn basic(pool: &Pool) -> CategoryId {
    pool.categories.iter().find(|category| category.role == CategoryRole::Basic).expect("a category").id
}

/// The internal names of the last fields of the first category.
fn last<const N: usize>(pool: &Pool) -> [&str; N] {
    let keys: Vec<&str> = pool.fields.iter().filter(|field| field.category == basic(pool)).map(|field| field.key.as_str()).collect();
    keys[keys.len() - N..].try_into().expect("so many")
}

async fn three(store: &Store, team: &Team) -> [FieldId; 3] {
    let category = basic(&team.pool(store).await);
    let mut fields = Vec::new();
    for label in ["Eins", "Zwei", "Drei"] {
        let made = step(store, team, Step::AddField(NewField::new(label, FieldKind::SingleLine, category)), &team.wish()).await;
        fields.push(FieldId::new(made.made.expect("a field")));
    }
    fields.try_into().expect("three")
}

#[tokio::test]
async fn deleted_fields_are_listed_with_their_term_and_come_back_to_their_place_with_their_data() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let [one, two, _] = three(&store, &team).await;
        let pool = team.pool(&store).await;
        let draft = Draft { values: vec![(two, Value::Text("zwei".to_owned()))] };
        let profile = store.create_profile(&Reach::whole(team.client), &pool, draft, &Actor::User(team.user), NOW).await.unwrap();
        assert_eq!(store.deleted_fields(team.client, team.pool).await.unwrap(), []);

        step(&store, &team, Step::DeleteField { field: two }, &team.wish()).await;
        let later = Wish { now: NOW.plus(7), ..team.wish() };
        step(&store, &team, Step::DeleteField { field: one }, &later).await;
        let deleted = store.deleted_fields(team.client, team.pool).await.unwrap();
        let lines: Vec<_> = deleted.iter().map(|deleted| (deleted.field.label.as_str(), deleted.field.key.as_str(), deleted.at)).collect();
        assert_eq!(lines, [("Eins", "EINS", NOW.plus(7)), ("Zwei", "ZWEI", NOW)]);
        assert_eq!((deleted[1].field.kind, deleted[1].until), (FieldKind::SingleLine, NOW.plus(KEPT)));

        store.restore_field(team.client, team.pool, one, &later).await.unwrap();
        let done = store.restore_field(team.client, team.pool, two, &later).await.unwrap();
        let pool = team.pool(&store).await;
        assert_eq!(last(&pool), ["EINS", "ZWEI", "DREI"]);
        assert_eq!(
            store.profile(&Reach::whole(team.client), &pool, profile.id).await.unwrap().value(two),
            Some(&Value::Text("zwei".to_owned()))
        );
        assert_eq!(store.deleted_fields(team.client, team.pool).await.unwrap(), []);
        let again = store.restore_field(team.client, team.pool, two, &later).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");

        store.undo_change(team.client, team.pool, done.change, &later).await.unwrap();
        assert_eq!(last(&team.pool(&store).await), ["EINS", "DREI"]);
        assert_eq!(store.deleted_fields(team.client, team.pool).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_purged_field_and_a_strangers_field_are_not_listed_and_do_not_come_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        let [one, ..] = three(&store, &team).await;
        step(&store, &team, Step::DeleteField { field: one }, &team.wish()).await;
        assert_eq!(store.deleted_fields(other.client, team.pool).await.unwrap(), []);
        for pool in [team.pool, other.pool] {
            let answer = store.restore_field(other.client, pool, one, &other.wish()).await;
            assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
        }
        assert_eq!(store.purge_fields(team.client, NOW.plus(1)).await.unwrap(), 1);
        assert_eq!(store.deleted_fields(team.client, team.pool).await.unwrap(), []);
        let gone = store.restore_field(team.client, team.pool, one, &team.wish()).await;
        assert!(matches!(gone, Err(StoreError::NotFound)), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn deleted_pools_are_listed_with_their_profiles_and_their_term_until_they_are_purged() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        let pool = team.pool(&store).await;
        store.create_profile(&Reach::whole(team.client), &pool, Draft::default(), &Actor::System, NOW).await.unwrap();
        let second = store.create_pool(team.client, &PoolName::parse("Leser").unwrap(), NOW).await.unwrap();
        assert_eq!(store.deleted_pools(team.client).await.unwrap(), []);
        store.delete_pool(team.client, team.pool, NOW).await.unwrap();
        store.delete_pool(team.client, second, NOW.plus(7)).await.unwrap();
        let deleted = store.deleted_pools(team.client).await.unwrap();
        let lines: Vec<_> = deleted.iter().map(|pool| (pool.id, pool.name.as_str(), pool.n_profiles, pool.at, pool.until)).collect();
        assert_eq!(lines, [(second, "Leser", 0, NOW.plus(7), NOW.plus(7 + KEPT)), (team.pool, "Kunden", 1, NOW, NOW.plus(KEPT)),]);
        assert_eq!(store.deleted_pools(other.client).await.unwrap(), []);
        store.restore_pool(team.client, second, NOW).await.unwrap();
        assert_eq!(store.deleted_pools(team.client).await.unwrap().len(), 1);
        assert_eq!(store.purge_pools(team.client, NOW.plus(1)).await.unwrap(), 1);
        assert_eq!(store.deleted_pools(team.client).await.unwrap(), []);
    })
    .await;
}
