use std::collections::BTreeSet;

use proptest::prelude::*;

use super::default::{is_relative, names, read, show, value as default_value, with_option};
use super::*;
use crate::field::ChoiceOption;
use crate::lang::Lang;
use crate::pool::tests::pool_with;
use crate::problem::Problem;
use crate::time::{Millis, Zone};
use crate::value::{DateOrder, ParseContext, Value};

/// 2026-11-22T10:30:00Z
const NOW: Millis = Millis::new(1_795_343_400_000);

fn cx(zone: &Zone) -> ParseContext<'_> {
    ParseContext { lang: Lang::De, zone, date_order: DateOrder::Dmy, country_hint: None }
}

fn field(kind: FieldKind) -> FieldDef {
    let mut field = pool_with(&[("COLOUR", kind)]).field("COLOUR").expect("the field").clone();
    if kind.has_options() {
        field.options = (0..)
            .zip(["Rot", "Blau", "#11"])
            .map(|(n, label)| ChoiceOption { id: OptionId::new(11 + n), label: label.to_owned(), position: n })
            .collect();
    }
    field
}

fn options(text: &str) -> OptionLines {
    read_options(text, &field(FieldKind::Selection).options)
}

fn labels(lines: &OptionLines) -> Vec<&str> {
    lines.new.iter().map(|option| option.label.as_str()).collect()
}

#[test]
fn a_thing_is_put_before_another_or_at_the_end() {
    assert_eq!(moved(&[1, 2, 3, 4], 4, Some(2)), [1, 4, 2, 3]);
    assert_eq!(moved(&[1, 2, 3, 4], 1, Some(3)), [2, 1, 3, 4]);
    assert_eq!(moved(&[1, 2, 3, 4], 2, None), [1, 3, 4, 2]);
    assert_eq!(moved(&[1, 2, 3, 4], 2, Some(2)), [1, 2, 3, 4]);
    assert_eq!(moved(&[1, 2, 3, 4], 2, Some(9)), [1, 3, 4, 2]);
    assert_eq!(moved(&[1, 2, 3, 4], 9, Some(1)), [1, 2, 3, 4]);
}

#[test]
fn what_is_added_with_a_number_stands_at_that_place() {
    assert_eq!(placed(&[1, 2, 3], &[(9, Some(3))]), [1, 2, 9, 3]);
    assert_eq!(placed(&[1, 2, 3], &[(8, None), (9, Some(1))]), [9, 1, 2, 3, 8]);
    assert_eq!(placed(&[1, 2, 3], &[(8, Some(2)), (9, Some(2))]), [1, 8, 9, 2, 3], "the same number: one behind the other");
    assert_eq!(placed(&[1, 2, 3], &[(8, Some(50)), (9, Some(4)), (7, Some(0))]), [7, 1, 2, 9, 3, 8]);
    assert_eq!(placed(&[], &[(8, None), (9, Some(i64::MIN)), (7, Some(i64::MAX))]), [9, 7, 8]);
}

