use domain::config::{FieldChange, Step};
use domain::field::FieldKind;
use domain::id::FieldId;
use store::testing::{NOW, Team, on_each_store};
use store::{Store, StoreError};

fn helped(field: FieldId, help: &str) -> Step {
    Step::ChangeField { field, change: FieldChange { help: Some(help.to_owned()), ..FieldChange::default() } }
}

async fn help(store: &Store, team: &Team, field: FieldId) -> String {
    team.pool(store).await.field_by_id(field).expect("the field").help.clone()
}

#[tokio::test]
async fn a_step_made_for_a_pool_that_was_reshaped_since_is_refused_and_changes_nothing() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let field = team.field(&store, "Farbe", FieldKind::SingleLine).await;
        let seen = team.pool(&store).await.shape;
        let take = async |seen, help| store.configure_since(team.client, team.pool, Some(seen), &helped(field, help), &team.wish()).await;
        take(seen, "Erste").await.expect("the pool is as it was seen");
        let before = team.pool(&store).await;
        assert!(matches!(take(seen, "Zweite").await, Err(StoreError::Reshaped)));
        assert_eq!(team.pool(&store).await, before, "not even its numbers rise");
        take(before.shape, "Dritte").await.expect("read again");
        assert_eq!(help(&store, &team, field).await, "Dritte");
    })
    .await;
}

#[tokio::test]
async fn of_two_at_once_who_saw_the_same_pool_one_is_refused() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let field = team.field(&store, "Farbe", FieldKind::SingleLine).await;
        for round in 0..10 {
            let seen = Some(team.pool(&store).await.shape);
            let texts = [format!("Ada {round}"), format!("Eve {round}")];
            let steps = texts.each_ref().map(|text| helped(field, text));
            let wish = team.wish();
            let (first, second) = tokio::join!(
                store.configure_since(team.client, team.pool, seen, &steps[0], &wish),
                store.configure_since(team.client, team.pool, seen, &steps[1], &wish),
            );
            let written = match (first, second) {
                (Ok(_), Err(StoreError::Reshaped)) => &texts[0],
                (Err(StoreError::Reshaped), Ok(_)) => &texts[1],
                both => panic!("{both:?}"),
            };
            assert_eq!(help(&store, &team, field).await, *written);
        }
    })
    .await;
}

#[tokio::test]
async fn who_took_a_step_of_some_kind_last_is_known_by_name() {
    on_each_store(async |store| {
        let (team, other) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Fremde").await);
        let field = team.field(&store, "Farbe", FieldKind::SingleLine).await;
        let helps = |step: &Step| matches!(step, Step::ChangeField { change, .. } if change.changes("help"));
        assert_eq!(store.who_took(team.client, team.pool, helps).await.unwrap(), None);
        let steps = Step::All(vec![helped(field, "Hilfe"), Step::DeleteField { field }]);
        store.configure(team.client, team.pool, &steps, &team.wish()).await.unwrap();
        let later = store::profiles::Wish { now: NOW.plus(7), ..team.wish() };
        let added = Step::AddCategory { name: "Anschrift".to_owned(), before: None };
        store.configure(team.client, team.pool, &added, &later).await.unwrap();
        assert_eq!(store.who_took(team.client, team.pool, helps).await.unwrap(), Some(("Nordlicht Admin".to_owned(), NOW)));
        assert_eq!(store.who_took(other.client, team.pool, helps).await.unwrap(), None, "another client's pool");
    })
    .await;
}
