use super::*;

#[test]
fn codes_lead_back_and_are_the_same_in_json() {
    for kind in JobKind::ALL {
        assert_eq!(JobKind::from_code(kind.code()), Some(kind));
        assert_eq!(serde_json::to_value(kind).expect("a text"), kind.code());
    }
    for state in JobState::ALL {
        assert_eq!(JobState::from_code(state.code()), Some(state));
        assert_eq!(serde_json::to_value(state).expect("a text"), state.code());
    }
    assert_eq!(JobState::from_code("paused"), None);
}

#[test]
fn progress_is_known_in_per_cent_when_the_whole_is_known() {
    let check = |done, total, expected| assert_eq!(Progress { done, total }.percent(), expected);
    check(5, None, None);
    check(0, Some(0), Some(100));
    check(0, Some(10), Some(0));
    check(999, Some(1_000), Some(99));
    check(11, Some(10), Some(100));
    check(u64::MAX - 1, Some(u64::MAX), Some(99));
}

#[test]
fn what_has_ended_ends_no_more() {
    let ended: Vec<&str> = JobState::ALL.into_iter().filter(|state| state.ended()).map(JobState::code).collect();
    assert_eq!(ended, ["done", "failed", "cancelled"]);
}
