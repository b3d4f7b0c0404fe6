//! Branches, and the making of one.

use git2::Oid;
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::Repository;
use super::paging::Page;
use super::query::{self, Filter};
use super::rest::escaped;
use super::{Api, commits, errors};

struct Branch {
    name: String,
    tip: Oid,
    /// In seconds.
    time: i64,
}

/// `GET …/refs/branches`. Nothing says which ones are restricted.
pub(super) fn list(api: &Api<'_>, repository: &Repository) -> Answered {
    let git = Git::open(&repository.folder);
    let filter = Filter::of(api, "name")?;
    let time = |tip| git.commit(tip).map_or(0, |commit| commit.time().seconds());
    let branch = |(name, tip)| Branch {
        name,
        tip,
        time: time(tip),
    };
    let mut all: Vec<_> = git.branches().into_iter().map(branch).collect();
    all.retain(|one| filter.admits(&one.name));
    let keys: [(&str, query::Key<Branch>); 2] = [
        ("name", |one| one.name.clone()),
        ("target.date", |one| format!("{:020}", one.time)),
    ];
    query::sort(api, &mut all, &keys)?;
    let body = |one: Branch| body(api, repository, &git, &one.name, one.tip);
    Ok(Page::numbered(api)?.answer(api, all, body))
}

/// `GET …/refs/branches/{name}`
pub(super) fn one(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let none = || errors::error(404, &format!("Branch \"{name}\" not found"));
    let tip = git.tip(name).ok_or_else(none)?;
    Ok(Answer::json(200, &body(api, repository, &git, name, tip)))
}

/// `POST …/refs/branches`
pub(super) fn create(api: &Api<'_>, repository: &Repository) -> Answered {
    api.may_write(repository)?;
    let git = Git::open(&repository.folder);
    let asked = api.asked.json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (name, target) = (text(&asked["name"]), text(&asked["target"]["hash"]));
    if !Git::is_branch_name(&name) {
        let message = format!("\"{name}\" is not a valid branch name.");
        return Err(errors::keyed(400, &message, "INVALID_BRANCH_NAME"));
    }
    if git.tip(&name).is_some() {
        let message = format!("Branch \"{name}\" already exists.");
        return Err(errors::keyed(400, &message, "BRANCH_ALREADY_EXISTS"));
    }
    if repository.is_protected(&name) {
        let message =
            format!("You are not allowed to create a branch that matches the pattern \"{name}\".");
        return Err(errors::keyed(403, &message, "BRANCH_PERMISSION_VIOLATED"));
    }
    let at = git.commit_named(&target);
    let at = at.ok_or_else(|| errors::no_commit(&target))?.id();
    if !git.create_branch(&name, at) {
        return Err(errors::error(
            400,
            &format!("Cannot create the branch \"{name}\"."),
        ));
    }
    Ok(Answer::json(201, &body(api, repository, &git, &name, at)))
}

fn body(api: &Api<'_>, repository: &Repository, git: &Git, name: &str, tip: Oid) -> Value {
    let (full_name, escaped) = (repository.full_name(), escaped(name));
    let link = |rest: &str| api.link(&format!("repositories/{full_name}/{rest}/{escaped}"));
    let commit = git.commit(tip).expect("branches are at commits");
    json!({
        "type": "branch", "name": name, "target": commits::body(api, repository, &commit),
        "default_merge_strategy": "merge_commit",
        "merge_strategies": ["merge_commit", "squash", "fast_forward"],
        "links": {
            "self": { "href": link("refs/branches") }, "commits": { "href": link("commits") },
            "html": { "href": format!("{}{full_name}/branch/{escaped}", api.world.url) },
        },
    })
}
