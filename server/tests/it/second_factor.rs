//! The second factor from without: what a password alone opens (nothing), what a code opens, and how often.

use std::{
    collections::BTreeSet,
    time::{SystemTime, UNIX_EPOCH},
};

use domain::{
    lang::Lang,
    role::ReadyRole,
    text::{Email, Name},
};
use store::{accounts::NewUser, testing::NOW};
use totp_rs::{Builder, Secret};

use crate::{
    http::Answer,
    support::{EMAIL, PASSWORD, TestApp, on_each_server},
};

const OWN: &str = "/settings/second-factor";
const SECOND: &str = "/sign-in/second";

/// The code of the half minute at hand, or of one of those beside it.
pub(crate) fn code(secret: &str, beside: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace('-', "")).unwrap();
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    Builder::new().with_secret(secret).build().unwrap().generate(seconds.saturating_add_signed(beside * 30)).to_string()
}

/// What stands between two marks of a page, without tags.
fn texts(page: &str, from: &str, to: &str) -> Vec<String> {
    let plain = |part: &str| {
        let mut inside = false;
        let text = part.chars().filter(|c| {
            inside = *c == '<' || inside;
            let keep = !inside;
            inside = inside && *c != '>';
            keep
        });
        text.collect::<String>().trim().to_owned()
    };
    page.split(from).skip(1).filter_map(|rest| rest.split_once(to)).map(|(part, _)| plain(part)).collect()
}

fn secret_of(answer: &Answer) -> Option<String> {
    texts(&answer.text(), "codes__one\">", "</p>").pop()
}

fn codes_of(answer: &Answer) -> Vec<String> {
    let all = texts(&answer.text(), "<li>", "</li>");
    all.into_iter().filter(|text| text.len() == 19 && text.matches('-').count() == 3).collect()
}

fn send(app: &TestApp, to: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    app.call("POST", to).browser().cookie(cookie).form(fields).send()
}

fn password(app: &TestApp, email: &str) -> Answer {
    app.call("POST", "/sign-in").browser().form(&[("email", email), ("password", PASSWORD), ("next", "/pools?q=x")]).send()
}

/// A cookie of somebody whose code is awaited.
fn on_the_way(app: &TestApp, email: &str) -> String {
    password(app, email).expect(303).cookie()
}

pub(crate) fn is_in(app: &TestApp, cookie: &str) -> bool {
    app.call("POST", "/api/session/frame").cookie(cookie).header("sec-fetch-site", "same-origin").send().status == 200
}

/// Sets the second factor up in the settings: its secret and the recovery codes.
pub(crate) fn set_up(app: &TestApp, cookie: &str) -> (String, Vec<String>) {
    let (secret, codes, _) = set_up_by(app, cookie);
    (secret, codes)
}

/// The same with the code that confirmed it.
fn set_up_by(app: &TestApp, cookie: &str) -> (String, Vec<String>, String) {
    send(app, OWN, cookie, &[("do", "begin"), ("password", PASSWORD)]).expect(303);
    let secret = secret_of(&app.get(OWN).browser().cookie(cookie).send().expect(200)).expect("the secret is shown");
    let used = code(&secret, 0);
    let confirmed = send(app, OWN, cookie, &[("do", "confirm"), ("code", &used)]).expect(200);
    let codes = codes_of(&confirmed);
    assert_eq!(codes.len(), 10, "{}", confirmed.text());
    (secret, codes, used)
}

/// As if a day had passed since the last code.
pub(crate) async fn later(app: &TestApp) {
    app.database.sql("update second_factors set last_step = last_step - 2880").await.unwrap();
}

