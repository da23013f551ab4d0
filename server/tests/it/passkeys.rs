//! Passkeys from without: what one opens alone, what a password opens beside one (nothing), and which answers count (one).

use serde_json::Value;
use store::db::Engine;

use crate::{
    device::Device,
    http::Answer,
    second_factor::{code, colleague, is_in, later, set_up},
    support::{EMAIL, PASSWORD, TestApp, on_each_server},
};

const HERE: &str = "https://lagune.example.com";
const OWN: &str = "/settings/passkeys";
const SECOND: &str = "/sign-in/second";
const NILS: &str = "nils@example.com";

/// A server on each database at an address that passkeys may belong to.
async fn on_each(test: impl AsyncFn(&mut TestApp)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}");
        let mut app = TestApp::start(engine, &[("LAGUNE_PUBLIC_URL", HERE)]).await;
        test(&mut app).await;
        app.stop().await;
    }
}

fn send(app: &TestApp, to: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    app.call("POST", to).browser().cookie(cookie).form(fields).send()
}

#[track_caller]
fn location(answer: Answer) -> String {
    answer.expect(303).header("location").to_owned()
}

fn password(app: &TestApp, email: &str) -> String {
    let form = [("email", email), ("password", PASSWORD)];
    app.call("POST", "/sign-in").browser().form(&form).send().expect(303).cookie()
}

/// What a page tells the browser to ask for: it stands in a text of its script.
fn options(page: &Answer) -> Option<Value> {
    let text = page.text().replace("\\\"", "\"");
    let before = text.find("\"challenge\"")?;
    let begins = text[..before].rmatch_indices('{').map(|(at, _)| at);
    let mut objects = begins.filter_map(|at| serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>().next()?.ok());
    objects.find(|object| object.get("challenge").is_some())
}

/// Adds a passkey in the settings.
#[track_caller]
fn add(app: &TestApp, cookie: &str, name: &str, code: &str) -> Device {
    let begun = send(app, OWN, cookie, &[("do", "begin"), ("name", name), ("password", PASSWORD), ("code", code)]).expect(200);
    let (device, answer) = Device::make(&options(&begun).expect("a question"), HERE);
    let added = send(app, OWN, cookie, &[("do", "add"), ("credential", &answer.to_string())]);
    assert_eq!(location(added), "/settings/passkeys?notice=added");
    device
}

/// A question at the sign-in page, and the cookie of the browser that asked.
fn question(app: &TestApp) -> (Value, String) {
    let answer = app.call("POST", "/sign-in/passkey/begin").header("sec-fetch-site", "same-origin").send().expect(200);
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-lagune-passkey=") && set.contains("HttpOnly") && set.contains("Secure"), "{set}");
    (answer.json(), answer.cookie())
}

fn answer(app: &TestApp, cookie: &str, credential: &str) -> Answer {
    send(app, "/sign-in/passkey", cookie, &[("credential", credential), ("next", "/pools?q=x")])
}

/// The whole way with a passkey alone.
fn sign_in(app: &TestApp, device: &Device) -> Answer {
    let (options, cookie) = question(app);
    answer(app, &cookie, &device.sign(&options))
}

#[track_caller]
fn refused(answer: &Answer) {
    assert_eq!(answer.header("location"), "/sign-in?problem=passkey_failed&next=/pools%3Fq%3Dx", "{}", answer.text());
    assert_eq!(answer.header("set-cookie"), "", "nobody is signed in");
}

#[track_caller]
fn opened(app: &TestApp, answer: &Answer) -> String {
    assert_eq!(answer.header("location"), "/pools?q=x", "{}", answer.text());
    let cookie = answer.cookie();
    assert!(cookie.starts_with("__Host-lagune=") && is_in(app, &cookie), "{cookie}");
    cookie
}

