use super::*;
use crate::field::{ChoiceOption, FieldKind};
use crate::id::{OptionId, ProfileId};
use crate::permission::Status;
use crate::pool::Pool;
use crate::pool::tests::pool_with;
use crate::profile::Profile;
use crate::value::from_plain;

mod properties;

/// A pool with a field of each likeness.
fn pool() -> Pool {
    let own = [
        ("COLOUR", FieldKind::Selection),
        ("TOPICS", FieldKind::MultiSelection),
        ("REVENUE", FieldKind::Integer),
        ("NEWS", FieldKind::Boolean),
        ("NOTE", FieldKind::MultiLine),
        ("SEEN", FieldKind::DateTime),
    ];
    let mut pool = pool_with(&own);
    for field in pool.fields.iter_mut().filter(|field| field.kind.has_options()) {
        let option = |(id, label): (i64, &str)| ChoiceOption { id: OptionId::new(id), label: label.to_owned(), position: id };
        field.options = (1..).zip(["Rot", "Grün", "Blau", "a|b"]).map(option).collect();
    }
    pool
}

/// A usable profile with these values, written as in a file.
fn profile(pool: &Pool, values: &[(&str, &str)]) -> Profile {
    let value = |(key, plain): &(&str, &str)| {
        let field = pool.field(key).expect("a field of the pool");
        (field.id, from_plain(field, plain).expect("a value").expect("not empty"))
    };
    Profile { id: ProfileId::new(7), revision: 1, status: Status::Usable, values: values.iter().map(value).collect() }
}

