use proptest::prelude::*;

use super::split::{join, split};
use super::*;
use crate::config::NewOption;
use crate::field::{FieldDef, FieldKind};
use crate::id::CategoryId;
use crate::import::{Mapping, Proposal};
use crate::lang::Lang;
use crate::time::Zone;
use crate::value::{DateOrder, ParseContext};

/// The parts with `|` between; `?` in front where the value could not be taken apart.
fn parts(by: By, value: &str, n: usize) -> String {
    let (parts, whole) = split(by, ", ", value, n);
    [if whole { "" } else { "?" }, &parts.join("|")].concat()
}

#[test]
fn names_are_split_by_titles_particles_and_commas() {
    for (value, expected) in [
        ("Anna Müller", "||Anna|Müller"),
        ("  Anna   Müller ", "||Anna|Müller"),
        ("Dr. Anna Müller", "|Dr.|Anna|Müller"),
        ("Frau Prof. Dr. Anna Müller", "Frau|Prof. Dr.|Anna|Müller"),
        ("Herr Dr. med. Ben Böhm", "Herr|Dr. med.|Ben|Böhm"),
        ("Dipl.-Ing. Ben Böhm", "|Dipl.-Ing.|Ben|Böhm"),
        ("Müller, Anna", "||Anna|Müller"),
        ("Müller,Anna", "||Anna|Müller"),
        ("Dr. Müller, Anna", "|Dr.|Anna|Müller"),
        ("Müller, Dr. Anna", "|Dr.|Anna|Müller"),
        ("Heide, Anna von der", "||Anna|von der Heide"),
        ("von der Heide, Anna", "||Anna|von der Heide"),
        ("Anna von der Heide", "||Anna|von der Heide"),
        ("Anna Maria Müller-Lüdenscheidt", "||Anna Maria|Müller-Lüdenscheidt"),
        ("Karl Freiherr von Adler", "||Karl|Freiherr von Adler"),
        ("Ben Böhm jun.", "||Ben|Böhm jun."),
        ("Nat Adler", "||Nat|Adler"),
    ] {
        assert_eq!(parts(By::Name, value, 4), expected, "{value}");
    }
}

#[test]
fn what_is_no_name_of_one_person_stays_whole_as_the_last_name() {
    for value in [
        "Müller",
        "Dr.",
        "Dr. Müller",
        "von der Heide",
        "Adler & Böhm",
        "Adler GmbH",
        "Müller, Anna, Köln",
        "Anna Müller, MBA",
        "Anna und Ben Adler",
        "Anna/Ben Adler",
        "Anna 2",
        "anna@mail.example Adler",
        "Müller,",
    ] {
        assert_eq!(parts(By::Name, value, 2), format!("?|{value}"));
    }
    assert_eq!(parts(By::Name, "", 2), "|");
}

#[test]
fn what_has_no_field_of_its_own_stands_in_front_of_the_last_name() {
    assert_eq!(parts(By::Name, "Frau Dr. Anna Müller", 3), "Dr.|Anna|Frau Müller");
    assert_eq!(parts(By::Name, "Frau Dr. Anna Müller", 2), "Anna|Frau Dr. Müller");
}

#[test]
fn streets_are_split_at_the_number_at_their_end() {
    for (value, expected) in [
        ("Straße 12", "Straße|12"),
        ("Hauptstr. 5a", "Hauptstr.|5a"),
        ("Hauptstr. 5 a", "Hauptstr.|5 a"),
        ("Hauptstraße, 7", "Hauptstraße|7"),
        ("Straße des 17. Juni 135", "Straße des 17. Juni|135"),
        ("Am Markt 3-5", "Am Markt|3-5"),
        ("Am Markt 3 - 5", "Am Markt|3 - 5"),
        ("Am Markt 3a–5b", "Am Markt|3a–5b"),
        ("Ring 12/3/4", "Ring|12/3/4"),
        ("Gasse 12 1/2", "Gasse|12 1/2"),
        ("Q7, 24", "Q7|24"),
        ("C 4, 5", "C 4|5"),
        ("", "|"),
    ] {
        assert_eq!(parts(By::Street, value, 2), expected, "{value}");
    }
    for value in [
        "Hauptstraße",
        "12 Rue de la Paix",
        "12 Rue du 8 Mai 45",
        "Rue du 8 Mai 1945",
        "Straße des 17. Juni",
        "Platz 1. Mai",
        "Q7",
        "L 12",
        "Postfach 1234",
        "Packstation 101",
        "Hauptstr. 5 Hinterhof",
        "Hauptstr. 5 -",
        "12",
    ] {
        assert_eq!(parts(By::Street, value, 2), format!("?{value}|"));
    }
}

