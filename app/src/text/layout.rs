//! A pool's layout as a file.

use crate::i18n::words;

words! {
    TITLE = "Konfiguration als Datei", "Configuration as a file";
    LEAD = "Kategorien, Felder und Optionen dieses Pools, ohne die Daten der Personen: um einen weiteren Pool ebenso einzurichten oder eine Konfiguration aus einem Testsystem zu übernehmen.", "The categories, fields and options of this pool, without anybody's data: to set up another pool alike, or to take over a configuration from a test system.";
    DOWNLOAD = "Herunterladen", "Download";
    DOWNLOAD_LEAD = "YAML liest sich leicht, JSON ist für Programme. Beide sagen dasselbe.", "YAML is easy to read, JSON is for programs. Both say the same.";
    YAML = "YAML herunterladen", "Download YAML";
    JSON = "JSON herunterladen", "Download JSON";
    APPLY_TITLE = "Anwenden", "Apply";
    APPLY_LEAD = "Zuerst steht hier, was sich ändern würde. Was die Datei nicht nennt, bleibt; gelöscht wird nie etwas.", "What would change is shown first. What the file does not name stays; nothing is ever deleted.";
    CHOOSE = "Datei wählen", "Choose a file";
    TEXT = "Inhalt der Datei (YAML oder JSON)", "Content of the file (YAML or JSON)";
    COMPARE = "Vergleichen", "Compare";
    SAME = "Der Pool ist schon so, wie die Datei sagt.", "The pool is already as the file says.";
    N_CHANGES = "{n} Änderungen", "{n} changes";
    ONE_CHANGE = "1 Änderung", "1 change";
    APPLY = "{changes} anwenden", "Apply {changes}";
    KEPT = "{n} Dinge bleiben, weil die Datei sie nicht nennt", "{n} things stay because the file does not name them";
    ADDED = "Neu", "New";
    CHANGED = "Geändert", "Changed";
    REFUSED = "Nicht möglich", "Not possible";
    STAYS = "Bleibt", "Stays";
    BEFORE = "vorher", "before";
    AFTER = "nachher", "after";
    UNREADABLE = "Die Datei lässt sich so nicht lesen:", "The file can't be read like this:";
    DONE = "{changes} angewandt", "{changes} applied";
    UNDONE = "Die Konfiguration ist wieder wie zuvor", "The configuration is as before again";
    TOO_LARGE = "Die Datei ist größer als 600 kB. Bitte mit „lagune pool apply“ oder über REST anwenden.", "The file is larger than 600 kB. Please apply it with “lagune pool apply” or by REST.";
    NOT_ADMINISTRATOR = "Pools einrichten dürfen nur Administratoren; herunterladen kann die Konfiguration jeder.", "Only administrators may shape pools; anybody can download the configuration.";
}
