use serde_json::json;

use crate::{http::Answer, support::on_each_server};

#[track_caller]
fn problem(answer: Answer, status: u16, code: &str) -> serde_json::Value {
    let answer = answer.expect(status);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let document = answer.json();
    for member in ["type", "title", "status", "detail"] {
        assert!(document.get(member).is_some(), "{member} is missing: {document}");
    }
    assert_eq!((&document["status"], &document["code"]), (&json!(status), &json!(code)));
    assert_eq!(document["request_id"], answer.header("x-request-id"));
    document
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let body = json!({"fields": {"EMAIL": "nobody", "BIRTHDAY": "1990-02-31", "NOSUCH": 1, "PROFILEID": 7}, "extra": 1});
        let answer = app.api("POST", &format!("/pools/{pool}/profiles")).header("accept-language", "en").json(&body).send();
        let document = problem(answer, 422, "invalid");
        let mut named: Vec<_> = document["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
        named.sort_unstable();
        assert_eq!(named, ["BIRTHDAY", "EMAIL", "NOSUCH", "PROFILEID", "extra"]);
    })
    .await;
}

#[tokio::test]
async fn every_refusal_is_a_problem_document() {
    on_each_server(async |app| {
        problem(app.api("GET", "/nowhere").send(), 404, "not_found");
        problem(app.api("GET", "/pools/99").send(), 404, "not_found");
        problem(app.api("GET", "/pools/99/profiles/abc").send(), 404, "not_found");
        problem(app.api("PUT", "/pools").send(), 405, "method");
        problem(app.api("POST", "/pools").body("name=x").send(), 415, "content_type");
        let json = |body: &'static str| app.api("POST", "/pools").header("content-type", "application/json").body(body).send();
        problem(json("{\"name\": "), 422, "unreadable");
        problem(json("[1]"), 422, "unreadable");
        problem(json("{\"name\": 7}"), 422, "invalid");
        problem(json("{}"), 422, "invalid");
        let huge = format!("{{\"name\": \"{}\"}}", "x".repeat(3 << 20));
        problem(app.api("POST", "/pools").header("content-type", "application/json").body(huge).send(), 413, "too_large");
        let stranger = problem(app.get("/api/v1/pools").send(), 401, "sign_in_needed");
        assert!(stranger["detail"].as_str().unwrap().contains("Bearer"));
    })
    .await;
}

#[tokio::test]
async fn refusals_speak_the_language_of_the_caller() {
    on_each_server(async |app| {
        let title = |accept: &str| app.api("GET", "/nowhere").header("accept-language", accept).send().json()["title"].clone();
        assert_eq!(title("en-GB,en;q=0.9,de;q=0.5"), "Not found");
        assert_eq!(title("fr,de;q=0.9,en;q=0.5"), "Nicht gefunden");
        assert_eq!(title("*"), "Nicht gefunden");
    })
    .await;
}

#[tokio::test]
async fn the_description_names_every_call_once() {
    on_each_server(async |app| {
        let description = app.get("/api/v1/openapi.json").send().expect(200).json();
        assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
        let mut names = Vec::new();
        for path in description["paths"].as_object().unwrap().values() {
            names.extend(path.as_object().unwrap().values().map(|call| call["operationId"].as_str().unwrap().to_owned()));
        }
        let n = names.len();
        names.sort();
        names.dedup();
        assert_eq!((names.len(), n), (124, 124), "{names:?}");
        let page = app.get("/api/v1/docs/").browser().send().expect(200);
        assert!(page.text().contains("swagger-ui") && !page.text().contains("<script>"), "{}", page.text());
        app.get("/api/v1/docs/swagger-ui.css").send().expect(200);
    })
    .await;
}

#[tokio::test]
async fn what_the_library_refuses_is_a_problem_document_too() {
    on_each_server(async |app| {
        app.create_pool("Kunden");
        for path in ["/api/v1/pools/%FF", "/events?pool=abc", "/pools/abc/export.csv"] {
            let answer = app.call("GET", path).bearer(&app.token).cookie(&app.sign_in()).send();
            assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
            assert!(answer.header("content-type").starts_with("application/problem+json"), "{path}: {}", answer.text());
            assert!(!answer.text().contains("deserialize") && !answer.text().contains("parse"), "{path}: {}", answer.text());
        }
        let refused = app.api("PUT", "/pools/1/imports").send().expect(405);
        assert!(refused.header("allow").contains("POST"), "{}", refused.header("allow"));
    })
    .await;
}
