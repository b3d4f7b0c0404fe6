//! Bitbucket Cloud's dialect.

use axum::http::Method;
use jiff::Timestamp;
use serde_json::json;

use super::World;
use super::asked::{Answer, Asked};
use super::calls::Sort;
use super::pages;

/// The answer when nothing goes wrong on purpose.
pub(super) fn answer(_: &World, _: &Asked) -> Answer {
    error(404, "Resource not found")
}

/// What sort of call it is.
pub(super) fn sort(_: &World, asked: &Asked) -> Sort {
    Sort {
        writes: asked.method != Method::GET,
        ..Sort::default()
    }
}

/// What Bitbucket answers when it fails.
pub(super) fn failure(status: u16) -> Answer {
    error(status, "Something went wrong")
}

/// What Bitbucket answers to somebody who has used up the hour's calls.
pub(super) fn used_up(_: Timestamp) -> Answer {
    too_often(429, 60)
}

/// What Bitbucket answers to somebody who calls too often at once.
pub(super) fn too_often(status: u16, retry_after: u32) -> Answer {
    error(status, "Rate limit for this resource has been exceeded")
        .with("retry-after", retry_after.to_string())
}

/// An error under status 200.
pub(super) fn successful_error(_: &Asked, message: &str) -> Answer {
    error(200, message)
}

/// The page that a browser without a sign-in is shown.
pub(super) fn login_page() -> Answer {
    Answer::page(200, pages::login("Bitbucket"))
}

fn error(status: u16, message: &str) -> Answer {
    let body = json!({ "type": "error", "error": { "message": message } });
    Answer::json(status, &body)
}
