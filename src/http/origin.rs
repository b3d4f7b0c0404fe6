//! The addresses under which this server is reached: which hosts are its own, and which pages.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};

use super::error::ApiError;
use crate::app::App;
use crate::config::{is_loopback_host, without_port};

/// The address under which the caller reaches this server, such as `https://wyvern.example.com`,
/// without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin(pub(super) String);

impl Origin {
    /// The configured one; without it, the host that the caller names, which the envelope has
    /// checked.
    pub(super) fn of(app: &App, uri: &Uri, headers: &HeaderMap) -> Self {
        let server = &app.settings.server;
        Self(server.public_url.clone().unwrap_or_else(|| {
            let host = host(uri, headers);
            format!(
                "http://{}",
                host.unwrap_or_else(|| server.listen.to_string())
            )
        }))
    }

    /// Whether the way to it is encrypted.
    pub(super) fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether the way to it leads over no network.
    pub(super) fn is_loopback(&self) -> bool {
        let host = self.0.split_once("://").map(|(_, host)| host);
        host.is_some_and(is_loopback_host)
    }
}

impl FromRequestParts<Arc<App>> for Origin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        Ok(Self::of(app, &parts.uri, &parts.headers))
    }
}

/// Whether the host that a request names is this server: a page of another site that has its name
/// resolved to our address (DNS rebinding) must not reach us as if it were ours.
pub(super) fn answers_for(app: &App, uri: &Uri, headers: &HeaderMap) -> bool {
    let Some(host) = host(uri, headers) else {
        return false;
    };
    let name = without_port(&host);
    let public = public_host(app);
    let public = public.as_deref();
    let ip = app.settings.server.listen.ip();
    public.is_some_and(|public| public == host || without_port(public) == name)
        || is_loopback_host(&host)
        || (public.is_none() && (ip.is_unspecified() || name == ip.to_string()))
}

/// Whether a page of this origin is one of ours: under the configured address, or under the one
/// that this very request was sent to where that is not another.
pub(super) fn is_own(app: &App, origin: &str, uri: &Uri, headers: &HeaderMap) -> bool {
    let host = host(uri, headers).unwrap_or_default();
    let asked = |scheme: &str| origin.strip_prefix(scheme) == Some(host.as_str());
    match &app.settings.server.public_url {
        Some(public) if !is_loopback_host(&host) => written(public) == origin,
        Some(public) => written(public) == origin || asked("http://"),
        // Whether a proxy before us encrypts is not known; the host is the same.
        None => asked("http://") || asked("https://"),
    }
}

/// An address as browsers write it in `Origin`: in lower case, without the scheme's own port.
fn written(address: &str) -> String {
    let address = address.to_ascii_lowercase();
    let own = match address.split_once("://") {
        Some(("https", host)) => host.strip_suffix(":443"),
        Some((_, host)) => host.strip_suffix(":80"),
        None => None,
    };
    let scheme = address.split("://").next().unwrap_or_default();
    own.map_or_else(|| address.clone(), |host| format!("{scheme}://{host}"))
}

fn public_host(app: &App) -> Option<String> {
    let public = app.settings.server.public_url.as_deref()?;
    let (_, host) = public.split_once("://")?;
    Some(host.to_ascii_lowercase())
}

/// The host as the client wrote it, with the port if there was one. Two hosts are none: which of
/// them somebody before us has looked at cannot be known.
pub(super) fn host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let mut named = headers.get_all(HOST).iter();
    let (header, second) = (named.next(), named.next());
    let authority = uri.authority().map(Authority::as_str);
    let host = authority.or_else(|| header?.to_str().ok())?;
    second.is_none().then(|| host.to_ascii_lowercase())
}
