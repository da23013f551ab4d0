//! Files are looked for where a regular import says, and each that is new becomes an import. Begun again after a crash nothing
//! is done twice: a file is noted together with its import before that starts, and one that was noted is started now.

use std::{future::Future, path::PathBuf};

use domain::{
    history::Actor,
    id::ScheduleId,
    job::JobError,
    lang::{Lang, Text},
    pool::Pool,
    rights::Right,
};
use serde_json::json;
use store::{
    StoreError,
    bin::KEPT,
    profiles::Wish,
    schedules::{Schedule, files::NewFile},
};

use super::{Ended, Failure, Work, later};
use crate::{
    clock::now,
    config::Secret,
    errors::Refusal,
    fetch::{FetchError, Who, sftp::Found},
    imports::{self, How},
    random,
    schedules::origin::Origin,
    secrets::Secrets,
    uploads::Upload,
};

/// So many files at once; the others come the next time.
const AT_ONCE: usize = 100;
/// Files that have gone from their place are known for so long, in milliseconds, should they come again.
const KNOWN: i64 = 90 * 24 * 3_600_000;

const INCOMPLETE: Text = Text::new("Der Auftrag ist unvollständig.", "The job is incomplete.");

/// The answer says how many files became imports (`files`).
pub(super) async fn run(work: &Work) -> Result<Ended, Failure> {
    let id = work.job.payload["schedule"].as_i64().map(ScheduleId::new);
    let id = id.ok_or_else(|| Failure::new(INCOMPLETE.into(), StoreError::NotFound))?;
    let (store, client) = (&work.store, work.job.client);
    let schedule = match store.import_schedule(client, id).await {
        // Somebody deleted it meanwhile.
        Err(StoreError::NotFound) => return Ok(Ended::Done(json!({ "files": 0 }))),
        schedule => schedule.map_err(Failure::store)?,
    };
    let mut met = None;
    let looked = match unless_stopped(work, look(work, &schedule, &mut met)).await {
        None => return Ok(Ended::Interrupted),
        Some(looked) => looked,
    };
    let problem = match &looked {
        Err(FetchError::Store(error)) if error.passes() => None,
        Err(error) => Some(JobError::of(|lang| error.message(lang))),
        Ok(_) => None,
    };
    if let Err(error) = store.schedule_ran(client, id, met.as_deref(), problem.as_ref(), now()).await {
        return later(error);
    }
    match looked {
        Ok(n) => Ok(Ended::Done(json!({ "files": n }))),
        Err(FetchError::Store(error)) => later(error),
        Err(error) => Err(Failure::new(problem.unwrap_or_else(|| INCOMPLETE.into()), error)),
    }
}

/// None where the process ends first; files come and go without harm.
async fn unless_stopped<T>(work: &Work, looking: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        () = work.stop.cancelled() => None,
        looked = looking => Some(looked),
    }
}

/// Whoever a regular import belongs to, as they are today.
struct Owner {
    pool: Pool,
    wish: Wish,
    how: How,
}

