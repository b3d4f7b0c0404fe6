//! Providers: places that keep git repositories.
//!
//! A provider moves bytes. It knows repositories, branches, commits and files, and does not know
//! what a threat model is. The doc comments of [`Provider`] are the contract; one suite of tests
//! (`tests/it/provider_contract/`) runs against every implementation.

pub mod bitbucket;
mod bounded;
mod error;
mod expectation;
pub mod github;
pub mod gitlab;
mod hosted;
pub mod local;
pub mod memory;
mod name;
pub mod outgoing;
mod page;
mod search;

use std::fmt::{self, Debug, Write as _};

use async_trait::async_trait;
use aws_lc_rs::digest;
use bytes::Bytes;
use jiff::Timestamp;
use secrecy::ExposeSecret as _;

pub use error::{Barrier, Cause, CommitError, ProviderError};
pub use hosted::{HostOptions, SharedTurn, SharedTurns};
pub use name::{BranchName, FilePath, NameError, RepositoryName, Segment, TagName};
pub use page::{Page, PageNumber};

/// A place that keeps git repositories.
///
/// Every call acts with the caller's own [`Credential`]; an implementation keeps no identity
/// between calls. Reads are by commit, so that several reads see one state; the only write is
/// [`commit`](Provider::commit). What is looked up and is not there is `None` or an empty list
/// where this contract says so, and [`ProviderError::NotFound`] where a *container* (repository,
/// branch, tag, commit) does not exist or is hidden from the caller: the two are not told apart.
///
/// Dropping a call's future never leaves a half-made change behind: the commit is made wholly or
/// not at all.
#[async_trait]
pub trait Provider: Debug + Send + Sync {
    /// The person whom the credential belongs to.
    async fn user(&self, who: &Credential) -> Result<User, ProviderError>;

    /// The repositories that the caller can read, in a stable order. `query` keeps those whose
    /// name contains it, ignoring case.
    async fn repositories(
        &self,
        who: &Credential,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Repository>, ProviderError>;

    /// The branches of a repository: the default branch first, the others by name. `query` keeps
    /// those whose name contains it, ignoring case. A repository without any commit has none.
    async fn branches(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Branch>, ProviderError>;

    /// Creates branch `name` where branch `from` stands now.
    ///
    /// [`CommitError::AlreadyExists`] when there is one, or when git cannot keep both names
    /// (`a` beside `a/b`); [`ProviderError::NotFound`] when `from` does not exist.
    async fn create_branch(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        name: &BranchName,
        from: &BranchName,
    ) -> Result<CommitId, CommitError>;

    /// The commit that a branch stands at.
    async fn resolve(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        branch: &BranchName,
    ) -> Result<CommitId, ProviderError>;

    /// The commit that a tag names, be it a light tag or an object of its own, which may name another.
    ///
    /// [`ProviderError::NotFound`] also when what it names is no commit.
    async fn resolve_tag(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        tag: &TagName,
    ) -> Result<CommitId, ProviderError>;

    /// The entries of a folder at a commit, in byte order of their names; an absent folder, and a
    /// path that is not a folder, is an empty list. Never cut short, whatever the number.
    async fn read_dir(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<std::sync::Arc<[Entry]>, ProviderError>;

    /// The files at these paths, in the order asked for. `None` where there is no regular file:
    /// symbolic links and submodules are never followed. A file is whole or an error, never cut.
    async fn read_files(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        paths: &[FilePath],
    ) -> Result<Vec<Option<File>>, ProviderError>;

    /// Makes one commit of all the changes, or none.
    ///
    /// Each change states what it expects at its path. When the branch has moved but every
    /// expectation still holds, the commit is made on top: only a change to the same file is ever
    /// reported. Changes that leave every file as it is make no commit: the answer names the
    /// commit the branch stands at. The same write sent twice is therefore one commit: where each
    /// `Put` finds its bytes there and each `Delete` (unless it expects `Any`) finds no file, the
    /// write succeeds whatever was expected. Where any part is still to be made, every expectation
    /// must hold. The branch must exist, except in a repository without any commit, whose first
    /// commit creates its default branch. A provider that cannot make a first commit of several
    /// files says so ([`ProviderError::Unavailable`]).
    async fn commit(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        request: CommitRequest,
    ) -> Result<Committed, CommitError>;

    /// The commits reachable from `commit` that changed the file at `path`, newest first.
    async fn history(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        path: &FilePath,
        page: PageNumber,
    ) -> Result<Page<CommitSummary>, ProviderError>;
}

/// What a provider asks of the caller to act in their name. It cannot be printed.
#[derive(Clone)]
pub enum Credential {
    /// A person of the local provider, already recognised by `auth`.
    Person(User),
    /// An access token that a hosted provider issued.
    Token(secrecy::SecretString),
}

impl Credential {
    /// What tells it from the other credentials of a provider, without what it is.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        let whose = match self {
            Self::Person(user) => user.username.as_bytes(),
            Self::Token(token) => token.expose_secret().as_bytes(),
        };
        let hash = digest::digest(&digest::SHA256, whose);
        hash.as_ref().try_into().expect("SHA-256 has 32 bytes")
    }
}

impl Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(redacted)")
    }
}

