//! How GitLab tells what is wrong.

use serde_json::json;

use super::super::asked::Answer;

/// An error with a message.
pub(super) fn error(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({ "message": message }))
}

/// Too many calls: the one answer that is not JSON.
pub(super) fn too_many() -> Answer {
    Answer::of(429, "text/plain", "Retry later\n").with("ratelimit-remaining", "0")
}
