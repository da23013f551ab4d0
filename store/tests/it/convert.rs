use domain::config::{FieldChange, NewField, NewOption, Step};
use domain::field::{FieldDef, FieldKind};
use domain::history::Actor;
use domain::id::{FieldId, ProfileId};
use domain::job::{JobKind, JobState};
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::profile::{Draft, Profile};
use domain::uses::UseKind;
use domain::value::{self, DateOrder, ParseContext, Value};
use futures::TryStreamExt;
use store::conversions::{Filling, KEPT};
use store::jobs::NewJob;
use store::profiles::{Selection, Wish};
use store::testing::{NOW, Team, on_each_store};
use store::{Conflict, Reach, Store, StoreError};

use crate::list::names;
use crate::profiles::text;

/// Makes a profile of what somebody types.
pub(crate) async fn make(store: &Store, pool: &Pool, cells: &[(&str, &str)]) -> Profile {
    let cx = ParseContext { lang: Lang::De, zone: &pool.zone, date_order: DateOrder::Dmy, country_hint: None };
    let read = |(key, typed): &(&str, &str)| {
        let field = pool.field(key).expect("a field");
        Some((field.id, value::parse(field, typed, &cx).expect("a value")?))
    };
    let values = cells.iter().filter_map(read).collect();
    store.create_profile(&Reach::whole(pool.client), pool, Draft { values }, &Actor::System, NOW).await.expect("a profile")
}

/// A field with a value for each profile; an empty one for none.
async fn filled(store: &Store, team: &Team, kind: FieldKind, values: &[&str]) -> (FieldId, Vec<ProfileId>) {
    let category = team.pool(store).await.categories[0].id;
    let new = NewField { key: Some("WERT".to_owned()), ..NewField::new("Wert", kind, category) };
    let field = store.create_field(team.client, team.pool, &new).await.unwrap();
    if kind.has_options() {
        let labels: Vec<String> = values.iter().flat_map(|value| value.split('|')).filter(|l| !l.is_empty()).map(str::to_owned).collect();
        store.add_options(team.client, team.pool, field, &labels).await.unwrap();
    }
    let pool = team.pool(store).await;
    let mut ids = Vec::new();
    for (n, value) in values.iter().enumerate() {
        let name = format!("Person{n}");
        let mut cells = vec![("NAME", name.as_str())];
        if !value.is_empty() {
            cells.push(("WERT", value));
        }
        ids.push(make(store, &pool, &cells).await.id);
    }
    (field, ids)
}

async fn field(store: &Store, team: &Team, id: FieldId) -> FieldDef {
    team.pool(store).await.field_by_id(id).expect("the field").clone()
}

/// The values as programs read them.
async fn values(store: &Store, team: &Team, id: FieldId, profiles: &[ProfileId]) -> Vec<String> {
    let pool = team.pool(store).await;
    let field = pool.field_by_id(id).expect("the field");
    let mut out = Vec::new();
    for profile in profiles {
        let profile = store.profile(&Reach::whole(team.client), &pool, *profile).await.unwrap();
        out.push(profile.value(id).map(|value| value::plain(field, value)).unwrap_or_default());
    }
    out
}

async fn convert(store: &Store, team: &Team, id: FieldId, to: FieldKind) -> store::conversions::Conversion {
    let begun = store.begin_conversion(team.client, team.pool, id, to, &team.wish()).await.unwrap();
    end(store, team, begun).await
}

async fn end(store: &Store, team: &Team, begun: store::conversions::Begun) -> store::conversions::Conversion {
    store.claim_job(begun.job, "worker", 60_000, NOW).await.unwrap().expect("the job");
    let done = store.convert_now(team.client, begun.conversion, NOW).await.unwrap();
    store.finish(begun.job, "worker", &serde_json::json!({}), NOW).await.unwrap();
    done
}

async fn undo(store: &Store, team: &Team, conversion: i64) -> store::conversions::Conversion {
    let begun = store.undo_conversion(team.client, team.pool, conversion, &team.wish()).await.unwrap();
    end(store, team, begun).await
}

async fn set(store: &Store, team: &Team, id: FieldId, profile: ProfileId, value: Option<Value>) {
    let pool = team.pool(store).await;
    store.update_profile(&Reach::whole(team.client), &pool, profile, None, &[(id, value)], &Actor::System, NOW).await.unwrap();
}

