//! Work in the background.

use crate::i18n::words;

words! {
    TITLE = "Vorgänge", "Jobs";
    CAPTION = "Vorgänge, neueste zuerst", "Jobs, newest first";
    WHAT = "Vorgang", "Job";
    STATE = "Stand", "State";
    PROGRESS = "Fortschritt", "Progress";
    STARTED = "Begonnen", "Started";
    BY = "Von", "By";
    ENDED = "Beendet", "Ended";
    ACTIONS = "Aktionen", "Actions";
    CANCEL = "Abbrechen", "Cancel";
    CANCEL_NAMED = "{name} abbrechen", "Cancel {name}";
    CANCELLED = "Der Vorgang wird abgebrochen", "The job is being cancelled";
    UNDO = "Rückgängig", "Undo";
    UNDO_NAMED = "{name} rückgängig machen", "Undo {name}";
    TAKE = "Herunterladen", "Download";
    TAKE_NAMED = "{name} herunterladen", "Download {name}";
    UNDONE = "{n} Profile zurückgesetzt.", "{n} profiles set back.";
    PROFILES = "{n} Profile", "{n} profiles";
    EMPTY_TITLE = "Noch kein Vorgang.", "No jobs yet.";
    EMPTY_LEAD = "Hier steht, was länger dauert: Importe, große Exporte, das Löschen und das Ändern vieler Profile. Es läuft weiter, auch wenn die Seite verlassen wird.", "What takes longer stands here: imports, large exports, deleting and editing many profiles. It goes on when the page is left.";
    TO_POOLS = "Zu den Pools", "To the pools";
    SECONDS = "{n} s", "{n} s";
    MINUTES = "{n} min", "{n} min";
    HOURS = "{n} h", "{n} h";
}