async fn look(work: &Work, schedule: &Schedule, met: &mut Option<String>) -> Result<usize, FetchError> {
    let owner = owner(work, schedule).await?;
    let (store, client) = (&work.store, work.job.client);
    for import in store.unstarted_imports(client, schedule.id).await? {
        let found = store.import(client, import).await?;
        let upload = Upload { path: found.path.into(), file_name: found.file_name };
        match started(imports::start(store, client, &owner.pool, import, &upload, &owner.wish).await) {
            // The pool has changed since, or the file has gone: nothing will come of it.
            Err(FetchError::Refused(refusal)) if refusal.status().is_client_error() => {
                let why = JobError::of(|lang| refusal.sentence(lang));
                store.schedule_import_failed(client, schedule, import, &why, now()).await?;
            }
            done => done?,
        }
    }
    let fetching = work.place.fetching.signed_in(who(work, schedule).await?);
    let data_dir = &work.place.data_dir;
    let origin = Origin::open((data_dir, client), fetching, &schedule.source, schedule.server_key.clone()).await?;
    *met = origin.met().map(str::to_owned);
    let (mut n, mut wrong) = (0, None);
    for file in origin.list().await? {
        if n >= AT_ONCE {
            break;
        }
        match take(work, schedule, &owner, &origin, &file).await {
            Ok(new) => n += usize::from(new),
            Err(FetchError::Changing) => tracing::info!(job = %work.job.id, "a file is still being written"),
            // What is wrong with one file stops no other.
            Err(error @ (FetchError::TooLarge(_) | FetchError::NoFile(_))) => wrong = wrong.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    wrong.map_or(Ok(n), Err)
}

/// With the rights that they have now; without that to import nothing is.
async fn owner(work: &Work, schedule: &Schedule) -> Result<Owner, FetchError> {
    let (store, client) = (&work.store, work.job.client);
    let rights = store.granted(client, schedule.user).await?.map(|granted| granted.rights).unwrap_or_default();
    if !rights.has(Right::Import) {
        return Err(FetchError::NoRights);
    }
    let pool = store.pool(client, schedule.pool).await?.seen_by(rights);
    let mapping = match schedule.mapping {
        Some(id) => match store.mapping(client, pool.id, id, None).await {
            // Its name is its own; a number might be the name of another one.
            Ok(kept) => Some(kept.name),
            Err(StoreError::NotFound) => return Err(FetchError::NoMapping),
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    let wish = Wish { user: Some(schedule.user), lang: work.lang, ..Wish::of(Actor::User(schedule.user), now()) };
    let how = How { mapping, may_create: rights.has(Right::Configure), ..How::default() };
    Ok(Owner { pool, wish, how })
}

async fn who(work: &Work, schedule: &Schedule) -> Result<Option<Who>, FetchError> {
    let Some(sealed) = work.store.import_secret(work.job.client, schedule.id).await? else { return Ok(None) };
    let secret = Secrets::of(&work.place.data_dir).open(&sealed).map_err(|error| {
        tracing::error!(job = %work.job.id, %error, "the secret of a regular import");
        FetchError::LostSecret
    })?;
    Ok(Some(Who { login: schedule.login.clone(), secret: Secret::new(secret) }))
}

/// Takes a file, unless it was taken before; whether it became an import. One that can't become any is noted with the reason,
/// and not tried again before it changes.
async fn take(work: &Work, schedule: &Schedule, owner: &Owner, origin: &Origin, file: &Found) -> Result<bool, FetchError> {
    let (store, client) = (&work.store, work.job.client);
    let known = store.schedule_file(client, schedule.id, &file.name).await?;
    if known.as_ref().is_some_and(|known| !file.changed.is_empty() && known.changed == file.changed && known.size == file.size) {
        return Ok(false);
    }
    let folder = work.place.data_dir.join("uploads");
    tokio::fs::create_dir_all(&folder).await?;
    let here = Here(Some(folder.join(format!("{}.csv", random::token(18)))));
    let Some(path) = here.0.clone() else { return Ok(false) };
    let taken = origin.take(file, &path).await?;
    if known.is_some_and(|known| known.hash == taken.hash) {
        store.same_schedule_file(client, schedule.id, &file.name, taken.size, &file.changed).await?;
        origin.done(file, now()).await;
        return Ok(false);
    }
    let upload = Upload { path, file_name: file.name.clone() };
    let became = match imports::look_and_note(store, client, owner.wish.user, &owner.pool, &upload, &owner.how).await {
        Ok(import) => imports::fits(store, client, &owner.pool, import, &upload.path).await.map(|()| import),
        Err(refusal) => Err(refusal),
    };
    let became = match became {
        Err(refusal) if !refusal.status().is_client_error() => return Err(FetchError::Refused(Box::new(refusal))),
        became => became.map_err(|refusal| JobError::of(|lang: Lang| refusal.sentence(lang))),
    };
    let import = became.as_ref().ok().copied();
    let (size, changed, hash) = (taken.size, file.changed.clone(), taken.hash);
    let noted = NewFile { name: file.name.clone(), size, changed, hash, became };
    store.note_schedule_file(client, schedule, &noted, now().plus(-KNOWN.max(KEPT)), now()).await?;
    if let Some(import) = import {
        here.keep();
        started(imports::start(store, client, &owner.pool, import, &upload, &owner.wish).await)?;
    }
    origin.done(file, now()).await;
    Ok(import.is_some())
}

/// An import that somebody else has started is started too.
fn started(begun: Result<imports::Begun, Refusal>) -> Result<(), FetchError> {
    match begun {
        Err(refusal) if refusal.status() == axum::http::StatusCode::CONFLICT => Ok(()),
        Err(refusal) => Err(FetchError::Refused(Box::new(refusal))),
        Ok(_) => Ok(()),
    }
}

/// A file on this machine that goes again, unless it is needed.
struct Here(Option<PathBuf>);

impl Here {
    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}
