//! Files that arrive in parts: whose each is, how much of it has arrived, and what became of it.

use domain::id::{ClientId, ImportId, JobId, PoolId, UserId};
use domain::time::Millis;

use crate::Store;
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::search::candidates::signed;
use crate::statement::Statement;

/// A file that somebody is about to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUpload {
    /// A random word that nobody guesses.
    pub id: String,
    /// Where its profiles shall go.
    pub pool: PoolId,
    /// Who sends it.
    pub user: UserId,
    /// Its size in bytes.
    pub length: u64,
    /// What was sent about it, word for word.
    pub metadata: String,
    /// What shall become of it, as JSON.
    pub how: String,
    /// Until when a part is waited for.
    pub expires_at: Millis,
}

/// A file of which some may have arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its random word.
    pub id: String,
    /// Where its profiles shall go.
    pub pool: PoolId,
    /// Its size in bytes.
    pub length: u64,
    /// So many bytes of it are on the disk.
    pub received: u64,
    /// What was sent about it, word for word.
    pub metadata: String,
    /// What shall become of it, as JSON.
    pub how: String,
    /// What was made of it.
    pub import: Option<ImportId>,
    /// Until when a part is waited for.
    pub expires_at: Millis,
}

impl Store {
    /// Notes a file of which nothing has arrived.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn create_upload(&self, client: ClientId, new: NewUpload) -> Result<()> {
        const SQL: &str = "insert into uploads (id, client_id, pool_id, user_id, length, received, metadata, how, expires_at)
            select $3, client_id, id, $4, $5, 0, $6, $7, $8 from pools where client_id = $1 and id = $2 and deleted_at is null";
        let statement = Statement::new(SQL)
            .arg(client)
            .arg(new.pool)
            .arg(new.id)
            .arg(new.user)
            .arg(signed(new.length))
            .arg(new.metadata)
            .arg(new.how)
            .arg(new.expires_at);
        if self.db().run(statement).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// A file that this person sends to this pool.
    ///
    /// # Errors
    /// `NotFound`, also when it has expired.
    pub async fn upload(&self, client: ClientId, user: UserId, pool: PoolId, id: &str, now: Millis) -> Result<Upload> {
        const SQL: &str = "select id, pool_id, length, received, metadata, how, import_id, expires_at from uploads
            where client_id = $1 and user_id = $2 and pool_id = $3 and id = $4 and expires_at > $5";
        let statement = Statement::new(SQL).arg(client).arg(user).arg(pool).arg(id).arg(now);
        read(&self.db().row(statement).await?.ok_or(StoreError::NotFound)?)
    }

    /// Notes how much of a file is on the disk; until `expires_at` more is waited for.
    ///
    /// # Errors
    /// `NotFound` when it has gone meanwhile.
    pub async fn keep_upload(&self, client: ClientId, id: &str, received: u64, expires_at: Millis) -> Result<()> {
        const SQL: &str = "update uploads set received = $3, expires_at = $4 where client_id = $1 and id = $2";
        let statement = Statement::new(SQL).arg(client).arg(id).arg(signed(received)).arg(expires_at);
        if self.db().run(statement).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Notes how long a file is, once that is known, and what is said about it.
    ///
    /// # Errors
    /// `NotFound` when it has gone meanwhile.
    pub async fn note_upload(&self, client: ClientId, id: &str, length: u64, metadata: &str) -> Result<()> {
        const SQL: &str = "update uploads set length = $3, metadata = $4 where client_id = $1 and id = $2";
        let statement = Statement::new(SQL).arg(client).arg(id).arg(signed(length)).arg(metadata);
        if self.db().run(statement).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Notes what was made of a file. From here on the file is the import's.
    ///
    /// # Errors
    /// `NotFound` when it has gone meanwhile.
    pub async fn upload_became(&self, client: ClientId, id: &str, import: ImportId) -> Result<()> {
        const SQL: &str = "update uploads set import_id = $3 where client_id = $1 and id = $2";
        if self.db().run(Statement::new(SQL).arg(client).arg(id).arg(import)).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Forgets a file; an import that was made of it stays. The file itself is the caller's to remove.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn forget_upload(&self, client: ClientId, id: &str) -> Result<()> {
        self.db().run(Statement::new("delete from uploads where client_id = $1 and id = $2").arg(client).arg(id)).await?;
        Ok(())
    }

    /// The files, of all clients, of which nothing more is waited for.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn expired_uploads(&self, now: Millis) -> Result<Vec<(ClientId, Upload)>> {
        const SQL: &str = "select id, pool_id, length, received, metadata, how, import_id, expires_at, client_id from uploads
            where expires_at <= $1 order by id";
        let rows = self.db().rows(Statement::new(SQL).arg(now)).await?;
        rows.iter().map(|row| Ok((ClientId::new(row.int(8)?), read(row)?))).collect()
    }

    /// The job that carries out an import, if it was started.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn import_job(&self, client: ClientId, import: ImportId) -> Result<Option<JobId>> {
        let its = dialect::json_number(self.engine(), "payload", "import");
        let sql = format!("select id from jobs where client_id = $1 and kind = 'import' and {its} = $2 order by id desc limit 1");
        let row = self.db().row(Statement::new(sql).arg(client).arg(import)).await?;
        row.map(|row| row.int(0).map(JobId::new)).transpose()
    }
}

fn read(row: &Row) -> Result<Upload> {
    let size = |column| row.int(column).map(|n| u64::try_from(n).unwrap_or(0));
    Ok(Upload {
        id: row.text(0)?,
        pool: PoolId::new(row.int(1)?),
        length: size(2)?,
        received: size(3)?,
        metadata: row.text(4)?,
        how: row.text(5)?,
        import: row.opt_int(6)?.map(ImportId::new),
        expires_at: Millis::new(row.int(7)?),
    })
}
