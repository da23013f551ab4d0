//! Language, theme, password.

use crate::i18n::words;

words! {
    TITLE = "Einstellungen", "Settings";
    LOOK = "Sprache und Design", "Language and theme";
    LANGUAGE = "Sprache", "Language";
    GERMAN = "Deutsch", "Deutsch";
    ENGLISH = "English", "English";
    THEME = "Design", "Theme";
    SYSTEM = "Wie das System", "Like the system";
    LIGHT = "Hell", "Light";
    DARK = "Dunkel", "Dark";
    SAVE = "Speichern", "Save";
    SAVED = "Gespeichert", "Saved";
    PASSWORD = "Passwort ändern", "Change the password";
    OLD = "Bisheriges Passwort", "Present password";
    NEW = "Neues Passwort", "New password";
    NEW_HELP = "Meist mindestens 12 Zeichen. Ein Satz merkt sich leichter als ein Wort.", "Mostly at least 12 characters. A sentence is easier to remember than a word.";
    SIGN_IN = "Anmeldung: zweiter Faktor", "Sign-in: second factor";
    SESSIONS = "Angemeldete Geräte", "Signed-in devices";
    THIS_ONE = "dieses", "this one";
    SINCE = "seit {at}", "since {at}";
    END = "Abmelden", "Sign out";
    END_ONE = "{name} abmelden", "Sign out {name}";
    END_OTHERS = "Alle anderen abmelden", "Sign out all others";
    ENDED = "Abgemeldet", "Signed out";
    CHANGED = "Das Passwort ist geändert", "The password is changed";
}
