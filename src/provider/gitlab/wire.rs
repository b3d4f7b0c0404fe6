//! GitLab's answers as they come over the wire: only what Wyvern reads of them.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::provider::{CommitId, EntryKind, FilePath};

/// The access level of a Developer, who may commit (docs.gitlab.com, "Roles and permissions").
pub(super) const DEVELOPER: u32 = 30;

/// `GET user`. A person may hide each address, which is then empty or null.
#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub(super) id: u64,
    pub(super) username: String,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    /// The one that GitLab writes into their commits.
    pub(super) commit_email: Option<String>,
}

/// An item of `GET projects`, and `GET projects/{id}`.
#[derive(Debug, Deserialize)]
pub(super) struct Project {
    pub(super) id: u64,
    pub(super) path_with_namespace: String,
    pub(super) default_branch: Option<String>,
    #[serde(default)]
    archived: bool,
    permissions: Option<Permissions>,
}

/// What the caller may do in a project: by themselves, and as a member of its group.
#[derive(Debug, Deserialize)]
struct Permissions {
    project_access: Option<Access>,
    group_access: Option<Access>,
}

#[derive(Debug, Deserialize)]
struct Access {
    access_level: u32,
}

impl Project {
    /// Whether it says that the caller may commit to it.
    pub(super) fn is_writable(&self) -> bool {
        !self.archived && self.levels().any(|level| level >= DEVELOPER)
    }

    /// Whether it leaves open what the caller may do: it knows nothing of groups that it is shared
    /// with.
    pub(super) fn leaves_open(&self) -> bool {
        !self.archived && self.levels().next().is_none()
    }

    /// Whether it does not say that the caller may not commit to it.
    pub(super) fn may_be_writable(&self) -> bool {
        self.is_writable() || self.leaves_open()
    }

    fn levels(&self) -> impl Iterator<Item = u32> {
        let permissions = self.permissions.iter();
        let all = permissions.flat_map(|may| [&may.project_access, &may.group_access]);
        all.flatten().map(|access| access.access_level)
    }

    pub(super) fn is_archived(&self) -> bool {
        self.archived
    }
}

/// An item of `GET …/repository/branches`, that of one branch, and the answer to its creation.
#[derive(Debug, Deserialize)]
pub(super) struct Branch {
    pub(super) name: String,
    pub(super) commit: Tip,
    #[serde(default)]
    protected: bool,
    #[serde(default)]
    can_push: bool,
}

impl Branch {
    /// Whether the caller may not commit to it. Who may push to a protected branch may commit.
    pub(super) fn is_closed(&self) -> bool {
        self.protected && !self.can_push
    }
}

/// A commit that is only named.
#[derive(Debug, Deserialize)]
pub(super) struct Tip {
    pub(super) id: String,
}

/// `GET …/repository/tags/{name}`. A tag of something else has no commit.
#[derive(Debug, Deserialize)]
pub(super) struct Tag {
    pub(super) commit: Option<Tip>,
}

/// An item of `GET …/repository/commits`, and the answer to a new one.
#[derive(Debug, Deserialize)]
pub(super) struct Commit {
    pub(super) id: String,
    #[serde(default)]
    pub(super) parent_ids: Vec<String>,
    #[serde(default)]
    pub(super) message: String,
    #[serde(default)]
    pub(super) author_name: String,
    #[serde(default)]
    pub(super) author_email: String,
    #[serde(default)]
    pub(super) authored_date: jiff::Timestamp,
}

/// A new commit, `POST …/repository/commits`.
#[derive(Debug, Serialize)]
pub(super) struct NewCommit<'a> {
    pub(super) branch: &'a str,
    pub(super) commit_message: &'a str,
    pub(super) actions: &'a [Action<'a>],
}

/// What a new commit does with one file. `None` is not sent.
#[derive(Debug, Serialize)]
pub(super) struct Action<'a> {
    #[serde(rename = "action")]
    verb: &'static str,
    file_path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_commit_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    execute_filemode: Option<bool>,
}

