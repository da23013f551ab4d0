use domain::{lang::Lang, mail::MailKind};

use super::*;

fn written(to: &str, facts: &Facts<'_>) -> Option<String> {
    let from = smtp::sender("Lagune <lagune@example.com>").unwrap();
    let message = message(&from, to, &letter(MailKind::Invitation, Lang::En, facts))?;
    Some(String::from_utf8(message.formatted()).unwrap())
}

#[test]
fn a_mail_has_one_receiver_whatever_names_hold() {
    let evil = "Eve\r\nBcc: all@example.com\r\n\r\nX";
    let facts = Facts { name: evil, by: Some(evil), client: Some(evil), link: "https://lagune.example.com", hours: 48, alarm: None };
    let written = written("ina@example.com", &facts).unwrap();
    let (head, body) = written.split_once("\r\n\r\n").unwrap();
    let names: Vec<_> =
        head.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
    assert!(!names.contains(&"Bcc"), "{head}");
    assert!(["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"].iter().all(|name| names.contains(name)), "{head}");
    assert!(!body.lines().any(|line| line.starts_with("Bcc")), "{body}");
}

#[test]
fn what_is_no_single_address_gets_no_mail() {
    for to in ["ina@example.com\r\nBcc: all@example.com", "ina@example.com, all@example.com", "", "ina"] {
        assert_eq!(written(to, &Facts::default()), None, "{to}");
    }
}

#[test]
fn pauses_grow_and_a_mail_is_given_up_in_the_end() {
    let now = Millis::new(0);
    let next = |attempts| next_attempt(MailProblem::Busy(451), attempts, now).map(Millis::get);
    assert_eq!([next(1), next(2), next(11), next(12)], [Some(60_000), Some(120_000), Some(57_600_000), None]);
    assert_eq!(next_attempt(MailProblem::Refused(550), 1, now), None);
    assert!(PAUSES.is_sorted());
}

#[tokio::test]
async fn a_server_that_connects_and_then_is_silent_holds_nothing_up() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", silent.local_addr().unwrap());
    let post = Post {
        transport: smtp::builder(&url).unwrap().build(),
        from: smtp::sender("lagune@example.com").unwrap(),
        base: String::new(),
        at_most: Duration::from_millis(20),
    };
    let letter = letter(MailKind::PasswordChanged, Lang::De, &Facts::default());
    assert_eq!(post.send("ina@example.com", &letter).await, Err(MailProblem::NoConnection));
}

#[test]
fn only_this_machine_is_spoken_to_in_the_clear() {
    // The builder doesn't tell; its debug form does, and would tell passwords too, so that it is never logged.
    let shown = |url: &str| format!("{:?}", smtp::builder(url).unwrap());
    for url in ["smtp://localhost:25", "smtp://127.0.0.1:2525", "smtp://localhost/"] {
        assert!(shown(url).contains("tls: None"), "{}", shown(url));
    }
    for url in ["smtp://mail.example.com", "smtp://0.0.0.0:25", "smtp://localhost.example.com", "smtp://127.0.0.1@mail.example.com"] {
        assert!(shown(url).contains("tls: Required"), "{}", shown(url));
    }
    assert!(shown("smtps://localhost").contains("tls: Wrapper"), "{}", shown("smtps://localhost"));
}
