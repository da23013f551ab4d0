use super::*;

#[test]
fn events_are_read_as_the_server_writes_them() {
    let changed = Heard::Profiles { ids: vec![ProfileId::new(3), ProfileId::new(9)], revision: 12 };
    assert_eq!(Heard::parse("profiles", r#"{"ids":[3,9],"revision":12}"#), Some(changed));
    let moved = Moved { id: JobId::new(5), state: JobState::Running, progress: Progress { done: 10, total: None } };
    assert_eq!(Heard::parse("job", r#"{"id":5,"kind":"import","state":"running","done":10,"total":null}"#), Some(Heard::Job(moved)));
    assert_eq!(Heard::parse("hello", r#"{"revision":1}"#), Some(Heard::Hello { revision: 1 }));
}

#[test]
fn what_is_not_understood_is_not_heard() {
    for (name, data) in [("job", r#"{"id":5,"state":"asleep","done":1}"#), ("profiles", "[]"), ("other", "{}"), ("bulk", "")] {
        assert_eq!(Heard::parse(name, data), None, "{name} {data}");
    }
}