#[test]
fn towns_are_split_behind_their_postcode() {
    for (value, expected) in [
        ("10115 Berlin", "10115|Berlin"),
        ("D-10115 Berlin", "D-10115|Berlin"),
        ("1010 Wien", "1010|Wien"),
        ("CH-8001 Zürich", "CH-8001|Zürich"),
        ("60311 Frankfurt am Main", "60311|Frankfurt am Main"),
        ("110 00 Praha", "110 00|Praha"),
        ("00-950 Warszawa", "00-950|Warszawa"),
        ("1012 AB Amsterdam", "1012 AB|Amsterdam"),
    ] {
        assert_eq!(parts(By::Town, value, 2), expected, "{value}");
    }
    for value in ["Berlin", "Berlin 10115", "10115", "12 Berlin", "1234567 Ort"] {
        assert_eq!(parts(By::Town, value, 2), format!("?|{value}"));
    }
}

#[test]
fn a_text_splits_and_the_rest_stays_with_the_last_part() {
    assert_eq!(parts(By::Text, "a, b,c, d", 3), "a|b|c, d");
    assert_eq!(parts(By::Text, "a", 3), "?a||");
    assert_eq!(split(By::Text, " ", "a   b c ", 2).0, ["a", "b c"]);
    assert_eq!(split(By::Text, "/", "Köln / Bonn", 2).0, ["Köln", "Bonn"]);
}

#[test]
fn what_is_joined_leaves_out_empty_cells_and_doubles_nothing() {
    assert_eq!(join(["Hauptstr.", "5a"].into_iter(), " "), "Hauptstr. 5a");
    assert_eq!(join(["", " a ", "", "b", " "].into_iter(), ", "), "a, b");
    assert_eq!(join(["a,", ",b"].into_iter(), ", "), "a, b");
    assert_eq!(join(std::iter::empty(), ", "), "");
}

#[test]
fn each_way_is_a_word_and_the_word_is_the_way() {
    for word in
        ["NAME", "split:name:FIRSTNAME,NAME", "split:street:STREET,NUMBER", "split:text:A,,B:, ", "split:text:A,B:::", "join:STREET: "]
    {
        assert_eq!(Goes::of(word).to_string(), word);
    }
    assert_eq!(Goes::of("join:STREET").to_string(), "join:STREET: ");
    assert_eq!(Goes::of("split:text:A,B").to_string(), "split:text:A,B: ");
    assert_eq!(Goes::typed(" split:name:firstname, name").to_string(), "split:name:FIRSTNAME,NAME");
    for wrong in
        ["split:name:A", "split:name:A,B,C,D,E", "split:street:A,B,C", "split:street:A,", "split:text:,:/", "split:foo:A,B", "join:", "x:y"]
    {
        assert_eq!(Goes::of(wrong), Goes::Field(wrong.to_owned()));
    }
}

fn mapping(words: &[&str]) -> Mapping {
    Mapping { columns: words.iter().map(|word| Some((*word).to_owned()).filter(|word| !word.is_empty())).collect() }
}

#[test]
fn a_mapping_knows_all_fields_that_it_fills() {
    let mapping = mapping(&["EMAIL", "split:name:FIRSTNAME,NAME", "join:STREET: ", "", "join:STREET:,"]);
    assert_eq!(mapping.fields(), ["EMAIL", "FIRSTNAME", "NAME", "STREET"]);
    assert_eq!((mapping.column("NAME"), mapping.column("STREET"), mapping.column("CITY")), (Some(1), Some(2), None));
}

