//! Layouts of exports that are kept under a name, by the plain forms of the page: the same with and without its script.

use axum::{
    Extension,
    extract::{Path, State},
    response::Redirect,
};
use domain::{
    export::{Columns, Wish},
    id::{ExportLayoutId, PoolId},
    rights::Right,
    text::Name,
};

use crate::{
    errors::{Language, Refusal},
    link::{encode, pairs},
    session::Caller,
    state::AppState,
};

/// `POST /pools/{pool}/export-layouts`: keeps what the form of an export says of fields and form under the name `layout_name`,
/// and goes back there.
///
/// # Errors
/// Not found, or the database's. What is wrong with the form itself, the page says, which keeps all that was chosen.
pub(crate) async fn save(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(pool): Path<PoolId>,
    form: String,
) -> Result<Redirect, Refusal> {
    caller.may(Right::ExportProfiles)?;
    let pool = caller.pool(&state.store, pool).await?;
    let pairs = pairs(&form);
    let typed = pairs.iter().find(|(name, _)| name == "layout_name").map_or("", |(_, value)| value.as_str());
    let mut wish = Wish::from_pairs(&pairs, &Wish::of_screen())?;
    let wrong = |wish: &Wish| Ok(Redirect::to(&page(pool.id, &wish.to_query(), &[("wrong_name", typed)])));
    let Ok(name) = Name::parse(typed) else { return wrong(&wish) };
    // Boxes that were ticked are gone by another name with the list: it is the fields that are kept.
    if let Columns::These(keys) = &mut wish.columns {
        keys.retain(|key| pool.field(key).is_some());
    }
    let id = state.store.save_export_layout(caller.client, pool.id, &name, &wish.layout(), caller.wish(lang)).await?;
    Ok(Redirect::to(&page(pool.id, &wish.which(), &[("layout", &id.to_string()), ("kept", "1")])))
}

/// `POST /pools/{pool}/export-layouts/delete`: removes the layout `id`, and goes back to the page with the rest of the form.
///
/// # Errors
/// Not found, or the database's.
pub(crate) async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(pool): Path<PoolId>,
    form: String,
) -> Result<Redirect, Refusal> {
    caller.may(Right::ExportProfiles)?;
    let pool = caller.pool(&state.store, pool).await?;
    let pairs = pairs(&form);
    let id =
        pairs.iter().find(|(name, _)| name == "id").and_then(|(_, id)| id.parse::<ExportLayoutId>().ok()).ok_or_else(Refusal::not_found)?;
    state.store.delete_export_layout(caller.client, pool.id, id, caller.wish(lang)).await?;
    let wish = Wish::from_pairs(&pairs, &Wish::of_screen())?;
    Ok(Redirect::to(&page(pool.id, &wish.which(), &[])))
}

/// The page of an export with more pairs at the end of its address.
fn page(pool: PoolId, query: &str, more: &[(&str, &str)]) -> String {
    let more = more.iter().map(|(name, value)| format!("{name}={}", encode(value)));
    let query = std::iter::once(query.to_owned()).filter(|query| !query.is_empty()).chain(more).collect::<Vec<_>>().join("&");
    app::routes::export(pool, &query)
}
