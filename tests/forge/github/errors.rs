//! How GitHub tells what is wrong.

use serde_json::{Value, json};

use super::super::asked::{Answer, Asked};
use super::GRAPHQL;

const DOCUMENTATION: &str = "https://docs.github.com/rest";

/// An error with a message.
pub(super) fn error(status: u16, message: &str) -> Answer {
    Answer::json(status, &body(status, message))
}

/// The members of an error.
pub(super) fn body(status: u16, message: &str) -> Value {
    json!({
        "message": message,
        "documentation_url": DOCUMENTATION,
        "status": status.to_string(),
    })
}

/// Also what may not be seen is not there.
pub(super) fn not_found() -> Answer {
    error(404, "Not Found")
}

/// A file that is larger than an answer may be.
pub(super) fn too_large() -> Answer {
    let mut body = body(
        403,
        "This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API.",
    );
    body["errors"] = json!([{ "resource": "Blob", "field": "data", "code": "too_large" }]);
    Answer::json(403, &body)
}

/// A rule of the repository forbids the change.
pub(super) fn rule_violation(rule: &str) -> Answer {
    let message = format!("Repository rule violations found\n\n{rule}\n\n");
    let mut body = body(409, &message);
    body["metadata"] = json!({});
    Answer::json(409, &body)
}

/// The hour's calls are used up.
pub(super) fn primary(user: u64) -> Answer {
    error(403, &format!("API rate limit exceeded for user ID {user}."))
}

/// Too many calls at once.
pub(super) fn secondary(status: u16) -> Answer {
    let message =
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    error(status, message)
}

/// An error under status 200, in the form of the address that was asked.
pub(super) fn with_success(asked: &Asked, message: &str) -> Answer {
    let path = asked.uri.path();
    let body = if path == GRAPHQL {
        json!({ "data": null, "errors": [{ "message": message }] })
    } else if path.starts_with("/login/") {
        json!({ "error": message, "error_description": message })
    } else {
        json!({ "message": message, "documentation_url": DOCUMENTATION })
    };
    Answer::json(200, &body)
}
