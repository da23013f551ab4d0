//! `/api/v1`: the same things that people do at the screen, for programs. The description is generated from this code.

mod audit;
mod backups;
mod body;
mod checks;
mod clients;
mod configuration;
mod conversions;
mod docs;
mod export_layouts;
mod exports;
mod fields;
mod how;
mod imports;
mod integration;
mod jobs;
mod layout;
mod mails;
mod mappings;
mod me;
mod members;
mod pools;
mod profiles;
mod restores;
mod roles;
mod schedules;
mod scope;
mod shapes;
mod tokens;
mod uploads;

use axum::{Router, extract::DefaultBodyLimit, routing::any};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use docs::{BearerToken, CommonAnswers};

use crate::{errors::Refusal, state::AppState};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lagune",
        version = "1",
        description = "Pools of customer profiles. Send a token, made on the page *Zugangstoken*, with `lagune token create` or by `POST /tokens`, \
            as `Authorization: Bearer lagune_…`.\n\n\
            Where a path has `{pool}`, the pool's id or its name may stand. Errors are problem documents (RFC 9457) in the language of \
            `Accept-Language` (`de` or `en`); `errors` names each wrong field. Values: dates are texts `YYYY-MM-DD`, times RFC 3339 in UTC, \
            true/false and whole numbers are JSON's own, options are their labels, fixed lists their codes."
    ),
    modifiers(&BearerToken, &CommonAnswers),
    tags(
        (name = "pools", description = "Pools and their fields"),
        (name = "profiles", description = "The people in a pool"),
        (name = "imports", description = "Files into a pool"),
        (name = "exports", description = "A list as a file"),
        (name = "backups", description = "Pools as files, to come back to; for who may restore"),
        (name = "people", description = "Who works for the client, with which role; mails to them. For who manages users"),
        (name = "tokens", description = "Tokens of this interface"),
        (name = "clients", description = "What the client has set for itself; for operators, all clients (Mandanten)"),
        (name = "me", description = "Who is calling, and where they are signed in"),
        (name = "jobs", description = "Work that takes longer than a request"),
        (name = "audit", description = "Who did what to which object, when and from where; for administrators"),
    )
)]
struct Description;

/// Calls that are answered at once.
fn swift_calls() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(pools::list, pools::create))
        .routes(routes!(pools::one, pools::rename, pools::delete))
        .routes(routes!(layout::read, layout::apply))
        .routes(routes!(layout::restore))
        .routes(routes!(fields::list, fields::create))
        .routes(routes!(fields::deleted::list))
        .routes(routes!(fields::deleted::restore))
        .routes(routes!(fields::one, configuration::fields::change_field, configuration::delete_field))
        .routes(routes!(configuration::move_field))
        .routes(routes!(configuration::uses))
        .routes(routes!(configuration::options::add_options))
        .routes(routes!(configuration::options::change_option, configuration::options::delete_option))
        .routes(routes!(configuration::categories, configuration::add_category))
        .routes(routes!(configuration::change_category, configuration::delete_category))
        .routes(routes!(configuration::undo))
        .routes(routes!(integration::json))
        .routes(routes!(integration::csv))
        .routes(routes!(integration::schema))
        .routes(routes!(integration::openapi))
        .routes(routes!(conversions::begin))
        .routes(routes!(conversions::preview))
        .routes(routes!(conversions::one))
        .routes(routes!(conversions::undo))
        .routes(routes!(configuration::merge::merge_options))
        .routes(routes!(profiles::list::list, profiles::write::create))
        .routes(routes!(profiles::list::one, profiles::write::patch, profiles::write::delete))
        .routes(routes!(profiles::many::delete))
        .routes(routes!(profiles::many::edit))
        .routes(routes!(profiles::many::undo))
        .routes(routes!(imports::one))
        .routes(routes!(imports::undo))
        .routes(routes!(checks::again, checks::one))
        .routes(routes!(checks::rows))
        .routes(routes!(checks::corrections, checks::correct))
        .routes(routes!(checks::start))
        .routes(routes!(imports::fetch))
        .routes(routes!(mappings::list, mappings::save))
        .routes(routes!(mappings::one, mappings::rename, mappings::delete))
        .routes(routes!(schedules::list, schedules::create))
        .routes(routes!(schedules::one, schedules::change, schedules::delete))
        .routes(routes!(schedules::run))
        .routes(routes!(schedules::files))
        .routes(routes!(export_layouts::list, export_layouts::save))
        .routes(routes!(export_layouts::delete))
        .routes(routes!(exports::create))
        .routes(routes!(exports::one))
        .routes(routes!(restores::compare))
        .routes(routes!(restores::one))
        .routes(routes!(restores::run))
        .routes(routes!(restores::undo))
        .routes(routes!(backups::list, backups::create))
        .routes(routes!(backups::one, backups::change, backups::delete))
        .routes(routes!(backups::contents))
        .routes(routes!(backups::verify))
        .routes(routes!(jobs::list))
        .routes(routes!(jobs::one))
        .routes(routes!(jobs::cancel))
        .routes(routes!(audit::list))
        .routes(routes!(members::list, members::invite))
        .routes(routes!(members::one, members::change, members::remove))
        .routes(routes!(members::link))
        .routes(routes!(members::reset_factor))
        .routes(routes!(roles::list, roles::create))
        .routes(routes!(roles::one, roles::change, roles::delete))
        .routes(routes!(roles::rights))
        .routes(routes!(tokens::list, tokens::create))
        .routes(routes!(tokens::revoke))
        .routes(routes!(clients::settings, clients::change))
        .routes(routes!(clients::list, clients::create))
        .routes(routes!(mails::list))
        .routes(routes!(mails::again))
        .routes(routes!(me::me))
        .routes(routes!(me::sessions, me::end_all))
        .routes(routes!(me::end))
}

/// Calls that carry files.
fn stream_calls() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(exports::file))
        .routes(routes!(exports::csv))
        .routes(routes!(exports::taken_file))
        .routes(routes!(audit::csv))
        .routes(routes!(audit::ndjson))
        .routes(routes!(imports::create))
        .routes(routes!(imports::refusals))
        .routes(routes!(imports::rejects))
        .merge(uploads::calls())
        .routes(routes!(conversions::failures))
        .routes(routes!(backups::file))
}

/// The description of all calls.
pub(crate) fn description() -> utoipa::openapi::OpenApi {
    let calls = OpenApiRouter::with_openapi(utoipa::openapi::OpenApi::default()).merge(swift_calls()).merge(stream_calls());
    let mut whole = Description::openapi();
    whole.merge(OpenApiRouter::<AppState>::default().nest("/api/v1", calls).into_openapi());
    whole
}

/// Routes that are answered at once, with the page to try them.
pub(crate) fn swift() -> Router<AppState> {
    let calls: Router<AppState> = swift_calls().into();
    let unknown = any(async || Refusal::not_found());
    Router::new().nest("/api/v1", calls).route("/api/v1", unknown.clone()).route("/api/v1/{*rest}", unknown).merge(docs::routes())
}

/// Routes that carry files of any length.
pub(crate) fn streams() -> Router<AppState> {
    let calls: Router<AppState> = stream_calls().into();
    Router::new().nest("/api/v1", calls).layer(DefaultBodyLimit::disable())
}
