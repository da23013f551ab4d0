//! `lagune import`: as if the file had been uploaded, and waits. Stopped with Ctrl-C it goes on where it was as soon as a worker runs.

use std::{
    io::{IsTerminal as _, stderr},
    path::PathBuf,
    time::Duration,
};

use clap::Args;
use domain::{
    history::Actor,
    id::ClientId,
    import::{Fate, ImportCounts},
    job::{Job, JobState},
    lang::{Lang, Text, fill, number},
};
use store::{Store, profiles::Wish};
use tokio_util::sync::CancellationToken;

mod file;

use super::{Failed, language, open, remark, say, scope};
use crate::{
    backup::Place,
    clock,
    config::Settings,
    imports::{self, Asked, Begun, How},
    serve::asked_to_end,
    uploads::Upload,
    worker,
};

#[derive(Args)]
pub(super) struct Import {
    /// Name or id of the pool
    #[arg(long)]
    pool: String,
    /// The file: CSV, XLSX, XLS, ODS, HTML, JSON, NDJSON, vCard or XML, also as ZIP or GZIP; or its address (https://…) at a
    /// server of the setting import_hosts
    file: PathBuf,
    /// Find existing profiles by this field, or by several with commas between; none: every row makes a new profile
    #[arg(long, value_name = "FIELD")]
    key: Option<String>,
    /// Make new profiles, change existing ones, or do both: create, update, both
    #[arg(long, value_name = "RULE")]
    existing: Option<String>,
    /// How much of a row counts: merge (filled cells), replace (all columns)
    #[arg(long, value_name = "RULE")]
    filled: Option<String>,
    /// What an empty cell says: keep, clear, default
    #[arg(long, value_name = "RULE")]
    empty: Option<String>,
    /// What options of multi-selections do to those there: add, replace, remove
    #[arg(long, value_name = "RULE")]
    sets: Option<String>,
    /// What becomes of an option that the field doesn't have: refuse (its row), skip, create
    #[arg(long, value_name = "RULE")]
    unknown: Option<String>,
    /// Which of several rows with the same key counts: first, last, merge
    #[arg(long, value_name = "RULE")]
    duplicates: Option<String>,
    /// Have a column, by its heading or number from 1, go to a field; may be repeated. Name=split:name:FIRSTNAME,NAME splits it (by
    /// name, street or town, or by a text: split:text:CITY,STATE:/), join:STREET joins all that say so with a space between, and
    /// join:STREET:, with another text
    #[arg(long = "column", value_name = "HEADING=FIELD", value_parser = pair)]
    columns: Vec<(String, String)>,
    /// Give a field the same value in all rows; may be repeated
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = pair)]
    constants: Vec<(String, String)>,
    /// Let permissions rise, and say where the consent was given
    #[arg(long, value_name = "SOURCE")]
    raise_consent: Option<String>,
    /// Ask the DNS whether the domains of e-mail addresses take mail, and refuse rows where it says no
    #[arg(long)]
    dns: bool,
    /// Which file of an archive, by its name or its number from 1
    #[arg(long, value_name = "NAME")]
    member: Option<String>,
    /// Which sheet, table or list, by its name or its number from 1
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The row with the headings, from 1; 0 where there are none
    #[arg(long, value_name = "ROW")]
    header_row: Option<u32>,
    /// A saved mapping, by its name or id: columns go where it says, and its rules hold
    #[arg(long, value_name = "NAME")]
    mapping: Option<String>,
    /// Write refused and skipped rows with their reasons to this file, in the format of the one that is imported; it must not exist
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Only say what would come of it, and change nothing
    #[arg(long)]
    check: bool,
    /// Print the counts as JSON
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failed> {
        let store = open(&settings).await?;
        let client = scope::client(&store).await?;
        let pool = scope::pool(&store, client, &self.pool).await?;
        let lang = language();
        file::is_free(self.rejects.as_deref())?;
        let upload = match self.file.to_str().filter(|file| file.starts_with("https://") || file.starts_with("http://")) {
            Some(address) => file::fetch(address, &settings, lang).await?,
            None => file::copy(&self.file, &settings.data_dir).await?,
        };
        let wish = Wish { lang, ..Wish::of(Actor::CommandLine, clock::now()) };
        let asked = Asked {
            key: self.key,
            existing: self.existing,
            filled: self.filled,
            sets: self.sets,
            empty: self.empty,
            unknown: self.unknown,
            duplicates: self.duplicates,
            columns: self.columns,
            constants: self.constants,
            source: self.raise_consent,
            dns: self.dns.then_some(true),
        };
        let mapping = self.mapping;
        let how = How { asked, file: self.member, sheet: self.sheet, header_row: self.header_row, mapping, may_create: true };
        let begun = match self.check {
            true => imports::begin_check(&store, client, &pool, &upload, &how, &wish).await,
            false => imports::begin(&store, client, &pool, &upload, &how, &wish).await,
        };
        let begun = begun.map_err(|refusal| Failed::Work(refusal.sentence(lang)))?;

        let stop = CancellationToken::new();
        tokio::spawn({
            let stop = stop.clone();
            async move {
                asked_to_end().await;
                stop.cancel();
            }
        });
        let job = wait(&store, client, Place::from(&settings), begun, &stop).await?;
        let counts = if self.check {
            checked(&store, client, begun, &upload, lang).await?
        } else {
            store.import(client, begun.import).await?.counts
        };
        if let Some(to) = &self.rejects {
            file::hand_over(&store, client, begun, &settings.data_dir, to).await?;
        }
        store.close().await;
        let reason = job.error.as_ref().map(|error| error.get(lang));
        let say_of = |text: Text| fill(text.get(lang), &[("counts", &as_text(&counts, lang)), ("reason", reason.unwrap_or("–"))]);
        match job.state {
            JobState::Done => say(if self.json { as_json(&counts) } else { as_text(&counts, lang) }),
            JobState::Cancelled => Err(Failed::Work(say_of(CANCELLED))),
            JobState::Failed => Err(Failed::Work(say_of(FAILED))),
            JobState::Waiting | JobState::Running if reason.is_some() => Err(Failed::Work(say_of(WAITS))),
            JobState::Waiting | JobState::Running => Err(Failed::Work(say_of(INTERRUPTED))),
        }
    }
}

