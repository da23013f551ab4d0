use super::*;
use crate::backup::{BackupKind, FORMAT, Manifest, ManifestColumn, ManifestOption};
use crate::field::{ChoiceOption, FieldDef, FieldKind, Internal};
use crate::id::{CategoryId, OptionId};
use crate::lang::Lang;
use crate::permission::Permission;
use crate::time::Millis;
use crate::value::Value;

fn consent(permission: Permission, unsubscribed: bool, no_tracking: bool) -> Consent {
    Consent { permission, unsubscribed, no_tracking }
}

/// Every consent that there can be.
fn all() -> Vec<Consent> {
    let each = |permission| [(false, false), (false, true), (true, false), (true, true)].map(|(u, t)| consent(permission, u, t));
    Permission::ALL.into_iter().flat_map(each).collect()
}

#[test]
fn a_restore_never_makes_consent_more_than_it_is_now() {
    for then in all() {
        for now in all() {
            assert_eq!(decide(then, Standing::Exists(now)), Some(now));
            let back = decide(then, Standing::Gone(Some(now))).unwrap();
            assert!(!back.allows_more_than(now) && !back.allows_more_than(then), "{then:?} {now:?} {back:?}");
        }
        assert_eq!(decide(then, Standing::Gone(None)), Some(then));
    }
}

#[test]
fn the_stricter_of_two_permissions_allows_less_and_not_what_has_the_lower_number() {
    let of = |permission| consent(permission, false, false);
    let stricter = |a, b| of(a).stricter(of(b)).permission;
    assert_eq!(stricter(Permission::DoubleOptInPending, Permission::OptOut), Permission::DoubleOptInPending);
    assert_eq!(stricter(Permission::OptOut, Permission::DoubleOptIn), Permission::OptOut);
    assert_eq!(stricter(Permission::None, Permission::SingleOptIn), Permission::None);
    assert!(of(Permission::OptOut).allows_more_than(of(Permission::DoubleOptInPending)));
    assert!(of(Permission::DoubleOptIn).allows_more_than(consent(Permission::DoubleOptIn, false, true)));
    assert!(!consent(Permission::None, true, true).allows_more_than(of(Permission::None)));
}

#[test]
fn what_proves_consent_survives_with_it() {
    let kept: Vec<&str> = Internal::ALL.into_iter().filter(|field| field.survives_restore()).map(Internal::key).collect();
    assert_eq!(kept, ["PERMISSION", "UNSUBSCRIBED", "UNSUBSCRIBE_DATE", "HARDBOUNCES", "PERMISSION_IP", "UNSUBSCRIBE_IP", "NOTRACKING"]);
}

fn field(id: i64, key: &str, kind: FieldKind) -> FieldDef {
    FieldDef { id: FieldId::new(id), ..FieldDef::new(key, kind, CategoryId::new(1)) }
}

fn column(id: i64, key: &str, kind: FieldKind, options: &[i64]) -> ManifestColumn {
    let options = options.iter().map(|id| ManifestOption { id: OptionId::new(*id), label: id.to_string() });
    ManifestColumn { field: FieldId::new(id), key: key.to_owned(), label: String::new(), kind, internal: None, options: options.collect() }
}

fn manifest(columns: Vec<ManifestColumn>) -> Manifest {
    Manifest {
        format: FORMAT,
        version: "1".to_owned(),
        client: crate::id::ClientId::new(1),
        pool: crate::id::PoolId::new(1),
        pool_name: "Kunden".to_owned(),
        kind: BackupKind::Manual,
        name: String::new(),
        made_at: Millis::new(0),
        revision: 1,
        next_profile: 10,
        n_profiles: 0,
        whole: true,
        columns,
    }
}

#[test]
fn a_field_is_known_by_its_number_and_type_whatever_it_is_called() {
    let mut pool = crate::pool::tests::pool_with(&[]);
    let mut colours = field(3, "FARBEN", FieldKind::MultiSelection);
    colours.options = vec![ChoiceOption { id: OptionId::new(12), label: "Rot".to_owned(), position: 0 }];
    pool.fields = vec![field(1, "ORT", FieldKind::SingleLine), field(2, "ZAHL", FieldKind::SingleLine), colours];
    let file = manifest(vec![
        column(4, "WEG", FieldKind::Date, &[]),
        column(2, "ZAHL", FieldKind::Integer, &[]),
        column(3, "FARBEN", FieldKind::MultiSelection, &[12, 15]),
        column(1, "STADT", FieldKind::SingleLine, &[]),
    ]);
    let plan = Plan::of(&file, &pool);
    let places: Vec<_> = plan.columns.iter().map(|column| (column.field.get(), column.then, column.now)).collect();
    assert_eq!(places, [(3, 2, 2), (1, 3, 0)]);
    let left_out: Vec<_> = plan.left_out.iter().map(|one| (one.key.as_str(), one.why)).collect();
    assert_eq!(left_out, [("WEG", Why::Gone), ("ZAHL", Why::Converted)]);
    let colours = &plan.columns[0];
    assert_eq!(colours.cleaned("|12|"), Cleaned::Whole("|12|"));
    assert_eq!(colours.cleaned("|12|15|"), Cleaned::Less("|12|".to_owned()));
    assert_eq!(colours.cleaned("|15|"), Cleaned::Nothing);
    assert_eq!(plan.columns[1].cleaned("|15|"), Cleaned::Whole("|15|"), "a text is no list of options");
}

#[test]
fn a_cell_is_the_value_that_it_was_written_from() {
    assert_eq!(value(FieldKind::SingleLine, "Köln"), Some(Value::Text("Köln".to_owned())));
    assert_eq!(value(FieldKind::Date, "-7"), Some(Value::Int(-7)));
    assert_eq!(value(FieldKind::Integer, "siebzig"), None);
    assert_eq!(value(FieldKind::Boolean, "1"), Some(Value::Bool(true)));
    assert_eq!(value(FieldKind::Boolean, "f"), Some(Value::Bool(false)));
    assert_eq!(value(FieldKind::MultiSelection, "|12|15|"), Some(Value::Set(vec![OptionId::new(12), OptionId::new(15)])));
    assert_eq!(value(FieldKind::MultiSelection, "||"), None);
}

#[test]
fn a_choice_takes_what_it_names() {
    let [anna, ben] = [1, 2].map(ProfileId::new);
    assert!(Choice::all().takes(anna, true) && Choice::all().takes(anna, false));
    let only_back = Choice { changed: false, ..Choice::all() };
    assert!(only_back.takes(anna, false) && !only_back.takes(anna, true));
    let ticked = Choice { only: Some([ben].into()), ..Choice::all() };
    assert!(ticked.takes(ben, true) && !ticked.takes(anna, true));
    assert!(!Choice::all().is_nothing());
    assert!(Choice { only: Some(BTreeSet::new()), ..Choice::all() }.is_nothing());
    assert!(Choice { back: false, changed: false, ..Choice::all() }.is_nothing());
    assert!(!Choice { back: false, changed: false, exact: true, ..Choice::all() }.is_nothing(), "newer ones go into the bin");
}

#[test]
fn each_group_is_found_by_its_code_and_has_words() {
    for group in Group::ALL {
        assert_eq!(Group::from_code(group.code()), Some(group));
        assert_eq!(serde_json::to_value(group).unwrap(), group.code());
        assert_ne!(group.label().get(Lang::De), group.label().get(Lang::En));
    }
}
