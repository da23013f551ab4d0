//! Roles and rights, the people who have them, and the clients they work for.

use domain::client::Colour;
use domain::condition::Condition;
use domain::id::UserId;
use domain::lang::Lang;
use domain::problem::Problem;
use domain::rights::{Right, Rights};
use domain::role::{ReadyRole, RoleCode};
use domain::text::{Email, Name};
use domain::time::Zone;
use domain::uses::UseKind;
use store::accounts::NewUser;
use store::clients::Policy;
use store::members::MemberPatch;
use store::roles::{RolePatch, RoleWish};
use store::sessions::NewSession;
use store::testing::{NOW, Team, on_each_store};
use store::tokens::NewToken;
use store::{Store, StoreError};

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn somebody(email: &str) -> NewUser {
    NewUser { email: Email::parse(email).unwrap(), name: "Somebody".to_owned(), password_hash: Some("hash".to_owned()), lang: Lang::De }
}

fn administrator() -> Rights {
    ReadyRole::Administrator.rights()
}

fn allowing(rights: Rights) -> RoleWish {
    RoleWish { name: None, rights, rule: None }
}

async fn joined(store: &Store, team: &Team, email: &str, role: ReadyRole) -> UserId {
    store.invite(team.client, Rights::all(), somebody(email), &role.into(), NOW).await.unwrap()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>, field: &str, problem: &Problem) {
    match answer {
        Err(StoreError::Invalid(invalid)) => assert_eq!(invalid.of(field), Some(problem), "{invalid:?}"),
        other => panic!("{problem:?} at {field}, not {other:?}"),
    }
}

async fn open(store: &Store, team: &Team, user: UserId, token: u8) -> [u8; 32] {
    let hash = [token; 32];
    let session = NewSession {
        token_hash: hash,
        user,
        client: team.client,
        expires_at: NOW.plus(60_000),
        address: "192.0.2.7".to_owned(),
        agent: "Firefox".to_owned(),
    };
    store.create_session(&session, NOW).await.unwrap();
    hash
}

#[tokio::test]
async fn every_client_has_the_ready_roles_and_shapes_its_own() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let roles = store.roles(team.client).await.unwrap();
        assert_eq!(roles.iter().map(|role| role.code.clone()).collect::<Vec<_>>(), ReadyRole::ALL.map(RoleCode::from));
        assert!(roles.iter().all(|role| !role.changed && Some(role.rights) == role.ready().map(ReadyRole::rights)));

        let rights = Rights::of(&[Right::SeePools, Right::SeeProfiles]);
        let code = store.create_role(team.client, administrator(), &name("Außendienst Süd"), &allowing(rights), NOW).await.unwrap();
        assert_eq!(code.as_str(), "aussendienst-sued");
        refused(
            store.create_role(team.client, administrator(), &name("AUßENDIENST süd"), &allowing(rights), NOW).await,
            "name",
            &Problem::Taken,
        );
        refused(store.create_role(team.client, administrator(), &name("Redaktion"), &allowing(rights), NOW).await, "name", &Problem::Taken);

        let wish = RoleWish { name: Some(name("Außendienst")), ..allowing(rights.with(Right::EditProfiles)) };
        store.change_role(team.client, administrator(), &code, &wish, NOW).await.unwrap();
        let found = store.roles(team.client).await.unwrap().into_iter().find(|role| role.code == code).unwrap();
        assert_eq!((found.label(Lang::De).as_str(), found.rights, found.members), ("Außendienst", wish.rights, 0));

        let stranger = Team::found(&store, "Südwind").await;
        assert_eq!(store.roles(stranger.client).await.unwrap().len(), ReadyRole::ALL.len());
        let foreign = store.change_role(stranger.client, Rights::all(), &code, &wish, NOW).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
    })
    .await;
}

