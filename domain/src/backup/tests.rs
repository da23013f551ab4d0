use super::*;
use crate::field::{FieldDef, Internal};
use crate::id::CategoryId;

#[test]
fn each_kind_and_state_is_found_by_its_code() {
    for kind in BackupKind::ALL {
        assert_eq!(BackupKind::from_code(kind.code()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code(), "files and the database have the same word");
    }
    for state in BackupState::ALL {
        assert_eq!(BackupState::from_code(state.code()), Some(state));
    }
}

#[test]
fn only_what_a_person_wished_is_not_automatic() {
    let by_hand: Vec<_> = BackupKind::ALL.into_iter().filter(|kind| !kind.automatic()).collect();
    assert_eq!(by_hand, [BackupKind::Manual]);
}

#[test]
fn a_name_is_one_clean_line_of_at_most_a_hundred_characters() {
    assert_eq!(name(" Vor dem\tUmzug\u{7} ").as_deref(), Ok("Vor dem Umzug"));
    assert_eq!(name(" \n "), Err(Problem::Required));
    assert_eq!(name(&"ä".repeat(100)).map(|name| name.chars().count()), Ok(100));
    assert_eq!(name(&"ä".repeat(101)), Err(Problem::TooLong { max: 100 }));
}

#[test]
fn the_number_of_the_profile_is_no_column_of_its_own() {
    let field = |internal: Internal| {
        let mut field = FieldDef::new(internal.key(), internal.kind(), CategoryId::new(1));
        field.internal = Some(internal);
        field
    };
    assert_eq!(ManifestColumn::of(&field(Internal::ProfileId)), None);
    let column = ManifestColumn::of(&field(Internal::Permission)).unwrap();
    assert_eq!((column.key.as_str(), column.shown(Lang::De)), ("PERMISSION", "Permission"));
    let text = serde_json::to_string(&column).unwrap();
    assert!(text.contains(r#""internal":"permission""#) && !text.contains("options"), "{text}");
    assert_eq!(serde_json::from_str::<ManifestColumn>(&text).unwrap(), column);
}
