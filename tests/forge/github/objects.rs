//! Trees, blobs and commits as git has them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use git2::{ObjectType, Oid};
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::{Entry, Git};
use super::super::repositories::Repository;
use super::{Api, commits, errors};

/// The largest blob that is given out, in bytes.
pub(super) const BLOB_MAX: usize = 100 * 1024 * 1024;
/// The most entries of a tree.
const TREE_MAX: usize = 100_000;

/// `GET …/git/trees/{sha or branch}`
pub(super) fn tree(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    if git.branches().is_empty() {
        return Err(errors::error(409, "Git Repository is empty."));
    }
    let by_commit = git.commit_named(name).map(|commit| commit.tree_id());
    let id = by_commit.or_else(|| Oid::from_str(name).ok());
    let id = id.filter(|id| git.kind(*id) == Some(ObjectType::Tree));
    let id = id.ok_or_else(errors::not_found)?;
    let deep = api.asked.query("recursive").is_some();
    let mut entries = git.entries_below(id, "", deep);
    let truncated = entries.len() > TREE_MAX;
    entries.truncate(TREE_MAX);
    let link = |rest: String| api.link(&format!("repos/{}/git/{rest}", repository.full_name()));
    let shown = |entry: &Entry| shown(&git, entry, &link);
    let body = json!({
        "sha": id.to_string(), "url": link(format!("trees/{id}")),
        "tree": entries.iter().map(shown).collect::<Value>(), "truncated": truncated,
    });
    Ok(Answer::json(200, &body))
}

fn shown(git: &Git, entry: &Entry, link: &impl Fn(String) -> String) -> Value {
    let (id, kind) = (entry.id, entry.kind());
    let mut shown = json!({
        "path": entry.path, "mode": format!("{:06o}", entry.mode), "type": kind,
        "sha": id.to_string(),
    });
    if kind == "blob" {
        shown["size"] = git.size(id).into();
    }
    if kind != "commit" {
        shown["url"] = link(format!("{kind}s/{id}")).into();
    }
    shown
}

/// `GET …/git/blobs/{sha}`
pub(super) fn blob(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let id = Oid::from_str(name).ok().filter(|_| name.len() == 40);
    let id = id.filter(|id| git.kind(*id) == Some(ObjectType::Blob));
    let id = id.ok_or_else(errors::not_found)?;
    if git.size(id).is_some_and(|size| size > BLOB_MAX) {
        return Err(errors::too_large());
    }
    let bytes = git.blob(id).ok_or_else(errors::not_found)?;
    if raw(api) {
        return Ok(Answer::of(
            200,
            "application/vnd.github.raw; charset=utf-8",
            bytes,
        ));
    }
    let path = format!("repos/{}/git/blobs/{id}", repository.full_name());
    let body = json!({
        "sha": id.to_string(), "node_id": format!("B_{id}"), "size": bytes.len(),
        "url": api.link(&path), "content": base64_lines(&bytes), "encoding": "base64",
    });
    Ok(Answer::json(200, &body))
}

/// `GET …/git/commits/{sha}`
pub(super) fn commit(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let id = Oid::from_str(name).ok().filter(|_| name.len() == 40);
    let commit = id
        .and_then(|id| git.commit(id))
        .ok_or_else(errors::not_found)?;
    Ok(Answer::json(200, &commit_body(api, repository, &commit)))
}

/// A commit without who made it.
pub(super) fn commit_body(
    api: &Api<'_>,
    repository: &Repository,
    commit: &git2::Commit<'_>,
) -> Value {
    let (id, name) = (commit.id(), repository.full_name());
    json!({
        "sha": id.to_string(), "node_id": format!("C_{id}"),
        "url": api.link(&format!("repos/{name}/git/commits/{id}")),
        "html_url": format!("{}{name}/commit/{id}", api.world.url),
        "author": commits::signature(&commit.author()),
        "committer": commits::signature(&commit.committer()),
        "tree": commits::tree(api, repository, commit), "message": commits::message(commit),
        "parents": commits::parents(api, repository, commit, "git/commits"),
        "verification": commits::unverified(),
    })
}

/// Whether the bytes alone are asked for.
pub(super) fn raw(api: &Api<'_>) -> bool {
    let accept = api.asked.header("accept").unwrap_or_default();
    accept.contains("application/vnd.github.raw") || accept.contains(".raw")
}

/// Base64 in lines of 60 characters, as GitHub gives it.
pub(super) fn base64_lines(bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / 60 + 1);
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, further) = rest.split_at(rest.len().min(60));
        lines.push_str(line);
        lines.push('\n');
        rest = further;
    }
    lines
}