#[tokio::test]
async fn a_ready_role_is_adapted_and_comes_back_as_it_was() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (editor, viewer) = (ReadyRole::Editor, RoleCode::from(ReadyRole::Editor));
        let wish = RoleWish { name: None, ..allowing(editor.rights().with(Right::Import)) };
        store.change_role(team.client, administrator(), &viewer, &wish, NOW).await.unwrap();
        let changed = store.roles(team.client).await.unwrap().into_iter().find(|role| role.code == viewer).unwrap();
        assert!(changed.changed && changed.rights.has(Right::Import));
        assert_eq!(changed.label(Lang::En), "Editor");
        store.delete_role(team.client, administrator(), &viewer, NOW).await.unwrap();
        let back = store.roles(team.client).await.unwrap().into_iter().find(|role| role.code == viewer).unwrap();
        assert_eq!((back.changed, back.rights), (false, editor.rights()));
        for fixed in [ReadyRole::Administrator, ReadyRole::Operator] {
            let wish = RoleWish { name: None, ..allowing(Rights::NONE) };
            refused(store.change_role(team.client, Rights::all(), &fixed.into(), &wish, NOW).await, "rights", &Problem::RoleFixed);
        }
    })
    .await;
}

#[tokio::test]
async fn a_role_changes_in_part_and_what_two_change_at_once_stays() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let rule: Condition = r#"COUNTRY = "AT""#.parse().unwrap();
        let wish = RoleWish { rule: Some(rule.clone()), ..allowing(Rights::of(&[Right::SeePools, Right::SeeProfiles, Right::Import])) };
        let code = store.create_role(team.client, administrator(), &name("Messe"), &wish, NOW).await.unwrap();
        let found = async || store.roles(team.client).await.unwrap().into_iter().find(|role| role.code == code).unwrap();
        assert_eq!(found().await.rights, Rights::of(&[Right::SeePools, Right::SeeProfiles]), "an import does not go with a rule");
        let patch = async |patch: RolePatch| store.patch_role(team.client, administrator(), &code, patch, NOW).await;
        patch(RolePatch { name: Some(Some(name("Messe Wien"))), ..RolePatch::default() }).await.unwrap();
        patch(RolePatch { rights: Some(Rights::of(&[Right::SeePools, Right::Import])), ..RolePatch::default() }).await.unwrap();
        let now = found().await;
        assert_eq!((now.label(Lang::De).as_str(), now.rights, now.rule), ("Messe Wien", Rights::of(&[Right::SeePools]), Some(rule)));
        patch(RolePatch { rule: Some(None), ..RolePatch::default() }).await.unwrap();
        assert_eq!(found().await.rule, None);
        refused(patch(RolePatch { name: Some(None), ..RolePatch::default() }).await, "name", &Problem::Required);
        let more = RolePatch { rights: Some(Rights::of(&[Right::Clients])), ..RolePatch::default() };
        refused(patch(more).await, "role", &Problem::BeyondRights);
    })
    .await;
}

