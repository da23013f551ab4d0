use domain::config::file::{FileCategory, PoolFile};
use domain::config::template::Template;
use domain::config::{NewField, Step};
use domain::field::FieldKind;
use domain::id::PoolId;
use domain::lang::Lang;
use domain::pool::CategoryRole;
use domain::text::PoolName;
use store::testing::{Team, on_each_store};
use store::{Conflict, Reach, Store, StoreError};

async fn shape(store: &Store, team: &Team, pool: PoolId) -> Vec<FileCategory> {
    PoolFile::of(&store.pool(team.client, pool).await.unwrap()).categories
}

fn name(name: &str) -> PoolName {
    PoolName::parse(name).unwrap()
}

#[tokio::test]
async fn a_layout_is_applied_at_once_and_taken_back_at_once() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let before = shape(&store, &team, team.pool).await;
        for template in Template::ALL {
            let file = template.file(Lang::De);
            let done = store.apply_file(team.client, team.pool, &file, &team.wish()).await.unwrap().expect("a change");
            let after = shape(&store, &team, team.pool).await;
            assert!(file.fields().all(|field| after.iter().any(|one| one.fields.iter().any(|other| other.key == field.key))));
            assert_eq!(store.apply_file(team.client, team.pool, &file, &team.wish()).await.unwrap(), None, "nothing is left to do");
            let undone = store.undo_change(team.client, team.pool, done.change, &team.wish()).await.unwrap();
            assert_eq!(shape(&store, &team, team.pool).await, before, "{template:?}");
            store.undo_change(team.client, team.pool, undone.change, &team.wish()).await.unwrap();
            assert_eq!(shape(&store, &team, team.pool).await, after, "{template:?}");
            store.undo_change(team.client, team.pool, undone.change + 1, &team.wish()).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_pool_begins_as_a_copy_of_another() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.apply_file(team.client, team.pool, &Template::B2b.file(Lang::En), &team.wish()).await.unwrap();
        let pool = team.pool(&store).await;
        let unassigned = pool.categories.iter().find(|one| one.role == CategoryRole::Unassigned).expect("the category").id;
        for step in [
            Step::MoveCategory { category: unassigned, before: Some(pool.categories[0].id) },
            Step::RenameCategory { category: unassigned, name: "Rest".to_owned() },
            Step::MoveField { field: pool.field("PROFILEID").expect("the field").id, category: unassigned, before: None },
            Step::AddField(NewField { default: "heute vor 5 Tagen".to_owned(), ..NewField::new("Seit", FieldKind::Date, unassigned) }),
        ] {
            store.configure(team.client, team.pool, &step, &team.wish()).await.unwrap();
        }
        let file = PoolFile::of(&team.pool(&store).await);
        let copy = store.create_pool_from(team.client, &name("Kopie"), &file, &team.wish()).await.unwrap();
        assert_eq!(shape(&store, &team, copy).await, file.categories);
        assert_eq!(store.apply_file(team.client, copy, &file, &team.wish()).await.unwrap(), None);
        let counts = store.field_counts(team.client).await.unwrap();
        let n = |pool: PoolId| counts.iter().find(|(id, _)| *id == pool).map(|(_, n)| *n);
        assert_eq!((n(copy), n(team.pool)), (Some(27), Some(27)));
        let twice = store.create_pool_from(team.client, &name("Kopie"), &file, &team.wish()).await;
        assert!(matches!(twice, Err(StoreError::Conflict(Conflict::PoolNameTaken))), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn a_layout_that_fails_halfway_leaves_no_trace() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let before = shape(&store, &team, team.pool).await;
        store.limit_fields(20);
        let refused = store.apply_file(team.client, team.pool, &Template::Event.file(Lang::De), &team.wish()).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Conflict::TooManyFields))), "{refused:?}");
        assert_eq!(shape(&store, &team, team.pool).await, before);
        let refused = store.create_pool_from(team.client, &name("Neu"), &Template::B2b.file(Lang::De), &team.wish()).await;
        assert!(refused.is_err());
        assert_eq!(store.pools(&Reach::whole(team.client)).await.unwrap().len(), 1);
        let other = Team::found(&store, "Südwind").await;
        let refused = store.apply_file(other.client, team.pool, &Template::B2b.file(Lang::De), &other.wish()).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn options_get_the_order_of_the_file_in_one_step_that_is_taken_back() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let file = |labels: &[&str]| {
            let options: Vec<String> = labels.iter().map(|label| format!("            - {label}\n")).collect();
            let text = format!(
                "format: 1\ncategories:\n  - name: Neu\n    fields:\n      - key: FARBE\n        kind: selection\n        options:\n{}",
                options.concat()
            );
            PoolFile::read(text.as_bytes()).expect("a layout")
        };
        let labels = async || {
            let pool = store.pool(team.client, team.pool).await.unwrap();
            pool.field("FARBE").expect("the field").options.iter().map(|option| option.label.clone()).collect::<Vec<_>>()
        };
        store.apply_file(team.client, team.pool, &file(&["Rot", "Blau", "Gelb", "Grau"]), &team.wish()).await.unwrap();
        let sorted = store
            .apply_file(team.client, team.pool, &file(&["Blau", "Gelb", "Grau", "Rot"]), &team.wish())
            .await
            .unwrap()
            .expect("a change");
        assert_eq!(labels().await, ["Blau", "Gelb", "Grau", "Rot"]);
        store.undo_change(team.client, team.pool, sorted.change, &team.wish()).await.unwrap();
        assert_eq!(labels().await, ["Rot", "Blau", "Gelb", "Grau"]);
    })
    .await;
}

#[tokio::test]
async fn a_category_has_a_name_of_its_own() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let take = async |step: Step| store.configure(team.client, team.pool, &step, &team.wish()).await;
        let taken = |refused: store::Result<domain::config::Done>| match refused {
            Err(StoreError::Invalid(invalid)) => assert_eq!(invalid.of("name").expect("the name").code(), "taken"),
            other => panic!("{other:?}"),
        };
        take(Step::AddCategory { name: "Anschrift".to_owned(), before: None }).await.unwrap();
        for name in ["anschrift", "Basisdaten", "INTERN"] {
            taken(take(Step::AddCategory { name: name.to_owned(), before: None }).await);
        }
        let basic = team.pool(&store).await.categories[0].id;
        taken(take(Step::RenameCategory { category: basic, name: "Anschrift".to_owned() }).await);
        take(Step::RenameCategory { category: basic, name: "basisdaten".to_owned() }).await.unwrap();
    })
    .await;
}
