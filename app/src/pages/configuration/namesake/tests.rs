use domain::field::FieldKind;
use domain::id::CategoryId;

use super::*;

fn field(id: i64, label: &str) -> FieldLine {
    FieldLine {
        id: FieldId::new(id),
        key: format!("F{id}"),
        label: label.to_owned(),
        kind: FieldKind::SingleLine,
        category: CategoryId::new(1),
        required: false,
        may_require: true,
        matching: false,
        profiling: false,
        tagging: false,
        default: String::new(),
        help: String::new(),
        own: true,
        internal: false,
        used: String::new(),
    }
}

#[test]
fn a_name_that_another_field_has_is_noticed_however_it_is_written() {
    let fields = [field(1, "Farbe"), field(2, "Öffnungszeit"), field(3, "")];
    let found = |label: &str, except: Option<i64>| namesake(&fields, label, except.map(FieldId::new)).map(|field| field.key.as_str());
    assert_eq!(found("Farbe", None), Some("F1"));
    assert_eq!(found("  öffnungsZEIT ", None), Some("F2"));
    assert_eq!(found("Farben", None), None);
    assert_eq!(found(" ", None), None, "no name is nobody's");
    assert_eq!(found("Farbe", Some(1)), None, "the field itself is no other one");
    assert_eq!(found("farbe", Some(2)), Some("F1"));
}