#[test]
fn a_field_is_taken_from_other_columns_unless_they_are_joined() {
    let mut made = mapping(&["NAME", "FIRSTNAME", "STREET", ""]);
    made.put(0, &Goes::of("split:name:FIRSTNAME,NAME"));
    assert_eq!(made, mapping(&["split:name:FIRSTNAME,NAME", "", "STREET", ""]));
    made.put(2, &Goes::of("join:STREET: "));
    made.put(3, &Goes::of("join:STREET: "));
    assert_eq!(made, mapping(&["split:name:FIRSTNAME,NAME", "", "join:STREET: ", "join:STREET: "]));
    made.put(1, &Goes::of("STREET"));
    assert_eq!(made, mapping(&["split:name:FIRSTNAME,NAME", "STREET", "", ""]));
}

#[test]
fn a_layout_makes_cells_and_knows_the_columns_behind_them() {
    let layout = Layout::of(&mapping(&["join:STREET: ", "split:name:FIRSTNAME,NAME", "EMAIL", "join:STREET: "]), 4);
    let cells = ["Ring", "Anna Adler", "anna@example.com", "5"];
    let mut made = vec!["old".to_owned()];
    layout.make(|at| cells[at], &mut made);
    assert_eq!(made, ["Ring 5", "Anna", "Adler"]);
    let targets: Vec<(usize, &str)> = layout.targets().iter().map(|(at, field)| (*at, field.as_str())).collect();
    assert_eq!(targets, [(4, "STREET"), (5, "FIRSTNAME"), (6, "NAME"), (2, "EMAIL")]);
    let names: Vec<String> = layout.names(&["Straße", "Name", "Mail", "Nr"].map(str::to_owned)).collect();
    assert_eq!(names, ["Straße + Nr", "Name", "Name"]);
    assert_eq!((layout.origin(4), layout.origin(2)), (vec![0, 3], vec![2]));
    assert!(Layout::of(&mapping(&["EMAIL", ""]), 2).is_plain());
}

fn field(key: &str) -> FieldDef {
    FieldDef { standard: true, ..FieldDef::new(key, FieldKind::SingleLine, CategoryId::new(1)) }
}

/// What is offered, as `column:word`, with `!` where it is sure.
fn offered(headings: &[&str], rows: &[&[&str]], proposed: &[&str], more: &str) -> Vec<String> {
    let keys = ["SALUTATION", "TITLE", "FIRSTNAME", "NAME", "STREET", "ZIP", "CITY", more];
    let fields: Vec<FieldDef> = keys.into_iter().filter(|key| !key.is_empty()).map(field).collect();
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    let propose =
        |(column, key): (usize, &&str)| Proposal { column, field: Some((*key).to_owned()).filter(|key| !key.is_empty()), confidence: 90 };
    let proposals: Vec<Proposal> = proposed.iter().enumerate().map(propose).collect();
    let show = |offer: Offer| format!("{}:{}{}", offer.column, offer.goes, if offer.sure { "!" } else { "" });
    offers(&headings, &rows, &fields, &proposals).into_iter().map(show).collect()
}

#[test]
fn whole_names_are_offered_to_be_split_where_the_values_show_it() {
    let whole: &[&[&str]] = &[&["Anna Adler"], &["Ben Böhm"]];
    assert_eq!(offered(&["Name"], whole, &["NAME"], ""), ["0:split:name:FIRSTNAME,NAME!"]);
    assert_eq!(offered(&["Name"], &[&["Dr. Anna Adler"]], &["NAME"], ""), ["0:split:name:TITLE,FIRSTNAME,NAME!"]);
    assert_eq!(offered(&["Name"], &[&["Frau Anna Adler"]], &["NAME"], ""), ["0:split:name:SALUTATION,TITLE,FIRSTNAME,NAME!"]);
    assert_eq!(offered(&["Nachname"], whole, &["NAME"], ""), ["0:split:name:FIRSTNAME,NAME"], "not surely");
    assert_eq!(offered(&["Name"], &[&["Anna Adler"], &["Ben Böhm"], &["Böhm"]], &["NAME"], ""), ["0:split:name:FIRSTNAME,NAME"]);
    assert_eq!(offered(&["Name", "Vorname"], &[&["Anna Adler", "Anna"]], &["NAME", "FIRSTNAME"], ""), ["0:split:name:FIRSTNAME,NAME"]);
    assert_eq!(offered(&["Name"], &[&["Adler"], &["Böhm"]], &["NAME"], ""), [""; 0]);
    assert_eq!(offered(&["Ort"], &[&["Bad Homburg"]], &["CITY"], ""), [""; 0]);
    assert_eq!(offered(&["Name"], &[], &["NAME"], ""), [""; 0]);
}

