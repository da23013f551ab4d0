//! Reading profiles.

use axum::{
    Extension, Json,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::{field::FieldDef, id::ProfileId, list::ListQuery, pool::Pool, profile::Profile, rights::Right};

use crate::{
    errors::{Language, Refusal},
    rest::{
        scope,
        shapes::{Problem, ProfileShape, Profiles},
    },
    session::Caller,
    state::AppState,
};

/// Parameters as they came, repeated ones included.
pub(in crate::rest) type Pairs = Query<Vec<(String, String)>>;

/// Search and list profiles
///
/// Unknown page sizes and sort fields give the nearest valid ones, a page past the end the last one.
#[utoipa::path(get, operation_id = "list_profiles", path = "/pools/{pool}/profiles", tag = "profiles",
    params(
        ("pool" = String, Path, description = "Id or name"),
        ("q" = Option<String>, Query, description = "Every word must occur in one of the searched fields", example = "muller köln"),
        ("in" = Option<String>, Query, description = "Fields to search, separated by commas; else name, first name, e-mail, company", example = "CITY,NAME"),
        ("filter" = Option<Vec<String>>, Query, description = "`FIELD:op:value`, repeatable; op is one of is, is_not, less, greater, contains, empty, filled", example = "COUNTRY:is:DE"),
        ("sort" = Option<String>, Query, description = "Fields separated by commas, `-` for descending; newest first without it", example = "NAME,-ENTRY_DATE"),
        ("page" = Option<u64>, Query, description = "From 1 on"),
        ("page_size" = Option<u64>, Query, description = "10, 25, 30, 50, 100, 250 or 500; 50 without it"),
        ("fields" = Option<String>, Query, description = "Fields of the answer, separated by commas; all filled ones without it", example = "NAME,EMAIL"),
    ),
    responses((status = 200, body = Profiles), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    Query(pairs): Pairs,
) -> Result<Json<Profiles>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::SeeProfiles).await?;
    let fields = chosen(&pool, &pairs)?;
    let query = ListQuery::from_pairs(pairs.into_iter());
    let page = state.store.list(&caller.reach(), &pool, &query, lang).await?;
    let total = match page.total {
        Some(total) => total,
        None => state.store.count(&caller.reach(), &pool, &query, lang).await?,
    };
    let items = page.rows.iter().map(|profile| ProfileShape::of(profile, &fields)).collect();
    Ok(Json(Profiles { items, page: page.page, page_size: page.page_size, total }))
}

/// One profile
#[utoipa::path(get, operation_id = "read_profile", path = "/pools/{pool}/profiles/{profile}", tag = "profiles",
    params(("pool" = String, Path, description = "Id or name"), ("profile" = i64, Path),
        ("fields" = Option<String>, Query, description = "Fields of the answer; all filled ones without it")),
    responses((status = 200, body = ProfileShape, headers(("etag" = String, description = "The revision, for If-Match"))),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Path((named, profile)): Path<(String, String)>,
    Query(pairs): Pairs,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::SeeProfiles).await?;
    let fields = chosen(&pool, &pairs)?;
    let id: ProfileId = scope::id(&profile)?;
    let profile = state.store.profile(&caller.reach(), &pool, id).await?;
    Ok(answer(&profile, &fields))
}

/// One profile with its revision as the entity tag.
pub(super) fn answer(profile: &Profile, fields: &[&FieldDef]) -> Response {
    let tag = format!("\"{}\"", profile.revision);
    ([(header::ETAG, tag)], Json(ProfileShape::of(profile, fields))).into_response()
}

/// The fields named by `fields=`, all without it. A name that the pool doesn't have is a mistake worth telling.
pub(in crate::rest) fn chosen<'a>(pool: &'a Pool, pairs: &[(String, String)]) -> Result<Vec<&'a FieldDef>, Refusal> {
    let Some((_, names)) = pairs.iter().find(|(name, _)| name == "fields").filter(|(_, names)| !names.trim().is_empty()) else {
        return Ok(pool.fields.iter().collect());
    };
    let mut invalid = domain::problem::Invalid::default();
    let mut fields = Vec::new();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match pool.field(&name.to_uppercase()) {
            Some(field) => fields.push(field),
            None => invalid.push("fields", domain::problem::Problem::UnknownField { field: name.to_owned() }),
        }
    }
    Ok(invalid.or(fields)?)
}
