//! Code and wording of each problem.

use super::Problem;
use crate::lang::Text;

mod conditions;
mod files;
mod people;

impl Problem {
    pub(super) const fn words(&self) -> (&'static str, Text) {
        match self {
            Problem::Required => ("required", Text::new("Bitte dieses Feld ausfüllen.", "Please fill in this field.")),
            Problem::TooLong { .. } => {
                ("too_long", Text::new("Bitte auf höchstens {max} Zeichen kürzen.", "Please shorten this to at most {max} characters."))
            }
            Problem::TooShort { .. } => {
                ("too_short", Text::new("Bitte mindestens {min} Zeichen eingeben.", "Please enter at least {min} characters."))
            }
            Problem::NotAnEmail => (
                "not_an_email",
                Text::new(
                    "Bitte eine gültige E-Mail-Adresse angeben, z. B. name@firma.de.",
                    "Please enter a valid e-mail address, e.g. name@company.com.",
                ),
            ),
            Problem::NotAPlainEmail => (
                "not_a_plain_email",
                Text::new(
                    "Zum Anmelden geht nur eine Adresse aus den Buchstaben a bis z, Ziffern und Zeichen, ohne Umlaute. Eine Domain mit Umlauten bitte so schreiben, wie der Anbieter sie führt (xn--…).",
                    "Only an address of the letters a to z, digits and signs can be used to sign in. Please write an international domain the way its provider does (xn--…).",
                ),
            ),
            Problem::NotADate => {
                ("not_a_date", Text::new("Bitte ein Datum angeben, z. B. 31.12.1990.", "Please enter a date, e.g. 1990-12-31."))
            }
            Problem::NoSuchDay => (
                "no_such_day",
                Text::new(
                    "Diesen Tag gibt es im Kalender nicht. Bitte Tag und Monat prüfen.",
                    "The calendar has no such day. Please check day and month.",
                ),
            ),
            Problem::YearOutOfRange => {
                ("year_out_of_range", Text::new("Bitte ein Jahr zwischen 1 und 9999 angeben.", "Please enter a year between 1 and 9999."))
            }
            Problem::NotADateTime => (
                "not_a_date_time",
                Text::new(
                    "Bitte ein Datum mit Uhrzeit angeben, z. B. 31.12.1990 14:30.",
                    "Please enter a date with a time, e.g. 1990-12-31 14:30.",
                ),
            ),
            Problem::NotAMoment { .. } => (
                "not_a_moment",
                Text::new(
                    "„{part}“ nennt keinen Zeitpunkt. Bitte z. B. „gestern“, „vor 5 Tagen“, „+2 weeks“ oder „31.12.2026“ schreiben.",
                    "“{part}” names no point in time. Please write e.g. “yesterday”, “5 days ago”, “+2 weeks” or “2026-12-31”.",
                ),
            ),
            Problem::MomentGivenTwice { .. } => (
                "moment_given_twice",
                Text::new(
                    "„{part}“ nennt Datum, Uhrzeit oder Zeitzone ein zweites Mal. Bitte nur eines davon schreiben.",
                    "“{part}” names a date, a time or a time zone once more. Please write only one of them.",
                ),
            ),
            Problem::MomentTooFar => (
                "moment_too_far",
                Text::new(
                    "Dieser Zeitpunkt ist zu weit entfernt. Bitte kleinere Zahlen schreiben.",
                    "This point in time is too far away. Please write smaller numbers.",
                ),
            ),
            Problem::NotAnInteger => (
                "not_an_integer",
                Text::new(
                    "Bitte eine ganze Zahl ohne Nachkommastellen angeben, z. B. 42.",
                    "Please enter a whole number without decimals, e.g. 42.",
                ),
            ),
            Problem::IntegerTooLarge => (
                "integer_too_large",
                Text::new(
                    "Bitte eine kleinere Zahl angeben: Erlaubt sind höchstens 18 Stellen.",
                    "Please enter a smaller number: at most 18 digits are allowed.",
                ),
            ),
            Problem::OutOfRange { .. } => ("out_of_range", Text::new("Möglich ist {min} bis {max}.", "Possible is {min} to {max}.")),
            Problem::NotABoolean => ("not_a_boolean", Text::new("Bitte Ja oder Nein angeben.", "Please enter yes or no.")),
            Problem::NotAPostcode => (
                "not_a_postcode",
                Text::new(
                    "Bitte eine Postleitzahl aus Ziffern und Buchstaben angeben, z. B. 10115.",
                    "Please enter a postcode of digits and letters, e.g. 10115.",
                ),
            ),
            Problem::NotAPostcodeOf { .. } => (
                "not_a_postcode_of",
                Text::new(
                    "In diesem Land sieht eine Postleitzahl anders aus, z. B. {example}.",
                    "In this country a postcode looks different, e.g. {example}.",
                ),
            ),
            Problem::NotAnIpAddress => (
                "not_an_ip_address",
                Text::new(
                    "Bitte eine IP-Adresse angeben, z. B. 192.0.2.1 oder 2001:db8::1.",
                    "Please enter an IP address, e.g. 192.0.2.1 or 2001:db8::1.",
                ),
            ),
            Problem::UnknownSalutation => (
                "unknown_salutation",
                Text::new("Bitte eine Anrede wählen, z. B. Frau, Herr oder Firma.", "Please choose a salutation, e.g. Ms, Mr or Company."),
            ),
            Problem::UnknownCountry => (
                "unknown_country",
                Text::new(
                    "Bitte ein Land angeben, mit Namen oder Kürzel, z. B. Deutschland oder DE.",
                    "Please enter a country by name or code, e.g. Germany or DE.",
                ),
            ),
            Problem::UnknownState => (
                "unknown_state",
                Text::new(
                    "Bitte ein Bundesland angeben, mit Namen oder Kürzel, z. B. Bayern oder DE-BY.",
                    "Please enter a state by name or code, e.g. Bavaria or DE-BY.",
                ),
            ),
            Problem::UnknownMobilePrefix => (
                "unknown_mobile_prefix",
                Text::new(
                    "Bitte eine Mobilvorwahl mit Landesvorwahl angeben, z. B. +49151.",
                    "Please enter a mobile prefix with its country code, e.g. +49151.",
                ),
            ),
            Problem::UnknownLanguage => (
                "unknown_language",
                Text::new(
                    "Bitte eine Sprache angeben, mit Namen oder Kürzel, z. B. Deutsch oder de.",
                    "Please enter a language by name or code, e.g. English or en.",
                ),
            ),
            Problem::UnknownPermission => (
                "unknown_permission",
                Text::new("Bitte eine Permission wählen, z. B. Double Opt-In.", "Please choose a permission, e.g. double opt-in."),
            ),
            Problem::UnknownZone => (
                "unknown_zone",
                Text::new(
                    "Bitte eine Zeitzone mit Kontinent und Stadt angeben, z. B. Europe/Berlin.",
                    "Please enter a time zone as continent and city, e.g. Europe/Berlin.",
                ),
            ),
            Problem::UnknownOption { .. } => (
                "unknown_option",
                Text::new(
                    "„{value}“ gehört nicht zu den Optionen dieses Feldes. Bitte eine vorhandene Option wählen.",
                    "“{value}” is not an option of this field. Please choose an existing option.",
                ),
            ),
            Problem::SeveralOptions => (
                "several_options",
                Text::new(
                    "Hier sind mehrere Optionen gewählt. Bitte nur eine wählen.",
                    "Several options are chosen here. Please choose only one.",
                ),
            ),
            Problem::TooManyOptions { .. } => (
                "too_many_options",
                Text::new(
                    "Es gibt mehr als {max} verschiedene Werte; so viele Optionen sind nicht vorgesehen. Bitte zuerst Werte vereinheitlichen.",
                    "There are more than {max} different values, too many for options. Please unify values first.",
                ),
            ),
            Problem::UnknownChoice { .. } => (
                "unknown_choice",
                Text::new(
                    "„{value}“ steht hier nicht zur Wahl. Bitte einen der vorgesehenen Werte angeben.",
                    "“{value}” is not a possible choice here. Please enter one of the listed values.",
                ),
            ),
            Problem::UnknownField { .. } => (
                "unknown_field",
                Text::new(
                    "Das Feld „{field}“ gibt es in diesem Pool nicht. Bitte den internen Namen prüfen.",
                    "This pool has no field “{field}”. Please check the internal name.",
                ),
            ),
            Problem::WrongType { .. } => {
                ("wrong_type", Text::new("Erwartet wird {expected}. Bitte den Wert so angeben.", "Please give this value as {expected}."))
            }
            Problem::ReadOnly => (
                "read_only",
                Text::new(
                    "Dieses Feld füllt das System. Bitte es aus der Eingabe weglassen.",
                    "The system fills this field. Please leave it out.",
                ),
            ),
            Problem::NotForThisType => (
                "not_for_this_type",
                Text::new(
                    "Felder dieses Typs können das nicht haben. Bitte weglassen.",
                    "Fields of this type can't have this. Please leave it out.",
                ),
            ),
            Problem::Taken => (
                "taken",
                Text::new("Das ist schon vergeben. Bitte etwas anderes wählen.", "This is already in use. Please choose another one."),
            ),
            Problem::NotAnInternalName => (
                "not_an_internal_name",
                Text::new(
                    "Bitte nur Großbuchstaben A bis Z und Ziffern verwenden und mit einem Buchstaben beginnen, z. B. KUNDENNR.",
                    "Please use only capital letters A to Z and digits, beginning with a letter, e.g. CUSTOMERNO.",
                ),
            ),
            Problem::NulByte => files::NUL_BYTE,
            Problem::FormulaError => files::FORMULA_ERROR,
            Problem::RoundedNumber => files::ROUNDED_NUMBER,
            Problem::NotARecord => files::NOT_A_RECORD,
            Problem::WrongCellCount { .. } => files::WRONG_CELL_COUNT,
            Problem::CellTooLarge { .. } => files::CELL_TOO_LARGE,
            Problem::UnclosedQuote => files::UNCLOSED_QUOTE,
            Problem::BadEncoding => files::BAD_ENCODING,
            Problem::MissingKey => (
                "missing_key",
                Text::new(
                    "Das Feld, an dem Profile erkannt werden, ist in dieser Zeile leer. Bitte es ausfüllen.",
                    "The field that identifies profiles is empty in this row. Please fill it in.",
                ),
            ),
            Problem::AmbiguousKey { .. } => (
                "ambiguous_key",
                Text::new(
                    "{n} Profile haben diesen Wert. Bitte die doppelten Profile zusammenführen oder ein anderes Feld zum Erkennen wählen.",
                    "{n} profiles have this value. Please clean up the duplicates or choose another field to identify profiles.",
                ),
            ),
            Problem::AlreadyThere => files::ALREADY_THERE,
            Problem::NotThere => files::NOT_THERE,
            Problem::AnotherRow => files::ANOTHER_ROW,
            Problem::NoMailDomain { .. } => files::NO_MAIL_DOMAIN,
            Problem::WrongPassword => (
                "wrong_password",
                Text::new(
                    "Das ist nicht das bisherige Passwort. Bitte noch einmal eingeben.",
                    "This is not the present password. Please type it again.",
                ),
            ),
            Problem::CommonPassword => people::COMMON_PASSWORD,
            Problem::NamedPassword => people::NAMED_PASSWORD,
            Problem::UnknownProfile => (
                "unknown_profile",
                Text::new(
                    "Ein Profil mit dieser Profil-ID gibt es nicht. Bitte die ID prüfen oder die Zelle leer lassen.",
                    "There is no profile with this profile id. Please check the id or leave the cell empty.",
                ),
            ),
            Problem::BeyondRights => people::BEYOND_RIGHTS,
            Problem::LastAdministrator => people::LAST_ADMINISTRATOR,
            Problem::AlreadyMember => people::ALREADY_MEMBER,
            Problem::RoleFixed => people::ROLE_FIXED,
            Problem::RoleUsed => people::ROLE_USED,
            Problem::TooManyRoles => people::TOO_MANY_ROLES,
            Problem::NotADomain => people::NOT_A_DOMAIN,
            Problem::NotASource => files::NOT_A_SOURCE,
            Problem::NotATiming => files::NOT_A_TIMING,
            Problem::NotACondition { .. } => conditions::NOT_A_CONDITION,
            Problem::TooDeep { .. } => conditions::TOO_DEEP,
            Problem::TooManyConditions { .. } => conditions::TOO_MANY_CONDITIONS,
            Problem::TooManyValues { .. } => conditions::TOO_MANY_VALUES,
            Problem::WrongValueCount { .. } => conditions::WRONG_VALUE_COUNT,
            Problem::NotComparable => conditions::NOT_COMPARABLE,
        }
    }
}
