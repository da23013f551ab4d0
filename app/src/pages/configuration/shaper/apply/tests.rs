use domain::field::FieldKind;

use super::*;
use crate::api::configuration::{CategoryLine, FieldLine};

fn shape(categories: &[(i64, &[i64])]) -> Shape {
    let field = |category: i64, id: i64| FieldLine {
        id: FieldId::new(id),
        key: format!("F{id}"),
        label: format!("Feld {id}"),
        kind: FieldKind::SingleLine,
        category: CategoryId::new(category),
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
    };
    Shape {
        categories: categories
            .iter()
            .map(|(id, _)| CategoryLine { id: CategoryId::new(*id), label: format!("K{id}"), custom: true })
            .collect(),
        fields: categories.iter().flat_map(|(category, fields)| fields.iter().map(|id| field(*category, *id))).collect(),
        ..Shape::default()
    }
}

fn fields(shape: &Shape, category: i64) -> Vec<i64> {
    shape.fields.iter().filter(|field| field.category.get() == category).map(|field| field.id.get()).collect()
}

fn move_field(field: i64, category: i64, before: Option<i64>) -> Step {
    Step::MoveField { field: FieldId::new(field), category: CategoryId::new(category), before: before.map(FieldId::new) }
}

#[test]
fn a_field_is_shown_where_it_was_dropped() {
    let mut shape = shape(&[(1, &[10, 11, 12]), (2, &[20])]);
    apply(&mut shape, &move_field(12, 1, Some(10)));
    assert_eq!(fields(&shape, 1), [12, 10, 11]);
    apply(&mut shape, &move_field(10, 2, Some(20)));
    apply(&mut shape, &move_field(11, 2, None));
    assert_eq!((fields(&shape, 1), fields(&shape, 2)), (vec![12], vec![10, 20, 11]));
    apply(&mut shape, &move_field(99, 1, None));
    assert_eq!(shape.fields.len(), 4);
}

#[test]
fn a_category_moves_with_its_fields() {
    let mut shape = shape(&[(1, &[10]), (2, &[20]), (3, &[])]);
    apply(&mut shape, &Step::MoveCategory { category: CategoryId::new(3), before: Some(CategoryId::new(1)) });
    assert_eq!(shape.categories.iter().map(|category| category.id.get()).collect::<Vec<_>>(), [3, 1, 2]);
    assert_eq!((fields(&shape, 1), fields(&shape, 2)), (vec![10], vec![20]));
}
