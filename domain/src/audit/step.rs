//! A change of a pool's configuration as it stands in the log: flat, and without what says nothing.

use serde_json::{Map, Value, json};

use crate::config::Step;
use crate::id::{CategoryId, FieldId};

/// So many steps of one change are told one by one.
const MAX_STEPS: usize = 20;

/// What a step is about, beside its pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A field, or its options.
    Field(FieldId),
    /// A category.
    Category(CategoryId),
    /// A field that the step makes.
    NewField,
    /// A category that the step makes.
    NewCategory,
    /// Several of these.
    Pool,
}

/// What a step is about.
pub fn subject(step: &Step) -> Subject {
    match step {
        Step::AddCategory { .. } => Subject::NewCategory,
        Step::RenameCategory { category, .. }
        | Step::MoveCategory { category, .. }
        | Step::DeleteCategory { category }
        | Step::RestoreCategory { category, .. } => Subject::Category(*category),
        Step::AddField(_) => Subject::NewField,
        Step::ChangeField { field, .. }
        | Step::MoveField { field, .. }
        | Step::DeleteField { field }
        | Step::RestoreField { field, .. }
        | Step::AddOptions { field, .. }
        | Step::RenameOption { field, .. }
        | Step::MoveOption { field, .. }
        | Step::OrderOptions { field, .. }
        | Step::DeleteOptions { field, .. }
        | Step::RestoreOptions { field, .. } => Subject::Field(*field),
        Step::All(steps) => {
            let mut subjects = steps.iter().map(subject);
            let first = subjects.next().unwrap_or(Subject::Pool);
            let alike = matches!(first, Subject::Field(_) | Subject::Category(_)) && subjects.all(|other| other == first);
            if alike { first } else { Subject::Pool }
        }
    }
}

/// How it was and how it is after a step, whose way back is known. Only a step that leads back by one of its own kind has a
/// before.
pub fn of_step(step: &Step, back: &Step) -> (Option<Value>, Value) {
    let after = flat(step);
    let mut before = flat(back);
    let same_kind = after.get("step") == before.get("step") && !matches!(step, Step::All(_));
    before.retain(|key, value| after.get(key) != Some(value));
    let before = (same_kind && !before.is_empty()).then_some(Value::Object(before));
    (before, Value::Object(after))
}

fn flat(step: &Step) -> Map<String, Value> {
    let mut out = Map::new();
    if let Step::All(steps) = step {
        let told: Vec<Value> = steps.iter().take(MAX_STEPS).map(|step| Value::Object(flat(step))).collect();
        out.insert("step".to_owned(), json!("all"));
        out.insert("steps".to_owned(), json!(told));
        if steps.len() > MAX_STEPS {
            out.insert("more".to_owned(), json!(steps.len() - MAX_STEPS));
        }
        return out;
    }
    let Ok(Value::Object(outer)) = serde_json::to_value(step) else { return out };
    let Some((kind, Value::Object(inner))) = outer.into_iter().next() else { return out };
    out.insert("step".to_owned(), json!(kind));
    for (key, value) in inner {
        match (key.as_str(), value) {
            ("change", Value::Object(changed)) => out.extend(changed.into_iter().filter(|(_, value)| !value.is_null())),
            (_, value) if says_nothing(&value) => {}
            // Beside a before and an after it would be read as one of them.
            ("before", value) => _ = out.insert("in_front_of".to_owned(), value),
            (_, value) => _ = out.insert(key, value),
        }
    }
    out
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
