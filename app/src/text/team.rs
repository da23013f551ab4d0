//! People, roles, tokens, clients.

use crate::i18n::words;

words! {
    TITLE = "Verwaltung", "Administration";
    SIDES = "Bereiche der Verwaltung", "Sides of the administration";
    PEOPLE = "Benutzer", "People";
    ROLES = "Rollen", "Roles";
    TOKENS = "Zugangstoken", "Access tokens";
    CLIENT = "Mandant", "Client";
    CLIENTS = "Mandanten", "Clients";

    INVITE = "Benutzer einladen", "Invite somebody";
    INVITE_BUTTON = "Einladen", "Invite";
    NAME = "Name", "Name";
    EMAIL = "E-Mail", "E-mail";
    ROLE = "Rolle", "Role";
    SEEN = "Zuletzt angemeldet", "Last signed in";
    NEVER = "noch nie", "never";
    STATE = "Zustand", "State";
    ACTIVE = "aktiv", "active";
    INVITED = "eingeladen", "invited";
    DISABLED = "gesperrt", "disabled";
    YOU = "(Sie)", "(you)";
    ACTIONS = "Aktionen", "Actions";
    PEOPLE_CAPTION = "Wer für diesen Mandanten arbeitet", "Who works for this client";
    ROLE_OF = "Rolle von {name}", "Role of {name}";
    GIVE = "Ändern", "Change";
    LINK = "Anmelde-Link", "Sign-in link";
    LINK_OF = "Anmelde-Link für {name} erzeugen", "Make a sign-in link for {name}";
    DISABLE_ONE = "{name} sperren", "Disable {name}";
    ENABLE_ONE = "{name} wieder zulassen", "Let {name} in again";
    REMOVE_ONE = "{name} aus dem Mandanten nehmen", "Take {name} out of the client";
    LINK_FOR = "Anmelde-Link für {name}", "Sign-in link for {name}";
    LINK_HELP = "Bitte auf sicherem Weg weitergeben. Er gilt 48 Stunden, einmal, und wird nur jetzt gezeigt.", "Please hand it over safely. It works for 48 hours, once, and is shown now only.";
    JOINED = "{name} hat schon ein Konto und kann sich gleich anmelden", "{name} has an account already and can sign in at once";
    COPY = "Kopieren", "Copy";
    COPIED = "Kopiert", "Copied";
    ROLE_GIVEN = "Rolle geändert", "Role changed";
    WAS_DISABLED = "{name} ist gesperrt", "{name} is disabled";
    WAS_ENABLED = "{name} kann sich wieder anmelden", "{name} can sign in again";
    WAS_REMOVED = "{name} gehört nicht mehr dazu", "{name} is taken out";
    CANCEL = "Abbrechen", "Cancel";

    NEW_ROLE = "Neue Rolle", "New role";
    ROLES_CAPTION = "Rollen des Mandanten", "The client's roles";
    N_MEMBERS = "Benutzer", "People";
    RIGHTS = "Rechte", "Rights";
    N_RIGHTS = "{n} von {all}", "{n} of {all}";
    READY = "mitgeliefert", "comes with Lagune";
    CHANGED = "angepasst", "adapted";
    FIXED_HELP = "Die Rechte dieser Rolle stehen fest, oder sie erlaubt mehr als Ihre eigene.", "The rights of this role are fixed, or it allows more than your own.";
    MATRIX = "Was diese Rolle mit was tun darf", "What this role may do with what";
    OBJECT = "Was", "What";
    RULE = "Nur Profile, für die gilt", "Only profiles for which holds";
    RULE_HELP = "Leer: alle. Zum Beispiel COUNTRY = \"AT\" and not (CITY contains \"Wien\"). Rechte, die über diese Profile hinausreichen (Import, Konfiguration, Wiederherstellen, Verwaltung), entfallen dann.", "Empty: all. For example COUNTRY = \"AT\" and not (CITY contains \"Vienna\"). Rights that reach beyond these profiles (import, configuration, restoring, administration) are then left out.";
    SPECIAL = "Besondere Rechte", "Special rights";
    SAVE = "Speichern", "Save";
    SAVED = "Gespeichert", "Saved";
    DELETE_ROLE = "Rolle löschen", "Delete the role";
    RESET_ROLE = "Auf Auslieferung zurücksetzen", "Back to how it came";
    ROLE_DELETED = "Rolle gelöscht", "Role deleted";
    NO_CELL = "gibt es nicht", "does not exist";

    NEW_TOKEN = "Neues Token", "New token";
    TOKENS_LEAD = "Mit einem Token rufen Programme die Schnittstelle auf. Es erlaubt höchstens, was Ihre Rolle erlaubt.", "With a token programs call the interface. It allows at most what your role allows.";
    TOKENS_CAPTION = "Zugangstoken", "Access tokens";
    TOKEN_NAME = "Wofür", "What for";
    OWNER = "Von", "Of";
    CREATED = "Angelegt", "Created";
    USED = "Zuletzt benutzt", "Last used";
    EXPIRES = "Läuft ab", "Ends";
    NO_END = "nie", "never";
    OVER = "abgelaufen", "ended";
    LIFE = "Gültig", "Valid";
    DAYS = "{n} Tage", "{n} days";
    FOREVER = "ohne Ablauf", "without end";
    MAKE = "Erzeugen", "Make";
    MADE = "Ihr neues Token", "Your new token";
    MADE_HELP = "Bitte jetzt kopieren: Es wird nur dieses eine Mal gezeigt.", "Please copy it now: it is shown this once only.";
    REVOKE_ONE = "Token {name} widerrufen", "Revoke token {name}";
    REVOKED = "Token widerrufen", "Token revoked";
    NO_TOKENS = "Noch kein Token", "No token yet";

    ZONE = "Zeitzone", "Time zone";
    LANGUAGE = "Sprache neuer Benutzer", "Language of new people";
    COLOUR = "Farbe", "Colour";
    SENDING_DOMAIN = "Versand-Domain", "Sending domain";
    SENDING_HELP = "Aus ihr werden später E-Mails versandt, z. B. news.example.com.", "E-mails will be sent from it, e.g. news.example.com.";
    POLICY = "Anmeldung", "Sign-in";
    PASSWORD_LENGTH = "Mindestlänge neuer Passwörter", "Shortest new password";
    IDLE = "Abmelden nach Minuten ohne Tätigkeit", "Sign out after minutes without activity";
    HOURS = "Abmelden spätestens nach Stunden", "Sign out after hours at the latest";
    AS_INSTALLED = "Leer: wie in der Installation eingestellt.", "Empty: as the installation has it.";
    GENERAL = "Allgemein", "General";

    NEW_CLIENT = "Neuer Mandant", "New client";
    CLIENTS_CAPTION = "Alle Mandanten der Installation", "All clients of the installation";
    POOLS = "Pools", "Pools";
    SWITCH = "Wechseln", "Switch";
    SWITCH_TO = "Zu {name} wechseln", "Switch to {name}";
    CREATE = "Anlegen", "Create";
    CLIENT_CREATED = "Mandant {name} angelegt", "Client {name} created";
    CLIENT_NAME = "Name des neuen Mandanten", "Name of the new client";
}
