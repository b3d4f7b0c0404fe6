//! The session of a browser: begun with a one-time code, kept in a cookie that no script can read.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::allowance::Allowed;
use super::super::error::ApiError;
use super::super::extract::{Json, SignedIn};
use super::super::openapi::{AnyRefusals, BodyRefusals, ProblemAnswer, SignedInRefusals};
use super::super::origin::Origin;
use super::super::sessions::Browser;
use super::Answer;
use super::sign_in::{browser_of, signed_in};
use crate::app::App;
use crate::auth::Session;

/// Who is signed in.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Who {
    /// Where: `local`, `github`, `gitlab` or `bitbucket`.
    #[schema(example = "local")]
    provider: &'static str,
    /// As whom.
    #[schema(example = "ada")]
    username: String,
}

impl From<Session> for Answer<Who> {
    fn from(session: Session) -> Self {
        Self::new(Who {
            provider: session.identity.provider.as_str(),
            username: session.identity.username,
        })
    }
}

/// What a sign-in has ended with.
#[derive(Deserialize, ToSchema)]
pub(in super::super) struct Ended {
    /// The code that the browser was led back to the app with.
    #[schema(example = "not-a-code")]
    code: String,
}

/// Begins a browser's session with the code of a sign-in, which is good once. The session that this
/// browser had before ends.
#[utoipa::path(post, path = "/api/session", tag = "sign in", request_body = Ended,
    responses((status = 200, description = "Who is signed in now", body = Answer<Who>,
            headers(("Set-Cookie" = String, description = "The session"))),
        (status = 401, response = ProblemAnswer), (status = 403, response = ProblemAnswer),
        (status = 429, response = ProblemAnswer), (status = 502, response = ProblemAnswer), BodyRefusals))]
pub(in super::super) async fn begin(
    State(app): State<Arc<App>>,
    _: Allowed,
    browser: Browser,
    origin: Origin,
    headers: HeaderMap,
    Json(Ended { code }): Json<Ended>,
) -> Result<Response<Body>, ApiError> {
    let before = browser.sign_in().await?;
    let name = browser_of(&headers, &origin);
    let session = app.authority.open(&code, name).await;
    let session = session.map_err(ApiError::refused_code)?;
    let cookie = browser.stand_for(&session.id).await?;
    if let Some(before) = before {
        app.authority.sign_out(&before).await?;
    }
    signed_in(&session);
    Ok(([(SET_COOKIE, cookie)], Answer::<Who>::from(session)).into_response())
}

/// Tells who is signed in.
#[utoipa::path(get, path = "/api/session", tag = "sign in", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "Who is signed in", body = Answer<Who>), SignedInRefusals))]
pub(in super::super) async fn show(SignedIn { session, .. }: SignedIn) -> Answer<Who> {
    session.into()
}

/// Signs this browser out, at once and everywhere. Whoever is not signed in stays so.
#[utoipa::path(delete, path = "/api/session", tag = "sign in",
    responses((status = 204, description = "Nobody is signed in here"),
        (status = 403, response = ProblemAnswer), AnyRefusals))]
pub(in super::super) async fn end(
    State(app): State<Arc<App>>,
    browser: Browser,
) -> Result<Response<Body>, ApiError> {
    if let Some(sign_in) = browser.sign_in().await? {
        // It may have ended already, and then nobody knows any more whose it was.
        let who = app.authority.session_of(&sign_in).await.ok();
        app.authority.sign_out(&sign_in).await?;
        let (user, provider) = who
            .map(|who| (who.identity.username, who.identity.provider.as_str()))
            .unzip();
        tracing::info!(target: "audit", user, provider, sign_in = sign_in.as_str(), "signed out");
    }
    let cookie = browser.end().await?;
    let no_store = axum::http::HeaderValue::from_static("no-store");
    let headers = [(SET_COOKIE, cookie), (CACHE_CONTROL, no_store)];
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}
