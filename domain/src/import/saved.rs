//! Mappings that are kept: known again by the headings of a file, and carried over to it by heading, wherever a column stands.

use std::collections::HashMap;

use super::{Encoding, Mapping, Proposal, Reading};
use crate::lists::fold;

/// From so many per cent of common headings on a kept mapping is proposed.
pub const NEAR: u8 = 75;

/// The headings of a file as they are compared: case, accents, spaces and signs don't count. One that is empty, or that stands
/// there several times, is told from the others by its number.
pub fn normal_headings(headings: &[String]) -> Vec<String> {
    let mut met: HashMap<String, usize> = HashMap::new();
    let one = |(at, heading): (usize, &String)| {
        let folded = fold(heading.trim());
        if folded.is_empty() {
            return format!("#{at}");
        }
        let n = met.entry(folded.clone()).or_default();
        *n += 1;
        if *n == 1 { folded } else { format!("{folded}#{n}") }
    };
    headings.iter().enumerate().map(one).collect()
}

/// The same for all files with the same headings, in whatever order: 16 hexadecimal digits (FNV-1a over the sorted ones).
pub fn fingerprint(headings: &[String]) -> String {
    let mut normal = normal_headings(headings);
    normal.sort_unstable();
    let bytes = normal.iter().flat_map(|heading| heading.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// How much two files have in common by their headings, in per cent: 100 for the same ones.
pub fn likeness(one: &[String], other: &[String]) -> u8 {
    let (one, other) = (normal_headings(one), normal_headings(other));
    let all = one.len() + other.len();
    let common = one.iter().filter(|heading| other.contains(heading)).count();
    (common * 200).checked_div(all).map_or(0, |share| u8::try_from(share).unwrap_or(100))
}

/// A kept mapping, made for a file with the headings `from`, for a file with the headings `to`. The column of its key may be
/// missing there: whoever uses it has to look.
pub fn carry_over(mapping: &Mapping, from: &[String], to: &[String]) -> Mapping {
    let fields: HashMap<String, &Option<String>> = normal_headings(from).into_iter().zip(&mapping.columns).collect();
    let columns = normal_headings(to).iter().map(|heading| fields.get(heading).and_then(|field| (*field).clone())).collect();
    Mapping { columns }
}

/// How a file is read by a kept mapping: as it was then, unless it is of another kind. Encodings of Unicode are recognised for
/// certain, so that one that was saved for another file counts only where there is a choice.
pub fn kept_reading(kept: Reading, recognised: Reading) -> Reading {
    const UNICODE: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be];
    if kept.format != recognised.format {
        return recognised;
    }
    let certain = [kept, recognised].iter().any(|one| UNICODE.contains(&one.encoding));
    Reading { encoding: if certain { recognised.encoding } else { kept.encoding }, file: recognised.file, ..kept }
}

/// Fills columns that a kept mapping does not know with what is recognised, as far as the field is free.
pub fn fill_unknown(mapping: &mut Mapping, known: &[String], headings: &[String], proposals: &[Proposal]) {
    let known = normal_headings(known);
    for (at, heading) in normal_headings(headings).iter().enumerate() {
        let Some(field) = proposals.iter().find(|one| one.column == at).and_then(|one| one.field.clone()) else { continue };
        if !known.contains(heading) && mapping.column(&field).is_none() {
            mapping.columns[at] = Some(field);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(line: &str) -> Vec<String> {
        line.split(';').map(str::to_owned).collect()
    }

    fn mapping(columns: &str) -> Mapping {
        let columns = columns.split(' ').map(|field| (field != "-").then(|| field.to_owned())).collect();
        Mapping { columns }
    }

    #[test]
    fn files_with_the_same_headings_are_known_again_however_they_are_written() {
        let first = fingerprint(&headings("E-Mail;Straße;Ort"));
        assert_eq!(first, fingerprint(&headings("Ort; e-mail ;STRASSE")));
        assert_ne!(first, fingerprint(&headings("E-Mail;Straße")));
        assert_ne!(fingerprint(&headings("a;b")), fingerprint(&headings("ab")));
        assert_ne!(fingerprint(&headings("a;a")), fingerprint(&headings("a")));
        assert_eq!(first.len(), 16);
    }

    #[test]
    fn how_much_two_files_have_in_common_is_told_in_per_cent() {
        assert_eq!(likeness(&headings("a;b;c"), &headings("C;B;A")), 100);
        assert_eq!(likeness(&headings("a;b;c;d"), &headings("a;b;c;x")), 75);
        assert_eq!(likeness(&headings("a"), &headings("b")), 0);
        assert_eq!(likeness(&[], &[]), 0);
    }

    #[test]
    fn a_kept_reading_counts_for_files_of_its_kind() {
        let kept = Reading { first_row: 4, encoding: Encoding::Windows1252, delimiter: '|', ..Reading::default() };
        let recognised = |encoding| Reading { encoding, ..Reading::default() };
        assert_eq!(kept_reading(kept, recognised(Encoding::Latin1)), kept);
        assert_eq!(kept_reading(kept, recognised(Encoding::Utf8)), Reading { encoding: Encoding::Utf8, ..kept });
        let workbook = Reading { format: super::super::Format::Xlsx, ..Reading::default() };
        assert_eq!(kept_reading(kept, workbook), workbook);
    }

    #[test]
    fn a_mapping_follows_its_headings() {
        let (from, to) = (headings("E-Mail;Name;Notiz"), headings("Notiz;Neu;name;E-Mail"));
        let carried = carry_over(&mapping("EMAIL NAME -"), &from, &to);
        assert_eq!(carried, mapping("- - NAME EMAIL"));
    }

    #[test]
    fn columns_of_one_name_and_without_one_are_told_apart_by_their_order() {
        let from = headings("Telefon;Telefon;");
        let carried = carry_over(&mapping("PHONE MOBILE CITY"), &from, &from);
        assert_eq!(carried, mapping("PHONE MOBILE CITY"));
        assert_eq!(carry_over(&mapping("PHONE MOBILE CITY"), &from, &headings("Telefon")), mapping("PHONE"));
    }

    #[test]
    fn what_the_mapping_does_not_know_is_recognised_and_what_it_leaves_out_stays_out() {
        let (known, now) = (headings("E-Mail;Notiz"), headings("E-Mail;Notiz;Ort;Mail"));
        let mut carried = carry_over(&mapping("EMAIL -"), &known, &now);
        let propose = |column, field: &str| Proposal { column, field: Some(field.to_owned()), confidence: 90 };
        let proposals = [propose(0, "EMAIL"), propose(1, "NAME"), propose(2, "CITY"), propose(3, "EMAIL")];
        fill_unknown(&mut carried, &known, &now, &proposals);
        assert_eq!(carried, mapping("EMAIL - CITY -"));
    }
}
