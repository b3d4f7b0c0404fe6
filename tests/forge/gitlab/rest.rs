//! The table of REST's addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::asked::{Answer, Answered};
use super::super::people::Person;
use super::super::repositories::{Access, Found, Repository};
use super::{Api, REST, actions, branches, commits, entities, errors, files, projects, tags, tree};

/// Answers what is asked at an address below `/api/v4/`. Names with slashes are one part of it, with
/// the slashes encoded.
pub(super) fn answer(api: &Api<'_>, parts: &[String]) -> Answered {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match (api.asked.method.as_str(), parts.as_slice()) {
        ("GET", ["user"]) => Ok(Answer::json(200, &entities::user(api, api.person()?))),
        ("GET", ["projects"]) => projects::list(api),
        (_, ["projects", id, rest @ ..]) => within(api, id, rest),
        _ => Err(errors::no_route()),
    }
}

fn within(api: &Api<'_>, id: &str, rest: &[&str]) -> Answered {
    let method = api.asked.method.as_str();
    let project = || api.project(id);
    match (method, rest) {
        ("GET", []) => Ok(projects::one(api, &project()?)),
        ("GET", ["repository", "branches"]) => Ok(branches::list(api, &project()?)),
        ("GET", ["repository", "branches", name]) => branches::one(api, &project()?, name),
        ("POST", ["repository", "branches"]) => branches::create(api, &project()?),
        ("GET", ["repository", "tags", name]) => tags::one(api, &project()?, name),
        ("GET", ["repository", "tree"]) => tree::list(api, &project()?),
        ("GET" | "HEAD", ["repository", "files", path]) => files::one(api, &project()?, path),
        ("GET", ["repository", "files", path, "raw"]) => files::raw(api, &project()?, path),
        ("GET", ["repository", "blobs", id]) => files::blob(&project()?, id, false),
        ("GET", ["repository", "blobs", id, "raw"]) => files::blob(&project()?, id, true),
        ("GET", ["repository", "commits"]) => Ok(commits::list(api, &project()?)),
        ("GET", ["repository", "commits", name]) => commits::one(api, &project()?, name),
        ("POST", ["repository", "commits"]) => actions::commit(api, &project()?),
        ("GET", ["repository", "compare"]) => commits::compare(api, &project()?),
        _ => Err(errors::no_route()),
    }
}

/// A name as one part of an address.
pub(super) fn encoded(name: &str) -> String {
    const SET: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~');
    utf8_percent_encode(name, SET).to_string()
}

impl Api<'_> {
    /// An address of the API.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}api/v4/{path}", self.world.url)
    }

    /// The person who calls.
    pub(super) fn person(&self) -> Result<&Person, Answer> {
        let caller = self.caller.as_ref();
        let caller = caller.ok_or_else(|| errors::unauthorized(false))?;
        Ok(&caller.person)
    }

    /// What the caller may do there: all projects are private.
    pub(super) fn access(&self, repository: &Repository) -> Access {
        let caller = self.caller.as_ref();
        caller.map_or(Access::None, |caller| {
            repository.access(&caller.person.login)
        })
    }

    /// Whether the caller may commit to a branch. GitLab has the same words for all reasons why not.
    pub(super) fn may_push(&self, repository: &Repository, branch: &str) -> bool {
        self.may_write(repository) && !repository.is_protected(branch)
    }

    pub(super) fn may_write(&self, repository: &Repository) -> bool {
        self.access(repository) >= Access::Write && !repository.archived
    }

    /// The project with this number or path, where the caller may read it. A path that it had
    /// before leads to its number, for reading.
    fn project(&self, id: &str) -> Result<Repository, Answer> {
        let found = match id.parse() {
            Ok(number) => self.world.repositories.by_id(number).map(Found::Here),
            Err(_) => self.world.repositories.find(id),
        };
        let (repository, moved) = match found.ok_or_else(|| errors::not_found("Project"))? {
            Found::Here(repository) => (repository, false),
            Found::Moved(repository) => (repository, true),
        };
        if self.access(&repository) < Access::Read {
            return Err(errors::not_found("Project"));
        }
        if !moved {
            return Ok(repository);
        }
        if self.asked.method != "GET" {
            let message = "Non GET methods are not allowed for moved projects";
            return Err(errors::error(405, message));
        }
        let address = self.link(&format!("projects/{}{}", repository.id, self.rest()));
        let message = format!("This resource has been moved permanently to {address}");
        Err(errors::error(301, &message).with("location", address))
    }

    /// What follows a project in the address, as it was sent.
    fn rest(&self) -> String {
        let target = self.asked.target();
        let below = target.strip_prefix(REST).unwrap_or_default();
        let below = below.strip_prefix("projects/").unwrap_or_default();
        let end = below.find(['/', '?']).unwrap_or(below.len());
        below[end..].to_owned()
    }
}