fn search(q: &str) -> ListQuery {
    ListQuery { q: q.to_owned(), search_in: vec!["WERT".to_owned()], ..ListQuery::default() }
}

#[tokio::test]
async fn a_text_becomes_a_date_and_what_is_none_waits_for_the_way_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (id, ids) = filled(&store, &team, FieldKind::SingleLine, &["31.12.1990", "irgendwann", "", "1991-02-03"]).await;
        let before = field(&store, &team, id).await;
        let pool = team.pool(&store).await;
        let preview = store.preview_conversion(&Reach::whole(team.client), &pool, id, FieldKind::Date, Lang::De).await.unwrap();
        assert_eq!((preview.values, preview.converts, preview.fails()), (3, 2, 1));
        assert_eq!((preview.failures[0].profile, preview.failures[0].value.as_str()), (ids[1], "irgendwann"));
        assert_eq!(preview.reasons.iter().map(|(p, n)| (p.code(), *n)).collect::<Vec<_>>(), [("not_a_date", 1)]);
        let all: Vec<_> =
            store.conversion_failures(Reach::whole(team.client), pool.clone(), id, FieldKind::Date, Lang::De).try_collect().await.unwrap();
        assert_eq!(all.concat(), preview.failures);

        let done = convert(&store, &team, id, FieldKind::Date).await;
        assert_eq!((done.values, done.converted, done.state), (3, 2, JobState::Running));
        let after = field(&store, &team, id).await;
        assert_eq!((after.kind, after.column), (FieldKind::Date, Some(done.id)));
        assert_eq!((&after.key, &after.label, after.category), (&before.key, &before.label, before.category));
        assert_eq!(values(&store, &team, id, &ids).await, ["1990-12-31", "", "", "1991-02-03"]);
        let pool = team.pool(&store).await;
        assert_eq!(names(&store, &pool, &search("31.12.1990")).await, ["Person0"]);
        assert_eq!(names(&store, &pool, &search("irgendwann")).await, [""; 0]);

        // Somebody changes one, empties one and makes one.
        set(&store, &team, id, ids[0], Some(Value::Int(0))).await;
        set(&store, &team, id, ids[3], None).await;
        let last = make(&store, &pool, &[("NAME", "Neu"), ("WERT", "24.12.2000")]).await.id;
        let back = undo(&store, &team, done.id).await;
        assert_eq!((back.from, back.to, back.undoes, back.kept), (FieldKind::Date, FieldKind::SingleLine, Some(done.id), 0));
        let all = [ids, vec![last]].concat();
        assert_eq!(values(&store, &team, id, &all).await, ["01.01.1970", "irgendwann", "", "", "24.12.2000"]);
        assert_eq!(names(&store, &team.pool(&store).await, &search("irgendwann")).await, ["Person1"]);
        let again = store.undo_conversion(team.client, team.pool, done.id, &team.wish()).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");
        // And the way back has a way back.
        undo(&store, &team, back.id).await;
        assert_eq!(values(&store, &team, id, &all).await, ["1970-01-01", "", "", "", "2000-12-24"]);
    })
    .await;
}

#[tokio::test]
async fn texts_become_options_in_the_order_of_the_alphabet_and_come_back_as_they_were() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (id, ids) = filled(&store, &team, FieldKind::SingleLine, &["Rot", "rot", "Ärger, Blau", "Zimt"]).await;
        let selection = convert(&store, &team, id, FieldKind::Selection).await;
        let after = field(&store, &team, id).await;
        assert_eq!(after.options.iter().map(|option| option.label.as_str()).collect::<Vec<_>>(), ["Ärger, Blau", "Rot", "Zimt"]);
        assert_eq!(values(&store, &team, id, &ids).await, ["Rot", "Rot", "Ärger, Blau", "Zimt"]);
        assert_eq!(names(&store, &team.pool(&store).await, &search("zimt")).await, ["Person3"]);

        let several = convert(&store, &team, id, FieldKind::MultiSelection).await;
        let counts = store.option_counts(&Reach::whole(team.client), team.pool, id).await.unwrap();
        assert_eq!(counts.values().sum::<u64>(), 4);
        let after = field(&store, &team, id).await;
        let (first, second) = (after.options[0].id, after.options[1].id);
        set(&store, &team, id, ids[3], Some(Value::Set(vec![first, second]))).await;
        let back = undo(&store, &team, several.id).await;
        assert_eq!(back.kept, 1, "two options can't be one, so the former one came back");
        assert_eq!(values(&store, &team, id, &ids).await, ["Rot", "Rot", "Ärger, Blau", "Zimt"]);
        let too_late = store.undo_conversion(team.client, team.pool, selection.id, &team.wish()).await;
        assert!(matches!(too_late, Err(StoreError::NotFound)), "it is not the last one any more");
        let pool = team.pool(&store).await;
        let to_text = store.preview_conversion(&Reach::whole(team.client), &pool, id, FieldKind::SingleLine, Lang::De).await.unwrap();
        assert_eq!((to_text.values, to_text.converts), (4, 4));
    })
    .await;
}

