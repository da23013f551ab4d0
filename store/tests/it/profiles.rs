use domain::bulk::{Bulk, Edit};
use domain::field::{FieldKind, Internal};
use domain::history::{Action, Actor};
use domain::id::ProfileId;
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::permission::Status;
use domain::pool::Pool;
use domain::profile::{Draft, Profile};
use domain::rights::{Right, Rights};
use domain::time::Millis;
use domain::value::Value;
use store::profiles::Selection;
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Reach, Store, StoreError};

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Makes a profile of texts.
pub(crate) async fn make(store: &Store, pool: &Pool, values: &[(&str, &str)]) -> Profile {
    let values = values.iter().map(|(key, value)| (field_of(pool, key), text(value))).collect();
    store.create_profile(&Reach::whole(pool.client), pool, Draft { values }, &Actor::System, NOW).await.expect("a profile")
}

#[tokio::test]
async fn a_new_profile_has_its_values_and_what_the_system_notes() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let anna = make(&store, &pool, &[("NAME", "Müller"), ("EMAIL", "anna@example.com")]).await;
        assert_eq!(anna.value(field_of(&pool, "NAME")), Some(&text("Müller")));
        assert_eq!(anna.value(field_of(&pool, "PERMISSION")), Some(&Value::Int(1)), "opt-out");
        assert_eq!(anna.value(field_of(&pool, "ENTRY_DATE")), Some(&Value::Int(NOW.get())));
        assert_eq!(anna.value(field_of(&pool, "PROFILEID")), Some(&Value::Int(anna.id.get())));
        assert_eq!(anna.value(field_of(&pool, "CHANGE_DATE")), None);
        assert_eq!(anna.status, Status::Usable);
        assert_eq!(store.size(&Reach::whole(team.client), &team.pool(&store).await).await.expect("a size"), 1);
        let ben = make(&store, &pool, &[("NAME", "Böhm")]).await;
        assert_eq!(ben.status, Status::NoAddress);
        assert!(ben.id > anna.id && ben.revision > anna.revision);
    })
    .await;
}

#[tokio::test]
async fn a_change_leaves_a_line_of_history_with_before_and_after() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let anna = make(&store, &pool, &[("NAME", "Müller"), ("CITY", "Köln")]).await;
        let (name, city) = (field_of(&pool, "NAME"), field_of(&pool, "CITY"));
        let later = Millis::new(NOW.get() + 1_000);
        let changes = [(name, Some(text("Meier"))), (city, None)];
        let actor = Actor::User(team.user);
        let changed = store
            .update_profile(&Reach::whole(team.client), &pool, anna.id, Some(anna.revision), &changes, &actor, later)
            .await
            .expect("changed");
        assert_eq!(changed.value(name), Some(&text("Meier")));
        assert_eq!(changed.value(city), None);
        assert_eq!(changed.value(field_of(&pool, "CHANGE_DATE")), None, "only forms set it");
        let lines = store.history(&Reach::whole(team.client), &pool, anna.id, 10, None).await.expect("lines");
        assert_eq!(lines.iter().map(|line| line.action).collect::<Vec<_>>(), [Action::Edited, Action::Created]);
        assert_eq!(lines[0].actor_name, "Nord Admin");
        let mut seen: Vec<_> = lines[0].changes.iter().map(|c| (c.key.as_str(), c.before.clone(), c.after.clone())).collect();
        seen.sort_by_key(|(key, ..)| *key);
        assert_eq!(seen, [("CITY", Some(text("Köln")), None), ("NAME", Some(text("Müller")), Some(text("Meier")))]);
        // A change that changes nothing leaves no trace.
        let same = store
            .update_profile(&Reach::whole(team.client), &pool, anna.id, None, &[(name, Some(text("Meier")))], &actor, later)
            .await
            .expect("same");
        assert_eq!(same.revision, changed.revision);
        assert_eq!(store.history(&Reach::whole(team.client), &pool, anna.id, 10, None).await.expect("lines").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_editors_gets_the_first_ones_values_and_overwrites_nothing() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let anna = make(&store, &pool, &[("NAME", "Müller")]).await;
        let (name, city) = (field_of(&pool, "NAME"), field_of(&pool, "CITY"));
        let edit = async |changes: &[_]| {
            store.update_profile(&Reach::whole(team.client), &pool, anna.id, Some(anna.revision), changes, &Actor::System, NOW).await
        };
        let first = edit(&[(name, Some(text("Meier")))]).await.expect("the first");
        let Err(StoreError::Stale(now)) = edit(&[(city, Some(text("Köln")))]).await else { panic!("the second went through") };
        assert_eq!(*now, first);
        assert_eq!(store.profile(&Reach::whole(team.client), &pool, anna.id).await.expect("anna"), first);
    })
    .await;
}

