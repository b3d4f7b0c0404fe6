//! How GitLab tells what is wrong.

use serde_json::json;

use super::super::asked::{Answer, Asked};
use super::super::graphql;
use super::GRAPHQL;

/// An error with a message.
pub(super) fn error(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({ "message": message }))
}

/// What is not there, or may not be seen.
pub(super) fn not_found(what: &str) -> Answer {
    error(404, &format!("404 {what} Not Found"))
}

/// What the caller may not do, and why, if GitLab says so.
pub(super) fn forbidden(reason: Option<&str>) -> Answer {
    let reason = reason.map(|reason| format!(" - {reason}"));
    error(403, &format!("403 Forbidden{}", reason.unwrap_or_default()))
}

/// A call that is not as it must be, before anything is looked at.
pub(super) fn invalid(what: &str) -> Answer {
    Answer::json(400, &json!({ "error": what }))
}

/// An address that there is not.
pub(super) fn no_route() -> Answer {
    Answer::json(404, &json!({ "error": "404 Not Found" }))
}

/// A token that is not good: `expired` when it was.
pub(super) fn unauthorized(expired: bool) -> Answer {
    if !expired {
        return error(401, "401 Unauthorized");
    }
    let sentence = "Token is expired. You can either do re-authorization or token refresh.";
    let body = json!({ "error": "invalid_token", "error_description": sentence });
    let challenge = format!(
        "Bearer realm=\"Protected by OAuth 2.0\", error=\"invalid_token\", error_description=\"{sentence}\""
    );
    Answer::json(401, &body).with("www-authenticate", challenge)
}

/// A token that is good, and not for this.
pub(super) fn insufficient_scope(needed: &str) -> Answer {
    let sentence = "The request requires higher privileges than provided by the access token.";
    let body = json!({
        "error": "insufficient_scope", "error_description": sentence, "scope": needed,
    });
    Answer::json(403, &body)
}

/// Too many calls: the one answer that is not JSON.
pub(super) fn too_many() -> Answer {
    Answer::of(429, "text/plain", "Retry later\n").with("ratelimit-remaining", "0")
}

/// An error under status 200, in the form of the address that was asked.
pub(super) fn with_success(asked: &Asked, message: &str) -> Answer {
    let path = asked.uri.path();
    if path == GRAPHQL {
        graphql::wrong(message)
    } else if path.starts_with("/gitlab/oauth/") {
        let body = json!({ "error": message, "error_description": message });
        Answer::json(200, &body)
    } else {
        error(200, message)
    }
}
