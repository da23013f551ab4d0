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
