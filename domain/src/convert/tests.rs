use proptest::prelude::*;

use super::*;
use crate::id::{CategoryId, FieldId, ProfileId};
use FieldKind::*;

const KINDS: [FieldKind; 15] = [
    SingleLine,
    MultiLine,
    Selection,
    MultiSelection,
    Salutation,
    Country,
    State,
    MobilePrefix,
    Date,
    DateTime,
    Email,
    Boolean,
    Integer,
    Postcode,
    IpAddress,
];

fn field(kind: FieldKind) -> FieldDef {
    let option = |(id, label): (i64, &str)| ChoiceOption { id: OptionId::new(id), label: label.to_owned(), position: id };
    let options = if kind.has_options() { [(1, "Rot"), (2, "Grün")].map(option).to_vec() } else { Vec::new() };
    FieldDef { id: FieldId::new(1), label: "Feld".to_owned(), options, ..FieldDef::new("FELD", kind, CategoryId::new(1)) }
}

/// What becomes of a value, as programs read it, or the code of the problem.
fn outcome(from: FieldKind, value: &Value, to: FieldKind) -> String {
    let from = field(from);
    let mut to = from.as_kind(to);
    let zone = Zone::default();
    for (n, label) in (100..).zip(new_options(&from, value, &to, Lang::De, &zone)) {
        to.options.push(ChoiceOption { id: OptionId::new(n), label, position: n });
    }
    match convert(&from, value, &to, Lang::De, &zone) {
        Ok(Some(value)) => value::plain(&to, &value),
        Ok(None) => "nothing".to_owned(),
        Err(problem) => format!("!{}", problem.code()),
    }
}

