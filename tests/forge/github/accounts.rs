//! The person who calls, and how much they may call.

use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::people::Person;
use super::Api;

/// `GET /user`
pub(super) fn current(api: &Api<'_>) -> Answered {
    let person = api.person()?;
    let mut user = simple(api, person);
    let more = json!({
        "name": non_empty(&person.name), "company": null, "blog": "", "location": null,
        "email": non_empty(&person.email), "hireable": null, "bio": null, "twitter_username": null,
        "public_repos": 0, "public_gists": 0, "followers": 0, "following": 0,
        "created_at": "2020-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    });
    let more = more.as_object().cloned().unwrap_or_default();
    user.as_object_mut().expect("it is an object").extend(more);
    Ok(Answer::json(200, &user))
}

/// `GET /rate_limit`, which counts itself not.
pub(super) fn rate_limit(api: &Api<'_>) -> Answered {
    let person = api.person()?;
    let rate = api.world.rates.of(&person.login);
    let rate = json!({
        "limit": rate.limit, "remaining": rate.remaining,
        "used": rate.limit - rate.remaining, "reset": rate.reset.as_second(),
    });
    let body = json!({
        "resources": { "core": rate, "graphql": rate, "search": rate },
        "rate": rate,
    });
    Ok(Answer::json(200, &body))
}

/// An account as it stands in other answers.
pub(super) fn simple(api: &Api<'_>, person: &Person) -> Value {
    let login = &person.login;
    let page = format!("{}{login}", api.world.url);
    let link = |rest: &str| api.link(&format!("users/{login}{rest}"));
    json!({
        "login": login, "id": person.id, "node_id": format!("U_{}", person.id),
        "avatar_url": format!("{}avatars/u/{}?v=4", api.world.url, person.id),
        "gravatar_id": "", "url": link(""), "html_url": page,
        "followers_url": link("/followers"), "following_url": link("/following{/other_user}"),
        "gists_url": link("/gists{/gist_id}"), "starred_url": link("/starred{/owner}{/repo}"),
        "subscriptions_url": link("/subscriptions"), "organizations_url": link("/orgs"),
        "repos_url": link("/repos"), "events_url": link("/events{/privacy}"),
        "received_events_url": link("/received_events"),
        "type": if person.organisation { "Organization" } else { "User" },
        "user_view_type": "public", "site_admin": false,
    })
}

fn non_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
