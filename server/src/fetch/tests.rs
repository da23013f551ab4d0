use super::*;

#[test]
fn a_file_is_called_as_its_address_ends() {
    let name = |address: &str| name_of(&Url::parse(address).unwrap());
    assert_eq!(name("https://a.example/listen/k%C3%B6ln%20neu.csv?token=x"), "köln neu.csv");
    assert_eq!(name("https://a.example/"), "upload.csv");
    assert_eq!(name("https://a.example/..%2F..%2Fetc%2Fpasswd"), "passwd");
    assert_eq!(name("https://a.example/100%"), "100%");
}

#[test]
fn only_servers_of_the_settings_are_asked_and_no_address_carries_a_password() {
    let fetching = Fetching { hosts: vec!["files.example".parse().unwrap()], limit: 1, patience: Duration::ZERO, who: None };
    assert!(fetching.address("https://files.example/a.csv").is_ok());
    let code = |text: &str| fetching.address(text).unwrap_err().code();
    for text in
        ["", "a.csv", "/etc/passwd", "file:///etc/passwd", "https://ada:geheim@files.example/a.csv", "https://ada@files.example/a.csv"]
    {
        assert_eq!(code(text), "no_address", "{text}");
    }
    for text in
        ["http://files.example/a.csv", "https://files.example.evil.example/", "https://127.0.0.1/", "https://files.example:444/a.csv"]
    {
        assert_eq!(code(text), "host_not_allowed", "{text}");
    }
}
