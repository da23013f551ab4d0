use crate::support::{TestApp, on_each_server};
use store::db::Engine;

#[tokio::test]
async fn every_answer_carries_the_protecting_headers() {
    on_each_server(async |app| {
        for path in ["/sign-in", "/healthz", "/api/v1/pools", "/nowhere", "/api/v1/docs/"] {
            let answer = app.get(path).browser().send();
            let policy = answer.header("content-security-policy");
            for part in
                ["default-src 'none'", "'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'", "script-src 'self' 'nonce-"]
            {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("referrer-policy"), "same-origin");
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
            assert_eq!(answer.header("strict-transport-security"), "");
            assert!(!answer.header("x-request-id").is_empty());
        }
        let nonce = |answer: crate::http::Answer| answer.header("content-security-policy").split("nonce-").nth(1).unwrap()[..16].to_owned();
        assert_ne!(nonce(app.get("/healthz").send()), nonce(app.get("/healthz").send()));
    })
    .await;
}

#[tokio::test]
async fn on_https_the_cookie_and_the_browser_are_bound_to_it() {
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_PUBLIC_URL", "https://lagune.example.com")]).await;
    let form = [("email", crate::support::EMAIL), ("password", crate::support::PASSWORD)];
    let answer = app.call("POST", "/sign-in").header("origin", "https://lagune.example.com").form(&form).send().expect(303);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-lagune="), "{cookie}");
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part) && !cookie.contains("Domain"), "{cookie}");
    }
    assert!(answer.header("strict-transport-security").contains("max-age="));
    let plain = answer.cookie().replace("__Host-lagune", "lagune");
    app.get("/api/v1/pools").cookie(&plain).send().expect(401);
    app.get("/api/v1/pools").cookie(&answer.cookie()).send().expect(200);
    app.stop().await;
}