fn read(text: &str) -> Condition {
    text.parse().unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

#[test]
fn each_comparison_says_of_a_profile_what_it_says_in_words() {
    let pool = pool();
    let anna = profile(
        &pool,
        &[
            ("NAME", "Ärzte & Söhne"),
            ("CITY", "Wien"),
            ("COUNTRY", "AT"),
            ("EMAIL", "anna@example.com"),
            ("BIRTHDAY", "1990-12-31"),
            ("COLOUR", "Grün"),
            ("TOPICS", "Rot|a\\|b"),
            ("REVENUE", "-5"),
            ("NEWS", "true"),
            ("SEEN", "2026-01-01T12:00:00Z"),
            ("PERMISSION", "opt_out"),
        ],
    );
    let check = |text: &str, expected: bool| assert_eq!(read(text).matches(&pool, &anna), expected, "{text}");
    for holds in [
        r#"COUNTRY = "AT""#,
        r#"COUNTRY != "DE" and COUNTRY any of ("DE", "AT") and COUNTRY none of ("DE", "CH")"#,
        r#"NAME = "Ärzte & Söhne" and NAME contains "ÄRZTE" and NAME contains "& sÖH" and NAME begins with "ärz""#,
        r#"NAME contains " & ""#,
        r#"CITY != "wien" and CITY begins with "wIEN""#,
        r#"EMAIL contains "@EXAMPLE""#,
        r#"BIRTHDAY = "1990-12-31" and BIRTHDAY < "1991-01-01" and BIRTHDAY <= "1990-12-31" and BIRTHDAY >= "1990-12-31""#,
        r#"BIRTHDAY between "1990-12-31" and "1990-12-31""#,
        r#"REVENUE < "0" and REVENUE > "-6" and REVENUE any of ("1", "-5")"#,
        r#"COLOUR = "Grün" and COLOUR any of ("Rot", "Grün") and COLOUR none of ("Rot")"#,
        r#"TOPICS any of ("Blau", "Rot") and TOPICS all of ("Rot", "a|b") and TOPICS none of ("Grün", "Blau")"#,
        r#"NEWS = "true" and NEWS != "false" and PERSONA != "true" and PERSONA is empty"#,
        r#"SEEN > "2026-01-01T11:59:59Z" and SEEN < "2026-01-02""#,
        r#"PERMISSION = "opt_out" and STATUS = "usable" and STATUS none of ("persona", "bounced")"#,
        r#"PROFILEID = "7" and PROFILEID is filled"#,
        r#"STREET is empty and not (STREET is filled) and STREET != "x" and not (STREET contains "x")"#,
        r#"not (PHONE any of ("1")) and MOBILE none of ("1")"#,
        "all () and not (any ())",
        r#"CITY = "Linz" or CITY = "Wien" and COUNTRY = "AT""#,
    ] {
        check(holds, true);
        check(&format!("not ({holds})"), false);
    }
    for text in [
        r#"NOTE contains "x""#,
        r#"NOTE begins with "x""#,
        r#"NAME begins with "zte""#,
        r#"NAME = "ärzte & söhne""#,
        r#"TOPICS all of ("Rot", "Blau")"#,
        r#"REVENUE between "1" and "-10""#,
        "any ()",
    ] {
        check(text, false);
    }
}

#[test]
fn an_empty_field_is_neither_before_nor_after_any_date() {
    let pool = pool();
    let nobody = profile(&pool, &[]);
    for text in [r#"BIRTHDAY < "2026-01-01""#, r#"BIRTHDAY >= "1900-01-01""#, r#"BIRTHDAY between "1900-01-01" and "2026-01-01""#] {
        assert!(!read(text).matches(&pool, &nobody), "{text}");
    }
}

#[test]
fn a_pool_that_cannot_answer_has_nobody_for_whom_it_holds() {
    let pool = pool();
    let anna = profile(&pool, &[("COUNTRY", "AT"), ("COLOUR", "Rot")]);
    let check = |text: &str, field: &str, problem: Problem| {
        for text in [text.to_owned(), format!("not ({text})"), format!(r#"COUNTRY = "AT" or {text}"#)] {
            let condition = read(&text);
            assert!(!condition.matches(&pool, &anna), "{text}");
            let invalid = condition.check(&pool).expect_err("the pool can't answer");
            assert_eq!((invalid.problems.len(), invalid.of(field)), (1, Some(&problem)), "{text}");
        }
    };
    let gone = |value: &str| Problem::UnknownOption { value: value.to_owned() };
    check(r#"REGION = "Ost""#, "REGION", Problem::UnknownField { field: "REGION".to_owned() });
    check(r#"COLOUR = "Gelb""#, "COLOUR", gone("Gelb"));
    check(r#"COLOUR != "rot""#, "COLOUR", gone("rot"));
    check(r##"TOPICS none of ("Rot", "#1")"##, "TOPICS", gone("#1"));
    check(r#"COUNTRY = "Nirgendwo""#, "COUNTRY", Problem::UnknownCountry);
    check(r#"REVENUE = "viel""#, "REVENUE", Problem::NotAnInteger);
    check(r#"REVENUE contains "1""#, "REVENUE", Problem::NotComparable);
    check(r#"NAME < "M""#, "NAME", Problem::NotComparable);
    check(r#"TOPICS = "Rot""#, "TOPICS", Problem::NotComparable);
    check(r#"COUNTRY begins with "A""#, "COUNTRY", Problem::NotComparable);
    check("STATUS is empty", "STATUS", Problem::NotComparable);
    check(r#"STATUS = "fine""#, "STATUS", Problem::UnknownChoice { value: "fine".to_owned() });
    check(r#"NAME = """#, "NAME", Problem::Required);
    check(r#"NAME contains """#, "NAME", Problem::Required);
    check(&format!(r#"NAME contains "{}""#, "x".repeat(1_001)), "NAME", Problem::TooLong { max: 1_000 });
}

#[test]
fn every_reason_is_told() {
    let invalid = read(r#"A = "1" and (B = "1" or not (CITY = "Wien" and REVENUE > "x"))"#).check(&pool()).expect_err("three reasons");
    assert_eq!(invalid.problems.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["A", "B", "REVENUE"]);
}

#[test]
fn the_fields_and_options_that_it_names_are_known() {
    let condition = read(r#"COLOUR = "Rot" and not (CITY contains "Wien" or COLOUR any of ("Blau")) and BIRTHDAY > "1990-01-01""#);
    assert_eq!(condition.fields().into_iter().collect::<Vec<_>>(), ["BIRTHDAY", "CITY", "COLOUR"]);
    assert_eq!(condition.options().into_iter().collect::<Vec<_>>(), [("COLOUR", "Blau"), ("COLOUR", "Rot")]);
}

#[test]
fn what_is_no_condition_is_refused_from_where_it_is_none() {
    let check = |text: &str, part: &str| {
        let expected = Problem::NotACondition { part: part.to_owned() };
        assert_eq!(text.parse::<Condition>(), Err(expected), "{text}");
    };
    check("", "");
    check("  ", "");
    check("country = \"AT\"", "country = \"AT\"");
    check("COUNTRY = AT", "AT");
    check("COUNTRY =", "COUNTRY =");
    check("COUNTRY = \"AT", "\"AT");
    check(r#"COUNTRY = "A\T""#, r#""A\T""#);
    check(r#"COUNTRY = "AT" und CITY = "Wien""#, r#"und CITY = "Wien""#);
    check(r#"COUNTRY = "AT")"#, ")");
    check(r#"(COUNTRY = "AT""#, r#"(COUNTRY = "AT""#);
    check(r#"COUNTRY any ("AT")"#, r#"("AT")"#);
    check("COUNTRY any of ()", ")");
    check("COUNTRY is nice", "nice");
    check("COUNTRY isempty", "isempty");
    check(r#"REVENUE between "1", "2""#, r#", "2""#);
    check("notes", "notes");
    check("'; drop table pools; --", "'; drop table pools; --");
}

#[test]
fn blanks_and_brackets_may_stand_anywhere() {
    let written = r#"not (COUNTRY = "AT") and (NOT < "1" or ALL any of ("a", "b"))"#;
    let same = "\n not\tCOUNTRY=\"AT\"and((((NOT<\"1\"))or ALL any of(\"a\" , \"b\" )) ) ";
    assert_eq!(read(same), read(written));
    assert_eq!(read(same).to_string(), written);
    assert_eq!(read(r#"all (A = "1", B = "2")"#), read(r#"A = "1" and B = "2""#));
}

#[test]
fn too_much_is_refused_and_never_more_than_the_stack_holds() {
    let deep = |n: usize| (0..n).fold(Condition::All(Vec::new()), |inner, _| inner.negated());
    assert_eq!(deep(MAX_DEPTH - 1).sound(), Ok(()));
    assert_eq!(deep(MAX_DEPTH).sound(), Err(Problem::TooDeep { max: 20 }));
    for text in [format!("{}all (){}", "not (".repeat(200), ")".repeat(200)), "(".repeat(1_000_000), "not ".repeat(1_000_000)] {
        assert_eq!(text.parse::<Condition>(), Err(Problem::TooDeep { max: 20 }));
    }
    let wide = |n: usize| Condition::Any((0..n).map(|_| Condition::compare_one("CITY", Op::Is, "Wien")).collect());
    assert_eq!(wide(MAX_NODES - 1).sound(), Ok(()));
    assert_eq!(wide(MAX_NODES).sound(), Err(Problem::TooManyConditions { max: 500 }));
    assert!(!wide(MAX_NODES).matches(&pool(), &profile(&pool(), &[("CITY", "Wien")])), "nobody, rather than somebody");
    let long = |n: usize| Condition::compare("CITY", Op::AnyOf, (0..n).map(|n| n.to_string()));
    assert_eq!(long(MAX_VALUES).sound(), Ok(()));
    assert_eq!(long(MAX_VALUES + 1).sound(), Err(Problem::TooManyValues { max: 10_000 }));
    let json = format!("{}{{\"all\":[]}}{}", "{\"not\":".repeat(100_000), "}".repeat(100_000));
    assert!(serde_json::from_str::<Condition>(&json).is_err());
}

#[test]
fn a_comparison_has_a_field_and_as_many_values_as_it_takes() {
    let check = |field: &str, op, n: usize, expected| {
        assert_eq!(Condition::compare(field, op, vec!["1"; n]).sound(), expected, "{field} {op:?} {n}");
    };
    let wrong = |expected, found| Err(Problem::WrongValueCount { expected, found });
    check("REVENUE", Op::Is, 0, wrong(1, 0));
    check("REVENUE", Op::Is, 2, wrong(1, 2));
    check("REVENUE", Op::Between, 1, wrong(2, 1));
    check("REVENUE", Op::Empty, 1, wrong(0, 1));
    check("REVENUE", Op::AnyOf, 0, wrong(1, 0));
    check("REVENUE", Op::AnyOf, 9, Ok(()));
    for field in ["", "revenue", "1A", "_A", "A B", "A\"", "Ä"] {
        check(field, Op::Is, 1, Err(Problem::UnknownField { field: field.to_owned() }));
    }
}

#[test]
fn in_json_it_is_a_tree() {
    let condition = read(r#"COUNTRY = "AT" and not (CITY is empty)"#);
    let json = serde_json::json!({"all": [
        {"compare": {"field": "COUNTRY", "op": "is", "values": ["AT"]}},
        {"not": {"compare": {"field": "CITY", "op": "empty", "values": []}}},
    ]});
    assert_eq!(serde_json::to_value(&condition).expect("JSON"), json);
    assert_eq!(serde_json::from_value::<Condition>(json).expect("and back"), condition);
    let short = r#"{"compare": {"field": "CITY", "op": "empty"}}"#;
    assert_eq!(serde_json::from_str::<Condition>(short).expect("without values"), read("CITY is empty"));
    for wrong in [
        r#"{"compare": {"field": "CITY", "op": "like", "values": ["x"]}}"#,
        r#"{"compare": {"field": "CITY", "op": "empty", "of": "x"}}"#,
        r#"{"xor": []}"#,
        "[]",
        "true",
        "null",
        "{}",
    ] {
        assert!(serde_json::from_str::<Condition>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn capitals_do_not_count_letter_by_letter() {
    let check = |text: &str, needle: &str, expected: bool| {
        let pool = pool();
        let one = profile(&pool, &[("NAME", text)]);
        assert_eq!(Condition::compare_one("NAME", Op::Contains, needle).matches(&pool, &one), expected, "{needle} in {text}");
    };
    check("Müller ÖL", "mÜLLER öl", true);
    check("ΜΈΛΑΣ", "μέλα", true);
    check("Straße", "STRASSE", false);
    check("Straße", "STRAßE", true);
    check("I", "ı", true);
    check("100 % *", "% *", true);
    check("[a]", "[A]", true);
    check("abab", "bab", true);
}
