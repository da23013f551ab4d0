use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::field::{ChoiceOption, FieldKind};
use crate::id::{OptionId, ProfileId};
use crate::lang::Lang;
use crate::layout::{Column, ListLayout};
use crate::list::{ListQuery, Part};
use crate::pool::tests::pool_with;
use crate::problem::Problem;
use crate::time::Zone;
use crate::value::{DateOrder, ParseContext, Value, parse};

fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(b) = rest.next() {
            if b == b'%' {
                let hex = [rest.next().expect("two digits"), rest.next().expect("two digits")];
                let hex = std::str::from_utf8(&hex).expect("ASCII");
                bytes.push(u8::from_str_radix(hex, 16).expect("hex"));
            } else {
                bytes.push(b);
            }
        }
        String::from_utf8(bytes).expect("UTF-8")
    };
    let split = |pair: &str| pair.split_once('=').map(|(name, value)| (decode(name), decode(value))).expect("a pair");
    query.split('&').filter(|pair| !pair.is_empty()).map(split).collect()
}

fn read(query: &str) -> Result<Wish, crate::problem::Invalid> {
    Wish::from_pairs(&pairs(query), &Wish::default())
}

#[test]
fn every_choice_has_a_code_and_is_found_by_it() {
    for format in Format::ALL {
        assert_eq!(Format::from_code(format.code()).map(Format::code), Some(format.code()));
    }
    for values in Values::ALL {
        assert_eq!(Values::from_code(values.code()), Some(*values));
    }
    for encoding in Encoding::ALL {
        assert_eq!(Encoding::from_code(encoding.code()), Some(*encoding));
    }
    assert_eq!(Format::from_code("pdf"), None);
}

#[test]
fn the_old_addresses_mean_what_they_meant() {
    assert_eq!(read("").map(|wish| wish.form), Ok(Form::default()));
    assert_eq!(read("dialect=plain").map(|wish| wish.form), Ok(Form::default()));
    assert_eq!(read("dialect=excel").map(|wish| wish.form), Ok(Form::EXCEL));
    let wish = Wish::from_pairs(&pairs("q=anna&sort=NAME&page=7&page_size=10&ids=1,2"), &Wish::of_screen()).expect("a wish");
    assert_eq!((wish.form, wish.columns), (Form::EXCEL, Columns::List));
    assert_eq!(wish.part, Part::Only(vec![ProfileId::new(1), ProfileId::new(2)]));
    assert_eq!((wish.list.q.as_str(), wish.list.page, wish.list.page_size), ("anna", 1, ListQuery::default().page_size));
    assert_eq!(read("except=3,x,").map(|wish| wish.part), Ok(Part::Except(vec![ProfileId::new(3)])));
    assert_eq!(read("fields=name,EMAIL").map(|wish| wish.columns), Ok(Columns::These(vec!["NAME".to_owned(), "EMAIL".to_owned()])));
}

#[test]
fn a_form_sends_its_boxes_one_by_one_and_leaves_things_empty() {
    let wish = read("column=NAME&column=EMAIL&column=NAME&format=csv&delimiter=tab&zone=&lang=en").expect("a wish");
    assert_eq!(wish.columns, Columns::These(vec!["NAME".to_owned(), "EMAIL".to_owned()]));
    assert_eq!(wish.form.format, Format::Csv(Csv { delimiter: Delimiter::Tab, ..Csv::default() }));
    assert_eq!((wish.form.zone, wish.form.lang), (None, Some(Lang::En)));
    // What only a table of text has does not matter elsewhere.
    assert_eq!(read("format=xlsx&delimiter=tab&encoding=utf8").map(|wish| wish.form.format), Ok(Format::Xlsx));
    assert_eq!(read("columns=all").map(|wish| wish.columns), Ok(Columns::All));
    assert_eq!(read("column=NAME&columns=list&column=EMAIL").map(|wish| wish.columns), Ok(Columns::List));
}

#[test]
fn everything_that_is_wrong_is_named() {
    let wrong = read("format=pdf&values=x&lang=fr&zone=Mond&delimiter=x&encoding=x&line_end=x&guard=maybe").expect_err("wrong");
    let named: Vec<&str> = wrong.problems.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(named, ["format", "values", "lang", "zone", "delimiter", "encoding", "line_end", "guard"]);
    for problem in &wrong.problems {
        for lang in Lang::ALL {
            assert!(problem.problem.message(lang).ends_with('.'), "{problem:?}");
        }
    }
}

