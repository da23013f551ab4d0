//! `lagune export`.

use std::{
    io::{Write as _, stdout},
    path::PathBuf,
};

use clap::Args;
use domain::{export::Wish as Wished, history::Actor, lang::Lang, problem::Invalid};
use futures::TryStreamExt as _;
use store::{Reach, profiles::Wish};

use super::{Failed, language, open, scope};
use crate::{
    clock,
    config::Settings,
    export::{self, ExportError, asked::folder, asked::kept},
};

#[derive(Args)]
pub(super) struct Export {
    /// Name or id of the pool
    #[arg(long)]
    pool: String,
    /// A saved layout, by its name or id: fields and form as it says, but for what is said here
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// csv (without it): UTF-8, commas, field keys; excel: CSV with byte order mark, semicolons, labels; xlsx, json, ndjson, vcard, xml
    #[arg(long, value_parser = ["csv", "excel", "xlsx", "json", "ndjson", "vcard", "xml"])]
    format: Option<String>,
    /// plain: codes; labels: as people read them; ids: options as ids
    #[arg(long, value_parser = ["plain", "labels", "ids"])]
    values: Option<String>,
    /// Of labels and headings: de or en
    #[arg(long)]
    lang: Option<String>,
    /// Of points in time, like Europe/Berlin; UTC without it, for labels and xlsx that of the client
    #[arg(long)]
    zone: Option<String>,
    /// Fields in their order, like NAME,EMAIL; all without it
    #[arg(long)]
    columns: Option<String>,
    /// Of CSV
    #[arg(long, value_parser = ["comma", "semicolon", "tab"])]
    delimiter: Option<String>,
    /// Of CSV
    #[arg(long, value_parser = ["utf8", "utf8_bom", "windows1252"])]
    encoding: Option<String>,
    /// Of CSV
    #[arg(long, value_parser = ["crlf", "lf"])]
    line_end: Option<String>,
    /// Of CSV: whether what a spreadsheet would run gets an apostrophe in front
    #[arg(long, value_parser = ["on", "off"])]
    guard: Option<String>,
    /// Only profiles in which every word of this occurs
    #[arg(long, default_value = "")]
    q: String,
    /// Only profiles like this: FIELD:op:value, several times for several conditions
    #[arg(long)]
    filter: Vec<String>,
    /// Fields to sort by, like NAME,-ENTRY_DATE
    #[arg(long)]
    sort: Option<String>,
    /// Only the profiles with these numbers, like 1,2
    #[arg(long)]
    ids: Option<String>,
    /// Write to this file instead of stdout
    #[arg(long)]
    output: Option<PathBuf>,
}

impl Export {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let pairs = self.pairs();
        Wished::from_pairs(&pairs, &Wished::default()).map_err(|invalid| wrong(&invalid))?;
        let store = open(settings).await?;
        let client = scope::client(&store).await?;
        let pool = scope::pool(&store, client, &self.pool).await?;
        let kept = kept(&store, client, &pool, &pairs).await.map_err(|refusal| Failed::Usage(refusal.sentence(language())))?;
        let wish = Wished::from_pairs(&pairs, &kept.unwrap_or_default()).map_err(|invalid| wrong(&invalid))?;
        let export = export::Export::new(Reach::whole(client), pool, wish, None, Lang::De).map_err(|invalid| wrong(&invalid))?;
        export.note(&store, &Wish::of(Actor::CommandLine, clock::now())).await?;
        let mut pieces = export.pieces(&store, &folder(&settings.data_dir)).await?;
        let mut out: Box<dyn std::io::Write> = match &self.output {
            Some(path) => Box::new(std::fs::File::create(path)?),
            None => Box::new(stdout()),
        };
        while let Some(piece) = pieces.try_next().await? {
            out.write_all(&piece)?;
        }
        out.flush()?;
        store.close().await;
        Ok(())
    }

    /// What was asked, as an address has it.
    fn pairs(&self) -> Vec<(String, String)> {
        let format = self.format.as_deref().map(|format| if format == "excel" { ("dialect", "excel") } else { ("format", format) });
        let mut pairs = vec![("q", self.q.as_str())];
        pairs.extend(format);
        let named = [
            ("layout", &self.layout),
            ("values", &self.values),
            ("lang", &self.lang),
            ("zone", &self.zone),
            ("columns", &self.columns),
            ("delimiter", &self.delimiter),
            ("encoding", &self.encoding),
            ("line_end", &self.line_end),
            ("guard", &self.guard),
            ("sort", &self.sort),
            ("ids", &self.ids),
        ];
        pairs.extend(named.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))));
        pairs.extend(self.filter.iter().map(|filter| ("filter", filter.as_str())));
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

/// What was asked wrongly, in the language of whoever types.
fn wrong(invalid: &Invalid) -> Failed {
    let lang = language();
    let one = |one: &domain::problem::FieldProblem| format!("--{}: {}", one.field.replace('_', "-"), one.problem.message(lang));
    Failed::Usage(invalid.problems.iter().map(one).collect::<Vec<_>>().join(" "))
}

impl From<ExportError> for Failed {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            ExportError::File(error) => error.into(),
            error => Self::Work(format!("The file could not be written: {error}.")),
        }
    }
}
