//! Code and wording of what can be wrong with the rows and cells of a file.

use crate::lang::Text;

type Words = (&'static str, Text);

pub(super) const NUL_BYTE: Words = (
    "nul_byte",
    Text::new(
        "Die Zelle enthält ein NUL-Byte, also keinen Text. Bitte die Datei neu speichern oder die Zelle berichtigen.",
        "The cell contains a NUL byte, which is no text. Please save the file anew or correct the cell.",
    ),
);

pub(super) const FORMULA_ERROR: Words = (
    "formula_error",
    Text::new(
        "Die Zelle zeigt den Fehler einer Formel statt eines Wertes. Bitte die Formel in der Tabelle berichtigen oder die Zelle leeren.",
        "The cell shows the error of a formula instead of a value. Please correct the formula in the table or empty the cell.",
    ),
);

pub(super) const ROUNDED_NUMBER: Words = (
    "rounded_number",
    Text::new(
        "Die Tabellenkalkulation hat diese Nummer gekürzt, ihre letzten Ziffern fehlen. Bitte die Spalte dort als Text formatieren, die Nummern neu eintragen und die Datei noch einmal speichern.",
        "The spreadsheet program has shortened this number, its last digits are missing. Please format the column as text there, enter the numbers anew and save the file again.",
    ),
);

pub(super) const NOT_A_RECORD: Words = (
    "not_a_record",
    Text::new(
        "Dieser Eintrag ist nicht lesbar. Bitte ihn in der Datei prüfen: Klammern, Anführungszeichen und Ende müssen stimmen.",
        "This entry can't be read. Please check it in the file: brackets, quotation marks and its end must be right.",
    ),
);

pub(super) const WRONG_CELL_COUNT: Words = (
    "wrong_cell_count",
    Text::new(
        "Die Zeile hat {found} Zellen, die Datei aber nur {expected} Spalten. Bitte Trennzeichen und Anführungszeichen in dieser Zeile prüfen.",
        "This row has {found} cells but the file has {expected} columns. Please check the delimiters and quotes in this row.",
    ),
);

pub(super) const CELL_TOO_LARGE: Words =
    ("cell_too_large", Text::new("Bitte die Zelle auf höchstens {max} Bytes kürzen.", "Please shorten this cell to at most {max} bytes."));

pub(super) const UNCLOSED_QUOTE: Words = (
    "unclosed_quote",
    Text::new(
        "Ein Anführungszeichen wird nicht geschlossen. Bitte es in der Datei ergänzen.",
        "A quotation mark is never closed. Please close it in the file.",
    ),
);

pub(super) const BAD_ENCODING: Words = (
    "bad_encoding",
    Text::new(
        "Die Zeichen passen nicht zur gewählten Kodierung. Bitte eine andere Kodierung wählen oder die Zelle prüfen.",
        "The characters do not fit the chosen encoding. Please choose another encoding or check the cell.",
    ),
);

pub(super) const ALREADY_THERE: Words = (
    "already_there",
    Text::new(
        "Dieses Profil gibt es schon; der Import legt nur neue an. Sonst bitte in den Regeln „Anlegen und ändern“ wählen.",
        "This profile exists already; the import only makes new ones. Otherwise please choose “Create and update” in the rules.",
    ),
);

pub(super) const NOT_THERE: Words = (
    "not_there",
    Text::new(
        "Dieses Profil gibt es nicht; der Import ändert nur vorhandene. Sonst bitte in den Regeln „Anlegen und ändern“ wählen.",
        "There is no such profile; the import only changes existing ones. Otherwise please choose “Create and update” in the rules.",
    ),
);

pub(super) const ANOTHER_ROW: Words = (
    "another_row",
    Text::new(
        "Eine andere Zeile der Datei hat denselben Schlüssel, und nach den Regeln zählt jene.",
        "Another row of the file has the same key, and by the rules that one counts.",
    ),
);
pub(super) const NO_MAIL_DOMAIN: Words = (
    "no_mail_domain",
    Text::new(
        "Die Domain „{domain}“ nimmt keine E-Mails an, sagt das DNS. Bitte die Adresse prüfen.",
        "The domain “{domain}” takes no mail, says the DNS. Please check the address.",
    ),
);

pub(super) const NOT_A_SOURCE: (&str, Text) = (
    "not_a_source",
    Text::new(
        "Bitte den Namen eines Ordners angeben, aus Buchstaben, Ziffern, Leerzeichen, Punkt und Strich, oder eine Adresse wie https://dateien.example/kunden.csv oder sftp://dateien.example/export/kunden-*.csv, ohne Benutzer und Passwort darin.",
        "Please give the name of a folder, of letters, digits, spaces, dots and dashes, or an address like https://files.example/customers.csv or sftp://files.example/export/customers-*.csv, without user and password in it.",
    ),
);
pub(super) const NOT_A_TIMING: (&str, Text) = (
    "not_a_timing",
    Text::new(
        "Bitte angeben, wann: alle 1 bis 1440 Minuten (15m), täglich (daily 06:30) oder wöchentlich (weekly 1 06:30, 1 ist Montag).",
        "Please say when: every 1 to 1440 minutes (15m), daily (daily 06:30) or weekly (weekly 1 06:30, 1 is Monday).",
    ),
);
