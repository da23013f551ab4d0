//! Somebody who is limited to a rule sees, counts, finds, changes, deletes, restores and exports those within it only;
//! everybody else is "not found" to them.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use domain::bulk::{Bulk, Edit};
use domain::condition::Condition;
use domain::field::FieldKind;
use domain::history::Actor;
use domain::id::{FieldId, OptionId, ProfileId};
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::profile::Draft;
use domain::text::PoolName;
use domain::value::Value;
use futures::TryStreamExt;
use store::backups::BackupChange;
use store::changes::{Change, ChangeKind};
use store::list::Part;
use store::load::{Batch, Cursor, Row};
use store::profiles::{AT_ONCE, Asked, ManyJob, Selection, UndoJob, Wish};
use store::testing::{NOW, Team, field_of, on_each_store};
use store::{Conflict, Reach, Store, StoreError};

use crate::imports::begin;
use crate::profiles::text;

fn within(team: &Team, rule: &str) -> Reach {
    Reach::within(team.client, Arc::new(rule.parse().expect("a condition")))
}

/// Two people in Austria, one in Germany, one nowhere; all of them like art but the second.
struct People {
    team: Team,
    pool: Pool,
    colour: FieldId,
    red: OptionId,
    anna: ProfileId,
    berta: ProfileId,
    carl: ProfileId,
    dora: ProfileId,
    austria: Reach,
    whole: Reach,
}

impl People {
    async fn of(store: &Store) -> Self {
        let team = Team::found(store, "Nord").await;
        let colour = team.field(store, "Farbe", FieldKind::Selection).await;
        let red = store.add_options(team.client, team.pool, colour, &["Rot".to_owned(), "Blau".to_owned()]).await.expect("options")[0];
        team.field(store, "Wert", FieldKind::SingleLine).await;
        let pool = team.pool(store).await;
        let whole = Reach::whole(team.client);
        let make = async |name: &str, country: &str, art: bool| {
            let mut values = vec![(field_of(&pool, "NAME"), text(name)), (field_of(&pool, "WERT"), text(name))];
            if !country.is_empty() {
                values.push((field_of(&pool, "COUNTRY"), text(country)));
            }
            if art {
                values.push((colour, Value::Int(red.get())));
            }
            store.create_profile(&whole, &pool, Draft { values }, &Actor::System, NOW).await.expect("a profile").id
        };
        let [anna, berta] = [make("Anna Müller", "AT", true).await, make("Berta Müller", "AT", false).await];
        let [carl, dora] = [make("Carl Müller", "DE", true).await, make("Dora Müller", "", true).await];
        let austria = within(&team, r#"COUNTRY = "AT""#);
        Self { team, pool, colour, red, anna, berta, carl, dora, austria, whole }
    }

    fn outside(&self) -> [ProfileId; 2] {
        [self.carl, self.dora]
    }

    fn everybody(&self) -> Selection {
        Selection::Ids(vec![self.anna, self.berta, self.carl, self.dora])
    }

    fn wish(&self) -> Wish {
        self.team.wish()
    }

    async fn country(&self, store: &Store, id: ProfileId) -> Option<Value> {
        let profile = store.profile(&self.whole, &self.pool, id).await.expect("a profile");
        profile.value(field_of(&self.pool, "COUNTRY")).cloned()
    }

    fn move_to(&self, country: &str) -> Bulk {
        Bulk::Edit { field: field_of(&self.pool, "COUNTRY"), edit: Edit::Set(Some(text(country))) }
    }

    fn settle_in(&self, city: &str) -> Bulk {
        Bulk::Edit { field: field_of(&self.pool, "CITY"), edit: Edit::Set(Some(text(city))) }
    }
}

fn not_found<T: Debug>(what: &str, answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::NotFound)), "{what}: {answer:?}");
}

fn out_of_reach<T: Debug>(what: &str, answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::Conflict(Conflict::OutOfReach))), "{what}: {answer:?}");
}

