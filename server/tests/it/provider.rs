//! A provider of identities in a process of its own, and a browser that is sent there.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::http::{Answer, Call};

/// How browsers reach Lagune, as far as the provider knows.
pub(crate) const HERE: &str = "https://lagune.example";

/// What the provider and Lagune share.
pub(crate) const SECRET: &str = "a secret that both know";

/// `end2end/support/provider.mjs`.
pub(crate) struct Provider {
    address: SocketAddr,
    process: Child,
}

impl Provider {
    pub(crate) fn start() -> Self {
        Self::start_with("0", &[])
    }

    /// Its addresses of people stand in the id token.
    pub(crate) fn start_in_token() -> Self {
        Self::start_with("0", &["in-token"])
    }

    fn start_with(port: &str, more: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end");
        let mut command = Command::new("node");
        command.current_dir(folder).args(["support/provider.mjs", &format!("{HERE}/sign-in/oidc/callback"), port]).args(more);
        let mut process = command.stdout(Stdio::piped()).spawn().expect("node is installed by scripts/prepare.sh");
        let said = BufReader::new(process.stdout.take().unwrap()).lines().next();
        let said = said.expect("the provider says where it is; npm ci --prefix end2end installs it").unwrap();
        let address = said.rsplit("//").next().unwrap().parse().unwrap();
        Self { address, process }
    }

    pub(crate) fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The settings of a server whose people may sign in here.
    pub(crate) fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LAGUNE_PUBLIC_URL", HERE.to_owned()),
            ("LAGUNE_OIDC_ISSUER", self.issuer()),
            ("LAGUNE_OIDC_CLIENT_ID", "lagune".to_owned()),
            ("LAGUNE_OIDC_CLIENT_SECRET", SECRET.to_owned()),
            ("LAGUNE_OIDC_NAME", "Müller & Söhne".to_owned()),
        ]
    }

    /// Who sits in front of it from now on.
    pub(crate) fn sits(&self, person: &Value) {
        Call::new(self.address, "POST", "/person").json(person).send().expect(200);
    }

    /// A browser that is new there goes to an address of the provider, and on until it is sent back to Lagune; where to.
    #[track_caller]
    pub(crate) fn visit(&self, url: &str) -> String {
        let mut cookies = BTreeMap::new();
        let mut url = url.to_owned();
        for _ in 0..8 {
            let path = url.strip_prefix(&self.issuer()).unwrap_or(&url).to_owned();
            if !path.starts_with('/') {
                return url;
            }
            let kept = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
            let answer: Answer = Call::new(self.address, "GET", &path).header("accept", "text/html").cookie(&kept).send();
            for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
                let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
                cookies.insert(name.to_owned(), value.to_owned());
            }
            assert!([302, 303].contains(&answer.status), "{path}: {}", answer.text());
            url = answer.header("location").to_owned();
        }
        panic!("the provider sends in circles: {url}");
    }

    /// Ends it; nobody answers at its address any more.
    pub(crate) fn end(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Starts it again at the same address, with other keys.
    pub(crate) fn start_again(&mut self) {
        self.end();
        *self = Self::start_with(&self.address.port().to_string(), &[]);
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.end();
    }
}
