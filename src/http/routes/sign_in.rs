//! Signing in and out. The three calls of Threat Dragon's flow, and the password of accounts.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse as _;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::error::ApiError;
use super::super::extract::{Json, Query, SignedIn, path};
use super::super::openapi::{AnyRefusals, BodyRefusals, ProblemAnswer, Refusals, SignedInRefusals};
use super::super::turns::Turns;
use super::Answer;
use super::about::origin;
use crate::app::App;
use crate::auth::local::People;
use crate::auth::{AuthError, Authority, CODE_LIFETIME, ProviderId, Tokens};

/// Names the browser that typed the password, so that the code is of no use in another one.
const BROWSER_COOKIE: &str = "wyvern-sign-in";
const CODE_MAX: usize = 512;

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

/// Begins a sign-in: answers the address to send the browser to. The local provider's owner is
/// sent straight back with a code; people with accounts are sent to the page that asks for a
/// password.
#[utoipa::path(get, path = "/api/login/{provider}", tag = "sign in",
    params(("provider" = String, Path, example = "local")),
    responses((status = 200, description = "The address to send the browser to", body = Answer<String>),
        (status = 404, response = ProblemAnswer), Refusals))]
pub(in super::super) async fn login(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<Answer<String>, ApiError> {
    let (mut parts, body) = request.into_parts();
    let [name] = path(&mut parts, &app, ["provider"]).await?;
    let people = people(&app, &name)?;
    let origin = origin(&app, &Request::from_parts(parts, body));
    Ok(Answer::new(match people.owner() {
        Some(owner) => return_address(&origin, &app.authority.code(owner, None).await?),
        None => format!("{origin}/#/sign-in/local"),
    }))
}

/// Who signs in with a password.
#[derive(Deserialize, ToSchema)]
pub(in super::super) struct Credentials {
    username: String,
    #[schema(value_type = String, format = Password)]
    password: SecretString,
}

/// Signs in to the local provider with a password: answers the address to send the browser to. Its
/// code is good in this browser only.
#[utoipa::path(post, path = "/api/login/{provider}", tag = "sign in",
    params(("provider" = String, Path, example = "local")), request_body = Credentials,
    responses((status = 200, description = "The address to send the browser to", body = Answer<String>),
        (status = 401, response = ProblemAnswer),
        (status = 404, response = ProblemAnswer), (status = 429, response = ProblemAnswer), BodyRefusals))]
pub(in super::super) async fn login_with_password(
    State(app): State<Arc<App>>,
    Extension(turns): Extension<Turns>,
    request: Request,
) -> Result<Response<Body>, ApiError> {
    let (mut parts, body) = request.into_parts();
    let [name] = path(&mut parts, &app, ["provider"]).await?;
    people(&app, &name)?;
    let request = Request::from_parts(parts, body);
    let origin = origin(&app, &request);
    let Json(credentials) = Json::from_request(request, &app).await?;
    let identity = verify(&app, &turns, name, credentials).await?;
    let browser = Authority::browser_name();
    let code = app.authority.code(identity, Some(browser.clone())).await?;
    let answer = Answer::new(return_address(&origin, &code));
    Ok(([(SET_COOKIE, cookie(&app, &browser))], answer).into_response())
}

/// Where a provider sends the browser back to: leads to the browser app, which exchanges the code.
#[utoipa::path(get, path = "/api/oauth/return", tag = "sign in", params(CodeQuery),
    responses((status = 302, description = "To the browser app"), Refusals))]
pub(in super::super) async fn oauth_return(
    Query(query): Query<CodeQuery>,
) -> Result<Response<Body>, ApiError> {
    let target = format!("/#/oauth-return?code={}", query.code()?);
    Ok((StatusCode::FOUND, [(LOCATION, target)]).into_response())
}

/// Exchanges a code for tokens. A code is good once, for ten minutes.
#[utoipa::path(get, path = "/api/oauth/{provider}", tag = "sign in",
    params(("provider" = String, Path, example = "local"), CodeQuery),
    responses((status = 200, description = "The tokens", body = Answer<TokenPair>), (status = 401, response = ProblemAnswer),
        (status = 404, response = ProblemAnswer), Refusals))]
pub(in super::super) async fn oauth(
    State(app): State<Arc<App>>,
    Query(query): Query<CodeQuery>,
    request: Request,
) -> Result<Answer<TokenPair>, ApiError> {
    let (mut parts, _) = request.into_parts();
    let [name] = path(&mut parts, &app, ["provider"]).await?;
    people(&app, &name)?;
    let browser = browser_of(&parts.headers);
    let tokens = app
        .authority
        .exchange(ProviderId::Local, query.code()?, browser.as_deref())
        .await;
    let refused = "This sign-in link has been used, is too old, or belongs to another browser. \
                   Sign in again.";
    tokens
        .map(Into::into)
        .map_err(|error| or_refused(error, refused))
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Renewal {
    refresh_token: String,
}

/// Renews a sign-in, whatever the state of its access token. The refresh token is used up: the
/// answer holds the next one. One that is shown twice ends the sign-in.
#[utoipa::path(post, path = "/api/token/refresh", tag = "sign in", request_body = Renewal,
    responses((status = 200, description = "The tokens", body = Answer<TokenPair>), (status = 401, response = ProblemAnswer), BodyRefusals))]
