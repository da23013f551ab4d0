use super::*;

#[test]
fn codes_lead_back_and_are_the_same_in_json() {
    for action in Action::ALL {
        assert_eq!(Action::from_code(action.code()), Some(action));
        assert_eq!(serde_json::to_value(action).expect("a text"), action.code());
    }
}

#[test]
fn an_actor_is_put_together_from_its_two_columns() {
    let with_ids = [Actor::User(UserId::new(1)), Actor::Api(TokenId::new(2)), Actor::Import(ImportId::new(3))];
    for actor in with_ids.into_iter().chain([Actor::CommandLine, Actor::Nobody, Actor::System]) {
        assert_eq!(Actor::from_parts(actor.kind(), actor.id()), actor);
        let json = serde_json::to_value(actor).expect("JSON");
        assert_eq!(serde_json::from_value::<Actor>(json).expect("and back"), actor);
    }
    assert_eq!(Actor::from_parts("user", None), Actor::System);
    assert_eq!(Actor::from_parts("cat", Some(1)), Actor::System);
}
