use crate::support::{EMAIL, PASSWORD, TestApp, on_each_server, with_input};
use store::db::Engine;

fn post(app: &TestApp, email: &str, password: &str) -> crate::http::Answer {
    app.call("POST", "/sign-in").browser().form(&[("email", email), ("password", password), ("next", "/pools/1?q=x")]).send()
}

#[tokio::test]
async fn a_person_signs_in_and_out_by_plain_forms() {
    on_each_server(async |app| {
        let answer = post(app, " ADA@example.com ", PASSWORD).expect(303);
        assert_eq!(answer.header("location"), "/pools/1?q=x");
        let set = answer.header("set-cookie");
        assert!(set.starts_with("lagune=") && set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
        let cookie = answer.cookie();
        assert!(cookie.len() > 40, "256 bits: {cookie}");
        app.get("/api/v1/pools").cookie(&cookie).send().expect(200);

        let out = app.call("POST", "/sign-out").browser().cookie(&cookie).send().expect(303);
        assert!(out.header("set-cookie").contains("Max-Age=0"), "{}", out.header("set-cookie"));
        app.get("/api/v1/pools").cookie(&cookie).send().expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_person_get_the_same_answer() {
    on_each_server(async |app| {
        let wrong = post(app, EMAIL, "something else").expect(303);
        let unknown = post(app, "bob@example.com", "something else").expect(303);
        assert_eq!(wrong.header("location"), "/sign-in?problem=sign_in_failed&email=ada%40example.com&next=/pools/1%3Fq%3Dx");
        assert_eq!(wrong.header("location").replace("ada", "bob"), unknown.header("location"));
        assert_eq!(wrong.header("set-cookie"), "");
        let odd = app.call("POST", "/sign-in").browser().form(&[("email", EMAIL)]).send().expect(303);
        assert_eq!(odd.header("location"), "/sign-in?problem=incomplete");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    on_each_server(async |app| {
        for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
            let form = [("email", EMAIL), ("password", PASSWORD), ("next", next)];
            let answer = app.call("POST", "/sign-in").browser().form(&form).send().expect(303);
            assert_eq!(answer.header("location"), "/", "{next}");
        }
    })
    .await;
}

#[tokio::test]
async fn ten_failures_close_an_account_for_a_while_even_after_a_restart() {
    on_each_server(async |app| {
        for _ in 0..10 {
            post(app, EMAIL, "guess").expect(303);
        }
        let refused = post(app, EMAIL, PASSWORD).expect(429);
        assert_eq!(refused.header("retry-after"), "900");
        assert!(refused.text().contains("Viertelstunde"), "{}", refused.text());
        app.kill_and_restart();
        post(app, EMAIL, PASSWORD).expect(429);
        app.database.sql("update sign_in_attempts set at = at - 1000000").await.unwrap();
        post(app, EMAIL, PASSWORD).expect(303);
        // Success forgets the failures before it.
        post(app, EMAIL, "guess").expect(303);
    })
    .await;
}

#[tokio::test]
async fn many_guesses_at_many_accounts_close_the_address() {
    let app = TestApp::start(Engine::Sqlite, &[]).await;
    for n in 0..50 {
        post(&app, &format!("somebody{n}@example.com"), "guess").expect(303);
    }
    post(&app, EMAIL, PASSWORD).expect(429);
    app.stop().await;
}

#[tokio::test]
async fn a_planted_session_does_not_become_somebody_elses() {
    on_each_server(async |app| {
        let planted = app.sign_in();
        let form = [("email", EMAIL), ("password", PASSWORD)];
        let fresh = app.call("POST", "/sign-in").browser().cookie(&planted).form(&form).send().expect(303).cookie();
        assert_ne!(planted, fresh);
        app.get("/api/v1/pools").cookie(&planted).send().expect(401);
        let chosen = app.call("POST", "/sign-in").browser().cookie("lagune=chosen").form(&form).send().expect(303).cookie();
        assert_ne!(chosen, "lagune=chosen");
        app.get("/api/v1/pools").cookie("lagune=chosen").send().expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_idle_or_after_its_time() {
    on_each_server(async |app| {
        let cookie = app.sign_in();
        app.get("/api/v1/pools").cookie(&cookie).send().expect(200);
        app.database.sql("update sessions set expires_at = expires_at - 8 * 3600000").await.unwrap();
        app.get("/api/v1/pools").cookie(&cookie).send().expect(401);

        // Use renews a session, but never past its absolute end.
        let cookie = app.sign_in();
        app.database.sql("update sessions set created_at = created_at - 168 * 3600000 + 5000").await.unwrap();
        app.get("/api/v1/pools").cookie(&cookie).send().expect(200);
        app.database.sql("update sessions set expires_at = created_at + 168 * 3600000 - 6000").await.unwrap();
        app.get("/api/v1/pools").cookie(&cookie).send().expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_link_signs_in_once_and_sets_a_forgotten_password() {
    on_each_server(async |app| {
        let link = app.lagune(&["link", "--user", EMAIL]);
        let token = link.split("token=").nth(1).unwrap().to_owned();
        // Looking at it does not use it up.
        app.get(&format!("/sign-in/link?token={token}")).browser().send();
        let short = app.call("POST", "/sign-in/link").browser().form(&[("token", &token), ("password", "short")]).send().expect(303);
        assert!(short.header("location").contains("problem=password_short"), "{}", short.header("location"));
        for (password, problem) in [("Passwort2026!", "password_common"), ("ada@example.com", "password_named")] {
            let refused = app.call("POST", "/sign-in/link").browser().form(&[("token", &token), ("password", password)]).send().expect(303);
            assert!(refused.header("location").contains(&format!("problem={problem}")), "{}", refused.header("location"));
            let page = app.get(refused.header("location")).browser().header("accept-language", "de").send().expect(200).text();
            assert!(page.contains("Bitte ein anderes wählen") || page.contains("nicht zur Person gehört"), "{password}: {page}");
        }
        let form = [("token", token.as_str()), ("password", "quite another password")];
        let answer = app.call("POST", "/sign-in/link").browser().form(&form).send().expect(303);
        app.get("/api/v1/pools").cookie(&answer.cookie()).send().expect(200);
        let again = app.call("POST", "/sign-in/link").browser().form(&form).send().expect(303);
        assert_eq!(again.header("location"), "/sign-in?problem=link_used");
        assert!(post(app, EMAIL, PASSWORD).header("location").contains("sign_in_failed"));
        assert!(!post(app, EMAIL, "quite another password").cookie().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_password_that_is_guessed_first_is_taken_nowhere() {
    on_each_server(async |app| {
        let cookie = app.sign_in();
        for (new, words) in
            [("Sommer2026!!", "have one like it"), ("Ada@example.com", "nothing to do with"), ("Lagune-12345", "nothing to do with")]
        {
            let form = [("old", PASSWORD), ("new", new)];
            let call = app.call("POST", "/api/settings/password").cookie(&cookie).header("sec-fetch-site", "same-origin");
            let refused = call.form(&form).send().expect(422);
            assert!(String::from_utf8_lossy(&refused.body).contains(words), "{new}: {}", refused.text());
        }
        let command = ["user", "create", "--email", "bob@example.com", "--password-stdin"];
        let refused = with_input(&mut app.command(&command), "password123");
        assert_eq!(refused.status.code(), Some(2));
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains("best a sentence") && !said.contains("password123"), "{said}");
        // Nothing was made meanwhile.
        app.lagune(&["user", "create", "--email", "bob@example.com"]);
    })
    .await;
}
