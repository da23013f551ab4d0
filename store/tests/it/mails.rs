use std::net::IpAddr;

use domain::audit::AuditQuery;
use domain::id::{MailId, UserId};
use domain::lang::Lang;
use domain::mail::{MailKind, MailProblem};
use domain::rights::Rights;
use domain::role::ReadyRole;
use domain::text::{Email, Name};
use domain::time::{Millis, Zone};
use store::accounts::NewUser;
use store::mails::Mail;
use store::testing::{NOW, Team, on_each_database, on_each_store};
use store::{Store, StoreError};

const LEASE: i64 = 60_000;
const HASH: [u8; 32] = [7; 32];
const FROM: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));

async fn invite(store: &Store, team: &Team, email: &str) -> UserId {
    let user = NewUser { email: Email::parse(email).unwrap(), name: "Ina".to_owned(), password_hash: None, lang: Lang::En };
    store.invite(team.client, Rights::all(), user, &ReadyRole::Editor.into(), team.wish()).await.unwrap()
}

async fn claim(store: &Store, now: Millis) -> Option<Mail> {
    store.claim_mail(LEASE, now).await.unwrap()
}

#[tokio::test]
async fn an_invitation_is_taken_once_with_all_that_its_text_needs() {
    on_each_store(async |store| {
        store.send_mail(true);
        let team = Team::found(&store, "Nordlicht").await;
        let ina = invite(&store, &team, "ina@example.com").await;
        assert!(store.post_link(team.client, ina, MailKind::Invitation, team.wish()).await.unwrap());
        let mail = claim(&store, NOW).await.expect("the invitation");
        assert_eq!((mail.kind, mail.recipient.as_str(), mail.attempts), (MailKind::Invitation, "ina@example.com", 1));
        assert_eq!((mail.to.user, mail.to.name.as_str(), mail.to.lang), (ina, "Ina", Lang::En));
        assert_eq!((mail.by.as_deref(), mail.client.as_deref()), (Some("Nordlicht Admin"), Some("Nordlicht")));
        assert_eq!(claim(&store, NOW).await, None, "somebody has it");

        assert!(store.link_of_mail(mail.id, &HASH, NOW.plus(1_000)).await.unwrap());
        assert_eq!(store.link_user(&HASH, NOW).await.unwrap(), Some(ina));
        store.mail_sent(mail.id, NOW.plus(5)).await.unwrap();
        assert_eq!(claim(&store, NOW.plus(LEASE)).await, None, "it is sent");
        let line = store.mails(team.client, 10).await.unwrap().remove(0);
        assert_eq!((line.sent_at, line.next_at, line.problem), (Some(NOW.plus(5)), None, None));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_and_its_mail_stand_together_or_not_at_all() {
    on_each_database(async |database| {
        let store = database.open().await;
        store.send_mail(true);
        let team = Team::found(&store, "Nordlicht").await;
        let ina = invite(&store, &team, "ina@example.com").await;
        assert!(store.mails_to("ina@example.com") && !store.mails_to("administrator@lagune.invalid"));
        let mail = claim(&store, NOW).await.expect("the invitation");
        assert_eq!((mail.kind, mail.to.user), (MailKind::Invitation, ina));
        // Who signs in already gets none.
        let known = NewUser {
            email: Email::parse("known@example.com").unwrap(),
            name: "K".to_owned(),
            password_hash: Some("hash".to_owned()),
            lang: Lang::De,
        };
        store.create_user(known.clone(), NOW).await.unwrap();
        store.invite(team.client, Rights::all(), known, &ReadyRole::Editor.into(), team.wish()).await.unwrap();
        assert_eq!(claim(&store, NOW).await, None);
        // As if the mail could not be noted: nobody is invited either.
        database.sql("alter table mails rename to mails_away").await.unwrap();
        let new = NewUser { email: Email::parse("nina@example.com").unwrap(), name: "N".to_owned(), password_hash: None, lang: Lang::De };
        store.invite(team.client, Rights::all(), new, &ReadyRole::Editor.into(), team.wish()).await.unwrap_err();
        database.sql("alter table mails_away rename to mails").await.unwrap();
        assert!(store.user_by_email(&Email::parse("nina@example.com").unwrap()).await.unwrap().is_none());
        assert_eq!(store.members(team.client).await.unwrap().len(), 3);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_mail_whose_worker_died_is_taken_again_by_the_next() {
    on_each_database(async |database| {
        let store = database.open().await;
        store.send_mail(true);
        let team = Team::found(&store, "Nordlicht").await;
        let ina = invite(&store, &team, "ina@example.com").await;
        store.post_link(team.client, ina, MailKind::Invitation, team.wish()).await.unwrap();
        let first = claim(&store, NOW).await.unwrap();
        store.close().await;
        let store = database.open().await;
        assert_eq!(claim(&store, NOW.plus(LEASE - 1)).await, None);
        let second = claim(&store, NOW.plus(LEASE)).await.unwrap();
        assert_eq!((second.id, second.attempts), (first.id, 2));
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_fails_says_why_and_waits_or_is_given_up_and_can_be_tried_again() {
    on_each_store(async |store| {
        store.send_mail(true);
        let team = Team::found(&store, "Nordlicht").await;
        let other = Team::found(&store, "Südwind").await;
        let ina = invite(&store, &team, "ina@example.com").await;
        store.post_link(team.client, ina, MailKind::Invitation, team.wish()).await.unwrap();
        let mail = claim(&store, NOW).await.unwrap();
        store.mail_failed(mail.id, MailProblem::Busy(451), Some(NOW.plus(10))).await.unwrap();
        assert_eq!(claim(&store, NOW.plus(9)).await, None);
        assert_eq!(claim(&store, NOW.plus(10)).await.unwrap().attempts, 2);
        store.mail_failed(mail.id, MailProblem::Refused(550), None).await.unwrap();
        assert_eq!(claim(&store, Millis::new(i64::MAX)).await, None);
        let line = store.mails(team.client, 10).await.unwrap().remove(0);
        assert_eq!((line.next_at, line.problem), (None, Some(MailProblem::Refused(550))));

        for (client, id) in [(other.client, mail.id), (team.client, MailId::new(999))] {
            assert!(matches!(store.send_again(client, id, NOW).await, Err(StoreError::NotFound)));
        }
        store.send_again(team.client, mail.id, NOW.plus(20)).await.unwrap();
        let again = claim(&store, NOW.plus(20)).await.unwrap();
        assert_eq!((again.id, again.attempts), (mail.id, 1));
        store.mail_sent(mail.id, NOW).await.unwrap();
        assert!(matches!(store.send_again(team.client, mail.id, NOW).await, Err(StoreError::NotFound)));
        assert_eq!(store.mails(other.client, 10).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_newer_link_a_used_one_or_a_changed_password_withdraw_what_waits() {
    on_each_store(async |store| {
        store.send_mail(true);
        let team = Team::found(&store, "Nordlicht").await;
        let ina = invite(&store, &team, "ina@example.com").await;
        let waiting = async || store.mails(team.client, 10).await.unwrap().len();
        for _ in 0..2 {
            store.post_link(team.client, ina, MailKind::Invitation, team.wish()).await.unwrap();
        }
        assert_eq!(waiting().await, 1);
        let mail = claim(&store, NOW).await.unwrap();
        store.forget_links(ina).await.unwrap();
        assert_eq!(waiting().await, 0);
        assert!(!store.link_of_mail(mail.id, &HASH, NOW.plus(9)).await.unwrap(), "a withdrawn mail makes no link");

        store.post_link(team.client, ina, MailKind::Link, team.wish()).await.unwrap();
        store.create_link(&HASH, ina, NOW.plus(9), NOW).await.unwrap();
        assert_eq!(store.use_link(&HASH, NOW).await.unwrap(), Some(ina));
        assert_eq!(waiting().await, 0);
        assert_eq!(store.use_link(&HASH, NOW).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_reset_is_a_row_for_any_address_and_a_mail_only_for_who_can_sign_in() {
    on_each_store(async |store| {
        store.send_mail(true);
        let team = Team::found(&store, "Nordlicht").await;
        let off = invite(&store, &team, "off@example.com").await;
        store.set_disabled(team.client, Rights::all(), off, true, NOW).await.unwrap();
        store.forget_links(off).await.unwrap();
        for email in ["nobody@example.com", "off@example.com", "nordlicht@example.com"] {
            store.ask_reset(&Email::parse(email).unwrap(), FROM, NOW).await.unwrap();
        }
        assert_eq!(store.mails(team.client, 10).await.unwrap(), [], "nobody is told before it is known whose address it is");
        let mail = claim(&store, NOW).await.unwrap();
        assert_eq!((mail.kind, mail.to.user, mail.by, mail.client), (MailKind::Reset, team.user, None, None));
        assert_eq!(claim(&store, NOW).await, None, "the two others are dropped");
        assert_eq!(store.mails(team.client, 10).await.unwrap().len(), 1);
        let entry = store.audit_page(team.client, &AuditQuery::default(), &Zone::UTC, 1).await.unwrap().entries.remove(0);
        assert_eq!((entry.deed.as_str(), entry.actor.kind.as_str(), entry.address.as_deref()), ("link_made", "nobody", Some("192.0.2.7")));
    })
    .await;
}

#[tokio::test]
async fn whoever_had_a_password_is_told_when_it_changes() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        store.set_password(team.user, "$first", NOW).await.unwrap();
        store.set_password(team.user, "$second", NOW).await.unwrap();
        assert_eq!(store.mails(team.client, 10).await.unwrap(), [], "no mail is sent here");
        store.send_mail(true);
        let ina = invite(&store, &team, "ina@example.com").await;
        store.forget_links(ina).await.unwrap();
        store.set_password(ina, "$first", NOW).await.unwrap();
        assert_eq!(claim(&store, NOW).await, None, "the first password is no news");
        store.set_password(ina, "$second", NOW).await.unwrap();
        let mail = claim(&store, NOW).await.unwrap();
        assert_eq!((mail.kind, mail.to.user), (MailKind::PasswordChanged, ina));
        store.forget_links(ina).await.unwrap();
        assert_eq!(store.mails(team.client, 10).await.unwrap().len(), 1, "that one goes in any case");
    })
    .await;
}

#[tokio::test]
async fn where_no_mail_is_sent_rows_are_never_due_and_who_has_no_address_gets_none() {
    on_each_store(async |store| {
        let team = Team::found(&store, "Nordlicht").await;
        let ina = invite(&store, &team, "ina@example.com").await;
        assert!(!store.post_link(team.client, ina, MailKind::Invitation, team.wish()).await.unwrap());
        let line = store.mails(team.client, 10).await.unwrap().remove(0);
        assert_eq!((line.user, line.next_at, line.sent_at), (ina, None, None));
        assert!(matches!(store.send_again(team.client, line.id, NOW).await, Err(StoreError::NotFound)));
        store.send_mail(true);
        assert_eq!(claim(&store, Millis::new(i64::MAX)).await, None);
        store.send_again(team.client, line.id, NOW).await.unwrap();
        assert_eq!(claim(&store, NOW).await.map(|mail| mail.id), Some(line.id));

        let unnamed = Email::parse("administrator@lagune.invalid").unwrap();
        store.set_identity(team.user, &unnamed, &Name::parse("A").unwrap(), NOW).await.unwrap();
        assert!(!store.post_link(team.client, team.user, MailKind::Link, NOW).await.unwrap());
        assert_eq!(store.mails(team.client, 10).await.unwrap().len(), 1);
        let stranger = Team::found(&store, "Südwind").await;
        assert!(matches!(store.post_link(team.client, stranger.user, MailKind::Link, NOW).await, Err(StoreError::NotFound)));
        assert_eq!(store.prune_mails(NOW.plus(1)).await.unwrap(), 1);
    })
    .await;
}
