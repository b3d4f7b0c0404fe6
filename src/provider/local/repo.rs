//! One repository on disk: where it is, how it is opened, and who may write to it now.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use git2::{Repository, RepositoryOpenFlags};

use super::fault;
use super::inside;
use super::maintenance;
use super::pool::Pool;
use crate::provider::{CommitError, ProviderError};

/// How often, and at which interval, another process's hold on the repository is waited out:
/// ten seconds, after which the save is refused rather than left hanging.
const LOCK_TRIES: u32 = 500;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// Where a repository lies, as [`super::place::find`] found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder that holds `HEAD`, `objects` and `refs`.
    pub(super) git_dir: PathBuf,
    /// The folder of its main work tree; `None` for a bare repository.
    pub(super) work_tree: Option<PathBuf>,
    /// Whether a moved branch is recorded in `logs/`, as git would.
    pub(super) reflogs: bool,
    /// Whether Wyvern created it and therefore packs it.
    pub(super) maintained: bool,
}

/// A repository that is served.
#[derive(Debug)]
pub(super) struct Repo {
    /// Tells repositories apart in the caches; never used twice in one process.
    pub(super) id: u32,
    pub(super) place: Place,
    /// Saves wait here, first come, first served. The tokio lock is fair.
    pub(super) writer: Arc<tokio::sync::Mutex<()>>,
    /// Saves since the loose objects were last packed.
    pub(super) saves: AtomicU32,
    pool: Arc<Pool>,
}

impl Repo {
    /// The repository there, whose handles wait in `pool` when nobody uses them.
    pub(super) fn new(place: Place, pool: Arc<Pool>) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            writer: Arc::default(),
            saves: AtomicU32::new(maintenance::guess_saves(&place.git_dir)),
            place,
            pool,
        }
    }

    pub(super) fn git_dir(&self) -> &Path {
        &self.place.git_dir
    }

    /// Wyvern's own folder in the repository: locks, and what is pending.
    pub(super) fn own_dir(&self) -> PathBuf {
        self.place.git_dir.join("wyvern")
    }

    /// Runs `work` on a handle. Packs that another program replaces meanwhile are no concern:
    /// libgit2 looks for their successors.
    pub(super) fn with<T, E: From<ProviderError>>(
        &self,
        work: impl FnOnce(&Repository) -> Result<T, E>,
    ) -> Result<T, E> {
        let git = match self.pool.take(self.id) {
            Some(git) => git,
            None => open(&self.place.git_dir).map_err(fault::git)?,
        };
        // After a panic the handle is dropped with the stack, for who knows what state it is in.
        let done = work(&git);
        self.pool.put(self.id, git);
        done
    }

    /// Shuts out the other Wyvern processes until the file is dropped. The operating system lets
    /// go of it when its process dies.
    pub(super) fn lock_out_processes(&self) -> Result<File, CommitError> {
        let path = self.own_dir().join("lock");
        let file = self.lock_file("lock").map_err(fault::disk)?;
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
                Err(TryLockError::Error(error)) => return Err(fault::disk(error).into()),
            }
        }
        Err(CommitError::Locked {
            lock: path.display().to_string(),
        })
    }

    /// Opens `<git dir>/wyvern/<name>`, to be locked by the operating system. A link is refused.
    pub(super) fn lock_file(&self, name: &str) -> io::Result<File> {
        inside::make_dir(&self.own_dir())?;
        let path = self.own_dir().join(name);
        match path.symlink_metadata() {
            Ok(found) if !found.is_file() => Err(io::ErrorKind::InvalidInput.into()),
            _ => File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path),
        }
    }
}

/// Opens exactly this folder: no search upwards, no environment, no work tree.
///
/// libgit2 runs no hooks, no filters and no programs named in a configuration, and it refuses
/// a folder that belongs to another user unless the server's own git configuration lists it under
/// `safe.directory`, as git does.
pub(super) fn open(git_dir: &Path) -> Result<Repository, git2::Error> {
    let flags =
        RepositoryOpenFlags::NO_SEARCH | RepositoryOpenFlags::NO_DOTGIT | RepositoryOpenFlags::BARE;
    Repository::open_ext(git_dir, flags, std::iter::empty::<&Path>())
}
