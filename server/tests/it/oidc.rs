//! Signing in at a provider of identities: a real one, in a process of its own.

use serde_json::{Value, json};
use store::db::Engine;

use crate::{
    http::Answer,
    provider::{HERE, Provider, SECRET},
    support::{EMAIL, TestApp, on_each_server},
};

/// A server on each database whose people may sign in at a provider.
async fn on_each(test: impl AsyncFn(&mut TestApp, &mut Provider)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}");
        let mut provider = Provider::start();
        let mut app = with(&provider, engine).await;
        test(&mut app, &mut provider).await;
        app.stop().await;
    }
}

async fn with(provider: &Provider, engine: Engine) -> TestApp {
    let settings = provider.settings();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    TestApp::start(engine, &settings).await
}

/// A browser on its way to the provider.
struct Sent {
    url: String,
    cookie: String,
}

#[track_caller]
fn sent(app: &TestApp, next: &str) -> Sent {
    let form = if next.is_empty() { String::new() } else { format!("?next={}", next.replace('&', "%26").replace('?', "%3F")) };
    let answer = app.get(&format!("/sign-in/oidc{form}")).browser().send().expect(303);
    let set = answer.header("set-cookie");
    assert!(
        set.starts_with("__Host-lagune-oidc=") && set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Secure"),
        "{set}"
    );
    Sent { url: answer.header("location").to_owned(), cookie: answer.cookie() }
}

/// Comes back from the provider.
#[track_caller]
fn back(app: &TestApp, url: &str, cookie: &str) -> Answer {
    let path = url.strip_prefix(HERE).unwrap_or_else(|| panic!("{url}"));
    assert!(path.starts_with("/sign-in/oidc/callback?"), "{path}");
    app.get(path).header("accept", "text/html").header("sec-fetch-site", "cross-site").cookie(cookie).send().expect(303)
}

/// The whole way.
#[track_caller]
fn sign_in(app: &TestApp, provider: &Provider, person: &Value, next: &str) -> Answer {
    provider.sits(person);
    let sent = sent(app, next);
    back(app, &provider.visit(&sent.url), &sent.cookie)
}

#[track_caller]
fn refused(answer: &Answer, problem: &str) {
    assert!(answer.header("location").starts_with(&format!("/sign-in?problem={problem}")), "{}", answer.header("location"));
    assert_eq!(answer.header("set-cookie"), "", "nobody is signed in");
}

fn ada() -> Value {
    json!({"sub": "ada-1", "email": "ADA@Example.com", "email_verified": true})
}

#[tokio::test]
async fn who_was_invited_signs_in_at_the_provider_and_goes_where_they_wanted() {
    on_each(async |app, provider| {
        let answer = sign_in(app, provider, &ada(), "/pools/1?q=m&page=2");
        assert_eq!(answer.header("location"), "/pools/1?q=m&page=2");
        assert!(answer.cookie().starts_with("__Host-lagune="), "{}", answer.cookie());
        let cleared = answer.headers.iter().any(|(name, set)| name == "set-cookie" && set.starts_with("__Host-lagune-oidc=;"));
        assert!(cleared, "{:?}", answer.headers);
        app.get("/api/v1/pools").cookie(&answer.cookie()).send().expect(200);
        let log = app.lagune(&["audit", "export", "--client", "1"]);
        assert!(log.contains("\"by\":\"oidc\"") && log.contains(&format!("\"provider\":\"{}\"", provider.issuer())), "{log}");
        // From then on the provider's name for them counts, whatever their address is there.
        let moved = json!({"sub": "ada-1", "email": "ada@elsewhere.example", "email_verified": false});
        let again = sign_in(app, provider, &moved, "");
        assert_eq!(again.header("location"), "/");
        let page = app.get("/settings").browser().cookie(&again.cookie()).send().expect(200).text();
        assert!(page.contains(EMAIL), "it is the same person");
        // Whoever has the address at the provider now is somebody else.
        let heir = json!({"sub": "heir-2", "email": EMAIL, "email_verified": true});
        refused(&sign_in(app, provider, &heir, ""), "oidc_other");
        // Unless an operator says that it is the same person after all.
        app.lagune(&["user", "unlink", "--user", EMAIL]);
        assert_eq!(sign_in(app, provider, &heir, "").header("location"), "/");
        refused(&sign_in(app, provider, &ada(), ""), "oidc_other");
    })
    .await;
}

