//! GitLab's dialect, as a server of one's own below a folder speaks it: REST below
//! `/gitlab/api/v4/`, GraphQL at `/gitlab/api/graphql`, the sign-in below `/gitlab/oauth/`.

mod errors;

use jiff::Timestamp;

use super::World;
use super::asked::{Answer, Asked};
use super::calls::Sort;
use super::pages;

/// The answer when nothing goes wrong on purpose.
pub(super) fn answer(_: &World, _: &Asked) -> Answer {
    errors::error(404, "404 Not Found")
}

/// What sort of call it is.
pub(super) fn sort(_: &World, asked: &Asked) -> Sort {
    Sort {
        writes: asked.method != "GET",
        ..Sort::default()
    }
}

/// What GitLab answers when it fails.
pub(super) fn failure(status: u16) -> Answer {
    errors::error(status, &format!("{status} Internal Server Error"))
}

/// What GitLab answers to somebody who has used up the minute's calls.
pub(super) fn used_up(reset: Timestamp) -> Answer {
    errors::too_many().with("ratelimit-reset", reset.as_second().to_string())
}

/// What GitLab answers to somebody who calls too often at once; it knows one status for that.
pub(super) fn too_often(_: u16, retry_after: u32) -> Answer {
    errors::too_many().with("retry-after", retry_after.to_string())
}

/// An error under status 200.
pub(super) fn successful_error(_: &Asked, message: &str) -> Answer {
    errors::error(200, message)
}

/// The page that a browser without a sign-in is shown.
pub(super) fn login_page() -> Answer {
    Answer::page(200, pages::login("GitLab"))
}