pub(in super::super) async fn refresh(
    State(app): State<Arc<App>>,
    Json(renewal): Json<Renewal>,
) -> Result<Answer<TokenPair>, ApiError> {
    let refused = "Your sign-in has ended. Sign in again.";
    let tokens = app.authority.refresh(&renewal.refresh_token).await;
    tokens
        .map(Into::into)
        .map_err(|error| or_refused(error, refused))
}

/// Signs out: the access token and the refresh token of this sign-in are refused from now on.
#[utoipa::path(post, path = "/api/logout", tag = "sign in", security(("bearer" = [])),
    responses((status = 200, description = "Signed out", body = Answer<String>), SignedInRefusals))]
pub(in super::super) async fn logout(
    State(app): State<Arc<App>>,
    SignedIn { session, .. }: SignedIn,
) -> Result<Answer<&'static str>, ApiError> {
    app.authority.sign_out(&session.id).await?;
    tracing::info!(target: "audit", user = session.identity.username, "signed out");
    Ok(Answer::new(""))
}

/// Changes nothing and always succeeds, for clients that have nothing to sign out of.
#[utoipa::path(get, path = "/api/logout", tag = "sign in",
    responses((status = 200, description = "Nothing was done", body = Answer<String>), AnyRefusals))]
pub(in super::super) async fn logout_of_nothing() -> Answer<&'static str> {
    Answer::new("")
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct CodeQuery {
    /// The code that the sign-in ended with.
    #[param(required = true)]
    code: Option<String>,
}

impl CodeQuery {
    /// The code. It goes into an address, so nothing but the characters of codes may be in it.
    fn code(&self) -> Result<&str, ApiError> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        self.code
            .as_deref()
            .filter(|code| !code.is_empty() && code.len() <= CODE_MAX && code.bytes().all(plain))
            .ok_or_else(|| ApiError::BadRequest("\"code\" is missing or not a code.".to_owned()))
    }
}

/// What is refused here is told in these words.
fn or_refused(error: AuthError, why: &'static str) -> ApiError {
    match error {
        AuthError::Refused => ApiError::SignInRefused(why),
        other => other.into(),
    }
}

fn people<'a>(app: &'a App, name: &str) -> Result<&'a People, ApiError> {
    let unknown = || ApiError::UnknownProvider(name.chars().take(80).collect());
    match ProviderId::parse(name).ok_or_else(unknown)? {
        ProviderId::Local => app.people.as_ref().ok_or_else(unknown),
        ProviderId::GitHub => Err(unknown()),
    }
}

/// Checks a password on a blocking thread, for that takes some 20 ms of computing by design. The
/// turn goes with it: a client that leaves does not end the work.
async fn verify(
    app: &Arc<App>,
    turns: &Turns,
    provider: String,
    Credentials { username, password }: Credentials,
) -> Result<crate::auth::Identity, ApiError> {
    let (app, now) = (Arc::clone(app), app.clock.now());
    let turn = turns.take().await.ok_or(ApiError::SignInBusy)?;
    let verified = tokio::task::spawn_blocking(move || {
        let verified = people(&app, &provider)?.verify(&username, &password, now);
        drop(turn);
        let signed_in = verified.is_ok();
        tracing::info!(target: "audit", user = username, signed_in, "password");
        verified.map_err(|refused| ApiError::refused(refused, now))
    });
    verified.await.unwrap_or(Err(ApiError::Internal))
}

fn return_address(origin: &str, code: &str) -> String {
    format!("{origin}/api/oauth/return?code={code}")
}

fn cookie(app: &App, browser: &str) -> HeaderValue {
    let https = app
        .settings
        .server
        .public_url
        .as_ref()
        .is_some_and(|u| u.starts_with("https://"));
    let (secure, age) = (if https { "; Secure" } else { "" }, CODE_LIFETIME.as_secs());
    let cookie = format!(
        "{BROWSER_COOKIE}={browser}; Path=/api/oauth; Max-Age={age}; HttpOnly; SameSite=Strict{secure}"
    );
    HeaderValue::from_str(&cookie).expect("a drawn name is letters, digits, - and _")
}

fn browser_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|c| c.trim().split_once('='));
    pairs
        .find(|(name, _)| *name == BROWSER_COOKIE)
        .map(|(_, value)| value.to_owned())
}
