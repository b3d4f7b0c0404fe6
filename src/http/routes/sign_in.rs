//! Signing in, by the calls of Threat Dragon's flow: to a provider's page and back, or with the
//! password of an account.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse as _;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::super::allowance::Allowed;
use super::super::cookies::Cookie;
use super::super::error::ApiError;
use super::super::extract::{Json, ProviderAt, Query};
use super::super::openapi::{BodyRefusals, PageRefusals, ProblemAnswer, Refusals};
use super::super::origin::Origin;
use super::super::pages::Page;
use super::super::peer::{Client, FromHere};
use super::super::turns::Turns;
use super::Answer;
use super::tokens::TokenPair;
use crate::app::App;
use crate::auth::local::People;
use crate::auth::{Authority, CODE_LIFETIME, Identity, ProviderId, Returned, Session};

/// Names the browser that began, so that a code is of no use in another one.
const BROWSER_COOKIE: &str = "wyvern-sign-in";
const RETURN: &str = "/api/oauth/return";
const CODE_MAX: usize = 512;
/// How long the codes are that this server gives.
const OWN_CODE: usize = 43;

/// Begins a sign-in: answers the address to send the browser to, which is the provider's page. The
/// local provider's owner, on the server's own machine, is sent straight back with a code; people
/// with accounts are sent to the page that asks for a password. What comes back is good in this
/// browser only.
#[utoipa::path(get, path = "/api/login/{provider}", tag = "sign in",
    params(("provider" = String, Path, example = "local")),
    responses((status = 200, description = "The address to send the browser to", body = Answer<String>),
        (status = 403, response = ProblemAnswer), (status = 404, response = ProblemAnswer),
        (status = 429, response = ProblemAnswer), (status = 502, response = ProblemAnswer), Refusals))]
pub(in super::super) async fn login(
    State(app): State<Arc<App>>,
    _: Allowed,
    ProviderAt(provider): ProviderAt,
    origin: Origin,
    here: FromHere,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    if provider == ProviderId::Local {
        return Ok(Answer::new(local_address(&app, &origin, here).await?).into_response());
    }
    let cookie = browser_cookie(&origin);
    // Several tabs of a browser may be on their way at once, under its one name.
    let known = cookie.read(&headers).filter(|name| is_own(name));
    let browser = known.map_or_else(Authority::browser_name, ToOwned::to_owned);
    let back = return_address(&origin, provider);
    let address = app.authority.begin(provider, &browser, &back).await?;
    tracing::info!(target: "audit", %provider, "sign-in begun");
    let cookie = cookie.holding(&browser, CODE_LIFETIME);
    Ok(([(SET_COOKIE, cookie)], Answer::new(address)).into_response())
}

/// Where the local provider's people go to sign in. The owner shows no password, so that being on
/// this machine is what shows who they are.
async fn local_address(
    app: &App,
    origin: &Origin,
    FromHere(here): FromHere,
) -> Result<String, ApiError> {
    Ok(match people(app)?.owner() {
        Some(_) if !here => return Err(ApiError::OwnerElsewhere),
        Some(owner) => {
            let code = app.authority.code(owner, None).await?;
            format!("{}?code={code}", return_address(origin, ProviderId::Local))
        }
        None => format!("{}/#/sign-in/local", origin.0),
    })
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
        (status = 401, response = ProblemAnswer), (status = 403, response = ProblemAnswer),
        (status = 404, response = ProblemAnswer), (status = 429, response = ProblemAnswer), BodyRefusals))]
pub(in super::super) async fn login_with_password(
    State(app): State<Arc<App>>,
    _: Allowed,
    ProviderAt(provider): ProviderAt,
    origin: Origin,
    client: Client,
    Extension(turns): Extension<Turns>,
    request: Request,
) -> Result<Response<Body>, ApiError> {
    if provider != ProviderId::Local {
        return Err(unknown(provider));
    }
    people(&app)?;
    let Json(credentials) = Json::from_request(request, &app).await?;
    let identity = verify(&app, &turns, client, credentials).await?;
    let browser = Authority::browser_name();
    let code = app.authority.code(identity, Some(browser.clone())).await?;
    let address = format!("{}?code={code}", return_address(&origin, provider));
    let cookie = browser_cookie(&origin).holding(&browser, CODE_LIFETIME);
    Ok(([(SET_COOKIE, cookie)], Answer::new(address)).into_response())
}

