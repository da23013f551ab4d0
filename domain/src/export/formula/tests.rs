use super::*;
use proptest::prelude::*;

#[test]
fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
    let check = |cell: &str, expected: &str| {
        assert_eq!(harmless(cell), expected);
        assert_eq!(unharm(expected), cell);
    };
    check("", "");
    check("Müller", "Müller");
    check("=1+1", "'=1+1");
    check("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0");
    check("+SUM(A1)", "'+SUM(A1)");
    check("-SUM(A1)", "'-SUM(A1)");
    check("@SUM(A1)", "'@SUM(A1)");
    check("\t=1", "'\t=1");
    check("\r=1", "'\r=1");
    check("＝1+1", "'＝1+1");
    check("-", "'-");
    check("-5", "-5");
    check("-1.284,50", "-1.284,50");
    check("+1,5e-3", "+1,5e-3");
    check("+49 (0)30 / 123-45", "+49 (0)30 / 123-45");
    check("+49 30 abc", "'+49 30 abc");
    check("'=1", "''=1");
    check("''=1", "'''=1");
    check("'s Gravenhage", "'s Gravenhage");
    check("'", "'");
    check("a=1", "a=1");
    check("name@firma.example", "name@firma.example");
}

proptest! {
    #[test]
    fn every_cell_survives(cell in "['=+@\\-\t\r0-9a]{0,6}.{0,4}") {
        let safe = harmless(&cell);
        prop_assert_eq!(unharm(&safe), cell.as_str());
        prop_assert!(!runs(&safe));
    }
}
