//! Mails go out through a real mail server: `tests/smtp_server.py`, a process of its own.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::mail::MailProblem;
use serde_json::{Value, json};
use store::{db::Engine, mails::MailLine};

use crate::{
    http::Answer,
    support::{EMAIL, PASSWORD, TestApp, python_with, wait},
};

const FROM: (&str, &str) = ("LAGUNE_MAIL_FROM", "Lagune <lagune@example.com>");

/// A mail server and what it took.
pub(crate) struct MailServer {
    process: Child,
    pub(crate) port: u16,
    mails: Receiver<Value>,
}

impl MailServer {
    /// With a user and a password as arguments it lets nobody else in.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp_server.py");
        let mut process = Command::new(python_with("aiosmtpd"))
            .arg(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 runs");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next().expect("the mail server says where it is (package python3-aiosmtpd)").unwrap().parse().unwrap();
        let (sender, mails) = channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if sender.send(serde_json::from_str(&line).unwrap()).is_err() {
                    return;
                }
            }
        });
        Self { process, port, mails }
    }

    /// The next mail that it takes.
    #[track_caller]
    pub(crate) fn mail(&self) -> Value {
        self.mails.recv_timeout(Duration::from_secs(60)).expect("a mail arrives")
    }

    /// Ends it; it must have taken no more mail.
    fn end(mut self) {
        drop(self.process.stdin.take());
        wait(&mut self.process);
        assert_eq!(self.mails.iter().collect::<Vec<_>>(), Vec::<Value>::new());
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs a test against servers on both databases that send by a mail server of the test's own.
async fn on_each_sender(test: impl AsyncFn(&mut TestApp, &MailServer)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}");
        let server = MailServer::start(&[]);
        let url = format!("smtp://127.0.0.1:{}", server.port);
        let mut app = TestApp::start(engine, &[("LAGUNE_SMTP_URL", &url), FROM]).await;
        test(&mut app, &server).await;
        app.stop().await;
        server.end();
    }
}

/// Invites somebody by the plain form; the page that follows.
fn invite(app: &TestApp, email: &str) -> String {
    let admin = app.sign_in();
    let form = [("email", email), ("name", "Ina Neu"), ("role", "viewer")];
    let answer = app.call("POST", "/api/team/invite").browser().cookie(&admin).form(&form).send();
    assert_eq!(answer.header("location"), "/team", "{}", answer.text());
    app.get("/team").browser().cookie(&format!("{admin}; {}", answer.cookie())).send().expect(200).text()
}

fn forgotten(app: &TestApp, email: &str) -> Answer {
    app.call("POST", "/sign-in/forgotten").browser().form(&[("email", email)]).send()
}

/// The token of the link in a mail, which must lead to this server.
#[track_caller]
fn token(app: &TestApp, mail: &Value) -> String {
    let begin = format!("http://{}/sign-in/link?token=", app.address);
    let body = mail["body"].as_str().unwrap();
    let rest = body.split_once(&begin).unwrap_or_else(|| panic!("no link of {begin} in {body}")).1;
    rest.split_whitespace().next().unwrap().to_owned()
}

fn redeem(app: &TestApp, token: &str, password: &str) -> Answer {
    app.call("POST", "/sign-in/link").browser().form(&[("token", token), ("password", password)]).send().expect(303)
}

/// Waits until the newest mail is as wished, and gives it.
async fn newest(app: &TestApp, wished: impl Fn(&MailLine) -> bool) -> MailLine {
    let store = app.database.open().await;
    let client = store.first_client().await.unwrap().unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    let found = loop {
        let mail = store.mails(client, 1).await.unwrap().into_iter().next();
        if mail.as_ref().is_some_and(&wished) {
            break mail.unwrap();
        }
        assert!(Instant::now() < until, "the mail did not become so: {mail:?}");
        thread::sleep(Duration::from_millis(50));
    };
    store.close().await;
    found
}

