//! Whole numbers and truth values as people write them.

use crate::lang::Lang;
use crate::problem::Problem;

/// Reads a whole number, with or without thousands set apart: by a point in German, a comma in English, by spaces or
/// apostrophes in both. Decimals are accepted where they are zero and cannot be taken for thousands (`12,0`).
pub(super) fn integer(line: &str, lang: Lang) -> Result<i64, Problem> {
    if line.bytes().enumerate().all(|(i, b)| b.is_ascii_digit() || (i == 0 && matches!(b, b'-' | b'+') && line.len() > 1)) {
        return line.parse().map_err(|_| Problem::IntegerTooLarge);
    }
    let (sign, digits) = match line.strip_prefix(['-', '−', '+']) {
        Some(digits) => (if line.starts_with('+') { "" } else { "-" }, digits.trim_start()),
        None => ("", line),
    };
    let (thousands, decimal) = match lang {
        Lang::De => ('.', ','),
        Lang::En => (',', '.'),
    };
    let whole = without_zero_decimals(digits, decimal, thousands);
    let separator = whole.chars().find(|c| !c.is_ascii_digit());
    let number = match separator {
        None => whole.to_owned(),
        Some(c) if c == thousands || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’') => ungrouped(whole, c)?,
        Some(_) => return Err(Problem::NotAnInteger),
    };
    if number.is_empty() {
        return Err(Problem::NotAnInteger);
    }
    format!("{sign}{number}").parse().map_err(|_| Problem::IntegerTooLarge)
}

/// Cuts `,0` or `,00` off; a point does too when it cannot be a thousands separator.
fn without_zero_decimals(digits: &str, decimal: char, thousands: char) -> &str {
    for mark in [decimal, thousands] {
        if let Some((whole, zeros)) = digits.rsplit_once(mark)
            && !whole.is_empty()
            && (1..=2).contains(&zeros.len())
            && zeros.bytes().all(|b| b == b'0')
        {
            return whole;
        }
    }
    digits
}

/// Joins groups of three digits; the first may be shorter.
fn ungrouped(text: &str, separator: char) -> Result<String, Problem> {
    let mut out = String::with_capacity(text.len());
    for (i, group) in text.split(separator).enumerate() {
        let fits = if i == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
        if !fits || !group.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Problem::NotAnInteger);
        }
        out.push_str(group);
    }
    Ok(out)
}

const YES: [&str; 13] = ["1", "true", "ja", "yes", "wahr", "j", "y", "x", "on", "an", "t", "✓", "✔"];
const NO: [&str; 9] = ["0", "false", "nein", "no", "falsch", "n", "off", "aus", "f"];

/// Reads yes or no, in any case.
pub(super) fn truth(line: &str) -> Result<bool, Problem> {
    let among = |words: &[&str]| words.iter().any(|word| line.eq_ignore_ascii_case(word));
    if among(&YES) {
        Ok(true)
    } else if among(&NO) {
        Ok(false)
    } else {
        Err(Problem::NotABoolean)
    }
}
