//! Tags: references, and objects of their own.

use git2::Oid;
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::Repository;
use super::rest::escaped;
use super::{Api, commits, errors};

/// `GET …/git/ref/tags/{name}`
pub(super) fn reference(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    if git.branches().is_empty() {
        return Err(errors::error(409, "Git Repository is empty."));
    }
    let named = git.tag(name).ok_or_else(errors::not_found)?;
    let path = format!(
        "repos/{}/git/refs/tags/{}",
        repository.full_name(),
        escaped(name)
    );
    Ok(Answer::json(
        200,
        &json!({
            "ref": format!("refs/tags/{name}"), "node_id": format!("REF_{named}"),
            "url": api.link(&path), "object": object(api, repository, &git, named),
        }),
    ))
}

/// `GET …/git/tags/{id}`
pub(super) fn one(api: &Api<'_>, repository: &Repository, id: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let found = Oid::from_str(id).ok().filter(|_| id.len() == 40);
    let tag = found.and_then(|id| git.tag_object(id));
    let tag = tag.ok_or_else(errors::not_found)?;
    let tagger = tag.tagger().expect("whoever makes a tag is named in it");
    let path = format!("repos/{}/git/tags/{id}", repository.full_name());
    Ok(Answer::json(
        200,
        &json!({
            "node_id": format!("TA_{id}"), "sha": id, "url": api.link(&path),
            "tag": tag.name().unwrap_or_default(), "message": tag.message().ok().flatten(),
            "tagger": commits::signature(&tagger),
            "object": object(api, repository, &git, tag.target_id()),
            "verification": commits::unverified(),
        }),
    ))
}

fn object(api: &Api<'_>, repository: &Repository, git: &Git, id: Oid) -> Value {
    let kind = git.kind(id).map_or("commit", |kind| kind.str());
    let path = format!("repos/{}/git/{kind}s/{id}", repository.full_name());
    json!({ "type": kind, "sha": id.to_string(), "url": api.link(&path) })
}