async fn failed(app: &TestApp) -> MailLine {
    newest(app, |mail| mail.problem.is_some()).await
}

#[tokio::test]
async fn an_invitation_arrives_with_a_link_that_signs_in() {
    on_each_sender(async |app, server| {
        let page = invite(app, "ina@example.com");
        assert!(page.contains("Einladung an ina@example.com ist unterwegs"), "{page}");
        assert!(!page.contains("token="), "the link is for her alone");
        let mail = server.mail();
        assert_eq!(
            (&mail["to"], &mail["sender"], &mail["subject"]),
            (&json!(["ina@example.com"]), &json!("lagune@example.com"), &json!("Einladung zu Lagune"))
        );
        let body = mail["body"].as_str().unwrap();
        assert!(body.starts_with("Guten Tag Ina Neu,") && body.contains("lädt Sie ein") && body.contains("48 Stunden"), "{body}");
        let cookie = redeem(app, &token(app, &mail), "ein langer Satz von Ina").cookie();
        app.get("/").browser().cookie(&cookie).send().expect(200);
        let line = newest(app, |mail| mail.sent_at.is_some()).await;
        assert_eq!((line.recipient.as_str(), line.next_at), ("ina@example.com", None));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_by_rest_goes_by_mail_and_shows_no_link() {
    on_each_sender(async |app, server| {
        let body = json!({"email": "ina@example.com", "name": "Ina Neu", "role": "viewer"});
        let made = app.api("POST", "/members").json(&body).send().expect(201).json();
        assert_eq!((&made["link"], &made["mailed"]), (&Value::Null, &json!("invitation")));
        let mail = server.mail();
        assert_eq!((&mail["to"], &mail["subject"]), (&json!(["ina@example.com"]), &json!("Einladung zu Lagune")));
        newest(app, |mail| mail.sent_at.is_some()).await;
        let listed = app.api("GET", "/mails").send().expect(200).json();
        let line = &listed["items"][0];
        assert_eq!((&listed["sends"], &line["state"], &line["repeatable"]), (&json!(true), &json!("sent"), &json!(false)));
        app.api("POST", &format!("/mails/{}/send-again", line["id"])).send().expect(404);

        let link = app.api("POST", &format!("/members/{}/link", made["member"]["id"])).send().expect(200).json();
        assert_eq!((&link["link"], &link["mailed"]), (&Value::Null, &json!("invitation")), "she has yet to come in");
        redeem(app, &token(app, &server.mail()), "ein langer Satz von Ina").cookie();
        let body = json!({"email": "refused@example.com", "name": "R", "role": "viewer"});
        app.api("POST", "/members").json(&body).send().expect(201);
        let failed = failed(app).await.id;
        let listed = app.api("GET", "/mails").header("accept-language", "en").send().expect(200).json();
        let line = &listed["items"][0];
        assert_eq!((&line["state"], &line["repeatable"]), (&json!("failed"), &json!(true)));
        assert!(line["reason"].as_str().unwrap().contains("550"), "{line}");
        app.api("POST", &format!("/mails/{failed}/send-again")).send().expect(204);
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_renewed_by_mail_and_strangers_get_the_same_answer_and_no_mail() {
    on_each_sender(async |app, server| {
        let session = app.sign_in();
        let (unknown, known) = (forgotten(app, "nobody@example.com"), forgotten(app, &format!(" {} ", EMAIL.to_uppercase())));
        for answer in [&unknown, &known] {
            assert_eq!((answer.status, answer.header("location")), (303, "/sign-in/forgotten?sent=1"), "{}", answer.text());
        }
        let names = |answer: &Answer| answer.headers.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!((names(&unknown), &unknown.body), (names(&known), &known.body));
        let page = app.get("/sign-in/forgotten?sent=1").browser().send().expect(200).text();
        assert!(page.contains("Wenn es ein Konto mit dieser Adresse gibt"), "{page}");

        let mail = server.mail();
        assert_eq!((&mail["to"], &mail["subject"]), (&json!([EMAIL]), &json!("Neues Passwort für Lagune")));
        app.get("/").browser().cookie(&session).send().expect(200);
        let cookie = redeem(app, &token(app, &mail), "quite another password").cookie();
        app.get("/").browser().cookie(&cookie).send().expect(200);
        app.get("/").browser().cookie(&session).send().expect(303);
        let old = app.call("POST", "/sign-in").browser().form(&[("email", EMAIL), ("password", PASSWORD)]).send();
        assert!(old.header("location").contains("sign_in_failed"), "{}", old.header("location"));
        assert_eq!(server.mail()["subject"], json!("Ihr Passwort wurde geändert"));
    })
    .await;
}

#[tokio::test]
async fn wishes_for_a_password_are_slowed_down_for_each_address_known_or_not_and_after_a_restart() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        // Nobody listens there.
        let mut app = TestApp::start(engine, &[("LAGUNE_SMTP_URL", "smtp://127.0.0.1:9"), FROM]).await;
        for email in [EMAIL, "nobody@example.com"] {
            for _ in 0..3 {
                forgotten(&app, email).expect(303);
            }
            forgotten(&app, email).expect(429);
        }
        app.kill_and_restart();
        forgotten(&app, EMAIL).expect(429);
        // Nobody is kept from signing in by that.
        app.sign_in();
        let wrong = forgotten(&app, "nobody").expect(303);
        assert_eq!(wrong.header("location"), "/sign-in/forgotten?problem=email_invalid&email=nobody");
        app.stop().await;
    }
}

#[tokio::test]
async fn a_refusal_for_good_is_shown_with_its_reason() {
    on_each_sender(async |app, _| {
        invite(app, "refused@example.com");
        let line = failed(app).await;
        assert_eq!((line.problem, line.next_at, line.sent_at), (Some(MailProblem::Refused(550)), None, None));
        let admin = app.sign_in();
        let page = app.get("/team/mails").browser().cookie(&admin).send().expect(200).text();
        assert!(page.contains("refused@example.com") && page.contains("nimmt die Mail nicht an (Antwort 550)"), "{page}");
        assert!(page.contains("Noch einmal senden") && !page.contains("Link zeigen"), "{page}");
        let again = app.call("POST", "/api/mails/again").browser().cookie(&admin).form(&[("mail", &line.id.to_string())]).send();
        assert_eq!(again.header("location"), "/team/mails", "{}", again.text());
        newest(app, |mail| mail.problem == Some(MailProblem::Refused(550)) && mail.next_at.is_none()).await;
    })
    .await;
}

#[tokio::test]
async fn a_refusal_for_now_is_tried_again_and_the_mail_arrives() {
    on_each_sender(async |app, server| {
        invite(app, "later@example.com");
        let line = failed(app).await;
        assert_eq!(line.problem, Some(MailProblem::Busy(451)));
        assert!(line.next_at.is_some());
        app.database.sql("update mails set next_at = 0").await.unwrap();
        let mail = server.mail();
        assert_eq!(mail["to"], json!(["later@example.com"]));
        redeem(app, &token(app, &mail), "ein langer Satz danach").cookie();
        newest(app, |mail| mail.sent_at.is_some() && mail.problem.is_none()).await;
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_waits_survives_the_end_of_its_server_and_no_link_waits_with_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let gone = MailServer::start(&[]);
        let url = format!("smtp://127.0.0.1:{}", gone.port);
        gone.end();
        let mut app = TestApp::start(engine, &[("LAGUNE_SMTP_URL", &url), FROM]).await;
        invite(&app, "ina@example.com");
        assert_eq!(failed(&app).await.problem, Some(MailProblem::NoConnection));
        app.kill_and_restart();
        assert!(app.terminate());
        let server = MailServer::start(&[]);
        app.restart_by(|mut command| {
            command.env("LAGUNE_SMTP_URL", format!("smtp://127.0.0.1:{}", server.port));
            command
        });
        app.database.sql("update mails set next_at = 0").await.unwrap();
        let mail = server.mail();
        assert_eq!(mail["to"], json!(["ina@example.com"]));
        assert!(!redeem(&app, &token(&app, &mail), "ein langer Satz von Ina").cookie().is_empty());
        app.stop().await;
        server.end();
    }
}

#[tokio::test]
async fn neither_password_nor_link_stands_in_a_log_that_tells_everything() {
    const SECRET: &str = "hunter2-of-the-mail-server";
    let (server, strict) = (MailServer::start(&["lagune", SECRET]), MailServer::start(&["lagune", "another"]));
    let url = |server: &MailServer| format!("smtp://lagune:{SECRET}@127.0.0.1:{}", server.port);
    let mut app = TestApp::start(Engine::Sqlite, &[("LAGUNE_SMTP_URL", &url(&server)), FROM]).await;
    let path = app.folder.path().join("server.log");
    let restart = |app: &mut TestApp, server: &MailServer| {
        assert!(app.terminate());
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&path).unwrap();
        app.restart_by(|mut command| {
            command.env("LAGUNE_LOG", "trace").env("LAGUNE_SMTP_URL", url(server)).stderr(log);
            command
        });
    };
    restart(&mut app, &server);
    invite(&app, "ina@example.com");
    let token = token(&app, &server.mail());
    newest(&app, |mail| mail.sent_at.is_some()).await;
    restart(&mut app, &strict);
    invite(&app, "nina@example.com");
    let line = failed(&app).await;
    assert_eq!(line.problem, Some(MailProblem::NotLetIn(535)));
    assert!(line.next_at.is_some(), "a mistake in the settings costs no mail");
    assert!(app.terminate());

    let log = std::fs::read_to_string(&path).unwrap();
    assert!(log.contains("is sent") && log.contains("could not be sent"), "the log tells of mails");
    let plain = BASE64_STANDARD.encode(format!("\0lagune\0{SECRET}"));
    for secret in [SECRET, &plain, &token] {
        assert!(!log.contains(secret), "{secret}");
    }
    app.stop().await;
    server.end();
    strict.end();
}

#[tokio::test]
async fn another_machine_that_offers_no_encryption_gets_nothing() {
    let server = MailServer::start(&[]);
    // Not named as this machine, though it leads there.
    let url = format!("smtp://lagune:secret@0.0.0.0:{}", server.port);
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_SMTP_URL", &url), FROM]).await;
    invite(&app, "ina@example.com");
    assert_eq!(failed(&app).await.problem, Some(MailProblem::NotSecure));
    app.stop().await;
    server.end();
}

#[tokio::test]
async fn without_a_mail_server_links_are_shown_and_the_page_names_the_administration() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::start(engine, &[]).await;
        let page = invite(&app, "ina@example.com");
        assert!(page.contains("/sign-in/link?token="), "{page}");
        let admin = app.sign_in();
        let mails = app.get("/team/mails").browser().cookie(&admin).send().expect(200).text();
        assert!(mails.contains("kein Mailserver") && mails.contains("Link zeigen: ina@example.com"), "{mails}");
        assert!(!mails.contains("Noch einmal senden") && !mails.contains("token="), "{mails}");

        let there = app.get("/sign-in/forgotten?lang=en").browser().send().expect(303);
        assert_eq!(there.header("location"), "/sign-in/forgotten?by=administration&lang=en");
        let page = app.get(there.header("location")).browser().send().expect(200).text();
        assert!(page.contains("An administrator makes a new sign-in link"), "{page}");
        assert_eq!(forgotten(&app, EMAIL).expect(303).header("location"), "/sign-in/forgotten?by=administration");
        app.stop().await;
    }
}
