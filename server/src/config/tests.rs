use std::io::Write;

use super::*;

fn load(flags: SettingFlags, environment: &[(&str, &str)]) -> Result<Settings, String> {
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::load(&flags, environment).map_err(|wrong| wrong.0)
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

#[test]
fn without_any_word_the_defaults_hold() {
    let settings = load(SettingFlags::default(), &[]).unwrap();
    assert_eq!(settings.database_url.reveal(), "sqlite://data/lagune.db");
    assert_eq!(settings.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.upload_limit, 2 << 30);
    assert_eq!(settings.public_url, None);
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let file = file(
        "listen = \"127.0.0.1:1\"\nlog = \"debug\"\nsession_hours = 2\nfield_limit = 300\ntrusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\"]\n",
    );
    let flags = SettingFlags { config: Some(file.path().into()), listen: Some("127.0.0.1:3".to_owned()), ..SettingFlags::default() };
    let settings = load(flags, &[("LAGUNE_LISTEN", "127.0.0.1:2"), ("LAGUNE_LOG", "warn")]).unwrap();
    assert_eq!(settings.listen.port(), 3);
    assert_eq!(settings.log, "warn");
    assert_eq!((settings.session_hours, settings.field_limit), (2, 300));
    assert_eq!(settings.trusted_proxies.len(), 2);
}

#[test]
fn a_wrong_setting_is_named_with_its_source() {
    let wrong = load(SettingFlags::default(), &[("LAGUNE_LISTEN", "nowhere")]).unwrap_err();
    assert_eq!(
        wrong,
        "The setting listen (environment variable LAGUNE_LISTEN) must be an address with a port, like 127.0.0.1:3000; “nowhere” is not."
    );
    let flags = SettingFlags { upload_limit: Some("much".to_owned()), ..SettingFlags::default() };
    assert!(load(flags, &[]).unwrap_err().contains("(flag --upload-limit)"));
}

#[test]
fn what_would_silence_the_log_or_reach_no_database_is_wrong() {
    for (name, value) in [
        ("LAGUNE_LOG", "verbose"),
        ("LAGUNE_LOG", "server=debug,infoo"),
        ("LAGUNE_DATABASE_URL", "postgres://h:99999/x"),
        ("LAGUNE_DATABASE_URL", "sqlite:"),
    ] {
        assert!(load(SettingFlags::default(), &[(name, value)]).unwrap_err().contains(name), "{name}={value}");
    }
    let settings = load(SettingFlags::default(), &[("LAGUNE_LOG", "server=debug,info"), ("LAGUNE_DATA_DIR", "data")]).unwrap();
    assert!(settings.data_dir.is_absolute());
}

#[test]
fn a_secret_is_never_repeated() {
    let wrong = load(SettingFlags::default(), &[("LAGUNE_DATABASE_URL", "mysql://me:hunter2@db/x")]).unwrap_err();
    assert!(wrong.contains("LAGUNE_DATABASE_URL") && !wrong.contains("hunter2"), "{wrong}");
    let settings = load(SettingFlags::default(), &[("LAGUNE_DATABASE_URL", "postgres://me:hunter2@db/x")]).unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn a_secret_may_stand_in_a_file_of_its_own() {
    use std::os::unix::fs::PermissionsExt as _;
    let secret = file("postgres://me:hunter2@db/x\n");
    let path = secret.path().to_str().unwrap();
    let settings = load(SettingFlags::default(), &[("LAGUNE_DATABASE_URL_FILE", path)]).unwrap();
    assert_eq!(settings.database_url.reveal(), "postgres://me:hunter2@db/x");
    assert_eq!(settings.warnings, Vec::<String>::new());
    assert!(!format!("{settings:?}").contains("hunter2"));

    std::fs::set_permissions(secret.path(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let settings = load(SettingFlags::default(), &[("LAGUNE_DATABASE_URL_FILE", path)]).unwrap();
    assert!(settings.warnings[0].contains(path) && settings.warnings[0].contains("chmod 600"), "{:?}", settings.warnings);

    let token = file("a token of 23 characters\r\n");
    let named = file(&format!("metrics_token_file = \"{}\"\n", token.path().display()));
    let flags = SettingFlags { config: Some(named.path().into()), ..SettingFlags::default() };
    let settings = load(flags.clone(), &[]).unwrap();
    assert_eq!(settings.metrics_token.as_ref().map(Secret::reveal), Some("a token of 23 characters"));
    assert!(!format!("{settings:?}").contains("23 characters"));
    // The environment wins over the file, in either form.
    let settings = load(flags, &[("LAGUNE_METRICS_TOKEN", "another one that is long")]).unwrap();
    assert_eq!(settings.metrics_token.as_ref().map(Secret::reveal), Some("another one that is long"));
}

#[test]
fn a_secret_file_that_can_not_be_meant_is_named_without_its_content() {
    let (secret, empty, large) = (file("mysql://me:hunter2@db/x"), file("\n"), file(&"x".repeat(100_000)));
    let check = |environment: &[(&str, &str)], expected: &str| {
        let wrong = load(SettingFlags::default(), environment).unwrap_err();
        assert!(wrong.contains(expected) && !wrong.contains("hunter2"), "{wrong}");
    };
    let path = |file: &tempfile::NamedTempFile| file.path().to_str().unwrap().to_owned();
    check(&[("LAGUNE_METRICS_TOKEN_FILE", "/nowhere/token")], "The file /nowhere/token (LAGUNE_METRICS_TOKEN_FILE) cannot be read");
    check(&[("LAGUNE_METRICS_TOKEN_FILE", &path(&empty))], "is empty");
    check(&[("LAGUNE_METRICS_TOKEN_FILE", &path(&large))], "is too large");
    check(&[("LAGUNE_DATABASE_URL_FILE", &path(&secret))], &format!("(its file {})", path(&secret)));
    let both = [("LAGUNE_METRICS_TOKEN", "hunter2 hunter2 hunter2"), ("LAGUNE_METRICS_TOKEN_FILE", "/nowhere/token")];
    check(&both, "sets both LAGUNE_METRICS_TOKEN and LAGUNE_METRICS_TOKEN_FILE");
    check(&[("LAGUNE_LISTEN_FILE", "/nowhere/listen")], "LAGUNE_LISTEN_FILE is set, but Lagune has no such setting");
}

#[test]
fn mail_needs_a_server_that_can_be_spoken_to_safely_and_a_sender() {
    let mail = |url: &str, from: &str| load(SettingFlags::default(), &[("LAGUNE_SMTP_URL", url), ("LAGUNE_MAIL_FROM", from)]);
    let from = "Lagune <lagune@example.com>";
    for url in [
        "smtps://me:hunter2@mail.example.com",
        "smtp://me:hunter%402@mail.example.com:587",
        "smtp://localhost:25",
        "smtp://127.0.0.1:2525/",
    ] {
        let settings = mail(url, from).unwrap();
        assert_eq!(settings.smtp_url.as_ref().map(Secret::reveal), Some(url));
        assert!(!format!("{settings:?}").contains("hunter"));
    }
    for url in
        ["hunter2", "https://me:hunter2@h", "smtp://", "smtp://h:99999", "smtp://h?tls=opportunistic", "smtp://evil.example/@localhost"]
    {
        let wrong = mail(url, from).unwrap_err();
        assert!(wrong.contains("LAGUNE_SMTP_URL") && !wrong.contains("hunter2"), "{wrong}");
    }
    assert!(mail("smtp://localhost", "").unwrap_err().contains("LAGUNE_MAIL_FROM"));
    assert!(mail("", "nobody").unwrap_err().contains("LAGUNE_MAIL_FROM"));
    assert!(mail("smtp://localhost", "Lagune <a@example.com>\r\nBcc: b@example.com").is_err());
    assert!(mail("", "").unwrap().smtp_url.is_none());
}

#[test]
fn unknown_names_stop_the_start() {
    let wrong = load(SettingFlags::default(), &[("LAGUNE_LISTEM", "127.0.0.1:1")]).unwrap_err();
    assert!(wrong.contains("LAGUNE_LISTEM"), "{wrong}");
    let file = file("lisen = \"127.0.0.1:1\"\n");
    let flags = SettingFlags { config: Some(file.path().into()), ..SettingFlags::default() };
    assert!(load(flags, &[]).unwrap_err().contains("“lisen”"));
    assert!(load(SettingFlags::default(), &[("LAGUNE_WASM_STD", "debian")]).is_ok());
}

#[test]
fn a_missing_or_broken_file_is_named() {
    let flags = SettingFlags { config: Some("/nowhere/lagune.toml".into()), ..SettingFlags::default() };
    assert!(load(flags, &[]).unwrap_err().contains("/nowhere/lagune.toml"));
    let file = file("listen = \n");
    let flags = SettingFlags { config: Some(file.path().into()), ..SettingFlags::default() };
    assert!(load(flags, &[]).unwrap_err().contains("not valid TOML (line 1)"));
}

#[test]
fn who_is_asked_for_names_is_an_address_with_a_port_or_the_usual_one() {
    let server = |text| load(SettingFlags::default(), &[("LAGUNE_DNS_SERVER", text)]).map(|settings| settings.dns_server);
    assert_eq!(server(""), Ok(None));
    for (text, address) in [
        ("192.0.2.53", "192.0.2.53:53"),
        ("127.0.0.1:5353", "127.0.0.1:5353"),
        ("2001:db8::53", "[2001:db8::53]:53"),
        ("[2001:db8::53]:5353", "[2001:db8::53]:5353"),
    ] {
        assert_eq!(server(text), Ok(Some(address.parse().unwrap())), "{text}");
    }
    assert!(server("ns.example.com").unwrap_err().contains("LAGUNE_DNS_SERVER"));
}

#[test]
fn networks_hold_their_addresses_only() {
    let check = |net: &str, address: &str, expected: bool| {
        assert_eq!(net.parse::<Net>().unwrap().contains(address.parse().unwrap()), expected, "{net} {address}");
    };
    check("10.0.0.0/8", "10.200.3.4", true);
    check("10.0.0.0/8", "11.0.0.1", false);
    check("127.0.0.1", "127.0.0.1", true);
    check("127.0.0.1", "::ffff:127.0.0.1", true);
    check("0.0.0.0/0", "203.0.113.9", true);
    check("fd00::/8", "fd12::1", true);
    check("::/0", "203.0.113.9", false);
    assert!("10.0.0.0/33".parse::<Net>().is_err());
}

#[test]
fn a_provider_needs_its_address_and_a_name_for_us_and_is_asked_over_https() {
    let oidc = |environment: &[(&str, &str)]| load(SettingFlags::default(), environment).map(|settings| settings.oidc);
    assert!(oidc(&[]).unwrap().is_none());
    let id = ("LAGUNE_OIDC_CLIENT_ID", "lagune");
    let known = oidc(&[("LAGUNE_OIDC_ISSUER", "https://login.example.com/realms/one"), id, ("LAGUNE_OIDC_CLIENT_SECRET", "hunter2")]);
    let known = known.unwrap().unwrap();
    assert_eq!((known.name.as_str(), known.issuer.as_str()), ("login.example.com", "https://login.example.com/realms/one"));
    assert!(known.client_secret.is_some() && !format!("{known:?}").contains("hunter2"));
    assert_eq!(oidc(&[("LAGUNE_OIDC_ISSUER", "http://127.0.0.1:4000"), id, ("LAGUNE_OIDC_NAME", "Firma")]).unwrap().unwrap().name, "Firma");
    for wrong in [
        "http://login.example.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1:x@evil.example",
        "login.example.com",
        "https://",
        "https://a.example/?b",
    ] {
        let refused = oidc(&[("LAGUNE_OIDC_ISSUER", wrong), id]).unwrap_err();
        assert!(refused.contains("oidc_issuer") && refused.contains("https"), "{wrong}: {refused}");
    }
    assert_eq!(oidc(&[id]).unwrap_err(), "The setting oidc_client_id needs oidc_issuer beside it.");
    let lacking = oidc(&[("LAGUNE_OIDC_ISSUER", "https://login.example.com")]).unwrap_err();
    assert_eq!(lacking, "The setting oidc_issuer needs oidc_client_id beside it.");
}

#[test]
fn keys_of_backups_are_read_and_shown_nowhere() {
    use age::secrecy::ExposeSecret as _;
    let key = age::x25519::Identity::generate();
    let (public, secret) = (key.to_public().to_string(), key.to_string());
    let given = format!("# created: today\n{}\n", secret.expose_secret());
    let file = file(&given);
    let both = [("LAGUNE_BACKUP_RECIPIENTS", public.as_str()), ("LAGUNE_BACKUP_IDENTITY_FILE", file.path().to_str().unwrap())];
    let settings = load(SettingFlags::default(), &both).unwrap();
    assert!(settings.backups.keys.encrypts() && settings.backups.keys.reads_own());
    assert!(!format!("{settings:?}").contains(secret.expose_secret()));
    assert_eq!(settings.backups.rules, store::backups::BackupRules::default());

    let wrong = load(SettingFlags::default(), &[("LAGUNE_BACKUP_RECIPIENTS", "age1xyz")]).unwrap_err();
    assert!(wrong.contains("backup_recipients") && wrong.contains("age1…"), "{wrong}");
    let wrong = load(SettingFlags::default(), &[("LAGUNE_BACKUP_IDENTITY", "hunter2")]).unwrap_err();
    assert!(wrong.contains("backup_identity") && !wrong.contains("hunter2"), "{wrong}");
    for (name, value) in [("LAGUNE_BACKUP_DAYS", "0"), ("LAGUNE_BACKUP_QUOTA", "much"), ("LAGUNE_BACKUP_MANUAL_LIMIT", "-1")] {
        assert!(load(SettingFlags::default(), &[(name, value)]).is_err(), "{name}={value}");
    }
    let three = load(SettingFlags { backup_manual_limit: Some("3".to_owned()), ..SettingFlags::default() }, &[]).unwrap();
    assert_eq!(three.backups.rules.manual_limit, Some(3));
}

#[test]
fn an_s3_store_needs_keys_and_none_of_them_is_shown() {
    let address = ("LAGUNE_BACKUP_S3", "https://s3.example.com/lagune/a");
    assert!(load(SettingFlags::default(), &[address]).unwrap_err().contains("LAGUNE_BACKUP_S3_SECRET_FILE"));
    let key = file("hunter1\n");
    let keys = [("LAGUNE_BACKUP_S3_KEY_ID_FILE", key.path().to_str().unwrap()), ("LAGUNE_BACKUP_S3_SECRET", "hunter2")];
    let settings = load(SettingFlags::default(), &[address, keys[0], keys[1]]).unwrap();
    assert_eq!(settings.backups.s3.as_ref().unwrap().address(), "https://s3.example.com/lagune/a");
    assert!(!format!("{settings:?}").contains("hunter"));
    let wrong = load(SettingFlags::default(), &[("LAGUNE_BACKUP_S3", "https://s3.example.com"), keys[0], keys[1]]).unwrap_err();
    assert!(wrong.contains("bucket") && !wrong.contains("hunter"), "{wrong}");
    let host = [("LAGUNE_BACKUP_S3_STYLE", "host"), address, keys[0], keys[1]];
    assert!(load(SettingFlags::default(), &host).is_ok());
    assert!(load(SettingFlags::default(), &[("LAGUNE_BACKUP_S3_STYLE", "both")]).unwrap_err().contains("path or host"));
}
