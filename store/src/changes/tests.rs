use domain::id::{ClientId, JobId, PoolId, ProfileId};

use super::{Bus, Change, ChangeKind, Known, LARGEST_MESSAGE};

const POOL: PoolId = PoolId::new(3);

fn change(kind: ChangeKind) -> Change {
    Change { client: ClientId::new(1), pool: Some(POOL), revision: 8, kind }
}

#[test]
fn a_message_reaches_other_processes_but_is_no_echo() {
    let (here, there) = (Bus::new(), Bus::new());
    let (mut at_home, mut abroad) = (here.listen(), there.listen());
    let sent = change(ChangeKind::Profiles(vec![ProfileId::new(5)]));
    let message = here.message(&sent);
    here.receive(&message);
    there.receive(&message);
    there.receive("a later version speaks otherwise");
    assert!(at_home.try_recv().is_err());
    assert_eq!(abroad.try_recv(), Ok(sent));
    assert!(abroad.try_recv().is_err());
}

#[test]
fn more_profiles_than_a_message_holds_are_told_as_many() {
    let (here, there) = (Bus::new(), Bus::new());
    let mut abroad = there.listen();
    let ids = (1_000_000..1_002_000).map(ProfileId::new).collect();
    let message = here.message(&change(ChangeKind::Profiles(ids)));
    assert!(message.len() <= LARGEST_MESSAGE);
    there.receive(&message);
    assert_eq!(abroad.try_recv(), Ok(change(ChangeKind::Bulk)));
}

#[test]
fn only_what_is_new_is_told() {
    let mut known = Known::default();
    assert_eq!(known.learn_pool(POOL, 1, 1), [ChangeKind::Pool]);
    assert_eq!(known.learn_pool(POOL, 1, 1), []);
    assert_eq!(known.learn_pool(POOL, 2, 1), [ChangeKind::Bulk]);
    assert_eq!(known.learn_pool(POOL, 3, 2), [ChangeKind::Pool, ChangeKind::Bulk]);
    known.heard(&change(ChangeKind::Bulk));
    assert_eq!(known.learn_pool(POOL, 8, 2), []);
    known.heard(&change(ChangeKind::Pool));
    assert_eq!(known.learn_pool(POOL, 8, 3), []);
    assert!(known.learn_job(JobId::new(1), 4));
    assert!(!known.learn_job(JobId::new(1), 4));
}
