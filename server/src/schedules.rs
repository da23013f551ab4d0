//! Regular imports: what somebody says of one, checked against what this installation allows, and the places from which files
//! come ([`origin`]).

use std::path::{Path, PathBuf};

use app::error::{AppError, FieldError};
use domain::{
    id::{ClientId, PoolId, ScheduleId},
    lang::Lang,
    problem::{FieldProblem, Invalid, Problem},
    schedule::{Source, Timing, Typed, Wanted},
};
use store::StoreError;
use tokio::task::spawn_blocking;

use crate::{
    clock::now,
    errors::{Detail, FieldRefusal, Refusal},
    fetch::{FetchError, Fetching, sftp},
    secrets::Secrets,
    session::Caller,
    state::AppState,
};

pub(crate) mod folder;
pub(crate) mod origin;

/// Why a regular import is not saved.
#[derive(Debug)]
pub(crate) enum Unsaved {
    /// What was typed can't stay so.
    Invalid(Invalid),
    /// This installation, or the secret itself, does not allow it.
    Field(&'static str, FetchError),
    /// The database.
    Store(StoreError),
    /// The disk.
    Disk(std::io::Error),
}

impl From<StoreError> for Unsaved {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Unsaved> for Refusal {
    fn from(unsaved: Unsaved) -> Self {
        match unsaved {
            Unsaved::Invalid(invalid) => invalid.into(),
            Unsaved::Field(field, error) => {
                let detail = Detail::made(error.message(Lang::De), error.message(Lang::En));
                Refusal::wrong_fields(vec![FieldRefusal { field: field.to_owned(), code: error.code().to_owned(), detail }])
            }
            Unsaved::Store(error) => error.into(),
            Unsaved::Disk(error) => Refusal::logged(&error),
        }
    }
}

impl From<Unsaved> for AppError {
    fn from(unsaved: Unsaved) -> Self {
        match unsaved {
            Unsaved::Invalid(invalid) => invalid.into(),
            Unsaved::Field(field, error) => {
                let (de, en) = (error.message(Lang::De), error.message(Lang::En));
                AppError::Invalid(vec![FieldError { field: field.to_owned(), de, en, typed: None }])
            }
            Unsaved::Store(error) => error.into(),
            Unsaved::Disk(error) => {
                tracing::error!(%error, "a regular import could not be saved");
                AppError::Unavailable
            }
        }
    }
}

/// The folder into which files of a client are put, for a regular import from a folder of this name.
pub(crate) fn inbox(data_dir: &Path, client: ClientId, name: &str) -> PathBuf {
    let folder = data_dir.join("inbox").join(client.to_string()).join(name);
    // Whoever puts files there wants to know where that is.
    std::path::absolute(&folder).unwrap_or(folder)
}

/// Makes a regular import, or changes one. From a folder, its folder is made.
///
/// # Errors
/// What can't stay so, by the name of its field.
pub(crate) async fn save(
    state: &AppState,
    caller: &Caller,
    pool: PoolId,
    id: Option<ScheduleId>,
    typed: Typed,
    lang: Lang,
) -> Result<ScheduleId, Unsaved> {
    let wanted = typed.read().map_err(Unsaved::Invalid)?;
    let (store, client) = (&state.store, caller.client);
    let was = match id {
        Some(id) => Some(store.import_schedule(client, id).await?),
        None => None,
    };
    let kept = was.as_ref().is_some_and(|was| was.has_secret && was.source.server() == wanted.source.server() && was.login == wanted.login);
    allowed(&Fetching::from(&*state.settings), &wanted, kept)?;
    let (secrets, secret) = (Secrets::of(&state.settings.data_dir), wanted.secret.clone());
    let made = match &wanted.source {
        Source::Folder(name) => Some(inbox(&state.settings.data_dir, client, name)),
        _ => None,
    };
    let sealed = spawn_blocking(move || {
        if let Some(folder) = made {
            std::fs::create_dir_all(folder)?;
        }
        if secret.is_empty() { Ok(None) } else { secrets.seal(&secret).map(Some) }
    });
    let sealed = sealed.await.map_err(|panic| Unsaved::Disk(std::io::Error::other(panic)))?.map_err(Unsaved::Disk)?;
    let zone = store.client_settings(client).await?.zone;
    let next = match wanted.timing {
        // Whoever sets it up waits for the first time.
        Timing::Minutes(_) => now(),
        timing => timing.next(now(), &zone),
    };
    Ok(store.save_schedule(client, pool, id, &wanted, sealed.as_deref(), next, &caller.wish(lang)).await?)
}

/// Whether this installation lets files be fetched from there. `kept`: there is a secret for it already.
fn allowed(fetching: &Fetching, wanted: &Wanted, kept: bool) -> Result<(), Unsaved> {
    let signs_in = !wanted.secret.is_empty() || kept;
    let missing = || Unsaved::Invalid(Invalid { problems: vec![FieldProblem { field: "secret".to_owned(), problem: Problem::Required }] });
    match &wanted.source {
        Source::Folder(_) => Ok(()),
        Source::Web(address) => {
            let address = fetching.address(address).map_err(|error| Unsaved::Field("source", error))?;
            if signs_in && address.scheme() != "https" {
                return Err(Unsaved::Field("secret", FetchError::PlainSecret));
            }
            if !wanted.login.is_empty() && !signs_in { Err(missing()) } else { Ok(()) }
        }
        Source::Sftp(place) => {
            fetching.allows(place).map_err(|error| Unsaved::Field("source", error))?;
            if !signs_in {
                return Err(missing());
            }
            match sftp::is_key(&wanted.secret) {
                true => sftp::key(&wanted.secret).map(drop).map_err(|error| Unsaved::Field("secret", error)),
                false => Ok(()),
            }
        }
    }
}
