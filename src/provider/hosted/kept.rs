//! What hosted providers keep of what they have read: all of it immutable, within a bound of
//! memory, and shown to nobody whose own credential was not just accepted for that repository.

use std::fmt::{self, Debug};
use std::sync::Arc;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use crate::provider::bounded::bounded;
use crate::provider::expectation::There;
use crate::provider::{CommitId, Entry, FilePath, RepositoryName, Version};

/// How long a credential counts as accepted for a repository. What is kept may be shown to
/// somebody for so long after they have lost the right to see it.
const ACCEPTED: SignedDuration = SignedDuration::from_secs(10);
/// How many acceptances are remembered.
const ACCEPTANCES: u64 = 10_000;

/// SHA-256 of a credential: whose it is, without what it is.
pub(in crate::provider) type CredentialId = [u8; 32];
/// A path in a commit of a repository.
pub(in crate::provider) type Spot = (RepositoryName, CommitId, FilePath);

/// What is kept. Files are found by their own id whatever the repository: who holds the id got it
/// from a path that they may read.
pub(in crate::provider) struct Kept {
    pub(in crate::provider) files: Cache<Version, Bytes>,
    pub(in crate::provider) folders: Cache<Spot, Arc<[Entry]>>,
    pub(in crate::provider) paths: Cache<Spot, There>,
    accepted: Cache<(CredentialId, RepositoryName), Timestamp>,
}

impl Kept {
    /// Nothing yet, and never more than so many bytes: most of them for files.
    pub(in crate::provider) fn new(bytes: usize) -> Self {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let spot =
            |(repository, _, path): &Spot| 160 + repository.as_str().len() + path.as_str().len();
        Self {
            files: bounded(bytes / 4 * 3, |_, bytes: &Bytes| 100 + bytes.len()),
            folders: bounded(bytes / 8, move |key, entries: &Arc<[Entry]>| {
                spot(key) + entries.iter().map(|e| 40 + e.name.len()).sum::<usize>()
            }),
            paths: bounded(bytes / 8, move |key, _| 100 + spot(key)),
            accepted: Cache::new(ACCEPTANCES),
        }
    }

    /// The provider has just answered this credential about this repository.
    pub(in crate::provider) fn accept(
        &self,
        who: CredentialId,
        repository: &RepositoryName,
        now: Timestamp,
    ) {
        self.accepted.insert((who, repository.clone()), now);
    }

    /// The provider has just refused this credential.
    pub(in crate::provider) fn refuse(&self, who: CredentialId, repository: &RepositoryName) {
        self.accepted.invalidate(&(who, repository.clone()));
    }

    /// Whether the credential was accepted just now.
    pub(in crate::provider) fn is_accepted(
        &self,
        who: CredentialId,
        repository: &RepositoryName,
        now: Timestamp,
    ) -> bool {
        let at = self.accepted.get(&(who, repository.clone()));
        at.is_some_and(|at| now.duration_since(at) < ACCEPTED)
    }
}

impl Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acceptance_is_for_one_credential_and_repository_and_a_short_time() {
        let kept = Kept::new(1000);
        let at = |second| Timestamp::from_second(second).unwrap();
        let name = |text| RepositoryName::parse(text).unwrap();
        let (repository, other) = (name("a/b"), name("a/c"));
        kept.accept([1; 32], &repository, at(100));
        assert!(kept.is_accepted([1; 32], &repository, at(109)));
        assert!(!kept.is_accepted([1; 32], &repository, at(110)));
        assert!(!kept.is_accepted([2; 32], &repository, at(100)));
        assert!(!kept.is_accepted([1; 32], &other, at(100)));
        kept.refuse([1; 32], &repository);
        assert!(!kept.is_accepted([1; 32], &repository, at(100)));
    }
}