#[test]
fn columns_are_those_of_the_pool_each_once_and_an_unknown_one_is_named() {
    let pool = pool_with(&[("FARBE", FieldKind::SingleLine)]);
    let keys = |columns: Columns, layout: Option<ListLayout>| {
        let wish = Wish { columns, ..Wish::default() };
        wish.fields(&pool, layout).map(|fields| fields.into_iter().map(|field| field.key).collect::<Vec<_>>().join(" "))
    };
    let these = |keys: &[&str]| Columns::These(keys.iter().map(|key| (*key).to_owned()).collect());
    assert_eq!(keys(these(&["FARBE", "NAME", "FARBE"]), None), Ok("FARBE NAME".to_owned()));
    let unknown = keys(these(&["NAME", "GIBTS_NICHT"]), None).expect_err("unknown");
    assert_eq!(unknown.of("columns"), Some(&Problem::UnknownField { field: "GIBTS_NICHT".to_owned() }));
    assert_eq!(keys(Columns::List, None), Ok("PROFILEID NAME FIRSTNAME EMAIL COMPANY CITY ENTRY_DATE".to_owned()));
    let layout = |keys: &[&str]| ListLayout { columns: keys.iter().map(|key| Column::new(*key)).collect(), page_size: 50, dense: false };
    assert_eq!(keys(Columns::List, Some(layout(&["NAME", "PROFILEID"]))), Ok("NAME PROFILEID".to_owned()));
    assert_eq!(keys(Columns::All, None).map(|keys| keys.split(' ').count()), Ok(pool.fields.len()));
}

