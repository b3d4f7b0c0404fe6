//! The tokens of a sign-in, for programs and Threat Dragon's app: renewing them, and signing out.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::allowance::MayRenew;
use super::super::error::ApiError;
use super::super::extract::{Json, SignedIn};
use super::super::openapi::{AnyRefusals, BodyRefusals, ProblemAnswer, SignedInRefusals};
use super::Answer;
use crate::app::App;
use crate::auth::{AuthError, Tokens};

/// The tokens of a sign-in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct TokenPair {
    /// A JWT to be sent as `Authorization: Bearer`. Its body has `user.username`.
    access_token: String,
    /// An opaque handle, good for one `POST /api/token/refresh`.
    refresh_token: String,
}

impl From<Tokens> for Answer<TokenPair> {
    fn from(tokens: Tokens) -> Self {
        let Tokens { access, refresh } = tokens;
        Self::new(TokenPair {
            access_token: access,
            refresh_token: refresh,
        })
    }
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Renewal {
    refresh_token: String,
}

/// Renews a sign-in, whatever the state of its access token. The refresh token is used up: the
/// answer holds the next one. For ten seconds more it gets that same one, for an answer may be lost;
/// one that is shown later ends the sign-in. A sign-in is renewed for 90 days at most.
#[utoipa::path(post, path = "/api/token/refresh", tag = "sign in", request_body = Renewal,
    responses((status = 200, description = "The tokens", body = Answer<TokenPair>),
        (status = 401, response = ProblemAnswer), (status = 403, response = ProblemAnswer),
        (status = 429, response = ProblemAnswer), (status = 502, response = ProblemAnswer), BodyRefusals))]
pub(in super::super) async fn refresh(
    State(app): State<Arc<App>>,
    _: MayRenew,
    Json(renewal): Json<Renewal>,
) -> Result<Answer<TokenPair>, ApiError> {
    let tokens = app.refresh(&renewal.refresh_token).await;
    let refused = "Your sign-in has ended. Sign in again.";
    let tokens = tokens.map_err(|error| match error {
        AuthError::Refused => ApiError::SignInRefused(refused),
        error => error.into(),
    })?;
    // The old handle is used up: whatever happens now, the caller gets the new one.
    let session = app.authority.session(&tokens.access).await;
    let (user, provider) = session
        .map(|session| {
            (
                session.identity.username,
                session.identity.provider.as_str(),
            )
        })
        .ok()
        .unzip();
    tracing::info!(target: "audit", user, provider, "renewed");
    Ok(tokens.into())
}

/// Signs out: the access token and the refresh token of this sign-in are refused from now on, and a
/// provider's own token is given back to it.
#[utoipa::path(post, path = "/api/logout", tag = "sign in", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "Signed out", body = Answer<String>), SignedInRefusals))]
pub(in super::super) async fn logout(
    State(app): State<Arc<App>>,
    SignedIn { session, .. }: SignedIn,
) -> Result<Answer<&'static str>, ApiError> {
    app.authority.sign_out(&session.id).await?;
    let identity = &session.identity;
    tracing::info!(target: "audit", user = identity.username, provider = %identity.provider, "signed out");
    Ok(Answer::new(""))
}

/// Changes nothing and always succeeds, for clients that have nothing to sign out of.
#[utoipa::path(get, path = "/api/logout", tag = "sign in",
    responses((status = 200, description = "Nothing was done", body = Answer<String>), AnyRefusals))]
pub(in super::super) async fn logout_of_nothing() -> Answer<&'static str> {
    Answer::new("")
}
