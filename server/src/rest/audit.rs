//! The audit log, for administrators.

use axum::{
    Extension, Json,
    extract::{Query, State},
    http::HeaderValue,
    response::Response,
};
use domain::{
    audit::{AuditQuery, Entry, hex},
    lang::{Lang, Text},
    rights::Right,
    time::utc,
};
use futures::{StreamExt as _, stream};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{profiles::list::Pairs, shapes::Problem};
use crate::{
    audit::{AuditFile, Format},
    downloads,
    errors::{Language, Refusal},
    export::Dialect,
    session::Caller,
    state::AppState,
};

/// Entries of an answer, where nobody says how many.
const USUAL: u32 = 100;
const MOST: u32 = 500;

const NAME: Text = Text::new("Protokoll", "Audit log");

/// Entries of the log, newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct Entries {
    items: Vec<EntryShape>,
    /// Where to go on, as `before`; `null` at the end.
    #[schema(example = 1184)]
    next: Option<i64>,
}

/// What somebody did. The members but `hash`, as canonical JSON (RFC 8785), are what `hash` is the SHA-256 of.
#[derive(Serialize, ToSchema)]
pub(super) struct EntryShape {
    /// Counted from 1 without gaps.
    #[schema(example = 1284)]
    n: i64,
    /// The client whose log it is.
    #[schema(example = 1)]
    client: Option<i64>,
    /// When, in UTC.
    #[schema(example = "2026-11-22T10:30:00.000Z")]
    at: String,
    actor: ActorShape,
    /// What was done.
    #[schema(example = "pool_renamed")]
    deed: String,
    object: ObjectShape,
    from: OriginShape,
    /// How it was, of that which changed.
    #[schema(value_type = Option<Object>, example = json!({"name": "Kunden"}))]
    before: Option<Value>,
    /// How it is.
    #[schema(value_type = Option<Object>, example = json!({"name": "Käufer"}))]
    after: Option<Value>,
    /// The hash of the entry before.
    previous: String,
    hash: String,
}

/// Who did something, with the name of that time.
#[derive(Serialize, ToSchema)]
pub(super) struct ActorShape {
    /// user, api, import, command_line, nobody, system
    #[schema(example = "user")]
    kind: String,
    #[schema(example = 3)]
    id: Option<i64>,
    #[schema(example = "Vera Admin")]
    name: String,
}

/// To what something was done, with the name of that time.
#[derive(Serialize, ToSchema)]
pub(super) struct ObjectShape {
    #[schema(example = "pool")]
    kind: String,
    #[schema(example = 7)]
    id: Option<i64>,
    #[schema(example = "Käufer")]
    name: String,
    /// The pool that it belongs to, or is.
    #[schema(example = 7)]
    pool: Option<i64>,
}

/// From where.
#[derive(Serialize, ToSchema)]
pub(super) struct OriginShape {
    #[schema(example = "203.0.113.7")]
    address: Option<String>,
    /// Tells the sessions of a person apart.
    #[schema(example = "5f1c0a9e")]
    session: Option<String>,
}

impl From<Entry> for EntryShape {
    fn from(entry: Entry) -> Self {
        Self {
            n: entry.n,
            client: entry.chain.client().map(|client| client.get()),
            at: utc(entry.at),
            actor: ActorShape { kind: entry.actor.kind, id: entry.actor.id, name: entry.actor.name },
            deed: entry.deed,
            object: ObjectShape { kind: entry.object.kind, id: entry.object.id, name: entry.object.name, pool: entry.pool },
            from: OriginShape { address: entry.address, session: entry.session },
            before: entry.before,
            after: entry.after,
            previous: hex(&entry.previous),
            hash: hex(&entry.hash),
        }
    }
}

