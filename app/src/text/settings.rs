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
    NEW_HELP = "Mindestens 12 Zeichen. Ein Satz merkt sich leichter als ein Wort.", "At least 12 characters. A sentence is easier to remember than a word.";
    CHANGED = "Das Passwort ist geändert", "The password is changed";
}
