//! The fields of commits, folders and files.

use git2::{ObjectType, Oid, Signature};
use serde_json::Value;

use super::super::super::git::{Entry, Git};
use super::super::super::graphql::Arguments;
use super::super::super::repositories::Repository;
use super::super::super::texts;
use super::super::{Api, commits};
use super::Resolved;
use super::objects::Thing;

/// The most bytes of a blob's text.
const TEXT_MAX: usize = 512 * 1024;

/// What the arguments `oid` or `expression` name.
pub(super) fn object(git: &Git, repository: &Repository, arguments: &Arguments) -> Option<Thing> {
    let text = |name: &str| arguments.get(name).and_then(Value::as_str);
    if let Some(oid) = text("oid") {
        let id = Oid::from_str(oid).ok().filter(|_| oid.len() == 40)?;
        return by_id(git, repository, id, "");
    }
    let expression = text("expression")?;
    let (name, path) = match expression.split_once(':') {
        Some((name, path)) => (name, Some(path)),
        None => (expression, None),
    };
    let default = git.default_branch();
    let name = if name == "HEAD" {
        default.as_str()
    } else {
        name
    };
    let commit = git.commit_named(name)?;
    match path {
        None => Some(Thing::Commit(repository.clone(), commit.id())),
        Some("") => by_id(git, repository, commit.tree_id(), ""),
        Some(path) => by_id(git, repository, Git::entry(&commit, path)?.id, path),
    }
}

fn by_id(git: &Git, repository: &Repository, id: Oid, path: &str) -> Option<Thing> {
    let repository = repository.clone();
    match git.kind(id)? {
        ObjectType::Commit => Some(Thing::Commit(repository, id)),
        ObjectType::Tree => Some(Thing::Tree(repository, id, path.to_owned())),
        ObjectType::Blob => Some(Thing::Blob(repository, id)),
        _ => None,
    }
}

/// A field of a commit.
pub(super) fn commit(
    api: &Api<'_>,
    repository: &Repository,
    id: Oid,
    field: &str,
    arguments: &Arguments,
) -> Option<Resolved> {
    let git = Git::open(&repository.folder);
    let commit = git.commit(id)?;
    let message = commits::message(&commit);
    let (headline, body) = message.split_once("\n\n").unwrap_or((&message, ""));
    let page = || format!("{}{}/commit/{id}", api.world.url, repository.full_name());
    let actor = |by: &Signature<'_>| Some(Resolved::One(Thing::Actor(commits::signature(by))));
    let date = |by: &Signature<'_>| commits::signature(by)["date"].clone();
    let value = match field {
        "oid" => id.to_string().into(),
        "id" => format!("C_{id}").into(),
        "message" => message.as_str().into(),
        "messageHeadline" => headline.into(),
        "messageBody" => body.into(),
        "committedDate" => date(&commit.committer()),
        "authoredDate" => date(&commit.author()),
        "url" => page().into(),
        "author" => return actor(&commit.author()),
        "committer" => return actor(&commit.committer()),
        "tree" => {
            return Some(Resolved::maybe(by_id(
                &git,
                repository,
                commit.tree_id(),
                "",
            )));
        }
        "file" => {
            let path = arguments.get("path").and_then(Value::as_str)?;
            let entry = Git::entry(&commit, path);
            let entry = entry.map(|entry| Thing::TreeEntry(repository.clone(), entry));
            return Some(Resolved::maybe(entry));
        }
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}

/// A field of a folder.
pub(super) fn tree(repository: &Repository, id: Oid, path: &str, field: &str) -> Option<Resolved> {
    match field {
        "oid" => Some(Resolved::Leaf(id.to_string().into())),
        "id" => Some(Resolved::Leaf(format!("T_{id}").into())),
        "entries" => {
            let entries = Git::open(&repository.folder).entries(id, path);
            let thing = |entry| Thing::TreeEntry(repository.clone(), entry);
            Some(Resolved::Many(entries.into_iter().map(thing).collect()))
        }
        _ => None,
    }
}

/// A field of what is in a folder.
pub(super) fn entry(repository: &Repository, entry: &Entry, field: &str) -> Option<Resolved> {
    let value = match field {
        "name" => entry.name.as_str().into(),
        "path" => entry.path.as_str().into(),
        "mode" => entry.mode.into(),
        "type" => entry.kind().into(),
        "oid" => entry.id.to_string().into(),
        "size" => {
            let blob = (entry.kind() == "blob").then_some(entry.id);
            let size = blob.and_then(|blob| Git::open(&repository.folder).size(blob));
            size.unwrap_or_default().into()
        }
        "object" => {
            let git = Git::open(&repository.folder);
            return Some(Resolved::maybe(by_id(
                &git,
                repository,
                entry.id,
                &entry.path,
            )));
        }
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}

/// A field of a file.
pub(super) fn blob(repository: &Repository, id: Oid, field: &str) -> Option<Resolved> {
    let git = Git::open(&repository.folder);
    let bytes = || git.blob(id).unwrap_or_default();
    let value = match field {
        "oid" => id.to_string().into(),
        "id" => format!("B_{id}").into(),
        "byteSize" => git.size(id).into(),
        "isBinary" => texts::is_binary(&bytes()).into(),
        "isTruncated" => git.size(id).is_some_and(|size| size > TEXT_MAX).into(),
        "text" => texts::text(&bytes(), TEXT_MAX).into(),
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}
