//! `lagune backup` and `lagune restore`: a whole installation as a file.

use std::{
    fs::File,
    io::{IsTerminal as _, Write as _, stderr, stdin, stdout},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use clap::Args;
use domain::{
    audit::{Chain, Deed, Note, Object, ObjectKind},
    history::Actor,
    lang::{Lang, Text, fill, number},
    time::{Zone, show_time},
};
use store::{Store, StoreError, profiles::Wish};

use super::{Failed, language, remark, say};
use crate::{
    backup::{BackupError, Keys},
    clock,
    config::Settings,
    installation::{self, Checked, Fault, Manifest, Summing},
};

#[derive(Args)]
pub(super) struct Backup {
    /// The file to write, a folder for it, or - for stdout; without it lagune-<moment>.tar.zst in the current folder
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write nothing: look whether this backup is as it was written, and say what is in it
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    verify: Option<PathBuf>,
    /// Encrypt it to this public key of age (age1…), or to several
    #[arg(long, value_name = "KEY", conflicts_with = "verify")]
    age_recipient: Vec<String>,
    /// File with the secret key of age that reads it, to look through what is encrypted
    #[arg(long, value_name = "FILE")]
    age_identity: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Restore {
    /// The backup, or - for stdin
    file: PathBuf,
    /// File with the secret key of age to which it was encrypted
    #[arg(long, value_name = "FILE")]
    age_identity: Option<PathBuf>,
}

impl Backup {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let keys = keys(self.age_recipient, self.age_identity).await?;
        if let Some(file) = self.verify {
            let checked = blocking(move || installation::check(&File::open(&file)?, &keys)).await?;
            return say(summary(CHECKED, &checked.manifest, language()));
        }
        let to_stdout = self.output.as_deref() == Some(Path::new("-"));
        if to_stdout && stdout().is_terminal() {
            return Err(Failed::Usage(TERMINAL.get(language()).to_owned()));
        }
        if settings.backups.keys.encrypts() && !keys.encrypts() {
            remark(OPEN.get(language()));
        }
        // Not brought up to date: whoever has just installed a newer version wants the old state before that.
        let store = Store::open(settings.database_url.reveal()).await?;
        note(&store, Deed::InstallationSaved).await?;
        let written = if to_stdout { to_pipe(&store, settings, &keys).await } else { to_file(&store, settings, &keys, self.output).await };
        store.close().await;
        written
    }
}

impl Restore {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let (data_dir, keys) = (settings.data_dir.clone(), keys(Vec::new(), self.age_identity).await?);
        let file = self.file;
        let file = blocking(move || Ok(if file == Path::new("-") { spooled(&data_dir)? } else { File::open(&file)? })).await?;
        let store = Store::open(settings.database_url.reveal()).await?;
        let rows = Arc::new(AtomicU64::new(0));
        let restored = shown(&rows, installation::restore(&store, &settings.data_dir, file, &keys, &rows)).await;
        let restored = match restored {
            Ok(Checked { manifest, .. }) => {
                note(&store, Deed::InstallationRestored).await?;
                say(summary(RESTORED, &manifest, language()))
            }
            Err(fault) => Err(fault.into()),
        };
        store.close().await;
        restored
    }
}

/// The keys that the flags name. Those of the settings are for backups of pools: who reads a whole installation is said each time.
async fn keys(recipients: Vec<String>, identity: Option<PathBuf>) -> Result<Keys, Failed> {
    blocking(move || {
        let public = recipients.join(",");
        Keys::read(&public, "").ok_or(Fault::NoKey("--age-recipient"))?;
        let secret = identity.map(std::fs::read_to_string).transpose()?;
        let keys = Keys::read(&public, secret.as_deref().unwrap_or_default()).ok_or(Fault::NoKey("--age-identity"))?;
        if secret.is_some() && !keys.opens() { Err(Fault::NoKey("--age-identity")) } else { Ok(keys) }
    })
    .await
}

async fn to_pipe(store: &Store, settings: &Settings, keys: &Keys) -> Result<(), Failed> {
    let rows = AtomicU64::new(0);
    let out = keys.seal(stdout()).map_err(unsealed)?;
    let (out, manifest) = shown(&rows, installation::save(store, &settings.data_dir, clock::now(), out, &rows)).await?;
    out.finish()?.flush()?;
    remark(summary(WRITTEN, &manifest, language()));
    Ok(())
}

