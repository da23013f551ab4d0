//! A field gets another type.

use crate::i18n::words;

words! {
    TITLE = "Typ von „{name}“ ändern", "Change the type of “{name}”";
    STEPS = "Schritte", "Steps";
    STEP_KIND = "Typ wählen", "Choose a type";
    STEP_PREVIEW = "Vorschau", "Preview";
    TO_CONFIGURATION = "Konfiguration", "Configuration";
    STEP_RUN = "Umwandeln", "Convert";
    NOW_IS = "Das Feld ist jetzt: {kind}. Nichts ändert sich, bevor Sie die Vorschau gesehen und die Umwandlung gestartet haben.", "The field is now: {kind}. Nothing changes until you have seen the preview and started the conversion.";
    CHOOSE = "Neuer Typ", "New type";
    SEE = "Vorschau zeigen", "Show preview";
    FROM_TO = "{from} wird {to}", "{from} becomes {to}";
    ALL_EMPTY = "Kein Profil hat einen Wert in diesem Feld. Die Umwandlung ändert nur den Typ.", "No profile has a value in this field. The conversion only changes the type.";
    VALUES = "Werte", "Values";
    CONVERTS = "lassen sich umwandeln", "can be converted";
    FAILS = "lassen sich nicht umwandeln", "can't be converted";
    BAR = "{percent} % der Werte lassen sich umwandeln", "{percent} % of the values can be converted";
    SAMPLES = "Beispiele", "Examples";
    BEFORE = "Vorher", "Before";
    AFTER = "Nachher", "After";
    OPTIONS_MADE = "{n} Optionen werden aus den Werten angelegt.", "{n} options are made of the values.";
    LOSES_DEFAULT = "Der Default-Wert passt nicht zum neuen Typ und entfällt.", "The default does not fit the new type and is dropped.";
    LOSES_MARKS = "Einige Merkmale (Pflichtfeld, Profile Matching, Content Profiling, Profile Tagging) kann der neue Typ nicht haben; sie entfallen.", "The new type can't have some of the marks (required, profile matching, content profiling, profile tagging); they are dropped.";
    BECOMES = "Diese Profile haben danach nichts in dem Feld. Die bisherigen Werte bleiben 14 Tage aufbewahrt: Solange lässt sich die Umwandlung rückgängig machen.", "These profiles have nothing in the field afterwards. The former values are kept for 14 days: until then the conversion can be undone.";
    FAILURES = "Nicht umwandelbar", "Can't be converted";
    FIRST = "Die ersten {n} von {all}.", "The first {n} of {all}.";
    PROFILE = "Profil", "Profile";
    VALUE = "Wert", "Value";
    REASON = "Grund", "Reason";
    DOWNLOAD = "Alle herunterladen (CSV)", "Download all (CSV)";
    START = "Feld umwandeln", "Convert the field";
    OTHER_KIND = "Anderen Typ wählen", "Choose another type";
    WAITING = "Die Umwandlung wartet", "The conversion is waiting";
    RUNNING = "Das Feld wird umgewandelt", "The field is being converted";
    RUNNING_LEAD = "Bis zum Ende bleibt alles, wie es war; alle können weiterarbeiten. Es läuft weiter, auch wenn diese Seite verlassen wird.", "Until it has ended everything stays as it was and everybody can go on working. It goes on when this page is left.";
    DONE = "Das Feld ist jetzt: {kind}", "The field is now: {kind}";
    FAILED = "Die Umwandlung ist fehlgeschlagen", "The conversion has failed";
    CANCELLED = "Die Umwandlung wurde abgebrochen", "The conversion was cancelled";
    UNCHANGED = "Es hat sich nichts geändert.", "Nothing has changed.";
    CONVERTED = "umgewandelt", "converted";
    EMPTY_NOW = "jetzt leer", "empty now";
    KEPT = "konnten nicht zurückgewandelt werden; dort steht wieder der frühere Wert", "could not be converted back; the former value stands there again";
    UNDO = "Rückgängig machen", "Undo";
    UNDO_UNTIL = "Rückgängig machen ist möglich bis {at}.", "Can be undone until {at}.";
    REFRESH = "Stand aktualisieren", "Refresh";
    TO_LIST = "Zur Profilliste", "To the list";
    CANCEL = "Abbrechen", "Cancel";
}