#[tokio::test]
async fn several_options_become_one_where_there_is_one_and_choices_come_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (id, ids) = filled(&store, &team, FieldKind::MultiSelection, &["Sport|Musik", "Sport", "Musik"]).await;
        let done = convert(&store, &team, id, FieldKind::Selection).await;
        assert_eq!((done.values, done.converted), (3, 2));
        assert_eq!(values(&store, &team, id, &ids).await, ["", "Sport", "Musik"]);
        let counts = store.option_counts(&Reach::whole(team.client), team.pool, id).await.unwrap();
        assert_eq!(counts.values().copied().collect::<Vec<_>>(), [1, 1]);
        undo(&store, &team, done.id).await;
        assert_eq!(values(&store, &team, id, &ids).await, ["Sport|Musik", "Sport", "Musik"]);
        let counts = store.option_counts(&Reach::whole(team.client), team.pool, id).await.unwrap();
        assert_eq!(counts.values().copied().collect::<Vec<_>>(), [2, 2]);
    })
    .await;
}

#[tokio::test]
async fn default_and_marks_go_with_the_type_and_come_back_with_it() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let category = team.pool(&store).await.categories[0].id;
        let options = ["Rot", "Grün"].map(NewOption::new).to_vec();
        let new =
            NewField { options, default: "Grün".to_owned(), matching: true, ..NewField::new("Farbe", FieldKind::Selection, category) };
        let id = store.create_field(team.client, team.pool, &new).await.unwrap();
        let before = field(&store, &team, id).await;
        let done = convert(&store, &team, id, FieldKind::SingleLine).await;
        let after = field(&store, &team, id).await;
        assert_eq!((after.default_value.as_deref(), after.matching), (Some("Grün"), false));
        undo(&store, &team, done.id).await;
        let back = field(&store, &team, id).await;
        assert_eq!((&back.default_value, back.matching), (&before.default_value, true));
        let done = convert(&store, &team, id, FieldKind::Integer).await;
        assert_eq!(field(&store, &team, id).await.default_value, None);
        let change = FieldChange { default: Some("7".to_owned()), ..FieldChange::default() };
        store.configure(team.client, team.pool, &Step::ChangeField { field: id, change }, &team.wish()).await.unwrap();
        undo(&store, &team, done.id).await;
        assert_eq!(field(&store, &team, id).await.default_value, None, "7 is no colour");
    })
    .await;
}

