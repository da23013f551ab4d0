//! The provider at which people may sign in (OpenID Connect).

use super::{Secret, Setting, WrongSetting, sources::Sources};

/// What a deployment says of its provider.
#[derive(Clone, Debug)]
pub struct Oidc {
    /// Its address, as it stands in what it signs.
    pub issuer: String,
    /// As what it knows Lagune.
    pub client_id: String,
    /// With which Lagune proves to be that; none for a public client.
    pub client_secret: Option<Secret>,
    /// What people call it: the label of the button.
    pub name: String,
}

impl Oidc {
    /// The provider, if there is one.
    pub(super) fn read(from: &Sources) -> Result<Option<Self>, WrongSetting> {
        let text = |setting| from.parse(setting, "a text", |text| Some(text.to_owned()));
        let should_be = "an address like https://login.example.com, with https unless it is this machine";
        let issuer = from.parse(Setting::OidcIssuer, should_be, issuer)?;
        let (client_id, secret, name) = (text(Setting::OidcClientId)?, text(Setting::OidcClientSecret)?, text(Setting::OidcName)?);
        let Some(issuer) = issuer else {
            let alone = [(Setting::OidcClientId, &client_id), (Setting::OidcClientSecret, &secret), (Setting::OidcName, &name)];
            return match alone.into_iter().find(|(_, text)| !text.is_empty()) {
                Some((setting, _)) => {
                    Err(WrongSetting(format!("The setting {} needs {} beside it.", setting.key(), Setting::OidcIssuer.key())))
                }
                None => Ok(None),
            };
        };
        if client_id.is_empty() {
            return Err(WrongSetting(format!(
                "The setting {} needs {} beside it.",
                Setting::OidcIssuer.key(),
                Setting::OidcClientId.key()
            )));
        }
        let host = issuer.split("//").nth(1).and_then(|rest| rest.split(['/', ':']).next()).unwrap_or_default();
        let name = if name.is_empty() { host.to_owned() } else { name };
        Ok(Some(Self { client_id, client_secret: (!secret.is_empty()).then(|| Secret::new(secret)), name, issuer }))
    }
}

/// A provider elsewhere must be asked over https: whoever stands in between could be anybody.
fn issuer(text: &str) -> Option<Option<String>> {
    if text.is_empty() {
        return Some(None);
    }
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://").filter(|rest| is_here(rest)))?;
    let plain = !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', '@', ' ', '\\', '"']);
    plain.then(|| Some(text.to_owned()))
}

fn is_here(rest: &str) -> bool {
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit())).map_or(host, |(host, _)| host);
    ["localhost", "127.0.0.1", "[::1]"].contains(&host)
}
