//! What regular imports say of places where somebody has to sign in.

use domain::lang::{Lang, Text, fill};

use super::FetchError;

impl FetchError {
    pub(super) fn of_schedule(&self, lang: Lang) -> String {
        let (text, detail) = match self {
            Self::StrangeKey(met) => (STRANGE_KEY, met.as_str()),
            Self::NotLetIn => (NOT_LET_IN, ""),
            Self::UnreadableKey => (UNREADABLE_KEY, ""),
            Self::LostSecret => (LOST_SECRET, ""),
            Self::PlainSecret => (PLAIN_SECRET, ""),
            Self::NoFile(path) => (NO_FILE, path.as_str()),
            Self::NoRights => (NO_RIGHTS, ""),
            Self::NoMapping => (NO_MAPPING, ""),
            _ => (CHANGING, ""),
        };
        fill(text.get(lang), &[("detail", detail)])
    }
}

const STRANGE_KEY: Text = Text::new(
    "Der Server weist sich mit einem anderen Schlüssel aus als beim ersten Mal ({detail}); es wurde nichts gesendet. Bitte bei seinem Betreiber nachfragen. Ist der neue Schlüssel richtig, das Geheimnis noch einmal eingeben.",
    "The server shows another key than the first time ({detail}); nothing was sent. Please ask whoever runs it. If the new key is right, enter the secret once more.",
);
const NOT_LET_IN: Text = Text::new(
    "Der Server lässt Lagune nicht ein. Bitte Benutzer und Geheimnis prüfen.",
    "The server does not let Lagune in. Please check user and secret.",
);
const UNREADABLE_KEY: Text = Text::new(
    "Dieser private Schlüssel ist nicht lesbar. Erwartet wird ein Schlüssel von OpenSSH (Ed25519 oder ECDSA) ohne Passphrase.",
    "This private key can't be read. A key of OpenSSH (Ed25519 or ECDSA) without a passphrase is expected.",
);
const LOST_SECRET: Text = Text::new(
    "Das Geheimnis lässt sich auf diesem Server nicht mehr entschlüsseln. Bitte noch einmal eingeben.",
    "The secret can't be decrypted on this server any more. Please enter it once more.",
);
const PLAIN_SECRET: Text = Text::new(
    "Über http könnte jeder auf dem Weg das Geheimnis lesen. Bitte eine Adresse mit https angeben.",
    "Over http everybody on the way could read the secret. Please give an address with https.",
);
const NO_FILE: Text = Text::new(
    "„{detail}“ gibt es dort nicht, oder Lagune darf es nicht lesen. Bitte Ordner und Rechte prüfen.",
    "“{detail}” is not there, or Lagune may not read it. Please check folder and rights.",
);
const CHANGING: Text = Text::new(
    "Die Datei wird gerade geschrieben; sie wird beim nächsten Mal geholt.",
    "The file is being written; it is fetched the next time.",
);
const NO_RIGHTS: Text = Text::new(
    "Wer diesen regelmäßigen Import zuletzt gespeichert hat, darf hier nicht (mehr) importieren. Jemand mit diesem Recht muss ihn einmal speichern.",
    "Whoever saved this regular import last may not import here (any more). Somebody with that right has to save it once.",
);
const NO_MAPPING: Text = Text::new(
    "Die Zuordnung dieses regelmäßigen Imports wurde gelöscht. Bitte eine andere wählen; die Dateien warten so lange.",
    "The mapping of this regular import was deleted. Please choose another one; the files wait until then.",
);
