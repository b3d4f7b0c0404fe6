//! What surrounds every request: its id, the host check, the time limit, the headers of the
//! answer, and the one form of errors.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_SECURITY_POLICY, HOST};
use axum::http::uri::{Authority, PathAndQuery};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, Uri};
use axum::middleware::Next;

use super::error::ApiError;
use super::problem::Problem;
use super::subgroup;
use crate::app::App;
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
    request.extensions_mut().insert(request_id);
    let request_id = request_id.to_string();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let limit = app.settings.server.request_timeout;
    let answered = if PROBES.contains(&path.as_str()) || answers_for(&app, &request) {
        tokio::time::timeout(limit, next.run(request))
            .await
            .map_err(|_| ApiError::Timeout)
    } else {
        Err(ApiError::Misdirected)
    };
    let mut response = match answered {
        Ok(response) => finish(response, &request_id),
        Err(error) => Problem::from(error).answer(&request_id),
    };
    let policy = if path.starts_with(DOCS) {
        DOCS_POLICY
    } else {
        API_POLICY
    };
    decorate(response.headers_mut(), &app, policy, &request_id);
    tracing::debug!(request_id, %method, path, status = response.status().as_u16(), "request");
    response
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

/// A problem is written out now that its request has a name.
fn finish(mut response: Response<Body>, request_id: &str) -> Response<Body> {
    let problem = response.extensions_mut().remove::<Problem>();
    let Some(problem) = problem.or_else(|| in_our_form(response.status())) else {
        return response;
    };
    // What is not served on purpose (501) is no failure.
    if problem.status >= 500 && problem.status != 501 {
        tracing::error!(request_id, problem = ?problem, "request failed");
    }
    problem
        .allowing(response.headers().get(ALLOW))
        .answer(request_id)
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

/// Whether the host that the request names is this server: a page of another site that has its
/// name resolved to our address (DNS rebinding) must not reach us as if it were ours.
fn answers_for(app: &App, request: &Request) -> bool {
    let server = &app.settings.server;
    let Some(host) = host_of(request) else {
        return false;
    };
    let name = without_port(&host);
    let public = server
        .public_url
        .as_ref()
        .and_then(|url| url.split_once("://"))
        .map(|(_, h)| h);
    let loopback = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    let ip = server.listen.ip();
    public.is_some_and(|public| public == host || without_port(public) == name)
        || loopback
        || (public.is_none() && (ip.is_unspecified() || name == ip.to_string()))
}

/// The host as the client wrote it, with the port if there was one. Two hosts are none: which of
/// them somebody before us has looked at cannot be known.
pub(super) fn host_of(request: &Request) -> Option<String> {
    let mut headers = request.headers().get_all(HOST).iter();
    let (header, second) = (headers.next(), headers.next());
    let authority = request.uri().authority().map(Authority::as_str);
    let host = authority.or_else(|| header?.to_str().ok())?;
    second.is_none().then(|| host.to_ascii_lowercase())
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
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
