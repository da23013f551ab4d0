//! What must hold for any value.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// A type with something to type into it that is a value more often than not.
fn typed() -> impl Strategy<Value = (FieldKind, String)> {
    let text = (select(vec![FieldKind::SingleLine, FieldKind::MultiLine]), ".{0,30}\n?.{0,10}".boxed());
    let of = |kind: FieldKind, pattern: &'static str| (Just(kind), pattern.boxed());
    prop_oneof![
        text,
        of(FieldKind::Postcode, "[A-Za-z0-9 -]{1,10}"),
        of(FieldKind::Email, "[a-zA-Z0-9.+äß]{1,8}@[a-zäÖ0-9-]{1,6}\\.(de|example|測試)"),
        of(FieldKind::IpAddress, "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,2}\\.[0-9]|[0-9a-fA-F]{1,4}(:[0-9a-f]{0,4}){2,7}"),
        of(FieldKind::Date, "[0-3]?[0-9]\\.[01]?[0-9]\\.([0-9]{4}|[0-9]{2})|[0-9]{4}-[01][0-9]-[0-3][0-9]"),
        of(FieldKind::DateTime, "[0-3]?[0-9]\\.[01]?[0-9]\\.[0-9]{4} [012][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,4})?)?"),
        of(FieldKind::Boolean, "ja|nein|1|0|true|x|no"),
        of(FieldKind::Integer, "-?[0-9]{1,19}|-?[0-9]{1,3}(\\.[0-9]{3}){0,5}"),
        of(FieldKind::ProfileId, "[0-9]{1,9}"),
        of(FieldKind::FormRef, "[0-9]{1,9}"),
        of(FieldKind::Permission, "[0-6]"),
        of(FieldKind::Country, "[A-Z]{2,3}|Frankreich|Germany"),
        of(FieldKind::Salutation, "Frau|Herr|Mr|Firma|divers"),
        of(FieldKind::State, "(DE|AT|CH|US)-[A-Z]{2}|Bayern|Wien"),
        of(FieldKind::MobilePrefix, "01[5-7][0-9]|\\+4917[0-9]"),
        of(FieldKind::Language, "[a-z]{2}|Deutsch|Englisch"),
    ]
}

fn round_trip(field: &FieldDef, value: &Value) -> Result<(), TestCaseError> {
    let zone = Zone::default();
    for lang in Lang::ALL {
        for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd] {
            let cx = ParseContext { lang, date_order: order, ..context(&zone) };
            let text = plain(field, value);
            prop_assert_eq!(parse(field, &text, &cx), Ok(Some(value.clone())), "{}", text);
            let json = to_json(field, value);
            prop_assert_eq!(from_json(field, &json, &cx), Ok(Some(value.clone())), "{}", json);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_written_is_read_again((kind, typed) in typed(), english in any::<bool>()) {
        let field = field(kind);
        let zone = Zone::default();
        let cx = ParseContext { lang: if english { Lang::En } else { Lang::De }, ..context(&zone) };
        if let Ok(Some(value)) = parse(&field, &typed, &cx) {
            round_trip(&field, &value)?;
        }
    }

    #[test]
    fn every_day_number_and_moment_is_read_again(day in -719_162i64..=2_932_896, at in -62_135_596_800_000i64..=253_402_300_799_999, n in any::<i64>()) {
        round_trip(&field(FieldKind::Date), &Value::Int(day))?;
        round_trip(&field(FieldKind::DateTime), &Value::Int(at))?;
        round_trip(&field(FieldKind::Integer), &Value::Int(n))?;
    }

    #[test]
    fn every_choice_of_options_is_read_again(labels in proptest::collection::hash_set("[a-c|\\\\,;äÄ]{1,4}", 1..6), picks in proptest::collection::vec(any::<prop::sample::Index>(), 1..4)) {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let many = with_options(FieldKind::MultiSelection, &labels);
        let set = options::sorted(picks.iter().map(|pick| pick.get(&many.options).id).collect());
        round_trip(&many, &Value::Set(set.clone()))?;
        round_trip(&with_options(FieldKind::Selection, &labels), &Value::Int(set[0].get()))?;
    }

    #[test]
    fn nothing_typed_is_too_odd(typed in "\\PC{0,20}|[0-9.:/,TZ +-]{0,24}|.{0,20}", kind in select(FieldKind::ALL.to_vec())) {
        let zone = Zone::default();
        let field = field(kind);
        for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd] {
            if let Ok(Some(value)) = parse(&field, &typed, &ParseContext { date_order: order, ..context(&zone) }) {
                prop_assert!(!show(&field, &value, Lang::De, &zone).is_empty());
            }
        }
    }

    #[test]
    fn dates_as_shown_are_read_again(day in -719_162i64..=2_932_896, at in 0i64..4_000_000_000) {
        let zone = Zone::UTC;
        for lang in Lang::ALL {
            let cx = ParseContext { lang, ..context(&zone) };
            for (kind, value) in [(FieldKind::Date, Value::Int(day)), (FieldKind::DateTime, Value::Int(at * 60_000))] {
                let field = field(kind);
                if kind == FieldKind::Date || at * 60_000 < 253_402_300_799_999 {
                    prop_assert_eq!(parse(&field, &show(&field, &value, lang, &zone), &cx), Ok(Some(value)));
                }
            }
        }
    }
}