/// Where GitHub sends the browser back to, and the local provider. A provider's code is exchanged
/// here and now, and the browser is led to the app with a code of this server's. What went wrong is
/// told on a page.
#[utoipa::path(get, path = "/api/oauth/return", tag = "sign in", params(ReturnQuery),
    responses((status = 303, description = "To the browser app"), PageRefusals))]
pub(in super::super) async fn oauth_return(
    State(app): State<Arc<App>>,
    allowed: Result<Allowed, ApiError>,
    origin: Origin,
    query: Result<Query<ReturnQuery>, ApiError>,
    headers: HeaderMap,
) -> Result<Response<Body>, Page> {
    allowed?;
    let Query(query) = query?;
    let code = match query.own_code() {
        Some(code) => code.to_owned(),
        None => come_back(&app, &origin, RETURN, query, &headers).await?,
    };
    Ok(to_the_app(&code))
}

/// Where each other provider sends the browser back to: an address of its own, so that what belongs
/// to one is not taken for another's.
#[utoipa::path(get, path = "/api/oauth/return/{provider}", tag = "sign in",
    params(("provider" = String, Path, example = "gitlab"), ReturnQuery),
    responses((status = 303, description = "To the browser app"), PageRefusals))]
pub(in super::super) async fn oauth_return_of(
    State(app): State<Arc<App>>,
    allowed: Result<Allowed, ApiError>,
    provider: Result<ProviderAt, ApiError>,
    origin: Origin,
    query: Result<Query<ReturnQuery>, ApiError>,
    headers: HeaderMap,
) -> Result<Response<Body>, Page> {
    allowed?;
    let (ProviderAt(provider), Query(query)) = (provider?, query?);
    let path = format!("{RETURN}/{provider}");
    let code = come_back(&app, &origin, &path, query, &headers).await?;
    Ok(to_the_app(&code))
}

fn to_the_app(code: &str) -> Response<Body> {
    let target = format!("/#/oauth-return?code={code}");
    let headers = [(LOCATION, target), (CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}

async fn come_back(
    app: &App,
    origin: &Origin,
    path: &str,
    query: ReturnQuery,
    headers: &HeaderMap,
) -> Result<String, ApiError> {
    let browser = browser_of(headers, origin);
    let returned = query.at(format!("{}{path}", origin.0));
    let completed = app.authority.complete(browser, returned).await;
    match &completed {
        Ok(_) => tracing::info!(target: "audit", "sign-in completed at the provider"),
        Err(why) => tracing::info!(target: "audit", %why, "sign-in refused"),
    }
    Ok(completed?)
}

/// Exchanges a code for tokens. A code is good once, for ten minutes.
#[utoipa::path(get, path = "/api/oauth/{provider}", tag = "sign in",
    params(("provider" = String, Path, example = "local"), CodeQuery),
    responses((status = 200, description = "The tokens", body = Answer<TokenPair>), (status = 401, response = ProblemAnswer),
        (status = 404, response = ProblemAnswer), (status = 429, response = ProblemAnswer), Refusals))]
