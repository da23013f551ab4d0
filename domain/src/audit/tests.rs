use serde_json::json;

use super::*;
use crate::config::{FieldChange, NewField, Step};
use crate::field::FieldKind;
use crate::history::Actor;
use crate::id::{CategoryId, FieldId, OptionId, TokenId};
use crate::lang::Lang;
use crate::time::{Millis, Zone};

fn entry() -> Entry {
    let origin = Origin { address: Some("10.0.0.7".parse().expect("an address")), session: Some(SessionMark::of(&[0xab; 32])) };
    let note = Note::new(Deed::PoolRenamed, Object::pool(PoolId::new(7), "Käufer"))
        .before(json!({ "name": "Kunden" }))
        .after(json!({ "name": "Käufer" }));
    let chain = Chain::Client(ClientId::new(1));
    let mut entry = Entry::new(chain, Millis::new(1_795_343_400_000), Actor::User(UserId::new(3)), "Ada", origin, note);
    entry.n = 2;
    entry
}

#[test]
fn codes_lead_back_and_none_stands_twice() {
    for deed in Deed::ALL {
        assert_eq!(Deed::from_code(deed.code()), Some(*deed));
        assert!(!deed.label().de.is_empty() && Area::ALL.contains(&deed.area()));
    }
    for kind in ObjectKind::ALL {
        assert_eq!(ObjectKind::from_code(kind.code()), Some(*kind));
    }
}

#[test]
fn what_is_hashed_is_one_text_only() {
    let expected = concat!(
        r#"{"actor":{"id":3,"kind":"user","name":"Ada"},"after":{"name":"Käufer"},"at":"2026-11-22T10:30:00.000Z","#,
        r#""before":{"name":"Kunden"},"client":1,"deed":"pool_renamed","from":{"address":"10.0.0.7","session":"abababab"},"#,
        r#""n":2,"object":{"id":7,"kind":"pool","name":"Käufer","pool":7},"#,
        r#""previous":"0000000000000000000000000000000000000000000000000000000000000000"}"#
    );
    assert_eq!(entry().signed(), expected);
    let line = entry().line();
    let without: serde_json::Map<_, _> = match serde_json::from_str(&line).expect("JSON") {
        Value::Object(fields) => fields.into_iter().filter(|(key, _)| key != "hash").collect(),
        other => panic!("{other}"),
    };
    assert_eq!(canonical(&Value::Object(without)), expected);
}

#[test]
fn each_field_of_an_entry_is_part_of_what_is_hashed() {
    let whole = entry().signed();
    let changes: [fn(&mut Entry); 15] = [
        |e| e.chain = Chain::Installation,
        |e| e.n = 3,
        |e| e.at = Millis::new(1),
        |e| e.actor.kind = "api".to_owned(),
        |e| e.actor.id = None,
        |e| e.actor.name = "Eve".to_owned(),
        |e| e.deed = "pool_deleted".to_owned(),
        |e| e.object.kind = "field".to_owned(),
        |e| e.object.id = Some(8),
        |e| e.object.name.clear(),
        |e| e.pool = None,
        |e| e.address = None,
        |e| e.session = None,
        |e| e.before = None,
        |e| e.previous[31] = 1,
    ];
    for (nth, change) in changes.into_iter().enumerate() {
        let mut other = entry();
        change(&mut other);
        assert_ne!(other.signed(), whole, "change {nth}");
    }
}

#[test]
fn canonical_json_is_that_of_the_standard() {
    // The example of RFC 8785, section 3.2.3, without its fractions.
    let value = json!({ "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew", "1": "One",
        "\u{1f600}": "Emoji", "\u{80}": "Control", "\u{f6}": "Latin" });
    let expected = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"\u{f6}\":\"Latin\",\
        \"\u{20ac}\":\"Euro Sign\",\"\u{1f600}\":\"Emoji\",\"\u{fb33}\":\"Hebrew\"}";
    assert_eq!(canonical(&value), expected);
    let escapes = json!({ "b": "\u{8}\t\n\u{c}\r\"\\/\u{1f}\u{7f}", "a": [null, true, false, -7, 9_007_199_254_740_991_i64] });
    let expected = "{\"a\":[null,true,false,-7,9007199254740991],\"b\":\"\\b\\t\\n\\f\\r\\\"\\\\/\\u001f\u{7f}\"}";
    assert_eq!(canonical(&escapes), expected);
}

#[test]
fn what_is_told_is_short_and_reads_the_same_everywhere() {
    let long = "x".repeat(1_000);
    let note = Note::new(Deed::BulkEdited, Object::pool(PoolId::new(1), "Kunden")).after(json!({
        "text": format!("a\u{0}\nb{long}"),
        "many": vec![1; 100],
        "large": 1_i64 << 60,
        "half": 0.5,
        "n": 3,
    }));
    let after = note.after.expect("told");
    assert!(after["text"].as_str().expect("a text").chars().count() <= 300);
    assert!(!after["text"].as_str().expect("a text").contains(['\0', '\n']));
    assert_eq!(after["many"].as_array().expect("a list").len(), 61);
    assert_eq!((&after["large"], &after["half"], &after["n"]), (&json!("1152921504606846976"), &json!("0.5"), &json!(3)));
    let huge: Vec<String> = (0..60).map(|n| format!("{n}{}", "y".repeat(250))).collect();
    let note = Note::new(Deed::BulkEdited, Object::pool(PoolId::new(1), "Kunden")).after(json!({ "labels": huge }));
    assert!(note.after.expect("told")["left_out"].as_u64().is_some_and(|bytes| bytes > 8_000));
}

