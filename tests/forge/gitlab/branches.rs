//! Branches, and the making of one.

use git2::Oid;
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::{Change, Draft, Git};
use super::super::people::Person;
use super::super::repositories::Repository;
use super::{Api, entities, errors, paging, projects};

/// `GET …/repository/branches`
pub(super) fn list(api: &Api<'_>, repository: &Repository) -> Answer {
    let git = Git::open(&repository.folder);
    let sought = api.asked.query("search").unwrap_or_default();
    let mut all = git.branches();
    all.retain(|(name, _)| name.contains(&sought));
    let path = projects::path(repository, "branches");
    let answer = |shown: &[(String, Oid)]| {
        let body = |(name, tip): &(String, Oid)| body(api, repository, &git, name, *tip);
        Answer::json(200, &shown.iter().map(body).collect())
    };
    if paging::by_keys(api) {
        let token = api.asked.query("page_token");
        let (shown, more) = paging::after(api, all, token.as_deref(), |(name, _)| name.clone());
        let answer = answer(&shown);
        let last = shown.last().filter(|_| more);
        return match last {
            Some((name, _)) => paging::followed(api, &path, ("page_token", name), answer),
            None => answer,
        };
    }
    let (page, total) = (paging::page(api), all.len());
    let answer = answer(&page.cut(all));
    let more = page.end() < total;
    paging::numbered(api, &path, Some(total), more, answer)
}

/// `GET …/repository/branches/{branch}`
pub(super) fn one(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    if !Git::is_branch_name(name) {
        return Err(errors::error(400, "The branch refname is invalid"));
    }
    let git = Git::open(&repository.folder);
    let tip = git.tip(name).ok_or_else(|| errors::not_found("Branch"))?;
    Ok(Answer::json(200, &body(api, repository, &git, name, tip)))
}

/// `POST …/repository/branches`
pub(super) fn create(api: &Api<'_>, repository: &Repository) -> Answered {
    let person = api.person()?;
    let value = |name: &str| api.asked.field(name).or_else(|| api.asked.query(name));
    let (name, from) = (value("branch"), value("ref"));
    let missing = [("branch", &name), ("ref", &from)];
    let missing = missing.iter().filter(|(_, value)| value.is_none());
    let missing: Vec<_> = missing
        .map(|(name, _)| format!("{name} is missing"))
        .collect();
    let (Some(name), Some(from)) = (name, from) else {
        return Err(errors::invalid(&missing.join(", ")));
    };
    if !api.may_write(repository) {
        return Err(errors::forbidden(None));
    }
    let git = Git::open(&repository.folder);
    if git.branches().is_empty() {
        begin(api, &git, person);
    }
    let refused = |message: &str| Err(errors::error(400, message));
    if !Git::is_branch_name(&name) {
        return refused("Branch name is invalid");
    }
    if git.tip(&name).is_some() {
        return refused("Branch already exists");
    }
    let failed = |why: &str| refused(&format!("Failed to create branch '{name}': {why}"));
    let Some(at) = git.commit_named(&from).map(|commit| commit.id()) else {
        return failed(&format!("invalid reference name '{from}'"));
    };
    if !git.create_branch(&name, at) {
        return failed("Branch name conflicts with existing branch hierarchy.");
    }
    Ok(Answer::json(201, &body(api, repository, &git, &name, at)))
}

/// GitLab makes the default branch of an empty repository, unasked, before another one.
fn begin(api: &Api<'_>, git: &Git, person: &Person) {
    let draft = Draft {
        branch: &git.default_branch(),
        parent: None,
        changes: &[Change::Put("README.md".to_owned(), Vec::new())],
        message: "Add README.md",
        author: (person, api.world.clock.now()),
        committer: (&person.name, &person.email),
    };
    // Who comes second finds it there.
    git.make(&draft).ok();
}

fn body(api: &Api<'_>, repository: &Repository, git: &Git, name: &str, tip: Oid) -> Value {
    let commit = git.commit(tip).expect("a branch is at a commit");
    let page = format!("{}{}/-/tree/{name}", api.world.url, repository.full_name());
    json!({
        "name": name, "commit": entities::commit(api, repository, &commit), "merged": false,
        "protected": repository.is_protected(name), "developers_can_push": false,
        "developers_can_merge": false, "can_push": api.may_push(repository, name),
        "default": name == git.default_branch(), "web_url": page,
    })
}
