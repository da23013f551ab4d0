use domain::id::JobId;
use domain::job::{JobKind, JobState, Progress};

use super::JobLine;

fn line(done: u64, total: Option<u64>, elapsed: i64) -> JobLine {
    JobLine {
        id: JobId::new(1),
        kind: JobKind::Import,
        title: String::new(),
        state: JobState::Running,
        progress: Progress { done, total },
        pool: None,
        page: None,
        file: None,
        n: None,
        batch: None,
        error: None,
        created: String::new(),
        finished: None,
        elapsed,
    }
}

#[test]
fn the_rest_takes_as_long_as_the_pace_so_far_says() {
    assert_eq!(line(250, Some(1_000), 10_000).left(), Some(30_000));
}

#[test]
fn nothing_is_said_of_the_rest_too_early_or_without_a_total() {
    assert_eq!(line(10, Some(1_000), 500).left(), None);
    assert_eq!(line(0, Some(1_000), 5_000).left(), None);
    assert_eq!(line(10, None, 5_000).left(), None);
}

#[test]
fn large_files_do_not_overflow() {
    assert!(line(150_000_000, Some(3_000_000_000), 3_600_000).left().is_some());
}
