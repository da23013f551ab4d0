//! What mails say, and what is said of those that could not be sent.

use crate::lang::Text;

pub(super) const HELLO: Text = Text::new("Guten Tag,", "Hello,");
pub(super) const HELLO_NAME: Text = Text::new("Guten Tag {name},", "Hello {name},");

pub(super) const INVITATION: Text = Text::new("Einladung zu Lagune", "Invitation to Lagune");
pub(super) const INVITED_BY: Text = Text::new(
    "{by} lädt Sie ein, mit Lagune für {client} zu arbeiten. Mit diesem Link wählen Sie ein Passwort und melden sich an:",
    "{by} invites you to work with Lagune for {client}. With this link you choose a password and sign in:",
);
pub(super) const INVITED: Text = Text::new(
    "Sie sind eingeladen, mit Lagune für {client} zu arbeiten. Mit diesem Link wählen Sie ein Passwort und melden sich an:",
    "You are invited to work with Lagune for {client}. With this link you choose a password and sign in:",
);
pub(super) const INVITED_END: Text = Text::new(
    "Der Link gilt {hours} Stunden und nur einmal. Haben Sie nichts damit zu tun, ist nichts zu tun.",
    "The link works for {hours} hours, once. If this means nothing to you, there is nothing to do.",
);

pub(super) const LINK: Text = Text::new("Ihr Anmelde-Link für Lagune", "Your sign-in link for Lagune");
pub(super) const LINK_MADE: Text = Text::new(
    "Ihre Administration schickt Ihnen diesen Link. Mit ihm melden Sie sich an und können ein neues Passwort wählen:",
    "Your administrator sends you this link. With it you sign in and can choose a new password:",
);
pub(super) const LINK_END: Text = Text::new("Der Link gilt {hours} Stunden und nur einmal.", "The link works for {hours} hours, once.");

pub(super) const RESET: Text = Text::new("Neues Passwort für Lagune", "A new password for Lagune");
pub(super) const RESET_ASKED: Text = Text::new(
    "für Ihr Konto wurde ein neues Passwort gewünscht. Mit diesem Link wählen Sie eines:",
    "Somebody asked for a new password for your account. With this link you choose one:",
);
pub(super) const RESET_END: Text = Text::new(
    "Der Link gilt {hours} Stunden und nur einmal. Waren Sie das nicht, ist nichts zu tun: Ihr Passwort bleibt, wie es ist.",
    "The link works for {hours} hours, once. If it wasn't you, there is nothing to do: your password stays as it is.",
);

pub(super) const CHANGED: Text = Text::new("Ihr Passwort wurde geändert", "Your password was changed");
pub(super) const CHANGED_BODY: Text = Text::new(
    "Ihr Passwort für Lagune wurde geändert. Waren Sie das nicht, wenden Sie sich bitte gleich an Ihre Administration.",
    "Your password for Lagune was changed. If it wasn't you, please turn to your administrator at once.",
);

pub(super) const ALARM: Text = Text::new("Ein regelmäßiger Import braucht Sie", "A regular import needs you");
pub(super) const ALARM_BODY: Text = Text::new(
    "der regelmäßige Import „{schedule}“ von {client} meldet:\n\n{what}",
    "the regular import “{schedule}” of {client} says:\n\n{what}",
);
pub(super) const ALARM_END: Text = Text::new("Mehr dazu: {link}", "More about it: {link}");

pub(super) const REFUSED: Text = Text::new(
    "Der Mailserver nimmt die Mail nicht an (Antwort {code}). Bitte die Adresse prüfen.",
    "The mail server refuses the mail (reply {code}). Please check the address.",
);
pub(super) const BUSY: Text = Text::new(
    "Der Mailserver nimmt die Mail gerade nicht an (Antwort {code}).",
    "The mail server does not take the mail just now (reply {code}).",
);
pub(super) const NOT_LET_IN: Text = Text::new(
    "Der Mailserver weist die Anmeldung zurück (Antwort {code}). Bitte Name und Passwort in smtp_url prüfen.",
    "The mail server refuses to let Lagune in (reply {code}). Please check name and password in smtp_url.",
);
pub(super) const NO_CONNECTION: Text = Text::new(
    "Der Mailserver ist nicht zu erreichen. Bitte prüfen, ob er läuft und smtp_url stimmt.",
    "The mail server can't be reached. Please check that it runs and that smtp_url is right.",
);
pub(super) const NOT_SECURE: Text = Text::new(
    "Der Mailserver bietet keine sichere Verbindung oder Anmeldung; gesendet wurde nichts. Bitte smtp_url und sein Zertifikat prüfen.",
    "The mail server offers no secure connection or sign-in; nothing was sent. Please check smtp_url and the server's certificate.",
);
pub(super) const BAD_ADDRESS: Text =
    Text::new("An diese Adresse kann der Mailserver nicht schreiben.", "The mail server can't write to this address.");
