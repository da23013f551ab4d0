use domain::config::NewField;
use domain::field::FieldKind;
use domain::id::CategoryId;
use store::testing::{Team, field_of, on_each_database, on_each_store};
use store::{Conflict, StoreError};

async fn new_field(team: &Team, store: &store::Store, key: Option<&str>, label: &str) -> NewField {
    let category = team.pool(store).await.categories[2].id;
    let key = key.map(str::to_owned);
    NewField { key, required: true, help: "In Euro".to_owned(), ..NewField::new(label, FieldKind::Integer, category) }
}

#[tokio::test]
async fn a_new_field_is_the_last_of_its_category() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        for label in ["Umsatz 2025", "Umsatz 2026"] {
            let new = new_field(&team, &store, None, label).await;
            store.create_field(team.client, team.pool, &new).await.unwrap();
        }
        let pool = team.pool(&store).await;
        let (first, second) = (pool.field("UMSATZ2025").unwrap(), pool.field("UMSATZ2026").unwrap());
        assert_eq!((first.position, second.position), (0, 1));
        assert_eq!((first.label.as_str(), first.kind, first.help.as_str()), ("Umsatz 2025", FieldKind::Integer, "In Euro"));
        assert_eq!((first.category, first.required), (pool.categories[2].id, true));
        assert!(!first.standard && first.internal.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_field_of_every_kind_gets_its_column() {
    on_each_database(async |database| {
        let store = database.open().await;
        let team = Team::found(&store, "Nordlicht").await;
        for kind in FieldKind::ALL.into_iter().filter(|kind| kind.offered()) {
            let id = team.field(&store, kind.code(), kind).await;
            let schema = if database.url().starts_with("sqlite") { String::new() } else { format!("client_{}.", team.client) };
            database.sql(&format!("update {schema}pool_{} set f{id} = null", team.pool)).await.unwrap();
        }
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn internal_names_are_never_given_twice() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let mut keys = Vec::new();
        for _ in 0..3 {
            let id = team.field(&store, "E-Mail!", FieldKind::Email).await;
            keys.push(team.pool(&store).await.field_by_id(id).unwrap().key.clone());
        }
        assert_eq!(keys, ["EMAIL2", "EMAIL3", "EMAIL4"]);
        let taken = new_field(&team, &store, Some("EMAIL"), "Zweite E-Mail").await;
        let refused = store.create_field(team.client, team.pool, &taken).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Conflict::FieldKeyTaken))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_field_needs_a_category_of_its_own_pool() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        for category in [other.pool(&store).await.categories[0].id, CategoryId::new(999)] {
            let new = NewField { category, ..new_field(&team, &store, None, "X").await };
            assert!(matches!(store.create_field(team.client, team.pool, &new).await, Err(StoreError::NotFound)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_pool_takes_no_more_fields_than_it_can_carry() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.limit_fields(20);
        let own = |pool: &domain::pool::Pool| pool.fields.iter().filter(|field| field.internal.is_none()).count();
        let free = 20 - own(&team.pool(&store).await);
        let one_more = new_field(&team, &store, None, "Eins von vielen").await;
        for _ in 0..free {
            store.create_field(team.client, team.pool, &one_more).await.unwrap();
        }
        let refused = store.create_field(team.client, team.pool, &one_more).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Conflict::TooManyFields))), "{refused:?}");
        assert_eq!(own(&team.pool(&store).await), 20);
    })
    .await;
}

#[tokio::test]
async fn options_keep_their_order_and_no_label_comes_twice() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let field = team.field(&store, "Interessen", FieldKind::MultiSelection).await;
        let add = async |labels: &[&str]| {
            let labels: Vec<_> = labels.iter().map(|label| (*label).to_owned()).collect();
            store.add_options(team.client, team.pool, field, &labels).await.unwrap()
        };
        let first = add(&["Segeln", "Kochen", " Segeln "]).await;
        assert_eq!(first[0], first[2]);
        let second = add(&["Lesen", "Kochen"]).await;
        assert_eq!(second[1], first[1]);
        let pool = team.pool(&store).await;
        let options: Vec<_> = pool.field_by_id(field).unwrap().options.iter().map(|option| (option.id, option.label.as_str())).collect();
        assert_eq!(options, [(first[0], "Segeln"), (first[1], "Kochen"), (second[0], "Lesen")]);
    })
    .await;
}

#[tokio::test]
async fn only_selections_have_options() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let name = field_of(&team.pool(&store).await, "NAME");
        let refused = store.add_options(team.client, team.pool, name, &["Meier".to_owned()]).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Conflict::NoOptions))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn what_another_process_changes_about_a_pool_is_seen_at_once() {
    on_each_database(async |database| {
        let (here, there) = (database.open().await, database.open().await);
        let team = Team::found(&here, "Nord").await;
        assert!(team.pool(&here).await.field("COLOUR").is_none());
        let colour = team.field(&there, "Colour", FieldKind::Selection).await;
        assert_eq!(team.pool(&here).await.field("COLOUR").expect("the field").options, []);
        there.add_options(team.client, team.pool, colour, &["Red".to_owned()]).await.expect("an option");
        let pool = team.pool(&here).await;
        assert_eq!(pool.field("COLOUR").expect("the field").options[0].label, "Red");
        assert_eq!(pool, team.pool(&there).await);
        here.close().await;
        there.close().await;
    })
    .await;
}