#[tokio::test]
async fn a_rule_is_one_that_some_pool_can_answer() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let check = async |rule: &str| store.check_rule(team.client, &rule.parse().unwrap()).await;
        check(r#"COUNTRY = "AT" and not (CITY is filled)"#).await.unwrap();
        refused(check(r#"SHOES = "AT""#).await, "rule", &Problem::UnknownField { field: "SHOES".to_owned() });
        store.delete_pool(team.client, team.pool, NOW).await.unwrap();
        check(r#"SHOES = "AT""#).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn role_and_state_of_a_member_change_together_or_not_at_all() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let user = joined(&store, &team, "a@example.com", ReadyRole::Administrator).await;
        let both = |role: ReadyRole, off| MemberPatch { role: Some(role.into()), disabled: Some(off) };
        let change = async |to: MemberPatch| store.change_member(team.client, administrator(), user, &to, NOW).await;
        refused(change(both(ReadyRole::Administrator, true)).await, "role", &Problem::LastAdministrator);
        refused(change(both(ReadyRole::Operator, false)).await, "role", &Problem::BeyondRights);
        let member = store.member(team.client, user).await.unwrap();
        assert_eq!((member.role, member.disabled_at), (ReadyRole::Administrator.into(), None));
        joined(&store, &team, "b@example.com", ReadyRole::Administrator).await;
        let hash = open(&store, &team, user, 1).await;
        change(both(ReadyRole::Administrator, false)).await.unwrap();
        assert!(store.session(&hash, NOW).await.unwrap().is_some(), "what is so already ends no session");
        change(both(ReadyRole::Viewer, true)).await.unwrap();
        assert!(store.session(&hash, NOW).await.unwrap().is_none());
        store.set_disabled(team.client, administrator(), user, true, NOW.plus(9)).await.unwrap();
        let member = store.member(team.client, user).await.unwrap();
        assert_eq!((member.role, member.disabled_at), (ReadyRole::Viewer.into(), Some(NOW)));
    })
    .await;
}

#[tokio::test]
async fn a_client_learns_the_name_of_who_is_known_elsewhere_when_they_come_in() {
    on_each_store(async |store| {
        let (north, south, east) =
            (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await, Team::found(&store, "Ostsee").await);
        let user = joined(&store, &north, "both@example.com", ReadyRole::Viewer).await;
        open(&store, &north, user, 1).await;
        joined(&store, &south, "both@example.com", ReadyRole::Viewer).await;
        joined(&store, &east, "both@example.com", ReadyRole::Viewer).await;
        let seen = async |team: &Team| {
            let member = store.member(team.client, user).await.unwrap();
            let listed = store.members(team.client).await.unwrap().into_iter().find(|one| one.user == user).unwrap();
            assert_eq!(member, listed);
            (member.name, member.seen_at.is_some(), member.elsewhere)
        };
        assert_eq!(seen(&north).await, ("Somebody".to_owned(), true, true));
        for team in [&south, &east] {
            assert_eq!(seen(team).await, (String::new(), false, true));
            assert_eq!(store.member(team.client, user).await.unwrap().called(), "both@example.com");
        }
        let hash = open(&store, &south, user, 2).await;
        assert_eq!(seen(&south).await, ("Somebody".to_owned(), true, true));
        store.switch_client(&hash, east.client, &NOW.into()).await.unwrap();
        assert_eq!(seen(&east).await, ("Somebody".to_owned(), true, true));
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_more_than_they_have() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let held = administrator();
        let operator = joined(&store, &team, "op@example.com", ReadyRole::Operator).await;
        let editor = joined(&store, &team, "ed@example.com", ReadyRole::Editor).await;
        let beyond = &Problem::BeyondRights;
        refused(store.create_role(team.client, held, &name("Alles"), &allowing(Rights::all()), NOW).await, "role", beyond);
        refused(store.set_role(team.client, held, editor, &ReadyRole::Operator.into(), NOW).await, "role", beyond);
        refused(store.set_role(team.client, held, operator, &ReadyRole::Viewer.into(), NOW).await, "role", beyond);
        refused(store.set_disabled(team.client, held, operator, true, NOW).await, "role", beyond);
        refused(store.remove_member(team.client, held, operator, NOW).await, "role", beyond);
        refused(store.invite(team.client, held, somebody("x@example.com"), &ReadyRole::Operator.into(), NOW).await, "role", beyond);
        let code = store.create_role(team.client, Rights::all(), &name("Alles"), &allowing(Rights::all()), NOW).await.unwrap();
        let less = RoleWish { name: Some(name("Alles")), ..allowing(Rights::NONE) };
        refused(store.change_role(team.client, held, &code, &less, NOW).await, "role", beyond);
        refused(store.delete_role(team.client, held, &code, NOW).await, "role", beyond);
        assert!(store.user_by_email(&Email::parse("x@example.com").unwrap()).await.unwrap().is_none(), "nobody was made");
    })
    .await;
}

#[tokio::test]
async fn somebody_can_always_manage_the_users() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.set_password(team.user, "hash", NOW).await.unwrap();
        let last = &Problem::LastAdministrator;
        refused(store.remove_member(team.client, Rights::all(), team.user, NOW).await, "role", last);
        refused(store.set_disabled(team.client, Rights::all(), team.user, true, NOW).await, "role", last);
        refused(store.set_role(team.client, Rights::all(), team.user, &ReadyRole::Editor.into(), NOW).await, "role", last);
        assert_eq!(store.member(team.client, team.user).await.unwrap().role, ReadyRole::Administrator.into());

        // Whoever was only invited can't yet manage anything.
        let new = NewUser { password_hash: None, ..somebody("new@example.com") };
        store.invite(team.client, Rights::all(), new, &ReadyRole::Administrator.into(), NOW).await.unwrap();
        refused(store.remove_member(team.client, Rights::all(), team.user, NOW).await, "role", last);
        joined(&store, &team, "second@example.com", ReadyRole::Administrator).await;
        store.remove_member(team.client, Rights::all(), team.user, NOW).await.unwrap();
        assert!(matches!(store.member(team.client, team.user).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn of_two_administrators_who_remove_each_other_at_once_one_stays() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let (a, b) = (
            joined(&store, &team, "a@example.com", ReadyRole::Administrator).await,
            joined(&store, &team, "b@example.com", ReadyRole::Administrator).await,
        );
        store.remove_member(team.client, Rights::all(), team.user, NOW).await.unwrap();
        let held = administrator();
        let (one, other) = futures::join!(store.remove_member(team.client, held, a, NOW), store.remove_member(team.client, held, b, NOW));
        assert_eq!([one.is_ok(), other.is_ok()].into_iter().filter(|ok| *ok).count(), 1, "{one:?} {other:?}");
        assert_eq!(store.members(team.client).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_right_that_is_withdrawn_is_gone_with_the_next_request() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let user = joined(&store, &team, "ed@example.com", ReadyRole::Editor).await;
        let hash = open(&store, &team, user, 1).await;
        let rights = async || store.session(&hash, NOW).await.unwrap().map(|session| session.granted.rights);
        assert_eq!(rights().await, Some(ReadyRole::Editor.rights()));
        store.set_role(team.client, administrator(), user, &ReadyRole::Viewer.into(), NOW).await.unwrap();
        assert_eq!(rights().await, Some(ReadyRole::Viewer.rights()));
        let wish = RoleWish { name: None, ..allowing(Rights::of(&[Right::SeePools])) };
        store.change_role(team.client, administrator(), &ReadyRole::Viewer.into(), &wish, NOW).await.unwrap();
        assert_eq!(rights().await, Some(wish.rights));
        store.set_disabled(team.client, administrator(), user, true, NOW).await.unwrap();
        assert_eq!(rights().await, None);
        let again = NewSession {
            token_hash: [2; 32],
            user,
            client: team.client,
            expires_at: NOW.plus(9),
            address: String::new(),
            agent: String::new(),
        };
        assert!(matches!(store.create_session(&again, NOW).await, Err(StoreError::NotFound)));
        store.set_disabled(team.client, administrator(), user, false, NOW).await.unwrap();
        assert_eq!(rights().await, None, "the session has ended");
        store.create_session(&again, NOW).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_role_that_people_have_is_not_deleted() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let code =
            store.create_role(team.client, administrator(), &name("Messe"), &allowing(Rights::of(&[Right::SeePools])), NOW).await.unwrap();
        let user = store.invite(team.client, administrator(), somebody("m@example.com"), &code, NOW).await.unwrap();
        refused(store.delete_role(team.client, administrator(), &code, NOW).await, "role", &Problem::RoleUsed);
        store.set_role(team.client, administrator(), user, &ReadyRole::Viewer.into(), NOW).await.unwrap();
        store.delete_role(team.client, administrator(), &code, NOW).await.unwrap();
        let gone = store.set_role(team.client, administrator(), user, &code, NOW).await;
        assert!(matches!(gone, Err(StoreError::NotFound)), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_works_for_two_clients_has_a_role_in_each() {
    on_each_store(async |store| {
        let (north, south) = (Team::found(&store, "Nordlicht").await, Team::found(&store, "Südwind").await);
        let user = joined(&store, &north, "both@example.com", ReadyRole::Viewer).await;
        assert!(!store.member(north.client, user).await.unwrap().elsewhere);
        assert_eq!(joined(&store, &south, "both@example.com", ReadyRole::Marketing).await, user, "the same person");
        assert!(store.member(north.client, user).await.unwrap().elsewhere);
        let hash = open(&store, &north, user, 1).await;
        let seen = async || {
            store.session(&hash, NOW).await.unwrap().map(|session| (session.client, session.granted.role.ready(), session.n_clients))
        };
        assert_eq!(seen().await, Some((north.client, Some(ReadyRole::Viewer), 2)));
        store.switch_client(&hash, south.client, &NOW.into()).await.unwrap();
        assert_eq!(seen().await, Some((south.client, Some(ReadyRole::Marketing), 2)));
        let third = Team::found(&store, "Ostsee").await;
        assert!(matches!(store.switch_client(&hash, third.client, &NOW.into()).await, Err(StoreError::NotFound)));
        assert_eq!(seen().await.map(|(client, ..)| client), Some(south.client));
        let twice = store.invite(south.client, administrator(), somebody("both@example.com"), &ReadyRole::Viewer.into(), NOW).await;
        refused(twice, "email", &Problem::AlreadyMember);
    })
    .await;
}

#[tokio::test]
async fn an_operator_makes_clients_and_each_sets_what_is_its_own() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let client = store.found_client(&name("Südwind"), &Zone::UTC, team.user, NOW).await.unwrap();
        refused(store.found_client(&name("SÜDWIND"), &Zone::UTC, team.user, NOW).await, "name", &Problem::Taken);
        assert_eq!(store.clients().await.unwrap().into_iter().map(|client| client.name).collect::<Vec<_>>(), ["Nordlicht", "Südwind"]);
        assert_eq!(store.member(client, team.user).await.unwrap().role, ReadyRole::Operator.into());
        let mut settings = store.client_settings(client).await.unwrap();
        assert_eq!((settings.colour, settings.password_length, settings.policy), (Colour::Lagoon, 12, Policy::default()));
        settings.colour = Colour::Violet;
        settings.lang = Lang::En;
        settings.sending_domain = Some("news.example.com".to_owned());
        settings.policy = Policy { idle_minutes: Some(30), session_hours: Some(8) };
        store.change_client(client, &settings, NOW).await.unwrap();
        assert_eq!(store.client_settings(client).await.unwrap(), settings);
        settings.name = name("nordlicht");
        refused(store.change_client(client, &settings, NOW).await, "name", &Problem::Taken);
    })
    .await;
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions_only() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let other = joined(&store, &team, "b@example.com", ReadyRole::Viewer).await;
        let (mine, second, foreign) =
            (open(&store, &team, team.user, 1).await, open(&store, &team, team.user, 2).await, open(&store, &team, other, 3).await);
        let sessions = store.sessions_of(team.user, &mine, NOW).await.unwrap();
        assert_eq!(sessions.iter().filter(|session| session.this).count(), 1);
        assert_eq!((sessions.len(), sessions[0].address.as_deref(), sessions[0].agent.as_deref()), (2, Some("192.0.2.7"), Some("Firefox")));
        let theirs = store.sessions_of(other, &foreign, NOW).await.unwrap().remove(0).key;
        assert!(matches!(store.end_session_of(team.user, &theirs, &NOW.into()).await, Err(StoreError::NotFound)));
        assert_eq!(store.end_other_sessions(team.user, &mine, &NOW.into()).await.unwrap(), 1);
        assert!(store.session(&second, NOW).await.unwrap().is_none());
        assert!(store.session(&mine, NOW).await.unwrap().is_some() && store.session(&foreign, NOW).await.unwrap().is_some());
        let key = store.sessions_of(team.user, &mine, NOW).await.unwrap().remove(0).key;
        store.end_session_of(team.user, &key, &NOW.into()).await.unwrap();
        assert!(store.session(&mine, NOW).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_rule_of_a_role_limits_sessions_and_tokens_and_takes_what_reaches_beyond() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let rule: Condition = "COUNTRY = \"AT\"".parse().unwrap();
        let wish = RoleWish { rule: Some(rule.clone()), ..allowing(administrator()) };
        let code = store.create_role(team.client, Rights::all(), &name("Österreich"), &wish, NOW).await.unwrap();
        let user = store.invite(team.client, Rights::all(), somebody("at@example.com"), &code, NOW).await.unwrap();
        let hash = open(&store, &team, user, 1).await;
        let granted = store.session(&hash, NOW).await.unwrap().unwrap().granted;
        assert_eq!(granted.rule.as_deref(), Some(&rule));
        assert_eq!(granted.rights, administrator().within_rule());
        let token = NewToken { user, name: name("Shop"), hash: [8; 32], rights: None, expires_at: None };
        store.create_token(team.client, &token, NOW).await.unwrap();
        assert_eq!(store.token(&[8; 32], NOW).await.unwrap().unwrap().rule.as_deref(), Some(&rule));
        // The field can't be deleted as long as the rule names it.
        let uses = store.uses(team.client, team.pool).await.unwrap();
        assert_eq!(uses["COUNTRY"].iter().map(|used| (used.kind, used.name.as_str())).collect::<Vec<_>>(), [(UseKind::Role, "Österreich")]);
    })
    .await;
}