#[tokio::test]
async fn a_passkey_is_added_by_who_knows_the_password_and_signs_in_alone() {
    on_each(async |app| {
        let (cookie, other) = (app.sign_in(), app.sign_in());
        assert!(app.get("/sign-in").browser().send().expect(200).text().contains("Mit Passkey anmelden"));
        let wrong = [("do", "begin"), ("name", "Telefon"), ("password", "guess")];
        assert!(location(send(app, OWN, &cookie, &wrong)).contains("wrong_password"));
        assert!(location(send(app, OWN, &cookie, &[("do", "nonsense")])).contains("incomplete"));
        let mut device = add(app, &cookie, "  Telefon\t", "");
        let page = app.get(OWN).browser().cookie(&cookie).send().expect(200);
        assert!(page.text().contains("<strong>Telefon<") && page.text().contains("noch nie benutzt"), "{}", page.text());
        assert_eq!(page.header("content-encoding"), "identity");
        assert!(is_in(app, &cookie) && !is_in(app, &other), "devices that came in by the password alone are out");
        let again = send(app, OWN, &cookie, &[("do", "begin"), ("password", PASSWORD)]).expect(200);
        let excluded = &options(&again).unwrap()["excludeCredentials"];
        assert_eq!(excluded[0]["id"], device.id().as_str(), "a device holds one of a person: {excluded}");

        let (options, browser) = question(app);
        assert_eq!(options["allowCredentials"], serde_json::json!([]), "nobody is named");
        device.counter = 1;
        let planted = format!("{browser}; {cookie}");
        let entered = opened(app, &answer(app, &planted, &device.sign(&options)));
        assert!(entered != cookie && !is_in(app, &cookie), "a fresh token, and the former is over");
        let page = app.get(OWN).browser().cookie(&entered).send().expect(200);
        assert!(page.text().contains("zuletzt benutzt"), "{}", page.text());
        let log = app.lagune(&["audit", "export"]);
        assert!(log.contains("passkey_added") && log.contains("Telefon") && log.contains("\"passkey\""), "{log}");
        assert!(!log.contains(&device.id()));
    })
    .await;
}

