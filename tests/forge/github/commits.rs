//! Commits, and the history of a path.

use git2::{Commit, Signature};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::{Changed, Git};
use super::super::repositories::Repository;
use super::rest::escaped;
use super::{Api, accounts, errors, paging, repositories};

/// `GET …/commits`
pub(super) fn list(api: &Api<'_>, repository: &Repository) -> Answered {
    let git = Git::open(&repository.folder);
    if git.branches().is_empty() {
        return Err(errors::error(409, "Git Repository is empty."));
    }
    let from = api
        .asked
        .query("sha")
        .unwrap_or_else(|| git.default_branch());
    let from = git.commit_named(&from).ok_or_else(errors::not_found)?;
    let path = api.asked.query("path").unwrap_or_default();
    let page = paging::page(api);
    // A long history is not walked to its end to count it.
    let ids = git.history(from.id(), &path, page.end() + 1);
    let more = ids.len() > page.end();
    let commits = page.cut(ids).into_iter().filter_map(|id| git.commit(id));
    let bodies: Vec<_> = commits
        .map(|commit| body(api, repository, &commit))
        .collect();
    let answer = Answer::json(200, &bodies.into());
    let path = format!("repositories/{}/commits", repository.id);
    Ok(paging::linked_on(api, &page, &path, more, answer))
}

/// `GET …/commits/{ref}`
pub(super) fn one(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    if git.branches().is_empty() {
        return Err(errors::error(409, "Git Repository is empty."));
    }
    let none = || errors::error(422, &format!("No commit found for SHA: {name}"));
    let commit = git.commit_named(name).ok_or_else(none)?;
    if api.asked.header("accept") == Some("application/vnd.github.sha") {
        let id = commit.id().to_string();
        return Ok(Answer::of(
            200,
            "application/vnd.github.sha; charset=utf-8",
            id,
        ));
    }
    let changed = git.changed(&commit);
    let sum = |count: fn(&Changed) -> usize| changed.iter().map(count).sum::<usize>();
    let (added, removed) = (sum(|one| one.additions), sum(|one| one.deletions));
    let files = changed
        .iter()
        .map(|one| file(api, repository, &commit, one));
    let mut body = body(api, repository, &commit);
    body["stats"] = json!({ "total": added + removed, "additions": added, "deletions": removed });
    body["files"] = files.collect();
    Ok(Answer::json(200, &body))
}

/// A commit with who made it.
pub(super) fn body(api: &Api<'_>, repository: &Repository, commit: &Commit<'_>) -> Value {
    let (id, name) = (commit.id(), repository.full_name());
    let link = |rest: String| api.link(&format!("repos/{name}/{rest}"));
    let account = |signature: &Signature<'_>| {
        let email = signature.email().unwrap_or_default();
        let people = api.world.people.all();
        let known = people.into_iter().find(|person| person.email == email);
        known.map(|person| accounts::simple(api, &person))
    };
    json!({
        "sha": id.to_string(), "node_id": format!("C_{id}"), "url": link(format!("commits/{id}")),
        "html_url": format!("{}{name}/commit/{id}", api.world.url),
        "comments_url": link(format!("commits/{id}/comments")),
        "commit": {
            "url": link(format!("git/commits/{id}")), "message": message(commit),
            "author": signature(&commit.author()), "committer": signature(&commit.committer()),
            "tree": tree(api, repository, commit), "comment_count": 0,
            "verification": unverified(),
        },
        "author": account(&commit.author()), "committer": account(&commit.committer()),
        "parents": parents(api, repository, commit, "commits"),
    })
}

/// The message without the line end that git puts after it.
pub(super) fn message(commit: &Commit<'_>) -> String {
    let message = String::from_utf8_lossy(commit.message_bytes());
    message.trim_end_matches('\n').to_owned()
}

/// Name, address and time.
pub(super) fn signature(signature: &Signature<'_>) -> Value {
    let when = Timestamp::from_second(signature.when().seconds());
    json!({
        "name": signature.name().unwrap_or_default(),
        "email": signature.email().unwrap_or_default(),
        "date": repositories::time(when.expect("git's times are in range")),
    })
}

/// What says that nobody has signed it.
pub(super) fn unverified() -> Value {
    json!({
        "verified": false, "reason": "unsigned", "signature": null, "payload": null,
        "verified_at": null,
    })
}

pub(super) fn tree(api: &Api<'_>, repository: &Repository, commit: &Commit<'_>) -> Value {
    let id = commit.tree_id();
    let url = api.link(&format!("repos/{}/git/trees/{id}", repository.full_name()));
    json!({ "sha": id.to_string(), "url": url })
}

/// The parents; `kind` is where their addresses lead.
pub(super) fn parents(
    api: &Api<'_>,
    repository: &Repository,
    commit: &Commit<'_>,
    kind: &str,
) -> Value {
    let name = repository.full_name();
    let parent = |id: git2::Oid| {
        json!({
            "sha": id.to_string(), "url": api.link(&format!("repos/{name}/{kind}/{id}")),
            "html_url": format!("{}{name}/commit/{id}", api.world.url),
        })
    };
    commit.parent_ids().map(parent).collect()
}

fn file(api: &Api<'_>, repository: &Repository, commit: &Commit<'_>, changed: &Changed) -> Value {
    let (id, path, name) = (commit.id(), escaped(&changed.path), repository.full_name());
    let page = format!("{}{name}", api.world.url);
    json!({
        "sha": changed.blob.to_string(), "filename": changed.path, "status": changed.status,
        "additions": changed.additions, "deletions": changed.deletions,
        "changes": changed.additions + changed.deletions,
        "blob_url": format!("{page}/blob/{id}/{path}"), "raw_url": format!("{page}/raw/{id}/{path}"),
        "contents_url": api.link(&format!("repos/{name}/contents/{path}?ref={id}")),
    })
}