proptest! {
    #[test]
    fn no_move_ever_loses_or_doubles_a_thing(n in 0_u8..20, moves in prop::collection::vec((0_u8..25, prop::option::of(0_u8..25)), 0..40)) {
        let things: Vec<u8> = (0..n).collect();
        let after = moves.iter().fold(things.clone(), |order, (thing, before)| moved(&order, *thing, *before));
        prop_assert_eq!(after.len(), things.len());
        prop_assert_eq!(after.into_iter().collect::<BTreeSet<_>>(), things.into_iter().collect::<BTreeSet<_>>());
    }

    #[test]
    fn an_arranged_order_holds_what_was_there(n in 0_u8..20, wanted in prop::collection::vec(0_u8..25, 0..30)) {
        let things: Vec<u8> = (0..n).collect();
        let after = arranged(&things, &wanted);
        let mut first: Vec<u8> = wanted.iter().copied().filter(|thing| *thing < n).collect();
        let mut seen = BTreeSet::new();
        first.retain(|thing| seen.insert(*thing));
        let others: Vec<u8> = things.iter().copied().filter(|thing| !seen.contains(thing)).collect();
        prop_assert_eq!(after, [first, others].concat());
    }

    #[test]
    fn a_moved_thing_stands_before_its_neighbour(n in 2_u8..20, thing in 0_u8..20, before in 0_u8..20) {
        let (thing, before) = (thing % n, before % n);
        let order = moved(&(0..n).collect::<Vec<_>>(), thing, Some(before));
        let place = |wanted| order.iter().position(|other| *other == wanted).expect("it is there");
        prop_assert!(thing == before || place(thing) + 1 == place(before));
    }

    #[test]
    fn whatever_is_pasted_becomes_options_of_different_names(text in "[ -~äöüÄ\n]{0,200}") {
        let lines = read_options(&text, &[]);
        let folded: BTreeSet<String> = lines.new.iter().map(|option| option.label.to_lowercase()).collect();
        prop_assert_eq!(folded.len(), lines.new.len());
        prop_assert!(lines.new.iter().all(|option| !option.label.is_empty()));
    }

    #[test]
    fn a_proposed_name_can_be_used_and_is_free(label in "\\PC{0,80}", taken in prop::collection::vec("[A-Z]{1,2}[0-9]{0,1}", 0..20)) {
        let key = propose_key(&label, |key| taken.iter().any(|other| other == key));
        prop_assert_eq!(own_key(&key), Ok(key.clone()));
        prop_assert!(!taken.contains(&key));
    }
}

#[test]
fn options_are_pasted_one_a_line() {
    let lines = options("Grün\r\n\n  Gelb \nrot\nGRÜN\nBLAU\nblau");
    assert_eq!(labels(&lines), ["Grün", "Gelb"]);
    assert_eq!(lines.duplicates, ["rot", "GRÜN", "BLAU"]);
    assert!(lines.wrong.is_empty());
}

#[test]
fn a_number_in_front_of_an_option_is_its_place() {
    let lines = options("20 Grün\nLila\n10 Gelb\n2026\n-5 Grad\n30\tOcker\n007 Bond");
    assert_eq!(labels(&lines), ["Bond", "Gelb", "Grün", "Ocker", "Lila", "2026", "-5 Grad"]);
    assert_eq!(lines.new[1].order, Some(10));
}

#[test]
fn ten_thousand_lines_are_options_and_one_that_is_too_long_is_named() {
    let mut text: String = (0..10_000).map(|n| format!("Option {n}\n")).collect();
    text.push_str(&"x".repeat(500));
    let lines = options(&text);
    assert_eq!(lines.new.len(), 10_000);
    assert_eq!(lines.wrong, [(10_001, Problem::TooLong { max: 200 })]);
}

#[test]
fn names_are_proposed_from_labels() {
    let propose = |label: &str| propose_key(label, |key| ["STRASSE", "FIELD"].contains(&key));
    for (label, key) in [
        ("Straße 2", "STRASSE2"),
        ("Straße", "STRASSE2"),
        ("Größe (cm)", "GROESSECM"),
        ("🎉", "FIELD2"),
        ("2. Vorname", "F2VORNAME"),
        ("\"; drop table", "DROPTABLE"),
        ("Uid", "UID2"),
    ] {
        assert_eq!(propose(label), key, "{label}");
    }
    assert_eq!(propose(&"ä".repeat(100)).len(), 60);
}

#[test]
fn names_that_somebody_chose_are_capitals_and_digits() {
    assert_eq!(own_key(" STRASSE2 "), Ok("STRASSE2".to_owned()));
    for wrong in ["", "2STRASSE", "Strasse", "STRASSE_2", "STRASSE 2", "ÄPFEL", "A'; drop table fields; --"] {
        assert_eq!(own_key(wrong), Err(Problem::NotAnInternalName), "{wrong}");
    }
    assert_eq!(own_key(&"A".repeat(61)), Err(Problem::TooLong { max: 60 }));
    for taken in ["PERMISSION", "PROFILEID", "UID"] {
        assert_eq!(own_key(taken), Err(Problem::Taken), "{taken}");
    }
}

