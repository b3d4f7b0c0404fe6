//! Open libgit2 handles that nobody uses at the moment, for all repositories together.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use git2::Repository;

/// The handles, each with the id of its repository, the one put back last at the end.
///
/// There are never more than [`Pool::MOST`], however many repositories there are: then the one that
/// has waited longest is closed.
#[derive(Default)]
pub(super) struct Pool(Mutex<VecDeque<(u32, Repository)>>);

impl Pool {
    /// Opening a repository takes a fraction of a millisecond; what is open holds its packs open.
    const MOST: usize = 32;

    /// A handle of this repository, for one thread at a time.
    pub(super) fn take(&self, repo: u32) -> Option<Repository> {
        let mut idle = self.idle();
        let at = idle.iter().rposition(|(of, _)| *of == repo)?;
        idle.remove(at).map(|(_, git)| git)
    }

    /// Gives a handle back.
    pub(super) fn put(&self, repo: u32, git: Repository) {
        let mut idle = self.idle();
        idle.push_back((repo, git));
        let oldest = if idle.len() > Self::MOST {
            idle.pop_front()
        } else {
            None
        };
        // Closing takes a moment, in which others need not wait.
        drop(idle);
        drop(oldest);
    }

    fn idle(&self) -> MutexGuard<'_, VecDeque<(u32, Repository)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} idle handles", self.idle().len())
    }
}