#[tokio::test]
async fn a_password_alone_opens_nothing_and_a_code_once() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let first = app.sign_in();
        let (secret, _, used) = set_up_by(app, &first);
        send(app, "/sign-out", &first, &[]).expect(303);

        let answer = password(app, EMAIL).expect(303);
        let staged = answer.cookie();
        assert!(answer.header("set-cookie").contains("HttpOnly"), "{}", answer.header("set-cookie"));
        // Whatever a browser asks for leads to the second step, with the way on.
        let paths = ["/", "/pools", "/settings", OWN, "/team", "/jobs", "/audit", "/events", "/nowhere"].map(str::to_owned);
        for path in paths.into_iter().chain([format!("/pools/{pool}"), format!("/pools/{pool}/export.csv")]) {
            let page = app.get(&path).browser().cookie(&staged).send().expect(303);
            assert!(page.header("location").starts_with(SECOND), "{path}: {}", page.header("location"));
            let call = app.get(&path).cookie(&staged).send();
            assert_eq!(call.status, 401, "{path}");
        }
        let wanted = app.get("/pools?q=x").browser().cookie(&staged).send().expect(303);
        assert_eq!(wanted.header("location"), "/sign-in/second?next=/pools%3Fq%3Dx");
        // No function of the pages, no call of REST, no upload.
        let _ = app::App;
        let functions: Vec<(&str, bool)> = leptos::server_fn::axum::server_fn_paths()
            .filter(|(path, _)| path.starts_with("/api/"))
            .map(|(path, method)| (path, method == "GET"))
            .collect();
        assert!(functions.len() > 50, "{functions:?}");
        for (path, reads) in functions {
            let call = app.call(if reads { "GET" } else { "POST" }, path).cookie(&staged).header("sec-fetch-site", "same-origin");
            assert_eq!(call.send().status, 401, "{path}");
        }
        for (method, path) in
            [("GET", "/api/v1/pools"), ("POST", "/api/v1/pools"), ("GET", "/api/v1/audit"), ("POST", "/pools/1/imports/upload")]
        {
            let call = app.call(method, path).cookie(&staged).header("sec-fetch-site", "same-origin");
            assert_eq!(call.send().status, 401, "{method} {path}");
        }
        assert_eq!(send(app, OWN, &staged, &[("do", "remove"), ("password", PASSWORD)]).expect(303).header("location"), SECOND);
        let page = app.get(SECOND).browser().cookie(&staged).send().expect(200);
        assert!(secret_of(&page).is_none() && !page.text().contains(&secret), "the secret is shown to nobody on the way in");

        // The code that confirmed it was used then.
        let at = format!("{SECOND}?next=/pools%3Fq%3Dx");
        let replayed = send(app, &at, &staged, &[("code", &used)]).expect(303);
        assert_eq!(replayed.header("location"), "/sign-in/second?problem=wrong_code&next=/pools%3Fq%3Dx");
        let next = code(&secret, 1);
        let entered = send(app, &at, &staged, &[("code", &next)]).expect(303);
        assert_eq!(entered.header("location"), "/pools?q=x");
        assert_ne!(entered.cookie(), staged, "the token changes with the step");
        assert!(is_in(app, &entered.cookie()) && !is_in(app, &staged));
        let again = send(app, SECOND, &staged, &[("code", &code(&secret, 1))]).expect(303);
        assert_eq!(again.header("location"), "/sign-in?problem=session_ended", "what waited for the code is gone");

        let second = on_the_way(app, EMAIL);
        assert!(send(app, SECOND, &second, &[("code", &next)]).expect(303).header("location").contains("wrong_code"), "each code once");
        assert!(!is_in(app, &second));
    })
    .await;
}

