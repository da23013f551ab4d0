use super::*;

#[test]
fn a_line_is_cleaned() {
    let check = |text: &str, expected: &str| assert_eq!(clean_line(text), expected, "{text:?}");
    check("", "");
    check("  Anna  ", "Anna");
    check("An\u{0}na", "Anna");
    check("Anna\r\nBerg", "Anna Berg");
    check("Anna\tBerg", "Anna Berg");
    check("\u{7}  Anna \u{7}", "Anna");
    check("Mu\u{308}ller", "Müller");
    check("\u{a0}Anna\u{a0}", "Anna");
    check("👩\u{200d}💻 Anna", "👩\u{200d}💻 Anna");
    check("שלום", "שלום");
}
