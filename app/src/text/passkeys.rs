//! Passkeys: signing in by them, adding and removing them.

use crate::i18n::words;

words! {
    TITLE = "Passkeys", "Passkeys";
    LEAD = "Mit einem Passkey melden Sie sich per Fingerabdruck, Gesicht oder Geräte-PIN an, ohne Passwort und ohne Code. Er gilt als zweiter Faktor.", "With a passkey you sign in by fingerprint, face or the PIN of your device, without password and code. It counts as a second factor.";
    OPEN = "Passkeys verwalten", "Manage passkeys";
    YOURS = "Ihre Passkeys", "Your passkeys";
    NONE = "Noch keine.", "None yet.";
    ADDED = "Hinzugefügt {at}", "Added {at}";
    USED = "zuletzt benutzt {at}", "last used {at}";
    NEVER = "noch nie benutzt", "never used";
    ADD = "Passkey hinzufügen", "Add a passkey";
    NAME = "Name", "Name";
    NAME_HELP = "Zum Wiedererkennen, z. B. „Laptop“ oder „Telefon“.", "To recognise it, e.g. “laptop” or “phone”.";
    PASSWORD = "Ihr Passwort", "Your password";
    CODE = "Code aus der App oder Wiederherstellungscode", "Code from the app, or a recovery code";
    NEXT = "Weiter", "Go on";
    MAKE_LEAD = "Der Browser fragt jetzt nach Fingerabdruck, Gesicht oder PIN und legt den Passkey an.", "The browser now asks for fingerprint, face or PIN and makes the passkey.";
    MAKE = "Passkey anlegen", "Make the passkey";
    REMOVE = "Entfernen", "Remove";
    REMOVE_ONE = "Passkey „{name}“ entfernen", "Remove the passkey “{name}”";
    REMOVE_LEAD = "Danach meldet er niemanden mehr an. Auf dem Gerät selbst löschen Sie ihn in dessen Passwort-Manager.", "It signs nobody in any more then. On the device itself you delete it in its password manager.";
    CANCEL = "Abbrechen", "Cancel";
    WAS_ADDED = "Der Passkey ist hinzugefügt.", "The passkey is added.";
    WAS_REMOVED = "Der Passkey ist entfernt.", "The passkey is removed.";
    BACK = "Zu den Einstellungen", "To the settings";
    NOT_HERE = "Unter dieser Adresse gibt es keine Passkeys: Browser erlauben sie nur mit https und einem Namen statt einer IP-Adresse. Die Administration stellt die Adresse mit LAGUNE_PUBLIC_URL ein.", "There are no passkeys at this address: browsers allow them only with https and a name instead of an IP address. An administrator sets the address by LAGUNE_PUBLIC_URL.";
    NEEDS_SCRIPT = "Passkeys brauchen JavaScript. Bitte im Browser einschalten.", "Passkeys need JavaScript. Please switch it on in the browser.";

    SIGN_IN = "Mit Passkey anmelden", "Sign in with a passkey";
    STEP_TITLE = "Anmeldung bestätigen", "Confirm the sign-in";
    STEP_LEAD = "Zu diesem Konto gehört ein Passkey. Bitte damit bestätigen, dass Sie es sind.", "A passkey belongs to this account. Please confirm with it that it is you.";
    STEP = "Mit Passkey bestätigen", "Confirm with a passkey";
    STEP_ELSEWHERE = "Ihre Passkeys gehören zu einer anderen Adresse von Lagune. Bitte dort anmelden; die Administration kann den zweiten Faktor auch zurücksetzen.", "Your passkeys belong to another address of Lagune. Please sign in there; an administrator can also reset the second factor.";
    STEP_LOST = "Passkey verloren? Die Administration kann den zweiten Faktor zurücksetzen.", "Lost the passkey? An administrator can reset the second factor.";
    INSTEAD = "Stattdessen mit Passkey", "With a passkey instead";

    TOO_OLD = "Dieser Browser kann keine Passkeys. Bitte aktualisieren oder anders anmelden.", "This browser knows no passkeys. Please update it, or sign in another way.";
    STOPPED = "Das wurde abgebrochen, oder hier ist kein passender Passkey. Bitte noch einmal versuchen.", "That was cancelled, or there is no fitting passkey here. Please try again.";
    THERE_ALREADY = "Auf diesem Gerät liegt schon ein Passkey für Sie.", "There is a passkey for you on this device already.";
    THROTTLED = "Zu viele Versuche. Bitte in einigen Minuten noch einmal versuchen.", "Too many attempts. Please try again in a few minutes.";
    NO_ANSWER = "Der Server antwortet nicht. Bitte die Verbindung prüfen und noch einmal versuchen.", "The server does not answer. Please check the connection and try again.";

    FAILED = "Mit diesem Passkey geht es nicht. Bitte noch einmal versuchen oder anders anmelden.", "It does not work with this passkey. Please try again, or sign in another way.";
    WRONG_PASSWORD = "Das Passwort stimmt nicht. Bitte noch einmal versuchen.", "The password is wrong. Please try again.";
    NOT_MADE = "Der Passkey wurde nicht angenommen: Es hat zu lange gedauert, oder das Gerät kann keinen, der sich selbst ausweist. Bitte noch einmal von vorn.", "The passkey was not taken: it took too long, or the device can't make one that identifies itself. Please start again.";
    TOO_MANY = "Mehr als 20 Passkeys gehen nicht. Bitte zuerst einen entfernen.", "There can't be more than 20 passkeys. Please remove one first.";
    GONE = "Diesen Passkey gibt es nicht mehr.", "This passkey is gone.";
    LONG_AGO = "Das geht nur in den ersten zehn Minuten nach der Anmeldung. Bitte ab- und neu anmelden.", "This works only in the first ten minutes after signing in. Please sign out and in again.";
    INCOMPLETE = "Bitte alle Felder ausfüllen.", "Please fill in all fields.";
}