#[tokio::test]
async fn an_address_in_the_id_token_itself_counts_too() {
    let provider = Provider::start_in_token();
    let app = with(&provider, Engine::Sqlite).await;
    assert_eq!(sign_in(&app, &provider, &ada(), "/jobs").header("location"), "/jobs");
    app.stop().await;
}

#[tokio::test]
async fn nobody_gets_in_whom_nobody_invited_or_vouches_for() {
    on_each(async |app, provider| {
        app.lagune(&["user", "create", "--email", "bob@example.com"]);
        app.database.sql("update memberships set disabled_at = 1 where user_id = 2").await.unwrap();
        for (person, problem, sentence) in [
            (json!({"sub": "1", "email": EMAIL, "email_verified": false}), "oidc_unverified", "nicht bestätigt"),
            (json!({"sub": "2", "email": EMAIL}), "oidc_unverified", "nicht bestätigt"),
            (json!({"sub": "3"}), "oidc_unverified", "nicht bestätigt"),
            (json!({"sub": "4", "email": "eve@example.com", "email_verified": true}), "oidc_unknown", "gibt es hier kein Konto"),
            (json!({"sub": "5", "email": "bob@example.com", "email_verified": true}), "oidc_disabled", "gesperrt"),
            (json!({"sub": "6", "refuses": true}), "oidc_denied", "abgebrochen"),
        ] {
            let answer = sign_in(app, provider, &person, "/jobs");
            refused(&answer, problem);
            assert!(answer.header("location").ends_with("&next=/jobs"), "{}", answer.header("location"));
            let page = app.get(answer.header("location")).browser().header("accept-language", "de").send().expect(200).text();
            assert!(page.contains(sentence), "{person}: {page}");
        }
        let log = app.lagune(&["audit", "export", "--client", "-"]);
        assert!(log.contains("sign_in_failed") && log.contains("eve@example.com"), "{log}");
        // Nobody was made known by that.
        assert_eq!(sign_in(app, provider, &ada(), "").header("location"), "/");
    })
    .await;
}

#[tokio::test]
async fn an_answer_counts_once_in_the_browser_that_asked_for_it() {
    on_each(async |app, provider| {
        provider.sits(&ada());
        let one = sent(app, "");
        let url = provider.visit(&one.url);
        let other = sent(app, "").cookie;
        for cookie in ["", "__Host-lagune-oidc=", "lagune-oidc=x", other.as_str()] {
            refused(&back(app, &url, cookie), "oidc_lost");
        }
        let state = url.split("state=").nth(1).unwrap().split('&').next().unwrap();
        let forged = url.replace(state, "another-state-that-nobody-gave-out-to-anybody");
        refused(&back(app, &forged, &one.cookie), "oidc_lost");
        refused(&back(app, &format!("{HERE}/sign-in/oidc/callback?code=x&code=y&state={state}"), &one.cookie), "oidc_lost");
        refused(&back(app, &format!("{HERE}/sign-in/oidc/callback?"), &one.cookie), "oidc_lost");
        // All that used nothing up; of two at once one gets in, and nobody later.
        let both = std::thread::scope(|scope| {
            let at_once = [(); 2].map(|()| scope.spawn(|| back(app, &url, &one.cookie)));
            at_once.map(|one| one.join().unwrap())
        });
        let in_time = both.iter().filter(|answer| answer.header("location") == "/").count();
        assert_eq!(in_time, 1, "{both:?}");
        refused(&back(app, &url, &one.cookie), "oidc_lost");

        let late = sent(app, "");
        let url = provider.visit(&late.url);
        app.database.sql("update begun_sign_ins set expires_at = expires_at - 600001").await.unwrap();
        refused(&back(app, &url, &late.cookie), "oidc_lost");
    })
    .await;
}

