//! Bitbucket Cloud's dialect: its API below `/2.0/`, the sign-in below `/site/oauth2/`.

mod accounts;
mod branches;
mod commits;
mod envelope;
mod errors;
mod form;
mod oauth;
mod paging;
mod query;
mod repositories;
mod rest;
mod source;
mod tags;
mod upload;

use jiff::Timestamp;

use super::World;
use super::asked::{Answer, Asked};
use super::callers::Caller;
use super::calls::Sort;
use super::pages;
use super::people::Person;

const API: &str = "/2.0/";
const OAUTH: &str = "/site/oauth2/";

/// A call of the API, with who makes it.
pub(super) struct Api<'a> {
    world: &'a World,
    asked: &'a Asked,
    /// Without a token, nobody.
    caller: Option<Person>,
}

/// The answer when nothing goes wrong on purpose.
pub(super) fn answer(world: &World, asked: &Asked) -> Answer {
    match asked.below(API) {
        Some(parts) => envelope::around(world, asked, |api| rest::answer(api, &parts)),
        None => oauth::answer(world, asked),
    }
}

/// What sort of call it is.
pub(super) fn sort(world: &World, asked: &Asked) -> Sort {
    let below_repositories = asked.uri.path().starts_with("/2.0/repositories/");
    Sort {
        login: Caller::login(world, asked),
        writes: below_repositories && asked.method != "GET",
        ..Sort::default()
    }
}

/// What Bitbucket answers when it fails.
pub(super) fn failure(status: u16) -> Answer {
    errors::error(status, "Something went wrong")
}

/// What Bitbucket answers to somebody who has used up the hour's calls.
pub(super) fn used_up(_: Timestamp) -> Answer {
    errors::too_often()
}

/// What Bitbucket answers to somebody who calls too often at once: the same, whatever is wished for.
pub(super) fn too_often(_: u16, _: u32) -> Answer {
    errors::too_often()
}

/// An error under status 200.
pub(super) fn successful_error(asked: &Asked, message: &str) -> Answer {
    errors::with_success(asked, message)
}

/// The page that a browser without a sign-in is shown.
pub(super) fn login_page() -> Answer {
    Answer::page(200, pages::login("Bitbucket"))
}
