//! What hosted providers keep of what they have read: all of it immutable, within a bound of
//! memory, and shown to nobody whose own credential was not just accepted for that repository.

use std::fmt::{self, Debug};
use std::hash::Hash;
use std::sync::Arc;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use super::expectation::There;
use super::{CommitId, Entry, FilePath, RepositoryName, Version};

/// How long a credential counts as accepted for a repository. What is kept may be shown to
/// somebody for so long after they have lost the right to see it.
const ACCEPTED: SignedDuration = SignedDuration::from_secs(10);
/// How many acceptances are remembered.
const ACCEPTANCES: u64 = 10_000;

/// SHA-256 of a credential: whose it is, without what it is.
pub(super) type CredentialId = [u8; 32];
/// A path in a commit of a repository.
pub(super) type Spot = (RepositoryName, CommitId, FilePath);

/// What is kept. Files are found by their own id whatever the repository: who holds the id got it
/// from a path that they may read.
pub(super) struct Kept {
    pub(super) files: Cache<Version, Bytes>,
    pub(super) folders: Cache<Spot, Arc<[Entry]>>,
    pub(super) paths: Cache<Spot, There>,
    accepted: Cache<(CredentialId, RepositoryName), Timestamp>,
}

impl Kept {
    /// Nothing yet, and never more than so many bytes: most of them for files.
    pub(super) fn new(bytes: usize) -> Self {
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
    pub(super) fn accept(&self, who: CredentialId, repository: &RepositoryName, now: Timestamp) {
        self.accepted.insert((who, repository.clone()), now);
    }

    /// The provider has just refused this credential.
    pub(super) fn refuse(&self, who: CredentialId, repository: &RepositoryName) {
        self.accepted.invalidate(&(who, repository.clone()));
    }

    /// Whether the credential was accepted just now.
    pub(super) fn is_accepted(
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

/// A cache of so many bytes, each entry of which takes what `size` says.
pub(super) fn bounded<K, V>(
    bytes: u64,
    size: impl Fn(&K, &V) -> usize + Send + Sync + 'static,
) -> Cache<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Cache::builder()
        .max_capacity(bytes)
        .weigher(move |key, value| u32::try_from(size(key, value)).unwrap_or(u32::MAX))
        .build()
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