impl<'a> Action<'a> {
    /// `create` or `update`.
    pub(super) fn put(verb: &'static str, path: &'a FilePath, bytes: &[u8]) -> Self {
        Self {
            encoding: Some("base64"),
            content: Some(STANDARD.encode(bytes)),
            ..Self::new(verb, path)
        }
    }

    pub(super) fn delete(path: &'a FilePath) -> Self {
        Self::new("delete", path)
    }

    /// Makes a file executable.
    pub(super) fn executable(path: &'a FilePath) -> Self {
        Self {
            execute_filemode: Some(true),
            ..Self::new("chmod", path)
        }
    }

    fn new(verb: &'static str, path: &'a FilePath) -> Self {
        Self {
            verb,
            file_path: path.as_str(),
            encoding: None,
            content: None,
            last_commit_id: None,
            execute_filemode: None,
        }
    }

    /// The same, if this commit was the last to change the file.
    pub(super) fn locked(self, by: &CommitId) -> Self {
        Self {
            last_commit_id: Some(by.to_string()),
            ..self
        }
    }
}

/// An item of `GET …/repository/tree`. Its mode is octal text.
#[derive(Debug, Deserialize)]
pub(super) struct TreeItem {
    pub(super) name: String,
    mode: String,
}

impl TreeItem {
    pub(super) fn kind(&self) -> EntryKind {
        kind(&self.mode)
    }
}

/// What git's mode says that something is.
fn kind(mode: &str) -> EntryKind {
    match u32::from_str_radix(mode, 8).map(|mode| mode & 0o170_000) {
        Ok(0o100_000) => EntryKind::File,
        Ok(0o040_000) => EntryKind::Folder,
        _ => EntryKind::Other,
    }
}

/// An answer of GraphQL.
#[derive(Debug, Deserialize)]
pub(super) struct Graphql<T> {
    pub(super) data: Option<Data<T>>,
    #[serde(default)]
    pub(super) errors: Vec<GraphqlError>,
}

#[derive(Debug, Deserialize)]
pub(super) struct GraphqlError {
    #[serde(default)]
    pub(super) message: String,
}

/// The data of every query: a project, and `T` in its repository. There is no project where it is
/// hidden, and where it has another name by now.
#[derive(Debug, Deserialize)]
pub(super) struct Data<T> {
    pub(super) project: Option<Contents<T>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Contents<T> {
    pub(super) repository: Option<T>,
}

/// What is at some paths of a commit: blobs by their paths, folders by their aliases.
#[derive(Debug, Deserialize)]
pub(super) struct Look {
    pub(super) blobs: Nodes<Blob>,
    #[serde(flatten)]
    pub(super) folders: HashMap<String, Option<Tree>>,
}

/// The blobs of several commits, by their aliases.
pub(super) type Blobs = HashMap<String, Nodes<Blob>>;

/// A connection of GraphQL. A node that cannot be told is null.
#[derive(Debug, Deserialize)]
pub(super) struct Nodes<T> {
    nodes: Vec<Option<T>>,
}

impl<T> Nodes<T> {
    pub(super) fn into_iter(self) -> impl Iterator<Item = T> {
        self.nodes.into_iter().flatten()
    }
}

/// A blob at a path. Its mode is octal text; its text is there when it was asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Blob {
    #[serde(default)]
    pub(super) path: String,
    pub(super) oid: String,
    mode: String,
    #[serde(rename = "rawTextBlob")]
    pub(super) text: Option<String>,
}

impl Blob {
    pub(super) fn is_file(&self) -> bool {
        kind(&self.mode) == EntryKind::File
    }

    pub(super) fn is_folder(&self) -> bool {
        kind(&self.mode) == EntryKind::Folder
    }
}

/// The beginning of a folder, which is empty where there is none: git keeps no empty folders.
#[derive(Debug, Deserialize)]
pub(super) struct Tree {
    trees: Nodes<IgnoredAny>,
    blobs: Nodes<IgnoredAny>,
    submodules: Nodes<IgnoredAny>,
}

impl Tree {
    pub(super) fn is_empty(&self) -> bool {
        let all = [&self.trees, &self.blobs, &self.submodules];
        all.iter().all(|nodes| nodes.nodes.is_empty())
    }
}