#[test]
fn streets_and_towns_are_offered_to_be_split_or_joined() {
    assert_eq!(offered(&["Straße"], &[&["Ring 5"]], &["STREET"], "HAUSNR"), ["0:split:street:STREET,HAUSNR!"]);
    assert_eq!(offered(&["Straße"], &[&["Ring 5"]], &["STREET"], ""), [""; 0], "no field for the number");
    assert_eq!(offered(&["PLZ Ort"], &[&["10115 Berlin"]], &[""], ""), ["0:split:town:ZIP,CITY!"]);
    let joined = offered(&["Straße", "Hausnummer"], &[&["Ring", "5a"]], &["STREET", ""], "");
    assert_eq!(joined, ["0:join:STREET: !", "1:join:STREET: !"]);
}

#[test]
fn the_type_of_a_new_field_is_the_narrowest_that_all_values_fit() {
    let zone = Zone::default();
    let cx = ParseContext { lang: Lang::De, zone: &zone, date_order: DateOrder::default(), country_hint: None };
    let kind = |values: &[&str]| suits(values.iter().copied(), &cx).0;
    assert_eq!(kind(&["1", "", "22"]), FieldKind::Integer);
    assert_eq!(kind(&["01", "22"]), FieldKind::SingleLine, "the zero would be lost");
    assert_eq!(kind(&["1,5", "2"]), FieldKind::SingleLine);
    assert_eq!(kind(&["31.12.1990", "01.02.2020"]), FieldKind::Date);
    assert_eq!(kind(&["ja", "nein"]), FieldKind::Boolean);
    assert_eq!(kind(&["anna@example.com"]), FieldKind::Email);
    assert_eq!(kind(&["Anna", "Ben"]), FieldKind::SingleLine);
    assert_eq!(kind(&["", " "]), FieldKind::SingleLine);
    assert_eq!(kind(&["eins\nzwei"]), FieldKind::MultiLine);
    let (kind, options) = suits(["Gold", "Silber", "gold", "Silber"].into_iter(), &cx);
    assert_eq!((kind, options), (FieldKind::Selection, vec![NewOption::new("Gold"), NewOption::new("Silber")]));
}

/// The letters and digits of a text, sorted: what no split may lose or add.
fn signs(text: &str) -> Vec<char> {
    let mut signs: Vec<char> = text.chars().filter(|sign| sign.is_alphanumeric()).collect();
    signs.sort_unstable();
    signs
}

proptest! {
    #[test]
    fn a_split_loses_and_adds_nothing(
        value in "(Dr\\.|Frau|von|der|Müller|Anna|,|5a|12|-|/|17\\.|10115|D-10115|GmbH|\\PC{0,3}| ){0,8}", n in 2_usize..5, by in 0_usize..4,
    ) {
        let by = By::ALL[by];
        let n = n.min(by.takes().1);
        let (parts, _) = split(by, ", ", &value, n);
        prop_assert_eq!(parts.len(), n);
        prop_assert_eq!(signs(&join(parts.iter().map(String::as_str), " ")), signs(&value));
    }

    #[test]
    fn no_word_of_a_mapping_panics(word in "\\PC{0,30}") {
        let goes = Goes::of(&word);
        prop_assert_eq!(Goes::of(&goes.to_string()), goes);
        Layout::of(&Mapping { columns: vec![Some(word)] }, 1).make(|_| "Anna Adler", &mut Vec::new());
    }
}
