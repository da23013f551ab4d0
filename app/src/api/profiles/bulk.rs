//! What happens to a selection, and its way back.

use domain::bulk::{Bulk, How};
use domain::id::{PoolId, ProfileId};
use domain::problem::Problem;
use domain::rights::Right;
use store::profiles::{Asked as Answer, Selection};

use super::asked::Asked;
use super::form::Desk;
use super::shapes::{Batch, Bulked, Undone};
use crate::error::AppError;

/// These profiles, or all hits of the list but these.
pub(super) async fn change(asked: &Asked, ids: Vec<ProfileId>, all: bool, bulk: Bulk) -> Result<Bulked, AppError> {
    let selection = if all { Selection::Query { query: asked.place.query.clone(), except: ids } } else { Selection::Ids(ids) };
    let edited = bulk != Bulk::Delete;
    let answer = asked.store.ask_for_many(&asked.viewer.reach(), &asked.pool, selection, bulk, asked.viewer.wish()).await?;
    Ok(match answer {
        Answer::Done(batch) => Bulked::Done(Batch { id: batch.id, n: batch.n, edited }),
        Answer::Job(_) => Bulked::Job,
    })
}

/// What was typed as the change of a field. A check box group sends several values.
pub(super) fn edit(asked: &Asked, field: &str, how: &str, typed: &[String]) -> Result<Bulk, AppError> {
    let field = asked.pool.field(field).filter(|field| field.writable());
    let field = field.ok_or_else(|| AppError::invalid("field", Problem::Required))?;
    let desk = Desk::at(asked.store.clone(), asked.viewer.clone(), asked.pool.clone());
    let value = desk.parse(field, typed, None).map_err(|problem| AppError::invalid("value", problem))?;
    let edit = How::from_code(how).unwrap_or(How::Set).with(value).ok_or_else(|| AppError::invalid("value", Problem::Required))?;
    Ok(Bulk::Edit { field: field.id, edit })
}

/// Take a batch back; nothing while a job is at it.
pub(super) async fn undo(pool: PoolId, batch: i64) -> Result<Option<Undone>, AppError> {
    let deletes = crate::context::viewer().await?.rights.has(Right::DeleteProfiles);
    let desk = Desk::of(pool, if deletes { Right::DeleteProfiles } else { Right::EditProfiles }).await?;
    Ok(match desk.store.ask_to_undo(&desk.viewer.reach(), &desk.pool, batch, desk.viewer.wish()).await? {
        Answer::Done(undone) => Some(Undone { n: undone.n, kept: undone.kept }),
        Answer::Job(_) => None,
    })
}
