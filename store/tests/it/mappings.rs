use domain::id::MappingId;
use domain::import::{Existing, Mapping, Raise, Reading, Rules, fingerprint};
use domain::problem::Problem;
use domain::text::Name;
use store::mappings::NewMapping;
use store::testing::{NOW, Team, on_each_store};
use store::{Store, StoreError};

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn kept(headings: &[&str], fields: &[&str]) -> NewMapping {
    let columns = fields.iter().map(|field| Some((*field).to_owned())).collect();
    NewMapping {
        reading: Some(Reading { first_row: 3, ..Reading::default() }),
        headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
        mapping: Mapping { columns },
        rules: Rules { existing: Existing::Update, ..Rules::by(Some("EMAIL")) },
    }
}

async fn saved(store: &Store, team: &Team, called: &str, new: &NewMapping) -> (MappingId, i64) {
    store.save_mapping(team.client, team.pool, &name(called), new, NOW).await.unwrap()
}

fn not_found<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
}

#[tokio::test]
async fn each_saving_under_a_name_is_a_version_and_older_ones_stay() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let (first, second) = (kept(&["E-Mail"], &["EMAIL"]), kept(&["E-Mail", "Ort"], &["EMAIL", "CITY"]));
        let (id, version) = saved(&store, &team, "Messe", &first).await;
        assert_eq!((version, saved(&store, &team, "Messe", &second).await), (1, (id, 2)));
        let all = store.mappings(team.client, team.pool).await.unwrap();
        assert_eq!((all.len(), all[0].version, &all[0].kept), (1, 2, &second));
        assert_eq!(all[0].fingerprint, fingerprint(&second.headings));
        let old = store.mapping(team.client, team.pool, id, Some(1)).await.unwrap();
        assert_eq!((old.version, old.newest, &old.kept), (1, 2, &first));
        assert_eq!(store.mapping(team.client, team.pool, id, None).await.unwrap().version, 2);
        not_found(store.mapping(team.client, team.pool, id, Some(3)).await);
        // That permissions may rise belongs to one import.
        let raising = Rules { consent: Some(Raise { source: "Messe".to_owned() }), ..first.rules.clone() };
        let (other, _) = saved(&store, &team, "Shop", &NewMapping { rules: raising, ..first.clone() }).await;
        assert_eq!(store.mapping(team.client, team.pool, other, None).await.unwrap().kept, first);
        let versions = store.mapping_versions(team.client, team.pool, id).await.unwrap();
        assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [2, 1]);
    })
    .await;
}

#[tokio::test]
async fn one_is_found_by_its_name_or_id_renamed_and_deleted() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nord").await;
        let new = kept(&["E-Mail"], &["EMAIL"]);
        let (fair, _) = saved(&store, &team, "Messe", &new).await;
        let (shop, _) = saved(&store, &team, "Shop", &new).await;
        let find = async |named: &str| store.find_mapping(team.client, team.pool, named).await;
        assert_eq!((find("Messe").await.unwrap().id, find(&shop.to_string()).await.unwrap().id), (fair, shop));
        let taken = store.rename_mapping(team.client, team.pool, fair, &name("Shop"), NOW).await;
        assert!(matches!(&taken, Err(StoreError::Invalid(wrong)) if wrong.problems[0].problem == Problem::Taken), "{taken:?}");
        store.rename_mapping(team.client, team.pool, fair, &name("Messe Köln"), NOW).await.unwrap();
        not_found(find("Messe").await);
        store.delete_mapping(team.client, team.pool, fair, NOW).await.unwrap();
        not_found(find("Messe Köln").await);
        not_found(store.delete_mapping(team.client, team.pool, fair, NOW).await);
        assert_eq!(saved(&store, &team, "Messe Köln", &new).await.1, 1, "the name is free again");
        assert_eq!(store.mappings(team.client, team.pool).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn those_of_another_client_or_pool_are_not_found() {
    on_each_store(async |store| {
        let (team, other) = (Team::found(&store, "Nord").await, Team::found(&store, "Süd").await);
        let new = kept(&["E-Mail"], &["EMAIL"]);
        let (id, _) = saved(&store, &team, "Messe", &new).await;
        for (client, pool) in [(other.client, team.pool), (team.client, other.pool), (other.client, other.pool)] {
            not_found(store.mapping(client, pool, id, None).await);
            not_found(store.mapping_versions(client, pool, id).await);
            not_found(store.find_mapping(client, pool, "Messe").await);
            not_found(store.rename_mapping(client, pool, id, &name("Meins"), NOW).await);
            not_found(store.delete_mapping(client, pool, id, NOW).await);
            assert_eq!(store.mappings(client, pool).await.unwrap(), []);
        }
        not_found(store.save_mapping(other.client, team.pool, &name("Messe"), &new, NOW).await);
        assert_eq!(store.mapping(team.client, team.pool, id, None).await.unwrap().kept, new);
    })
    .await;
}
