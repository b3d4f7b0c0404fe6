//! Tags, each with the commit that it leads to.

use serde_json::json;

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::Repository;
use super::{Api, entities, errors};

/// `GET …/repository/tags/{name}`
pub(super) fn one(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let named = git.tag(name).ok_or_else(|| errors::not_found("Tag"))?;
    let object = git.tag_object(named);
    let message = object.as_ref().and_then(|tag| tag.message().ok().flatten());
    let commit = git.tagged(name);
    let commit = commit.map(|commit| entities::commit(api, repository, &commit));
    Ok(Answer::json(
        200,
        &json!({
            "name": name, "message": message, "target": named.to_string(),
            "commit": commit, "release": null, "protected": false, "created_at": null,
        }),
    ))
}
