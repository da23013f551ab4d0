//! The words of the controls.

use crate::i18n::words;

words! {
    // Lists
    HITS = "{n} Treffer", "{n} hits";
    HIT = "1 Treffer", "1 hit";
    NO_HIT = "Nichts gefunden", "Nothing found";
    MORE = "{n} weitere. Weitertippen grenzt ein.", "{n} more. Type on to narrow them down.";
    BEFORE = "{n} davor", "{n} above";
    CLEAR = "{name}: Auswahl leeren", "{name}: clear";
    CHOOSE = "Auswählen", "Choose";
    ADD = "Hinzufügen …", "Add …";
    ADD_TO = "{name}: hinzufügen", "{name}: add";
    CHOSEN_OF = "{name}: ausgewählt", "{name}: chosen";
    REMOVE = "{name} entfernen", "Remove {name}";
    ADDED = "{name} hinzugefügt", "{name} added";
    REMOVED = "{name} entfernt", "{name} removed";

    // Yes or no
    YES = "Ja", "Yes";
    NO = "Nein", "No";
    NEITHER = "Offen", "Not set";

    // Dates
    CALENDAR_OF = "{name}: Kalender öffnen", "{name}: open the calendar";
    CALENDAR = "{name}: Tag wählen", "{name}: choose a day";
    PREVIOUS_MONTH = "Voriger Monat", "Previous month";
    NEXT_MONTH = "Nächster Monat", "Next month";
    PREVIOUS_YEAR = "Voriges Jahr", "Previous year";
    NEXT_YEAR = "Nächstes Jahr", "Next year";
    TIME = "Uhrzeit", "Time";
    TODAY = "Heute", "Today";
    DATE_HINT = "22.11.2026 oder heute + 14 Tage", "22 Nov 2026 or today + 14 days";

    // Postcodes
    FOR_EXAMPLE = "z. B. {example}", "e.g. {example}";
}
