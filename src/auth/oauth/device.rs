//! The device grant (RFC 8628): a program at a terminal is allowed in any browser.
//!
//! It needs no secret, only the client id of an application that allows it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use oauth2::basic::{BasicClient, BasicErrorResponse, BasicTokenResponse};
use oauth2::{
    AuthType, ClientId, DeviceAuthorizationUrl, DeviceCodeErrorResponse, HttpRequest, HttpResponse,
    RequestTokenError, Scope, StandardDeviceAuthorizationResponse, TokenResponse as _, TokenUrl,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use thiserror::Error;
use url::Url;

use super::exchange::{after, code, unanswered};
use super::page;
use super::quirks::{mended, scopes};
use crate::clock::Clock;
use crate::provider::ProviderError;
use crate::provider::github::Endpoints;
use crate::provider::outgoing::{Call, Outgoing, Repeat};

/// The shortest time between two questions, whatever the server says.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);

/// Why a program was not allowed.
#[derive(Debug, Error)]
pub enum DeviceError {
    /// The application's owner has not switched the device flow on.
    #[error(
        "the application does not allow this way of signing in; its owner has to switch on \
         \"Enable Device Flow\" in its settings"
    )]
    Disabled,
    /// No application has this client id.
    #[error("no application has this client id there; look it up in the application's settings")]
    UnknownClient,
    /// The person has said no.
    #[error("permission was not given")]
    Denied,
    /// Nobody has typed the code in time.
    #[error("the code is too old; begin again")]
    Expired,
    /// The server cannot be asked. It may be asked again.
    #[error("{0}")]
    Unreachable(ProviderError),
    /// The server has answered something else.
    #[error("the server's answer is not understood: {0}")]
    Odd(String),
}

/// Where a host is asked for a code, for the token that it leads to, and whose that is.
#[derive(Debug, Clone)]
pub struct DeviceUrls {
    code: Url,
    token: Url,
    user: Url,
}

impl DeviceUrls {
    /// Those of the GitHub with this web address (docs.github.com, "Authorizing OAuth apps").
    ///
    /// # Panics
    /// When it cannot have a path, as that of a mailbox.
    #[must_use]
    pub fn github(web: &Url) -> Self {
        let Endpoints { web, api, .. } = Endpoints::of(web);
        Self {
            code: page(&web, "login/device/code"),
            token: page(&web, "login/oauth/access_token"),
            user: page(&api, "user"),
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
            code: page(web, "oauth/authorize_device"),
            token: page(web, "oauth/token"),
            user: page(web, "api/v4/user"),
        }
    }
}

/// This program as a client of one host's device grant.
#[derive(Debug, Clone)]
pub struct Device {
    client_id: String,
    scope: String,
    urls: DeviceUrls,
    outgoing: Outgoing,
    clock: Arc<dyn Clock>,
}

/// A code that waits to be typed.
#[derive(Debug)]
pub struct Asked(StandardDeviceAuthorizationResponse);

impl Asked {
    /// What the person types.
    #[must_use]
    pub fn code(&self) -> &str {
        self.0.user_code().secret()
    }

    /// The page to type it into.
    #[must_use]
    pub fn page(&self) -> &str {
        self.0.verification_uri()
    }
}

/// What the person has allowed. It cannot be printed.
pub struct Allowed {
    /// For calls in their name.
    pub token: SecretString,
    /// What they allowed; empty for a GitHub App, which has permissions instead.
    pub scopes: Vec<String>,
    /// When the token ends; `None` when it does not end by itself.
    pub until: Option<Timestamp>,
}

impl fmt::Debug for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Allowed(redacted)")
    }
}

