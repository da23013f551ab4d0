use domain::config::{FieldChange, Step};
use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::{FieldId, OptionId, ProfileId};
use domain::value::Value;
use store::profiles::{Asked, Merged, Selection};
use store::testing::{NOW, Team, on_each_store};
use store::{Conflict, Reach, Store, StoreError};

use crate::convert::make;

struct Colours {
    field: FieldId,
    options: Vec<OptionId>,
    profiles: Vec<ProfileId>,
}

/// A selection of three colours, and a profile for each value.
async fn colours(store: &Store, team: &Team, kind: FieldKind, values: &[&str]) -> Colours {
    let field = team.field(store, "Farbe", kind).await;
    let labels = ["Rot", "Rubin", "Blau"].map(str::to_owned);
    let options = store.add_options(team.client, team.pool, field, &labels).await.unwrap();
    let pool = team.pool(store).await;
    let mut profiles = Vec::new();
    for value in values {
        profiles.push(make(store, &pool, &[("NAME", "Person"), ("FARBE", value)]).await.id);
    }
    Colours { field, options, profiles }
}

async fn merge(store: &Store, team: &Team, field: FieldId, from: OptionId, to: OptionId) -> store::Result<Merged> {
    let pool = team.pool(store).await;
    match store.ask_to_merge_options(team.client, &pool, field, from, to, team.wish()).await? {
        Asked::Done(merged) => Ok(merged),
        Asked::Job(_) => panic!("few profiles"),
    }
}

async fn values(store: &Store, team: &Team, colours: &Colours) -> Vec<String> {
    let pool = team.pool(store).await;
    let field = pool.field_by_id(colours.field).expect("the field");
    let mut out = Vec::new();
    for id in &colours.profiles {
        let profile = store.profile(&Reach::whole(team.client), &pool, *id).await.unwrap();
        out.push(profile.value(colours.field).map(|value| domain::value::plain(field, value)).unwrap_or_default());
    }
    out
}

async fn labels(store: &Store, team: &Team, field: FieldId) -> Vec<String> {
    let pool = team.pool(store).await;
    pool.field_by_id(field).expect("the field").options.iter().map(|option| option.label.clone()).collect()
}

#[tokio::test]
async fn profiles_move_along_with_a_merged_option_and_back_again() {
    on_each_store(async |store| {
        for kind in [FieldKind::Selection, FieldKind::MultiSelection] {
            let team = Team::found(&store, kind.code()).await;
            let several = if kind == FieldKind::Selection { "Rubin" } else { "Rot|Rubin|Blau" };
            let made = colours(&store, &team, kind, &["Rubin", "Blau", several, "Rubin"]).await;
            let (red, ruby) = (made.options[0], made.options[1]);
            let before = values(&store, &team, &made).await;
            let change = FieldChange { default: Some("Rubin".to_owned()), ..FieldChange::default() };
            store.configure(team.client, team.pool, &Step::ChangeField { field: made.field, change }, &team.wish()).await.unwrap();
            let pool = team.pool(&store).await;
            store
                .delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(vec![made.profiles[3]]), &Actor::System, NOW)
                .await
                .unwrap();

            let merged = merge(&store, &team, made.field, ruby, red).await.unwrap();
            assert_eq!(merged.batch.n, 3, "one of them in the bin");
            assert_eq!(labels(&store, &team, made.field).await, ["Rot", "Blau"]);
            let pool = team.pool(&store).await;
            let default = pool.field_by_id(made.field).expect("the field").default_value.clone();
            assert_eq!(default, Some(format!("#{red}")));
            store.restore_profiles(&Reach::whole(team.client), &pool, &[made.profiles[3]], &NOW.into()).await.unwrap();
            let both = if kind == FieldKind::Selection { "Rot" } else { "Rot|Blau" };
            assert_eq!(values(&store, &team, &made).await, ["Rot", "Blau", both, "Rot"]);
            let counts = store.option_counts(&Reach::whole(team.client), team.pool, made.field).await.unwrap();
            assert_eq!(counts.get(&red), Some(&3));

            store
                .delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(vec![made.profiles[3]]), &Actor::System, NOW)
                .await
                .unwrap();
            let undone = store.ask_to_undo(&Reach::whole(team.client), &pool, merged.batch.id, team.wish()).await.unwrap();
            assert!(matches!(undone, Asked::Done(undone) if undone.n == 3 && undone.kept == 0), "{undone:?}");
            let now = team.pool(&store).await;
            store.restore_profiles(&Reach::whole(team.client), &now, &[made.profiles[3]], &NOW.into()).await.unwrap();
            assert_eq!(labels(&store, &team, made.field).await, ["Rot", "Rubin", "Blau"]);
            assert_eq!(values(&store, &team, &made).await, before);
            let default = team.pool(&store).await.field_by_id(made.field).expect("the field").default_value.clone();
            assert_eq!(default, Some(format!("#{ruby}")));
        }
    })
    .await;
}

