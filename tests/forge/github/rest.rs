//! The table of REST's addresses.

use axum::http::Method;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::super::asked::{Answer, Answered};
use super::super::callers::Caller;
use super::super::people::Person;
use super::super::repositories::{Access, Found, Repository};
use super::super::sign_in::App;
use super::{Api, accounts, branches, commits, contents, errors, objects, repositories, tags};

/// Answers what is asked at an address below `/api/v3/`.
pub(super) fn answer(api: &Api<'_>, parts: &[String]) -> Answered {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match (&api.asked.method, parts.as_slice()) {
        (&Method::GET, ["user"]) => accounts::current(api),
        (&Method::GET, ["user", "repos"]) => repositories::mine(api),
        (&Method::GET, ["rate_limit"]) => accounts::rate_limit(api),
        (&Method::DELETE, ["applications", client, "token"]) => revoke(api, client),
        (_, ["repos", owner, name, rest @ ..]) => {
            let repository = api.repository(&format!("{owner}/{name}"))?;
            within(api, &repository, rest)
        }
        (_, ["repositories", id, rest @ ..]) => {
            let repository = id
                .parse()
                .ok()
                .and_then(|id| api.world.repositories.by_id(id));
            let repository = repository.filter(|one| api.access(one) >= Access::Read);
            within(api, &repository.ok_or_else(errors::not_found)?, rest)
        }
        _ => Err(errors::not_found()),
    }
}

fn within(api: &Api<'_>, repository: &Repository, rest: &[&str]) -> Answered {
    let at = |parts: &[&str]| parts.join("/");
    match (&api.asked.method, rest) {
        (&Method::GET, []) => Ok(repositories::one(api, repository)),
        (&Method::GET, ["branches"]) => Ok(branches::list(api, repository)),
        (&Method::GET, ["branches", name @ ..]) => branches::one(api, repository, &at(name)),
        (&Method::POST, ["git", "refs"]) => branches::create(api, repository),
        (&Method::GET, ["git", "ref", "tags", name @ ..]) => {
            tags::reference(api, repository, &at(name))
        }
        (&Method::GET, ["git", "tags", id]) => tags::one(api, repository, id),
        (&Method::GET, ["contents", path @ ..]) => contents::read(api, repository, &at(path)),
        (&Method::PUT, ["contents", path @ ..]) => contents::put(api, repository, &at(path)),
        (&Method::DELETE, ["contents", path @ ..]) => contents::delete(api, repository, &at(path)),
        (&Method::GET, ["git", "trees", name @ ..]) => objects::tree(api, repository, &at(name)),
        (&Method::GET, ["git", "blobs", id]) => objects::blob(api, repository, id),
        (&Method::GET, ["git", "commits", id]) => objects::commit(api, repository, id),
        (&Method::GET, ["commits"]) => commits::list(api, repository),
        (&Method::GET, ["commits", name @ ..]) => commits::one(api, repository, &at(name)),
        _ => Err(errors::not_found()),
    }
}

/// `DELETE /applications/{client_id}/token`, by the client itself.
fn revoke(api: &Api<'_>, client: &str) -> Answered {
    let (id, secret) = api.asked.basic().unwrap_or_default();
    if !api.world.sign_ins.is_client(Some(&id), Some(&secret)) || id != client {
        return Err(errors::not_found());
    }
    let token = api.asked.field("access_token").unwrap_or_default();
    if api.world.sign_ins.revoke(&token) {
        return Ok(Answer::empty(204));
    }
    Err(errors::error(422, "Validation Failed"))
}

/// A name with slashes as it stands in an address.
pub(super) fn escaped(name: &str) -> String {
    const SET: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'`')
        .add(b'{')
        .add(b'}');
    utf8_percent_encode(name, SET).to_string()
}

impl Api<'_> {
    /// An address of the API.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}api/v3/{path}", self.world.url)
    }

    /// The person who calls.
    pub(super) fn person(&self) -> Result<&Person, Answer> {
        let caller = self.caller.as_ref();
        let caller = caller.ok_or_else(|| errors::error(401, "Requires authentication"))?;
        Ok(&caller.person)
    }

    /// What the caller may do there: all repositories are private, so that the token of an OAuth App
    /// needs the scope `repo`.
    pub(super) fn access(&self, repository: &Repository) -> Access {
        let scoped = |caller: &&Caller| {
            self.world.sign_ins.app() != App::OAuth || caller.scopes.iter().any(|one| one == "repo")
        };
        let caller = self.caller.as_ref().filter(scoped);
        caller.map_or(Access::None, |caller| {
            repository.access(&caller.person.login)
        })
    }

    /// The repository, where the caller may read it. One that has moved is answered with where to.
    fn repository(&self, full_name: &str) -> Result<Repository, Answer> {
        let found = self.world.repositories.find(full_name);
        let (repository, moved) = match found.ok_or_else(errors::not_found)? {
            Found::Here(repository) => (repository, false),
            Found::Moved(repository) => (repository, true),
        };
        if self.access(&repository) < Access::Read {
            return Err(errors::not_found());
        }
        if !moved {
            return Ok(repository);
        }
        let status = if self.asked.method == "GET" { 301 } else { 307 };
        // What follows `/api/v3/repos/OWNER/NAME`, as it was sent.
        let rest = self
            .asked
            .target()
            .splitn(6, '/')
            .nth(5)
            .unwrap_or_default()
            .to_owned();
        let rest = rest
            .trim_start_matches(|c| !matches!(c, '/' | '?'))
            .to_owned();
        let address = self.link(&format!("repositories/{}{rest}", repository.id));
        let mut body = errors::body(status, "Moved Permanently");
        body["url"] = address.clone().into();
        Err(Answer::json(status, &body).with("location", address))
    }

    /// That the caller may change the repository.
    pub(super) fn may_write(&self, repository: &Repository) -> Result<&Person, Answer> {
        if repository.archived {
            let message = "Repository was archived so is read-only.";
            return Err(errors::error(403, message));
        }
        if self.access(repository) < Access::Write {
            return Err(match self.world.sign_ins.app() {
                App::OAuth => errors::not_found(),
                App::Expiring { .. } => {
                    errors::error(403, "Resource not accessible by integration")
                }
            });
        }
        self.person()
    }
}
