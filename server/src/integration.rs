//! What programs need to know of a pool, as files: its fields, the schema of its profiles, its own description.

use axum::{
    Extension,
    extract::{FromRequestParts, Path, State},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{export::harmless, id::PoolId, integration, lang::Lang, pool::Pool, rights::Right};

use crate::{
    downloads,
    errors::{Language, Refusal},
    export::Dialect,
    session::Caller,
    state::AppState,
};

/// The address that people use, for what they copy: as set, else as this request found it.
pub(crate) struct Server(pub(crate) String);

impl Server {
    /// The address for a request.
    pub(crate) fn of(state: &AppState, headers: &axum::http::HeaderMap) -> Self {
        let asked = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        // It becomes part of texts that are pasted into a shell.
        let host = asked.filter(|host| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte)));
        let found = || format!("http://{}", host.map_or_else(|| state.settings.listen.to_string(), str::to_owned));
        Self(state.settings.public_url.clone().unwrap_or_else(found))
    }
}

impl FromRequestParts<AppState> for Server {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        Ok(Self::of(state, &parts.headers))
    }
}

/// One of the files.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Json,
    Csv(Dialect),
    Schema,
    OpenApi,
}

impl Kind {
    /// The file as an answer.
    pub(crate) fn of(self, pool: &Pool, server: &Server, lang: Lang) -> Result<Response, Refusal> {
        let (kind, bytes) = match self {
            Self::Json => ("application/json", pretty(&integration::fields(pool, lang))?),
            Self::Csv(dialect) => ("text/csv; charset=utf-8", table(pool, dialect, lang)?),
            Self::Schema => ("application/schema+json", pretty(&integration::schema(pool, &server.0, lang))?),
            Self::OpenApi => ("application/json", pretty(&integration::openapi(pool, &server.0, lang))?),
        };
        Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response())
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv(_) => "csv",
            Self::Schema => "schema.json",
            Self::OpenApi => "openapi.json",
        }
    }
}

/// For people too: they open these files.
fn pretty(json: &impl serde::Serialize) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec_pretty(json).map_err(|error| Refusal::logged(&error))
}

fn table(pool: &Pool, dialect: Dialect, lang: Lang) -> Result<Vec<u8>, Refusal> {
    let unwritable = |error: csv::Error| Refusal::logged(&error);
    let mut writer = dialect.writer();
    let heading = |heading: integration::Heading| match dialect {
        Dialect::Plain => heading.code,
        Dialect::Excel => heading.label.get(lang),
    };
    writer.write_record(integration::FieldList::HEADINGS.map(heading)).map_err(unwritable)?;
    for row in integration::fields(pool, lang).rows() {
        writer.write_record(row.each_ref().map(|cell| harmless(cell).into_owned())).map_err(unwritable)?;
    }
    let bytes = writer.into_inner().map_err(|error| Refusal::logged(error.error()))?;
    Ok([dialect.mark(), &bytes].concat())
}

/// `/pools/{pool}/integration.json`, `.csv` (for Excel), `.schema.json`, `.openapi.json`: to take away.
async fn download(kind: Kind, state: AppState, caller: Caller, accepted: Lang, pool: PoolId, server: Server) -> Result<Response, Refusal> {
    caller.may(Right::SeePools)?;
    let lang = caller.session.as_ref().map_or(accepted, |session| session.lang);
    let pool = state.store.pool(caller.client, pool).await?;
    let mut file = kind.of(&pool, &server, lang)?;
    if let Some(disposition) = downloads::attachment(&pool.name, kind.ending()) {
        file.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(file)
}

/// A handler for each file.
macro_rules! downloads {
    ($($name:ident => $kind:expr;)+) => {$(
        /// # Errors
        /// Not found, or the database's.
        pub(crate) async fn $name(
            State(state): State<AppState>,
            caller: Caller,
            Extension(Language(accepted)): Extension<Language>,
            Path(pool): Path<PoolId>,
            server: Server,
        ) -> Result<Response, Refusal> {
            download($kind, state, caller, accepted, pool, server).await
        }
    )+};
}

downloads! {
    json => Kind::Json;
    csv => Kind::Csv(Dialect::Excel);
    schema => Kind::Schema;
    openapi => Kind::OpenApi;
}