fn query(pairs: &[(&str, &str)]) -> ListQuery {
    ListQuery::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

#[tokio::test]
async fn lists_counts_and_exports_show_those_within() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let (pool, at, whole) = (&people.pool, &people.austria, &people.whole);
        let both = [people.berta, people.anna];
        let questions = [
            query(&[]),
            query(&[("q", "muller")]),
            query(&[("q", "muller"), ("in", "NAME,CITY")]),
            query(&[("q", "muller"), ("sort", "-NAME")]),
            query(&[("sort", "-NAME")]),
            query(&[("sort", "-STATUS")]),
            query(&[("filter", "COUNTRY:is_not:CH")]),
            query(&[("filter", "COUNTRY:empty:"), ("filter", "COUNTRY:filled:")]),
            query(&[("q", "dora")]),
        ];
        for query in &questions {
            // Twice, with the answers of somebody who sees all in between.
            for _ in 0..2 {
                let expected = usize::from(query.q != "dora" && query.filters.len() < 2) * 2;
                let page = store.list(at, pool, query, Lang::De).await.expect("a list");
                assert_eq!(page.rows.len(), expected, "{query:?}");
                assert!(page.rows.iter().all(|profile| both.contains(&profile.id)), "{query:?}");
                let page = store.list_columns(at, pool, query, &["NAME".to_owned()], Lang::De).await.expect("a list");
                assert_eq!(page.rows.len(), expected, "{query:?}");
                assert!(page.total.is_none_or(|total| total == expected as u64), "{query:?}");
                assert_eq!(store.count(at, pool, query, Lang::De).await.expect("a count"), expected as u64, "{query:?}");
                let rows: Vec<_> = store.stream(at.clone(), pool.clone(), query.clone(), Lang::De).try_concat().await.expect("a stream");
                assert_eq!(rows.len(), expected, "{query:?}");
                store.list(whole, pool, query, Lang::De).await.expect("a list");
                store.count(whole, pool, query, Lang::De).await.expect("a count");
            }
        }
        let part = async |part| {
            let stream = store.stream_part(at.clone(), pool.clone(), query(&[]), part, Lang::De);
            stream.try_concat().await.expect("a stream").into_iter().map(|profile| profile.id).collect::<Vec<_>>()
        };
        let rows = async |part: Part| {
            let parts: Vec<_> = store
                .stream_rows(at.clone(), pool.clone(), query(&[]), part, pool.fields.clone(), Lang::De)
                .try_collect()
                .await
                .expect("rows");
            parts.iter().flat_map(|part| part.iter().map(|row| row.id).collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        assert_eq!(rows(Part::All).await, both);
        assert_eq!(rows(Part::Only(vec![people.anna, people.carl])).await, [people.anna]);
        assert_eq!(rows(Part::Except(vec![people.anna])).await, [people.berta]);
        assert_eq!(part(Part::All).await, both);
        assert_eq!(part(Part::Only(vec![people.anna, people.carl])).await, [people.anna]);
        assert_eq!(part(Part::Except(vec![people.anna])).await, [people.berta]);
        for _ in 0..2 {
            assert_eq!(store.size(at, pool).await.expect("a size"), 2);
            assert_eq!(store.pools(at).await.expect("pools")[0].n_profiles, 2);
            assert_eq!(store.size(whole, pool).await.expect("a size"), 4);
            assert_eq!(store.pools(whole).await.expect("pools")[0].n_profiles, 4);
        }
    })
    .await;
}

