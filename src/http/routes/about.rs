//! What the server says about itself: health, configuration, security contact.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::assets;
use super::super::error::ApiError;
use super::super::extract::Query;
use super::super::openapi::{AnyRefusals, ProblemAnswer, Refusals};
use super::super::origin::Origin;
use super::{Answer, json};
use crate::app::App;
use crate::auth::ProviderId;
use crate::config::SecurityTxt;

/// That the server runs.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Health {
    /// Seconds since the start.
    #[schema(example = 4.02)]
    uptime: f64,
    /// `OK`.
    #[schema(example = "OK")]
    message: &'static str,
    /// Now, RFC 3339 in UTC.
    #[schema(example = "2026-11-22T03:44:31.734Z")]
    date: String,
}

/// Says that the server runs, for how long, and the time.
#[utoipa::path(get, path = "/healthz", tag = "about", responses((status = 200, description = "It runs", body = Health)))]
pub(in super::super) async fn healthz(State(app): State<Arc<App>>) -> Response<Body> {
    let date = format!("{:.3}", app.clock.now());
    json(
        StatusCode::OK,
        &Health {
            uptime: app.uptime().as_secs_f64(),
            message: "OK",
            date,
        },
    )
}

/// Whether the server is alive, or ready for work.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct State_ {
    /// `ok`.
    #[schema(example = "ok")]
    status: &'static str,
}

/// Says that the process answers. It asks nothing else, so that a fault elsewhere restarts nobody.
#[utoipa::path(get, path = "/livez", tag = "about",
    responses((status = 200, description = "It answers", body = State_)))]
pub(in super::super) async fn livez() -> Response<Body> {
    json(StatusCode::OK, &State_ { status: "ok" })
}

/// Says whether new work may be sent here: the data folder is there, the records of sign-ins
/// answer, and the server is not stopping.
#[utoipa::path(get, path = "/readyz", tag = "about",
    responses((status = 200, description = "It is ready", body = State_), (status = 503, response = ProblemAnswer)))]
pub(in super::super) async fn readyz(
    State(app): State<Arc<App>>,
) -> Result<Response<Body>, ApiError> {
    app.ready().await.map_err(ApiError::NotReady)?;
    Ok(json(StatusCode::OK, &State_ { status: "ok" }))
}

/// What the browser app can offer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the shape is Threat Dragon's"
)]
pub(in super::super) struct Offer {
    bitbucket_enabled: bool,
    github_enabled: bool,
    gitlab_enabled: bool,
    google_enabled: bool,
    /// Whether repositories on this server's disk are served.
    local_enabled: bool,
    /// Whether signing in to them needs a password.
    local_password: bool,
    /// Language tags; empty is all.
    allowed_locales: Vec<String>,
    /// A language tag.
    default_locale: String,
}

/// Tells which providers and languages there are.
#[utoipa::path(get, path = "/api/config", tag = "about",
    responses((status = 200, description = "What there is", body = Answer<Offer>), AnyRefusals))]
pub(in super::super) async fn config(State(app): State<Arc<App>>) -> Answer<Offer> {
    Answer::new(Offer {
        bitbucket_enabled: app.serves(ProviderId::Bitbucket),
        github_enabled: app.serves(ProviderId::GitHub),
        gitlab_enabled: app.serves(ProviderId::GitLab),
        google_enabled: false,
        local_enabled: app.people.is_some(),
        local_password: app
            .people
            .as_ref()
            .is_some_and(|people| people.owner().is_none()),
        allowed_locales: app.settings.locales.allowed.clone(),
        default_locale: app.settings.locales.default.clone(),
    })
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct OrganisationQuery {
    /// The provider's name.
    provider: Option<String>,
}

/// The web address of a provider.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Organisation {
    /// `http` or `https`.
    protocol: String,
    hostname: String,
    /// Empty for the protocol's own.
    port: String,
}

