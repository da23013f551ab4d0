//! For Node.js and whatever else has `fetch`.

use serde_json::json;

use super::{Answer, Body, Call, pretty};

pub(super) fn written(call: &Call) -> String {
    let mut out = String::new();
    let reads = matches!(call.body, Some(Body::Csv(_))).then_some("readFile");
    let writes = matches!(call.answer, Answer::Csv(_)).then_some("writeFile");
    if let Some(name) = reads.or(writes) {
        out += &format!("import {{ {name} }} from \"node:fs/promises\";\n\n");
    }
    let url = if call.query.is_empty() {
        json!(call.url).to_string()
    } else {
        let pairs: Vec<String> = call.query.iter().map(|(name, value)| format!("  [{}, {}],\n", json!(name), json!(value))).collect();
        out += &format!("const query = new URLSearchParams([\n{}]);\n", pairs.concat());
        format!("`{}?${{query}}`", call.url)
    };
    let mut options = Vec::new();
    if call.method != "GET" {
        options.push(format!("method: \"{}\"", call.method));
    }
    let kind = match call.body {
        Some(Body::Json(_)) => ", \"Content-Type\": \"application/json\"",
        Some(Body::Csv(_)) => ", \"Content-Type\": \"text/csv\"",
        None => "",
    };
    options.push(format!("headers: {{ Authorization: `Bearer ${{process.env.LAGUNE_TOKEN}}`{kind} }}"));
    match &call.body {
        Some(Body::Json(body)) => options.push(format!("body: JSON.stringify({})", pretty(body, "  "))),
        Some(Body::Csv(file)) => options.push(format!("body: await readFile({})", json!(file))),
        None => {}
    }
    out += &format!("const answer = await fetch({url}, {{\n  {},\n}});\n", options.join(",\n  "));
    out += "if (!answer.ok) throw new Error(await answer.text());";
    match call.answer {
        Answer::Json => out += "\nconsole.log(await answer.json());",
        Answer::Csv(file) => out += &format!("\nawait writeFile({}, await answer.text());", json!(file)),
        Answer::Nothing => {}
    }
    out
}
