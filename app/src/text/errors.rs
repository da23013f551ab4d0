//! Sentences for what went wrong.

use crate::i18n::words;

words! {
    NOT_FOUND = "Das gibt es nicht, oder es wurde inzwischen gelöscht.", "There is no such thing, or it has been deleted meanwhile.";
    FORBIDDEN = "Dazu fehlt das Recht. Die Administration kann es erteilen.", "You are not allowed to do this. An administrator can grant it.";
    SIGNED_OUT = "Die Sitzung ist abgelaufen. Bitte neu anmelden; was getippt wurde, bleibt stehen.", "The session has ended. Please sign in again; what you typed is kept.";
    POOL_NAME_TAKEN = "Einen Pool mit diesem Namen gibt es schon. Bitte einen anderen Namen wählen.", "There is a pool of this name already. Please choose another name.";
    EMAIL_TAKEN = "Mit dieser Adresse meldet sich schon jemand an. Bitte eine andere angeben.", "Somebody signs in with this address already. Please give another one.";
    JOB_ENDED = "Der Vorgang ist schon beendet.", "This work has ended already.";
    STALE = "Inzwischen hat jemand anderes das geändert. Bitte die Seite neu laden.", "Somebody else has changed this meanwhile. Please reload the page.";
    UNAVAILABLE = "Gerade ist zu viel los. Bitte gleich noch einmal versuchen.", "There is too much going on right now. Please try again in a moment.";
    NO_ROOM = "Auf der Platte des Servers ist kein Platz mehr; darum wurde nichts gespeichert. Bitte die Administration verständigen.", "The server's disk has no room left, so nothing was saved. Please tell an administrator.";
    INTERNAL = "Das hat nicht geklappt, und es liegt an uns. Im Protokoll steht der Grund unter {reference}.", "That did not work, and it is our fault. The log has the reason under {reference}.";
    TRANSPORT = "Der Server ist nicht erreichbar. Was getippt wurde, bleibt stehen; bitte gleich noch einmal versuchen.", "The server can't be reached. What you typed is kept; please try again in a moment.";
    BAD_REQUEST = "Die Eingabe war unvollständig. Bitte die Seite neu laden und noch einmal versuchen.", "The input was incomplete. Please reload the page and try again.";
    TITLE_NOT_FOUND = "Diese Seite gibt es nicht", "This page does not exist";
    LEAD_NOT_FOUND = "Vielleicht wurde sie gelöscht, oder die Adresse ist nicht ganz richtig.", "It may have been deleted, or the address is not quite right.";
    TITLE_FORBIDDEN = "Hier fehlt das Recht", "You have no access here";
    TITLE_FAILED = "Das hat nicht geklappt", "That did not work";
    TO_START = "Zur Startseite", "To the start page";
    RETRY = "Noch einmal versuchen", "Try again";
    SIGN_IN = "Anmelden", "Sign in";
}
