//! What is asked of a host beyond its single calls: what writing and branches need.

use std::collections::BTreeSet;

use async_trait::async_trait;

use super::memory::Standing;
use super::plan::Found;
use super::refusal::Failure;
use crate::provider::{Branch, BranchName, Change, CommitError, CommitId, FilePath, ProviderError};

/// A repository of a host, before which somebody stands.
#[async_trait]
pub(in crate::provider) trait Desk: Sync {
    /// Who stands where.
    fn standing(&self) -> &Standing<'_>;

    /// Where the branch is, as the host says now; `NotFound` with `what: "branch"` when the
    /// repository has none of this name.
    async fn resolve(&self, branch: &BranchName) -> Result<CommitId, ProviderError>;

    /// What is at these paths of a commit: kept, or asked for.
    async fn there(
        &self,
        commit: &CommitId,
        paths: &BTreeSet<&FilePath>,
    ) -> Result<Found, ProviderError>;

    /// Sends a commit, once.
    async fn send(&self, letter: &Letter<'_>) -> Result<Made, Unsent>;

    /// The commits behind `head`, newest first, in pages from 1; and whether there are more.
    async fn log(&self, head: &CommitId, page: usize)
    -> Result<(Vec<Logged>, bool), ProviderError>;

    /// The default branch, which need not be there yet; `None` where the host names none before the
    /// first commit.
    async fn default_branch(&self) -> Result<Option<String>, ProviderError>;

    /// All branches, in whatever order.
    async fn all_branches(&self) -> Result<Vec<Branch>, ProviderError>;

    /// Creates a branch at a commit, once.
    async fn create(&self, name: &BranchName, at: &CommitId) -> Result<CommitId, Failure>;

    /// Whether the person may write to the repository, whatever the branch.
    async fn may_write(&self) -> Result<bool, ProviderError>;

    /// Makes undone, by a commit of its own, what `made` has done at the paths of the letter: there
    /// it stands on versions of somebody else that it was not judged by. Only a host that has no
    /// lock on the branch's head comes to that.
    async fn take_back(&self, letter: &Letter<'_>, made: &Made) -> Result<(), CommitError> {
        let _ = letter;
        Err(CommitError::Unknown {
            source: format!("{} was made at another place than asked", made.commit).into(),
        })
    }
}

/// A commit to be sent.
#[derive(Debug, Clone, Copy)]
pub(in crate::provider) struct Letter<'a> {
    pub(in crate::provider) branch: &'a BranchName,
    /// Where the branch was when the changes were judged; `None` for a repository's first commit.
    pub(in crate::provider) head: Option<&'a CommitId>,
    /// Those that change something there.
    pub(in crate::provider) changes: &'a [&'a Change],
    pub(in crate::provider) message: &'a str,
    /// What is there.
    pub(in crate::provider) there: &'a Found,
}

/// A commit that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::provider) struct Made {
    pub(in crate::provider) commit: CommitId,
    /// What it stands on; `None` where the host has seen to it that this is what was asked for.
    pub(in crate::provider) parent: Option<CommitId>,
}

/// A commit of a log.
#[derive(Debug, Clone)]
pub(in crate::provider) struct Logged {
    pub(in crate::provider) made: Made,
    pub(in crate::provider) message: String,
}

/// Why a commit was not made, or not surely.
#[derive(Debug)]
pub(in crate::provider) enum Unsent {
    /// The host refused or gave no answer: the verdict on it says what that means.
    Failed(Failure),
    /// There is no use in trying.
    Error(CommitError),
}

impl From<Failure> for Unsent {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
