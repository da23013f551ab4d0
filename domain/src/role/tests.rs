use super::*;

#[test]
fn a_code_is_small_letters_digits_and_dashes() {
    for ready in ReadyRole::ALL {
        let code: RoleCode = ready.code().parse().expect("a code");
        assert_eq!((code.clone().ready(), RoleCode::from(ready)), (Some(ready), code));
    }
    for wrong in ["", "Admin", "-a", "1a", "a b", "ä", &"a".repeat(41)] {
        assert!(wrong.parse::<RoleCode>().is_err(), "{wrong:?}");
    }
}

#[test]
fn a_code_is_proposed_for_any_name() {
    let check = |name: &str, code: &str| {
        let proposed = RoleCode::proposed(name);
        assert_eq!(proposed.as_str(), code, "{name:?}");
        assert_eq!(proposed.as_str().parse(), Ok(proposed.clone()), "{name:?}");
        assert!(proposed.numbered(999).as_str().parse::<RoleCode>().is_ok(), "{name:?}");
    };
    check("Vertrieb Österreich", "vertrieb-oesterreich");
    check("  2. Reihe! ", "reihe");
    check("🦀", "role");
    check(&"Ab ".repeat(40), "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab");
}

#[test]
fn ready_roles_have_only_rights_that_are_worth_something() {
    for ready in ReadyRole::ALL {
        assert_eq!(ready.rights().effective(), ready.rights(), "{ready:?}");
        assert!(ready.rights().within(ReadyRole::Operator.rights()));
    }
    assert!(!ReadyRole::Administrator.rights().has(Right::Clients));
    assert!(ReadyRole::Viewer.rights().within(ReadyRole::Editor.rights()));
}
