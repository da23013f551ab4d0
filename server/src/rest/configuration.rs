//! Reshaping a pool: categories, fields, options, and the way back from each change.

pub(super) mod fields;
pub(super) mod merge;
pub(super) mod options;

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    config::Step,
    field::FieldDef,
    id::{CategoryId, FieldId, OptionId},
    pool::Pool,
    rights::Right,
    text::Name,
};
use store::profiles::Wish;

use super::{
    body::Body,
    scope,
    shapes::{Categories, CategoryInput, CategoryPatch, CategoryShape, ChangeShape, PlaceInput, Problem, UseShape, Uses},
};
use crate::{
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// What every call about a pool's make-up begins with.
struct Site {
    pool: Pool,
    wish: Wish,
}

impl Site {
    async fn of(state: &AppState, caller: &Caller, named: &str, Language(lang): Language) -> Result<Self, Refusal> {
        let pool = scope::pool(state, caller, named, Right::Configure).await?;
        Ok(Self { pool, wish: caller.wish(lang) })
    }

    /// A field by its id or internal name.
    fn field(&self, named: &str) -> Result<&FieldDef, Refusal> {
        scope::field(&self.pool, named)
    }

    async fn take(&self, state: &AppState, caller: &Caller, step: Step) -> Result<ChangeShape, Refusal> {
        Ok(state.store.configure(caller.client, self.pool.id, &step, &self.wish).await?.into())
    }
}

/// The option of a field with this label, or else with this id.
fn named_option(field: &FieldDef, named: &str) -> Result<OptionId, Refusal> {
    let by_label = field.options.iter().find(|option| option.label == named).map(|option| option.id);
    by_label.or_else(|| named.parse().ok().filter(|id| field.option(*id).is_some())).ok_or_else(Refusal::not_found)
}

/// The categories of a pool, in their order
#[utoipa::path(get, operation_id = "list_categories", path = "/pools/{pool}/categories", tag = "pools", params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = Categories), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn categories(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
) -> Result<Json<Categories>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::SeePools).await?;
    Ok(Json(Categories { items: pool.categories.iter().map(|category| CategoryShape::of(category, &pool, lang)).collect() }))
}

/// Add a category
#[utoipa::path(post, operation_id = "create_category", path = "/pools/{pool}/categories", tag = "pools", request_body = CategoryInput, params(("pool" = String, Path, description = "Id or name")),
    responses((status = 201, body = ChangeShape), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn add_category(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let site = Site::of(&state, &caller, &named, language).await?;
    let name = body.parsed("name", Name::parse);
    let before = body.number("before").map(CategoryId::new);
    body.end()?;
    let name = name.ok_or_else(Refusal::internal)?.to_string();
    let change = site.take(&state, &caller, Step::AddCategory { name, before }).await?;
    Ok((StatusCode::CREATED, Json(change)).into_response())
}

/// Rename or move a category
///
/// `before` is the id of its right neighbour, `null` puts it at the end; left out, it stays where it is.
#[utoipa::path(patch, operation_id = "change_category", path = "/pools/{pool}/categories/{category}", tag = "pools", request_body = CategoryPatch,
    params(("pool" = String, Path, description = "Id or name"), ("category" = i64, Path)),
    responses((status = 200, body = ChangeShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn change_category(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, category)): Path<(String, String)>,
    mut body: Body,
) -> Result<Json<ChangeShape>, Refusal> {
    let site = Site::of(&state, &caller, &named, language).await?;
    let category = scope::id(&category).map(CategoryId::new)?;
    let name = body.text("name");
    let place = place(&mut body);
    body.end()?;
    let rename = name.map(|name| Step::RenameCategory { category, name });
    let step = place.map(|before| Step::MoveCategory { category, before: before.map(CategoryId::new) });
    Ok(Json(site.take(&state, &caller, together(rename.into_iter().chain(step).collect())).await?))
}

/// Delete a category; its fields fall to the unassigned ones
#[utoipa::path(delete, operation_id = "delete_category", path = "/pools/{pool}/categories/{category}", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("category" = i64, Path)),
    responses((status = 200, body = ChangeShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_category(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, category)): Path<(String, String)>,
) -> Result<Json<ChangeShape>, Refusal> {
    let site = Site::of(&state, &caller, &named, language).await?;
    let step = Step::DeleteCategory { category: CategoryId::new(scope::id(&category)?) };
    Ok(Json(site.take(&state, &caller, step).await?))
}

/// File a field elsewhere
///
/// `category` is where (left out: where it is), `before` the id of its right neighbour there (left out or `null`: the last one).
#[utoipa::path(post, operation_id = "move_field", path = "/pools/{pool}/fields/{field}/move", tag = "pools", request_body = PlaceInput,
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Id or internal name")),
    responses((status = 200, body = ChangeShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn move_field(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, field)): Path<(String, String)>,
    mut body: Body,
) -> Result<Json<ChangeShape>, Refusal> {
    let site = Site::of(&state, &caller, &named, language).await?;
    let (field, now) = site.field(&field).map(|field| (field.id, field.category))?;
    let category = body.number("category").map_or(now, CategoryId::new);
    let before = body.number("before").map(FieldId::new);
    body.end()?;
    Ok(Json(site.take(&state, &caller, Step::MoveField { field, category, before }).await?))
}

/// Delete a field that nothing uses; its data are kept for 14 days
#[utoipa::path(delete, operation_id = "delete_field", path = "/pools/{pool}/fields/{field}", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Id or internal name")),
    responses((status = 200, body = ChangeShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_field(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, field)): Path<(String, String)>,
) -> Result<Json<ChangeShape>, Refusal> {
    let site = Site::of(&state, &caller, &named, language).await?;
    let field = site.field(&field)?.id;
    Ok(Json(site.take(&state, &caller, Step::DeleteField { field }).await?))
}

/// What uses a field
#[utoipa::path(get, operation_id = "field_uses", path = "/pools/{pool}/fields/{field}/uses", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Id or internal name")),
    responses((status = 200, body = Uses), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn uses(
    State(state): State<AppState>,
    caller: Caller,
    Path((named, field)): Path<(String, String)>,
) -> Result<Json<Uses>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::SeePools).await?;
    let key = &scope::field(&pool, &field)?.key;
    let uses = state.store.uses(caller.client, pool.id).await?.remove(key).unwrap_or_default();
    Ok(Json(Uses { items: uses.into_iter().map(UseShape::from).collect() }))
}

/// Take a change back
///
/// The answer names the change that this was: taking that one back does it again.
#[utoipa::path(post, operation_id = "undo_change", path = "/pools/{pool}/changes/{change}/undo", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("change" = i64, Path)),
    responses((status = 200, body = ChangeShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn undo(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, change)): Path<(String, String)>,
) -> Result<Json<ChangeShape>, Refusal> {
    let site = Site::of(&state, &caller, &named, language).await?;
    let done = state.store.undo_change(caller.client, site.pool.id, scope::id(&change)?, &site.wish).await?;
    Ok(Json(done.into()))
}

/// `before`: a number, `null` for the end, left out for "stays".
fn place(body: &mut Body) -> Option<Option<i64>> {
    if !body.has("before") {
        return None;
    }
    Some(body.number("before"))
}

/// Several steps of one call are one change.
fn together(mut steps: Vec<Step>) -> Step {
    match steps.len() {
        1 => steps.remove(0),
        _ => Step::All(steps),
    }
}
