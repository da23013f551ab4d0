use super::*;

#[test]
fn numbers_are_grouped_in_the_way_of_the_language() {
    let check = |n: i64, de: &str, en: &str| {
        assert_eq!(number(n, Lang::De), de);
        assert_eq!(number(n, Lang::En), en);
    };
    check(0, "0", "0");
    check(7, "7", "7");
    check(999, "999", "999");
    check(1_284, "1.284", "1,284");
    check(-1_284, "-1.284", "-1,284");
    check(-12, "-12", "-12");
    check(123_456, "123.456", "123,456");
    check(1_000_000, "1.000.000", "1,000,000");
    check(i64::MIN, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808");
}

#[test]
fn names_in_braces_are_filled() {
    let check = |text: &str, pairs: &[(&str, &str)], expected: &str| assert_eq!(fill(text, pairs), expected);
    check("{n} Treffer", &[("n", "3")], "3 Treffer");
    check("{n} von {total}", &[("n", "3"), ("total", "{n}")], "3 von {n}");
    check("{unknown} {n", &[("n", "3")], "{unknown} {n");
    check("{{n}}", &[("n", "3")], "{3}");
    check("ohne", &[], "ohne");
}

#[test]
fn a_language_is_read_with_or_without_its_region() {
    let check = |text: &str, expected: Option<Lang>| assert_eq!(text.parse::<Lang>().ok(), expected, "{text}");
    check("de", Some(Lang::De));
    check("DE-at", Some(Lang::De));
    check("en_GB", Some(Lang::En));
    check("den", None);
    check("", None);
    check("fr", None);
}
