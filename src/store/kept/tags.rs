//! Which commits tags name, for a minute: sources are looked at whenever threats are suggested.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use crate::clock::Clock;
use crate::provider::{CommitId, Credential, RepositoryName, TagName};

/// How long a tag counts as standing where it was seen.
const FRESH: SignedDuration = SignedDuration::from_secs(60);
/// How many are remembered.
const TAGS: u64 = 10_000;

/// What each person has just seen of the tags of one provider.
///
/// Only a commit's id is kept. What is in the commit is read by the person's own credential each time.
#[derive(Debug, Clone)]
pub struct Tags {
    clock: Arc<dyn Clock>,
    seen: Cache<Key, (CommitId, Timestamp)>,
}

type Key = ([u8; 32], RepositoryName, TagName);

/// A tag as one person sees it.
pub(super) struct Look<'a> {
    tags: &'a Tags,
    key: Key,
    began: Timestamp,
}

impl Tags {
    /// None yet.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            seen: Cache::new(TAGS),
        }
    }

    /// Looks at a tag.
    pub(super) fn look(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        tag: &TagName,
    ) -> Look<'_> {
        Look {
            tags: self,
            key: (who.fingerprint(), repository.clone(), tag.clone()),
            began: self.clock.now(),
        }
    }
}

impl Look<'_> {
    /// Where it was less than a minute ago.
    pub(super) fn seen(&self) -> Option<CommitId> {
        let (commit, at) = self.tags.seen.get(&self.key)?;
        let age = self.began.duration_since(at);
        (age < FRESH).then_some(commit)
    }

    /// The provider says that it is here, as of when the look began.
    pub(super) fn keep(self, commit: CommitId) {
        self.tags.seen.insert(self.key, (commit, self.began));
    }

    /// What was seen has proved wrong.
    pub(super) fn forget(self) {
        self.tags.seen.invalidate(&self.key);
    }
}
