//! Errors, in Bitbucket's words. Those that it is not known to use are marked.

use serde_json::{Value, json};

use super::super::asked::{Answer, Asked};
use super::OAUTH;

/// An error with a message alone.
pub(super) fn error(status: u16, message: &str) -> Answer {
    Answer::json(status, &body(message))
}

/// An error with a key for programs.
pub(super) fn keyed(status: u16, message: &str, key: &str) -> Answer {
    let mut body = body(message);
    body["error"]["data"] = json!({ "key": key });
    Answer::json(status, &body)
}

/// A field of a form is wrong.
pub(super) fn field(name: &str, reason: &str) -> Answer {
    let mut body = body(&format!("{name}: {reason}"));
    body["error"]["fields"] = json!({ name: [reason] });
    Answer::json(400, &body)
}

/// There is nothing of the kind.
pub(super) fn not_found() -> Answer {
    error(404, "Resource not found")
}

/// There is no such repository, or the caller is not to know of it.
pub(super) fn no_repository() -> Answer {
    error(
        404,
        "You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated.",
    )
}

/// No commit has this name.
pub(super) fn no_commit(name: &str) -> Answer {
    let mut body = body("Commit not found");
    body["error"]["data"] = json!({ "shas": [name] });
    Answer::json(404, &body)
}

/// Nothing is at this path.
pub(super) fn no_path(path: &str) -> Answer {
    error(404, &format!("No such file or directory: {path}"))
}

/// What lists over all workspaces have answered since CHANGE-2770.
pub(super) fn gone() -> Answer {
    error(410, "CHANGE-2770 - Functionality has been deprecated")
}

/// The hour's calls are used up. No header says so, nor until when.
pub(super) fn too_often() -> Answer {
    error(429, "Rate limit for this resource has been exceeded")
}

/// An error under status 200, in the form of the address that was asked.
pub(super) fn with_success(asked: &Asked, message: &str) -> Answer {
    if asked.uri.path().starts_with(OAUTH) {
        let body = json!({ "error": message, "error_description": message });
        return Answer::json(200, &body);
    }
    error(200, message)
}

fn body(message: &str) -> Value {
    json!({ "type": "error", "error": { "message": message } })
}