/// The outcomes in the order of `KINDS`.
fn check(from: FieldKind, value: Value, expected: &str) {
    let found: Vec<String> = KINDS.iter().map(|to| outcome(from, &value, *to)).collect();
    assert_eq!(found.join(" ¦ "), expected, "{from:?} {value:?}");
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
#[cfg(feature = "lists")]
fn each_type_becomes_each_other_type_by_the_words_that_people_read() {
    check(
        SingleLine,
        text("ja"),
        "ja ¦ ja ¦ ja ¦ ja ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ true ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        SingleLine,
        text("31.12.1990"),
        "31.12.1990 ¦ 31.12.1990 ¦ 31.12.1990 ¦ 31.12.1990 ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ 1990-12-31 ¦ 1990-12-30T23:00:00Z ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        SingleLine,
        text("1.284"),
        "1.284 ¦ 1.284 ¦ 1.284 ¦ 1.284 ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ 1284 ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        SingleLine,
        text("Herr"),
        "Herr ¦ Herr ¦ Herr ¦ Herr ¦ male ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        SingleLine,
        text("Bayern"),
        "Bayern ¦ Bayern ¦ Bayern ¦ Bayern ¦ !unknown_salutation ¦ !unknown_country ¦ DE-BY ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        SingleLine,
        text("anna@example.com"),
        "anna@example.com ¦ anna@example.com ¦ anna@example.com ¦ anna@example.com ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ anna@example.com ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        MultiLine,
        text("Sport\nMusik; Kunst"),
        "Sport Musik; Kunst ¦ Sport\nMusik; Kunst ¦ Sport Musik; Kunst ¦ Sport|Musik|Kunst ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        Selection,
        Value::Int(2),
        "Grün ¦ Grün ¦ Grün ¦ Grün ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        MultiSelection,
        Value::Set(vec![OptionId::new(1)]),
        "Rot ¦ Rot ¦ Rot ¦ Rot ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        MultiSelection,
        Value::Set(vec![OptionId::new(1), OptionId::new(2)]),
        "Rot, Grün ¦ Rot, Grün ¦ !several_options ¦ Rot|Grün ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        Country,
        text("AT"),
        "Österreich ¦ Österreich ¦ Österreich ¦ Österreich ¦ !unknown_salutation ¦ AT ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        State,
        text("DE-BY"),
        "Bayern ¦ Bayern ¦ Bayern ¦ Bayern ¦ !unknown_salutation ¦ !unknown_country ¦ DE-BY ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        MobilePrefix,
        text("+49151"),
        "+49 151 ¦ +49 151 ¦ +49 151 ¦ +49 151 ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ +49151 ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ 49151 ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        Date,
        Value::Int(7669),
        "31.12.1990 ¦ 31.12.1990 ¦ 31.12.1990 ¦ 31.12.1990 ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ 1990-12-31 ¦ 1990-12-30T23:00:00Z ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        DateTime,
        Value::Int(662650200000),
        "31.12.1990 14:30 ¦ 31.12.1990 14:30 ¦ 31.12.1990 14:30 ¦ 31.12.1990 14:30 ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ 1990-12-31 ¦ 1990-12-31T13:30:00Z ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        Email,
        text("anna@example.com"),
        "anna@example.com ¦ anna@example.com ¦ anna@example.com ¦ anna@example.com ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ anna@example.com ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        Boolean,
        Value::Bool(true),
        "Ja ¦ Ja ¦ Ja ¦ Ja ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ true ¦ 1 ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
    check(
        Integer,
        Value::Int(10115),
        "10115 ¦ 10115 ¦ 10115 ¦ 10115 ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ 10115 ¦ 10115 ¦ !not_an_ip_address",
    );
    check(
        Integer,
        Value::Int(0),
        "0 ¦ 0 ¦ 0 ¦ 0 ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ false ¦ 0 ¦ 0 ¦ !not_an_ip_address",
    );
    check(
        Postcode,
        text("10115"),
        "10115 ¦ 10115 ¦ 10115 ¦ 10115 ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ 10115 ¦ 10115 ¦ !not_an_ip_address",
    );
    check(
        IpAddress,
        text("192.0.2.1"),
        "192.0.2.1 ¦ 192.0.2.1 ¦ 192.0.2.1 ¦ 192.0.2.1 ¦ !unknown_salutation ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ 192.0.2.1",
    );
    check(
        Salutation,
        text("male"),
        "Herr ¦ Herr ¦ Herr ¦ Herr ¦ male ¦ !unknown_country ¦ !unknown_state ¦ !unknown_mobile_prefix ¦ !not_a_date ¦ !not_a_date_time ¦ !not_an_email ¦ !not_a_boolean ¦ !not_an_integer ¦ !not_a_postcode ¦ !not_an_ip_address",
    );
}

#[test]
fn texts_become_options_once_each_and_not_without_end() {
    let from = field(SingleLine);
    let mut trial = Trial::new(&from, Selection, Lang::De, Zone::default());
    for (n, label) in (1..).zip(["Rot", "rot", "Grün", "Grun"]) {
        assert_eq!(trial.look(ProfileId::new(n), &text(label)), None);
    }
    let long = text(&"x".repeat(300));
    assert_eq!(trial.look(ProfileId::new(9), &long).map(|failure| failure.problem.code()), Some("too_long"));
    for n in 0..MOST_OPTIONS as i64 {
        trial.look(ProfileId::new(n), &text(&format!("Nr. {n}")));
    }
    let preview = trial.preview();
    assert_eq!((preview.options, preview.values, preview.converts), (1_000, 1_005, 1_001));
    let reasons: Vec<(&str, u64)> = preview.reasons.iter().map(|(problem, n)| (problem.code(), *n)).collect();
    assert_eq!(reasons, [("too_many_options", 3), ("too_long", 1)]);
    assert_eq!((preview.fails(), preview.failures.len()), (4, 4));
    assert_eq!(preview.samples[0], ("Rot".to_owned(), "Rot".to_owned()));
}

#[test]
fn a_default_and_marks_come_along_where_the_new_type_can_have_them() {
    let zone = Zone::default();
    let default = |from: &FieldDef, kind| default_of(from, &from.as_kind(kind), Lang::De, &zone);
    let marked = FieldDef { default_value: Some("#2".to_owned()), matching: true, tagging: true, required: true, ..field(Selection) };
    assert_eq!(default(&marked, MultiSelection).as_deref(), Some("#2"));
    assert_eq!(default(&marked, SingleLine).as_deref(), Some("Grün"));
    assert_eq!(default(&marked, Date), None);
    let after = marked.as_kind(SingleLine);
    assert_eq!((after.matching, after.tagging, after.required), (false, false, true));
    assert!(!marked.as_kind(IpAddress).required);
    let moving = FieldDef { default_value: Some("today - 5 days".to_owned()), ..field(Date) };
    assert_eq!(default(&moving, DateTime).as_deref(), Some("today - 5 days"));
    assert_eq!(default(&moving, SingleLine), None);
    let lost = Trial::new(&moving, SingleLine, Lang::De, zone).preview();
    assert!(lost.loses_default && !lost.loses_marks);
}

#[test]
fn only_fields_of_ones_own_are_converted_and_only_to_what_is_offered() {
    let own = field(SingleLine);
    assert!(own.may_become(Date) && !own.may_become(SingleLine) && !own.may_become(Permission));
    assert!(!FieldDef { standard: true, ..own }.may_become(Date));
}

proptest! {
    #[test]
    fn there_and_back_a_text_is_itself_or_its_normal_form(typed in "[ a-zA-Z0-9äß.,|;:@+\\-\n]{1,24}", a in 0..KINDS.len(), b in 0..KINDS.len()) {
        let zone = Zone::default();
        for lang in Lang::ALL {
            let (from, to) = (field(KINDS[a]), field(KINDS[a]).as_kind(KINDS[b]));
            let cx = ParseContext { lang, zone: &zone, date_order: DateOrder::Dmy, country_hint: None };
            let Ok(Some(value)) = value::parse(&from, &typed, &cx) else { continue };
            let Ok(Some(there)) = convert(&from, &value, &to, lang, &zone) else { continue };
            let Ok(Some(back)) = convert(&to, &there, &from, lang, &zone) else { continue };
            // What came back is its own normal form.
            let Ok(Some(again)) = convert(&from, &back, &to, lang, &zone) else {
                return Err(TestCaseError::fail(format!("{value:?} {there:?} {back:?}")));
            };
            prop_assert_eq!(again, there, "{:?} {:?}", value, back);
        }
    }
}
