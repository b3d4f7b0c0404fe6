//! Projects: repositories, and what the caller may do in them.

use serde_json::{Map, Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::{Access, Repository};
use super::rest::encoded;
use super::{Api, entities, errors, paging};

/// `GET /projects`
pub(super) fn list(api: &Api<'_>) -> Answered {
    let person = api.person()?;
    let mut all = api.world.repositories.of(&person.login);
    all.retain(|one| is_wanted(api, one));
    let query = |name: &str| api.asked.query(name).unwrap_or_default();
    let by = query("order_by");
    match by.as_str() {
        "" | "id" | "created_at" | "updated_at" | "last_activity_at" => {
            all.sort_by_key(|one| one.id);
        }
        "name" | "path" => all.sort_by_key(|one| one.name.clone()),
        _ => return Err(errors::invalid("order_by does not have a valid value")),
    }
    let ascends = query("sort") == "asc";
    if !ascends {
        all.reverse();
    }
    if paging::by_keys(api) {
        if by != "id" {
            let what = "Keyset pagination is not yet available for this type of request";
            return Err(Answer::json(405, &json!({ "error": what })));
        }
        return Ok(keyed(api, all, ascends));
    }
    let (page, total) = (paging::page(api), all.len());
    let answer = answer(api, &page.cut(all));
    let more = page.end() < total;
    Ok(paging::numbered(api, "projects", Some(total), more, answer))
}

fn is_wanted(api: &Api<'_>, one: &Repository) -> bool {
    let query = |name: &str| api.asked.query(name);
    let least = query("min_access_level").and_then(|level| level.parse().ok());
    let archived = query("archived").is_none_or(|archived| archived == one.archived.to_string());
    let searched = if query("search_namespaces").as_deref() == Some("true") {
        one.full_name()
    } else {
        one.name.clone()
    };
    let sought = query("search").unwrap_or_default().to_lowercase();
    level(api.access(one)) >= least.unwrap_or(0)
        && archived
        && searched.to_lowercase().contains(&sought)
}

/// What comes after a project or before it, by its number. A page that is full says how to go on,
/// though it may be the last one.
fn keyed(api: &Api<'_>, mut all: Vec<Repository>, ascends: bool) -> Answer {
    let name = if ascends { "id_after" } else { "id_before" };
    let bound = api.asked.query(name).and_then(|id| id.parse::<u64>().ok());
    all.retain(|one| {
        bound.is_none_or(|bound| {
            if ascends {
                one.id > bound
            } else {
                one.id < bound
            }
        })
    });
    let size = paging::page(api).size;
    all.truncate(size);
    let answer = answer(api, &all);
    match all.last().filter(|_| all.len() == size) {
        Some(last) => paging::followed(api, "projects", (name, &last.id.to_string()), answer),
        None => answer,
    }
}

fn answer(api: &Api<'_>, shown: &[Repository]) -> Answer {
    let simple = api.asked.query("simple").as_deref() == Some("true");
    let body = |one: &Repository| {
        let mut body = basic(api, one);
        if !simple {
            body.extend(more(api, one));
        }
        Value::Object(body)
    };
    Answer::json(200, &shown.iter().map(body).collect())
}

/// `GET /projects/{id}`
pub(super) fn one(api: &Api<'_>, repository: &Repository) -> Answer {
    let mut body = basic(api, repository);
    body.extend(more(api, repository));
    Answer::json(200, &Value::Object(body))
}

fn basic(api: &Api<'_>, repository: &Repository) -> Map<String, Value> {
    let name = repository.full_name();
    let page = format!("{}{name}", api.world.url);
    let created = entities::time(repository.created);
    let spaced = |path: &str| path.replace('/', " / ");
    let body = json!({
        "id": repository.id, "description": null, "name": repository.name,
        "name_with_namespace": spaced(&name), "path": repository.name,
        "path_with_namespace": name, "created_at": created,
        "default_branch": Git::open(&repository.folder).default_branch(),
        "tag_list": [], "topics": [], "ssh_url_to_repo": format!("git@127.0.0.1:{name}.git"),
        "http_url_to_repo": format!("{page}.git"), "web_url": page, "readme_url": null,
        "forks_count": 0, "avatar_url": null, "star_count": 0, "last_activity_at": created,
        "visibility": "private", "namespace": namespace(api, repository),
    });
    body.as_object().cloned().unwrap_or_default()
}

fn namespace(api: &Api<'_>, repository: &Repository) -> Value {
    let owner = &repository.owner;
    let known = api.world.people.find(owner);
    let known = known.expect("every repository's owner has an account");
    let parent = owner
        .rsplit_once('/')
        .and_then(|(parent, _)| api.world.people.find(parent));
    let name = owner.rsplit('/').next().unwrap_or(owner);
    json!({
        "id": known.id, "name": name, "path": name, "full_path": owner,
        "kind": if known.organisation { "group" } else { "user" },
        "parent_id": parent.map(|parent| parent.id), "avatar_url": null,
        "web_url": format!("{}{owner}", api.world.url),
    })
}

fn more(api: &Api<'_>, repository: &Repository) -> Map<String, Value> {
    let own = api.link(&format!("projects/{}", repository.id));
    let empty = Git::open(&repository.folder).branches().is_empty();
    let body = json!({
        "_links": {
            "self": own, "repo_branches": format!("{own}/repository/branches"),
            "members": format!("{own}/members"), "events": format!("{own}/events"),
        },
        "archived": repository.archived, "empty_repo": empty, "creator_id": 1,
        "import_status": "none", "open_issues_count": 0, "merge_method": "merge",
        "permissions": permissions(api, repository),
    });
    body.as_object().cloned().unwrap_or_default()
}

/// In a group, people have what the group gives them; elsewhere what the project does. What they
/// have by a group that the project is shared with is not told.
fn permissions(api: &Api<'_>, repository: &Repository) -> Value {
    let caller = api.caller.as_ref();
    if caller.is_some_and(|caller| repository.is_shared_with(&caller.person.login)) {
        return json!({ "project_access": null, "group_access": null });
    }
    let access = json!({
        "access_level": level(api.access(repository)), "notification_level": 3,
    });
    let owner = api.world.people.find(&repository.owner);
    if owner.is_some_and(|owner| owner.organisation) {
        json!({ "project_access": null, "group_access": access })
    } else {
        json!({ "project_access": access, "group_access": null })
    }
}

/// GitLab's number for what somebody may do: of a Reporter, a Developer or a Maintainer.
fn level(access: Access) -> u32 {
    match access {
        Access::None => 0,
        Access::Read => 20,
        Access::Write => 30,
        Access::Admin => 40,
    }
}

/// A project's place among the addresses.
pub(super) fn path(repository: &Repository, rest: &str) -> String {
    format!(
        "projects/{}/repository/{rest}",
        encoded(&repository.full_name())
    )
}
