//! What the paths of calls name, looked up from the caller's client: "not yours" is "not found".

use std::str::FromStr;

use domain::{
    field::FieldDef,
    id::PoolId,
    lang::Lang,
    pool::Pool,
    rights::Right,
    time::Zone,
    value::{DateOrder, ParseContext},
};

use crate::{errors::Refusal, session::Caller, state::AppState};

/// The pool with this id or name, for a caller who may do this.
pub(super) async fn pool(state: &AppState, caller: &Caller, named: &str, right: Right) -> Result<Pool, Refusal> {
    caller.may(right)?;
    if named.contains(char::is_control) {
        return Err(Refusal::not_found());
    }
    let id: PoolId = state.store.find_pool(caller.client, named).await?.ok_or_else(Refusal::not_found)?;
    Ok(caller.pool(&state.store, id).await?)
}

/// The field of a pool with this internal name or id.
pub(super) fn field<'a>(pool: &'a Pool, named: &str) -> Result<&'a FieldDef, Refusal> {
    let by_id = || named.parse().ok().and_then(|id| pool.field_by_id(id));
    pool.field(named).or_else(by_id).ok_or_else(Refusal::not_found)
}

/// An id in a path; what can't be one names nothing.
pub(super) fn id<T: FromStr>(named: &str) -> Result<T, Refusal> {
    named.parse().map_err(|_| Refusal::not_found())
}

/// How programs write values: one way, whatever the language of the messages. Postcodes and states are those of a country.
pub(super) fn reading<'a>(zone: &'a Zone, country_hint: Option<&'a str>) -> ParseContext<'a> {
    ParseContext { lang: Lang::En, zone, date_order: DateOrder::default(), country_hint }
}