#[test]
fn a_new_field_has_only_what_its_type_can_have() {
    let category = CategoryId::new(1);
    let all = |kind| NewField {
        required: true,
        matching: true,
        profiling: true,
        tagging: true,
        default: "x".to_owned(),
        options: vec![NewOption::new("Rot")],
        ..NewField::new("Farbe", kind, category)
    };
    let wrong = |kind| match check_new(&all(kind)) {
        Ok(()) => Vec::new(),
        Err(invalid) => invalid.problems.into_iter().map(|one| one.field).collect::<Vec<_>>(),
    };
    assert!(wrong(FieldKind::Selection).is_empty());
    assert_eq!(wrong(FieldKind::Boolean), ["options"]);
    assert_eq!(wrong(FieldKind::Country), ["profiling", "tagging", "options"]);
    assert_eq!(wrong(FieldKind::Date), ["matching", "profiling", "tagging", "options"]);
    assert_eq!(wrong(FieldKind::IpAddress), ["required", "matching", "profiling", "tagging", "default", "options"]);
    assert!(wrong(FieldKind::Permission).contains(&"kind".to_owned()));
    let long = NewField::new("x".repeat(500), FieldKind::SingleLine, category);
    assert_eq!(check_new(&long).expect_err("too long").of("label"), Some(&Problem::TooLong { max: 200 }));
}

#[test]
fn what_the_system_fills_can_be_renamed_but_not_required() {
    let pool = pool_with(&[]);
    let check = |key: &str, change| check_change(pool.field(key).expect("a field"), &change).is_ok();
    let required = || FieldChange { required: Some(true), ..FieldChange::default() };
    let label = |label: &str| FieldChange { label: Some(label.to_owned()), ..FieldChange::default() };
    assert!(check("NAME", required()) && check("EXTERNALID", required()));
    for key in ["PROFILEID", "ENTRY_DATE", "PERMISSION", "PERSONA", "CHANGE_IP"] {
        assert!(!check(key, required()), "{key}");
    }
    assert!(check("PROFILEID", label("Nummer")) && check("PROFILEID", label("")));
    let own = pool_with(&[("COLOUR", FieldKind::SingleLine)]);
    assert!(check_change(own.field("COLOUR").expect("a field"), &label(" ")).is_err());
}

#[test]
fn a_change_knows_its_way_back() {
    let field = FieldDef { label: "Farbe".to_owned(), default_value: Some("rot".to_owned()), ..field(FieldKind::SingleLine) };
    let change =
        FieldChange { label: Some("Ton".to_owned()), default: Some(String::new()), required: Some(true), ..FieldChange::default() };
    let back =
        FieldChange { label: Some("Farbe".to_owned()), default: Some("rot".to_owned()), required: Some(false), ..FieldChange::default() };
    assert_eq!(change.back_to(&field), back);
}

#[test]
fn a_default_is_a_value_of_its_field() {
    let zone = Zone::default();
    let stored = |kind, typed: &str| read(&field(kind), typed, NOW, &cx(&zone));
    assert_eq!(stored(FieldKind::Integer, "1.284"), Ok(Some("1284".to_owned())));
    assert_eq!(stored(FieldKind::Integer, "viele"), Err(Problem::NotAnInteger));
    assert_eq!(stored(FieldKind::Boolean, "ja"), Ok(Some("true".to_owned())));
    assert_eq!(stored(FieldKind::SingleLine, "  "), Ok(None));
    assert_eq!(stored(FieldKind::Date, "31.12.1990"), Ok(Some("1990-12-31".to_owned())));
    assert!(stored(FieldKind::Date, "31.02.1990 oder so").is_err());
}