/// A person, as the author of commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The name they sign in with, and which Wyvern shows.
    pub username: String,
    /// The name on their commits.
    pub name: String,
    /// The e-mail address on their commits.
    pub email: String,
}

/// A repository as a listing shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// `owner/name`; the owner may have several parts.
    pub name: RepositoryName,
    /// Whether the caller may commit to it.
    pub writable: bool,
}

/// A branch as a listing shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Its name, without `refs/heads/`.
    pub name: BranchName,
    /// Whether the provider restricts commits to it.
    pub protected: bool,
}

/// The id of a commit: 40 hexadecimal digits, lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommitId(String);

/// The version of a file: the git blob id of its bytes, 40 hexadecimal digits, lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(String);

macro_rules! object_id {
    ($name:ident) => {
        impl $name {
            /// Reads 40 hexadecimal digits; anything else is `None`.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
                (text.len() == 40 && text.bytes().all(hex)).then(|| Self(text.to_owned()))
            }

            /// The 40 digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

object_id!(CommitId);
object_id!(Version);

impl Version {
    /// The version of a file with these bytes: SHA-1 over git's blob header and the bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hash = digest::Context::new(&digest::SHA1_FOR_LEGACY_USE_ONLY);
        hash.update(format!("blob {}\0", bytes.len()).as_bytes());
        hash.update(bytes);
        let hex = hash
            .finish()
            .as_ref()
            .iter()
            .fold(String::new(), |mut hex, byte| {
                write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
                hex
            });
        Self(hex)
    }
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The entry's own name. It may be one that [`Segment`] refuses: such entries are shown to
    /// nobody, and it is the caller that leaves them out.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What an entry of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file, executable or not.
    File,
    /// A folder.
    Folder,
    /// A symbolic link or a submodule. Neither is followed.
    Other,
}

/// A file at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The git blob id of its bytes.
    pub version: Version,
    /// All its bytes.
    pub bytes: Bytes,
}

/// A commit to be made.
#[derive(Debug, Clone)]
pub struct CommitRequest {
    /// The branch that moves.
    pub branch: BranchName,
    /// What changes; one path at most once.
    pub changes: Vec<Change>,
    /// The commit message, trailers included.
    pub message: String,
}

/// One file's part in a commit.
#[derive(Debug, Clone)]
pub struct Change {
    /// Where.
    pub path: FilePath,
    /// What.
    pub action: Action,
    /// What must be there for the change to be made.
    pub expect: Expect,
}

/// What happens to a file.
#[derive(Debug, Clone)]
pub enum Action {
    /// The file holds these bytes afterwards.
    Put(Bytes),
    /// The file is gone afterwards.
    Delete,
}

/// What the author of a change believes to be at its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// Nothing: no file and no folder.
    Absent,
    /// The file in this version.
    Version(Version),
    /// Some file, in whatever version: an overwrite that the caller asked for by name.
    Any,
}

/// A commit that was made, or was not needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Where the branch stands now.
    pub commit: CommitId,
    /// The version of each change's file afterwards, in the order of the changes; `None` for
    /// deleted files.
    pub versions: Vec<Option<Version>>,
}

/// A commit as a history shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitSummary {
    /// Its id.
    pub commit: CommitId,
    /// The author's name.
    pub author: String,
    /// The author's e-mail address.
    pub email: String,
    /// When it was written.
    pub at: Timestamp,
    /// The whole message; a host may leave out the line end at its end.
    pub message: String,
    /// The file's version in this commit; `None` where the commit deleted it.
    pub version: Option<Version>,
}
