//! Signing in, and the first administrator.

use crate::i18n::words;

words! {
    LINK_KNOWN = "Leer lassen, wenn schon bekannt.", "Leave empty if known already.";
    TITLE = "Anmelden", "Sign in";
    EMAIL = "E-Mail", "E-mail";
    PASSWORD = "Passwort", "Password";
    FORGOTTEN = "Passwort vergessen?", "Forgotten the password?";
    FORGOTTEN_TITLE = "Passwort vergessen", "Forgotten password";
    FORGOTTEN_LEAD = "Wir schicken einen Link, mit dem Sie ein neues Passwort wählen.", "We send a link with which you choose a new password.";
    FORGOTTEN_SUBMIT = "Link schicken", "Send the link";
    FORGOTTEN_SENT = "Wenn es ein Konto mit dieser Adresse gibt, ist eine Mail unterwegs. Der Link darin gilt 48 Stunden.", "If there is an account with this address, a mail is on its way. The link in it works for 48 hours.";
    FORGOTTEN_BY_ADMINISTRATION = "Ihre Administration erzeugt einen neuen Anmelde-Link und gibt ihn Ihnen weiter.", "An administrator makes a new sign-in link and hands it to you.";
    BACK = "Zurück zur Anmeldung", "Back to signing in";
    OTHER_LANGUAGE = "English", "Deutsch";
    DARK = "Dunkles Design", "Dark theme";
    LIGHT = "Helles Design", "Light theme";
    PROBLEM_FAILED = "E-Mail oder Passwort stimmt nicht. Bitte noch einmal versuchen.", "E-mail or password is wrong. Please try again.";
    PROBLEM_INCOMPLETE = "Bitte E-Mail und Passwort ausfüllen.", "Please fill in e-mail and password.";
    PROBLEM_THROTTLED = "Zu viele Versuche. Bitte in einigen Minuten noch einmal versuchen.", "Too many attempts. Please try again in a few minutes.";
    PROBLEM_ENDED = "Die Sitzung ist abgelaufen. Bitte neu anmelden.", "The session has ended. Please sign in again.";
    PROBLEM_LINK = "Der Link ist abgelaufen oder schon benutzt. Die Administration kann einen neuen erzeugen.", "The link has expired or was used already. An administrator can make a new one.";
    PROBLEM_OTHER = "Das hat nicht geklappt. Bitte noch einmal versuchen.", "That did not work. Please try again.";
    OR = "oder", "or";
    WITH = "Mit {provider} anmelden", "Sign in with {provider}";
    OIDC_DOWN = "Der Anmeldedienst antwortet gerade nicht. Bitte in einigen Minuten noch einmal versuchen oder das Passwort nehmen.", "The sign-in service does not answer at the moment. Please try again in a few minutes, or use the password.";
    OIDC_FAILED = "Der Anmeldedienst hat etwas Unerwartetes geantwortet. Bitte noch einmal versuchen; die Administration findet den Grund im Log des Servers.", "The sign-in service gave an unexpected answer. Please try again; an administrator finds the reason in the server's log.";
    OIDC_LOST = "Diese Anmeldung ist abgelaufen, schon benutzt oder in einem anderen Browser begonnen. Bitte neu anmelden.", "This sign-in has expired, was used already or was begun in another browser. Please sign in again.";
    OIDC_DENIED = "Die Anmeldung wurde abgebrochen. Bitte noch einmal versuchen oder das Passwort nehmen.", "The sign-in was cancelled. Please try again, or use the password.";
    OIDC_UNVERIFIED = "Der Anmeldedienst hat Ihre E-Mail-Adresse nicht bestätigt. Bitte sie dort bestätigen oder das Passwort nehmen.", "The sign-in service has not confirmed your e-mail address. Please confirm it there, or use the password.";
    OIDC_UNKNOWN = "Für diese Adresse gibt es hier kein Konto. Bitte die Administration um eine Einladung bitten.", "There is no account for this address here. Please ask an administrator for an invitation.";
    OIDC_DISABLED = "Dieses Konto ist gesperrt. Bitte die Administration fragen.", "This account is disabled. Please ask an administrator.";
    OIDC_OTHER = "Zu dieser Adresse gehört hier jemand anderes vom Anmeldedienst. Bitte die Administration fragen.", "This address belongs to somebody else of the sign-in service here. Please ask an administrator.";
    NOTICE_OUT = "Abgemeldet.", "Signed out.";
    LINK_TITLE = "Willkommen bei Lagune", "Welcome to Lagune";
    LINK_LEAD = "Noch Name, E-Mail und ein Passwort, dann geht es los.", "A name, an e-mail address and a password, and off we go.";
    LINK_NAME = "Name", "Name";
    LINK_PASSWORD_HELP = "Meist mindestens 12 Zeichen. Ein Satz merkt sich leichter als ein Wort.", "Mostly at least 12 characters. A sentence is easier to remember than a word.";
    LINK_SUBMIT = "Konto anlegen und anmelden", "Create the account and sign in";
    LINK_MISSING = "Dieser Link ist unvollständig. Bitte den ganzen Link aus dem Terminal öffnen.", "This link is incomplete. Please open the whole link from the terminal.";
    PROBLEM_NAME = "Bitte einen Namen angeben.", "Please give a name.";
    PROBLEM_EMAIL = "Bitte eine gültige E-Mail-Adresse angeben, z. B. name@firma.example.", "Please give a valid e-mail address, for example name@company.example.";
    PROBLEM_TAKEN = "Mit dieser Adresse meldet sich schon jemand an. Bitte eine andere angeben.", "Somebody signs in with this address already. Please give another one.";
    PROBLEM_PASSWORD = "Das Passwort ist kürzer, als hier verlangt wird. Bitte ein längeres wählen, am besten einen Satz.", "The password is shorter than is asked for here. Please choose a longer one, best a sentence.";
    PROBLEM_PASSWORD_LONG = "Das Passwort ist zu lang. Bitte höchstens 1.000 Zeichen wählen.", "The password is too long. Please choose at most 1,000 characters.";
}
