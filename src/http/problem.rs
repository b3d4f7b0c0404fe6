//! The one form of every error: RFC 9457 problem+json that Threat Dragon's clients can read too.

use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::conflicts::{Conflict, Told};
use super::pages;

/// An error as clients see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Always `about:blank`: `code` tells problems apart.
    #[schema(example = "about:blank")]
    r#type: &'static str,
    /// The status's own words.
    #[schema(example = "Precondition Failed")]
    title: &'static str,
    /// The HTTP status.
    #[schema(example = 412)]
    pub(super) status: u16,
    /// What happened and what to do, in one or two sentences.
    detail: String,
    /// What happened, for programs; the set is closed.
    #[schema(example = "conflict")]
    pub(super) code: &'static str,
    /// The same as `title`, under Threat Dragon's name.
    message: &'static str,
    /// The same as `detail`, under Threat Dragon's name.
    details: String,
    /// Names this request in the server's log.
    #[schema(example = "5f3a9c0d1b2e4f60")]
    request_id: String,
    /// Where in the body the fault is: an RFC 6901 JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// The model's version now, when a change was made from another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    current_version: Option<String>,
    /// In how many places the change collides with somebody else's.
    #[serde(skip_serializing_if = "Option::is_none")]
    conflict_count: Option<usize>,
    /// Where, in the order of the model; at most the first 1,000 of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    conflicts: Option<Vec<Conflict>>,
    #[serde(skip)]
    #[schema(ignore)]
    wait: Option<Wait>,
    #[serde(skip)]
    #[schema(ignore)]
    allow: Option<HeaderValue>,
    /// Whether the caller's sign-in has ended with it.
    #[serde(skip)]
    #[schema(ignore)]
    pub(super) ends_sign_in: bool,
    /// Whether a person sees it as a page, in place of JSON.
    #[serde(skip)]
    #[schema(ignore)]
    page: bool,
}

/// How long to wait before trying again.
#[derive(Debug, Clone, Copy)]
enum Wait {
    /// Seconds.
    For(u64),
    Until(Timestamp),
}

impl Problem {
    /// A problem with this status, code and text.
    pub(super) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        let detail = detail.into();
        Self {
            r#type: "about:blank",
            title,
            status: status.as_u16(),
            details: detail.clone(),
            detail,
            code,
            message: title,
            request_id: String::new(),
            pointer: None,
            current_version: None,
            conflict_count: None,
            conflicts: None,
            wait: None,
            allow: None,
            ends_sign_in: false,
            page: false,
        }
    }

    pub(super) fn at(self, pointer: &str) -> Self {
        Self {
            pointer: Some(pointer.to_owned()),
            ..self
        }
    }

    pub(super) fn now(self, version: Option<String>) -> Self {
        Self {
            current_version: version,
            ..self
        }
    }

    pub(super) fn colliding(self, told: Told) -> Self {
        Self {
            conflict_count: Some(told.count),
            conflicts: Some(told.listed),
            ..self
        }
    }

    /// Try again after so many seconds.
    pub(super) fn after(self, seconds: u64) -> Self {
        Self {
            wait: Some(Wait::For(seconds)),
            ..self
        }
    }

    /// Try again at this moment.
    pub(super) fn until(self, moment: Timestamp) -> Self {
        Self {
            wait: Some(Wait::Until(moment)),
            ..self
        }
    }

    pub(super) fn ending_the_sign_in(self) -> Self {
        Self {
            ends_sign_in: true,
            ..self
        }
    }

    pub(super) fn on_a_page(self) -> Self {
        Self { page: true, ..self }
    }

    /// The finished answer, which names the request.
    pub(super) fn answer(self, request_id: &str, now: Timestamp) -> Response<Body> {
        let problem = Self {
            request_id: request_id.to_owned(),
            ..self
        };
        let mut response = if problem.page {
            pages::answer(problem.code, &problem.detail, request_id)
        } else {
            problem.json()
        };
        *response.status_mut() = StatusCode::from_u16(problem.status).unwrap_or_default();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(wait) = problem.wait {
            headers.insert(RETRY_AFTER, HeaderValue::from(wait.seconds(now)));
        }
        if let Some(allow) = problem.allow {
            headers.insert(ALLOW, allow);
        }
        response
    }

    fn json(&self) -> Response<Body> {
        let body = serde_json::to_vec(self).expect("plain text always writes");
        let mut response = Response::new(Body::from(body));
        let json = HeaderValue::from_static("application/problem+json; charset=utf-8");
        response.headers_mut().insert(CONTENT_TYPE, json);
        response
    }

    /// Keeps the methods that axum lists on its own 405.
    pub(super) fn allowing(self, allow: Option<&HeaderValue>) -> Self {
        Self {
            allow: allow.cloned().or(self.allow),
            ..self
        }
    }
}

impl Wait {
    /// Whole seconds, rounded up: who comes back then is not early.
    fn seconds(self, now: Timestamp) -> u64 {
        match self {
            Self::For(seconds) => seconds,
            Self::Until(moment) => {
                let left = moment.duration_since(now).as_millis();
                u64::try_from(left).unwrap_or(0).div_ceil(1000).max(1)
            }
        }
    }
}

/// Only the outermost layer knows the request's id, so a problem travels to it as an extension.
impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or_default();
        response.extensions_mut().insert(self);
        response
    }
}
