//! `lagune audit`.

use std::io::{Write as _, stdout};

use clap::{Args, Subcommand, ValueEnum};
use domain::{
    audit::{AuditQuery, Chain, Deed, hex},
    history::Actor,
    lang::{Lang, Text, fill},
    time::Zone,
};
use futures::TryStreamExt as _;
use store::{
    Store,
    audit::{Fault, Verdict},
    profiles::Wish,
};

use super::{Failed, language, open, say};
use crate::{
    audit::{AuditFile, Format},
    clock,
    config::Settings,
    export::Dialect,
};

#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// Look whether every entry is as it was written; says where each log ends
    Verify(Verify),
    /// Write the log to stdout, oldest entries first
    Export(Export),
}

#[derive(Args)]
pub(super) struct Verify {
    /// Name or id of a client, or - for the installation's own log; all logs without it
    #[arg(long)]
    client: Option<String>,
    /// An entry that was written down elsewhere, which must still be there
    #[arg(long, value_name = "NUMBER:HASH", requires = "client")]
    known: Option<String>,
}

#[derive(Args)]
pub(super) struct Export {
    /// Name or id of a client, or - for the installation's own log; all logs without it
    #[arg(long)]
    client: Option<String>,
    /// ndjson: a line of JSON for each entry, by which anybody can verify it; csv: UTF-8, commas; excel: byte order mark, semicolons, labels
    #[arg(long, value_enum, default_value_t = Written::Ndjson)]
    format: Written,
    /// Only entries in whose names, deed or address every word of this occurs
    #[arg(long, default_value = "")]
    q: String,
    /// Only this deed, such as pool_deleted
    #[arg(long)]
    deed: Option<String>,
    /// From this day on, in the client's time zone
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
    /// Up to this day, that included
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Written {
    Ndjson,
    Csv,
    Excel,
}

impl AuditCommand {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        match self {
            Self::Verify(verify) => verify.run(settings).await,
            Self::Export(export) => export.run(settings).await,
        }
    }
}

const WHOLE: Text = Text::new(
    "{log}: {n} Einträge, Nummer {first} bis {last}, sind so, wie sie geschrieben wurden. Prüfsumme des letzten: {hash}",
    "{log}: {n} entries, numbers {first} to {last}, are as they were written. Hash of the last one: {hash}",
);
const EMPTY: Text = Text::new("{log}: noch kein Eintrag.", "{log}: no entry yet.");
const BROKEN: Text =
    Text::new("{log}: Eintrag {n} {fault}. Dieses Protokoll wurde verändert.", "{log}: entry {n} {fault}. This log was tampered with.");
const OF_CLIENT: Text = Text::new("Mandant {n} ({name})", "Client {n} ({name})");
const INSTALLATION: Text = Text::new("Installation", "Installation");

impl Verify {
    async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let lang = language();
        let known = self.known.as_deref().map(known).transpose()?;
        let store = open(settings).await?;
        let mut broken = Vec::new();
        for (chain, name) in logs(&store, self.client.as_deref()).await? {
            let log = log_name(chain, &name, lang);
            match store.verify_audit(chain, known).await? {
                Verdict::Whole(whole) if whole.last == 0 => say(fill(EMPTY.get(lang), &[("log", &log)]))?,
                Verdict::Whole(whole) => {
                    let [n, first, last] = [whole.entries, whole.first, whole.last].map(|n| n.to_string());
                    let parts = [("log", log.as_str()), ("n", &n), ("first", &first), ("last", &last), ("hash", &hex(&whole.hash))];
                    say(fill(WHOLE.get(lang), &parts))?;
                }
                Verdict::Broken { n, fault } => {
                    let parts = [("log", log.as_str()), ("n", &n.to_string()), ("fault", words(fault).get(lang))];
                    broken.push(fill(BROKEN.get(lang), &parts));
                }
            }
        }
        store.close().await;
        if broken.is_empty() { Ok(()) } else { Err(Failed::Work(broken.join("\n"))) }
    }
}

const fn words(fault: Fault) -> Text {
    match fault {
        Fault::Missing => Text::new("fehlt", "is missing"),
        Fault::Changed => Text::new("wurde geändert", "was changed"),
        Fault::NotChained => Text::new("gehört nicht hinter den vor ihm", "does not follow the one before it"),
        Fault::BehindTheEnd => Text::new("steht hinter dem Ende des Protokolls", "stands behind the end of the log"),
        Fault::OtherEnd => Text::new("ist nicht der, mit dem das Protokoll enden müsste", "is not the one with which the log should end"),
        Fault::NotPruned => Text::new(
            "ist der erste, und nichts im Protokoll sagt, dass die davor entfernt wurden",
            "is the first one, and nothing in the log says that those before it were removed",
        ),
        Fault::NotTheKnown => Text::new("ist nicht der, dessen Prüfsumme bekannt ist", "is not the one whose hash is known"),
    }
}

