//! What pages ask of the server for imports and passwords; the pages know the questions, this the answers.

use std::path::PathBuf;

use app::{
    context::{Answer, Glance, Intake, Passwords},
    error::AppError,
};
use domain::{
    id::{ClientId, ImportId, JobId, PoolId, ScheduleId, UserId},
    import::{Asked, Mapping, Parts, Reading, Rules, Unknown, mappable},
    lang::Lang,
    problem::Problem,
    rights::{Right, Rights},
    schedule::Typed,
};
use store::{Store, profiles::Wish};
use tokio::task::spawn_blocking;

use crate::{
    imports,
    jobs::{self, import::told},
    password, schedules,
    session::Caller,
    state::AppState,
    tabular::{self, TabularError},
    uploads::whole::Wanted,
};

/// Answers out of the database and the data folder.
pub(crate) struct Desk(pub(crate) Store, pub(crate) Option<Fetcher>);

/// Who asks for a file of another server.
#[derive(Clone)]
pub(crate) struct Fetcher {
    pub(crate) state: AppState,
    pub(crate) caller: Caller,
}

impl Intake for Desk {
    fn preview(&self, client: ClientId, import: ImportId, asked: Asked, n_rows: usize) -> Answer<'_, Glance> {
        Box::pin(async move {
            let path = PathBuf::from(self.0.import(client, import).await?.path);
            let looked = spawn_blocking(move || {
                let reading = tabular::resolve(&path, asked)?;
                let preview = tabular::preview(&path, &reading, n_rows)?;
                let n_bytes = std::fs::metadata(&path)?.len();
                Ok::<_, TabularError>(Glance { reading, preview, n_bytes })
            });
            match looked.await {
                Ok(glance) => glance.map_err(|error| refused(&error)),
                Err(_) => Err(AppError::Unavailable),
            }
        })
    }

    fn parts(&self, client: ClientId, import: ImportId, reading: Reading) -> Answer<'_, Parts> {
        Box::pin(async move {
            let path = PathBuf::from(self.0.import(client, import).await?.path);
            match spawn_blocking(move || tabular::parts(&path, &reading)).await {
                Ok(parts) => parts.map_err(|error| refused(&error)),
                Err(_) => Err(AppError::Unavailable),
            }
        })
    }

    fn settle(
        &self,
        client: ClientId,
        rights: Rights,
        import: ImportId,
        reading: Reading,
        mapping: Mapping,
        rules: Rules,
    ) -> Answer<'_, ()> {
        Box::pin(async move {
            let found = self.0.import(client, import).await?;
            let pool = self.0.pool(client, found.pool).await?;
            let pool = pool.seen_by(rights);
            check(&mapping, &rules, |key| mappable(&pool, key))?;
            if rules.unknown == Unknown::Create && !rights.has(Right::Configure) {
                return Err(AppError::invalid("unknown", Problem::BeyondRights));
            }
            if let Err(error) = told::check(&pool, &[], &mapping, &rules, Lang::De) {
                return Err(AppError::Refused { de: error.message(Lang::De), en: error.message(Lang::En) });
            }
            Ok(self.0.correct_import(client, import, &reading, &mapping, &rules).await?)
        })
    }

    fn start(&self, client: ClientId, import: ImportId, wish: Wish) -> Answer<'_, JobId> {
        Box::pin(async move {
            let found = self.0.import(client, import).await?;
            let pool = self.0.pool(client, found.pool).await?;
            let job = imports::job(import, pool.id, &found.file_name, wish.lang, wish.user);
            Ok(self.0.start_import(client, import, job, &wish).await?)
        })
    }

    fn check(&self, client: ClientId, import: ImportId, wish: Wish) -> Answer<'_, JobId> {
        Box::pin(async move {
            let found = self.0.import(client, import).await?;
            Ok(imports::ask_to_check(&self.0, client, &found, &wish).await?)
        })
    }

    fn hosts(&self) -> Vec<String> {
        let hosts = self.1.iter().flat_map(|fetcher| &fetcher.state.settings.import_hosts);
        hosts.map(ToString::to_string).collect()
    }

    fn fetch(&self, pool: PoolId, address: String, lang: Lang) -> Answer<'_, JobId> {
        Box::pin(async move {
            let Some(Fetcher { state, caller }) = &self.1 else { return Err(AppError::NotFound) };
            let wanted = Wanted { review: true, ..Wanted::default() };
            let begun = jobs::fetch::begin(state, caller, pool, &address, wanted, lang).await;
            begun.map_err(|refusal| AppError::Refused { de: refusal.detail(Lang::De), en: refusal.detail(Lang::En) })
        })
    }

    fn inbox(&self, client: ClientId, name: &str) -> String {
        let folder = self.1.iter().map(|fetcher| schedules::inbox(&fetcher.state.settings.data_dir, client, name).display().to_string());
        folder.collect()
    }

    fn save_schedule(&self, pool: PoolId, id: Option<ScheduleId>, typed: Typed, lang: Lang) -> Answer<'_, ScheduleId> {
        Box::pin(async move {
            let Some(Fetcher { state, caller }) = &self.1 else { return Err(AppError::NotFound) };
            schedules::save(state, caller, pool, id, typed, lang).await.map_err(AppError::from)
        })
    }
}

/// Each column goes to a field of the pool, none twice, and the key is among them.
fn check(mapping: &Mapping, rules: &Rules, exists: impl Fn(&str) -> bool) -> Result<(), AppError> {
    let used = mapping.fields();
    for (n, field) in used.iter().enumerate() {
        if !exists(field) {
            return Err(AppError::invalid("columns", Problem::UnknownField { field: field.clone() }));
        }
        if used[..n].contains(field) {
            return Err(AppError::invalid("columns", Problem::Taken));
        }
    }
    if used.is_empty() {
        return Err(AppError::invalid("columns", Problem::Required));
    }
    match rules.key.iter().any(|key| !used.contains(key) && rules.constant(key).is_none()) {
        true => Err(AppError::invalid("key", Problem::MissingKey)),
        false => Ok(()),
    }
}

fn refused(error: &TabularError) -> AppError {
    if let TabularError::Io(inner) = error {
        tracing::error!(error = %inner, "an uploaded file could not be read");
    }
    AppError::Refused { de: error.message(Lang::De), en: error.message(Lang::En) }
}

impl Passwords for Desk {
    fn change(&self, user: UserId, old: String, new: String, wish: Wish) -> Answer<'_, ()> {
        Box::pin(async move {
            let (person, shortest) = (self.0.user(user).await?, self.0.password_length(user).await?);
            let about = password::about(&self.0, &person).await?;
            password::check(&new, shortest, &about).map_err(|problem| AppError::invalid("new", problem))?;
            if !password::is_known(&self.0, &person, old, wish.now).await.map_err(|_| AppError::Unavailable)? {
                return Err(AppError::invalid("old", Problem::WrongPassword));
            }
            let hash = password::hash(new).await.map_err(|_| AppError::Unavailable)?;
            self.0.set_password(user, &hash, wish).await?;
            // Whoever changes a password may fear for it: a link that lies about somewhere opens nothing any more.
            Ok(self.0.forget_links(user).await?)
        })
    }
}
