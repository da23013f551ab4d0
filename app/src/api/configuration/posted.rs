//! The dialog of a field sent without WASM: the page's own address takes it, and what can't be saved is shown with what was typed.

use domain::id::{CategoryId, FieldId, PoolId};
use leptos::prelude::use_context;

use super::entry::{FieldEntry, Retyped, Saved, TEXTS};
use super::{Shape, saving};
use crate::api::profiles::plain;
use crate::api::profiles::posted::Posted;
use crate::context::{Viewer, may, store};
use crate::error::AppError;
use crate::pages::profiles::place::pairs_of;
use crate::routes;
use crate::text::errors as t;

/// The form as it was sent.
#[derive(Debug)]
struct Sent {
    field: FieldId,
    mine: FieldEntry,
    was: FieldEntry,
}

impl Sent {
    /// None where it is no form about a field.
    fn read(body: &str) -> Option<Result<Self, AppError>> {
        let pairs = pairs_of(body);
        let value = |name: &str| {
            let name = format!("form[{name}]");
            pairs.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone())
        };
        if value("what")? != "change_field" {
            return None;
        }
        let field = value("field").and_then(|id| id.parse().ok()).map(FieldId::new);
        let was = value("was").and_then(|json| serde_json::from_str::<FieldEntry>(&json).ok());
        let (Some(field), Some(was)) = (field, was) else { return Some(Err(AppError::refused(t::BAD_REQUEST))) };
        // Of two buttons of which none is pressed nothing is sent.
        let on = |name: &str| value(name).is_some();
        let category = value("category").and_then(|id| id.parse().ok()).map(CategoryId::new).or(was.category);
        let flags = FieldEntry {
            required: on("required"),
            matching: on("matching"),
            profiling: on("profiling"),
            tagging: on("tagging"),
            ..FieldEntry::default()
        };
        let mut mine = FieldEntry { category, ..flags };
        for name in TEXTS {
            // The reader has seen both values and lets theirs stay.
            let theirs = pairs.iter().any(|(other, value)| other.strip_prefix("choose-") == Some(name) && value == "theirs");
            *mine.text_mut(name) = value(name).filter(|_| !theirs).unwrap_or_else(|| was.text(name).to_owned());
        }
        Some(Ok(Self { field, mine, was }))
    }
}

/// The shape of the pool, or what became of the form that was sent to its page.
pub(super) async fn answered(viewer: &Viewer, pool: PoolId, shape: Shape) -> Result<Shape, AppError> {
    let posted = use_context::<Option<Posted>>().flatten();
    let Some(sent) = posted.and_then(|Posted(body)| Sent::read(&body)) else { return Ok(shape) };
    let Sent { field, mine, was } = sent?;
    may(domain::rights::Right::Configure).await?;
    let page = routes::configuration(pool);
    let retyped = match saving::field(viewer, pool, field, &mine, &was).await {
        Ok(Saved::Done(taken)) => {
            plain::to(&format!("{page}?done={}", taken.done.change));
            return Ok(taken.shape);
        }
        Ok(Saved::Same(shape)) => {
            plain::to(&page);
            return Ok(*shape);
        }
        Ok(Saved::Stale(conflict)) => {
            let found = store().pool(viewer.client, pool).await?;
            let mut now = saving::entry(found.field_by_id(field).ok_or(AppError::NotFound)?, viewer);
            // Should it have changed once more: what is shown is what the next answer refers to.
            conflict.fields.iter().for_each(|clash| clash.theirs.clone_into(now.text_mut(&clash.key)));
            Retyped { field, mine: saving::rebased(&mine, &was, &now), was: now, error: None, conflict: Some(*conflict) }
        }
        Err(error) => Retyped { field, mine, was, error: Some(error), conflict: None },
    };
    Ok(Shape { retyped: Some(Box::new(retyped)), ..shape })
}

#[cfg(test)]
mod tests;
