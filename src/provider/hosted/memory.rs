//! What is remembered of a host, and one person before one of its repositories.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use jiff::SignedDuration;

use super::HostOptions;
use super::files::Looked;
use super::heads::{Heads, Key};
use super::kept::{CredentialId, Kept, Spot};
use super::listings::Listings;
use super::refusal::{Failure, Verdict, Ways};
use super::turns::Turns;
use crate::clock::Clock;
use crate::provider::expectation::There;
use crate::provider::outgoing::Outgoing;
use crate::provider::{
    BranchName, CommitError, CommitId, Committed, FilePath, ProviderError, RepositoryName,
};

/// What an adapter remembers.
#[derive(Debug)]
pub(in crate::provider) struct Memory {
    pub(in crate::provider) kept: Kept,
    pub(super) heads: Heads,
    pub(super) listings: Listings,
    pub(super) turns: Turns,
    pub(in crate::provider) ways: Arc<Ways>,
    pub(in crate::provider) clock: Arc<dyn Clock>,
    outgoing: Outgoing,
}

/// One person before one repository.
#[derive(Debug, Clone, Copy)]
pub(in crate::provider) struct Standing<'a> {
    pub(in crate::provider) memory: &'a Memory,
    pub(in crate::provider) who: CredentialId,
    pub(in crate::provider) repository: &'a RepositoryName,
}

impl Memory {
    /// Nothing yet.
    pub(in crate::provider) fn new(options: &HostOptions, ways: Arc<Ways>) -> Self {
        Self {
            kept: Kept::new(options.cache),
            heads: Heads::new(),
            listings: Listings::new(Arc::clone(&options.clock)),
            turns: Turns::new(&ways, options.turns.clone()),
            ways,
            clock: Arc::clone(&options.clock),
            outgoing: options.outgoing.clone(),
        }
    }

    /// Makes a commit to its end, whoever leaves: one that is made may have to be looked for, or
    /// taken back.
    pub(in crate::provider) async fn finish(
        &self,
        work: impl Future<Output = Result<Committed, CommitError>> + Send + 'static,
    ) -> Result<Committed, CommitError> {
        let finished = self.outgoing.finish(work).await;
        finished.unwrap_or_else(|error| {
            Err(CommitError::Unknown {
                source: error.into(),
            })
        })
    }
}

impl Standing<'_> {
    /// An answer about the repository: the person may see it, or what they are told instead.
    pub(in crate::provider) fn told<T>(
        &self,
        answer: Result<T, Failure>,
    ) -> Result<T, ProviderError> {
        let (memory, now) = (self.memory, self.memory.clock.now());
        match answer {
            Ok(value) => {
                memory.kept.accept(self.who, self.repository, now);
                Ok(value)
            }
            Err(failure) => {
                let refused = memory.ways.verdict(&failure, now);
                if refused.is_some_and(Verdict::ends_access) {
                    memory.kept.refuse(self.who, self.repository);
                }
                Err(memory.ways.told(failure, now))
            }
        }
    }

    /// Whether the host has just answered this person about the repository: then what is kept may
    /// be shown to them.
    pub(in crate::provider) fn is_accepted(&self) -> bool {
        let (memory, now) = (self.memory, self.memory.clock.now());
        memory.kept.is_accepted(self.who, self.repository, now)
    }

    /// The host says that the branch is here: where it is.
    pub(in crate::provider) fn see(&self, branch: &BranchName, answer: CommitId) -> CommitId {
        let (memory, now) = (self.memory, self.memory.clock.now());
        memory.heads.see(self.who, &self.key(branch), answer, now)
    }

    /// Whether the branch was there when this person saw it, less than so long ago.
    pub(in crate::provider) fn has_seen(
        &self,
        branch: &BranchName,
        within: SignedDuration,
    ) -> bool {
        let (memory, now) = (self.memory, self.memory.clock.now());
        let at = memory.heads.seen_at(self.who, &self.key(branch));
        at.is_some_and(|at| now.duration_since(at) < within)
    }

    /// Keeps what is at a path of a commit.
    pub(in crate::provider) fn keep(
        &self,
        commit: &CommitId,
        path: &FilePath,
        there: &There,
        bytes: Option<&Bytes>,
    ) {
        let kept = &self.memory.kept;
        kept.paths.insert(self.spot(commit, path), there.clone());
        if let (There::File(version), Some(bytes)) = (there, bytes) {
            kept.files.insert(version.clone(), bytes.clone());
        }
    }

    /// What is kept of these paths of a commit, and the paths of which nothing is. Bytes do not come
    /// along; they may be kept, too.
    pub(in crate::provider) fn kept<'p>(
        &self,
        commit: &CommitId,
        paths: impl IntoIterator<Item = &'p FilePath>,
    ) -> (Looked, Vec<&'p FilePath>) {
        let mut seen = Looked::new();
        let mut missing = Vec::new();
        for path in paths.into_iter().collect::<BTreeSet<_>>() {
            match self.memory.kept.paths.get(&self.spot(commit, path)) {
                Some(there) => drop(seen.insert(path.clone(), (there, None))),
                None => missing.push(path),
            }
        }
        (seen, missing)
    }

    /// By what something in a commit is kept.
    pub(in crate::provider) fn spot(&self, commit: &CommitId, path: &FilePath) -> Spot {
        (self.repository.clone(), commit.clone(), path.clone())
    }

    /// By what a branch is remembered.
    pub(super) fn key(&self, branch: &BranchName) -> Key {
        (self.repository.clone(), branch.clone())
    }
}
