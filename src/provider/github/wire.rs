//! GitHub's answers as they come over the wire: only what Wyvern reads of them.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use crate::provider::hosted::Failure;

/// `GET /user`.
#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub(super) id: u64,
    pub(super) login: String,
    pub(super) name: Option<String>,
    /// `None` when the person hides it.
    pub(super) email: Option<String>,
}

/// An item of `GET /user/repos`, and `GET /repos/{owner}/{repo}`.
#[derive(Debug, Deserialize)]
pub(super) struct Repository {
    pub(super) full_name: String,
    #[serde(default)]
    pub(super) archived: bool,
    pub(super) default_branch: String,
    #[serde(default)]
    pub(super) permissions: Permissions,
}

/// What the caller may do in a repository.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Permissions {
    #[serde(default)]
    pub(super) push: bool,
}

/// An item of `GET …/branches`, and `GET …/branches/{branch}`.
#[derive(Debug, Deserialize)]
pub(super) struct Branch {
    pub(super) name: String,
    #[serde(default)]
    pub(super) protected: bool,
    pub(super) commit: Tip,
}

/// A commit that is only named.
#[derive(Debug, Deserialize)]
pub(super) struct Tip {
    pub(super) sha: String,
}

/// `POST …/git/refs`.
#[derive(Debug, Deserialize)]
pub(super) struct Ref {
    pub(super) object: Tip,
}

/// `PUT …/contents/{path}`.
#[derive(Debug, Deserialize)]
pub(super) struct Written {
    pub(super) commit: Tip,
}

/// An item of `GET …/commits`.
#[derive(Debug, Deserialize)]
pub(super) struct Commit {
    pub(super) sha: String,
    #[serde(rename = "commit")]
    pub(super) text: CommitText,
    #[serde(default)]
    pub(super) parents: Vec<Tip>,
}

/// What is written in a commit.
#[derive(Debug, Deserialize)]
pub(super) struct CommitText {
    pub(super) message: String,
    pub(super) author: Option<Author>,
}

/// Who wrote a commit, and when.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Author {
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) email: String,
    #[serde(default)]
    pub(super) date: jiff::Timestamp,
}

/// `GET …/git/trees/{sha}`.
#[derive(Debug, Deserialize)]
pub(super) struct Tree {
    pub(super) tree: Vec<TreeItem>,
    #[serde(default)]
    pub(super) truncated: bool,
}

/// An item of it. Its mode is octal text.
#[derive(Debug, Deserialize)]
pub(super) struct TreeItem {
    pub(super) path: String,
    pub(super) mode: String,
}

/// The data of a query: a repository and one or more objects in it, by their aliases. `None` and
/// the absence of the commit's id both mean that the object is no commit of the repository.
#[derive(Debug, Deserialize)]
pub(super) struct Query {
    pub(super) repository: Option<HashMap<String, Option<Object>>>,
}

impl Query {
    /// Takes out a commit.
    pub(super) fn commit(&mut self, alias: &str) -> Result<Object, Failure> {
        let repository = self.repository.as_mut().ok_or(Failure::Unreadable)?;
        let object = repository.remove(alias).flatten();
        // Of what is no commit, nothing was selected.
        object
            .filter(|object| object.oid.is_some())
            .ok_or(Failure::NoCommit)
    }
}

/// A commit: its files by their aliases.
#[derive(Debug, Deserialize)]
pub(super) struct Object {
    pub(super) oid: Option<String>,
    #[serde(flatten)]
    pub(super) files: HashMap<String, Option<TreeEntry>>,
}

/// What is at a path. Its mode is a number, and a name is there only in a listing.
#[derive(Debug, Deserialize)]
pub(super) struct TreeEntry {
    pub(super) mode: u32,
    pub(super) oid: Option<String>,
    pub(super) name: Option<String>,
    pub(super) object: Option<Content>,
}

/// What a path leads to: a blob has a text (when it is one), a tree its entries.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Content {
    #[serde(default)]
    pub(super) is_truncated: bool,
    pub(super) text: Option<String>,
    pub(super) entries: Option<Vec<TreeEntry>>,
}

/// `GET …/git/ref/{ref}` and `GET …/git/tags/{id}`: what is named.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) object: NamedObject,
}

/// An object that something names.
#[derive(Debug, Deserialize)]
pub(super) struct NamedObject {
    /// `commit`, `tag`, `tree` or `blob`.
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) sha: String,
}

/// The data of the mutation that commits.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Mutation {
    pub(super) create_commit_on_branch: Option<Payload>,
}

/// Its payload.
#[derive(Debug, Deserialize)]
pub(super) struct Payload {
    pub(super) commit: Option<NewCommit>,
}

/// The commit that was made.
#[derive(Debug, Deserialize)]
pub(super) struct NewCommit {
    pub(super) oid: String,
}

/// An answer of GraphQL, whose status is always 200.
#[derive(Debug, Deserialize)]
pub(super) struct Graphql<T> {
    pub(super) data: Option<T>,
    #[serde(default)]
    pub(super) errors: Vec<GraphqlError>,
}

/// One of its errors.
#[derive(Debug, Deserialize)]
pub(super) struct GraphqlError {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) message: String,
    /// The field that it is about; its parts are names and numbers.
    #[serde(default)]
    pub(super) path: Vec<Value>,
}

impl GraphqlError {
    /// Whether it only says why something in a repository is null in the data.
    pub(super) fn is_absence(&self) -> bool {
        self.kind.as_deref() == Some("NOT_FOUND") && self.path.len() > 1
    }
}
