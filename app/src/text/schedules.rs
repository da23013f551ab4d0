//! Regular imports.

use crate::i18n::words;

words! {
    TITLE = "Regelmäßige Importe", "Regular imports";
    TO_THEM = "Regelmäßige Importe einrichten und ansehen", "Set up and see regular imports";
    LEAD = "Lagune sieht regelmäßig in einem Ordner, auf einem Webserver oder einem SFTP-Server nach und importiert jede neue Datei. Geht etwas schief oder werden zu viele Zeilen abgelehnt, kommt eine Mail.", "Lagune looks regularly into a folder, at a web server or an SFTP server and imports each new file. If something goes wrong, or too many rows are refused, a mail comes.";
    NEW = "Neuer regelmäßiger Import", "New regular import";
    CHANGE_TITLE = "Regelmäßigen Import ändern", "Change a regular import";
    EMPTY_TITLE = "Noch kein regelmäßiger Import", "No regular import yet";
    NAME = "Name", "Name";
    SOURCE = "Woher", "From where";
    SOURCE_HELP = "Der Name eines Ordners, der im Datenordner des Servers angelegt wird ({inbox}), oder eine Adresse.", "The name of a folder, which is made in the data folder of the server ({inbox}), or an address.";
    SOURCE_HOSTS = "Adressen wie https://dateien.example/kunden.csv oder sftp://dateien.example/export/kunden-*.csv. Erlaubt: {hosts}", "Addresses like https://files.example/customers.csv or sftp://files.example/export/customers-*.csv. Allowed: {hosts}";
    SOURCE_NO_HOSTS = "Andere Server erlaubt, wer Lagune betreibt, mit LAGUNE_IMPORT_HOSTS.", "Other servers are allowed by whoever runs Lagune, with LAGUNE_IMPORT_HOSTS.";
    SIGN_IN = "Anmeldung bei diesem Server", "Signing in at this server";
    LOGIN = "Benutzer", "User";
    LOGIN_HELP = "Für SFTP nötig. Ohne Benutzer wird das Geheimnis über https als Token gesendet.", "Needed for SFTP. Without a user the secret is sent as a token over https.";
    SECRET = "Passwort oder Token", "Password or token";
    SECRET_KEPT = "Ist hinterlegt. Leer lassen, damit es bleibt.", "Is there. Leave empty to keep it.";
    SECRET_HELP = "Wird verschlüsselt gespeichert und nie wieder angezeigt.", "Is stored encrypted and never shown again.";
    KEY = "oder privater Schlüssel (OpenSSH, ohne Passphrase)", "or private key (OpenSSH, without a passphrase)";
    MAPPING = "Zuordnung", "Mapping";
    MAPPING_HELP = "Eine gespeicherte Zuordnung mit ihren Regeln. Ohne sie werden die Spalten erkannt.", "A saved mapping with its rules. Without one the columns are recognised.";
    NO_MAPPING = "Spalten erkennen", "Recognise the columns";
    WHEN = "Wann", "When";
    DAILY = "täglich", "daily";
    AT = "Uhrzeit", "Time";
    AT_HELP = "Für täglich und wöchentlich, in der Zeitzone des Mandanten.", "For daily and weekly, in the time zone of the client.";
    PERCENT = "Alarm ab so viel Prozent abgelehnter Zeilen", "Alarm above so many per cent of refused rows";
    PERCENT_HELP = "0: schon bei einer. Wenn gar nichts importiert werden kann, kommt immer eine Mail.", "0: from one on. If nothing can be imported at all a mail always comes.";
    ALARM_TO = "Mail an", "Mail to";
    PAUSED = "Pausiert", "Paused";
    SAVE = "Speichern", "Save";
    CANCEL = "Abbrechen", "Cancel";
    SAVED = "Gespeichert.", "Saved.";
    RUN = "Jetzt nachsehen", "Look now";
    RUN_NAMED = "Jetzt nachsehen: {name}", "Look now: {name}";
    RUNNING = "Lagune sieht nach.", "Lagune is looking.";
    EDIT = "Ändern", "Change";
    EDIT_NAMED = "{name} ändern", "Change {name}";
    DELETE_NAMED = "{name} löschen", "Delete {name}";
    DELETE_TITLE = "„{name}“ löschen?", "Delete “{name}”?";
    DELETE_LEAD = "Was importiert wurde, bleibt. Dateien im Ordner bleiben auch.", "What was imported stays. Files in the folder stay too.";
    DELETE_YES = "Löschen", "Delete";
    DELETED = "Gelöscht.", "Deleted.";
    NEXT = "Nächstes Mal", "Next time";
    LAST = "Zuletzt", "Last";
    NEVER = "noch nie", "never";
    PROBLEM = "Beim letzten Mal", "The last time";
    SERVER_KEY = "Schlüssel des Servers", "Key of the server";
    FILES = "Dateien ({n})", "Files ({n})";
    NO_FILES = "Noch keine Datei", "No file yet";
    OF = "Importiert mit den Rechten von {name}", "Imports with the rights of {name}";
    NOBODY = "niemand mehr", "nobody any more";
}
