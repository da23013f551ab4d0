use domain::role::ReadyRole;
use serde_json::json;

use crate::support::{EMAIL, PASSWORD, on_each_server};

/// Every route that must not answer a stranger.
const GUARDED: &[(&str, &str)] = &[
    ("GET", "/"),
    ("GET", "/pools"),
    ("GET", "/pools/1"),
    ("GET", "/pools/1/bin"),
    ("GET", "/pools/1/backups"),
    ("GET", "/pools/1/backups/1"),
    ("GET", "/pools/1/backups/1/file"),
    ("GET", "/pools/1/backups/1/restore"),
    ("GET", "/pools/1/import"),
    ("GET", "/pools/1/profiles/1"),
    ("GET", "/jobs"),
    ("GET", "/settings"),
    ("GET", "/settings/second-factor"),
    ("POST", "/settings/second-factor"),
    ("GET", "/settings/passkeys"),
    ("POST", "/settings/passkeys"),
    ("GET", "/audit"),
    ("GET", "/team/mails"),
    ("POST", "/api/mails/again"),
    ("GET", "/events?pool=1"),
    ("GET", "/pools/1/export.csv"),
    ("GET", "/pools/1/export"),
    ("GET", "/pools/1/export/file"),
    ("POST", "/pools/1/exports"),
    ("POST", "/pools/1/export-layouts"),
    ("POST", "/pools/1/export-layouts/delete"),
    ("GET", "/exports/1"),
    ("GET", "/pools/1/integration"),
    ("GET", "/pools/1/integration.json"),
    ("GET", "/pools/1/integration.csv"),
    ("GET", "/pools/1/integration.schema.json"),
    ("GET", "/pools/1/integration.openapi.json"),
    ("GET", "/pools/1/configuration/fields/1/convert"),
    ("GET", "/pools/1/fields/1/not-converted.csv?kind=date"),
    ("GET", "/imports/1/refused.csv"),
    ("GET", "/imports/1/rejects"),
    ("POST", "/pools/1/imports/upload"),
    ("POST", "/sign-out"),
    ("POST", "/api/pools/create"),
    ("POST", "/api/nowhere"),
    ("GET", "/api/v1"),
    ("GET", "/api/v1/nowhere"),
    ("GET", "/nowhere"),
];

#[tokio::test]
async fn nothing_answers_a_stranger_but_sign_in_health_and_public_files() {
    on_each_server(async |app| {
        let mut routes: Vec<(&'static str, String)> = GUARDED.iter().map(|(method, path)| (*method, (*path).to_owned())).collect();
        let description = app.get("/api/v1/openapi.json").send().json();
        for (path, calls) in description["paths"].as_object().unwrap() {
            let path = path
                .replace("{pool}", "1")
                .replace("{profile}", "1")
                .replace("{import}", "1")
                .replace("{job}", "1")
                .replace("{upload}", "1")
                .replace("{mapping}", "1")
                .replace("{schedule}", "1")
                .replace("{layout}", "1");
            for method in ["GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE"] {
                if calls.get(method.to_lowercase()).is_some() {
                    routes.push((method, path.clone()));
                }
            }
        }
        assert!(routes.len() > 30, "the description names the calls: {}", routes.len());
        for (method, path) in routes {
            for token in [None, Some("lagune_wrong"), Some("nonsense")] {
                let call = app.call(method, &path);
                let answer = token.map_or(call, |token| app.call(method, &path).bearer(token)).send();
                assert_eq!(answer.status, 401, "{method} {path}");
                assert!(answer.header("www-authenticate").starts_with("Bearer"), "{method} {path}");
            }
            let stale = app.call(method, &path).cookie("lagune=nonsense").header("sec-fetch-site", "same-origin").send();
            assert_eq!(stale.status, 401, "{method} {path}");
            if method == "GET" && !path.starts_with("/api/") {
                let page = app.get(&path).browser().send().expect(303);
                assert!(page.header("location").starts_with("/sign-in"), "{path}");
            }
        }
        for path in ["/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/docs/"] {
            app.get(path).send().expect(200);
        }
        let page = app.get("/pools/7?q=m%C3%BCller&sort=NAME").browser().send().expect(303);
        assert_eq!(page.header("location"), "/sign-in?next=/pools/7%3Fq%3Dm%25C3%25BCller%26sort%3DNAME");
    })
    .await;
}

#[tokio::test]
async fn changing_requests_with_a_cookie_must_come_from_our_pages() {
    on_each_server(async |app| {
        let cookie = app.sign_in();
        let post = || app.call("POST", "/api/v1/pools").cookie(&cookie).json(&json!({"name": "Kunden"}));
        for call in [
            post(),
            post().header("sec-fetch-site", "cross-site"),
            post().header("sec-fetch-site", "same-site"),
            post().header("origin", "https://evil.example"),
            post().header("origin", "null"),
        ] {
            assert_eq!(call.send().expect(403).json()["code"], "foreign_origin");
        }
        let form = [("email", EMAIL), ("password", PASSWORD)];
        app.call("POST", "/sign-in").header("sec-fetch-site", "cross-site").form(&form).send().expect(403);
        let origin = format!("http://{}", app.address);
        post().header("origin", origin).send().expect(201);
    })
    .await;
}

#[tokio::test]
async fn only_administrators_shape_pools() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let token = app.token_with(ReadyRole::Editor.rights()).await;
        let as_member = |method, path: String, body| app.call(method, &format!("/api/v1{path}")).bearer(&token).json(&body).send();
        let field = json!({"label": "Farbe", "kind": "single_line"});
        for (method, path, body) in [
            ("POST", "/pools".to_owned(), json!({"name": "Meins"})),
            ("PATCH", format!("/pools/{pool}"), json!({"name": "Meins"})),
            ("DELETE", format!("/pools/{pool}"), json!({})),
            ("POST", format!("/pools/{pool}/fields"), field),
        ] {
            assert_eq!(as_member(method, path, body).expect(403).json()["code"], "forbidden");
        }
        as_member("POST", format!("/pools/{pool}/profiles"), json!({"fields": {"NAME": "Müller"}})).expect(201);
    })
    .await;
}

