//! What can go wrong with a stored model.

use thiserror::Error;

use crate::model::{Conflict, Invalid};
use crate::provider::{CommitError, FilePath, NameError, ProviderError, Version};

/// Why a model could not be read or changed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no model of this name on the branch.
    #[error("there is no such model")]
    NotFound,
    /// There is no template of this id, or it cannot be read.
    #[error("there is no such template")]
    NoSuchTemplate,
    /// The stored file is not a threat model.
    #[error("the stored file is not a threat model: {0}")]
    Unreadable(#[source] Invalid),
    /// The model is not in the version that the change was made from.
    #[error("the model has been changed by someone else")]
    Conflict {
        /// Its version now; `None` when it is gone.
        now: Option<Version>,
    },
    /// Others have changed the same things in another way: nothing was saved.
    #[error("the model cannot be merged: {} conflicts", conflicts.len())]
    Collision {
        /// The version that the save was merged with.
        now: Version,
        /// Where, at least one.
        conflicts: Vec<Conflict>,
    },
    /// The version that a change was made from is not in the model's history on this branch, or
    /// is older than the changes that are looked through.
    #[error("the version that the change was made from is not in the model's history")]
    UnknownBase {
        /// Its version now.
        now: Version,
    },
    /// The version that a change was made from is not a threat model.
    #[error("the version that the change was made from is not a threat model")]
    UnreadableBase {
        /// Its version now.
        now: Version,
    },
    /// A change may have been made from several versions, and it matters from which.
    #[error("it is not known which version the change was made from")]
    UnclearBase {
        /// Its version now.
        now: Version,
    },
    /// There is no such commit, or none that the branch has the model from.
    #[error("there is no such commit in the model's history")]
    NoSuchCommit,
    /// The model was not there at that commit.
    #[error("the model was not there at that commit")]
    AbsentThen,
    /// The commit created the model.
    #[error("there is nothing before the commit that created the model")]
    NothingBefore,
    /// A model of this name is already there.
    #[error("a model of this name already exists")]
    AlreadyExists,
    /// The model's folder holds something that cannot be moved or deleted with it: a symbolic
    /// link, a submodule, more than 200 files, or more than 64 MiB.
    #[error(
        "{path} cannot be moved or deleted by Wyvern: a link, or more than 200 files or 64 MiB; use git"
    )]
    Unmovable {
        /// What, in which folder, or the file that was too much.
        path: FilePath,
    },
    /// A name is refused.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The commit was refused for another reason.
    #[error(transparent)]
    Commit(CommitError),
    /// The provider could not answer.
    #[error(transparent)]
    Provider(#[from] ProviderError),
}

impl StoreError {
    /// Whether the change does not fit what is there, so that it must be made anew.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Conflict { .. }
                | Self::Collision { .. }
                | Self::UnknownBase { .. }
                | Self::UnreadableBase { .. }
                | Self::UnclearBase { .. }
        )
    }
}

impl From<CommitError> for StoreError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::FileChanged { now, .. } => Self::Conflict { now },
            CommitError::AlreadyExists { .. } => Self::AlreadyExists,
            CommitError::NoSuchFile { .. } => Self::NotFound,
            CommitError::Provider(error) => Self::Provider(error),
            other => Self::Commit(other),
        }
    }
}
