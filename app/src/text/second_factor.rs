//! The second factor: signing in with it, setting it up.

use crate::i18n::words;

words! {
    TITLE = "Zweiter Faktor", "Second factor";
    LEAD = "Nach dem Passwort fragt Lagune dann noch nach einem Code vom Telefon: Mit dem Passwort allein kommt niemand hinein.", "After the password Lagune then asks for a code from the phone as well: with the password alone nobody comes in.";
    OPEN = "Einrichten oder ändern", "Set up or change";
    REQUIRED = "In diesem Mandanten brauchen alle einen zweiten Faktor.", "In this client everybody needs a second factor.";
    REQUIRED_LEAD = "In diesem Mandanten brauchen alle einen zweiten Faktor. Bitte richten Sie Ihren jetzt ein, dann geht es weiter.", "In this client everybody needs a second factor. Please set yours up now, then you can go on.";
    NEEDS = "Sie brauchen dafür eine App für Einmal-Codes auf dem Telefon, z. B. Aegis, 2FAS oder den Passwort-Manager.", "You need an app for one-time codes on the phone, e.g. Aegis, 2FAS or your password manager.";
    PASSWORD = "Ihr Passwort", "Your password";
    BEGIN = "Einrichten", "Set up";
    SCAN = "Diesen Code mit der App einlesen", "Scan this code with the app";
    QR = "QR-Code für die App", "QR code for the app";
    OR_TYPE = "Oder den Schlüssel von Hand eintragen:", "Or type the key by hand:";
    OR_OPEN = "In einer App auf diesem Gerät öffnen", "Open in an app on this device";
    FIRST_CODE = "Code aus der App", "Code from the app";
    FIRST_CODE_HELP = "Sechs Ziffern. Danach werden Ihre anderen Geräte abgemeldet.", "Six digits. Your other devices are signed out afterwards.";
    CONFIRM = "Bestätigen", "Confirm";
    CODES = "Ihre Wiederherstellungscodes", "Your recovery codes";
    CODES_HELP = "Damit kommen Sie hinein, wenn das Telefon weg ist; jeder gilt einmal. Bitte jetzt ausdrucken oder in den Passwort-Manager kopieren: Sie werden nur dieses eine Mal gezeigt.", "With these you come in when the phone is gone; each counts once. Please print them now or copy them to your password manager: they are shown this once only.";
    COPY = "Kopieren", "Copy";
    COPIED = "Kopiert", "Copied";
    PRINT = "Drucken", "Print";
    ON = "Eingerichtet seit {at}.", "Set up since {at}.";
    LEFT = "Noch {n} Wiederherstellungscodes.", "{n} recovery codes left.";
    LEFT_ONE = "Noch ein Wiederherstellungscode.", "One recovery code left.";
    LEFT_NONE = "Keine Wiederherstellungscodes mehr. Bitte neue erzeugen.", "No recovery codes left. Please make new ones.";
    CHANGE = "Ändern", "Change";
    ANY_CODE = "Code aus der App oder Wiederherstellungscode", "Code from the app, or a recovery code";
    RENEW = "Neue Wiederherstellungscodes", "New recovery codes";
    REMOVE = "Zweiten Faktor entfernen", "Remove the second factor";
    REMOVED = "Der zweite Faktor ist entfernt.", "The second factor is removed.";
    BACK = "Zu den Einstellungen", "To the settings";

    STEP_TITLE = "Code eingeben", "Enter the code";
    STEP_LEAD = "Bitte den Code aus der App auf dem Telefon eingeben, oder einen Wiederherstellungscode.", "Please enter the code from the app on the phone, or a recovery code.";
    STEP_CODE = "Code", "Code";
    STEP_LOST = "Telefon und Codes verloren? Die Administration kann den zweiten Faktor zurücksetzen.", "Lost the phone and the codes? An administrator can reset the second factor.";
    GO_ON = "Weiter", "Go on";
    CANCEL = "Abbrechen", "Cancel";

    WRONG_CODE = "Der Code stimmt nicht, ist abgelaufen oder wurde schon benutzt. Bitte den nächsten abwarten; geht auch der nicht, prüfen Sie die Uhrzeit des Telefons.", "The code is wrong, has run out or was used already. Please wait for the next one; if that fails too, check the time of the phone.";
    WRONG_PASSWORD = "Das Passwort stimmt nicht. Bitte noch einmal versuchen.", "The password is wrong. Please try again.";
    BEGUN_OVER = "Das Einrichten hat zu lange gedauert oder wurde anderswo begonnen. Bitte noch einmal von vorn.", "Setting it up took too long or was begun elsewhere. Please start again.";
    NONE = "Es ist kein zweiter Faktor eingerichtet.", "No second factor is set up.";
    INCOMPLETE = "Bitte alle Felder ausfüllen.", "Please fill in all fields.";
}
