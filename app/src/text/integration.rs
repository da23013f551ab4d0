//! The integration of a pool with other programs.

use crate::i18n::words;

/// What examples are written in, by name in the address and on the screen: the same in both languages, in the order of
/// their texts.
pub const CODES: [(&str, &str); 3] = [("curl", "curl"), ("javascript", "JavaScript"), ("python", "Python")];

/// The files to take away: ending and name, the same in both languages.
pub const FILES: [(&str, &str); 4] = [("json", "JSON"), ("csv", "CSV"), ("schema.json", "JSON-Schema"), ("openapi.json", "OpenAPI")];

words! {
    FIELDS = "Felder", "Fields";
    EXAMPLES = "REST-Aufrufe", "REST calls";
    SIDES = "Ansicht", "View";
    LANGUAGES = "Sprache der Beispiele", "Language of the examples";
    SEARCH = "Feld suchen", "Search fields";
    CLEAR_SEARCH = "Suche leeren", "Clear the search";
    N_FIELDS = "{n} Felder", "{n} fields";
    OF_FIELDS = "{n} von {all}", "{n} of {all}";
    NOTHING = "Kein Feld passt dazu.", "No field fits.";
    DOWNLOAD = "Herunterladen", "Download";
    ID = "ID", "ID";
    FIELD = "Feld", "Field";
    KEY = "Interner Name", "Internal name";
    VARIABLE = "Ersetzungsvariable", "Replacement variable";
    KIND = "Datentyp", "Data type";
    OPTIONS = "Optionen mit ID", "Options with ID";
    N_OPTIONS = "{n} Optionen", "{n} options";
    MORE_OPTIONS = "… alle stehen in den Dateien", "… all of them stand in the files";
    LIST = "Codes nach {standard}", "Codes of {standard}";
    REQUIRED = "Pflicht", "Required";
    READ_ONLY = "Nur lesen: füllt Lagune selbst", "Read only: filled by Lagune itself";
    KIND_NUMBER = "Nummer des Datentyps in älteren Schnittstellen", "Number of the data type in older interfaces";
    COPY = "{text} kopieren", "Copy {text}";
    COPY_ID = "ID von {name} kopieren", "Copy the id of {name}";
    COPY_EXAMPLE = "Kopieren", "Copy";
    COPY_EXAMPLE_NAMED = "„{name}“ kopieren", "Copy “{name}”";
    COPIED = "Kopiert: {text}", "Copied: {text}";
    COPIED_EXAMPLE = "„{name}“ kopiert", "“{name}” copied";
    NOT_COPIED = "Der Browser erlaubt das Kopieren hier nicht. Bitte markieren und mit Strg C kopieren.", "The browser does not allow copying here. Please select and copy with Ctrl C.";
    TOKEN = "Das Token kommt aus der Umgebungsvariable LAGUNE_TOKEN. Eines macht, wer den Server betreibt:", "The token comes from the environment variable LAGUNE_TOKEN. Whoever runs the server makes one:";
    WHOLE = "Alle Aufrufe beschreiben und ausprobieren", "Read about all calls and try them";
}