#[tokio::test]
async fn a_profile_outside_is_not_found() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let (pool, at) = (&people.pool, &people.austria);
        assert_eq!(store.profile(at, pool, people.anna).await.expect("anna").id, people.anna);
        assert_eq!(store.history(at, pool, people.anna, 10, None).await.expect("lines").len(), 1);
        for id in people.outside() {
            not_found("profile", store.profile(at, pool, id).await);
            not_found("history", store.history(at, pool, id, 10, None).await);
            let change = [(field_of(pool, "CITY"), Some(text("Linz")))];
            not_found("update", store.update_profile(at, pool, id, None, &change, &Actor::System, NOW).await);
            not_found("a stale update", store.update_profile(at, pool, id, Some(-1), &change, &Actor::System, NOW).await);
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_leaves_the_reach_of_who_makes_or_changes_them() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let (pool, at) = (&people.pool, &people.austria);
        let country = field_of(pool, "COUNTRY");
        let create = async |country_code: Option<&str>| {
            let mut values = vec![(field_of(pool, "NAME"), text("Neu"))];
            values.extend(country_code.map(|code| (country, text(code))));
            store.create_profile(at, pool, Draft { values }, &Actor::System, NOW).await
        };
        out_of_reach("one of Germany", create(Some("DE")).await);
        out_of_reach("one of nowhere", create(None).await);
        assert_eq!(store.size(&people.whole, pool).await.expect("a size"), 4, "nothing of it stays");
        let made = create(Some("AT")).await.expect("one of Austria");
        let update = async |value| store.update_profile(at, pool, made.id, None, &[(country, value)], &Actor::System, NOW).await;
        out_of_reach("to Germany", update(Some(text("DE"))).await);
        out_of_reach("to nowhere", update(None).await);
        assert_eq!(store.profile(at, pool, made.id).await.expect("as it was"), made);
        let bulk = people.move_to("DE");
        let one = Selection::Ids(vec![made.id]);
        out_of_reach("change_profiles", store.change_profiles(at, pool, &one, &bulk, &Actor::System, NOW).await);
        out_of_reach("ask_for_many", store.ask_for_many(at, pool, one, bulk.clone(), people.wish()).await);
        let batch = store.begin_batch(people.team.client, pool, &bulk, &[], &NOW.into()).await.expect("a batch");
        out_of_reach("change_part", store.change_part(at, pool, batch, &bulk, &[made.id], &Actor::System, NOW).await);
        assert_eq!(store.profile(at, pool, made.id).await.expect("as it was"), made);
        // What follows from a change counts as well: who is unsubscribed is no longer usable.
        let usable = within(&people.team, r#"STATUS = "no_address""#);
        let unsubscribed = [(field_of(pool, "UNSUBSCRIBED"), Some(Value::Bool(true)))];
        out_of_reach("status", store.update_profile(&usable, pool, made.id, None, &unsubscribed, &Actor::System, NOW).await);
    })
    .await;
}

#[tokio::test]
async fn a_selection_means_those_within() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let (pool, at) = (&people.pool, &people.austria);
        let selected = async |selection| store.selected(at, pool, &selection).await.expect("a selection");
        assert_eq!(selected(people.everybody()).await, [people.anna, people.berta]);
        assert_eq!(selected(Selection::Query { query: query(&[]), except: vec![people.anna] }).await, [people.berta]);
        assert_eq!(selected(Selection::Chosen { field: people.colour, option: people.red }).await, [people.anna]);

        let done =
            store.change_profiles(at, pool, &people.everybody(), &people.settle_in("Linz"), &Actor::System, NOW).await.expect("done");
        assert_eq!(done.n, 2);
        let batch = store.begin_batch(people.team.client, pool, &Bulk::Delete, &[], &NOW.into()).await.expect("a batch");
        let edit = people.settle_in("Graz");
        assert_eq!(store.change_part(at, pool, batch, &edit, &people.outside(), &Actor::System, NOW).await.expect("none"), 0);
        assert_eq!(store.change_part(at, pool, batch, &Bulk::Delete, &people.outside(), &Actor::System, NOW).await.expect("none"), 0);
        let Asked::Done(done) = store.ask_for_many(at, pool, people.everybody(), Bulk::Delete, people.wish()).await.expect("done") else {
            panic!("few profiles")
        };
        assert_eq!(done.n, 2);
        for id in people.outside() {
            let profile = store.profile(&people.whole, pool, id).await.expect("untouched");
            assert_eq!(profile.value(field_of(pool, "CITY")), None);
        }
        assert_eq!(store.undo_batch(at, pool, done.id, &Actor::System, NOW).await.expect("back").n, 2);
        assert_eq!(store.delete_profiles(at, pool, &people.everybody(), &Actor::System, NOW).await.expect("again").n, 2);
    })
    .await;
}