#[test]
fn a_step_is_told_flat_with_what_was_there_before() {
    let field = FieldId::new(12);
    let change = |label: &str, required| FieldChange { label: Some(label.to_owned()), required, ..FieldChange::default() };
    let step = Step::ChangeField { field, change: change("Neu", Some(false)) };
    let back = Step::ChangeField { field, change: change("Alt", Some(true)) };
    assert_eq!(subject(&step), Subject::Field(field));
    let (before, after) = of_step(&step, &back);
    assert_eq!(before, Some(json!({ "label": "Alt", "required": true })));
    assert_eq!(after, json!({ "step": "change_field", "field": 12, "label": "Neu", "required": false }));

    let new = Step::AddField(NewField::new("Farbe", FieldKind::SingleLine, CategoryId::new(4)));
    let (before, after) = of_step(&new, &Step::DeleteField { field });
    assert_eq!((before, subject(&new)), (None, Subject::NewField));
    assert_eq!(after, json!({ "step": "add_field", "label": "Farbe", "kind": FieldKind::SingleLine, "category": 4 }));

    let moved = |before| Step::MoveOption { field, option: OptionId::new(1), before };
    let (before, after) = of_step(&moved(Some(OptionId::new(5))), &moved(None));
    assert_eq!(before, None);
    assert_eq!(after, json!({ "step": "move_option", "field": 12, "option": 1, "in_front_of": 5 }));

    let all = Step::All(vec![moved(None); 25]);
    let (before, after) = of_step(&all, &all);
    assert_eq!((before, subject(&all)), (None, Subject::Field(field)));
    assert_eq!((after["steps"].as_array().map(Vec::len), &after["more"]), (Some(20), &json!(5)));
    assert_eq!(subject(&Step::All(vec![new, moved(None)])), Subject::Pool);
}

#[test]
fn an_entry_is_told_in_words_and_unknown_codes_as_they_are() {
    let told = lines(&entry(), Lang::De);
    assert_eq!(told, [Line { label: "Name".to_owned(), before: Some("Kunden".to_owned()), after: Some("Käufer".to_owned()) }]);
    let mut other = entry();
    other.before = None;
    other.after = Some(json!({ "step": "add_field", "profiles": 12_431, "change": 12_431, "required": true, "novelty": ["a", 2] }));
    let told: Vec<String> =
        lines(&other, Lang::De).into_iter().map(|line| format!("{}={}", line.label, line.after.unwrap_or_default())).collect();
    assert_eq!(told, ["Schritt=Feld angelegt", "Nummer des Schritts=12431", "novelty=a, 2", "Profile=12.431", "Pflichtfeld=ja"]);
    assert_eq!(other.deed_label(Lang::En), "Pool renamed");
    other.deed = "flown_to_the_moon".to_owned();
    assert_eq!(other.deed_label(Lang::En), "flown_to_the_moon");
    other.object = Named { kind: "profile".to_owned(), id: Some(17), name: String::new() };
    assert_eq!(object_name(&other, Lang::De), "Profil 17");
}

#[test]
fn a_query_leads_to_its_address_and_back() {
    let query = AuditQuery {
        q: "müller söhne".to_owned(),
        deed: Some(Deed::PoolDeleted),
        who: Some(Actor::Api(TokenId::new(5))),
        object: Some((ObjectKind::Pool, 7)),
        from: Some(20_000),
        to: Some(20_001),
        before: Some(99),
    };
    let address = query.to_query();
    assert_eq!(address, "q=m%C3%BCller%20s%C3%B6hne&deed=pool_deleted&who=api:5&object=pool:7&from=2024-10-04&to=2024-10-05&before=99");
    let pairs = |address: &str| -> Vec<(String, String)> {
        let pair = |part: &str| part.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())).expect("a pair");
        address.split('&').map(pair).collect()
    };
    let read = AuditQuery::from_pairs(pairs(&address.replace("m%C3%BCller%20s%C3%B6hne", "müller söhne")).into_iter());
    assert_eq!(read, query);
    let odd = "q=&deed=nothing&who=user&object=pool&from=heute&to=2024-02-31&before=-1";
    assert_eq!(AuditQuery::from_pairs(pairs(odd).into_iter()), AuditQuery::default());
    assert_eq!(AuditQuery::from_pairs(pairs("who=command_line").into_iter()).who, Some(Actor::CommandLine));
}

#[test]
fn days_are_those_of_the_clients_calendar() {
    let query = AuditQuery { from: Some(20_544), to: Some(20_544), ..AuditQuery::default() };
    let berlin: Zone = "Europe/Berlin".parse().expect("a zone");
    // 2026-04-01, in summer two hours ahead.
    assert_eq!(query.span(&berlin), (Some(Millis::new(1_774_994_400_000)), Some(Millis::new(1_775_080_800_000))));
    assert_eq!(query.span(&Zone::UTC), (Some(Millis::new(1_775_001_600_000)), Some(Millis::new(1_775_088_000_000))));
}