/// What a check has found; the rows that are refused go to stderr, and nothing of it stays.
async fn checked(store: &Store, client: ClientId, begun: Begun, upload: &Upload, lang: Lang) -> Result<ImportCounts, Failed> {
    const REFUSED: Text = Text::new("Zeile {row}, {column}: {reason} ({value})", "Row {row}, {column}: {reason} ({value})");
    let counts = store.check_of(client, begun.import).await?.map(|found| found.counts).unwrap_or_default();
    for line in store.check_rows(client, begun.import, Fate::Refused, (0, 0), N_NAMED).await? {
        let Some(problem) = line.problem else { continue };
        let (row, reason) = (line.row.to_string(), problem.reason.message(lang));
        let pairs = [("row", row.as_str()), ("column", &problem.column), ("reason", &reason), ("value", &problem.value)];
        remark(format_args!("{}", fill(REFUSED.get(lang), &pairs)));
    }
    store.forget_check(client, begun.import).await?;
    let _ = tokio::fs::remove_file(&upload.path).await;
    Ok(counts)
}

/// So many refused cells are named.
const N_NAMED: u32 = 20;

/// Two words with `=` between.
fn pair(typed: &str) -> Result<(String, String), String> {
    typed.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())).ok_or_else(|| "expected NAME=VALUE".to_owned())
}

