use super::*;

fn set(ids: &[i64]) -> Value {
    Value::Set(ids.iter().map(|id| OptionId::new(*id)).collect())
}

fn options(ids: &[i64]) -> Vec<OptionId> {
    ids.iter().map(|id| OptionId::new(*id)).collect()
}

#[test]
fn an_option_is_added_once_and_taken_away_without_a_trace() {
    let add = Edit::Add(options(&[7, 3]));
    assert_eq!(add.apply(None), Some(set(&[3, 7])));
    assert_eq!(add.apply(Some(&set(&[3, 5]))), Some(set(&[3, 5, 7])));
    assert_eq!(add.apply(add.apply(Some(&set(&[5]))).as_ref()), Some(set(&[3, 5, 7])));
    let remove = Edit::Remove(options(&[3]));
    assert_eq!(remove.apply(Some(&set(&[3, 5]))), Some(set(&[5])));
    assert_eq!(remove.apply(Some(&set(&[3]))), None, "an empty set is an empty field");
    assert_eq!(remove.apply(None), None);
}

#[test]
fn only_sets_take_and_lose_options() {
    assert_eq!(How::Add.with(Some(Value::Text("x".to_owned()))), None);
    assert_eq!(How::Remove.with(None), None);
    assert_eq!(How::Set.with(None), Some(Edit::Set(None)));
    assert_eq!(How::ALL.map(|how| How::from_code(how.code())), How::ALL.map(Some));
    assert_eq!(How::from_code("erase"), None);
}
