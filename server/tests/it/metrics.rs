use crate::support::{TestApp, on_each_server};
use store::db::Engine;

#[tokio::test]
async fn numbers_are_counted_by_route_and_never_name_a_profile() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        app.api("GET", &format!("/pools/{pool}/profiles/4711")).send().expect(404);
        let numbers = app.get("/metrics").send().expect(200).text();
        assert!(
            numbers.contains("http_requests_total{route=\"/api/v1/pools/{pool}/profiles/{profile}\",method=\"GET\",status=\"404\"} 1"),
            "{numbers}"
        );
        assert!(numbers.contains(&format!("lagune_pool_profiles{{pool=\"{pool}\"}} 0")), "{numbers}");
        assert!(numbers.contains("http_request_duration_seconds_bucket") && !numbers.contains("4711"));
    })
    .await;
}

#[tokio::test]
async fn what_is_over_counts_nothing_and_strange_methods_count_as_one() {
    let app = TestApp::start(Engine::Sqlite, &[]).await;
    let pool = app.create_pool("Kunden");
    app.create_profile(pool, serde_json::json!({"NAME": "Müller"}));
    let size = |n: u64| format!("lagune_pool_profiles{{pool=\"{pool}\"}} {n}");
    assert!(app.get("/metrics").send().expect(200).text().contains(&size(1)));
    app.api("DELETE", &format!("/pools/{pool}")).send().expect(204);
    app.call("BREW", "/healthz").send();
    let numbers = app.get("/metrics").send().expect(200).text();
    assert!(numbers.contains(&size(0)), "{numbers}");
    assert!(numbers.contains("lagune_jobs{kind=\"import\",state=\"running\"} 0"), "{numbers}");
    assert!(numbers.contains("method=\"OTHER\"") && !numbers.contains("BREW"), "{numbers}");
    app.stop().await;
}

#[tokio::test]
async fn behind_a_proxy_numbers_need_their_token() {
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_METRICS_TOKEN", "a-token-for-numbers")]).await;
    let from_elsewhere = || app.get("/metrics").header("x-forwarded-for", "203.0.113.7");
    from_elsewhere().send().expect(404);
    from_elsewhere().bearer("wrong").send().expect(404);
    from_elsewhere().bearer("a-token-for-numbers").send().expect(200);
    app.stop().await;
}
