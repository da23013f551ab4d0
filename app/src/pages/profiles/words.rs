//! The words of the profile list, in both languages.

use crate::i18n::words;

words! {
    // List and search
    PROFILES = "Profile", "Profiles";
    PROFILE_LIST = "Profilliste", "Profile list";
    HIT_LIST = "Trefferliste", "Result list";
    SEARCH = "Suchen", "Search";
    SEARCH_PROFILES = "Profile durchsuchen", "Search profiles";
    SEARCH_HINT = "Suche mit / ansteuern", "Press / to search";
    CLEAR_SEARCH = "Suche leeren", "Clear search";
    HITS = "{n} Treffer", "{n} hits";
    HIT = "1 Treffer", "1 hit";
    COUNT = "{n} Profile", "{n} profiles";
    COUNTING = "wird gezählt …", "counting …";
    ADVANCED = "Erweitert", "Advanced";
    SEARCH_IN = "Gesucht wird in", "Search in";
    USUAL_FIELDS = "Übliche Felder", "Usual fields";
    APPLY = "Anwenden", "Apply";
    BUILDING = "Die Sortierung wird vorbereitet. Ab jetzt geht es schnell.", "This order is being prepared. From now on it is fast.";
    CAPTION = "Profile im Pool {pool}", "Profiles in pool {pool}";

    // Filters
    STATUS = "Status", "Status";
    ADD_FILTER = "Filter", "Filter";
    ADD_FILTER_LABEL = "Filter hinzufügen", "Add a filter";
    REMOVE_FILTER = "Filter {name} entfernen", "Remove filter {name}";
    FIELD = "Feld", "Field";
    CONDITION = "Bedingung", "Condition";
    VALUE = "Wert", "Value";
    ADD = "Hinzufügen", "Add";
    ANY_STATUS = "Jeder Status", "Any status";
    OP_IS = "ist", "is";
    OP_IS_NOT = "ist nicht", "is not";
    OP_LESS = "kleiner als", "less than";
    OP_GREATER = "größer als", "greater than";
    OP_CONTAINS = "enthält", "contains";
    OP_EMPTY = "ist leer", "is empty";
    OP_FILLED = "ist ausgefüllt", "is filled";

    // Columns and rows
    COLUMNS_OF = "{n} von {all} Spalten", "{n} of {all} columns";
    COLUMNS = "Spalten", "Columns";
    COLUMNS_SHOWN = "Angezeigte Spalten", "Columns shown";
    MOVE_UP = "{name} nach vorn", "Move {name} forward";
    MOVE_DOWN = "{name} nach hinten", "Move {name} back";
    MOVED = "{name}: Platz {n} von {all}", "{name}: position {n} of {all}";
    ROW_HEIGHT = "Zeilenhöhe", "Row height";
    AIRY = "Luftig", "Airy";
    DENSE = "Dicht", "Dense";
    COLUMN_WIDTH = "Breite von {name}", "Width of {name}";
    SORT_BY = "Nach {name} sortieren", "Sort by {name}";

    // Pager
    PAGES = "Seiten", "Pages";
    PER_PAGE = "pro Seite", "per page";
    PER_PAGE_LABEL = "Profile pro Seite", "Profiles per page";
    RANGE = "{from}–{to} von {total}", "{from}–{to} of {total}";
    RANGE_OPEN = "{from}–{to}", "{from}–{to}";
    FIRST_PAGE = "Erste Seite", "First page";
    PREVIOUS_PAGE = "Vorige Seite", "Previous page";
    NEXT_PAGE = "Nächste Seite", "Next page";
    LAST_PAGE = "Letzte Seite", "Last page";
    PAGE = "Seite", "Page";
    OF_PAGES = "von {n}", "of {n}";
    GO = "Los", "Go";

    // Selection
    SELECT_ROW = "{name} auswählen", "Select {name}";
    SELECT_PAGE = "Alle Profile dieser Seite auswählen", "Select all profiles on this page";
    SELECTED = "{n} ausgewählt", "{n} selected";
    SELECTED_BOXES = "Auswahl", "Selection";
    SELECT_ALL_HITS = "alle {n} Treffer auswählen", "select all {n} hits";
    SELECT_ALL = "alle {n} Profile auswählen", "select all {n} profiles";
    EDIT_SELECTION = "Auswahl bearbeiten", "Edit selection";
    EXPORT = "Exportieren", "Export";
    DELETE = "Löschen", "Delete";
    CLEAR_SELECTION = "Auswahl aufheben", "Clear selection";
    DELETED = "{n} Profile gelöscht", "{n} profiles deleted";
    DELETED_ONE = "1 Profil gelöscht", "1 profile deleted";
    EDIT_FIELD = "Feld ändern", "Edit a field";
    HOW = "Änderung", "Change";
    HOW_SET = "ersetzen durch", "replace by";
    HOW_ADD = "hinzufügen", "add";
    HOW_REMOVE = "entfernen", "remove";
    NEW_VALUE = "Neuer Wert", "New value";
    EMPTIES = "Ohne Wert wird das Feld geleert.", "Without a value the field is emptied.";
    CHANGE_PROFILES = "{n} Profile ändern", "Change {n} profiles";
    CHANGE_PROFILE = "1 Profil ändern", "Change 1 profile";
    CHANGE_SELECTED = "Auswahl ändern", "Change selection";
    NOT_CHANGED = "Nichts geändert: Der Wert passt nicht zum Feld. Bitte beide prüfen.", "Nothing was changed: the value does not fit the field. Please check both.";
    EDITED = "{n} Profile geändert", "{n} profiles changed";
    EDITED_ONE = "1 Profil geändert", "1 profile changed";
    IN_BACKGROUND = "Das dauert etwas und läuft im Hintergrund weiter. Stand und Rückgängig stehen unter „Vorgänge“.", "This takes a while and goes on in the background. Progress and undo are under “Jobs”.";
    SET_BACK = "{n} Profile zurückgesetzt.", "{n} profiles set back.";
    SET_BACK_ONE = "1 Profil zurückgesetzt.", "1 profile set back.";
    KEPT = "{n} inzwischen anders geänderte bleiben, wie sie sind.", "{n} that were changed since stay as they are.";
    KEPT_ONE = "1 inzwischen anders geändertes bleibt, wie es ist.", "1 that was changed since stays as it is.";
    RESTORED = "{n} Profile wiederhergestellt", "{n} profiles restored";
    RESTORED_ONE = "1 Profil wiederhergestellt", "1 profile restored";
    UNDO = "Rückgängig", "Undo";

    // Live
    NEW_ELSEWHERE = "{n} neue Profile", "{n} new profiles";
    NEW_ELSEWHERE_ONE = "1 neues Profil", "1 new profile";
    SHOW = "anzeigen", "show";
    DELETED_ELSEWHERE = "wurde gelöscht", "was deleted";
    OFFLINE = "Keine Verbindung. Sie wird von selbst wieder aufgenommen.", "No connection. It will be resumed by itself.";

    // Empty and broken
    EMPTY_TITLE = "Noch keine Profile", "No profiles yet";
    EMPTY_LEAD = "Hier erscheinen die Menschen, die dieser Pool kennt. So kommen sie hinein:", "The people known to this pool appear here. This is how they get in:";
    EMPTY_ADD = "Neuer Eintrag", "New entry";
    EMPTY_ADD_HINT = "Ein Profil von Hand anlegen", "Create one profile by hand";
    EMPTY_IMPORT = "Datei importieren", "Import a file";
    EMPTY_IMPORT_HINT = "CSV aus Excel, HubSpot, Mailchimp und anderen", "CSV from Excel, HubSpot, Mailchimp and others";
    NO_HITS = "Nichts gefunden", "Nothing found";
    NO_HITS_FOR = "Kein Profil enthält „{q}“ in {fields}.", "No profile contains “{q}” in {fields}.";
    NO_HITS_FILTER = "Kein Profil passt zu den Filtern.", "No profile matches the filters.";
    THIS_PAGE_EMPTY = "Diese Seite gibt es nicht mehr.", "This page is gone.";
    TO_FIRST_PAGE = "Zur ersten Seite", "To the first page";
    SEARCH_EVERYWHERE = "In allen Feldern suchen", "Search all fields";
    REMOVE_FILTERS = "Filter entfernen", "Remove filters";
    FAILED = "Die Liste konnte nicht geladen werden. Die Suche und die Filter sind noch da.", "The list could not be loaded. Search and filters are kept.";
    RETRY = "Noch einmal versuchen", "Try again";

    // Panel
    PROFILE = "Profil", "Profile";
    NEW_ENTRY = "Neuer Eintrag", "New entry";
    PREVIOUS_PROFILE = "Voriges Profil (K)", "Previous profile (K)";
    NEXT_PROFILE = "Nächstes Profil (J)", "Next profile (J)";
    COPY_LINK = "Link kopieren", "Copy link";
    LINK_COPIED = "Link kopiert", "Link copied";
    OPEN_PAGE = "Als ganze Seite öffnen", "Open as a page";
    CLOSE = "Schließen (Esc)", "Close (Esc)";
    AREAS = "Bereiche des Profils", "Areas of the profile";
    DETAILS = "Details", "Details";
    EDIT = "Bearbeiten", "Edit";
    HISTORY = "Historie", "History";
    SHOWN_EVENTS = "Was gezeigt wird", "What is shown";
    ALL_EVENTS = "Alles", "All";
    EVENTS_CHANGES = "Änderungen", "Changes";
    EVENTS_IMPORTS = "Importe", "Imports";
    EVENTS_COMING = "Angelegt und gelöscht", "Created and deleted";
    OLDER_EVENTS = "Ältere Einträge anzeigen", "Show older entries";
    NO_HISTORY = "Noch keine Ereignisse.", "No events yet.";
    REQUIRED = "Pflichtfeld", "Required";
    POSITION = "{n} von {total}", "{n} of {total}";
    GONE = "Dieses Profil gibt es nicht mehr.", "This profile no longer exists.";
    TO_BIN = "Papierkorb", "Bin";
    DELETE_PROFILE = "Profil löschen", "Delete profile";

    // History
    BY = "von {name}", "by {name}";
    CHANGED_TO = "geändert in", "changed to";
    EVENT_CREATED = "Angelegt", "Created";
    EVENT_EDITED = "geändert", "changed";
    EVENT_DELETED = "Gelöscht", "Deleted";
    EVENT_RESTORED = "Wiederhergestellt", "Restored";
    EVENT_IMPORTED_FROM = "Importiert aus {name}", "Imported from {name}";
    FIELDS_FILLED = "{n} Felder ausgefüllt", "{n} fields filled";
    FIELDS_CHANGED = "{n} Felder geändert", "{n} fields changed";
    FIELD_CHANGED = "1 Feld geändert", "1 field changed";
    EMPTY_VALUE = "leer", "empty";

    // Form
    SAVE = "Speichern", "Save";
    SAVING = "Wird gespeichert …", "Saving …";
    CREATE = "Anlegen", "Create";
    CTRL_S = "Strg S", "Ctrl S";
    DISCARD = "Verwerfen", "Discard";
    UNCHANGED = "Nichts geändert", "No changes";
    SAVED = "Gespeichert", "Saved";
    CREATED = "Profil angelegt", "Profile created";
    CHANGED_MARK = "geändert", "changed";
    NOT_SAVED_ONE = "Noch nicht gespeichert. Ein Feld braucht eine Korrektur:", "Not saved yet. One field needs a correction:";
    NOT_SAVED = "Noch nicht gespeichert. {n} Felder brauchen eine Korrektur:", "Not saved yet. {n} fields need a correction:";
    NOT_SAVED_SERVER = "Noch nicht gespeichert, Ihre Eingaben sind noch da.", "Not saved yet; what you typed is kept.";
    LEAVE_UNSAVED = "Es gibt ungespeicherte Änderungen. Trotzdem verlassen?", "There are unsaved changes. Leave anyway?";
    FROM_TODAY = "gerechnet ab heute, {now}", "reckoned from today, {now}";
    FROM_NOW = "gerechnet ab jetzt, {now}", "reckoned from now, {now}";
    NOT_CHOSEN = "–", "–";
    FORM_OF = "Felder von {name}", "Fields of {name}";

    // History
    VALUE_BACK = "{field} zurücksetzen auf „{value}“", "Set {field} back to “{value}”";
    OPTION_GONE = "Die Option von damals gibt es nicht mehr. Bitte eine andere wählen.", "The option of that time is gone. Please choose another one.";

    // Conflict
    CONFLICT = "{name} hat dieses Profil inzwischen geändert ({at}). Bitte je Feld wählen, was gelten soll.", "{name} has changed this profile in the meantime ({at}). Please choose for each field what shall stay.";
    CONFLICT_ANON = "Dieses Profil wurde inzwischen geändert ({at}). Bitte je Feld wählen, was gelten soll.", "This profile was changed in the meantime ({at}). Please choose for each field what shall stay.";
    MINE = "Meine Eingabe", "My value";
    THEIRS = "Inzwischen gespeichert", "Saved meanwhile";
    SAVE_CHOICE = "Mit dieser Auswahl speichern", "Save this choice";

    // Bin
    BIN = "Papierkorb", "Bin";
    BIN_LEAD = "Gelöschte Profile und Felder bleiben 14 Tage hier und werden dann endgültig entfernt.", "Deleted profiles and fields stay here for 14 days and are then removed for good.";
    BIN_EMPTY = "Der Papierkorb ist leer.", "The bin is empty.";
    BIN_NO_PROFILES = "Keine gelöschten Profile.", "No deleted profiles.";
    BIN_FIELDS = "Felder", "Fields";
    FIELD_TYPE = "Typ", "Type";
    FIELD_KEY = "Interner Name", "Internal name";
    KEPT_UNTIL = "Wiederherstellbar bis", "Can be restored until";
    RESTORE_FIELD = "Feld {name} wiederherstellen", "Restore field {name}";
    FIELD_RESTORED = "Feld „{name}“ ist wieder da", "Field “{name}” is back";
    FIELD_GONE = "Feld „{name}“ liegt wieder im Papierkorb", "Field “{name}” is in the bin again";
    BIN_SEARCH = "Papierkorb durchsuchen", "Search the bin";
    BIN_NO_HITS = "Nichts davon liegt im Papierkorb.", "None of that lies in the bin.";
    RESTORE_ALL = "Alle {n} wiederherstellen", "Restore all {n}";
    RESTORE_RUNS = "Die Profile kommen nach und nach zurück; wie weit es ist, steht unter Vorgänge.", "The profiles come back one after the other; see the jobs for how far it is.";
    RESTORE = "Wiederherstellen", "Restore";
    RESTORE_SELECTED = "Ausgewählte wiederherstellen", "Restore selected";
    DELETED_AT = "Gelöscht", "Deleted";
    DELETED_BY = "Von", "By";
    NAME = "Name", "Name";
    EMAIL = "E-Mail", "E-mail";
}