/// Who did what, newest first
///
/// What is unknown in a parameter is passed over.
#[utoipa::path(get, operation_id = "list_audit", path = "/audit", tag = "audit",
    params(
        ("q" = Option<String>, Query, description = "Every word must occur in the names, the deed or the address"),
        ("deed" = Option<String>, Query, description = "What was done", example = "pool_renamed"),
        ("who" = Option<String>, Query, description = "Who did it: `user:3`, `api:5`, `system`, `command_line`, `nobody`", example = "user:3"),
        ("object" = Option<String>, Query, description = "To what; of a pool also to what is in it", example = "pool:7"),
        ("from" = Option<String>, Query, description = "From this day on, in the client's time zone", example = "2026-11-01"),
        ("to" = Option<String>, Query, description = "Up to this day, that included", example = "2026-11-30"),
        ("before" = Option<i64>, Query, description = "Only entries before the one with this number: `next` of the answer before"),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 500; 100 without it"),
    ),
    responses((status = 200, body = Entries), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(State(state): State<AppState>, caller: Caller, Query(pairs): Pairs) -> Result<Json<Entries>, Refusal> {
    caller.may(Right::SeeLog)?;
    let limit = pairs.iter().find(|(name, _)| name == "limit").and_then(|(_, n)| n.trim().parse::<u32>().ok());
    let query = AuditQuery::from_pairs(pairs.into_iter());
    let zone = state.store.zone(caller.client).await?;
    let page = state.store.audit_page(caller.client, &query, &zone, limit.unwrap_or(USUAL).clamp(1, MOST)).await?;
    let next = page.entries.last().filter(|_| page.more).map(|entry| entry.n);
    Ok(Json(Entries { items: page.entries.into_iter().map(EntryShape::from).collect(), next }))
}

/// The log as a table
///
/// Takes the parameters of the list but for the place; oldest first. `dialect=plain` (the default) has commas and codes,
/// `dialect=excel` a byte order mark, semicolons and labels.
#[utoipa::path(get, operation_id = "export_audit_csv", path = "/audit.csv", tag = "audit",
    params(("dialect" = Option<String>, Query, description = "plain or excel"), ("q" = Option<String>, Query, description = "As for the list"),
        ("deed" = Option<String>, Query, description = "As for the list"), ("who" = Option<String>, Query, description = "As for the list"),
        ("object" = Option<String>, Query, description = "As for the list"), ("from" = Option<String>, Query, description = "As for the list"),
        ("to" = Option<String>, Query, description = "As for the list")),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn csv(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Query(pairs): Pairs,
) -> Result<Response, Refusal> {
    let dialect = pairs.iter().find(|(name, _)| name == "dialect").map_or(Dialect::Plain, |(_, name)| Dialect::named(name));
    file(&state, &caller, lang, pairs, Format::Csv(dialect)).await
}

/// The log as lines of JSON
///
/// Takes the parameters of the list but for the place; oldest first. Each line is canonical JSON (RFC 8785); without its `hash`
/// it is what the hash is the SHA-256 of. See docs/audit.md.
#[utoipa::path(get, operation_id = "export_audit_ndjson", path = "/audit.ndjson", tag = "audit",
    params(("q" = Option<String>, Query, description = "As for the list"), ("deed" = Option<String>, Query, description = "As for the list"),
        ("who" = Option<String>, Query, description = "As for the list"), ("object" = Option<String>, Query, description = "As for the list"),
        ("from" = Option<String>, Query, description = "As for the list"), ("to" = Option<String>, Query, description = "As for the list")),
    responses((status = 200, body = String, content_type = "application/x-ndjson"),
        (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn ndjson(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Query(pairs): Pairs,
) -> Result<Response, Refusal> {
    file(&state, &caller, lang, pairs, Format::Lines).await
}

async fn file(
    state: &AppState,
    caller: &Caller,
    accepted: Lang,
    pairs: Vec<(String, String)>,
    format: Format,
) -> Result<Response, Refusal> {
    caller.may(Right::ExportLog)?;
    let lang = caller.session.as_ref().map_or(accepted, |session| session.lang);
    let zone = state.store.zone(caller.client).await?;
    let query = AuditQuery::from_pairs(pairs.into_iter());
    let file = AuditFile { chain: caller.client.into(), query, zone, format, lang };
    file.note(&state.store, &caller.wish(lang)).await?;
    let head = file.head()?;
    let pieces = stream::once(async move { Ok(head) }).chain(file.pieces(&state.store));
    let (ending, kind) = match format {
        Format::Lines => ("ndjson", "application/x-ndjson"),
        Format::Csv(_) => ("csv", "text/csv; charset=utf-8"),
    };
    Ok(downloads::file_of((NAME.get(lang), ending), HeaderValue::from_static(kind), pieces))
}