const CANCELLED: Text = Text::new("Der Import wurde abgebrochen. Bis dahin: {counts}", "The import was cancelled. So far: {counts}");
const FAILED: Text = Text::new("Der Import ist fehlgeschlagen: {reason}", "The import failed: {reason}");
const WAITS: Text = Text::new(
    "{reason} Dazu muss `lagune serve` oder `lagune worker` laufen. Bis jetzt: {counts}",
    "{reason} For this `lagune serve` or `lagune worker` must run. So far: {counts}",
);
const INTERRUPTED: Text = Text::new(
    "Unterbrochen; der Import geht mit dem nächsten `lagune serve` oder `lagune worker` weiter.",
    "Interrupted; the import goes on with the next `lagune serve` or `lagune worker`.",
);

/// Runs the job here; if a worker of another process was quicker, watches that one.
async fn wait(store: &Store, client: ClientId, place: Place, begun: Begun, stop: &CancellationToken) -> Result<Job, Failed> {
    const LOOK: Duration = Duration::from_millis(250);
    let done = CancellationToken::new();
    let progress = tokio::spawn(show_progress(store.clone(), client, begun, done.clone()));
    let ran = worker::run_job(store, place, begun.job, stop).await;
    let mut job = store.job(client, begun.job).await?;
    // What this process had to leave, another will take up later.
    let left = |job: &Job| job.state == JobState::Waiting && job.error.is_some();
    while ran.is_ok() && !job.state.ended() && !left(&job) && !stop.is_cancelled() {
        tokio::time::sleep(LOOK).await;
        job = store.job(client, begun.job).await?;
    }
    done.cancel();
    let _ = progress.await;
    ran?;
    Ok(job)
}

/// A line on stderr that tells how far it is: rewritten at a terminal, once a while elsewhere.
async fn show_progress(store: Store, client: ClientId, begun: Begun, done: CancellationToken) {
    let (lang, at_terminal) = (language(), stderr().is_terminal());
    let pause = if at_terminal { Duration::from_millis(250) } else { Duration::from_secs(5) };
    loop {
        tokio::select! {
            () = done.cancelled() => break,
            () = tokio::time::sleep(pause) => {}
        }
        let Ok(job) = store.job(client, begun.job).await else { continue };
        let percent = job.progress.percent().map_or(String::new(), |percent| format!(" ({percent} %)"));
        if at_terminal {
            eprint!("\r{} done{percent}   ", grouped(job.progress.done, lang));
        } else {
            remark(format_args!("{} done{percent}", grouped(job.progress.done, lang)));
        }
    }
    if at_terminal {
        eprint!("\r");
    }
}

/// In the order in which people read them, which `serde_json` would sort.
fn as_json(counts: &ImportCounts) -> String {
    let ImportCounts { rows, created, updated, unchanged, refused, skipped } = counts;
    format!(r#"{{"rows":{rows},"created":{created},"updated":{updated},"unchanged":{unchanged},"refused":{refused},"skipped":{skipped}}}"#)
}

fn as_text(counts: &ImportCounts, lang: Lang) -> String {
    const COUNTS: Text = Text::new(
        "{rows} Zeilen: {created} angelegt, {updated} geändert, {unchanged} unverändert, {refused} abgelehnt",
        "{rows} rows: {created} created, {updated} updated, {unchanged} unchanged, {refused} refused",
    );
    const SKIPPED: Text = Text::new(", {skipped} übersprungen", ", {skipped} skipped");
    let text = [COUNTS.get(lang), if counts.skipped > 0 { SKIPPED.get(lang) } else { "" }].concat();
    let counts = [
        ("rows", counts.rows),
        ("created", counts.created),
        ("updated", counts.updated),
        ("unchanged", counts.unchanged),
        ("refused", counts.refused),
        ("skipped", counts.skipped),
    ];
    let counts = counts.map(|(name, n)| (name, grouped(n, lang)));
    fill(&text, &counts.each_ref().map(|(name, n)| (*name, n.as_str())))
}

fn grouped(n: u64, lang: Lang) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX), lang)
}