#[tokio::test]
async fn what_is_always_filled_goes_back_to_its_first_value_when_emptied() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let anna = make(&store, &pool, &[("NAME", "Müller")]).await;
        let persona = pool.internal(Internal::Persona).expect("persona").id;
        let set = async |value| {
            store
                .update_profile(&Reach::whole(team.client), &pool, anna.id, None, &[(persona, value)], &Actor::System, NOW)
                .await
                .expect("set")
        };
        assert_eq!(set(Some(Value::Bool(true))).await.status, Status::Persona);
        let emptied = set(None).await;
        assert_eq!(emptied.status, Status::NoAddress);
        assert_eq!(emptied.value(persona), Some(&Value::Bool(false)));
    })
    .await;
}

#[tokio::test]
async fn options_of_a_multi_selection_come_back_as_they_went_in() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let field = team.field(&store, "Interessen", FieldKind::MultiSelection).await;
        let labels = ["Mode", "Sport", "Musik"].map(str::to_owned);
        let options = store.add_options(team.client, team.pool, field, &labels).await.expect("options");
        let pool = team.pool(&store).await;
        let chosen = Value::Set(vec![options[0], options[2]]);
        let draft = Draft { values: vec![(field, chosen.clone())] };
        let anna = store.create_profile(&Reach::whole(team.client), &pool, draft, &Actor::System, NOW).await.expect("anna");
        assert_eq!(anna.value(field), Some(&chosen));
        let next = Value::Set(vec![options[1]]);
        let anna = store
            .update_profile(&Reach::whole(team.client), &pool, anna.id, None, &[(field, Some(next.clone()))], &Actor::System, NOW)
            .await
            .expect("anna");
        assert_eq!(anna.value(field), Some(&next));
    })
    .await;
}

