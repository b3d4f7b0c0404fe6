//! What can go wrong at a provider, told by what the caller can do about it.

use std::error::Error as StdError;

use jiff::Timestamp;
use thiserror::Error;

use super::{FilePath, Version};

/// The cause beneath a failure. It goes to the log, never to the client.
pub type Cause = Box<dyn StdError + Send + Sync>;

/// Why a provider could not answer.
#[derive(Debug, Error)]
pub enum ProviderError {
    /// The repository, branch, tag or commit does not exist, or is hidden from the caller.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for: `repository`, `branch`, `tag` or `commit`.
        what: &'static str,
    },
    /// The caller may not do this.
    #[error("the provider does not allow this")]
    Forbidden,
    /// The caller may do this, but not here and now.
    #[error("{0}")]
    Barred(Barrier),
    /// The provider no longer accepts the credential.
    #[error("the sign-in at the provider has expired")]
    SignInExpired,
    /// The provider asks for a pause.
    #[error("the provider asks to wait until {until}")]
    RateLimited {
        /// When to try again.
        until: Timestamp,
    },
    /// The provider has failed again and again, or says itself that it is out of order, and is left
    /// alone for a while; nothing was changed.
    #[error("the provider is out of order and is left alone until {until}")]
    Resting {
        /// When it is asked again.
        until: Timestamp,
    },
    /// The file or the answer is larger than can be handled.
    #[error("too large for the provider")]
    TooLarge,
    /// The provider could not be reached, or failed; nothing was changed.
    #[error("the provider is unavailable: {reason}")]
    Unavailable {
        /// One sentence that may be shown to people.
        reason: String,
        /// The cause beneath.
        #[source]
        source: Option<Cause>,
    },
}

/// What keeps a person from what they may do, told by what lifts it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Barrier {
    /// The organisation asks for a single sign-on that this sign-in has not made.
    #[error("the organisation asks for single sign-on")]
    SingleSignOn {
        /// Where that is made: a page of the provider's own, when it names one.
        address: Option<String>,
    },
    /// The organisation has not approved the application.
    #[error("the organisation has not approved the application")]
    Application,
    /// The repository is archived: it is read and not changed.
    #[error("the repository is archived")]
    Archived,
}

/// Why a commit or a branch was not made.
#[derive(Debug, Error)]
pub enum CommitError {
    /// The file is not in the expected version any more.
    #[error("{path} has been changed by someone else")]
    FileChanged {
        /// Which file.
        path: FilePath,
        /// The version it is in now; `None` when it is gone.
        now: Option<Version>,
    },
    /// A file (or folder, or branch) is already there.
    #[error("{name} already exists")]
    AlreadyExists {
        /// Its path or name.
        name: String,
    },
    /// The file to be replaced or deleted is not there.
    #[error("there is no {path}")]
    NoSuchFile {
        /// Which file.
        path: FilePath,
    },
    /// The branch is protected against direct commits.
    #[error("the branch is protected")]
    Protected,
    /// The branch is checked out in a work tree where this file has changes that nobody has
    /// committed; saving would overwrite them.
    #[error("{path} has uncommitted changes in the work tree at {work_tree}")]
    UncommittedChanges {
        /// Which file.
        path: FilePath,
        /// The folder of the work tree.
        work_tree: String,
    },
    /// Another program holds a lock in the repository.
    #[error("{lock} is held by another program")]
    Locked {
        /// The lock file.
        lock: String,
    },
    /// The outcome is not known: the commit may have been made.
    #[error("it is not known whether the commit was made")]
    Unknown {
        /// The cause beneath.
        #[source]
        source: Cause,
    },
    /// A failure that is not special to writing.
    #[error(transparent)]
    Provider(#[from] ProviderError),
}
