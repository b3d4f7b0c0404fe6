//! GitLab's dialect, as a server of one's own below a folder speaks it: REST below
//! `/gitlab/api/v4/`, GraphQL at `/gitlab/api/graphql`, the sign-in below `/gitlab/oauth/`.

mod actions;
mod branches;
mod commits;
mod device;
mod entities;
mod envelope;
mod errors;
mod files;
mod oauth;
mod paging;
mod projects;
mod queries;
mod rest;
mod tags;
mod tree;

use jiff::Timestamp;

use super::World;
use super::asked::{Answer, Asked};
use super::callers::Caller;
use super::calls::Sort;
use super::{graphql, pages};

const REST: &str = "/gitlab/api/v4/";
const GRAPHQL: &str = "/gitlab/api/graphql";

/// A call of the API, with who makes it.
pub(super) struct Api<'a> {
    world: &'a World,
    asked: &'a Asked,
    /// Without a token, nobody.
    caller: Option<Caller>,
}

/// The answer when nothing goes wrong on purpose.
pub(super) fn answer(world: &World, asked: &Asked) -> Answer {
    if let Some(parts) = asked.below(REST) {
        return envelope::around(world, asked, |api| rest::answer(api, &parts));
    }
    match asked.uri.path() {
        GRAPHQL => envelope::around(world, asked, queries::answer),
        _ => oauth::answer(world, asked),
    }
}

/// What sort of call it is.
pub(super) fn sort(world: &World, asked: &Asked) -> Sort {
    let operation = (asked.uri.path() == GRAPHQL)
        .then(|| graphql::operation(asked))
        .flatten();
    let (operation, document) = operation.map(|one| (one.name, one.document)).unzip();
    let reads = matches!(asked.method.as_str(), "GET" | "HEAD");
    Sort {
        login: Caller::login(world, asked),
        operation,
        document,
        writes: asked.uri.path().starts_with(REST) && !reads,
    }
}

/// What GitLab answers when it fails.
pub(super) fn failure(status: u16) -> Answer {
    let name = match status {
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    };
    errors::error(status, &format!("{status} {name}"))
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
pub(super) fn successful_error(asked: &Asked, message: &str) -> Answer {
    errors::with_success(asked, message)
}

/// The page that a browser without a sign-in is shown.
pub(super) fn login_page() -> Answer {
    Answer::page(200, pages::login("GitLab"))
}