#[tokio::test]
async fn an_answer_of_somebody_else_is_not_believed() {
    on_each(async |app, provider| {
        provider.sits(&ada());
        let check = |change: &dyn Fn(&str) -> String| {
            let sent = sent(app, "");
            refused(&back(app, &change(&provider.visit(&sent.url)), &sent.cookie), "oidc_failed");
        };
        let iss = |url: &str| url.find("&iss=").unwrap();
        check(&|url| format!("{}&iss=https%3A%2F%2Fevil.example", &url[..iss(url)]));
        check(&|url| url[..iss(url)].to_owned());
        check(&|url| url.replace("code=", "code=x"));
        check(&|url| url.replace("code=", "error=server_error&error_description=%3Cscript%3E&x="));

        // The id token is for another sign-in; the code was asked for with another verifier.
        for change in ["nonce = 'another'", "verifier = 'another-verifier-that-is-long-enough-for-the-standard'"] {
            let sent = sent(app, "");
            let url = provider.visit(&sent.url);
            app.database.sql(&format!("update begun_sign_ins set {change}")).await.unwrap();
            refused(&back(app, &url, &sent.cookie), "oidc_failed");
        }
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_is_down_is_a_sentence_and_one_with_new_keys_is_believed() {
    on_each(async |app, provider| {
        provider.sits(&ada());
        let under_way = sent(app, "");
        let url = provider.visit(&under_way.url);
        provider.end();
        refused(&back(app, &url, &under_way.cookie), "oidc_down");
        app.kill_and_restart();
        let answer = app.get("/sign-in/oidc?next=/jobs").browser().send().expect(303);
        assert_eq!(answer.header("location"), "/sign-in?problem=oidc_down&next=/jobs");

        provider.start_again();
        assert_eq!(sign_in(app, provider, &ada(), "").header("location"), "/");
        // The server knows the keys of before.
        provider.start_again();
        assert_eq!(sign_in(app, provider, &ada(), "").header("location"), "/");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_led_to_another_site_by_way_of_the_provider() {
    on_each(async |app, provider| {
        for next in ["//evil.example", "https://evil.example", "/\\evil.example", "/sign-out"] {
            assert_eq!(sign_in(app, provider, &ada(), next).header("location"), "/", "{next}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_sign_in_page_shows_the_way_to_the_provider_where_there_is_one() {
    on_each(async |app, _| {
        let page = app.get("/sign-in?next=/pools/1%3Fq%3Da%26b").browser().header("accept-language", "de").send().expect(200).text();
        assert!(page.contains("href=\"/sign-in/oidc?next=%2Fpools%2F1%3Fq%3Da%26b\""), "{page}");
        assert!(page.contains("Mit Müller &amp; Söhne anmelden"), "{page}");
    })
    .await;
    on_each_server(async |app| {
        assert!(!app.get("/sign-in").browser().send().expect(200).text().contains("/sign-in/oidc"));
        app.get("/sign-in/oidc").browser().send().expect(404);
        app.get("/sign-in/oidc/callback?code=x&state=y").browser().send().expect(404);
    })
    .await;
}

#[tokio::test]
async fn what_is_shared_with_the_provider_stands_in_no_log() {
    let provider = Provider::start();
    let mut app = with(&provider, Engine::Sqlite).await;
    let path = app.folder.path().join("log");
    app.terminate();
    app.restart_by(|mut command| {
        command.env("LAGUNE_LOG", "trace").stderr(std::fs::File::create(&path).unwrap());
        command
    });
    provider.sits(&ada());
    let sent = sent(&app, "");
    let url = provider.visit(&sent.url);
    assert_eq!(back(&app, &url, &sent.cookie).header("location"), "/");
    let log = std::fs::read_to_string(&path).unwrap();
    assert!(log.contains("signed in at the provider"), "{log}");
    let part = |of: &str, name: &str| of.split(&format!("{name}=")).nth(1).unwrap().split('&').next().unwrap().to_owned();
    for secret in [SECRET.to_owned(), part(&url, "code"), part(&url, "state"), part(&sent.url, "nonce"), part(&sent.cookie, "oidc")] {
        assert!(!log.contains(&secret), "{secret} stands in the log");
    }
    app.stop().await;
}
