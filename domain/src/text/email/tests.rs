use super::*;
use proptest::prelude::*;

fn check(text: &str, expected: Option<&str>) {
    assert_eq!(Email::parse(text).ok().as_ref().map(Email::as_str), expected, "{text:?}");
}

#[test]
fn usual_addresses_are_written_in_one_way() {
    for (text, expected) in [
        ("anna@firma.example", "anna@firma.example"),
        ("  Anna.Berg@Firma.Example ", "anna.berg@firma.example"),
        ("anna+news@firma.example", "anna+news@firma.example"),
        ("a@b.de", "a@b.de"),
        ("o'brien@firma.example", "o'brien@firma.example"),
        ("anna_berg-1@sub.sub.firma.example", "anna_berg-1@sub.sub.firma.example"),
        ("!#$%&'*+/=?^_`{|}~-@firma.example", "!#$%&'*+/=?^_`{|}~-@firma.example"),
        ("1@1.example", "1@1.example"),
        ("a@xn--mller-kva.example", "a@xn--mller-kva.example"),
        ("a@a--b.example", "a@a--b.example"),
        ("<anna@firma.example>", "anna@firma.example"),
        ("mailto:anna@firma.example", "anna@firma.example"),
        ("MAILTO: anna@firma.example", "anna@firma.example"),
        ("Anna Berg <Anna@firma.example>", "anna@firma.example"),
        ("\"Berg, Anna\" <anna@firma.example>", "anna@firma.example"),
        ("anna@firma.example\u{0}", "anna@firma.example"),
        ("\u{a0}anna@firma.example\u{a0}", "anna@firma.example"),
        ("anna@müller.example", "anna@müller.example"),
        ("anna@MÜLLER.example", "anna@müller.example"),
        ("anna@mu\u{308}ller.example", "anna@müller.example"),
        ("jörg@müller.example", "jörg@müller.example"),
        ("用户@例子.测试", "用户@例子.测试"),
        ("анна@пример.испытание", "анна@пример.испытание"),
    ] {
        check(text, Some(expected));
    }
}

#[test]
fn what_reaches_nobody_is_refused() {
    for text in [
        "",
        "@",
        "anna",
        "anna@",
        "@firma.example",
        "anna@firma",
        "anna@localhost",
        "anna@@firma.example",
        "anna@firma@example.com",
        ".anna@firma.example",
        "anna.@firma.example",
        "an..na@firma.example",
        "anna@.example",
        "anna@firma..example",
        "anna@firma.example.",
        "anna@-firma.example",
        "anna@firma-.example",
        "anna@fir_ma.example",
        "anna@firma.e",
        "anna@127.0.0.1",
        "anna@[127.0.0.1]",
        "anna@[IPv6:2001:db8::1]",
        "\"anna berg\"@firma.example",
        "\"anna\"@firma.example",
        "anna berg@firma.example",
        "anna@fir ma.example",
        "anna(x)@firma.example",
        "anna@firma.example(x)",
        "anna,berta@firma.example",
        "anna@firma.example, berta@firma.example",
        "anna@firma.example;berta@firma.example",
        "anna at firma.example",
        "anna@firma,example",
        "anna\\@firma.example",
        "<>",
        "<anna@firma.example",
        "anna@firma.example>",
        "mailto:",
        "anna@firma.123",
        "anna@👍.example",
        "an na@müller.example",
        "anna@müller",
        "anna@-müller.example",
        "anna@müller..example",
        "anna@mül ler.example",
        "jörg..m@firma.example",
        "\"jörg\"@firma.example",
        "anna\u{200b}@firma.example",
        "anna@firma.example\u{202e}",
        "n/a",
        "-",
        "keine",
        "anna@firma.exam\u{ad}ple",
    ] {
        check(text, None);
    }
}

#[test]
fn addresses_have_their_limits() {
    let local = |n: usize| format!("{}@firma.example", "a".repeat(n));
    check(&local(64), Some(&local(64)));
    check(&local(65), None);
    let label = |n: usize| format!("a@{}.example", "b".repeat(n));
    check(&label(63), Some(&label(63)));
    check(&label(64), None);
    let whole = |n: usize| format!("a@{}{}.example", "b.".repeat(100), "c".repeat(n - 210));
    check(&whole(254), Some(&whole(254)));
    check(&whole(255), None);
    check(&"ü@".repeat(50_000), None);
    check(&"a".repeat(1_000_000), None);
}

#[test]
fn no_two_accounts_look_alike() {
    let check = |text: &str, expected: Result<&str, Problem>| {
        assert_eq!(Email::of_account(text).as_ref().map(Email::as_str).map_err(Clone::clone), expected, "{text:?}");
    };
    check(" Anna@Firma.Example ", Ok("anna@firma.example"));
    check("anna@xn--mller-kva.example", Ok("anna@xn--mller-kva.example"));
    check("anna", Err(Problem::NotAnEmail));
    for text in [
        "аnna@firma.example",         // Cyrillic а
        "anna@fіrma.example",         // Ukrainian і
        "ａnna@firma.example",        // full width
        "\u{212a}lara@firma.example", // Kelvin sign, which folds to k
        "anna@\u{17f}irma.example",   // long s, which folds to s
        "anna@firma.example\u{200b}", // no width at all
        "an\u{ad}na@firma.example",   // soft hyphen
        "jörg@firma.example",
        "anna@müller.example",
        "Anna Bergé <anna@firma.example>",
    ] {
        check(text, Err(Problem::NotAPlainEmail));
    }
}

proptest! {
    #[test]
    fn an_address_is_read_again_as_itself(text in "[a-zA-ZäÖß0-9.+_' <>@-]{1,10}@[a-zA-ZÜ0-9.-]{1,12}\\.[a-zA-Z]{2,4}") {
        if let Ok(email) = Email::parse(&text) {
            prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
        }
    }

    #[test]
    fn the_quick_check_agrees_with_the_standard(text in "[a-z0-9.+_'\"()-]{1,6}@[a-z0-9.-]{1,8}\\.[a-z0-9]{1,4}") {
        if Email::parse(&text).is_ok() {
            prop_assert!(email_address::EmailAddress::is_valid(&text), "{}", text);
        }
    }
}
