//! Why a file is not fetched.

use domain::lang::{Lang, Text, fill};

use crate::errors::Refusal;

/// Why a file is not fetched from another server.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    /// It is no address, or carries a name and password.
    #[error("no address of a file")]
    Address,
    /// Its server is not among those of the settings.
    #[error("a server that is not allowed")]
    NotAllowed,
    /// Its server lies in a network of one's own, which was not allowed.
    #[error("an address in a private network")]
    Private,
    /// Nobody knows its server.
    #[error("the server's name is not known")]
    Unknown,
    /// It leads to another server, or in circles.
    #[error("it leads elsewhere")]
    Elsewhere,
    /// What the server says instead of the file.
    #[error("the server answers {0}")]
    Status(u16),
    /// Larger than uploads may be.
    #[error("larger than {0} bytes")]
    TooLarge(u64),
    /// The whole takes longer than anybody waits.
    #[error("it takes too long")]
    Endless,
    /// The server says nothing for too long.
    #[error("the server says nothing")]
    Slow,
    /// Of the network or its encryption; without the address, which may carry what is secret.
    #[error("the connection failed")]
    Connection(#[source] reqwest::Error),
    /// The same of SSH.
    #[error("the connection of SSH failed")]
    Ssh(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server of SSH has another key than when it was first met: this fingerprint.
    #[error("the server has another key: {0}")]
    StrangeKey(String),
    /// The server does not let Lagune in.
    #[error("the server does not let in")]
    NotLetIn,
    /// The private key can't be read.
    #[error("the private key can't be read")]
    UnreadableKey,
    /// The secret was encrypted by a key that is not here.
    #[error("the secret can't be read")]
    LostSecret,
    /// A secret would go to the server for everybody to read.
    #[error("a secret over http")]
    PlainSecret,
    /// There is no such folder or file, or it can't be read.
    #[error("no such folder or file: {0}")]
    NoFile(String),
    /// The file changes while it is read.
    #[error("the file changes")]
    Changing,
    /// Whoever set up the regular import may not import any more.
    #[error("its owner may not import")]
    NoRights,
    /// The kept mapping of the regular import is gone.
    #[error("its mapping is gone")]
    NoMapping,
    /// The connection ended before the file did.
    #[error("the file ended too early")]
    Short,
    /// The disk.
    #[error("the file could not be written")]
    Disk(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// It is there and can't be imported.
    #[error("the file was refused")]
    Refused(Box<Refusal>),
    /// Somebody wishes it, or the process ends.
    #[error("stopped")]
    Stopped(crate::jobs::Pause),
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        Self::Connection(error.without_url())
    }
}

impl FetchError {
    /// Whether the next attempt may succeed.
    pub(crate) fn passes(&self) -> bool {
        match self {
            Self::Slow | Self::Connection(_) | Self::Ssh(_) | Self::Short => true,
            Self::Status(status) => matches!(status, 408 | 429 | 500 | 502..=504),
            _ => false,
        }
    }

    /// Stable word for programs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Address => "no_address",
            Self::NotAllowed => "host_not_allowed",
            Self::Private => "private_address",
            _ => "not_fetched",
        }
    }

    /// A sentence that says what to do.
    pub(crate) fn message(&self, lang: Lang) -> String {
        let text = match self {
            Self::Address => Text::new(
                "Das ist keine Adresse einer Datei. Erwartet wird eine wie https://dateien.example/kunden.csv, ohne Benutzer und Passwort darin.",
                "That is no address of a file. One like https://files.example/customers.csv is expected, without user and password in it.",
            ),
            Self::NotAllowed => Text::new(
                "Von diesem Server darf Lagune nichts abholen. Wer Lagune betreibt, erlaubt Server mit der Einstellung LAGUNE_IMPORT_HOSTS.",
                "Lagune may not fetch anything from this server. Whoever runs Lagune allows servers by the setting LAGUNE_IMPORT_HOSTS.",
            ),
            Self::Private => Text::new(
                "Dieser Server liegt in einem privaten Netz, was nicht ausdrücklich erlaubt ist. Wer Lagune betreibt, erlaubt das in LAGUNE_IMPORT_HOSTS mit „private“ hinter dem Server.",
                "This server lies in a private network, which is not expressly allowed. Whoever runs Lagune allows it in LAGUNE_IMPORT_HOSTS by “private” behind the server.",
            ),
            Self::Unknown => Text::new(
                "Der Server dieser Adresse ist nicht zu finden. Bitte die Adresse prüfen.",
                "The server of this address can't be found. Please check the address.",
            ),
            Self::Elsewhere => Text::new(
                "Die Adresse führt auf einen anderen Server weiter. Bitte die Adresse angeben, unter der die Datei wirklich liegt.",
                "The address leads on to another server. Please give the address at which the file really lies.",
            ),
            Self::Status(_) => Text::new(
                "Der Server gibt die Datei nicht heraus, er antwortet mit {status}. Bitte die Adresse prüfen.",
                "The server does not give the file away, it answers {status}. Please check the address.",
            ),
            Self::TooLarge(_) => Text::new(
                "Die Datei ist zu groß: Es werden höchstens {mb} MB angenommen.",
                "The file is too large: at most {mb} MB are accepted.",
            ),
            Self::Endless => Text::new(
                "Die Datei war nach zwei Stunden nicht da. Bitte die Verbindung des Servers prüfen.",
                "The file was not there after two hours. Please check the connection of the server.",
            ),
            Self::Slow | Self::Connection(_) | Self::Ssh(_) | Self::Short => Text::new(
                "Die Verbindung zum Server ist mehrmals abgebrochen. Bitte später noch einmal versuchen.",
                "The connection to the server broke several times. Please try again later.",
            ),
            Self::StrangeKey(_)
            | Self::NotLetIn
            | Self::UnreadableKey
            | Self::LostSecret
            | Self::PlainSecret
            | Self::NoFile(_)
            | Self::Changing
            | Self::NoRights
            | Self::NoMapping => return self.of_schedule(lang),
            Self::Disk(_) | Self::Store(_) => Text::new(
                "Die Datei ließ sich nicht speichern; im Log des Servers steht der Grund.",
                "The file could not be stored; the log of the server has the reason.",
            ),
            Self::Refused(refusal) => return refusal.sentence(lang),
            Self::Stopped(_) => Text::new("Das Abholen wurde abgebrochen.", "The fetching was cancelled."),
        };
        let (status, mb) = match self {
            Self::Status(status) => (status.to_string(), String::new()),
            Self::TooLarge(limit) => (String::new(), limit.div_ceil(1 << 20).to_string()),
            _ => Default::default(),
        };
        fill(text.get(lang), &[("status", &status), ("mb", &mb)])
    }
}

mod words;
