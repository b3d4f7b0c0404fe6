//! Repositories, with every member that Bitbucket gives.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::{Access, Repository};
use super::paging::Page;
use super::query::{self, Filter};
use super::{Api, accounts, errors};

/// `GET /user/workspaces/{workspace}/permissions/repositories`
pub(super) fn permissions(api: &Api<'_>, workspace: &str) -> Answered {
    let person = api.person()?;
    if !accounts::is_member(api, workspace) {
        return Err(errors::error(
            403,
            "You do not have access to this workspace.",
        ));
    }
    let filter = Filter::of(api, "repository.name")?;
    let mut all = within(api, workspace);
    all.retain(|one| filter.admits(&one.name));
    query::sort(
        api,
        &mut all,
        &[("repository.name", |one| one.name.clone())],
    )?;
    let user = accounts::account(api, person);
    let body = |one: Repository| {
        json!({
            "type": "repository_permission", "user": user, "repository": short(api, &one),
            "permission": permission(api.access(&one)),
        })
    };
    Ok(Page::numbered(api)?.answer(api, all, body))
}

/// `GET /repositories/{workspace}`
pub(super) fn list(api: &Api<'_>, workspace: &str) -> Answered {
    let least = match api.asked.query("role").as_deref() {
        None | Some("member") => Access::Read,
        Some("contributor") => Access::Write,
        Some("admin" | "owner") => Access::Admin,
        Some(_) => return Err(errors::error(400, "Invalid role")),
    };
    let filter = Filter::of(api, "name")?;
    let mut all = within(api, workspace);
    all.retain(|one| api.access(one) >= least && filter.admits(&one.name));
    let keys: [(&str, query::Key<Repository>); 3] = [
        ("name", |one| one.name.clone()),
        ("full_name", Repository::full_name),
        ("updated_on", |one| format!("{:020}", one.id)),
    ];
    query::sort(api, &mut all, &keys)?;
    Ok(Page::numbered(api)?.answer(api, all, |one| body(api, &one)))
}

/// What of a workspace the caller may read, the oldest first.
fn within(api: &Api<'_>, workspace: &str) -> Vec<Repository> {
    let login = api.caller.as_ref().map_or("", |person| &person.login);
    let mut all = api.world.repositories.of(login);
    all.retain(|one| one.owner.eq_ignore_ascii_case(workspace));
    all
}

/// `GET /repositories/{workspace}/{repo_slug}`
pub(super) fn one(api: &Api<'_>, repository: &Repository) -> Answer {
    Answer::json(200, &body(api, repository))
}

/// A repository as it stands in other answers.
pub(super) fn short(api: &Api<'_>, repository: &Repository) -> Value {
    let name = repository.full_name();
    json!({
        "type": "repository", "uuid": accounts::uuid(3, repository.id), "full_name": name,
        "name": repository.name,
        "links": {
            "self": { "href": api.link(&format!("repositories/{name}")) },
            "html": { "href": format!("{}{name}", api.world.url) },
            "avatar": { "href": format!("{}{name}/avatar/", api.world.url) },
        },
    })
}

fn body(api: &Api<'_>, repository: &Repository) -> Value {
    let owner = api.world.people.find(&repository.owner);
    let owner = owner.expect("every repository's owner has an account");
    let created = time(repository.created);
    let mut whole = short(api, repository);
    let more = json!({
        "slug": repository.name, "is_private": true, "scm": "git", "description": "",
        "language": "", "size": 0, "has_issues": false, "has_wiki": false,
        "fork_policy": "no_public_forks", "created_on": created, "updated_on": created,
        "owner": accounts::account(api, &owner), "mainbranch": main_branch(repository),
        "workspace": accounts::workspace(api, &repository.owner),
    });
    let more = more.as_object().cloned().unwrap_or_default();
    whole.as_object_mut().expect("it is an object").extend(more);
    let address = format!("{}{}.git", api.world.url, repository.full_name());
    whole["links"]["clone"] = json!([{ "name": "https", "href": address }]);
    whole
}

/// Null as long as there is nothing in the repository.
fn main_branch(repository: &Repository) -> Value {
    let git = Git::open(&repository.folder);
    if git.branches().is_empty() {
        return Value::Null;
    }
    json!({ "type": "branch", "name": git.default_branch() })
}

fn permission(access: Access) -> &'static str {
    match access {
        Access::None => "none",
        Access::Read => "read",
        Access::Write => "write",
        Access::Admin => "admin",
    }
}

/// A time to the microsecond, as Bitbucket writes it.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}
