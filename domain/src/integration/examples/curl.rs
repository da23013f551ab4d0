//! For the command line.

use super::{Answer, Body, Call, pretty};

pub(super) fn written(call: &Call) -> String {
    let mut lines = Vec::new();
    lines.push(match (call.method, call.query.is_empty()) {
        // What is to be escaped is escaped by curl itself.
        ("GET", false) => format!("curl -G {}", quoted(&call.url)),
        ("GET", true) => format!("curl {}", quoted(&call.url)),
        (method, true) => format!("curl -X {method} {}", quoted(&call.url)),
        (method, false) => {
            let query: Vec<String> = call.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
            format!("curl -X {method} {}", quoted(&format!("{}?{}", call.url, query.join("&"))))
        }
    });
    lines.push("-H \"Authorization: Bearer $LAGUNE_TOKEN\"".to_owned());
    if call.method == "GET" {
        lines.extend(call.query.iter().map(|(name, value)| format!("--data-urlencode {}", quoted(&format!("{name}={value}")))));
    }
    match &call.body {
        Some(Body::Json(json)) => {
            lines.push("-H 'Content-Type: application/json'".to_owned());
            lines.push(format!("-d {}", quoted(&pretty(json, "  "))));
        }
        Some(Body::Csv(file)) => {
            lines.push("-H 'Content-Type: text/csv'".to_owned());
            lines.push(format!("--data-binary @{file}"));
        }
        None => {}
    }
    if let Answer::Csv(file) = call.answer {
        lines.push(format!("-o {file}"));
    }
    lines.join(" \\\n  ")
}

/// A word that the shell leaves as it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
