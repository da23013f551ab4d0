//! What the profile list and the panel ask the server: who, what, do.

use domain::id::{FieldId, PoolId, ProfileId};
use domain::layout::ListLayout;
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::error::AppError;

pub mod shapes;
pub mod sheet;

#[cfg(feature = "ssr")]
mod asked;
#[cfg(feature = "ssr")]
mod bin;
#[cfg(feature = "ssr")]
mod bulk;
#[cfg(feature = "ssr")]
mod columns;
#[cfg(feature = "ssr")]
mod entry;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub(crate) mod history;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
pub(crate) mod people;
#[cfg(feature = "ssr")]
pub mod plain;
#[cfg(feature = "ssr")]
pub mod posted;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
mod saving;

use shapes::{BinPage, Bulked, Counted, ListAnswer, ListStart, Person, Refreshed, Undone};
use sheet::{Packed, Place, Reading, Saved, Sheet};

/// Everything for the first picture of a pool's list. `query` is the address behind the question mark.
#[server(prefix = "/api", endpoint = "profiles/start", input = GetUrl, output = Postcard)]
pub async fn start_list(pool: PoolId, query: String) -> Result<ListStart, AppError> {
    asked::Asked::of(pool, &query).await?.start().await
}

/// One page of the list. Rows come without waiting for the number of hits.
#[server(prefix = "/api", endpoint = "profiles/list", input = GetUrl, output = Postcard)]
pub async fn list_profiles(pool: PoolId, query: String) -> Result<ListAnswer, AppError> {
    asked::Asked::of(pool, &query).await?.list().await
}

/// The number of hits.
#[server(prefix = "/api", endpoint = "profiles/count", input = GetUrl, output = Postcard)]
pub async fn count_profiles(pool: PoolId, query: String) -> Result<Counted, AppError> {
    asked::Asked::of(pool, &query).await?.count().await
}

/// The newest people in whom every word occurs, those of the pool at hand first.
#[server(prefix = "/api", endpoint = "profiles/find", input = GetUrl, output = Postcard)]
pub async fn find_people(q: String, near: Option<PoolId>) -> Result<Vec<Person>, AppError> {
    people::find(&q, near).await
}

/// Some rows as they are now; those in the bin are left out.
#[server(prefix = "/api", endpoint = "profiles/refresh", input = Postcard, output = Postcard)]
pub async fn refresh_rows(pool: PoolId, ids: Vec<ProfileId>, query: String) -> Result<Refreshed, AppError> {
    asked::Asked::of(pool, &query).await?.refresh(&ids).await
}

/// One profile with its form and its history, the newest lines or all.
#[server(prefix = "/api", endpoint = "profiles/show", input = GetUrl, output = Postcard)]
pub async fn show_profile(pool: PoolId, id: ProfileId, #[server(default)] whole: bool) -> Result<Packed, AppError> {
    let desk = form::Desk::of(pool, Right::SeeProfiles).await?;
    desk.posted(Some(id), desk.open(id, if whole { form::ALL_LINES } else { form::LINES }).await?).await.map(|sheet| Packed::pack(&sheet))
}

/// The form of a new entry, with the defaults filled in.
#[server(prefix = "/api", endpoint = "profiles/blank", input = GetUrl, output = Postcard)]
pub async fn blank_profile(pool: PoolId) -> Result<Packed, AppError> {
    let desk = form::Desk::of(pool, Right::CreateProfiles).await?;
    desk.posted(None, desk.blank()).await.map(|sheet| Packed::pack(&sheet))
}

/// A profile with the newest lines of its history or all, or the form of a new one.
pub async fn open_sheet(pool: PoolId, id: Option<ProfileId>, whole: bool) -> Result<Sheet, AppError> {
    let packed = match id {
        Some(id) => show_profile(pool, id, whole).await,
        None => blank_profile(pool).await,
    }?;
    packed.open().ok_or(AppError::Transport)
}

/// Why a typed value can't stay; nothing when it can. A check box group sends several values. `country` is what stands
/// in the form as the profile's country.
#[server(prefix = "/api", endpoint = "profiles/check", output = Postcard)]
pub async fn check_value(
    pool: PoolId,
    key: String,
    #[server(default)] typed: Vec<String>,
    #[server(default)] country: String,
) -> Result<Option<String>, AppError> {
    Ok(form::Desk::of(pool, Right::SeeProfiles).await?.check(&key, &typed, &country))
}

/// What a point in time typed into a field comes to; nothing while it is none.
#[server(prefix = "/api", endpoint = "profiles/moment", input = GetUrl, output = Postcard)]
pub async fn read_moment(pool: PoolId, key: String, typed: String) -> Result<Option<Reading>, AppError> {
    Ok(form::Desk::of(pool, Right::SeeProfiles).await?.reading(&key, &typed))
}

/// How postcodes are written and which states there are in a country of the form.
#[server(prefix = "/api", endpoint = "profiles/place", input = GetUrl, output = Postcard)]
pub async fn read_place(pool: PoolId, country: String) -> Result<Place, AppError> {
    Ok(form::Desk::of(pool, Right::SeeProfiles).await?.place(&country))
}

