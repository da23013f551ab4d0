use std::io::{BufRead as _, BufReader};

use serde_json::json;

use crate::support::{TestApp, on_each_server};

/// Reads lines of the stream until one begins like this.
fn until(lines: &mut impl Iterator<Item = std::io::Result<String>>, beginning: &str) -> String {
    lines.map(Result::unwrap).find(|line| line.starts_with(beginning)).unwrap_or_else(|| panic!("no {beginning}"))
}

fn listen(app: &TestApp, pool: i64, cookie: &str, last: Option<i64>) -> impl Iterator<Item = std::io::Result<String>> + use<> {
    let mut call = app.get(&format!("/events?pool={pool}")).cookie(cookie);
    if let Some(last) = last {
        call = call.header("last-event-id", last.to_string());
    }
    BufReader::new(call.open()).lines()
}

#[tokio::test]
async fn an_open_page_hears_of_changes_and_streams_end_with_the_server() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let cookie = app.sign_in();
        let mut lines = listen(app, pool, &cookie, None);
        until(&mut lines, "event: hello");
        let profile = app.create_profile(pool, json!({"NAME": "Müller"}));
        until(&mut lines, "event: profiles");
        let id = until(&mut lines, "id: ");
        assert_eq!(id, format!("id: {}", profile["revision"]));
        app.api("PATCH", &format!("/pools/{pool}")).json(&json!({"name": "Gäste"})).send().expect(200);
        until(&mut lines, "event: pool");

        // Who missed something is told so.
        let mut late = listen(app, pool, &cookie, Some(0));
        until(&mut late, "event: bulk");
        let strange = app.get("/events?pool=99").cookie(&cookie).send();
        assert_eq!(strange.status, 404);
        assert!(app.terminate(), "the server ends although streams are open");
        assert!(lines.all(|line| line.is_ok()), "the stream ends in good order");
    })
    .await;
}

#[tokio::test]
async fn changes_of_another_process_are_heard_too() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let cookie = app.sign_in();
        let mut lines = listen(app, pool, &cookie, None);
        until(&mut lines, "event: hello");
        let file = app.file("k.csv", b"Name\nMaier\n");
        app.lagune(&["import", "--pool", "Kunden", file.to_str().unwrap()]);
        until(&mut lines, "event: bulk");
    })
    .await;
}