impl Export {
    async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let query = self.query()?;
        let store = open(settings).await?;
        let (lang, wish) = (language(), Wish::of(Actor::CommandLine, clock::now()));
        let format = match self.format {
            Written::Ndjson => Format::Lines,
            Written::Csv => Format::Csv(Dialect::Plain),
            Written::Excel => Format::Csv(Dialect::Excel),
        };
        let mut out = stdout();
        for (nth, (chain, _)) in logs(&store, self.client.as_deref()).await?.into_iter().enumerate() {
            let zone = match chain {
                Chain::Client(client) => store.zone(client).await?,
                Chain::Installation => Zone::UTC,
            };
            let file = AuditFile { chain, query: query.clone(), zone, format, lang };
            file.note(&store, &wish).await?;
            if nth == 0 {
                out.write_all(&file.head()?)?;
            }
            let mut pieces = std::pin::pin!(file.pieces(&store));
            while let Some(piece) = pieces.try_next().await? {
                out.write_all(&piece)?;
            }
        }
        out.flush()?;
        store.close().await;
        Ok(())
    }

    /// What can't be read is a mistake here, and no wish for everything.
    fn query(&self) -> Result<AuditQuery, Failed> {
        let mut pairs = vec![("q".to_owned(), self.q.clone())];
        for (name, value) in [("deed", &self.deed), ("from", &self.from), ("to", &self.to)] {
            pairs.extend(value.as_ref().map(|value| (name.to_owned(), value.clone())));
        }
        let query = AuditQuery::from_pairs(pairs.into_iter());
        let unread = [
            ("deed", self.deed.is_some() && query.deed.is_none()),
            ("from", self.from.is_some() && query.from.is_none()),
            ("to", self.to.is_some() && query.to.is_none()),
        ];
        match unread.into_iter().find(|(_, unread)| *unread) {
            Some(("deed", _)) => {
                let codes: Vec<&str> = Deed::ALL.iter().map(|deed| deed.code()).collect();
                Err(Failed::Usage(format!("--deed: Please give one of {}.", codes.join(", "))))
            }
            Some((name, _)) => Err(Failed::Usage(format!("--{name}: Please give a day as 2026-11-22."))),
            None => Ok(query),
        }
    }
}

/// The logs that are meant.
async fn logs(store: &Store, named: Option<&str>) -> Result<Vec<(Chain, String)>, Failed> {
    let all = store.audit_chains().await?;
    let Some(named) = named else { return Ok(all) };
    let is_meant = |(chain, name): &(Chain, String)| match chain {
        Chain::Installation => named == "-",
        Chain::Client(client) => name == named || client.to_string() == named,
    };
    // A name wins over an id that reads the same.
    let by_name = all.iter().find(|(chain, name)| chain.client().is_some() && name == named).cloned();
    let found = by_name.or_else(|| all.into_iter().find(is_meant));
    found.map(|log| vec![log]).ok_or_else(|| Failed::Work(format!("There is no client “{named}”.")))
}

fn log_name(chain: Chain, name: &str, lang: Lang) -> String {
    match chain {
        Chain::Installation => INSTALLATION.get(lang).to_owned(),
        Chain::Client(client) => fill(OF_CLIENT.get(lang), &[("n", &client.to_string()), ("name", name)]),
    }
}

/// `1284:5f1c…`, as verifying prints them.
fn known(text: &str) -> Result<(i64, [u8; 32]), Failed> {
    let wrong = || Failed::Usage("--known: Please give the number of an entry and its hash, as 1284:5f1c… with 64 digits.".to_owned());
    let (n, hash) = text.split_once(':').ok_or_else(wrong)?;
    let n: i64 = n.parse().map_err(|_| wrong())?;
    let digits: Option<Vec<u8>> = hash.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let bytes: Vec<u8> = digits.ok_or_else(wrong)?.chunks(2).filter(|pair| pair.len() == 2).map(|pair| pair[0] << 4 | pair[1]).collect();
    bytes.try_into().map(|hash| (n, hash)).map_err(|_| wrong())
}
