//! One writer at a time for each branch: GitHub refuses writers that meet, and asks to have them
//! one after another. Other servers' writers are not known here; for them there is the lock on
//! the branch's head.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

use super::heads::Key;
use crate::provider::ProviderError;

/// How many branches are remembered. One that is forgotten while it is written to gets a second
/// queue, and its writers meet at GitHub.
const BRANCHES: u64 = 10_000;
/// How long a writer waits.
const PATIENCE: Duration = Duration::from_secs(25);

/// The queues.
pub(super) struct Turns(Cache<Key, Arc<Mutex<()>>>);

impl Turns {
    pub(super) fn new() -> Self {
        Self(Cache::new(BRANCHES))
    }

    /// Waits for its turn, which lasts until the guard is dropped.
    pub(super) async fn take(&self, branch: &Key) -> Result<OwnedMutexGuard<()>, ProviderError> {
        let queue = self.0.get_with_by_ref(branch, Arc::default);
        let turn = timeout(PATIENCE, queue.lock_owned()).await;
        turn.map_err(|_| ProviderError::Unavailable {
            reason: "Too many are saving to this branch at once.".to_owned(),
            source: None,
        })
    }
}
