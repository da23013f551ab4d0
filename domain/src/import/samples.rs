//! What the values of a column look like; the second signal beside its heading.

/// A kind of value that gives itself away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Email,
    Url,
    Mobile,
    Phone,
    Date,
    Postcode,
    Salutation,
    AcademicTitle,
}

/// The looks in the order in which they are asked: the more telling first.
const LOOKS: [Look; 8] =
    [Look::Email, Look::Url, Look::Date, Look::Salutation, Look::AcademicTitle, Look::Mobile, Look::Phone, Look::Postcode];

impl Look {
    fn of(self, value: &str) -> bool {
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        match self {
            Look::Email => {
                value.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.') && !value.contains(' '))
            }
            Look::Url => value.starts_with("http://") || value.starts_with("https://") || value.starts_with("www."),
            Look::Date => is_date(value),
            Look::Salutation => {
                matches!(
                    value.to_lowercase().trim_end_matches('.'),
                    "herr" | "frau" | "mr" | "mrs" | "ms" | "firma" | "familie" | "divers" | "hr" | "fr"
                )
            }
            Look::AcademicTitle => ["dr", "prof", "mag", "dipl", "ing", "msc", "bsc", "mba", "ma", "ba", "phd", "lic", "m.sc", "b.sc"]
                .iter()
                .any(|t| starts_as_word(&value.to_lowercase(), t)),
            Look::Mobile => is_phone(value, digits) && is_mobile(value),
            Look::Phone => is_phone(value, digits),
            Look::Postcode => (4..=5).contains(&digits) && digits == value.len(),
        }
    }

    /// Whether a column of these values may be what `field` asks for; none: the values say nothing about it.
    pub(super) fn fits(self, field: &str) -> Option<bool> {
        let fits = match field {
            "EMAIL" => self == Look::Email,
            "TITLE" => self == Look::AcademicTitle,
            "SALUTATION" => self == Look::Salutation,
            "BIRTHDAY" => self == Look::Date,
            "PHONE" | "MOBILE" | "FAX" => matches!(self, Look::Mobile | Look::Phone | Look::Postcode),
            "WEBSITE" => self == Look::Url,
            "NAME" | "FIRSTNAME" | "CITY" | "COMPANY" | "STREET" => {
                !matches!(self, Look::Email | Look::Date | Look::Mobile | Look::Postcode)
            }
            _ => return None,
        };
        Some(fits)
    }

    /// The field that such values mean when the heading says nothing, and how surely (percent).
    pub(super) fn field(self) -> (&'static str, u8) {
        match self {
            Look::Email => ("EMAIL", 60),
            Look::Url => ("WEBSITE", 50),
            Look::Mobile => ("MOBILE", 45),
            Look::Phone => ("PHONE", 44),
            Look::Date => ("BIRTHDAY", 30),
            Look::Postcode => ("ZIP", 45),
            Look::Salutation => ("SALUTATION", 55),
            Look::AcademicTitle => ("TITLE", 45),
        }
    }
}

/// What at least four of five filled values look like.
pub(super) fn look<'a>(values: impl Iterator<Item = &'a str> + Clone) -> Option<Look> {
    let filled = values.map(str::trim).filter(|v| !v.is_empty());
    let n = filled.clone().count();
    LOOKS.into_iter().find(|look| n > 0 && filled.clone().filter(|v| look.of(v)).count() * 5 >= n * 4)
}

/// Whether some of the values, or all because there is none, have the three parts of a date.
pub(super) fn may_be_dates<'a>(values: impl Iterator<Item = &'a str> + Clone) -> bool {
    let filled = values.map(str::trim).filter(|value| !value.is_empty());
    let has_three = |value: &str| {
        let parts = value.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).count();
        parts >= 3 || value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit())
    };
    filled.clone().next().is_none() || filled.clone().any(has_three)
}

fn starts_as_word(value: &str, word: &str) -> bool {
    value.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

fn is_phone(value: &str, digits: usize) -> bool {
    digits >= 6 && (value.starts_with(['+', '0', '('])) && value.chars().all(|c| c.is_ascii_digit() || "+()/-. \u{a0}".contains(c))
}

fn is_mobile(value: &str) -> bool {
    let digits: String = value.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    ["4915", "4916", "4917", "4366", "4367", "4368", "4369", "4365", "417", "015", "016", "017", "066", "067", "068", "069", "07"]
        .iter()
        .any(|p| digits.starts_with(p))
}

fn is_date(value: &str) -> bool {
    let date = value.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['.', '-', '/']).collect();
    parts.len() == 3 && parts.iter().all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
}
