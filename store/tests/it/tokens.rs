use domain::problem::Problem;
use domain::rights::{Right, Rights};
use domain::role::ReadyRole;
use domain::role::RoleCode;
use domain::text::Name;
use store::StoreError;
use store::members::Manager;
use store::testing::{NOW, Team, on_each_store};
use store::tokens::{LONGEST, NewToken};

const HASH: [u8; 32] = [4; 32];

fn new(team: &Team) -> NewToken {
    NewToken { user: team.user, name: Name::parse("Shop").unwrap(), hash: HASH, rights: None, expires_at: None }
}

#[tokio::test]
async fn a_token_opens_its_clients_data_until_it_is_revoked() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let id = store.create_token(team.client, &new(&team), NOW).await.unwrap();
        let token = store.token(&HASH, NOW).await.unwrap().unwrap();
        assert_eq!((token.id, token.client, token.user, token.rights), (id, team.client, team.user, ReadyRole::Administrator.rights()));
        assert_eq!((token.name.as_str(), token.created_at), ("Shop", NOW));
        assert_eq!(store.token(&[5; 32], NOW).await.unwrap(), None);
        store.revoke_token(team.client, id, NOW).await.unwrap();
        assert_eq!(store.token(&HASH, NOW).await.unwrap(), None);
        assert_eq!(store.tokens(team.client).await.unwrap(), []);
        assert!(matches!(store.revoke_token(team.client, id, NOW).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_last_use_is_known_to_the_minute() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_token(team.client, &new(&team), NOW).await.unwrap();
        let last_use = async || store.tokens(team.client).await.unwrap()[0].last_used_at;
        assert_eq!(last_use().await, None);
        for later in [10, 59_000] {
            store.token(&HASH, NOW.plus(later)).await.unwrap();
            assert_eq!(last_use().await, Some(NOW.plus(10)));
        }
        store.token(&HASH, NOW.plus(60_010)).await.unwrap();
        assert_eq!(last_use().await, Some(NOW.plus(60_010)));
    })
    .await;
}

#[tokio::test]
async fn a_token_allows_what_it_was_made_for_until_it_ends() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let rights = Rights::of(&[Right::SeePools, Right::SeeProfiles, Right::Clients]);
        let limited = NewToken { rights: Some(rights), expires_at: Some(NOW.plus(1_000)), ..new(&team) };
        store.create_token(team.client, &limited, NOW).await.unwrap();
        let token = store.token(&HASH, NOW).await.unwrap().unwrap();
        assert_eq!(token.rights, Rights::of(&[Right::SeePools, Right::SeeProfiles]), "no more than its person");
        assert_eq!(store.token(&HASH, NOW.plus(1_000)).await.unwrap(), None);
        assert_eq!(store.tokens(team.client).await.unwrap().len(), 1, "it is still listed");
    })
    .await;
}

#[tokio::test]
async fn a_token_opens_nothing_for_somebody_who_may_not_use_the_interface() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.create_token(team.client, &new(&team), NOW).await.unwrap();
        for role in [ReadyRole::Viewer, ReadyRole::Marketing] {
            store.add_member(team.client, team.user, &RoleCode::from(role), NOW).await.unwrap();
            assert_eq!(store.token(&HASH, NOW).await.unwrap(), None, "{role:?}");
        }
        store.add_member(team.client, team.user, &ReadyRole::Administrator.into(), NOW).await.unwrap();
        assert!(store.token(&HASH, NOW).await.unwrap().is_some());
        store.set_disabled(team.client, Rights::all(), team.user, true, NOW).await.unwrap();
        assert_eq!(store.token(&HASH, NOW).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_a_token_that_may_more_than_themselves() {
    let held = Rights::of(&[Right::SeePools, Right::SeeProfiles, Right::Api]);
    let by = Manager { user: domain::id::UserId::new(1), rights: held };
    let own = |rights: &[Right], days| NewToken::own(&by, Name::parse("Shop").unwrap(), Rights::of(rights), days, HASH, NOW);
    let made = own(&[Right::SeePools, Right::SeeProfiles], 2).unwrap();
    assert_eq!((made.rights, made.expires_at), (Some(Rights::of(&[Right::SeePools, Right::SeeProfiles])), Some(NOW.plus(2 * 86_400_000))));
    assert_eq!(own(&[Right::SeePools], 0).unwrap().expires_at, None);
    let end = |days| own(&[Right::SeePools], days).unwrap().expires_at;
    assert_eq!(end(u32::MAX), end(LONGEST));
    let ending = |days, end| own(&[Right::SeePools], days).unwrap().ending_by(end).expires_at;
    let (day, two) = (NOW.plus(86_400_000), NOW.plus(2 * 86_400_000));
    assert_eq!((ending(0, None), ending(0, Some(day)), ending(2, None)), (None, Some(day), Some(two)));
    assert_eq!((ending(2, Some(day)), ending(1, Some(two))), (Some(day), Some(day)));
    let problem = |rights: &[Right]| own(rights, 0).unwrap_err().of("rights").cloned();
    assert_eq!(problem(&[Right::SeePools, Right::Configure]), Some(Problem::BeyondRights));
    assert_eq!(problem(&[Right::SeeProfiles]), Some(Problem::Required), "worth nothing without the pools");
    assert_eq!(problem(&[]), Some(Problem::Required));
}

#[tokio::test]
async fn one_knows_and_revokes_ones_own_tokens_and_who_manages_users_all() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let id = store.create_token(team.client, &new(&team), NOW).await.unwrap();
        let other = domain::id::UserId::new(987_654);
        let by = |user, rights: &[Right]| Manager { user, rights: Rights::of(rights) };
        for (by, known) in [(by(team.user, &[]), 1), (by(other, &[Right::Users]), 1), (by(other, &[Right::Api]), 0)] {
            assert_eq!(store.tokens_for(team.client, &by).await.unwrap().len(), known, "{by:?}");
        }
        let strange = store.revoke_token_for(team.client, &by(other, &[Right::Api]), id, NOW).await;
        assert!(matches!(strange, Err(StoreError::NotFound)), "{strange:?}");
        store.revoke_token_for(team.client, &by(other, &[Right::Users]), id, NOW).await.unwrap();
        assert_eq!(store.token(&HASH, NOW).await.unwrap(), None);
    })
    .await;
}
