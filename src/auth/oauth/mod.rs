//! OAuth 2.0 with a provider: the authorization code grant with `state` and PKCE, always.
//!
//! Providers are data here: [`OAuthUrls`] says where, [`quirks`] what is odd about their answers.
//! The rules are those of RFC 9700.

pub mod device;
mod exchange;
mod quirks;
mod revoke;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, StandardRevocableToken,
    StandardTokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::error::AuthError;
use crate::clock::Clock;
use crate::provider::ProviderError;
use crate::provider::github::Endpoints;
use crate::provider::outgoing::Outgoing;

pub(super) use exchange::code as error_code;
use quirks::Further;

/// What is needed to sign people in at a provider.
pub struct OAuthOptions {
    /// Of the application that is registered there.
    pub client_id: String,
    /// Of the same.
    pub client_secret: SecretString,
    /// What people are asked to allow, as the provider wants it written; empty where that belongs to
    /// the application.
    pub scope: String,
    /// Where.
    pub urls: OAuthUrls,
    /// The way there.
    pub outgoing: Outgoing,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// The addresses of a provider's OAuth pages, and how they want to be spoken to.
#[derive(Debug, Clone)]
pub struct OAuthUrls {
    /// The page that asks the person.
    pub authorize: Url,
    /// Where codes and refresh tokens are exchanged.
    pub token: Url,
    /// Where the client's secret stands in what is sent there.
    pub secret: AuthType,
    /// Whether a renewal names the address that the code was brought back to.
    pub renews_with_redirect: bool,
    /// How a token is given back.
    pub revoke: Revoke,
}

/// How a provider takes a token back.
#[derive(Debug, Clone)]
pub enum Revoke {
    /// `DELETE applications/{client_id}/token` below the address of GitHub's REST API.
    GitHub {
        /// That address, with a slash at its end.
        api: Url,
    },
    /// A form with the token, sent to this address (RFC 7009).
    Form(Url),
    /// It does not: a token ends by itself.
    Never,
}

impl OAuthUrls {
    /// Those of a GitHub (docs.github.com, "Authorizing OAuth apps").
    ///
    /// # Panics
    /// When its address cannot have a path, as that of a mailbox.
    #[must_use]
    pub fn github(endpoints: &Endpoints) -> Self {
        Self {
            authorize: page(&endpoints.web, "login/oauth/authorize"),
            token: page(&endpoints.web, "login/oauth/access_token"),
            secret: AuthType::RequestBody,
            renews_with_redirect: false,
            revoke: Revoke::GitHub {
                api: endpoints.api.clone(),
            },
        }
    }

    /// Those of the GitLab with this web address, whose path ends with a slash (docs.gitlab.com,
    /// "OAuth 2.0 identity provider API").
    ///
    /// # Panics
    /// As [`github`](Self::github).
    #[must_use]
    pub fn gitlab(web: &Url) -> Self {
        Self {
            authorize: page(web, "oauth/authorize"),
            token: page(web, "oauth/token"),
            secret: AuthType::RequestBody,
            renews_with_redirect: true,
            revoke: Revoke::Form(page(web, "oauth/revoke")),
        }
    }

    /// Those of the Bitbucket Cloud with this web address, whose path ends with a slash
    /// (developer.atlassian.com, "OAuth 2.0" of Bitbucket Cloud). No way to give a token back is
    /// documented.
    ///
    /// # Panics
    /// As [`github`](Self::github).
    #[must_use]
    pub fn bitbucket(web: &Url) -> Self {
        Self {
            authorize: page(web, "site/oauth2/authorize"),
            token: page(web, "site/oauth2/access_token"),
            secret: AuthType::BasicAuth,
            renews_with_redirect: false,
            revoke: Revoke::Never,
        }
    }
}

fn page(web: &Url, path: &str) -> Url {
    web.join(path).expect("a web address has a path")
}

/// What somebody allowed this server to do in their name. It cannot be printed.
#[derive(Clone)]
pub struct Grant {
    /// The token for calls.
    pub access: SecretString,
    /// When the token ends; `None` when it does not end by itself.
    pub expires: Option<Timestamp>,
    /// What gets the next pair of tokens.
    pub refresh: Option<SecretString>,
    /// When that ends.
    pub refresh_expires: Option<Timestamp>,
    /// What was allowed.
    pub scopes: Vec<String>,
    /// The address to name when it is renewed, for a provider that wants it.
    pub redirect: Option<String>,
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grant(redacted)")
    }
}

/// An attempt to sign in that has just begun.
pub(super) struct Begun {
    /// The address to send the browser to.
    pub(super) address: String,
    /// What the provider sends back with it.
    pub(super) state: String,
    /// What only the one who began knows, to be shown with the code (RFC 7636).
    pub(super) verifier: SecretString,
}

type Client = oauth2::Client<
    BasicErrorResponse,
    StandardTokenResponse<Further, BasicTokenType>,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// This server as a client of one provider's OAuth. Cheap to clone.
#[derive(Clone)]
pub struct OAuth {
    client: Arc<Client>,
    options: Arc<OAuthOptions>,
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth")
            .field("client_id", &self.options.client_id)
            .field("urls", &self.options.urls)
            .finish_non_exhaustive()
    }
}

impl OAuth {
    /// A client of this provider.
    #[must_use]
    pub fn new(options: OAuthOptions) -> Self {
        let secret = options.client_secret.expose_secret().to_owned();
        let client = oauth2::Client::new(ClientId::new(options.client_id.clone()))
            .set_client_secret(ClientSecret::new(secret))
            .set_auth_uri(AuthUrl::from_url(options.urls.authorize.clone()))
            .set_token_uri(TokenUrl::from_url(options.urls.token.clone()))
            .set_auth_type(options.urls.secret.clone());
        Self {
            client: Arc::new(client),
            options: Arc::new(options),
        }
    }

    /// Begins an attempt whose end is `redirect`. The scope is sent wherever there is one: without it
    /// GitHub gives whatever the person once allowed.
    pub(super) fn authorize(&self, redirect: &str) -> Result<Begun, AuthError> {
        let [state, verifier] = [(); 2].map(|()| crate::random::text::<32>());
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let asked = self
            .client
            .authorize_url(|| CsrfToken::new(state.clone()))
            .set_pkce_challenge(challenge)
            .set_redirect_uri(Cow::Owned(redirect_url(redirect)?));
        let scope = Some(self.options.scope.as_str()).filter(|scope| !scope.is_empty());
        let (address, _) = scope
            .into_iter()
            .fold(asked, |asked, scope| asked.add_extra_param("scope", scope))
            .url();
        Ok(Begun {
            address: address.into(),
            state,
            verifier: verifier.into(),
        })
    }

    /// Whether an issuer that the provider named (RFC 9207) can be this one. Its path is left
    /// aside, since none of these providers documents it.
    pub(super) fn is_issuer(&self, issuer: &str) -> bool {
        Url::parse(issuer).is_ok_and(|url| url.origin() == self.options.urls.authorize.origin())
    }
}

fn redirect_url(redirect: &str) -> Result<RedirectUrl, AuthError> {
    RedirectUrl::new(redirect.to_owned())
        .map_err(|_| unavailable("The address of this server is no web address.").into())
}

fn unavailable(reason: &str) -> ProviderError {
    ProviderError::Unavailable {
        reason: reason.to_owned(),
        source: None,
    }
}
