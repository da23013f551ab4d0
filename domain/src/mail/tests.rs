use super::*;

#[test]
fn an_invitation_says_who_invites_whom_and_until_when() {
    let facts =
        Facts { name: "Ina", by: Some("Ada"), client: Some("Nordwerk"), link: "https://lagune.example.com/x", hours: 48, alarm: None };
    let letter = letter(MailKind::Invitation, Lang::De, &facts);
    assert_eq!(letter.subject, "Einladung zu Lagune");
    assert_eq!(
        letter.body,
        "Guten Tag Ina,\n\nAda lädt Sie ein, mit Lagune für Nordwerk zu arbeiten. Mit diesem Link wählen Sie ein Passwort und \
         melden sich an:\n\nhttps://lagune.example.com/x\n\nDer Link gilt 48 Stunden und nur einmal. Haben Sie nichts damit zu \
         tun, ist nichts zu tun.\n"
    );
}

#[test]
fn every_mail_is_whole_in_both_languages() {
    for (kind, lang) in MailKind::ALL.into_iter().flat_map(|kind| Lang::ALL.map(|lang| (kind, lang))) {
        for facts in [
            Facts { link: "LINK", hours: 48, ..Facts::default() },
            Facts { name: "Ina", by: Some("Ada"), link: "LINK", ..Facts::default() },
        ] {
            let letter = letter(kind, lang, &facts);
            assert!(!letter.body.contains(['{', '}']), "{kind:?} {lang:?}: {}", letter.body);
            assert_eq!(letter.body.contains("\nLINK\n"), kind.has_link(), "{kind:?} {lang:?}: {}", letter.body);
            assert!(letter.subject.chars().count() <= 40, "{}", letter.subject);
        }
        assert_eq!(MailKind::from_code(kind.code()), Some(kind));
    }
}

#[test]
fn a_name_stays_in_its_line_and_fills_in_nothing() {
    let facts = Facts { name: "Eve\r\n\r\nBcc: all@example.com", by: Some("{link}\n"), link: "LINK", ..Facts::default() };
    let letter = letter(MailKind::Invitation, Lang::En, &facts);
    assert!(letter.body.starts_with("Hello Eve  Bcc: all@example.com,\n"), "{}", letter.body);
    assert!(letter.body.contains("\n{link} invites you"), "{}", letter.body);
}

#[test]
fn nothing_is_sent_to_addresses_that_stand_for_none() {
    assert!(!is_addressable("administrator@lagune.invalid"));
    assert!(!is_addressable("nobody"));
    assert!(is_addressable("ina@example.com"));
    assert!(is_addressable("ina@invalid.example.com"));
}

#[test]
fn a_problem_survives_the_database() {
    for code in [421, 450, 550, 535] {
        let problem = MailProblem::of_reply(code);
        assert_eq!(MailProblem::from_code(&problem.code()), Some(problem));
        assert!(problem.message(Lang::De).contains(&code.to_string()));
    }
    for problem in [MailProblem::NoConnection, MailProblem::NotSecure, MailProblem::BadAddress] {
        assert_eq!(MailProblem::from_code(&problem.code()), Some(problem));
    }
    assert_eq!(MailProblem::from_code("refused"), None);
    assert_eq!([421, 550, 535].map(|code| MailProblem::of_reply(code).passes()), [true, false, true]);
}