#[tokio::test]
async fn the_bin_shows_and_gives_back_those_within() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let (pool, at, whole) = (&people.pool, &people.austria, &people.whole);
        let batch = store.delete_profiles(whole, pool, &people.everybody(), &Actor::System, NOW).await.expect("deleted").id;
        let bin = store.bin(at, pool, "", 1, 50).await.expect("the bin");
        assert_eq!((bin.total, bin.rows.len()), (2, 2));
        assert!(bin.rows.iter().all(|row| [people.anna, people.berta].contains(&row.profile.id)));
        not_found("history", store.history(at, pool, people.carl, 10, None).await);
        not_found("value_before", store.value_before(at, pool, people.carl, 1, "CITY").await);
        assert_eq!(store.in_bin(at, pool, "").await.expect("the bin").len(), 2);
        assert_eq!(store.restore_part(at, pool, &[people.carl], &Actor::System, NOW, None).await.expect("nobody"), 0);
        assert_eq!(store.restore_profiles(at, pool, &[people.anna, people.carl], &NOW.into()).await.expect("restored"), 1);
        assert_eq!(store.changed_by(at, pool, batch).await.expect("the rest"), [people.berta]);
        let undone = store.undo_part(at, pool, batch, &[people.berta, people.carl], &Actor::System, NOW, None).await.expect("undone");
        assert_eq!((undone.n, undone.kept), (1, 1));
        // What is left of the batch is not theirs.
        not_found("changed_by", store.changed_by(at, pool, batch).await);
        not_found("undo_batch", store.undo_batch(at, pool, batch, &Actor::System, NOW).await);
        not_found("ask_to_undo", store.ask_to_undo(at, pool, batch, people.wish()).await);
        assert_eq!(store.bin(whole, pool, "", 1, 50).await.expect("the bin").total, 2);
        let Asked::Done(n) = store.ask_to_restore(at, pool, "", &people.wish()).await.expect("asked") else { panic!("few profiles") };
        assert_eq!(n, 0, "what is left is not theirs");
    })
    .await;
}

#[tokio::test]
async fn a_batch_is_taken_back_where_that_moves_nobody_out() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let (pool, at, whole) = (&people.pool, &people.austria, &people.whole);
        let moved =
            store.change_profiles(whole, pool, &people.everybody(), &people.move_to("AT"), &Actor::System, NOW).await.expect("moved");
        assert_eq!(moved.n, 2, "the two others live in Austria already");
        let undone = store.undo_batch(at, pool, moved.id, &Actor::System, NOW).await.expect("looked at");
        assert_eq!((undone.n, undone.kept), (0, 2));
        assert_eq!(people.country(&store, people.carl).await, Some(text("AT")));
        let Asked::Done(undone) = store.ask_to_undo(whole, pool, moved.id, people.wish()).await.expect("undone") else {
            panic!("few profiles")
        };
        assert_eq!((undone.n, undone.kept), (2, 0));
        assert_eq!(people.country(&store, people.carl).await, Some(text("DE")));
        let city =
            store.change_profiles(whole, pool, &people.everybody(), &people.settle_in("Linz"), &Actor::System, NOW).await.expect("moved");
        let undone = store.undo_batch(at, pool, city.id, &Actor::System, NOW).await.expect("undone");
        assert_eq!((undone.n, undone.kept), (2, 0), "the two others are not theirs to count");
        assert!(store.profile(whole, pool, people.carl).await.expect("carl").value(field_of(pool, "CITY")).is_some());
    })
    .await;
}

#[tokio::test]
async fn who_has_a_rule_takes_no_merge_of_options_back() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let pool = &people.pool;
        let blue = pool.field_by_id(people.colour).expect("colours").options[1].id;
        let merge = store.ask_to_merge_options(people.team.client, pool, people.colour, people.red, blue, people.wish()).await;
        let Asked::Done(merged) = merge.expect("merged") else { panic!("few profiles") };
        let pool = people.team.pool(&store).await;
        not_found("ask_to_undo", store.ask_to_undo(&people.austria, &pool, merged.batch.id, people.wish()).await);
        not_found("undo_part", store.undo_part(&people.austria, &pool, merged.batch.id, &[people.anna], &Actor::System, NOW, None).await);
        assert_eq!(people.team.pool(&store).await.field_by_id(people.colour).expect("colours").options.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn numbers_beside_fields_and_options_have_those_within() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let (id, at) = (people.team.pool, &people.austria);
        let counts = store.option_counts(at, id, people.colour).await.expect("counts");
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(people.red, 1)]);
        assert_eq!(store.lacking(at, id, people.colour).await.expect("a number"), 1);
        store
            .delete_profiles(&people.whole, &people.pool, &Selection::Ids(vec![people.anna, people.dora]), &Actor::System, NOW)
            .await
            .expect("deleted");
        let uses = store.option_uses(at, id, people.colour, people.red).await.expect("uses");
        assert_eq!((uses.listed, uses.binned), (0, 1));
        let value = field_of(&people.pool, "WERT");
        let preview = store.preview_conversion(at, &people.pool, value, FieldKind::Integer, Lang::De).await.expect("a preview");
        assert_eq!(preview.values, 1);
        let failures = store.conversion_failures(at.clone(), people.pool.clone(), value, FieldKind::Integer, Lang::De);
        let failures: Vec<_> = failures.try_concat().await.expect("failures");
        assert_eq!(failures.iter().map(|failure| failure.profile).collect::<Vec<_>>(), [people.berta]);
    })
    .await;
}

