//! Codes and refresh tokens become grants.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;
use oauth2::basic::{BasicErrorResponse, BasicTokenType};
use oauth2::{
    AuthorizationCode, HttpRequest, HttpResponse, PkceCodeVerifier, RefreshToken,
    RequestTokenError, StandardTokenResponse, TokenResponse as _,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::quirks::{Further, mended, scopes};
use super::{Grant, OAuth, redirect_url, unavailable};
use crate::auth::error::AuthError;
use crate::provider::ProviderError;
use crate::provider::outgoing::{Call, CallError, Repeat, wait_of};

/// The longest error code that is passed on, in bytes.
const ERROR_MAX: usize = 64;

impl OAuth {
    /// Exchanges the code of an attempt, once.
    pub(in super::super) async fn exchange(
        &self,
        code: &str,
        verifier: &SecretString,
        redirect: &str,
    ) -> Result<Grant, AuthError> {
        let verifier = PkceCodeVerifier::new(verifier.expose_secret().to_owned());
        let answer = self
            .client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(verifier)
            .set_redirect_uri(Cow::Owned(redirect_url(redirect)?))
            .request_async(&|request| self.clone().send(request))
            .await;
        let named = self.options.urls.renews_with_redirect;
        Ok(Grant {
            redirect: named.then(|| redirect.to_owned()),
            ..self.grant(&answer.map_err(told)?)?
        })
    }

    /// Exchanges the refresh token of a grant. At some providers it is good once: then the old pair
    /// of tokens is dead, and the new one must be kept before anything else. Others keep it.
    pub(in super::super) async fn refresh(
        &self,
        old: &SecretString,
        redirect: Option<&str>,
    ) -> Result<Grant, AuthError> {
        let token = RefreshToken::new(old.expose_secret().to_owned());
        let asked = self.client.exchange_refresh_token(&token);
        let answer = redirect
            .into_iter()
            .fold(asked, |asked, at| asked.add_extra_param("redirect_uri", at))
            .request_async(&|request| self.clone().send(request))
            .await;
        let grant = self.grant(&answer.map_err(told)?)?;
        Ok(Grant {
            refresh: grant.refresh.or_else(|| Some(old.clone())),
            redirect: redirect.map(str::to_owned),
            ..grant
        })
    }

    /// It takes itself whole, so that the future of a call borrows nothing.
    async fn send(self, request: HttpRequest) -> Result<HttpResponse, ProviderError> {
        let (parts, body) = request.into_parts();
        let call = Call {
            method: parts.method,
            url: self.options.urls.token.clone(),
            headers: parts.headers,
            body: body.into(),
            repeat: Repeat::Never,
        };
        let answer = self.options.outgoing.send(call).await.map_err(unanswered)?;
        let now = self.options.clock.now();
        if let Some(until) = wait_of(answer.status, &answer.headers, now) {
            return Err(ProviderError::RateLimited { until });
        }
        if answer.status.is_redirection() || answer.status.is_server_error() {
            let reason = format!(
                "Its sign-in answered with status {}.",
                answer.status.as_u16()
            );
            return Err(unavailable(&reason));
        }
        Ok(mended(answer))
    }

    fn grant(
        &self,
        answer: &StandardTokenResponse<Further, BasicTokenType>,
    ) -> Result<Grant, AuthError> {
        if answer.access_token().secret().is_empty() {
            return Err(unavailable("Its sign-in gave no token.").into());
        }
        let now = self.options.clock.now();
        let further = answer.extra_fields();
        let granted = answer
            .scopes()
            .into_iter()
            .flatten()
            .map(|scope| scope.as_str());
        let granted = granted.chain(further.scopes.as_deref());
        Ok(Grant {
            access: answer.access_token().secret().as_str().into(),
            expires: answer.expires_in().map(|life| after(now, life)),
            refresh: answer
                .refresh_token()
                .map(|token| token.secret().as_str().into()),
            refresh_expires: further
                .refresh_token_expires_in
                .map(|life| after(now, Duration::from_secs(life))),
            scopes: granted.flat_map(scopes).collect(),
            redirect: None,
        })
    }
}

pub(super) fn after(now: Timestamp, life: Duration) -> Timestamp {
    now.saturating_add(life)
        .expect("a std duration saturates in every direction")
}

/// What is not understood may hold a token, so that none of it is kept.
fn told(error: RequestTokenError<ProviderError, BasicErrorResponse>) -> AuthError {
    match error {
        RequestTokenError::Request(error) => error.into(),
        RequestTokenError::ServerResponse(answer) => {
            let error = code(answer.error().as_ref());
            tracing::warn!(error, "the provider gave no tokens");
            AuthError::Denied { error }
        }
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            unavailable("Its sign-in gave an answer that cannot be understood.").into()
        }
    }
}

/// An error code as this server passes it on: what is in it goes into pages and logs.
pub(in super::super) fn code(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_lowercase() || b == b'_';
    if !text.is_empty() && text.len() <= ERROR_MAX && text.bytes().all(plain) {
        text.to_owned()
    } else {
        "unknown_error".to_owned()
    }
}

pub(super) fn unanswered(error: CallError) -> ProviderError {
    match error {
        CallError::NotSent { ref reason, .. } | CallError::Lost { ref reason, .. } => {
            ProviderError::Unavailable {
                reason: reason.clone(),
                source: Some(error.into()),
            }
        }
        CallError::TooLarge => ProviderError::TooLarge,
        CallError::Resting { until } => ProviderError::Resting { until },
        CallError::Waiting { until } => ProviderError::RateLimited { until },
    }
}