impl Device {
    /// A client of this host. `scope` has spaces between its words.
    #[must_use]
    pub fn new(
        client_id: String,
        scope: String,
        urls: DeviceUrls,
        outgoing: Outgoing,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            client_id,
            scope,
            urls,
            outgoing,
            clock,
        }
    }

    /// Asks for a code.
    ///
    /// # Errors
    /// [`DeviceError`].
    pub async fn ask(&self) -> Result<Asked, DeviceError> {
        let page = DeviceAuthorizationUrl::from_url(self.urls.code.clone());
        let scopes = scopes(&self.scope).map(Scope::new);
        BasicClient::new(ClientId::new(self.client_id.clone()))
            .set_auth_type(AuthType::RequestBody)
            .set_device_authorization_url(page)
            .exchange_device_code()
            .add_scopes(scopes)
            .request_async(&|request| self.clone().send(request))
            .await
            .map(Asked)
            .map_err(|error| {
                told(error, |answer: &BasicErrorResponse| {
                    answer.error().as_ref().to_owned()
                })
            })
    }

    /// Asks again and again whether the code was typed, `sleep`ing as long as the server wants in
    /// between; a server that does not answer is asked more seldom. When the code ends is told by
    /// the server, and by the crate's own look at the machine's clock.
    ///
    /// # Errors
    /// [`DeviceError`].
    pub async fn wait<S, F>(&self, asked: &Asked, sleep: S) -> Result<Allowed, DeviceError>
    where
        S: Fn(Duration) -> F + Send + Sync,
        F: Future<Output = ()> + Send,
    {
        let answer: BasicTokenResponse = BasicClient::new(ClientId::new(self.client_id.clone()))
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(TokenUrl::from_url(self.urls.token.clone()))
            .exchange_device_access_token(&asked.0)
            .request_async(
                &|request| self.clone().send(request),
                |interval: Duration| sleep(interval.max(SHORTEST_INTERVAL)),
                None,
            )
            .await
            .map_err(|error| {
                told(error, |answer: &DeviceCodeErrorResponse| {
                    answer.error().as_ref().to_owned()
                })
            })?;
        let granted = answer.scopes().into_iter().flatten();
        let now = self.clock.now();
        Ok(Allowed {
            token: answer.access_token().secret().as_str().into(),
            scopes: granted.flat_map(|scope| scopes(scope)).collect(),
            until: answer.expires_in().map(|life| after(now, life)),
        })
    }

    /// Whose token this is.
    ///
    /// # Errors
    /// [`DeviceError`].
    pub async fn login_of(&self, token: &SecretString) -> Result<String, DeviceError> {
        #[derive(Deserialize)]
        struct User {
            #[serde(alias = "username")]
            login: String,
        }
        let odd = |what: &str| DeviceError::Odd(what.to_owned());
        let bearer = format!("Bearer {}", token.expose_secret());
        let mut bearer = HeaderValue::try_from(bearer).map_err(|_| odd("no token"))?;
        bearer.set_sensitive(true);
        let accept = HeaderValue::from_static("application/json");
        let call = Call {
            method: Method::GET,
            url: self.urls.user.clone(),
            headers: HeaderMap::from_iter([(AUTHORIZATION, bearer), (ACCEPT, accept)]),
            body: Vec::new().into(),
            repeat: Repeat::Safe,
        };
        let answer = self.outgoing.send(call).await;
        let answer = answer.map_err(|error| DeviceError::Unreachable(unanswered(error)))?;
        if answer.status != StatusCode::OK {
            return Err(odd(&format!("status {}", answer.status.as_u16())));
        }
        let user: Result<User, _> = serde_json::from_slice(&answer.body);
        user.map(|user| user.login).map_err(|_| odd("no login"))
    }

    /// It takes itself whole, so that the future of a call borrows nothing.
    async fn send(self, request: HttpRequest) -> Result<HttpResponse, ProviderError> {
        let (parts, body) = request.into_parts();
        let unreachable = |reason: String| ProviderError::Unavailable {
            reason,
            source: None,
        };
        let url = parts.uri.to_string().parse();
        let call = Call {
            method: parts.method,
            url: url.map_err(|_| unreachable("Its address is wrong.".to_owned()))?,
            headers: parts.headers,
            body: body.into(),
            repeat: Repeat::Never,
        };
        let answer = self.outgoing.send(call).await.map_err(unanswered)?;
        if answer.status.is_redirection() || answer.status.is_server_error() {
            let status = answer.status.as_u16();
            return Err(unreachable(format!(
                "Its sign-in answered with status {status}."
            )));
        }
        Ok(mended(answer))
    }
}

/// What is not understood may hold a token, so that none of it is told.
fn told<T: oauth2::ErrorResponse>(
    error: RequestTokenError<ProviderError, T>,
    name: impl Fn(&T) -> String,
) -> DeviceError {
    match error {
        RequestTokenError::Request(error) => DeviceError::Unreachable(error),
        RequestTokenError::ServerResponse(answer) => match name(&answer).as_str() {
            "device_flow_disabled" => DeviceError::Disabled,
            "access_denied" => DeviceError::Denied,
            "expired_token" => DeviceError::Expired,
            // GitHub has the first two for a client id that it does not know, RFC 6749 the third.
            "Not Found" | "incorrect_client_credentials" | "invalid_client" => {
                DeviceError::UnknownClient
            }
            other => DeviceError::Odd(code(other)),
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            DeviceError::Odd("no code and no token".to_owned())
        }
    }
}
