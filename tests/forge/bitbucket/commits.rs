//! Commits, and the history of a path.

use git2::{Commit, Oid, Signature};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::Repository;
use super::paging::Page;
use super::{Api, accounts, errors, repositories};

/// `GET …/commits` and `GET …/commits/{revision}`
pub(super) fn list(api: &Api<'_>, repository: &Repository, revision: Option<&str>) -> Answered {
    let git = Git::open(&repository.folder);
    let page = Page::named(api, 30)?;
    if revision.is_none() && git.branches().is_empty() {
        return Ok(page.answer(api, Vec::new(), |none: Value| none));
    }
    let default = git.default_branch();
    let from = commit_named(&git, revision.unwrap_or(&default))?;
    let path = api.asked.query("path").unwrap_or_default();
    // A long history is not walked to its end to count it.
    let ids = git.history(from.id(), &path, page.end() + 1);
    let shown = |id: Oid| git.commit(id).map(|commit| body(api, repository, &commit));
    Ok(page.answer(api, ids, |id| shown(id).expect("it is in the history")))
}

/// `GET …/commit/{commit}`
pub(super) fn one(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let commit = commit_named(&git, name)?;
    let mut body = body(api, repository, &commit);
    body["participants"] = json!([]);
    Ok(Answer::json(200, &body))
}

/// The commit that a whole id or a branch names. A branch with one of `/ # %` in its name is not
/// found, however it is written.
pub(super) fn commit_named<'a>(git: &'a Git, name: &str) -> Result<Commit<'a>, Answer> {
    let plain = !name.contains(['/', '#', '%']);
    let found = git.commit_named(name).filter(|_| plain);
    found.ok_or_else(|| errors::no_commit(name))
}

/// A commit with who made it.
pub(super) fn body(api: &Api<'_>, repository: &Repository, commit: &Commit<'_>) -> Value {
    let message = String::from_utf8_lossy(commit.message_bytes());
    let time = Timestamp::from_second(commit.author().when().seconds());
    let time = time.expect("git's times are in range");
    let mut whole = short(api, repository, commit.id());
    let parents = commit.parent_ids().map(|id| short(api, repository, id));
    let more = json!({
        "date": time.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string(), "message": message,
        "author": made_by(api, "author", &commit.author()),
        "committer": made_by(api, "committer", &commit.committer()),
        "parents": parents.collect::<Value>(), "repository": repositories::short(api, repository),
        "summary": {
            "raw": message, "markup": "markdown",
            "html": format!("<p>{}</p>", message.trim_end().replace('<', "&lt;")),
        },
    });
    let more = more.as_object().cloned().unwrap_or_default();
    whole.as_object_mut().expect("it is an object").extend(more);
    whole
}

/// A commit's name alone.
pub(super) fn short(api: &Api<'_>, repository: &Repository, id: Oid) -> Value {
    let name = repository.full_name();
    json!({
        "type": "commit", "hash": id.to_string(),
        "links": {
            "self": { "href": api.link(&format!("repositories/{name}/commit/{id}")) },
            "html": { "href": format!("{}{name}/commits/{id}", api.world.url) },
        },
    })
}

/// Whoever has the address has the account.
fn made_by(api: &Api<'_>, kind: &str, signature: &Signature<'_>) -> Value {
    let name = signature.name().unwrap_or_default();
    let email = signature.email().unwrap_or_default();
    let people = api.world.people.all();
    let known = people.iter().find(|person| person.email == email);
    let mut whole = json!({ "type": kind, "raw": format!("{name} <{email}>") });
    if let Some(person) = known {
        whole["user"] = accounts::account(api, person);
    }
    whole
}
