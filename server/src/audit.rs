//! The audit log as a file: lines of JSON, by which anybody can verify it, or a table.

use axum::body::Bytes;
use domain::{
    audit::{AuditQuery, Chain, Deed, Entry, Note, Object, ObjectKind, canonical, hex},
    export::harmless,
    lang::{Lang, Text},
    time::{Zone, rfc3339, utc},
};
use futures::{Stream, StreamExt as _};
use serde_json::{Value, json};
use store::{Store, StoreError, profiles::Wish};

use crate::export::Dialect;

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A JSON object each line, in the form that its hash is made of.
    Lines,
    /// A table.
    Csv(Dialect),
}

impl Format {
    const fn code(self) -> &'static str {
        match self {
            Self::Lines => "ndjson",
            Self::Csv(Dialect::Plain) => "csv",
            Self::Csv(Dialect::Excel) => "excel",
        }
    }
}

/// A part of the log as a file.
#[derive(Clone, Debug)]
pub(crate) struct AuditFile {
    /// Whose log.
    pub chain: Chain,
    /// Which entries; its place in the list does not matter.
    pub query: AuditQuery,
    /// On whose calendar its days are.
    pub zone: Zone,
    /// How it is written.
    pub format: Format,
    /// The language of headings and deeds in a table.
    pub lang: Lang,
}

impl AuditFile {
    /// Puts the export itself into the log, before the first byte goes out.
    ///
    /// # Errors
    /// The database's; nothing must go out then.
    pub(crate) async fn note(&self, store: &Store, wish: &Wish) -> Result<(), StoreError> {
        let AuditQuery { q, deed, who, object, from, to, .. } = &self.query;
        let named = [
            ("q", !q.is_empty()),
            ("deed", deed.is_some()),
            ("who", who.is_some()),
            ("object", object.is_some()),
            ("from", from.is_some()),
            ("to", to.is_some()),
        ];
        let filtered: Vec<&str> = named.into_iter().filter(|(_, set)| *set).map(|(name, _)| name).collect();
        let note = Note::new(Deed::AuditExported, Object::new(ObjectKind::Log, None, ""));
        store.audit(self.chain, wish, note.after(json!({ "format": self.format.code(), "filtered": filtered }))).await
    }

    /// What a file begins with.
    ///
    /// # Errors
    /// None that happens: it is written to memory.
    pub(crate) fn head(&self) -> Result<Bytes, StoreError> {
        match self.format {
            Format::Lines => Ok(Bytes::new()),
            Format::Csv(dialect) => {
                let heading = |(code, label): (&'static str, Text)| if dialect == Dialect::Plain { code } else { label.get(self.lang) };
                let rows = table(dialect, [HEADINGS.map(|one| heading(one).to_owned())].into_iter())?;
                Ok([dialect.mark(), &rows].concat().into())
            }
        }
    }

    /// The entries, oldest first, piece by piece.
    pub(crate) fn pieces(self, store: &Store) -> impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static + use<> {
        let entries = store.audit_entries(self.chain, &self.query, &self.zone);
        entries.map(move |part| part.and_then(|entries| self.piece(&entries)))
    }

    fn piece(&self, entries: &[Entry]) -> Result<Bytes, StoreError> {
        match self.format {
            Format::Lines => Ok(entries.iter().map(|entry| entry.line() + "\n").collect::<String>().into()),
            Format::Csv(dialect) => Ok(table(dialect, entries.iter().map(|entry| self.cells(entry, dialect)))?.into()),
        }
    }

    fn cells(&self, entry: &Entry, dialect: Dialect) -> [String; N] {
        let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let json = |value: &Option<Value>| value.as_ref().map(canonical).unwrap_or_default();
        let at = match dialect {
            Dialect::Plain => utc(entry.at),
            Dialect::Excel => rfc3339(entry.at, &self.zone).unwrap_or_default(),
        };
        let cells = [
            entry.n.to_string(),
            at,
            id(entry.chain.client().map(|client| client.get())),
            entry.actor.kind.clone(),
            id(entry.actor.id),
            entry.actor.name.clone(),
            entry.deed.clone(),
            entry.deed_label(self.lang).to_owned(),
            entry.object.kind.clone(),
            id(entry.object.id),
            entry.object.name.clone(),
            id(entry.pool),
            entry.address.clone().unwrap_or_default(),
            entry.session.clone().unwrap_or_default(),
            json(&entry.before),
            json(&entry.after),
            hex(&entry.previous),
            hex(&entry.hash),
        ];
        cells.map(|cell| harmless(&cell).into_owned())
    }
}

/// How many columns a table has.
const N: usize = 18;

const HEADINGS: [(&str, Text); N] = [
    ("n", Text::new("Nummer", "Number")),
    ("at", Text::new("Zeit", "Time")),
    ("client", Text::new("Mandant", "Client")),
    ("actor_kind", Text::new("Art der Person", "Kind of person")),
    ("actor_id", Text::new("Nummer der Person", "Number of the person")),
    ("actor", Text::new("Wer", "Who")),
    ("deed", Text::new("Code", "Code")),
    ("deed_label", Text::new("Was", "What")),
    ("object_kind", Text::new("Art des Objekts", "Kind of object")),
    ("object_id", Text::new("Nummer des Objekts", "Number of the object")),
    ("object", Text::new("Woran", "Object")),
    ("pool", Text::new("Pool", "Pool")),
    ("address", Text::new("Von wo", "From where")),
    ("session", Text::new("Sitzung", "Session")),
    ("before", Text::new("Vorher", "Before")),
    ("after", Text::new("Nachher", "After")),
    ("previous", Text::new("Prüfsumme davor", "Previous hash")),
    ("hash", Text::new("Prüfsumme", "Hash")),
];

fn table(dialect: Dialect, rows: impl Iterator<Item = [String; N]>) -> Result<Vec<u8>, StoreError> {
    let unwritable = |error: csv::Error| StoreError::Corrupt(error.to_string());
    let mut writer = dialect.writer();
    for row in rows {
        writer.write_record(row).map_err(unwritable)?;
    }
    writer.into_inner().map_err(|error| StoreError::Corrupt(error.to_string()))
}
