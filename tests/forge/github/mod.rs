//! GitHub's dialect, as an Enterprise Server speaks it: REST below `/api/v3`, GraphQL at
//! `/api/graphql`, the sign-in pages below `/login`.

mod accounts;
mod branches;
mod commits;
mod contents;
mod device;
mod envelope;
mod errors;
mod oauth;
mod objects;
mod paging;
mod queries;
mod repositories;
mod rest;
mod tags;

use jiff::Timestamp;

use super::World;
use super::asked::{Answer, Asked};
use super::callers::Caller;
use super::calls::Sort;
use super::graphql;
use super::pages;

const REST: &str = "/api/v3/";
const GRAPHQL: &str = "/api/graphql";

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
        return envelope::around(world, asked, "core", |api| rest::answer(api, &parts));
    }
    match asked.uri.path() {
        GRAPHQL => envelope::around(world, asked, "graphql", queries::answer),
        _ => oauth::answer(world, asked),
    }
}

/// What sort of call it is.
pub(super) fn sort(world: &World, asked: &Asked) -> Sort {
    let operation = (asked.uri.path() == GRAPHQL)
        .then(|| graphql::operation(asked))
        .flatten();
    let mutates = operation
        .as_ref()
        .is_some_and(|operation| operation.mutates);
    let below_repos = asked.uri.path().starts_with("/api/v3/repos");
    let (operation, document) = operation.map(|one| (one.name, one.document)).unzip();
    Sort {
        login: Caller::login(world, asked),
        operation,
        document,
        writes: mutates || (below_repos && asked.method != "GET"),
    }
}

/// What GitHub answers when it fails.
pub(super) fn failure(status: u16) -> Answer {
    errors::error(
        status,
        "Something went wrong while processing your request.",
    )
}

/// What GitHub answers to somebody who has used up the hour's calls.
pub(super) fn used_up(reset: Timestamp) -> Answer {
    errors::primary(0)
        .with("x-ratelimit-limit", "5000")
        .with("x-ratelimit-remaining", "0")
        .with("x-ratelimit-reset", reset.as_second().to_string())
}

/// What GitHub answers to somebody who calls too often at once.
pub(super) fn too_often(status: u16, retry_after: u32) -> Answer {
    errors::secondary(status).with("retry-after", retry_after.to_string())
}

/// An error under status 200.
pub(super) fn successful_error(asked: &Asked, message: &str) -> Answer {
    errors::with_success(asked, message)
}

/// The page that a browser without a sign-in is shown.
pub(super) fn login_page() -> Answer {
    Answer::page(200, pages::login("GitHub"))
}
