//! What must hold for any condition.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn comparison() -> impl Strategy<Value = Condition> {
    let value = || prop_oneof!["[a-zA-Z0-9äÖ ]{0,8}", ".{0,12}", "[\"\\\\|,()']{0,4}", "(?s).{0,5}"];
    let field = prop_oneof!["[A-Z][A-Z0-9_]{0,8}", select(vec!["NOT", "ALL", "ANY", "AND", "OR", "IS", "STATUS"]).prop_map(str::to_owned)];
    (field, select(Op::ALL.to_vec()), vec(value(), 1..4)).prop_map(|(field, op, mut values)| {
        match op {
            Op::Empty | Op::Filled => values.clear(),
            Op::Between => values.resize(2, "1".to_owned()),
            Op::AnyOf | Op::AllOf | Op::NoneOf => {}
            _ => values.truncate(1),
        }
        Condition::compare(field, op, values)
    })
}

pub(super) fn any_condition() -> impl Strategy<Value = Condition> {
    comparison().prop_recursive(6, 60, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Condition::All),
            vec(inner.clone(), 0..4).prop_map(Condition::Any),
            inner.prop_map(Condition::negated),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_written_is_read_again(condition in any_condition()) {
        let text = condition.to_string();
        prop_assert_eq!(condition.sound(), Ok(()), "{}", text);
        prop_assert_eq!(text.parse::<Condition>(), Ok(condition.clone()), "{}", text);
        let json = serde_json::to_string(&condition).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Condition>(&json).expect("and back"), condition, "{}", json);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|([A-Z]{1,3}|and|or|not|all|any|is empty|[()=<>,\"]| ){0,20}") {
        if let Ok(condition) = text.parse::<Condition>() {
            prop_assert_eq!(condition.to_string().parse::<Condition>(), Ok(condition), "{}", text);
        }
    }

    #[test]
    fn a_pool_answers_or_has_nobody(condition in any_condition()) {
        let (pool, nobody) = (pool(), profile(&pool(), &[]));
        if condition.check(&pool).is_err() {
            prop_assert!(!condition.matches(&pool, &nobody) && !condition.negated().matches(&pool, &nobody));
        } else {
            prop_assert_ne!(condition.matches(&pool, &nobody), condition.clone().negated().matches(&pool, &nobody));
        }
    }
}

#[test]
fn the_largest_ones_are_read_again() {
    let wide = |n: usize| Condition::Any((0..n).map(|_| Condition::compare_one("CITY", Op::Is, "Wien").negated()).collect());
    let deep = (0..MAX_DEPTH - 3).fold(wide(50), |inner, n| if n % 2 == 0 { inner.negated() } else { Condition::All(vec![inner]) });
    for condition in [wide(249), deep] {
        assert_eq!(condition.sound(), Ok(()));
        assert_eq!(condition.to_string().parse::<Condition>(), Ok(condition));
    }
}
