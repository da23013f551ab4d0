use super::*;
use crate::pool::tests::pool_with;

#[test]
fn an_arrangement_is_fitted_to_the_pool() {
    let pool = pool_with(&[]);
    let column = |key: &str, width| Column { key: key.to_owned(), width };
    let saved = ListLayout {
        columns: vec![column("CITY", Some(5)), column("GONE", None), column("NAME", Some(5_000)), column("CITY", None)],
        page_size: 33,
        dense: true,
    };
    let fitted = saved.fitted(&pool);
    assert_eq!(fitted.columns, [column("CITY", Some(48)), column("NAME", Some(960))]);
    assert_eq!(fitted.page_size, 30);
    assert!(fitted.dense);
}

#[test]
fn a_list_without_columns_gets_the_default_ones() {
    let pool = pool_with(&[]);
    let empty = ListLayout { columns: vec![Column::new("GONE")], page_size: 50, dense: false };
    assert_eq!(empty.fitted(&pool), ListLayout::default_of(&pool));
}
