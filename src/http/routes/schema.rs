//! The JSON Schema of threat models, for editors and other programs.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use uuid::Uuid;

use super::super::assets::has_this;
use super::super::openapi::AnyRefusals;
use crate::model::SCHEMA;

/// A name of this very text.
static TAG: LazyLock<String> = LazyLock::new(|| {
    let name = Uuid::new_v5(&Uuid::NAMESPACE_URL, SCHEMA.as_bytes());
    format!("\"{}\"", name.simple())
});

/// Gives the JSON Schema of version 2 of the file format.
#[utoipa::path(get, path = "/api/schema/threat-model.json", tag = "about",
    responses((status = 200, description = "The schema, of draft 2020-12", body = Object, content_type = "application/schema+json"),
        (status = 304, description = "The client has it already"), AnyRefusals))]
pub(in super::super) async fn threat_model(request: HeaderMap) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let tag = HeaderValue::from_str(&TAG).expect("hexadecimal digits in quotes are a header");
    let headers = response.headers_mut();
    headers.insert(ETAG, tag);
    // It changes with the server's version only; a day old it still serves an editor.
    let caching = HeaderValue::from_static("public, max-age=86400");
    headers.insert(CACHE_CONTROL, caching);
    if has_this(&request, &TAG) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    let kind = HeaderValue::from_static("application/schema+json");
    headers.insert(CONTENT_TYPE, kind);
    *response.body_mut() = Body::from(SCHEMA);
    response
}