#[tokio::test]
async fn taking_the_change_of_the_pool_back_brings_the_profiles_back_too() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let made = colours(&store, &team, FieldKind::Selection, &["Rubin", "Rot"]).await;
        let merged = merge(&store, &team, made.field, made.options[1], made.options[0]).await.unwrap();
        store.undo_change(team.client, team.pool, merged.change, &team.wish()).await.unwrap();
        assert_eq!(values(&store, &team, &made).await, ["Rubin", "Rot"]);
        assert_eq!(labels(&store, &team, made.field).await, ["Rot", "Rubin", "Blau"]);
    })
    .await;
}

#[tokio::test]
async fn who_chooses_the_option_while_it_goes_is_taken_along_or_refused() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let made = colours(&store, &team, FieldKind::Selection, &["Rubin", "Blau"]).await;
        let (red, ruby) = (made.options[0], made.options[1]);
        let pool = team.pool(&store).await;
        let bulk = domain::bulk::Bulk::Edit { field: made.field, edit: domain::bulk::Edit::Replace { from: ruby, to: red } };
        let batch = store.begin_batch(team.client, &pool, &bulk, &made.profiles, &NOW.into()).await.unwrap();
        // The profiles have moved; in this moment somebody chooses it.
        store.change_part(&Reach::whole(team.client), &pool, batch, &bulk, &made.profiles, &Actor::System, NOW).await.unwrap();
        let ruby_again = [(made.field, Some(Value::Int(ruby.get())))];
        store.update_profile(&Reach::whole(team.client), &pool, made.profiles[1], None, &ruby_again, &Actor::System, NOW).await.unwrap();
        let merged = store.finish_merge(team.client, &pool, batch, &bulk, &team.wish()).await.unwrap().expect("a merge");
        assert_eq!(values(&store, &team, &made).await, ["Rot", "Rot"]);
        assert_eq!(merged.batch.n, 2);
        let again = store.finish_merge(team.client, &pool, batch, &bulk, &team.wish()).await.unwrap();
        assert_eq!(again, Some(merged), "begun again after a crash it is done already");
        let late = store.update_profile(&Reach::whole(team.client), &pool, made.profiles[1], None, &ruby_again, &Actor::System, NOW).await;
        assert!(matches!(late, Err(StoreError::Busy)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn only_two_options_of_one_selection_are_merged() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let other = Team::found(&store, "Süd").await;
        let made = colours(&store, &team, FieldKind::Selection, &["Rubin"]).await;
        let text = team.field(&store, "Text", FieldKind::SingleLine).await;
        let foreign = other.field(&store, "Fremd", FieldKind::Selection).await;
        let theirs = store.add_options(other.client, other.pool, foreign, &["A".to_owned()]).await.unwrap()[0];
        let (a, b) = (made.options[0], made.options[1]);
        assert!(matches!(merge(&store, &team, text, a, b).await, Err(StoreError::Conflict(Conflict::NoOptions))));
        assert!(matches!(merge(&store, &team, made.field, a, a).await, Err(StoreError::Invalid(_))));
        assert!(matches!(merge(&store, &team, made.field, a, theirs).await, Err(StoreError::NotFound)));
        assert!(matches!(merge(&store, &team, foreign, theirs, a).await, Err(StoreError::NotFound)));
        let pool = team.pool(&store).await;
        let strange = store.ask_to_merge_options(other.client, &pool, made.field, a, b, other.wish()).await;
        assert!(matches!(strange, Err(StoreError::NotFound)));
    })
    .await;
}
