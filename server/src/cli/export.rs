//! `lagune export`.

use std::io::{Write as _, stdout};

use clap::{Args, ValueEnum};
use domain::{history::Actor, lang::Lang, list::ListQuery};
use futures::TryStreamExt as _;
use store::{Reach, list::Part, profiles::Wish};

use super::{Failed, open, scope};
use crate::{
    clock,
    config::Settings,
    export::{self, Dialect},
};

#[derive(Args)]
pub(super) struct Export {
    /// Name or id of the pool
    #[arg(long)]
    pool: String,
    /// csv: UTF-8, commas, field keys; excel: byte order mark, semicolons, labels
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Only profiles in which every word of this occurs
    #[arg(long, default_value = "")]
    q: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Excel,
}

impl Export {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let store = open(settings).await?;
        let client = scope::client(&store).await?;
        let pool = scope::pool(&store, client, &self.pool).await?;
        let fields = pool.fields.clone();
        let dialect = match self.format {
            Format::Csv => Dialect::Plain,
            Format::Excel => Dialect::Excel,
        };
        let query = ListQuery { q: self.q, ..ListQuery::default() };
        let export = export::Export { reach: Reach::whole(client), pool, query, part: Part::All, fields, dialect, lang: Lang::De };
        export.note(&store, &Wish::of(Actor::CommandLine, clock::now())).await?;
        let mut pieces = std::pin::pin!(export::csv(store.clone(), export));
        let mut out = stdout();
        while let Some(piece) = pieces.try_next().await? {
            out.write_all(&piece)?;
        }
        out.flush()?;
        store.close().await;
        Ok(())
    }
}
