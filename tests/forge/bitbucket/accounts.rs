//! The person who calls, and the workspaces that they see.

use serde_json::{Value, json};

use super::super::asked::Answer;
use super::super::asked::Answered;
use super::super::people::Person;
use super::super::repositories::Access;
use super::paging::{self, Page};
use super::{Api, query};

/// `GET /user`, which says nothing of e-mail addresses.
pub(super) fn current(api: &Api<'_>) -> Answered {
    let person = api.person()?;
    let mut user = account(api, person);
    user["username"] = person.login.as_str().into();
    user["account_status"] = "active".into();
    user["created_on"] = "2020-01-01T00:00:00.000000+00:00".into();
    Ok(Answer::json(200, &user))
}

/// `GET /user/emails`
pub(super) fn emails(api: &Api<'_>) -> Answered {
    let person = api.person()?;
    let address = json!({
        "type": "email", "email": person.email, "is_primary": true, "is_confirmed": true,
        "links": { "self": { "href": api.link(&format!("user/emails/{}", person.email)) } },
    });
    paging::whole(api, vec![address])
}

/// `GET /user/workspaces`: those in which they may read a repository.
pub(super) fn workspaces(api: &Api<'_>) -> Answered {
    let person = api.person()?;
    let mut all: Vec<Value> = Vec::new();
    for repository in api.world.repositories.of(&person.login) {
        let slug = &repository.owner;
        if all
            .iter()
            .any(|one| one["workspace"]["slug"] == slug.as_str())
        {
            continue;
        }
        all.push(json!({
            "type": "workspace_access", "administrator": *slug == person.login,
            "workspace": workspace(api, slug),
        }));
    }
    query::sort(
        api,
        &mut all,
        &[("slug", |one| one["workspace"]["slug"].to_string())],
    )?;
    Ok(Page::numbered(api)?.answer(api, all, |one| one))
}

/// Whether the caller is in a workspace.
pub(super) fn is_member(api: &Api<'_>, slug: &str) -> bool {
    let Some(person) = &api.caller else {
        return false;
    };
    let all = api.world.repositories.of(&person.login);
    let there = |owner: &str| owner.eq_ignore_ascii_case(slug);
    there(&person.login)
        || all
            .iter()
            .any(|one| there(&one.owner) && one.access(&person.login) >= Access::Read)
}

/// A workspace as it stands in other answers.
pub(super) fn workspace(api: &Api<'_>, slug: &str) -> Value {
    let owner = api.world.people.find(slug);
    let owner = owner.expect("every workspace has an account");
    json!({
        "type": "workspace_base", "uuid": uuid(1, owner.id), "slug": slug,
        "links": {
            "self": { "href": api.link(&format!("workspaces/{slug}")) },
            "avatar": { "href": format!("{}workspaces/{slug}/avatar/", api.world.url) },
        },
    })
}

/// An account as it stands in other answers. Whoever is no person is a team.
pub(super) fn account(api: &Api<'_>, person: &Person) -> Value {
    let (id, login) = (uuid(2, person.id), &person.login);
    let kind = if person.organisation {
        "teams"
    } else {
        "users"
    };
    let mut account = json!({
        "type": kind.trim_end_matches('s'), "uuid": id,
        "display_name": if person.name.is_empty() { login } else { &person.name },
        "links": {
            "self": { "href": api.link(&format!("{kind}/{id}")) },
            "avatar": { "href": format!("{}account/{login}/avatar/", api.world.url) },
            "html": { "href": format!("{}{login}/", api.world.url) },
        },
    });
    if !person.organisation {
        account["account_id"] = format!("557058:{}", id.trim_matches(['{', '}'])).into();
        account["nickname"] = login.as_str().into();
    }
    account
}

/// The name that never changes, in braces; `kind` keeps those of different kinds apart.
pub(super) fn uuid(kind: u8, id: u64) -> String {
    format!("{{{kind:08x}-0000-4000-8000-{id:012x}}}")
}
