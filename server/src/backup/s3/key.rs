//! Addresses of stores, and names of objects.

use domain::id::ClientId;
use reqwest::Url;

/// `https://endpoint/bucket/prefix` as endpoint, bucket and prefix, which ends in a slash where it is not empty.
pub(super) fn place(address: &str) -> Option<(Url, String, String)> {
    let mut endpoint = Url::parse(address).ok()?;
    let bare = endpoint.username().is_empty() && endpoint.password().is_none();
    let plain = endpoint.query().is_none() && endpoint.fragment().is_none() && matches!(endpoint.scheme(), "http" | "https");
    if !bare || !plain || !endpoint.has_host() {
        return None;
    }
    let path = endpoint.path().trim_matches('/').to_owned();
    let word =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) && part != "..";
    if !path.split('/').all(word) {
        return None;
    }
    let (bucket, prefix) = path.split_once('/').unwrap_or((&path, ""));
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
    endpoint.set_path("/");
    Some((endpoint, bucket.to_owned(), prefix))
}

/// Whose file an object is, and its name; none for what others have put there.
pub(super) fn parts<'a>(prefix: &str, key: &'a str) -> Option<(ClientId, &'a str)> {
    let (client, name) = key.strip_prefix(prefix)?.split_once('/')?;
    let plain = !name.is_empty() && !name.contains('/');
    plain.then_some((client.parse().ok()?, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_endpoint_bucket_and_prefix() {
        let read = |address: &str| place(address).map(|(endpoint, bucket, prefix)| (endpoint.to_string(), bucket, prefix));
        let is = |endpoint: &str, bucket: &str, prefix: &str| Some((endpoint.to_owned(), bucket.to_owned(), prefix.to_owned()));
        assert_eq!(read("https://s3.example.com/lagune"), is("https://s3.example.com/", "lagune", ""));
        assert_eq!(read("http://nas.example:9000/lagune/a/b/"), is("http://nas.example:9000/", "lagune", "a/b/"));
        for address in [
            "",
            "lagune",
            "https://s3.example.com",
            "https://s3.example.com/",
            "https://key:secret@s3.example.com/lagune",
            "https://s3.example.com/lagune?x=y",
            "ftp://s3.example.com/lagune",
            "https://s3.example.com/lagune//a",
            "https://s3.example.com/lag%20une",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }

    #[test]
    fn an_object_that_is_no_file_of_a_client_is_passed_over() {
        assert_eq!(parts("a/", "a/7/backup-1.tar.zst"), Some((ClientId::new(7), "backup-1.tar.zst")));
        for key in ["7/backup-1.tar.zst", "a/backup-1.tar.zst", "a/x/backup-1.tar.zst", "a/7/", "a/7/b/c"] {
            assert_eq!(parts("a/", key), None, "{key}");
        }
    }
}
