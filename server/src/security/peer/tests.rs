use super::*;

fn check(connection: &str, forwarded: Option<&'static str>, expected: &str) {
    let mut headers = HeaderMap::new();
    if let Some(forwarded) = forwarded {
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
    }
    let proxies = ["10.0.0.0/8".parse().unwrap()];
    let found = peer(connection.parse().unwrap(), &headers, &proxies);
    assert_eq!(found.address.to_string(), expected, "{connection} {forwarded:?}");
}

#[test]
fn only_a_known_proxy_is_believed() {
    check("203.0.113.7", None, "203.0.113.7");
    check("203.0.113.7", Some("198.51.100.1"), "203.0.113.7");
    check("10.0.0.1", Some("198.51.100.1"), "198.51.100.1");
    check("10.0.0.1", Some("1.2.3.4, 198.51.100.1"), "198.51.100.1");
    check("10.0.0.1", Some("198.51.100.1, 10.0.0.2"), "198.51.100.1");
    check("10.0.0.1", Some("nonsense"), "10.0.0.1");
    check("10.0.0.1", None, "10.0.0.1");
}

#[test]
fn a_proxy_on_this_machine_does_not_make_its_callers_local() {
    let mut headers = HeaderMap::new();
    assert!(peer("127.0.0.1".parse().unwrap(), &headers, &[]).local);
    headers.insert("x-forwarded-for", "198.51.100.1".parse().unwrap());
    assert!(!peer("127.0.0.1".parse().unwrap(), &headers, &[]).local);
}
