//! The routes, by what they are about. Each handler takes extractors that prove what it needs and
//! makes one call.

mod base;

pub(super) mod about;
pub(super) mod cards;
pub(super) mod documents;
pub(super) mod google;
pub(super) mod history;
pub(super) mod library;
pub(super) mod models;
pub(super) mod pictures;
pub(super) mod register;
pub(super) mod repositories;
pub(super) mod rules;
pub(super) mod schema;
pub(super) mod session;
pub(super) mod sign_in;
pub(super) mod suggestions;
pub(super) mod tokens;
pub(super) mod update;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

/// The envelope that Threat Dragon's API puts around most answers.
#[derive(Serialize, ToSchema)]
pub(super) struct Answer<T> {
    /// Always 200.
    #[schema(example = 200)]
    status: u16,
    /// The answer itself.
    data: T,
}

impl<T> Answer<T> {
    pub(super) fn new(data: T) -> Self {
        Self { status: 200, data }
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response<Body> {
        json(StatusCode::OK, &self)
    }
}

/// Which page a listing's answer is.
#[derive(Serialize, ToSchema)]
pub(super) struct Pagination {
    /// Its number, from 1.
    page: u32,
    /// Whether there is another after it.
    next: bool,
    /// Whether there is another before it.
    prev: bool,
}

impl Pagination {
    pub(super) fn of<T>(
        number: crate::provider::PageNumber,
        page: &crate::provider::Page<T>,
    ) -> Self {
        Self {
            page: number.get(),
            next: page.next,
            prev: page.previous,
        }
    }
}

/// A JSON answer that nobody may keep.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Response<Body> {
    let body = serde_json::to_vec(body).expect("the answers are plain data, which always writes");
    raw_json(status, body.into())
}

/// A JSON answer whose text is already written.
pub(super) fn raw_json(status: StatusCode, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A model's text as it is, in Threat Dragon's envelope.
pub(super) fn enveloped(model: &Bytes) -> Bytes {
    [br#"{"status":200,"data":"#.as_slice(), model, b"}"]
        .concat()
        .into()
}
