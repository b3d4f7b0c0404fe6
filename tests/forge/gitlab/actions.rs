//! `POST …/repository/commits`: several changes of files in one commit.
//!
//! GitLab's own part looks at the versions first, then Gitaly commits to the branch wherever that is
//! by then. Somebody who comes in between is not seen.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use git2::{Commit, FileMode, Oid};
use serde_json::Value;

use super::super::asked::{Answer, Answered};
use super::super::git::{Change, Draft, Git, NotMade};
use super::super::people::Person;
use super::super::repositories::Repository;
use super::{Api, commits, errors, files};

const KINDS: [&str; 4] = ["create", "update", "delete", "chmod"];

/// A change that is asked for.
struct Action {
    kind: String,
    path: String,
    content: Vec<u8>,
    last_commit: Option<String>,
    /// What `chmod` makes of a file.
    executable: bool,
}

/// Answers a call.
pub(super) fn commit(api: &Api<'_>, repository: &Repository) -> Answered {
    let person = api.person()?;
    let body = api.asked.json();
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let branch = text("branch");
    if !api.may_push(repository, &branch) {
        let reason = "You are not allowed to push into this branch";
        return Err(errors::forbidden(Some(reason)));
    }
    let actions = actions(&body)?;
    let git = Git::open(&repository.folder);
    looked_at(&git, &branch, &actions)?;
    if let Some(between) = &api.asked.between {
        between(api.world);
    }
    let author = Person {
        name: body["author_name"]
            .as_str()
            .unwrap_or(&person.name)
            .to_owned(),
        email: body["author_email"]
            .as_str()
            .unwrap_or(&person.email)
            .to_owned(),
        ..person.clone()
    };
    let tip = git.tip(&branch);
    let draft = Draft {
        branch: &branch,
        parent: tip,
        changes: &changes(&git, tip, actions)?,
        message: &text("commit_message"),
        author: (&author, api.world.clock.now()),
        committer: (&person.name, &person.email),
    };
    let made = git
        .make(&draft)
        .map_err(|reason| not_made(&reason, &branch))?;
    let made = git.commit(made).expect("it has just been made");
    let body = commits::detail(api, repository, &git, &made);
    Ok(Answer::json(201, &body))
}

/// What is asked for, if all of it is there.
fn actions(body: &Value) -> Result<Vec<Action>, Answer> {
    let missing = |name: &str| {
        let message = format!("400 Bad request - {name} is required");
        errors::error(400, &message)
    };
    for name in ["branch", "commit_message"] {
        if body[name].as_str().is_none_or(str::is_empty) {
            return Err(missing(name));
        }
    }
    let asked = body["actions"].as_array().filter(|asked| !asked.is_empty());
    let asked = asked.ok_or_else(|| missing("actions"))?;
    let action = |(place, action): (usize, &Value)| {
        let text = |name: &str| action[name].as_str().map(ToOwned::to_owned);
        let member = |name: &str| missing(&format!("actions[{place}][{name}]"));
        let kind = text("action").ok_or_else(|| member("action"))?;
        if !KINDS.contains(&kind.as_str()) {
            let message = format!(
                "400 Bad request - actions[{place}][action] must be one of: {}",
                KINDS.join(", ")
            );
            return Err(errors::error(400, &message));
        }
        Ok(Action {
            kind,
            path: text("file_path").ok_or_else(|| member("file_path"))?,
            content: content(action)?,
            last_commit: text("last_commit_id"),
            executable: action["execute_filemode"] == true,
        })
    };
    asked.iter().enumerate().map(action).collect()
}

fn content(action: &Value) -> Result<Vec<u8>, Answer> {
    let content = action["content"].as_str().unwrap_or_default();
    if action["encoding"] != "base64" {
        return Ok(content.as_bytes().to_vec());
    }
    let packed: String = content.split_whitespace().collect();
    let bytes = STANDARD.decode(packed);
    bytes.map_err(|_| errors::error(400, "400 Bad request - content is not valid Base64"))
}

/// That the branch is there, and that each file was last touched by the commit which was named. A
/// path that no commit has touched passes.
fn looked_at(git: &Git, branch: &str, actions: &[Action]) -> Result<(), Answer> {
    let Some(tip) = git.tip(branch) else {
        if git.branches().is_empty() {
            return Ok(());
        }
        let message = "You can only create or edit files when you are on a branch";
        return Err(errors::error(400, message));
    };
    for action in actions.iter().filter(|action| action.kind != "create") {
        let known = files::last_commit(git, tip, &action.path).map(|id| id.to_string());
        let named = action.last_commit.as_ref();
        if named.is_some() && known.is_some() && named != known.as_ref() {
            let message = format!(
                "The file has changed since you started editing it: {}",
                action.path
            );
            return Err(errors::error(400, &message));
        }
    }
    Ok(())
}

/// The changes, if each can be made after those before it.
fn changes(git: &Git, tip: Option<Oid>, actions: Vec<Action>) -> Result<Vec<Change>, Answer> {
    let commit = tip.and_then(|tip| git.commit(tip));
    let mut done = BTreeMap::new();
    let mut changes = Vec::new();
    for action in actions {
        let known = done.get(&action.path).copied();
        let there = known.unwrap_or_else(|| is_there(commit.as_ref(), &action.path));
        let refused = match (action.kind.as_str(), there) {
            ("create", true) => Some("A file with this name already exists"),
            ("update" | "delete" | "chmod", false) => Some("A file with this name doesn't exist"),
            _ => None,
        };
        if let Some(message) = refused {
            return Err(errors::error(400, message));
        }
        done.insert(action.path.clone(), action.kind != "delete");
        let change = match action.kind.as_str() {
            "delete" => Change::Delete(action.path),
            "chmod" => moded(git, commit.as_ref(), &mut changes, action),
            _ => Change::Put(action.path, action.content),
        };
        changes.push(change);
    }
    Ok(changes)
}

/// A file as it is by now, in another mode.
fn moded(
    git: &Git,
    commit: Option<&Commit<'_>>,
    changes: &mut Vec<Change>,
    action: Action,
) -> Change {
    let is_same = |change: &Change| matches!(change, Change::Put(path, _) if *path == action.path);
    let before = changes
        .iter()
        .position(is_same)
        .map(|at| changes.remove(at));
    let bytes = match before {
        Some(Change::Put(_, bytes)) => Some(bytes),
        _ => commit
            .and_then(|commit| Git::entry(commit, &action.path))
            .and_then(|entry| git.blob(entry.id)),
    };
    let mode = if action.executable {
        FileMode::BlobExecutable
    } else {
        FileMode::Blob
    };
    Change::PutAs(action.path, bytes.unwrap_or_default(), mode)
}

/// Whether there is a file, or a folder, which is in the way just as well.
fn is_there(commit: Option<&Commit<'_>>, path: &str) -> bool {
    commit.is_some_and(|commit| Git::entry(commit, path).is_some())
}

fn not_made(reason: &NotMade, branch: &str) -> Answer {
    let message = match reason {
        NotMade::Moved => {
            format!("Could not update refs/heads/{branch}. Please refresh and try again.")
        }
        // A file stands where a folder would have to be, or the path is none.
        NotMade::Path(_) => "A file with this name doesn't exist".to_owned(),
    };
    errors::error(400, &message)
}
