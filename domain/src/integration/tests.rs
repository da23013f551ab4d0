use serde_json::{Value as Json, json};

use super::*;
use crate::field::{ChoiceOption, FieldKind};
use crate::id::OptionId;
use crate::lang::Lang;
use crate::pool::tests::pool_with;
use crate::time::Zone;
use crate::value::{DateOrder, ParseContext, from_json, to_json};

mod conforms;

use conforms::misfits;

const SERVER: &str = "https://lagune.example.org";

/// A pool with a field of every type, the selections with labels that are awkward to write.
fn pool() -> Pool {
    let own: Vec<(String, FieldKind)> = FieldKind::ALL.into_iter().map(|kind| (kind.code().to_uppercase(), kind)).collect();
    let mut pool = pool_with(&own.iter().map(|(key, kind)| (key.as_str(), *kind)).collect::<Vec<_>>());
    for field in pool.fields.iter_mut().filter(|field| field.kind.has_options()) {
        let option = |(id, label): (i64, &str)| ChoiceOption { id: OptionId::new(id), label: label.to_owned(), position: id };
        field.options = (12..).zip(["Ski & Rad", "Jana's \"A|B\"", "`$HOME`\\"]).map(option).collect();
    }
    pool
}

fn change(pool: &mut Pool, key: &str, change: impl FnOnce(&mut FieldDef)) {
    change(pool.fields.iter_mut().find(|field| field.key == key).unwrap());
}

/// What REST makes of a value, and whether the schema takes what was given and what comes back.
#[track_caller]
fn check(key: &str, given: Json, taken: bool) {
    let (pool, zone) = (pool(), Zone::default());
    let field = pool.field(key).unwrap();
    let cx = ParseContext { lang: Lang::En, zone: &zone, date_order: DateOrder::default(), country_hint: None };
    let schema = schema(&pool, SERVER, Lang::De);
    let sent = json!({ "fields": { key: given } });
    assert_eq!(misfits(&schema["$defs"]["ProfileInput"], &schema, &sent).is_empty(), taken, "{sent}");
    let value = from_json(field, &given, &cx);
    if taken {
        let fields = value.unwrap().map(|value| (key.to_owned(), to_json(field, &value)));
        let read = json!({ "id": 1, "revision": 7, "fields": fields.into_iter().collect::<serde_json::Map<_, _>>() });
        assert_eq!(misfits(&schema, &schema, &read), Vec::<String>::new());
    }
}

#[test]
fn what_the_schema_takes_is_what_rest_reads_and_writes() {
    for (key, value) in [
        ("SINGLE_LINE", json!("Zeile")),
        ("MULTI_LINE", json!("eine\nzweite")),
        ("SELECTION", json!("Jana's \"A|B\"")),
        ("MULTI_SELECTION", json!(["Ski & Rad", "`$HOME`\\"])),
        ("SALUTATION", json!("female")),
        ("COUNTRY", json!("CH")),
        ("STATE", json!("DE-BY")),
        ("MOBILE_PREFIX", json!("+49171")),
        ("DATE", json!("1990-12-31")),
        ("DATE_TIME", json!("2026-01-31T09:30:00+01:00")),
        ("EMAIL", json!("jana@example.org")),
        ("BOOLEAN", json!(false)),
        ("INTEGER", json!(-42)),
        ("POSTCODE", json!("SW1A 1AA")),
        ("IP_ADDRESS", json!("2001:db8::1")),
        ("LANGUAGE", json!("de")),
        ("PERMISSION", json!("double_opt_in")),
    ] {
        check(key, value, true);
        check(key, Json::Null, true);
        check(key, json!({}), false);
    }
    check("SINGLE_LINE", json!("x".repeat(1_001)), false);
    check("SELECTION", json!("Segeln"), false);
    check("MULTI_SELECTION", json!("Ski & Rad"), false);
    check("COUNTRY", json!("Schweiz"), false);
    check("BOOLEAN", json!("ja"), false);
    check("INTEGER", json!(4.2), false);
    check("PROFILEID", json!(7), false);
}

