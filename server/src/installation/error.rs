//! Why a backup is not made, not believed or not restored.

use domain::lang::{Lang, Text, fill};
use store::{StoreError, dump::RestoreError};

/// What went wrong, for the person at the command line.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It is something else.
    NoBackup,
    /// It has been encrypted.
    Encrypted,
    /// It has been encrypted to another key.
    Locked,
    /// What was named as a key is none.
    NoKey(&'static str),
    /// Its form is of a newer version.
    NewerForm,
    /// It ends too early, or is not as it was written.
    Damaged(String),
    /// It is larger than it should be when it is unpacked.
    Bomb,
    /// It can't be read or written.
    File(std::io::Error),
    /// It can't be restored here.
    Restore(RestoreError),
    /// The database.
    Store(StoreError),
}

impl Fault {
    /// What is not as it should be.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    /// What the person is told; none where the database speaks for itself.
    pub(crate) fn message(&self, lang: Lang) -> Option<String> {
        let plain = |text: Text| Some(text.get(lang).to_owned());
        let with = |text: Text, what: &str| Some(fill(text.get(lang), &[("what", what)]));
        match self {
            Self::NoBackup => plain(NO_BACKUP),
            Self::Encrypted => plain(ENCRYPTED),
            Self::Locked => plain(LOCKED),
            Self::NoKey(flag) => with(NO_KEY, flag),
            Self::NewerForm => plain(NEWER),
            Self::Damaged(what) => with(DAMAGED, what),
            Self::Bomb => plain(BOMB),
            Self::File(error) => with(FILE, &error.to_string()),
            Self::Restore(error) => match error {
                RestoreError::NotEmpty(table) => with(NOT_EMPTY, table),
                RestoreError::Newer { .. } => plain(NEWER),
                RestoreError::Older { .. } => plain(OLDER),
                RestoreError::Another => plain(ANOTHER),
                RestoreError::Unfit(what) => with(UNFIT, what),
                RestoreError::Store(_) => None,
            },
            Self::Store(_) => None,
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::File(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<RestoreError> for Fault {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::Store(error) => Self::Store(error),
            error => Self::Restore(error),
        }
    }
}

const NO_BACKUP: Text = Text::new("Das ist keine Sicherung einer Lagune-Installation.", "This is no backup of a Lagune installation.");
const ENCRYPTED: Text = Text::new(
    "Die Sicherung ist verschlüsselt. Bitte die Datei mit dem geheimen Schlüssel nennen: --age-identity SCHLÜSSELDATEI.",
    "The backup is encrypted. Please name the file with the secret key: --age-identity KEYFILE.",
);
const LOCKED: Text = Text::new(
    "Die Sicherung ist für einen anderen Schlüssel verschlüsselt. Bitte die Datei mit dem passenden nennen (--age-identity).",
    "The backup is encrypted to another key. Please name the file with the one that fits (--age-identity).",
);
const NO_KEY: Text = Text::new(
    "{what} nennt keinen Schlüssel von age: öffentliche beginnen mit age1, geheime stehen in einer Datei, wie age-keygen sie schreibt.",
    "{what} names no key of age: public ones begin with age1, secret ones stand in a file as age-keygen writes it.",
);
const NEWER: Text = Text::new(
    "Die Sicherung stammt von einer neueren Version von Lagune. Bitte mit dieser oder einer späteren einspielen.",
    "The backup comes from a newer version of Lagune. Please restore it with that one or a later one.",
);
const OLDER: Text = Text::new(
    "Die Sicherung stammt von einer älteren Version von Lagune, und die Datenbank hat schon ein neueres Schema. \
     Bitte eine Datenbank ohne Tabellen nennen (--database-url); Lagune legt sie an und bringt sie danach auf den neuesten Stand.",
    "The backup comes from an older version of Lagune, and the database has a newer schema already. \
     Please name a database without tables (--database-url); Lagune makes them and brings them up to date afterwards.",
);
const ANOTHER: Text = Text::new(
    "In dieser Datenbank ist das Einspielen einer anderen Sicherung abgebrochen. Bitte jene noch einmal einspielen oder eine leere Datenbank nennen.",
    "In this database the restore of another backup was broken off. Please restore that one again, or name an empty database.",
);
const NOT_EMPTY: Text = Text::new(
    "Die Datenbank ist nicht leer (Tabelle {what}). Eine Sicherung wird nur in eine leere Installation eingespielt: bitte mit \
     --database-url eine leere Datenbank nennen.",
    "The database is not empty (table {what}). A backup is restored into an empty installation only: please name an empty \
     database with --database-url.",
);
const UNFIT: Text = Text::new(
    "Die Sicherung passt nicht in die Datenbank: {what}. Nichts wurde eingespielt.",
    "The backup does not fit into the database: {what}. Nothing was restored.",
);
const DAMAGED: Text = Text::new(
    "Die Sicherung ist beschädigt oder unvollständig: {what}. Bitte eine andere nehmen.",
    "The backup is damaged or incomplete: {what}. Please take another one.",
);
const BOMB: Text = Text::new(
    "Die Datei wird ausgepackt mehr als tausendmal so groß; das ist keine Sicherung, die Lagune geschrieben hat.",
    "The file becomes more than a thousand times as large when it is unpacked; Lagune has written no such backup.",
);
const FILE: Text = Text::new("Die Datei kann nicht gelesen oder geschrieben werden: {what}.", "The file can't be read or written: {what}.");