pub(in super::super) async fn oauth(
    State(app): State<Arc<App>>,
    _: Allowed,
    ProviderAt(provider): ProviderAt,
    origin: Origin,
    Query(query): Query<CodeQuery>,
    headers: HeaderMap,
) -> Result<Answer<TokenPair>, ApiError> {
    app.provider(provider).ok_or_else(|| unknown(provider))?;
    let code = query.code()?;
    let browser = browser_of(&headers, &origin);
    let tokens = app.authority.exchange(provider, code, browser).await;
    let tokens = tokens.map_err(ApiError::refused_code)?;
    signed_in(&app.authority.session(&tokens.access).await?);
    Ok(tokens.into())
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct CodeQuery {
    /// The code that the sign-in ended with.
    #[param(required = true)]
    code: Option<String>,
}

impl CodeQuery {
    /// The code: nothing but the characters of codes may be in it.
    fn code(&self) -> Result<&str, ApiError> {
        let code = self.code.as_deref().filter(|code| is_code(code));
        code.ok_or_else(|| ApiError::BadRequest("\"code\" is missing or not a code.".to_owned()))
    }
}

/// What a provider sends the browser back with (RFC 6749, 4.1.2; RFC 9207).
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct ReturnQuery {
    /// The provider's code; without a state, this server's own.
    code: Option<String>,
    /// What the browser was sent there with.
    state: Option<String>,
    /// Why there is no code, such as `access_denied`.
    error: Option<String>,
    /// Who the provider says it is.
    iss: Option<String>,
}

impl ReturnQuery {
    /// The code that this server has given itself, where it has sent the browser straight here.
    /// Whoever comes from a provider has a state.
    fn own_code(&self) -> Option<&str> {
        let alone = self.state.is_none() && self.error.is_none();
        self.code.as_deref().filter(|code| alone && is_own(code))
    }

    fn at(self, at: String) -> Returned {
        let Self {
            code,
            state,
            error,
            iss,
        } = self;
        Returned {
            at,
            code,
            state,
            error,
            iss,
        }
    }
}

fn is_code(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    !text.is_empty() && text.len() <= CODE_MAX && text.bytes().all(plain)
}

fn is_own(text: &str) -> bool {
    text.len() == OWN_CODE && is_code(text)
}

/// Writes down that somebody has signed in, and what that sign-in is called.
pub(super) fn signed_in(session: &Session) {
    let Identity {
        provider, username, ..
    } = &session.identity;
    tracing::info!(target: "audit", user = username, %provider, sign_in = session.id.as_str(), "signed in");
}

fn people(app: &App) -> Result<&People, ApiError> {
    app.people
        .as_ref()
        .ok_or_else(|| unknown(ProviderId::Local))
}

fn unknown(provider: ProviderId) -> ApiError {
    ApiError::UnknownProvider(provider.to_string())
}

/// Checks a password on a blocking thread, for that takes some 20 ms of computing by design. The
/// turn goes with it: a client that leaves does not end the work.
async fn verify(
    app: &Arc<App>,
    turns: &Turns,
    client: Client,
    Credentials { username, password }: Credentials,
) -> Result<Identity, ApiError> {
    let (checked, from, now) = (Arc::clone(app), client.counted(), app.clock.now());
    let turn = turns.take().await.ok_or(ApiError::SignInBusy)?;
    let typed = username.clone();
    let verified = tokio::task::spawn_blocking(move || {
        let verified = people(&checked)?.verify(&typed, &password, from, now);
        drop(turn);
        verified.map_err(ApiError::refused)
    });
    let verified = verified.await.unwrap_or(Err(ApiError::Internal));
    let signed_in = verified.is_ok();
    tracing::info!(target: "audit", user = username, signed_in, "password");
    verified
}

/// The address that a provider sends browsers back to. It is registered there, and the host that a
/// request names does not change it where an address is configured. Each provider has its own (RFC
/// 9700, 4.4); GitHub's is the one that Threat Dragon's applications are registered with.
fn return_address(Origin(origin): &Origin, provider: ProviderId) -> String {
    match provider {
        ProviderId::Local | ProviderId::GitHub => format!("{origin}{RETURN}"),
        ProviderId::GitLab | ProviderId::Bitbucket => format!("{origin}{RETURN}/{provider}"),
    }
}

fn browser_cookie(origin: &Origin) -> Cookie {
    Cookie::named(BROWSER_COOKIE, origin)
}

/// The name of the browser, when it began to sign in here.
pub(super) fn browser_of<'a>(headers: &'a HeaderMap, origin: &Origin) -> Option<&'a str> {
    browser_cookie(origin).read(headers)
}
