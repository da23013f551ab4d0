//! For Python 3, with nothing to install.

use serde_json::{Value as Json, json};

use super::{Answer, Body, Call};

pub(super) fn written(call: &Call) -> String {
    let json_needed = matches!(call.body, Some(Body::Json(_))) || matches!(call.answer, Answer::Json);
    let parse = if call.query.is_empty() { "" } else { "urllib.parse, " };
    let mut out = format!("import {}os, {parse}urllib.request\n\n", if json_needed { "json, " } else { "" });
    let url = if call.query.is_empty() {
        json!(call.url).to_string()
    } else {
        let pairs: Vec<String> = call.query.iter().map(|(name, value)| format!("    ({}, {}),\n", json!(name), json!(value))).collect();
        out += &format!("query = urllib.parse.urlencode([\n{}])\n", pairs.concat());
        format!("{} + query", json!(format!("{}?", call.url)))
    };
    let mut options = vec![url, format!("method=\"{}\"", call.method)];
    let kind = match call.body {
        Some(Body::Json(_)) => ", \"Content-Type\": \"application/json\"",
        Some(Body::Csv(_)) => ", \"Content-Type\": \"text/csv\"",
        None => "",
    };
    options.push(format!("headers={{\"Authorization\": \"Bearer \" + os.environ[\"LAGUNE_TOKEN\"]{kind}}}"));
    match &call.body {
        Some(Body::Json(body)) => options.push(format!("data=json.dumps({}).encode()", literal(body, "    "))),
        Some(Body::Csv(file)) => options.push(format!("data=open({}, \"rb\").read()", json!(file))),
        None => {}
    }
    out += &format!("request = urllib.request.Request(\n    {},\n)\n", options.join(",\n    "));
    out += match call.answer {
        Answer::Json => "with urllib.request.urlopen(request) as answer:\n    print(json.load(answer))".to_owned(),
        Answer::Csv(file) => {
            format!("with urllib.request.urlopen(request) as answer, open({}, \"wb\") as file:\n    file.write(answer.read())", json!(file))
        }
        Answer::Nothing => "urllib.request.urlopen(request)".to_owned(),
    }
    .as_str();
    out
}

/// JSON as Python writes it: `None`, `True` and `False` are its own words, everything else is the same.
fn literal(json: &Json, indent: &str) -> String {
    match json {
        Json::Null => "None".to_owned(),
        Json::Bool(truth) => if *truth { "True" } else { "False" }.to_owned(),
        Json::Array(items) => format!("[{}]", items.iter().map(|item| literal(item, indent)).collect::<Vec<_>>().join(", ")),
        Json::Object(members) => {
            let deeper = format!("{indent}    ");
            let members = members.iter().map(|(name, value)| format!("{deeper}{}: {},\n", json!(name), literal(value, &deeper)));
            format!("{{\n{}{indent}}}", members.collect::<String>())
        }
        other => other.to_string(),
    }
}