/// Tells the web address of a provider. The local provider's is this server's own.
#[utoipa::path(get, path = "/api/threatmodel/organisation", tag = "about", params(OrganisationQuery),
    responses((status = 200, description = "Its address", body = Organisation),
        (status = 404, response = ProblemAnswer), Refusals))]
pub(in super::super) async fn organisation(
    State(app): State<Arc<App>>,
    Query(query): Query<OrganisationQuery>,
    Origin(origin): Origin,
) -> Result<Response<Body>, ApiError> {
    let name = query.provider.unwrap_or_default();
    let id = ProviderId::parse(&name).filter(|id| app.serves(*id));
    let id = id.ok_or(ApiError::UnknownProvider(name))?;
    let web = app.web(id).map(|web| web.origin().ascii_serialization());
    let address = web.unwrap_or(origin);
    let (protocol, host) = address.split_once("://").unwrap_or(("http", &address));
    let (hostname, port) = match host.rsplit_once(':') {
        Some((hostname, port)) if !port.ends_with(']') => (hostname, port),
        _ => (host, ""),
    };
    let [protocol, hostname, port] = [protocol, hostname, port].map(ToOwned::to_owned);
    Ok(json(
        StatusCode::OK,
        &Organisation {
            protocol,
            hostname,
            port,
        },
    ))
}

/// The same under the other spelling.
#[utoipa::path(get, path = "/api/threatmodel/organization", tag = "about", params(OrganisationQuery),
    responses((status = 200, description = "Its address", body = Organisation),
        (status = 404, response = ProblemAnswer), Refusals))]
pub(in super::super) async fn organization(
    app: State<Arc<App>>,
    query: Query<OrganisationQuery>,
    origin: Origin,
) -> Result<Response<Body>, ApiError> {
    organisation(app, query, origin).await
}

/// Tells whom to write to about a weakness (RFC 9116).
#[utoipa::path(get, path = "/.well-known/security.txt", tag = "about",
    responses((status = 200, description = "Whom to write to", body = String, content_type = "text/plain"),
        (status = 404, response = ProblemAnswer), AnyRefusals))]
pub(in super::super) async fn security_txt(
    State(app): State<Arc<App>>,
) -> Result<Response<Body>, ApiError> {
    let security_txt = app
        .settings
        .security_txt
        .as_ref()
        .ok_or(ApiError::UnknownPath)?;
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((kind, written(security_txt)).into_response())
}

/// Leads to `/.well-known/security.txt`.
#[utoipa::path(get, path = "/security.txt", tag = "about",
    responses((status = 302, description = "Where it is"), AnyRefusals))]
pub(in super::super) async fn security_txt_redirect() -> impl IntoResponse {
    (
        StatusCode::FOUND,
        [(header::LOCATION, "/.well-known/security.txt")],
    )
}

fn written(security_txt: &SecurityTxt) -> String {
    let SecurityTxt {
        contact,
        expires,
        policy,
        canonical,
        preferred_languages,
    } = security_txt;
    let mut text = String::new();
    let contacts = contact.iter().map(|contact| ("Contact", contact.clone()));
    let others = [
        ("Expires", expires.to_string()),
        ("Policy", policy.clone()),
        ("Canonical", canonical.clone()),
        ("Preferred-Languages", preferred_languages.clone()),
    ];
    for (name, value) in contacts
        .chain(others)
        .filter(|(_, value)| !value.is_empty())
    {
        writeln!(text, "{name}: {value}").expect("writing to a string cannot fail");
    }
    text
}

/// Serves the browser app.
#[utoipa::path(get, path = "/", tag = "about",
    responses((status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 304, description = "The client has it already"), AnyRefusals))]
pub(in super::super) async fn page(request: Request) -> Result<Response<Body>, ApiError> {
    file(request).await
}

/// Serves a file that the browser app is made of; anything else there is not.
pub(in super::super) async fn file(request: Request) -> Result<Response<Body>, ApiError> {
    let asset = assets::find(request.uri().path()).ok_or(ApiError::UnknownPath)?;
    Ok(assets::serve(asset, request.headers()))
}
