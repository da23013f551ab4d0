//! The provider: how it describes itself, where people are sent, and whom its answer names.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use openidconnect::{
    AccessTokenHash, AdditionalProviderMetadata, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    ProviderMetadata, RedirectUrl, RequestTokenError, Scope, TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreGrantType,
        CoreIdToken, CoreIdTokenClaims, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
        CoreJwsSigningAlgorithm as Alg, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType, CoreTokenResponse,
        CoreUserInfoClaims,
    },
};
use serde::{Deserialize, Serialize};

use super::{Failure, http::Http, told};
use crate::{config::Oidc, random};

/// How long a description and its keys count; a key that is missing is asked for at once.
const FRESH: Duration = Duration::from_secs(3_600);

/// Signatures that only the provider can make: none, and none with the secret that we share.
const ALGORITHMS: [Alg; 10] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EcdsaP521Sha512,
    Alg::EdDsa,
];

/// What the library does not read of a description.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Extra {
    /// RFC 9207: its answers name the issuer, so that those of another provider are told apart.
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Extra {}

type Description = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The provider at which people may sign in.
pub(crate) struct Provider {
    settings: Oidc,
    issuer: IssuerUrl,
    http: Http,
    known: Mutex<Option<(Instant, Arc<Description>)>>,
}

/// A sign-in that begins: where the browser goes, and what has to be kept until it is back.
pub(crate) struct Begun {
    pub(crate) url: String,
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
}

/// Whom the provider vouches for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// What it calls them, for ever.
    pub(crate) subject: String,
    /// Their address at present.
    pub(crate) email: Option<String>,
    /// Whether it has made sure that the address is theirs.
    pub(crate) verified: bool,
}

