//! What surrounds every request: its id, where it comes from, the host check, the time limit, the
//! headers of the answer, and the one form of errors.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_SECURITY_POLICY};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, Uri};
use axum::middleware::Next;
use tracing::Instrument as _;

use super::audit::Attempt;
use super::caller::Caller;
use super::error::ApiError;
use super::peer::Client;
use super::problem::Problem;
use super::{origin, same_origin, subgroup};
use crate::app::App;
use crate::provider::ProviderError;
use crate::store::RequestId;

/// Probes that reach the server by whatever address they have.
const PROBES: &[&str] = &["/healthz", "/livez", "/readyz"];

const HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
];
/// API answers are data: opened in a browser they run and load nothing.
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
/// The page that shows the API's description is a bundle of its own, with styles inline.
const DOCS: &str = "/api/docs";
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";
/// For this host alone: what its subdomains serve, and how, is not ours to say.
const HSTS: (&str, &str) = ("strict-transport-security", "max-age=31536000");

/// The outermost layer.
pub(super) async fn wrap(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let request_id = next_id();
    let client = Client::of(
        request.extensions(),
        request.headers(),
        &app.settings.server.trusted_proxies,
    );
    let caller = Caller::default();
    let extensions = request.extensions_mut();
    extensions.insert(request_id);
    extensions.insert(client);
    extensions.insert(caller.clone());
    let request_id = request_id.to_string();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    // Whoever reads an audit line learns from it which request it was, and whose.
    let span = tracing::info_span!(target: "audit", "request", id = request_id, client = %client.0);
    let attempt = Attempt::of(&request, &caller, &span);
    let answered = match admit(&app, &request) {
        Ok(()) => in_time(&app, next.run(request).instrument(span.clone())).await,
        Err(error) => Err(error),
    };
    let response = answered.unwrap_or_else(axum::response::IntoResponse::into_response);
    let mut response = finish(response, &app, &caller, attempt, &request_id)
        .instrument(span)
        .await;
    let policy = if path.starts_with(DOCS) {
        DOCS_POLICY
    } else {
        API_POLICY
    };
    decorate(response.headers_mut(), &app, policy, &request_id);
    tracing::debug!(request_id, %method, path, status = response.status().as_u16(), "request");
    response
}

/// The answer, unless it takes too long or the server ends before.
async fn in_time(
    app: &App,
    answer: impl Future<Output = Response<Body>>,
) -> Result<Response<Body>, ApiError> {
    let limit = app.settings.server.request_timeout;
    tokio::select! {
        biased;
        answer = tokio::time::timeout(limit, answer) => answer.map_err(|_| ApiError::Timeout),
        () = app.life.ended() => Err(ApiError::Stopping),
    }
}

/// Whether the request may reach its handler at all.
fn admit(app: &App, request: &Request) -> Result<(), ApiError> {
    let (uri, headers) = (request.uri(), request.headers());
    if !PROBES.contains(&uri.path()) && !origin::answers_for(app, uri, headers) {
        Err(ApiError::Misdirected)
    } else if !same_origin::is_ours(app, request) {
        Err(ApiError::CrossOrigin)
    } else {
        Ok(())
    }
}

/// Joins a subgroup's segments before the route is looked up.
pub(super) fn fold_subgroups(mut request: Request) -> Request {
    let folded = match subgroup::fold(request.method(), request.uri().path()) {
        std::borrow::Cow::Borrowed(_) => return request,
        std::borrow::Cow::Owned(path) => match request.uri().query() {
            Some(query) => format!("{path}?{query}"),
            None => path,
        },
    };
    if let Ok(path_and_query) = PathAndQuery::try_from(folded) {
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = Some(path_and_query);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    request
}

/// A problem is written out now that its request has a name. Where the provider has told that it
/// takes the caller's credential no more, their sign-in ends; if it goes on after all, they may try
/// again.
async fn finish(
    mut response: Response<Body>,
    app: &App,
    caller: &Caller,
    attempt: Option<Attempt>,
    request_id: &str,
) -> Response<Body> {
    let problem = response.extensions_mut().remove::<Problem>();
    let mut problem = problem.or_else(|| in_our_form(response.status()));
    if problem.as_ref().is_some_and(|problem| problem.ends_sign_in)
        && caller.provider_refused(app).await
    {
        let reason = "It refused a sign-in that is good.".to_owned();
        let source = None;
        problem = Some(ApiError::from(ProviderError::Unavailable { reason, source }).into());
    }
    if let Some(attempt) = attempt {
        attempt.answered(problem.as_ref());
    }
    let Some(problem) = problem else {
        return response;
    };
    // What is not served on purpose (501) is no failure.
    if problem.status >= 500 && problem.status != 501 {
        tracing::error!(request_id, problem = ?problem, "request failed");
    }
    problem
        .allowing(response.headers().get(ALLOW))
        .answer(request_id, app.clock.now())
}

/// What a service that is merged into the router refuses in a form of its own.
fn in_our_form(status: StatusCode) -> Option<Problem> {
    match status {
        StatusCode::NOT_FOUND => Some(ApiError::UnknownPath.into()),
        StatusCode::METHOD_NOT_ALLOWED => Some(ApiError::MethodNotAllowed.into()),
        _ if status.is_client_error() => {
            let why = "The request is not understood.";
            Some(Problem::new(status, "bad_request", why))
        }
        _ if status.is_server_error() => Some(ApiError::Internal.into()),
        _ => None,
    }
}

fn decorate(headers: &mut HeaderMap, app: &App, policy: &'static str, request_id: &str) {
    for (name, value) in HEADERS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if app
        .settings
        .server
        .public_url
        .as_ref()
        .is_some_and(|url| url.starts_with("https://"))
    {
        let (name, value) = HSTS;
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(policy));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

/// Request ids are unlike any other of this or another replica, not secret: a random beginning
/// and a count.
fn next_id() -> RequestId {
    static FIRST: std::sync::LazyLock<u64> = std::sync::LazyLock::new(crate::random::number);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    RequestId(FIRST.wrapping_add(count))
}