#[tokio::test]
async fn an_answer_counts_once_and_in_the_browser_that_asked() {
    on_each(async |app| {
        let device = add(app, &app.sign_in(), "Telefon", "");
        let (options, browser) = question(app);
        let signed = device.sign(&options);
        opened(app, &answer(app, &browser, &signed));
        refused(&answer(app, &browser, &signed));

        let (options, browser) = question(app);
        let (_, elsewhere) = question(app);
        let signed = device.sign(&options);
        refused(&answer(app, &elsewhere, &signed));
        refused(&answer(app, "", &signed));
        let twice = std::thread::scope(|both| {
            let one = [(), ()].map(|()| both.spawn(|| answer(app, &browser, &signed)));
            one.map(|one| one.join().unwrap())
        });
        let in_by = twice.iter().filter(|answer| answer.header("location") == "/pools?q=x" && is_in(app, &answer.cookie())).count();
        assert_eq!(in_by, 1, "{twice:?}");

        let (options, browser) = question(app);
        app.database.sql("update passkey_ceremonies set expires_at = expires_at - 300000").await.unwrap();
        refused(&answer(app, &browser, &device.sign(&options)));
        let (_, browser) = question(app);
        for nonsense in ["", "{}", "null", "\u{0}", "[".repeat(50_000).as_str(), "a".repeat(100_000).as_str()] {
            refused(&answer(app, &browser, nonsense));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_signed_for_this_page_by_this_key_is_refused() {
    on_each(async |app| {
        colleague(app, NILS, false).await;
        let device = add(app, &app.sign_in(), "Telefon", "");
        let theirs = add(app, &password(app, NILS), "Telefon", "");
        let with = |change: fn(&mut Device)| {
            let mut device = device.clone();
            change(&mut device);
            device
        };
        for wrong in [
            with(|device| device.origin = "https://lagune.example.com.evil.example".to_owned()),
            with(|device| device.origin = "http://lagune.example.com".to_owned()),
            with(|device| device.origin = "https://other.lagune.example.com".to_owned()),
            with(|device| device.flags = 0b001),
            with(|device| device.flags = 0b100),
            device.forged(),
            device.in_the_name_of(&theirs),
        ] {
            refused(&sign_in(app, &wrong));
        }
        let (mut options, browser) = question(app);
        options["rpId"] = "evil.example".into();
        refused(&answer(app, &browser, &device.sign(&options)));
        let (options, browser) = question(app);
        let mut other = options.clone();
        other["challenge"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into();
        refused(&answer(app, &browser, &device.sign(&other)));
        opened(app, &answer(app, &browser, &device.sign(&options)));
        opened(app, &sign_in(app, &theirs));

        // A copy of the key that counts by itself.
        opened(app, &sign_in(app, &with(|device| device.counter = 7)));
        for counter in [7, 3, 0] {
            let mut copy = device.clone();
            copy.counter = counter;
            refused(&sign_in(app, &copy));
        }
        assert!(app.lagune(&["audit", "export"]).contains("\"counter\""));
        opened(app, &sign_in(app, &with(|device| device.counter = 8)));
    })
    .await;
}

#[tokio::test]
async fn a_new_passkey_is_taken_once_from_the_session_that_asked_and_only_if_it_knows_its_person() {
    on_each(async |app| {
        colleague(app, NILS, false).await;
        let (mine, theirs) = (app.sign_in(), password(app, NILS));
        let begin = |cookie: &str| {
            let begun = send(app, OWN, cookie, &[("do", "begin"), ("password", PASSWORD)]).expect(200);
            options(&begun).expect("a question")
        };
        let take = |cookie: &str, answer: &Value| location(send(app, OWN, cookie, &[("do", "add"), ("credential", &answer.to_string())]));
        let options = begin(&mine);
        let (device, made) = Device::make(&options, HERE);
        assert!(take(&theirs, &made).contains("not_made"), "another session's question");
        assert!(take(&mine, &made).contains("notice=added"));
        assert!(take(&mine, &made).contains("not_made"), "once");
        let (_, foreign) = Device::make(&begin(&mine), "https://evil.example");
        assert!(take(&mine, &foreign).contains("not_made"));
        let (_, mut hidden) = Device::make(&begin(&mine), HERE);
        hidden["clientExtensionResults"]["credProps"]["rk"] = false.into();
        assert!(take(&mine, &hidden).contains("not_made"), "it would never be offered");
        assert!(take(&mine, &Value::Null).contains("not_made"));
        // A question for a new one is none to sign in by.
        let (mut options, browser) = (begin(&mine), question(app).1);
        options["rpId"] = "lagune.example.com".into();
        refused(&answer(app, &browser, &device.sign(&options)));
        opened(app, &sign_in(app, &device));
    })
    .await;
}

#[tokio::test]
async fn a_password_alone_opens_nothing_to_somebody_with_a_passkey_nor_does_a_link() {
    on_each(async |app| {
        colleague(app, NILS, false).await;
        let device = add(app, &app.sign_in(), "Telefon", "");
        let theirs = add(app, &password(app, NILS), "Laptop", "");
        let staged = password(app, EMAIL);
        assert!(!is_in(app, &staged));
        assert!(location(app.get("/pools").browser().cookie(&staged).send()).starts_with(SECOND));
        assert_eq!(location(send(app, OWN, &staged, &[("do", "begin"), ("password", PASSWORD)])), SECOND);
        let at = format!("{SECOND}?next=/pools%3Fq%3Dx");
        let ask = |cookie: &str| {
            let page = app.get(SECOND).browser().cookie(cookie).send().expect(200);
            assert!(page.text().contains("Mit Passkey bestätigen") && !page.text().contains("name=\"code\""), "{}", page.text());
            options(&page).expect("a question")
        };
        let enter = |cookie: &str, signed: &str| send(app, &at, cookie, &[("credential", signed)]);
        let options = ask(&staged);
        assert_eq!(options["allowCredentials"][0]["id"], device.id().as_str());
        assert!(location(enter(&staged, &theirs.sign(&options))).contains("passkey_failed"), "somebody else's");
        assert!(location(enter(&staged, &device.sign(&options))).contains("passkey_failed"), "the question is used up");
        assert!(location(send(app, &at, &staged, &[("code", "123456")])).contains("wrong_code"));
        // An answer for signing in alone is none to this question, nor the other way round.
        let (alone, browser) = question(app);
        assert!(location(enter(&format!("{staged}; {browser}"), &device.sign(&alone))).contains("passkey_failed"));
        refused(&answer(app, &format!("{staged}; {browser}"), &device.sign(&ask(&staged))));
        let (options, other) = (ask(&staged), password(app, EMAIL));
        assert!(location(enter(&other, &device.sign(&options))).contains("passkey_failed"), "another session's");
        let entered = enter(&staged, &device.sign(&options));
        assert_ne!(opened(app, &entered), staged);
        assert!(!is_in(app, &staged));
        assert!(app.lagune(&["audit", "export"]).contains("password+passkey"));

        let link = app.lagune(&["link", "--user", EMAIL]);
        let token = link.split("token=").nth(1).unwrap().to_owned();
        let chosen = [("token", token.as_str()), ("password", "quite another password")];
        let staged = app.call("POST", "/sign-in/link").browser().form(&chosen).send().expect(303).cookie();
        assert!(!is_in(app, &staged));
        opened(app, &enter(&staged, &device.sign(&ask(&staged))));
    })
    .await;
}

#[tokio::test]
async fn ten_wrong_answers_close_the_second_step_for_a_while() {
    on_each(async |app| {
        let device = add(app, &app.sign_in(), "Telefon", "");
        let staged = password(app, EMAIL);
        for _ in 0..10 {
            assert!(location(send(app, SECOND, &staged, &[("credential", "{}")])).contains("passkey_failed"));
        }
        let page = app.get(SECOND).browser().cookie(&staged).send().expect(200);
        send(app, SECOND, &staged, &[("credential", &device.sign(&options(&page).unwrap()))]).expect(429);
        opened(app, &sign_in(app, &device));
    })
    .await;
}

#[tokio::test]
async fn where_a_second_factor_is_demanded_a_passkey_is_one_and_may_be_made_on_the_way_in() {
    on_each(async |app| {
        let (cookie, other) = (app.sign_in(), app.sign_in());
        let form = "form[name]=Lagune&form[zone]=Europe/Berlin&form[lang]=de&form[colour]=lagoon&form[second_factor]=true";
        let save = app.call("POST", "/api/clients/save").cookie(&cookie).header("sec-fetch-site", "same-origin");
        save.header("content-type", "application/x-www-form-urlencoded").body(form).send().expect(200);
        assert!(!is_in(app, &cookie) && !is_in(app, &other));
        let at = format!("{SECOND}?next=/pools%3Fq%3Dx");
        let offered = app.get(&at).browser().cookie(&cookie).send().expect(200).text();
        assert!(offered.contains("value=\"passkey\""), "{offered}");
        assert!(location(send(app, &at, &cookie, &[("do", "passkey"), ("password", "guess")])).contains("wrong_password"));
        let begun = send(app, &at, &cookie, &[("do", "passkey"), ("password", PASSWORD)]).expect(200);
        let (device, made) = Device::make(&options(&begun).expect("a question"), HERE);
        assert!(!is_in(app, &cookie), "begun is not added");
        let done = send(app, &at, &cookie, &[("do", "passkey_add"), ("credential", &made.to_string())]);
        let entered = opened(app, &done);
        assert!(entered != cookie && !is_in(app, &cookie));
        assert!(!is_in(app, &other), "what the password alone began is no session now either");
        opened(app, &sign_in(app, &device));
        assert!(!is_in(app, &password(app, EMAIL)), "the password alone opens nothing");
    })
    .await;
}

#[tokio::test]
async fn who_has_an_app_and_a_passkey_takes_either_and_shows_a_code_before_a_passkey_is_added_or_removed() {
    on_each(async |app| {
        let cookie = app.sign_in();
        let (secret, codes) = set_up(app, &cookie);
        let begin = |code: &str| send(app, OWN, &cookie, &[("do", "begin"), ("password", PASSWORD), ("code", code)]);
        assert!(location(begin("000000x")).contains("wrong_code"), "who stole the session may know the password");
        let device = add(app, &cookie, "Telefon", &codes[0]);
        opened(app, &sign_in(app, &device));
        let staged = password(app, EMAIL);
        let page = app.get(SECOND).browser().cookie(&staged).send().expect(200);
        assert!(page.text().contains("name=\"code\"") && page.text().contains("Stattdessen mit Passkey"), "{}", page.text());
        later(app).await;
        assert!(is_in(app, &send(app, SECOND, &staged, &[("code", &code(&secret, 0))]).expect(303).cookie()));
        let staged = password(app, EMAIL);
        let options = options(&app.get(SECOND).browser().cookie(&staged).send().expect(200)).unwrap();
        assert!(is_in(app, &send(app, SECOND, &staged, &[("credential", &device.sign(&options))]).expect(303).cookie()));
        // Without the app the passkey stays.
        let without = send(app, "/settings/second-factor", &cookie, &[("do", "remove"), ("password", PASSWORD), ("code", &codes[1])]);
        assert!(location(without).contains("notice=removed"));
        assert!(!is_in(app, &password(app, EMAIL)));
        opened(app, &sign_in(app, &device));
    })
    .await;
}

#[tokio::test]
async fn a_passkey_that_was_removed_and_one_of_somebody_disabled_open_nothing() {
    on_each(async |app| {
        colleague(app, NILS, false).await;
        let (mine, theirs) = (app.sign_in(), password(app, NILS));
        let (device, other) = (add(app, &mine, "Diensthandy", ""), add(app, &theirs, "Werkbank", ""));
        let page = app.get(OWN).browser().cookie(&mine).send().expect(200).text();
        let id = page.split("passkeys?remove=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let asked = app.get(&format!("{OWN}?remove={id}")).browser().cookie(&mine).send().expect(200);
        assert!(asked.text().contains("Passkey „Diensthandy“ entfernen") && asked.text().contains("name=\"password\""), "{}", asked.text());
        let foreign = app.get(&format!("{OWN}?remove={id}")).browser().cookie(&theirs).send().expect(200);
        assert!(!foreign.text().contains("Diensthandy"), "{}", foreign.text());
        let remove =
            |cookie: &str, password: &str| location(send(app, OWN, cookie, &[("do", "remove"), ("id", &id), ("password", password)]));
        assert!(remove(&theirs, PASSWORD).contains("problem=gone"), "nobody removes another's");
        assert_eq!(remove(&mine, "guess"), format!("{OWN}?remove={id}&problem=wrong_password"));
        let (options, browser) = question(app);
        assert!(remove(&mine, PASSWORD).contains("notice=removed"));
        assert!(remove(&mine, PASSWORD).contains("problem=gone"));
        refused(&answer(app, &browser, &device.sign(&options)));
        assert!(is_in(app, &password(app, EMAIL)), "the password suffices again");
        assert!(app.lagune(&["audit", "export"]).contains("passkey_removed"));

        let (options, browser) = question(app);
        app.database
            .sql("update memberships set disabled_at = 1 where user_id = (select id from users where email = 'nils@example.com')")
            .await
            .unwrap();
        refused(&answer(app, &browser, &other.sign(&options)));
        refused(&sign_in(app, &other));
    })
    .await;
}

#[tokio::test]
async fn who_has_no_password_adds_a_passkey_right_after_signing_in_alone() {
    on_each(async |app| {
        let cookie = app.sign_in();
        app.database.sql("update users set password_hash = null").await.unwrap();
        assert!(!app.get(OWN).browser().cookie(&cookie).send().expect(200).text().contains("name=\"password\""));
        app.database.sql("update sessions set created_at = created_at - 600000").await.unwrap();
        assert!(location(send(app, OWN, &cookie, &[("do", "begin")])).contains("long_ago"));
        app.database.sql("update sessions set created_at = created_at + 600000").await.unwrap();
        let device = add(app, &cookie, "Telefon", "");
        opened(app, &sign_in(app, &device));
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_the_device_is_helped_as_with_a_second_factor() {
    on_each(async |app| {
        let admin = app.sign_in();
        let (near, _) = (colleague(app, NILS, false).await, colleague(app, "fenja@example.com", false).await);
        let devices = [NILS, "fenja@example.com"].map(|email| add(app, &password(app, email), "Telefon", ""));
        let page = app.get("/team").browser().cookie(&admin).send().expect(200).text();
        assert!(page.contains("Zweiten Faktor von nils@example.com"), "{page}");
        let reset = app.call("POST", "/api/team/reset_factor").cookie(&admin).header("sec-fetch-site", "same-origin");
        reset.form(&[("user", &near.to_string())]).send().expect(200);
        app.lagune(&["user", "reset-second-factor", "--email", "fenja@example.com"]);
        for (device, email) in devices.iter().zip([NILS, "fenja@example.com"]) {
            refused(&sign_in(app, device));
            assert!(is_in(app, &password(app, email)));
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_in_digits_has_no_passkeys_and_says_so() {
    on_each_server(async |app| {
        let cookie = app.sign_in();
        let page = app.get("/sign-in").browser().send().expect(200).text();
        assert!(!page.contains("Passkey") && !page.contains("data-passkeys"), "{page}");
        app.call("POST", "/sign-in/passkey/begin").header("sec-fetch-site", "same-origin").send().expect(404);
        send(app, "/sign-in/passkey", "", &[("credential", "{}")]).expect(404);
        let page = app.get(OWN).browser().cookie(&cookie).send().expect(200).text();
        assert!(page.contains("LAGUNE_PUBLIC_URL") && !page.contains("value=\"begin\""), "{page}");
        assert!(location(send(app, OWN, &cookie, &[("do", "begin"), ("password", PASSWORD)])).contains("not_here"));
    })
    .await;
}