#[tokio::test]
async fn whoever_is_not_on_the_way_finds_no_second_step() {
    on_each_server(async |app| {
        assert_eq!(app.get(SECOND).browser().send().expect(303).header("location"), "/sign-in");
        assert_eq!(app.get(SECOND).browser().cookie(&app.sign_in()).send().expect(303).header("location"), "/");
        let stranger = send(app, SECOND, "lagune=chosen", &[("code", "123456")]).expect(303);
        assert_eq!((stranger.header("location"), stranger.header("set-cookie")), ("/sign-in?problem=session_ended", ""));
        app.get(OWN).cookie("lagune=chosen").send().expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_is_set_up_by_who_knows_the_password_and_shown_to_their_session_alone() {
    on_each_server(async |app| {
        let (cookie, other) = (app.sign_in(), app.sign_in());
        let location = |answer: Answer| answer.expect(303).header("location").to_owned();
        assert!(location(send(app, OWN, &cookie, &[("do", "begin"), ("password", "guess")])).contains("wrong_password"));
        assert!(location(send(app, OWN, &cookie, &[("do", "begin")])).contains("wrong_password"));
        assert!(location(send(app, OWN, &cookie, &[("do", "confirm"), ("code", "123456")])).contains("begun_over"));
        assert!(location(send(app, OWN, &cookie, &[("do", "nonsense")])).contains("incomplete"));
        assert_eq!(location(send(app, OWN, &cookie, &[("do", "begin"), ("password", PASSWORD)])), OWN);
        let page = app.get(OWN).browser().cookie(&cookie).send().expect(200);
        let secret = secret_of(&page).expect("the secret");
        assert!(page.text().contains("otpauth://totp/") && page.text().contains("class=\"qr\""), "{}", page.text());
        assert!(!page.text().contains(" style="), "the policy allows no styles in a page");
        assert_eq!(page.header("content-encoding"), "identity", "its length must tell nothing");
        let elsewhere = app.get(OWN).browser().cookie(&other).send().expect(200);
        assert!(!elsewhere.text().contains(&secret) && secret_of(&elsewhere).is_none());
        assert!(location(send(app, OWN, &other, &[("do", "confirm"), ("code", &code(&secret, 0))])).contains("begun_over"));

        // Until the first code nothing is asked for.
        let wrong = location(send(app, OWN, &cookie, &[("do", "confirm"), ("code", "000000x")]));
        assert!(wrong.contains("wrong_code"), "{wrong}");
        assert!(is_in(app, &app.sign_in()));
        let confirmed = send(app, OWN, &cookie, &[("do", "confirm"), ("code", &code(&secret, 0))]).expect(200);
        let codes: BTreeSet<String> = codes_of(&confirmed).into_iter().collect();
        assert_eq!(codes.len(), 10);
        assert!(is_in(app, &cookie) && !is_in(app, &other), "devices that came in by the password alone are out");
        let page = app.get(OWN).browser().cookie(&cookie).send().expect(200);
        assert!(secret_of(&page).is_none() && codes_of(&page).is_empty() && page.text().contains("Noch 10"), "{}", page.text());

        // New codes and the way out need both.
        later(app).await;
        let both = |what: &'static str, password: &'static str, code: String| {
            send(app, OWN, &cookie, &[("do", what), ("password", password), ("code", &code)])
        };
        assert!(location(both("renew", "guess", code(&secret, 0))).contains("wrong_password"));
        assert!(location(both("renew", PASSWORD, "000000x".to_owned())).contains("wrong_code"));
        let renewed = codes_of(&both("renew", PASSWORD, code(&secret, 0)).expect(200));
        assert!(renewed.len() == 10 && renewed.iter().all(|code| !codes.contains(code)));
        assert!(location(both("remove", PASSWORD, codes.first().unwrap().clone())).contains("wrong_code"), "a former one");
        assert!(location(both("remove", PASSWORD, renewed[0].clone())).contains("notice=removed"));
        assert!(is_in(app, &app.sign_in()));
    })
    .await;
}

#[tokio::test]
async fn ten_wrong_codes_close_the_second_step_for_a_while_and_the_password_does_not_open_it() {
    on_each_server(async |app| {
        let (secret, _) = set_up(app, &app.sign_in());
        later(app).await;
        let staged = on_the_way(app, EMAIL);
        for _ in 0..10 {
            send(app, SECOND, &staged, &[("code", "000000x")]).expect(303);
        }
        assert_eq!(send(app, SECOND, &staged, &[("code", &code(&secret, 0))]).expect(429).header("retry-after"), "900");
        let again = on_the_way(app, EMAIL);
        send(app, SECOND, &again, &[("code", &code(&secret, 0))]).expect(429);
        app.database.sql("update sign_in_attempts set at = at - 1000000").await.unwrap();
        assert!(is_in(app, &send(app, SECOND, &again, &[("code", &code(&secret, 0))]).expect(303).cookie()));
        // What was tried and what came of it stands in the log.
        let log = app.lagune(&["audit", "export"]);
        assert!(log.matches("sign_in_failed").count() >= 10 && log.contains("password+totp"), "{log}");
        assert!(!log.contains(&secret), "no secret stands in the log");
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_opens_once_also_for_two_at_once() {
    on_each_server(async |app| {
        let (_, codes) = set_up(app, &app.sign_in());
        let ways = [on_the_way(app, EMAIL), on_the_way(app, EMAIL)];
        let enter = |way: &String| send(app, SECOND, way, &[("code", &codes[0].to_uppercase().replace('-', " "))]).expect(303).cookie();
        let [one, two] =
            std::thread::scope(|both| ways.each_ref().map(|way| both.spawn(move || enter(way))).map(|one| one.join().unwrap()));
        assert_eq!([one, two].iter().filter(|cookie| !cookie.is_empty() && is_in(app, cookie)).count(), 1);
        let third = on_the_way(app, EMAIL);
        assert!(send(app, SECOND, &third, &[("code", &codes[0])]).expect(303).header("location").contains("wrong_code"));
        assert!(is_in(app, &send(app, SECOND, &third, &[("code", &codes[1])]).expect(303).cookie()));
        for code in &codes[2..7] {
            send(app, SECOND, &on_the_way(app, EMAIL), &[("code", code)]).expect(303);
        }
        let page = app.get(SECOND).browser().cookie(&on_the_way(app, EMAIL)).send().expect(200);
        assert!(page.text().contains("Noch 3 Wiederherstellungscodes"), "{}", page.text());
    })
    .await;
}

#[tokio::test]
async fn a_one_time_link_does_not_go_round_the_second_factor() {
    on_each_server(async |app| {
        let (secret, _) = set_up(app, &app.sign_in());
        later(app).await;
        let link = app.lagune(&["link", "--user", EMAIL]);
        let token = link.split("token=").nth(1).unwrap().to_owned();
        let chosen = [("token", token.as_str()), ("password", "quite another password")];
        let staged = app.call("POST", "/sign-in/link").browser().form(&chosen).send().expect(303).cookie();
        assert!(!is_in(app, &staged));
        assert!(app.get("/").browser().cookie(&staged).send().expect(303).header("location").starts_with(SECOND));
        assert!(is_in(app, &send(app, SECOND, &staged, &[("code", &code(&secret, 0))]).expect(303).cookie()));
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_a_code_ends_by_itself_and_by_signing_out() {
    on_each_server(async |app| {
        let (_, codes) = set_up(app, &app.sign_in());
        let staged = on_the_way(app, EMAIL);
        app.database.sql("update sessions set expires_at = expires_at - 600000 where stage is not null").await.unwrap();
        let late = send(app, SECOND, &staged, &[("code", &codes[0])]).expect(303);
        assert_eq!(late.header("location"), "/sign-in?problem=session_ended");
        let staged = on_the_way(app, EMAIL);
        assert!(send(app, "/sign-out", &staged, &[]).expect(303).header("location").contains("signed_out"));
        let gone = send(app, SECOND, &staged, &[("code", &codes[0])]).expect(303);
        assert_eq!(gone.header("location"), "/sign-in?problem=session_ended");
    })
    .await;
}

#[tokio::test]
async fn where_it_is_demanded_nothing_opens_before_it_is_set_up_but_programs_go_on() {
    on_each_server(async |app| {
        let cookie = app.sign_in();
        let form = "form[name]=Lagune&form[zone]=Europe/Berlin&form[lang]=de&form[colour]=lagoon&form[second_factor]=true";
        let save = app.call("POST", "/api/clients/save").cookie(&cookie).header("sec-fetch-site", "same-origin");
        save.header("content-type", "application/x-www-form-urlencoded").body(form).send().expect(200);
        assert!(!is_in(app, &cookie), "the administrator too");
        app.api("GET", "/pools").send().expect(200);
        let led = app.get("/pools?q=x").browser().cookie(&cookie).send().expect(303);
        assert_eq!(led.header("location"), "/sign-in/second?next=/pools%3Fq%3Dx");
        for path in ["/settings", OWN, "/team/client", "/events"] {
            assert!(app.get(path).browser().cookie(&cookie).send().expect(303).header("location").starts_with(SECOND), "{path}");
        }
        let fresh = app.sign_in();
        assert!(!is_in(app, &fresh), "a new session neither");

        let at = led.header("location").to_owned();
        assert!(secret_of(&app.get(&at).browser().cookie(&cookie).send().expect(200)).is_none());
        assert!(
            send(app, &at, &cookie, &[("do", "begin"), ("password", "guess")]).expect(303).header("location").contains("wrong_password")
        );
        assert_eq!(send(app, &at, &cookie, &[("do", "begin"), ("password", PASSWORD)]).expect(303).header("location"), at);
        let secret = secret_of(&app.get(&at).browser().cookie(&cookie).send().expect(200)).expect("the secret");
        assert!(!is_in(app, &cookie), "begun is not set up");
        let wrong = send(app, &at, &cookie, &[("do", "confirm"), ("code", "000000x")]).expect(303);
        assert!(wrong.header("location").contains("wrong_code"), "{}", wrong.header("location"));
        let done = send(app, &at, &cookie, &[("do", "confirm"), ("code", &code(&secret, 0))]).expect(200);
        assert_eq!(codes_of(&done).len(), 10);
        assert!(done.text().contains("href=\"/pools?q=x\""), "{}", done.text());
        assert_ne!(done.cookie(), cookie);
        assert!(is_in(app, &done.cookie()) && !is_in(app, &cookie) && !is_in(app, &fresh));
    })
    .await;
}

/// Somebody with the tests' password who works for the client, and perhaps for another one too.
pub(crate) async fn colleague(app: &TestApp, email: &str, elsewhere: bool) -> i64 {
    let create = app.command(&["user", "create", "--email", email, "--role", "editor", "--password-stdin"]);
    crate::support::run(create, PASSWORD);
    let store = app.database.open().await;
    let user = store.user_by_email(&Email::parse(email).unwrap()).await.unwrap().unwrap().id;
    if elsewhere {
        let other = store.create_client(&Name::parse("Südwind").unwrap(), NOW).await.unwrap();
        store.add_member(other, user, &ReadyRole::Editor.into(), NOW).await.unwrap();
    }
    store.close().await;
    user.get()
}

#[tokio::test]
async fn who_lost_the_phone_is_helped_by_an_administrator_or_at_the_command_line() {
    on_each_server(async |app| {
        let admin = app.sign_in();
        let (near, far) = (colleague(app, "nils@example.com", false).await, colleague(app, "fenja@example.com", true).await);
        for email in ["nils@example.com", "fenja@example.com"] {
            set_up(app, &password(app, email).cookie());
        }
        let reset = |user: i64| {
            let call = app.call("POST", "/api/team/reset_factor").cookie(&admin).header("sec-fetch-site", "same-origin");
            call.form(&[("user", &user.to_string())]).send().status
        };
        let page = app.get("/team").browser().cookie(&admin).send().expect(200).text();
        assert!(page.contains("Zweiten Faktor von nils@example.com"), "{page}");
        assert!(!page.contains("Zweiten Faktor von fenja@example.com"));
        assert_eq!(reset(far), 422, "it would open another client as well");
        assert!(!is_in(app, &on_the_way(app, "fenja@example.com")));
        assert_eq!(reset(near), 200);
        assert!(is_in(app, &on_the_way(app, "nils@example.com")));

        app.lagune(&["user", "reset-second-factor", "--email", "fenja@example.com"]);
        assert!(is_in(app, &on_the_way(app, "fenja@example.com")));
        let nothing = app.command(&["user", "reset-second-factor", "--email", "fenja@example.com"]).output().unwrap();
        assert_eq!(nothing.status.code(), Some(1));
    })
    .await;
}

#[tokio::test]
async fn somebody_without_a_password_sets_it_up_without_one() {
    on_each_server(async |app| {
        let store = app.database.open().await;
        let client = store.first_client().await.unwrap().unwrap();
        let ida = NewUser { email: Email::parse("ida@example.com").unwrap(), name: "Ida".into(), password_hash: None, lang: Lang::De };
        let user = store.create_user(ida, NOW).await.unwrap();
        store.add_member(client, user, &ReadyRole::Editor.into(), NOW).await.unwrap();
        store.close().await;
        let link = app.lagune(&["link", "--user", "ida@example.com"]);
        let token = link.split("token=").nth(1).unwrap().to_owned();
        let form = [("token", token.as_str()), ("name", "Ida"), ("password", PASSWORD)];
        let cookie = app.call("POST", "/sign-in/link").browser().form(&form).send().expect(303).cookie();
        app.database.sql("update users set password_hash = null where email = 'ida@example.com'").await.unwrap();
        let page = app.get(OWN).browser().cookie(&cookie).send().expect(200);
        assert!(!page.text().contains("name=\"password\""), "{}", page.text());
        send(app, OWN, &cookie, &[("do", "begin")]).expect(303);
        assert!(secret_of(&app.get(OWN).browser().cookie(&cookie).send().expect(200)).is_some());
    })
    .await;
}