impl Provider {
    /// Asks nothing yet.
    ///
    /// # Errors
    /// A sentence for whoever starts the program.
    pub(crate) fn new(settings: &Oidc) -> Result<Self, String> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|error| format!("The setting oidc_issuer is no address: {error}"))?;
        let http = Http::new(settings.issuer.starts_with("https://"));
        let http = http.map_err(|error| format!("The provider (setting oidc_issuer) can't be asked over https: {}", told(&error)))?;
        Ok(Self { settings: settings.clone(), issuer, http, known: Mutex::new(None) })
    }

    /// How it is called here, by its own name.
    pub(crate) fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Begins a sign-in that comes back to `redirect`.
    ///
    /// # Errors
    /// `Down`.
    pub(crate) async fn begin(&self, redirect: &str) -> Result<Begun, Failure> {
        let client = self.client(&*self.description(FRESH).await?, redirect)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (state, nonce) = (|| CsrfToken::new(random::token(32)), || Nonce::new(random::token(32)));
        let request =
            client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, state, nonce).add_scope(Scope::new("email".to_owned()));
        let (url, state, nonce) = request.set_pkce_challenge(challenge).url();
        Ok(Begun { url: url.into(), state: state.secret().clone(), nonce: nonce.secret().clone(), verifier: verifier.secret().clone() })
    }

    /// Makes sure that an answer is of this provider (RFC 9207); `iss` is whom it names.
    ///
    /// # Errors
    /// `Untrusted`, `Down`.
    pub(crate) async fn is_of(&self, iss: Option<&str>) -> Result<(), Failure> {
        let names = self.description(FRESH).await?.additional_metadata().authorization_response_iss_parameter_supported;
        match iss {
            Some(iss) if iss != self.settings.issuer => Err(Failure::Untrusted(format!("it names another issuer: {iss:?}"))),
            None if names => Err(Failure::Untrusted("it names no issuer".to_owned())),
            _ => Ok(()),
        }
    }

    /// Exchanges the code of an answer for the person it stands for.
    ///
    /// # Errors
    /// `Down`, `Untrusted`.
    pub(crate) async fn finish(&self, code: String, nonce: String, verifier: String, redirect: &str) -> Result<Person, Failure> {
        let client = self.client(&*self.description(FRESH).await?, redirect)?;
        let (nonce, verifier) = (Nonce::new(nonce), PkceCodeVerifier::new(verifier));
        let exchange = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| Failure::Down(told(&error)))?;
        let token = exchange.set_pkce_verifier(verifier).request_async(&self.http).await.map_err(|error| match &error {
            RequestTokenError::Request(_) => Failure::Down(told(&error)),
            _ => Failure::Untrusted(told(&error)),
        })?;
        let id_token = token.id_token().ok_or_else(|| Failure::Untrusted("there is no id token".to_owned()))?;
        let claims = match read(&client, &token, id_token, &nonce) {
            // It may have made new keys since it was asked.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let client = self.client(&*self.description(Duration::ZERO).await?, redirect)?;
                read(&client, &token, id_token, &nonce)
            }
            read => read,
        };
        let claims = claims.map_err(|error| Failure::Untrusted(told(&error)))?;
        let subject = claims.subject().to_string();
        // The specification's limit (Core, 2).
        if subject.is_empty() || subject.len() > 255 {
            return Err(Failure::Untrusted("the subject is longer than 255 characters".to_owned()));
        }
        if let Some(email) = claims.email() {
            return Ok(Person { subject, email: Some(email.to_string()), verified: claims.email_verified() == Some(true) });
        }
        // Many providers tell more of a person only to who asks for it.
        Ok(match self.ask(&client, &token, &claims).await {
            Some(told) => {
                let verified = told.email_verified() == Some(true);
                Person { subject, email: told.email().map(|email| email.to_string()), verified }
            }
            None => Person { subject, email: None, verified: false },
        })
    }

    async fn ask(&self, client: &Client, token: &CoreTokenResponse, claims: &CoreIdTokenClaims) -> Option<CoreUserInfoClaims> {
        let request = client.user_info(token.access_token().clone(), Some(claims.subject().clone())).ok()?;
        match request.request_async(&self.http).await {
            Ok(claims) => Some(claims),
            Err(error) => {
                tracing::warn!(error = told(&error), "the provider tells nothing of a person");
                None
            }
        }
    }

    fn client(&self, description: &Description, redirect: &str) -> Result<Client, Failure> {
        let secret = self.settings.client_secret.as_ref().map(|secret| ClientSecret::new(secret.reveal().to_owned()));
        let redirect = RedirectUrl::new(redirect.to_owned()).map_err(|error| Failure::Down(told(&error)))?;
        let client_id = ClientId::new(self.settings.client_id.clone());
        let client = CoreClient::from_provider_metadata(description.clone(), client_id, secret).set_redirect_uri(redirect);
        // The specification's default is the header; some providers take only the form.
        let by_form = description.token_endpoint_auth_methods_supported().is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost) && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        Ok(if by_form { client.set_auth_type(AuthType::RequestBody) } else { client })
    }

    /// What the provider says of itself, with its keys; asked again when it is older than this.
    async fn description(&self, age: Duration) -> Result<Arc<Description>, Failure> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, known)) = known.filter(|(at, _)| at.elapsed() < age) {
            return Ok(known);
        }
        let asked = Description::discover_async(self.issuer.clone(), &self.http).await;
        let asked = Arc::new(asked.map_err(|error| Failure::Down(told(&error)))?);
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), asked.clone()));
        Ok(asked)
    }
}

/// What the id token says, if it is signed by the provider, meant for us and this sign-in, and not run out.
fn read(
    client: &Client,
    token: &CoreTokenResponse,
    id_token: &CoreIdToken,
    nonce: &Nonce,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    let claims = id_token.claims(&verifier, nonce)?;
    if let Some(expected) = claims.access_token_hash() {
        let other = |error: &dyn std::error::Error| ClaimsVerificationError::Other(told(error));
        let algorithm = id_token.signing_alg().map_err(|error| other(&error))?;
        let key = id_token.signing_key(&verifier).map_err(|error| other(&error))?;
        let hash = AccessTokenHash::from_token(token.access_token(), algorithm, key).map_err(|error| other(&error))?;
        if hash != *expected {
            return Err(ClaimsVerificationError::Other("the access token is another one".to_owned()));
        }
    }
    Ok(claims.clone())
}