#[tokio::test]
async fn no_change_that_is_told_names_somebody_outside() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let at = &people.austria;
        let told = async |ids: &[ProfileId]| {
            let kind = ChangeKind::Profiles(ids.to_vec());
            let change = Change { client: people.team.client, pool: Some(people.team.pool), revision: 9, kind };
            store.heard(at, change).await.expect("heard").map(|change| change.kind)
        };
        let two = vec![people.anna, people.berta];
        store.delete_profiles(&people.whole, &people.pool, &Selection::Ids(vec![people.anna]), &Actor::System, NOW).await.expect("deleted");
        assert_eq!(told(&two).await, Some(ChangeKind::Profiles(two.clone())), "also who lies in the bin");
        assert_eq!(told(&[people.anna, people.carl]).await, Some(ChangeKind::Bulk));
        assert_eq!(told(&[people.carl]).await, Some(ChangeKind::Bulk));
        let other = Team::found(&store, "Süd").await;
        let strange = Change { client: other.client, pool: Some(other.pool), revision: 1, kind: ChangeKind::Bulk };
        assert_eq!(store.heard(at, strange.clone()).await.expect("heard"), None);
        let pool = Change { client: people.team.client, ..strange };
        assert_eq!(store.heard(at, pool.clone()).await.expect("heard"), Some(pool));
    })
    .await;
}

#[tokio::test]
async fn a_pool_that_cannot_answer_the_rule_has_nobody() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let Team { client, pool: id, .. } = people.team;
        let reach = within(&people.team, r#"not (FARBE = "Blau")"#);
        assert_eq!(store.size(&reach, &people.pool).await.expect("a size"), 4);
        // Another pool of the client has no such field.
        let other = store.create_pool(client, &PoolName::parse("Partner").expect("a name"), NOW).await.expect("a pool");
        let other = store.pool(client, other).await.expect("a pool");
        store.create_profile(&people.whole, &other, Draft::default(), &Actor::System, NOW).await.expect("a profile");
        out_of_reach("create", store.create_profile(&reach, &other, Draft::default(), &Actor::System, NOW).await);
        let sizes = async || store.pools(&reach).await.expect("pools").iter().map(|pool| (pool.id, pool.n_profiles)).collect::<Vec<_>>();
        assert_eq!(sizes().await, [(id, 4), (other.id, 0)]);
        // The option goes, and with it all who were seen by not having it.
        let blue = people.pool.field_by_id(people.colour).expect("colours").options[1].id;
        let step = domain::config::Step::DeleteOptions { field: people.colour, options: vec![blue] };
        store.configure(client, id, &step, &people.wish()).await.expect("deleted");
        let pool = people.team.pool(&store).await;
        assert_eq!(sizes().await, [(id, 0), (other.id, 0)]);
        assert!(store.list(&reach, &pool, &query(&[]), Lang::De).await.expect("a list").rows.is_empty());
        not_found("profile", store.profile(&reach, &pool, people.anna).await);
        not_found("update", store.update_profile(&reach, &pool, people.anna, None, &[], &Actor::System, NOW).await);
        assert_eq!(store.delete_profiles(&reach, &pool, &people.everybody(), &Actor::System, NOW).await.expect("none").n, 0);
    })
    .await;
}

#[tokio::test]
async fn another_clients_pool_is_not_found_whatever_the_rule() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let other = Team::found(&store, "Süd").await;
        for reach in [Reach::whole(other.client), within(&other, "all ()"), within(&other, r#"COUNTRY = "AT""#)] {
            not_found("profile", store.profile(&reach, &people.pool, people.anna).await);
            not_found("list", store.list(&reach, &people.pool, &query(&[]), Lang::De).await);
            not_found("selected", store.selected(&reach, &people.pool, &people.everybody()).await);
            not_found("size", store.size(&reach, &people.pool).await);
            let mut forged = people.pool.clone();
            forged.client = other.client;
            not_found("a forged pool", store.list(&reach, &forged, &query(&[]), Lang::De).await);
        }
    })
    .await;
}

