use super::*;

fn check(headers: &[(&'static str, &'static str)], public_url: Option<&str>, expected: bool) {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().unwrap());
    }
    assert_eq!(is_ours(&map, public_url), expected, "{headers:?} at {public_url:?}");
}

#[test]
fn only_our_own_pages_may_change_things() {
    check(&[("sec-fetch-site", "same-origin")], None, true);
    check(&[("sec-fetch-site", "none")], None, true);
    check(&[("sec-fetch-site", "cross-site")], None, false);
    check(&[("sec-fetch-site", "same-site")], None, false);
    check(&[("sec-fetch-site", "cross-site"), ("origin", "http://a.example"), ("host", "a.example")], None, false);
    check(&[("origin", "http://a.example:3000"), ("host", "a.example:3000")], None, true);
    check(&[("origin", "http://b.example"), ("host", "a.example")], None, false);
    check(&[("origin", "null"), ("host", "a.example")], None, false);
    check(&[("origin", "https://a.example"), ("host", "inner:3000")], Some("https://a.example"), true);
    check(&[("host", "a.example")], None, true);
    check(&[("host", "a.example"), ("cookie", "lagune=x")], None, false);
    check(&[("host", "a.example"), ("cookie", "other=x")], None, true);
}