#[test]
fn values_are_written_in_the_chosen_words() {
    let mut pool = pool_with(&[("FARBE", FieldKind::Selection), ("THEMEN", FieldKind::MultiSelection), ("TERMIN", FieldKind::DateTime)]);
    for field in &mut pool.fields {
        if matches!(field.key.as_str(), "FARBE" | "THEMEN") {
            let option = |(nth, label): (i64, &str)| ChoiceOption { id: OptionId::new(10 + nth), label: label.to_owned(), position: nth };
            field.options = (0..).zip(["Rot", "Blau|Grün"]).map(option).collect();
        }
    }
    let keys = ["COUNTRY", "FARBE", "THEMEN", "TERMIN", "BIRTHDAY"];
    let fields: Vec<_> = keys.iter().filter_map(|key| pool.field(key).cloned()).collect();
    let values = [
        Value::Text("CH".to_owned()),
        Value::Int(10),
        Value::Set(vec![OptionId::new(10), OptionId::new(11)]),
        Value::Int(1_767_225_598_000),
        Value::Int(7_669),
    ];
    let cells: Vec<Cell<'_>> = values.iter().map(|value| Cell::from(Some(value))).collect();
    let check = |values: Values, lang: Lang, zone: Option<&str>, expected: [&str; 5], json: [&str; 5]| {
        let zone = zone.map(|zone| zone.parse().expect("a zone"));
        let mut scribe = Scribe::new(&pool, fields.clone(), values, lang, zone);
        for nth in 0..keys.len() {
            assert_eq!(scribe.text(nth, &cells[nth], Some("CH")), expected[nth], "{values:?} {lang:?}");
            assert_eq!(scribe.json(nth, &cells[nth], Some("CH")).to_string(), json[nth], "{values:?} {lang:?}");
        }
    };
    let iso = r#""1990-12-31""#;
    check(
        Values::Plain,
        Lang::De,
        None,
        ["CH", "Rot", r"Rot|Blau\|Grün", "2025-12-31T23:59:58Z", "1990-12-31"],
        [r#""CH""#, r#""Rot""#, r#"["Rot","Blau|Grün"]"#, r#""2025-12-31T23:59:58Z""#, iso],
    );
    check(
        Values::Labels,
        Lang::De,
        None,
        ["Schweiz", "Rot", r"Rot|Blau\|Grün", "01.01.2026 00:59:58", "31.12.1990"],
        [r#""Schweiz""#, r#""Rot""#, r#"["Rot","Blau|Grün"]"#, r#""2025-12-31T23:59:58Z""#, iso],
    );
    check(
        Values::Ids,
        Lang::En,
        Some("Asia/Tokyo"),
        ["CH", "10", "10|11", "2026-01-01T08:59:58+09:00", "1990-12-31"],
        [r#""CH""#, "10", "[10,11]", r#""2026-01-01T08:59:58+09:00""#, iso],
    );
}

#[test]
fn headings_are_names_for_people_as_long_as_no_two_are_alike() {
    let mut pool = pool_with(&[("NAME2", FieldKind::SingleLine)]);
    let heading = |pool: &crate::pool::Pool, values| {
        let fields = ["NAME", "NAME2", "CITY"].iter().filter_map(|key| pool.field(key).cloned()).collect();
        Scribe::new(pool, fields, values, Lang::De, None).headings().join(" ")
    };
    assert_eq!(heading(&pool, Values::Labels), "Name NAME2 Ort");
    assert_eq!(heading(&pool, Values::Plain), "NAME NAME2 CITY");
    for field in pool.fields.iter_mut().filter(|field| field.key == "NAME2") {
        field.label = "name".to_owned();
    }
    assert_eq!(heading(&pool, Values::Labels), "NAME NAME2 Ort");
}

fn forms() -> impl Strategy<Value = Form> {
    let csv = (select(Delimiter::ALL), select(Encoding::ALL), select(LineEnd::ALL), any::<bool>())
        .prop_map(|(delimiter, encoding, line_end, guard)| Format::Csv(Csv { delimiter, encoding, line_end, guard }));
    let format = prop_oneof![csv, select(vec![Format::Xlsx, Format::Json, Format::Ndjson, Format::Vcard, Format::Xml])];
    let zone = proptest::option::of(select(vec!["Europe/Berlin", "UTC", "Asia/Tokyo", "America/Argentina/Buenos_Aires"]));
    (format, select(Values::ALL), proptest::option::of(select(Lang::ALL.to_vec())), zone).prop_map(|(format, values, lang, zone)| Form {
        format,
        values,
        lang,
        zone: zone.map(|zone| zone.parse().expect("a zone")),
    })
}

fn wishes() -> impl Strategy<Value = Wish> {
    let ids = || proptest::collection::vec(1i64..1_000_000, 1..5).prop_map(|ids| ids.into_iter().map(ProfileId::new).collect());
    let part = prop_oneof![Just(Part::All), ids().prop_map(Part::Only), ids().prop_map(Part::Except)];
    let keys = subsequence(vec!["NAME", "EMAIL", "ALL", "LIST", "ENTRY_DATE", "X1"], 1..6).prop_shuffle();
    let keys = keys.prop_map(|keys| Columns::These(keys.into_iter().map(str::to_owned).collect()));
    let columns = prop_oneof![Just(Columns::All), Just(Columns::List), keys];
    (part, ".{0,20}", proptest::bool::ANY, columns, forms()).prop_map(|(part, q, sorted, columns, form)| {
        let sort = if sorted { "NAME" } else { "-PROFILEID" };
        let list =
            ListQuery::from_pairs([("q", q.as_str()), ("sort", sort)].map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter());
        Wish { part, list, columns, form }
    })
}

proptest! {
    #[test]
    fn an_address_says_everything_wherever_it_is_read(wish in wishes(), otherwise in wishes()) {
        let query = wish.to_query();
        // No address is read where another language or zone is usual than that of whoever reads it.
        let otherwise = Wish { form: Form { lang: None, zone: None, ..otherwise.form }, ..otherwise };
        prop_assert_eq!(Wish::from_pairs(&pairs(&query), &otherwise), Ok(wish), "{}", query);
    }

    #[test]
    fn no_address_is_too_odd(pairs in proptest::collection::vec(("(columns|ids|except|format|zone|guard|.{0,3})", ".{0,30}"), 0..6)) {
        if let Ok(wish) = Wish::from_pairs(&pairs, &Wish::default()) {
            let again: Vec<(String, String)> = super::tests::pairs(&wish.to_query());
            prop_assert_eq!(Wish::from_pairs(&again, &Wish::default()), Ok(wish));
        }
    }

    #[test]
    fn moments_come_back_in_every_zone(at in -62_135_596_800_000i64..253_402_300_799_999, zone in select(vec!["Europe/Berlin", "Asia/Kolkata", "UTC", "Pacific/Apia"])) {
        let pool = pool_with(&[("TERMIN", FieldKind::DateTime)]);
        let field = pool.field("TERMIN").expect("a field");
        let zone: Zone = zone.parse().expect("a zone");
        let berlin = Zone::default();
        let value = Value::Int(at);
        let cell = Cell::from(Some(&value));
        for (values, lang) in [(Values::Plain, Lang::De), (Values::Labels, Lang::De), (Values::Labels, Lang::En)] {
            let mut scribe = Scribe::new(&pool, vec![field.clone()], values, lang, Some(zone));
            let text = scribe.text(0, &cell, None).into_owned();
            let reader = if values == Values::Labels { &zone } else { &berlin };
            let cx = ParseContext { lang, zone: reader, date_order: DateOrder::Dmy, country_hint: None };
            prop_assert_eq!(parse(field, &text, &cx), Ok(Some(value.clone())), "{}", text);
        }
    }
}