#[tokio::test]
async fn what_changes_meanwhile_is_taken_along_and_a_process_that_dies_goes_on() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let texts: Vec<String> = (0..30).map(|n| n.to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (id, ids) = filled(&store, &team, FieldKind::SingleLine, &texts).await;
        let pool = team.pool(&store).await;
        store.delete_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(vec![ids[5]]), &Actor::System, NOW).await.unwrap();
        let begun = store.begin_conversion(team.client, team.pool, id, FieldKind::Integer, &team.wish()).await.unwrap();
        assert_eq!(store.fill_conversion(team.client, begun.conversion).await.unwrap(), Filling::Full);
        // Everybody still reads and writes texts.
        set(&store, &team, id, ids[0], Some(text("700"))).await;
        set(&store, &team, id, ids[1], Some(text("viele"))).await;
        set(&store, &team, id, ids[2], None).await;
        let pool = team.pool(&store).await;
        let new = make(&store, &pool, &[("NAME", "Neu"), ("WERT", "900")]).await.id;
        assert_eq!(store.conversion(team.client, team.pool, begun.conversion).await.unwrap().swapped_at, None);
        let done = store.exchange_columns(team.client, begun.conversion, NOW).await.unwrap().expect("nothing is in the way");
        let again = store.exchange_columns(team.client, begun.conversion, NOW).await.unwrap().expect("it is done");
        assert_eq!((done.swapped_at, again.id), (again.swapped_at, done.id));
        assert_eq!(values(&store, &team, id, &[ids[0], ids[1], ids[2], ids[3], new]).await, ["700", "", "", "3", "900"]);
        // Until the index is made anew a search is right too.
        let now = team.pool(&store).await;
        assert_eq!(names(&store, &now, &search("900")).await, ["Neu"]);
        store.catch_up(team.client, &now).await.unwrap();
        assert_eq!(names(&store, &now, &search("900")).await, ["Neu"]);
        assert_eq!(names(&store, &now, &search("viele")).await, [""; 0]);
        // Whoever has read the pool before is refused, and nothing is written.
        let late =
            store.update_profile(&Reach::whole(team.client), &pool, ids[3], None, &[(id, Some(text("9")))], &Actor::System, NOW).await;
        assert!(matches!(late, Err(StoreError::Busy)), "{late:?}");
        let late = store.create_profile(&Reach::whole(team.client), &pool, Draft::default(), &Actor::System, NOW).await;
        assert!(matches!(late, Err(StoreError::Busy)), "{late:?}");
        // The one in the bin comes along.
        store.restore_profiles(&Reach::whole(team.client), &now, &[ids[5]], &NOW.into()).await.unwrap();
        assert_eq!(values(&store, &team, id, &[ids[5]]).await, ["5"]);
        let lines = store.history(&Reach::whole(team.client), &now, ids[1], 5, None).await.unwrap();
        assert_eq!(lines[0].changes[0].after, Some(text("viele")));
    })
    .await;
}

#[tokio::test]
async fn older_values_stay_readable_and_are_not_put_into_the_new_type_by_an_undo() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (id, ids) = filled(&store, &team, FieldKind::Selection, &["Rot", "Grün"]).await;
        let pool = team.pool(&store).await;
        let red = field(&store, &team, id).await.options[0].id;
        let bulk = domain::bulk::Bulk::Edit { field: id, edit: domain::bulk::Edit::Set(Some(Value::Int(red.get()))) };
        let batch = store
            .change_profiles(&Reach::whole(team.client), &pool, &Selection::Ids(ids.clone()), &bulk, &Actor::System, NOW)
            .await
            .unwrap();
        assert_eq!(batch.n, 1);
        convert(&store, &team, id, FieldKind::Integer).await;
        let pool = team.pool(&store).await;
        let lines = store.history(&Reach::whole(team.client), &pool, ids[1], 5, None).await.unwrap();
        assert_eq!((lines[0].changes[0].before.clone(), lines[0].changes[0].after.clone()), (Some(text("Grün")), Some(text("Rot"))));
        let undone = store.undo_batch(&Reach::whole(team.client), &pool, batch.id, &Actor::System, NOW).await.unwrap();
        assert_eq!((undone.n, undone.kept), (0, 1));
        let stale = store
            .change_profiles(
                &Reach::whole(team.client),
                &pool,
                &Selection::Ids(ids),
                &domain::bulk::Bulk::Edit { field: id, edit: domain::bulk::Edit::Set(Some(text("x"))) },
                &Actor::System,
                NOW,
            )
            .await;
        assert!(matches!(stale, Err(StoreError::NotFound)), "{stale:?}");
    })
    .await;
}

#[tokio::test]
async fn a_conversion_given_up_leaves_everything_as_it_was() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (id, ids) = filled(&store, &team, FieldKind::SingleLine, &["Rot", "Blau"]).await;
        let begun = store.begin_conversion(team.client, team.pool, id, FieldKind::Selection, &team.wish()).await.unwrap();
        store.fill_conversion(team.client, begun.conversion).await.unwrap();
        store.give_up_conversion(team.client, begun.conversion, NOW).await.unwrap();
        store.give_up_conversion(team.client, begun.conversion, NOW).await.unwrap();
        store.cancel(team.client, begun.job, NOW).await.unwrap();
        let after = field(&store, &team, id).await;
        assert_eq!((after.kind, after.column, after.options.len()), (FieldKind::SingleLine, None, 0));
        assert_eq!(values(&store, &team, id, &ids).await, ["Rot", "Blau"]);
        // One whose job was cancelled while it waited is cleared away at night.
        let begun = store.begin_conversion(team.client, team.pool, id, FieldKind::Selection, &team.wish()).await.unwrap();
        store.cancel(team.client, begun.job, NOW).await.unwrap();
        assert_eq!(store.purge_conversions(team.client, NOW.plus(-KEPT), NOW).await.unwrap(), 1);
        assert_eq!(store.purge_conversions(team.client, NOW.plus(-KEPT), NOW).await.unwrap(), 0);
        let done = convert(&store, &team, id, FieldKind::Selection).await;
        assert_eq!(done.converted, 2);
    })
    .await;
}

