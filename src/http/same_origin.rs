//! Changes that a page of another site asks for in a person's name (CSRF): they are refused.
//!
//! Browsers say with every unsafe request where it comes from, in `Sec-Fetch-Site` (Fetch Metadata,
//! where the way is encrypted or leads over no network) or in `Origin`, and pages cannot change
//! either. Another page of our own site, on a sibling's name, is a stranger too.

use axum::extract::Request;
use axum::http::header::{COOKIE, ORIGIN};
use axum::http::{HeaderMap, HeaderName, Method};

use super::extract::bearer;
use super::origin;
use crate::app::App;

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether no other site's page has sent this.
pub(super) fn is_ours(app: &App, request: &Request) -> bool {
    let safe = [Method::GET, Method::HEAD, Method::OPTIONS];
    let headers = request.headers();
    if safe.contains(request.method()) {
        return true;
    }
    match (only(headers, &SITE), only(headers, &ORIGIN)) {
        (Some(site), _) => matches!(site, b"same-origin" | b"none"),
        (None, Some(from)) => std::str::from_utf8(from)
            .is_ok_and(|from| origin::is_own(app, from, request.uri(), headers)),
        // No browser has sent it, or a very old one, which would send its cookies along.
        (None, None) => bearer(headers).is_some() || !headers.contains_key(COOKIE),
    }
}

/// What a header says; a header that is given twice says nothing that anybody has asked for.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.as_bytes();
    Some(if values.next().is_none() { first } else { b"" })
}