async fn to_file(store: &Store, settings: &Settings, keys: &Keys, output: Option<PathBuf>) -> Result<(), Failed> {
    let now = clock::now();
    let name = installation::file_name(now, keys.encrypts());
    let path = match output {
        None => PathBuf::from(name),
        Some(folder) if folder.is_dir() => folder.join(name),
        Some(file) => file,
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
    let unusable = |error: std::io::Error| Failed::from(Fault::File(error));
    if path.exists() {
        return Err(Failed::Work(fill(EXISTS.get(language()), &[("file", path.display().to_string().as_str())])));
    }
    let draft = installation::draft(&folder).map_err(unusable)?;
    let out = Summing::new(std::io::BufWriter::new(draft.reopen().map_err(unusable)?));
    let out = keys.seal(out).map_err(unsealed)?;
    let rows = AtomicU64::new(0);
    let (out, manifest) = shown(&rows, installation::save(store, &settings.data_dir, now, out, &rows)).await?;
    let keys = keys.clone();
    let placed = blocking(move || {
        let (out, sum) = out.finish()?.end();
        let file = out.into_inner().map_err(|error| error.into_error())?;
        file.sync_all()?;
        let mut written = File::open(draft.path())?;
        if keys.reads_own() {
            // Read as whoever restores it will.
            installation::check(&written, &keys)?;
        } else {
            let mut again = Summing::new(std::io::sink());
            std::io::copy(&mut written, &mut again)?;
            if again.end().1 != sum {
                return Err(Fault::damaged(path.display().to_string()));
            }
        }
        draft.persist_noclobber(&path).map_err(|error| error.error)?;
        File::open(folder)?.sync_all()?;
        Ok(path)
    });
    let path = placed.await?;
    say(path.display())?;
    remark(summary(WRITTEN, &manifest, language()));
    Ok(())
}

fn unsealed(error: BackupError) -> Failed {
    Fault::File(std::io::Error::other(error)).into()
}

/// The log of the installation says so, if its schema has one.
async fn note(store: &Store, deed: Deed) -> Result<(), Failed> {
    if store.pending_migrations().await? > 0 {
        return Ok(());
    }
    let note = Note::new(deed, Object::new(ObjectKind::Installation, None, ""));
    Ok(store.audit(Chain::Installation, &Wish::of(Actor::CommandLine, clock::now()), note).await?)
}

/// All of stdin, in a file without a name: it is read twice.
fn spooled(data_dir: &Path) -> Result<File, Fault> {
    std::fs::create_dir_all(data_dir)?;
    let mut file = tempfile::tempfile_in(data_dir)?;
    std::io::copy(&mut stdin().lock(), &mut file)?;
    Ok(file)
}

/// Waits for work and tells how far it is, where somebody looks on.
async fn shown<T>(rows: &AtomicU64, work: impl Future<Output = T>) -> T {
    const LOOK: Duration = Duration::from_millis(250);
    tokio::pin!(work);
    if !stderr().is_terminal() {
        return work.await;
    }
    let lang = language();
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            () = tokio::time::sleep(LOOK) => {
                let n = grouped(rows.load(Ordering::Relaxed), lang);
                eprint!("\r{}   ", fill(ROWS.get(lang), &[("n", n.as_str())]));
            }
        }
    };
    eprint!("\r");
    done
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Failed> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| Failed::Work(format!("{error}.")))?;
    Ok(done?)
}

fn summary(text: Text, manifest: &Manifest, lang: Lang) -> String {
    let tables = grouped(manifest.contents.tables.len() as u64, lang);
    let utc: Zone = "UTC".parse().unwrap_or_default();
    let at = format!("{} UTC", show_time(manifest.made_at, lang, &utc));
    let about = [
        ("rows", grouped(manifest.rows(), lang)),
        ("tables", tables),
        ("files", grouped(manifest.files.len() as u64, lang)),
        ("at", at),
        ("version", manifest.product_version.clone()),
        ("schema", manifest.contents.schema.to_string()),
        ("engine", manifest.contents.engine.clone()),
    ];
    fill(text.get(lang), &about.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn grouped(n: u64, lang: Lang) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX), lang)
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        if let Fault::File(error) = &fault
            && error.kind() == std::io::ErrorKind::BrokenPipe
        {
            return Self::Silent;
        }
        match (fault.message(language()), fault) {
            (Some(message), _) => Self::Work(message),
            (None, Fault::Store(error) | Fault::Restore(store::dump::RestoreError::Store(error))) => error.into(),
            (None, _) => StoreError::NotFound.into(),
        }
    }
}

const OPEN: Text = Text::new(
    "Diese Sicherung wird nicht verschlüsselt: LAGUNE_BACKUP_RECIPIENTS gilt für Backups von Pools. Bitte Schlüssel mit --age-recipient nennen.",
    "This backup is not encrypted: LAGUNE_BACKUP_RECIPIENTS is for backups of pools. Please name keys with --age-recipient.",
);
const ROWS: Text = Text::new("{n} Zeilen", "{n} rows");
const TERMINAL: Text = Text::new(
    "Eine Sicherung lässt sich nicht am Bildschirm zeigen. Bitte weiterleiten: lagune backup -o - | …",
    "A backup can't be shown on a screen. Please pass it on: lagune backup -o - | …",
);
const EXISTS: Text = Text::new("Die Datei {file} gibt es schon.", "The file {file} exists already.");
const WRITTEN: Text = Text::new(
    "Gesichert: {rows} Zeilen in {tables} Tabellen, {files} Dateien.",
    "Backed up: {rows} rows in {tables} tables, {files} files.",
);
const CHECKED: Text = Text::new(
    "Unversehrt: {rows} Zeilen in {tables} Tabellen, {files} Dateien; Stand {at}, Lagune {version}, Schema {schema}, {engine}.",
    "Intact: {rows} rows in {tables} tables, {files} files; as of {at}, Lagune {version}, schema {schema}, {engine}.",
);
const RESTORED: Text = Text::new(
    "Eingespielt: {rows} Zeilen in {tables} Tabellen, {files} Dateien; Stand {at}.",
    "Restored: {rows} rows in {tables} tables, {files} files; as of {at}.",
);
