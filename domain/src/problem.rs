//! What can be wrong with something a person typed, in sentences that say what to do.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Text, fill, number};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Problem {
    /// The field must be filled.
    Required,
    /// More characters than allowed.
    TooLong {
        /// The most characters allowed.
        max: u64,
    },
    /// Fewer characters than needed.
    TooShort {
        /// The fewest characters needed.
        min: u64,
    },
    /// No usable e-mail address.
    NotAnEmail,
    /// An e-mail address with letters beyond ASCII, by which nobody may sign in.
    NotAPlainEmail,
    /// Not readable as a date.
    NotADate,
    /// A date that the calendar does not have, such as 31.02.
    NoSuchDay,
    /// A year before 1 or after 9999.
    YearOutOfRange,
    /// Not readable as a date with a time.
    NotADateTime,
    /// A text that names no point in time, such as `next monday` does.
    NotAMoment {
        /// The part that was not understood.
        part: String,
    },
    /// A text with a second date, time or time zone.
    MomentGivenTwice {
        /// The part that comes second.
        part: String,
    },
    /// A point in time further away than can be stored.
    MomentTooFar,
    /// Not a whole number.
    NotAnInteger,
    /// A whole number beyond 64 bits.
    IntegerTooLarge,
    /// A number outside of what is possible.
    OutOfRange {
        /// The smallest possible.
        min: u64,
        /// The largest possible.
        max: u64,
    },
    /// Neither yes nor no.
    NotABoolean,
    /// Not a postcode.
    NotAPostcode,
    /// Not a postcode of the profile's country.
    NotAPostcodeOf {
        /// One that is.
        example: String,
    },
    /// Not an IP address.
    NotAnIpAddress,
    /// Not a salutation.
    UnknownSalutation,
    /// Not a country.
    UnknownCountry,
    /// Not a federal state, or several countries have one of this name.
    UnknownState,
    /// Not a mobile prefix.
    UnknownMobilePrefix,
    /// Not a language of the list.
    UnknownLanguage,
    /// Not a permission.
    UnknownPermission,
    /// Not a time zone.
    UnknownZone,
    /// Not one of the options of a selection.
    UnknownOption {
        /// The part that is no option.
        value: String,
    },
    /// Several options where there may be but one.
    SeveralOptions,
    /// More different values than a selection may get options from.
    TooManyOptions {
        /// The most options.
        max: u64,
    },
    /// Not one of the things to choose from.
    UnknownChoice {
        /// What was given.
        value: String,
    },
    /// A field that the pool does not have.
    UnknownField {
        /// Its internal name as given.
        field: String,
    },
    /// A value of the wrong JSON type.
    WrongType {
        /// `text`, `number`, `boolean` or `list`.
        expected: String,
    },
    /// Filled by the system only.
    ReadOnly,
    /// Something that fields of this type can't have.
    NotForThisType,
    /// Exists already and may exist only once.
    Taken,
    /// An internal name must be capital letters and digits, beginning with a letter.
    NotAnInternalName,
    /// A row of a file has more or fewer cells than there are headings.
    WrongCellCount {
        /// Number of headings.
        expected: u64,
        /// Number of cells.
        found: u64,
    },
    /// A cell of a file is larger than can be stored anywhere.
    CellTooLarge {
        /// The most bytes allowed.
        max: u64,
    },
    /// A quoted cell of a file is never closed.
    UnclosedQuote,
    /// Bytes that do not belong to the chosen encoding.
    BadEncoding,
    /// A cell of a file contains a NUL byte.
    NulByte,
    /// A cell holds the error of a formula (`#N/A`) instead of a value.
    FormulaError,
    /// A spreadsheet has shortened a long number (`1,23E+11`); its digits are lost.
    RoundedNumber,
    /// A part of a file that is no record: not closed, or not written as its format demands.
    NotARecord,
    /// The field by which profiles are matched is empty in this row.
    MissingKey,
    /// Several profiles have this value in the field by which profiles are matched.
    AmbiguousKey {
        /// How many.
        n: u64,
    },
    /// A profile with the row's key exists, and the import only makes new ones.
    AlreadyThere,
    /// No profile has the row's key, and the import only changes those that exist.
    NotThere,
    /// Another row of the file has the same key, and that one counts.
    AnotherRow,
    /// The domain of an e-mail address takes no mail, says the DNS.
    NoMailDomain {
        /// The domain.
        domain: String,
    },
    /// Not the password that the person has.
    WrongPassword,
    /// A new password that is a common one or a pattern.
    CommonPassword,
    /// A new password that consists of what is known of the person.
    NamedPassword,
    /// No profile has this profile id.
    UnknownProfile,
    /// The role allows more than the person has who gives or changes it.
    BeyondRights,
    /// Nobody could manage the users of the client any more.
    LastAdministrator,
    /// The person works for the client already.
    AlreadyMember,
    /// The rights of this role stay as they are.
    RoleFixed,
    /// People have this role.
    RoleUsed,
    /// A client has no more roles.
    TooManyRoles,
    /// Not the name of a domain, such as `example.com`.
    NotADomain,
    /// Neither the name of a folder nor the address of files.
    NotASource,
    /// Not readable as the times of a regular import.
    NotATiming,
    /// Not readable as a condition.
    NotACondition {
        /// From there on.
        part: String,
    },
    /// Conditions stand too deep within each other.
    TooDeep {
        /// The most levels.
        max: u64,
    },
    /// More conditions than allowed.
    TooManyConditions {
        /// The most.
        max: u64,
    },
    /// More values in a condition than allowed.
    TooManyValues {
        /// The most.
        max: u64,
    },
    /// A comparison with more or fewer values than it takes.
    WrongValueCount {
        /// How many it takes.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// A comparison that fields of this type don't have.
    NotComparable,
}

