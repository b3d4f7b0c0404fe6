//! Bitbucket's answers as they come over the wire: only what Wyvern reads of them.

use jiff::Timestamp;
use serde::Deserialize;

/// A page of any list. The address of the next one is absolute, and not to be made up.
#[derive(Debug, Deserialize)]
pub(super) struct Page<T> {
    pub(super) values: Vec<T>,
    pub(super) next: Option<String>,
}

/// `GET user`.
#[derive(Debug, Deserialize)]
pub(super) struct User {
    /// In braces.
    pub(super) uuid: String,
    /// Only of the account that asks.
    pub(super) username: Option<String>,
    pub(super) display_name: Option<String>,
}

/// An item of `GET user/emails`.
#[derive(Debug, Deserialize)]
pub(super) struct Address {
    pub(super) email: String,
    #[serde(default)]
    pub(super) is_primary: bool,
    #[serde(default)]
    pub(super) is_confirmed: bool,
}

/// An item of `GET user/workspaces`.
#[derive(Debug, Deserialize)]
pub(super) struct WorkspaceAccess {
    pub(super) workspace: Workspace,
}

/// A workspace that is only named.
#[derive(Debug, Deserialize)]
pub(super) struct Workspace {
    pub(super) slug: String,
}

/// An item of `GET user/workspaces/{workspace}/permissions/repositories`.
#[derive(Debug, Deserialize)]
pub(super) struct RepositoryPermission {
    /// `admin`, `write` or `read`.
    pub(super) permission: String,
    pub(super) repository: NamedRepository,
}

/// A repository that is only named.
#[derive(Debug, Deserialize)]
pub(super) struct NamedRepository {
    pub(super) full_name: String,
}

/// `GET repositories/{workspace}/{slug}`.
#[derive(Debug, Deserialize)]
pub(super) struct Repository {
    /// `None` while it is empty.
    pub(super) mainbranch: Option<MainBranch>,
}

/// A repository's main branch.
#[derive(Debug, Deserialize)]
pub(super) struct MainBranch {
    pub(super) name: String,
}

/// An item of `GET …/refs/branches`, `GET …/refs/branches/{name}`, and what a POST answers.
#[derive(Debug, Deserialize)]
pub(super) struct Branch {
    pub(super) name: String,
    pub(super) target: Hash,
}

/// A commit that is only named.
#[derive(Debug, Deserialize)]
pub(super) struct Hash {
    pub(super) hash: String,
}

/// An item of `GET …/src/{commit}/{folder}/`, and `GET …/src/{commit}/{path}?format=meta`.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    /// `commit_file` or `commit_directory`.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// From the root.
    pub(super) path: String,
    /// Of `executable`, `link`, `subrepository`, `binary` and `lfs`.
    #[serde(default)]
    pub(super) attributes: Vec<String>,
    /// In bytes; of files.
    pub(super) size: Option<usize>,
    /// The commit that was asked for.
    pub(super) commit: Hash,
}

/// An item of `GET …/commits/{revision}`, and `GET …/commit/{commit}`.
#[derive(Debug, Deserialize)]
pub(super) struct Commit {
    pub(super) hash: String,
    pub(super) date: Timestamp,
    pub(super) message: String,
    pub(super) author: Author,
    #[serde(default)]
    pub(super) parents: Vec<Hash>,
}

/// Who wrote a commit.
#[derive(Debug, Deserialize)]
pub(super) struct Author {
    /// `Name <address>`, as git has it.
    pub(super) raw: String,
}
