//! Repositories, with every member that GitHub gives.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::{Access, Repository};
use super::{Api, accounts, errors, paging};

/// The addresses of a repository's parts, each what follows its own address.
const PARTS: &[(&str, &str)] = &[
    ("archive_url", "/{archive_format}{/ref}"),
    ("assignees_url", "/assignees{/user}"),
    ("blobs_url", "/git/blobs{/sha}"),
    ("branches_url", "/branches{/branch}"),
    ("collaborators_url", "/collaborators{/collaborator}"),
    ("comments_url", "/comments{/number}"),
    ("commits_url", "/commits{/sha}"),
    ("compare_url", "/compare/{base}...{head}"),
    ("contents_url", "/contents/{+path}"),
    ("contributors_url", "/contributors"),
    ("deployments_url", "/deployments"),
    ("downloads_url", "/downloads"),
    ("events_url", "/events"),
    ("forks_url", "/forks"),
    ("git_commits_url", "/git/commits{/sha}"),
    ("git_refs_url", "/git/refs{/sha}"),
    ("git_tags_url", "/git/tags{/sha}"),
    ("hooks_url", "/hooks"),
    ("issue_comment_url", "/issues/comments{/number}"),
    ("issue_events_url", "/issues/events{/number}"),
    ("issues_url", "/issues{/number}"),
    ("keys_url", "/keys{/key_id}"),
    ("labels_url", "/labels{/name}"),
    ("languages_url", "/languages"),
    ("merges_url", "/merges"),
    ("milestones_url", "/milestones{/number}"),
    (
        "notifications_url",
        "/notifications{?since,all,participating}",
    ),
    ("pulls_url", "/pulls{/number}"),
    ("releases_url", "/releases{/id}"),
    ("stargazers_url", "/stargazers"),
    ("statuses_url", "/statuses/{sha}"),
    ("subscribers_url", "/subscribers"),
    ("subscription_url", "/subscription"),
    ("tags_url", "/tags"),
    ("teams_url", "/teams"),
    ("trees_url", "/git/trees{/sha}"),
    ("url", ""),
];

/// `GET /user/repos`
pub(super) fn mine(api: &Api<'_>) -> Answered {
    let person = api.person()?;
    let mut all = api.world.repositories.of(&person.login);
    all.retain(|one| api.access(one) >= Access::Read);
    let sort = api
        .asked
        .query("sort")
        .unwrap_or_else(|| "full_name".to_owned());
    match sort.as_str() {
        "full_name" => all.sort_by_key(Repository::full_name),
        "created" | "updated" | "pushed" => all.reverse(),
        _ => return Err(errors::error(422, "Validation Failed")),
    }
    let (page, total) = (paging::page(api), all.len());
    let shown = page.cut(all);
    let bodies: Vec<_> = shown
        .iter()
        .map(|one| Value::Object(body(api, one)))
        .collect();
    let answer = Answer::json(200, &bodies.into());
    Ok(paging::linked(api, &page, "user/repos", total, answer))
}

/// `GET /repos/{owner}/{repo}`
pub(super) fn one(api: &Api<'_>, repository: &Repository) -> Answer {
    let mut body = body(api, repository);
    body.insert("network_count".to_owned(), 0.into());
    body.insert("subscribers_count".to_owned(), 0.into());
    Answer::json(200, &Value::Object(body))
}

fn body(api: &Api<'_>, repository: &Repository) -> Map<String, Value> {
    let name = repository.full_name();
    let owner = api.world.people.find(&repository.owner);
    let owner = owner.expect("every repository's owner has an account");
    let page = format!("{}{name}", api.world.url);
    let head = json!({
        "id": repository.id, "node_id": format!("R_{}", repository.id), "name": repository.name,
        "full_name": name, "owner": accounts::simple(api, &owner), "private": true,
        "visibility": "private", "html_url": page, "description": null, "fork": false,
        "clone_url": format!("{page}.git"), "svn_url": page, "mirror_url": null,
        "git_url": format!("git://127.0.0.1/{name}.git"),
        "ssh_url": format!("git@127.0.0.1:{name}.git"),
        "default_branch": Git::open(&repository.folder).default_branch(),
        "permissions": permissions(api.access(repository)),
    });
    let addresses = PARTS.iter().map(|(member, rest)| {
        let address = api.link(&format!("repos/{name}{rest}"));
        ((*member).to_owned(), Value::String(address))
    });
    let mut body = head.as_object().cloned().unwrap_or_default();
    body.extend(addresses);
    body.extend(figures(repository));
    body
}

fn figures(repository: &Repository) -> Map<String, Value> {
    let created = time(repository.created);
    let figures = json!({
        "archived": repository.archived, "disabled": false, "is_template": false,
        "created_at": created, "updated_at": created, "pushed_at": created,
        "homepage": null, "language": null, "license": null, "topics": [],
        "forks": 0, "forks_count": 0, "open_issues": 0, "open_issues_count": 0, "size": 0,
        "stargazers_count": 0, "watchers": 0, "watchers_count": 0, "allow_forking": true,
        "has_discussions": false, "has_downloads": true, "has_issues": true, "has_pages": false,
        "has_projects": true, "has_wiki": true, "web_commit_signoff_required": false,
    });
    figures.as_object().cloned().unwrap_or_default()
}

fn permissions(access: Access) -> Value {
    json!({
        "admin": access >= Access::Admin, "maintain": access >= Access::Admin,
        "push": access >= Access::Write, "triage": access >= Access::Write,
        "pull": access >= Access::Read,
    })
}

/// A time to the second, as GitHub writes it.
pub(super) fn time(at: Timestamp) -> String {
    let whole = Timestamp::from_second(at.as_second());
    whole.expect("it was in range before").to_string()
}
