//! Branches, and the making of one.

use git2::{ObjectType, Oid};
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::Repository;
use super::rest::escaped;
use super::{Api, commits, errors, paging};

/// `GET …/branches`
pub(super) fn list(api: &Api<'_>, repository: &Repository) -> Answer {
    let all = Git::open(&repository.folder).branches();
    let wanted = api.asked.query("protected");
    let fits = |name: &str| {
        let protected = repository.is_protected(name).to_string();
        wanted.as_ref().is_none_or(|wanted| *wanted == protected)
    };
    let all: Vec<_> = all.into_iter().filter(|(name, _)| fits(name)).collect();
    let (page, total) = (paging::page(api), all.len());
    let body = |(name, tip): (String, Oid)| {
        let commit = api.link(&format!("repos/{}/commits/{tip}", repository.full_name()));
        json!({
            "name": name, "commit": { "sha": tip.to_string(), "url": commit },
            "protected": repository.is_protected(&name),
        })
    };
    let bodies: Vec<_> = page.cut(all).into_iter().map(body).collect();
    let answer = Answer::json(200, &bodies.into());
    let path = format!("repositories/{}/branches", repository.id);
    paging::linked(api, &page, &path, total, answer)
}

/// `GET …/branches/{branch}`
pub(super) fn one(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let commit = git.tip(name).and_then(|tip| git.commit(tip));
    let commit = commit.ok_or_else(|| errors::error(404, "Branch not found"))?;
    let full_name = repository.full_name();
    let own = api.link(&format!("repos/{full_name}/branches/{}", escaped(name)));
    let body = json!({
        "name": name, "commit": commits::body(api, repository, &commit),
        "_links": {
            "self": own, "html": format!("{}{full_name}/tree/{}", api.world.url, escaped(name)),
        },
        "protected": repository.is_protected(name),
        "protection": {
            "enabled": repository.is_protected(name),
            "required_status_checks": {
                "enforcement_level": "off", "contexts": [], "checks": [],
            },
        },
        "protection_url": format!("{own}/protection"),
    });
    Ok(Answer::json(200, &body))
}

/// `POST …/git/refs`
pub(super) fn create(api: &Api<'_>, repository: &Repository) -> Answered {
    api.may_write(repository)?;
    let git = Git::open(&repository.folder);
    if git.branches().is_empty() {
        return Err(errors::error(409, "Git Repository is empty."));
    }
    let asked = api.asked.json();
    let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
    let (reference, sha) = (text("ref"), text("sha"));
    let name = reference.strip_prefix("refs/heads/");
    let name = name
        .filter(|name| Git::is_branch_name(name))
        .ok_or_else(|| {
            let message = format!("{reference} is not a valid ref name.");
            errors::error(422, &message)
        })?;
    let at = Oid::from_str(&sha).ok();
    let at = at.filter(|id| git.kind(*id) == Some(ObjectType::Commit));
    let at = at.ok_or_else(|| errors::error(422, "Object does not exist"))?;
    if git.tip(name).is_some() {
        return Err(errors::error(422, "Reference already exists"));
    }
    if !git.create_branch(name, at) {
        return Err(errors::error(422, "Reference update failed"));
    }
    let body = reference_body(api, repository, name, at);
    let address = body["url"].as_str().unwrap_or_default().to_owned();
    Ok(Answer::json(201, &body).with("location", address))
}

fn reference_body(api: &Api<'_>, repository: &Repository, name: &str, at: Oid) -> Value {
    let link = |rest: String| api.link(&format!("repos/{}/git/{rest}", repository.full_name()));
    json!({
        "ref": format!("refs/heads/{name}"), "node_id": format!("REF_{}_{name}", repository.id),
        "url": link(format!("refs/heads/{}", escaped(name))),
        "object": { "type": "commit", "sha": at.to_string(), "url": link(format!("commits/{at}")) },
    })
}
