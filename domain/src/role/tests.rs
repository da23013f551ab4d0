use super::*;

#[test]
fn a_role_is_read_by_its_code() {
    for role in Role::ALL {
        assert_eq!(role.code().parse(), Ok(role));
        assert_eq!(serde_json::to_value(role).expect("a text"), role.code());
    }
    assert_eq!("ADMINISTRATOR".parse(), Ok(Role::Administrator));
    assert_eq!("root".parse::<Role>(), Err(Problem::UnknownChoice { value: "root".to_owned() }));
}