#[tokio::test]
async fn a_job_works_within_the_reach_of_who_asked_for_it() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let [name, country] = ["NAME", "COUNTRY"].map(|key| field_of(&pool, key));
        let n = AT_ONCE as u64 + 11;
        let row = |i: u64| Row {
            number: i + 2,
            values: vec![(name, text("Person")), (country, text(if i.is_multiple_of(1_100) { "DE" } else { "AT" }))],
            ..Row::default()
        };
        let import = begin(&store, &team).await;
        let batch =
            Batch { first_row: 2, rows: (0..n).map(row).collect(), refusals: Vec::new(), not_asked: 0, next: Cursor { byte: n, row: n } };
        store.load(team.client, &pool, import, None).batch(batch, NOW).await.expect("loaded");
        let wish = team.wish();
        let (at, de) = (within(&team, r#"COUNTRY = "AT""#), within(&team, r#"COUNTRY = "DE""#));
        let all = || Selection::Query { query: ListQuery::default(), except: Vec::new() };
        // All in Germany are few, all in Austria are a job's work.
        let few = store.ask_for_many(&de, &pool, all(), Bulk::Delete, wish).await.expect("done");
        assert!(matches!(few, Asked::Done(batch) if batch.n == 5), "{few:?}");
        let Asked::Job(job) = store.ask_for_many(&at, &pool, all(), Bulk::Delete, wish).await.expect("a job") else { panic!("many") };
        let kept: ManyJob = serde_json::from_value(store.job(team.client, job).await.expect("the job").payload).expect("a payload");
        assert_eq!(kept.reach, Some(at.clone()));
        let done = store.delete_profiles(&at, &pool, &all(), &Actor::System, NOW).await.expect("deleted");
        let Asked::Job(job) = store.ask_to_undo(&at, &pool, done.id, wish).await.expect("a job") else { panic!("many") };
        let kept: UndoJob = serde_json::from_value(store.job(team.client, job).await.expect("the job").payload).expect("a payload");
        assert_eq!(kept.reach, Some(at));
    })
    .await;
}

/// Also where the places of the whole list are known, and in every order.
#[tokio::test]
async fn every_page_of_a_long_list_together_has_each_profile_within_exactly_once() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let pool = team.pool(&store).await;
        let [name, country, city] = ["NAME", "COUNTRY", "CITY"].map(|key| field_of(&pool, key));
        let n: u64 = 9_001;
        let row = |i: u64| {
            let mut values = vec![(country, text(["DE", "AT", "AT", "CH"][(i % 4) as usize]))];
            if !i.is_multiple_of(5) {
                values.push((name, text(&format!("Name {}", i * 7 % 501))));
            }
            if i.is_multiple_of(3) {
                values.push((city, text(["Wien", "Linz"][(i % 2) as usize])));
            }
            Row { number: i + 2, values, ..Row::default() }
        };
        let import = begin(&store, &team).await;
        let batch =
            Batch { first_row: 2, rows: (0..n).map(row).collect(), refusals: Vec::new(), not_asked: 0, next: Cursor { byte: n, row: n } };
        store.load(team.client, &pool, import, None).batch(batch, NOW).await.expect("loaded");
        let rules = [r#"COUNTRY = "AT""#, r#"not (COUNTRY any of ("DE", "CH"))"#, r#"CITY is filled or NAME begins with "name 2""#];
        let everybody: Vec<_> =
            store.stream(Reach::whole(team.client), pool.clone(), ListQuery::default(), Lang::De).try_concat().await.expect("all profiles");
        let pages = async |reach: &Reach, query: &ListQuery| {
            let mut ids = Vec::new();
            for page in 1.. {
                let query = ListQuery { page, page_size: 500, ..query.clone() };
                let answer = store.list_columns(reach, &pool, &query, &["NAME".to_owned()], Lang::De).await.expect("a page");
                if answer.page < page {
                    break;
                }
                ids.extend(answer.rows.iter().map(|profile| profile.id));
            }
            ids
        };
        for sort in ["", "NAME", "-NAME", "-COUNTRY", "STATUS", "CITY,-NAME", "PROFILEID"] {
            let query = query(&[("sort", sort)]);
            assert_eq!(pages(&Reach::whole(team.client), &query).await.len() as u64, n, "{sort}");
            for rule in rules {
                let rule: Condition = rule.parse().expect("a condition");
                let expected: BTreeSet<_> = everybody.iter().filter(|one| rule.matches(&pool, one)).map(|one| one.id).collect();
                let reach = Reach::within(team.client, rule.clone().into());
                // Before and after the number of all is known.
                for _ in 0..2 {
                    let ids = pages(&reach, &query).await;
                    assert_eq!(ids.len(), expected.len(), "{sort} {rule}");
                    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), expected, "{sort} {rule}");
                    assert_eq!(store.size(&reach, &pool).await.expect("a size"), expected.len() as u64);
                }
            }
        }
    })
    .await;
}