#[test]
fn what_only_lagune_fills_is_read_and_never_sent() {
    let schema = schema(&pool(), SERVER, Lang::De);
    assert_eq!(schema["$defs"]["Field_ENTRY_DATE"]["readOnly"], true);
    let keys = |name: &str| schema["$defs"][name]["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let (read, sent) = (keys("Values"), keys("ValuesInput"));
    let only_read: Vec<_> = read.iter().filter(|key| !sent.contains(key)).map(String::as_str).collect();
    let never_sent =
        ["CHANGE_DATE", "CHANGE_IP", "ENTRY_DATE", "FORMID", "PERMISSION_IP", "PROFILEID", "UNSUBSCRIBE_DATE", "UNSUBSCRIBE_IP"];
    assert_eq!(only_read, never_sent);
    assert_eq!(keys("ValuesPatch"), sent);
}

#[test]
fn a_required_field_is_sent_with_a_new_profile_unless_it_has_a_default_and_is_never_emptied() {
    let mut pool = pool();
    for key in ["EMAIL", "BOOLEAN"] {
        change(&mut pool, key, |field| field.required = true);
    }
    change(&mut pool, "BOOLEAN", |field| field.default_value = Some("true".to_owned()));
    let schema = schema(&pool, SERVER, Lang::De);
    assert_eq!(schema["$defs"]["ValuesInput"]["required"], json!(["EMAIL"]));
    assert_eq!(schema["$defs"]["Field_BOOLEAN"]["default"], true);
    let fits = |name: &str, fields: Json| misfits(&schema["$defs"][name], &schema, &json!({ "fields": fields })).is_empty();
    assert!(!fits("ProfileInput", json!({ "NAME": "Müller" })));
    assert!(fits("ProfileInput", json!({ "EMAIL": "a@example.org", "BOOLEAN": null })));
    assert!(fits("ProfilePatch", json!({ "NAME": null })));
    assert!(!fits("ProfilePatch", json!({ "BOOLEAN": null })));
}

#[test]
fn a_schema_names_labels_ids_and_variables() {
    let mut pool = pool();
    change(&mut pool, "SELECTION", |field| field.help = "Was am liebsten?".to_owned());
    change(&mut pool, "SELECTION", |field| field.default_value = Some("#12".to_owned()));
    change(&mut pool, "DATE", |field| field.default_value = Some("today".to_owned()));
    let field = &schema(&pool, SERVER, Lang::En)["$defs"]["Field_SELECTION"];
    assert_eq!(
        (&field["description"], &field["x-lagune-options"][0]),
        (&json!("Was am liebsten? ({$SELECTION})"), &json!({ "id": 12, "label": "Ski & Rad" }))
    );
    assert_eq!(field["default"], "Ski & Rad");
    assert_eq!(schema(&pool, SERVER, Lang::En)["$defs"]["Field_DATE"].get("default"), None);
    let defaults: Vec<_> = fields(&pool, Lang::En).fields.into_iter().filter_map(|field| field.default).collect();
    assert_eq!(defaults, ["Ski & Rad", "today"]);
    assert_eq!(schema(&pool, SERVER, Lang::En)["$defs"]["Field_FIRSTNAME"]["title"], "First name");
    assert_eq!(schema(&pool, SERVER, Lang::En)["$id"], "https://lagune.example.org/api/v1/pools/1/schema.json");
}

#[test]
fn a_row_holds_a_field_with_its_options() {
    let list = fields(&pool(), Lang::De);
    let row = list.rows().find(|row| row[1] == "SELECTION").unwrap();
    assert_eq!(row[2], "{$SELECTION}");
    assert_eq!((row[5].as_str(), row[6].as_str(), row[8].as_str()), ("selection", "7", "false"));
    assert_eq!(row[11], r#"12=Ski & Rad|13=Jana's "A\|B"|14=`$HOME`\\"#);
    let entry = list.rows().find(|row| row[1] == "ENTRY_DATE").unwrap();
    assert_eq!((entry[3].as_str(), entry[4].as_str(), entry[8].as_str()), ("Eintragung", "Intern", "true"));
}

#[test]
fn an_example_sends_what_the_schema_takes() {
    let pool = pool();
    let schema = schema(&pool, SERVER, Lang::De);
    let written = examples(&pool, SERVER, Lang::De);
    for purpose in [Purpose::Create, Purpose::Change] {
        let text = &written.iter().find(|example| example.purpose == purpose).unwrap().texts[1];
        let body = text.split_once("JSON.stringify(").unwrap().1.rsplit_once("),\n});").unwrap().0;
        let sent: Json = serde_json::from_str(body).unwrap();
        assert_eq!(misfits(&schema["$defs"]["ProfilePatch"], &schema, &sent), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_example_is_quoted_for_its_language() {
    let mut pool = pool();
    pool.fields.retain(|field| field.key == "EMAIL" || field.key == "SELECTION" || field.key == "BOOLEAN");
    change(&mut pool, "SELECTION", |field| _ = field.options.remove(0));
    let written = examples(&pool, SERVER, Lang::En);
    let text = |purpose: Purpose, code: Code| {
        let nth = Code::ALL.into_iter().position(|one| one == code).unwrap();
        written.iter().find(|example| example.purpose == purpose).unwrap().texts[nth].clone()
    };
    let create = r#"curl -X POST 'https://lagune.example.org/api/v1/pools/1/profiles' \
  -H "Authorization: Bearer $LAGUNE_TOKEN" \
  -H 'Content-Type: application/json' \
  -d '{
    "fields": {
      "BOOLEAN": true,
      "EMAIL": "jana.beispiel@example.org",
      "SELECTION": "Jana'\''s \"A|B\""
    }
  }'"#;
    assert_eq!(text(Purpose::Create, Code::Curl), create);
    assert!(text(Purpose::Create, Code::Python).contains(r#""BOOLEAN": True,"#));
    assert!(text(Purpose::Find, Code::Curl).contains("--data-urlencode 'filter=EMAIL:is:jana.beispiel@example.org'"));
    assert!(text(Purpose::List, Code::JavaScript).contains(r#"["filter", "SELECTION:is:Jana's \"A|B\""],"#));
    assert!(text(Purpose::Import, Code::Python).contains(r#"data=open("contacts.csv", "rb").read()"#));
    assert!(text(Purpose::Delete, Code::Curl).starts_with("curl -X DELETE 'https://lagune.example.org/api/v1/pools/1/profiles/1'"));
}

#[test]
fn a_description_refers_only_to_what_it_holds() {
    let description = openapi(&pool(), SERVER, Lang::De);
    let mut references = Vec::new();
    collect(&description, &mut references);
    assert!(references.len() > 100, "{}", references.len());
    for reference in references {
        assert!(description.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
    }
    let paths: Vec<_> = description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    let at = "/api/v1/pools/1";
    assert_eq!(paths, ["/export.csv", "/imports", "/profiles", "/profiles/{profile}"].map(|path| format!("{at}{path}")));
    let example = &description["paths"]["/api/v1/pools/1/profiles"]["post"]["requestBody"]["content"]["application/json"]["example"];
    assert_eq!(misfits(&description["components"]["schemas"]["ProfileInput"], &description, example), Vec::<String>::new());
}

fn collect(json: &Json, references: &mut Vec<String>) {
    if let Some(reference) = json.get("$ref").and_then(Json::as_str) {
        references.push(reference.to_owned());
    }
    let members = json.as_object().into_iter().flat_map(|members| members.values());
    members.chain(json.as_array().into_iter().flatten()).for_each(|one| collect(one, references));
}