#[tokio::test]
async fn another_clients_profiles_are_not_found() {
    on_each_store(async |store| {
        let ours = Team::found(&store, "Nord").await;
        let theirs = Team::found(&store, "Sued").await;
        let pool = ours.pool(&store).await;
        let anna = make(&store, &pool, &[("NAME", "Müller")]).await;
        let stranger = theirs.client;
        let mut forged = pool.clone();
        forged.client = stranger;
        for pool in [&pool, &forged] {
            assert!(store.profile(&Reach::whole(stranger), pool, anna.id).await.is_err());
            assert!(store.history(&Reach::whole(stranger), pool, anna.id, 10, None).await.map_or(true, |lines| lines.is_empty()));
            assert!(store.list(&Reach::whole(stranger), pool, &Default::default(), domain::lang::Lang::De).await.is_err());
            assert!(store.bin(&Reach::whole(stranger), pool, "", 1, 50).await.is_err());
            let selection = Selection::Ids(vec![anna.id]);
            assert!(store.delete_profiles(&Reach::whole(stranger), pool, &selection, &Actor::System, NOW).await.is_err());
            assert!(store.update_profile(&Reach::whole(stranger), pool, anna.id, None, &[], &Actor::System, NOW).await.is_err());
            assert!(store.create_profile(&Reach::whole(stranger), pool, Draft::default(), &Actor::System, NOW).await.is_err());
            assert!(store.undo_batch(&Reach::whole(stranger), pool, 1, &Actor::System, NOW).await.is_err());
        }
        assert!(matches!(store.profile(&Reach::whole(ours.client), &pool, ProfileId::new(99)).await, Err(StoreError::NotFound)));
        assert_eq!(store.profile(&Reach::whole(ours.client), &pool, anna.id).await.expect("still there"), anna);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_see_addresses_neither_finds_them_nor_takes_them_from_others() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (pool, reach) = (team.pool(&store).await, Reach::whole(team.client));
        let seen = pool.clone().seen_by(Rights::of(&[Right::SeeProfiles, Right::EditProfiles]));
        let id = |key: &str| pool.field(key).expect("a field").id;
        let (address, city) = (id("PERMISSION_IP"), id("CITY"));
        let values = [(address, text("192.0.2.7")), (id("NAME"), text("Roth"))].into();
        let made = store.create_profile(&reach, &pool, Draft { values }, &Actor::System, NOW).await.unwrap();
        let found = async |pool: &Pool| {
            let query = ListQuery { q: "192.0.2".to_owned(), search_in: vec!["PERMISSION_IP".to_owned()], ..ListQuery::default() };
            store.count(&reach, pool, &query, Lang::De).await.unwrap()
        };
        assert_eq!((found(&pool).await, found(&seen).await), (1, 0));
        assert_eq!(store.profile(&reach, &seen, made.id).await.unwrap().value(address), None);

        // Every way of writing leaves the address findable for those who may see it.
        let wien = [(city, Some(text("Wien")))];
        let one = || Selection::Ids(vec![made.id]);
        let updated = store.update_profile(&reach, &seen, made.id, None, &wien, &Actor::System, NOW).await.unwrap();
        assert_eq!((updated.value(address), found(&pool).await), (None, 1));
        let edit = Bulk::Edit { field: city, edit: Edit::Set(Some(text("Graz"))) };
        let batch = store.change_profiles(&reach, &seen, &one(), &edit, &Actor::System, NOW).await.unwrap();
        assert_eq!(found(&pool).await, 1);
        store.undo_batch(&reach, &seen, batch.id, &Actor::System, NOW).await.unwrap();
        assert_eq!(found(&pool).await, 1);
        store.delete_profiles(&reach, &seen, &one(), &Actor::System, NOW).await.unwrap();
        assert_eq!(found(&pool).await, 0);
        store.restore_profiles(&reach, &seen, &[made.id], &NOW.into()).await.unwrap();
        assert_eq!(found(&pool).await, 1);
        let other = store.create_profile(&reach, &seen, Draft::default(), &Actor::System, NOW).await.unwrap();
        let found_by_id = ListQuery { q: other.id.to_string(), search_in: vec!["PROFILEID".to_owned()], ..ListQuery::default() };
        assert_eq!(store.count(&reach, &pool, &found_by_id, Lang::De).await.unwrap(), 1);
        assert_eq!(store.profile(&reach, &pool, made.id).await.unwrap().value(address), Some(&text("192.0.2.7")));

        // What somebody with the right did to a consent, somebody without it can't take back.
        let consent = Bulk::Edit { field: id("NOTRACKING"), edit: Edit::Set(Some(Value::Bool(true))) };
        let batch = store.change_profiles(&reach, &pool, &one(), &consent, &Actor::System, NOW).await.unwrap();
        let undone = store.ask_to_undo(&reach, &seen, batch.id, team.wish()).await;
        assert!(matches!(undone, Err(StoreError::NotFound)), "{undone:?}");
        assert!(matches!(store.change_profiles(&reach, &seen, &one(), &consent, &Actor::System, NOW).await, Err(StoreError::NotFound)));
        store.ask_to_undo(&reach, &pool, batch.id, team.wish()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_stood_before_is_known_for_every_change_of_ones_own_profiles() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (reach, pool) = (Reach::whole(team.client), team.pool(&store).await);
        let city = field_of(&pool, "CITY");
        let anna = make(&store, &pool, &[("NAME", "Adler"), ("CITY", "Köln")]).await.id;
        let ben = make(&store, &pool, &[("NAME", "Böhm")]).await.id;
        for value in [Some(text("Bonn")), None, Some(text("Ulm"))] {
            store.update_profile(&reach, &pool, anna, None, &[(city, value)], &Actor::System, NOW).await.unwrap();
        }
        let lines = store.history(&reach, &pool, anna, 9, None).await.unwrap();
        let ids: Vec<i64> = lines.iter().filter_map(|line| line.id).collect();
        let before = async |profile, line, key: &str| store.value_before(&reach, &pool, profile, line, key).await;
        assert_eq!(before(anna, ids[0], "CITY").await.unwrap(), None);
        assert_eq!(before(anna, ids[1], "CITY").await.unwrap(), Some(text("Bonn")));
        assert_eq!(before(anna, ids[2], "CITY").await.unwrap(), Some(text("Köln")));
        for (profile, line, key) in [(ben, ids[1], "CITY"), (anna, ids[1], "NAME"), (anna, 987_654, "CITY")] {
            assert!(matches!(before(profile, line, key).await, Err(StoreError::NotFound)), "{key}");
        }
    })
    .await;
}
