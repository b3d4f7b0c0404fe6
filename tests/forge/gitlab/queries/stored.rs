//! The fields of repositories, folders and files.

use serde_json::Value;

use super::super::super::git::{Entry, Git};
use super::super::super::graphql::Arguments;
use super::super::super::repositories::Repository;
use super::super::super::texts;
use super::super::files::commit_named;
use super::Resolved;
use super::connection::Connection;
use super::objects::{Thing, gid, is_empty};

/// The most bytes of a file that its text is made of; the rest of it is left out without a word.
const TEXT_MAX: usize = 10 * 1024 * 1024;

/// A field of a repository.
pub(super) fn repository(
    repository: &Repository,
    field: &str,
    arguments: &Arguments,
) -> Option<Resolved> {
    let git = Git::open(&repository.folder);
    let value = match field {
        "rootRef" => git.default_branch().into(),
        "empty" => is_empty(repository).into(),
        "exists" => true.into(),
        "blobs" => {
            let found = blobs(&git, arguments);
            let kind = "RepositoryBlobConnection";
            let connection = Connection::of(kind, repository, found, arguments);
            return Some(Resolved::One(Thing::Connection(connection)));
        }
        "tree" if is_empty(repository) => Value::Null,
        "tree" => {
            let entries = folder(&git, arguments);
            return Some(Resolved::One(Thing::Tree(repository.clone(), entries)));
        }
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}

/// The files at the paths that are asked for; where there is none, there is nothing in its place.
fn blobs(git: &Git, arguments: &Arguments) -> Vec<Entry> {
    let paths = arguments.get("paths").and_then(Value::as_array);
    let paths = paths.into_iter().flatten().filter_map(Value::as_str);
    let Some(commit) = commit_named(git, text(arguments, "ref")) else {
        return Vec::new();
    };
    let found = paths.filter_map(|path| Git::entry(&commit, path));
    found.filter(|entry| entry.kind() != "tree").collect()
}

/// What is in the folder that is asked for: nothing where there is none.
fn folder(git: &Git, arguments: &Arguments) -> Vec<Entry> {
    let path = text(arguments, "path").trim_matches('/');
    let Some(commit) = commit_named(git, text(arguments, "ref")) else {
        return Vec::new();
    };
    let tree = match path {
        "" => Some(commit.tree_id()),
        _ => Git::entry(&commit, path).map(|entry| entry.id),
    };
    tree.map_or_else(Vec::new, |tree| git.entries(tree, path))
}

fn text<'v>(arguments: &'v Arguments, name: &str) -> &'v str {
    arguments
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// A field of a folder.
pub(super) fn tree(
    repository: &Repository,
    entries: &[Entry],
    field: &str,
    arguments: &Arguments,
) -> Option<Resolved> {
    let (kind, wanted) = match field {
        "trees" => ("TreeEntryConnection", "tree"),
        "blobs" => ("BlobConnection", "blob"),
        "submodules" => ("SubmoduleConnection", "commit"),
        _ => return None,
    };
    let found = entries.iter().filter(|entry| entry.kind() == wanted);
    let connection = Connection::of(kind, repository, found.cloned().collect(), arguments);
    Some(Resolved::One(Thing::Connection(connection)))
}

/// A field of what is in a folder; only files say their mode.
pub(super) fn entry(entry: &Entry, field: &str) -> Option<Resolved> {
    let value = match field {
        "id" => gid("Gitlab::Git::Tree", entry),
        "name" => entry.name.as_str().into(),
        "path" | "flatPath" => entry.path.as_str().into(),
        "sha" => entry.id.to_string().into(),
        "type" => entry.kind().into(),
        "mode" if entry.kind() == "blob" => octal(entry).into(),
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}

/// A field of a file. Large numbers are texts.
pub(super) fn blob(repository: &Repository, entry: &Entry, field: &str) -> Option<Resolved> {
    let git = Git::open(&repository.folder);
    let size = || git.size(entry.id).unwrap_or_default().to_string();
    let value = match field {
        "id" => gid("Gitlab::Git::Blob", entry),
        "oid" => entry.id.to_string().into(),
        "path" => entry.path.as_str().into(),
        "name" => entry.name.as_str().into(),
        "mode" => octal(entry).into(),
        "size" | "rawSize" => size().into(),
        "rawTextBlob" => texts::text(&git.blob(entry.id).unwrap_or_default(), TEXT_MAX).into(),
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}

fn octal(entry: &Entry) -> String {
    format!("{:o}", entry.mode)
}
