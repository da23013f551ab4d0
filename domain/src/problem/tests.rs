use super::*;

/// One of each kind, so that a new kind is looked at too: `number_of_kinds` counts them in the source.
fn all() -> Vec<Problem> {
    let text = || "Wert".to_owned();
    vec![
        Problem::AlreadyThere,
        Problem::NotThere,
        Problem::AnotherRow,
        Problem::NoMailDomain { domain: "firma.invalid".to_owned() },
        Problem::Required,
        Problem::TooLong { max: 1_000 },
        Problem::TooShort { min: 12 },
        Problem::NotAnEmail,
        Problem::NotAPlainEmail,
        Problem::NotADate,
        Problem::NoSuchDay,
        Problem::YearOutOfRange,
        Problem::NotADateTime,
        Problem::NotAMoment { part: text() },
        Problem::MomentGivenTwice { part: text() },
        Problem::MomentTooFar,
        Problem::NotAnInteger,
        Problem::IntegerTooLarge,
        Problem::NotABoolean,
        Problem::NotAPostcode,
        Problem::NotAPostcodeOf { example: "1234 AB".to_owned() },
        Problem::NotAnIpAddress,
        Problem::UnknownSalutation,
        Problem::UnknownCountry,
        Problem::UnknownState,
        Problem::UnknownMobilePrefix,
        Problem::UnknownLanguage,
        Problem::UnknownPermission,
        Problem::UnknownZone,
        Problem::UnknownOption { value: text() },
        Problem::SeveralOptions,
        Problem::TooManyOptions { max: 1_000 },
        Problem::UnknownChoice { value: text() },
        Problem::UnknownField { field: text() },
        Problem::WrongType { expected: "list".to_owned() },
        Problem::ReadOnly,
        Problem::NotForThisType,
        Problem::Taken,
        Problem::NotAnInternalName,
        Problem::WrongCellCount { expected: 3, found: 1_284 },
        Problem::CellTooLarge { max: 1_000 },
        Problem::UnclosedQuote,
        Problem::BadEncoding,
        Problem::NulByte,
        Problem::FormulaError,
        Problem::RoundedNumber,
        Problem::NotARecord,
        Problem::MissingKey,
        Problem::AmbiguousKey { n: 2 },
        Problem::UnknownProfile,
        Problem::NotACondition { part: text() },
        Problem::TooDeep { max: 20 },
        Problem::TooManyConditions { max: 500 },
        Problem::TooManyValues { max: 10_000 },
        Problem::WrongValueCount { expected: 2, found: 1 },
        Problem::NotComparable,
        Problem::WrongPassword,
        Problem::CommonPassword,
        Problem::NamedPassword,
        Problem::OutOfRange { min: 1, max: 9 },
        Problem::BeyondRights,
        Problem::LastAdministrator,
        Problem::AlreadyMember,
        Problem::RoleFixed,
        Problem::RoleUsed,
        Problem::TooManyRoles,
        Problem::NotADomain,
        Problem::NotASource,
        Problem::NotATiming,
    ]
}

#[test]
fn every_kind_of_problem_is_looked_at() {
    let source = include_str!("words.rs");
    assert_eq!(all().len(), source.lines().filter(|line| line.trim_start().starts_with("Problem::")).count());
}

#[test]
fn every_problem_is_a_sentence_in_both_languages() {
    for problem in all() {
        for lang in Lang::ALL {
            let message = problem.message(lang);
            assert!(message.ends_with('.') && !message.contains(['{', '}']), "{message}");
        }
        assert_ne!(problem.message(Lang::De), problem.message(Lang::En));
    }
}

#[test]
fn the_code_is_the_same_in_json_and_leads_back() {
    let mut codes: Vec<&str> = Vec::new();
    for problem in &all() {
        let json = serde_json::to_value(problem).expect("a problem is JSON");
        assert_eq!(json["code"], problem.code());
        assert_eq!(&serde_json::from_value::<Problem>(json).expect("and back"), problem);
        assert!(!codes.contains(&problem.code()), "{}", problem.code());
        codes.push(problem.code());
    }
}

#[test]
fn numbers_and_long_values_are_shown_readably() {
    assert_eq!(Problem::TooLong { max: 1_000 }.message(Lang::De), "Bitte auf höchstens 1.000 Zeichen kürzen.");
    let long = Problem::UnknownOption { value: "ü".repeat(500) }.message(Lang::En);
    assert!(long.contains(&format!("“{}…”", "ü".repeat(60))), "{long}");
    let odd = Problem::UnknownOption { value: "{value}".to_owned() }.message(Lang::En);
    assert!(odd.starts_with("“{value}” is not"), "{odd}");
}

#[test]
fn several_problems_are_one_error() {
    let mut invalid = Invalid::one("EMAIL", Problem::NotAnEmail);
    invalid.push("NAME", Problem::Required);
    assert_eq!(invalid.of("NAME"), Some(&Problem::Required));
    assert_eq!(invalid.to_string(), "EMAIL: Please enter a valid e-mail address, e.g. name@company.com. NAME: Please fill in this field.");
    assert_eq!(invalid.or(()).map_err(|invalid| invalid.problems.len()), Err(2));
    assert_eq!(Invalid::default().or(7), Ok(7));
}