#[tokio::test]
async fn what_belongs_to_another_client_is_not_found() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let profile = app.create_profile(pool, json!({"NAME": "Müller"}))["id"].clone();
        let upload = app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv").body("Name\nMaier\n");
        let begun = upload.send().expect(202).json();
        app.job_done(begun["job"].as_i64().unwrap());
        let export = app.api("POST", &format!("/pools/{pool}/exports")).json(&json!({})).send().expect(202).json()["job"]["id"].clone();
        app.job_done(export.as_i64().unwrap());
        let parts = app.api("POST", &format!("/pools/{pool}/uploads")).header("tus-resumable", "1.0.0").header("upload-length", "9");
        let upload = parts.send().expect(201).header("location").rsplit('/').next().unwrap().to_owned();
        let token = app.token_of_another_client().await;

        let (import, job) = (&begun["import"], &begun["job"]);
        let paths = [
            ("GET", format!("/pools/{pool}")),
            ("GET", "/pools/Kunden".to_owned()),
            ("DELETE", format!("/pools/{pool}")),
            ("GET", format!("/pools/{pool}/fields")),
            ("GET", format!("/pools/{pool}/profiles")),
            ("GET", format!("/pools/{pool}/profiles/{profile}")),
            ("DELETE", format!("/pools/{pool}/profiles/{profile}")),
            ("GET", format!("/pools/{pool}/export.csv")),
            ("GET", format!("/pools/{pool}/export?format=xlsx")),
            ("GET", format!("/exports/{export}")),
            ("GET", format!("/exports/{export}/file?until=1&sign=x")),
            ("GET", format!("/imports/{import}")),
            ("GET", format!("/imports/{import}/refusals.csv")),
            ("GET", format!("/imports/{import}/check")),
            ("GET", format!("/imports/{import}/check/rows?fate=refused")),
            ("GET", format!("/imports/{import}/corrections")),
            ("POST", format!("/imports/{import}/start")),
            ("HEAD", format!("/pools/{pool}/uploads/{upload}")),
            ("DELETE", format!("/pools/{pool}/uploads/{upload}")),
            ("GET", format!("/jobs/{job}")),
            ("POST", format!("/jobs/{job}/cancel")),
        ];
        for (method, path) in paths {
            let answer = app.call(method, &format!("/api/v1{path}")).bearer(&token).send();
            assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text());
        }
        let patch = json!({"fields": {"NAME": "X"}});
        let path = format!("/api/v1/pools/{pool}/profiles/{profile}");
        app.call("PATCH", &path).bearer(&token).json(&patch).send().expect(404);
        assert_eq!(app.call("GET", "/api/v1/pools").bearer(&token).send().expect(200).json()["items"], json!([]));
        assert_eq!(app.call("GET", "/api/v1/jobs").bearer(&token).send().expect(200).json()["items"], json!([]));
    })
    .await;
}
