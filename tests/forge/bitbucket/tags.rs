//! Tags, each with the commit that it leads to.

use serde_json::json;

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::Repository;
use super::rest::escaped;
use super::{Api, commits, errors};

/// `GET …/refs/tags/{name}`. Of what is no commit there is no tag.
pub(super) fn one(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let none = || errors::error(404, &format!("Tag \"{name}\" not found"));
    let commit = git.tagged(name).ok_or_else(none)?;
    let named = git.tag(name).and_then(|id| git.tag_object(id));
    let message = named.as_ref().and_then(|tag| tag.message().ok().flatten());
    let full_name = repository.full_name();
    let link = |rest: &str| {
        api.link(&format!(
            "repositories/{full_name}/{rest}/{}",
            escaped(name)
        ))
    };
    let mut body = json!({
        "type": "tag", "name": name, "target": commits::body(api, repository, &commit),
        "links": {
            "self": { "href": link("refs/tags") }, "commits": { "href": link("commits") },
            "html": {
                "href": format!("{}{full_name}/commits/tag/{}", api.world.url, escaped(name)),
            },
        },
    });
    if let Some(message) = message {
        body["message"] = message.into();
    }
    Ok(Answer::json(200, &body))
}
