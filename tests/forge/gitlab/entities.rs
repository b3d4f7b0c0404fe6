//! The things of the API, with the members that GitLab gives them.

use git2::{Commit, Signature};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::people::Person;
use super::super::repositories::Repository;
use super::Api;

/// The person who calls, as they see themselves.
pub(super) fn user(api: &Api<'_>, person: &Person) -> Value {
    json!({
        "id": person.id, "username": person.login, "name": person.name, "state": "active",
        "locked": false, "avatar_url": null, "public_email": null, "bio": "", "location": "",
        "web_url": format!("{}{}", api.world.url, person.login), "bot": false,
        "created_at": "2020-01-01T00:00:00.000Z", "confirmed_at": "2020-01-01T00:00:00.000Z",
        "email": person.email, "commit_email": person.email, "two_factor_enabled": false,
        "external": false, "private_profile": false, "can_create_group": true,
        "can_create_project": true, "projects_limit": 100_000, "identities": [],
        "preferred_language": "en",
    })
}

/// A commit as it stands in lists. Its message is whole, with the line end that git puts after it.
pub(super) fn commit(api: &Api<'_>, repository: &Repository, commit: &Commit<'_>) -> Value {
    let id = commit.id().to_string();
    let message = String::from_utf8_lossy(commit.message_bytes()).into_owned();
    let (author, committer) = (commit.author(), commit.committer());
    let page = format!("{}{}/-/commit/{id}", api.world.url, repository.full_name());
    json!({
        "id": id, "short_id": &id[..8], "title": message.lines().next().unwrap_or_default(),
        "message": message, "created_at": date(&committer),
        "parent_ids": commit.parent_ids().map(|id| id.to_string()).collect::<Vec<_>>(),
        "author_name": author.name().unwrap_or_default(),
        "author_email": author.email().unwrap_or_default(), "authored_date": date(&author),
        "committer_name": committer.name().unwrap_or_default(),
        "committer_email": committer.email().unwrap_or_default(),
        "committed_date": date(&committer), "trailers": {}, "extended_trailers": {},
        "web_url": page,
    })
}

fn date(signature: &Signature<'_>) -> String {
    let when = Timestamp::from_second(signature.when().seconds());
    time(when.expect("git's times are in range"))
}

/// A time to the millisecond, as GitLab writes it.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
