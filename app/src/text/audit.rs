//! The audit log.

use crate::i18n::words;

words! {
    TITLE = "Protokoll", "Audit log";
    CAPTION = "Einträge des Protokolls, neueste zuerst", "Entries of the audit log, newest first";
    LEAD = "Wer hat was wann womit gemacht. Einträge werden nie geändert; jeder trägt die Prüfsumme des vorigen.", "Who did what, when and to what. Entries are never changed; each carries the hash of the one before.";
    SEARCH = "Protokoll durchsuchen", "Search the audit log";
    SEARCH_HINT = "Name, Objekt oder Adresse", "Name, object or address";
    DEED = "Was", "What";
    ALL_DEEDS = "Alles", "Everything";
    WHO = "Wer", "Who";
    EVERYBODY = "Alle", "Everybody";
    FROM_DAY = "Von", "From";
    TO_DAY = "Bis", "To";
    APPLY = "Anwenden", "Apply";
    RESET = "Zurücksetzen", "Reset";
    ONLY_OBJECT = "Nur: {name}", "Only: {name}";
    ALL_OBJECTS = "Wieder alles anzeigen", "Show everything again";
    TIME = "Zeit", "Time";
    OBJECT = "Woran", "Object";
    ORIGIN = "Von wo", "From where";
    NUMBER = "Nummer", "Number";
    SESSION = "Sitzung", "Session";
    HASH = "Prüfsumme", "Hash";
    CHANGED_TO = "geändert in", "changed to";
    EMPTY_VALUE = "leer", "empty";
    MORE_OF_WHO = "Alles von {name}", "Everything by {name}";
    MORE_OF_OBJECT = "Alles zu {name}", "Everything about {name}";
    BY_TOKEN = "Token {name}", "Token {name}";
    BY_IMPORT = "Import {name}", "Import {name}";
    COMMAND_LINE = "Befehlszeile", "Command line";
    NOBODY = "Nicht angemeldet", "Not signed in";
    SYSTEM = "Lagune", "Lagune";
    NOTHING = "Kein Eintrag passt dazu.", "No entry fits.";
    NOTHING_LEAD = "Weniger Wörter oder ein längerer Zeitraum finden mehr.", "Fewer words or a longer span of time find more.";
    PAGES = "Seiten", "Pages";
    NEWEST = "Zu den neuesten", "To the newest";
    OLDER = "Ältere", "Older";
    DOWNLOAD = "Herunterladen", "Download";
    RANGE = "Nummer {last} bis {first}", "Numbers {last} to {first}";
}

/// The files: ending, what the address adds, name.
pub const FILES: [(&str, &str, &str); 2] = [("csv", "dialect=excel", "CSV"), ("ndjson", "", "NDJSON")];
