//! Pools: their list, the first one, making, deleting.

use crate::i18n::words;

words! {
    NO_POOL = "Noch kein Pool", "No pool yet";
    NO_POOL_LEAD = "Die Administration kann einen anlegen; dann erscheint er hier.", "An administrator can make one; it will then appear here.";
    TITLE = "Profile", "Profiles";
    NEW_POOL = "Neuer Pool", "New pool";
    NAME = "Name", "Name";
    COUNT = "Profile", "Profiles";
    ACTIVITY = "Letzte Änderung", "Last change";
    ACTIONS = "Aktionen", "Actions";
    CREATE = "Anlegen", "Create";
    CREATE_LABEL = "Name des neuen Pools", "Name of the new pool";
    DEFAULT_NAME = "Kunden", "Customers";
    DELETE = "Pool löschen", "Delete pool";
    DELETE_NAMED = "Pool {name} löschen", "Delete pool {name}";
    DELETED = "Pool „{name}“ mit {n} Profilen gelöscht", "Pool “{name}” with {n} profiles deleted";
    DELETED_ONE = "Pool „{name}“ mit 1 Profil gelöscht", "Pool “{name}” with 1 profile deleted";
    DELETED_EMPTY = "Pool „{name}“ gelöscht", "Pool “{name}” deleted";
    DELETED_POOLS = "Gelöschte Pools", "Deleted pools";
    DELETED_AT = "Gelöscht", "Deleted";
    KEPT_UNTIL = "Wiederherstellbar bis", "Can be restored until";
    RESTORE = "Wiederherstellen", "Restore";
    RESTORE_NAMED = "Pool {name} wiederherstellen", "Restore pool {name}";
    RESTORE_TAKEN = "Einen Pool mit diesem Namen gibt es inzwischen. Bitte erst jenen umbenennen, dann lässt sich der gelöschte wiederherstellen.", "There is a pool of this name by now. Please rename that one first, then the deleted one can be restored.";
    RESTORED = "Pool „{name}“ ist wieder da", "Pool “{name}” is back";
    FIELDS = "Felder", "Fields";
    RENAME_NAMED = "Pool {name} umbenennen", "Rename pool {name}";
    COPY_NAMED = "Pool wie {name} anlegen", "Create a pool like {name}";
    EXPORT_NAMED = "Profile von {name} exportieren", "Export the profiles of {name}";
    FILE_NAMED = "Konfiguration von {name} als Datei", "Configuration of {name} as a file";
    START = "Beginnen mit", "Begin with";
    BLANK = "Nur Standard-Felder", "Standard fields only";
    BLANK_TEXT = "Von Anrede bis Website; alles Weitere später.", "From salutation to website; everything else later.";
    COPY = "Wie ein anderer Pool", "Like another pool";
    COPY_TEXT = "Dessen Kategorien, Felder und Optionen, ohne die Profile.", "Its categories, fields and options, without the profiles.";
    COPY_OF = "Pool, dessen Konfiguration übernommen wird", "Pool whose configuration is taken";
    COPY_NAME = "{name} (Kopie)", "{name} (copy)";
    CAPTION = "Alle Pools", "All pools";
    FIRST_TITLE = "Noch ist kein Profil da.", "There are no profiles yet.";
    FIRST_LEAD = "Ein Pool nimmt alle Kundenprofile auf, mit ihren Feldern, Einwilligungen und ihrer Geschichte. Meist reicht einer für das ganze Unternehmen.", "A pool holds all customer profiles, with their fields, consents and history. One is mostly enough for a whole company.";
    FIRST_POOL = "Meinen ersten Pool anlegen", "Create my first pool";
    FIRST_POOL_TEXT = "Mit den Standard-Feldern von Anrede bis Website.", "With the standard fields from salutation to website.";
    FIRST_IMPORT = "Datei importieren", "Import a file";
    FIRST_IMPORT_TEXT = "CSV oder XLSX aus Excel, HubSpot, Mailchimp, Google oder Outlook. Spalten, Zeichensatz und Trennzeichen werden erkannt, die Felder dazu vorgeschlagen.", "CSV or XLSX from Excel, HubSpot, Mailchimp, Google or Outlook. Columns, encoding and delimiter are recognised, fields proposed for them.";
    FIRST_IMPORT_BUTTON = "Weiter zur Datei", "Go on to the file";
    FIRST_IMPORT_NAME = "Kontakte", "Contacts";
    FIRST_DEMO = "Mit Beispieldaten ansehen", "Look around with demo data";
    FIRST_DEMO_TEXT = "12.000 erfundene Profile aus Deutschland, Österreich und der Schweiz. Der Pool lässt sich jederzeit löschen.", "12,000 invented profiles from Germany, Austria and Switzerland. The pool can be deleted at any time.";
    FIRST_DEMO_BUTTON = "Beispiel laden", "Load demo data";
}