#[test]
fn a_reach_is_kept_as_it_is() {
    let whole = Reach::whole(domain::id::ClientId::new(3));
    assert_eq!(serde_json::to_value(&whole).unwrap(), serde_json::json!({"client": 3, "rule": null}));
    let limited = Reach::within(whole.client(), Arc::new(r#"COUNTRY = "AT" and not (CITY is empty)"#.parse().unwrap()));
    for reach in [whole, limited] {
        let kept = serde_json::to_string(&reach).unwrap();
        assert_eq!(serde_json::from_str::<Reach>(&kept).unwrap(), reach);
    }
}

#[tokio::test]
async fn who_has_a_rule_takes_no_import_back() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let pool = &people.pool;
        let import = crate::imports::begin(&store, &people.team).await;
        let new = crate::imports::rows(pool, &[&[("NAME", "Neu"), ("COUNTRY", "AT")]]);
        store.load(people.team.client, pool, import, None).batch(crate::imports::batch(new, 1), NOW).await.expect("loaded");
        not_found("ask_to_undo_import", store.ask_to_undo_import(&people.austria, pool, import, people.wish()).await);
        store.ask_to_undo_import(&people.whole, pool, import, people.wish()).await.expect("a job");
    })
    .await;
}

#[tokio::test]
async fn who_has_a_rule_restores_no_backup() {
    on_each_store(async |store| {
        let people = People::of(&store).await;
        let (pool, at) = (&people.pool, &people.austria);
        let backup = crate::restores::backup_of(pool);
        not_found("ask_to_compare", store.ask_to_compare(at, pool, &backup, people.wish()).await);
        let id = store.ask_to_compare(&people.whole, pool, &backup, people.wish()).await.expect("a comparison");
        let all = domain::restore::Choice::all();
        not_found("ask_to_restore_backup", store.ask_to_restore_backup(at, pool, id, all, people.wish()).await);
        not_found("ask_to_undo_restore", store.ask_to_undo_restore(at, pool, id, people.wish()).await);
    })
    .await;
}

/// A method that takes a reach and is not tried here would be one that nobody has seen keep to it.
#[tokio::test]
async fn who_has_a_rule_reaches_no_backup() {
    on_each_store(async |store| {
        let People { team, pool, austria, whole, .. } = People::of(&store).await;
        let wish = team.wish();
        let (id, _) = store.ask_for_backup(&whole, &pool, "Alles", &wish).await.unwrap();
        let change = BackupChange { name: Some("Meins".to_owned()), pinned: Some(true) };
        not_found("backups", store.backups(&austria, &pool).await);
        not_found("backup", store.backup(&austria, &pool, id).await);
        not_found("ask_for_backup", store.ask_for_backup(&austria, &pool, "Teil", &wish).await);
        not_found("change_backup", store.change_backup(&austria, &pool, id, &change, &wish).await);
        not_found("delete_backup", store.delete_backup(&austria, &pool, id, &wish).await);
        let known = store.backups(&whole, &pool).await.unwrap();
        assert_eq!(known.iter().map(|one| (one.name.as_str(), one.pinned)).collect::<Vec<_>>(), [("Alles", false)]);
    })
    .await;
}

#[test]
fn every_method_that_takes_a_reach_is_tried_here() {
    fn walk(folder: &Path, methods: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, methods);
                continue;
            }
            let source = fs::read_to_string(&path).expect("a source file");
            for method in source.split("\n    pub ").skip(1) {
                let head = method.split('{').next().unwrap_or_default();
                let name = head.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split(['(', '<']).next());
                if let Some(name) = name.filter(|_| head.contains("reach: Reach") || head.contains("reach: &Reach")) {
                    methods.insert(name.to_owned());
                }
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut methods = BTreeSet::new();
    walk(&root.join("src"), &mut methods);
    assert!(methods.len() > 20, "{methods:?}");
    let tried = include_str!("reach.rs");
    methods.retain(|name| !tried.contains(&format!("store.{name}(")) && !tried.contains(&format!(".{name}(at.clone()")));
    assert_eq!(methods, BTreeSet::new());
}
