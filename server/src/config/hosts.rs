//! Servers from which files may be fetched.

use std::str::FromStr;

use reqwest::Url;

/// A server, with how it is asked: `files.example.com`, `https://files.example.com:8443`, `http://nas.example private`,
/// `sftp://files.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportHost {
    /// `https`, or `http` or `sftp` where that is said.
    scheme: &'static str,
    host: String,
    port: u16,
    /// Whether it may lie in a network of one's own.
    pub is_private: bool,
}

impl ImportHost {
    /// Whether an address lies on this server.
    pub fn has(&self, address: &Url) -> bool {
        address.scheme() == self.scheme && address.host_str() == Some(&self.host) && address.port_or_known_default() == Some(self.port)
    }

    /// Whether this is that SFTP server.
    pub fn is_sftp(&self, host: &str, port: u16) -> bool {
        let same = |host: &str| Url::parse(&format!("https://{host}")).is_ok_and(|address| address.host_str() == Some(&self.host));
        self.scheme == "sftp" && self.port == port && same(host)
    }

    /// The port where none is said.
    const fn usual(scheme: &str) -> u16 {
        match scheme.as_bytes() {
            b"http" => 80,
            b"sftp" => 22,
            _ => 443,
        }
    }
}

impl std::fmt::Display for ImportHost {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.port == Self::usual(self.scheme) {
            true => write!(out, "{}://{}", self.scheme, self.host),
            false => write!(out, "{}://{}:{}", self.scheme, self.host, self.port),
        }
    }
}

/// The text names no server.
#[derive(Debug, PartialEq, Eq)]
pub struct NotAHost;

impl FromStr for ImportHost {
    type Err = NotAHost;

    fn from_str(text: &str) -> Result<Self, NotAHost> {
        let (server, is_private) = match text.trim().split_once(char::is_whitespace) {
            Some((server, "private")) => (server, true),
            Some(_) => return Err(NotAHost),
            None => (text.trim(), false),
        };
        let (scheme, server) = server.split_once("://").unwrap_or(("https", server));
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "https" => "https",
            "http" => "http",
            "sftp" => "sftp",
            _ => return Err(NotAHost),
        };
        // A host is read as that of the web, whatever is asked there: the same letters, the same form.
        let bare_port = server.rsplit_once(':').and_then(|(_, port)| port.trim_end_matches('/').parse().ok());
        let address = Url::parse(&format!("https://{server}")).map_err(|_| NotAHost)?;
        let bare =
            address.username().is_empty() && address.password().is_none() && address.query().is_none() && address.fragment().is_none();
        let port = address.port().or(bare_port).unwrap_or(Self::usual(scheme));
        match address.host_str() {
            Some(host) if bare && address.path() == "/" && !host.contains('*') => {
                Ok(Self { scheme, host: host.to_owned(), port, is_private })
            }
            _ => Err(NotAHost),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> ImportHost {
        text.parse().unwrap_or_else(|_| panic!("{text}"))
    }

    #[test]
    fn a_server_is_asked_as_it_was_allowed() {
        let has = |allowed: &str, address: &str| host(allowed).has(&Url::parse(address).unwrap());
        assert!(has("files.example.com", "https://FILES.example.com/a.csv?b=c"));
        assert!(has("https://files.example.com:8443", "https://files.example.com:8443/a.csv"));
        assert!(has("http://nas.example private", "http://nas.example/a.csv"));
        assert!(has("münchen.example", "https://xn--mnchen-3ya.example/a.csv"));
        for address in [
            "http://files.example.com/a.csv",
            "https://files.example.com:8443/a.csv",
            "https://www.files.example.com/a.csv",
            "https://files.example.com.evil.example/a.csv",
            "https://evil.example/files.example.com",
            "ftp://files.example.com/a.csv",
        ] {
            assert!(!has("files.example.com", address), "{address}");
        }
    }

    #[test]
    fn what_names_no_server_is_refused() {
        for text in [
            "",
            "*",
            "*.example.com",
            "ftp://a.example",
            "https://a.example/folder",
            "https://user@a.example",
            "a.example public",
            "https://",
        ] {
            assert_eq!(text.parse::<ImportHost>(), Err(NotAHost), "{text}");
        }
        let sftp = host("sftp://Files.example.com private");
        assert!(sftp.is_sftp("files.example.com", 22) && !sftp.is_sftp("files.example.com", 2222) && !sftp.is_sftp("files.example", 22));
        assert!(host("sftp://files.example.com:443").is_sftp("files.example.com", 443));
        assert!(
            !host("files.example.com").is_sftp("files.example.com", 443)
                && host("sftp://[2001:db8::1]:2222").is_sftp("[2001:db8::1]", 2222)
        );
        assert_eq!(
            (sftp.to_string(), host("sftp://a.example:2222").to_string()),
            ("sftp://files.example.com".into(), "sftp://a.example:2222".into())
        );
        assert!(host("http://nas.example private").is_private);
        assert_eq!(host("http://nas.example:8080 private").to_string(), "http://nas.example:8080");
        assert_eq!(host("files.example.com").to_string(), "https://files.example.com");
    }
}
