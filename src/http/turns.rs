//! Turns at hashing passwords: anybody may ask for one, and each takes memory and a thread.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Passwords that are hashed at once, each in 19 MiB of memory.
const RUNNING_MAX: usize = 2;
/// Callers that wait for their turn; at some 20 ms each, none of them waits for long.
const WAITING_MAX: usize = 16;

/// The turns there are.
#[derive(Debug, Clone)]
pub(super) struct Turns {
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

/// The right to hash one password, for as long as it is held.
#[derive(Debug)]
pub(super) struct Turn(#[expect(dead_code, reason = "they are held")] [OwnedSemaphorePermit; 2]);

impl Default for Turns {
    fn default() -> Self {
        Self {
            admitted: Arc::new(Semaphore::new(RUNNING_MAX + WAITING_MAX)),
            running: Arc::new(Semaphore::new(RUNNING_MAX)),
        }
    }
}

impl Turns {
    /// Waits for a turn; `None` at once when too many wait already.
    pub(super) async fn take(&self) -> Option<Turn> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().ok()?;
        let running = Arc::clone(&self.running).acquire_owned().await.ok()?;
        Some(Turn([admitted, running]))
    }
}
