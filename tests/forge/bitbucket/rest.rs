//! The table of the API's addresses.

use axum::http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::asked::{Answer, Answered};
use super::super::people::Person;
use super::super::repositories::{Access, Found, Repository};
use super::{Api, accounts, branches, commits, errors, repositories, source, tags, upload};

/// Answers what is asked at an address below `/2.0/`.
pub(super) fn answer(api: &Api<'_>, parts: &[String]) -> Answered {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match (&api.asked.method, parts.as_slice()) {
        (&Method::GET, ["user"]) => accounts::current(api),
        (&Method::GET, ["user", "emails"]) => accounts::emails(api),
        (&Method::GET, ["user", "workspaces"]) => accounts::workspaces(api),
        (
            &Method::GET,
            [
                "user",
                "workspaces",
                workspace,
                "permissions",
                "repositories",
            ],
        ) => repositories::permissions(api, workspace),
        (
            &Method::GET,
            ["repositories" | "workspaces"]
            | ["user", "permissions", "repositories" | "workspaces"],
        ) => Err(errors::gone()),
        (&Method::GET, ["repositories", workspace]) => repositories::list(api, workspace),
        (_, ["repositories", workspace, slug, rest @ ..]) => {
            let repository = api.repository(&format!("{workspace}/{slug}"))?;
            within(api, &repository, rest)
        }
        _ => Err(errors::not_found()),
    }
}

fn within(api: &Api<'_>, repository: &Repository, rest: &[&str]) -> Answered {
    let at = |parts: &[&str]| parts.join("/");
    match (&api.asked.method, rest) {
        (&Method::GET, []) => Ok(repositories::one(api, repository)),
        (&Method::GET, ["refs", "branches"]) => branches::list(api, repository),
        (&Method::GET, ["refs", "branches", name @ ..]) => {
            branches::one(api, repository, &at(name))
        }
        (&Method::GET, ["refs", "tags", name @ ..]) => tags::one(api, repository, &at(name)),
        (&Method::POST, ["refs", "branches"]) => branches::create(api, repository),
        (&Method::POST, ["src"]) => upload::commit(api, repository),
        (&Method::GET, ["src", commit, first, path @ ..]) => {
            let path = at(&[&[*first], path].concat());
            source::read(api, repository, commit, &path)
        }
        (&Method::GET, ["commits"]) => commits::list(api, repository, None),
        (&Method::GET, ["commits", revision]) => commits::list(api, repository, Some(revision)),
        (&Method::GET, ["commit", name]) => commits::one(api, repository, name),
        _ => Err(errors::not_found()),
    }
}

/// A name with slashes as it stands in an address.
pub(super) fn escaped(name: &str) -> String {
    const SET: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    utf8_percent_encode(name, SET).to_string()
}

impl Api<'_> {
    /// An address of the API.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}2.0/{path}", self.world.url)
    }

    /// The person who calls.
    pub(super) fn person(&self) -> Result<&Person, Answer> {
        let message = "This resource requires authentication.";
        self.caller
            .as_ref()
            .ok_or_else(|| errors::error(401, message))
    }

    /// What the caller may do there: all repositories are private.
    pub(super) fn access(&self, repository: &Repository) -> Access {
        let caller = self.caller.as_ref();
        caller.map_or(Access::None, |person| repository.access(&person.login))
    }

    /// The repository, where the caller may read it. Nothing leads from a former name to it.
    fn repository(&self, full_name: &str) -> Result<Repository, Answer> {
        match self.world.repositories.find(full_name) {
            Some(Found::Here(one)) if self.access(&one) >= Access::Read => Ok(one),
            _ => Err(errors::no_repository()),
        }
    }

    /// That the caller may change the repository.
    pub(super) fn may_write(&self, repository: &Repository) -> Result<&Person, Answer> {
        if self.access(repository) < Access::Write {
            let message = "Access denied. You must have write or admin access.";
            return Err(errors::error(403, message));
        }
        if repository.archived {
            return Err(errors::error(403, "This repository is read-only."));
        }
        self.person()
    }
}
