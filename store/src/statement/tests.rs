use super::{Arg, Engine, Statement};

#[test]
fn what_is_bound_gets_the_next_placeholder() {
    let mut statement = Statement::new("select ");
    statement.push("f").number(12).push(" from pool_3 where f12 = ").bind("O'Hara; drop").push(" and revision > ").bind(7);
    assert_eq!(statement.text, "select f12 from pool_3 where f12 = $1 and revision > $2");
    assert_eq!(statement.args, [Arg::Text(Some("O'Hara; drop".to_owned())), Arg::Int(Some(7))]);
}

#[test]
fn an_appended_statement_counts_on() {
    let mut statement = Statement::new("select 1 where a = $1 and ").arg(1);
    statement.append(Statement::new("(b = $1 or c = $2 or b <> $1)").arg("x").arg(true)).push(" and d = ").bind(4);
    assert_eq!(statement.text, "select 1 where a = $1 and (b = $2 or c = $3 or b <> $2) and d = $4");
    assert_eq!(statement.args.len(), 4);
}

#[test]
fn a_dollar_without_a_number_stays_as_it_is() {
    let mut statement = Statement::new("");
    statement.append(Statement::new("select '$' || '$x' || $1").arg("$1"));
    assert_eq!(statement.text, "select '$' || '$x' || $1");
}

#[test]
fn rows_of_values_stand_in_brackets_and_count_on() {
    for (engine, text) in [(Engine::Sqlite, "insert $1 (?, ?), (?, ?)"), (Engine::Postgres, "insert $1 ($2, $3), ($4, $5)")] {
        let mut statement = Statement::new("insert ");
        statement.bind(1).push(" ").bind_rows(engine, [[2, 3], [4, 5]].map(|row| row.map(Arg::from)));
        assert_eq!(statement.text, text);
        assert_eq!(statement.args, [1, 2, 3, 4, 5].map(Arg::from));
    }
}
