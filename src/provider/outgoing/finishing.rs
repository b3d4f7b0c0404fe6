//! Work that goes on to its end, whoever leaves.

use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerWaitFuture;
use tracing::Instrument as _;

/// What is under way and must not be dropped half done.
#[derive(Debug, Clone, Default)]
pub(super) struct Finishing(TaskTracker);

/// The work did not come to its end: it has panicked, or the server has ended before.
#[derive(Debug, thiserror::Error)]
#[error("the work was ended before it was done")]
pub struct Unfinished(#[from] tokio::task::JoinError);

impl Finishing {
    /// Does the work to its end. Dropping the future only stops waiting for it.
    pub(super) async fn finish<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Unfinished> {
        Ok(self.0.spawn(work.in_current_span()).await?)
    }

    /// Completes as soon as nothing is under way; nothing is expected to begin any more.
    pub(super) fn finished(&self) -> TaskTrackerWaitFuture<'_> {
        self.0.close();
        self.0.wait()
    }
}
