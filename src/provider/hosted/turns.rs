//! One writer at a time for each branch: hosts refuse writers that meet, and GitHub asks to have
//! them one after another. Servers beside this one share the queue. Others' writers are not known
//! here; for them there is what the host itself locks, which is also why a turn may end early.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};
use url::Url;

use super::among::{SharedTurn, SharedTurns};
use super::heads::Key;
use super::kept::CredentialId;
use super::refusal::Ways;
use crate::provider::ProviderError;
use crate::turns;

/// How many writers' places are remembered. Who is forgotten while writing has places anew.
const WRITERS: u64 = 10_000;
/// How long a writer waits before it writes all the same, and how long it holds up the others.
const PATIENCE: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_secs(5);
/// The same where the host does not lock the branch: longer than a commit is tried.
const UNLOCKED: Duration = Duration::from_secs(30);
/// How many of one person's writers wait for one branch, or write.
const EACH: usize = 16;

/// The queues.
#[derive(Debug)]
pub(in crate::provider) struct Turns {
    web: Url,
    branches: turns::Turns<Key>,
    shared: Option<SharedTurns>,
    people: Cache<(CredentialId, Key), Arc<Semaphore>>,
    patience: Duration,
    longest: Duration,
}

/// A turn. It ends when this is dropped, or a while after it began: whoever is slow writes on, and
/// holds up nobody.
pub(super) struct Turn {
    held: AbortHandle,
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// Nobody writes yet to this host.
    pub(super) fn new(ways: &Ways, shared: Option<SharedTurns>) -> Self {
        let (patience, longest) = if ways.locks_branch {
            (PATIENCE, LONGEST)
        } else {
            (UNLOCKED, UNLOCKED)
        };
        Self {
            web: ways.web.clone(),
            shared,
            patience,
            longest,
            branches: turns::Turns::default(),
            people: Cache::new(WRITERS),
        }
    }

    /// Waits for its turn.
    pub(super) async fn take(
        &self,
        who: CredentialId,
        branch: &Key,
    ) -> Result<Turn, ProviderError> {
        let own = (who, branch.clone());
        let own = self.people.get_with(own, || Arc::new(Semaphore::new(EACH)));
        let place = own.try_acquire_owned();
        let place = place.map_err(|_| ProviderError::Unavailable {
            reason: "Too many are saving to this branch at once.".to_owned(),
            source: None,
        })?;
        let queue = self.branches.of(branch);
        let turn = timeout(self.patience, queue.lock_owned()).await;
        let shared = self.among_servers(branch).await;
        let longest = self.longest;
        let held = tokio::spawn(async move {
            let _held = (turn, shared);
            sleep(longest).await;
        });
        Ok(Turn {
            held: held.abort_handle(),
            _place: place,
        })
    }

    /// The first in this server's queue waits for those of the others.
    async fn among_servers(&self, (repository, branch): &Key) -> Option<SharedTurn> {
        let shared = self.shared.as_ref()?;
        let thing = format!("{}:{repository}:{branch}", self.web);
        shared.take(&thing, self.patience, self.longest).await
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.held.abort();
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::{FutureExt as _, join_all};
    use futures_util::poll;

    use super::super::refusal::Verdict;
    use super::*;
    use crate::provider::{BranchName, RepositoryName};

    fn branch(name: &str) -> Key {
        let repository = RepositoryName::parse("a/b").unwrap();
        (repository, BranchName::parse(name).unwrap())
    }

    fn lasting(longest: Duration) -> Turns {
        let ways = Ways {
            name: "Git",
            locks_branch: true,
            web: Url::parse("https://git.example.com/").unwrap(),
            classify: |_, _| Verdict::Unknown,
            sign_on: |_, _| None,
        };
        Turns {
            longest,
            ..Turns::new(&ways, None)
        }
    }

    #[tokio::test]
    async fn whoever_holds_a_turn_for_long_holds_up_nobody() {
        let (turns, main) = (lasting(Duration::from_millis(1)), branch("main"));
        let _slow = turns.take([1; 32], &main).await.unwrap();
        let _next = turns.take([2; 32], &main).await.unwrap();
    }

    #[tokio::test]
    async fn a_person_has_sixteen_places_in_a_queue() {
        let (turns, main) = (lasting(LONGEST), branch("main"));
        let turn = turns.take([1; 32], &main).await.unwrap();
        let mut waiting = join_all((1..16).map(|_| turns.take([1; 32], &main)));
        assert!(poll!(&mut waiting).is_pending());
        let refused = turns.take([1; 32], &main).now_or_never().unwrap();
        assert!(refused.is_err());
        assert!(turns.take([1; 32], &branch("other")).await.is_ok());
        drop((turn, waiting));
        assert!(turns.take([1; 32], &main).await.is_ok());
    }
}
