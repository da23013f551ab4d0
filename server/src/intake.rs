//! What pages ask of the server for imports and passwords; the pages know the questions, this the answers.

use std::path::PathBuf;

use app::{
    context::{Answer, Glance, Intake, Passwords},
    error::AppError,
};
use domain::{
    field::FieldKind,
    id::{ClientId, ImportId, JobId, UserId},
    import::{Asked, Mapping, Parts, Reading, importable},
    lang::Lang,
    problem::Problem,
    rights::Rights,
};
use store::{Store, profiles::Wish};
use tokio::task::spawn_blocking;

use crate::{
    imports, password,
    tabular::{self, TabularError},
};

/// Answers out of the database and the data folder.
pub(crate) struct Desk(pub(crate) Store);

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

    fn start(
        &self,
        client: ClientId,
        rights: Rights,
        import: ImportId,
        reading: Reading,
        mapping: Mapping,
        wish: Wish,
    ) -> Answer<'_, JobId> {
        Box::pin(async move {
            let found = self.0.import(client, import).await?;
            let pool = self.0.pool(client, found.pool).await?;
            let pool = pool.seen_by(rights);
            check(&mapping, |key| pool.field(key).is_some_and(|field| importable(field) || field.kind == FieldKind::ProfileId))?;
            self.0.correct_import(client, import, &reading, &mapping).await?;
            let job = imports::job(import, pool.id, &found.file_name, wish.lang, wish.user);
            Ok(self.0.start_import(client, import, job, &wish).await?)
        })
    }
}

/// Each column goes to a field of the pool, none twice, and the key is among them.
fn check(mapping: &Mapping, exists: impl Fn(&str) -> bool) -> Result<(), AppError> {
    let used: Vec<&String> = mapping.columns.iter().flatten().collect();
    for (n, field) in used.iter().enumerate() {
        if !exists(field) {
            return Err(AppError::invalid("columns", Problem::UnknownField { field: (*field).clone() }));
        }
        if used[..n].contains(field) {
            return Err(AppError::invalid("columns", Problem::Taken));
        }
    }
    match &mapping.key {
        _ if used.is_empty() => Err(AppError::invalid("columns", Problem::Required)),
        Some(key) if !used.contains(&key) => Err(AppError::invalid("key", Problem::MissingKey)),
        _ => Ok(()),
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