mod invalid;
mod words;

pub use invalid::{FieldProblem, Invalid};

impl Problem {
    /// The fixed name of this kind of problem, for programs.
    pub const fn code(&self) -> &'static str {
        self.words().0
    }

    /// Whether it says why the rules of an import left a row out, so that nothing is wrong with the row itself.
    pub const fn is_skip(&self) -> bool {
        matches!(self, Problem::AlreadyThere | Problem::NotThere | Problem::AnotherRow)
    }

    /// A sentence that says what to do.
    pub fn message(&self, lang: Lang) -> String {
        let count = |n: &u64| number(i64::try_from(*n).unwrap_or(i64::MAX), lang);
        let text = self.words().1.get(lang);
        match self {
            Problem::TooLong { max }
            | Problem::CellTooLarge { max }
            | Problem::TooManyOptions { max }
            | Problem::TooDeep { max }
            | Problem::TooManyConditions { max }
            | Problem::TooManyValues { max } => fill(text, &[("max", &count(max))]),
            Problem::TooShort { min } => fill(text, &[("min", &count(min))]),
            Problem::OutOfRange { min, max } => fill(text, &[("min", &count(min)), ("max", &count(max))]),
            Problem::NotAPostcodeOf { example } => fill(text, &[("example", example)]),
            Problem::NoMailDomain { domain } => fill(text, &[("domain", &shortened(domain))]),
            Problem::UnknownOption { value } | Problem::UnknownChoice { value } => fill(text, &[("value", &shortened(value))]),
            Problem::NotAMoment { part } | Problem::MomentGivenTwice { part } | Problem::NotACondition { part } => {
                fill(text, &[("part", &shortened(part))])
            }
            Problem::UnknownField { field } => fill(text, &[("field", &shortened(field))]),
            Problem::WrongType { expected } => fill(text, &[("expected", type_name(expected, lang))]),
            Problem::WrongCellCount { expected, found } | Problem::WrongValueCount { expected, found } => {
                fill(text, &[("expected", &count(expected)), ("found", &count(found))])
            }
            Problem::AmbiguousKey { n } => fill(text, &[("n", &count(n))]),
            _ => text.to_owned(),
        }
    }
}

/// At most 60 characters of what somebody typed.
fn shortened(value: &str) -> String {
    match value.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

fn type_name(expected: &str, lang: Lang) -> &str {
    match expected {
        "text" => Text::new("ein Text in Anführungszeichen", "a text in quotes").get(lang),
        "number" => Text::new("eine ganze Zahl", "a whole number").get(lang),
        "boolean" => Text::new("true oder false", "true or false").get(lang),
        "list" => Text::new("eine Liste von Texten", "a list of texts").get(lang),
        other => other,
    }
}

impl std::fmt::Display for Problem {
    /// For logs and the command line; in English.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests;