#[test]
fn a_default_of_options_keeps_their_ids() {
    let zone = Zone::default();
    let mut colour = field(FieldKind::MultiSelection);
    assert_eq!(read(&colour, "Blau|rot", NOW, &cx(&zone)), Ok(Some("#11|#12".to_owned())));
    assert_eq!(read(&colour, "#12|#11", NOW, &cx(&zone)), Ok(Some("#12|#11".to_owned())));
    assert_eq!(read(&colour, "#99", NOW, &cx(&zone)), Err(Problem::UnknownOption { value: "#99".to_owned() }));
    assert_eq!(read(&colour, "#11", NOW, &cx(&zone)), Ok(Some("#13".to_owned())), "the label counts first");
    colour.default_value = Some("#11|#12".to_owned());
    assert!(names(&colour, OptionId::new(12)) && !names(&colour, OptionId::new(13)));
    colour.options[1].label = "Himmelblau".to_owned();
    assert_eq!(show(&colour, Lang::De, &zone), "Rot, Himmelblau");
    colour.options.remove(0);
    assert_eq!(default_value(&colour, NOW, &zone), Some(Value::Set(vec![OptionId::new(12)])));
}

#[test]
fn a_relative_default_means_another_day_each_day() {
    let zone = Zone::default();
    let mut day = field(FieldKind::Date);
    for words in ["today - 5 days", "heute vor 5 Tagen"] {
        day.default_value = read(&day, words, NOW, &cx(&zone)).expect("a relative date");
        assert!(is_relative(&day));
        assert_eq!(show(&day, Lang::De, &zone), words);
        assert_eq!(default_value(&day, NOW, &zone), Some(Value::Int(20_774)), "2026-11-17");
        assert_eq!(default_value(&day, NOW.plus(86_400_000), &zone), Some(Value::Int(20_775)));
    }
    assert_eq!(read(&day, "irgendwann", NOW, &cx(&zone)), Err(Problem::NotAMoment { part: "irgendwann".to_owned() }));
    // Shortly before midnight in London it is the next day in Berlin.
    day.default_value = Some("today".to_owned());
    assert_eq!(default_value(&day, NOW.plus(13 * 3_600_000), &zone), Some(Value::Int(20_780)));
}

#[test]
fn a_step_is_kept_as_text() {
    let steps = Step::All(vec![
        Step::AddField(NewField {
            options: vec![NewOption::new("Rot")],
            ..NewField::new("Farbe", FieldKind::Selection, CategoryId::new(1))
        }),
        Step::MoveField { field: FieldId::new(7), category: CategoryId::new(2), before: None },
        Step::ChangeField { field: FieldId::new(7), change: FieldChange { default: Some(String::new()), ..FieldChange::default() } },
    ]);
    let text = serde_json::to_string(&steps).expect("a text");
    assert_eq!(serde_json::from_str::<Step>(&text).expect("a step"), steps);
}

#[test]
fn a_step_is_taken_apart_into_the_single_ones() {
    let delete = |id| Step::DeleteField { field: FieldId::new(id) };
    let steps = Step::All(vec![delete(1), Step::All(vec![delete(2), delete(3)]), Step::All(Vec::new())]);
    assert_eq!(steps.single(), [&delete(1), &delete(2), &delete(3)]);
    assert_eq!(delete(4).single(), [&delete(4)]);
}

#[test]
fn an_option_becomes_a_default_and_stops_being_one() {
    let id = OptionId::new;
    let with = |kind, now: Option<&str>, option, on| {
        with_option(&FieldDef { default_value: now.map(str::to_owned), ..field(kind) }, id(option), on)
    };
    let (one, many) = (FieldKind::Selection, FieldKind::MultiSelection);
    assert_eq!(with(one, None, 11, true), "#11");
    assert_eq!(with(one, Some("#11"), 12, true), "#12", "of a single selection there is one");
    assert_eq!(with(one, Some("#12"), 11, false), "#12");
    assert_eq!(with(one, Some("#12"), 12, false), "");
    assert_eq!(with(many, Some("#12"), 11, true), "#11|#12");
    assert_eq!(with(many, Some("#11|#12"), 11, true), "#11|#12");
    assert_eq!(with(many, Some("#11|#12"), 11, false), "#12");
}
