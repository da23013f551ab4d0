//! Pools: their list, the first one, making, deleting.

use crate::i18n::words;

words! {
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
    RESTORED = "Pool „{name}“ ist wieder da", "Pool “{name}” is back";
    CAPTION = "Alle Pools", "All pools";
    FIRST_TITLE = "Noch ist kein Profil da.", "There are no profiles yet.";
    FIRST_LEAD = "Ein Pool nimmt alle Kundenprofile auf, mit ihren Feldern, Einwilligungen und ihrer Geschichte. Meist reicht einer für das ganze Unternehmen.", "A pool holds all customer profiles, with their fields, consents and history. One is mostly enough for a whole company.";
    FIRST_POOL = "Meinen ersten Pool anlegen", "Create my first pool";
    FIRST_POOL_TEXT = "Mit den Standard-Feldern von Anrede bis Website.", "With the standard fields from salutation to website.";
    FIRST_IMPORT = "Datei importieren", "Import a file";
    FIRST_IMPORT_TEXT = "CSV aus Excel, HubSpot, Mailchimp, Google oder Outlook. Spalten, Zeichensatz und Trennzeichen werden erkannt, die Felder dazu vorgeschlagen.", "CSV from Excel, HubSpot, Mailchimp, Google or Outlook. Columns, encoding and delimiter are recognised, fields proposed for them.";
    FIRST_IMPORT_BUTTON = "Weiter zur Datei", "Go on to the file";
    FIRST_IMPORT_NAME = "Kontakte", "Contacts";
    FIRST_DEMO = "Mit Beispieldaten ansehen", "Look around with demo data";
    FIRST_DEMO_TEXT = "12.000 erfundene Profile aus Deutschland, Österreich und der Schweiz. Der Pool lässt sich jederzeit löschen.", "12,000 invented profiles from Germany, Austria and Switzerland. The pool can be deleted at any time.";
    FIRST_DEMO_BUTTON = "Beispiel laden", "Load demo data";
}