/// Save what was typed. `values` and `was` are JSON objects of field key to typed values: now, and when the form was opened.
#[server(prefix = "/api", endpoint = "profiles/save", output = Postcard)]
pub async fn save_profile(pool: PoolId, id: Option<ProfileId>, revision: i64, values: String, was: String) -> Result<Saved, AppError> {
    let desk = form::Desk::of(pool, if id.is_some() { Right::EditProfiles } else { Right::CreateProfiles }).await?;
    desk.save(id, revision, &saving::typed(&values)?, &saving::typed(&was)?).await
}

/// Set a field to what stood there before a line of the profile's history.
#[server(prefix = "/api", endpoint = "profiles/set_back", output = Postcard)]
pub async fn set_back_value(pool: PoolId, profile: ProfileId, line: i64, key: String) -> Result<Sheet, AppError> {
    let desk = form::Desk::of(pool, Right::EditProfiles).await?;
    let sheet = desk.set_back(profile, line, &key).await?;
    plain::back();
    Ok(sheet)
}

/// Put profiles into the bin: these, or all hits of a list but these.
#[server(prefix = "/api", endpoint = "profiles/delete", output = Postcard)]
pub async fn delete_profiles(
    pool: PoolId,
    #[server(default)] ids: Vec<ProfileId>,
    #[server(default)] all: bool,
    #[server(default)] query: String,
) -> Result<Bulked, AppError> {
    crate::context::may(Right::DeleteProfiles).await?;
    let asked = asked::Asked::of(pool, &query).await?;
    let bulked = bulk::change(&asked, ids, all, domain::bulk::Bulk::Delete).await?;
    plain::after(pool, &query, bulked);
    Ok(bulked)
}

/// Change a field of these profiles, or of all hits of a list but these. `how` is one of [`domain::bulk::How`].
#[server(prefix = "/api", endpoint = "profiles/edit", output = Postcard)]
pub async fn edit_profiles(
    pool: PoolId,
    #[server(default)] ids: Vec<ProfileId>,
    #[server(default)] all: bool,
    #[server(default)] query: String,
    #[server(default)] field: String,
    #[server(default)] how: String,
    #[server(default)] value: String,
) -> Result<Bulked, AppError> {
    crate::context::may(Right::EditProfiles).await?;
    let asked = asked::Asked::of(pool, &query).await?;
    let bulk = bulk::edit(&asked, &field, &how, &[value]).inspect_err(|_| plain::refused(pool, &query))?;
    let bulked = bulk::change(&asked, ids, all, bulk).await?;
    plain::after(pool, &query, bulked);
    Ok(bulked)
}

/// Take back what was done to many profiles in one go; nothing when a job does it.
#[server(prefix = "/api", endpoint = "profiles/undo", output = Postcard)]
pub async fn undo_batch(pool: PoolId, batch: i64) -> Result<Option<Undone>, AppError> {
    let undone = bulk::undo(pool, batch).await?;
    if undone.is_some() {
        plain::to_list(pool)
    } else {
        plain::to(crate::routes::JOBS)
    }
    Ok(undone)
}

/// Take profiles out of the bin: these, or all that a search there finds. How many came back; nothing when a job does it.
#[server(prefix = "/api", endpoint = "profiles/restore", output = Postcard)]
pub async fn restore_profiles(
    pool: PoolId,
    #[server(default)] ids: Vec<ProfileId>,
    #[server(default)] all: bool,
    #[server(default)] q: String,
) -> Result<Option<u64>, AppError> {
    let bin = bin::Bin::of(pool, Right::Restore).await?;
    let n = if all { bin.restore_hits(&q).await? } else { Some(bin.restore(&ids).await?) };
    plain::to(&if n.is_some() { crate::routes::bin(pool) } else { crate::routes::JOBS.to_owned() });
    Ok(n)
}

/// Bring a deleted field back, with its data; gives the change by which it can be undone.
#[server(prefix = "/api", endpoint = "fields/restore", output = Postcard)]
pub async fn restore_field(pool: PoolId, field: FieldId) -> Result<i64, AppError> {
    let change = bin::Bin::of(pool, Right::Configure).await?.restore_field(field).await?;
    plain::to(&crate::routes::bin(pool));
    Ok(change)
}

/// A page of the bin.
#[server(prefix = "/api", endpoint = "profiles/bin", input = GetUrl, output = Postcard)]
pub async fn show_bin(pool: PoolId, #[server(default)] q: String, page: u64) -> Result<BinPage, AppError> {
    bin::Bin::of(pool, Right::Restore).await?.page(&q, page).await
}

/// Remember how the reader has arranged the list.
#[server(prefix = "/api", endpoint = "layouts/save", input = Postcard, output = Postcard)]
pub async fn save_layout(pool: PoolId, layout: ListLayout) -> Result<(), AppError> {
    asked::Asked::of(pool, "").await?.keep(layout).await
}

/// Remember which columns the list has, from the plain form.
#[server(prefix = "/api", endpoint = "layouts/columns", output = Postcard)]
pub async fn save_columns(pool: PoolId, #[server(default)] columns: Vec<String>) -> Result<(), AppError> {
    asked::Asked::of(pool, "").await?.keep_columns(&columns).await?;
    plain::back();
    Ok(())
}