#[tokio::test]
async fn after_two_weeks_the_former_values_go_and_with_them_the_way_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (id, ids) = filled(&store, &team, FieldKind::SingleLine, &["7", "acht"]).await;
        let done = convert(&store, &team, id, FieldKind::Integer).await;
        assert_eq!(done.until, Some(NOW.plus(KEPT)));
        let late = Wish { now: NOW.plus(KEPT), ..team.wish() };
        let refused = store.undo_conversion(team.client, team.pool, done.id, &late).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        assert_eq!(store.purge_conversions(team.client, NOW, NOW).await.unwrap(), 0, "not yet");
        assert_eq!(store.purge_conversions(team.client, NOW.plus(1), NOW).await.unwrap(), 1);
        let gone = store.undo_conversion(team.client, team.pool, done.id, &team.wish()).await;
        assert!(matches!(gone, Err(StoreError::NotFound)), "{gone:?}");
        assert_eq!(values(&store, &team, id, &ids).await, ["7", ""]);
        // The field can be deleted for good, with all its columns.
        store.configure(team.client, team.pool, &Step::DeleteField { field: id }, &team.wish()).await.unwrap();
        assert_eq!(store.purge_fields(team.client, NOW.plus(1)).await.unwrap(), 1);
        let pool = team.pool(&store).await;
        assert!(store.profile(&Reach::whole(team.client), &pool, ids[0]).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_is_under_way_stands_against_a_conversion() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let other = Team::found(&store, "Süd").await;
        let (id, _) = filled(&store, &team, FieldKind::SingleLine, &["7"]).await;
        let pool = team.pool(&store).await;
        let ask = async |field, to| store.begin_conversion(team.client, team.pool, field, to, &team.wish()).await;
        let city = pool.field("CITY").expect("a standard field").id;
        assert!(matches!(ask(city, FieldKind::Integer).await, Err(StoreError::Conflict(Conflict::FieldFixed))));
        assert!(matches!(ask(id, FieldKind::SingleLine).await, Err(StoreError::Invalid(_))));
        assert!(matches!(ask(id, FieldKind::Permission).await, Err(StoreError::Invalid(_))));
        let strange = store.begin_conversion(other.client, team.pool, id, FieldKind::Integer, &other.wish()).await;
        assert!(matches!(strange, Err(StoreError::NotFound)));
        let strange = store.preview_conversion(&Reach::whole(other.client), &pool, id, FieldKind::Integer, Lang::De).await;
        assert!(matches!(strange, Err(StoreError::NotFound)));

        let begun = ask(id, FieldKind::Integer).await.unwrap();
        let Err(StoreError::Used(uses)) = ask(id, FieldKind::Date).await else { panic!("two at once") };
        assert_eq!(uses[0].kind, UseKind::Conversion);
        let delete = store.configure(team.client, team.pool, &Step::DeleteField { field: id }, &team.wish()).await;
        assert!(matches!(delete, Err(StoreError::Used(_))), "{delete:?}");
        // An edit of many that was asked for before has to end first.
        let many = NewJob { kind: JobKind::BulkEdit, payload: serde_json::json!({ "pool": team.pool }), created_by: None };
        let many = store.enqueue(team.client, many, NOW).await.unwrap();
        store.fill_conversion(team.client, begun.conversion).await.unwrap();
        assert_eq!(store.exchange_columns(team.client, begun.conversion, NOW).await.unwrap(), None);
        store.cancel(team.client, many, NOW).await.unwrap();
        assert!(store.exchange_columns(team.client, begun.conversion, NOW).await.unwrap().is_some());
        assert!(matches!(store.conversion(other.client, team.pool, begun.conversion).await, Err(StoreError::NotFound)));
        assert_eq!(store.last_conversion(team.client, team.pool, id).await.unwrap().map(|last| last.id), Some(begun.conversion));
    })
    .await;
}
