//! `lagune pool export` and `lagune pool apply`: how a pool is made up, as a file.

use std::{
    io::{Read as _, Write as _, stdin, stdout},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use domain::{
    config::file::{Format, MAX_BYTES, PoolFile, Said, Unreadable, compare},
    history::Actor,
    lang::{Lang, Text, fill},
};
use store::profiles::Wish;

use super::super::{Failed, language, open, remark, say, scope};
use crate::{clock, config::Settings, errors::Refusal};

#[derive(Args)]
pub(in crate::cli) struct Export {
    /// Name or id of the pool
    pool: String,
    /// yaml for people, json for programs
    #[arg(long, value_enum, default_value_t = Written::Yaml)]
    format: Written,
}

#[derive(Clone, Copy, ValueEnum)]
enum Written {
    Yaml,
    Json,
}

#[derive(Args)]
pub(in crate::cli) struct Apply {
    /// Name or id of the pool
    pool: String,
    /// The file, JSON or YAML; - reads stdin
    file: PathBuf,
    /// Only print what would change
    #[arg(long)]
    dry_run: bool,
}

const NOTHING: Text = Text::new("Der Pool ist schon so.", "The pool is so already.");
const DONE: Text = Text::new("{n} Änderungen sind gemacht.", "{n} changes are made.");
const ONE_DONE: Text = Text::new("Eine Änderung ist gemacht.", "One change is made.");

impl Export {
    pub(in crate::cli) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let store = open(settings).await?;
        let client = scope::client(&store).await?;
        let pool = scope::pool(&store, client, &self.pool).await?;
        let format = match self.format {
            Written::Yaml => Format::Yaml,
            Written::Json => Format::Json,
        };
        stdout().write_all(PoolFile::of(&pool).write(format).as_bytes())?;
        store.close().await;
        Ok(())
    }
}

impl Apply {
    pub(in crate::cli) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let lang = language();
        let file = PoolFile::read(&self.bytes()?).map_err(|faults| Failed::Work(told(&faults, lang)))?;
        let store = open(settings).await?;
        let client = scope::client(&store).await?;
        let pool = scope::pool(&store, client, &self.pool).await?;
        let now = clock::now();
        let comparison = compare(&pool, &file, now, &pool.zone);
        for line in comparison.said(lang) {
            say(plain(&line))?;
        }
        if comparison.changes_nothing() {
            remark(NOTHING.get(lang));
        } else if !self.dry_run {
            let wish = Wish { lang, ..Wish::of(Actor::CommandLine, now) };
            let applied = store.apply_file(client, pool.id, &file, &wish).await;
            applied.map_err(|error| Failed::Work(Refusal::from(error).sentence(lang)))?;
            let text = if comparison.changes.len() == 1 { ONE_DONE } else { DONE };
            remark(fill(text.get(lang), &[("n", &comparison.changes.len().to_string())]));
        }
        store.close().await;
        Ok(())
    }

    /// The file, and one byte more than may be in it at most.
    fn bytes(&self) -> Result<Vec<u8>, Failed> {
        let mut bytes = Vec::new();
        let most = MAX_BYTES as u64 + 1;
        if self.file.as_os_str() == "-" {
            stdin().take(most).read_to_end(&mut bytes)?;
        } else {
            let unreadable = |error| Failed::Work(format!("{}: {error}.", self.file.display()));
            std::fs::File::open(&self.file).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(unreadable)?;
        }
        Ok(bytes)
    }
}

fn told(faults: &[Unreadable], lang: Lang) -> String {
    faults.iter().map(|fault| fault.message(lang)).collect::<Vec<_>>().join("\n")
}

fn plain(line: &Said) -> String {
    let change = line.before.as_ref().zip(line.after.as_ref()).map(|(before, after)| format!(": {before} → {after}"));
    format!("{} {}: {}{}", line.sign.mark(), line.subject, line.text, change.unwrap_or_default())
}
