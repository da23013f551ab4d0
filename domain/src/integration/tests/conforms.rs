//! Whether JSON fits a schema, as far as our schemas go: everything but patterns and formats.

use serde_json::Value;

/// What doesn't fit, by its place; nothing when everything does. `root` is the document that references point into.
pub(crate) fn misfits(schema: &Value, root: &Value, json: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, root, json, "", &mut found);
    found
}

fn check(schema: &Value, root: &Value, json: &Value, at: &str, found: &mut Vec<String>) {
    let mut wrong = |what: &str| found.push(format!("{at}: {what}: {json}"));
    if schema.get("type").is_some_and(|kind| !is(kind, json)) {
        wrong("type");
    }
    if schema["enum"].as_array().is_some_and(|codes| !codes.contains(json)) {
        wrong("enum");
    }
    let long = json.as_str().map(|text| text.chars().count() as u64);
    let within = |least: &str, most: &str, n: Option<u64>| {
        n.is_none_or(|n| schema[least].as_u64().is_none_or(|least| n >= least) && schema[most].as_u64().is_none_or(|most| n <= most))
    };
    if !within("minLength", "maxLength", long) || !within("minItems", "maxItems", json.as_array().map(|items| items.len() as u64)) {
        wrong("length");
    }
    let number = json.as_i64();
    if number.is_some_and(|n| schema["minimum"].as_i64().is_some_and(|least| n < least)) {
        wrong("minimum");
    }
    if let Some(any) = schema["anyOf"].as_array()
        && any.iter().all(|one| !misfits(one, root, json).is_empty())
    {
        wrong("anyOf");
    }
    let properties = schema["properties"].as_object();
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if json.is_object() && json.get(name).is_none() {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, value) in json.as_object().into_iter().flatten() {
        match properties.and_then(|properties| properties.get(name)) {
            Some(schema) => check(schema, root, value, &format!("{at}/{name}"), found),
            None if schema["additionalProperties"] == false => found.push(format!("{at}: {name} is unknown")),
            None => {}
        }
    }
    if let Some(items) = schema.get("items") {
        for (nth, item) in json.as_array().into_iter().flatten().enumerate() {
            check(items, root, item, &format!("{at}/{nth}"), found);
        }
    }
    if let Some(place) = schema["$ref"].as_str() {
        let target = place.strip_prefix('#').and_then(|place| root.pointer(place));
        check(target.unwrap_or_else(|| panic!("{place} leads nowhere")), root, json, at, found);
    }
}

fn is(kind: &Value, json: &Value) -> bool {
    match kind.as_str() {
        Some("object") => json.is_object(),
        Some("array") => json.is_array(),
        Some("string") => json.is_string(),
        Some("integer") => json.is_i64() || json.is_u64(),
        Some("boolean") => json.is_boolean(),
        Some("null") => json.is_null(),
        other => panic!("{other:?} is no type of ours"),
    }
}
