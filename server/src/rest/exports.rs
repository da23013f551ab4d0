//! A list as a file.

use axum::{
    Extension,
    extract::{Path, Query, State},
    response::Response,
};
use domain::list::ListQuery;
use domain::rights::Right;

use super::{
    profiles::list::{Pairs, chosen},
    scope,
    shapes::Problem,
};
use crate::{
    downloads,
    errors::{Language, Refusal},
    export::{self, Dialect, Export},
    session::Caller,
    state::AppState,
};

/// Profiles as CSV
///
/// Takes the parameters of the list but for the page. `dialect=plain` (the default) has commas and field keys, `dialect=excel` a byte
/// order mark, semicolons and labels. Importing the file again changes nothing, as long as it holds the profile id.
#[utoipa::path(get, operation_id = "export_profiles", path = "/pools/{pool}/export.csv", tag = "exports",
    params(
        ("pool" = String, Path, description = "Id or name"),
        ("dialect" = Option<String>, Query, description = "plain or excel"),
        ("q" = Option<String>, Query, description = "As for the list"),
        ("filter" = Option<Vec<String>>, Query, description = "As for the list"),
        ("sort" = Option<String>, Query, description = "As for the list"),
        ("ids" = Option<String>, Query, description = "Only these profiles, separated by commas", example = "1,2"),
        ("except" = Option<String>, Query, description = "All but these profiles"),
        ("fields" = Option<String>, Query, description = "Columns; all without it", example = "NAME,EMAIL"),
    ),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn csv(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    Query(pairs): Pairs,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::ExportProfiles).await?;
    let fields = chosen(&pool, &pairs)?.into_iter().cloned().collect();
    let dialect = pairs.iter().find(|(name, _)| name == "dialect").map_or(Dialect::Plain, |(_, name)| Dialect::named(name));
    let part = export::part(&pairs);
    let query = ListQuery::from_pairs(pairs.into_iter());
    let name = pool.name.clone();
    let export = Export { reach: caller.reach(), pool, query, part, fields, dialect, lang };
    export.note(&state.store, &caller.wish(lang)).await?;
    Ok(downloads::file(&name, export::csv(state.store.clone(), export)))
}
