//! Profiles as a file.

use crate::i18n::words;

words! {
    TITLE = "Exportieren", "Export";
    ALL = "Alle {n} Profile des Pools.", "All {n} profiles of the pool.";
    HITS = "{n} Treffer der Liste.", "{n} hits of the list.";
    CHOSEN = "{n} ausgewählte Profile.", "{n} chosen profiles.";
    ONE = "1 Profil.", "1 profile.";
    NONE = "Kein Profil. Bitte in der Liste andere auswählen.", "No profile. Please choose others in the list.";
    TO_LIST = "Zur Liste", "To the list";
    FIELDS = "Felder", "Fields";
    FIELDS_LEAD = "Angekreuzte Felder stehen in dieser Reihenfolge in der Datei.", "Ticked fields stand in the file in this order.";
    ALL_FIELDS = "Alle Felder", "All fields";
    AS_LIST = "Wie in der Liste", "As in the list";
    MOVE_UP = "{name} nach oben", "Move {name} up";
    MOVE_DOWN = "{name} nach unten", "Move {name} down";
    MOVED = "{name} steht jetzt an Stelle {n} von {all}", "{name} is now number {n} of {all}";
    FORM = "Datei", "File";
    FORMAT = "Format", "Format";
    VALUES = "Werte", "Values";
    VALUES_HELP = "Eine Datei für Programme lässt sich ohne jeden Unterschied wieder importieren, wenn sie alle Felder hat.", "A file for programs is imported again without any difference if it has all fields.";
    LANGUAGE = "Sprache", "Language";
    GERMAN = "Deutsch", "German";
    ENGLISH = "Englisch", "English";
    ZONE = "Zeitzone", "Time zone";
    ZONE_USUAL = "Wie üblich", "As usual";
    ZONE_HELP = "Üblich ist {zone}, für Programme UTC.", "Usual is {zone}, for programs UTC.";
    DELIMITER = "Trennzeichen", "Delimiter";
    ENCODING = "Zeichensatz", "Encoding";
    LINE_END = "Zeilenende", "Line end";
    GUARD = "Vor Formeln schützen", "Guard against formulas";
    GUARD_ON = "Ja (empfohlen)", "Yes (recommended)";
    GUARD_OFF = "Nein", "No";
    GUARD_HELP = "Vor Zellen, die Excel als Formel ausführen würde, steht ein Apostroph; der Import nimmt ihn wieder weg.", "An apostrophe stands before cells that Excel would run as a formula; the import takes it away again.";
    CSV_ONLY = "CSV", "CSV";
    DOWNLOAD = "Herunterladen", "Download";
    IN_BACKGROUND = "Im Hintergrund erstellen", "Make in the background";
    LARGE = "Bei so vielen Profilen dauert es etwas. Im Hintergrund läuft es weiter, auch wenn die Seite verlassen wird; die fertige Datei liegt einen Tag lang unter „Vorgänge“ bereit.", "So many profiles take a while. In the background it goes on when the page is left; the finished file is kept for a day under “Jobs”.";
    SMALL = "Im Hintergrund erstellt, liegt die Datei einen Tag lang unter „Vorgänge“ bereit.", "Made in the background, the file is kept for a day under “Jobs”.";
    LAYOUTS = "Gespeicherte Layouts", "Saved layouts";
    LAYOUT_MANAGE = "Layouts löschen", "Delete layouts";
    LAYOUT_DELETE = "{name} löschen", "Delete {name}";
    LAYOUT_KEEP = "Als Layout speichern", "Save as a layout";
    LAYOUT_NAME = "Name des Layouts", "Name of the layout";
    LAYOUT_SAVE = "Layout speichern", "Save the layout";
    LAYOUT_HELP = "Felder, ihre Reihenfolge und die Form der Datei, für alle, die aus diesem Pool exportieren. Welche Profile, wird jedes Mal gewählt. Unter demselben Namen wird ersetzt.", "Fields, their order and the form of the file, for everybody who exports from this pool. Which profiles is chosen each time. Under the same name it is replaced.";
    LAYOUT_KEPT = "Layout „{name}“ gespeichert.", "Layout “{name}” saved.";
    LAYOUT_WRONG = "Bitte einen Namen mit höchstens 200 Zeichen eingeben.", "Please enter a name of at most 200 characters.";
    LOGGED = "Jeder Export steht im Protokoll.", "Every export is in the audit log.";
}
