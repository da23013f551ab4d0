use domain::condition::Condition;
use domain::field::{ChoiceOption, FieldDef, FieldKind};
use domain::id::{CategoryId, ClientId, FieldId, OptionId, PoolId};
use domain::pool::Pool;
use domain::time::{Millis, Zone};

use super::*;
use crate::db::Engine::{Postgres, Sqlite};

/// Fields of several types, numbered from 1.
fn pool() -> Pool {
    let kinds = [
        ("NAME", FieldKind::SingleLine),
        ("COUNTRY", FieldKind::Country),
        ("TOPICS", FieldKind::MultiSelection),
        ("BORN", FieldKind::Date),
        ("NEWS", FieldKind::Boolean),
    ];
    let field = |(id, (key, kind)): (i64, (&str, FieldKind))| {
        let option = |id| ChoiceOption { id: OptionId::new(id), label: format!("T{id}"), position: id };
        let options = if kind.has_options() { (1..=17).map(option).collect() } else { Vec::new() };
        FieldDef { id: FieldId::new(id), options, ..FieldDef::new(key, kind, CategoryId::new(1)) }
    };
    Pool {
        id: PoolId::new(7),
        client: ClientId::new(3),
        name: "Kunden".to_owned(),
        revision: 1,
        shape: 1,
        forms: 0,
        created_at: Millis::new(0),
        zone: Zone::default(),
        categories: Vec::new(),
        fields: (1..).zip(kinds).map(field).collect(),
        partial: false,
    }
}

fn check(engine: Engine, condition: &str, sql: &str, args: Vec<Arg>) {
    let condition: Condition = condition.parse().expect("a condition");
    let expected = Statement { text: format!("({sql})").into(), args };
    assert_eq!(of(engine, &pool(), &condition, Form::Lead), expected, "{condition}");
}

#[test]
fn what_is_asked_of_each_profile_begins_no_plan_of_sqlite() {
    let condition: Condition = r#"COUNTRY = "AT" or TOPICS any of ("T2")"#.parse().expect("a condition");
    let sqlite = "((p.f2 = $1) or (exists (select 1 from choices_7 c where c.field_id = 3 and c.option_id = $2 and c.profile_id = p.profile_id))) is true";
    assert_eq!(of(Sqlite, &pool(), &condition, Form::Check).text, sqlite);
    assert_eq!(of(Postgres, &pool(), &condition, Form::Check), of(Postgres, &pool(), &condition, Form::Lead));
}

#[test]
fn each_comparison_has_a_form_and_an_opposite_that_holds_for_the_empty_too() {
    let text = |text: &str| Arg::from(text);
    check(Sqlite, r#"COUNTRY = "AT""#, "p.f2 = $1", vec![text("AT")]);
    check(Sqlite, r#"COUNTRY != "AT""#, "p.f2 is distinct from $1", vec![text("AT")]);
    check(Sqlite, r#"NEWS = "true""#, "p.f5 = $1", vec![Arg::Bool(Some(true))]);
    check(Sqlite, "NAME is empty", "p.f1 is null", vec![]);
    check(Sqlite, "NAME is filled", "p.f1 is not null", vec![]);
    let both = || vec![Arg::from(vec!["AT".to_owned(), "DE".to_owned()])];
    check(Sqlite, r#"COUNTRY any of ("AT", "DE")"#, "p.f2 in (select value from json_each($1))", both());
    check(Postgres, r#"COUNTRY none of ("AT", "DE")"#, "p.f2 is null or not (p.f2 = any($1))", both());
    check(Sqlite, r#"BORN < "1970-01-02""#, "p.f4 < $1", vec![Arg::from(1_i64)]);
    check(Sqlite, r#"not (BORN >= "1970-01-02")"#, "p.f4 is null or not (p.f4 >= $1)", vec![Arg::from(1_i64)]);
    check(Sqlite, r#"NAME contains "a%b""#, r"p.f1 like $1 escape '\'", vec![text(r"%a\%b%")]);
    check(Postgres, r#"not (NAME begins with "a_")"#, r#"p.f1 is null or not (p.f1 collate "C" ilike $1 escape '\')"#, vec![text(r"a\_%")]);
    check(Sqlite, r#"NAME contains "[a]ß*""#, "p.f1 glob $1", vec![text("*[[][aA]]ß[*]*")]);
    check(Postgres, r#"NAME begins with "[a]ß*""#, "p.f1 ~ $1", vec![text(r"^\[[aA]\]ß\*")]);
}

#[test]
fn options_are_asked_of_the_table_of_choices() {
    let listed = "p.profile_id in (select c.profile_id from choices_7 c where c.field_id = 3 and c.option_id = $1)";
    let looked_up = |table: &str, n: usize| {
        format!("exists (select 1 from {table} c where c.field_id = 3 and c.option_id = ${n} and c.profile_id = p.profile_id)")
    };
    let (lite, pg) = (looked_up("choices_7", 1), looked_up("client_3.choices_7", 1));
    check(Sqlite, r#"TOPICS any of ("T2")"#, listed, vec![Arg::from(2_i64)]);
    check(Sqlite, r#"TOPICS all of ("T2", "T2")"#, listed, vec![Arg::from(2_i64)]);
    check(Sqlite, r#"TOPICS none of ("T2")"#, &format!("not {lite}"), vec![Arg::from(2_i64)]);
    check(Postgres, r#"TOPICS any of ("T2")"#, &pg, vec![Arg::from(2_i64)]);
    let both = || vec![Arg::from(1_i64), Arg::from(3_i64)];
    let second = looked_up("client_3.choices_7", 2);
    check(Postgres, r#"TOPICS all of ("T3", "T1")"#, &format!("{pg} and {second}"), both());
    check(Postgres, r#"not (TOPICS all of ("T3", "T1"))"#, &format!("not {pg} or not {second}"), both());
    check(
        Postgres,
        r#"TOPICS none of ("T3", "T1")"#,
        "not exists (select 1 from client_3.choices_7 c where c.field_id = 3 and c.option_id = any($1) and c.profile_id = p.profile_id)",
        vec![Arg::from(vec![1_i64, 3])],
    );
}

#[test]
fn many_options_are_counted() {
    let labels: Vec<String> = (1..=17).map(|n| format!("\"T{n}\"")).collect();
    check(
        Sqlite,
        &format!("TOPICS all of ({})", labels.join(", ")),
        "exists (select 1 from choices_7 c where c.field_id = 3 and c.option_id in (select value from json_each($1)) \
         and c.profile_id = p.profile_id having count(*) = 17)",
        vec![Arg::from((1..=17).collect::<Vec<i64>>())],
    );
}

#[test]
fn a_not_moves_down_to_the_comparisons() {
    let args = || vec![Arg::from("AT"), Arg::from("x")];
    check(Sqlite, r#"COUNTRY = "AT" and NAME = "x""#, "(p.f2 = $1) and (p.f1 = $2)", args());
    check(Sqlite, r#"not (COUNTRY = "AT" and not (NAME = "x"))"#, "(p.f2 is distinct from $1) or (p.f1 = $2)", args());
    check(Sqlite, "all () or not (all ())", "(1 = 1) or (1 = 0)", vec![]);
    check(Sqlite, "any () or not (any ())", "(1 = 0) or (1 = 1)", vec![]);
}

#[test]
fn what_a_pool_cannot_answer_holds_for_nobody() {
    for condition in [r#"REGION = "Ost""#, r#"not (REGION = "Ost")"#, r#"COUNTRY = "AT" or TOPICS any of ("T99")"#] {
        check(Sqlite, condition, NOBODY, vec![]);
    }
}
