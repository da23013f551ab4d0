use domain::time::Millis;

use super::{as_link, as_qr, as_text, new_secret, recovery_codes, recovery_hash, step_of};
use crate::random;

/// The secret of the tests of RFC 6238.
const SECRET: &[u8] = b"12345678901234567890";

fn at(seconds: i64) -> Millis {
    Millis::new(seconds * 1_000)
}

#[test]
fn codes_are_those_of_the_standard() {
    // RFC 6238, appendix B: the last six of its eight digits.
    let check = |seconds: i64, code: &str| assert_eq!(step_of(SECRET, code, at(seconds)), Some(seconds / 30), "{seconds}");
    check(59, "287082");
    check(1_111_111_109, "081804");
    check(1_111_111_111, "050471");
    check(1_234_567_890, "005924");
    check(2_000_000_000, "279037");
    check(20_000_000_000, "353130");
}

#[test]
fn a_code_counts_half_a_minute_early_and_late_and_no_longer() {
    let told = |seconds: i64| step_of(SECRET, "287082", at(seconds));
    assert_eq!(told(29), Some(1), "the clock of the server is late");
    assert_eq!(told(60), Some(1));
    assert_eq!(told(89), Some(1));
    assert_eq!(told(90), None);
    assert_eq!(told(-1), None, "before 1970 there is no code");
}

#[test]
fn what_is_no_code_is_refused() {
    for typed in ["", "28708", "2870822", "28708x", "١٢٣٤٥٦", "0x1234", "-87082"] {
        assert_eq!(step_of(SECRET, typed, at(59)), None, "{typed:?}");
    }
    assert_eq!(step_of(SECRET, " 287 082 ", at(59)), Some(1), "apps show it in two groups");
}

#[test]
fn an_app_is_told_the_secret_the_issuer_and_the_account() {
    let link = as_link(SECRET, "ada@example.com").unwrap();
    assert!(link.starts_with("otpauth://totp/"), "{link}");
    assert!(link.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") && link.contains("issuer=Lagune"), "{link}");
    assert_eq!(as_text(SECRET), "GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ");
    assert_eq!(new_secret().len(), 20);
    assert_ne!(new_secret(), new_secret());
}

#[test]
fn the_picture_has_the_three_eyes_of_a_qr_code() {
    let qr = as_qr("otpauth://totp/Lagune").unwrap();
    let mut squares = std::collections::BTreeSet::new();
    for run in qr.path.split('M').skip(1) {
        let (at, rest) = run.split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let (x, y, n): (u32, u32, u32) = (x.parse().unwrap(), y.parse().unwrap(), rest.split('v').next().unwrap().parse().unwrap());
        squares.extend((x..x + n).map(|x| (x, y)));
    }
    let dark = |x: u32, y: u32| squares.contains(&(x, y));
    for (x, y) in [(0, 0), (qr.size - 7, 0), (0, qr.size - 7)] {
        assert!((0..7).all(|n| dark(x + n, y) && dark(x, y + n)), "the frame at {x}, {y}");
        assert!(!dark(x + 1, y + 1) && dark(x + 3, y + 3), "the middle at {x}, {y}");
    }
}

#[test]
fn recovery_codes_are_many_different_and_recognised_however_they_are_typed() {
    let (codes, hashes) = recovery_codes();
    assert_eq!((codes.len(), hashes.len()), (10, 10));
    let different: std::collections::BTreeSet<_> = hashes.iter().collect();
    assert_eq!(different.len(), 10);
    for (code, hash) in codes.iter().zip(&hashes) {
        assert_eq!((code.len(), recovery_hash(code)), (19, Some(*hash)));
        assert_eq!(recovery_hash(&format!(" {} ", code.to_uppercase().replace('-', " "))), Some(*hash));
    }
    assert_eq!(recovery_hash("olol-iiii-0000-abcd"), Some(random::hash("010111110000abcd")));
    for typed in ["", "123456", "0101-1111-0000-abc", "0101-1111-0000-abcde", "0101-1111-0000-abcü", "0101-1111-0000-abcu"] {
        assert_eq!(recovery_hash(typed), None, "{typed:?}");
    }
}
